"""What is done to an article's HTML: glossary terms marked where they first occur, everything else refused.

Pure functions from HTML to HTML; nothing here knows Markdown or MkDocs. The HTML is ours (templates and the
Markdown parser write it), so it is read with a grammar stricter than any browser's: a tag that is not on the
list, an attribute not in plain quotes, an element left open, and there is no page.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from typing import NamedTuple

from fichero.addresses import SCHEMES
from fichero.model import Term

ELEMENTS = frozenset(
    "a abbr article blockquote br button code dd del details div dl dt em figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hr i img input kbd label li nav ol option output p pre section select span strong sub "
    "summary sup svg table tbody td th thead tr ul title g path line rect circle ellipse polyline polygon text".split()
)
VOID = frozenset({"br", "hr", "img", "input"})
ATTRIBUTES = frozenset(
    "class id href title lang alt align src width height colspan rowspan scope start open for name value type "
    "hidden role loading decoding viewbox fill stroke stroke-width stroke-linecap stroke-linejoin "
    "stroke-dasharray preserveaspectratio transform d x y x1 y1 x2 y2 cx cy r rx ry points "
    "text-anchor xmlns tabindex".split()
)
ATTRIBUTE_PREFIXES = ("aria-", "data-")
# What `fill` and `stroke` may say: `url(…)` of another place would call it.
PAINTED = frozenset({"fill", "stroke"})
PAINT = re.compile(r"(?i) *(?:[a-z]+|#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([0-9., %/]*\)|url\(#[\w-]+\)) *")
# A drawing of a card is lines and shapes.
DRAWING = frozenset("svg g path line rect circle ellipse polyline polygon text title".split())
# Ours go some twenty deep. Past five hundred, browsers and their screen readers lose the thread.
MAX_DEPTH = 60

# Terms are not marked inside these elements and classes: links, headings, code, labels, quotes of the card's face.
UNMARKED = frozenset("a strong h1 h2 h3 h4 h5 h6 code pre summary svg button label dt form blockquote".split())
UNMARKED_CLASSES = frozenset({"pestana", "footnote", "hechos", "corto", "historial", "promesa"})

TAG = re.compile(r"(<[^<>]*>)")
STRICT_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)((?: [a-zA-Z][a-zA-Z0-9:-]*(?:=\"[^\"<>]*\")?)*) ?(/?)>")
ATTRIBUTE = re.compile(r" ([a-zA-Z][a-zA-Z0-9:-]*)(?:=\"([^\"]*)\")?")
CLASS = re.compile(r' class="([^"]*)"')

# A relative link, or a form's address, that ends in a folder, before its query or fragment.
FOLDER_LINK = re.compile(
    r'(<a\b[^>]*?\shref="|<form\b[^>]*?\saction=")'
    r'((?:[^":?#]*/)?\.{1,2}|[^":?#]*/)(?=[?#"])'
)

# The only markup made here: the link of a term, around words that are escaped already.
TERM = '{before}<a class="termino" href="{link}">{words}</a>{after}'

WORD = re.compile(r"\w+")


class Forbidden(Exception):
    """The HTML of a page holds something that is not on the list: what, and where in the HTML, from 0."""

    def __init__(self, what: str, at: int = 0) -> None:
        super().__init__(what, at)
        self.what = what
        self.at = at

    def __str__(self) -> str:
        return self.what


@dataclass(frozen=True)
class Form:
    """A way of writing a term. An acronym counts only as it is written: «POA» is a term, «poa» is not."""

    text: str
    term: Term

    def is_at(self, text: str, plain: str, start: int) -> bool:
        end = start + len(self.text)
        same = text[start:end] == self.text if self.text.isupper() else plain.startswith(_plain(self.text), start)
        joined = text[start - 1 : start] == "-" or text[end : end + 1] == "-" or text[end : end + 1].isalnum()
        return same and not joined


@dataclass(frozen=True)
class Marker:
    """Finds glossary terms in running text, the longest form first. Terms without forms are never found."""

    glossary: tuple[Term, ...]

    @cached_property
    def forms(self) -> Mapping[str, list[Form]]:
        """Forms by their first word, the longest first."""
        found: dict[str, list[Form]] = {}
        for term in self.glossary:
            for form in term.formas:
                first = WORD.search(_plain(form))
                if first:
                    found.setdefault(first[0], []).append(Form(form, term))
        return {word: sorted(forms, key=lambda form: -len(form.text)) for word, forms in found.items()}

    @cached_property
    def firsts(self) -> frozenset[str]:
        """The words a form can begin with: most texts hold none of them."""
        return frozenset(self.forms)

    def first_in(self, text: str, seen: set[str]) -> tuple[int, Form] | None:
        """The first form in a text whose term is not yet in `seen`, and where it begins."""
        if not self.firsts:
            return None
        plain = _plain(text)
        if len(plain) != len(text) or self.firsts.isdisjoint(WORD.findall(plain)):
            return None
        for word in WORD.finditer(plain):
            for form in self.forms.get(word[0], ()):
                if form.term.id not in seen and form.is_at(text, plain, word.start()):
                    return word.start(), form
        return None


def finish(html: str, marker: Marker, to_glossary: str) -> str:
    """The article as it is published: terms marked at their first occurrence, everything in it on the lists.

    `to_glossary` is the glossary's address from the page. Raises Forbidden, saying what, at the first thing that
    is not allowed or not well formed.
    """
    pieces = TAG.split(html)  # text, tag, text, tag … text
    opened: list[tuple[str, bool, int]] = []  # elements still open: terms left unmarked inside?, and their piece
    marking = True
    seen: set[str] = set()

    def forbidden(what: str, piece: int) -> Forbidden:
        return Forbidden(what, sum(map(len, TAG.split(html)[:piece])))

    for index, piece in enumerate(pieces):
        if index % 2:
            try:
                tag = _read_tag(piece)
            except Forbidden as found:
                raise forbidden(found.what, index) from None
            if tag.closes:
                if not opened or opened.pop()[0] != tag.name:
                    raise forbidden(f"un </{tag.name}> que no cierra nada", index)
                marking = not (opened and opened[-1][1])
            elif not tag.empty:
                marking = marking and not tag.unmarked
                opened.append((tag.name, not marking, index))
                if len(opened) > MAX_DEPTH:
                    raise forbidden(f"más de {MAX_DEPTH} niveles, uno dentro de otro", index)
        elif "<" in piece:
            raise forbidden(f"«{piece[piece.index('<') :][:40]}»", index)
        elif marking and not piece.isspace():
            pieces[index] = _marked(piece, marker, seen, to_glossary)
    if opened:
        raise forbidden(f"un <{opened[-1][0]}> sin cerrar", opened[-1][2])
    return "".join(pieces)


def check_drawing(svg: str) -> None:
    """Raise Forbidden at the first thing a drawing may not hold: only lines and shapes, in one <svg>."""
    finish(svg, Marker(()), "")
    if not svg.startswith("<svg"):
        raise Forbidden("algo antes de <svg>")
    for match in TAG.finditer(svg):
        name = _read_tag(match[0]).name
        if name not in DRAWING:
            raise Forbidden(f"el elemento <{name}>", match.start())


def _marked(text: str, marker: Marker, seen: set[str], to_glossary: str) -> str:
    """A piece of running text with the first new term in it linked: one mark a piece is enough."""
    found = marker.first_in(text, seen)
    if not found:
        return text
    start, form = found
    end = start + len(form.text)
    seen.add(form.term.id)
    link = f"{to_glossary}#{form.term.id}"
    return TERM.format(before=text[:start], link=link, words=text[start:end], after=text[end:])


class Tag(NamedTuple):
    """A tag that is on the lists. `unmarked`: terms inside its element are left as they are."""

    name: str
    closes: bool
    empty: bool
    unmarked: bool


@lru_cache(maxsize=10_000)
def _read_tag(tag: str) -> Tag:
    """Raise Forbidden unless the tag is on the lists."""
    match = STRICT_TAG.fullmatch(tag)
    if match is None:
        raise Forbidden(f"«{tag[:40]}»")
    name = match[2].lower()
    if name not in ELEMENTS:
        raise Forbidden(f"el elemento <{name}>")
    for attribute, value in ATTRIBUTE.findall(match[3]):
        attribute = attribute.lower()
        if attribute not in ATTRIBUTES and not attribute.startswith(ATTRIBUTE_PREFIXES):
            raise Forbidden(f"el atributo «{attribute}» en <{name}>")
        if attribute in PAINTED and not PAINT.fullmatch(value):
            raise Forbidden(f"el color «{value}» en <{name}>")
        if attribute == "href" and not _safe_address(value):
            raise Forbidden(f"la dirección «{value}»")
        if attribute == "src" and (_scheme(value) is not None or re.match(r"[/\\]{2}", _bare(value))):
            raise Forbidden(f"la imagen de otro sitio «{value}»")
    classes = CLASS.search(match[3])
    unmarked = name in UNMARKED or bool(classes and not UNMARKED_CLASSES.isdisjoint(classes[1].split()))
    return Tag(name, bool(match[1]), bool(match[4]) or name in VOID, unmarked)


def _safe_address(address: str) -> bool:
    """No scheme at all, or one on the list."""
    scheme = _scheme(address)
    return scheme is None or scheme in SCHEMES


def _scheme(address: str) -> str | None:
    found = re.match(r"([^/?#:]*):", _bare(address))
    return found[1].lower() if found else None


def _bare(address: str) -> str:
    """The address as a browser reads it: references resolved, control characters and spaces dropped."""
    return re.sub(r"[\x00-\x20\x7f]", "", unescape(address))


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")


def policy(style: str, *, serving: bool = False) -> str:
    """The content security policy of every page: nothing from another host, nothing inline but this style.

    'wasm-unsafe-eval' is for the full-text search. The live preview reloads through an inline script.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    preview = " 'unsafe-inline'" if serving else ""
    return (
        f"default-src 'none'; img-src 'self' data:; style-src 'self' 'sha256-{digest}'; "
        f"script-src 'self' 'wasm-unsafe-eval'{preview}; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )


def with_index_files(html: str) -> str:
    """Links to folders made links to their index.html: a page opened from a disk has no server to find it."""
    return FOLDER_LINK.sub(lambda match: f"{match[1]}{match[2].rstrip('/') or '.'}/index.html", html)


def compact_css(css: str) -> str:
    """A stylesheet without comments and idle spaces: every reader waits for it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};]) ?|(?<=[,:]) ", lambda match: match[1] or "", css).replace(";}", "}").strip()
