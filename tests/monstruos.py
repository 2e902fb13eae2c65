"""Files that no person writes: each must end in a verdict, soon and with little memory.

A row gives a file its bytes. They press on one thing each: a parser, a regular expression, a limit.
"""

import random
import struct
import zlib

from changes import CASE, DRAWING, GLOSSARY, GUIDE, PAGE, RECIPES, REGISTER, REPORTS, SESSION, SOURCES, image

HEAD = "---\ntitulo: Otra página\nresumen: Una página más.\nrevisado: 2026-11-22\n---\n"
CARD = "---\ncodigo: M009\ntitulo: Otra\n---\n## Pasos\n\n### Uno {#paso-1 minutos=10}\n\n"
LINE = 4_900  # a little less than the longest line
BODY = 199_000  # a little less than the longest text


def body(piece: str, size: int = BODY) -> bytes:
    """A page of this piece over and over, in lines as long as they may be."""
    line = piece * (LINE // len(piece))
    count = max(1, (size - len(HEAD)) // (len(line) + 1))
    return (HEAD + "\n".join([line] * count) + "\n").encode()


def lines(piece: str, size: int = BODY) -> bytes:
    """A page with this piece in every line."""
    return (HEAD + f"{piece}\n" * ((size - len(HEAD)) // (len(piece) + 1))).encode()


def one(text: str) -> bytes:
    return (HEAD + text).encode()


def front(text: str) -> bytes:
    return f"---\n{text}\n---\nTexto.\n".encode()


def png(width: int, height: int, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG that says it is so large, with these parts."""
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)), *chunks, (b"IEND", b"")]
    made = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + made


def noise(size: int, seed: int) -> bytes:
    return random.Random(seed).randbytes(size)


BOMB = zlib.compress(b"\0" * 50_000_000, 9)

MONSTERS: dict[str, tuple[str, bytes]] = {
    # --- Bytes ---------------------------------------------------------------------------------------------------
    "zeros": (PAGE, bytes(999_999)),
    "noise": (PAGE, noise(999_999, 1)),
    "noise in a drawing": (DRAWING, noise(999_999, 2)),
    "noise in the data": (SOURCES, noise(2_999_999, 3)),
    "noise in the register": (REGISTER, noise(7_999_999, 4)),
    "noise that is UTF-8": (PAGE, noise(900_000, 5).decode("utf-8", "ignore").encode()),
    "marks of the beginning": (PAGE, b"\xef\xbb\xbf" * 333_000),
    "returns": (PAGE, b"\r" * 999_999),
    "returns of Windows in the data": (GLOSSARY, b"\r\n" * 1_499_000 + b"- id: a"),
    "marks of direction": (PAGE, body("\u202e", 190_000)),
    "tags that cannot be seen": (PAGE, body("a\U000e0041", 190_000)),
    "text encoded twice": (PAGE, body("Ã¡Â¿â€œ", 190_000)),
    "text encoded twice in one line of a drawing": (DRAWING, b"<svg>" + "Ã".encode() * 24_000),
    "a table of two million formulas": ("docs/tabla.csv", b"=1\n" * 2_600_000),
    "a PDF of thousands of packed lists": (
        "docs/acta.pdf",
        b"%PDF-1.7 " + b"1 0 obj <</ObjStm /Filter>>stream\nx\x9cendstream " * 150_000,
    ),
    "a document of thousands of entries": ("docs/acta.docx", b"PK\x03\x04" + b"PK\x01\x02" * 1_900_000),
    "Cyrillic letters": (PAGE, body("аb", 190_000)),
    "Cyrillic letters in one line of a drawing": (DRAWING, "аb".encode() * 15_000),
    "combining marks": (PAGE, lines("a" + "\u0301" * 4_800, 190_000)),
    "combining marks in one line of a drawing": (DRAWING, b"a" + ("\u0301\u0323" * 12_000).encode()),
    "one line of 1 MB": (PAGE, b"a" * 999_999),
    "one line of 3 MB in the data": (SOURCES, b"a" * 2_999_999),
    "one line of 8 MB in the register": (REGISTER, b"a" * 7_999_999),
    "a million empty lines": (PAGE, HEAD.encode() + b"\n" * 190_000),
    # --- The header ----------------------------------------------------------------------------------------------
    "50,000 brackets in the header": (PAGE, front("a: " + "[" * 50_000)),
    "200 brackets in the header": (PAGE, front("a: " + "[" * 200)),
    "a header of braces": (PAGE, front("a: " + "{a: " * 199)),
    "a header of lists in lists": (PAGE, front("- " * 2_000)),
    "a header of lists in lists, line by line": (PAGE, front("\n".join(" " * n + "-" for n in range(190)))),
    "a header of aliases": (PAGE, front("a: &a [x]\n" + "".join(f"b{n}: [*a,*a]\n" for n in range(50)))),
    "a header of questions": (PAGE, front("? " * 2_000)),
    "a header of quotes": (PAGE, front("a: " + "'" * 4_000)),
    "a header of anchors": (PAGE, front("a: " + "&a " * 1_500)),
    "a header of escapes": (PAGE, front('a: "' + "\\x41" * 1_200 + '"')),
    "a header of fields": (PAGE, front("\n".join(f"c{n}: a" for n in range(2_000)))),
    "a header that is never closed": (PAGE, b"---\n" + b"- a\n" * 49_000),
    "a header of almost closings": (PAGE, b"---\n" + b"--- -\n" * 30_000),
    "a header of sources that do not exist": (PAGE, front("fuentes:\n" + "  - fuente-que-no-existe\n" * 700)),
    "a header of relations that do not exist": (
        SESSION,
        front("codigo: M001\ndespues:\n" + "".join(f"  - metodo-{n}\n" for n in range(900))),
    ),
    "a header of one relation": (SESSION, front("codigo: M001\nen_lugar_de: [" + "aa, " * 3_000 + "a]")),
    # --- The text ------------------------------------------------------------------------------------------------
    "20,000 brackets": (PAGE, one("[" * 20_000)),
    "3,000 brackets": (PAGE, one("[" * 2_999)),
    "3,000 links": (PAGE, one("[a](b.md) \n" * 2_990)),
    "3,000 links that are not closed": (PAGE, one("[a](b " * 800 + "\n" + "[a](b \n" * 2_100)),
    "3,000 notes": (PAGE, one("[^nota-que-no-existe] \n" * 2_990)),
    "3,000 definitions": (PAGE, one("".join(f"[a{n}]: x{n}.md\n" for n in range(2_990)))),
    "brackets in brackets in a link": (PAGE, one("[[a]" * 1_000 + "\n" + "[a[b]" * 480)),
    "parentheses of a link": (PAGE, one("[a](" + "(" * 4_000)),
    "parentheses that close": (PAGE, one("[a](" + "(b)" * 1_500)),
    "spaces in a link": (PAGE, one("[a](b" + " " * 4_000 + "\n")),
    "titles of links": (PAGE, one("[a](b '" + "a' '" * 1_000)),
    "quotes in quotes": (PAGE, one(">" * 4_900)),
    "quotes in quotes in every line": (PAGE, body("> ")),
    "lists in lists": (PAGE, body("- ")),
    "lists of every kind": (PAGE, body("- 1. * + ")),
    "lists in lists, line by line": (PAGE, one("\n".join("  " * n + "- a" for n in range(440)))),
    "a table of thousands of columns": (PAGE, body("|a")),
    "a table of thousands of rows": (PAGE, one("|a|b|\n|-|-|\n" + "|a|b|\n" * 30_000)),
    "a table of columns that its rows do not have": (
        PAGE,
        one("|a" * 2_400 + "\n" + "|-" * 2_400 + "\n" + "|\n" * 90_000),
    ),
    "backticks": (PAGE, body("`")),
    "backticks of every length": (PAGE, one("\n".join("`" * n + " a" for n in range(1, 600)))),
    "backticks one by one": (PAGE, body("`a")),
    "backticks with a bar": (PAGE, body("\\`")),
    "fences": (PAGE, lines("```")),
    "fences that are not closed": (PAGE, lines("````a")),
    "fences of every length": (PAGE, one("\n".join("`" * n for n in range(3, 600)))),
    "tildes": (PAGE, body("~")),
    "asterisks": (PAGE, body("*a")),
    "asterisks in an English paragraph": (PAGE, one("a the b\n" + ("*" * LINE + "\n") * 39)),
    "asterisks and low lines": (PAGE, body("*a_ ")),
    "asterisks that open": (PAGE, body("**a *b ")),
    "low lines": (PAGE, body("_")),
    "bars": (PAGE, body("\\")),
    "references": (PAGE, body("&")),
    "references that are": (PAGE, body("&amp;")),
    "references without end": (PAGE, body("&#99999999")),
    "openings of a section that is not HTML": (PAGE, body("<![a")),
    "openings of elements": (PAGE, body("<a ")),
    "openings of elements without end": (PAGE, body("<a")),
    "openings of comments": (PAGE, body("<!--")),
    "openings of instructions": (PAGE, body("<?")),
    "less than": (PAGE, body("<")),
    "automatic links": (PAGE, body("<https://a")),
    "automatic links that are": (PAGE, body("<a@b.c>")),
    "automatic links and links that are not closed": (
        PAGE,
        one(("<a@b.c>" * 700 + "\n") * 34 + "[a](b c" * 500 + "\n" + "[a](b c\n" * 2_400),
    ),
    "links in letters of two bytes": (PAGE, one(("[ñ](ñ.md)" * 500 + "\n") * 5 + "[ñ](ñ.md)\n" * 490)),
    "titles": (PAGE, lines("## a")),
    "titles with an anchor": (PAGE, one("".join(f"## a {{#a{n}}}\n" for n in range(9_000)))),
    "titles inside titles": (PAGE, one("## Uno\n" + "### a\n" * 32_000)),
    "signs of a title": (PAGE, body("#")),
    "signs of a title and spaces": (PAGE, body("# ")),
    "a title of spaces": (PAGE, lines("## a" + " " * 4_800 + "b")),
    "a title of braces": (PAGE, lines("## a " + "{" * 4_800)),
    "a title with attributes": (PAGE, lines("## a {" + "a " * 2_400 + "}")),
    "a title of almost braces": (PAGE, lines("## a" + " {a}" * 1_200 + "b")),
    "braces": (PAGE, body("{")),
    "marks of language": (PAGE, body("*a*{lang=quc}")),
    "marks of language that are not closed": (PAGE, body("*a*{lang=")),
    "lines under a title": (PAGE, lines("a\n---")),
    "spaces": (PAGE, body(" ")),
    "tabulators": (PAGE, body("\t")),
    "spaces at the end of lines": (PAGE, lines("a" + " " * 4_800)),
    "blank lines of spaces": (PAGE, lines(" " * 4_800)),
    "words": (PAGE, body("a'")),
    "points of an ellipsis": (PAGE, one(("." * LINE + "\n") * 38 + "a\n")),
    "words of points": (PAGE, body("a.")),
    "a word": (PAGE, body("a")),
    "images": (PAGE, one("![a](x.png)\n" * 2_990)),
    "steps": (SESSION, (CARD + "### Uno {#paso-1 minutos=10}\n\nDiga: a\n\nListo cuando a\n\n" * 2_800).encode()),
    "a step of labels": (SESSION, (CARD + "Diga: a\n\n" * 20_000).encode()),
    "minutes of 4,000 digits": (SESSION, (CARD.replace("=10", f"={'9' * 4_000}")).encode()),
    "sections": (CASE, ("---\ncodigo: C009\n---\n" + "## Resultados\n\nAlgo pasó ahí.\n\n" * 6_000).encode()),
    "tasks": (GUIDE, (HEAD + "## Uno {#etapa-1 semanas=1}\n\n" + "- [ ] a\n" * 22_000).encode()),
    "tasks in one paragraph": (GUIDE, (HEAD + "## Uno {#etapa-1}\n\n" + "- [ ] a\n\n" * 19_000).encode()),
    # --- The data and the register -------------------------------------------------------------------------------
    "a million brackets in the data": (SOURCES, b"[\n" * 1_490_000),
    "brackets in a line of the data": (SOURCES, b"[" * 4_900),
    "braces in the data": (SOURCES, b"{a: " * 1_200),
    "lists of lists in the data": (GLOSSARY, b"- " * 2_400),
    "entries in the data": (SOURCES, "".join(f"a{n}: {{titulo: a}}\n" for n in range(100_000)).encode()),
    "terms": (GLOSSARY, "".join(f"- id: a{n}\n  termino: a\n  definicion: b\n" for n in range(60_000)).encode()),
    "terms that see others that do not exist": (
        GLOSSARY,
        "".join(
            f"- id: t{n}\n  termino: Uno {n}\n  definicion: Dos.\n  fuentes: [oslo]\n  ver: [z{n}]\n"
            for n in range(9_900)
        ).encode(),
    ),
    "terms of one line": (GLOSSARY, b"- a\n" * 700_000),
    "steps of a recipe": (
        RECIPES,
        (
            "recetas:\n  r1:\n    titulo: a\n    resumen: b\n    limites: c\n    pasos:\n"
            + "".join(f"      - {{metodo: m{n}, porque: d}}\n" for n in range(40_000))
        ).encode(),
    ),
    "minutes of a report": (
        REPORTS,
        (
            "- {metodo: problema-en-una-frase, fecha: 2026-01-01, lugar: a, personas: 5, idioma: b, minutos:\n  {"
            + ",\n   ".join(f"p{n}: 5" for n in range(70_000))
            + "}}\n"
        ).encode(),
    ),
    "quotes in the data": (GLOSSARY, b"- 'a\n" * 500_000),
    "colons in the data": (GLOSSARY, b"a: a: a: a: \n" * 200_000),
    "lines of the register": (REGISTER, b"metodos/a/\t\tA\t2026-01-01\n" * 300_000),
    "as many lines of the register as there may be": (REGISTER, b"metodos/a/\t\tA\t2026-01-01\n" * 100_000),
    "wrong lines of the register": (REGISTER, b"\n" * 99_999),
    "addresses that nobody published": (
        REGISTER,
        "".join(f"metodos/{n}/\t\tA\tx\n" for n in range(100_000)).encode(),
    ),
    "tabulators in the register": (REGISTER, b"\t" * 4_000 + b"\n"),
    # --- Drawings ------------------------------------------------------------------------------------------------
    "groups in groups": (DRAWING, b"<svg>" + b"<g>" * 15_000),
    "a drawing of less than": (DRAWING, b"<svg>" + b"<" * 49_000),
    "a drawing of more than": (DRAWING, b"<svg>" + b">" * 49_000),
    "a drawing of attributes": (DRAWING, b"<svg" + b" a" * 24_000),
    "a drawing of attributes that end": (DRAWING, b"<svg" + b' d="a"' * 6_000 + b"></svg>"),
    "a drawing of quotes": (DRAWING, b"<svg" + b' d="' * 9_000),
    "a drawing of thousands of lines": (DRAWING, b"<svg>" + b'<path d="M1 1"/>\n' * 2_900 + b"</svg>"),
    "a drawing of different lines": (
        DRAWING,
        ("<svg>" + "".join(f'<path d="M{n} 1"/>' for n in range(2_000)) + "</svg>").encode(),
    ),
    "a drawing of entities": (DRAWING, b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>'),
    # --- Images --------------------------------------------------------------------------------------------------
    "an image of noise": ("docs/foto.png", noise(499_999, 6)),
    "a photograph of noise": ("docs/foto.jpg", b"\xff\xd8\xff" + noise(499_000, 7)),
    "an image that says it is enormous": ("docs/foto.png", png(100_000, 100_000, (b"IDAT", b""))),
    "an image that says it is impossible": ("docs/foto.png", png(2**31 - 1, 2**31 - 1, (b"IDAT", b""))),
    "an image that grows a thousand times": ("docs/foto.png", png(7_000, 7_000, (b"IDAT", BOMB))),
    "an image with a text that grows": ("docs/foto.png", png(9, 9, (b"zTXt", b"a\0\0" + BOMB), (b"IDAT", b""))),
    "an image with a profile that grows": ("docs/foto.png", png(9, 9, (b"iCCP", b"a\0\0" + BOMB), (b"IDAT", b""))),
    "an image of 40,000 parts": ("docs/foto.png", png(9, 9, *[(b"tEXt", b"")] * 40_000)),
    "an image of 1,000 frames": ("docs/foto.webp", image("WEBP", (2, 2), frames=1_000)),
    "a photograph with a wrong camera": (
        "docs/foto.jpg",
        image("JPEG", exif={315: "a"}).replace(b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff"),
    ),
    "a photograph of the largest size": (
        "docs/foto.jpg",
        b"\xff\xd8\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0\xff\xd9",
    ),
    "a WebP of the largest size": (
        "docs/foto.webp",
        image("WEBP").replace(b"\x9d\x01\x2a\x14\0\x0a\0", b"\x9d\x01\x2a\xff\x3f\xff\x3f"),
    ),
}
