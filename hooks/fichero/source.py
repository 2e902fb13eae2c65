"""One file's text, taken apart without judging it: front matter with positions, sections, links, citations.

In:  the text of a Markdown file.   Out: a Source, and the Problems that keep it from being read.
Front matter values stay exactly as typed: see `plain_yaml`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from fichero.plain_yaml import BLANK, Marks, Path, Raw, Unreadable, lost_items, parse_front_matter, positions
from fichero.problems import Problem

# Limits before any parser sees the text: deep nesting crashes libyaml, thousands of "[" stall Python-Markdown.
MAX_FILE_CHARACTERS = 200_000
MAX_FRONT_CHARACTERS = 20_000
MAX_FRONT_BRACKETS = 200
MAX_BODY_BRACKETS = 3_000

# The shapes are CommonMark's. The look-behinds keep a long run of spaces, "#" or "`" from costing its square.
HEADING = re.compile(
    r" {0,3}(#{1,6})[ \t]+(.*?)(?:(?<![ \t])[ \t]+\{([^{}]*)\})?(?:(?<![ \t#])[ \t]*+(?:#++[ \t]*+)?|)"
)
FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
CODE = re.compile(
    r"(?ms)^ {0,3}(`{3,}(?=[^`\n]*$)|~{3,}).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)"  # an unclosed fence goes on to the end
    r"|(?<![`\\])(`+)(?!`)(?:[^`\n]++|\n(?![ \t]*\n)|(?!\2(?!`))`++)*+\2(?!`)"  # a span stays in its paragraph
)
LINK = re.compile(
    r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\([ \t]*((?:[^()\s]|\([^()\s]*\))+)(?:\s+(?:\"[^\"]*\"|'[^']*'))?[ \t]*\)"
)
DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)([^\[\]\n]+)\]:[ \t]*([^\s\[\]]+)")  # the address of [text][name]
TASK = re.compile(r"[-+*][ \t]+\[[ xX]\][ \t]+")  # begins a point of a checklist, as GitHub reads it
LIST_ITEM = re.compile(r"(?m)^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")
CITATION = re.compile(r"\[\^([^\]\s]+)\]")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of level 2 or 3."""

    title: str
    anchor: str | None
    attributes: Mapping[str, str]
    line: int
    text: str
    text_line: int  # of the first line of the text; empty lines may come between
    children: tuple["Section", ...] = ()

    @property
    def whole(self) -> str:
        """The text of the section with that of its subsections, headings included."""
        return "\n\n".join([self.text, *(f"{child.title}\n\n{child.text}" for child in self.children)])


@dataclass(frozen=True, slots=True)
class Link:
    """A Markdown link or image, as typed. `line` and `column` are places in the file."""

    text: str
    target: str
    image: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A source note `[^id]`."""

    id: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart. `marks` gives line and column of every key and list item, by its path.

    `front` is None when the header is there but cannot be read: the text below it is judged all the same.
    `blanks`: line and column of every mark «…», those in the comments of the header included.
    """

    archivo: str
    front: Mapping[str, Raw] | None
    marks: Marks
    intro: str
    sections: tuple[Section, ...]
    body: str
    body_line: int
    links: tuple[Link, ...] = field(default=())
    citations: tuple[Citation, ...] = field(default=())
    blanks: tuple[tuple[int, int], ...] = field(default=())

    @property
    def id(self) -> str:
        """The file's name without its ending: the permanent name of the content."""
        return self.archivo.rsplit("/", 1)[-1].removesuffix(".md")

    @property
    def fields(self) -> Mapping[str, Raw]:
        """The fields of the header; none when it cannot be read."""
        return self.front or {}

    @property
    def headings(self) -> tuple[Section, ...]:
        """Every section, each followed by its subsections."""
        return tuple(part for section in self.sections for part in (section, *section.children))

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a field, or of the nearest one that exists around it, or of the top of the file."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path, (1, 1))

    def problem(self, codigo: str, mensaje: str, arreglo: str, at: Path | int | tuple[int, int] = ()) -> Problem:
        """A Problem in this file: `at` is a field's path, a line, or a line and column."""
        if isinstance(at, int):
            line, column = at, 1
        elif len(at) == 2 and all(isinstance(part, int) for part in at):
            line, column = int(at[0]), int(at[1])
        else:
            line, column = self.place(*at)
        return Problem(self.archivo, line, column, codigo, mensaje, arreglo)


def parse_source(archivo: str, text: str) -> tuple[Source | None, list[Problem]]:
    """Take a file apart. When nobody can say where its header ends there is no Source, only the reason."""
    front: dict[str, Raw] | None = None
    marks: Marks = {}
    problems: list[Problem] = []
    try:
        front_text, body, body_line = _split(archivo, text)
    except Unreadable as error:
        return None, [error.problem]
    try:
        front, marks, cut = parse_front_matter(archivo, front_text, first_line=2)
        problems += cut
    except Unreadable as error:
        problems.append(error.problem)
    intro, sections = _sections(body, body_line)
    plain = without_code(body)
    position = positions(body, body_line)
    links = [Link(match[2], match[3], bool(match[1]), *position(match.start())) for match in LINK.finditer(plain)]
    links += [Link(match[1], match[2], False, *position(match.start(2))) for match in DEFINITION.finditer(plain)]
    citations = tuple(Citation(match[1], *position(match.start())) for match in CITATION.finditer(plain))
    problems += lost_items(archivo, front_text, 2)
    head = positions(front_text, 2)
    blanks = (
        *(head(match.start()) for match in re.finditer(BLANK, front_text)),
        *(position(match.start()) for match in re.finditer(BLANK, plain)),
    )
    return Source(archivo, front, marks, intro, sections, body, body_line, tuple(links), citations, blanks), problems


