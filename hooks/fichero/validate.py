"""Step 2. Sources become typed Documents; data files become bibliography, glossary and vocabularies.

In:  a Folder.   Out: an Inventory of what is valid alone, and a Problem for every field that is not.
A message of the model (code, Spanish text, fix) passes through; pydantic's own errors are told in Spanish here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fichero.kinds import Document, Manuscript, kind_of
from fichero.model import (
    Bibliographic,
    Content,
    Frozen,
    MethodReport,
    Milestone,
    Page,
    Recipe,
    Situation,
    Slug,
    Step,
    Synonyms,
    Term,
)
from fichero.plain_yaml import BLANK, Marks, Path, Raw
from fichero.problems import MAX_TOLD, Problem, nearest, suggestion
from fichero.quantities import Duration, Workdays
from fichero.read import DATA, DataFile, Folder
from fichero.source import Section, Source
from fichero.vocabulary import LICENCE_URL, NEEDED, Vocabularies, Word

Model = TypeVar("Model", bound=BaseModel)

VOCABULARIES = f"{DATA}/vocabularios.yml"
GLOSSARY = f"{DATA}/glosario.yml"
RECIPES = f"{DATA}/recetas.yml"
REPORTS = f"{DATA}/usos.yml"
# The data files: entries with a name («nombre:») or in a list («- »). A new one is a row here, a class in model.py,
# and a field of Inventory that `validate` fills with the file's entries.
SHAPES = {
    "vocabularios": dict,
    "fuentes": dict,
    "glosario": list,
    "cronologia": list,
    "recetas": dict,
    "sinonimos": list,
    "usos": list,
}
# Without these nothing else can be judged; the other data files may be left out.
REQUIRED = ("vocabularios", "fuentes", "glosario")
# What other site programs read in a header, and the field of ours that says the same, if any.
THEME_KEYS: Mapping[str, str | None] = {
    **dict.fromkeys("template layout hide search location redirect icon status social boost css js scripts".split()),
    **dict.fromkeys("render_macros comments nav slug permalink draft url class theme extra hooks plugins".split()),
    **dict.fromkeys("extra_css extra_javascript image http-equiv refresh base canonical robots meta edit_url".split()),
    "title": "titulo",
    "description": "resumen",
    "summary": "resumen",
    "date": "revisado",
    "updated": "revisado",
    "lang": "idioma",
    "language": "idioma",
    "license": "licencia",
    "tags": "tambien",
    "aliases": "redirige_desde",
    "redirect_from": "redirige_desde",
    "redirects": "redirige_desde",
    "author": None,
    "authors": None,
}
SPEECH = "Diga:"
DONE = "Listo cuando"
STUCK = "Si se traba:"
STEP_ATTRIBUTES = {"minutos", "dias", "semanas", "esencial"}


@dataclass(frozen=True)
class Inventory:
    """What is valid, each thing alone.

    `left_out` names files with errors, and `left_out_sources` entries of the bibliography with errors, so that
    nobody calls them missing. `unfinished`: the texts of files whose header is wrong. `source_lines` and
    `term_lines`: where each entry is in its file. `reports`: by position in their file.
    """

    documents: tuple[Document, ...]
    unfinished: tuple[Manuscript, ...]
    left_out: frozenset[str]
    bibliography: Mapping[str, Bibliographic]
    left_out_sources: frozenset[str]
    source_lines: Mapping[str, int]
    source_marks: Marks
    glossary: tuple[Term, ...]
    term_lines: Mapping[str, int]
    vocabularies: Vocabularies
    timeline: tuple[Milestone, ...]
    situations: Mapping[str, Situation]
    recipes: Mapping[str, Recipe]
    recipe_marks: Marks
    synonyms: tuple[Synonyms, ...]
    reports: Mapping[int, MethodReport]
    report_marks: Marks


@dataclass(frozen=True)
class Entries(Generic[Model]):
    """The entries of a data file, by name or by position: those that are valid, and the line of every one."""

    valid: Mapping[Any, Model]
    lines: Mapping[Any, int]

    @property
    def wrong(self) -> frozenset[Any]:
        return frozenset(self.lines.keys() - self.valid.keys())


class _Key(BaseModel):
    """The name of an entry: it becomes an anchor or an address."""

    id: Slug


class _RecipeFile(Frozen):
    """The two parts of recetas.yml; each entry is typed on its own."""

    situaciones: dict[str, Any] | None = None
    recetas: dict[str, Any] | None = None


def validate(folder: Folder) -> tuple[Inventory, list[Problem]]:
    """Type every source and every data file."""
    problems: list[Problem] = []
    left_out = set(folder.unread)
    for absent in _absent(folder):
        problems.append(absent)
        left_out.add(absent.archivo)
    for name, shape in SHAPES.items():
        file = folder.data.get(name)
        if file and file.value and not isinstance(file.value, shape):
            fix = (
                "siga las demás entradas: «nombre:» y debajo sus campos"
                if shape is dict
                else "empiece cada una con «- »"
            )
            problems.append(Problem(file.archivo, *file.marks[()], "FM016", "las entradas no tienen su forma", fix))
            left_out.add(file.archivo)
        problems += _blanks(file, file.value, ()) if file else []
    vocabularies, wrong = _vocabularies(folder.data.get("vocabularios"))
    problems += wrong
    if not all(isinstance(rows, dict) for rows in _mapping(folder.data.get("vocabularios")).values()):
        left_out.add(VOCABULARIES)
    # With a list that cannot be read, no word of it can be judged.
    context = {} if VOCABULARIES in left_out else {"vocabularios": vocabularies}

    def entries(model: type[Model], name: str, inside: str | None = None) -> Entries[Model]:
        found, wrong = _entries(model, folder.data.get(name), context, () if inside is None else (inside,))
        problems.extend(wrong)
        return found

    sources = entries(Bibliographic, "fuentes")
    terms = entries(Term, "glosario")
    milestones = entries(Milestone, "cronologia")
    synonyms = entries(Synonyms, "sinonimos")
    reports = entries(MethodReport, "usos")
    report_file = folder.data.get("usos")
    situations = entries(Situation, "recetas", "situaciones")
    recipes = entries(Recipe, "recetas", "recetas")
    recipe_file = folder.data.get("recetas")
    if recipe_file and RECIPES not in left_out:
        _, wrong = _typed(_RecipeFile, recipe_file.value, context, recipe_file, ())
        problems += wrong
        left_out |= {RECIPES} if wrong or situations.wrong or recipes.wrong else set()
    left_out |= {GLOSSARY} if terms.wrong else set()
    documents: list[Document] = []
    unfinished: list[Manuscript] = []
    for source in folder.sources:
        document, wrong = validate_source(source, context)
        problems += wrong
        if isinstance(document, Document):
            documents.append(document)
        else:
            unfinished.append(document)
            left_out.add(source.archivo)
    problems += _empty_timeline(folder.data.get("cronologia"), documents)
    inventory = Inventory(
        documents=tuple(documents),
        unfinished=tuple(unfinished),
        left_out=frozenset(left_out),
        bibliography=sources.valid,
        left_out_sources=sources.wrong,
        source_lines=sources.lines,
        source_marks=folder.data["fuentes"].marks if "fuentes" in folder.data else {},
        glossary=tuple(terms.valid.values()),
        term_lines={term.id: terms.lines[index] for index, term in terms.valid.items()},
        vocabularies=vocabularies,
        timeline=tuple(milestones.valid.values()),
        situations=situations.valid,
        recipes=recipes.valid,
        recipe_marks=recipe_file.marks if recipe_file else {},
        synonyms=tuple(synonyms.valid.values()),
        reports=reports.valid,
        report_marks=report_file.marks if report_file else {},
    )
    return inventory, problems


def _absent(folder: Folder) -> Iterator[Problem]:
    """The data files that the content cannot be judged without, and that are not there."""
    strange = folder.data.keys() - SHAPES.keys()
    timeline = any("cronologia" in (source.front or {}) for source in folder.sources)
    for name in (*REQUIRED, *(("cronologia",) if timeline else ())):
        archivo = f"{DATA}/{name}.yml"
        if name not in folder.data and archivo not in folder.unread:
            near = nearest(name, strange)
            fix = f"«{near}.yml» se llama «{name}.yml»: cámbiele el nombre" if near else "devuélvalo a su carpeta"
            yield Problem(archivo, 1, 1, "ARC031", "falta este archivo de datos, y sin él no se revisa lo demás", fix)


def _empty_timeline(file: DataFile | None, documents: Iterable[Document]) -> Iterator[Problem]:
    """A page that draws the timeline needs something to draw."""
    drawn = [doc.archivo for doc in documents if isinstance(doc.meta, Page) and doc.meta.cronologia]
    if file and not file.value and drawn:
        fix = f"agregue al menos un hecho, o quite «cronologia» de {drawn[0]}"
        yield Problem(file.archivo, *file.marks.get((), (1, 1)), "FM005", "la cronología no tiene hechos", fix)


def _entries(
    model: type[Model], file: DataFile | None, context: Mapping[str, Any], inside: tuple[str, ...]
) -> tuple[Entries[Model], list[Problem]]:
    """Type every entry of a data file, or of one part of it, each on its own."""
    valid: dict[Any, Model] = {}
    lines: dict[Any, int] = {}
    problems: list[Problem] = []
    rows = file.value if file else None
    for part in inside:
        rows = rows.get(part) if isinstance(rows, dict) else None
    shape = dict if inside or file is None else SHAPES[PurePosixPath(file.archivo).stem]
    if file is None or not isinstance(rows, shape):
        return Entries(valid, lines), problems
    for key, row in rows.items() if isinstance(rows, dict) else enumerate(rows or ()):
        place = (*inside, key)
        lines[key] = file.marks[place][0]
        if len(problems) > MAX_TOLD:
            continue  # what is told is enough to correct all; without a type, nobody calls it missing
        if isinstance(key, str):
            problems += _typed(_Key, {"id": key}, context, file, place)[1]
        entry, wrong = _typed(model, row, context, file, place)
        problems += wrong
        if entry:
            valid[key] = entry
    return Entries(valid, lines), problems


def _blanks(file: DataFile, value: Raw, path: Path) -> Iterator[Problem]:
    """Each text of a data file where the mark «…» is left: all of them are published."""
    if isinstance(value, str):
        if BLANK in value:
            name = ".".join(part for part in path if isinstance(part, str))
            fix = "escríbalo y borre «…» con su nota"
            yield Problem(file.archivo, *file.marks[path], "EST021", f"falta llenar «{name}»", fix)
        return
    for key, inside in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _blanks(file, inside, (*path, key))


def _vocabularies(file: DataFile | None) -> tuple[Vocabularies, list[Problem]]:
    lists: dict[str, dict[str, Word]] = {}
    problems: list[Problem] = []
    for name, rows in _mapping(file).items():
        lists[name] = {}
        if file and not isinstance(rows, dict):
            message, fix = f"{name}: la lista no tiene su forma", "siga las demás: «palabra:» y debajo sus campos"
            problems.append(Problem(file.archivo, *file.marks[name,], "FM016", message, fix))
            continue
        for key, row in rows.items():
            fields = {"id": key, **row} if isinstance(row, dict) else row
            word, wrong = _typed(Word, fields, {}, file, (name, key)) if file else (None, [])
            problems += wrong
            # A word with errors stays known, so that nobody who uses it is told that it does not exist.
            family = row.get("familia") if isinstance(row, dict) else None
            family = family if isinstance(family, str) else None
            lists[name][key] = word or Word.model_construct(id=key, etiqueta=key, definicion=key, familia=family)
    if file and lists:
        problems += _missing_words(file, lists)
        problems += _licences(file, lists.get("licencias", {}))
        problems += _phases(file, lists)
    return Vocabularies(lists), problems


def _missing_words(file: DataFile, lists: Mapping[str, Mapping[str, Word]]) -> Iterator[Problem]:
    """The lists and the words without which no page can be made."""
    for name, words in NEEDED.items():
        if name not in lists:
            near = nearest(name, lists.keys() - NEEDED.keys())
            fix = f"«{near}» se llama «{name}»: cámbiele el nombre" if near else "devuélvala a este archivo"
            yield Problem(file.archivo, 1, 1, "FM002", f"falta la lista «{name}»", fix)
            continue
        for word in words if isinstance(_mapping(file)[name], dict) else ():
            if word not in lists[name]:
                message, fix = f"a la lista «{name}» le falta «{word}»", "devuélvala: el programa la usa"
                yield Problem(file.archivo, *file.marks[name,], "FM002", message, fix)


def _licences(file: DataFile, licences: Mapping[str, Word]) -> Iterator[Problem]:
    """A page links its licence: the program must know where it is explained."""
    for name in licences:
        if name not in LICENCE_URL:
            message, fix = f"el programa no sabe dónde se explica la licencia «{name}»", suggestion(name, LICENCE_URL)
            yield Problem(file.archivo, *file.marks["licencias", name], "FM011", message, fix)


def _phases(file: DataFile, lists: Mapping[str, Mapping[str, Word]]) -> Iterator[Problem]:
    """A phase is of a family, which gives it its colour, and its steps are of the planning cycle.

    What has not the form of a phase, of a family or of a list was told when it was typed.
    """
    families, cycle = lists.get("familias", {}), lists.get("ciclo", {})
    for key, word in lists.get("fases", {}).items():
        row = _mapping(file)["fases"][key]
        if isinstance(row, dict) and "familia" not in row:
            message, fix = f"a la fase «{key}» le falta «familia»", suggestion("", families)
            yield Problem(file.archivo, *file.marks["fases", key], "FM002", message, fix)
        elif families and word.familia is not None and word.familia not in families:
            message = f"familia: «{word.familia}» no está en la lista «familias»"
            fix = suggestion(word.familia, families)
            yield Problem(file.archivo, *file.marks["fases", key, "familia"], "FM011", message, fix)
        for index, step in enumerate(word.ciclo if cycle else ()):
            if step not in cycle:
                message = f"ciclo: «{step}» no está en la lista «ciclo»"
                place = file.marks["fases", key, "ciclo", index]
                yield Problem(file.archivo, *place, "FM011", message, suggestion(step, cycle))


def validate_source(source: Source, context: Mapping[str, Any]) -> tuple[Manuscript, list[Problem]]:
    """Type one file: a Document, or a Manuscript when a field is wrong, so that all is told in one run."""
    kind = kind_of(source.archivo)
    meta: Content | None = None
    problems: list[Problem] = []
    if source.front is not None:
        meta, problems = _typed(kind.model, source.front, context, source, ())
    steps: list[Step] = []
    for section in step_sections(source):
        step, wrong = _step(source, section)
        problems += wrong
        steps.append(step)
    if meta is None:
        return Manuscript(kind, source, tuple(steps)), problems
    return Document(kind, source, tuple(steps), meta), problems


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
    if section.attributes.get("esencial"):
        fix = "escriba «esencial», sin nada más; si no lo es, bórrelo"
        message = f"«esencial={section.attributes['esencial']}» no se entiende"
        problems.append(source.problem("PAS002", message, fix, section.line))
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
            except ValidationError as error:
                fix = f"escriba «{attribute}=10-15» o «{attribute}=10»"
                why = {"FM008": "va de más a menos", "FM018": "no puede ser"}.get(error.errors()[0]["type"])
                problems.append(source.problem("PAS003", f"{wrong} {why or 'no se entiende'}", fix, section.line))
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
    typed = details["input"]
    if isinstance(typed, str) and not typed.strip():
        return "FM005", f"{field}: el campo está vacío", "escríbalo o borre la línea"
    match details["type"]:
        case codigo if re.fullmatch(r"FM\d{3}", codigo):
            return codigo, f"{field}: {context['mensaje']}", str(context["arreglo"])
        case "missing":
            return (
                "FM002",
                f"falta el campo «{field}»",
                f"agregue «{name}: …» al encabezado, como lo muestra la guía",
            )
        case "extra_forbidden" if len(details["loc"]) == 1 and issubclass(model, Content) and name in THEME_KEYS:
            ours = THEME_KEYS[name]
            fix = f"use «{ours}»" if ours else "bórrelo: cómo se ve una página lo decide el sitio"
            return "FM020", f"«{name}» le da órdenes a un programa de sitios web, y aquí no se acepta", fix
        case "extra_forbidden":
            return "FM003", f"el campo «{field}» no existe", suggestion(name, _fields_at(model, details["loc"]))
        case "string_too_long":
            length = len(str(details["input"]))
            return "FM006", f"{field}: tiene {length} caracteres", f"acórtelo: el máximo es {context['max_length']}"
        case "too_short":
            return "FM005", f"{field}: la lista está vacía", "agregue al menos una línea, o borre el campo"
        case "string_type" if isinstance(details["loc"][-1], int) and isinstance(typed, dict) and typed:
            key, value = next(iter(typed.items()))
            fix = f"póngalo entre comillas simples: «- '{key}: {value}'»"
            return "FM016", f"{field}: «{key}: » se lee como un campo, no como parte del texto", fix
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


def _fields_at(model: type[BaseModel], place: tuple[int | str, ...]) -> Iterable[str]:
    """The fields that could be where a field is unknown: those of the class of that part of the model."""
    for part in place[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_classes(model.model_fields[part].annotation), model)
    return model.model_fields


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    """The classes of the model that a type names: those of «tuple[Step, ...] | None» are Step."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)


def _mapping(file: DataFile | None) -> Mapping[str, Any]:
    return file.value if file and isinstance(file.value, dict) else {}
