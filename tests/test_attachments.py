"""A table or a document is what its name says, and runs nothing."""

import io
import zipfile
import zlib

import pytest
from changes import office

from fichero.attachments import check_document, read_table
from fichero.characters import BOM

ODT, ODS = (f"application/vnd.oasis.opendocument.{kind}" for kind in ("text", "spreadsheet"))


def told(archivo: str, content: bytes) -> list[str]:
    return [problem.codigo for problem in check_document(archivo, content)]


def packed(text: bytes) -> bytes:
    """A PDF that keeps this list of objects packed."""
    stream = zlib.compress(text)
    return b"%%PDF-1.7\n1 0 obj <</Type /ObjStm /Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream" % (
        len(stream),
        stream,
    )


@pytest.mark.parametrize(
    ("cell", "formula"),
    [
        ("=1+1", True),
        ('=HYPERLINK("https://example.org")', True),
        (" =A1", True),
        ("+SUM(A1)", True),
        ("-A1", True),
        ("+(1)", True),
        ("@SUM(A1)", True),
        ("-cmd|' /C calc'!A0", True),
        ("-5", False),
        ("+502", False),
        ("-3.5 %", False),
        ("- Uno", False),
        ("-", False),
        ("-sin dato", False),
        ("a=b", False),
        ("=", False),
    ],
)
def test_a_cell_that_a_spreadsheet_runs_is_told_and_a_signed_number_is_not(cell: str, formula: bool) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'
    for text in (f"a,{quoted}\n", f"a;{quoted}\n"):
        _, problems = read_table("docs/a.csv", text.encode())
        assert [problem.codigo for problem in problems] == (["ARC032"] if formula else [])


def test_a_table_whose_quotes_swallow_it_is_told_where_they_open() -> None:
    _, problems = read_table("docs/a.csv", b'uno,dos\n1,"2\n' + b"3,4\n" * 60_000)
    assert [(problem.codigo, problem.linea) for problem in problems] == [("ARC033", 2)]


def test_a_table_is_read_as_a_spreadsheet_saves_it() -> None:
    assert read_table("docs/a.csv", BOM + b"uno,dos\r\n1,2\r\n") == ("uno,dos\n1,2\n", [])


@pytest.mark.parametrize(
    ("archivo", "content", "codes"),
    [
        ("docs/a.pdf", b"%PDF-1.7\n1 0 obj <</OpenAction 2 0 R>> endobj", []),
        ("docs/a.pdf", b"MZ\x90\x00%PDF-1.7", ["ARC033"]),
        ("docs/a.pdf", b"%PDF-1.7\n<</S /Launch /F (x)>>", ["ARC034"]),
        ("docs/a.pdf", b"%PDF-1.7\n(El idioma JavaScript)", []),
        ("docs/a.pdf", packed(b"2 0 <</S /URI>>"), []),
        ("docs/a.pdf", packed(b"2 0 <</S /JavaScript /JS (x)>>"), ["ARC034"]),
        ("docs/a.pdf", b"%PDF-1.7\n1 0 obj <</Type /ObjStm /Filter /Uno>>\nstream\nxxxx\nendstream", ["ARC033"]),
        ("docs/a.pdf", b"%PDF-1.7\n1 0 obj <</Type /ObjStm>>\nstream\n<</S /URI>>\nendstream", []),
        ("docs/a.pdf", b"%PDF-1.7\n1 0 obj <</Type /#4fbjStm /Filter /Uno>>\nstream\nxxxx\nendstream", ["ARC033"]),
        ("docs/a.pdf", packed(b"uno") + packed(b"<</S /JavaScript>>"), ["ARC034"]),
        ("docs/a.docx", office("[Content_Types].xml", "word/document.xml"), []),
        ("docs/a.xlsx", office("xl/workbook.xml"), []),
        ("docs/a.docx", office("word/document.xml", "word/vbaProject.bin"), ["ARC034"]),
        ("docs/a.odt", office(mimetype=ODT), []),
        ("docs/a.ods", office(mimetype=ODS), []),
        ("docs/a.odt", office(mimetype=ODS), ["ARC033"]),
        ("docs/a.ods", office("Basic/Standard/Uno.xml", mimetype=ODS), ["ARC034"]),
        ("docs/a.odt", office("content.xml"), ["ARC033"]),
        ("docs/a.docx", b"PK\x03\x04cortado", ["ARC033"]),
        ("docs/a.docx", b"PK\x03\x04" + b"PK\x01\x02" * 9_000, ["ARC033"]),
    ],
)
def test_a_document_is_what_its_name_says_and_runs_nothing(archivo: str, content: bytes, codes: list[str]) -> None:
    assert told(archivo, content) == codes


def test_a_document_that_would_grow_a_thousand_times_is_not_unpacked() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as document:
        document.writestr("mimetype", b"0" * 30_000_000)
    assert told("docs/a.odt", file.getvalue()) == ["ARC033"]
    assert told("docs/a.pdf", packed(b"0" * 30_000_000)) == ["ARC033"]
