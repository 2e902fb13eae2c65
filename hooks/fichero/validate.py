"""Step 2. Sources become typed Documents; data files become bibliography, glossary and vocabularies.

In:  a Folder.   Out: an Inventory of what is valid alone, and a Problem for every field that is not.
A message of the model (code, Spanish text, fix) passes through; pydantic's own errors are told in Spanish here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fichero.kinds import Document, kind_of
from fichero.model import MAX_SUMMARY, Bibliographic, Milestone, Slug, Step, Term
from fichero.problems import Problem, suggestion
from fichero.quantities import Duration, Workdays
from fichero.read import DATA, DataFile, Folder
from fichero.source import Section, Source
from fichero.vocabulary import Vocabularies, Word

Model = TypeVar("Model", bound=BaseModel)

VOCABULARIES = f"{DATA}/vocabularios.yml"
SPEECH = "Diga:"
DONE = "Listo cuando"
STUCK = "Si se traba:"
STEP_ATTRIBUTES = {"minutos", "dias", "semanas", "esencial"}


@dataclass(frozen=True)
class Inventory:
    """What is valid, each thing alone.

    `left_out` names files with errors, and `left_out_sources` entries of the bibliography with errors, so that
    nobody calls them missing. `source_lines` and `term_lines`: where each entry is in its file.
    """

    documents: tuple[Document, ...]
    left_out: frozenset[str]
    bibliography: Mapping[str, Bibliographic]
    left_out_sources: frozenset[str]
    source_lines: Mapping[str, int]
    glossary: tuple[Term, ...]
    term_lines: Mapping[str, int]
    vocabularies: Vocabularies
    timeline: tuple[Milestone, ...]


class _Key(BaseModel):
    """The name of an entry of the bibliography: it becomes an anchor."""

    id: Slug


def validate(folder: Folder) -> tuple[Inventory, list[Problem]]:
    """Type every source and every data file."""
    problems: list[Problem] = []
    left_out = set(folder.unread)
    for name, shape in (("vocabularios", dict), ("fuentes", dict), ("glosario", list), ("cronologia", list)):
        file = folder.data.get(name)
        if file and file.value and not isinstance(file.value, shape):
            fix = (
                "siga las demás entradas: «nombre:» y debajo sus campos"
                if shape is dict
                else "empiece cada una con «- »"
            )
            problems.append(Problem(file.archivo, *file.marks[()], "FM016", "las entradas no tienen su forma", fix))
            left_out.add(file.archivo)
    vocabularies, wrong = _vocabularies(folder.data.get("vocabularios"))
    problems += wrong
    # With a list that cannot be read, no word of it can be judged.
    context = {} if VOCABULARIES in left_out else {"vocabularios": vocabularies}
    bibliography: dict[str, Bibliographic] = {}
    left_out_sources: set[str] = set()
    source_lines: dict[str, int] = {}
    glossary: list[Term] = []
    term_lines: dict[str, int] = {}
    for key, row in _mapping(folder.data.get("fuentes")).items():
        _, misnamed = _typed(_Key, {"id": key}, context, folder.data["fuentes"], (key,))
        entry, wrong = _typed(Bibliographic, row, context, folder.data["fuentes"], (key,))
        problems += misnamed + wrong
        source_lines[key] = folder.data["fuentes"].marks[(key,)][0]
        if entry:
            bibliography[key] = entry
        else:
            left_out_sources.add(key)
    for index, row in enumerate(_rows(folder.data.get("glosario"))):
        term, wrong = _typed(Term, row, context, folder.data["glosario"], (index,))
        problems += wrong
        if term:
            glossary.append(term)
            term_lines[term.id] = folder.data["glosario"].marks[(index,)][0]
        else:
            left_out.add(folder.data["glosario"].archivo)
    timeline: list[Milestone] = []
    for index, row in enumerate(_rows(folder.data.get("cronologia"))):
        milestone, wrong = _typed(Milestone, row, context, folder.data["cronologia"], (index,))
        problems += wrong
        timeline += [milestone] if milestone else []
    documents: list[Document] = []
    for source in folder.sources:
        document, wrong = validate_source(source, context)
        problems += wrong
        if document:
            documents.append(document)
        else:
            left_out.add(source.archivo)
    inventory = Inventory(
        documents=tuple(documents),
        left_out=frozenset(left_out),
        bibliography=bibliography,
        left_out_sources=frozenset(left_out_sources),
        source_lines=source_lines,
        glossary=tuple(glossary),
        term_lines=term_lines,
        vocabularies=vocabularies,
        timeline=tuple(timeline),
    )
    return inventory, problems


def _vocabularies(file: DataFile | None) -> tuple[Vocabularies, list[Problem]]:
    lists: dict[str, dict[str, Word]] = {}
    problems: list[Problem] = []
    for name, rows in _mapping(file).items():
        lists[name] = {}
        for key, row in (rows if isinstance(rows, dict) else {"": rows}).items():
            fields = {"id": key, **row} if isinstance(row, dict) else row
            word, wrong = _typed(Word, fields, {}, file, (name, key)) if file else (None, [])
            problems += wrong
            # A word with errors stays known, so that nobody who uses it is told that it does not exist.
            lists[name][key] = word or Word.model_construct(id=key, etiqueta=key, definicion=key)
    return Vocabularies(lists), problems


def validate_source(source: Source, context: Mapping[str, Any]) -> tuple[Document | None, list[Problem]]:
    """Type one file. Its steps are read even when a field is wrong, so that all is told in one run."""
    kind = kind_of(source.archivo)
    meta, problems = _typed(kind.model, source.front, context, source, ())
    steps: list[Step] = []
    for section in step_sections(source):
        step, wrong = _step(source, section)
        problems += wrong
        steps.append(step)
    if meta is None:
        return None, problems
    return Document(kind, source, meta, tuple(steps)), problems


def step_sections(source: Source) -> list[Section]:
    """The headings that are steps: H3 under «Pasos» in a method, H2 with an anchor #etapa-N in a guide."""
    kind = kind_of(source.archivo)
    if kind.steps is None:
        return []
    if kind.sections:
        return [child for section in source.sections if section.title == "Pasos" for child in section.children]
    return [section for section in source.sections if (section.anchor or "").startswith(f"{kind.steps}-")]


