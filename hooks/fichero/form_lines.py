"""A line as people type it in a form, or paste it from Word: its list mark, its asterisks, its quotes.

In:  an Answer of one thing a line, or a text.   Out: the same without those marks, and with every word it had.
Only what begins a line is a mark, and a number only where that number is due: «15. El grupo ya se conoce» is the end
of a sentence, unless fourteen lines like it came before.
"""

import re

from fichero.forms import Answer
from fichero.names import folded
from fichero.source import without_code
from fichero.structure import AUTOLINK

# The last ones are how Word writes its own: they have a drawing only in the fonts of Windows.
SIGNS = "•◦‣⁃▪▫■□●○➢➤►✓✔\uf0a7\uf0b7\uf0d8\uf0fc"
MARK = re.compile(rf"(?:[-–—*+·]\s+|[{SIGNS}]\s*)(?=\S)")
LETTER = re.compile(r"([a-zñ])(?:\)|\.[-–)])\s*(?=\S)", re.IGNORECASE)
NUMBER = re.compile(r"(?:(\d{1,2})(?:[.)]\s+|[-–]\s+(?!\d)|\.[-–)]\s*|\)(?=[^\W\d]))|\[(\d{1,2})\]\s*)(?=\S)")

# Bold or italics: the marks touch the words inside, and no word outside.
EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_\n]*[^\s*_])\1(?![\w*_])")

TAG = re.compile(r"<(?=[a-zA-Z/!?])")


def items(answer: Answer) -> list[tuple[int, str]]:
    """The lines that say something, with their number in the issue."""
    found: list[tuple[int, str]] = []
    last = 0
    for place, (number, line) in enumerate(answer.lines, 1):
        counted = NUMBER.match(line)
        mark = MARK.match(line) or LETTER.match(line)
        if counted:
            count = int(counted[1] or counted[2])
            mark = counted if count in (1, place, last + 1) else None
            last = count if mark else last
        found.append((number, line[mark.end() :] if mark else line))
    return found


def unlisted(line: str) -> str:
    """A line that is no part of a list, without the sign of one."""
    mark = MARK.match(line)
    return line[mark.end() :] if mark else line


def plain(text: str) -> str:
    """A text for a field, where no Markdown is read: «**una** vez» would show its asterisks."""
    return EMPHASIS.sub(r"\2", text)


def bare(name: str) -> str:
    """A name without the quotes around it or the stop at its end."""
    return plain(name).strip(" \t«»“”„\"'‘’`").rstrip(".").rstrip(" \t«»“”\"'‘’`")


def escaped(text: str) -> str:
    """A text for a body, where «<» before a letter would begin HTML: it is published as it was typed."""
    read = AUTOLINK.sub(lambda match: " " * len(match[0]), without_code(text))
    pieces, end = [], 0
    for match in TAG.finditer(read):
        pieces += [text[end : match.start()], "&lt;"]
        end = match.end()
    return "".join([*pieces, text[end:]])


def same(name: str) -> str:
    """A name without accents, capital letters or double spaces, to compare what people type."""
    return " ".join(folded(name).split())
