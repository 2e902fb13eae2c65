"""What the answers of a form become: the text of a method card or of a case, as a draft.

In:  a Filled form and the Catalog it will join.   Out: a Draft (a file's text, each part of it with the question it
comes from), and the Problems seen before writing it. The checker judges the draft like any other file;
`Draft.findings` says what it finds in terms of the form. Every value is written so that it reads back as it was typed.
"""

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from fichero.form_lines import escaped, items, plain
from fichero.form_steps import time_fields, typed_steps
from fichero.forms import Answer, Filled, shortened
from fichero.kinds import CASE, EXAMPLE, METHOD, Kind
from fichero.link import Catalog
from fichero.named import listed_sources, method_uses, with_notes
from fichero.names import MAX_ID, WINDOWS_DEVICE, slug
from fichero.problems import Problem, codes, errors, suggestion

# Sections that are a list, one item a line, and the mark of their items; the others are paragraphs.
ITEMS = {
    "uselo-cuando": "-",
    "no-lo-use-cuando": "-",
    "cuidados-y-permisos": "-",
    "antes-de-empezar": "1.",
    "adaptaciones": "-",
}
TO_WRITE = "…"
STAND_IN = "formulario-con-errores"
# Codes that say that something has not its form or is missing: what is not understood in an answer causes them too.
OF_THE_SHAPE = ("FM", "EST", "FIC", "CAS", "USO")
OF_ALL_THE_STEPS = ("PAS004", "PAS005", "PAS009", "PAS010", "PAS011")
# What whoever answered a form can do, where the check names a file or a sign of Markdown.
CITE = "ponga al final el número de su fuente entre corchetes, como [1], o quite"
IN_A_FORM = {
    ("caso", "CAS001"): f"{CITE} la afirmación",
    ("caso", "CAS002"): f"{CITE} la cifra",
    ("caso", "FUE001"): "escríbala en la pregunta «Fuentes» y ponga aquí su número entre corchetes, como [1]",
    ("ficha", "FUE001"): "quítela de aquí y diga en «Para profundizar» dónde se lee",
    ("ficha", "FUE003"): "diga en «Para profundizar» dónde se lee, o quite el dato",
    **dict.fromkeys((("ficha", "HTM001"), ("caso", "HTM001")), "quite el signo «<»"),
}

MARKS = re.compile(r" {0,3}(?:#{1,6}(?:[ \t]|$)|`{3}|~{3}|(?:=+|-+)[ \t]*$)")
ESCAPED = r"\1\\\2"
COUNTED = re.compile(r"^(\d{1,9})([.)])(?=\s)")


@dataclass(frozen=True)
class Piece:
    """A part of the file, and the question and line of the form it comes from."""

    text: str
    id: str
    line: int | None = None


@dataclass(frozen=True)
class Draft:
    """A file to write, or lines to add at its end. `missing`: the sections left to be written.

    One with Problems is only judged, so that all is told at once; in it, a stand-in takes the place of what is not
    understood. `new_sources`: those of the sources that are not in the bibliography.
    """

    archivo: str
    pieces: tuple[Piece, ...]
    missing: tuple[str, ...] = ()
    new_sources: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def findings(
        self, filled: Filled, told: list[Problem], judged: list[Problem], first_line: int = 1
    ) -> list[Problem]:
        """What was told while drafting, and what the check says of the draft and does not come from that.

        Each is at the answer that caused it, in the words of the form. `first_line`: of the draft in its file.
        """
        wrong = {filled.asked_at(problem.linea) for problem in errors(told)}
        wrong |= {"minutos"} if "metodo" in wrong else set()
        found = set(told)
        for problem in judged:
            if problem.archivo != self.archivo:
                found |= set() if wrong else {problem}
                continue
            piece = self._piece_at(problem.linea - first_line)
            shape = codes()[problem.codigo].familia in OF_THE_SHAPE or problem.codigo in OF_ALL_THE_STEPS
            new = problem.codigo == "FUE001" and any(f"«{id}»" in problem.mensaje for id in self.new_sources)
            if not new and not (shape and piece.id in wrong):
                fix = IN_A_FORM.get((filled.form.name, problem.codigo), problem.arreglo)
                found.add(filled.problem(piece.id, problem.codigo, problem.mensaje, fix, piece.line))
        return sorted(found)

    def _piece_at(self, line: int) -> Piece:
        """The one where a line of the draft begins, counted from 0."""
        found = self.pieces[0]
        for piece in self.pieces:
            if line < 0:
                break
            found, line = piece, line - piece.text.count("\n")
        return found


