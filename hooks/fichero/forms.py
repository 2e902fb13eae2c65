"""What a person answered in an issue form, from the text GitHub makes of it.

In:  the forms of .github/ISSUE_TEMPLATE and the text of an issue: «### question», a blank line, the answer.
Out: the Answers by question, or the Problems that keep them from being read.

Anyone may write that text. A line that repeats a question, or asks it out of its place, is a Problem: never is an
answer given to another question. Nothing here touches the disk, and nothing decides what the answers become.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from fichero.characters import UNSEEN, joins_symbols
from fichero.problems import Problem, suggestion
from fichero.source import MAX_FILE_CHARACTERS

FOLDER = ".github/ISSUE_TEMPLATE"
FORMS = ("ficha", "caso", "correccion", "uso")
NO_ANSWER = "_No response_"  # what GitHub writes for a question left empty, in any language
QUESTION = "### "
HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Question:
    """A field of a form. `options`: of a list to choose from, or of boxes to tick."""

    id: str
    label: str
    type: str
    required: bool
    options: tuple[str, ...] = ()
    multiple: bool = False


@dataclass(frozen=True)
class Form:
    name: str
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Answer:
    """What was typed, without blank lines around it; `chosen` are the options of a list. `line`: of its first line."""

    label: str
    text: str
    line: int
    chosen: tuple[str, ...] = ()

    @property
    def one_line(self) -> str:
        """The text as a field holds it: any run of spaces or line ends is one space."""
        return " ".join(self.text.split())

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The lines that say something, with their number in the issue."""
        numbered = enumerate(self.text.split("\n"), self.line)
        return [(number, " ".join(line.split())) for number, line in numbered if line.strip()]


@dataclass(frozen=True)
class Filled:
    """A form answered: only the questions that have an answer. `archivo` names the text in the Problems."""

    archivo: str
    form: Form
    answers: Mapping[str, Answer] = field(default_factory=dict)

    def text(self, id: str) -> str:
        """The answer in one line, or "" when there is none."""
        return self.answers[id].one_line if id in self.answers else ""

    def asked_at(self, line: int) -> str:
        """The question that has its answer at this line of the issue, or above it."""
        return max((answer.line, id) for id, answer in self.answers.items() if answer.line <= line)[1]

    def problem(self, id: str, codigo: str, mensaje: str, arreglo: str, line: int | None = None) -> Problem:
        """A Problem of this answer, or of a line of it."""
        answer = self.answers[id]
        return Problem(self.archivo, line or answer.line, 1, codigo, f"{answer.label}: {mensaje}", arreglo)


def read_form(name: str, text: str) -> Form:
    """A form from its YAML file, which is ours. What it only explains (`markdown`) is no question."""
    fields = yaml.load(text, Loader=yaml.CSafeLoader)["body"]
    return Form(name, tuple(_question(field) for field in fields if field["type"] != "markdown"))


def _question(field: Mapping[str, Any]) -> Question:
    attributes = field["attributes"]
    options = attributes.get("options", ())
    boxes = field["type"] == "checkboxes"
    return Question(
        id=field["id"],
        label=attributes["label"],
        type=field["type"],
        required=boxes or field.get("validations", {}).get("required", False),
        options=tuple(option["label"] if boxes else option for option in options),
        multiple=attributes.get("multiple", False),
    )


