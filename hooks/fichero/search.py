"""Step 4. The Catalog becomes the card index: two small scripts that the browser reads when someone searches.

`nombres.js` has what a person may call a thing: kind, id, title and other names; it arrives first and answers
alone. `textos.js` has, row by row in the same order, what it is for: summary, needs, titles of its parts. They are
scripts and not JSON because a page opened from a disk may load a script and may not fetch a file.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fichero.kinds import Document, address
from fichero.link import GENERATED, GLOSSARY_PAGE, Catalog, recipe_page
from fichero.markdown import plain_text, points
from fichero.model import Guide, Method, Recipe, Term
from fichero.recipes import Route, routes
from fichero.settings import Settings

FOLDER = "buscar"
MAX_DEFINITION = 110


@dataclass(frozen=True)
class Entry:
    """A row of the index. `path` is its public address; `parts`: fragment and title of each step or section."""

    kind: str
    path: str
    title: str
    names: tuple[str, ...] = ()
    summary: str = ""
    needs: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    uses: tuple[str, ...] = ()


def entries(catalog: Catalog) -> Iterator[Entry]:
    """Everything that can be found by name, methods first."""
    for doc in (*catalog.methods, *catalog.guides, *catalog.cases, *catalog.pages):
        yield _document(doc)
    ways = routes(catalog.situations)
    for id, recipe in catalog.recipes.items():
        yield _recipe(id, recipe, ways.get(id, ()), catalog)
    for page, title in GENERATED.items():
        yield Entry("pagina", address(page), title)
    for term in catalog.glossary:
        yield _term(term)


def _document(doc: Document) -> Entry:
    about = doc.meta
    names, needs = (about.tambien, about.necesidades) if isinstance(about, Method | Guide) else ((), ())
    parts = [(step.ancla, plain_text(step.titulo)) for step in doc.steps]
    if doc.kind.sections == {} and not parts:
        parts = [(anchor, plain_text(title)) for anchor, title in doc.anchors.items()]
    return Entry(
        kind=doc.kind.name,
        path=address(doc.page),
        title=about.titulo,
        names=names,
        summary=about.resumen,
        needs=tuple(need.strip("«»") for need in needs),
        parts=tuple(parts),
        uses=_uses(doc),
    )


def _uses(doc: Document) -> tuple[str, ...]:
    """What a method gives and when to use it, in the card's words."""
    section = doc.section("Úselo cuando")
    if not isinstance(doc.meta, Method) or section is None:
        return ()
    return (doc.meta.producto, *points(section.text))


def _recipe(id: str, recipe: Recipe, ways: Iterable[Route], catalog: Catalog) -> Entry:
    """Found by what is said in the situations that lead to it, and by its methods."""
    said = dict.fromkeys(catalog.situations[way.situation].titulo for way in ways)
    methods = [catalog.method[step.metodo].meta.titulo for step in recipe.pasos if step.metodo in catalog.method]
    return Entry("receta", address(recipe_page(id)), recipe.titulo, (), recipe.resumen, (), (), (*said, *methods))


def _term(term: Term) -> Entry:
    names = dict.fromkeys([*([term.siglas] if term.siglas else []), *term.formas])
    names.pop(term.termino, None)
    definition = plain_text(term.definicion)
    if len(definition) > MAX_DEFINITION:
        definition = f"{definition[:MAX_DEFINITION].rsplit(' ', 1)[0]}…"
    return Entry("termino", f"{address(GLOSSARY_PAGE)}#{term.id}", term.termino, tuple(names), definition)


def index_files(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The two scripts. The second argument of the first says what ends an address of a folder."""
    rows = list(entries(catalog))
    names = [[row.kind[0], row.path, row.title, *row.names] for row in rows]
    texts = [[row.summary, list(row.needs), [list(part) for part in row.parts], list(row.uses)] for row in rows]
    alike = [list(group.palabras) for group in catalog.synonyms]
    end = "index.html" if settings.sin_red else ""
    yield f"{FOLDER}/nombres.js", script("nombres", names, end)
    yield f"{FOLDER}/textos.js", script("textos", texts, alike)


def script(function: str, *values: object) -> bytes:
    """A script that hands values over. Two line ends of Unicode are not allowed in the strings of old browsers."""
    arguments = ",\n".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    arguments = arguments.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"fichero.{function}({arguments});\n".encode()
