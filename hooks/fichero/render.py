"""Step 4. The Catalog becomes pages: the HTML of every article of the site, by its path among the sources.

Python chooses the facts, the Jinja templates of `templates/` arrange them, the theme dresses them. A page is
front matter and one block of HTML, which any generator built on Markdown publishes as it is.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from fichero.export import PLAIN, json_ld
from fichero.facets import FACETS
from fichero.health import health
from fichero.html import Marker, finish
from fichero.kinds import KINDS, METHOD, Document, address, meta, total
from fichero.link import ENTRY_PAGE, GENERATED, GLOSSARY_PAGE, Catalog, recipe_page, relative_url, spanish_order
from fichero.markdown import inline_html, points, to_html
from fichero.model import Bibliographic, Guide, Method, Milestone, Recipe, RecipeStep
from fichero.problems import codes
from fichero.quantities import Duration
from fichero.reading import MIN_EASE
from fichero.recipes import routes, totals_of
from fichero.reference import modules
from fichero.reports import LEAST, failures, real_minutes
from fichero.settings import Settings
from fichero.source import rewrite_links
from fichero.stages import stage
from fichero.tables import described
from fichero.vocabulary import Word
from fichero.wording import bounds, enumeration, hours, long_date, lower_first, working_time

WRITTEN = frozenset(kind.name for kind in KINDS)


@dataclass(frozen=True)
class Page:
    """A page: what the theme needs to know about it, and the HTML of its article.

    The article is rendered when it is asked for and not kept: a thousand of them would fill the memory.
    """

    about: Mapping[str, Any]
    article: Callable[[], str]

    @property
    def html(self) -> str:
        return self.article()

    @property
    def front_matter(self) -> str:
        """What the theme needs, as the YAML header of a page of any generator (JSON is YAML)."""
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.about.items())
        return f"---\n{''.join(lines)}---\n"


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


class Notes:
    """Numbers the sources of one page in the order it cites them, and counts the citations of each."""

    def __init__(self, bibliography: Mapping[str, Bibliographic], template: Any) -> None:
        self._bibliography = bibliography
        self._template = template
        self.cited: dict[str, int] = {}

    def cite(self, id: str) -> Markup:
        """The numbered mark of a citation."""
        self.cited[id] = self.cited.get(id, 0) + 1
        number = list(self.cited).index(id) + 1
        return Markup(self._template.module.llamada(id, number, self.cited[id]))

    @property
    def entries(self) -> list[tuple[str, Bibliographic, int]]:
        """What is listed at the foot of the page: id, entry and how many times it was cited."""
        return [(id, self._bibliography[id], times) for id, times in self.cited.items() if id in self._bibliography]


class Renderer:
    """Renders the pages of one catalog. Holds the template environment; has no other state."""

    def __init__(self, catalog: Catalog, settings: Settings) -> None:
        self.catalog = catalog
        self.settings = settings
        self.marker = Marker(catalog.glossary)
        self.env = Environment(
            loader=PackageLoader("fichero"),
            undefined=StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.env.filters |= {
            "fecha": long_date,
            "rango": bounds,
            "plazo": working_time,
            "horas": hours,
            "puntos": points,
            "lista": enumeration,
            "minuscula": lower_first,
            "mayuscula": lambda text: re.sub(r"[^\W\d_]", lambda match: match[0].upper(), text, count=1),
        }
        self.env.globals |= {
            "catalogo": catalog,
            "ajustes": settings,
            "vocabulario": catalog.vocabularies,
            "total": total,
            "porcentaje": lambda part, whole: round(100 * part / whole, 1) if whole else 0,
            "qr": self.qr,
            "hitos": milestones_on_a_line,
            "facetas": FACETS,
            "generadas": GENERATED,
            "pagina_de_receta": recipe_page,
            "entrada": ENTRY_PAGE,
            "reales": lambda doc: real_minutes(doc, catalog),
            "fallos": lambda doc: failures(doc, catalog),
            "suma": lambda recipe: totals_of(recipe, catalog),
        }

    def pages(self) -> dict[str, Page]:
        """Every page, by its path among the sources."""
        catalog = self.catalog
        documents = (*catalog.methods, *catalog.cases, *catalog.guides, *catalog.pages)
        return {doc.page: self.document(doc) for doc in documents} | self.generated()

    def document(self, doc: Document) -> Page:
        """The page of one file."""
        changed = self.catalog.history.changed.get(doc.archivo)
        about: dict[str, Any] = {
            "title": doc.meta.titulo,
            "description": doc.meta.resumen,
            "tipo": doc.kind.name,
            "archivo": doc.archivo,
            "actualizado": long_date(changed or doc.meta.revisado),
        }
        linked = json_ld(doc, self.catalog, self.settings)
        if linked:
            about["json_ld"] = linked
        uses = self.catalog.uses.get(doc.id, ()) if doc.kind is METHOD else ()
        return self._page(doc.page, doc.kind.template, about, doc=doc, usos=uses, cambio=changed)

    def generated(self) -> dict[str, Page]:
        """The pages made from the whole catalog, with no file of their own."""
        catalog = self.catalog
        by_title = sorted(catalog.methods, key=lambda doc: spanish_order(doc.meta.titulo))
        listings: dict[str, tuple[str, str, dict[str, Any]]] = {
            "index.md": (
                "inicio.html.j2",
                "Fichas de método, guías y casos de innovación pública para resolver hoy un problema de su oficina.",
                {"necesidades": first_needs([*catalog.methods, *catalog.guides])},
            ),
            "metodos/index.md": (
                "metodos.html.j2",
                FACETS[0].summary,
                {"grupos": FACETS[0].groups(catalog)},
            ),
            "metodos/a-z.md": (
                "metodos-a-z.html.j2",
                "Todas las fichas de método en orden alfabético, con sus otros nombres.",
                {"entradas": names(by_title)},
            ),
            "manuales/index.md": (
                "carpeta.html.j2",
                "Textos largos para trabajos que se hacen pocas veces y conviene hacer bien.",
                {"docs": self._folder("docs/manuales/")},
            ),
            "laboratorio/index.md": (
                "carpeta.html.j2",
                "El Laboratorio de Gobierno de Chile, su historia y su oferta; el proyecto con Guatemala; y la red.",
                {"docs": self._folder("docs/laboratorio/", "docs/red.md")},
            ),
            "casos/index.md": (
                "casos.html.j2",
                "Lo que otras instituciones hicieron, qué resultó y qué no se sabe.",
                {"casos": catalog.cases},
            ),
            "guias/index.md": (
                "guias.html.j2",
                "Trabajos largos, etapa por etapa, con los métodos de cada una.",
                {"guias": catalog.guides},
            ),
            "glosario.md": (
                "glosario.html.j2",
                "Palabras de planificación e innovación pública en lenguaje sencillo, con su fuente.",
                {},
            ),
            "buscar.md": (
                "buscar.html.j2",
                "Busque métodos, guías, casos y palabras con una palabra o una frase suya.",
                {},
            ),
            "fuentes.md": (
                "fuentes.html.j2",
                "La bibliografía de Fichero y las páginas que citan cada fuente.",
                {
                    "fuentes": sorted(
                        catalog.bibliography.items(),
                        key=lambda item: spanish_order(item[1].autoria + item[1].titulo),
                    )
                },
            ),
            "datos.md": (
                "datos.html.j2",
                "Fichero en archivos para hojas de cálculo y programas, con cada campo explicado.",
                {
                    "recursos": lambda: list(described(catalog)),
                    "textos": (*catalog.methods, *catalog.cases, *catalog.guides),
                    "markdown": PLAIN,
                },
            ),
            "contribuir/errores.md": (
                "errores.html.j2",
                "Cada código que puede dar la revisión, con un ejemplo malo y uno bueno.",
                {"codigos": sorted(codes().values(), key=lambda code: code.codigo)},
            ),
            "contribuir/referencia.md": (
                "referencia.html.j2",
                "Los módulos del programa, con sus clases y funciones, leídos del código.",
                {"modulos": modules},
            ),
            "contribuir/vocabularios.md": (
                "vocabularios.html.j2",
                "Las palabras que aceptan los campos de lista cerrada, con su definición.",
                {},
            ),
            "contribuir/salud.md": (
                "salud.html.j2",
                "Lo que le falta a Fichero, y qué puede hacer usted: métodos, revisiones, informes de uso y enlaces.",
                {
                    "salud": health(catalog),
                    "filas": phases_by_steps(catalog),
                    "minimo": LEAST,
                    "minimo_de_lectura": MIN_EASE,
                },
            ),
            "comparar.md": (
                "comparar.html.j2",
                "Dos o tres fichas de método, una al lado de la otra: tiempo, personas, cuidados y cuándo usarlas.",
                {"fichas": by_title},
            ),
            "metodos/mapa.md": (
                "metodos-mapa.html.j2",
                "Todas las fichas en un dibujo: fases del trabajo por pasos de la planificación, y lo que falta.",
                {"filas": phases_by_steps(catalog)},
            ),
            ENTRY_PAGE: (
                "por-donde-empiezo.html.j2",
                "Diga qué pasa en su oficina y responda hasta tres preguntas: llega a una receta de pocos métodos.",
                {},
            ),
            "recetas/index.md": (
                "recetas.html.j2",
                "Pocos métodos en orden, con la suma de sus minutos y la razón de cada uno.",
                {},
            ),
        }
        for facet in FACETS[1:]:
            groups = {"faceta": facet, "grupos": facet.groups(catalog)}
            listings[facet.page] = ("metodos-faceta.html.j2", facet.summary, groups)
        ways = routes(catalog.situations)
        for id, recipe in catalog.recipes.items():
            context = {"receta": recipe, "caminos": ways.get(id, ()), "metodos": steps_of_a_recipe(recipe, catalog)}
            listings[recipe_page(id)] = ("receta.html.j2", recipe.resumen, context)
        return {
            page: self._page(
                page,
                template,
                {"title": catalog.generated[page], "description": summary, "tipo": kind_of_page(page)},
                titulo=catalog.generated[page],
                resumen=summary,
                **context,
            )
            for page, (template, summary, context) in listings.items()
        }

    def _page(self, page: str, template: str, about: Mapping[str, Any], **context: Any) -> Page:
        return Page(about, lambda: self._article(page, template, about["tipo"], context))

    def _article(self, page: str, template: str, kind: str, context: Mapping[str, Any]) -> str:
        macros = self.env.get_template("macros.html.j2")
        notes = Notes(self.catalog.bibliography, macros)

        def url(target: str | Document, fragment: str = "") -> str:
            path = address(target) if isinstance(target, str) else address(target.page)
            return relative_url(address(page), path) + (f"#{fragment}" if fragment else "")

        def resolved(text: str, doc: Document) -> str:
            return rewrite_links(text, lambda target: self.catalog.resolve(doc, target, page))

        article = self.env.get_template(template).render(
            pagina=page,
            url=url,
            texto=lambda text, doc: Markup(to_html(resolved(text, doc), notes.cite)),
            linea=lambda text, doc: Markup(inline_html(resolved(text, doc), notes.cite)),
            cite=notes.cite,
            etapa=partial(stage, repeated=Counter()),
            **context,
        )
        if notes.cited:
            article += self.env.get_template("notas.html.j2").render(notas=notes.entries, url=url)
        if kind not in WRITTEN:  # a list: every word in it went through the templates' escaping
            return compact(article)
        return finish(compact(article), self.marker, relative_url(address(page), address(GLOSSARY_PAGE)))

    def _folder(self, *prefixes: str) -> list[Document]:
        """The plain pages whose file begins with one of these."""
        return [doc for doc in self.catalog.pages if doc.archivo.startswith(prefixes)]

    def qr(self, path: str) -> str:
        """An inline SVG of the QR code of a page, or "" when the site has no public address (Settings.sin_qr)."""
        if self.settings.sin_qr:
            return ""
        # A fixed mask: every one is valid, and weighing all eight takes three times as long as drawing the code.
        code = segno.make(self.settings.sitio + path, error="m", boost_error=False, mask=2)
        return str(
            code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=f"Código QR de {path}")
        )


def render(catalog: Catalog, settings: Settings) -> dict[str, Page]:
    """All the pages of the site, by path."""
    return Renderer(catalog, settings).pages()


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


def milestones_on_a_line(timeline: Iterable[Milestone]) -> list[tuple[float, int, Milestone]]:
    """Each milestone with its place on a line of 0 to 100, and how many of the same year came before it."""
    entries = list(timeline)
    years = [int(entry.fecha[:4]) for entry in entries]
    first, last = min(years), max(years)
    return [
        (round(100 * (year - first) / max(1, last - first), 1), years[:index].count(year), entry)
        for index, (year, entry) in enumerate(zip(years, entries, strict=True))
    ]


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


def compact(html: str) -> str:
    """HTML without empty lines (in Markdown one would end the block), those of code kept as references."""
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL) if "<pre>" in html else [html]
    parts[::2] = ["\n".join(filter(None, map(str.strip, part.split("\n")))) for part in parts[::2]]
    parts[1::2] = [part.replace("\n\n", "\n&#10;") for part in parts[1::2]]
    return "".join(parts)
