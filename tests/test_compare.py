"""The scripts of the comparison: each card's facts as plain text, and nothing that a script could run."""

import json
import re
from pathlib import Path

import pytest
from changes import PROCESS, SESSION, replace

from fichero.compare import RECEIVER, comparison_data
from fichero.link import Catalog
from fichero.markdown import plain_text, points
from fichero.pipeline import check

HOOKS = Path(__file__).resolve().parent.parent / "hooks"


@pytest.fixture
def catalog(site: Path) -> Catalog:
    return check(site).catalog


def told(catalog: Catalog, id: str) -> dict[str, list[str]]:
    """The facts a card's script hands over."""
    script = dict(comparison_data(catalog))[f"comparar/{id}.js"].decode("ascii")
    match = re.fullmatch(rf"{RECEIVER}\((.*)\);\n", script)
    assert match
    card = json.loads(match[1])
    assert card["id"] == id
    facts: dict[str, list[str]] = card["hechos"]
    return facts


def test_every_published_card_has_its_script_and_drafts_have_none(site: Path) -> None:
    replace(SESSION, "estado: publicado", "estado: borrador")(site)
    replace(PROCESS, "antes: [problema-en-una-frase]\n", "")(site)
    assert [path for path, _ in comparison_data(check(site).catalog)] == ["comparar/piloto-de-cuatro-semanas.js"]


def test_a_session_is_told_in_the_words_of_its_card(catalog: Catalog) -> None:
    facts = told(catalog, "problema-en-una-frase")
    assert facts["tiempo"] == ["60–80 min"]
    assert facts["preparacion"] == ["30 min antes", "20 min después"]
    assert facts["personas"] == ["5–12"]
    assert facts["facilitan"] == ["1 persona por cada 12"]
    assert facts["fase"] == ["Definir"]
    assert facts["modalidad"] == ["Presencial y a distancia"]
    assert facts["no-lo-use"] == [
        "La decisión ya está tomada: informe y explique.",
        "El problema ya está comprobado: pase al piloto.",
    ]
    assert facts["permisos"] == ["La jefatura dice por escrito qué está ya decidido."]
    assert facts["datos"] == ["No se recogen."]
    assert facts["costo"] == ["Q40–80, estimación del 22 de noviembre de 2026"]
    assert facts["evidencia"] == ["Uso documentado"]


def test_a_process_is_told_in_days_and_what_a_card_does_not_say_is_empty(site: Path) -> None:
    replace(SESSION, "preparacion: 30 min\ncierre: 20 min\n", "")(site)
    replace(SESSION, "datos_personales: {recoge: no}\n", "datos_personales: {recoge: sí, cuales: nombre y voz}\n")(site)
    catalog = check(site).catalog
    assert told(catalog, "piloto-de-cuatro-semanas")["tiempo"] == ["4–6 semanas"]
    assert told(catalog, "problema-en-una-frase")["preparacion"] == []
    assert told(catalog, "problema-en-una-frase")["datos"] == ["Se recogen: nombre y voz."]


def test_the_table_has_a_row_for_every_fact_and_no_other(catalog: Catalog) -> None:
    page = (HOOKS / "fichero/templates/comparar.html.j2").read_text(encoding="utf-8")
    assert re.findall(r'(?m)^  \("([a-z-]+)", ', page) == list(told(catalog, "problema-en-una-frase"))


def test_the_page_has_the_function_that_the_scripts_call() -> None:
    assert f"window.{RECEIVER} = " in (HOOKS / "theme/assets/comparar.js").read_text(encoding="utf-8")


def test_nothing_a_contributor_types_leaves_its_text(site: Path) -> None:
    replace(SESSION, "- La decisión ya está tomada: informe y explique.", '- Dice `"});alert(1)//` y \u2028.')(site)
    script = dict(comparison_data(check(site).catalog))["comparar/problema-en-una-frase.js"]
    assert b'\\"});alert(1)//' in script
    assert script.isascii(), "a line separator would end the text in an old browser"
    assert script.count(b"\n") == 1


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("Haga antes una [entrevista](x.md).", "Haga antes una entrevista."),
        ("Lo pide la ley[^laip].", "Lo pide la ley."),
        ("*Winaq*{lang=quc} y **tierra**, con `código`", "Winaq y tierra, con código"),
        ("Menos de 3 < 5 & «más»", "Menos de 3 < 5 & «más»"),
        ("Una\nlínea", "Una línea"),
    ],
)
def test_plain_text_is_what_a_person_reads(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("- Uno.\n- Dos[^x].\n", ["Uno.", "Dos."]),
        ("1. Uno\n2. Dos", ["Uno", "Dos"]),
        ("- Uno\n  - dentro\n- Dos", ["Uno", "dentro", "Dos"]),
        ("- Uno\n\n- Dos", ["Uno", "Dos"]),
        ("Sin lista.", ["Sin lista."]),
    ],
)
def test_the_points_of_a_list_are_told_one_by_one(markdown: str, found: list[str]) -> None:
    assert points(markdown) == found
