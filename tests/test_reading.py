"""Spanish syllables, and how easy a text is to read."""

from pathlib import Path

import pytest
from changes import PAGE, write

from fichero.pipeline import check
from fichero.reading import ease, syllables_in

ROOT = Path(__file__).resolve().parent.parent

SYLLABLES = {
    "one vowel a syllable": "paso 2 grupo 2 papel 2 municipio 4 escuela 3 árbol 2 sol 1",
    "two strong vowels are two": "idea 3 leer 2 aéreo 4 caoba 3 héroe 3 línea 3 área 3 ahora 3 creencia 3 zoo 2",
    "a weak one joins": "agua 2 ciudad 2 cuando 2 tierra 2 aula 2 causa 2 deuda 2 seis 1 cuatro 2 Europa 3",
    "two weak ones are one": "construir 2 huir 1 cuidado 3 viuda 2 fluido 2 jesuita 3 ruina 2 construí 2 cuídate 3",
    "an accented weak one parts": "economía 5 país 2 guía 2 día 2 río 2 maíz 2 baúl 2 oído 3 caído 3 sonreír 3",
    "so does one before": "egoísta 4 reúne 3 actúa 3 raíz 2 prohíbe 3 ahí 2 búho 2 bahía 3",
    "three in a row": "Uruguay 3 buey 1 leíais 3 oía 3 averiguáis 4 continuéis 3 limpiáis 2 Huehuetenango 5",
    "an h changes nothing": "prohibir 2 vehículo 4 cohete 3 ahuecar 3 rehusar 2 truhan 1 cacahuate 4 ahora 3",
    "a silent u": "queso 2 guerra 2 guitarra 3 quiénes 2 quórum 2 aquí 2 guion 1 Quiché 2 alguien 2",
    "a u with diaeresis sounds": "averigüe 4 vergüenza 3 pingüino 3 bilingüe 3 desagüe 3 Güegüense 3 lingüística 4",
    "y is a vowel at the end": "y 1 muy 1 hoy 1 ley 1 rey 1 estoy 2 yo 1 reyes 2 ayuda 3 mayas 2 paraguayo 4 K’iche’ 2",
    "the same twice": "chiita 3 duunviro 4 creer 2 cooperar 4",
    "acronyms": "SEGEPLAN 3 COCODE 3 SAT 1 PDM 4 SNIP 1 km 3 GPS 4",
    "long words": "planificación 5 participación 5 municipalidad 6 evaluación 4 guatemalteco 5 responsabilidad 6",
}


@pytest.mark.parametrize(
    ("word", "count"),
    [(word, int(count)) for row in SYLLABLES.values() for word, count in zip(*[iter(row.split())] * 2, strict=True)],
)
def test_the_syllables_of_a_word(word: str, count: int) -> None:
    assert syllables_in(word) == count
    assert syllables_in(word.upper()) == count


def read(site: Path, body: str) -> tuple[int, int] | None:
    write(PAGE, f"---\ntitulo: A\nresumen: A.\nrevisado: 2026-11-22\n---\n{body}\n")(site)
    found = ease(check(site).catalog.by_file[PAGE])
    return (found.words, found.sentences) if found else None


@pytest.mark.parametrize(
    ("body", "words", "sentences"),
    [
        ("Uno dos. ¿Tres? Cuatro: cinco… Seis.", 6, 5),
        ("Uno dos\n\ntres", 3, 2),
        ("- Uno\n- Dos tres.", 3, 2),
        ("## Un título\n\nUno dos.\n\n| Una | tabla |\n|---|---|\n| a | b |", 2, 1),
        ("El art. 3, p. ej. esto. Y el Dr. A. Paz.", 5, 2),
        ("Son 1.5 de 30,000 en 2014.", 3, 1),
        ("Uno[^camacho-2001]. Dos `tres` [cuatro](acerca.md).", 3, 2),
        ("Dijo: «Uno dos.» Y se fue.", 6, 3),
    ],
)
def test_running_text_has_these_words_and_sentences(site: Path, body: str, words: int, sentences: int) -> None:
    assert read(site, body) == (words, sentences)


def test_a_page_without_running_text_has_no_ease(site: Path) -> None:
    assert read(site, "## Solo un título\n\n| a |\n|---|\n| b |") is None


def test_the_two_formulas_worked_by_hand(site: Path) -> None:
    """Eighteen syllables, nine words, two sentences: 206.835 - 62.3 × 18/9 - 9/2; 206.84 - 60 × 18/9 - 1.02 × 9/2."""
    read(site, "La gente espera agua. Llega tarde cada día seco.")
    found = ease(check(site).catalog.by_file[PAGE])
    assert found and (found.words, found.sentences) == (9, 2)
    assert (round(found.inflesz, 2), round(found.fernandez_huerta, 2)) == (77.74, 82.25)


def test_longer_sentences_are_harder_in_both(site: Path) -> None:
    """With the error of transcription, Fernández Huerta would say the opposite."""
    scores = []
    for body in ("La gente espera. La lluvia llega.", "La gente espera, la lluvia llega."):
        read(site, body)
        scores.append(ease(check(site).catalog.by_file[PAGE]))
    short, long = scores
    assert short and long
    assert short.inflesz > long.inflesz
    assert short.fernandez_huerta > long.fernandez_huerta


def test_a_few_hard_words_are_not_told(site: Path) -> None:
    write(
        PAGE,
        "---\ntitulo: A\nresumen: A.\nrevisado: 2026-11-22\n---\n## Uno {#licencia}\n\n"
        "La institucionalización interinstitucional obstaculiza sistemáticamente responsabilidades administrativas.\n",
    )(site)
    assert "LEC001" not in {problem.codigo for problem in check(site).problems}


def test_everything_published_can_be_read_without_much_effort() -> None:
    scores = {doc.archivo: ease(doc) for doc in check(ROOT).catalog.documents}
    assert [archivo for archivo, found in scores.items() if found and found.inflesz < 55] == []
