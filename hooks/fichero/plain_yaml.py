"""YAML as plain text with places: what a header or a data file says, exactly as it was typed.

In:  the text of a header or of a data file.   Out: its values, the place of each, and the Problems of what YAML drops.
Values are text, lists and maps of text: YAML 1.1 would read `no` as False, `010` as 8 and `1:30` as 90. Anchors,
aliases, tags and repeated keys are refused.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping

import yaml

from fichero.problems import Problem

Raw = str | list["Raw"] | dict[str, "Raw"]
Path = tuple[str | int, ...]
Marks = Mapping[Path, tuple[int, int]]

# How deep the values go, and how many there are.
MAX_DEPTH = 5
MAX_DATA_DEPTH = 11
MAX_DATA_PARTS = 80_000  # fields and items of one file: thirty times the bibliography of today

# What YAML drops after a value: a note by its looks has two spaces before its sign and one after, a cut text has not.
CUT = re.compile(r"[ \t]+(#[^\s#].*)| (#[ \t]+\S.*)")
LIKE_A_COLON = re.compile(r"[ \t-]*([a-z_]+)(?::(?=[\u00a0\u2002-\u200b\u202f\u3000])|：)")
# An item with more spaces than the one above is, for YAML, a part of its text.
LOST_ITEM = re.compile(r"(?m)^( *)- (?!.*:(?:[ \t]|$))[^'\"\n|>\[{&*!].*\n\1 +(- .*)")
TAB = re.compile(r"(?m)^ *\t")
BLANK = "«…»"  # stands where something is still to be written or chosen


class Unreadable(Exception):
    """The front matter cannot be turned into values; carries the Problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


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


def lost_items(archivo: str, text: str, first_line: int) -> Iterator[Problem]:
    """The items that YAML would join to the one above."""
    position = positions(text, first_line)
    for match in LOST_ITEM.finditer(text):
        message = f"«{match[2][:60]}» se pegaría al punto de arriba: tiene más espacios"
        fix = "empiécelo con los mismos espacios que los demás"
        yield Problem(archivo, *position(match.start(2)), "FM022", message, fix)


def positions(text: str, first_line: int) -> Callable[[int], tuple[int, int]]:
    """Line and column in the file of an offset in the text."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(offset: int) -> tuple[int, int]:
        row = bisect_right(starts, offset) - 1
        return first_line + row, offset - starts[row] + 1

    return position
