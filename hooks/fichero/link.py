"""Step 3. Documents become a Catalog: ids resolved, relations told from both sides, order fixed.

In:  an Inventory and what else was read.   Out: the Catalog, and the Problems seen only when looking at all.
Rules about the whole are the functions of RULES, each from a Catalog to Problems.
"""

import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from urllib.parse import unquote

from fichero.addresses import scheme_of
from fichero.history import History
from fichero.kinds import CASE, GUIDE, KINDS, METHOD, PAGE, Document, Kind, Manuscript, address, kind_of, meta
from fichero.model import Case, Method, MethodReport, MethodUse, Term
from fichero.names import RESERVED_FOLDERS
from fichero.plain_yaml import Path
from fichero.problems import Names, Problem, suggestion
from fichero.read import DATA, Folder
from fichero.source import Source
from fichero.validate import GLOSSARY, Inventory

# Each relation and the one it is from the other side.
INVERSE = {"antes": "despues", "despues": "antes", "en_lugar_de": "en_lugar_de"}
TIMELINE = f"{DATA}/cronologia.yml"
BIBLIOGRAPHY = f"{DATA}/fuentes.yml"
GLOSSARY_PAGE = "glosario.md"
ENTRY_PAGE = "por-donde-empiezo.md"

# A short link may lead to another card, when two become one. Whether it was ever printed, the register knows.
SHORT_PATH = re.compile(rf"(?:{'|'.join(kind.short for kind in KINDS if kind.short)})/\d{{3,4}}/")

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

    @cached_property
    def cited_by(self) -> Mapping[str, tuple[Document, ...]]:
        """Published documents that cite each source, in the text or in the front matter."""
        found: dict[str, dict[str, Document]] = defaultdict(dict)
        for doc in (*self.methods, *self.cases, *self.guides, *self.pages):
            for id, _ in citations(doc):
                found[id][doc.archivo] = doc
        return {id: tuple(docs.values()) for id, docs in found.items()}

    def resolve(self, doc: Document, target: str, page: str) -> str:
        """An author's link, relative to the file, as a link of the published page."""
        if scheme_of(target) is not None or target.startswith("#"):
            return target
        _, mark, fragment = target.partition("#")
        archivo = file_of(doc, target)
        other = self.by_file.get(archivo)
        where = other.page if other else archivo.removeprefix("docs/")
        return relative_url(address(page), address(where)) + mark + fragment


def link(inventory: Inventory, folder: Folder) -> tuple[Catalog, list[Problem]]:
    """Build the catalog and check every relation, link and citation."""
    order = sorted(inventory.documents, key=lambda doc: (doc.code, doc.archivo))
    ordered = {
        "documents": tuple(order),
        "glossary": tuple(sorted(inventory.glossary, key=lambda term: spanish_order(term.termino))),
    }
    catalog = Catalog(
        **(vars(inventory) | ordered),
        drawings=folder.drawings,
        canvases=folder.canvases,
        assets=folder.assets,
        history=folder.history,
    )
    return catalog, [problem for rule in RULES for problem in rule(catalog)]


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


def sources_known(catalog: Catalog) -> Iterator[Problem]:
    """Every cited source is in the bibliography; every source there is cited by somebody."""
    if BIBLIOGRAPHY in catalog.left_out:
        return
    known = Names(catalog.bibliography.keys() | catalog.left_out_sources)
    for doc in catalog.documents:
        for id, at in citations(doc):
            if id not in known:
                fix = f"agréguela a {BIBLIOGRAPHY}; {known.suggestion(id, doc.archivo)}"
                yield doc.source.problem("FUE001", f"la fuente «{id}» no está en la bibliografía", fix, at)
    for term in catalog.glossary:
        for id in term.fuentes:
            if id not in known:
                message, fix = f"{term.id}: la fuente «{id}» no está en la bibliografía", known.suggestion(id, GLOSSARY)
                yield Problem(GLOSSARY, catalog.term_lines[term.id], 1, "FUE001", message, fix)
    for milestone in catalog.timeline:
        for id in milestone.fuentes:
            if id not in known:
                message = f"{milestone.fecha}: la fuente «{id}» no está en la bibliografía"
                yield Problem(TIMELINE, 1, 1, "FUE001", message, known.suggestion(id, TIMELINE))
    if catalog.left_out:
        return  # a text with errors may be the one that cites it
    used = {id for doc in catalog.documents for id, _ in citations(doc)}
    used |= {id for term in catalog.glossary for id in term.fuentes}
    used |= {id for milestone in catalog.timeline for id in milestone.fuentes}
    for id in sorted({*known} - used):
        line = catalog.source_lines[id]
        yield Problem(BIBLIOGRAPHY, line, 1, "FUE002", f"nadie cita la fuente «{id}»", "cítela o bórrela")


def evidence_rule(catalog: Catalog) -> Iterator[Problem]:
    """Each evidence level asks for a number of sources: the vocabulary says how many."""
    for doc in catalog.documents:
        evidence = getattr(doc.meta, "evidencia", None)
        if evidence:
            level = catalog.vocabularies.get("evidencias", {}).get(evidence.nivel)
            needed = level.fuentes_minimas if level else 0
            if len(set(evidence.fuentes)) < needed:
                message = f"el nivel «{evidence.nivel}» necesita {needed} fuentes y hay {len(set(evidence.fuentes))}"
                fix = "agregue fuentes o escoja un nivel menor"
                yield doc.source.problem("EVI001", message, fix, ("evidencia", "nivel"))


