"""The bytes of a text file become text, with every character that deceives or gets lost told at its place.

In:  a file's name and bytes.   Out: its text (or None when it has none that can be judged) and Problems; or its bytes
repaired. Non-breaking spaces, «», “ ”, dashes, the letter apostrophe of the Mayan languages (U+02BC or ’) and
combining marks that no letter has ready-made are ordinary writing and pass.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from fichero.problems import Problem

MAX_LINE = 5_000
MAX_FOUND = 2_000  # in one file: beyond, to count them says nothing

BOM = b"\xef\xbb\xbf"
ENCODINGS = {  # the order matters: UTF-32 begins like UTF-16
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16 («Unicode» en el Bloc de notas)",
    b"\xfe\xff": "UTF-16 («Unicode big endian» en el Bloc de notas)",
}
SAVE = "guárdelo de nuevo: «Guardar como…», codificación «UTF-8»"
# The first bytes of what is not a text at all: OOXML and ODF are ZIP files.
DOCUMENTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF-")

CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
LOST = "\ufffc\ufffd\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff"
# Letters of other alphabets drawn like ours, and ornamental ones; each with the letter it is taken for.
CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdqwABEKMHOPCTYXIJS", strict=True))
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχ", "ABEZHIKMNOPTYXaikvoptux", strict=True))
ORNAMENTAL = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d7ff"
# Alphabets of which no language here has a letter: Cyrillic, Armenian, Georgian, Cherokee, Coptic, Lisu.
STRANGE = (
    "\u0400-\u052f\u0531-\u0556\u0559-\u058a\u10a0-\u10ff\u13a0-\u13fd\u1c80-\u1c8f\u1c90-\u1cbf\u1d2b\u2c80-\u2cff"
    "\u2de0-\u2dff\ua4d0-\ua4ff\ua640-\ua69f\uab70-\uabbf"
)
LIKE_OURS = f"{''.join(CYRILLIC)}{''.join(GREEK)}{ORNAMENTAL}"
# UTF-8 read as Windows-1252 or Latin-1: the first byte of a letter shows as Â, Ã, â…, those that follow as these.
FOLLOWING = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
TWICE = re.compile(
    rf"(?:Ã(?!»)[{FOLLOWING}]|Â[\x80-\xbf]|â[\x80-\x9f€‚ƒ„…†‡ˆ‰Š‹Œ•–—™][{FOLLOWING}]|Ê¼|ï»¿|ðŸ[{FOLLOWING}]{{2}})+"
)

WINDOWS = re.compile(rb"[^\x81\x8d\x8f\x90\x9d]*")  # the bytes that Windows-1252 gives no letter

SUSPICIOUS = re.compile(f"[{CONTROL}{DIRECTION}{INVISIBLE}{LOST}{LIKE_OURS}{STRANGE}ÃÂâÊïð]")
UNSEEN = re.compile(f"[{CONTROL}{DIRECTION}{INVISIBLE}]")
GONE = re.compile(f"[{LOST}]")
LOOK_ALIKE = re.compile(f"[{LIKE_OURS}]")
OF_ANOTHER_ALPHABET = re.compile(f"[{STRANGE}]")
WORD = re.compile(r"[\w-]+")
FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
APART = re.compile(r"[^\W\d_][\u0300-\u036f]+")  # a letter and its accents; joining other signs may change them

NAMES = {
    "\u00ad": "un guion opcional",
    "\u200b": "un espacio de ancho cero",
    "\u200c": "un separador de ancho cero",
    "\u200d": "un unidor de ancho cero",
    "\u2060": "un unidor de palabras",
    "\u2800": "un espacio de braille",
    "\u2028": "un salto de línea que los editores no muestran",
    "\u2029": "un salto de párrafo que los editores no muestran",
    "\x85": "un salto de línea que los editores no muestran",
    "\ufeff": "una marca BOM en medio del texto",
}


def read_text(archivo: str, content: bytes) -> tuple[str | None, list[Problem]]:
    """The text of a file, with line ends as "\\n" and each accent in its letter.

    No character that cannot be seen is left in it: a dot takes its place (a space, that of an odd line end), so that
    every column stays. There is no text when the bytes are not UTF-8, when they say nothing, or when a line is longer
    than MAX_LINE.
    """
    found: list[Problem] = []
    if content.startswith(BOM):
        mensaje = "el archivo empieza con una marca invisible (BOM)"
        fix = "guárdelo como «UTF-8» sin BOM, o use «revisar --arreglar»"
        found.append(Problem(archivo, 1, 1, "ARC003", mensaje, fix))
        content = re.sub(rb"\A(?:\xef\xbb\xbf)+", b"", content)
    if content.startswith(DOCUMENTS):
        mensaje, fix = (
            "no es un texto: es un documento de Word o de otro programa",
            "ábralo ahí y copie el texto en un .md",
        )
        return None, [*found, Problem(archivo, 1, 1, "ARC001", mensaje, fix)]
    encoding = _other_encoding(content)
    if encoding:
        return None, [*found, Problem(archivo, 1, 1, "ARC001", f"el archivo está guardado como {encoding}", SAVE)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [*found, _not_utf8(archivo, content, error)]
    if not text.strip():
        fix = "escriba su contenido, o bórrelo"
        return None, [*found, Problem(archivo, 1, 1, "ARC017", "el archivo está vacío", fix)]
    if "\r" in text:
        found += _line_ends(archivo, text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    too_long = [] if archivo.endswith(".svg") else list(_long_lines(archivo, lines))
    found += too_long[:MAX_FOUND]
    if SUSPICIOUS.search(text):
        for index, line in enumerate(lines):
            if len(found) < MAX_FOUND and SUSPICIOUS.search(line):
                found += islice(_in_line(archivo, line, index + 1), MAX_FOUND)
                if not too_long:
                    lines[index] = UNSEEN.sub(_left_in_its_place, line)
        text = "\n".join(lines)
    if too_long:
        return None, found
    if not unicodedata.is_normalized("NFC", text):
        found.append(_apart(archivo, lines))
        text = unicodedata.normalize("NFC", text)
    return text, found


def repaired(content: bytes, markdown: bool = True) -> tuple[bytes, list[str]]:
    """The bytes with what is safe to repair repaired, and what was done, in Spanish; what is not UTF-8 stays as it is.

    The two spaces that end a line of a paragraph are a line break in Markdown, and what is inside a code fence is
    shown as it is: both stay. So do blanks after a backslash, which would join the line end.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content, []
    done: list[str] = []

    def become(new: str, what: str) -> str:
        if new != text:
            done.append(what)
        return new

    text = become(text.lstrip("\ufeff"), "quitada la marca invisible del principio (BOM)")
    text = become(text.replace("\r\n", "\n").replace("\r", "\n"), "finales de línea «LF»")
    joined = APART.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    text = become(joined, "cada tilde unida a su letra")
    text = become("\n".join(_without_trailing_blanks(text.split("\n"), markdown)), "quitados los espacios al final")
    text = become(f"{text}\n" if text and not text.endswith("\n") else text, "agregado el fin de la última línea")
    return text.encode("utf-8"), done


