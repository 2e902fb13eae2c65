"""The five steps, in order. This is the program's table of contents.

read → validate → link → render / export        (write: the adapter or `fichero escribir`)
"""

from dataclasses import dataclass
from pathlib import Path

from fichero.export import export
from fichero.html import Marker
from fichero.link import Catalog, link
from fichero.problems import Problem, errors
from fichero.read import Folder, read_folder
from fichero.register import check_register
from fichero.render import render
from fichero.settings import Settings
from fichero.structure import check_structure
from fichero.validate import validate


@dataclass(frozen=True)
class Checked:
    """A folder read, typed and linked, with every problem found on the way, sorted by place."""

    folder: Folder
    catalog: Catalog
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Site:
    """What is published. `pages`: Markdown by source path; `files`: bytes by public path."""

    checked: Checked
    pages: dict[str, str]
    files: dict[str, bytes]

    @property
    def marker(self) -> Marker:
        return Marker(self.checked.catalog.glossary)


def check(root: Path, base_register: str | None = None) -> Checked:
    """Read and judge everything; nothing is published. `base_register`: the register at the base commit."""
    folder, unread = read_folder(root)
    inventory, invalid = validate(folder)
    misshapen = [problem for document in inventory.documents for problem in check_structure(document)]
    catalog, broken = link(inventory, folder)
    unkept = list(check_register(catalog, folder.register, base_register))
    return Checked(folder, catalog, tuple(sorted({*unread, *invalid, *misshapen, *broken, *unkept})))


def compile_site(root: Path, settings: Settings) -> Site:
    """The whole site from a folder. With errors there is nothing to publish: no pages and no files."""
    checked = check(root)
    if errors(checked.problems):
        return Site(checked, {}, {})
    return Site(checked, render(checked.catalog, settings), export(checked.catalog, settings))