def _split(archivo: str, text: str) -> tuple[str, str, int]:
    def refuse(codigo: str, mensaje: str, arreglo: str, line: int = 1) -> Unreadable:
        return Unreadable(Problem(archivo, line, 1, codigo, mensaje, arreglo))

    if len(text) > MAX_FILE_CHARACTERS:
        raise refuse(
            "ARC002",
            f"el archivo tiene {len(text)} caracteres",
            f"divídalo: el máximo es {MAX_FILE_CHARACTERS}",
        )
    first = text.partition("\n")[0].rstrip()
    first = (
        first if first and not first.strip("-–—_*= ") and first != "---" else ""
    )  # what a word processor makes of it
    if not text.startswith("---\n"):
        fix = "la primera línea del archivo debe ser «---», con tres guiones y nada más"
        raise refuse("FM001", "falta el encabezado", f"{fix}, en lugar de «{first}»" if first else fix)
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, 4)
    if not end:
        near = re.compile(r"^[ \t]*[-–—]{2,}[ \t]*$", re.MULTILINE).search(text, 4)
        fix = "escriba una línea «---» después del último dato"
        if near:
            fix = f"escriba «---», con tres guiones y nada más, en lugar de «{near[0]}»"
        raise refuse("FM001", "el encabezado no se cierra", fix, text.count("\n", 0, near.start()) + 1 if near else 1)
    front, body = text[4 : end.start()], text[end.end() + 1 :]
    if len(front) > MAX_FRONT_CHARACTERS or front.count("[") + front.count("{") > MAX_FRONT_BRACKETS:
        raise refuse("ARC002", "el encabezado es demasiado grande", "deje en él solo los campos de la guía")
    body_line = text.count("\n", 0, end.end() + 1) + 1
    if body.count("[") > MAX_BODY_BRACKETS:
        raise refuse("ARC002", "el texto tiene demasiados corchetes «[»", "quite los que no son enlaces", body_line)
    return front, body, body_line


def _sections(body: str, body_line: int) -> tuple[str, tuple[Section, ...]]:
    """The text before the first H2, and the H2 sections with their H3 inside."""
    blocks: list[tuple[int, str, str | None, dict[str, str], int, list[str]]] = [(0, "", None, {}, body_line, [])]
    fence: str | None = None
    for number, line in enumerate(body.split("\n"), body_line):
        mark = FENCE.match(line)
        if mark and fence is None:
            fence = mark[1]
        elif mark and fence and mark[1].startswith(fence) and mark[1] == line.strip():
            fence = None
        heading = None if mark or fence else HEADING.fullmatch(line)
        if heading and len(heading[1]) in (2, 3):
            anchor, attributes = _attributes(heading[3] or "")
            # A space that is not the common one looks the same, and so it is read.
            blocks.append((len(heading[1]), " ".join(heading[2].split()), anchor, attributes, number, []))
        else:
            blocks[-1][5].append(line)
    intro = "\n".join(blocks[0][5]).strip("\n")
    families: list[list[Section]] = []
    for level, title, anchor, attributes, line_number, lines in blocks[1:]:
        text_line = line_number + 1 + next((index for index, line in enumerate(lines) if line), 0)
        section = Section(title, anchor, attributes, line_number, "\n".join(lines).strip("\n"), text_line)
        if level == 3 and families:
            families[-1].append(section)
        else:
            families.append([section])
    return intro, tuple(replace(parent, children=tuple(children)) for parent, *children in families)


def _attributes(text: str) -> tuple[str | None, dict[str, str]]:
    """Read `#paso-1 minutos=10-15 esencial` as an anchor and attributes; a bare word has the value ""."""
    anchor: str | None = None
    attributes: dict[str, str] = {}
    for part in text.removeprefix(":").split():
        if part.startswith("#"):
            anchor = part[1:]
        else:
            name, _, value = part.partition("=")
            attributes[name] = value.strip("\"'")
    return anchor, attributes


def checklist(paragraph: str) -> list[str]:
    """The points of a checklist, without their marks; none where one of them is not a task at the margin."""
    if not TASK.match(paragraph):
        return []
    whole = all(TASK.match(paragraph, item.start()) for item in LIST_ITEM.finditer(paragraph))
    return re.split(rf"(?m)^{TASK.pattern}", paragraph)[1:] if whole else []


def without_code(text: str) -> str:
    """The text with code blanked out, every other character in its place."""
    if "`" not in text and "~~~" not in text:
        return text
    return CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def rewrite_links(text: str, target: Callable[[str], str]) -> str:
    """The text with each link's target replaced by `target(old)`; code is left alone."""
    if "](" not in text and "]:" not in text:
        return text
    plain = without_code(text)
    spans = [match.span(3) for match in LINK.finditer(plain)] + [match.span(2) for match in DEFINITION.finditer(plain)]
    parts, end = [], 0
    for start, stop in sorted(spans):
        parts += [text[end:start], target(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])