def _step(source: Source, section: Section) -> tuple[Step, list[Problem]]:
    problems: list[Problem] = []
    for name in sorted(set(section.attributes) - STEP_ATTRIBUTES):
        fix = suggestion(name, STEP_ATTRIBUTES)
        problems.append(source.problem("PAS002", f"«{name}» no se conoce en el título de un paso", fix, section.line))
    amounts: dict[str, Any] = {}
    for attribute, field, unit, quantity in (
        ("minutos", "minutos", " min", Duration),
        ("dias", "plazo", " días", Workdays),
        ("semanas", "plazo", " semanas", Workdays),
    ):
        if attribute in section.attributes:
            typed, wrong = (
                section.attributes[attribute] + unit,
                f"«{attribute}={section.attributes[attribute]}»",
            )
            try:
                amounts[field] = quantity.model_validate(typed)
            except ValidationError:
                fix = f"escriba «{attribute}=10-15» o «{attribute}=10»"
                problems.append(source.problem("PAS003", f"{wrong} no se entiende", fix, section.line))
    parts = step_parts(section.text)
    step = Step(
        ancla=section.anchor or "",
        titulo=section.title,
        esencial="esencial" in section.attributes,
        texto=parts.text,
        diga=tuple(parts.speech),
        listo_cuando=parts.done,
        si_se_traba=tuple(parts.stuck),
        **amounts,
    )
    return step, problems


@dataclass(frozen=True)
class StepParts:
    """The paragraphs of a step by what they are for; labels are taken off."""

    text: str
    speech: list[str]
    done: str | None
    stuck: list[str]


