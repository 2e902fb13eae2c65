"""Three layers against hostile content: with any one of them taken out, nothing runs and nobody is called.

The layers are the checker, the allow-list on the output and the policy of each page (tests/hostil/sin_capas.py).
With the three of them out, the same pages do run and call: the corpus is hostile for real.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Route
from sitio import ROOT, served

sys.path.insert(0, str(ROOT / "tests" / "hostil"))
from cargas import BODIES, DRAWINGS, HEADERS

TEMPLATE = "---\ntitulo: {titulo}\nresumen: {resumen}\nrevisado: 2026-11-22\n---\n{cuerpo}\n"
PAGES = len(BODIES) + len(HEADERS) + len(DRAWINGS)


def write_corpus(root: Path) -> None:
    """One page for each payload."""
    for number, body in enumerate(BODIES):
        text = TEMPLATE.format(titulo="Hostil", resumen="Una página hostil.", cuerpo=body)
        (root / f"docs/hostil-cuerpo-{number:02}.md").write_text(text, encoding="utf-8")
    for number, header in enumerate(HEADERS):
        quoted = "'" + header.replace("'", "''") + "'"
        text = TEMPLATE.format(titulo=quoted, resumen=quoted, cuerpo="Texto.")
        (root / f"docs/hostil-titulo-{number:02}.md").write_text(text, encoding="utf-8")
    card = (root / "methods/piloto-de-cuatro-semanas.md").read_text(encoding="utf-8")
    for number, drawing in enumerate(DRAWINGS):
        name = f"hostil-dibujo-{number:02}"
        (root / f"methods/{name}.md").write_text(card.replace("M002", f"M9{number:02}"), encoding="utf-8")
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 120">{drawing}</svg>'
        (root / f"methods/dibujos/{name}.svg").write_text(svg, encoding="utf-8")


def built(without: str, site: Path, target: Path) -> Path:
    write_corpus(site)
    command = (sys.executable, str(ROOT / "tests/hostil/sin_capas.py"), without, str(site), str(target))
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=site, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return target


def attacks(browser: Browser, target: Path) -> tuple[int, list[str]]:
    """How many hostile pages were published, and those that ran a script or called another host."""
    found = []
    called: list[str] = []

    def answer(route: Route) -> None:  # only what the policy of the page lets through arrives here
        called.append(route.request.url)
        route.fulfill(status=200, body="")

    pages = sorted(path.parent for path in target.glob("**/hostil-*/index.html"))
    with served(target) as address:
        context = browser.new_context()
        context.route(re.compile(r"//ladron\.example/"), answer)
        page = context.new_page()
        for folder in pages:
            called.clear()
            page.goto(f"{address}{folder.relative_to(target).as_posix()}/")
            try:
                ran = page.evaluate(PROVOKE)
            except Error:  # the page was taken elsewhere
                ran = None
                page.wait_for_timeout(50)
            if ran or called:
                found.append(f"{folder.name}: {called or 'corrió'}")
            if called:  # the page may be on its way elsewhere
                page.close()
                page = context.new_page()
        context.close()
    return len(pages), found


# What a reader may do: follow every link in place, press every button of the article.
PROVOKE = """async () => {
  for (const part of document.querySelectorAll("main a, main button, main rect, main em, main h2")) {
    if (part.matches("a") && /^(https?|mailto):/.test(part.href)) continue;
    part.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
  }
  await new Promise(done => setTimeout(done, 30));
  return window.entro;
}"""


def test_the_corpus_is_large() -> None:
    assert PAGES >= 60


@pytest.mark.parametrize("layer", ["revision", "lista", "politica"])
def test_without_one_layer_nothing_runs_and_nobody_is_called(
    layer: str, small_site: Path, tmp_path: Path, browser: Browser
) -> None:
    _, found = attacks(browser, built(layer, small_site, tmp_path / "publicado"))
    assert found == []


def test_without_any_layer_the_corpus_runs_and_calls(small_site: Path, tmp_path: Path, browser: Browser) -> None:
    published, found = attacks(browser, built("revision,lista,politica", small_site, tmp_path / "publicado"))
    assert published >= 60
    assert len(found) >= 60, "\n".join(found)
