"""Rules about what a page is made of: titles, lists, images, tables, and parts that nobody has written yet.

In:  a Document.   Out: its Problems.
"""

import re
from collections.abc import Iterator

from fichero.kinds import GUIDE, Document, Manuscript
from fichero.plain_yaml import positions
from fichero.problems import Problem
from fichero.prose import prose, words
from fichero.source import CODE, checklist, without_code

MIN_ALT, MAX_ALT = 5, 250
RELATED = frozenset({"antes", "despues", "en_lugar_de", "redirige_desde"})
FILE_NAME = re.compile(
    r"(?i)[\w .()-]*\.(?:png|jpe?g|gif|svg|webp)|(?:img|dsc|image|captura|screenshot|whatsapp)[\W_]*\d[\W\d_]*"
)
USELESS_ALT = frozenset(
    [
        *"imagen foto fotografía gráfico figura dibujo ilustración logo mapa tabla esquema diagrama captura".split(),
        *("una imagen", "una foto", "captura de pantalla", "imagen de", "foto de", "image", "picture", "photo"),
    ]
)
DELIMITER = re.compile(r"\|?[ \t]*:?-+:?(?:[ \t]*\|[ \t]*:?-+:?)*[ \t]*\|?")
CELL = re.compile(r"(?<!\\)\|")
BOX = re.compile(r"[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]*(\[[ \t]?[xX]?[ \t]?\])(?![(\[:])")
FILLER = re.compile(
    r"(?:…|\.{3,}+|TODO|TBD|X{3,}|N/A|(?i:pendiente|por (?:escribir|hacer|definir|llenar|completar)))[.:… ]*"
    r"|(?:TODO|TBD|FIXME):.*|\[?(?i:completar|llenar|escribir aquí)\]?[.… ]*|(?i:.*\blorem ipsum\b.*)"
)
IMAGE_BY_NAME = re.compile(r"!\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\[[^\[\]]*\]")  # its address is elsewhere in the page
# What FILLER and FOREIGN_MARKS cannot do without: most bodies have none of it, and are not looked at twice.
MAY_BE_FILLER = re.compile(
    r"(?i)…|\.{3}|todo|tbd|fixme|xxx|n/a|pendiente|por (?:escribir|hacer|definir|llenar|completar)"
    r"|completar|llenar|escribir aquí|lorem"
)
MAY_BE_FOREIGN = re.compile(
    r"(?m)\[\^[^\[\]\n ,;]*+[ ,;]|\^\[|\[@|\[\[|~~|==|^[ \t]*+(?:!!!|\?\?\?|:::)|\{[{%]|\[TOC\]|[)\]*_]\{"
)
# What other programs read and ours shows as it was typed, with what to write here.
FOREIGN_MARKS = {
    re.compile(r"\[\^(?=[^\[\]\n]*+\])[^\[\]\n ,;]*+[ ,;][^\[\]\n]*+\]"): (
        "una nota lleva una sola fuente, sin espacios: «[^una][^otra]»"
    ),
    re.compile(r"\^\[[^\[\]\n]+\]|\[@[^\[\]\n]+\]"): "escriba «[^fuente]», y la fuente en la bibliografía",
    re.compile(r"\[\[[^\[\]\n]+\]\]"): "el enlace se escribe «[texto](archivo.md)»",
    re.compile(r"(?<!~)~~(?=[^\s~])[^~\n]+~~(?!~)"): "borre lo que ya no vale",
    re.compile(r"(?<!=)==(?=[^\s=])[^=\n]+==(?!=)"): "para resaltar use «**texto**»",
    re.compile(r"(?m)^[ \t]*(?:!!!|\?\?\?\+?|:::)[ \t]*\w.*$"): "escríbalo como un párrafo, o como cita con «> »",
    re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\[TOC\]"): "bórrela: aquí no hay órdenes para el sitio",
    re.compile(r"(?<=[)\]*_])\{(?!lang=)[^{}\n]*\}"): "borre lo que está entre llaves",
    re.compile(r"(?<=[*_])\{lang=(?![a-zA-Z-]+\})[^{}\n]*\}"): "la lengua va sin comillas: «*palabra*{lang=quc}»",
}


