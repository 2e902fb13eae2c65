"""Reports of use: the rules of their file, and the real minutes that a card shows from three of them on."""

import gzip
import re
from pathlib import Path

import pytest
from changes import REPORTS, SESSION, append, cut, delete, replace, revisar, write

from fichero.link import Catalog
from fichero.pipeline import check
from fichero.render import render
from fichero.reports import RealMinutes, failures, median, real_minutes
from fichero.settings import Settings

CARD = "problema-en-una-frase"
USUAL = ("REG002", "FIC003")
WHOLE = "minutos: {paso-1: 12, paso-2: 28, paso-3: 31, paso-4: 18}"


def told(site: Path) -> list[str]:
    return [
        f"{p.archivo}:{p.linea}:{p.columna} {p.codigo} {p.mensaje} → {p.arreglo}"
        for p in check(site).problems
        if p.codigo not in USUAL
    ]


def minutes(site: Path) -> RealMinutes | None:
    catalog = check(site).catalog
    return real_minutes(catalog.method[CARD], catalog)


def page(catalog: Catalog, name: str = f"metodos/{CARD}.md") -> str:
    return render(catalog, Settings())[name].html


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        ([7], 7),
        ([30, 10, 20], 20),
        ([10, 20], 15),
        ([10, 11], 11),  # 10.5: a half goes up
        ([40, 10, 13, 12], 13),  # 12.5
        ([5, 5, 600], 5),
    ],
)
def test_the_median_is_the_middle_value_and_a_half_is_rounded_up(values: list[int], middle: int) -> None:
    assert median(values) == middle


def test_the_total_counts_the_reports_with_every_step_and_a_step_those_that_have_it(site: Path) -> None:
    found = minutes(site)
    assert found
    assert found.model_dump() == {
        "total": {"mediana": 100, "n": 3},  # 89, 100, 130; the fourth report has two steps of four
        "pasos": {
            "paso-1": {"mediana": 14, "n": 4},
            "paso-2": {"mediana": 29, "n": 4},
            "paso-3": {"mediana": 35, "n": 3},
            "paso-4": {"mediana": 20, "n": 3},
        },
    }


def test_with_two_whole_reports_there_is_no_total(site: Path) -> None:
    replace(REPORTS, WHOLE, "minutos: {paso-1: 12, paso-2: 28, paso-3: 31}")(site)
    found = minutes(site)
    assert found
    assert found.total is None
    assert list(found.pasos) == ["paso-1", "paso-2", "paso-3"]
    assert "Minutos reales, junto a su paso. Los informaron" in words(page(check(site).catalog))


def test_with_two_reports_nothing_is_said_of_a_card(site: Path) -> None:
    text = (site / REPORTS).read_text(encoding="utf-8")
    write(REPORTS, "- metodo".join(text.split("- metodo")[:3]))(site)
    catalog = check(site).catalog
    assert len(catalog.reports_of[CARD]) == 2
    assert real_minutes(catalog.method[CARD], catalog) is None
    assert failures(catalog.method[CARD], catalog) == []
    with_two = page(catalog)
    delete(REPORTS)(site)
    assert with_two == page(check(site).catalog), "not one byte more"
    assert "reales" not in with_two


def test_a_use_that_is_told_twice_is_not_the_third_report(site: Path) -> None:
    text = (site / REPORTS).read_text(encoding="utf-8")
    first, second = text.split("- metodo")[1:3]
    write(REPORTS, f"- metodo{first}- metodo{second}- metodo{first.replace('oficina', 'Oficina')}")(site)
    assert told(site) == [
        f"{REPORTS}:15:3 USO007 es el mismo uso de la línea 1: se cuenta una sola vez "
        "→ bórrelo; si fue otro grupo, dígalo en «lugar»"
    ]
    assert minutes(site) is None


def test_the_card_shows_the_real_minutes_beside_its_estimates_and_says_which_are_which(site: Path) -> None:
    html = page(check(site).catalog)
    text = words(html)
    assert (
        "Minutos reales: mediana 100, n = 3. Los informaron quienes ya lo usaron; los demás minutos son estimaciones."
        in text
    )
    assert 'href="../../contribuir/usos/"' in html
    steps = re.findall(r'(?s)<section class="paso">.*?</section>', html)
    assert [re.findall(r"Minutos reales: [^<]+", step) for step in steps] == [
        ["Minutos reales: mediana 14, n = 4"],
        ["Minutos reales: mediana 29, n = 4"],
        ["Minutos reales: mediana 35, n = 3"],
        ["Minutos reales: mediana 20, n = 3"],
    ]


