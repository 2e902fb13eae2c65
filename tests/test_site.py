"""A real strict build of the repository: addresses, links, redirects, data, and the way out."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from sitio import ADDRESS, ROOT, build, pages

from fichero.pipeline import check
from fichero.published import check_published
from fichero.settings import Settings

# Steps after the host's: they do not depend on it.
MADE_LATER = ("pagefind/", "manifiesto.sha256")


class Anchors(HTMLParser):
    """Collects ids and link targets of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value and tag in ("a", "link", "script", "img"):
                self.targets.append(value)


def test_every_card_case_and_guide_has_its_page(built_site: Path) -> None:
    expected = {f"metodos/{path.stem}/" for path in (ROOT / "methods").glob("*.md")}
    expected |= {f"casos/{path.stem}/" for path in (ROOT / "cases").glob("*.md")}
    expected |= {f"guias/{path.stem}/" for path in (ROOT / "docs/guias").glob("*.md")}
    assert expected <= set(pages(built_site))


def test_every_link_and_fragment_of_the_site_exists(built_site: Path) -> None:
    read = {path: Anchors(path.read_text(encoding="utf-8")) for path in built_site.rglob("*.html")}
    broken = []
    for path, page in read.items():
        if path.name == "404.html":
            continue
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme or target.startswith("//"):
                continue
            found = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            found = found / "index.html" if found.is_dir() else found
            if not found.is_file():
                broken.append(f"{path.relative_to(built_site)}: {target}")
            elif parts.fragment.startswith("pagina="):  # what page a correction is of: the one where the link is
                if built_site / parts.fragment.removeprefix("pagina=") / "index.html" != path:
                    broken.append(f"{path.relative_to(built_site)}: {target} (otra página)")
            elif parts.fragment and unquote(parts.fragment) not in read[found].ids:
                broken.append(f"{path.relative_to(built_site)}: {target} (ancla)")
    assert broken == []


