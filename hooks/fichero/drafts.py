"""What the answers of a form become: the text of a method card or of a case, as a draft.

In:  a Filled form and the Catalog it will join.   Out: a Draft (a file's text, each part of it with the question it
comes from), or the Problems seen before writing it. The checker judges the draft like any other file; `Draft.asked`
says its findings in terms of the form. Every value is written so that it reads back as it was typed.
"""

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from fichero.forms import Answer, Filled, shortened
from fichero.kinds import CASE, METHOD, Document, Kind, meta
from fichero.link import Catalog
from fichero.model import Bibliographic, Method
from fichero.names import MAX_ID, WINDOWS_DEVICE, folded, slug
from fichero.problems import Problem, suggestion
from fichero.steps import time_fields, typed_steps
from fichero.typed import bare, items, notes, plain

# Sections that are a list, one item a line, and the mark of their items; the others are paragraphs.
ITEMS = {
    "uselo-cuando": "-",
    "no-lo-use-cuando": "-",
    "cuidados-y-permisos": "-",
    "antes-de-empezar": "1.",
    "adaptaciones": "-",
}
EXAMPLE = "Ejemplo ilustrativo"
TO_WRITE = "…"

MARKS = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|(?:=+|-+)[ \t]*$)")
COUNTED = re.compile(r"^(\d{1,9})([.)])(?=\s)")


@dataclass(frozen=True)
class Piece:
    """A part of the file, and the question and line of the form it comes from."""

    text: str
    id: str
    line: int | None = None


@dataclass(frozen=True)
class Draft:
    """A file to write, or lines to add at its end. `missing`: the sections left to be written."""

    archivo: str
    pieces: tuple[Piece, ...]
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def asked(self, filled: Filled, problem: Problem, first_line: int = 1) -> Problem:
        """The same Problem, at the answer that caused it; those of other files stay. `first_line`: of the draft."""
        if problem.archivo != self.archivo:
            return problem
        line = first_line
        found = self.pieces[0]
        for piece in self.pieces:
            if line > problem.linea:
                break
            found, line = piece, line + piece.text.count("\n")
        return filled.problem(found.id, problem.codigo, problem.mensaje, problem.arreglo, found.line)


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their field, as in the guide."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def as_field(name: str, value: Any) -> str:
    """A field as the guide shows it: plain where YAML reads it back the same, else quoted."""
    return str(yaml.dump({name: value}, Dumper=_Dumper, allow_unicode=True, width=float("inf"), sort_keys=False))


def method_draft(
    filled: Filled, catalog: Catalog, taken: Collection[str], codigo: str, today: datetime.date
) -> tuple[Draft | None, list[Problem]]:
    """A method card as a draft. Its time and its format come from its steps."""
    id, problems = _id(filled, METHOD, taken)
    steps, wrong = typed_steps(filled)
    problems += [*wrong, *_marks(filled, "pasos")]
    missing: list[str] = []
    front = [
        _field("titulo", "codigo", codigo),
        *_texts(filled, "titulo", "resumen"),
        *_lists(filled, "tambien", "necesidades"),
        *_words(filled, catalog, problems, fase="fases", ciclo="ciclo"),
        *_texts(filled, "producto"),
        *_words(filled, catalog, problems, se_lleva="entregables"),
        *(_field("pasos", name, value) for name, value in time_fields(steps).items()),
        *_texts(filled, "participantes"),
        *_words(filled, catalog, problems, dificultad="dificultades", modalidad="modalidades"),
        *_lists(filled, "materiales"),
    ]
    body: list[Piece] = []
    for title, anchor in METHOD.sections.items():
        answer = filled.answers.get(anchor)
        heading = f"\n## {title}\n\n"
        if anchor == "pasos":
            body.append(Piece(heading.rstrip("\n") + "\n", anchor))
            body += (Piece(f"\n{step.written(number)}", anchor, step.line) for number, step in enumerate(steps, 1))
        elif answer is None:
            missing.append(title)
            label = f"**{EXAMPLE}.** " if title == EXAMPLE else ""
            body.append(Piece(f"{heading}{label}{TO_WRITE}\n", "titulo"))
        else:
            problems += _marks(filled, anchor)
            labelled = title != EXAMPLE or answer.text.lstrip("*_ ").startswith(EXAMPLE)
            label = "" if labelled else f"**{EXAMPLE}.** "
            text = _items(answer, ITEMS[anchor]) if anchor in ITEMS else f"{label}{answer.text}\n"
            body.append(Piece(heading + text, anchor))
    return _draft(METHOD, id, front, body, today, missing), problems


