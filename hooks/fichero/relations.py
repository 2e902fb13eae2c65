"""The rules about relations between files: to what exists and is published, once, and in an order that ends.

In:  a Catalog.   Out: Problems. A relation is a field with the ids of other files.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping

from fichero.kinds import CASE, METHOD, Document, meta
from fichero.link import INVERSE, Catalog
from fichero.model import Case, Method
from fichero.plain_yaml import Path
from fichero.problems import Names, Problem, suggestion


def check_relations(catalog: Catalog) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(catalog)


def method_relations(catalog: Catalog) -> Iterator[Problem]:
    """Relations point to other methods that exist and are published, each once."""
    known = Names(catalog.ids[METHOD.name])
    for doc in catalog.documents:
        if doc.kind is METHOD:
            for relation in INVERSE:
                yield from _relation(catalog, known, doc, relation, list(getattr(doc.meta, relation)), lambda i: (i,))
        elif doc.kind is CASE:
            ids = [use.id for use in meta(doc, Case).metodos]
            yield from _relation(catalog, known, doc, "metodos", ids, lambda i: (i, "id"))


def _relation(
    catalog: Catalog, known: Names, doc: Document, field: str, ids: list[str], path: Callable[[int], Path]
) -> Iterator[Problem]:
    first = {id: index for index, id in reversed(list(enumerate(ids)))}
    for index, id in enumerate(ids):
        at = (field, *path(index))
        if id not in known:
            fix = known.suggestion(id, doc.archivo)
            yield doc.source.problem("REL001", f"{field}: no existe el método «{id}»", fix, at)
        elif doc.kind is METHOD and id == doc.id:
            yield doc.source.problem("REL002", f"{field}: la ficha se nombra a sí misma", "bórrelo", at)
        elif first[id] < index:
            yield doc.source.problem("REL004", f"{field}: «{id}» está dos veces", "deje uno solo", at)
        elif doc.published and catalog.is_draft(id):
            fix = f"publique «{id}» o quite la relación"
            yield doc.source.problem("REL003", f"{field}: «{id}» todavía es un borrador", fix, at)


def order_of_methods(catalog: Catalog) -> Iterator[Problem]:
    """What goes before goes first: no chain of «antes» and «despues» comes back to where it began.

    Each card of the circle is told, at the line that closes it, with the whole circle.
    """
    said: list[tuple[Document, Path, str, str]] = []  # who says it and where; the first method and the second
    for doc in catalog.documents:
        if doc.kind is METHOD:
            card = meta(doc, Method)
            said += [(doc, ("antes", index), other, doc.id) for index, other in enumerate(card.antes)]
            said += [(doc, ("despues", index), doc.id, other) for index, other in enumerate(card.despues)]
    after: dict[str, set[str]] = defaultdict(set)
    for _, _, first, second in said:
        after[first].add(second)
    circle_of = _circles(after)
    closing: dict[str, list[tuple[Document, Path, str]]] = defaultdict(list)
    for doc, at, first, second in said:
        if first != second and circle_of[first] == circle_of[second]:
            closing[second].append((doc, at, first))
    for second, relations in closing.items():
        came_from = _ways(after, second, circle_of)
        for doc, at, first in relations:
            circle = " → ".join([first, *_way(came_from, first)])
            fix = "deje la relación en un solo sentido; si se repiten por turnos, dígalo en el texto"
            yield doc.source.problem("REL005", f"{at[0]}: el orden da vueltas: {circle}", fix, at)


def _circles(after: Mapping[str, set[str]]) -> dict[str, int]:
    """Each method and the number of its circle: two have the same when each can be reached from the other.

    These are the strongly connected components, found in one pass (Kosaraju and Sharir): the methods in the order
    in which all that follows them has been seen; and, from the last, all those that lead to each.
    """
    before: dict[str, set[str]] = defaultdict(set)
    for here, others in after.items():
        for there in others:
            before[there].add(here)
    circle_of: dict[str, int] = {}
    for number, start in enumerate(reversed(_last_first_seen(after))):
        reached = [start] if start not in circle_of else []
        while reached:
            here = reached.pop()
            if here not in circle_of:
                circle_of[here] = number
                reached += before.get(here, ())
    return circle_of


def _last_first_seen(after: Mapping[str, set[str]]) -> list[str]:
    """Every method, each after all those that follow it and had not been seen before it."""
    seen: set[str] = set()
    done: list[str] = []
    for start in after:
        pending = [(start, False)]
        while pending:
            here, finished = pending.pop()
            if finished:
                done.append(here)
            elif here not in seen:
                seen.add(here)
                pending += [(here, True), *((there, False) for there in after.get(here, ()))]
    return done


def _ways(after: Mapping[str, set[str]], start: str, circle_of: Mapping[str, int]) -> dict[str, str | None]:
    """Each method that a method leads to inside its circle, and the one before it on the shortest chain."""
    came_from: dict[str, str | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for there in sorted(after.get(here, ())):
            if there not in came_from and circle_of[there] == circle_of[start]:
                came_from[there] = here
                queue.append(there)
    return came_from


def _way(came_from: Mapping[str, str | None], end: str) -> list[str]:
    """The chain to a method, both ends in it."""
    way: list[str] = []
    here: str | None = end
    while here is not None:
        way.append(here)
        here = came_from[here]
    return way[::-1]


def translations(catalog: Catalog) -> Iterator[Problem]:
    """A translation names an original of its own kind."""
    for doc in catalog.documents:
        original = doc.meta.traduccion_de
        if original is None:
            continue
        others = catalog.ids[doc.kind.name] - {doc.id}
        written = catalog.by_file.get(f"{doc.kind.folder}/{original}.md")
        if original == doc.id:
            fix = "escriba el nombre del archivo original, o bórrelo"
            yield doc.source.problem("REL002", "traduccion_de: se nombra a sí misma", fix, ("traduccion_de",))
        elif doc.published and written and not written.published:
            fix = f"publique «{original}» o deje esta traducción como borrador"
            yield doc.source.problem("REL003", f"traduccion_de: «{original}» es un borrador", fix, ("traduccion_de",))
        elif original not in others:
            fix = suggestion(original, others)
            yield doc.source.problem("REL001", f"traduccion_de: no existe «{original}»", fix, ("traduccion_de",))


RULES: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (method_relations, order_of_methods, translations)
