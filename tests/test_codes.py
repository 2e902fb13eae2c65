"""Every code the checker can print: planted alone in a valid site, it is told at its exact place.

The sign ▶ points at the line and column to which the person is sent (see tests/changes.py).
"""

import datetime
import os
import re
import shutil
from pathlib import Path

import pytest
from changes import (
    CASE,
    GLOSSARY,
    GUIDE,
    PAGE,
    PICTURE,
    PROCESS,
    RECIPES,
    REGISTER,
    REPORTS,
    SESSION,
    SOURCES,
    VOCABULARIES,
    Change,
    Place,
    append,
    at,
    content,
    copy,
    cut,
    delete,
    image,
    office,
    picture,
    replace,
    revisar,
    symlink,
    write,
)

from fichero.pipeline import check
from fichero.problems import as_text, codes
from fichero.read import Base

PROBLEMS = Path(__file__).resolve().parent / "problems"
SITE = Path(__file__).resolve().parent / "site"
BOM = b"\xef\xbb\xbf"
GPS = {34853: {1: "N", 2: (14.0, 37.0, 0.0)}}  # the EXIF field GPSInfo, with a latitude
DRAWING = "methods/dibujos/x.svg"
CORE = Path(__file__).resolve().parent.parent / "hooks" / "fichero"

# What the untouched site says: the second card is short, and nothing has been published yet.
TODAY = datetime.date(2026, 11, 29)
ALWAYS = [(REGISTER, 1, "REG002"), (PROCESS, 28, "FIC003")]

AVISOS = {
    *("EST022", "PAS007", "PAS008", "PAS009", "PAS010", "FIC002", "FIC003", "FIC004", "FIC008", "FEC002", "FEC003"),
    *("REL004", "FUE002", "FUE003", "REG002", "REG004", "USO007", "ENL007", "PRO001", "PRO006"),
    *("EST012", "IDI001", "IDI002", "IDI003", "IDI004", "IDI005", "LEC001", "DAT004", "DAT006"),
    *("ARC008", "ARC014", "ARC022", "ARC023"),
}

# Codes that no content can produce today, and why.
UNREACHABLE = {
    **dict.fromkeys(("PUB001", "PUB002", "PUB003", "PUB004"), "said of a built site alone: tests/test_published.py"),
    "ARC030": "the program itself must fail: tests/test_limits.py makes it",
}

# Told of the text of a form, not of content: planted in tests/test_forms.py.
OF_FORMS = {"FRM001", "FRM002", "FRM003", "FRM004", "FRM005"}

NEW_PAGE = "---\ntitulo: Otra página\nresumen: Una página más.\nrevisado: 2026-11-22\n---\nTexto.\n"
POINTED_PAGE = NEW_PAGE.replace("titulo", "▶titulo")
DRAFT = copy(
    PROCESS, "methods/borrador.md", ("codigo: M002", "codigo: M003"), ("estado: publicado", "estado: borrador")
)
SHORT_DRAFT = at("methods/borrador.md", 28, 1)  # FIC003: it is as short as the card it comes from
TITLE_1 = "### Ponga los datos a la vista"
STEP_1 = f"{TITLE_1} {{#paso-1 minutos=10-15}}"
STAGE_3 = "### Decida con los criterios en la mano {#paso-3 semanas=1}"
FIRST = "- metodo: problema-en-una-frase\n        veces: 2-3\n"
LAST = "{respuesta: No, receta: decir-y-probar}"
LIMITS = "    limites: No amplía"
LIMITS_1 = "    limites: No dice a cuántas personas les pasa.\n"
DEEPER = (
    "{respuesta: Sí, ▶pregunta: ¿Qué más?, respuestas: "
    "[{respuesta: Uno, receta: probar-y-decir}, {respuesta: Dos, receta: decir-y-probar}]}\n              -"
)
TIMELINE = "docs/_datos/cronologia.yml"
MILESTONE = "- ▶fecha: 2014-05\n  que: Algo pasó.\n  fuentes: [camacho-2001]\n"
CSV = "encargados.csv"
PRIVATE = "una.persona" + "@gmail.com"
HARD = (
    "La institucionalización interinstitucional de procedimientos administrativos descentralizados, caracterizada por "
    "particularidades organizacionales heterogéneas, imposibilita la consolidación de responsabilidades y obstaculiza "
    "sistemáticamente la coordinación intersectorial indispensable para la implementación de intervenciones "
) * 3
REPORT = (
    "- metodo: problema-en-una-frase\n  fecha: 2026-04-01\n  lugar: biblioteca\n  personas: 7\n"
    "  idioma: español\n  minutos: {paso-1: 15}\n"
)
NEW_SOURCE = "nueva-2020:\n  titulo: Nueva\n  autoria: Alguien\n  tipo: libro\n"


def page(body: str) -> Change:
    """The site's page ends with this text."""
    return append(PAGE, f"\n{body}\n")


def front(line: str) -> Change:
    """The site's page has this line more in its header."""
    return replace(PAGE, "revisado: 2026-11-22", f"{line}\nrevisado: 2026-11-22")


def asset(archivo: str) -> Change:
    """A file more: the mistake is the file itself."""
    return content(archivo, b"a", 1, 1)


def mode(archivo: str, bits: int) -> Change:
    """The file has these permissions."""

    def change(root: Path) -> list[Place]:
        (root / archivo).chmod(bits)
        return [(archivo, 1, 1)]

    return change


def pipe(archivo: str) -> Change:
    """The file is a pipe, that nobody writes to: opening it would wait for ever."""

    def change(root: Path) -> list[Place]:
        os.mkfifo(root / archivo)
        return [(archivo, 1, 1)]

    return change


def recipes(*pairs: tuple[str, str]) -> Change:
    """The recipes say the second of each pair where they said the first."""
    return copy(RECIPES, RECIPES, *pairs)


def report(*pairs: tuple[str, str]) -> Change:
    """There is a report of use more, which says the second of each pair where the usual one says the first."""
    text = REPORT
    for old, new in pairs:
        assert text.count(old) == 1, f"the report says «{old}» {text.count(old)} times"
        text = text.replace(old, new)
    return append(REPORTS, text)


def register(*lines: str) -> Change:
    """The register of published addresses has these lines."""
    return write(REGISTER, "".join(f"{line}\n" for line in lines))


LINE = "acerca/\t\tAcerca de este sitio\t2026-01-01"
OTHER = "acerca/\tlicencia\tLicencia\t2026-01-01"
COPY = write("docs/otra.md", NEW_PAGE)


def copy_of(old: str, new: str) -> Change:
    """The text of a file of the site, under another name, and the link to it."""

    def change(root: Path) -> list[tuple[str, int, int]]:
        text = (SITE / old).read_text(encoding="utf-8")
        replace(SESSION, Path(old).name, Path(new).name)(root)
        return write(new, text)(root)

    return change


