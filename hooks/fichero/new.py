"""A file to fill in: what `fichero nuevo` writes, and what an editor offers as a snippet.

In:  a type of content, the name that was asked for, and the Catalog (its words and its addresses).
Out: the text, in the right form, with the mark «…» at each thing to write or to choose; or why the name will not do.
The templates say the content once; whoever fills them (`Marks`) says how a blank, a choice and an example look.
"""

import re
from collections.abc import Iterable
from typing import Protocol

from fichero.jinja import environment
from fichero.kinds import Kind, address
from fichero.link import Catalog
from fichero.names import MAX_ID, WINDOWS_DEVICE, slug
from fichero.plain_yaml import BLANK
from fichero.vocabulary import Vocabularies


class Marks(Protocol):
    """How the places to fill in are shown."""

    def hueco(self, pista: str) -> str:
        """A text to write; `pista` says which."""

    def opcion(self, lista: str, por_omision: str, varias: bool = False) -> str:
        """A word of a vocabulary, or several, to choose."""

    def ejemplo(self, valor: str, pista: str = "") -> str:
        """A value in the right form, to change; with `pista`, in the header."""


class InFile:
    """In a file: a text to write begins with «…», and a value to change has it in a note of YAML beside it."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies

    def hueco(self, pista: str) -> str:
        return f"{BLANK} {pista}"

    def opcion(self, lista: str, por_omision: str, varias: bool = False) -> str:
        words = ", ".join(self._vocabularies.get(lista, ()))
        chosen = f"[{por_omision}]" if varias else por_omision
        return self.ejemplo(chosen, f"{'una o varias' if varias else 'una'} de estas: {words}")

    def ejemplo(self, valor: str, pista: str = "") -> str:
        return f"{valor}  # {BLANK} {pista}" if pista else valor


def fill(template: str, marks: Marks, **facts: object) -> str:
    """The text of a template of something to write."""
    templates = environment(
        keep_trailing_newline=True,
        comment_start_string="{##",  # "{#" begins an anchor in the headings of a card
        comment_end_string="##}",
    )
    templates.globals |= {"hueco": marks.hueco, "opcion": marks.opcion, "ejemplo": marks.ejemplo}
    return templates.get_template(template).render(facts)


def name_for(words: str) -> str:
    """The name that some words make: «Árbol de Problemas» → "arbol-de-problemas"; cut between words at MAX_ID."""
    parts = slug(words.removesuffix(".md")).split("-")
    while len("-".join(parts)) > MAX_ID and len(parts) > 1:
        parts.pop()
    return "-".join(parts)[:MAX_ID]


def why_not(kind: Kind, id: str, names: Iterable[str], catalog: Catalog) -> str | None:
    """Why a new file cannot have this name and what to do, or None. `names`: the files of its folder, without «.md»."""
    archivo = f"{kind.folder}/{id}.md"
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id) and len(id) > MAX_ID:
        return f"«{id}» tiene {len(id)} caracteres y el máximo es {MAX_ID} → por ejemplo: {name_for(id)}"
    if not id or id != name_for(id):
        fix = f"escriba: {name_for(id)}" if name_for(id) else "por ejemplo: mapa-de-actores"
        return f"«{id}» no sirve como nombre: va en minúsculas sin tilde y con guiones → {fix}"
    if id in kind.reserved:
        return f"«{id}» ya es el nombre de una página del sitio → agréguele una palabra que lo distinga"
    if WINDOWS_DEVICE.fullmatch(id):
        return f"«{id}» es un nombre que Windows reserva → agréguele una palabra que lo distinga"
    same = next((name for name in sorted(names) if name_for(name) == id), None)
    if same is not None:
        return f"ya existe {kind.folder}/{same}.md → ábralo, o elija otro nombre"
    page = kind.page_of(archivo)
    for doc in (*catalog.methods, *catalog.cases, *catalog.guides, *catalog.pages):
        if doc.page == page or address(page) in doc.old:
            return f"la dirección «/{address(page)}» ya lleva a {doc.archivo} → elija otro nombre"
    return None