def step_parts(text: str) -> StepParts:
    """Tell the labelled paragraphs («Diga:», «Listo cuando», «Si se traba:») from the instructions."""
    rest: list[str] = []
    speech: list[str] = []
    stuck: list[str] = []
    done: str | None = None
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        if paragraph.startswith(SPEECH):
            speech.append(paragraph.removeprefix(SPEECH).strip())
        elif paragraph.startswith(DONE):
            done = paragraph.removeprefix(DONE).strip(" …:")
        elif paragraph.startswith(STUCK):
            stuck.append(paragraph.removeprefix(STUCK).strip())
        elif paragraph:
            rest.append(paragraph)
    return StepParts("\n\n".join(rest), speech, done, stuck)


def _typed(
    model: type[Model],
    row: Any,
    context: Mapping[str, Any],
    origin: Source | DataFile,
    prefix: tuple[str | int, ...],
) -> tuple[Model | None, list[Problem]]:
    """Validate one value against its class; every error becomes a Problem at its place."""
    try:
        return model.model_validate(row, context=dict(context)), []
    except ValidationError as error:
        found = error.errors()
        # A list whose only item is wrong counts as empty for pydantic; the item's own error is enough.
        inside = {details["loc"][:-1] for details in found}
        told = [details for details in found if details["type"] != "too_short" or details["loc"] not in inside]
        return None, [_told(details, model, origin, prefix) for details in told]


def _told(
    details: ErrorDetails, model: type[BaseModel], origin: Source | DataFile, prefix: tuple[str | int, ...]
) -> Problem:
    path = (*prefix, *(part for part in details["loc"]))
    field = ".".join(str(part) for part in details["loc"] if isinstance(part, str)) or "encabezado"
    line, column = _place(origin, path)
    codigo, mensaje, arreglo = _in_spanish(details, field, model)
    return Problem(origin.archivo, line, column, codigo, mensaje, arreglo)


def _place(origin: Source | DataFile, path: tuple[str | int, ...]) -> tuple[int, int]:
    while path and path not in origin.marks:
        path = path[:-1]
    return origin.marks.get(path, (1, 1))


def _in_spanish(details: ErrorDetails, field: str, model: type[BaseModel]) -> tuple[str, str, str]:
    """Code, message and fix of one pydantic error; `ctx` holds them when the error is ours."""
    context = details.get("ctx", {})
    name = str(details["loc"][-1]) if details["loc"] else field
    match details["type"]:
        case codigo if re.fullmatch(r"FM\d{3}", codigo):
            return codigo, f"{field}: {context['mensaje']}", str(context["arreglo"])
        case "missing":
            return (
                "FM002",
                f"falta el campo «{field}»",
                f"agregue «{name}: …» al encabezado, como lo muestra la guía",
            )
        case "extra_forbidden":
            return "FM003", f"el campo «{field}» no existe", suggestion(name, model.model_fields)
        case "string_too_long":
            length = len(str(details["input"]))
            return "FM006", f"{field}: tiene {length} caracteres", f"acórtelo: el máximo es {MAX_SUMMARY}"
        case "too_short":
            return "FM005", f"{field}: la lista está vacía", "agregue al menos una línea, o borre el campo"
        case "string_type" | "date_type" | "bool_type" | "int_type":
            return (
                "FM016",
                f"{field}: se esperaba un texto, no una lista",
                f"escriba «{name}: …» en una sola línea",
            )
        case "tuple_type":
            return (
                "FM016",
                f"{field}: se esperaba una lista",
                f"escriba cada elemento en su línea con guion, o «{name}: [uno, dos]»",
            )
        case _:
            return "FM016", f"{field}: el valor no tiene la forma esperada", "siga el ejemplo de la guía"


def _mapping(file: DataFile | None) -> Mapping[str, Any]:
    return file.value if file and isinstance(file.value, dict) else {}


def _rows(file: DataFile | None) -> list[Any]:
    return file.value if file and isinstance(file.value, list) else []