def says_nothing(text: str) -> bool:
    """Whether a section holds no word, nor a mark of something to be written: a rule, a bullet, a blank."""
    return not text[:1].isalpha() and not words(text) and "…" not in text and "..." not in text


def repeated_titles(document: Manuscript) -> Iterator[Problem]:
    """No two H2 or H3 of a page say the same; a fixed title twice is told as out of its place."""
    seen: dict[str, int] = {}
    for section in document.source.headings:
        title = re.sub(r"\s+", " ", section.title).casefold()
        if title in seen and section.title not in document.kind.sections:
            message = f"el título «{section.title}» ya está en la línea {seen[title]}"
            yield document.source.problem("EST008", message, "diga en cada uno qué tiene de distinto", section.line)
        seen.setdefault(title, section.line)


def repeated_values(document: Manuscript) -> Iterator[Problem]:
    """No list of the header says the same twice; relations and old addresses have rules of their own."""
    source = document.source
    for name, values in source.fields.items():
        seen: set[str] = set()
        for index, value in enumerate(values if isinstance(values, list) and name not in RELATED else ()):
            plain = re.sub(r"\s+", " ", value).strip().casefold() if isinstance(value, str) else ""
            if plain in seen:
                place = source.place(name, index)
                yield source.problem("FM023", f"{name}: «{value}» está dos veces", "deje una", place)
            seen |= {plain} if plain else set()


def image_texts(document: Manuscript) -> Iterator[Problem]:
    """Each image has a text that says what it shows."""
    source = document.source
    place = positions(source.body, source.body_line)
    named = IMAGE_BY_NAME.finditer(without_code(source.body)) if "][" in source.body else ()
    images = [(image.text, (image.line, image.column)) for image in source.links if image.image]
    images += [(match[1], place(match.start())) for match in named]
    for typed, at in images:
        text = re.sub(r"[*_`]", "", typed).strip()
        fix = "escriba entre los corchetes qué enseña, en una frase: «![Mapa con las tres tomas de agua](…)»"
        wrong = None
        if not text:
            wrong = "la imagen no tiene un texto que la reemplace"
        elif text.casefold().strip(" .") in USELESS_ALT or FILE_NAME.fullmatch(text) or len(text) < MIN_ALT:
            wrong = f"«{text}» no dice qué enseña la imagen"
        elif len(text) > MAX_ALT:
            wrong = f"el texto de la imagen tiene {len(text)} caracteres"
            fix = f"déjelo en {MAX_ALT}, y cuente el resto debajo"
        if wrong:
            yield source.problem("EST009", wrong, fix, at)


def closed_code(document: Manuscript) -> Iterator[Problem]:
    """A block of code ends: what follows one that does not would be shown as code, titles included."""
    source = document.source
    for match in CODE.finditer(source.body) if "```" in source.body or "~~~" in source.body else ():
        fence, last = match[1], match[0].rstrip().rpartition("\n")[2].strip()
        if fence and not (len(last) >= len(fence) and not last.strip(fence[0]) and "\n" in match[0].strip()):
            at = positions(source.body, source.body_line)(match.start(1))
            fix = f"escriba «{fence}» en la línea que sigue a la última del bloque, o borre esta"
            yield source.problem("EST023", "este bloque de código no se cierra", fix, at)


def marks_of_other_programs(document: Manuscript) -> Iterator[Problem]:
    """A mark that this site does not know would be read as it was typed."""
    source = document.source
    plain = without_code(source.body)
    place = positions(source.body, source.body_line)
    for mark, fix in FOREIGN_MARKS.items() if MAY_BE_FOREIGN.search(plain) else ():
        for match in mark.finditer(plain):
            message = f"«{match[0].strip()[:60]}» se vería tal como está escrito"
            yield source.problem("EST024", message, fix, place(match.start()))


