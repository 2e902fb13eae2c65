"""Step 1. A folder becomes Sources and data: after this module nobody reads the disk.

In:  the root of the repository.   Out: a Folder, and the Problems of files that cannot be read at all, of their names
and of their bytes; and the Base of a proposal, which git keeps.
"""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from fichero.attachments import check_document, is_table, read_table
from fichero.characters import read_text
from fichero.history import (
    History,
    commit_exists,
    executables,
    file_at,
    files_at,
    fork_point,
    paths_changed,
    read_history,
)
from fichero.images import MAX_BYTES as MAX_IMAGE_BYTES
from fichero.images import check_image, is_image
from fichero.kinds import KINDS
from fichero.names import check_names, is_accepted, is_accepted_asset
from fichero.plain_yaml import MAX_DATA_DEPTH, Marks, Raw, Unreadable, parse_data
from fichero.problems import Problem
from fichero.source import Source, parse_source

DATA = "docs/_datos"
DRAWINGS = "methods/dibujos"
CANVASES = "methods/lienzos"
REGISTER = "enlaces.tsv"
FOLDERS = sorted({kind.folder.split("/")[0] for kind in KINDS})
KEEPS_A_FOLDER = ".gitkeep"
# Before a file is opened. A text of MAX_FILE_CHARACTERS is never so heavy; data and the register grow with the site.
MAX_BYTES = 1_000_000
MAX_DRAWING_BYTES = 50_000  # it is in the page of its card, and in every list
MAX_DATA_BYTES = 3_000_000
MAX_ASSET_BYTES = 8_000_000


@dataclass(frozen=True)
class DataFile:
    """A YAML file of docs/_datos: its value, every scalar as typed, and the place of each part."""

    archivo: str
    value: Raw
    marks: Marks


