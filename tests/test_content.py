"""The repository's own content keeps the rules it is checked by."""

from pathlib import Path

import pytest

from fichero.kinds import meta
from fichero.model import Method
from fichero.pipeline import Checked, check
from fichero.problems import as_text

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(ROOT)


def test_the_content_has_no_errors_and_no_avisos_but_addresses_to_write_down(checked: Checked) -> None:
    told = [problem for problem in checked.problems if problem.codigo != "REG002"]
    assert not told, as_text(told)


def test_the_content_is_there(checked: Checked) -> None:
    catalog = checked.catalog
    assert len(catalog.methods) >= 4
    assert len(catalog.cases) >= 6
    assert len(catalog.guides) >= 1
    assert len(catalog.glossary) >= 50
    assert len(catalog.situations) >= 8
    assert len(catalog.recipes) >= 12


def test_nothing_is_left_out(checked: Checked) -> None:
    assert (checked.catalog.left_out, checked.catalog.left_out_sources) == (frozenset(), frozenset())


def test_every_card_says_what_kind_of_thing_the_group_leaves_with(checked: Checked) -> None:
    assert [doc.archivo for doc in checked.catalog.methods if not meta(doc, Method).se_lleva] == []
