"""What a person reads in some Markdown, each character in its place; and every text of the folder as a Passage.

In:  a body of Markdown.   Out: a Prose of the same length, and its blocks. What is not prose (code, addresses, words
marked as being in another language) is a run of GAP, so that the words at both sides are not taken for neighbours;
marks that vanish when read (emphasis, source notes, targets of links, attributes) are spaces. Judges nothing.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from fichero.problems import Problem
from fichero.source import CITATION, CODE, DEFINITION, LINK

GAP = "\x1a"  # a control character, which no text may hold
URL = re.compile(r"(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\".,;:)]")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
FOREIGN = re.compile(r"(\*{1,2}|_{1,2})[^*_\n]+\1\{lang=[a-zA-Z-]+\}")
ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
FIELD = re.compile(r"(?m)^#+ ([a-z_]+) \{#campo-\1\}$")  # a title of the guides that is a word to type
ENTITY = re.compile(r"&#?\w+;")
MARK = re.compile(
    r"(?m)^[ \t]*(?:>[ \t]?)+|^ {0,3}#{1,6}(?=[ \t])|^[ \t]*(?:[-+*]|\d{1,9}[.)])(?=[ \t])[ \t]+(?:\[[ xX]\])?"
)
SIGN = re.compile(r"[*\\\[\]]")
UNDERSCORES = re.compile(r"(?<!\w)_++|(?<!_)_++(?!\w)")
ITEM = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")
TITLE = re.compile(r" {0,3}#{1,6}[ \t]")
WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*[’'ʼ]?")

BlockKind = Literal["titulo", "punto", "fila", "parrafo"]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a list item, a row of a table or a paragraph: where it begins, and its prose."""

    kind: BlockKind
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """The body as it is read. `text` is as long as the body."""

    text: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a person wrote, in a file: a body, or one value of a header or of a data file.

    `text` is as typed, `prose` what is read of it, of the same length. `place` gives the line and column of an
    offset; a value of a header is told at its field, whatever the offset. `blocks` are those of a body.
    """

    archivo: str
    text: str
    prose: str
    place: Callable[[int], tuple[int, int]]
    blocks: tuple[Block, ...] = ()

    @property
    def parts(self) -> Iterable[tuple[int, str]]:
        """What is read without a break, and where it begins: each block of a body; a value, whole."""
        return [(block.start, block.text) for block in self.blocks] if self.blocks else [(0, self.prose)]

    def problem(self, codigo: str, mensaje: str, arreglo: str, offset: int) -> Problem:
        return Problem(self.archivo, *self.place(offset), codigo, mensaje, arreglo)


def words(markdown: str) -> int:
    """How many words a person reads: no marks, link targets or source notes."""
    text = CITATION.sub("", LINK.sub(lambda match: match[2], markdown))
    text = re.sub(r"\{[^{}\n]*\}", "", text)
    return len(re.findall(r"[^\W_]+(?:[’'.,-][^\W_]+)*", text))


@lru_cache(maxsize=4)
def prose(body: str) -> Prose:
    """Tell what is read in a body from what is not."""
    text = CODE.sub(_gap, body) if "`" in body or "~~~" in body else body
    plain = text
    if "{#campo-" in text:
        text = FIELD.sub(_gap, text)
    if "](" in text or "]:" in text:
        text = DEFINITION.sub(_gap, LINK.sub(_link, text))
    text = inline(text)
    text = SIGN.sub(" ", MARK.sub(_spaces, ATTRIBUTES.sub(_spaces, text)))
    if "_" in text:
        text = UNDERSCORES.sub(_spaces, text)
    return Prose(text, tuple(_blocks(plain, text)))


def inline(text: str) -> str:
    """The same for a text of one line: a value of a header."""
    if "{lang=" in text:
        text = FOREIGN.sub(_gap, text)
    if "[^" in text:
        text = CITATION.sub(_spaces, text)
    if "://" in text or "www." in text:
        text = URL.sub(_gap, text)
    if "@" in text:
        text = EMAIL.sub(_gap, text)
    return ENTITY.sub(_gap, text) if "&" in text else text


def _blocks(plain: str, text: str) -> Iterator[Block]:
    kind: BlockKind = "parrafo"
    start = end = at = 0
    for line in [*plain.split("\n"), ""]:
        bare = line.strip(" \t>")
        title, row = bool(TITLE.match(line)), bare.startswith("|")
        if not bare or title or row or ITEM.match(line):
            if end > start:
                yield Block(kind, start, text[start:end])
            kind = "titulo" if title else "fila" if row else "punto" if bare and ITEM.match(line) else "parrafo"
            start = at
        elif kind in ("titulo", "fila"):
            yield Block(kind, start, text[start:end])
            kind, start = "parrafo", at
        end = at + len(line) if bare else start
        at += len(line) + 1
        if not bare:
            start = end = at


def _link(match: re.Match[str]) -> str:
    """A link leaves its words, or an image its alternative text."""
    return " " * (match.start(2) - match.start()) + match[2] + " " * (match.end() - match.end(2))


def _gap(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", GAP, match[0])


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])
