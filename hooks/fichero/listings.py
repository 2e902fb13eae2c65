"""What the generated pages list: those made from the whole catalog, with no file of their own.

In:  the Catalog.   Out: for each page its template, its summary, and the documents and facts that it arranges.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fichero.export import PLAIN
from fichero.facets import FACETS
from fichero.health import health
from fichero.kinds import Document, meta
from fichero.link import ENTRY_PAGE, Catalog, recipe_page, spanish_order
from fichero.model import Guide, Method, Recipe, RecipeStep
from fichero.problems import codes
from fichero.quantities import Duration
from fichero.reading import MIN_EASE
from fichero.recipes import routes
from fichero.reference import modules
from fichero.reports import LEAST
from fichero.tables import described
from fichero.vocabulary import Word


@dataclass(frozen=True)
class Listing:
    """A generated page: its template, what it says of itself, and the names its template knows."""

    template: str
    summary: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Need:
    """What a person would say, and the document that answers."""

    text: str
    doc: Document


@dataclass(frozen=True)
class RecipeRow:
    """A method of a recipe, ready to arrange. `part`: its minutes with the group; `before`: those of earlier ones."""

    step: RecipeStep
    doc: Document
    part: Duration | None
    before: int


@dataclass(frozen=True)
class Cell:
    """The methods of a phase that serve a step of the planning cycle. `wanted`: some are expected there."""

    step: Word
    docs: tuple[Document, ...]
    wanted: bool


def listings(catalog: Catalog) -> dict[str, Listing]:
    """Every generated page, by its path among the sources."""
    by_title = sorted(catalog.methods, key=lambda doc: spanish_order(doc.meta.titulo))
    found = {
        "index.md": Listing(
            "inicio.html.j2",
            "Fichas de método, guías y casos de innovación pública para resolver hoy un problema de su oficina.",
            {"necesidades": first_needs([*catalog.methods, *catalog.guides])},
        ),
        "metodos/index.md": Listing(
            "metodos.html.j2",
            FACETS[0].summary,
            {"grupos": FACETS[0].groups(catalog)},
        ),
        "metodos/a-z.md": Listing(
            "metodos-a-z.html.j2",
            "Todas las fichas de método en orden alfabético, con sus otros nombres.",
            {"entradas": names(by_title)},
        ),
        "manuales/index.md": Listing(
            "carpeta.html.j2",
            "Textos largos para trabajos que se hacen pocas veces y conviene hacer bien.",
            {"docs": _folder(catalog, "docs/manuales/")},
        ),
        "laboratorio/index.md": Listing(
            "carpeta.html.j2",
            "El Laboratorio de Gobierno de Chile, su historia y su oferta; el proyecto con Guatemala; y la red.",
            {"docs": _folder(catalog, "docs/laboratorio/", "docs/red.md")},
        ),
        "casos/index.md": Listing(
            "casos.html.j2",
            "Lo que otras instituciones hicieron, qué resultó y qué no se sabe.",
            {"casos": catalog.cases},
        ),
        "guias/index.md": Listing(
            "guias.html.j2",
            "Trabajos largos, etapa por etapa, con los métodos de cada una.",
            {"guias": catalog.guides},
        ),
        "glosario.md": Listing(
            "glosario.html.j2",
            "Palabras de planificación e innovación pública en lenguaje sencillo, con su fuente.",
            {},
        ),
        "buscar.md": Listing(
            "buscar.html.j2",
            "Busque métodos, guías, casos y palabras con una palabra o una frase suya.",
            {},
        ),
        "fuentes.md": Listing(
            "fuentes.html.j2",
            "La bibliografía de Fichero y las páginas que citan cada fuente.",
            {
                "fuentes": sorted(
                    catalog.bibliography.items(),
                    key=lambda item: spanish_order(item[1].autoria + item[1].titulo),
                )
            },
        ),
        "datos.md": Listing(
            "datos.html.j2",
            "Fichero en archivos para hojas de cálculo y programas, con cada campo explicado.",
            {
                "recursos": lambda: list(described(catalog)),
                "textos": (*catalog.methods, *catalog.cases, *catalog.guides),
                "markdown": PLAIN,
            },
        ),
        "contribuir/errores.md": Listing(
            "errores.html.j2",
            "Cada código que puede dar la revisión, con un ejemplo malo y uno bueno.",
            {"codigos": sorted(codes().values(), key=lambda code: code.codigo)},
        ),
        "contribuir/referencia.md": Listing(
            "referencia.html.j2",
            "Los módulos del programa, con sus clases y funciones, leídos del código.",
            {"modulos": modules},
        ),
        "contribuir/vocabularios.md": Listing(
            "vocabularios.html.j2",
            "Las palabras que aceptan los campos de lista cerrada, con su definición.",
            {},
        ),
        "contribuir/salud.md": Listing(
            "salud.html.j2",
            "Lo que le falta a Fichero, y qué puede hacer usted: métodos, revisiones, informes de uso y enlaces.",
            {
                "salud": health(catalog),
                "filas": phases_by_steps(catalog),
                "minimo": LEAST,
                "minimo_de_lectura": MIN_EASE,
            },
        ),
        "comparar.md": Listing(
            "comparar.html.j2",
            "Dos o tres fichas de método, una al lado de la otra: tiempo, personas, cuidados y cuándo usarlas.",
            {"fichas": by_title},
        ),
        "metodos/mapa.md": Listing(
            "metodos-mapa.html.j2",
            "Todas las fichas en un dibujo: fases del trabajo por pasos de la planificación, y lo que falta.",
            {"filas": phases_by_steps(catalog)},
        ),
        ENTRY_PAGE: Listing(
            "por-donde-empiezo.html.j2",
            "Diga qué pasa en su oficina y responda hasta tres preguntas: llega a una receta de pocos métodos.",
            {},
        ),
        "recetas/index.md": Listing(
            "recetas.html.j2",
            "Pocos métodos en orden, con la suma de sus minutos y la razón de cada uno.",
            {},
        ),
    }
    for facet in FACETS[1:]:
        groups = {"faceta": facet, "grupos": facet.groups(catalog)}
        found[facet.page] = Listing("metodos-faceta.html.j2", facet.summary, groups)
    ways = routes(catalog.situations)
    for id, recipe in catalog.recipes.items():
        context = {"receta": recipe, "caminos": ways.get(id, ()), "metodos": steps_of_a_recipe(recipe, catalog)}
        found[recipe_page(id)] = Listing("receta.html.j2", recipe.resumen, context)
    return found


def _folder(catalog: Catalog, *prefixes: str) -> list[Document]:
    """The plain pages whose file begins with one of these."""
    return [doc for doc in catalog.pages if doc.archivo.startswith(prefixes)]


def kind_of_page(page: str) -> str:
    kinds = {
        "index.md": "inicio",
        "metodos/index.md": "metodos",
        "glosario.md": "glosario",
        "comparar.md": "comparar",
        "recetas/index.md": "lista",
    }
    return kinds.get(page, "receta" if page.startswith("recetas/") else "lista")


def first_needs(docs: Iterable[Document]) -> list[Need]:
    """The first need of each document: what the home page asks by."""
    found = []
    for doc in docs:
        if isinstance(doc.meta, Method | Guide) and doc.meta.necesidades:
            found.append(Need(doc.meta.necesidades[0].strip("«»"), doc))
    return found


def names(methods: list[Document]) -> list[tuple[str, Document]]:
    """Titles and aliases in alphabetical order, for the A–Z list."""
    entries = [(name, doc) for doc in methods for name in (doc.meta.titulo, *getattr(doc.meta, "tambien", ()))]
    return sorted(entries, key=lambda entry: spanish_order(entry[0]))


def steps_of_a_recipe(recipe: Recipe, catalog: Catalog) -> list[RecipeRow]:
    """Each method of a recipe, and the part of the time with the group that it takes."""
    rows: list[RecipeRow] = []
    before = 0
    for step in recipe.pasos:
        doc = catalog.method[step.metodo]
        duration = meta(doc, Method).duracion
        part = duration * step.veces if duration else None
        rows.append(RecipeRow(step, doc, part, before))
        before += part.hasta if part else 0
    return rows


def phases_by_steps(catalog: Catalog) -> list[tuple[Word, list[Cell]]]:
    """The map of methods: each phase with its cells, one for each step of the planning cycle."""
    cells: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for doc in catalog.methods:
        card = meta(doc, Method)
        for step in card.ciclo:
            cells[card.fase, step].append(doc)
    phases, steps = (catalog.vocabularies.get(name, {}).values() for name in ("fases", "ciclo"))
    return [
        (
            phase,
            [Cell(step, tuple(cells[phase.id, step.id]), step.id in phase.ciclo) for step in steps],
        )
        for phase in phases
    ]
