"""One file's text, taken apart without judging it: front matter with positions, sections, links, citations.

In:  the text of a Markdown file.   Out: a Source, and the Problems that keep it from being read.
Front matter values stay exactly as typed (text, lists and maps of text): YAML 1.1 would read `no` as False,
`010` as 8 and `1:30` as 90. Anchors, aliases, tags and repeated keys are refused.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import yaml

from fichero.problems import Problem

Raw = str | list["Raw"] | dict[str, "Raw"]
Path = tuple[str | int, ...]
Marks = Mapping[Path, tuple[int, int]]

# Limits before any parser sees the text: deep nesting crashes libyaml, thousands of "[" stall Python-Markdown.
MAX_FILE_CHARACTERS = 200_000
MAX_FRONT_CHARACTERS = 20_000
MAX_FRONT_BRACKETS = 200
MAX_BODY_BRACKETS = 3_000
MAX_DEPTH = 5
MAX_DATA_DEPTH = 11
MAX_DATA_PARTS = 150_000  # fields and items of one file: some 15,000 sources

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
# What YAML drops after a value: a note by its looks has two spaces before its sign and one after, a cut text has not.
CUT = re.compile(r"[ \t]+(#[^\s#].*)| (#[ \t]+\S.*)")
LIKE_A_COLON = re.compile(r"[ \t-]*([a-z_]+)(?::(?=[\u00a0\u2002-\u200b\u202f\u3000])|：)")
# An item with more spaces than the one above is, for YAML, a part of its text.
LOST_ITEM = re.compile(r"(?m)^( *)- (?!.*:(?:[ \t]|$))[^'\"\n|>\[{&*!].*\n\1 +(- .*)")
TAB = re.compile(r"(?m)^ *\t")
TASK = re.compile(r"[-+*][ \t]+\[[ xX]\][ \t]+")  # begins a point of a checklist, as GitHub reads it
LIST_ITEM = re.compile(r"(?m)^[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]")
CITATION = re.compile(r"\[\^([^\]\s]+)\]")
BLANK = "«…»"  # stands where something is still to be written or chosen


class Unreadable(Exception):
    """The front matter cannot be turned into values; carries the Problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of level 2 or 3."""

    title: str
    anchor: str | None
    attributes: Mapping[str, str]
    line: int
    text: str
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
    head = positions(front_text, 2)
    for match in LOST_ITEM.finditer(front_text):
        message = f"«{match[2][:60]}» se pegaría al punto de arriba: tiene más espacios"
        fix = "empiécelo con los mismos espacios que los demás"
        problems.append(Problem(archivo, *head(match.start(2)), "FM022", message, fix))
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


def parse_front_matter(archivo: str, text: str, first_line: int) -> tuple[dict[str, Raw], Marks, list[Problem]]:
    """Read the fields of a header, as `parse_data`. Raises Unreadable when it is not a plain mapping."""
    value, marks, problems = parse_data(archivo, text, first_line)
    if not isinstance(value, dict):
        problem = Problem(
            archivo,
            first_line,
            1,
            "FM004",
            "el encabezado no es una lista de campos",
            "escriba «campo: valor»",
        )
        raise Unreadable(problem)
    return value, marks, problems


def parse_data(
    archivo: str, text: str, first_line: int = 1, max_depth: int = MAX_DEPTH
) -> tuple[Raw, Marks, list[Problem]]:
    """Read YAML keeping every scalar as typed, with the place of every key and item, and the texts that «#» cuts.

    Raises Unreadable for anything that is not plain maps, lists and text.
    """
    position = positions(text, first_line)
    reader = _Reader(archivo, position, max_depth)
    try:
        value = reader.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        # What is never closed is noticed lines later: its beginning is the place to correct.
        opened = re.search("flow|quoted|simple key", error.context or "")
        mark = (error.context_mark if opened else None) or error.problem_mark
        tab = TAB.search(text)
        if tab and mark and tab.start() <= mark.index:
            message = "hay un tabulador antes de la primera letra de la línea"
            fix = "bórrelo y alinee con espacios: dos por cada nivel"
            raise Unreadable(Problem(archivo, *position(tab.end() - 1), "FM017", message, fix)) from error
        line, column = position(mark.index) if mark else (first_line, 1)
        before = re.split("[\n\x85\u2028\u2029]", text[: mark.index])[-1] if mark else ""
        whole = before + re.split("[\n\x85\u2028\u2029]", text[mark.index :])[0] if mark else ""
        raise Unreadable(Problem(archivo, line, column, "FM004", *_mistake(error, before, whole))) from error
    except yaml.YAMLError as error:
        before = text.encode("utf-8", "surrogatepass")[: getattr(error, "position", 0)]
        raise Unreadable(
            Problem(
                archivo,
                *position(len(before.decode("utf-8", "ignore"))),
                "FM004",
                "el encabezado tiene un carácter que no se puede leer",
                "bórrelo",
            )
        ) from error
    ends = reader.ends if " #" in text else []
    return value, reader.marks, [problem for end in ends for problem in _cut(archivo, text, end, position)]


def _cut(archivo: str, text: str, end: int, position: Callable[[int], tuple[int, int]]) -> Iterator[Problem]:
    """What follows a «#» may be the rest of the text: YAML drops it without a word."""
    cut = CUT.match(text, end)
    if cut and BLANK not in text[text.rfind("\n", 0, end) + 1 : cut.end()]:
        message = f"lo que sigue al signo «#» no se publicaría: «{(cut[1] or cut[2])[:60]}»"
        fix = "póngalo todo entre comillas simples; si es una nota, deje dos espacios antes y uno después"
        yield Problem(archivo, *position(cut.start(cut.lastindex or 0)), "FM021", message, fix)


