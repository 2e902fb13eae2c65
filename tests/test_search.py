"""The card index: what can be found, and the two scripts that carry it to the browser."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from changes import SESSION, replace

from fichero.link import Catalog
from fichero.pipeline import check
from fichero.search import MAX_DEFINITION, entries, index_files, script
from fichero.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "hooks/theme/assets/vendor"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return check(ROOT).catalog


def arguments(script: bytes) -> list[Any]:
    """What a script hands over: `fichero.nombres([…],"")`."""
    text = script.decode()
    values: list[Any] = json.loads(f"[{text[text.index('(') + 1 : text.rindex(')')]}]")
    return values


def test_everything_that_has_a_page_or_a_definition_is_in_the_index(catalog: Catalog) -> None:
    found = {entry.path for entry in entries(catalog)}
    assert {f"metodos/{doc.id}/" for doc in catalog.methods} <= found
    assert {f"casos/{doc.id}/" for doc in catalog.cases} <= found
    assert {f"guias/{doc.id}/" for doc in catalog.guides} <= found
    assert {f"glosario/#{term.id}" for term in catalog.glossary} <= found
    assert {"red/", "laboratorio/historia/", "metodos/a-z/"} <= found


def test_no_two_rows_have_the_same_address(catalog: Catalog) -> None:
    paths = [entry.path for entry in entries(catalog)]
    assert len(paths) == len(set(paths))


def test_a_method_is_found_by_its_names_its_needs_and_its_steps(catalog: Catalog) -> None:
    tree = next(entry for entry in entries(catalog) if entry.path == "metodos/arbol-de-problemas/")
    assert tree.kind == "metodo"
    assert "problem tree" in tree.names
    assert "Hay muchas quejas y nadie sabe por dónde empezar" in tree.needs
    assert tree.parts[0][0] == "paso-1"
    assert len(tree.parts) == 8
    assert tree.uses[0] == catalog.method["arbol-de-problemas"].meta.model_dump()["producto"]


def test_a_page_is_found_by_its_headings(catalog: Catalog) -> None:
    page = next(entry for entry in entries(catalog) if entry.path == "contribuir/informar/")
    assert ("como-enviarlo", "Cómo enviarlo") in page.parts


def test_a_term_brings_its_acronym_and_a_short_definition(catalog: Catalog) -> None:
    terms = [entry for entry in entries(catalog) if entry.kind == "termino"]
    assert any("POA" in entry.names for entry in terms)
    assert all(len(entry.summary) <= MAX_DEFINITION + 1 for entry in terms)
    assert all(entry.title not in entry.names for entry in terms)


def test_a_draft_is_not_found(site: Path) -> None:
    path = "metodos/problema-en-una-frase/"
    assert path in {entry.path for entry in entries(check(site).catalog)}
    replace(SESSION, "estado: publicado", "estado: borrador")(site)
    assert path not in {entry.path for entry in entries(check(site).catalog)}


def test_the_two_scripts_have_the_same_rows_in_the_same_order(catalog: Catalog) -> None:
    files = dict(index_files(catalog, Settings()))
    rows = list(entries(catalog))
    names, end = arguments(files["buscar/nombres.js"])
    texts, alike = arguments(files["buscar/textos.js"])
    assert [row[1] for row in names] == [row.path for row in rows]
    assert [row[0] for row in texts] == [row.summary for row in rows]
    assert end == ""
    assert all(len(group) > 1 for group in alike)


def test_in_the_copy_without_network_an_address_names_its_file(catalog: Catalog) -> None:
    _, end = arguments(dict(index_files(catalog, Settings(sin_red=True)))["buscar/nombres.js"])
    assert end == "index.html"


def test_no_text_can_end_the_line_of_a_script() -> None:
    made = script("nombres", ["dos\u2028partes\u2029"])
    assert not {"\u2028", "\u2029"} & set(made.decode())
    assert arguments(made) == [["dos\u2028partes\u2029"]]


@pytest.mark.parametrize("name", sorted(path.name for path in VENDOR.glob("*.js")))
def test_each_vendored_script_is_the_one_its_licence_file_names(name: str) -> None:
    listed = (VENDOR / "LICENCIAS.txt").read_text(encoding="utf-8")
    digest = hashlib.sha256((VENDOR / name).read_bytes()).hexdigest()
    assert re.search(rf"(?s){re.escape(name)} .{{0,400}}?{digest}", listed), f"{name} {digest}"
