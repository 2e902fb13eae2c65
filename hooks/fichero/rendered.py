"""What would be published, judged before it is: the HTML of every text and drawing against the allow-list.

In:  a Catalog and the lines already told.   Out: Problems. The rules of `structure` look at the Markdown as it is
typed and say more; this looks at what comes out of it, so that nothing they did not think of stops a build later.
"""

import re
from collections.abc import Iterator, Mapping

from fichero.html import Forbidden, Marker, check_drawing, finish
from fichero.kinds import Document
from fichero.link import Catalog
from fichero.markdown import to_html
from fichero.plain_yaml import Path, Raw
from fichero.problems import Problem
from fichero.read import DRAWINGS
from fichero.source import checklist
from fichero.stages import STAGE_LABELS
from fichero.steps import DONE, SPEECH, STUCK

# The fields whose text the templates render as Markdown.
FIELDS: tuple[Path, ...] = (
    ("permisos",),
    ("datos_personales", "cuales"),
    ("evidencia", "razon"),
    ("origen", "texto"),
)
LABEL = re.compile("|".join([SPEECH, DONE, STUCK, *(f"{label}:" for label in STAGE_LABELS)]))
UNMARKED = Marker(())


def check_rendered(catalog: Catalog, told: Mapping[str, frozenset[int]]) -> Iterator[Problem]:
    """The first forbidden thing of each paragraph, field and drawing. `told`: lines with errors, by file."""
    for doc in catalog.documents:
        for first, last, column, text in _texts(doc):
            found = _forbidden(text)
            if found and told.get(doc.archivo, frozenset()).isdisjoint(range(first, last + 1)):
                mensaje, fix = f"esto publicaría {found.what}", "escríbalo de otro modo, con Markdown sencillo"
                yield doc.source.problem("HTM002", mensaje, fix, (first, column))
    for id, svg in catalog.drawings.items():
        try:
            if svg:  # it has no text when it could not be read
                check_drawing(svg)
        except Forbidden as found:
            line, column = svg.count("\n", 0, found.at) + 1, found.at - svg.rfind("\n", 0, found.at)
            fix = "deje solo líneas y figuras, como en los demás dibujos (en Inkscape, «SVG plano»)"
            yield Problem(f"{DRAWINGS}/{id}.svg", line, column, "HTM003", f"el dibujo lleva {found.what}", fix)


def _texts(doc: Document) -> Iterator[tuple[int, int, int, str]]:
    """Each text that is rendered: its first line, its last one, its column and the text."""
    source = doc.source
    for field in FIELDS:
        for path, text in _strings(source.fields.get(str(field[0])), field, 1):
            line, column = source.place(*path)
            yield line, line, column, " ".join(text.split())
    intro_line = source.body_line + len(source.body) - len(source.body.lstrip("\n"))
    yield from _paragraphs(source.intro, intro_line, bool(doc.kind.steps))
    for section in source.headings:
        yield section.line, section.line, 1, section.title
        yield from _paragraphs(section.text, section.text_line, bool(doc.kind.steps))


def _paragraphs(text: str, first: int, labels: bool) -> Iterator[tuple[int, int, int, str]]:
    """The paragraphs at fault in a text that begins at line `first`. `labels`: whether they may be rendered apart."""
    whole = (first, first + text.count("\n"), 1, text)
    refused = _forbidden(text) is not None
    parts = []
    for part in re.split(r"(\n[ \t]*\n)", text):
        last = first + part.count("\n")
        parts += [(first, last, 1, part)] if refused else []
        parts += [(first, last, 1, piece) for piece in _labelled(part)] if labels else []
        first = last
    blamed = [part for part in parts if _forbidden(part[3])]
    # What only several paragraphs together do is told at the first.
    yield from blamed or ([whole] if refused else [])


def _labelled(paragraph: str) -> list[str]:
    """What is rendered alone, where steps and stages take the label off a paragraph."""
    label = LABEL.match(paragraph)
    pieces = [paragraph[label.end() :]] if label else checklist(paragraph.strip("\n"))
    return [" ".join(piece.split()) for piece in pieces]


def _strings(value: Raw | None, field: Path, depth: int) -> Iterator[tuple[Path, str]]:
    """The texts of a field with the path of each: the field itself, or each item of its list."""
    if depth < len(field):
        yield from _strings(value.get(str(field[depth])) if isinstance(value, dict) else None, field, depth + 1)
    elif isinstance(value, str):
        yield field, value
    elif isinstance(value, list):
        yield from (((*field, index), item) for index, item in enumerate(value) if isinstance(item, str))


def _forbidden(text: str) -> Forbidden | None:
    try:
        finish(to_html(text, lambda _: ""), UNMARKED, "")
    except Forbidden as found:
        return found
    return None
