"""What is written is what is published: whatever a build loses is told, with the line that was lost."""

import json
import re
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest
from changes import CASE, GUIDE, SESSION, append
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import ChoiceLoader, DictLoader, PackageLoader

from fichero import jinja
from fichero.cli import main
from fichero.kinds import address
from fichero.link import Catalog
from fichero.markdown import to_html
from fichero.pipeline import check, compile_site
from fichero.published import _joined, blocks, check_published, text_of
from fichero.settings import Settings

HERE = Settings()
Built = dict[str, str]
Told = list[tuple[str, int, str]]

CARD_PAGE = "metodos/problema-en-una-frase/index.html"
CASE_PAGE = "casos/cuentas-claras/index.html"
GUIDE_PAGE = "guias/una-mejora-en-dos-meses/index.html"


@pytest.fixture
def catalog(site: Path) -> Catalog:
    return check(site).catalog


@pytest.fixture
def built(site: Path) -> Built:
    """The files of the small site by their path, as a build writes them."""
    return build(site)


def build(site: Path) -> Built:
    compiled = compile_site(site, HERE)
    pages = {f"{address(uri)}index.html": f"<main>{page.html}</main>" for uri, page in compiled.pages.items()}
    return pages | {path: bytes(content).decode() for path, content in compiled.files()}


def told(catalog: Catalog, built: Built) -> Told:
    return [(p.archivo, p.linea, p.codigo) for p in check_published(catalog, HERE, built.get)]


def line_of(site: Path, archivo: str, words: str) -> int:
    return (site / archivo).read_text(encoding="utf-8").partition(words)[0].count("\n") + 1


def test_a_whole_site_lacks_nothing(catalog: Catalog, built: Built) -> None:
    assert told(catalog, built) == []


@pytest.mark.parametrize("path", [CARD_PAGE, CASE_PAGE, "metodos/mapa/index.html", "m/001/index.html"])
def test_a_page_that_is_not_there_is_told(catalog: Catalog, built: Built, path: str) -> None:
    del built[path]
    assert told(catalog, built) == [("site", 1, "PUB001")]


@pytest.mark.parametrize("anchor", ["paso-2", "cuidados-y-permisos"])
def test_an_anchor_that_is_not_there_is_told(catalog: Catalog, built: Built, anchor: str) -> None:
    built[CARD_PAGE] = built[CARD_PAGE].replace(f'id="{anchor}"', 'id="otra"')
    assert ("site", 1, "PUB002") in told(catalog, built)


