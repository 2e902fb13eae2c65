"""A file taken apart: header with places, sections, links, citations."""

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fichero.plain_yaml import Raw, Unreadable, parse_data
from fichero.source import Source, parse_source, rewrite_links, without_code

CARD = """---
codigo: M001
titulo: 'Taller: primera parte'
ciclo: [diagnostico, formulacion]
costo: {quetzales: 40-80}
cambios:
  - fecha: 2026-11-22
    que: Primera versión.
---
Antes de todo.

## Úselo cuando

- Hay *quejas*.

## Pasos {#receta}

Tres pasos.

### Escriba {#paso-1 minutos=10-15 esencial}

Vea el [mapa](mapa-de-actores.md#paso-2) y la ley[^laip].

### Cierre {#paso-2 minutos=5}
"""


def source(text: str) -> Source:
    found, problems = parse_source("methods/taller.md", text)
    assert problems == []
    assert found is not None
    return found


def body(text: str) -> Source:
    return source(f"---\ntitulo: A\n---\n{text}")


def test_a_card_is_taken_apart() -> None:
    card = source(CARD)

    assert card.id == "taller"
    assert card.intro == "Antes de todo."
    assert [(part.title, part.anchor, part.line, part.text) for part in card.sections] == [
        ("Úselo cuando", None, 12, "- Hay *quejas*."),
        ("Pasos", "receta", 16, "Tres pasos."),
    ]
    assert [(part.title, part.anchor, part.attributes, part.line) for part in card.sections[1].children] == [
        ("Escriba", "paso-1", {"minutos": "10-15", "esencial": ""}, 20),
        ("Cierre", "paso-2", {"minutos": "5"}, 24),
    ]
    assert [(link.text, link.target, link.image, link.line, link.column) for link in card.links] == [
        ("mapa", "mapa-de-actores.md#paso-2", False, 22, 8)
    ]
    assert [(note.id, note.line, note.column) for note in card.citations] == [("laip", 22, 50)]
    assert card.sections[1].whole == (
        "Tres pasos.\n\nEscriba\n\nVea el [mapa](mapa-de-actores.md#paso-2) y la ley[^laip].\n\nCierre\n\n"
    )


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("codigo",), (2, 1)),
        (("titulo",), (3, 1)),
        (("ciclo",), (4, 1)),
        (("ciclo", 1), (4, 22)),
        (("costo", "quetzales"), (5, 9)),
        (("cambios", 0), (7, 5)),
        (("cambios", 0, "que"), (8, 5)),
        (("cambios", 0, "por_que"), (7, 5)),
        (("duracion",), (2, 1)),
        ((), (2, 1)),
    ],
)
def test_a_field_has_a_place_and_a_missing_one_that_of_the_nearest_around_it(
    path: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    assert source(CARD).place(*path) == place


def test_a_problem_is_told_at_a_field_a_line_or_a_line_and_column() -> None:
    card = source(CARD)
    places = [card.problem("FM003", "", "", at) for at in ((), ("titulo",), ("cambios", 0), 20, (22, 8))]
    assert [(p.archivo, p.linea, p.columna) for p in places] == [
        ("methods/taller.md", 2, 1),
        ("methods/taller.md", 3, 1),
        ("methods/taller.md", 7, 5),
        ("methods/taller.md", 20, 1),
        ("methods/taller.md", 22, 8),
    ]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("no", "no"),
        ("010", "010"),
        ("1:30", "1:30"),
        ("2026-11-22", "2026-11-22"),
        ("~", "~"),
        ("", ""),
        ("'a: b'", "a: b"),
        ('"a\\nb"', "a\nb"),
        ("[sí, 'no', 3]", ["sí", "no", "3"]),
        ("{recoge: no}", {"recoge": "no"}),
        ("un # comentario", "un"),
        (">-\n  una\n  línea", "una línea"),
    ],
)
def test_a_value_stays_as_it_was_typed(typed: str, value: Raw) -> None:
    assert parse_data("x.yml", f"campo: {typed}\n")[0] == {"campo": value}


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3", "FM010", (3, 1)),
        ("a: &x 1", "FM009", (1, 4)),
        ("a: *x", "FM009", (1, 4)),
        ("a: !!int 1", "FM009", (1, 4)),
        ("a: {<<: *x}", "FM009", (1, 5)),
        ("a: {<<: {b: 1}}", "FM009", (1, 5)),
        ("&x a: 1", "FM009", (1, 1)),
        ("!!str a: 1", "FM009", (1, 1)),
        ("%TAG ! tag:example.org,2026:\n---\na: 1", "FM009", (1, 1)),
        ("%YAML 1.1\n---\na: no", "FM009", (1, 1)),
        ("? [a]\n: b", "FM009", (1, 3)),
        ("[" * 9, "FM009", (1, 7)),
        ("- " * 9, "FM009", (1, 13)),
        ("a: b: c", "FM004", (1, 5)),
        ("a: 1\nb: 'x\nc: 2\nd: 3", "FM004", (2, 4)),
        ("a: 1\nb: [x\nc: 2\nd: 3", "FM004", (2, 4)),
        ("a: 1\nb: {x: 1\nc: 2\nd: 3", "FM004", (2, 4)),
        ("a: 1\nb\nc: 2\nd: 3", "FM004", (2, 1)),
        ("a: 1\nb: [x]]\nc: 2", "FM004", (2, 7)),
        ("a: 1\n\tb: 2", "FM017", (2, 1)),
        ("a:\n  - b: 1\n  \tc: 2", "FM017", (3, 3)),
        ("a: b: c\n\td: 2", "FM004", (1, 5)),
        ("ñandú: 1\nb: \x07", "FM004", (2, 4)),
        ("a: 1\nb: 2\n\x00", "FM004", (3, 1)),
        ("a: 'uno\u2028dos'\nb: c: d", "FM004", (2, 5)),
        ("a: 'uno\x85dos'\nb: c: d", "FM004", (2, 5)),
        ("a: 1\n---\nb: 2", "FM004", (2, 1)),
        ("a: 1\n...\nb: 2", "FM004", (3, 1)),
        ("{a: 1}\nb: 2", "FM004", (2, 1)),
    ],
)
def test_what_is_not_plain_data_is_refused_where_it_is(text: str, code: str, place: tuple[int, int]) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_data("x.yml", text)
    problem = refused.value.problem
    assert (problem.codigo, (problem.linea, problem.columna)) == (code, place)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titulo: Taller: uno", "1:15 el texto lleva «: », que separa un campo de su valor"),
        ("- rol: Taller: uno", "1:14 el texto lleva «: », que separa un campo de su valor"),
        ("titulo: Taller\n fase: idear", "2:6 esta línea no está alineada con la de arriba"),
        ("tambien:\n    - uno\n  - dos", "3:3 esta línea no está alineada con la de arriba"),
        ("titulo: 'Taller\nfase: idear", "1:9 esta comilla no se cierra"),
        ("ciclo: [uno, dos\nfase: idear", "1:8 esta lista no se entiende"),
        ("fase: idear\ntitulo Taller\nciclo: [uno]", "2:1 a esta línea le falta «: » después del nombre del campo"),
        ("titulo: 'uno' y dos", "1:15 el encabezado no se entiende en este punto"),
    ],
)
def test_a_header_that_cannot_be_read_says_what_the_person_did(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse_data("x.yml", text)
    problem = refused.value.problem
    assert f"{problem.linea}:{problem.columna} {problem.mensaje}" == message


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "FM001", 1),
        ("titulo: A\n", "FM001", 1),
        ("--- \ntitulo: A\n---\n", "FM001", 1),
        ("\n---\ntitulo: A\n---\n", "FM001", 1),
        ("---\ntitulo: A\n", "FM001", 1),
        ("----\ntitulo: A\n----\n", "FM001", 1),
        ("—-\ntitulo: A\n—-\n", "FM001", 1),
        ("a" * 200_001, "ARC002", 1),
        ("---\na: " + "b" * 20_000 + "\n---\n", "ARC002", 1),
        ("---\na: " + "[{" * 101 + "\n---\n", "ARC002", 1),
        ("---\na: b\n---\n" + "[" * 3_001, "ARC002", 4),
    ],
)
def test_a_file_that_cannot_be_read_gives_only_the_reason(text: str, code: str, line: int) -> None:
    found, problems = parse_source("x.md", text)
    assert found is None
    assert [(p.codigo, p.linea) for p in problems] == [(code, line)]


