"""Step 5. The written site is held against the catalog: what was written is what is published.

In:  a Catalog and a way to read the files of a built site.   Out: a Problem for every page, permanent anchor, row
of the API or word of a text that is not there. It trusts neither the templates nor the Markdown parser: the words
are taken from the source by its own rules, and must be in the page, block by block, in order, in their section.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from fichero.api import API, RESOURCES, records
from fichero.export import redirects
from fichero.html import TAG
from fichero.kinds import Document, address
from fichero.link import Catalog
from fichero.problems import Problem
from fichero.register import live_addresses
from fichero.settings import Settings
from fichero.source import CITATION, CODE, DEFINITION, FENCE, LINK, Section

# The text of a file of the site by its path, or None when there is no such file.
Read = Callable[[str], str | None]

SITE = "site"
ID = re.compile(r'\sid="([^"]*)"')
MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
# Elements that stand in the middle of a word or sentence: what is around them is one text.
INLINE = re.compile(r"</?(?:a|abbr|code|em|strong|span|kbd)\b")
HIDDEN = re.compile(r"<(sup|svg|script|style|button)\b.*?</\1>", re.DOTALL)
MARKS = str.maketrans("", "", "*_`~\\")  # they join words or stand alone, in the source and in code
ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
ITEM = re.compile(r"\n(?=[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t])")
MARKER = re.compile(r"(?m)^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?")
REFERENCE = re.compile(r"(\[[^\[\]]+\])\[[^\[\]]*\]")
CELLS = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"[ \t>:|-]*")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table cell, as its words, and the line of the file where it begins."""

    words: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Text:
    """A published page: its words in order, and for each id in it, how many words come before."""

    words: tuple[str, ...]
    anchors: Mapping[str, int]

    def region(self, anchor: str | None, others: frozenset[str]) -> str:
        """The words from an anchor that is in the page to the next of `others`."""
        start = self.anchors[anchor or ""]
        after = [place for id, place in self.anchors.items() if id in others - {anchor} and place > start]
        return _joined(self.words[start : min(after, default=len(self.words))])


def check_published(catalog: Catalog, settings: Settings, read: Read) -> Iterator[Problem]:
    """Everything that was written and is not published, in the order of the files."""
    documents = (*catalog.methods, *catalog.cases, *catalog.guides, *catalog.pages)
    pages: dict[str, Text | None] = {}

    def page(path: str) -> Text | None:
        if path not in pages:
            html = read(f"{path}index.html")
            pages[path] = None if html is None else text_of(html)
        return pages[path]

    live = live_addresses(catalog)
    for (path, anchor), title in live.items():
        found = page(path)
        if found is None and not anchor:
            yield _missing("PUB001", f"no está la página «/{path}» ({title})")
        elif found is not None and anchor and anchor not in found.anchors:
            yield _missing("PUB002", f"«/{path}» no tiene el ancla «#{anchor}» ({title})")
    for name, _ in redirects(catalog, settings):
        path = name.removesuffix("index.html")
        if (path, "") not in live and read(name) is None:
            yield _missing("PUB001", f"no está la dirección «/{path}»")
    for doc in documents:
        if (found := page(address(doc.page))) is not None:
            yield from _words_of(doc, found)
    for name in RESOURCES:
        yield from _rows_of(name, catalog, read(f"{API}/{name}.json"))


def _missing(code: str, message: str) -> Problem:
    return Problem(SITE, 1, 1, code, message, "avise a quien mantiene Fichero: el texto está bien y el programa no")


def _rows_of(name: str, catalog: Catalog, written: str | None) -> Iterator[Problem]:
    """Every row of a resource of the API is in its file, equal."""
    try:
        rows = json.loads(written or "")[name]
    except (ValueError, KeyError, TypeError):
        yield _missing("PUB003", f"«{API}/{name}.json» no está, o no se puede leer")
        return
    expected = [json.loads(json.dumps(row)) for row in records(name, catalog)]
    if rows != expected:
        yield _missing("PUB003", f"«{API}/{name}.json» tiene {len(rows)} filas y no son las {len(expected)} esperadas")