def test_the_card_lists_what_failed_and_what_was_changed_without_place_or_date(site: Path) -> None:
    html = page(check(site).catalog)
    (listed,) = re.findall(r"(?s)<details>\s*<summary>Qué falló.*?</details>", html)
    assert [words(item) for item in re.findall(r"(?s)<li>(.*?)</li>", listed)] == [
        "Salieron soluciones en casi todas las tarjetas. "
        "Cambio: Se leyó en voz alta qué le pasa a la gente antes de escribir.",
        "Faltó tiempo para la frase.",
    ]
    assert "oficina de agua" not in html
    assert "3 de febrero" not in html


def test_reports_make_a_card_little_heavier(site: Path) -> None:
    with_reports = gzip.compress(page(check(site).catalog).encode(), 9, mtime=0)
    delete(REPORTS)(site)
    without = gzip.compress(page(check(site).catalog).encode(), 9, mtime=0)
    assert 0 < len(with_reports) - len(without) <= 250  # the page and its style have 16 kB (test_weight.py)


def test_a_card_nobody_complains_of_has_no_list_of_failures(site: Path) -> None:
    cut(REPORTS, "  fallo: Salieron", "- metodo")(site)
    replace(REPORTS, "  fallo: Faltó tiempo para la frase.\n", "")(site)
    html = page(check(site).catalog)
    assert "mediana 100" in html
    assert "Qué falló" not in html


def test_what_a_report_says_is_text(site: Path) -> None:
    replace(REPORTS, "Faltó tiempo para la frase.", "'Faltó & [sobró](javascript:x) *tiempo*'")(site)
    assert "<li>Faltó &amp; [sobró](javascript:x) *tiempo*</li>" in page(check(site).catalog)


@pytest.mark.parametrize("text", ["# Todavía nadie informó.\n", "[]\n", None], ids=["nota", "[]", "no hay"])
def test_a_site_without_reports_is_a_site(site: Path, text: str | None) -> None:
    (delete(REPORTS) if text is None else write(REPORTS, text))(site)
    assert told(site) == []
    assert minutes(site) is None


def test_a_mistake_of_a_report_is_told_with_the_nearest_name(site: Path) -> None:
    append(
        REPORTS,
        """- metodo: problema-en-frase
  fecha: 1926-03-15
  lugar: escuela
  personas: nueve
  idioma: español
  minutos: {paso-1: 12}
- metodo: problema-en-una-frase
  fecha: 1926-03-15
  lugar: escuela
  personas: 9
  idioma: español
  minutos: {paso1: 12, paso-2: 700, paso-3: 0}
- metodo: problema-en-una-frase
  fecha: 1926-03-15
  lugar: escuela
  personas: 9
  idioma: español
  minutos: {paso1: 12, paso-2: 700}
- metodo: problema-en-frase
  fecha: 2026-03-15
  lugar: escuela
  persona: 9
  idioma: español
  minutos: {}
""",
    )(site)
    assert told(site) == [
        f"{REPORTS}:31:3 FM007 personas: «nueve» no es un número entero de 1 a 999 → escriba solo cifras: «12»",
        f"{REPORTS}:39:37 FM007 minutos.paso-3: «0» no es un número entero de 1 a 999 → escriba solo cifras: «12»",
        f"{REPORTS}:41:3 USO006 «1926-03-15» es anterior al año 2000 → revise el año",
        f"{REPORTS}:45:13 USO004 «{CARD}» no tiene el paso «paso1» → ¿quiso decir «paso-1»?",
        f"{REPORTS}:45:24 USO005 un paso de 700 minutos no cabe en una sesión → revise la cifra: 600 es el máximo",
        f"{REPORTS}:46:3 FM002 falta el campo «personas» "
        "→ agregue «personas: …» al encabezado, como lo muestra la guía",
        f"{REPORTS}:49:3 FM003 el campo «persona» no existe → ¿quiso decir «personas»?",
        f"{REPORTS}:51:3 FM005 minutos: la lista está vacía → agregue al menos una línea, o borre el campo",
    ]


def test_a_card_with_errors_is_not_called_unknown_in_its_reports(site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: definirr")(site)
    assert [finding[2] for finding in revisar(site) if finding[2] not in USUAL] == ["FM011"]