def _mistake(error: yaml.MarkedYAMLError, before: str, line: str) -> tuple[str, str]:
    """What a person did and how to correct it, from what the parser says; `before`: what is left of the place."""
    said = f"{error.context} {error.problem}"
    if colon := LIKE_A_COLON.match(line):
        return f"después de «{colon[1]}» hay un signo que parece «: » y no lo es", f"escriba otra vez «{colon[1]}: »"
    if "mapping values" in said and ": " in before:
        fix = "ponga el texto entero entre comillas simples: «titulo: 'Taller: primera parte'»"
        return "el texto lleva «: », que separa un campo de su valor", fix
    if "quoted" in said:
        return "esta comilla no se cierra", "ciérrela al final del texto, o quítela"
    if "flow" in said:
        return "esta lista no se entiende", "sepárela con comas y ciérrela con el mismo signo: «[uno, dos]»"
    if "simple key" in said:
        fix = "escriba «campo: valor»; si sigue el texto de la línea de arriba, empiécela con dos espacios"
        return "a esta línea le falta «: » después del nombre del campo", fix
    if "mapping values" in said or not before.strip():
        fix = "empiécela con los mismos espacios que las demás de su lista, o sin espacios si es un campo"
        return "esta línea no está alineada con la de arriba", fix
    fix = "si el texto empieza con un signo, o lleva uno como «'», póngalo entre comillas dobles"
    return "el encabezado no se entiende en este punto", fix


class _Reader:
    """Builds values straight from the YAML events, which still know how each scalar was typed."""

    def __init__(self, archivo: str, position: Callable[[int], tuple[int, int]], max_depth: int) -> None:
        self.archivo = archivo
        self.position = position
        self.max_depth = max_depth
        self.marks: dict[Path, tuple[int, int]] = {}
        self.ends: list[int] = []  # where each text without quotes ends

    def document(self, events: Iterator[yaml.Event]) -> Raw:
        value: Raw = {}
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if event.version or event.tags:
                    raise self._refuse(event, "FM009", "las órdenes «%» de YAML no se aceptan", "borre la línea")
                if self.marks:
                    fix = "quite la línea «---» o «...» que parte los datos en dos"
                    raise self._refuse(event, "FM004", "lo que sigue quedaría fuera", fix)
                value = self._value(next(events), events, ())
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> Raw:
        if path not in self.marks:  # a field has the place of its name
            self.marks[path] = self._place(event)
        if len(self.marks) > MAX_DATA_PARTS:
            raise self._refuse(event, "ARC002", "hay demasiados datos en un archivo", "divídalo en varios")
        self._only_text(event)
        if len(path) > self.max_depth:
            raise self._refuse(event, "FM009", "hay demasiados niveles", "deje el campo como lo muestra la guía")
        if isinstance(event, yaml.ScalarEvent):
            if not event.style and event.value and event.end_mark:
                self.ends.append(event.end_mark.index)
            return str(event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Raw] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._value(event, events, (*path, len(items))))
            return items
        fields: dict[str, Raw] = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            self._only_text(key)
            if not isinstance(key, yaml.ScalarEvent):
                raise self._refuse(key, "FM009", "un campo no puede ser una lista", "escriba «campo: valor»")
            name = sys.intern(str(key.value))
            if name == "<<":
                raise self._refuse(key, "FM009", "la mezcla «<<» de YAML no se acepta", "escriba los campos completos")
            if name in fields:
                raise self._refuse(key, "FM010", f"el campo «{name}» está dos veces", "deje uno solo")
            self.marks[(*path, name)] = self._place(key)
            fields[name] = self._value(next(events), events, (*path, name))
        return fields

    def _only_text(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            fix = "escriba el valor completo; si el texto empieza con ese signo, póngalo entre comillas simples"
            raise self._refuse(event, "FM009", "las marcas «&», «*» y «!» de YAML no se aceptan", fix)

    def _place(self, event: yaml.Event) -> tuple[int, int]:
        mark = event.start_mark
        assert mark is not None  # the C parser marks every event
        return self.position(mark.index)  # not mark.line: YAML also breaks lines at signs that no editor does

    def _refuse(self, event: yaml.Event, codigo: str, mensaje: str, arreglo: str) -> Unreadable:
        return Unreadable(Problem(self.archivo, *self._place(event), codigo, mensaje, arreglo))


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
        section = Section(title, anchor, attributes, line_number, "\n".join(lines).strip("\n"))
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


def positions(text: str, first_line: int) -> Callable[[int], tuple[int, int]]:
    """Line and column in the file of an offset in the text."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(offset: int) -> tuple[int, int]:
        row = bisect_right(starts, offset) - 1
        return first_line + row, offset - starts[row] + 1

    return position
