"""Step 3. The rules about the whole: what is wrong only when all the files are seen together.

In:  a Catalog.   Out: Problems. A rule is a function from a Catalog to Problems, with its name in RULES.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from fichero.kinds import KINDS, METHOD, SHORT_PATH, Document, address, meta
from fichero.link import BIBLIOGRAPHY, TIMELINE, Catalog, citations
from fichero.model import Method
from fichero.names import RESERVED_FOLDERS
from fichero.plain_yaml import Path
from fichero.problems import Names, Problem, suggestion
from fichero.validate import GLOSSARY


def check_whole(catalog: Catalog) -> Iterator[Problem]:
    """Judge sources, evidence, drawings, codes, addresses and terms."""
    for rule in RULES:
        yield from rule(catalog)


def sources_known(catalog: Catalog) -> Iterator[Problem]:
    """Every cited source is in the bibliography; every source there is cited by somebody."""
    if BIBLIOGRAPHY in catalog.left_out:
        return
    known = Names(catalog.bibliography.keys() | catalog.left_out_sources)
    for doc in catalog.documents:
        for id, at in citations(doc):
            if id not in known:
                fix = f"agréguela a {BIBLIOGRAPHY}; {known.suggestion(id, doc.archivo)}"
                yield doc.source.problem("FUE001", f"la fuente «{id}» no está en la bibliografía", fix, at)
    for term in catalog.glossary:
        for id in term.fuentes:
            if id not in known:
                message, fix = f"{term.id}: la fuente «{id}» no está en la bibliografía", known.suggestion(id, GLOSSARY)
                yield Problem(GLOSSARY, catalog.term_lines[term.id], 1, "FUE001", message, fix)
    for milestone in catalog.timeline:
        for id in milestone.fuentes:
            if id not in known:
                message = f"{milestone.fecha}: la fuente «{id}» no está en la bibliografía"
                yield Problem(TIMELINE, 1, 1, "FUE001", message, known.suggestion(id, TIMELINE))
    if catalog.left_out:
        return  # a text with errors may be the one that cites it
    used = {id for doc in catalog.documents for id, _ in citations(doc)} | catalog.cited_in_data
    for id in sorted({*known} - used):
        line = catalog.source_lines[id]
        yield Problem(BIBLIOGRAPHY, line, 1, "FUE002", f"nadie cita la fuente «{id}»", "cítela o bórrela")


def evidence_rule(catalog: Catalog) -> Iterator[Problem]:
    """Each evidence level asks for a number of sources: the vocabulary says how many."""
    for doc in catalog.documents:
        evidence = getattr(doc.meta, "evidencia", None)
        if evidence:
            level = catalog.vocabularies.get("evidencias", {}).get(evidence.nivel)
            needed = level.fuentes_minimas if level else 0
            if len(set(evidence.fuentes)) < needed:
                message = f"el nivel «{evidence.nivel}» necesita {needed} fuentes y hay {len(set(evidence.fuentes))}"
                fix = "agregue fuentes o escoja un nivel menor"
                yield doc.source.problem("EVI001", message, fix, ("evidencia", "nivel"))


def drawings_and_canvases(catalog: Catalog) -> Iterator[Problem]:
    """A published method has its drawing; a canvas it names exists."""
    for doc in catalog.documents:
        if doc.kind is not METHOD:
            continue
        canvas = meta(doc, Method).lienzo
        if canvas and canvas not in catalog.canvases:
            fix = suggestion(canvas, catalog.canvases) if catalog.canvases else "borre el campo"
            yield doc.source.problem("REL001", f"lienzo: no existe «{canvas}»", fix, ("lienzo",))
        if doc.published and doc.id not in catalog.drawings:
            fix = f"agregue methods/dibujos/{doc.id}.svg"
            yield doc.source.problem("FIC008", "la ficha no tiene dibujo", fix)


def unique_codes(catalog: Catalog) -> Iterator[Problem]:
    """A code is a permanent address: one document each."""
    free = {kind.name: catalog.next_code(kind) for kind in KINDS}
    owner: dict[str, Document] = {}
    for doc in catalog.documents:
        if doc.code in owner:
            message = f"el código «{doc.code}» ya es de {owner[doc.code].archivo}"
            fix = f"el que no se ha publicado lleva el siguiente libre: «{free[doc.kind.name]}»"
            yield doc.source.problem("COD001", message, fix, ("codigo",))
        elif doc.code:
            owner[doc.code] = doc


def unique_pages(catalog: Catalog) -> Iterator[Problem]:
    """No two files make the same page, and no redirect hides a page."""
    taken = dict.fromkeys(map(address, catalog.generated), "una página que se genera sola")
    for doc in catalog.documents:
        path = address(doc.page)
        if path in taken:
            message = f"la página «/{path}» ya la hace {taken[path]}"
            yield doc.source.problem("ARC007", message, "cambie el nombre del archivo")
        taken[path] = doc.archivo
    taken |= {doc.short: doc.archivo for doc in catalog.documents if doc.short}
    away = {path: doc for doc in catalog.documents for path in doc.old}
    for doc in catalog.documents:
        for index, path in enumerate(doc.old):
            at: Path = ("redirige_desde", index)
            if path.split("/")[0] in RESERVED_FOLDERS and path not in taken and not SHORT_PATH.fullmatch(path):
                fix = "redirija desde la dirección larga que tuvo la página: «metodos/nombre-viejo»"
                message = f"«/{path}» es una carpeta del programa, no de páginas"
                yield doc.source.problem("RED003", message, fix, at)
            elif path == address(doc.page):
                yield doc.source.problem("RED002", f"«/{path}» es esta misma página", "bórrela de aquí", at)
            elif path in taken and address(doc.page) in away:
                circle = f"«/{path}» lleva a «/{address(doc.page)}», y esta lleva a {away[address(doc.page)].archivo}"
                yield doc.source.problem("RED002", circle, "deje una sola, desde la dirección que ya no existe", at)
            elif path in taken:
                message = f"la dirección «/{path}» ya es de {taken[path]}"
                yield doc.source.problem("RED001", message, "bórrela de aquí", at)
            elif not doc.published:
                fix = "publique la página, o mueva la redirección a la que toma su lugar"
                yield doc.source.problem("RED004", f"«/{path}» llevaría a un borrador", fix, at)
            taken[path] = doc.archivo


def glossary_terms(catalog: Catalog) -> Iterator[Problem]:
    """Ids and forms are one term's each; «ver» names terms that exist."""
    for id, count in Counter(term.id for term in catalog.glossary).items():
        if count > 1:
            yield Problem(
                GLOSSARY,
                catalog.term_lines[id],
                1,
                "GLO001",
                f"el término «{id}» está {count} veces",
                "deje uno solo",
            )
    forms: dict[str, list[int]] = defaultdict(list)
    for term in catalog.glossary:
        for form in {form.casefold() for form in term.formas}:
            forms[form].append(catalog.term_lines[term.id])
    for form, lines in sorted(forms.items()):
        if len(lines) > 1:
            message = f"la forma «{form}» es de {len(lines)} términos"
            yield Problem(GLOSSARY, max(lines), 1, "GLO002", message, "déjela en uno solo")
    known = Names(catalog.terms)
    for term in catalog.glossary:
        if term.id in term.ver:
            message = f"{term.id}: «ver» nombra el mismo término"
            yield Problem(GLOSSARY, catalog.term_lines[term.id], 1, "REL002", message, "bórrelo de «ver»")
        for other in term.ver:
            if other not in known and GLOSSARY not in catalog.left_out:
                fix = known.suggestion(other, GLOSSARY)
                yield Problem(
                    GLOSSARY,
                    catalog.term_lines[term.id],
                    1,
                    "GLO003",
                    f"{term.id}: «ver» nombra «{other}», que no existe",
                    fix,
                )


RULES: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
    sources_known,
    evidence_rule,
    drawings_and_canvases,
    unique_codes,
    unique_pages,
    glossary_terms,
)
