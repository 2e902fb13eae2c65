"""Step 3. Documents become a Catalog: ids resolved, relations told from both sides, order fixed.

In:  an Inventory and what else was read.   Out: the Catalog.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from fichero.addresses import scheme_of
from fichero.history import History
from fichero.kinds import CASE, GUIDE, KINDS, METHOD, PAGE, Document, Kind, Manuscript, address, kind_of, meta
from fichero.model import Case, MethodReport, MethodUse, Term
from fichero.plain_yaml import Path
from fichero.read import DATA, Folder
from fichero.validate import Inventory

# Each relation and the one it is from the other side.
INVERSE = {"antes": "despues", "despues": "antes", "en_lugar_de": "en_lugar_de"}
TIMELINE = f"{DATA}/cronologia.yml"
BIBLIOGRAPHY = f"{DATA}/fuentes.yml"
GLOSSARY_PAGE = "glosario.md"
ENTRY_PAGE = "por-donde-empiezo.md"

# Pages that templates make from the whole catalog, with their titles; an author's link names them as if they were
# files of docs/.
GENERATED = {
    "index.md": "Fichero",
    "metodos/index.md": "Métodos",
    "metodos/ciclo.md": "Métodos por paso de la planificación",
    "metodos/a-z.md": "Métodos de la A a la Z",
    "manuales/index.md": "Manuales",
    "laboratorio/index.md": "Laboratorio",
    "casos/index.md": "Casos",
    "guias/index.md": "Guías",
    "glosario.md": "Glosario",
    "buscar.md": "Buscar",
    "fuentes.md": "Fuentes",
    "datos.md": "Datos abiertos",
    "contribuir/errores.md": "Mensajes de la revisión",
    "contribuir/referencia.md": "Referencia del código",
    "contribuir/vocabularios.md": "Vocabularios",
    "contribuir/salud.md": "Salud del fichero",
    "metodos/tiempo.md": "Métodos por tiempo",
    "metodos/personas.md": "Métodos por tamaño del grupo",
    "metodos/dificultad.md": "Métodos por dificultad",
    "metodos/modalidad.md": "Métodos por modalidad",
    "metodos/se-lleva.md": "Métodos por lo que se lleva el grupo",
    "comparar.md": "Comparar métodos",
    "metodos/mapa.md": "Mapa de métodos",
    "por-donde-empiezo.md": "¿Por dónde empiezo?",
    "recetas/index.md": "Recetas",
}


@dataclass(frozen=True)
class Use:
    """A case that used a method, and how."""

    case: Document
    how: MethodUse


@dataclass(frozen=True)
class Catalog(Inventory):
    """All that is valid, with its relations. Tuples are in the order of `codigo`, then of the file's name."""

    drawings: Mapping[str, str]
    canvases: frozenset[str]
    assets: frozenset[str]
    history: History

    def published(self, kind: Kind) -> tuple[Document, ...]:
        return tuple(doc for doc in self.documents if doc.kind is kind and doc.published)

    @cached_property
    def methods(self) -> tuple[Document, ...]:
        return self.published(METHOD)

    @cached_property
    def cases(self) -> tuple[Document, ...]:
        return self.published(CASE)

    @cached_property
    def guides(self) -> tuple[Document, ...]:
        return self.published(GUIDE)

    @cached_property
    def pages(self) -> tuple[Document, ...]:
        return self.published(PAGE)

    @cached_property
    def method(self) -> Mapping[str, Document]:
        """Published methods by id."""
        return {doc.id: doc for doc in self.methods}

    @cached_property
    def by_file(self) -> Mapping[str, Document]:
        return {doc.archivo: doc for doc in self.documents}

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        return {term.id: term for term in self.glossary}

    @cached_property
    def uses(self) -> Mapping[str, tuple[Use, ...]]:
        """Cases that used each method."""
        found: dict[str, list[Use]] = defaultdict(list)
        for case in self.cases:
            for how in meta(case, Case).metodos:
                found[how.id].append(Use(case, how))
        return {id: tuple(uses) for id, uses in found.items()}

    @cached_property
    def guides_of(self) -> Mapping[str, tuple[tuple[Document, str], ...]]:
        """For each method, the guides that link to it, with the anchor of the first stage that does, or ""."""
        found: dict[str, list[tuple[Document, str]]] = defaultdict(list)
        for guide in self.guides:
            seen: set[str] = set()
            for link in guide.source.links:
                target = self.by_file.get(file_of(guide, link.target))
                if target and target.kind is METHOD and target.id not in seen:
                    seen.add(target.id)
                    stages = [s for s in guide.source.sections if s.anchor and s.line <= link.line]
                    found[target.id].append((guide, stages[-1].anchor or "" if stages else ""))
        return {id: tuple(guides) for id, guides in found.items()}

    @cached_property
    def recipes_of(self) -> Mapping[str, tuple[str, ...]]:
        """For each method, the recipes that use it."""
        found: dict[str, list[str]] = defaultdict(list)
        for id, recipe in self.recipes.items():
            for step in recipe.pasos:
                found[step.metodo].append(id)
        return {method: tuple(recipes) for method, recipes in found.items()}

    @cached_property
    def reports_of(self) -> Mapping[str, tuple[MethodReport, ...]]:
        """For each method, its reports of use in the order of their file; a use that is told twice counts once."""
        uses: dict[object, MethodReport] = {}
        for report in self.reports.values():
            uses.setdefault(report.use, report)
        found: dict[str, list[MethodReport]] = defaultdict(list)
        for report in uses.values():
            found[report.metodo].append(report)
        return {id: tuple(reports) for id, reports in found.items()}

    def next_code(self, kind: Kind) -> str:
        """The code after all those of the kind, of drafts and of files with errors too, and of short links that lead
        to another card: "M017"; "" for a kind without codes."""
        if not kind.short:
            return ""
        used = [0]
        for text in (*self.documents, *self.unfinished):
            old = text.source.fields.get("redirige_desde")
            typed = [text.source.fields.get("codigo")] if text.kind is kind else []
            for name in (*typed, *(old if isinstance(old, list) else ())):
                if match := re.fullmatch(rf"(?i){kind.short}/?(\d{{3,4}})/?", str(name)):
                    used.append(int(match[1]))
        return f"{kind.short.upper()}{max(used) + 1:03}"

    @cached_property
    def generated(self) -> Mapping[str, str]:
        """The pages without a file of their own, with their titles: GENERATED and one for each recipe."""
        return GENERATED | {recipe_page(id): recipe.titulo for id, recipe in self.recipes.items()}

    def related(self, id: str, relation: str) -> tuple[Document, ...]:
        """Methods before, after or instead of one, whichever of the two cards says so."""
        return tuple(self.method[other] for other in self._relations[relation].get(id, {}) if other in self.method)

    @cached_property
    def _relations(self) -> Mapping[str, Mapping[str, Mapping[str, None]]]:
        """Relation → id → related ids: those the card names first, then those that name it."""
        found: dict[str, dict[str, dict[str, None]]] = {name: defaultdict(dict) for name in INVERSE}
        for relation in INVERSE:
            for doc in self.methods:
                found[relation][doc.id] |= dict.fromkeys(getattr(doc.meta, relation))
        for relation, inverse in INVERSE.items():
            for doc in self.methods:
                for other in getattr(doc.meta, relation):
                    found[inverse][other].setdefault(doc.id)
        return found

    @cached_property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """Ids of all the files of each kind, by its name; those with errors included."""
        broken = {kind.name: {path for path in self.left_out if kind_of(path) is kind} for kind in KINDS}
        return {
            kind.name: frozenset(
                {PurePosixPath(path).stem for path in broken[kind.name]}
                | {doc.id for doc in self.documents if doc.kind is kind}
            )
            for kind in KINDS
        }

    def is_draft(self, id: str) -> bool:
        """Whether a method, one of `ids`, is not published yet; one whose file has errors is not called so."""
        return id not in self.method and f"{METHOD.folder}/{id}.md" not in self.left_out

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[Document, ...]]:
        """Published documents that cite each source, in the text or in the front matter."""
        found: dict[str, dict[str, Document]] = defaultdict(dict)
        for doc in (*self.methods, *self.cases, *self.guides, *self.pages):
            for id, _ in citations(doc):
                found[id][doc.archivo] = doc
        return {id: tuple(docs.values()) for id, docs in found.items()}

    @cached_property
    def cited_in_data(self) -> frozenset[str]:
        """The sources that a term of the glossary or a fact of the timeline cites."""
        lists = [term.fuentes for term in self.glossary] + [milestone.fuentes for milestone in self.timeline]
        return frozenset().union(*lists)

    def resolve(self, doc: Document, target: str, page: str) -> str:
        """An author's link, relative to the file, as a link of the published page."""
        if scheme_of(target) is not None or target.startswith("#"):
            return target
        _, mark, fragment = target.partition("#")
        archivo = file_of(doc, target)
        other = self.by_file.get(archivo)
        where = other.page if other else archivo.removeprefix("docs/")
        return relative_url(address(page), address(where)) + mark + fragment


