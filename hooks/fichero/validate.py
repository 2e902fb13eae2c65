"""Step 2. Sources become typed Documents; data files become bibliography, glossary and vocabularies.

In:  a Folder.   Out: an Inventory of what is valid alone, and a Problem for every field that is not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Generic, get_origin

from pydantic import BaseModel

from fichero.fields import Slug
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
    Step,
    Synonyms,
    Term,
)
from fichero.plain_yaml import BLANK, Marks, Path, Raw
from fichero.problems import MAX_TOLD, Problem, nearest
from fichero.read import DATA, DataFile, Folder
from fichero.source import Source
from fichero.steps import step_of, step_sections
from fichero.typed import Model, typed
from fichero.vocabulary import Vocabularies, Word
from fichero.wordlists import mapping, vocabularies_of

VOCABULARIES = f"{DATA}/vocabularios.yml"
GLOSSARY = f"{DATA}/glosario.yml"
RECIPES = f"{DATA}/recetas.yml"
REPORTS = f"{DATA}/usos.yml"
# Without these nothing else can be judged; the other data files may be left out.
REQUIRED = ("vocabularios", "fuentes", "glosario")


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


class RecipeFile(Frozen):
    """The two parts of recetas.yml."""

    situaciones: dict[Slug, Situation]
    recetas: dict[Slug, Recipe]


class _Parts(Frozen):
    """The same, when each entry is typed on its own."""

    situaciones: dict[str, Any] | None = None
    recetas: dict[str, Any] | None = None


# The data files of docs/_datos, each as a whole. A new one is a row here, a class in model.py, and a field of
# Inventory that `validate` fills with the file's entries.
DATA_FILES: Mapping[str, Any] = {
    "cronologia": tuple[Milestone, ...],
    "fuentes": dict[Slug, Bibliographic],
    "glosario": tuple[Term, ...],
    "recetas": RecipeFile,
    "sinonimos": tuple[Synonyms, ...],
    "usos": tuple[MethodReport, ...],
    "vocabularios": dict[str, dict[str, Word]],
}
# How each is typed: entries in a list («- ») or with a name («nombre:»).
SHAPES = {name: list if get_origin(whole) is tuple else dict for name, whole in DATA_FILES.items()}


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
    vocabularies, wrong = vocabularies_of(folder.data.get("vocabularios"))
    problems += wrong
    if not all(isinstance(rows, dict) for rows in mapping(folder.data.get("vocabularios")).values()):
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
        _, wrong = typed(_Parts, recipe_file.value, context, recipe_file, ())
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
            problems += typed(_Key, {"id": key}, context, file, place)[1]
        entry, wrong = typed(model, row, context, file, place)
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


def validate_source(source: Source, context: Mapping[str, Any]) -> tuple[Manuscript, list[Problem]]:
    """Type one file: a Document, or a Manuscript when a field is wrong, so that all is told in one run."""
    kind = kind_of(source.archivo)
    meta: Content | None = None
    problems: list[Problem] = []
    if source.front is not None:
        meta, problems = typed(kind.model, source.front, context, source, ())
    steps: list[Step] = []
    for section in step_sections(source):
        step, wrong = step_of(source, section)
        problems += wrong
        steps.append(step)
    if meta is None:
        return Manuscript(kind, source, tuple(steps)), problems
    return Document(kind, source, tuple(steps), meta), problems