def _words_of(doc: Document, page: Text) -> Iterator[Problem]:
    """Every word of a document, in order within each section."""
    anchors = frozenset(doc.anchors)
    whole = _joined(page.words)
    for field, text in (("titulo", doc.meta.titulo), ("resumen", doc.meta.resumen)):
        yield from _absent(doc, blocks(text, doc.source.place(field)[0]), whole)
    yield from _absent(doc, blocks(doc.source.intro, doc.source.body_line), whole)
    for section in doc.source.sections:
        anchor = doc.kind.sections.get(section.title) or section.anchor
        inside = frozenset(part.anchor for part in section.children if part.anchor)
        region = page.region(anchor, anchors - inside) if anchor in page.anchors else whole
        yield from _section(doc, section, region)
        for part in section.children:
            own = page.region(part.anchor, anchors) if part.anchor in page.anchors else region
            yield from _section(doc, part, own)


def _section(doc: Document, section: Section, region: str) -> Iterator[Problem]:
    yield from _absent(doc, blocks(section.title, section.line), region)
    yield from _absent(doc, blocks(section.text, section.text_line), region)


def _absent(doc: Document, written: Iterator[Block], region: str) -> Iterator[Problem]:
    for block in written:
        if _joined(block.words) not in region:
            said = " ".join(block.words)
            message = f"este texto no llega a la página: «{said[:60]}{'…' if len(said) > 60 else ''}»"
            fix = "revise las marcas de Markdown que tiene cerca; si están bien, avise a quien mantiene Fichero"
            yield doc.source.problem("PUB004", message, fix, block.line)


def blocks(markdown: str, line: int) -> Iterator[Block]:
    """The blocks of some Markdown that begins at this line of its file; those without words are left out."""
    text = DEFINITION.sub("", _plain(markdown))
    for paragraph in re.split(r"(\n[ \t>]*(?=\n))", text):
        for item in re.split(ITEM, paragraph) if paragraph.strip() else [paragraph]:
            cells = CELLS.split(item) if item.lstrip(" \t>\n").startswith("|") else [item]
            for cell in cells:
                words = _words(MARKER.sub("", cell))
                if words and not RULE.fullmatch(cell):
                    yield Block(words, line + len(cell) - len(cell.lstrip("\n")))
                line += cell.count("\n")
            line += 1
        line -= 1


def _plain(markdown: str) -> str:
    """What is read of some Markdown, line by line: code as it is, elsewhere no addresses, notes or attributes."""
    parts, end = [], 0
    for code in CODE.finditer(markdown):
        parts += [_prose(markdown[end : code.start()]), _literal(code[0])]
        end = code.end()
    return "".join([*parts, _prose(markdown[end:])])


def _prose(text: str) -> str:
    text = LINK.sub(lambda match: "" if match[1] else match[2], CITATION.sub("", text))
    return unescape(ATTRIBUTES.sub("", REFERENCE.sub(r"\1", text)))


def _literal(code: str) -> str:
    """The inside of a code span or block; the lines of a fence stay, empty."""
    if not FENCE.match(code.split("\n", 1)[0]):
        return code
    return "\n".join("" if FENCE.match(line) else line for line in code.split("\n"))


def text_of(html: str) -> Text:
    """The words of a page's `<main>`, and the place of every id in it."""
    main = found[0] if (found := MAIN.search(html)) else ""
    words: list[str] = []
    anchors: dict[str, int] = {}
    run = ""
    for index, piece in enumerate(TAG.split(HIDDEN.sub(_kept_ids, main))):
        if index % 2 == 0:
            run += piece
            continue
        if (marked := ID.search(piece)) or not INLINE.match(piece):
            words += _words(unescape(run))
            run = ""
        if marked:
            anchors.setdefault(unescape(marked[1]), len(words))
    return Text((*words, *_words(unescape(run))), anchors)


def _kept_ids(match: re.Match[str]) -> str:
    """The first tag of a hidden element, which may be somebody's target."""
    return match[0].partition(">")[0] + ">"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in WORD.findall(text.translate(MARKS)))


def _joined(words: tuple[str, ...] | list[str]) -> str:
    return f" {' '.join(words)} "