def read_answers(forms: Sequence[Form], archivo: str, text: str) -> tuple[Filled | None, list[Problem]]:
    """Tell the form by its first question, and part the text there.

    There may be answers and Problems: what can be read is, so that all is told at once. There are no answers when
    one that is needed is missing.
    """

    def refuse(codigo: str, mensaje: str, arreglo: str, line: int = 1) -> tuple[None, list[Problem]]:
        return None, [Problem(archivo, line, 1, codigo, mensaje, arreglo)]

    if len(text) > MAX_FILE_CHARACTERS:
        return refuse("ARC002", f"el texto tiene {len(text)} caracteres", f"el máximo es {MAX_FILE_CHARACTERS}")
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "").rstrip()
    form = next((form for form in forms if first == QUESTION + form.questions[0].label), None)
    if form is None:
        starts = ", ".join(f"«{QUESTION}{form.questions[0].label}»" for form in forms)
        return refuse("FRM001", "el texto no viene de un formulario", f"debe empezar con una de estas líneas: {starts}")
    order = {question.label: index for index, question in enumerate(form.questions)}
    starts_at: dict[int, int] = {}  # the place of each question that is asked, and the line that asks it
    for number, line in enumerate(lines):
        index = order.get(line[len(QUESTION) :].strip()) if line.startswith(QUESTION) else None
        if index is None:
            continue
        if index <= max(starts_at, default=-1):
            message = f"la pregunta «{form.questions[index].label}» está repetida o fuera de su lugar"
            return refuse("FRM002", message, "quite esa línea de la respuesta", number + 1)
        starts_at[index] = number
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    ends = [*list(starts_at.values())[1:], len(lines)]
    for (index, start), end in zip(starts_at.items(), ends, strict=True):
        answer, wrong = _answer(archivo, form.questions[index], lines, start + 1, end)
        problems += wrong
        if answer:
            answers[form.questions[index].id] = answer
    asked = {form.questions[index].id for index in starts_at}
    for question in form.questions:
        if question.required and question.id not in asked:
            message = f"falta la pregunta «{question.label}»"
            fix = f"agregue la línea «{QUESTION}{question.label}» y debajo la respuesta"
            problems.append(Problem(archivo, 1, 1, "FM002", message, fix))
    needed = {question.id for question in form.questions if question.required and question.type != "checkboxes"}
    return (Filled(archivo, form, answers) if needed <= answers.keys() else None), problems


def _answer(
    archivo: str, question: Question, lines: list[str], start: int, end: int
) -> tuple[Answer | None, list[Problem]]:
    """The answer in these lines, counted from 0, without what no one sees in it; None when it is empty."""

    def refuse(codigo: str, mensaje: str, arreglo: str, line: int) -> tuple[None, list[Problem]]:
        return None, [Problem(archivo, line, 1, codigo, f"{question.label}: {mensaje}", arreglo)]

    while start < end and not lines[start].strip():
        start += 1
    while start < end and not lines[end - 1].strip():
        end -= 1
    text = "\n".join(lines[start:end])
    line = start + 1
    if text.strip() in ("", NO_ANSWER):
        if question.required:
            return refuse("FM002", "falta la respuesta", "escríbala: sin ella no se puede seguir", min(line, end))
        return None, []
    problems: list[Problem] = []
    for number, typed in enumerate(lines[start:end], line):
        hidden = set(_invisible(typed))
        for column in sorted(hidden):
            message = f"{question.label}: hay un carácter invisible (U+{ord(typed[column]):04X})"
            fix = "bórrelo, o vuelva a escribir esa palabra"
            problems.append(Problem(archivo, number, column + 1, "FM012", message, fix))
        if hidden:
            lines[number - 1] = "".join(char for column, char in enumerate(typed) if column not in hidden)
    text = "\n".join(lines[start:end])
    chosen: tuple[str, ...] = ()
    if question.type == "dropdown":
        chosen = tuple(text.split(", ")) if question.multiple else (text,)
        for option in chosen:
            if option not in question.options:
                message = f"«{shortened(option)}» no es una de las opciones"
                return refuse("FM011", message, suggestion(shortened(option), question.options), line)
    if question.type == "checkboxes":
        ticked = {typed.strip()[6:].strip() for typed in lines[start:end] if typed.strip().lower().startswith("- [x] ")}
        for option in question.options:
            if option not in ticked:
                return refuse("FM002", f"falta marcar «{option}»", "márquelo, si está de acuerdo", line)
    return (Answer(question.label, text, line, chosen) if text.strip() else None), problems


def _invisible(text: str) -> Iterator[int]:
    """Places of the characters that no one sees, as in any file; and of halves of one, which no file can hold."""
    for match in UNSEEN.finditer(text):
        if not joins_symbols(match):
            yield match.start()
    for match in HALF.finditer(text):
        yield match.start()


def shortened(text: str) -> str:
    """What is quoted of an answer in a message: its beginning, in one line."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:60]}…"


def inert(text: str) -> str:
    """The text as it may be printed inside a workflow, whatever it says: nothing in it is read as a command.

    GitHub's runner obeys lines that begin with «::», and «##[» anywhere in a line. A character that cannot be
    printed becomes «?».
    """
    text = text.replace("##[", "# #[").encode("utf-8", "replace").decode("utf-8")
    return re.sub(r"(?m)^([^\S\n]*)::", r"\1: :", text)