def link(inventory: Inventory, folder: Folder) -> Catalog:
    """Put everything in its order and beside what else was read; what is of the whole is told by `whole`."""
    order = sorted(inventory.documents, key=lambda doc: (doc.code, doc.archivo))
    ordered = {
        "documents": tuple(order),
        "glossary": tuple(sorted(inventory.glossary, key=lambda term: spanish_order(term.termino))),
    }
    return Catalog(
        **(vars(inventory) | ordered),
        drawings=folder.drawings,
        canvases=folder.canvases,
        assets=folder.assets,
        history=folder.history,
    )


def recipe_page(id: str) -> str:
    """The path of a recipe's page among the site's sources."""
    return f"recetas/{id}.md"


def relative_url(here: str, there: str) -> str:
    """From one public path to another: ("metodos/x/", "casos/y/") → "../../casos/y/"."""
    folders, target = here.split("/")[:-1], there.split("/")
    shared = 0
    while shared < min(len(folders), len(target) - 1) and folders[shared] == target[shared]:
        shared += 1
    return "../" * (len(folders) - shared) + "/".join(target[shared:]) or "./"


def without_places(catalog: Catalog) -> Catalog:
    """The catalog without what only the checker needs: the files as typed, and where each thing is in them."""
    documents = (replace(doc, source=replace(doc.source, front={}, marks={}, body="")) for doc in catalog.documents)
    return replace(catalog, documents=tuple(documents), recipe_marks={}, report_marks={}, source_marks={})


def spanish_order(text: str) -> str:
    """A sort key that puts «Árbol» under A and «ñ» after n."""
    folded = text.casefold().replace("ñ", "n\uffff")
    return folded.translate(str.maketrans("áéíóúü", "aeiouu"))


def file_of(doc: Manuscript, target: str) -> str:
    """The file an author's relative link points to, from the root of the repository."""
    path = unquote(target.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(doc.archivo), path))


def citations(doc: Document) -> Iterator[tuple[str, Path | tuple[int, int]]]:
    """Every source id a document cites, with its place: notes in the text and `fuentes` of the front matter."""
    for citation in doc.source.citations:
        yield citation.id, (citation.line, citation.column)
    yield from _field_sources(doc.meta, ())


def _field_sources(value: object, path: Path) -> Iterator[tuple[str, Path]]:
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _field_sources(item, (*path, index))
    elif hasattr(value, "model_fields_set"):
        for name, part in vars(value).items():
            if name == "fuentes":
                yield from ((id, (*path, name, index)) for index, id in enumerate(part))
            elif isinstance(part, tuple) or hasattr(part, "model_fields_set"):
                yield from _field_sources(part, (*path, name))
