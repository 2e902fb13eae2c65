"""The ways of choosing a method: which choices a card fits, and where each list puts it."""

from pathlib import Path, PurePosixPath

import pytest
from changes import PROCESS, SESSION, replace

from fichero.facets import FACETS, SIZES, TIMES, Facet, sizes, times
from fichero.kinds import METHOD, meta
from fichero.link import GENERATED, Catalog
from fichero.model import Method
from fichero.pipeline import check, compile_site
from fichero.quantities import Duration, People
from fichero.settings import Settings

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def catalog(site: Path) -> Catalog:
    return check(site).catalog


def facet(name: str) -> Facet:
    return next(facet for facet in FACETS if facet.name == name)


def changed(catalog: Catalog, **fields: object) -> Method:
    return meta(catalog.by_file[SESSION], Method).model_copy(update=fields)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("30-45 min", ("45", "60", "90", "120", "180", "240", "480")),
        ("60-80 min", ("90", "120", "180", "240", "480")),
        ("60-240 min", ("240", "480")),
        ("9 h", ("dias",)),
    ],
)
def test_a_session_fits_any_time_that_is_enough_for_its_longest(
    catalog: Catalog, text: str, choices: tuple[str, ...]
) -> None:
    assert times(changed(catalog, duracion=Duration.model_validate(text))) == choices


def test_a_process_is_counted_in_days_whatever_time_there_is(catalog: Catalog) -> None:
    assert times(meta(catalog.by_file[PROCESS], Method)) == ("dias",)


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("1", ("1",)),
        ("2-5", ("2",)),
        ("5-6", ("2", "6")),
        ("8", ("6",)),
        ("6-12", ("6", "10")),
        ("9-30", ("6", "10", "15", "30")),
        ("90-210", ("30",)),
    ],
)
def test_a_card_fits_the_sizes_of_group_that_have_some_number_of_people_of_its_own(
    catalog: Catalog, text: str, choices: tuple[str, ...]
) -> None:
    assert sizes(changed(catalog, participantes=People.model_validate(text))) == choices


def test_choices_of_numbers_grow() -> None:
    for words in (TIMES, SIZES):
        numbers = [int(word.id) for word in words]
        assert numbers == sorted(set(numbers))


def test_a_list_by_time_has_each_card_once_under_the_least_that_is_enough(catalog: Catalog) -> None:
    groups = [(word.id, [doc.id for doc in docs]) for word, docs in facet("minutos").groups(catalog)]
    assert groups == [("90", ["problema-en-una-frase"]), ("dias", ["piloto-de-cuatro-semanas"])]


def test_a_card_is_in_every_group_it_fits_and_groups_without_cards_are_left_out(site: Path) -> None:
    replace(SESSION, "formato: sesion", "se_lleva: [problema, compromisos]\nformato: sesion")(site)
    catalog = check(site).catalog
    groups = [(word.id, [doc.id for doc in docs]) for word, docs in facet("se-lleva").groups(catalog)]
    assert groups == [("problema", ["problema-en-una-frase"]), ("compromisos", ["problema-en-una-frase"])]
    assert [word.id for word in facet("se-lleva").choices(catalog)] == ["problema", "compromisos"]


def test_drafts_are_in_no_list(site: Path) -> None:
    replace(SESSION, "estado: publicado", "estado: borrador")(site)
    replace(PROCESS, "antes: [problema-en-una-frase]\n", "")(site)
    assert [word.id for word in facet("fase").choices(check(site).catalog)] == ["probar"]


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_a_facet_has_its_page_whose_name_no_card_can_take(catalog: Catalog, facet: Facet) -> None:
    assert facet.page in GENERATED
    assert PurePosixPath(facet.page).stem in METHOD.reserved
    assert not set(catalog.method) & set(METHOD.reserved)


@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.name)
def test_every_card_of_this_repository_is_in_the_list_of_every_facet(facet: Facet) -> None:
    catalog = check(ROOT).catalog
    listed = {doc.id for _, docs in facet.groups(catalog) for doc in docs}
    assert listed == set(catalog.method)


def test_a_row_says_when_it_does_not_apply_without_notes_or_links(site: Path) -> None:
    replace(SESSION, "- La decisión ya está tomada: informe y explique.", "- *Ya* hay [ley](paso.md)[^camacho-2001].")(
        site
    )
    (site / "docs/paso.md").write_text(
        "---\ntitulo: Paso\nresumen: Una página.\nrevisado: 2026-11-22\n---\nHola.\n", encoding="utf-8"
    )
    replace(SESSION, "(paso.md)", "(../docs/paso.md)")(site)
    page = compile_site(site, Settings()).pages["metodos/tiempo.md"].html
    assert '<span class="aplica">No aplica si ya hay ley.</span>' in page


def test_the_lists_lead_to_each_other(site: Path) -> None:
    pages = compile_site(site, Settings()).pages
    for facet in FACETS:
        others = {f'href="{other.anchor}/"' for other in FACETS[1:]} | {'href="a-z/"'}
        if facet.page == "metodos/index.md":
            assert all(other in pages[facet.page].html for other in others)
        else:
            assert 'href="../">Métodos por fase' in pages[facet.page].html
            assert f'href="../{facet.anchor}/"' not in pages[facet.page].html
