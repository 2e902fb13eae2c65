"""What the other two forms become: an entry of usos.yml, or the summary of a correction.

In:  a Filled form and the Catalog.   Out: a Draft to add at the end of docs/_datos/usos.yml, or its Problems; or a
text to read. The entry's fields are explained in docs/contribuir/usos.md.
"""

import datetime
import re
from collections.abc import Mapping
from typing import Any

from fichero.dates import is_to_come
from fichero.drafts import Draft, Piece, as_field
from fichero.form_lines import bare, items, plain, same
from fichero.forms import Filled, shortened
from fichero.kinds import Document, address
from fichero.link import BIBLIOGRAPHY, ENTRY_PAGE, GLOSSARY_PAGE, Catalog
from fichero.named import method_named
from fichero.problems import Problem
from fichero.validate import GLOSSARY, RECIPES, REPORTS, VOCABULARIES

# The generated pages whose words are in a file of their own; those of the others are in the templates.
TEMPLATES = "hooks/fichero/templates/"
WORDS_OF = {
    "index.md": f"{TEMPLATES}inicio.html.j2",
    GLOSSARY_PAGE: GLOSSARY,
    "fuentes.md": BIBLIOGRAPHY,
    "contribuir/vocabularios.md": VOCABULARIES,
    "contribuir/errores.md": "hooks/fichero/codigos.yml",
    ENTRY_PAGE: RECIPES,
}

MINUTES = re.compile(r"(?:paso )?(\d{1,3}) ?[:.)=–—-] ?(\d{1,4})(?: ?min(?:utos?)?)?\.?", re.IGNORECASE)


def report_draft(filled: Filled, catalog: Catalog, today: datetime.date) -> tuple[Draft | None, list[Problem]]:
    """An entry of usos.yml: how it went somewhere. Only the minutes that were measured are told.

    With Problems, a stand-in takes the place of what is not understood; there is no Draft without a card to name.
    """
    problems: list[Problem] = []
    method = method_named(filled, catalog, problems, "metodo", filled.text("metodo"))
    date = _date(filled, problems, today)
    people = re.fullmatch(r"([1-9]\d{0,4})(?: personas?)?", filled.text("personas"))
    if not people:
        message = f"«{shortened(filled.text('personas'))}» no es un número de personas"
        problems.append(filled.problem("personas", "FM007", message, "escriba solo el número: «12»"))
    minutes = _minutes(filled, method, problems) if method else {}
    card = method or next(iter(catalog.methods), None)
    if card is None:
        return None, problems
    fields: dict[str, Any] = {
        "metodo": card.id,
        "fecha": date or today,
        "lugar": plain(filled.text("lugar")),
        "personas": int(people[1]) if people else 1,
        "idioma": plain(filled.text("idioma")),
        "minutos": minutes,
        "fallo": plain(filled.text("fallo")),
        "ajuste": plain(filled.text("ajuste")),
    }
    pieces: list[Piece] = []
    for name, value in fields.items():
        if value or name == "metodo":
            flow = ", ".join(f"{step}: {count}" for step, count in minutes.items())
            line = f"minutos: {{{flow}}}\n" if name == "minutos" else as_field(name, value)
            pieces.append(Piece(f"{'  ' if pieces else '- '}{line}", name))
    return Draft(REPORTS, tuple(pieces)), problems


def correction_summary(filled: Filled, catalog: Catalog) -> str:
    """A correction for whoever will make it: the file of the page, and what was typed, each line behind a bar."""
    archivo = _file_of(filled.text("pagina"), catalog)
    lines = ["Una corrección no crea un archivo: alguien la lee y la hace.", ""]
    lines += [f"Archivo: {archivo}"] if archivo else []
    for answer in filled.answers.values():
        lines += [f"{answer.label}:", *(f"  │ {line}" for line in answer.text.split("\n"))]
    return "\n".join(lines)


def _file_of(typed: str, catalog: Catalog) -> str | None:
    """The file where the words of a page are, by its address, its short address, its code or its title."""
    files: dict[str, str] = {}  # by address, between bars
    names: dict[str, str] = {}  # by title or code
    for page, title in catalog.generated.items():
        written = RECIPES if page.startswith("recetas/") else WORDS_OF.get(page, TEMPLATES)
        files[f"/{address(page)}"] = names[same(title)] = written
    for doc in catalog.documents:
        files[f"/{address(doc.page)}"] = names[same(doc.meta.titulo)] = doc.archivo
        if codigo := getattr(doc.meta, "codigo", ""):
            files[f"/{doc.kind.short}/{codigo[1:]}/"] = names[same(codigo)] = doc.archivo
    home = files.pop("/")
    named = names.get(same(bare(typed)))
    path = re.split(r"[?#]", typed)[0].removesuffix("index.html").strip("/ ")
    found = [place for place in files if f"/{path}/".endswith(place)]
    if named or found:
        return named or files[max(found, key=len)]
    # A host, and perhaps the folder where the site lives, is the address of the home.
    return home if re.fullmatch(r"(?:https?://[\w.:-]+(?:/[\w.-]+)?)?", path, re.IGNORECASE) else None


def _date(filled: Filled, problems: list[Problem], today: datetime.date) -> datetime.date | None:
    """The day of the use; it has come already, with the day of grace of FEC003."""
    typed = filled.text("fecha")
    message = f"«{shortened(typed)}» no es una fecha"
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", typed, re.ASCII):
            date = datetime.date.fromisoformat(typed)
            if not is_to_come(typed, today):
                return date
            message = f"«{typed}» todavía no llega"
    except ValueError:
        pass
    problems.append(filled.problem("fecha", "FM013", message, "escriba año, mes y día: «2026-11-22»"))
    return None


def _minutes(filled: Filled, method: Document, problems: list[Problem]) -> Mapping[str, int]:
    """Lines like «Paso 1: 15», of steps that the card has and counts in minutes."""
    steps = {step.ancla: step for step in method.steps}
    found: dict[str, int] = {}
    answer = filled.answers.get("minutos")
    lines = zip(answer.lines, items(answer), strict=True) if answer else ()
    for (number, line), (_, item) in lines:
        match = MINUTES.fullmatch(item) or MINUTES.fullmatch(line)
        anchor = f"paso-{int(match[1])}" if match else ""
        step = steps.get(anchor)
        quoted = f"«{shortened(line)}»"
        if not match or int(match[2]) == 0:
            wrong = ("FM007", f"{quoted} no se entiende", "escriba un paso en cada línea: «Paso 1: 15»")
        elif not step:
            wrong = ("REL001", f"{quoted}: la ficha no tiene ese paso", f"tiene estos: {', '.join(steps)}")
        elif not step.minutos:
            fix = "bórrelo; cuente cuánto tomó en «Qué cambió del método»"
            wrong = ("FM007", f"{quoted}: esta ficha se cuenta en días o semanas", fix)
        elif anchor in found:
            wrong = ("FM010", f"{quoted}: ese paso está dos veces", "deje una sola línea de cada paso")
        else:
            found[anchor] = int(match[2])
            continue
        problems.append(filled.problem("minutos", *wrong, line=number))
    return found