@pytest.mark.parametrize(
    ("header", "code"),
    [("- a", "FM004"), ("hola", "FM004"), ("a: b: c", "FM004"), ("a: *b", "FM009"), ("\ta: b", "FM017")],
)
def test_the_text_below_a_header_that_cannot_be_read_is_taken_apart_all_the_same(header: str, code: str) -> None:
    found, problems = parse_source("x.md", f"---\n{header}\n---\n## Uno\n\nVea [dos](dos.md).\n")

    assert [(p.codigo, p.linea) for p in problems] == [(code, 2)]
    assert found and found.front is None
    assert [section.title for section in found.sections] == ["Uno"]
    assert [(link.target, link.line) for link in found.links] == [("dos.md", 6)]


@pytest.mark.parametrize(
    ("first", "fix"),
    [
        ("", "la primera línea del archivo debe ser «---», con tres guiones y nada más"),
        ("titulo: A", "la primera línea del archivo debe ser «---», con tres guiones y nada más"),
        ("—-", "la primera línea del archivo debe ser «---», con tres guiones y nada más, en lugar de «—-»"),
        ("***", "la primera línea del archivo debe ser «---», con tres guiones y nada más, en lugar de «***»"),
    ],
)
def test_a_first_line_that_a_word_processor_changed_is_shown_beside_the_right_one(first: str, fix: str) -> None:
    assert parse_source("x.md", f"{first}\ntitulo: A\n---\n")[1][0].arreglo == fix


