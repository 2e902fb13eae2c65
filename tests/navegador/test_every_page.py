"""Every page of the site, opened: no error, no request to another host, no script without a place for it."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page
from sitio import pages

Visit = Callable[..., Page]


def test_every_page_opens_without_an_error_and_asks_nothing_of_another_host(visit: Visit, site: Path) -> None:
    page = visit("")
    start = page.url
    for path in pages(site):
        page.goto(start + path)
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path


def test_the_policy_refuses_an_injected_script(visit: Visit) -> None:
    page = visit("acerca/", tolerant=True)
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.entro = true";
          document.body.append(script);
        }"""
    )
    assert page.evaluate("window.entro") is None
