"""The five steps, in order. This is the program's table of contents.

read → validate → link → render / export / compare        (write: the adapter or `fichero escribir`)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from fichero.compare import comparison_data
from fichero.export import export
from fichero.feed import feed
from fichero.link import Catalog, link, without_places
from fichero.plain import plain_files
from fichero.privacy import without_personal_data
from fichero.problems import Problem, errors
from fichero.read import Folder, read_folder, with_file
from fichero.recipes import check_recipes
from fichero.register import check_register
from fichero.render import Page, render
from fichero.reports import check_reports
from fichero.settings import Settings
from fichero.structure import check_structure
from fichero.tables import open_data
from fichero.texts import check_texts
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


def check(root: Path, base_register: str | None = None) -> Checked:
    """Read and judge everything; nothing is published. `base_register`: the register at the base commit."""
    return judge(*read_folder(root), base_register)


def judge(folder: Folder, unread: list[Problem], base_register: str | None = None) -> Checked:
    """Type, link and judge a folder already read, with the problems of its reading."""
    inventory, invalid = validate(folder)
    misspelt = list(check_texts(folder))
    folder = replace(folder, sources=(), data={}, texts={})  # typed now: no need to hold it twice
    misshapen = [problem for document in inventory.documents for problem in check_structure(document)]
    catalog, broken = link(inventory, folder)
    misled = list(check_recipes(catalog))
    misreported = list(check_reports(catalog))
    unkept = list(check_register(catalog, folder.register, base_register))
    told = {*unread, *invalid, *misspelt, *misshapen, *broken, *misled, *misreported, *unkept}
    return Checked(catalog, folder.register, tuple(sorted(map(_discreet, told))))


def _discreet(problem: Problem) -> Problem:
    """No message repeats personal data: a report is published where everyone reads it."""
    return replace(
        problem, mensaje=without_personal_data(problem.mensaje), arreglo=without_personal_data(problem.arreglo)
    )


def judge_file(folder: Folder, unread: list[Problem], archivo: str, text: str) -> list[Problem]:
    """What there would be to say, and there is not now, if this file of the folder said this."""
    changed, wrong = with_file(folder, archivo, text)
    now = judge(folder, unread).problems
    return sorted({*judge(changed, [*unread, *wrong]).problems} - {*now})


def compile_site(root: Path, settings: Settings) -> Site:
    """The whole site from a folder. With errors there is nothing to publish: no pages and no files."""
    checked = check(root)
    if errors(checked.problems):
        return Site(checked, {}, lambda: iter(()))
    catalog = without_places(checked.catalog)
    return Site(
        replace(checked, catalog=catalog),
        render(catalog, settings),
        lambda: chain(
            export(catalog, settings),
            open_data(catalog, settings),
            comparison_data(catalog),
            plain_files(catalog, settings),
            feed(catalog, settings),
        ),
    )
