"""Valid but unusual cards: what a rule too zealous would refuse. Each passes with no error and no aviso."""

import datetime
from pathlib import Path

import pytest
from changes import CASE, GUIDE, PAGE, PROCESS, SESSION, SOURCES, Change, append, copy, cut, replace, revisar, write
from test_codes import ALWAYS, TODAY

from fichero.pipeline import check

STEP_12 = """### Descanse {#paso-12 minutos=5-10}

Salgan de la sala.

Diga: «Volvemos en cinco minutos.»

Listo cuando todas las personas volvieron.

Si se traba: alguien se va. Siga con quienes quedan."""
STEP_3 = "### Escriba la frase {#paso-3 minutos=20-25 esencial}"
REVIEWED = "revisado: 2026-11-22\nproxima_revision: 2027-11-22\ncambios:"
LONG_LIST = "".join(f"  - {number} hojas para la mesa {number}\n" for number in range(1, 61))
SPACE = "espacio: Un salón con una pared libre de dos metros"


def in_steps(text: str) -> Change:
    """The first step of the card begins with this."""
    return replace(SESSION, "Pegue los tres datos en la pared y léalos en voz alta. ", f"{text}\n\n")


UNUSUAL: list[tuple[str, tuple[Change, ...]]] = [
    # --- Values that YAML takes for something else -----------------------------------------------------------------
    (
        "a title that is a number with a zero before it",
        (replace(SESSION, "titulo: Problema en una frase", "titulo: 012"),),
    ),
    ("a title that is a time", (replace(PAGE, "titulo: Acerca de este sitio", "titulo: 1:30"),)),
    ("a title that is a number with an exponent", (replace(PAGE, "titulo: Acerca de este sitio", "titulo: 1e3"),)),
    ("a title that is No", (replace(PAGE, "titulo: Acerca de este sitio", "titulo: No"),)),
    ("another name that YAML takes for no", (replace(SESSION, "  - problem statement", "  - off"),)),
    ("another name that begins with a tilde", (replace(SESSION, "  - problem statement", "  - ~ aproximado"),)),
    ("a person who writes null", (replace(SESSION, "  - «No sé cómo empezar el diagnóstico»", "  - «Sale null»"),)),
    ("a material that is a date", (replace(SESSION, "  - 12 marcadores gruesos", "  - 2026-11-22"),)),
    ("a place that says yes", (replace(SESSION, SPACE, "espacio: 'true'"),)),
    # --- Ways of writing YAML --------------------------------------------------------------------------------------
    (
        "a title with quotes, a colon and an apostrophe",
        (replace(SESSION, "titulo: Problema en una frase", "titulo: 'Problema: «lo de siempre», dicho en k''iche'''"),),
    ),
    (
        "a title in double quotes, with an escape",
        (replace(PAGE, "titulo: Acerca de este sitio", 'titulo: "Acerca de \\"este\\" sitio: qu\\u00e9 es"'),),
    ),
    (
        "a resumen folded in several lines",
        (
            cut(
                SESSION,
                "resumen: ",
                "tambien:",
                "resumen: >-\n  El grupo escribe qué le pasa a quién,\n  dónde y desde cuándo.\n",
            ),
        ),
    ),
    (
        "comments, blank lines and a value after its comment",
        (
            replace(
                SESSION, "fase: definir", "# De aquí en adelante, lo que filtra.\n\nfase: definir  # antes de idear"
            ),
        ),
    ),
    (
        "lists and maps in one line",
        (
            cut(SESSION, "tambien:", "necesidades:", "tambien: [enunciado del problema, 'frase, con coma']\n"),
            cut(
                SESSION,
                "costo:",
                "dificultad:",
                "costo: {quetzales: 40-80, fecha: 2026-11-22, incluye: 'papel, tinta'}\n",
            ),
        ),
    ),
    (
        "a list without indentation",
        (replace(SESSION, "permisos:\n  - La jefatura", "permisos:\n- La jefatura"),),
    ),
    (
        "a sign of a name in a title: #",
        (replace(PAGE, "titulo: Acerca de este sitio", "titulo: 'El paso #3 del sitio'"),),
    ),
    (
        "a title with a space that does not break",
        (replace(SESSION, "## Úselo cuando", "## Úselo\u00a0cuando"),),
    ),
    # --- Quantities and dates --------------------------------------------------------------------------------------
    (
        "ranges with an en dash, hours and a space before the sign",
        (
            replace(SESSION, "duracion: 60-80 min", "duracion: 60–80 min"),
            replace(SESSION, "preparacion: 30 min", "preparacion: 1–2 h"),
            replace(SESSION, "participantes: 5-12", "participantes: 5–12"),
        ),
    ),
    ("a card for one person", (replace(SESSION, "participantes: 5-12", "participantes: 1"),)),
    (
        "a review on a day that only leap years have",
        (replace(SESSION, REVIEWED, "revisado: 2024-02-29\nproxima_revision: 2028-02-29\ncambios:"),),
    ),
    (
        "reviews on the last and the first day of a year",
        (replace(SESSION, REVIEWED, "revisado: 2025-12-31\nproxima_revision: 2026-01-01\ncambios:"),),
    ),
    (
        "a figure that the source does not date, and another by a month",
        (
            replace(CASE, "    fecha: '2014'", "    fecha: sin fecha"),
            replace(SOURCES, "  fecha: '2001'", "  fecha: hacia mayo de 1998"),
        ),
    ),
    # --- Steps -----------------------------------------------------------------------------------------------------
    (
        "a step put later between two others, with a number that nobody used",
        (
            replace(SESSION, "duracion: 60-80 min", "duracion: 65-90 min"),
            replace(SESSION, STEP_3, f"{STEP_12}\n\n{STEP_3}"),
        ),
    ),
    (
        "a single stage",
        (
            cut(PROCESS, "### Opere", "## Devolver"),
            replace(PROCESS, "plazo: 4-6 semanas", "plazo: 1 semana"),
            replace(GUIDE, "piloto-de-cuatro-semanas.md#paso-2", "piloto-de-cuatro-semanas.md#paso-1"),
        ),
    ),
    ("a very long list of materials", (replace(SESSION, "  - 2 pliegos de papel\n", LONG_LIST),)),
    (
        "a retired card",
        (
            copy(
                SESSION,
                "methods/frase-retirada.md",
                ("codigo: M001", "codigo: M003"),
                ("estado: publicado", "estado: retirado"),
            ),
            write("methods/dibujos/frase-retirada.svg", '<svg viewBox="0 0 160 120"><path d="M14 8v98h106"/></svg>'),
        ),
    ),
    # --- Words -----------------------------------------------------------------------------------------------------
    (
        "k'iche' words with their apostrophe and their mark",
        (in_steps("Salude en k\u02bciche\u02bc: *utz apetik*{lang=quc}, y *maltyox, nan, tat*{lang=quc}."),),
    ),
    (
        "letters with a diaeresis, ñ and a Mayan letter with a line below",
        (in_steps("Pregunte por el desagüe, la cigüeña, el año y el ḵa de la pared."),),
    ),
    ("a Greek word and a Greek letter", (in_steps("Del griego *δῆμος*{lang=el}; el ángulo α mide lo mismo."),)),
    ("a Russian word with its mark", (in_steps("En ruso se dice *мир*{lang=ru}, y quiere decir dos cosas."),)),
    ("a line of Braille", (in_steps("La etiqueta dice ⠓⠕⠇⠁⠀⠍⠁⠗⠞⠁ en la puerta."),)),
    ("an English name", (replace(SESSION, "  - problem statement", "  - problem statement canvas"),)),
    (
        "acronyms in capitals",
        (in_steps("Lleve el PDM-OT, el POA y el PEI de la municipalidad al COCODE y al COMUDE."),),
    ),
    (
        "an e-mail of an office",
        (append(PAGE, "\nEscriba a [informacion@example.org](mailto:informacion@example.org).\n"),),
    ),
    ("the switchboard of an office", (append(PAGE, "\nLlame al PBX 2000-0000.\n"),)),
    (
        "figures that look like a telephone, an id and a card",
        (append(PAGE, "\nEl expediente 2026-1234-5678 y el lote 4000 0000 0000 0001 ya salieron.\n"),),
    ),
    (
        "a sign of exclamation inside a name",
        (in_steps("Busque la campaña «Funciona!» en la pared y léala en voz alta."),),
    ),
    ("an emoji in a quoted message", (in_steps("Lea el mensaje «gracias 👍🏽» y otros dos, en voz alta."),)),
    # --- Markdown --------------------------------------------------------------------------------------------------
    ("HTML and a note inside code", (in_steps("Escriba `<b>` y `[^x]` en la pared, con `{#paso-9}` y `](x.md)`."),)),
    (
        "a block of code with HTML, a title and a note",
        (in_steps("```\n# Hoja <b>1</b> [^x]\n## Pasos\n[a](b.md)\n```"),),
    ),
    (
        "a table with its columns to one side and the other",
        (append(PAGE, "\n| Grupo | Pago | Año |\n|:---|---:|:---:|\n| Norte | 5 | 1 |\n| Sur \\| este | 7 | 2 |\n"),),
    ),
    ("lists inside lists", (in_steps("1. Lea.\n   - Una vez.\n     - En voz baja.\n2. Pegue.\n\n   Otro párrafo."),)),
    ("signs escaped", (in_steps("Escriba 3 \\* 4, \\[sí\\] o \\[no\\], 5 &lt; 6 y A &amp; B."),)),
    ("spaces that do not break", (in_steps("Son 30\u00a0minutos y 5\u202f% más. «\u00a0Bien\u00a0»."),)),
    ("a line that ends in a bar", (in_steps("Lea la primera frase.\\\nLea la segunda."),)),
    (
        "lines of text cut at eighty letters",
        (in_steps("Lea cada dato una vez,\nsin prisa, y después\npéguelo en la pared."),),
    ),
    (
        "addresses with ñ, parentheses and a question",
        (append(PAGE, "\nLea la [página](https://example.org/a%C3%B1o/(2026)?q=a%20b&c=1#uno).\n"),),
    ),
    (
        "a link to a step of another card",
        (append(PAGE, "\nVea el [paso 2](../methods/problema-en-una-frase.md#paso-2).\n"),),
    ),
    # --- Other files -----------------------------------------------------------------------------------------------
    (
        "a page with only its header and one sentence",
        (write("docs/breve.md", "---\ntitulo: Breve\nresumen: Poco.\nrevisado: 2026-11-22\n---\nUna frase.\n"),),
    ),
    ("a page with no line end at its end", (append(PAGE, "\nFin."),)),
    ("a case without figures", (cut(CASE, "cifras:", "revisado:"),)),
    (
        "a guide of one stage",
        (cut(GUIDE, "## Pruebe", "- [ ] El acta", ""), replace(GUIDE, "plazo: 5-8 semanas", "plazo: 1-2 semanas")),
    ),
]


@pytest.mark.parametrize("changes", [row[1] for row in UNUSUAL], ids=[row[0] for row in UNUSUAL])
def test_what_is_unusual_and_right_passes_clean(site: Path, changes: tuple[Change, ...]) -> None:
    for change in changes:
        change(site)
    told = [str(p) for p in check(site, today=TODAY).problems if (p.archivo, p.linea, p.codigo) not in ALWAYS]
    assert [line for line in told if f"{PROCESS}:28:1 FIC003" not in line] == []


def test_there_are_at_least_fifteen_and_the_site_itself_is_clean(site: Path) -> None:
    assert len(UNUSUAL) >= 15
    assert revisar(site) == ALWAYS
    assert datetime.date(2026, 11, 29) == TODAY