def drawings_and_canvases(catalog: Catalog) -> Iterator[Problem]:
    """A published method has its drawing; a canvas it names exists."""
    for doc in catalog.documents:
        if doc.kind is not METHOD:
            continue
        canvas = meta(doc, Method).lienzo
        if canvas and canvas not in catalog.canvases:
            fix = suggestion(canvas, catalog.canvases) if catalog.canvases else "borre el campo"
            yield doc.source.problem("REL001", f"lienzo: no existe «{canvas}»", fix, ("lienzo",))
        if doc.published and doc.id not in catalog.drawings:
            fix = f"agregue methods/dibujos/{doc.id}.svg"
            yield doc.source.problem("FIC008", "la ficha no tiene dibujo", fix)


def unique_codes(catalog: Catalog) -> Iterator[Problem]:
    """A code is a permanent address: one document each."""
    owner: dict[str, Document] = {}
    for doc in catalog.documents:
        if doc.code in owner:
            message = f"el código «{doc.code}» ya es de {owner[doc.code].archivo}"
            free = next_code(doc.kind, (other.source for other in catalog.documents))
            fix = f"el que no se ha publicado lleva el siguiente libre: «{free}»"
            yield doc.source.problem("COD001", message, fix, ("codigo",))
        elif doc.code:
            owner[doc.code] = doc


def next_code(kind: Kind, sources: Iterable[Source]) -> str:
    """The code after all those of the kind, of drafts and of files with errors too, and of short links that lead to
    another card: "M017"; "" for a kind without codes."""
    if not kind.short:
        return ""
    used = [0]
    for source in sources:
        code, old = source.fields.get("codigo"), source.fields.get("redirige_desde")
        typed = [code] if kind_of(source.archivo) is kind else []
        for text in (*typed, *(old if isinstance(old, list) else ())):
            if match := re.fullmatch(rf"(?i){kind.short}/?(\d{{3,4}})/?", str(text)):
                used.append(int(match[1]))
    return f"{kind.short.upper()}{max(used) + 1:03}"


def unique_pages(catalog: Catalog) -> Iterator[Problem]:
    """No two files make the same page, and no redirect hides a page."""
    taken = dict.fromkeys(map(address, catalog.generated), "una página que se genera sola")
    for doc in catalog.documents:
        path = address(doc.page)
        if path in taken:
            message = f"la página «/{path}» ya la hace {taken[path]}"
            yield doc.source.problem("ARC007", message, "cambie el nombre del archivo")
        taken[path] = doc.archivo
    taken |= {doc.short: doc.archivo for doc in catalog.documents if doc.short}
    away = {f"{old.strip('/')}/": doc for doc in catalog.documents for old in doc.meta.redirige_desde}
    for doc in catalog.documents:
        for index, old in enumerate(doc.meta.redirige_desde):
            path = f"{old.strip('/')}/"
            at: Path = ("redirige_desde", index)
            if path.split("/")[0] in RESERVED_FOLDERS and path not in taken and not SHORT_PATH.fullmatch(path):
                fix = "redirija desde la dirección larga que tuvo la página: «metodos/nombre-viejo»"
                message = f"«/{path}» es una carpeta del programa, no de páginas"
                yield doc.source.problem("RED003", message, fix, at)
            elif path == address(doc.page):
                yield doc.source.problem("RED002", f"«/{path}» es esta misma página", "bórrela de aquí", at)
            elif path in taken and address(doc.page) in away:
                circle = f"«/{path}» lleva a «/{address(doc.page)}», y esta lleva a {away[address(doc.page)].archivo}"
                yield doc.source.problem("RED002", circle, "deje una sola, desde la dirección que ya no existe", at)
            elif path in taken:
                message = f"la dirección «/{path}» ya es de {taken[path]}"
                yield doc.source.problem("RED001", message, "bórrela de aquí", at)
            elif not doc.published:
                fix = "publique la página, o mueva la redirección a la que toma su lugar"
                yield doc.source.problem("RED004", f"«/{path}» llevaría a un borrador", fix, at)
            taken[path] = doc.archivo


def glossary_terms(catalog: Catalog) -> Iterator[Problem]:
    """Ids and forms are one term's each; «ver» names terms that exist."""
    for id, count in Counter(term.id for term in catalog.glossary).items():
        if count > 1:
            yield Problem(
                GLOSSARY,
                catalog.term_lines[id],
                1,
                "GLO001",
                f"el término «{id}» está {count} veces",
                "deje uno solo",
            )
    forms: dict[str, list[int]] = defaultdict(list)
    for term in catalog.glossary:
        for form in {form.casefold() for form in term.formas}:
            forms[form].append(catalog.term_lines[term.id])
    for form, lines in sorted(forms.items()):
        if len(lines) > 1:
            message = f"la forma «{form}» es de {len(lines)} términos"
            yield Problem(GLOSSARY, max(lines), 1, "GLO002", message, "déjela en uno solo")
    known = Names(catalog.terms)
    for term in catalog.glossary:
        if term.id in term.ver:
            message = f"{term.id}: «ver» nombra el mismo término"
            yield Problem(GLOSSARY, catalog.term_lines[term.id], 1, "REL002", message, "bórrelo de «ver»")
        for other in term.ver:
            if other not in known and GLOSSARY not in catalog.left_out:
                fix = known.suggestion(other, GLOSSARY)
                yield Problem(
                    GLOSSARY,
                    catalog.term_lines[term.id],
                    1,
                    "GLO003",
                    f"{term.id}: «ver» nombra «{other}», que no existe",
                    fix,
                )


RULES: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
    sources_known,
    evidence_rule,
    drawings_and_canvases,
    unique_codes,
    unique_pages,
    glossary_terms,
)