class _Dumper(yaml.SafeDumper):
    """Lists are indented under their field, as in the guide."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002
        super().increase_indent(flow, False)


def as_field(name: str, value: Any) -> str:
    """A field as the guide shows it: plain where YAML reads it back the same, else quoted."""
    return str(yaml.dump({name: value}, Dumper=_Dumper, allow_unicode=True, width=float("inf"), sort_keys=False))


def method_draft(
    filled: Filled, catalog: Catalog, taken: Collection[str], codigo: str, today: datetime.date
) -> tuple[Draft, list[Problem]]:
    """A method card as a draft. Its time and its format come from its steps."""
    id, problems = _id(filled, METHOD, taken)
    filled = _without_titles(filled, METHOD, problems)
    steps, wrong = typed_steps(filled)
    problems += wrong
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
            labelled = title != EXAMPLE or answer.text.lstrip("*_ ").startswith(EXAMPLE)
            label = "" if labelled else f"**{EXAMPLE}.** "
            lines = _items(answer, ITEMS[anchor]) if anchor in ITEMS else _paragraphs(answer, label + answer.text)
            body += [Piece(heading, anchor), *(Piece(line, anchor, number) for number, line in lines)]
    return _draft(METHOD, id, front, body, today, missing), problems


def case_draft(
    filled: Filled, catalog: Catalog, taken: Collection[str], codigo: str, today: datetime.date
) -> tuple[Draft, list[Problem]]:
    """A case as a draft. «[1]» in its texts becomes the note of the first source."""
    id, problems = _id(filled, CASE, taken)
    filled = _without_titles(filled, CASE, problems)
    sources = listed_sources(filled, catalog, problems)
    uses = list(method_uses(filled, catalog, problems))
    cited: set[str] = set()
    body: list[Piece] = []
    for title, anchor in CASE.sections.items():
        lines = _paragraphs(filled.answers[anchor], with_notes(filled, anchor, sources, cited, problems))
        body += [Piece(f"\n## {title}\n\n", anchor), *(Piece(line, anchor, number) for number, line in lines)]
    new = tuple(source for source in sources if source not in catalog.bibliography)
    uncited = [source for source in dict.fromkeys(sources) if source not in (*cited, *new)]
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
    return replace(_draft(CASE, id, front, body, today, []), new_sources=new), problems


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
    """The file's name from the title: plain letters, figures and hyphens, and nothing else. A wrong one: STAND_IN."""
    title = filled.text("titulo")
    id = slug(title)
    quoted = f"«{shortened(title)}»"

    def refuse(codigo: str, mensaje: str, arreglo: str) -> tuple[str, list[Problem]]:
        return STAND_IN, [filled.problem("titulo", codigo, mensaje, arreglo)]

    if not id:
        return refuse("ARC005", f"de {quoted} no sale un nombre de archivo", "escriba el nombre con letras")
    if len(id) > MAX_ID:
        return refuse("ARC005", f"{quoted} es demasiado largo", f"use {MAX_ID} letras como máximo")
    if id in kind.reserved or WINDOWS_DEVICE.fullmatch(id):
        return refuse("ARC006", f"el nombre «{id}» está reservado", "agregue otra palabra")
    if id in taken:
        return refuse("ARC007", f"ya existe {kind.folder}/{id}.md", "proponga una corrección, o use otro nombre")
    return id, []


def _without_titles(filled: Filled, kind: Kind, problems: list[Problem]) -> Filled:
    """The form without the signs that Markdown reads as a title or as a block of code, each a Problem.

    They would break the card in two.
    """
    answers = dict(filled.answers)
    for id in filled.answers.keys() & {*kind.sections.values()}:
        answer = answers[id]
        lines = answer.text.split("\n")
        for (number, line), (_, item) in zip(answer.lines, items(answer), strict=True):
            if MARKS.match(line) or MARKS.match(item):
                message = f"«{shortened(line)}» se leería como un título o como código"
                problems.append(filled.problem(id, "FRM003", message, "quite los signos del principio", number))
                lines[number - answer.line] = re.sub(r"[#`~=]|^[ -]+$", "", line)
        answers[id] = replace(answer, text="\n".join(lines))
    return replace(filled, answers=answers)


def _items(answer: Answer, mark: str) -> Iterator[tuple[int, str]]:
    """The lines of a list, with the line of the form each comes from."""
    for count, (number, item) in enumerate(items(answer), 1):
        # A number that is no list mark stays: Markdown would make of it a list inside the item.
        yield number, f"{mark if mark == '-' else f'{count}.'} {COUNTED.sub(ESCAPED, escaped(item))}\n"


def _paragraphs(answer: Answer, text: str) -> Iterator[tuple[int, str]]:
    return ((number, f"{line}\n") for number, line in enumerate(escaped(text).split("\n"), answer.line))
