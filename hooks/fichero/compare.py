"""Step 4. What the comparison shows of each card: one small script a card, asked for when the card is compared.

A script and not JSON, because a page opened from a disk may load scripts and nothing else; one a card, so that
comparing two costs the same among sixteen cards as among a thousand. Texts are plain: the page shows them as text.
"""

import json
from collections.abc import Iterator

from fichero.kinds import Document, meta
from fichero.link import Catalog
from fichero.markdown import plain_text, points
from fichero.model import Cost, Facilitators, Method, PersonalData
from fichero.wording import bounds, enumeration, hours, long_date, working_time

# The function that hooks/theme/assets/comparar.js gives to these scripts.
RECEIVER = "ficheroComparar"


def comparison_data(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """The script of every published card: its path and its bytes."""
    for doc in catalog.methods:
        told = {"id": doc.id, "titulo": doc.meta.titulo, "hechos": facts(doc, catalog)}
        yield f"comparar/{doc.id}.js", f"{RECEIVER}({json.dumps(told)});\n".encode()


def facts(doc: Document, catalog: Catalog) -> dict[str, list[str]]:
    """The cells of a card's column, by the names of the rows in comparar.html.j2; empty where it says nothing."""
    about, words = meta(doc, Method), catalog.vocabularies
    modes = enumeration(words.label("modalidades", id) for id in about.modalidad)
    return {
        "promesa": [about.resumen],
        "fase": [words.label("fases", about.fase)],
        "producto": [about.producto],
        "tiempo": _time(about),
        "preparacion": _around(about),
        "personas": [bounds(about.participantes)],
        "facilitan": _facilitators(about.facilitan),
        "dificultad": [words.label("dificultades", about.dificultad)],
        "modalidad": [modes.capitalize()],
        "uselo": _section(doc, "Úselo cuando"),
        "no-lo-use": _section(doc, "No lo use cuando"),
        "permisos": [plain_text(permission) for permission in about.permisos],
        "datos": _personal_data(about.datos_personales),
        "costo": _cost(about.costo),
        "evidencia": [words.label("evidencias", about.evidencia.nivel)] if about.evidencia else [],
    }


def _time(method: Method) -> list[str]:
    if method.duracion:
        return [f"{bounds(method.duracion)} min"]
    return [working_time(method.plazo)] if method.plazo else []


def _around(method: Method) -> list[str]:
    parts = ((method.preparacion, "antes"), (method.cierre, "después"))
    return [f"{hours(duration)} {when}" for duration, when in parts if duration]


def _facilitators(people: Facilitators | None) -> list[str]:
    if not people:
        return []
    needed = f"{bounds(people.personas)} persona{'s' if people.personas.hasta > 1 else ''}"
    return [f"{needed} por cada {bounds(people.por_cada)}" if people.por_cada else needed]


def _personal_data(data: PersonalData | None) -> list[str]:
    if not data:
        return []
    kept = f"Se recogen: {plain_text(data.cuales)}." if data.cuales else "Se recogen."
    return [kept if data.recoge else "No se recogen."]


def _cost(cost: Cost | None) -> list[str]:
    return [f"Q{bounds(cost.quetzales)}, estimación del {long_date(cost.fecha)}"] if cost else []


def _section(doc: Document, title: str) -> list[str]:
    section = doc.section(title)
    return points(section.text) if section else []
