"""Measurements, each beside stock Material in the same run: `python3 tareas.py medir [NOMBRE …]`.

compilar   full builds of generated repositories, their memory, and whether time grows in line with the cards
buscar     who answers better (ours, stock Material's search, Pagefind), and the first search on 1,000 cards
lectura    first view of a card on a 400 kbit/s, 400 ms link with the processor slowed four times
revisar    one file, 500 files and the worst files that the tests know: time and memory
mutaciones 10,000 real files with accidents: each ends in a verdict, and what is accepted can be published

Figures are told as ratios: seconds depend on the machine and on what else it is doing.
"""

import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import accidentes
import busqueda
import revisar
from corpus import ROOT, make_repository
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(ROOT / "tests"))
from sitio import served

RUNS = 3
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "FICHERO_SITIO": "https://example.org/fichero/"}
STOCK = """\
site_name: Material sin cambios
site_url: https://example.org/fichero/
theme: {name: material, language: es, font: false}
nav: [index.md]
plugins: [search]
markdown_extensions: [attr_list, md_in_html, tables, footnotes, {toc: {permalink: true}}]
"""


def main(names: list[str]) -> int:
    """Run the named measurements, or all."""
    measures = {
        "compilar": builds,
        "lectura": reading,
        "buscar": searching,
        "revisar": revisar.reviewing,
        "mutaciones": accidentes.mutating,
    }
    for name in names or list(measures):
        if name not in measures:
            print(f"No existe la medida «{name}». Hay: {', '.join(measures)}.")
            return 2
        with tempfile.TemporaryDirectory() as folder:
            measures[name](Path(folder))
    return 0


def builds(folder: Path) -> None:
    """1,000 cards and 200 cases beside stock Material on the same Markdown; then 100, 1,000 and 3,000 cards."""
    ours = folder / "1000"
    make_repository(ours, 1000, 200)
    stock = stock_copy(ours, folder / "material")
    times: dict[str, list[tuple[float, float, int]]] = {"Fichero": [], "Material": []}
    for _ in range(RUNS):
        times["Fichero"].append(timed_build(ours))
        times["Material"].append(timed_build(stock))
    print(f"\nCompilar 1,000 fichas y 200 casos ({RUNS} corridas alternadas; mediana)")
    for name, runs in times.items():
        wall, user, memory = (statistics.median(column) for column in zip(*runs, strict=True))
        print(f"  {name:9} {wall:6.1f} s   procesador {user:6.1f} s   memoria {memory:4.0f} MiB")
    ratios = [ours[1] / theirs[1] for ours, theirs in zip(times["Fichero"], times["Material"], strict=True)]
    walls = [ours[0] / theirs[0] for ours, theirs in zip(times["Fichero"], times["Material"], strict=True)]
    print(f"  Fichero / Material: tiempo {told(walls)}; procesador {told(ratios)}")
    print("\n¿Crece en línea con las fichas?")
    for methods in (100, 1000, 3000):
        root = folder / f"lineal-{methods}"
        make_repository(root, methods, methods // 5)
        wall, _, memory = timed_build(root)
        pages = methods + methods // 5
        print(f"  {pages:5} páginas: {wall:6.1f} s, {1000 * wall / pages:5.1f} ms por página, {memory:4.0f} MiB")


def told(ratios: list[float]) -> str:
    return f"{statistics.median(ratios):.2f} (de {min(ratios):.2f} a {max(ratios):.2f})"


def stock_copy(repository: Path, target: Path) -> Path:
    """The same Markdown for stock Material: the cards and the cases as they are written."""
    for name in ("methods", "cases"):
        shutil.copytree(repository / name, target / "docs" / name, ignore=shutil.ignore_patterns("*.svg"))
    (target / "docs/index.md").write_text("# Inicio\n", encoding="utf-8")
    (target / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    return target


def timed_build(root: Path) -> tuple[float, float, int]:
    """Wall seconds, processor seconds and peak memory (MiB) of one full build from nothing."""
    shutil.rmtree(root / "site", ignore_errors=True)
    started = time.monotonic()
    process = subprocess.Popen(
        (sys.executable, "-m", "mkdocs", "build", "--quiet"), cwd=root, env=ENVIRONMENT, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0, root
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def reading(folder: Path) -> None:
    """First contentful paint and bytes of one card, ours and stock Material's, on the same slow link."""
    stock = stock_copy(ROOT, folder / "material")
    sites = {"Fichero": folder / "fichero-site", "Material": stock / "site"}
    for root, site in ((ROOT, sites["Fichero"]), (stock, sites["Material"])):
        command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site))
        subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    paths = {"Fichero": "metodos/arbol-de-problemas/", "Material": "methods/arbol-de-problemas/"}
    paints: dict[str, list[float]] = {name: [] for name in sites}
    weights: dict[str, tuple[int, int]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["FICHERO_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        for _ in range(RUNS):
            for name, site in sites.items():
                with served(site, compress=True) as address:
                    paint, weights[name] = first_view(browser, address + paths[name])
                    paints[name].append(paint)
        browser.close()
    print(f"\nPrimera vista de una ficha a 400 kbit/s, 400 ms, procesador 4 veces más lento (mediana de {RUNS})")
    for name in sites:
        (requests, total), seconds = weights[name], statistics.median(paints[name]) / 1000
        print(f"  {name:9} texto a los {seconds:.2f} s   {total / 1000:.1f} kB en {requests} peticiones")
    ratio = statistics.median(paints["Fichero"]) / statistics.median(paints["Material"])
    print(f"  Fichero / Material: {ratio:.2f}")


def searching(folder: Path) -> None:
    """The test queries asked of three searches on the same content; then the first search among 1,000 cards."""
    stock = stock_copy(ROOT, folder / "material")
    busqueda.with_distractors(stock)
    thousand = folder / "1000"
    make_repository(thousand, 1000, 200)
    sites = {"Fichero": folder / "fichero-site", "Material": stock / "site", "1000": folder / "1000-site"}
    for root, site in ((ROOT, sites["Fichero"]), (stock, sites["Material"]), (thousand, sites["1000"])):
        command = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site))
        subprocess.run(command, cwd=root, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    sites["Pagefind"] = sites["Material"]
    started = time.monotonic()
    busqueda.index(sites["1000"])
    print(f"\nIndexar el texto completo de 1,200 páginas con Pagefind: {time.monotonic() - started:.1f} s")
    busqueda.index(sites["Material"])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ["FICHERO_CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
        )
        print("\nPrimera búsqueda entre 1,000 fichas, a 400 kbit/s, 400 ms, procesador 4 veces más lento")
        busqueda.first_search(browser, sites["1000"], "piloto")
        busqueda.first_pagefind(browser, sites["1000"], "piloto")
        busqueda.answers(browser, sites)
        browser.close()


def first_view(browser: Browser, url: str) -> tuple[float, tuple[int, int]]:
    """Milliseconds to the first contentful paint; requests made and bytes received, compressed."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    speed = 400_000 / 8
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 400, "downloadThroughput": speed, "uploadThroughput": speed},
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(len(gzip.compress(answer.body(), 9))))
    page.goto(url, wait_until="networkidle", timeout=120_000)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length > 0")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return float(paint), (len(sizes), sum(sizes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
