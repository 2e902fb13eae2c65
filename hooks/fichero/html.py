"""What is done to a page's HTML after Markdown: terms marked where they first occur, and the allow-list.

Pure functions from HTML to HTML. Nothing here knows Markdown or MkDocs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import lxml.html
from lxml import etree

from fichero.model import Term

# Elements and attributes a page's article may hold. What is not here is not published.
ELEMENTS = frozenset(
    [
        "a",
        "abbr",
        "article",
        "blockquote",
        "br",
        "button",
        "code",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "kbd",
        "label",
        "li",
        "nav",
        "ol",
        "option",
        "output",
        "p",
        "pre",
        "section",
        "select",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
        "title",
        "g",
        "path",
        "line",
        "rect",
        "circle",
        "ellipse",
        "polyline",
        "polygon",
    ]
)
ATTRIBUTES = frozenset(
    [
        "class",
        "id",
        "href",
        "title",
        "lang",
        "alt",
        "src",
        "width",
        "height",
        "colspan",
        "rowspan",
        "scope",
        "start",
        "open",
        "for",
        "name",
        "value",
        "type",
        "hidden",
        "role",
        "loading",
        "decoding",
        "viewbox",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-dasharray",
        "preserveaspectratio",
        "transform",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "points",
        "xmlns",
        "tabindex",
    ]
)
ATTRIBUTE_PREFIXES = ("aria-", "data-")
SCHEMES = frozenset({"http", "https", "mailto"})

SKIP_INSIDE = frozenset(
    [
        "a",
        "strong",
        "h1",
        "h2",
        "h3",
        "h4",
        "code",
        "pre",
        "summary",
        "svg",
        "button",
        "label",
        "dt",
        "script",
        "style",
        "form",
        "blockquote",
    ]
)


class Forbidden(Exception):
    """The HTML of a page holds something that is not on the list."""


@dataclass(frozen=True)
class Marker:
    """Finds glossary terms in running text, the longest form first. Terms without forms are never marked."""

    glossary: tuple[Term, ...]

    @cached_property
    def forms(self) -> Mapping[str, Term]:
        return {_plain(form): term for term in self.glossary for form in term.formas}

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        forms = sorted({form for term in self.glossary for form in term.formas}, key=len, reverse=True)
        if not forms:
            return None
        words = "|".join(re.escape(form).replace("’", "['’]").replace("'", "['’]") for form in forms)
        return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)

    def mark(self, html: str, to_glossary: str) -> str:
        """Link the first occurrence of each term to its entry; `to_glossary` is the page's address from here."""
        pattern = self.pattern
        if not pattern or not pattern.search(html):
            return html
        root = parse(html)
        seen: set[str] = set()
        for element, attribute in list(_texts(root)):
            text = getattr(element, attribute)
            for match in pattern.finditer(text):
                term = self.forms.get(_plain(match[0]))
                # An acronym is a term only as it is written: «ONU» is not «onu», and «SOL» would be everywhere.
                if term is None or term.id in seen or (match[0].casefold() == match[0] and _is_acronym(term, match[0])):
                    continue
                seen.add(term.id)
                link = etree.Element("a", {"class": "termino", "href": f"{to_glossary}#{term.id}"})
                link.text, link.tail = match[0], text[match.end() :]
                _insert(element, attribute, text[: match.start()], link)
                break  # the rest of this text is now the link's tail: one mark a text is enough
        return serialize(root)


def check_allowed(html: str) -> None:
    """Raise Forbidden, saying what, when an element, attribute or address is not on the list."""
    for element in parse(html).iter():
        if not isinstance(element.tag, str):
            raise Forbidden("un comentario o una instrucción")
        tag = element.tag.lower()
        if tag not in ELEMENTS:
            raise Forbidden(f"el elemento <{tag}>")
        for name, value in element.attrib.items():
            name = str(name).lower()
            if name not in ATTRIBUTES and not name.startswith(ATTRIBUTE_PREFIXES):
                raise Forbidden(f"el atributo «{name}» en <{tag}>")
            if name in ("href", "src") and not _safe_address(str(value)):
                raise Forbidden(f"la dirección «{value}»")


def compact_css(css: str) -> str:
    """A stylesheet without comments and idle spaces: every reader waits for it."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};]) ?|(?<=[,:]) ", lambda match: match[1] or "", css).replace(";}", "}").strip()


def parse(html: str) -> lxml.html.HtmlElement:
    """The HTML of an article as a tree under one <div> of ours."""
    return lxml.html.fragment_fromstring(html, create_parent="div")


def serialize(root: lxml.html.HtmlElement) -> str:
    """The inside of the tree `parse` made."""
    parts = [root.text or ""] + [lxml.html.tostring(child, encoding="unicode") for child in root]
    return "".join(parts)


def _texts(root: lxml.html.HtmlElement) -> Iterable[tuple[lxml.html.HtmlElement, str]]:
    """Every piece of running text: the element it hangs from, and whether it is its text or its tail."""
    stack = [root]
    while stack:
        element = stack.pop()
        skip = not isinstance(element.tag, str) or element.tag in SKIP_INSIDE or _is_skipped(element)
        if not skip:
            if element.text and element.text.strip():
                yield element, "text"
            stack.extend(reversed(element))
        if element is not root and element.tail and element.tail.strip():
            yield element, "tail"


def _is_skipped(element: lxml.html.HtmlElement) -> bool:
    classes = (element.get("class") or "").split()
    return bool({"pestana", "footnote", "hechos", "corto", "historial", "promesa"} & set(classes))


def _insert(element: lxml.html.HtmlElement, attribute: str, before: str, link: etree._Element) -> None:
    setattr(element, attribute, before)
    if attribute == "text":
        element.insert(0, link)
    else:
        parent = element.getparent()
        assert parent is not None
        # lxml moves a tail with its element: keep the text before the link on `element`.
        parent.insert(parent.index(element) + 1, link)


def _is_acronym(term: Term, text: str) -> bool:
    return any(form.isupper() and form.casefold() == text for form in term.formas)


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _safe_address(address: str) -> bool:
    """No scheme at all, or one on the list. Browsers drop tabs, line ends and control characters: so do we."""
    seen = re.sub(r"[\x00-\x20\x7f]", "", address)
    scheme = re.match(r"([^/?#:]*):", seen)
    return scheme is None or scheme[1].lower() in SCHEMES
