"""Step 4. What is new and what changed, as an Atom feed (RFC 4287): the lines of `cambios`, newest first.

An entry is what one document changed on one day. Its id, the document's permanent address and that day, never changes.
A document without `cambios` has one entry, of the day its file changed last. Without an address for the site there is
no feed: Atom's ids and links are absolute.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from fichero import __version__
from fichero.jinja import environment
from fichero.kinds import Document, address
from fichero.link import Catalog
from fichero.settings import Settings
from fichero.vocabulary import LICENCE_URL

PATH = "novedades.xml"
MOST = 50  # entries: a reader asks for the whole file every time


@dataclass(frozen=True)
class Entry:
    """What a document changed on a day. `path` is its page; `id`, permanent, is relative to the site."""

    id: str
    path: str
    title: str
    day: datetime.date
    changes: tuple[str, ...]
    licence: str


def feed(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The feed's path and its bytes, when the site has an address."""
    found = entries(catalog)
    if settings.sitio and found:
        template = environment(autoescape=True).get_template("novedades.xml.j2")
        text = template.render(sitio=settings.sitio, ruta=PATH, entradas=found, version=__version__)
        yield PATH, text.encode()


def entries(catalog: Catalog) -> list[Entry]:
    """The newest changes of the published cards, cases and guides."""
    documents = (*catalog.methods, *catalog.cases, *catalog.guides)
    found = [entry for doc in documents for entry in _entries(doc, catalog)]
    return sorted(found, key=lambda entry: (-entry.day.toordinal(), entry.path))[:MOST]


def _entries(doc: Document, catalog: Catalog) -> Iterator[Entry]:
    path = address(doc.page)
    permanent = doc.short or path
    licence = LICENCE_URL[doc.meta.licencia]
    for day in dict.fromkeys(change.fecha for change in doc.meta.cambios):
        told = tuple(f"{change.que} {change.por_que}" for change in doc.meta.cambios if change.fecha == day)
        yield Entry(f"{permanent}#cambio-{day.isoformat()}", path, doc.meta.titulo, day, told, licence)
    if not doc.meta.cambios:
        day = catalog.history.changed.get(doc.archivo) or doc.meta.revisado
        yield Entry(permanent, path, doc.meta.titulo, day, (doc.meta.resumen,), licence)