@pytest.mark.parametrize("text", ["---\n---\n", "---\n---", "---\n# nada\n--- \nTexto.\n"])
def test_an_empty_header_is_a_header(text: str) -> None:
    assert source(text).front == {}


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("## Uno", ("Uno", None, {})),
        ("## Uno ##", ("Uno", None, {})),
        ("  ## Uno", ("Uno", None, {})),
        ("##\tUno", ("Uno", None, {})),
        ("## Uno {#a}", ("Uno", "a", {})),
        ("## Uno {: #a b=c}", ("Uno", "a", {"b": "c"})),
        ("## Uno {#a b='c'}", ("Uno", "a", {"b": "c"})),
        ("## Uno {#a} ##", ("Uno", "a", {})),
        ("## Uno {x} dos", ("Uno {x} dos", None, {})),
        ("## Uno{#a}", ("Uno{#a}", None, {})),
        ("##Uno", None),
        ("    ## Uno", None),
        ("# Uno", None),
        ("#### Uno", None),
        ("####### Uno", None),
        ("Uno ## dos", None),
    ],
)
def test_a_section_begins_as_in_any_markdown(line: str, section: tuple[str, str | None, dict[str, str]] | None) -> None:
    found = [(part.title, part.anchor, part.attributes) for part in body(line).sections]
    assert found == ([section] if section else [])


@pytest.mark.parametrize(
    "code",
    [
        "```\n## No\n```",
        "```markdown\n## No\n```",
        "~~~\n## No\n~~~",
        "````\n```\n## No\n````",
        "```\n## No\n```texto\n## Tampoco\n```",
        "   ```\n## No\n   ```",
        "```\n## No",
    ],
)
def test_inside_code_nothing_is_a_section_a_link_or_a_citation(code: str) -> None:
    found = body(f"{code.replace('No', 'No [a](b.md) dice[^x]')}\n")
    assert (found.sections, found.links, found.citations) == ((), (), ())


def test_after_code_everything_is_read_again() -> None:
    found = body("```\na\n```\n\n## Sí [a](b.md)\n\n```x``` en la línea\n\n## También\n")
    assert [part.title for part in found.sections] == ["Sí [a](b.md)", "También"]
    assert [link.target for link in found.links] == ["b.md"]


@pytest.mark.parametrize(
    ("text", "blanked"),
    [
        ("a `b` c", "a     c"),
        ("a ``b ` c`` d", "a           d"),
        ("a `b\nc` d", "a   \n   d"),
        ("a ` b\n\nc ` d", "a ` b\n\nc ` d"),
        ("a \\`b\\` c", "a \\`b\\` c"),
        ("a `b c", "a `b c"),
        ("a\n```\nb\n```\nc", "a\n   \n \n   \nc"),
        ("a\n```\nb", "a\n   \n "),
    ],
)
def test_code_is_blanked_and_the_rest_stays_in_its_place(text: str, blanked: str) -> None:
    assert without_code(text) == blanked


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("[a](b.md)", "b.md"),
        ("![a](b.png)", "b.png"),
        ("[a [b] c](d.md)", "d.md"),
        ('[a](b.md "título")', "b.md"),
        ("[a](b.md 'título')", "b.md"),
        ("[a]( b.md )", "b.md"),
        ("[a](javascript:alert(1))", "javascript:alert(1)"),
        (
            "[a](https://es.wikipedia.org/wiki/Foda_(an%C3%A1lisis))",
            "https://es.wikipedia.org/wiki/Foda_(an%C3%A1lisis)",
        ),
        ("[a][n]\n\n[n]: b.md", "b.md"),
        ("[n]: javascript:alert(1)", "javascript:alert(1)"),
        ("[^n]: b.md", None),
        ("`[a](b.md)`", None),
        ("[a] (b.md)", None),
        ("[a]", None),
    ],
)
def test_a_link_has_a_target(text: str, target: str | None) -> None:
    assert [link.target for link in body(text).links] == ([target] if target else [])


