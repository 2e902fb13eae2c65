"""A file that is published as it is, judged by its bytes: that it is what its name says, and that it runs nothing.

In:  a file's name and bytes.   Out: Problems; of a table, its text too. A document is never unpacked: of a ZIP only
its list of names and one short entry are read, so that one that grows a thousand times costs nothing here.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath

from fichero.characters import BOM, read_text
from fichero.problems import Problem


def _name(word: str) -> bytes:
    """The pattern of a name of a PDF."""
    return b"".join(b"(?:%c|(?i:#%02x))" % (ord(letter), ord(letter)) for letter in word)


TABLES = (".csv",)
# What each kind of document has inside: OOXML by the name of an entry, ODF by what its first entry says.
OOXML = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
ODF = {".odt": b"application/vnd.oasis.opendocument.text", ".ods": b"application/vnd.oasis.opendocument.spreadsheet"}
MAX_ENTRIES = 5_000  # of a ZIP: a document has some dozens
ENTRY = b"PK\x01\x02"
MACROS = re.compile(r"(?i)(?:.*/)?vba(?:Project|Data)\.\w+|(?:Basic|Scripts)/.+|(?:.*/)?macrosheets/.+")
# Where a program of a PDF is called from. A name may be typed with «#» and two figures for any letter.
ACTIONS = re.compile(rb"/(?:%s|%s)\b" % (_name("JavaScript"), _name("Launch")))
PACKED = re.compile(rb"/%s\b" % _name("ObjStm"))
STREAM = re.compile(rb"stream\r?\n")
MAX_HEAD = 1_000  # bytes of what describes a list of objects
MAX_UNPACKED = 20_000_000  # bytes of the lists of objects of one PDF
# https://owasp.org/www-community/attacks/CSV_Injection. A signed number is no formula.
FORMULA = re.compile(r"\s*(?:=\s*\S|[+\-@]\s*(?:[A-Za-z_]\w*\s*[(!|:]|[A-Z]{1,3}\d+\b|\()|@[A-Za-z])")
MAX_FORMULAS = 50


def is_table(archivo: str) -> bool:
    return PurePosixPath(archivo).suffix.lower() in TABLES


def read_table(archivo: str, content: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a table and what is wrong with it.

    A mark at the start and lines that end as on Windows are how a spreadsheet saves one: they pass.
    """
    text, problems = read_text(archivo, content.removeprefix(BOM).replace(b"\r\n", b"\n"))
    return text, problems + (list(islice(_formulas(archivo, text), MAX_FORMULAS)) if text else [])


def check_document(archivo: str, content: bytes) -> Iterator[Problem]:
    """What is wrong with a PDF or an office document."""
    ending = PurePosixPath(archivo).suffix.lower()
    if ending == ".pdf":
        yield from _pdf(archivo, content)
    elif ending in OOXML or ending in ODF:
        yield from _office(archivo, content, ending)


def _formulas(archivo: str, text: str) -> Iterator[Problem]:
    """The cells that a spreadsheet would run when it is opened."""
    lines = text.split("\n")
    rows = csv.reader(lines, delimiter=";" if lines[0].count(";") > lines[0].count(",") else ",")
    first = 1
    try:
        for row in rows:
            for cell in row:
                if cell[:1] in " \t=+-@" and FORMULA.match(cell):
                    mensaje = f"la celda «{cell.strip()[:40]}» es una fórmula: quien abra la tabla la ejecuta"
                    fix = "ponga el resultado, o una letra antes del signo"
                    column = max(lines[first - 1].find(cell), 0) + 1
                    yield Problem(archivo, first, column, "ARC032", mensaje, fix)
            first = rows.line_num + 1
    except csv.Error:
        mensaje, fix = "desde aquí la tabla no se puede leer", "revise las comillas: cada celda que las abre las cierra"
        yield Problem(archivo, first, 1, "ARC033", mensaje, fix)


def _pdf(archivo: str, content: bytes) -> Iterator[Problem]:
    if not content.startswith(b"%PDF-"):
        yield _another(archivo, "PDF")
        return
    whole = ACTIONS.search(content)
    for part in _object_lists(content):
        if part is None:
            fix = "vuelva a exportarlo sin contraseña"
            yield Problem(archivo, 1, 1, "ARC033", "una parte del PDF está dañada o con contraseña", fix)
            return
        whole = whole or ACTIONS.search(part)
    if whole:
        fix = "vuelva a exportarlo como PDF desde el documento, sin acciones"
        yield Problem(archivo, 1, 1, "ARC034", "el PDF lleva un programa que se ejecuta al abrirlo", fix)


def _object_lists(content: bytes) -> Iterator[bytes | None]:
    """The lists of objects that a PDF keeps packed; None for one that cannot be read, or past MAX_UNPACKED."""
    left, at = MAX_UNPACKED, PACKED.search(content)
    while at:
        stream = STREAM.search(content, at.end(), at.end() + MAX_HEAD)
        end = content.find(b"endstream", stream.end()) if stream else at.end()
        if stream and b"/Filter" in content[max(0, at.start() - MAX_HEAD) : stream.start()].rpartition(b" obj")[2]:
            part = _unpacked(content[stream.end() : max(end, stream.end())], left)
            left -= len(part or b"")
            yield part if left > 0 else None
            if part is None or left <= 0:
                return
        at = PACKED.search(content, end) if end >= 0 else None


def _unpacked(stream: bytes, limit: int) -> bytes | None:
    try:
        return zlib.decompressobj().decompress(stream, limit)
    except zlib.error:
        return None


def _office(archivo: str, content: bytes, ending: str) -> Iterator[Problem]:
    name = ending[1:].upper()
    if not content.startswith(b"PK\x03\x04") or content.count(ENTRY) > MAX_ENTRIES:
        yield _another(archivo, name)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as document:
            names = document.namelist()
            kind = OOXML.get(ending) in names if ending in OOXML else _odf_kind(document) == ODF[ending]
    except Exception:  # bytes of a stranger in decoders of many kinds: whatever they raise, it is damaged
        yield _another(archivo, name)
        return
    if not kind:
        yield _another(archivo, name)
    elif any(MACROS.fullmatch(entry) for entry in names):
        fix = f"guárdelo como {name} sin macros"
        yield Problem(archivo, 1, 1, "ARC034", "el documento lleva macros: programas que se ejecutan al abrirlo", fix)


def _odf_kind(document: zipfile.ZipFile) -> bytes:
    if "mimetype" not in document.namelist():
        return b""
    with document.open("mimetype") as entry:
        return entry.read(100).strip()


def _another(archivo: str, name: str) -> Problem:
    fix = f"ábralo en el programa con que se hizo y guárdelo como {name}"
    return Problem(archivo, 1, 1, "ARC033", f"no es un documento {name}, o está dañado", fix)
