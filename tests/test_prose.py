"""What is read of some Markdown, each character in its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fichero.prose import GAP, prose

G = GAP


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ("Reúna al grupo.", "Reúna al grupo."),
        ("**Reúna** al _grupo_", "  Reúna   al  grupo "),
        ("un_nombre y 2 * 3", "un_nombre y 2   3"),
        ("Según la ley[^laip], sí.", "Según la ley       , sí."),
        ("Vea [el mapa](mapa.md 'x').", "Vea  el mapa              ."),
        ("![Una mesa](a.png)", "  Una mesa        "),
        ("[uno]: dos.md", G * 13),
        ("Escriba `poblacion` así", f"Escriba {G * 11} así"),
        ("```\npoblacion\n```\nFin", f"{G * 3}\n{G * 9}\n{G * 3}\nFin"),
        ("Vea https://a.example/x. Fin", f"Vea {G * 19}. Fin"),
        ("Vea <https://a.example>", f"Vea <{G * 17}>"),
        ("a una@oficina.example.", f"a {G * 19}."),
        ("## Uno {#dos minutos=3}", "   Uno                 "),
        ("- [ ] Uno\n1. Dos\n> Tres", "      Uno\n   Dos\n  Tres"),
        ("El *winaq*{lang=quc} es", f"El {G * 17} es"),
        ("5 &lt; 6", f"5 {G * 4} 6"),
        ("### tipo {#campo-tipo}", G * 22),
    ],
)
def test_what_is_not_read_is_blank_and_nothing_moves(body: str, read: str) -> None:
    assert prose(body).text == read


def test_a_block_is_a_title_an_item_a_row_or_a_paragraph() -> None:
    body = "## Uno\nDos\ntres\n\n- Cuatro\n  cinco\n- Seis\n\n| a | b |\n|---|---|\n\n> Siete\n"
    assert [(block.kind, block.start, " ".join(block.text.split())) for block in prose(body).blocks] == [
        ("titulo", 0, "Uno"),
        ("parrafo", 7, "Dos tres"),
        ("punto", 17, "Cuatro cinco"),
        ("punto", 34, "Seis"),
        ("fila", 42, "| a | b |"),
        ("fila", 52, "|---|---|"),
        ("parrafo", 63, "Siete"),
    ]


PIECES = [
    "# ",
    "- ",
    "> ",
    "|",
    "`",
    "```\n",
    "[a](b)",
    "[^c]",
    "{#x}",
    "*w*{lang=quc}",
    "_",
    "\\",
    "\n",
    "\n\n",
    " ",
    "ñu",
    "&lt;",
]


@given(st.lists(st.sampled_from(PIECES), max_size=15).map("".join))
def test_the_prose_of_any_body_is_as_long_and_its_blocks_are_pieces_of_it_in_order(body: str) -> None:
    read = prose(body)
    assert len(read.text) == len(body)
    assert [i for i, sign in enumerate(read.text) if sign == "\n"] == [i for i, sign in enumerate(body) if sign == "\n"]
    end = 0
    for block in read.blocks:
        assert block.start >= end
        end = block.start + len(block.text)
        assert read.text[block.start : end] == block.text


@pytest.mark.parametrize(
    "piece", ["_", "*", "`", "[", "{", "&", "a", "@", "a@", "a.", ".", "! ", "  ", "A ", "> ", "1 ", "|-"]
)
def test_a_monstrous_line_takes_no_more_than_its_length_deserves(piece: str) -> None:
    """It ends: what cost its square would take minutes with 200,000 characters."""
    body = (piece * 200_000)[:200_000]
    assert len(prose(body).text) == 200_000
