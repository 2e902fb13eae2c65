"""The rules about relations between files: to what exists and is published, once, and in an order that ends.

In:  a Catalog.   Out: Problems. A relation is a field with the ids of other files.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping

from fichero.kinds import CASE, METHOD, Document, meta
from fichero.link import INVERSE, Catalog
from fichero.model import Case, Method
from fichero.problems import Problem, suggestion
from fichero.source import Path


def check_relations(catalog: Catalog) -> Iterator[Problem]:
    for rule in RULES:
        yield from rule(catalog)


def method_relations(catalog: Catalog) -> Iterator[Problem]:
    """Relations point to other methods that exist and are published, each once."""
    for doc in catalog.documents:
        if doc.kind is METHOD:
            for relation in INVERSE:
                yield from _relation(catalog, doc, relation, list(getattr(doc.meta, relation)), lambda i: (i,))
        elif doc.kind is CASE:
            ids = [use.id for use in meta(doc, Case).metodos]
            yield from _relation(catalog, doc, "metodos", ids, lambda i: (i, "id"))


def _relation(
    catalog: Catalog, doc: Document, field: str, ids: list[str], path: Callable[[int], Path]
) -> Iterator[Problem]:
    known = catalog.ids[METHOD.name]
    for index, id in enumerate(ids):
        at = (field, *path(index))
        if id not in known:
            yield doc.source.problem("REL001", f"{field}: no existe el método «{id}»", suggestion(id, known), at)
        elif doc.kind is METHOD and id == doc.id:
            yield doc.source.problem("REL002", f"{field}: la ficha se nombra a sí misma", "bórrelo", at)
        elif id in ids[:index]:
            yield doc.source.problem("REL004", f"{field}: «{id}» está dos veces", "deje uno solo", at)
        elif doc.published and id not in catalog.method and f"{METHOD.folder}/{id}.md" not in catalog.left_out:
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
    for doc, at, first, second in said:
        way = _way(after, second, first)
        if way and first != second:
            circle = " → ".join([first, *way])
            fix = "deje la relación en un solo sentido; si se repiten por turnos, dígalo en el texto"
            yield doc.source.problem("REL005", f"{at[0]}: el orden da vueltas: {circle}", fix, at)


def _way(after: Mapping[str, set[str]], start: str, end: str) -> list[str]:
    """The shortest chain from one method to another, both in it; nothing when there is none."""
    ways = {start: [start]}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == end:
            return ways[here]
        for there in sorted(after.get(here, ())):
            if there not in ways:
                ways[there] = [*ways[here], there]
                queue.append(there)
    return []


def translations(catalog: Catalog) -> Iterator[Problem]:
    """A translation names an original of its own kind."""
    for doc in catalog.documents:
        original = doc.meta.traduccion_de
        others = catalog.ids[doc.kind.name] - {doc.id}
        written = catalog.by_file.get(f"{doc.kind.folder}/{original}.md")
        if original == doc.id:
            fix = "escriba el nombre del archivo original, o bórrelo"
            yield doc.source.problem("REL002", "traduccion_de: se nombra a sí misma", fix, ("traduccion_de",))
        elif doc.published and written and not written.published:
            fix = f"publique «{original}» o deje esta traducción como borrador"
            yield doc.source.problem("REL003", f"traduccion_de: «{original}» es un borrador", fix, ("traduccion_de",))
        elif original and original not in others:
            fix = suggestion(original, others)
            yield doc.source.problem("REL001", f"traduccion_de: no existe «{original}»", fix, ("traduccion_de",))


RULES: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (method_relations, order_of_methods, translations)
