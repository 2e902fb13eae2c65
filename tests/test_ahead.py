"""Articles made by several processes are the articles that one would make, in the same order."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fichero import ahead
from fichero.ahead import articles
from fichero.html import Forbidden
from fichero.pipeline import compile_site
from fichero.render import Page
from fichero.settings import Settings

forks = pytest.mark.skipif(sys.platform != "linux", reason="solo Linux reparte el trabajo entre procesos")


def page(article: Callable[[], str]) -> Page:
    return Page({}, article)


def refused() -> str:
    raise Forbidden("un <script>")


@pytest.fixture
def several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WORTH", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@forks
@pytest.mark.usefixtures("several")
def test_several_processes_make_what_one_makes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = compile_site(site, Settings()).pages
    made = list(articles(pages))
    assert made == [(path, each.html) for path, each in pages.items()]
    assert ahead._pages == {}, "who asked for them holds no page when they are made"
    monkeypatch.setattr(ahead, "WORTH", len(pages) + 1)
    assert list(articles(pages)) == made


@forks
@pytest.mark.usefixtures("several")
def test_what_a_page_may_not_publish_is_raised_at_its_turn() -> None:
    made = articles({"uno.md": page(lambda: "<p>uno</p>"), "dos.md": page(refused)})
    assert next(made) == ("uno.md", "<p>uno</p>")
    with pytest.raises(Forbidden, match="un <script>"):
        next(made)


def test_a_small_site_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_context", refused)
    assert list(articles({"uno.md": page(lambda: "<p>uno</p>")})) == [("uno.md", "<p>uno</p>")]


@pytest.mark.usefixtures("several")
def test_the_live_preview_which_has_threads_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.get_context", refused)
    assert list(articles({"uno.md": page(lambda: "<p>uno</p>")}, alone=True)) == [("uno.md", "<p>uno</p>")]