def look_alike(word: str) -> tuple[int, str] | None:
    """The place, from 0, and the description of the first letter that is not what it looks like."""
    match = LOOK_ALIKE.search(word)
    if not match:
        return None
    char = match[0]
    other = _taken_for(char)
    kind = "cirílica" if char in CYRILLIC else "griega" if char in GREEK else "de adorno"
    return match.start(), f"la letra {match.start() + 1} de «{word}» es una «{char}» {kind}, no la «{other}»"


def as_it_looks(text: str) -> str:
    """The text with the letters that its letters of other alphabets are taken for: «асerca» → "acerca"."""
    return LOOK_ALIKE.sub(lambda match: _taken_for(match[0]), text)


def _taken_for(char: str) -> str:
    return CYRILLIC.get(char) or GREEK.get(char) or unicodedata.normalize("NFKC", char)


def _other_encoding(content: bytes) -> str | None:
    for mark, name in ENCODINGS.items():
        if content.startswith(mark):
            return name
    # UTF-16 without its mark: in a Western text, one of each two bytes is zero.
    sample = content[:2_000]
    zeros = sorted(half.count(0) / len(half) for half in (sample[::2], sample[1::2]) if len(half) > 3)
    return "UTF-16" if zeros and zeros[0] < 0.1 and zeros[-1] > 0.6 else None


