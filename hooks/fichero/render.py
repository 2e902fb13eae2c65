"""Step 4. The Catalog becomes pages: the HTML of every article of the site, by its path among the sources.

Python chooses the facts, the Jinja templates of `templates/` arrange them, the theme dresses them. A page is
front matter and one block of HTML, which any generator built on Markdown publishes as it is.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import segno
from markupsafe import Markup

from fichero.export import json_ld
from fichero.facets import FACETS
from fichero.html import Marker, finish
from fichero.jinja import environment
from fichero.kinds import KINDS, METHOD, Document, address, total
from fichero.link import ENTRY_PAGE, GENERATED, GLOSSARY_PAGE, Catalog, recipe_page, relative_url
from fichero.listings import kind_of_page, listings
from fichero.markdown import inline_html, points, to_html
from fichero.model import Bibliographic, Milestone
from fichero.recipes import totals_of
from fichero.reports import failures, real_minutes
from fichero.settings import Settings
from fichero.source import rewrite_links
from fichero.stages import stage
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
        self.env = environment(autoescape=True, lstrip_blocks=True)
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
        titles = self.catalog.generated
        return {
            page: self._page(
                page,
                listing.template,
                {"title": titles[page], "description": listing.summary, "tipo": kind_of_page(page)},
                titulo=titles[page],
                resumen=listing.summary,
                **listing.context,
            )
            for page, listing in listings(self.catalog).items()
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


def milestones_on_a_line(timeline: Iterable[Milestone]) -> list[tuple[float, int, Milestone]]:
    """Each milestone with its place on a line of 0 to 100, and how many of the same year came before it."""
    entries = list(timeline)
    years = [int(entry.fecha[:4]) for entry in entries]
    first, last = min(years), max(years)
    return [
        (round(100 * (year - first) / max(1, last - first), 1), years[:index].count(year), entry)
        for index, (year, entry) in enumerate(zip(years, entries, strict=True))
    ]


def compact(html: str) -> str:
    """HTML without empty lines (in Markdown one would end the block), those of code kept as references."""
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL) if "<pre>" in html else [html]
    parts[::2] = ["\n".join(filter(None, map(str.strip, part.split("\n")))) for part in parts[::2]]
    parts[1::2] = [part.replace("\n\n", "\n&#10;") for part in parts[1::2]]
    return "".join(parts)
