"""Rules about the language of a text: what they say, and what they let pass."""

import re
import unicodedata
from pathlib import Path

import pytest
from changes import GLOSSARY, PAGE, PICTURE, SESSION, append, picture, replace

from fichero.language import accents, without_accents
from fichero.pipeline import check


def said(site: Path, archivo: str = PAGE) -> list[str]:
    return [f"{p.codigo} {p.mensaje} → {p.arreglo}" for p in check(site).problems if p.archivo == archivo]


def told(site: Path, text: str) -> list[str]:
    picture(site)
    append(PAGE, f"\n{text}\n")(site)
    return said(site)


# --- Accents -------------------------------------------------------------------------------------------------------


def test_there_are_at_least_250_pairs_and_each_is_a_wrong_word_and_the_right_one() -> None:
    pairs, endings = accents()
    assert len(pairs) >= 250
    for wrong, right in pairs.items():
        assert wrong != right
        assert without_accents(wrong) == without_accents(right)
        assert wrong == wrong.lower() and right == right.lower()
        assert unicodedata.is_normalized("NFC", right)
        assert wrong not in pairs.values()
    for wrong, right in endings.items():
        assert without_accents(right) == wrong


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("diagnosticos", "diagnósticos"),
        ("metodo", "método"),
        ("tambien", "también"),
        ("publicos", "públicos"),
        ("dia", "día"),
        ("bilingue", "bilingüe"),
        ("Indigena", "Indígena"),
        ("TAMBIEN", "TAMBIÉN"),
        ("poblacion", "población"),
        ("Region", "Región"),
        ("reunion", "reunión"),
        ("fué", "fue"),
        ("incluído", "incluido"),
    ],
)
def test_a_frequent_mistake_is_told_with_the_right_word(site: Path, wrong: str, right: str) -> None:
    assert told(site, f"Una palabra: {wrong}.") == [f"IDI001 «{wrong}» se escribe «{right}» → escriba «{right}»"]


@pytest.mark.parametrize(
    "text",
    [
        "El publico espera, esta practico y solo.",  # each can be right
        "Este método también amplía la población.",
        "Las poblaciones, las regiones y las reuniones.",
        "Que tramite su limite, formula la critica y amplia la meta, mas no la seria secretaria.",
        "Escriba `metodo: poblacion` en el archivo.",
        "Vea [la página](../methods/problema-en-una-frase.md#paso-1).",
        "El *diagnosis and regional version*{lang=en} de siempre.",
        "Vea https://a.example/metodo/poblacion y una@poblacion.example.",
        "Una guion, un video y un periodo.",
    ],
)
def test_words_that_can_be_right_and_what_is_not_prose_are_left_alone(site: Path, text: str) -> None:
    assert [line for line in told(site, text) if "IDI001" in line] == []


def test_identifiers_and_names_of_others_are_left_alone(site: Path) -> None:
    replace(SESSION, "  - problem statement", "  - arbol de problemas\n  - metodo version dos")(site)
    replace(SESSION, "ciclo: [diagnostico]", "ciclo: [diagnostico, formulacion]")(site)
    assert said(site, SESSION) == []


def test_a_term_in_another_language_is_left_alone(site: Path) -> None:
    replace(GLOSSARY, "  termino: Piloto", "  termino: Poblacion\n  lang: myn")(site)
    assert said(site, GLOSSARY) == []


def test_a_translation_is_not_read_as_spanish(site: Path) -> None:
    replace(PAGE, "revisado: 2026-11-22", "idioma: en\nrevisado: 2026-11-22")(site)
    assert "IDI" not in "".join(told(site, "The group writes the poblacion of the problem and it is is done!"))


# --- The rest ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("El acta de de la reunión.", ["IDI002"]),
        ("El acta que Que la reunión.", []),
        ("De de la reunión.", ["IDI002"]),
        ("El acta de **de** la reunión.", ["IDI002"]),
        ("Poco a poco, paso a paso, uno, uno.", []),
        ("Muy muy lejos.", []),
        ("- Uno\n- uno\n\nuno", []),
        ("| uno | uno |\n|---|---|\n| dos | dos |", []),
        ("de `x` de", []),
        ("La sala  grande.", ["IDI003"]),
        ("La sala.  Grande.", ["IDI003"]),
        ("La sala **grande**  y fría.", ["IDI003"]),
        ("La sala  \ngrande.", []),
        ("-   La sala\n    grande.", []),
        ("| a  | b |\n|----|---|\n| c  | d |", []),
        ("Escriba `a  b`.", []),
        ("```\na  b\n```", []),
        ("¡Qué bien!", ["IDI004"]),
        ("Qué bien!", ["IDI004"]),
        ("Ganó el concurso Funciona! de 2018.", []),
        (f"![Una mesa con papeles]({PICTURE})", []),
    ],
)
def test_repeated_words_double_spaces_and_exclamations(site: Path, text: str, codes: list[str]) -> None:
    assert [line[:6] for line in told(site, text)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("LLEGUE TEMPRANO SIEMPRE", ["EST012"]),
        ("Diga: «NO SE VAYA TODAVÍA».", ["EST012"]),
        ("MUESTRA, NO VALE", []),
        ("La SAT, el INE y SEGEPLAN.", []),
        ("El PDM OT GT de hoy.", []),
        ("El COCODE COCODE COCODE.", []),
        ("Escriba `NO SE VAYA`.", []),
    ],
)
def test_a_text_in_capitals_is_told_and_acronyms_are_not(site: Path, text: str, codes: list[str]) -> None:
    assert [line[:6] for line in told(site, text)] == codes


def test_the_right_text_is_given_for_one_in_capitals(site: Path) -> None:
    assert told(site, "LLEGUE TEMPRANO\nSIEMPRE") == [
        "EST012 el texto está en mayúsculas → escriba «Llegue temprano siempre»"
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The group writes the problem in one sentence and reads it.", True),
        ("- Ask the people that are in line what they need.", True),
        ("Se usa «the five whys of the problem» en muchas oficinas del país.", False),
        ("Lectura: *The Field Guide to Human-Centered Design*.", False),
        ("Design thinking, service blueprint, user journey map, stakeholder map, personas.", False),
        ("El grupo escribe el problema en una sola frase y la lee en voz alta.", False),
    ],
)
def test_a_paragraph_in_english_is_told_and_a_title_or_a_quote_is_not(site: Path, text: str, english: bool) -> None:
    assert ("IDI005" in "".join(told(site, text))) is english


def test_every_message_says_what_to_type(site: Path) -> None:
    lines = told(site, "El acta de de la poblacion  entera. ¡Ya!")
    assert [re.split(" → ", line)[1] for line in lines] == [
        "deje un solo «de»",
        "escriba «población»",
        "deje uno solo",
        "dígalo sin ellos",
    ]