# A mistake, the codes that tell it in the order of their places, and how to make it.
PLANTED: list[tuple[str, str, tuple[Change, ...]]] = [
    # --- The file ----------------------------------------------------------------------------------------------
    ("a file in Latin-1", "ARC001", (content(PAGE, b"---\ntitulo: Se\xf1as\n---\n", 2, 11),)),
    ("a drawing in Latin-1", "ARC001", (content("methods/dibujos/x.svg", b"<svg>\n\xf1</svg>", 2, 1),)),
    ("a register in Latin-1", "ARC001", (content(REGISTER, b"a/\t\tA\t2026-01-01\nb/\t\t\xc1\t2026-01-01\n", 2, 5),)),
    ("a file in UTF-16", "ARC001", (content(PAGE, NEW_PAGE.encode("utf-16"), 1, 1),)),
    ("a file in UTF-16 without its mark", "ARC001", (content(PAGE, NEW_PAGE.encode("utf-16-le"), 1, 1),)),
    (
        "a file cut in its last letter",
        "ARC001",
        (content(PAGE, f"{NEW_PAGE}Más de m".encode() + b"\xc3", 7, 9),),
    ),
    ("an enormous file", "ARC002", (content(PAGE, b"---\ntitulo: A\n---\n" + b"a \n" * 70_000, 1, 1),)),
    ("a file that is not even opened", "ARC002", (content(PAGE, b"a" * 8_000_001, 1, 1),)),
    ("an enormous header", "ARC002", (content(PAGE, b"---\nresumen: |\n" + b"  a\n" * 6_000 + b"---\n", 1, 1),)),
    ("a header full of brackets", "ARC002", (content(PAGE, b"---\nfuentes: " + b"[" * 201 + b"\n---\n", 1, 1),)),
    ("a text full of brackets", "ARC002", (content(PAGE, b"---\ntitulo: A\n---\n" + b"[" * 3_001, 4, 1),)),
    ("an invisible mark at the start", "ARC003", (content(PAGE, b"\xef\xbb\xbf" + NEW_PAGE.encode(), 1, 1),)),
    (
        "data with an invisible mark",
        "ARC003",
        (content(GLOSSARY, BOM + (SITE / GLOSSARY).read_bytes(), 1, 1),),
    ),
    ("a symbolic link", "ARC004", (symlink(PAGE, "/etc/hostname"),)),
    ("a symbolic link to nothing", "ARC004", (symlink(PAGE, "no-existe.md"),)),
    ("a linked asset", "ARC004", (symlink("docs/otra.csv", "encargados.csv"),)),
    ("linked data", "ARC004", (symlink(GLOSSARY, "/etc/hostname"),)),
    ("data linked to nothing", "ARC004", (symlink(SOURCES, "no-existe.yml"),)),
    ("a linked drawing", "ARC004", (symlink("methods/dibujos/x.svg", "no-existe.svg"),)),
    ("a linked register", "ARC004", (symlink(REGISTER, "/etc/hostname"),)),
    ("a name with a space", "ARC005", (write("docs/Otra página.md", POINTED_PAGE),)),
    ("a name with Cyrillic letters", "ARC005", (write("docs/\u0430\u0441erca.md", POINTED_PAGE),)),
    ("a folder with a capital letter", "ARC005", (write("docs/Manuales/uno.md", POINTED_PAGE),)),
    (
        "a name that a list uses",
        "ARC006 FIC003",
        (
            copy(
                PROCESS, "methods/fase.md", ("codigo: M002", "▶codigo: M003"), ("publicado\n---\n", "borrador\n---\n▶")
            ),
        ),
    ),
    ("a page that is generated", "ARC007", (write("docs/metodos/index.md", POINTED_PAGE),)),
    ("a page at a generated address", "ARC007", (write("docs/metodos.md", POINTED_PAGE),)),
    (
        "two files at one address",
        "ARC007",
        (write("docs/red.md", NEW_PAGE), write("docs/red/index.md", POINTED_PAGE)),
    ),
    ("lines that end as on Windows", "ARC008", (content(PAGE, NEW_PAGE.replace("\n", "\r\n").encode(), 1, 4),)),
    ("a line that ends as on no system", "ARC009", (content(PAGE, f"{NEW_PAGE}Uno.\rDos.\n".encode(), 7, 5),)),
    ("a control character in the header", "ARC010", (replace(PAGE, "Un sitio pequeño", "Un sitio ▶\x07pequeño"),)),
    ("a zero in the text", "ARC010", (page("Uno.\n\nDos▶\x00 y tres."),)),
    ("a line end that no editor shows", "ARC010", (page("Uno▶\u2028dos."),)),
    (
        "a control character in the data",
        "ARC010",
        (replace(GLOSSARY, "Medida que", "Medida▶\x9f que"),),
    ),
    ("a mark that reverses the line", "ARC011", (replace(PAGE, "titulo: Acerca", "titulo: ▶\u202eAcerca"),)),
    ("two marks of direction", "ARC011 ARC011", (page("Uno ▶\u2067dos▶\u2069."),)),
    (
        "a mark of direction in a drawing",
        "ARC011",
        (write(DRAWING, "<svg><title>A▶\u200f</title></svg>"),),
    ),
    ("a space of no width", "ARC012", (replace(PAGE, "titulo: Acerca", "titulo: Acer▶\u200bca"),)),
    ("a soft hyphen", "ARC012", (page("Una partici▶\u00adpación."),)),
    ("an invisible mark inside", "ARC012", (page("Uno.\n\n▶\ufeffDos."),)),
    ("a letter from the block of tags", "ARC012", (page("Uno▶\U000e0041."),)),
    ("a variation selector after a letter", "ARC012", (page("Uno▶\ufe0f."),)),
    ("a filler of another alphabet", "ARC012", (page("Uno▶\u3164."),)),
    ("a Cyrillic letter in an id", "FM015 ARC013", (replace(CASE, "id: piloto", "▶id: pil▶оto"),)),
    ("a Greek letter in a word", "ARC013", (page("La participaci▶οn."),)),
    ("a word all of Cyrillic letters", "ARC013", (page("El ▶Рерагта de la mesa."),)),
    ("a Cyrillic letter alone", "ARC013", (page("Va ▶а la mesa."),)),
    ("a word with an Armenian letter", "ARC013", (page("La participaci▶օn."),)),
    ("a blank of Braille", "ARC012", (page("Uno▶\u2800dos."),)),
    ("ornamental letters", "ARC013", (page("Texto ▶𝐞𝐧 negrita."),)),
    ("an accent apart from its letter", "ARC014", (page("La ma▶n\u0303ana."),)),
    ("a text encoded twice", "ARC015", (page("La participaci▶Ã³n."),)),
    ("quotes encoded twice", "ARC015 ARC015", (page("Dijo ▶â€œsí▶â€\x9d."),)),
    ("a question encoded twice", "ARC015", (page("▶Â¿Y ahora?"),)),
    ("a line of thousands of letters", "ARC016", (content(PAGE, f"{NEW_PAGE}{'a ' * 2_501}\n".encode(), 7, 5_001),)),
    ("an empty file", "ARC017", (write(PAGE, "▶"),)),
    ("a file of blank lines", "ARC017", (write(PAGE, "▶ \n\n\t\n"),)),
    ("empty data", "ARC017", (write(GLOSSARY, "▶"),)),
    ("a letter that was lost", "ARC018", (page("La participaci▶\ufffdn."),)),
    ("a sign that only one computer has", "ARC018", (page("▶\uf0b7 Uno."),)),
    (
        "names that differ in a capital letter",
        "ARC005 ARC019",
        (asset("docs/datos.csv"), asset("docs/Datos.csv")),
    ),
    ("a name that Windows keeps for itself", "ARC020", (asset("docs/con.csv"),)),
    ("a folder that Windows keeps for itself", "ARC020", (asset("docs/nul/uno.csv"),)),
    ("a name with a sign that Windows refuses", "ARC005 ARC020", (*2 * [asset("docs/uno?.csv")],)),
    ("a name that ends in a point", "ARC020 ARC024", (*2 * [asset("docs/uno.")],)),
    ("a name of 61 letters", "ARC021", (asset(f"docs/{'a' * 61}.csv"),)),
    ("an address of 121 letters", "ARC021", (asset(f"docs/{'a' * 50}/{'b' * 50}/{'c' * 10}.csv"),)),
    ("what a Mac leaves behind", "ARC022", (asset("docs/.DS_Store"),)),
    ("a hidden folder", "ARC022", (write("methods/.obsidian/app.json", "{}"), at("methods/.obsidian", 1, 1))),
    ("a card that is a program", "ARC023", (mode(PAGE, 0o755),)),
    ("a text among the cards", "ARC024", (asset("methods/notas.txt"),)),
    ("a page of another kind", "ARC024", (asset("docs/pagina.html"),)),
    ("a program", "ARC024", (asset("docs/instalar.exe"),)),
    ("a drawing among the pages", "ARC024", (asset("docs/dibujo.svg"),)),
    (
        "a card in a folder of its own",
        "ARC024",
        (write("cases/energia/recibos.md", "▶Texto.\n"),),
    ),
    ("a page where the short links are", "ARC006", (write("docs/m/001.md", "▶" + NEW_PAGE),)),
    ("a table where the open data are", "ARC006", (write("docs/api/v1/metodos.csv", "▶a,b\n1,2\n"),)),
    ("a card whose ending is in capitals", "ARC024", (asset("methods/FODA.MD"),)),
    ("an image of 500 kB", "ARC025", (content("docs/foto.png", b"a" * 500_001, 1, 1),)),
    ("an image of 3,000 pixels", "ARC025", (content("docs/foto.png", image("PNG", (3_000, 10)), 1, 1),)),
    ("a text called an image", "ARC026", (content("docs/foto.png", b"hola", 1, 1),)),
    ("a JPEG called PNG", "ARC026", (content("docs/foto.png", image("JPEG"), 1, 1),)),
    ("an image cut short", "ARC026", (content("docs/foto.jpg", image("JPEG")[:-9], 1, 1),)),
    ("an image with something after it", "ARC026", (content("docs/foto.png", image("PNG") + b"PK", 1, 1),)),
    (
        "a photograph that says where",
        "ARC027",
        (content("docs/foto.jpg", image("JPEG", exif=GPS), 1, 1),),
    ),
    ("a photograph that says who", "ARC027", (content("docs/foto.webp", image("WEBP", exif={315: "Ana"}), 1, 1),)),
    (
        "a photograph that says where in a packet of its own",
        "ARC027",
        (content("docs/foto.webp", image("WEBP", xmp=b"<exif:GPSLatitude>14,37N</exif:GPSLatitude>"), 1, 1),),
    ),
    ("a photograph with a comment", "ARC027", (content("docs/foto.jpg", image("JPEG", comment=b"Ana"), 1, 1),)),
    ("an image that moves", "ARC028", (content("docs/foto.webp", image("WEBP", frames=2), 1, 1),)),
    ("a pipe with the name of a page", "ARC029", (pipe("docs/nueva.md"),)),
    ("a table in Latin-1", "ARC001", (content("docs/tabla.csv", b"a\xf1o,total\n", 1, 2),)),
    ("a table in UTF-16", "ARC001", (content("docs/tabla.csv", "dpi\n0000000000101\n".encode("utf-16"), 1, 1),)),
    ("a table with a mark of direction", "ARC011", (write("docs/tabla.csv", "uno,▶\u202edos\n"),)),
    ("an empty table", "ARC017", (content("docs/tabla.csv", b"", 1, 1),)),
    ("a cell that is a formula", "ARC032", (write("docs/tabla.csv", "uno,dos\n-5,▶=1+1\n"),)),
    ("a cell that calls another program", "ARC032", (write("docs/tabla.csv", "uno;dos\n3;▶@SUM(A1)\n"),)),
    ("a program called PDF", "ARC033", (content("docs/acta.pdf", b"MZ\x90\x00", 1, 1),)),
    ("a web page called a document", "ARC033", (content("docs/acta.docx", b"<html></html>", 1, 1),)),
    ("a text document called a spreadsheet", "ARC033", (content("docs/acta.xlsx", office("word/document.xml"), 1, 1),)),
    (
        "a spreadsheet with macros",
        "ARC034",
        (content("docs/tabla.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin"), 1, 1),),
    ),
    (
        "a PDF with a program",
        "ARC034",
        (content("docs/acta.pdf", b"%PDF-1.7\n1 0 obj <</S /J#61vaScript /JS (x)>> endobj", 1, 1),),
    ),
    # --- The header --------------------------------------------------------------------------------------------
    ("no header", "FM001", (write(PAGE, "▶titulo: Acerca\n"),)),
    ("a header that is not closed", "FM001", (write(PAGE, "▶---\ntitulo: Acerca\n\nTexto.\n"),)),
    ("no title", "FM002", (replace(PAGE, "titulo: Acerca de este sitio\n", "▶"),)),
    ("a figure without its unit", "FM002", (cut(CASE, "  - valor: '51'", "    fecha: '2014'", "  - ▶valor: '51'\n"),)),
    (
        "a source without its author",
        "FM002",
        (cut(SOURCES, "cocode-arts:", "  tipo: otro", "▶cocode-arts:\n  titulo: COCODE\n"),),
    ),
    (
        "a term without definition",
        "FM002",
        (cut(GLOSSARY, "- id: piloto", "  ver: [linea-base]", "- ▶id: piloto\n  termino: Piloto\n"),),
    ),
    (
        "a list of words that only the templates use",
        "FM002 FM002",
        (
            cut(VOCABULARIES, "licencias:", "  CC0-1.0:", "▶licencias:\n"),
            replace(VOCABULARIES, "\nentregables:\n", "\nproductos:\n"),
            at(VOCABULARIES, 1, 1),
        ),
    ),
    (
        "a phase without its family",
        "FM002",
        (replace(VOCABULARIES, "  idear: {etiqueta: Idear, familia: crear,", "  ▶idear: {etiqueta: Idear,"),),
    ),
    ("a word without definition", "FM002", (cut(VOCABULARIES, "  baja:", "  media:", "  ▶baja: {etiqueta: Baja}\n"),)),
    ("an unknown field", "FM003", (front("▶color: rojo"),)),
    (
        "an unknown field inside another",
        "FM003",
        (replace(SESSION, "  incluye: papel", "  ▶moneda: Q\n  incluye: papel"),),
    ),
    ("an unknown field of a line", "FM003", (replace(CASE, "    inferido: sí", "    inferido: sí\n    ▶año: 2016"),)),
    ("a colon inside a text", "FM004", (front("licencia: CC▶: BY"),)),
    ("a quote that is not closed", "FM004", (replace(PAGE, "titulo: Acerca", "titulo: ▶'Acerca"),)),
    ("a bracket that is not closed", "FM004", (front("fuentes: ▶[camacho-2001"),)),
    ("a field without its colon", "FM004", (front("▶fuentes camacho"),)),
    ("a tab before a field", "FM017", (replace(CASE, "    uso: El recibo", "▶\tuso: El recibo"),)),
    (
        "a mistake after a sign that YAML takes for a line",
        "ARC010 FM004",
        (front("idioma: 'es▶\u2028GT'\nlicencia: CC▶: BY"),),
    ),
    ("a header that is a list", "FM004", (write(PAGE, "---\n▶- titulo: Acerca\n---\nTexto.\n"),)),
    ("fields after the end of the header", "FM004", (front("...\n▶color: rojo"),)),
    ("a second document of data", "FM004", (replace(GLOSSARY, "- id: linea-base", "▶---\n- id: linea-base"),)),
    ("data that is not YAML", "FM004", (write(VOCABULARIES, "fases: ▶[definir\n"),)),
    ("an empty text", "FM005", (replace(SESSION, "espacio: Un salón con una pared libre de dos metros", "▶espacio:"),)),
    ("a timeline of nothing", "FM005", (front("cronologia: sí"), write(TIMELINE, "▶[]\n"))),
    ("a timeline with only a note", "FM005", (front("cronologia: sí"), write(TIMELINE, "▶# Por escribir.\n"))),
    ("an empty list", "FM005", (replace(SESSION, "modalidad: [presencial, a-distancia]", "▶modalidad: []"),)),
    ("an empty item", "FM005", (replace(SESSION, "  - enunciado del problema", "  - ▶' '"),)),
    (
        "another name twice",
        "FM023",
        (replace(SESSION, "  - problem statement", "  - problem statement\n  - ▶Problem  statement"),),
    ),
    (
        "a way of meeting twice",
        "FM023",
        (cut(SESSION, "modalidad:", "\n", "modalidad: [presencial, ▶presencial]"),),
    ),
    ("a title of a whole paragraph", "FM006", (replace(PAGE, "titulo: Acerca", f"▶titulo: {'Muy ' * 20}acerca"),)),
    (
        "a product of a whole page",
        "FM006",
        (replace(SESSION, "\nproducto: ", f"\n▶producto: {'Una hoja y ' * 20}"),),
    ),
    ("another name of a whole line", "FM006", (replace(SESSION, "  - problem st", f"  - ▶{'uno ' * 30}st"),)),
    ("a long summary", "FM006", (replace(PAGE, "resumen: Un sitio", f"▶resumen: {'largo y ' * 30}Un sitio"),)),
    ("a time without number", "FM007", (replace(SESSION, "duracion: 60-80 min", "▶duracion: media mañana"),)),
    (
        "a time in fields",
        "FM007",
        (replace(SESSION, "cierre: 20 min", "▶cierre: {minutos_desde: 9, minutos_hasta: 1}"),),
    ),
    ("people by half", "FM007", (replace(SESSION, "{personas: 1, por", "{▶personas: uno y medio, por"),)),
    ("a range upside down", "FM008", (replace(SESSION, "duracion: 60-80 min", "▶duracion: 80-60 min"),)),
    ("nobody", "FM018", (replace(SESSION, "participantes: 5-12", "▶participantes: 0"),)),
    ("a YAML tag", "FM009", (replace(PAGE, "titulo: Acerca", "titulo: ▶!!str Acerca"),)),
    ("a YAML anchor", "FM009", (replace(PAGE, "titulo: Acerca", "titulo: ▶&a Acerca"),)),
    ("a YAML alias", "FM009", (front("licencia: ▶*a"),)),
    ("a field whose name is a list", "FM009", (front("? ▶[a, b]\n: c"),)),
    ("a field seven levels deep", "FM009", (front("fuentes: [[[[[▶[a]]]]]]"),)),
    ("a field twice", "FM010", (replace(SESSION, "fase: definir", "fase: definir\n▶fase: idear"),)),
    (
        "a field twice inside another",
        "FM010",
        (replace(SESSION, "  quetzales: 40-80", "  quetzales: 40-80\n  ▶quetzales: 1"),),
    ),
    ("a word out of the list", "FM011", (replace(SESSION, "fase: definir", "▶fase: definicion"),)),
    ("a word of many out of the list", "FM011", (replace(SESSION, "[presencial, a-", "[presencial, ▶a-la-"),)),
    ("the only word of a list, wrong", "FM011", (replace(PROCESS, "[presencial]", "[▶precensial]"),)),
    (
        "a list that the vocabulary lost",
        "FM011 FM002",
        (
            replace(VOCABULARIES, "\nresultados:\n", "\nefectos:\n"),
            at(VOCABULARIES, 1, 1),
            replace(CASE, "resultado:", "▶resultado:"),
        ),
    ),
    ("a kind of source out of the list", "FM011", (replace(SOURCES, "  tipo: otro", "  ▶tipo: volante"),)),
    ("HTML in a title", "FM012", (replace(PAGE, "titulo: Acerca", "▶titulo: <b>Acerca</b>"),)),
    (
        "a control character by escape",
        "FM012",
        (replace(PAGE, "titulo: Acerca de este sitio", '▶titulo: "Acerca\\x07"'),),
    ),
    ("a character of no width by escape", "FM012", (replace(PAGE, "titulo: Acerca de", '▶titulo: "Acer\\u200bca" #'),)),
    ("HTML in the bibliography", "FM012", (replace(SOURCES, "  titulo: 'COCODE:", "  ▶titulo: '<script>COCODE:"),)),
    ("a date by the day", "FM013", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 22/11/2026"),)),
    ("a date that does not exist", "FM013", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 2026-02-30"),)),
    ("neither yes nor no", "FM014", (replace(CASE, "inferido: sí", "▶inferido: tal vez"),)),
    ("a month that does not exist", "FM013", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 2026-22-11"),)),
    ("a date of two readings", "FM013", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 3/4/26"),)),
    ("a date in words", "FM013", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 22 de noviembre de 2026"),)),
    ("a date before printing", "FM013", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 0226-11-22"),)),
    (
        "a day of a timeline that does not exist",
        "FM013",
        (write(TIMELINE, MILESTONE.replace("2014-05", "2014-02-30")),),
    ),
    ("a month of a timeline that does not exist", "FM013", (write(TIMELINE, MILESTONE.replace("2014-05", "2014-13")),)),
    ("an empty date", "FM005", (replace(PAGE, "revisado: 2026-11-22", "▶revisado:"),)),
    ("an empty quantity", "FM005", (replace(SESSION, "cierre: 20 min", "▶cierre:"),)),
    ("an empty list without brackets", "FM005", (front("▶fuentes:"),)),
    ("a void in the manner of YAML", "FM005", (replace(SESSION, "espacio: Un salón con", "▶espacio: ~  #"),)),
    ("the word null", "FM005", (replace(SESSION, "espacio: Un salón con", "▶espacio: null  #"),)),
    ("more minutes than a day", "FM018", (replace(SESSION, "cierre: 20 min", "▶cierre: 2000 min"),)),
    ("a crowd", "FM018", (replace(SESSION, "participantes: 5-12", "▶participantes: 5-120000"),)),
    ("a period upside down", "FM008", (replace(CASE, "periodo: 2014-2016", "▶periodo: 2016-2014"),)),
    (
        "a merge of YAML",
        "FM009",
        (replace(SESSION, "  quetzales: 40-80", "  ▶<<: {quetzales: 1}\n  quetzales: 40-80"),),
    ),
    ("an anchor on a field", "FM009", (front("▶&a licencia: CC-BY-4.0"),)),
    ("a tag on a field", "FM009", (front("▶!!str licencia: CC-BY-4.0"),)),
    ("an order of YAML in data", "FM009", (write(GLOSSARY, "▶%TAG ! tag:example.org,2026:\n---\n- id: a\n"),)),
    ("a tab in data", "FM017", (append(GLOSSARY, "\n- id: otro\n▶\ttermino: Otro\n"),)),
    ("a licence against selling", "FM019", (front("▶licencia: CC BY-NC-SA 4.0"),)),
    ("a licence against changing", "FM019", (front("▶licencia: CC BY-ND 4.0"),)),
    ("no licence", "FM019", (front("▶licencia: Todos los derechos reservados"),)),
    ("a canvas without licence", "FM019", (replace(SESSION, "despues: [", "▶licencia_lienzo: ninguna\ndespues: ["),)),
    ("another licence", "FM011", (front("▶licencia: MIT"),)),
    ("a field with power over the theme", "FM020", (front("▶template: main.html"),)),
    ("a field that hides parts of the page", "FM020", (front("▶hide: [navigation]"),)),
    ("an image that is a page", "ENL011", (page("▶![Un dibujo del taller](fuentes.md)"),)),
    ("an image that is a table", "ENL011", (page(f"▶![La lista de encargados]({CSV})"),)),
    ("an item that sticks to the one above", "FM022", (replace(SESSION, "  - 40 tarjetas", "    ▶- 40 tarjetas"),)),
    ("a sign that cuts a field", "FM021", (replace(PAGE, "Acerca de este sitio", "Acerca ▶#de este sitio"),)),
    (
        "a note after the text of an item",
        "FM021",
        (replace(GLOSSARY, "  termino: Piloto", "  termino: Piloto ▶# o prueba"),),
    ),
    ("a field of another program for ours", "FM020", (front("▶title: About"),)),
    (
        "a field of another program inside one of ours",
        "FM003",
        (replace(SESSION, "  incluye: p", "  ▶title: x\n  incluye: p"),),
    ),
    ("a list of words that is gone", "ARC031", (delete(VOCABULARIES), at(VOCABULARIES, 1, 1))),
    ("a bibliography that is gone", "ARC031", (delete(SOURCES), at(SOURCES, 1, 1))),
    ("a glossary that is gone", "ARC031", (delete(GLOSSARY), at(GLOSSARY, 1, 1))),
    ("a page with a timeline that is not there", "ARC031", (front("cronologia: sí"), at(TIMELINE, 1, 1))),
    ("a review to come", "FEC003", (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 2026-12-01"),)),
    ("a change to come", "FEC003", (replace(SESSION, "  - fecha: 2026-11-22", "  - ▶fecha: 2062-11-22"),)),
    (
        "a review of another century",
        "FEC004",
        (replace(PAGE, "revisado: 2026-11-22", "▶revisado: 1926-11-22"),),
    ),
    (
        "a source read in another century",
        "FUE002 FEC004",
        (append(SOURCES, f"▶{NEW_SOURCE}  ▶consultado: 1925-11-22\n"),),
    ),
    (
        "a source read in a year to come",
        "FUE002 FEC003",
        (append(SOURCES, f"▶{NEW_SOURCE}  ▶consultado: 2099-01-01\n"),),
    ),
    ("a source of a year to come", "FUE002 FEC003", (append(SOURCES, f"▶{NEW_SOURCE}  ▶fecha: '2099'\n"),)),
    ("a case of years to come", "FEC003", (replace(CASE, "periodo: 2014-2016", "▶periodo: 2020-2099"),)),
    ("a figure without its year", "FM013", (cut(CASE, "    fecha: '2014'", "    que:", "    ▶fecha: ayer\n"),)),
    ("a cost to come", "FEC003", (replace(SESSION, "  fecha: 2026-11-22\n  inc", "  ▶fecha: 2027-11-22\n  inc"),)),
    (
        "a header that cannot be read over a text with mistakes",
        "FM004 HTM001 EST007",
        (front("licencia: CC▶: BY"), page("Reúna al ▶<b>grupo.\n\n▶#### Detalle")),
    ),
    (
        "a field that does not exist over a text with mistakes",
        "FM003 HTM001",
        (front("▶color: rojo"), page("Reúna al ▶<b>grupo.")),
    ),
    ("a short code", "FM015", (replace(SESSION, "codigo: M001", "▶codigo: M1"),)),
    ("a code in other digits", "FM015", (replace(SESSION, "codigo: M001", "▶codigo: M٠٠١"),)),
    ("an id with an accent", "FM015", (front("fuentes: [▶camácho]"),)),
    ("a period in words", "FM015", (replace(CASE, "periodo: 2014-2016", "▶periodo: de 2014 a 2016"),)),
    (
        "an address without https",
        "FM015",
        (replace(SOURCES, "url: 'https://consultorestema", "▶url: 'consultorestema"),),
    ),
    ("a redirect with capitals", "FM015", (front("redirige_desde: [▶Acerca]"),)),
    ("a source whose name is no anchor", "FM015 FUE002", (append(SOURCES, "▶▶'<b>x</b>':" + NEW_SOURCE[11:]),)),
    ("a text where a list goes", "FM016", (cut(SESSION, "materiales:", "costo:", "▶materiales: papel\n"),)),
    ("a list where a text goes", "FM016", (replace(PAGE, "titulo: Acerca", "▶titulo:\n  - Acerca"),)),
    ("a text where fields go", "FM016", (replace(SESSION, "datos_personales: {recoge: no}", "▶datos_personales: no"),)),
    ("a bibliography that is a list", "FM016", (write(SOURCES, "▶- titulo: Uno\n"),)),
    ("a glossary that is a map", "FM016", (write(GLOSSARY, "▶piloto: prueba\n"),)),
    ("vocabularies that are a text", "FM016", (write(VOCABULARIES, "▶definir, idear\n"),)),
    ("phases typed as a list", "FM016", (cut(VOCABULARIES, "fases:", "\nciclo:", "▶fases: [definir, idear]"),)),
    ("licences that are a text", "FM016", (cut(VOCABULARIES, "licencias:", "idiomas:", "▶licencias: CC-BY-4.0\n"),)),
    ("states left empty", "FM016", (cut(VOCABULARIES, "estados:", "licencias:", "▶estados:\n"),)),
    (
        "a phase of a list of families",
        "FM016",
        (replace(VOCABULARIES, "Idear, familia: crear", "Idear, ▶familia: [x]"),),
    ),
    ("a phase that is a text", "FM016", (cut(VOCABULARIES, "  idear:", "  prototipar:", "  ▶idear: Idear\n"),)),
    ("a source that is a text", "FM016 FUE002", (append(SOURCES, "▶▶nueva-2020: Un libro\n"),)),
    # --- Sections ----------------------------------------------------------------------------------------------
    (
        "a section missing",
        "EST001",
        (cut(PROCESS, "## Adaptaciones", "## Ejemplo"), replace(PROCESS, "## Para qué", "▶## Para qué")),
    ),
    (
        "sections out of order",
        "EST002",
        (
            cut(PROCESS, "## Adaptaciones", "## Ejemplo"),
            replace(PROCESS, "## Devolver", "## Adaptaciones\n\n- **Solo.** Igual.\n\n▶## Devolver"),
        ),
    ),
    (
        "a section twice",
        "EST002 EST005",
        (replace(PROCESS, "## Ejemplo", "▶▶## Adaptaciones\n\n- **Otra.** Más.\n\n## Ejemplo"),),
    ),
    (
        "an unknown section",
        "EST003",
        (replace(PROCESS, "## Adaptaciones", "▶## Notas\n\nUna nota.\n\n## Adaptaciones"),),
    ),
    (
        "a line of dashes under a text",
        "EST003",
        (replace(PROCESS, "rutina.\n\n##", "rutina.\n\nOtra cosa.\n▶---\n\n##"),),
    ),
    ("an empty section", "EST004", (cut(PROCESS, "## Adaptaciones", "## Ejemplo", "▶## Adaptaciones\n\n"),)),
    ("an anchor twice", "EST005", (page("▶## Uno {#licencia}\n\nTexto."),)),
    ("a first-level title", "EST006", (page("▶# Otro título"),)),
    ("a first-level title a little to the right", "EST006", (page("▶  # Otro título"),)),
    ("a title underlined with equals", "EST006", (page("Otro título\n▶==="),)),
    (
        "a title between two backticks of different paragraphs",
        "EST006",
        (page("Un ` suelto.\n\n▶# Título\n\nOtro ` suelto."),),
    ),
    ("a line of dashes under a text of a page", "EST003", (page("Otra cosa\n▶---"),)),
    ("a line of dashes under bold words", "EST003", (page("**Nota.**\n▶---"),)),
    ("a title in a title", "EST003", (page("▶## ## Dos\n\nTexto."),)),
    ("an anchor in capitals", "ANC001", (page("▶## Costos {#Costos}\n\nTexto."),)),
    ("an anchor with an accent", "ANC001", (page("▶## Revisión {#revisión}\n\nTexto."),)),
    ("an anchor of a source note", "ANC001", (page("▶## Ley {#fn:ley}\n\nTexto."),)),
    ("an empty anchor", "ANC001", (page("▶## Ley {#}\n\nTexto."),)),
    ("an anchor of the frame", "ANC002", (page("▶## Contenido {#contenido}\n\nTexto."),)),
    ("an anchor of the notes", "ANC002", (page("▶## Notas {#notas}\n\nTexto."),)),
    ("an anchor without its sign", "ANC003", (page("▶## Costos {costos}\n\nTexto."),)),
    ("an anchor with something more", "ANC003", (page("▶## Costos {#costos onclick=x}\n\nTexto."),)),
    (
        "an anchor that a fixed title already has",
        "EST005",
        (
            replace(SESSION, "## Adaptaciones", "### Otro {#pasos}\n\nTexto.\n\n## Adaptaciones"),
            replace(SESSION, "### Otro", "▶### Otro"),
        ),
    ),
    ("a title in a quote", "EST006", (page("▶> # Otro título"),)),
    ("a title in a list", "EST003", (page("- Uno\n▶- ## Dos"),)),
    ("a title in a list of a quote", "EST003", (page("▶> 1. ### Dos"),)),
    ("a title that jumps", "EST007", (page("▶#### Detalle"),)),
    (
        "a link of the header that runs a script",
        "HTM002",
        (
            copy(
                SESSION,
                SESSION,
                ("- La jefatura dice", "- ▶'[La jefatura](javascript:alert) dice"),
                ("decidido.", "decidido.'"),
            ),
        ),
    ),
    ("a title where a label is taken off", "HTM002", (replace(SESSION, "Diga: «Hoy", "▶Diga: # «Hoy"),)),
    ("quotes within quotes", "HTM002", (page(f"▶{'> ' * 61}Uno."),)),
    ("a drawing with a script", "HTM003", (write(DRAWING, "<svg>\n ▶<script>alert(1)</script></svg>"),)),
    ("a drawing that runs a script when it is seen", "HTM003", (write(DRAWING, '▶<svg onload="alert(1)"></svg>'),)),
    ("a drawing with a web page inside", "HTM003", (write(DRAWING, "<svg>▶<foreignObject></foreignObject></svg>"),)),
    (
        "a drawing that takes its colour from another site",
        "HTM003",
        (write(DRAWING, '<svg>\n▶<path d="M0 0h9" fill="url(https://example.org/x)"/></svg>'),),
    ),
    ("a drawing with a form", "HTM003", (write(DRAWING, "<svg><g>▶<form></form></g></svg>"),)),
    ("a drawing with a link", "HTM003", (write(DRAWING, '<svg>▶<a href="x"></a></svg>'),)),
    ("a drawing with the declaration of a program", "HTM003", (write(DRAWING, '▶<?xml version="1.0"?>\n<svg></svg>'),)),
    ("a drawing that is not closed", "HTM003", (write(DRAWING, "<svg>▶<g>"),)),
    ("a text before the sections of a card", "EST020", (replace(PROCESS, "---\n## Para", "---\n▶Hola.\n\n## Para"),)),
    (
        "a text between a wrong title and the sections of a case",
        "EST006 EST020",
        (replace(CASE, "## El problema\n", "▶# Cuentas claras\n\n▶Un texto.\n\n## El problema\n"),),
    ),
    ("a blank in a published text", "EST021", (page("Llame a ▶«…» el lunes."),)),
    ("a blank in a published field", "EST021", (replace(CASE, "territorio: ", "territorio: ▶«…» "),)),
    ("a note with a blank in a published header", "EST021", (front("fuentes: []  # ▶«…» las que falten"),)),
    ("a blank in a source", "EST021", (replace(SOURCES, "  autoria: 'Hugo", "  ▶autoria: '«…» Hugo"),)),
    ("a blank in a recipe", "EST021", (recipes((LIMITS_1, "    ▶limites: «…»\n")),)),
    (
        "a blank in a draft",
        "EST022 FIC003 EST022",
        (
            DRAFT,
            SHORT_DRAFT,
            replace("methods/borrador.md", "fase: probar", "fase: probar  # ▶«…» una de estas"),
            replace("methods/borrador.md", "aguanta la rutina.", "aguanta ▶«…»."),
        ),
    ),
    ("HTML", "HTM001", (page("Reúna al ▶<b>grupo."),)),
    ("an HTML comment", "HTM001", (page("▶<!-- pendiente -->"),)),
    ("an HTML declaration", "HTM001", (page("▶<!DOCTYPE html>"),)),
    ("a processing instruction", "HTM001", (page("▶<?php x ?>"),)),
    ("HTML over two lines", "HTM001", (page("Vea ▶<a\nhref='x'>"),)),
    (
        "HTML between two backticks of different paragraphs",
        "HTM001",
        (page("Un ` suelto.\n\n▶<i>x\n\nOtro ` suelto."),),
    ),
    ("a title twice", "EST008", (page("## Uno\n\nTexto.\n\n▶## Uno\n\nOtro."),)),
    ("a step's title twice", "EST008", (replace(SESSION, "### Complete las cuatro columnas", "▶" + TITLE_1),)),
    ("a subtitle that says what a title says", "EST008", (page("▶### LICENCIA\n\nOtra."),)),
    ("an image without text", "EST009", (picture, page(f"Vea ▶![]({PICTURE})."))),
    ("an image called by its file", "EST009", (picture, page(f"▶![mapa-final.PNG]({PICTURE})"))),
    ("an image called by its camera", "EST009", (picture, page(f"▶![IMG_20260311]({PICTURE})"))),
    ("an image called «foto»", "EST009", (picture, page(f"▶![Foto]({PICTURE})"))),
    ("an image of three letters", "EST009", (picture, page(f"▶![Uno]({PICTURE})"))),
    ("an image by name, without text", "EST009", (picture, page(f"Vea ▶![][mesa].\n\n[mesa]: {PICTURE}"))),
    ("an image with a whole story", "EST009", (picture, page(f"▶![{'Una mesa con papeles. ' * 12}]({PICTURE})"))),
    ("a table without titles", "EST010", (page("▶| | |\n|---|---|\n| Uno | Dos |"),)),
    ("a table with a column without title", "EST010", (page("▶| Grupo | |\n|---|---|\n| Uno | Dos |"),)),
    ("a row with a cell more", "EST011", (page("| A | B |\n|---|---|\n| 1 | 2 |\n▶| 1 | 2 | 3 |"),)),
    ("a row with a bar between two «`»", "EST011", (page("| A | B |\n|---|---|\n▶| `a|b` | 2 |"),)),
    ("a table without the line under its titles", "EST010", (page("▶| Grupo | Hora |\n| Uno | 8:00 |"),)),
    ("a block of code that does not end", "EST023", (page("▶```\nnombre,edad\n\nFin."),)),
    ("a block of code that another mark does not end", "EST023", (page("▶~~~\nnombre,edad\n```\nFin."),)),
    ("a note with two sources", "EST024", (page("Es así.▶[^camacho-2001, gnova]"),)),
    ("a note with a space", "EST024", (page("Es así.▶[^camacho-2001 ]"),)),
    ("a note of another program", "EST024", (page("Es así.▶^[Camacho, 2001]"),)),
    ("a link of a wiki", "EST024", (page("Lea ▶[[piloto]]."),)),
    ("a text struck out", "EST024", (page("Lleve ▶~~diez~~ doce copias."),)),
    ("a box of another program", "EST024", (page("▶!!! note\n\nLleve copias."),)),
    ("an order for another site", "EST024", (page("▶{{ titulo }}"),)),
    ("attributes after a link", "EST024", (page("Lea las [fuentes](fuentes.md)▶{target=_blank}."),)),
    ("a language between quotes", "EST024", (page('Un *blueprint*▶{lang="en"}.'),)),
    ("a title of a section in bold", "EST001", (replace(SESSION, "## Úselo cuando", "▶**Úselo cuando**"),)),
    ("a title of a section without its space", "EST001", (replace(SESSION, "## Úselo cuando", "▶##Úselo cuando"),)),
    ("a header that ends with a space before", "FM001", (replace(PAGE, "\n---\n", "\n▶ ---\n"),)),
    ("a colon that is of another width", "FM004", (replace(SESSION, "fase: definir", "▶fase：definir"),)),
    ("a colon and a space that is not one", "FM004", (replace(SESSION, "fase: definir", "▶fase:\u00a0definir"),)),
    (
        "an item that reads as a field",
        "FM016",
        (replace(SESSION, "materiales:\n  - ", "materiales:\n  - ▶Importante: "),),
    ),
    (
        "a step that is not essential",
        "PAS002",
        (replace(SESSION, "#paso-2 minutos=20-25 esencial", "#paso-2 minutos=20-25 esencial=no"), at(SESSION, 102, 1)),
    ),
    (
        "the end of a step in bold",
        "PAS006",
        (
            replace(
                SESSION, "Listo cuando todas las personas hablaron", "**Listo cuando** todas las personas hablaron"
            ),
            at(SESSION, 92, 1),
        ),
    ),
    ("a section of signs", "EST004", (page("▶## Equipo\n\n***"),)),
    ("a section that says «N/A»", "EST013", (page("## Equipo\n\n▶N/A"),)),
    ("a section to be completed", "EST013", (page("## Equipo\n\n[▶completar]"),)),
    ("a reminder", "EST013", (page("▶TODO: revisar las fechas"),)),
    ("a row with a cell less", "EST011", (page("| A | B |\n|---|---|\n▶| 1 |\n| 1 | 2 |"),)),
    ("a line of dashes with a column less", "EST011", (page("| A | B | C |\n▶|---|---|\n| 1 | 2 | 3 |"),)),
    ("a sentence in capitals", "EST012", (page("Recuerde: ▶LLEGUE TEMPRANO SIEMPRE al salón."),)),
    ("a title in capitals", "EST012", (page("## ▶DATOS DE LA REUNIÓN\n\nTexto."),)),
    (
        "a field in capitals",
        "EST012",
        (replace(PAGE, "titulo: Acerca de este sitio", "▶titulo: ACERCA DE ESTE SITIO"),),
    ),
    ("a section with three dots", "EST013", (cut(PROCESS, "- **Sin re", "## Ejemplo", "▶…\n\n"),)),
    ("a section to be written", "EST013", (page("## Costos\n\n▶TODO"),)),
    ("a checklist in a page", "EST014", (page("- ▶[ ] El acta existe.\n- [x] Hay fecha."),)),
    ("a checklist in a card", "EST014", (replace(SESSION, "- Hay muchas quejas", "- ▶[X] Hay muchas quejas"),)),
    ("a checklist that goes on with a point", "EST014", (append(GUIDE, "\n- ▶[ ] Uno.\n- Dos.\n"),)),
    ("a checklist inside a point", "EST014", (append(GUIDE, "\n- Uno.\n  - ▶[ ] Dos.\n"),)),
    ("a checklist in the paragraph of its title", "EST014", (append(GUIDE, "\nAntes de seguir:\n- ▶[ ] Uno.\n"),)),
    ("a checklist before the stages", "EST014", (replace(GUIDE, "\n\n## Diga", "\n\n- ▶[ ] Uno.\n\n## Diga"),)),
    ("a box without its space", "EST014", (append(GUIDE, "\n- ▶[] Uno.\n"),)),
    ("an item to be written", "EST013", (page("- Uno\n- ▶Pendiente…"),)),
    ("a text of the printers", "EST013", (page("▶Lorem ipsum dolor sit amet."),)),
    ("an empty part of a page", "EST004", (page("▶## Costos\n\n## Otros\n\nTexto."),)),
    ("an empty part of a part", "EST004", (page("## Costos\n\n▶### Papel\n\n### Copias\n\nTexto."),)),
    # --- Steps -------------------------------------------------------------------------------------------------
    ("a step without anchor", "PAS001", (replace(SESSION, STEP_1[:-15], f"▶{TITLE_1} {{"),)),
    ("a step with another anchor", "PAS001", (replace(SESSION, STEP_1[:-15], f"▶{TITLE_1} {{#datos "),)),
    ("an unknown word in a step", "PAS002", (replace(SESSION, STEP_1[:-15], f"▶{TITLE_1} {{#paso-1 tiempo=5 "),)),
    ("a step of «diez» minutes", "PAS003", (replace(SESSION, STEP_1, f"▶{TITLE_1} {{#paso-1 minutos=diez}}"),)),
    (
        "a stage of a guide of «unas» weeks",
        "PAS003",
        (replace(GUIDE, "## Diga qué pasa {#etapa-1 semanas=1-2}", "▶## Diga qué pasa {#etapa-1 semanas=unas}"),),
    ),
    ("a step without minutes", "PAS004", (replace(SESSION, STEP_1, f"▶{TITLE_1} {{#paso-1}}"),)),
    (
        "a stage without days",
        "PAS004",
        (replace(PROCESS, STAGE_3, STAGE_3.replace("###", "▶###").replace(" semanas=1", "")),),
    ),
    (
        "a stage of a process in minutes",
        "PAS004 PAS007",
        (replace(PROCESS, STAGE_3, STAGE_3.replace("###", "▶▶###").replace("semanas=1", "minutos=60")),),
    ),
    (
        "a stage of a guide without days",
        "PAS004",
        (replace(GUIDE, "## Diga qué pasa {#etapa-1 semanas=1-2}", "▶## Diga qué pasa {#etapa-1}"),),
    ),
    ("minutes that do not add up", "PAS005", (replace(SESSION, "duracion: 60-80 min", "▶duracion: 60-90 min"),)),
    ("weeks that do not add up", "PAS005", (replace(PROCESS, "plazo: 4-6 semanas", "▶plazo: 4-7 semanas"),)),
    ("weeks of a guide that do not add up", "PAS005", (replace(GUIDE, "plazo: 5-8 semanas", "▶plazo: 6-8 semanas"),)),
    (
        "a step without end",
        "PAS006",
        (
            replace(SESSION, "Listo cuando todas las personas hablaron una vez.\n\n", ""),
            replace(SESSION, "### Ponga", "▶### Ponga"),
        ),
    ),
    (
        "a step without words to say",
        "PAS007",
        (cut(SESSION, "Diga: «Hoy no", "Listo"), replace(SESSION, "### Ponga", "▶### Ponga")),
    ),
    (
        "a step without way out",
        "PAS008",
        (cut(SESSION, "Si se traba: alguien niega", "### "), replace(SESSION, "### Ponga", "▶### Ponga")),
    ),
    (
        "a long step",
        "PAS009",
        (
            replace(SESSION, "Pegue los tres datos", "Pegue o " * 30 + "los tres datos"),
            replace(SESSION, "### Ponga", "▶### Ponga"),
        ),
    ),
    (
        "no essential step",
        "PAS010",
        (
            replace(
                PROCESS,
                "### Firme los criterios {#paso-1 dias=5 esencial}",
                "▶### Firme los criterios {#paso-1 dias=5}",
            ),
            replace(PROCESS, "2-4 esencial}", "2-4}"),
        ),
    ),
    (
        "a card without steps",
        "PAS011 FIC003",
        (
            cut(SESSION, "### Ponga los datos", "## Devolver", "Reúna al grupo.\n\n"),
            replace(SESSION, "[paso 2](#paso-2)", "segundo paso"),
            replace(SESSION, "---\ncodigo", "---\n▶codigo"),
            replace(SESSION, "publicado\n---\n", "publicado\n---\n▶"),
        ),
    ),
    # --- The card ----------------------------------------------------------------------------------------------
    (
        "a session without duration",
        "FIC001",
        (replace(SESSION, "formato: sesion\nduracion: 60-80 min", "▶formato: sesion"),),
    ),
    ("a session with weeks", "FIC001", (replace(SESSION, "formato: sesion", "formato: sesion\n▶plazo: 3 semanas"),)),
    (
        "a process without term",
        "FIC001",
        (replace(PROCESS, "formato: proceso\nplazo: 4-6 semanas", "▶formato: proceso"),),
    ),
    (
        "a long face",
        "FIC002",
        (
            replace(SESSION, "resumen: El grupo", "▶resumen: El grupo"),
            replace(SESSION, "- Hay muchas quejas", "- Hay " + "muchas o " * 30 + "quejas"),
        ),
    ),
    (
        "two short cards",
        "FIC003",
        (
            cut(SESSION, "Una queja no es", "## Úselo", "Sirve para hablar.\n\n"),
            cut(SESSION, "Una municipalidad inventada", "## Para prof", "Una oficina.\n\n"),
            replace(SESSION, "publicado\n---\n", "publicado\n---\n▶"),
        ),
    ),
    (
        "a long card",
        "FIC003",
        (
            replace(SESSION, "Una queja no es", "Una queja " * 400 + "no es"),
            replace(SESSION, "publicado\n---\n", "publicado\n---\n▶"),
        ),
    ),
    (
        "four needs",
        "FIC004",
        (replace(SESSION, "necesidades:\n  - «Cada oficina dice que el problema es otro»", "▶necesidades:"),),
    ),
    (
        "an example that seems real",
        "FIC005",
        (replace(SESSION, "## Ejemplo ilustrativo\n\n**Ejemplo ilustrativo.** Una", "▶## Ejemplo ilustrativo\n\nUna"),),
    ),
    (
        "personal data without saying which",
        "FIC006",
        (replace(SESSION, "datos_personales: {recoge: no}", "▶datos_personales: {recoge: sí}"),),
    ),
    (
        "a card without drawing",
        "FIC008",
        (delete("methods/dibujos/problema-en-una-frase.svg"), replace(SESSION, "---\ncodigo", "---\n▶codigo")),
    ),
    ("evidence with few sources", "EVI001", (replace(SESSION, "  nivel: documentado", "  ▶nivel: practica"),)),
    (
        "evidence that cites one source twice",
        "EVI001",
        (
            replace(SESSION, "  nivel: documentado", "  ▶nivel: practica"),
            replace(
                SESSION, "hacerlo.\n  fuentes: [camacho-2001]", "hacerlo.\n  fuentes: [camacho-2001, camacho-2001]"
            ),
        ),
    ),
    ("a next review in the past", "FEC001", (replace(SESSION, "proxima_revision: 2027", "▶proxima_revision: 2025"),)),
    ("a next review on the same day", "FEC001", (front("▶proxima_revision: 2026-11-22"),)),
    (
        "changes from old to new",
        "FEC002",
        (replace(SESSION, "cambios:\n  - fecha: 2026-11-22", "▶cambios:\n  - fecha: 2026-09-01"),),
    ),
    # --- The case ----------------------------------------------------------------------------------------------
    (
        "a paragraph without source",
        "CAS001",
        (
            replace(CASE, "Una consulta de 2014", "Otra cosa sin ninguna fuente.\n\nUna consulta de 2014"),
            replace(CASE, "Otra cosa", "▶Otra cosa"),
        ),
    ),
    (
        "a paragraph without source right under its title",
        "CAS001",
        (replace(CASE, "## Resultados\n\nEl recibo", "## Resultados\n▶Llegó a toda la gente.\n\nEl recibo"),),
    ),
    (
        "a paragraph without source far under its title",
        "CAS001",
        (replace(CASE, "## Resultados\n\nEl recibo", "## Resultados\n\n\n\n▶Llegó a toda la gente.\n\nEl recibo"),),
    ),
    (
        "a later paragraph without source",
        "CAS001",
        (
            replace(
                CASE,
                "16[^energia-2016-12].\n\n## Lo que",
                "16[^energia-2016-12].\n\n\n▶Llegó a toda la gente.\n\n## Lo que",
            ),
        ),
    ),
    (
        "a figure without source before a list",
        "CAS001",
        (replace(CASE, "- **Piloto.**", "▶El reclamo bajó 57 % y nadie lo midió:\n\n- **Piloto.**"),),
    ),
    (
        "a figure without source in three words",
        "CAS001",
        (replace(CASE, "## Resultados\n\n", "## Resultados\n\n▶Bajó 57 %.\n\n"),),
    ),
    (
        "a figure in a title",
        "CAS002",
        (replace(CASE, "## Resultados\n\n", "## Resultados\n\n▶### Se ahorró 45 % en 2021\n\n"),),
    ),
    (
        "a source shown as code",
        "CAS001",
        (replace(CASE, "## Resultados\n\n", "## Resultados\n\n▶Llegó a toda la gente `[^energia-2016-12]`.\n\n"),),
    ),
    (
        "a second item without source in a list with parentheses",
        "CAS001",
        (
            cut(
                CASE,
                "- **Piloto.**",
                "## Resultados",
                "1) Empezó en Puente Alto[^energia-2016-07].\n▶2) Se llevó a todo el país.\n\n",
            ),
        ),
    ),
    (
        "an item without source",
        "CAS001",
        (replace(CASE, "- **Todo el país.**", "▶- Hubo también muchos talleres.\n- **Todo el país.**"),),
    ),
    (
        "a paragraph without source under a subtitle",
        "CAS001",
        (replace(CASE, "## Lo que no", "### Después\n\n▶Llegó a toda la gente.\n\n## Lo que no"),),
    ),
    (
        "a figure where the case says what is not known",
        "CAS002",
        (replace(CASE, "No se vio qué", "Costó ▶Q3 millones. No se vio qué"),),
    ),
    (
        "a year in what the case advises",
        "CAS002",
        (replace(CASE, "Antes de cambiar un recibo,", "En ▶2019 mejoró. Antes de cambiar un recibo,"),),
    ),
    ("a share in a list of advice", "CAS002", (append(CASE, "\n- Mida si el ▶51 % lo entiende.\n"),)),
    # --- Language ----------------------------------------------------------------------------------------------
    ("an accent missing", "IDI001", (page("El acta de la ▶poblacion afectada."),)),
    ("an accent missing on the second line", "IDI001", (page("El acta\nde la **▶poblacion** afectada."),)),
    ("an accent too many", "IDI001", (page("Un ▶exámen corto."),)),
    (
        "an accent missing in a header",
        "IDI001",
        (replace(PAGE, "resumen: Un sitio pequeño", "▶resumen: Tambien un sitio"),),
    ),
    (
        "an accent missing in an item of a header",
        "IDI001",
        (replace(SESSION, "  - 2 pliegos", "  - ▶2 metodos y pliegos"),),
    ),
    (
        "an accent missing in the glossary",
        "IDI001",
        (replace(GLOSSARY, "  definicion: Medida", "  ▶definicion: Poblacion. Medida"),),
    ),
    ("an accent missing in a recipe", "IDI001", (recipes((LIMITS, "    ▶limites: Tambien. No amplía")),)),
    ("a word twice", "IDI002", (page("El acta de ▶de la reunión."),)),
    ("a word twice, over two lines", "IDI002", (page("El acta de\n▶de la reunión."),)),
    ("two spaces", "IDI003", (page("El acta▶  de la reunión."),)),
    ("a cry", "IDI004", (page("Haga la prueba. ▶¡Anímese!"),)),
    ("half a cry", "IDI004", (page("Haga la prueba▶! Es corta."),)),
    ("a paragraph in English", "IDI005", (page("▶The group writes the problem in one sentence and reads it."),)),
    ("a point in English", "IDI005", (page("- Uno\n- ▶Ask the people that are in line for the first time."),)),
    ("a text of long sentences", "LEC001", (append(PAGE, f"\n{HARD}\n"), replace(PAGE, "Aquí hay", "▶Aquí hay"))),
    # --- Personal data -----------------------------------------------------------------------------------------
    ("an identity number", "DAT001", (page("Firmó con DPI ▶0000 00000 0101."),)),
    ("an identity number without spaces", "DAT001", (page("Firmó (CUI ▶0000000000101)."),)),
    (
        "an identity number in a header",
        "DAT001",
        (replace(SESSION, "  - 2 pliegos", "  - ▶DPI 0000-00000-0101 y 2 pliegos"),),
    ),
    (
        "an identity number in the glossary",
        "DAT001",
        (replace(GLOSSARY, "  definicion: Medida", "  ▶definicion: 0000 00000 0101. Medida"),),
    ),
    ("an identity number in code", "DAT001", (page("Anote `▶0000 00000 0101`."),)),
    (
        "an identity number in a table of figures",
        "DAT001",
        (write("docs/otra.csv", "nombre,dpi\nUna,▶0000000000101\n"),),
    ),
    ("an identity number in a drawing", "DAT001", (write(DRAWING, "<svg><text>▶0000 00000 0101</text></svg>"),)),
    ("an identity number with HTML spaces", "DAT001", (page("Firmó &amp; selló: ▶0000&nbsp;00000&nbsp;0101."),)),
    ("a telephone without the plus sign", "DAT005", (page("La oficina: ▶502 5000-0000."),)),
    ("a telephone in an address", "DAT005", (page("Escriba por [chat](https://wa.me/▶50200000000)."),)),
    ("an e-mail that hides its sign", "DAT003", (page("Escriba a ▶" + PRIVATE.replace("@", " (arroba) ") + "."),)),
    ("a Chilean identity number", "DAT002", (page("El dirigente, RUT ▶00.000.000-0, firmó."),)),
    ("a private e-mail", "DAT003", (page(f"Escriba a ▶{PRIVATE}."),)),
    ("a private e-mail behind a link", "DAT003", (page(f"Escriba [al equipo](mailto:▶{PRIVATE})."),)),
    ("an e-mail that may be of a person", "DAT004", (page("Escriba a ▶una.persona@instituto.gob.gt."),)),
    ("a mobile telephone", "DAT005", (page("Llame al ▶+502 0000 0000."),)),
    ("a mobile telephone after its word", "DAT005", (page("WhatsApp: ▶0000-0000."),)),
    ("a Chilean mobile telephone", "DAT005", (page("Llame al ▶+56 9 0000 0000."),)),
    ("a telephone of a house", "DAT006", (page("Teléfono ▶2000-0000."),)),
    ("a bank card", "DAT007", (page("Pagó con ▶4000 0000 0000 0002."),)),
    ("a bank account", "DAT008", (page("Deposite en ▶GT61 0000 0000 0000 0000 0000 0000."),)),
    # --- Relations ---------------------------------------------------------------------------------------------
    ("an unknown method", "REL001", (replace(SESSION, "despues: [piloto-de-", "despues: [▶piloto-sin-"),)),
    ("an unknown method of a case", "REL001", (replace(CASE, "  - id: piloto-de-cuatro", "  - ▶id: piloto-de-cinco"),)),
    ("an unknown canvas", "REL001", (replace(SESSION, "despues: [", "▶lienzo: tarjetas\ndespues: ["),)),
    ("an unknown original", "REL001", (front("▶traduccion_de: about"),)),
    (
        "a method before itself",
        "REL002",
        (replace(PROCESS, "antes: [problema-en-una-frase]", "antes: [▶piloto-de-cuatro-semanas]"),),
    ),
    (
        "a draft after a published method",
        "FIC003 REL003",
        (DRAFT, SHORT_DRAFT, replace(SESSION, "despues: [", "despues: [▶borrador, ")),
    ),
    (
        "a draft used by a published case",
        "REL003 FIC003",
        (
            replace(CASE, "  - id: piloto", "  - ▶id: borrador\n    uso: Lo probaron.\n  - id: piloto"),
            DRAFT,
            SHORT_DRAFT,
        ),
    ),
    (
        "a method twice",
        "REL004",
        (replace(PROCESS, "antes: [problema-en-una-frase]", "antes: [problema-en-una-frase, ▶problema-en-una-frase]"),),
    ),
    (
        "two methods, each before the other",
        "REL005 REL005",
        (
            replace(SESSION, "despues: [piloto-de-cuatro-semanas]", "antes: [▶piloto-de-cuatro-semanas]"),
            replace(PROCESS, "antes: [problema", "antes: [▶problema"),
        ),
    ),
    (
        "a method before and after another",
        "REL005 REL005 REL005",
        (
            replace(PROCESS, "antes: [problema", "despues: [▶problema-en-una-frase]\nantes: [▶problema"),
            replace(SESSION, "despues: [", "despues: [▶"),
        ),
    ),
    (
        "three methods in a circle",
        "REL005 REL005 FIC008 REL005 FIC003",
        (
            copy(
                PROCESS,
                "methods/tercero.md",
                ("codigo: M002", "▶codigo: M003"),
                ("antes: [problema-en-una-frase]", "despues: [▶problema-en-una-frase]"),
                ("publicado\n---\n", "publicado\n---\n▶"),
            ),
            replace(PROCESS, "antes: [problema-en-una-frase]", "despues: [▶tercero]"),
            replace(SESSION, "despues: [", "despues: [▶"),
        ),
    ),
    ("a translation of itself", "REL002", (front("▶traduccion_de: acerca"),)),
    (
        "a published translation of a draft",
        "REL003",
        (
            write("docs/original.md", NEW_PAGE.replace("revisado", "estado: borrador\nrevisado")),
            front("▶traduccion_de: original"),
        ),
    ),
    (
        "a term that names itself",
        "REL002",
        (
            replace(GLOSSARY, "- id: piloto\n", "▶- id: piloto\n"),
            replace(GLOSSARY, "ver: [linea-base]", "ver: [linea-base, piloto]"),
        ),
    ),
    # --- Links -------------------------------------------------------------------------------------------------
    ("a link to nothing", "ENL001", (page("Vea ▶[otra](otra.md)."),)),
    ("a link by reference to nothing", "ENL001", (page("Vea [otra][1].\n\n[1]: ▶otra.md"),)),
    ("a script by reference", "ENL003", (page("Vea [eso][1].\n\n[1]: ▶javascript:alert(1)"),)),
    ("an image of nothing", "ENL001", (page("▶![Mapa de la aldea](mapa.png)"),)),
    ("a link to nothing with a title", "ENL001", (page("Vea ▶[otra](otra.md 'La otra')."),)),
    ("a link to a public address", "ENL001", (page("Vea ▶[la ficha](/metodos/problema-en-una-frase/)."),)),
    ("a link after another link", "ENL001", (page("Vea [esta](acerca.md) y ▶[otra](otra.md)."),)),
    ("a fragment of nothing", "ENL002", (page("Vea ▶[eso](#costos)."),)),
    (
        "a fragment of nothing in another file",
        "ENL002",
        (page("Vea ▶[eso](../methods/problema-en-una-frase.md#paso-9)."),),
    ),
    ("a term of nothing", "ENL002", (page("Vea ▶[eso](glosario.md#prototipo)."),)),
    ("a script as an address", "ENL003", (page("Vea ▶[eso](javascript:alert(1))."),)),
    ("an address without scheme", "ENL003", (page("Vea ▶[eso](//example.org/a)."),)),
    ("an address that cannot be read", "ENL003", (page("Vea ▶[eso](http://[foo)."),)),
    ("a disk as an address", "ENL003", (page(r"Vea ▶[eso](C:\fichas\uno.docx)."),)),
    ("a link to a draft", "ENL004 FIC003", (page("Vea ▶[eso](../methods/borrador.md)."), DRAFT, SHORT_DRAFT)),
    # Disguises of one address, each seen by the parser in its own way.
    *(
        (f"a script written «{typed}»", "ENL003", (page(f"Vea {typed}"),))
        for typed in (
            "▶[eso](&#106;avascript:alert(1))",
            "▶[eso](&#x6A;avascript&colon;alert(1))",
            "▶[eso](JaVaScRiPt:alert(1))",
            r"▶[eso](java\script\:alert(1))".replace(r"java\script", "javascript"),
            "▶[eso](<javascript:alert(1)>)",
            "▶[eso](javascript:alert%281%29 'Con título')",
            "▶[eso](javascript:alert(1) (Con título))",
            "▶[e[s]o](vbscript:msgbox(1))",
            "▶[e [s [t] ] o](javascript:alert(1))",
            "▶[*eso* `x`](data:text/html;base64,PHNjcmlwdD4=)",
            "▶[eso\notra línea](javascript:alert(1))",
            "▶[eso](\njavascript:alert(1)\n)",
            "▶[eso](file:///etc/passwd)",
            "▶[eso](blob:https://example.org/1)",
            "▶![la plaza](javascript:alert(1))",
            "▶<javascript:alert(1)>",
            "▶<JAVASCRIPT:alert(1)>",
            "▶<data:text/html,x>",
            "[eso][1].\n\n[1]: ▶&#106;avascript:alert(1)",
            "▶[eso][1].\n\n[1]: <javascript:alert(1)>",
            "▶[eso][1].\n\n[1]:\n  <javascript:alert(1)>",
            "▶[eso][].\n\n> [eso]: javascript:alert(1)",
            "▶[eso](mailto:nadie)",
            "▶[eso](https:///ruta)",
            "▶[eso](https:datos)",
            r"▶[eso](https:\\\\example.org)",
            "▶[eso](/\\\\example.org/a)",
        )
    ),
    *(
        (f"an address of inside, «{host}»", "ENL005", (page(f"Vea ▶[los datos](http://{host}/plan.pdf)."),))
        for host in (
            *("localhost", "LOCALHOST:8080", "127.0.0.1", "127.1", "10.0.0.8", "192.168.1.20", "172.16.4.1"),
            *("172.31.255.1", "169.254.169.254", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.1", "0", "[::1]"),
            *("[fd00::1]", "[::ffff:10.0.0.1]", "servidor", "servidor.local", "plan.intranet", "nas.lan", "a.internal"),
            *("localhost.", "router.home.arpa", "prueba.test"),
        )
    ),
    ("a user that looks like a site", "ENL006", (page("Vea ▶[Segeplan](https://segeplan.gob.gt@example.org/a)."),)),
    ("a user with a secret", "ENL006", (page("Vea ▶[Segeplan](https://ana:clave@example.org)."),)),
    ("letters of another alphabet", "ENL006 ARC013", (page("Vea ▶[Segeplan](https://www.s▶еgeplan.gob.gt/)."),)),
    ("letters of another alphabet, encoded", "ENL006", (page("Vea ▶[Segeplan](https://xn--sgeplan-2fg.gob.gt/)."),)),
    ("a number for a name", "ENL006", (page("Vea ▶[Segeplan](http://8.8.8.8/)."),)),
    ("a text of one site that leads to another", "ENL006", (page("Vea ▶[segeplan.gob.gt](https://example.org/)."),)),
    (
        "a text of one address that leads to another",
        "ENL006",
        (page("▶[https://gob.gt/x](https://gob.gt.example.org/)"),),
    ),
    ("a short address", "ENL007", (page("Vea ▶[el plan](https://bit.ly/3abcde)."),)),
    ("a link that says «aquí»", "ENL008", (page("Lea la guía ▶[aquí](acerca.md)."),)),
    ("a link that says «Clic aquí»", "ENL008", (page("▶[**Clic** aquí.](acerca.md)"),)),
    ("a link that says «ver más»", "ENL008", (page("▶[Ver más…](https://example.org/)"),)),
    ("a link that says «este enlace»", "ENL008", (page("Está en ▶[este enlace][1].\n\n[1]: acerca.md"),)),
    ("a link that says nothing", "ENL008", (page("Vea ▶[](acerca.md)."),)),
    ("a link that says a dash", "ENL008", (page("Vea ▶[—](acerca.md)."),)),
    ("a long address for a text", "ENL008", (page(f"Vea ▶<https://example.org/{'ruta/' * 12}>."),)),
    ("a name that is not defined", "ENL009", (page("Vea ▶[la guía][hoja]."),)),
    ("an empty name that is not defined", "ENL009", (page("Vea ▶[la guía][]."),)),
    ("a name defined in another part", "ENL009", (page("Vea ▶[la guía][g].\n\n## Otra parte\n\n[g]: acerca.md"),)),
    ("a space before the address", "ENL009", (page("Vea ▶[la guía] (acerca.md)."),)),
    ("a space inside the address", "ENL009", (page("Vea ▶[la guía](una hoja.pdf)."),)),
    ("an address that is not closed", "ENL009", (page("Vea ▶[la guía](acerca.md y siga."),)),
    ("the signs of a link turned round", "ENL009", (page("Vea ▶(la guía)[https://example.org/]."),)),
    ("an address between angles", "ENL010 HTM001", (page("Vea ▶[la guía](▶<acerca.md>)."),)),
    ("a script behind what cannot be seen", "ENL001 ARC010", (page("Vea ▶[eso](<▶\x01javascript:alert(1)>)."),)),
    ("a script with a tab in it", "ENL003 HTM001", (page("Vea ▶[eso](▶<java\tscript:alert(1)>)"),)),
    ("a link around an image", "ENL003 ENL010", (picture, page(f"▶[▶![mapa]({PICTURE})](javascript:alert(1))"))),
    ("a title between parentheses", "ENL010", (page("Vea ▶[la guía](acerca.md (La guía))."),)),
    ("a letter in disguise", "ENL010", (page("Vea ▶[la guía](acerca&#46;md)."),)),
    ("a file in capitals", "ENL001", (page("Vea ▶[la guía](Acerca.MD)."),)),
    ("a link to an anchor in capitals", "ENL002", (page("Vea ▶[la licencia](#Licencia)."),)),
    ("a source of nothing", "ENL002", (page("Vea ▶[la fuente](fuentes.md#nadie-2020)."),)),
    ("a situation of nothing", "ENL002", (page("Vea ▶[la pregunta](por-donde-empiezo.md#situacion-otra)."),)),
    ("a code of nothing", "ENL002", (page("Vea ▶[el mensaje](contribuir/errores.md#fm999)."),)),
    (
        "a link to nothing below a wrong header",
        "FM003 ENL001",
        (front("▶color: rojo"), page("Vea ▶[otra](otra.md) y [la licencia](#licencia).")),
    ),
    (
        "a source inside an office",
        "ENL005",
        (replace(SOURCES, "  url: 'https://consultorestema.com", "  ▶url: 'http://10.0.0.1"),),
    ),
    (
        "a source behind a short address",
        "ENL007",
        (replace(SOURCES, "cocode/'\n", "cocode/'\n  ▶consultado_en: https://bit.ly/3abcde\n"),),
    ),
    # --- Sources and data --------------------------------------------------------------------------------------
    ("an unknown source in a text", "FUE001", (page("Según la ley▶[^ley]."),)),
    ("an unknown source in a header", "FUE001", (front("fuentes: [▶ley]"),)),
    (
        "an unknown source deep in a header",
        "FUE001",
        (replace(CASE, "    fuentes: [energia", "    fuentes: [▶ley, energia"),),
    ),
    ("a law without source", "FUE003", (page("Lo garantiza el ▶Decreto 57-2008."),)),
    ("a figure of a country without source", "FUE003", (page("En Guatemala, el ▶40 % habla un idioma maya."),)),
    ("a date of a country without source", "FUE003", (page("- Chile creó su laboratorio ▶en mayo de 2014."),)),
    (
        "an unknown source in the glossary",
        "FUE001",
        (
            replace(GLOSSARY, "- id: linea-base", "▶- id: linea-base"),
            replace(GLOSSARY, "ver: [piloto]\n  fuentes: [", "ver: [piloto]\n  fuentes: [ley, "),
        ),
    ),
    ("a source that nobody cites", "FUE002", (append(SOURCES, f"▶{NEW_SOURCE}"),)),
    (
        "a code twice",
        "COD001",
        (replace(PROCESS, "codigo: M002", "codigo: M001"), replace(SESSION, "codigo: M001", "▶codigo: M001")),
    ),
    ("a redirect over a page", "RED001", (front("redirige_desde: [▶metodos/problema-en-una-frase]"),)),
    ("a redirect over a list", "RED001", (front("redirige_desde: [viejo, ▶metodos/]"),)),
    ("a redirect from the page itself", "RED002", (front("redirige_desde: [▶acerca/]"),)),
    (
        "two pages that lead to each other",
        "RED002 RED002",
        (
            front("redirige_desde: [▶otra]"),
            write("docs/otra.md", NEW_PAGE.replace("revisado", "redirige_desde: [▶acerca]\nrevisado")),
        ),
    ),
    (
        "a redirect to a page that leads away",
        "RED001 RED002",
        (
            front("redirige_desde: [▶otra]"),
            write("docs/otra.md", NEW_PAGE.replace("revisado", "redirige_desde: [▶tercera]\nrevisado")),
            write("docs/tercera.md", NEW_PAGE),
        ),
    ),
    (
        "two redirects from one address",
        "RED001",
        (
            front("redirige_desde: [vieja]"),
            write("docs/otra.md", NEW_PAGE.replace("revisado", "redirige_desde: [▶vieja]\nrevisado")),
        ),
    ),
    ("a redirect from the data", "RED003", (front("redirige_desde: [▶api/v1]"),)),
    ("a redirect from the assets", "RED003", (front("redirige_desde: [▶assets/hoja]"),)),
    ("a redirect from a short address of nobody", "RED003", (front("redirige_desde: [▶m/999]"),)),
    ("a redirect from the search", "RED001", (front("redirige_desde: [▶buscar]"),)),
    ("a redirect from above the site", "FM015", (front("redirige_desde: [▶../otro-sitio]"),)),
    ("a redirect from another site", "FM015", (front("redirige_desde: [▶//example.org/a]"),)),
    (
        "a redirect from a web address",
        "FM015",
        (front("redirige_desde: ['▶https://example.org/a']".replace("'▶", "▶'")),),
    ),
    (
        "a redirect to a draft",
        "RED004",
        (
            write(
                "docs/otra.md",
                NEW_PAGE.replace("revisado", "redirige_desde: [▶vieja]\nestado: borrador\nrevisado"),
            ),
        ),
    ),
    ("a redirect over a short address", "RED001", (front("redirige_desde: [▶m/001]"),)),
    (
        "a term twice",
        "GLO001",
        (
            replace(GLOSSARY, "  ver: [piloto]\n", ""),
            replace(GLOSSARY, "  ver: [linea-base]\n", ""),
            replace(GLOSSARY, "- id: piloto\n", "▶- id: linea-base\n"),
            replace(PAGE, "glosario.md#piloto", "glosario.md"),
        ),
    ),
    (
        "a form of two terms",
        "GLO002",
        (
            replace(GLOSSARY, "- id: piloto\n", "▶- id: piloto\n"),
            replace(GLOSSARY, "formas: [piloto, ", "formas: [Línea base, piloto, "),
        ),
    ),
    (
        "a related term that is not there",
        "GLO003",
        (
            replace(GLOSSARY, "- id: piloto\n", "▶- id: piloto\n"),
            replace(GLOSSARY, "ver: [linea-base]", "ver: [indicador]"),
        ),
    ),
    # --- Reports of use ----------------------------------------------------------------------------------------
    ("a report of an unknown method", "USO001", (report(("metodo: problema-en", "▶metodo: problemas-en")),)),
    (
        "a report of a draft",
        "USO002 FIC003",
        (report(("metodo: problema-en-una-frase", "▶metodo: borrador")), DRAFT, SHORT_DRAFT),
    ),
    (
        "a report of a process",
        "USO003",
        (report(("metodo: problema-en-una-frase", "▶metodo: piloto-de-cuatro-semanas")),),
    ),
    ("a report of an unknown step", "USO004", (report(("paso-1", "▶paso-9")),)),
    ("a step of a whole day", "USO005", (report(("paso-1: 15", "▶paso-1: 601")),)),
    ("a use to come", "FEC003", (report(("fecha: 2026", "▶fecha: 2062")),)),
    ("a report of another century", "USO006", (report(("fecha: 2026", "▶fecha: 1926")),)),
    (
        "a use that is told twice",
        "USO007",
        (report(), report(("- metodo", "- ▶metodo"), ("paso-1: 15", "paso-2: 40"), ("biblio", "Biblio"))),
    ),
    ("a report for some people", "FM007", (report(("personas: 7", "▶personas: varias")),)),
    ("a report of a thousand people", "FM007", (report(("personas: 7", "▶personas: 1000")),)),
    ("a report of no minutes", "FM005", (report(("minutos: {paso-1: 15}", "▶minutos: {}")),)),
    ("minutes with a unit", "FM007", (report(("paso-1: 15", "▶paso-1: 15 min")),)),
    ("a report of an impossible day", "FM013", (report(("fecha: 2026-04-01", "▶fecha: 2026-02-30")),)),
    ("a report without a place", "FM002", (report(("- metodo", "- ▶metodo"), ("  lugar: biblioteca\n", "")),)),
    ("a report with HTML", "FM012", (report(("lugar: biblioteca", "▶lugar: <b>biblioteca</b>")),)),
    ("reports by name", "FM016", (write(REPORTS, "▶uno:\n  metodo: piloto\n"),)),
    # --- Recipes -----------------------------------------------------------------------------------------------
    ("a recipe with an unknown method", "REC001", (recipes((FIRST, "- ▶metodo: problema-en-dos-frases\n")),)),
    (
        "a recipe with a draft",
        "REC002 FIC003",
        (recipes((FIRST, "- ▶metodo: borrador\n")), DRAFT, SHORT_DRAFT),
    ),
    (
        "recipes with a retired method",
        "REC002 REC002",
        (
            replace(SESSION, "estado: publicado", "estado: retirado"),
            recipes(("- metodo: problema", "- ▶metodo: problema")),
        ),
    ),
    (
        "a recipe with a method twice",
        "REC003",
        (recipes(("metodo: piloto-de-cuatro-semanas\n        porque: M", f"▶{FIRST[2:]}        porque: M")),),
    ),
    (
        "a recipe of one method",
        "REC004",
        (
            recipes(
                ("    pasos:\n      - metodo: piloto", "    ▶pasos:\n      - metodo: piloto"),
                ("      - metodo: problema-en-una-frase\n        porque: Lo que la prueba dejó ver se dice de n", "#"),
            ),
        ),
    ),
    (
        "a recipe of six methods, four of them the same",
        "REC004 REC003 REC003 REC003 REC003",
        (
            recipes(
                ("    pasos:\n      - metodo: piloto", "    ▶pasos:\n      - metodo: piloto"),
                (LIMITS, "      - {▶metodo: problema-en-una-frase, porque: Otra vez.}\n" * 4 + LIMITS),
            ),
        ),
    ),
    (
        "a recipe with the name of their list",
        "ARC006",
        (recipes(("receta: probar-y-decir", "receta: index"), ("\n  probar-y-decir:", "\n  ▶index:")),),
    ),
    ("an answer that leads nowhere", "REC005", (recipes((LAST, "▶{respuesta: No}")),)),
    (
        "an answer with two ways",
        "REC005",
        (recipes(("- respuesta: Sí, con datos\n", "- ▶respuesta: Sí, con datos\n        receta: decir-y-probar\n")),),
    ),
    (
        "answers without question",
        "REC005",
        (
            recipes(
                ("- respuesta: Sí, con datos\n        pregunta: ¿Quién puede cambiarlo?", "- ▶respuesta: Sí, con datos")
            ),
        ),
    ),
    ("an answer with an unknown recipe", "REC006", (recipes((LAST, "{respuesta: No, ▶receta: decir-y-provar}")),)),
    (
        "a recipe that nobody reaches",
        "REC007",
        (
            recipes(
                ("receta: probar-y-decir", "receta: decir-y-probar"), ("\n  probar-y-decir:", "\n  ▶probar-y-decir:")
            ),
        ),
    ),
    ("a fourth question", "REC008", (recipes(("{respuesta: Sí, receta: probar-y-decir}\n              -", DEEPER)),)),
    ("a question without answers", "REC009", (recipes((LAST, "{respuesta: No, ▶pregunta: ¿Y ahora?}")),)),
    (
        "a question with one answer",
        "REC009",
        (recipes(("    pregunta: ¿Hay criterios", "    ▶pregunta: ¿Hay criterios"), (f"      - {LAST}\n", "")),),
    ),
    (
        "a question with five answers",
        "REC009",
        (recipes(("    pregunta: ¿Hay cr", "    ▶pregunta: ¿Hay cr"), (f"      - {LAST}\n", f"      - {LAST}\n" * 4)),),
    ),
    ("an unknown field of a recipe", "FM003", (recipes((LIMITS, f"    ▶minutos: 60\n{LIMITS}")),)),
    ("an unknown field of a step", "FM003", (recipes(("veces: 2-3", "▶vez: 2-3")),)),
    ("an unknown part of the recipes", "FM003", (append(RECIPES, "▶ingredientes: {}\n"),)),
    ("a part of the recipes that is a list", "FM016", (write(RECIPES, "▶situaciones: [una]\nrecetas: {}\n"),)),
    ("recipes that are a list", "FM016", (write(RECIPES, "▶- recetas\n"),)),
    ("a recipe without its limits", "FM002", (recipes(("\n  decir", "\n  ▶decir"), (LIMITS_1, "")),)),
    ("a long title of a situation", "FM006", (recipes(("titulo: La pr", f"▶titulo: {'La prueba ' * 8}La pr")),)),
    ("a method some times", "FM007", (recipes(("veces: 2-3", "▶veces: varias")),)),
    ("a situation whose name is no anchor", "FM015", (recipes(("prueba-sin-fin:", "▶Prueba:")),)),
    (
        "a phase for an unknown step of planning",
        "FM011",
        (replace(VOCABULARIES, "ciclo: [diagnostico, evaluacion]", "ciclo: [diagnostico, ▶evaluar]"),),
    ),
    (
        "a licence that the program does not know",
        "FM011",
        (replace(VOCABULARIES, "\nidiomas:\n", "  ▶MIT: {etiqueta: MIT, definicion: 'De programas.'}\n\nidiomas:\n"),),
    ),
    (
        "a phase of a family that does not exist",
        "FM011",
        (replace(VOCABULARIES, "Idear, familia: crear", "Idear, ▶familia: creer"),),
    ),
    # --- The register ------------------------------------------------------------------------------------------
    (
        "an address of the register that is gone",
        "REG001",
        (register("acerca/\t\tAcerca de este sitio\t2026-01-01", "▶equipo/\t\tEquipo\t2026-01-01"),),
    ),
    (
        "a published step that is gone",
        "REG001",
        (register("▶metodos/problema-en-una-frase/\tpaso-9\tCierre\t2026-01-01"),),
    ),
    ("a published term that is gone", "REG001", (register("▶glosario/\tactor\tActor\t2026-01-01"),)),
    (
        "a published card back to draft",
        "REG001 FIC003",
        (register("▶metodos/borrador/\t\tPiloto de cuatro semanas\t2026-01-01"), DRAFT, SHORT_DRAFT),
    ),
    ("addresses to write down", "REG002", (at(REGISTER, 1, 1),)),
    (
        "a line of two columns",
        "REG003",
        (register("acerca/\t\tAcerca de este sitio\t2026-01-01", "▶metodos/foda/ FODA"),),
    ),
    ("a date of the register that cannot be", "REG003", (register("▶acerca/\t\tAcerca de este sitio\t2026-02-30"),)),
    ("an address twice in the register", "REG006", (register(LINE, "▶" + LINE),)),
    ("a title that changed", "REG004", (register("▶acerca/\t\tAcerca de Fichero\t2026-01-01"),)),
]


def planted(root: Path, changes: tuple[Change, ...]) -> list[tuple[str, int, int]]:
    """Make the changes; the places they point at, in order."""
    return sorted(place for change in changes for place in change(root))


@pytest.mark.parametrize(("expected", "changes"), [row[1:] for row in PLANTED], ids=[row[0] for row in PLANTED])
def test_a_mistake_alone_is_told_with_its_code_at_its_place(
    site: Path, expected: str, changes: tuple[Change, ...]
) -> None:
    places = planted(site, changes)
    usual = {(archivo, codigo) for archivo, _, codigo in ALWAYS} - {(REGISTER, expected)}
    problems = [p for p in check(site, today=TODAY).problems if (p.archivo, p.codigo) not in usual]

    told = [(p.archivo, p.linea, p.columna, p.codigo, p.severidad) for p in problems]
    assert told == [
        (*place, codigo, "aviso" if codigo in AVISOS else "error")
        for place, codigo in zip(places, expected.split(), strict=True)
    ]
    for problem in problems:
        assert problem.mensaje and problem.arreglo, "a message says what is wrong and what to do"
        assert len(str(problem).splitlines()) == 1


def test_the_untouched_site_has_no_mistakes(site: Path) -> None:
    assert revisar(site) == ALWAYS


def test_an_impossible_card_is_told_whole_as_it_is_written_beside_it(site: Path) -> None:
    shutil.copy(PROBLEMS / "imposible.md", site / "methods")
    problems = [p for p in check(site).problems if p.archivo == "methods/imposible.md"]
    assert as_text(problems) + "\n" == (PROBLEMS / "imposible.txt").read_text(encoding="utf-8")
    assert len({problem.codigo for problem in problems}) >= 60


# A mistake that is one only beside what there was: the codes, what there was if not the site as it is, and the change.
PROPOSED: list[tuple[str, str, tuple[Change, ...], tuple[Change, ...]]] = [
    (
        "a line of the register that changed",
        "REG005",
        (register(LINE),),
        (register("▶" + LINE.replace("6-01", "5-01")),),
    ),
    ("a line of the register that is gone", "REG005", (register(LINE),), (register(), at(REGISTER, 1, 1))),
    ("lines of the register in another order", "REG005", (register(LINE, OTHER),), (register("▶" + OTHER, LINE),)),
    ("a line in the middle of the register", "REG005", (register(LINE),), (register("▶" + OTHER, LINE),)),
    (
        "a line with the date of another day",
        "REG006",
        (register(LINE),),
        (register(LINE, "▶" + OTHER.replace("2026", "2025")),),
    ),
    (
        "a line with another title",
        "REG004 REG006",
        (register(LINE),),
        (register(LINE, "▶▶" + OTHER.replace("Licencia", "Permiso")),),
    ),
    ("a published page that is gone", "PRO002", (COPY,), (delete("docs/otra.md"), at("docs/otra.md", 1, 1))),
    (
        "a published card with another name",
        "PRO002",
        (),
        (delete(CASE), copy_of(CASE, "cases/recibos-claros.md"), at(CASE, 1, 1)),
    ),
    ("a code that changed", "PRO003", (), (replace(CASE, "codigo: C001", "▶codigo: C002"),)),
    (
        "a code that changed with the name",
        "PRO003",
        (),
        (
            copy(CASE, "cases/claras.md", ("codigo: C001", "▶codigo: C002\nredirige_desde: [casos/cuentas-claras]")),
            delete(CASE),
            replace(SESSION, "cuentas-claras.md", "claras.md"),
        ),
    ),
    (
        "a card that takes the place of another, but not of its short link",
        "PRO003",
        (copy(CASE, "cases/claras.md", ("codigo: C001", "codigo: C002")),),
        (
            delete(CASE),
            replace("cases/claras.md", "codigo: C002", "▶codigo: C002\nredirige_desde: [casos/cuentas-claras]"),
            replace(SESSION, "cuentas-claras.md", "claras.md"),
        ),
    ),
    (
        "a published page back to draft",
        "PRO004",
        (COPY,),
        (replace("docs/otra.md", "revisado", "▶estado: borrador\nrevisado"),),
    ),
    ("an anchor that is gone", "PRO005", (), (replace(PAGE, "## Licencia {#licencia}", "## Licencia"), at(PAGE, 2, 1))),
    ("an anchor with another title", "PRO006", (), (replace(PAGE, "## Licencia {", "▶## Permisos {"),)),
]


def texts(root: Path) -> dict[str, str]:
    """The Markdown files of a folder."""
    files = sorted(path for folder in ("methods", "cases", "docs") for path in (root / folder).rglob("*.md"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in files}


@pytest.mark.parametrize(
    ("expected", "before", "changes"), [row[1:] for row in PROPOSED], ids=[row[0] for row in PROPOSED]
)
def test_a_proposal_that_undoes_what_is_published_is_told(
    site: Path, expected: str, before: tuple[Change, ...], changes: tuple[Change, ...]
) -> None:
    planted(site, before)
    written = (site / REGISTER).read_text(encoding="utf-8") if (site / REGISTER).exists() else ""
    base = Base(register=written, texts=texts(site))
    nothing = [p.codigo for p in check(site, base).problems if p.codigo not in ("REG002", "FIC003")]
    assert nothing == [], "what there was is no mistake"
    places = planted(site, changes)

    problems = [p for p in check(site, base).problems if p.codigo not in ("REG002", "FIC003")]

    assert [(p.archivo, p.linea, p.columna, p.codigo, p.severidad) for p in problems] == [
        (*place, codigo, "aviso" if codigo in AVISOS else "error")
        for place, codigo in zip(places, expected.split(), strict=True)
    ]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (("methods/a.md", "tareas.py"), "la propuesta cambia contenido (methods/a.md) y programa (tareas.py)"),
        (
            ("cases/a.md", "docs/b.md", "docs/c.md", "docs/d.md", ".github/a.yml"),
            "la propuesta cambia contenido (cases/a.md, docs/b.md, docs/c.md y 1 más) y programa (.github/a.yml)",
        ),
        (("methods/a.md", "docs/b.md", "enlaces.tsv"), None),
        (("hooks/fichero/model.py", "tests/test_model.py", "docs/contribuir/ficha.md"), None),
        ((), None),
    ],
)
def test_a_proposal_with_content_and_program_is_asked_to_be_two(
    site: Path, changed: tuple[str, ...], told: str | None
) -> None:
    found = [p for p in check(site, Base(changed=changed)).problems if p.codigo == "PRO001"]
    assert [(p.mensaje, p.severidad) for p in found] == ([(told, "aviso")] if told else [])


def test_a_page_that_leaves_a_redirect_and_keeps_its_code_and_its_anchors_is_a_good_proposal(site: Path) -> None:
    base = Base(texts=texts(site))
    copy(CASE, "cases/claras.md", ("codigo: C001", "codigo: C001\nredirige_desde: [casos/cuentas-claras]"))(site)
    delete(CASE)(site)
    replace(SESSION, "cuentas-claras.md", "claras.md")(site)
    assert [p for p in check(site, base).problems if p.codigo not in ("REG002", "FIC003")] == []


def test_the_table_of_mistakes_has_at_least_150_and_each_is_another() -> None:
    names = [row[0] for row in (*PLANTED, *PROPOSED)]
    assert len(PLANTED) >= 150
    assert len(names) == len(set(names))
    assert all(expected for _, expected, *_ in (*PLANTED, *PROPOSED)), "a row without a code proves nothing"


def test_every_code_is_planted_above() -> None:
    shown = {codigo for _, expected, _ in PLANTED for codigo in expected.split()} | {"REG005"} | OF_FORMS
    shown |= {codigo for _, expected, _, _ in PROPOSED for codigo in expected.split()} | {"PRO001"}

    assert shown | UNREACHABLE.keys() == codes().keys()
    assert not shown & UNREACHABLE.keys()


def test_every_code_in_the_program_is_explained_and_every_explained_code_is_in_the_program() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(CORE.glob("*.py"))]
    printed = {codigo for source in sources for codigo in re.findall(r"\"([A-Z]{3}\d{3}|FM\d{3})\"", source)}

    assert printed == codes().keys()


def test_every_code_is_an_error_or_an_aviso_for_ever() -> None:
    assert {codigo for codigo, code in codes().items() if code.severidad == "aviso"} == AVISOS
    assert {code.severidad for code in codes().values()} == {"error", "aviso"}


@pytest.mark.parametrize("codigo", sorted(codes()))
def test_every_code_has_a_title_a_reason_and_two_different_examples(codigo: str) -> None:
    code = codes()[codigo]
    for text in (code.titulo, code.explica, code.mal, code.bien):
        assert text.strip()
    assert code.mal != code.bien
    assert code.explica.endswith((".", "»"))
