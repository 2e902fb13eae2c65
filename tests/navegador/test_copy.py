"""The copy without network as a trainer uses it: its ZIP, unpacked, opened from a disk in a real browser."""

import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sitio import build, pages
from texto import text_of

from fichero.manifest import differences

# A folder as people name it, and the one folder of the ZIP in it.
FOLDER = "Capacitación rural (2026) #1"

# All that differs: the answer of a server to a wrong address, and the full-text index, need a server. The letter is
# for whoever finds the stick. The pages say the same, word for word.
WEB_ONLY, WEB_FOLDER = {"404.html"}, "pagefind/"
COPY_ONLY = {"LEAME.txt"}


@pytest.fixture(scope="module")
def stick(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ZIP of the copy, unpacked where a person would: the folder that holds index.html."""
    place = tmp_path_factory.mktemp("memoria") / FOLDER
    with zipfile.ZipFile(copy.with_name(f"{copy.name}.zip")) as archive:
        archive.extractall(place)
    assert [path.name for path in place.iterdir()] == ["fichero"]
    return place / "fichero"


@pytest.fixture
def local(browser: Browser) -> Iterator[Page]:
    """A page for files alone. An error, or a request for anything else, fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(("file://", "data:")) else wrong.append(asked.url))
    page.on("requestfailed", lambda asked: wrong.append(f"no está: {asked.url}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.add(value)
            elif name in ("href", "src", "action") and value is not None and tag not in ("use", "image"):
                self.targets.append(value)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_page_and_file_of_the_site_is_in_it(site: Path, stick: Path) -> None:
    web = {name for name in files(site) if not name.startswith(WEB_FOLDER)}
    assert files(stick) == web - WEB_ONLY | COPY_ONLY
    assert pages(stick) == pages(site)


def test_it_is_as_it_was_sealed(stick: Path) -> None:
    assert differences(stick) == []


def test_it_is_small_enough_for_any_phone(copy: Path, stick: Path) -> None:
    assert copy.with_name(f"{copy.name}.zip").stat().st_size <= 15_000_000
    assert sum((stick / name).stat().st_size for name in files(stick)) <= 15_000_000


def test_every_link_and_fragment_leads_to_a_file_that_is_there(stick: Path) -> None:
    read = {path: Links(path.read_text(encoding="utf-8")) for path in stick.rglob("*.html")}
    wrong, count = [], 0
    for path, page in read.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme in ("http", "https", "mailto"):
                continue
            count += 1
            found = path.parent.joinpath(unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc or not found.is_file() or not found.is_relative_to(stick.resolve()):
                wrong.append(f"{path.relative_to(stick)}: {target}")
            elif parts.fragment.startswith("pagina="):  # what page a correction is of: the one where the link is
                if stick / parts.fragment.removeprefix("pagina=") / "index.html" != path:
                    wrong.append(f"{path.relative_to(stick)}: {target} (otra página)")
            elif parts.fragment and unquote(parts.fragment) not in read[found].ids:
                wrong.append(f"{path.relative_to(stick)}: {target} (ancla)")
    assert wrong == []
    assert count > 1000


def test_every_page_opens_from_the_disk_and_says_what_it_says_on_the_web(
    local: Page, visit: Callable[..., Page], site: Path, stick: Path
) -> None:
    """`visit` and `local` watch the two for errors and for requests to anywhere else."""
    web = visit("", width=1280, height=800)
    start = web.url
    for path in pages(site):
        local.goto((stick / path / "index.html").as_uri())
        web.goto(start + path)
        assert what_it_says(local) == what_it_says(web), path


def what_it_says(page: Page) -> list[str]:
    """The title of a page and its visible text."""
    return [page.title(), text_of(page)]


def test_a_short_address_leads_to_its_page(local: Page, stick: Path) -> None:
    local.goto((stick / "m/001/index.html").as_uri())
    local.wait_for_url("**/metodos/arbol-de-problemas/index.html")
    expect(local.locator("h1")).to_have_text("Árbol de problemas")


def test_a_person_gets_from_the_first_page_to_a_step_and_back_by_links_alone(local: Page, stick: Path) -> None:
    local.goto((stick / "index.html").as_uri())
    local.get_by_role("navigation", name="Principal").get_by_role("link", name="Métodos").click()
    local.locator(".fila", has_text="Árbol de problemas").get_by_role("link").first.click()
    expect(local.locator("h1")).to_have_text("Árbol de problemas")
    local.get_by_role("link", name="Fichero", exact=True).click()
    local.wait_for_url("**/fichero/index.html")


def test_the_filters_work_and_leave_their_state_in_the_address(local: Page, stick: Path) -> None:
    local.goto((stick / "metodos/index.html").as_uri())
    rows = local.locator(".grupo .fila:visible")
    before = rows.count()
    local.get_by_label("Dificultad", exact=True).select_option("alta")
    expect(local).to_have_url(re.compile(r"/metodos/index\.html\?dificultad=alta$"))
    assert 0 < rows.count() < before
    shown = rows.all_inner_texts()
    local.reload()
    assert rows.all_inner_texts() == shown


def test_two_cards_are_chosen_and_compared(local: Page, stick: Path) -> None:
    local.goto((stick / "metodos/index.html").as_uri())
    for title in ("Piloto", "Árbol de problemas"):
        local.get_by_role("checkbox", name=f"Comparar {title}").check()
    local.get_by_role("link", name="Comparar (2)").click()
    expect(local).to_have_url(re.compile(r"/comparar/index\.html\?m=piloto,arbol-de-problemas$"))
    expect(local.get_by_role("table")).to_be_visible()
    assert local.get_by_role("columnheader").all_inner_texts() == ["Piloto", "Árbol de problemas"]
    local.get_by_role("table").get_by_role("link", name="Piloto", exact=True).first.click()
    expect(local.locator("h1")).to_have_text("Piloto")


def test_the_search_finds_a_card_and_opens_it(local: Page, stick: Path) -> None:
    local.goto((stick / "buscar/index.html").as_uri())
    local.get_by_role("searchbox").fill("mapeo de actores")
    local.locator("#resultados a", has_text="Mapa de actores").first.click()
    local.wait_for_url("**/metodos/mapa-de-actores/index.html")
    expect(local.locator("h1")).to_have_text("Mapa de actores")


def test_without_javascript_the_search_leads_to_the_lists_and_not_to_a_folder(browser: Browser, stick: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((stick / "index.html").as_uri())
    page.get_by_role("searchbox").fill("actores")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buscar/index.html?q=actores")
    page.locator("main").get_by_role("link", name="Métodos de la A a la Z").click()
    page.wait_for_url("**/metodos/a-z/index.html")
    context.close()


def test_a_preview_says_so_on_every_page_and_the_site_on_none(site: Path, preview: Path, browser: Browser) -> None:
    notice = "Vista previa de una propuesta sin revisar. No es el sitio publicado. Propuesta <12>."
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    for path in ("index.html", "metodos/index.html", "metodos/piloto/index.html", "acerca/index.html"):
        page.goto((preview / path).as_uri())
        expect(page.get_by_role("complementary", name="Vista previa")).to_have_text(notice)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
    escaped = notice.replace("<12>", "&lt;12&gt;").encode()
    for path in preview.rglob("*.html"):
        assert path.read_bytes().count(escaped) == 1, path
    assert not [path for path in site.rglob("*.html") if b"Vista previa de una propuesta" in path.read_bytes()]


@pytest.fixture
def preview(tmp_path: Path) -> Path:
    build(tmp_path / "previa", FICHERO_SIN_RED="1", FICHERO_VISTA_PREVIA="Propuesta <12>.")
    return tmp_path / "previa"