def _not_utf8(archivo: str, content: bytes, error: UnicodeDecodeError) -> Problem:
    """What is at the first byte that is not UTF-8."""
    before = content[: error.start].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    byte = content[error.start : error.start + 1]
    mensaje, fix = f"hay un byte que no es UTF-8 (0x{byte.hex().upper()})", SAVE
    # One byte alone at the end may be a letter of Windows, unless the letters before it were UTF-8.
    if error.reason == "unexpected end of data" and (len(content) - error.start > 1 or not before.isascii()):
        mensaje, fix = "el archivo está cortado: le falta el final de su última letra", "vuelva a copiarlo entero"
    elif WINDOWS.fullmatch(content):
        mensaje = (
            f"hay una «{byte.decode('cp1252')}» que no es UTF-8: parece guardado como ANSI (Windows-1252 o Latin-1)"
        )
    return Problem(archivo, *_place(before, len(before)), "ARC001", mensaje, fix)


def _line_ends(archivo: str, text: str) -> Iterator[Problem]:
    """The first line end of each kind that is not "\\n"."""
    fix = "guárdelo con finales de línea «LF», o use «revisar --arreglar»"
    for codigo, shape, mensaje in (
        ("ARC008", r"\r\n", "las líneas terminan como en Windows (CRLF)"),
        ("ARC009", r"\r(?!\n)", "las líneas terminan con un retorno suelto (CR), que casi ningún programa entiende"),
    ):
        if end := re.search(shape, text):
            before = re.sub("\r\n?", "\n", text[: end.start()])
            yield Problem(archivo, *_place(before, len(before)), codigo, mensaje, fix)


def _long_lines(archivo: str, lines: list[str]) -> Iterator[Problem]:
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            fix = f"pártala en párrafos: el máximo es {MAX_LINE}"
            yield Problem(archivo, number, MAX_LINE + 1, "ARC016", f"la línea tiene {len(line)} caracteres", fix)


def _in_line(archivo: str, line: str, number: int) -> Iterator[Problem]:
    """What deceives in one line."""

    def problem(codigo: str, at: int, mensaje: str, arreglo: str) -> Problem:
        return Problem(archivo, number, at + 1, codigo, mensaje, arreglo)

    twice: list[tuple[int, int]] = []
    for match in TWICE.finditer(line):
        read = _read_twice(match[0])
        if read:
            twice.append(match.span())
            before = re.findall(r"\w*$", line[max(0, match.start() - 20) : match.start()])[0]
            after = re.findall(r"\w*", line[match.end() : match.end() + 20])[0]
            wrong, right = f"{before}{match[0]}{after}", f"{before}{read}{after}"
            fix = f"escriba «{right}»; si hay muchas, vuelva a copiar el texto desde su origen"
            yield problem("ARC015", match.start(), f"«{wrong}» es un texto codificado dos veces", fix)
    line = TWICE.sub(lambda match: "·" * len(match[0]) if match.span() in twice else match[0], line)
    for match in UNSEEN.finditer(line):
        if not joins_symbols(match):
            yield problem(*_unseen(line, match.start()))
    for match in GONE.finditer(line):
        if match[0] == "\ufffd":
            yield problem("ARC018", match.start(), "aquí se perdió una letra («\ufffd»)", "escriba la letra que falta")
        else:
            mensaje = f"el signo {_code(match[0])} solo se ve con la letra de su computadora"
            yield problem(
                "ARC018", match.start(), mensaje, "cámbielo por un guion, una viñeta de Markdown o una palabra"
            )
    for word in WORD.finditer(line):
        like, strange = look_alike(word[0]), OF_ANOTHER_ALPHABET.search(word[0])
        mixed = bool(re.search("[A-Za-z]", word[0]))
        alone = strange and not _is_quoted(line, *word.span())
        if like and (mixed or alone or "de adorno" in like[1]):
            yield problem("ARC013", word.start() + like[0], like[1], "bórrela y escríbala con su teclado")
        elif strange and (mixed or alone):
            mensaje = f"la letra {strange.start() + 1} de «{word[0]}» es de otro alfabeto: «{strange[0]}»"
            fix = "escríbala con su teclado; si es de otro idioma, márquela: «*palabra*{lang=ru}»"
            yield problem("ARC013", word.start() + strange.start(), mensaje, fix)


