"""What a stage of a guide is made of: labelled paragraphs, text and the points of its checklist.

In:  the Markdown of a stage.   Out: a Stage, ready to arrange; its texts are still Markdown.
"""

import re
import zlib
from collections import Counter
from dataclasses import dataclass

from fichero.source import checklist

STAGE_LABELS = ("Propósito", "Métodos", "Producto", "Decisión")


@dataclass(frozen=True)
class Task:
    """A line of a checklist. `key` stays the same while its words do: the browser remembers it by that.

    The second with the same words in a page has another.
    """

    key: str
    text: str


@dataclass(frozen=True)
class Stage:
    """A stage of a guide, ready to arrange: labelled paragraphs, text and checklist."""

    labels: tuple[tuple[str, str], ...]
    text: str
    tasks: tuple[Task, ...]


def stage(text: str, repeated: Counter[str]) -> Stage:
    """Take a stage's text apart: «Propósito:» and the other labelled paragraphs, checklist, the rest.

    `repeated`: how many times each task is in the page so far; those of this stage are added.
    """
    labels: list[tuple[str, str]] = []
    rest: list[str] = []
    tasks: list[Task] = []
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        bare = paragraph.strip("\n")
        label, mark, said = bare.partition(":")
        points = checklist(bare)
        if mark and label in STAGE_LABELS:
            labels.append((label, said.strip()))
        elif not points:
            rest.append(paragraph)
        for words in map(one_line, points):
            repeated[words] += 1
            again = f"-{repeated[words]}" if repeated[words] > 1 else ""
            tasks.append(Task(f"{zlib.crc32(words.encode()):08x}{again}", words))
    return Stage(tuple(labels), "\n\n".join(rest), tuple(tasks))


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
