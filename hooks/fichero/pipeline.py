"""The five steps, in order. This is the program's table of contents.

read → validate → link → render / export / compare        (write: the adapter or `fichero escribir`)
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from fichero.compare import comparison_data
from fichero.export import export
from fichero.link import Catalog, link, without_places
from fichero.links import check_links
from fichero.problems import Problem, errors
from fichero.proposal import check_proposal
from fichero.read import Base, read_folder
from fichero.recipes import check_recipes
from fichero.register import check_register
from fichero.relations import check_relations
from fichero.render import Page, render
from fichero.settings import Settings
from fichero.structure import check_structure, dates_to_come
from fichero.validate import validate


@dataclass(frozen=True)
class Checked:
    """A folder read, typed and linked, with every problem found on the way, sorted by place."""

    catalog: Catalog
    register: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Site:
    """What is published. `pages`: articles by source path; `files`: yields public paths and their bytes."""

    checked: Checked
    pages: dict[str, Page]
    files: Callable[[], Iterator[tuple[str, bytes | bytearray]]]


def check(root: Path, base: Base | None = None, today: datetime.date | None = None) -> Checked:
    """Read and judge everything; nothing is published.

    `base`: what the proposal started from, if it is one. `today`: dates after it are told; a build has no clock.
    """
    folder, unread = read_folder(root)
    inventory, invalid = validate(folder)
    folder = replace(folder, sources=(), data={})  # typed now: no need to hold it twice
    texts = (*inventory.documents, *inventory.unfinished)
    misshapen = [problem for text in texts for problem in check_structure(text)]
    catalog, broken = link(inventory, folder)
    unrelated = list(check_relations(catalog))
    astray = list(check_links(catalog))
    misled = list(check_recipes(catalog))
    unkept = list(check_register(catalog, folder.register, base.register if base else None))
    broken_promises = list(check_proposal(catalog, folder.register, base)) if base else []
    early = [problem for doc in catalog.documents if today for problem in dates_to_come(doc, today)]
    found = {*unread, *invalid, *misshapen, *broken, *unrelated, *astray, *misled, *unkept, *broken_promises, *early}
    return Checked(catalog, folder.register, tuple(sorted(found)))


def compile_site(root: Path, settings: Settings) -> Site:
    """The whole site from a folder. With errors there is nothing to publish: no pages and no files."""
    checked = check(root)
    if errors(checked.problems):
        return Site(checked, {}, lambda: iter(()))
    catalog = without_places(checked.catalog)
    return Site(
        replace(checked, catalog=catalog),
        render(catalog, settings),
        lambda: chain(export(catalog, settings), comparison_data(catalog)),
    )