def _is_quoted(line: str, start: int, end: int) -> bool:
    """Whether a word of another alphabet is in a sentence of it, or marked as of another language."""
    beside = (re.search(r"\w+(?=\W*$)", line[max(0, start - 40) : start]), re.search(r"\w+", line[end : end + 40]))
    marked = re.match(r"[^\W_]*[*_]+\{lang=", line[end : end + 40])
    return bool(marked) or any(word and OF_ANOTHER_ALPHABET.search(word[0]) for word in beside)


def _unseen(line: str, at: int) -> tuple[str, int, str, str]:
    """Code, place, message and fix of a character that cannot be seen."""
    char = line[at]
    left = re.findall(r"\w*\W?$", UNSEEN.sub("", line[max(0, at - 20) : at]))[0].strip()
    fix = f"bórrelo: está después de «{left}»" if left else "bórrelo: está al principio de la línea"
    name = f"{NAMES[char]} ({_code(char)})" if char in NAMES else _code(char)
    if re.match(f"[{CONTROL}]", char):
        return "ARC010", at, f"hay un carácter de control: {name}", fix
    if re.match(f"[{DIRECTION}]", char):
        return "ARC011", at, f"hay una marca que cambia el sentido de la lectura: {name}", fix
    return "ARC012", at, f"hay un carácter invisible: {name}", fix


def _left_in_its_place(match: re.Match[str]) -> str:
    """What takes the place of a character that cannot be seen: a dot, so that no space is told as doubled."""
    if joins_symbols(match):
        return match[0]
    return " " if match[0].isspace() else "·"


def joins_symbols(match: re.Match[str]) -> bool:
    """Whether a variation selector or joiner is where Unicode puts it: after a symbol or, the joiner, between two."""
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    follows = _is_symbol(before) or before in ("\ufe0f", "\u203c", "\u2049")
    if match[0] in "\ufe0e\ufe0f":
        return follows or after == "\u20e3"  # a key: 1, variation selector, frame
    if match[0] == "\u2800":  # the blank of Braille, among its other signs
        return any("\u2800" < sign <= "\u28ff" for sign in (before, after))
    return match[0] == "\u200d" and follows and _is_symbol(after)


def _is_symbol(char: str) -> bool:
    return char != "" and unicodedata.category(char).startswith("S")


def _read_twice(text: str) -> str | None:
    """What was written, from UTF-8 that somebody read as Windows-1252 or Latin-1; None when it is not that."""
    try:
        return b"".join(char.encode("latin-1" if ord(char) < 0x100 else "cp1252") for char in text).decode("utf-8")
    except UnicodeError:
        return None


def _apart(archivo: str, lines: list[str]) -> Problem:
    """The first letter whose accent is a character of its own."""
    wrong = [index for index, line in enumerate(lines) if not unicodedata.is_normalized("NFC", line)]
    line = lines[wrong[0]]
    joined = unicodedata.normalize("NFC", line)
    at = next((i for i, (a, b) in enumerate(zip(line, joined, strict=False)) if a != b), len(joined))
    mensaje = f"«{joined[at : at + 1]}» no está escrita con un solo carácter: su tilde va aparte"
    mensaje += f", aquí y en {len(wrong) - 1} líneas más" if len(wrong) > 1 else ""
    fix = "bórrela y escríbala con su teclado, o use «revisar --arreglar»"
    return Problem(archivo, wrong[0] + 1, at + 1, "ARC014", mensaje, fix)


def _without_trailing_blanks(lines: list[str], markdown: bool) -> Iterator[str]:
    fence = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        mark = FENCE.match(line) if markdown else None
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
        bare = line.rstrip(" \t")
        breaks = markdown and bare and line.endswith("  ") and following.strip()
        yield line if fence or breaks or bare.endswith("\\") else bare


def _place(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"