def test_links_are_rewritten_and_all_else_stays() -> None:
    text = '[j]: k.md\n\nVea [a](b.md), ![c](d.png "e") y `[f](g.md)`.\n\n```\n[h](i.md)\n```\n'
    assert rewrite_links(text, lambda target: f"../{target}#x") == (
        '[j]: ../k.md#x\n\nVea [a](../b.md#x), ![c](../d.png#x "e") y `[f](g.md)`.\n\n```\n[h](i.md)\n```\n'
    )


# Pieces of which bad files are made, so that hypothesis finds the corners soon.
PIECES = [
    *("---\n", "---", "\n", "\n\n", "## ", "### ", "# ", "```", "~~~", "`", "``", "[", "]", "](", "(", ")", "[^", "{#"),
    *("}", "{", ": ", "- ", "'", '"', "&", "*", "!", "|", ">", "#", "\t", "\r", " ", "    ", "titulo", "a", "ñ", "«"),
    *("\u2028", "\x85", "\x00", "\x07", "\ufeff", "\u200b", "<b>", "<!--", "%", "@", "?", ",", "=", "...", "😀"),
]
files = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
anything = st.text(max_size=300) | files


@given(anything, st.booleans())
@example("---\n...\n---\n", False)
@example("[" * 200, True)
@example("- " * 300, True)
def test_any_text_gives_a_source_or_the_reason_and_never_raises(text: str, with_header: bool) -> None:
    typed = f"---\n{text}\n---\n{text}" if with_header else text
    found, problems = parse_source("x.md", typed)

    assert (found is None or found.front is None) == bool(problems)
    lines = typed.count("\n") + 1
    assert all(1 <= p.linea <= lines and p.columna >= 1 and re.fullmatch(r"(FM|ARC)\d{3}", p.codigo) for p in problems)
    if found:
        places = [found.marks.values(), [(link.line, link.column) for link in found.links]]
        assert all(1 <= line <= lines and column >= 1 for group in places for line, column in group)


@given(anything)
def test_any_text_of_data_gives_a_value_or_the_reason_and_never_raises(text: str) -> None:
    try:
        parse_data("x.yml", text)
    except Unreadable as refused:
        assert 1 <= refused.problem.linea <= text.count("\n") + 1


@given(anything)
def test_a_link_is_found_where_it_is(text: str) -> None:
    found, _ = parse_source("x.md", f"---\na: b\n---\n{text}")
    lines = text.split("\n")
    for link in found.links if found else ():
        assert lines[link.line - 4][link.column - 1 :].startswith(("[", "![", link.target))


@given(anything)
def test_rewriting_links_to_themselves_changes_nothing(text: str) -> None:
    assert rewrite_links(text, lambda target: target) == text


@given(anything)
def test_blanking_code_moves_nothing(text: str) -> None:
    blanked = without_code(text)
    assert len(blanked) == len(text)
    assert all(after in (before, " ") for before, after in zip(text, blanked, strict=True))


@pytest.mark.parametrize(
    "line",
    [
        "## a" + " " * 190_000 + "b",
        "## a" + "#" * 190_000 + "b",
        "## a" + " #" * 95_000 + "b",
        "## a" + " {b}" * 47_000 + "c",
        "`\n" * 95_000,
        " ".join("`" * length for length in range(1, 600)),
        "\n".join("~" * length for length in range(600, 3, -1)),
        "[a " * 2_900 + "b" * 180_000,
        "[a](b" + "(c)" * 60_000,
        "<a " * 60_000,
        "> " * 90_000,
        "* " * 90_000,
    ],
    ids=lambda line: line[:8].replace("\n", " "),
)
def test_no_file_within_the_limits_takes_long(line: str) -> None:
    began = time.process_time()
    body(line)
    assert time.process_time() - began < 2, "seconds; an honest card takes a thousandth"