def case_draft(
    filled: Filled, catalog: Catalog, taken: Collection[str], codigo: str, today: datetime.date
) -> tuple[Draft | None, list[Problem]]:
    """A case as a draft. «[1]» in its texts becomes the note of the first source."""
    id, problems = _id(filled, CASE, taken)
    sources = _sources(filled, catalog, problems)
    uses = list(_uses(filled, catalog, problems))
    cited: set[str] = set()
    body: list[Piece] = []
    for title, anchor in CASE.sections.items():
        problems += _marks(filled, anchor)
        text = _with_notes(filled, anchor, sources, cited, problems)
        body.append(Piece(f"\n## {title}\n\n{text}\n", anchor))
    uncited = [source for source in dict.fromkeys(sources) if source and source not in cited]
    front = [
        _field("titulo", "codigo", codigo),
        *_texts(filled, "titulo", "resumen", "pais", "territorio", "sector"),
        *_lists(filled, "instituciones"),
        *_words(filled, catalog, problems, rol_labgob="roles_labgob"),
        *_texts(filled, "periodo"),
        *([_field("metodos", "metodos", uses)] if uses else []),
        *_words(filled, catalog, problems, resultado="resultados"),
        *([_field("fuentes", "fuentes", uncited)] if uncited else []),
    ]
    return _draft(CASE, id, front, body, today, []), problems


def _draft(
    kind: Kind, id: str, front: list[Piece], body: list[Piece], today: datetime.date, missing: list[str]
) -> Draft:
    closing = as_field("revisado", today) + as_field("estado", "borrador")
    # The body begins at once after the header: a section's blank line is before its title.
    body = [Piece(body[0].text.removeprefix("\n"), body[0].id), *body[1:]]
    pieces = (Piece("---\n", "titulo"), *front, Piece(f"{closing}---\n", "titulo"), *body)
    return Draft(f"{kind.folder}/{id}.md", pieces, tuple(missing))


def _field(question: str, name: str, value: Any) -> Piece:
    return Piece(as_field(name, value), question)


def _texts(filled: Filled, *ids: str) -> Iterator[Piece]:
    return (_field(id, id, plain(filled.text(id))) for id in ids if id in filled.answers)


def _lists(filled: Filled, *ids: str) -> Iterator[Piece]:
    """Answers of one thing a line, as lists."""
    for id in ids:
        if id in filled.answers:
            yield _field(id, id, [plain(item) for _, item in items(filled.answers[id])])


def _words(filled: Filled, catalog: Catalog, problems: list[Problem], **lists: str) -> Iterator[Piece]:
    """Chosen options as words of their vocabulary: a list where the form lets choose several."""
    multiple = {question.id for question in filled.form.questions if question.multiple}
    for id, list_name in lists.items():
        if id not in filled.answers:
            continue
        known = {word.etiqueta: word.id for word in catalog.vocabularies.get(list_name, {}).values()}
        chosen = filled.answers[id].chosen
        for option in chosen:
            if option not in known:
                fix = suggestion(option, known)
                problems.append(filled.problem(id, "FM011", f"«{option}» no está en la lista «{list_name}»", fix))
        words = [known.get(option, option) for option in chosen]
        yield _field(id, id, words if id in multiple else words[0])


def _id(filled: Filled, kind: Kind, taken: Collection[str]) -> tuple[str, list[Problem]]:
    """The file's name from the title: plain letters, figures and hyphens, and nothing else."""
    title = filled.text("titulo")
    id = slug(title)
    quoted = f"«{shortened(title)}»"

    def refuse(codigo: str, mensaje: str, arreglo: str) -> tuple[str, list[Problem]]:
        return id, [filled.problem("titulo", codigo, mensaje, arreglo)]

    if not id:
        return refuse("ARC005", f"de {quoted} no sale un nombre de archivo", "escriba el nombre con letras")
    if len(id) > MAX_ID:
        return refuse("ARC005", f"{quoted} es demasiado largo", f"use {MAX_ID} letras como máximo")
    if id in kind.reserved or WINDOWS_DEVICE.fullmatch(id):
        return refuse("ARC006", f"el nombre «{id}» está reservado", "agregue otra palabra")
    if id in taken:
        return refuse("ARC007", f"ya existe {kind.folder}/{id}.md", "proponga una corrección, o use otro nombre")
    return id, []


def _folded(text: str) -> str:
    """Without accents, capital letters or double spaces, to compare what people type."""
    return " ".join(folded(text).split())


def _marks(filled: Filled, id: str) -> Iterator[Problem]:
    """Lines that Markdown would read as a title or as a block of code: they would break the card in two."""
    answer = filled.answers[id]
    for (number, line), (_, item) in zip(answer.lines, items(answer), strict=True):
        if MARKS.match(line) or MARKS.match(item):
            message = f"«{shortened(line)}» se leería como un título o como código"
            yield filled.problem(id, "FRM003", message, "quite los signos del principio", number)


