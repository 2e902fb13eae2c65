"""What a reader waits for: bytes, requests and movement of the first view of a card."""

import gzip
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Response
from sitio import ROOT

Visit = Callable[..., Page]

CARDS = sorted(path.stem for path in (ROOT / "methods").glob("*.md"))
MAX_REQUESTS = 5
MAX_TOTAL = 30_000
MAX_BLOCKING = 16_000


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_light(browser: Browser, address: str, card: str) -> None:
    answers: list[Response] = []
    reader = browser.new_context().new_page()
    reader.on("response", lambda answer: answers.append(answer))
    reader.goto(f"{address}metodos/{card}/", wait_until="networkidle")
    sizes = {answer.url.rsplit("/fichero/", 1)[1]: compressed(answer.body()) for answer in answers}
    reader.context.close()
    assert len(sizes) <= MAX_REQUESTS, sizes
    assert sum(sizes.values()) <= MAX_TOTAL, sizes
    assert sizes[f"metodos/{card}/"] <= MAX_BLOCKING, sizes  # its style is in it: nothing else is waited for


@pytest.mark.parametrize(
    "path",
    [
        "metodos/piloto/",
        "metodos/",
        "casos/cuentas-claras-luz-gas/",
        "",
        "comparar/",
        "comparar/?m=piloto,indicadores",
        "por-donde-empiezo/",
        "metodos/mapa/",
        "buscar/",
    ],
)
def test_nothing_moves_while_a_page_loads(visit: Visit, path: str) -> None:
    page = visit(path)
    shift = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
            .observe({type: "layout-shift", buffered: true});
          setTimeout(() => done(sum), 400);
        })"""
    )
    assert shift <= 0.02
