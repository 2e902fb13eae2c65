"""A contributor's Markdown becomes HTML, or plain text: CommonMark with tables, as it is previewed on GitHub.

Beyond that there are two marks: `[^id]` cites a source of the bibliography, and `*winaq*{lang=quc}` says the
language of a word. Raw HTML is refused here too, though a rule of `structure` has told the contributor before.
"""

import re
from collections.abc import Callable
from html import unescape

from pyromark import Options, html

from fichero.html import TAG as ANY_TAG
from fichero.html import Forbidden

CODE = re.compile(r"(<pre>.*?</pre>|<code[^>]*>.*?</code>)", re.DOTALL)
CITATION = re.compile(r"\[\^([^\]\s]+)\]")
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


def plain_text(text: str) -> str:
    """What a person reads in some Markdown: no marks, addresses or source notes."""
    return _words(to_html(text, lambda _: ""))


def points(text: str) -> list[str]:
    """The points of a list, each as plain text; a text with no list is one point."""
    made = to_html(text, lambda _: "")
    return [_words(point) for point in ITEM.findall(made) or [made]]


def _words(made: str) -> str:
    return re.sub(r"\s+", " ", unescape(ANY_TAG.sub("", made))).strip()