def without_the_first(row_of: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        data = json.loads(text)
        data[row_of] = data[row_of][1:]
        return json.dumps(data)

    return change


@pytest.mark.parametrize(
    "change",
    [
        without_the_first("metodos"),
        lambda text: text.replace("Problema en una frase", "Problema"),
        lambda text: text[:-40],
        lambda text: "[]",
    ],
)
def test_a_row_of_the_open_data_that_is_lost_or_changed_is_told(
    catalog: Catalog, built: Built, change: Callable[[str], str]
) -> None:
    built["api/v1/metodos.json"] = change(built["api/v1/metodos.json"])
    assert told(catalog, built) == [("site", 1, "PUB003")]


@pytest.mark.parametrize(
    ("archivo", "path", "words"),
    [
        (SESSION, CARD_PAGE, "Ponga los datos a la vista"),
        (SESSION, CARD_PAGE, "resumen: "),
        (CASE, CASE_PAGE, "consulta de 2014"),
        (GUIDE, GUIDE_PAGE, "El acta dice quién"),
    ],
)
def test_words_that_are_lost_are_told_with_their_line(
    catalog: Catalog, built: Built, site: Path, archivo: str, path: str, words: str
) -> None:
    line = line_of(site, archivo, words)
    assert words in (site / archivo).read_text(encoding="utf-8")
    lost = (site / archivo).read_text(encoding="utf-8").split("\n")[line - 1].removeprefix("resumen: ").strip("'")
    first = lost.removeprefix("### ").removeprefix("- [ ] ")[:20]
    built[path] = built[path].replace(first, first.replace(" ", " otra ", 1))
    assert told(catalog, built) == [(archivo, line, "PUB004")]


def test_a_paragraph_in_another_section_is_told(catalog: Catalog, built: Built, site: Path) -> None:
    html = built[CARD_PAGE]
    moved = re.search(r'<p class="listo">.*?</p>', html, re.DOTALL)
    assert moved
    built[CARD_PAGE] = html.replace(moved[0], "").replace("</article>", f"{moved[0]}</article>")
    assert (SESSION, line_of(site, SESSION, "Listo cuando"), "PUB004") in told(catalog, built)


def with_a_labelled_part(site: Path) -> int:
    """The guide ends with a part that has a labelled paragraph; its line."""
    text = (site / GUIDE).read_text(encoding="utf-8").rstrip("\n")
    (site / GUIDE).write_text(f"{text}\n\n### Una parte\n\nPropósito: decir para qué.\n", encoding="utf-8")
    return text.count("\n") + 5


def test_a_labelled_paragraph_of_a_part_of_a_guide_is_shown(site: Path) -> None:
    with_a_labelled_part(site)
    assert "<dt>Propósito</dt><dd>Decir para qué.</dd>" in build(site)[GUIDE_PAGE]
    assert told(check(site).catalog, build(site)) == []


@pytest.mark.parametrize("mark", ["- [ ]", "* [x]", "+ [X]"])
def test_the_mark_of_a_task_is_not_a_word(site: Path, mark: str) -> None:
    append(GUIDE, f"\n{mark} Hay un acta.\n")(site)
    assert told(check(site).catalog, build(site)) == []


def test_a_text_that_no_template_shows_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = with_a_labelled_part(site)
    template = files("fichero").joinpath("templates/guia.html.j2").read_text(encoding="utf-8")
    shown = "{{ datos(interior.labels) }}"
    assert template.count(shown) == 1
    forgetful = DictLoader({"guia.html.j2": template.replace(shown, "")})
    monkeypatch.setattr(jinja, "PackageLoader", lambda name: ChoiceLoader([forgetful, PackageLoader(name)]))
    assert told(check(site).catalog, build(site)) == [(GUIDE, line, "PUB004")]


WORDS = st.sampled_from("agua árbol niñez 12 pingüino A/B k'iche' 47.5 «sí» QR".split())
INLINE = st.one_of(
    WORDS,
    WORDS.map(lambda word: f"**{word}**"),
    WORDS.map(lambda word: f"*{word}*"),
    WORDS.map(lambda word: f"*{word}*{{lang=quc}}"),
    WORDS.map(lambda word: f"`{word} [^x] {{#y}}`"),
    WORDS.map(lambda word: f"[{word}](https://example.org/a_b)"),
    WORDS.map(lambda word: f"{word}[^fuente][^otra]"),
    WORDS.map(lambda word: f"{word} &lt;menor&gt; \\*literal\\*"),
)
LINE = st.lists(INLINE, min_size=1, max_size=6).map(" ".join)
BLOCK = st.one_of(
    LINE,
    st.tuples(LINE, LINE).map("\n".join),
    st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(LINE, min_size=1, max_size=3).map(lambda items: "\n".join(f"{n}. {x}" for n, x in enumerate(items, 1))),
    LINE.map(lambda line: f"> {line}"),
    LINE.map(lambda line: f"```text\n{line}\n\n{line}\n```"),
    st.tuples(WORDS, WORDS).map(lambda cells: f"| a | b |\n|---|--:|\n| {cells[0]} | {cells[1]} |"),
)


@given(st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join))
def test_no_markdown_that_is_published_whole_is_called_lost(text: str) -> None:
    page = text_of(f"<main>{to_html(text, lambda id: f'<sup>{id}</sup>')}</main>")
    region = _joined(page.words)
    lost = [block for block in blocks(text, 1) if _joined(block.words) not in region]
    assert lost == []


@given(st.lists(LINE, min_size=1, max_size=6), st.integers(min_value=0))
def test_a_block_is_found_at_its_line(lines: list[str], chosen: int) -> None:
    index = chosen % len(lines)
    lines[index] = "aquí mismo"
    text = "\n\n".join(lines)
    assert ("aquí", "mismo") in [block.words for block in blocks(text, 10)]
    assert next(b.line for b in blocks(text, 10) if b.words == ("aquí", "mismo")) == 10 + 2 * lines.index("aquí mismo")


def test_the_items_of_a_list_and_the_cells_of_a_table_have_their_lines() -> None:
    text = "- uno\n- dos\n  sigue\n\n| tres | cuatro |\n|---|---|\n| cinco | seis |\n"
    assert [(" ".join(block.words), block.line) for block in blocks(text, 1)] == [
        ("uno", 1),
        ("dos sigue", 2),
        ("tres", 5),
        ("cuatro", 5),
        ("cinco", 7),
        ("seis", 7),
    ]


def test_the_command_tells_what_a_folder_lacks(
    site: Path, built: Built, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "compilado"
    for path, text in built.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    assert main(["--raiz", str(site), "comprobar", str(folder)]) == 0
    (folder / CARD_PAGE).unlink()
    assert main(["--raiz", str(site), "comprobar", str(folder)]) == 1
    assert "PUB001 error: no está la página «/metodos/problema-en-una-frase/»" in capsys.readouterr().out