def tables(document: Manuscript) -> Iterator[Problem]:
    """A table has a title in each column, and as many cells in each row."""
    source = document.source
    if "|" not in source.body:
        return
    rows: list[str] = []
    plain = without_code(source.body).split("\n")
    # A bar between «`» also parts two cells, so cells are counted as typed; a line of a block of code is blank here.
    for number, (bare, line) in enumerate(zip([*plain, ""], [*source.body.split("\n"), ""], strict=True)):
        if "|" in line and bare.strip() and (rows or not line.lstrip().startswith(("-", "*", ">"))):
            rows.append(line)
            continue
        first = source.body_line + number - len(rows)
        if len(rows) > 1 and "-" in rows[1] and DELIMITER.fullmatch(rows[1].strip()):
            yield from _table(document, rows, first)
        elif len(rows) > 1 and all(row.lstrip().startswith("|") for row in rows[:2]):
            count = len(_cells(rows[0]))
            fix = f"debajo de los títulos de las columnas escriba «|{' --- |' * count}»"
            yield source.problem("EST010", "la tabla no tiene la línea que separa sus títulos", fix, first)
        rows = []


def _table(document: Manuscript, rows: list[str], first_line: int) -> Iterator[Problem]:
    titles = _cells(rows[0])
    # The first may be blank where the column holds the titles of the rows.
    if not any(titles) or not all(titles[1:]):
        fix = "escriba en la primera fila qué es cada columna"
        yield document.source.problem("EST010", "la tabla no tiene títulos de columna", fix, first_line)
    for number, row in enumerate(rows[1:], first_line + 1):
        count = len(_cells(row))
        if count != len(titles):
            message = f"la fila tiene {count} celdas y la tabla, {len(titles)} columnas"
            yield document.source.problem("EST011", message, "ponga una celda por columna, separadas con «|»", number)


def _cells(row: str) -> list[str]:
    """The cells of a row; the bars at both ends are optional."""
    cells = [cell.strip() for cell in CELL.split(row.strip())]
    return cells[1 if row.strip().startswith("|") else 0 : -1 if len(cells) > 1 and not cells[-1] else None]


def boxes(document: Manuscript) -> Iterator[Problem]:
    """A box to tick is drawn in the checklists of a guide alone; elsewhere its brackets would be read."""
    source, guide = document.source, document.kind is GUIDE
    if "[" not in source.body:
        return
    titles = {section.line for section in source.headings}
    paragraph: list[str] = []
    for number, line in enumerate([*without_code(source.body).split("\n"), ""], source.body_line):
        if line.strip() and number not in titles:
            paragraph.append(line)
            continue
        first = number - len(paragraph)
        drawn = guide and first > min(titles, default=first) and checklist("\n".join(paragraph))
        found = [] if drawn else [(at, box) for at, typed in enumerate(paragraph, first) if (box := BOX.match(typed))]
        for at, box in found[:1]:
            fix = "quite los corchetes: las casillas para marcar van en las guías"
            if guide:
                fix = "deje una línea vacía antes y escriba así cada punto, desde el margen: «- [ ] El acta existe.»"
            yield source.problem("EST014", "esta casilla no se podría marcar", fix, (at, box.start(1) + 1))
        paragraph = []


def unwritten(document: Document) -> Iterator[Problem]:
    """What is published holds nothing to be filled in; a draft may."""
    if not document.published:
        return
    source = document.source
    fix = "escríbalo, o bórrelo"
    place = positions(source.body, source.body_line)
    for block in prose(source.body).blocks if MAY_BE_FILLER.search(source.body) else ():
        text = re.sub(r"\s+", " ", block.text).strip()
        if FILLER.fullmatch(text):
            lead = len(block.text) - len(block.text.lstrip())
            yield source.problem("EST013", f"«{text[:60]}» es texto de relleno", fix, place(block.start + lead))
    for name, value in source.fields.items():
        for index, item in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(item, str) and FILLER.fullmatch(item):
                at = source.place(name, index) if isinstance(value, list) else source.place(name)
                yield source.problem("EST013", f"{name}: «{item[:60]}» es texto de relleno", fix, at)
