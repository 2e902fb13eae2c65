"""The five steps, in order. This is the program's table of contents.

read → validate → link → render / export / compare        (write: the adapter or `fichero escribir`)
"""

import datetime
import traceback
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from fichero.compare import comparison_data
from fichero.dates import dates_to_come, source_dates
from fichero.export import export
from fichero.feed import feed
from fichero.link import BIBLIOGRAPHY, Catalog, link, without_places
from fichero.links import check_links
from fichero.plain import plain_files
from fichero.privacy import name_without_personal_data, without_personal_data
from fichero.problems import Problem, by_place, errors, few_of_each, first_of_each, lines_with_errors
from fichero.proposal import check_proposal
from fichero.read import Base, Folder, only_file, read_folder, with_file
from fichero.recipes import check_recipes
from fichero.register import check_register
from fichero.relations import check_relations
from fichero.render import Page, render
from fichero.rendered import check_rendered
from fichero.reports import check_reports, uses_to_come
from fichero.settings import Settings
from fichero.structure import check_structure
from fichero.tables import open_data
from fichero.texts import check_texts
from fichero.validate import validate
from fichero.whole import check_whole

# So many failures are one of the program, not of the content.
MAX_SET_ASIDE = 20
MAX_FOUND = 5_000  # in one document, or of one code in one file: only the first of each code are told


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

    This is the one boundary where a failure of the program becomes a finding: the file it was looking at is set
    aside, and the rest is judged without it. A failure that is of no file is raised.
    """
    set_aside: dict[str, Problem] = {}
    while True:
        try:
            checked = judge(*read_folder(root, set_aside), base, today)
            told = {*checked.problems, *map(_discreet, set_aside.values())}
            return replace(checked, problems=tuple(first_of_each(told)))
        except Exception as error:
            archivo = _file_of(error)
            if archivo is None or archivo in set_aside or len(set_aside) == MAX_SET_ASIDE:
                raise
            mensaje = f"la revisión falló con este archivo ({_where(error)})"
            fix = "avise a quien mantiene Fichero, con este mensaje y el archivo; no es culpa suya"
            set_aside[archivo] = Problem(archivo, 1, 1, "ARC030", mensaje, fix)


def judge(
    folder: Folder,
    unread: list[Problem],
    base: Base | None = None,
    today: datetime.date | None = None,
    changed: str | None = None,
    before: Collection[Problem] = (),
) -> Checked:
    """Type, link and judge a folder already read, with the problems of its reading.

    `changed`: the one file that is not as it was when `before` was told; the texts of the others are not looked
    into again.
    """
    inventory, invalid = validate(folder)
    misspelt = list(check_texts(only_file(folder, changed) if changed else folder))
    folder = replace(folder, sources=(), data={}, texts={})  # typed now: no need to hold it twice
    texts = [text for text in (*inventory.documents, *inventory.unfinished) if changed in (None, text.archivo)]
    misshapen = [problem for document in texts for problem in islice(check_structure(document), MAX_FOUND)]
    catalog = link(inventory, folder)
    broken = list(check_whole(catalog))
    unrelated = few_of_each(check_relations(catalog), MAX_FOUND)
    astray = few_of_each(check_links(catalog), MAX_FOUND)
    misled = few_of_each(check_recipes(catalog), MAX_FOUND)
    misreported = few_of_each(check_reports(catalog), MAX_FOUND)
    kept = check_register(catalog, folder.register, base.register if base else None)
    unkept = few_of_each(kept, MAX_FOUND)
    broken_promises = list(check_proposal(catalog, folder.register, base)) if base else []
    early = [problem for doc in catalog.documents if today for problem in dates_to_come(doc, today)]
    early += source_dates(BIBLIOGRAPHY, catalog.bibliography, catalog.source_marks, today)
    early += uses_to_come(catalog, today) if today else ()
    told = {*unread, *invalid, *misspelt, *misshapen, *broken, *unrelated, *astray, *misled, *misreported, *unkept}
    told |= {*broken_promises, *early}
    told |= set(check_rendered(catalog, lines_with_errors({*told, *before})))
    return Checked(catalog, folder.register, tuple(sorted(map(_discreet, told), key=by_place)))


def _discreet(problem: Problem) -> Problem:
    """No message repeats personal data, nor the name of a file: a report is published where everyone reads it."""
    archivo = name_without_personal_data(problem.archivo)
    # A message may repeat the name, or offer another one like it.
    masked = without_personal_data if archivo == problem.archivo else name_without_personal_data
    return replace(problem, archivo=archivo, mensaje=masked(problem.mensaje), arreglo=masked(problem.arreglo))


def judge_file(
    folder: Folder, unread: list[Problem], now: Checked, archivo: str, text: str, today: datetime.date
) -> list[Problem]:
    """What «revisar» would say, and does not say `now`, if this file of the folder said this."""
    changed, wrong = with_file(folder, archivo, text)
    then = judge(changed, [*unread, *wrong], today=today, changed=archivo, before=now.problems)
    return sorted({*then.problems} - {*now.problems})


def _file_of(error: Exception) -> str | None:
    """The file that was being looked at when the program failed: the innermost variable that holds one says it."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in reversed(frames):
        for name in ("document", "doc", "source", "file", "entry"):
            archivo = getattr(frame.f_locals.get(name), "archivo", None)
            if isinstance(archivo, str):
                return archivo
        if isinstance(frame.f_locals.get("archivo"), str):
            return str(frame.f_locals["archivo"])
    return None


def _where(error: Exception) -> str:
    """The kind of failure and its place in the program, for whoever has to mend it."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} en {Path(last.filename).name}, línea {last.lineno}"


def compile_site(root: Path, settings: Settings) -> Site:
    """The whole site from a folder. With errors there is nothing to publish: no pages and no files."""
    return made_of(check(root), settings)


def made_of(checked: Checked, settings: Settings) -> Site:
    """The site of a folder that was checked."""
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