def _items(answer: Answer, mark: str) -> str:
    # A number that is no list mark stays: Markdown would make of it a list inside the item.
    told = [COUNTED.sub(r"\1\\\2", item) for _, item in items(answer)]
    return "".join(f"{mark if mark == '-' else f'{number}.'} {item}\n" for number, item in enumerate(told, 1))


def _sources(filled: Filled, catalog: Catalog, problems: list[Problem]) -> list[str]:
    """The id of each source listed, "" where the bibliography does not have it: by id, address or title."""
    known: dict[str, set[str]] = {}
    for id, source in catalog.bibliography.items():
        for name in _names(id, source):
            known.setdefault(_folded(name), set()).add(id)
    found = []
    for number, line in items(filled.answers["fuentes"]):
        ids = known.get(_folded(line), set())
        found.append(next(iter(ids)) if len(ids) == 1 else "")
        if len(ids) != 1:
            message = f"«{shortened(line)}» {'es el título de varias fuentes' if ids else 'no está en la bibliografía'}"
            fix = "escriba su dirección web" if ids else "agréguela a docs/_datos/fuentes.yml y repita"
            problems.append(filled.problem("fuentes", "FUE001", message, fix, number))
    return found


def _names(id: str, source: Bibliographic) -> Iterator[str]:
    yield from (name for name in (id, source.titulo, source.url, source.consultado_en) if name)


def _with_notes(filled: Filled, id: str, sources: list[str], cited: set[str], problems: list[Problem]) -> str:
    """The answer with each number between brackets as the note of its source, which is added to `cited`."""
    answer = filled.answers[id]
    list_ = f"la pregunta «{filled.answers['fuentes'].label}»"
    pieces, end = [], 0
    for match, numbers in notes(answer.text):
        line = answer.line + answer.text.count("\n", 0, match.start())
        typed = match[0].strip()
        missing = [number for number in numbers if not 1 <= number <= len(sources)]
        first = re.search(r"\d+", typed)
        if missing:
            fix = f"hay {len(sources)} en {list_}: agréguela ahí, o corrija el número"
            problems.append(filled.problem(id, "FUE001", f"no hay una fuente [{missing[0]}]", fix, line))
        elif not numbers and first and 1 <= int(first[0]) <= len(sources):
            fix = f"deje entre corchetes solo números de {list_}: [1], [1, 2] o [1-3]"
            problems.append(filled.problem(id, "FRM005", f"«{shortened(typed)}» no se entiende", fix, line))
        elif numbers:
            told = list(dict.fromkeys(sources[number - 1] for number in numbers))
            cited.update(told)
            pieces += [answer.text[end : match.start()], *(f"[^{source}]" for source in told)]
            end = match.end()
    return "".join([*pieces, answer.text[end:]])


def _uses(filled: Filled, catalog: Catalog, problems: list[Problem]) -> Iterator[dict[str, str]]:
    """Lines like «Piloto: se probó primero en un municipio»."""
    for number, line in items(filled.answers["metodos"]) if "metodos" in filled.answers else ():
        name, _, use = plain(line).partition(":")
        if not use.strip():
            fix = "escriba «Nombre de la ficha: cómo se usó»"
            problems.append(filled.problem("metodos", "FM002", f"«{shortened(line)}» no dice cómo se usó", fix, number))
            continue
        method = method_named(filled, catalog, problems, "metodos", name, number)
        if method:
            yield {"id": method.id, "uso": use.strip()}


def method_named(
    filled: Filled, catalog: Catalog, problems: list[Problem], question: str, typed: str, line: int | None = None
) -> Document | None:
    """The published card with this name, other name, code or address; None, with its Problem, when there is none."""
    known: dict[str, set[str]] = {}
    for doc in catalog.methods:
        card = meta(doc, Method)
        for name in (doc.id, card.codigo, card.titulo, *card.tambien):
            known.setdefault(_folded(name), set()).add(doc.id)
    in_address = re.search(r"(?:^|/)(?:metodos/([a-z0-9-]{1,80})|m/(\d{3,4})(?![\w-]))", typed)
    name = in_address[1] or f"m{in_address[2]}" if in_address else _folded(bare(typed))
    ids = known.get(name, set())
    if len(ids) == 1:
        return catalog.method[next(iter(ids))]
    fix = suggestion(shortened(typed), [doc.meta.titulo for doc in catalog.methods])
    problems.append(filled.problem(question, "REL001", f"no hay una ficha «{shortened(typed)}»", fix, line))
    return None
