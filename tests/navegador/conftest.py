"""A real browser on the real site, under a sub-path. Any request to another host, or any error, fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright
from sitio import served

# A loaded machine is slow, not wrong: what never comes still fails.
expect.set_options(timeout=20_000)

BROWSER = os.environ.get("FICHERO_CHROMIUM") or ""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker("navegador")
            if not BROWSER:
                item.add_marker(pytest.mark.skip(reason="no hay navegador: diga en FICHERO_CHROMIUM dónde está"))


@pytest.fixture(scope="session")
def site(built_site: Path) -> Path:
    return built_site


@pytest.fixture(scope="session")
def copy(built_copy: Path) -> Path:
    return built_copy


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Open a path of the site: `visit("metodos/", width=320, dark=True, javascript=False)`."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(path: str, *, width: int = 360, height: int = 640, dark: bool = False, **options: Any) -> Page:
        javascript, tolerant = options.pop("javascript", True), options.pop("tolerant", False)
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            **options,
        )
        contexts.append(context)
        page = context.new_page()

        def note(request: Request) -> None:
            if not request.url.startswith((address, "data:")):
                wrong.append(f"petición a otro lugar: {request.url}")

        if tolerant:  # the test expects the browser to complain
            page.goto(address + path)
            return page
        page.on("request", note)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
