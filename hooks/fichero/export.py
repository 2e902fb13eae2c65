"""Step 4. The Catalog becomes data files: the open API, the search index, redirects, sitemap, JSON-LD.

Everything is sorted and has no clock in it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from jinja2 import Environment

from fichero import __version__
from fichero.api import api_files
from fichero.jinja import environment
from fichero.kinds import CASE, GUIDE, METHOD, Document, address
from fichero.link import ENTRY_PAGE, Catalog, recipe_page
from fichero.model import Method
from fichero.search import index_files
from fichero.settings import Settings
from fichero.vocabulary import LICENCE_URL

PLAIN = "markdown.txt"  # beside each card, case and guide


def export(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes | bytearray]]:
    """Every data file of the site: its path and its bytes, one at a time so that none waits in memory."""
    yield from api_files(catalog)
    yield from index_files(catalog, settings)
    yield from redirects(catalog, settings)
    if settings.sitio:
        pages = dated_pages(catalog)
        yield "sitemap.xml", _template("sitemap.xml.j2").render(sitio=settings.sitio, paginas=pages).encode()
    if settings.sin_red:
        yield "LEAME.txt", _read_me(catalog, settings)


def redirects(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """A small page at every short or old address, which takes the reader to the live one."""
    template = _template("redireccion.html.j2")
    for doc in catalog.documents:
        if not doc.published:
            continue
        for path in (*((doc.short,) if doc.short else ()), *doc.old):
            target = "../" * path.count("/") + address(doc.page) + ("index.html" if settings.sin_red else "")
            yield (
                f"{path}index.html",
                template.render(titulo=doc.meta.titulo, destino=target, aviso=settings.aviso).encode(),
            )


def dated_pages(catalog: Catalog) -> list[tuple[str, str | None]]:
    """Public path and date of the last change of every page made from a file, and of the lists (no date)."""
    pages: list[tuple[str, str | None]] = []
    for doc in (*catalog.methods, *catalog.cases, *catalog.guides, *catalog.pages):
        day = catalog.history.changed.get(doc.archivo)
        pages.append((address(doc.page), day.isoformat() if day else None))
    lists = ("index.md", "metodos/index.md", "casos/index.md", ENTRY_PAGE, "recetas/index.md", "metodos/mapa.md")
    recipes = (recipe_page(id) for id in catalog.recipes)
    return sorted([*pages, *((address(page), None) for page in (*lists, *recipes))])


def json_ld(doc: Document, catalog: Catalog, settings: Settings) -> dict[str, Any] | None:
    """Schema.org data of a card, a case or a guide. Types: schema.org/LearningResource, /Article."""
    if doc.kind not in (METHOD, CASE, GUIDE):
        return None
    about = doc.meta
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article" if doc.kind is CASE else "LearningResource",
        "name": about.titulo,
        "description": about.resumen,
        "inLanguage": about.idioma,
        "license": LICENCE_URL[about.licencia],
        "dateModified": (catalog.history.changed.get(doc.archivo) or about.revisado).isoformat(),
        "isAccessibleForFree": True,
    }
    if settings.sitio:
        data["url"] = settings.sitio + address(doc.page)
    if isinstance(about, Method):
        data["learningResourceType"] = "ficha de método"
        data["alternateName"] = list(about.tambien)
        data["teaches"] = about.producto
        if about.duracion:
            data["timeRequired"] = f"PT{about.duracion.hasta}M"
    return data


def _read_me(catalog: Catalog, settings: Settings) -> bytes:
    """What the copy without network is and how it is opened, as every Notepad of Windows reads it."""
    day = datetime.fromtimestamp(settings.instante, UTC).date() if settings.instante else None
    text = _template("leame.txt.j2").render(
        version=__version__, commit=catalog.history.commit, fecha=day, sitio=settings.sitio, aviso=settings.aviso
    )
    return text.replace("\n", "\r\n").encode("utf-8-sig")  # type: ignore[no-any-return]


@cache
def _environment() -> Environment:
    return environment(autoescape=True)


def _template(name: str) -> Any:
    return _environment().get_template(name)
