"""Search measured: who answers better, and what the first answer costs on an old phone.

Ours is measured as a reader meets it: the box of a built page, in Chromium. Stock Material answers in its own box;
Pagefind, alone, through its own script on the pages of stock Material.
"""

import gzip
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from corpus import ROOT
from playwright.sync_api import Browser, Page

sys.path.insert(0, str(ROOT / "tests"))
from consultas import compete, distractors, found_by, queries
from sitio import served

KBITS, LATENCY, SLOWER = 400, 400, 4
FIRST_QUERY, NEXT_KEY = "comunida", "d"


def with_distractors(stock: Path) -> None:
    """Stock Material's copy with a page for each method that competes in the queries."""
    for row in distractors():
        names = "; ".join(row["tambien"])
        text = f"---\ntitle: {row['nombre']}\n---\n\nTambién conocido como: {names}.\n\n{row['proposito']}\n"
        (stock / f"docs/methods/{row['id']}.md").write_text(text, encoding="utf-8")


def ours(page: Page, address: str) -> Callable[[str], list[str]]:
    compete(page)
    page.goto(f"{address}buscar/")
    page.get_by_role("searchbox").focus()
    wait(page, "window.fichero.listo")

    return partial(found_by, page)


def material(page: Page, address: str) -> Callable[[str], list[str]]:
    page.goto(address)
    box, said = page.locator(".md-search__input"), page.locator(".md-search-result__meta")
    box.focus()
    page.wait_for_timeout(1500)

    def ask(query: str) -> list[str]:
        box.fill("")
        box.press("End")  # its search listens to the keys, not to the text
        page.wait_for_timeout(30)
        before = said.inner_text()
        box.fill(query)
        box.press("End")
        for _ in range(40):
            page.wait_for_timeout(25)
            if said.inner_text() != before:
                break
        page.wait_for_timeout(300)  # it orders its list again after it has told how many there are
        links = page.locator(".md-search-result__item > a").evaluate_all("all => all.slice(0, 3).map(a => a.pathname)")
        return list(links)

    return ask


def pagefind(page: Page, address: str) -> Callable[[str], list[str]]:
    page.goto(address)
    page.evaluate("async address => { window.motor = await import(address + 'pagefind/pagefind.js'); }", address)

    def ask(query: str) -> list[str]:
        found: list[str] = page.evaluate(
            """async query => {
              const answer = await motor.search(query);
              return (await Promise.all(answer.results.slice(0, 3).map(one => one.data()))).map(one => one.url);
            }""",
            query,
        )
        return found

    return ask


def answers(browser: Browser, sites: dict[str, Path]) -> None:
    """Success at 1 and at 3 of the three searches, on the same methods, by half and by kind of query."""
    rows = queries()
    searches = {"Fichero": ours, "Material": material, "Pagefind": pagefind}
    print("\nAciertos: la ficha esperada es la primera / está entre las tres primeras")
    print(f"  {'':22}" + "".join(f"{name:>18}" for name in searches))
    found: dict[str, dict[str, list[str]]] = {}
    for name, search in searches.items():
        with served(sites[name]) as address:
            page = browser.new_page()
            ask = search(page, address)
            found[name] = {row["q"]: [id_of(url) for url in ask(row["q"])] for half in rows for row in rows[half]}
            page.close()
    for half in rows:
        tell(half, rows[half], found)
    kinds = dict.fromkeys(row["clase"] for row in rows["ajuste"])
    for kind in kinds:
        tell(kind, [row for half in rows for row in rows[half] if row["clase"] == kind], found)


def tell(name: str, rows: list[dict[str, Any]], found: dict[str, dict[str, list[str]]]) -> None:
    line = f"  {name:15} n={len(rows):4} "
    for by in found.values():
        first = sum(by[row["q"]][:1] != [] and by[row["q"]][0] in row["fichas"] for row in rows)
        three = sum(bool(set(by[row["q"]]) & set(row["fichas"])) for row in rows)
        line += f"{first / len(rows):12.2f} {three / len(rows):.2f}"
    print(line)


def id_of(url: str) -> str:
    """The method of an address: ".../methods/piloto/#pasos" → "piloto"."""
    return url.split("#")[0].rstrip("/").rsplit("/", 1)[-1]


