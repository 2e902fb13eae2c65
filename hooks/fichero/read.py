"""Step 1. A folder becomes Sources and data: after this module nobody reads the disk.

In:  the root of the repository.   Out: a Folder, and the Problems of files that cannot be read at all.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from fichero.history import History, read_history
from fichero.kinds import KINDS
from fichero.problems import Problem
from fichero.source import MAX_DATA_DEPTH, Marks, Raw, Source, Unreadable, parse_data, parse_source

DATA = "docs/_datos"
DRAWINGS = "methods/dibujos"
CANVASES = "methods/lienzos"
REGISTER = "enlaces.tsv"
MAX_BYTES = 8_000_000
TEXT_ASSETS = (".csv", ".tsv", ".txt", ".json", ".ics", ".vtt", ".srt")


@dataclass(frozen=True)
class DataFile:
    """A YAML file of docs/_datos: its value, every scalar as typed, and the place of each part."""

    archivo: str
    value: Raw
    marks: Marks


@dataclass(frozen=True)
class Folder:
    """Everything the site is made from. `assets` are the other files under docs/, copied as they are.

    `texts` holds what those of text say, to be looked into and never published from here.
    """

    sources: tuple[Source, ...]
    unread: frozenset[str]
    data: Mapping[str, DataFile]
    drawings: Mapping[str, str]
    canvases: frozenset[str]
    assets: frozenset[str]
    texts: Mapping[str, str]
    register: str
    history: History


def read_folder(root: Path) -> tuple[Folder, list[Problem]]:
    """Read all of it. `unread` names the Markdown and data files left out, so that nobody calls them missing."""
    problems: list[Problem] = []
    sources: list[Source] = []
    unread: set[str] = set()
    assets: set[str] = set()
    texts: dict[str, str] = {}
    for path in _files(root, sorted({kind.folder.split("/")[0] for kind in KINDS})):
        archivo = path.relative_to(root).as_posix()
        if path.is_symlink():
            problems.append(_symlink(archivo))
            unread |= {archivo} if path.suffix == ".md" or archivo.startswith(f"{DATA}/") else set()
        elif archivo.startswith(f"{DATA}/"):
            continue
        elif path.suffix == ".md":
            text, wrong = _text(root, path)
            source, more = parse_source(archivo, text) if text is not None else (None, [])
            problems += wrong + more
            sources += [source] if source else []
            unread |= set() if source else {archivo}
        elif archivo.startswith("docs/"):
            assets.add(archivo)
            if path.suffix.lower() in TEXT_ASSETS and path.stat().st_size <= MAX_BYTES:
                texts[archivo] = path.read_bytes().decode("utf-8", "replace")
    data, wrong = _data(root)
    problems += wrong
    unread |= {problem.archivo for problem in wrong}
    drawings: dict[str, str] = {}
    for path in _files(root, [DRAWINGS]):
        if path.suffix == ".svg" and not path.is_symlink():
            text, wrong = _text(root, path)
            problems += wrong
            drawings[path.stem] = text or ""
    register, wrong = _register(root)
    problems += wrong
    folder = Folder(
        sources=tuple(sources),
        unread=frozenset(unread),
        data=data,
        drawings=drawings,
        canvases=frozenset(path.stem for path in _files(root, [CANVASES]) if path.suffix == ".yml"),
        assets=frozenset(assets),
        texts=texts,
        register=register,
        history=read_history(root),
    )
    return folder, problems


def with_file(folder: Folder, archivo: str, text: str) -> tuple[Folder, list[Problem]]:
    """The folder as it would be read if this Markdown or data file had this text."""
    if archivo.startswith(f"{DATA}/"):
        try:
            file = DataFile(archivo, *parse_data(archivo, text, max_depth=MAX_DATA_DEPTH))
        except Unreadable as error:
            return folder, [error.problem]
        return replace(folder, data={**folder.data, PurePosixPath(archivo).stem: file}), []
    source, problems = parse_source(archivo, text)
    others = [other for other in folder.sources if other.archivo != archivo]
    sources = sorted([*others, *([source] if source else [])], key=lambda source: source.archivo)
    return replace(folder, sources=tuple(sources)), problems


def _files(root: Path, folders: list[str]) -> Iterator[Path]:
    """Files below these folders, sorted; hidden ones and those behind a linked folder are not followed."""
    for folder in folders:
        if any((root / parent).is_symlink() for parent in PurePosixPath(folder).parents if parent.name):
            continue
        start = root / folder
        for path in [start] if start.is_symlink() else sorted(start.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
            if not hidden and (path.is_symlink() or path.is_file()):
                yield path


def _symlink(archivo: str) -> Problem:
    return Problem(archivo, 1, 1, "ARC004", "es un enlace simbólico", "ponga el archivo mismo en su lugar")


def _text(root: Path, path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a file, with line ends as "\\n" and each accent in its letter; or why it has none."""
    archivo = path.relative_to(root).as_posix()
    if path.stat().st_size > MAX_BYTES:
        return None, [Problem(archivo, 1, 1, "ARC002", "el archivo es demasiado grande", "divídalo en varios")]
    content = path.read_bytes()
    if content.startswith(b"\xef\xbb\xbf"):
        fix = "guárdelo como «UTF-8» sin BOM"
        return None, [Problem(archivo, 1, 1, "ARC003", "el archivo empieza con una marca invisible (BOM)", fix)]
    try:
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", text), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - content.rfind(b"\n", 0, error.start)
        fix = "guarde el archivo con codificación «UTF-8»"
        return None, [Problem(archivo, line, column, "ARC001", "hay un carácter que no es UTF-8", fix)]


def _data(root: Path) -> tuple[dict[str, DataFile], list[Problem]]:
    data: dict[str, DataFile] = {}
    problems: list[Problem] = []
    for path in _files(root, [DATA]):
        if path.suffix != ".yml" or path.is_symlink():
            continue
        archivo = path.relative_to(root).as_posix()
        text, wrong = _text(root, path)
        problems += wrong
        if text is None:
            continue
        try:
            value, marks = parse_data(archivo, text, max_depth=MAX_DATA_DEPTH)
            data[path.stem] = DataFile(archivo, value, marks)
        except Unreadable as error:
            problems.append(error.problem)
    return data, problems


def _register(root: Path) -> tuple[str, list[Problem]]:
    path = root / REGISTER
    if path.is_symlink():
        return "", [_symlink(REGISTER)]
    text, problems = _text(root, path) if path.is_file() else (None, [])
    return text or "", problems