@dataclass(frozen=True)
class Folder:
    """Everything the site is made from. `assets` are the other files under docs/, copied as they are.

    `texts` holds what those of text say, and the drawings and canvases, to be looked into and never published from
    here.
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


@dataclass(frozen=True)
class Base:
    """What a proposal started from. `texts`: the Markdown files of the content; `changed`: what is different now."""

    register: str | None = None
    texts: Mapping[str, str] = field(default_factory=dict)
    changed: tuple[str, ...] = ()


def read_base(root: Path, commit: str) -> Base | None:
    """The content where this branch left another one; None when git does not know the commit."""
    if not commit_exists(root, commit):
        return None
    start = fork_point(root, commit)
    return Base(file_at(root, start, REGISTER), files_at(root, start), paths_changed(root, start))


@dataclass(frozen=True)
class Entry:
    """Something found in a content folder, as the disk shows it. `archivo` can always be printed."""

    path: Path
    archivo: str
    what: Literal["file", "link", "hidden", "special"]


def read_folder(root: Path, without: Collection[str] = ()) -> tuple[Folder, list[Problem]]:
    """Read all of it but the files of `without`.

    `unread` names the Markdown and data files left out, so that nobody calls them missing.
    """
    entries = [entry for folder in FOLDERS for entry in find(root, folder)]
    problems = [problem for entry in entries for problem in _not_a_file(entry)]
    unread = {entry.archivo for entry in entries if entry.what != "file" and _is_read(entry.archivo)}
    files = [entry for entry in entries if entry.what == "file"]
    problems += check_names(entry.archivo for entry in files)
    problems += _executable(root, files)
    sources: list[Source] = []
    data: dict[str, DataFile] = {}
    drawings: dict[str, str] = {}
    assets: set[str] = set()
    texts: dict[str, str] = {}
    for entry in files:
        archivo, stem = entry.archivo, entry.path.stem
        if archivo in without:
            unread.add(archivo)
        elif not is_accepted(archivo) and not is_accepted_asset(archivo.lower()):
            continue
        elif archivo.startswith(f"{DATA}/"):
            file, wrong = _data(entry)
            problems += wrong
            data |= {stem: file} if file else {}
            unread |= set() if file else {archivo}
        elif archivo.endswith(".md"):
            text, wrong = _text(entry, MAX_BYTES)
            source, more = parse_source(archivo, text) if text is not None else (None, [])
            problems += wrong + more
            sources += [source] if source else []
            unread |= set() if source and source.front is not None else {archivo}
        elif archivo.startswith(f"{DRAWINGS}/"):
            text, wrong = _text(entry, MAX_DRAWING_BYTES)
            problems += wrong
            drawings[stem] = texts[archivo] = text or ""
        elif archivo.startswith(f"{CANVASES}/"):
            text, wrong = _text(entry, MAX_BYTES)
            problems += wrong
            texts[archivo] = text or ""
        else:
            text, wrong = _asset(entry)
            problems += wrong
            assets.add(archivo)
            texts |= {archivo: text} if text else {}
    register, wrong = ("", []) if REGISTER in without else _register(root)
    problems += wrong
    folder = Folder(
        sources=tuple(sources),
        unread=frozenset(unread),
        data=data,
        drawings=drawings,
        canvases=frozenset(entry.path.stem for entry in files if entry.archivo.startswith(f"{CANVASES}/")),
        assets=frozenset(assets),
        texts=texts,
        register=register,
        history=read_history(root),
    )
    return folder, problems


def with_file(folder: Folder, archivo: str, text: str) -> tuple[Folder, list[Problem]]:
    """The folder as it would be read if this Markdown or data file had this text, judged by its name and its bytes."""
    others = [other for other in folder.sources if other.archivo != archivo]
    problems = list(check_names([archivo, *(other.archivo for other in others)]))
    content = text.encode("utf-8", "surrogatepass")
    limit = MAX_DATA_BYTES if archivo.startswith(f"{DATA}/") else MAX_BYTES
    if len(content) > limit:
        return folder, [*problems, _too_big(archivo, limit)]
    read, wrong = read_text(archivo, content)
    problems += wrong
    if read is None:
        return folder, problems
    if archivo.startswith(f"{DATA}/"):
        try:
            value, marks, cut = parse_data(archivo, read, max_depth=MAX_DATA_DEPTH)
            file = DataFile(archivo, value, marks)
        except Unreadable as error:
            return folder, [*problems, error.problem]
        return replace(folder, data={**folder.data, PurePosixPath(archivo).stem: file}), [*problems, *cut]
    source, wrong = parse_source(archivo, read)
    sources = sorted([*others, *([source] if source else [])], key=lambda source: source.archivo)
    return replace(folder, sources=tuple(sources)), [*problems, *wrong]


def only_file(folder: Folder, archivo: str) -> Folder:
    """The folder with the text of this file alone, and with the glossary, which says what the acronyms are."""
    sources = tuple(source for source in folder.sources if source.archivo == archivo)
    data = {name: file for name, file in folder.data.items() if file.archivo == archivo or name == "glosario"}
    return replace(folder, sources=sources, data=data, texts={})


def find(root: Path, folder: str) -> Iterator[Entry]:
    """What is in a folder and below, sorted; nothing is looked for in a hidden folder or behind a link."""
    start = root / folder
    if start.is_symlink():
        yield Entry(start, _printable(root, start), "link")
    if start.is_symlink() or not start.is_dir():
        return
    try:
        found = sorted(os.scandir(start), key=lambda item: item.name)
    except OSError:
        yield Entry(start, _printable(root, start), "special")
        return
    for item in found:
        path = Path(item.path)
        if item.is_symlink():
            yield Entry(path, _printable(root, path), "link")
        elif item.name.startswith("."):
            if item.name != KEEPS_A_FOLDER:
                yield Entry(path, _printable(root, path), "hidden")
        elif item.is_dir():
            yield from find(root, path.relative_to(root).as_posix())
        else:
            yield Entry(path, _printable(root, path), "file" if item.is_file() else "special")


def _printable(root: Path, path: Path) -> str:
    """The path from the root; bytes of a name that are not UTF-8 become «�»."""
    return os.fsencode(path.relative_to(root).as_posix()).decode("utf-8", "replace")


def _is_read(archivo: str) -> bool:
    return archivo.endswith(".md") or archivo.startswith(f"{DATA}/")


def _not_a_file(entry: Entry) -> Iterator[Problem]:
    if entry.what == "link":
        yield _symlink(entry.archivo)
    elif entry.what == "hidden":
        fix = "bórrelo; si es contenido, quite el punto con que empieza su nombre"
        yield Problem(entry.archivo, 1, 1, "ARC022", "está escondido: no se lee ni se publica", fix)
    elif entry.what == "special":
        yield _unopened(entry.archivo)


def _symlink(archivo: str) -> Problem:
    return Problem(archivo, 1, 1, "ARC004", "es un enlace simbólico", "ponga el archivo mismo en su lugar")


def _unopened(archivo: str) -> Problem:
    fix = "revise que sea un archivo o una carpeta común y que usted pueda abrirlo"
    return Problem(archivo, 1, 1, "ARC029", "no se puede abrir", fix)


def _executable(root: Path, files: list[Entry]) -> Iterator[Problem]:
    """Git knows which files are programs; outside a repository, the disk does, but not on Windows."""
    known = executables(root)
    for entry in files:
        if known is None:
            yes = os.name == "posix" and bool(entry.path.stat().st_mode & (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH))
        else:
            yes = entry.archivo in known
        if yes:
            fix = f"quítele el permiso: «git update-index --chmod=-x {entry.archivo}»"
            yield Problem(entry.archivo, 1, 1, "ARC023", "está marcado como programa que se puede ejecutar", fix)


def _bytes(entry: Entry, limit: int, too_big: Problem) -> tuple[bytes | None, list[Problem]]:
    try:
        if entry.path.stat().st_size > limit:
            return None, [too_big]
        with entry.path.open("rb") as file:
            return file.read(limit), []
    except OSError:
        return None, [_unopened(entry.archivo)]


def _text(entry: Entry, limit: int) -> tuple[str | None, list[Problem]]:
    """The text of a file, or why it has none."""
    content, problems = _bytes(entry, limit, _too_big(entry.archivo, limit))
    return read_text(entry.archivo, content) if content is not None else (None, problems)


def _too_big(archivo: str, limit: int) -> Problem:
    fix = f"divídalo en varios: el máximo es {limit // 1000} kB"
    return Problem(archivo, 1, 1, "ARC002", "el archivo es demasiado grande", fix)


def _asset(entry: Entry) -> tuple[str | None, list[Problem]]:
    """What is wrong with a file that is published as it is, by its bytes; of a table, its text."""
    image = is_image(entry.archivo)
    limit, codigo = (MAX_IMAGE_BYTES, "ARC025") if image else (MAX_ASSET_BYTES, "ARC002")
    fix = f"redúzcala: el máximo es {limit // 1000} kB" if image else f"el máximo es {limit // 1_000_000} MB"
    mensaje = f"{'la imagen' if image else 'el archivo'} es demasiado grande"
    content, problems = _bytes(entry, limit, Problem(entry.archivo, 1, 1, codigo, mensaje, fix))
    if content is None:
        return None, problems
    if is_table(entry.archivo):
        return read_table(entry.archivo, content)
    return None, list(check_image(entry.archivo, content) if image else check_document(entry.archivo, content))


def _data(entry: Entry) -> tuple[DataFile | None, list[Problem]]:
    text, problems = _text(entry, MAX_DATA_BYTES)
    if text is None:
        return None, problems
    try:
        value, marks, cut = parse_data(entry.archivo, text, max_depth=MAX_DATA_DEPTH)
        return DataFile(entry.archivo, value, marks), problems + cut
    except Unreadable as error:
        return None, [*problems, error.problem]


def _register(root: Path) -> tuple[str, list[Problem]]:
    path = root / REGISTER
    if path.is_symlink():
        return "", [_symlink(REGISTER)]
    if not path.is_file() or not path.stat().st_size:
        return "", []
    text, problems = _text(Entry(path, REGISTER, "file"), MAX_ASSET_BYTES)
    return text or "", problems