def first_search(browser: Browser, site: Path, card: str) -> None:
    """From the focus of the box to the first results, on a slow link and a slow processor; then one key more."""
    with (
        served(site, compress=True) as address,
        slow_page(browser, f"{address}metodos/{card}/") as (page, sizes, session),
    ):
        sizes.clear()
        page.evaluate(WATCH)
        page.keyboard.press("/")
        page.keyboard.insert_text(FIRST_QUERY)
        wait(page, "window.medida.primero", 60)
        early = dict(sizes)
        wait(page, "window.fichero.listo", 60)
        page.wait_for_timeout(1500)  # what the second file changed is painted
        page.evaluate("window.medida.tecla = 0")
        page.keyboard.insert_text(NEXT_KEY)
        wait(page, "window.medida.tecla", 20)
        first, key = page.evaluate("[medida.primero, medida.tecla]")
        kilobytes = sum(early.values()) / 1000
        print(f"  primeros resultados a los {first / 1000:.2f} s de pedir la caja, con {kilobytes:.1f} kB")
        print(f"  después: textos.js {sizes.get('textos.js', 0) / 1000:.1f} kB; de una tecla a lo pintado {key:.0f} ms")
        session.send("HeapProfiler.collectGarbage")
        heap = session.send("Runtime.getHeapUsage")["usedSize"]
        print(f"  memoria de la pestaña (JavaScript, tras limpiar): {heap / 2**20:.1f} MiB")
        times = page.evaluate(GROWTH)
        print("  indexar nombres, procesador lento: " + "; ".join(f"{n} filas {ms:.0f} ms" for n, ms in times))


def first_pagefind(browser: Browser, site: Path, card: str) -> None:
    """The same with Pagefind alone: its script, its index and the first page of results."""
    with served(site, compress=True) as address, slow_page(browser, f"{address}metodos/{card}/") as (page, sizes, _):
        sizes.clear()
        seconds = page.evaluate(
            """async ([address, query]) => {
              const start = performance.now();
              const motor = await import(address + 'pagefind/pagefind.js');
              const answer = await motor.search(query);
              await Promise.all(answer.results.slice(0, 5).map(one => one.data()));
              return (performance.now() - start) / 1000;
            }""",
            [address, FIRST_QUERY],
        )
        print(f"  Pagefind solo: cinco resultados a los {seconds:.2f} s, con {sum(sizes.values()) / 1000:.1f} kB")


# Notes the moment after a paint in which the list of results is first there, and after each new list.
WATCH = """() => {
  const state = window.medida = {primero: 0, tecla: 0};
  let start = performance.now();
  addEventListener("input", () => { if (state.primero) start = performance.now(); }, true);
  new MutationObserver(() => {
    if (!document.querySelector(".hallazgos li")) return;
    requestAnimationFrame(() => setTimeout(() => {
      const passed = performance.now() - start;
      if (!state.primero) state.primero = passed; else if (!state.tecla) state.tecla = passed;
    }));
  }).observe(document.body, {childList: true, subtree: true});
}"""
GROWTH = """() => [100, 1000, 3000].map(count => {
  const words = Array.from({length: 4000}, (_, n) => "pal" + n.toString(36));
  const rows = Array.from({length: count}, (_, n) => ["m", "metodos/" + n + "/"].concat(
    Array.from({length: 6}, (_, k) => [1, 2, 3].map(j => words[(n * 7 + k * 31 + j * 101) % 4000]).join(" "))));
  const start = performance.now();
  fichero.alCambiar = null;
  fichero.nombres(rows, "");
  return [count, performance.now() - start];
})"""


@contextmanager
def slow_page(browser: Browser, url: str) -> Iterator[tuple[Page, dict[str, int], Any]]:
    """A page already read on a slow link and processor, the compressed size of what it fetches, by name."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    sizes: dict[str, int] = {}

    def note(answer: Any) -> None:
        sizes[answer.url.rsplit("/", 1)[-1]] = len(gzip.compress(answer.body(), 9))

    page.on("response", note)
    page.goto(url, wait_until="networkidle")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    speed = KBITS * 1000 / 8
    limits = {"offline": False, "latency": LATENCY, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", limits)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        yield page, sizes, session
    finally:
        context.close()


def wait(page: Page, condition: str, seconds: int = 30) -> None:
    """Until a condition holds. The page's policy forbids Playwright's own waiting, which evaluates text there."""
    for _ in range(seconds * 40):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(25)
    raise TimeoutError(condition)


def index(site: Path) -> None:
    """Pagefind, as it comes, over the pages of a site."""
    command = (sys.executable, "-m", "pagefind_bin", "--site", str(site), "--silent")
    subprocess.run(command, check=True)
