"""What the catalog lacks: the facts of /contribuir/salud/, each of which somebody can put right.

In:  a Catalog.   Out: a Health. The gaps by phase and step are those of the map (listings.phases_by_steps).
The newest date of the content stands for today: no clock enters the output.
"""

import datetime
from dataclasses import dataclass

from fichero.addresses import host_of
from fichero.kinds import METHOD, PAGE, Document, meta
from fichero.link import INVERSE, Catalog
from fichero.model import Bibliographic, Method
from fichero.reading import ease
from fichero.reports import LEAST

HARDEST = 5


@dataclass(frozen=True)
class CardHealth:
    """A card, the number of its reports of use (None where a report cannot be, in a process), and its INFLESZ."""

    doc: Document
    reports: int | None
    ease: int | None


@dataclass(frozen=True)
class Health:
    """`day`: the newest date of the content, or None without content. Every list is in the order to work in.

    `due` and `coming`: pages whose next review is up to `day`, or after it, by date. `undated`: cards, cases and
    guides without one. `cards`: by next review. `few`: cards with some report and fewer than are published, the
    nearest first. `hardest`: the HARDEST texts of all kinds that are the least easy to read, with their INFLESZ,
    from 0 to 100. `unlinked`: methods to which no relation, recipe or guide leads. `uncited`: sources.
    `addresses`: those of other sites that the bibliography gives; `hosts`: the sites they are of.
    """

    day: datetime.date | None
    due: tuple[Document, ...]
    coming: tuple[Document, ...]
    undated: tuple[Document, ...]
    cards: tuple[CardHealth, ...]
    few: tuple[CardHealth, ...]
    unreported: tuple[CardHealth, ...]
    hardest: tuple[tuple[Document, int], ...]
    unlinked: tuple[Document, ...]
    uncited: tuple[tuple[str, Bibliographic], ...]
    drafts: tuple[Document, ...]
    addresses: int
    hosts: int


def health(catalog: Catalog) -> Health:
    """What to do next, from the whole catalog. What was retired asks for nothing."""
    every = (*catalog.methods, *catalog.cases, *catalog.guides, *catalog.pages)
    alive = [doc for doc in every if doc.meta.estado != "retirado"]
    methods = [doc for doc in alive if doc.kind is METHOD]
    day = max([*catalog.history.changed.values(), *(doc.meta.revisado for doc in alive)], default=None)
    dated = sorted((doc for doc in alive if doc.meta.proxima_revision), key=_review)
    due = tuple(doc for doc in dated if day and _review(doc) <= day)
    eases = {doc.archivo: round(found.inflesz) for doc in alive if (found := ease(doc))}
    cards = tuple(
        CardHealth(doc, _reports(doc, catalog), eases.get(doc.archivo)) for doc in sorted(methods, key=_review)
    )
    by_ease = sorted((value, archivo) for archivo, value in eases.items())
    cited = catalog.cited_by.keys() | catalog.cited_in_data  # by what is published
    given = {url for entry in catalog.bibliography.values() for url in (entry.url, entry.consultado_en) if url}
    few = [card for card in cards if card.reports and card.reports < LEAST]
    return Health(
        day=day,
        due=due,
        coming=tuple(dated[len(due) :]),
        undated=tuple(doc for doc in alive if doc.kind is not PAGE and not doc.meta.proxima_revision),
        cards=cards,
        few=tuple(sorted(few, key=lambda card: -(card.reports or 0))),
        unreported=tuple(card for card in cards if card.reports == 0),
        hardest=tuple((catalog.by_file[archivo], value) for value, archivo in by_ease[:HARDEST]),
        unlinked=tuple(doc for doc in methods if not _reached(doc, catalog)),
        uncited=tuple((id, entry) for id, entry in sorted(catalog.bibliography.items()) if id not in cited),
        drafts=tuple(doc for doc in catalog.documents if not doc.published),
        addresses=len(given),
        hosts=len({host_of(url) for url in given}),
    )


def _review(doc: Document) -> datetime.date:
    """The day of the next review; a page without one goes first."""
    return doc.meta.proxima_revision or datetime.date.min


def _reports(doc: Document, catalog: Catalog) -> int | None:
    return None if meta(doc, Method).formato == "proceso" else len(catalog.reports_of.get(doc.id, ()))


def _reached(doc: Document, catalog: Catalog) -> bool:
    related = any(catalog.related(doc.id, relation) for relation in INVERSE)
    return related or doc.id in catalog.recipes_of or doc.id in catalog.guides_of
