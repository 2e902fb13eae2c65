"""A bad network loses one file of a page: whichever it is, the page can still be read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sitio import pages
from texto import text_of

Visit = Callable[..., Page]

NOTICE = ".sin-guion"  # says that a script is missing
REPLACED = f"{NOTICE}, [data-sin-casillas]"  # …and the lines to copy, in whose place the script puts a form


def network_of(page: Page) -> Callable[..., None]:
    """A function that makes the network of a page lose these addresses, and no others."""
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    return lambda *lost: network.send("Network.setBlockedURLs", {"urls": list(lost)})


def test_every_page_can_be_read_when_any_one_of_its_files_does_not_arrive(visit: Visit, site: Path) -> None:
    plain, page = visit("", javascript=False, tolerant=True), visit("", tolerant=True)
    start = plain.url
    lose = network_of(page)
    wrong = []
    for path in pages(site):
        plain.goto(start + path, wait_until="domcontentloaded")
        words = text_of(plain, without=REPLACED).split()
        lose()
        page.goto(start + path)
        asked = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
        assert asked, path
        for lost in dict.fromkeys(asked):
            lose(lost)
            page.goto(start + path, wait_until="domcontentloaded")
            shown = iter(text_of(page, without=REPLACED).split())
            missing = next((word for word in words if word not in shown), None)
            if missing is not None:
                wrong.append(f"{path} sin {lost.removeprefix(start)}: falta «{missing}»")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize(("path", "script"), [("buscar/", "buscador.js"), ("comparar/", "comparar.js")])
def test_a_page_that_needs_a_script_says_so_when_it_does_not_arrive(visit: Visit, path: str, script: str) -> None:
    page = visit("", tolerant=True)
    network_of(page)(f"*/{script}")
    page.goto(page.url + path)
    notice = page.locator(NOTICE)
    expect(notice).to_be_hidden()
    expect(notice).to_be_visible(timeout=15_000)
    expect(notice).to_contain_text("no está activo o no llegó")


@pytest.mark.parametrize("path", ["buscar/", "comparar/"])
def test_the_notice_goes_when_its_script_arrives(visit: Visit, path: str) -> None:
    page = visit(path)
    assert page.locator(NOTICE).evaluate("notice => notice.hidden")


@pytest.mark.parametrize("path", ["buscar/", "comparar/"])
def test_without_javascript_the_notice_is_there_at_once(visit: Visit, path: str) -> None:
    expect(visit(path, javascript=False).locator(NOTICE)).to_be_visible(timeout=1_000)


def test_without_its_form_a_correction_has_lines_to_copy(visit: Visit) -> None:
    page = visit("", tolerant=True)
    network_of(page)("*/informar.js")
    page.goto(page.url + "contribuir/informar/")
    expect(page.get_by_text("Debería decir:")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
