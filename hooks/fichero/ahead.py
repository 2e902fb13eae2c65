"""Articles made ahead in other processes, so that a large site is not built by one core while the rest wait.

It changes no byte: one process makes each article when its page is written. Linux alone forks
safely and shares the catalog without copying it; a small site is built sooner by one process. To be rid of it, let
the adapter ask each page for its `html`.
"""

import multiprocessing
import os
import sys
from collections.abc import Generator, Mapping

from fichero.html import Forbidden
from fichero.render import Page

WORTH = 200  # pages
PIECE = 4  # pages handed over at a time

# In each process made for it, what it was forked with: a page holds functions, which cannot be sent to one.
_pages: Mapping[str, Page] = {}


def articles(pages: Mapping[str, Page], *, alone: bool = False) -> Generator[tuple[str, str], None, None]:
    """The path and the HTML of every page, in order. Raises what making an article raises, at its turn.

    `alone`: in this process only, as a program with threads must. Close it to end the others.
    """
    cores = os.cpu_count() or 1
    if alone or sys.platform != "linux" or cores == 1 or len(pages) < WORTH:
        yield from ((path, page.html) for path, page in pages.items())
        return
    with multiprocessing.get_context("fork").Pool(cores, _take, (pages,)) as pool:
        for path, made in zip(pages, pool.imap(_make, pages, PIECE), strict=True):
            if isinstance(made, Forbidden):
                raise made
            yield path, made


def _take(pages: Mapping[str, Page]) -> None:
    global _pages
    _pages = pages


def _make(path: str) -> str | Forbidden:
    """The article, or why there is none: raised there, it would be told of the first page of its piece."""
    try:
        return _pages[path].html
    except Forbidden as found:
        return found
