"""Every text of the folder is looked into, and no report repeats what it found."""

from pathlib import Path

import pytest
from changes import CASE, GLOSSARY, PAGE, RECIPES, SESSION, SOURCES, append, copy, replace, revisar, write

from fichero.pipeline import check
from fichero.problems import as_github, as_json, as_text

NUMBER = "0000 00000 0101"  # valid by its check digit, and of nobody
REPORT = (
    "- metodo: problema-en-una-frase\n  fecha: 2026-11-03\n  lugar: Una oficina\n  personas: 8\n  idioma: español\n"
    "  minutos: {{paso-1: 12}}\n  fallo: Su DPI es {0}.\n"
)
MAIL = "una.persona" + "@gmail.com"


@pytest.mark.parametrize(
    ("archivo", "text"),
    [
        (PAGE, "Texto con {0}."),
        ("docs/manuales/otra.csv", "nombre,dpi\nUna,{0}\n"),
        ("docs/_datos/usos.yml", REPORT),
    ],
)
def test_personal_data_are_told_in_every_kind_of_file(site: Path, archivo: str, text: str) -> None:
    (append if archivo == PAGE else write)(archivo, text.format(NUMBER))(site)
    assert [p.codigo for p in check(site).problems if p.archivo == archivo] == ["DAT001"]


def test_personal_data_are_told_even_in_a_file_with_a_wrong_header(site: Path) -> None:
    write(PAGE, f"---\ntitulo: Acerca\ncolor: rojo\n---\nEscriba a {MAIL}.\n")(site)
    assert {"FM003", "DAT003"} <= {p.codigo for p in check(site).problems}


def test_no_report_says_the_whole_value_whichever_rule_tells_it(site: Path) -> None:
    replace(SESSION, "participantes: 5-12", f"participantes: {NUMBER}")(site)
    replace(CASE, "periodo: 2014-2016", f"periodo: {MAIL}")(site)
    append(PAGE, f"\n## {MAIL}\n\nTexto.\n\n## {MAIL}\n\nVea [eso]({NUMBER.replace(' ', '')}.md).\n")(site)
    copy(RECIPES, RECIPES, ("receta: decir-y-probar", f"receta: '{NUMBER}'"))(site)

    problems = check(site).problems
    assert {"FM007", "FM015", "EST008", "ENL001", "DAT001", "DAT003"} <= {p.codigo for p in problems}
    for report in (as_text(problems), as_json(problems), as_github(problems)):
        assert "00…1" in report
        assert "un…m" in report
        for whole in (NUMBER, NUMBER.replace(" ", ""), MAIL):
            assert whole not in report


@pytest.mark.parametrize("archivo", [SOURCES, GLOSSARY, RECIPES])
def test_data_that_are_only_a_text_are_looked_into(site: Path, archivo: str) -> None:
    write(archivo, f"DPI {NUMBER}\n")(site)
    assert (archivo, 1, "DAT001") in revisar(site)


def test_the_mask_is_all_that_a_message_shows(site: Path) -> None:
    append(PAGE, f"\nFirmó {NUMBER}.\n")(site)
    (problem,) = [p for p in check(site).problems if p.archivo == PAGE]
    assert problem.mensaje == "aquí hay un número de DPI (CUI): 00…1"
    assert problem.arreglo.startswith("quítelo: ")
