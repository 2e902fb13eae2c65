"""Bytes become text: what deceives is told at its place, what people write passes, what is safe is repaired."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fichero.characters import look_alike, read_text, repaired
from fichero.markdown import to_html


def told(data: bytes | str) -> list[str]:
    _, problems = read_text("docs/a.md", data if isinstance(data, bytes) else data.encode())
    return [f"{p.linea}:{p.columna} {p.codigo} {p.mensaje} → {p.arreglo}" for p in sorted(problems)]


@pytest.mark.parametrize(
    "text",
    [
        "El año próximo, «sí» —dijo— “quizá”… 50 % de Q 1,200.",
        "Kaqchikel: ri k’ak’a’ tzij; k'iche': utzilaj b'anoj; con la letra apóstrofo: kʼakʼaʼ",
        "Q'eqchi': ab'l; mam: ẍim, ch'el, tx'otx'; con diéresis: mäj, öj, winäq, xtin'än",
        "Una x con macrón y diéresis que no existe en un solo carácter: m̈ x̱ q̈",
        "Espacios duros: 90\u00a0min, 5\u202f000, y una raya – o —",
        "Símbolos: → ≤ ≥ × ° º ª ½ ✓ ☐ ☎️ 1️⃣ 👩🏽‍🏫",
        "En griego va sola la α de Cronbach y la μ; β-caroteno; Ω",
        "Я не говорю: una cita entera en ruso",
        "Português: ÂNGULO, IRMÃ, «irmã», café à noite; français: «âge»",
        "CAFÉ» y É” y Ñ» en mayúsculas",
        "Un texto con tabulador:\tsí",
    ],
)
def test_what_people_write_in_spanish_and_in_mayan_languages_passes(text: str) -> None:
    assert told(f"{text}\n") == []
    assert read_text("docs/a.md", text.encode())[0] == text


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            "uno\ufeffdos",
            "1:4 ARC012 hay un carácter invisible: una marca BOM en medio del texto (U+FEFF) "
            "→ bórrelo: está después de «uno»",
        ),
        (
            "a\n\u200bb",
            "2:1 ARC012 hay un carácter invisible: un espacio de ancho cero (U+200B) "
            "→ bórrelo: está al principio de la línea",
        ),
        (
            "pіloto",
            "1:2 ARC013 la letra 2 de «pіloto» es una «і» cirílica, no la «i» → bórrela y escríbala con su teclado",
        ),
        (
            "mapa-ο-a",
            "1:6 ARC013 la letra 6 de «mapa-ο-a» es una «ο» griega, no la «o» → bórrela y escríbala con su teclado",
        ),
        (
            "la participaciÃ³n",
            "1:15 ARC015 «participaciÃ³n» es un texto codificado dos veces "
            "→ escriba «participación»; si hay muchas, vuelva a copiar el texto desde su origen",
        ),
        (
            "año".encode("latin-1"),
            "1:2 ARC001 hay una «ñ» que no es UTF-8: parece guardado como ANSI (Windows-1252 o Latin-1) "
            "→ guárdelo de nuevo: «Guardar como…», codificación «UTF-8»",
        ),
        (
            "año".encode("utf-16"),
            "1:1 ARC001 el archivo está guardado como UTF-16 («Unicode» en el Bloc de notas) "
            "→ guárdelo de nuevo: «Guardar como…», codificación «UTF-8»",
        ),
        (
            b"PK\x03\x04\x14\x00\x08\x08",
            "1:1 ARC001 no es un texto: es un documento de Word o de otro programa "
            "→ ábralo ahí y copie el texto en un .md",
        ),
        (
            "sí o ".encode() + b"\xc3",
            "1:6 ARC001 el archivo está cortado: le falta el final de su última letra → vuelva a copiarlo entero",
        ),
    ],
)
def test_the_message_names_what_is_there_and_what_to_do(data: bytes | str, message: str) -> None:
    assert told(data) == [message]


def test_all_that_is_wrong_in_a_file_is_told_at_once() -> None:
    data = "\ufeffUno\r\ndos\u200b\r\nparticipaciÃ³n\r\npіloto\r\na\u0301rbol\r\n"
    assert [line.split()[1] for line in told(data)] == ["ARC003", "ARC008", "ARC012", "ARC015", "ARC013", "ARC014"]


def test_what_cannot_be_seen_leaves_its_place_to_a_dot_so_that_columns_stay() -> None:
    text, _ = read_text("docs/a.md", "uno\x00dos\u202etres\n".encode())
    assert text == "uno·dos·tres\n"


def test_a_letter_is_compared_with_the_one_it_looks_like() -> None:
    assert look_alike("mapa-de-actores") is None
    assert look_alike("mapа") == (3, "la letra 4 de «mapа» es una «а» cirílica, no la «a»")


MESSY = st.lists(
    st.sampled_from([*"\r\n \taé\\#|\ufeff", "\r\n", "  ", "e\u0301", "```", "~~~", "> ", "- "]) | st.text(max_size=3),
    max_size=40,
).map(lambda parts: "".join(parts).encode("utf-8", "ignore"))


@given(MESSY | st.binary(max_size=80), st.booleans())
@example(b"\xef\xbb\xbf\xef\xbb\xbf \r\r\n", True)
def test_what_is_repaired_needs_no_more_repairing(data: bytes, markdown: bool) -> None:
    once, _ = repaired(data, markdown)
    assert repaired(once, markdown) == (once, [])


@given(MESSY | st.binary(max_size=80), st.booleans())
def test_nothing_but_blanks_line_ends_and_the_form_of_letters_changes(data: bytes, markdown: bool) -> None:
    new, done = repaired(data, markdown)

    def essence(content: bytes) -> str:
        text = content.decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return re.sub(r"[ \t]+$", "", unicodedata.normalize("NFC", text), flags=re.MULTILINE).rstrip("\n")

    try:
        before = essence(data)
    except UnicodeDecodeError:
        assert (new, done) == (data, [])
        return
    assert essence(new) == before
    assert bool(done) == (new != data)


@given(
    st.lists(
        st.sampled_from(
            [
                "uno",
                "dos ",
                "tres  ",
                "    cuatro",
                "",
                " ",
                "   ",
                "- a ",
                "> b  ",
                "```",
                "c\\ ",
                "|a| ",
                "|-| ",
                "## d  ",
            ]
        ),
        max_size=12,
    )
)
def test_the_page_of_a_repaired_text_is_the_same(lines: list[str]) -> None:
    text = "\n".join([*lines, ""])
    new, _ = repaired(text.encode())

    def page(text: str) -> str:
        return re.sub(r"[ \t]+(?=\n|<|$)", "", to_html(text.replace("## ", "#### "), lambda _: ""))

    assert page(new.decode()) == page(text)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Uno  \ndos\n", "Uno  \ndos\n"),  # the two spaces are a line break
        ("Uno  \n\ndos\n", "Uno\n\ndos\n"),
        ("Uno \ndos\t\n", "Uno\ndos\n"),
        ("Uno\\ \ndos\n", "Uno\\ \ndos\n"),  # without its space, the bar would be a line break
        ("```\na  \n \n```\n", "```\na  \n \n```\n"),
        ("Uno", "Uno\n"),
    ],
)
def test_blanks_that_mean_something_stay(before: str, after: str) -> None:
    assert repaired(before.encode())[0].decode() == after


def test_what_was_done_is_told_in_order() -> None:
    _, done = repaired("\ufeffa\u0301 \r\nb".encode())
    assert done == [
        "quitada la marca invisible del principio (BOM)",
        "finales de línea «LF»",
        "cada tilde unida a su letra",
        "quitados los espacios al final",
        "agregado el fin de la última línea",
    ]
