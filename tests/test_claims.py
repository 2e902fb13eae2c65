"""Rules about sources: what must cite one, and what need not."""

from pathlib import Path

import pytest
from changes import CASE, PAGE, SESSION, append, replace

from fichero.pipeline import check


def codes(site: Path, archivo: str) -> list[str]:
    return [p.codigo for p in check(site).problems if p.archivo == archivo]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Costó Q3 millones.", True),
        ("Costó US$ 2,500.", True),
        ("Lo entiende el 40 por ciento.", True),
        ("Lo entiende el 47.5 %.", True),
        ("Se enviaron 30,000 boletas.", True),
        ("Se enviaron 3 millones de boletas.", True),
        ("Se enviaron 5000 boletas.", True),
        ("Se enviaron 30 000 boletas.", True),
        ("Costó Q3 millones `[^energia-2016-12]`.", True),
        ("Empezó en 2014.", False),
        ("Se sabe desde 2014 y hasta 2016 nada más.", False),
        ("Lo pide el reglamento 1441 de la ciudad.", False),
        ("Faltan dos de las 8 ciudades, y no se sabe por qué.", False),
        ("Costó Q3 millones[^energia-2016-12].", False),
    ],
)
def test_where_a_case_says_what_is_not_known_an_amount_cites_a_source(site: Path, text: str, told: bool) -> None:
    replace(CASE, "## Qué puede aprovechar", f"{text}\n\n## Qué puede aprovechar")(site)
    assert codes(site, CASE) == (["CAS002"] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("En Puente Alto hicieron dos cosas:\n\n- Un taller[^energia-2016-07].\n- Otro[^energia-2016-07].", False),
        ("Con el 5 % de la gente hicieron dos cosas:\n\n- Un taller[^energia-2016-07].", True),
        ("Con el 5 % de la gente[^energia-2016-07] hicieron dos cosas:\n\n- Un taller[^energia-2016-07].", False),
        ("### En 2016\n\nHubo un taller[^energia-2016-07].", False),
        ("Lo que sigue.", False),
        ("Empezó en 2014.", True),
        ("```\nMenos reclamos en la ventanilla [^energia-2016-07]\n```", True),
    ],
)
def test_where_a_case_tells_what_happened_only_what_says_something_cites_a_source(
    site: Path, text: str, told: bool
) -> None:
    replace(CASE, "## Resultados\n\n", f"## Resultados\n\n{text}\n\n")(site)
    assert codes(site, CASE) == (["CAS001"] if told else [])


@pytest.mark.parametrize(("text", "told"), [("Empezó en 2014.", True), ("Pregunte a 20 personas.", False)])
def test_where_a_case_advises_a_year_cites_a_source_too(site: Path, text: str, told: bool) -> None:
    append(CASE, f"\n{text}\n")(site)
    assert codes(site, CASE) == (["CAS002"] if told else [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Lo dice el Decreto 57-2008.", True),
        ("Lo dice la Ley 20.285.", True),
        ("Lo dice el Acuerdo Gubernativo número 229-2014.", True),
        ("En Guatemala hay 340 municipios y el 40 % es rural.", True),
        ("Chile lo creó en 2014.", True),
        ("Lo dice la ley de acceso.", False),
        ("Esta página cuenta el laboratorio de Chile entre 2014 y 2025.", False),
        ("Sume el 40 % si hay interpretación; cuesta Q200.", False),
        ("Guatemala y Chile trabajan juntos.", False),
        ("Lo dice el Decreto 57-2008[^energia-2016-12].\n\nRevise el Decreto 57-2008.", False),
        ("Escriba `Decreto 57-2008`.", False),
        ("Lo dice el Decreto 57-2008 `[^energia-2016-12]`.", True),
        ("Chile tiene la ISO 18091 y Guatemala, no.", False),
        ("En Guatemala hay 5000 comunidades sin agua.", True),
    ],
)
def test_a_law_and_a_figure_of_a_country_cite_a_source(site: Path, text: str, told: bool) -> None:
    append(PAGE, f"\n{text}\n")(site)
    assert codes(site, PAGE) == (["FUE003"] if told else [])


def test_the_illustrative_example_is_invented_and_cites_nothing(site: Path) -> None:
    replace(SESSION, "inventada quería", "inventada de Guatemala, con el 40 % de sus casas sin agua, quería")(site)
    assert codes(site, SESSION) == []
