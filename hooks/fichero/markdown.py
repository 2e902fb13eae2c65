"""A contributor's Markdown becomes HTML, or plain text: CommonMark with tables, as it is previewed on GitHub.

Beyond that there are two marks: `[^id]` cites a source of the bibliography, and `*winaq*{lang=quc}` says the
language of a word. Raw HTML is refused here too, though a rule of `structure` has told the contributor before.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from pyromark import Options, events_with_range, html

from fichero.html import TAG as ANY_TAG
from fichero.html import Forbidden
from fichero.source import CITATION

CODE = re.compile(r"(<pre>.*?</pre>|<code[^>]*>.*?</code>)", re.DOTALL)
LANGUAGE = re.compile(r"<em>([^<>]*)</em>\{lang=([a-zA-Z-]{2,16})\}")
ALIGNMENT = re.compile(r'<(t[hd]) style="text-align: (left|center|right)">')
TAG = re.compile(r"</?([a-zA-Z][^\s/>]*)|<[!?]")
ITEM = re.compile(r"<li>(.*?)(?=</?li>)", re.DOTALL)
MARKDOWN_TAGS = frozenset(
    "a blockquote br code em h4 h5 h6 hr img li ol p pre strong table tbody td th thead tr ul".split()
)


def to_html(text: str, cite: Callable[[str], str]) -> str:
    """The HTML of some Markdown; `cite` gives the HTML of a source note from the source's id.

    Raises Forbidden when the text holds an element that Markdown did not make.
    """
    made = html(text, options=Options.ENABLE_TABLES).strip()
    if not MARKDOWN_TAGS.issuperset(TAG.findall(made)):
        raise Forbidden(f"HTML escrito a mano: «{text[:60]}»")
    made = ALIGNMENT.sub(r'<\1 align="\2">', made)
    if "[^" not in made and "{lang=" not in made:
        return made
    parts = CODE.split(made)
    for index in range(0, len(parts), 2):
        part = LANGUAGE.sub(r'<em lang="\2">\1</em>', parts[index])
        parts[index] = CITATION.sub(lambda match: cite(match[1]), part)
    return "".join(parts)


def inline_html(text: str, cite: Callable[[str], str]) -> str:
    """The HTML of one line of Markdown, without the paragraph around it."""
    made = to_html(re.sub(r"\s+", " ", text).strip(), cite)
    return made.removeprefix("<p>").removesuffix("</p>") if made.count("<p>") == 1 else made


@dataclass(frozen=True)
class Anchored:
    """A link or an image as it is published: where it begins and ends in the text, where it leads, what it says."""

    start: int
    end: int
    target: str
    text: str
    image: bool
    inline: bool  # typed «[text](address)», not by the name of a definition nor between «<» and «>»
    automatic: bool  # typed «<address>»


def links_of(text: str) -> tuple[list[Anchored], list[tuple[int, int]]]:
    """Every link and image that some Markdown makes, in order; and the spans of its code, where none is made."""
    data = text.encode("utf-8", "surrogatepass")
    # Where each character begins: the parser counts bytes.
    begins = None if len(data) == len(text) else [at for at, byte in enumerate(data) if byte & 0xC0 != 0x80]

    def characters(span: Mapping[str, int]) -> tuple[int, int]:
        if begins is None:
            return span["start"], span["end"]
        return bisect_left(begins, span["start"]), bisect_left(begins, span["end"])

    found: list[Anchored] = []
    code: list[tuple[int, int]] = []
    open_: list[tuple[Mapping[str, Any], list[str], bool]] = []
    events: Iterable[tuple[str | Mapping[str, Any], Any]] = events_with_range(text, options=Options.ENABLE_TABLES)
    for event, span in events:
        if isinstance(event, str):  # the end of a line
            if open_:
                open_[-1][1].append(" ")
            continue
        started, ended = event.get("Start"), event.get("End")
        if isinstance(started, dict) and (link := started.get("Link") or started.get("Image")):
            open_.append((link, [], "Image" in started))
        elif isinstance(started, dict) and "CodeBlock" in started:
            code.append(characters(span))
        elif ended in ("Link", "Image") and open_:
            link, said, image = open_.pop()
            kind, words = link["link_type"], "".join(said)
            target = f"mailto:{link['dest_url']}" if kind == "Email" else link["dest_url"]
            automatic = kind in ("Autolink", "Email")
            found.append(Anchored(*characters(span), target, words, image, kind == "Inline", automatic))
            if open_:
                open_[-1][1].append(words)
        for part in ("Text", "Code"):
            if part in event and open_:
                open_[-1][1].append(event[part])
    return sorted(found, key=lambda link: link.start), code


def plain_text(text: str) -> str:
    """What a person reads in some Markdown: no marks, addresses or source notes."""
    return _words(to_html(text, lambda _: ""))


def points(text: str) -> list[str]:
    """The points of a list, each as plain text; a text with no list is one point."""
    made = to_html(text, lambda _: "")
    return [_words(point) for point in ITEM.findall(made) or [made]]


def _words(made: str) -> str:
    return re.sub(r"\s+", " ", unescape(ANY_TAG.sub("", made))).strip()