def test_no_page_repeats_an_id(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        ids = Anchors(path.read_text(encoding="utf-8")).ids
        assert len(ids) == len(set(ids)), path


def test_no_mark_of_ours_is_left_in_the_text(built_site: Path) -> None:
    marks = re.compile(r"\[\^|\{#|\{lang=|\{\{|\{%|\]\(")
    for path in pages(built_site):
        if not path.startswith("contribuir/"):  # the guides show the marks
            article = (built_site / path / "index.html").read_text(encoding="utf-8").split("<main", 1)[1]
            assert not marks.search(article), (path, marks.search(article))


def test_the_published_register_is_whole(built_site: Path) -> None:
    for line in (ROOT / "enlaces.tsv").read_text(encoding="utf-8").splitlines():
        path, fragment, title, date = line.split("\t")
        page = built_site / path / "index.html"
        assert page.is_file(), line
        if fragment:
            assert f'id="{fragment}"' in page.read_text(encoding="utf-8"), line
        assert title
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", date), line


def test_short_addresses_lead_to_their_page(built_site: Path) -> None:
    assert 'url=../../metodos/arbol-de-problemas/"' in (built_site / "m/001/index.html").read_text(encoding="utf-8")
    assert 'url=../../casos/cuentas-claras-luz-gas/"' in (built_site / "c/001/index.html").read_text(encoding="utf-8")


STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def test_the_policy_comes_right_after_the_charset_and_nothing_is_inline_but_its_own_style(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        assert re.search(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy"', html), path
        assert not re.search(r"\sstyle=|\son[a-z]+=", html), path
        digests = {base64.b64encode(sha256(style.encode()).digest()).decode() for style in STYLE.findall(html)}
        assert len(digests) <= 1, path
        assert all(f"'sha256-{digest}'" in html[:900] for digest in digests), path
        assert not re.search(r"<script(?![^>]*\b(?:src|type=\"application/ld\+json\"))", html), path


def test_the_open_data_says_what_the_card_says(built_site: Path) -> None:
    methods = json.loads((built_site / "api/v1/metodos.json").read_text(encoding="utf-8"))["metodos"]
    tree = next(row for row in methods if row["id"] == "arbol-de-problemas")
    assert tree["codigo"] == "M001"
    assert tree["url"] == "metodos/arbol-de-problemas/"
    assert tree["pasos"][2]["ancla"] == "paso-3"
    assert tree["duracion"]["minutos_desde"] == sum(step["minutos"]["minutos_desde"] for step in tree["pasos"])
    assert (built_site / "api/v1/metodos.schema.json").is_file()


def test_a_card_describes_itself_to_machines(built_site: Path) -> None:
    html = (built_site / "metodos/arbol-de-problemas/index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    data = json.loads(found[1])
    assert (data["@type"], data["name"]) == ("LearningResource", "Árbol de problemas")
    assert data["url"] == f"{ADDRESS}metodos/arbol-de-problemas/"
    assert '<meta property="og:title" content="Árbol de problemas">' in html
    assert f'<meta property="og:image" content="{ADDRESS}assets/tarjeta.png">' in html


def test_the_sitemap_lists_the_cards_with_the_addresses_of_this_site(built_site: Path) -> None:
    sitemap = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{ADDRESS}metodos/arbol-de-problemas/</loc>" in sitemap
    assert f"<loc>{ADDRESS}</loc>" in sitemap


def test_a_site_without_an_address_makes_no_code_that_leads_nowhere_and_says_so_once(tmp_path: Path) -> None:
    said = build(tmp_path / "sin-direccion")
    assert said.count("No se hacen códigos QR: el sitio no tiene dirección.") == 1
    assert 'class="qr"' not in (tmp_path / "sin-direccion/metodos/piloto/index.html").read_text(encoding="utf-8")
    assert not (tmp_path / "sin-direccion/sitemap.xml").exists()


def test_the_copy_without_network_names_every_index(built_copy: Path) -> None:
    for path in built_copy.rglob("index.html"):
        for target in Anchors(path.read_text(encoding="utf-8")).targets:
            parts = urlsplit(target)
            if not parts.scheme and parts.path:
                assert not parts.path.endswith("/"), (path, target)
                assert not parts.path.endswith((".", "..")), (path, target)
                assert (path.parent / parts.path).is_file(), (path, target)


def run(folder: Path, *words: str) -> None:
    """Run a module of this Python in a folder, with the site's address; what it says is told when it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "FICHERO_SITIO": ADDRESS}
    command = (sys.executable, "-m", *words)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_properdocs_builds_the_same_bytes_with_our_hooks(built_site: Path, tmp_path: Path) -> None:
    """The first way out: the drop-in fork of the host, if the host stays without releases."""
    run(ROOT, "properdocs", "build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(tmp_path / "sitio"))
    theirs, ours = files_of(tmp_path / "sitio"), files_of(built_site)
    assert [path for path in ours if theirs.get(path) != ours[path] and not path.startswith(MADE_LATER)] == []
    assert theirs.keys() <= ours.keys()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `fichero escribir` leaves for another generator."""
    folder = tmp_path_factory.mktemp("escrito") / "sitio"
    run(ROOT, "fichero", "escribir", str(folder))
    return folder


@pytest.mark.parametrize("generator", ["mkdocs", "zensical"])
def test_another_generator_publishes_the_same_addresses_and_words(
    built_site: Path, written: Path, generator: str, tmp_path: Path
) -> None:
    """The second way out: stock Material, or Zensical, with no hook of ours."""
    folder = tmp_path / generator
    shutil.copytree(written, folder)
    run(folder, generator, "build")
    assert pages(folder / "site") == pages(built_site)
    catalog = check(ROOT).catalog
    told = check_published(catalog, Settings(sitio=ADDRESS), reader(folder / "site"))
    assert list(told) == []
    assert files_of(folder / "site/api") == files_of(built_site / "api")


def reader(folder: Path) -> Callable[[str], str | None]:
    return lambda path: (folder / path).read_text(encoding="utf-8") if (folder / path).is_file() else None


def test_a_mistake_stops_the_build_and_is_told_in_spanish(tmp_path: Path) -> None:
    for name in ("docs", "methods", "cases", "hooks", "mkdocs.yml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    card = tmp_path / "methods/piloto.md"
    card.write_text(card.read_text(encoding="utf-8").replace("fase: probar", "fase: probrar"), encoding="utf-8")
    command = (sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "sitio"))
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "methods/piloto.md" in done.stderr
    assert "FM011 error: fase: «probrar» no está en la lista «fases» → ¿quiso decir «probar»?" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "sitio/index.html").exists()


def test_the_feed_is_announced_on_the_lists_and_costs_a_card_nothing(built_site: Path) -> None:
    for path, link in {"": "novedades.xml", "casos/": "../novedades.xml", "datos/": "../novedades.xml"}.items():
        html = (built_site / path / "index.html").read_text(encoding="utf-8")
        assert re.findall(r'<link rel="alternate" type="application/atom\+xml" [^>]*href="([^"]*)">', html) == [link]
    assert "atom+xml" not in (built_site / "metodos/piloto/index.html").read_text(encoding="utf-8")
    assert (built_site / "novedades.xml").is_file()


def test_the_published_tables_are_those_that_their_package_describes(built_site: Path) -> None:
    api = built_site / "api/v1"
    package = json.loads((api / "datapackage.json").read_text(encoding="utf-8"))
    tables = {one["path"]: one["hash"].removeprefix("sha256:") for one in package["resources"]}
    assert tables == {path.name: sha256(path.read_bytes()).hexdigest() for path in api.glob("*.csv")}
