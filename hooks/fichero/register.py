"""The register of published addresses (`enlaces.tsv`), and the promise that they live for ever.

A line: path, fragment (or nothing), title, date it was first published; tabs between. Lines are only ever added,
by `fichero enlaces --anotar` at a release. An address in the register that the site no longer has is an error; one
that the register does not have yet is an aviso; so is a title that changed.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from fichero.kinds import SHORT_PATH, address, kind_of
from fichero.link import ENTRY_PAGE, GLOSSARY_PAGE, Catalog
from fichero.problems import Problem
from fichero.read import REGISTER
from fichero.validate import GLOSSARY, RECIPES

MAX_LINES = 100_000  # a hundred times the addresses of the first year


@dataclass(frozen=True, slots=True)
class Entry:
    """A published address: `path` like "metodos/x/", `fragment` like "paso-1" or ""."""

    path: str
    fragment: str
    title: str
    date: str

    @property
    def key(self) -> tuple[str, str]:
        return self.path, self.fragment

    def __str__(self) -> str:
        return f"{self.path}\t{self.fragment}\t{self.title}\t{self.date}"


def parse_register(text: str) -> tuple[dict[tuple[str, str], tuple[int, Entry]], list[Problem]]:
    """Read the register: key → line number and entry. A line that is not four fields is a Problem."""
    entries: dict[tuple[str, str], tuple[int, Entry]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != 4:
            fix = "déjela como la escribió «fichero enlaces --anotar»"
            problems.append(Problem(REGISTER, number, 1, "REG003", "la línea no tiene cuatro columnas", fix))
            continue
        entry = Entry(*fields)
        if not _is_date(entry.date):
            message = f"«{entry.date}» no es una fecha"
            fix = "déjela como la escribió «fichero enlaces --anotar»: «2026-11-22»"
            problems.append(Problem(REGISTER, number, 1, "REG003", message, fix))
        if entry.key in entries:
            message = f"la dirección ya está en la línea {entries[entry.key][0]}"
            problems.append(Problem(REGISTER, number, 1, "REG006", message, "borre esta línea"))
        entries.setdefault(entry.key, (number, entry))
    return entries, problems


def live_addresses(catalog: Catalog) -> dict[tuple[str, str], str]:
    """Every permanent address of the site and its title: pages, sections, steps, terms; a short link's is its code."""
    live: dict[tuple[str, str], str] = {(address(page), ""): title for page, title in catalog.generated.items()}
    for doc in (*catalog.methods, *catalog.cases, *catalog.guides, *catalog.pages):
        path = address(doc.page)
        live[path, ""] = doc.meta.titulo
        live |= {(path, anchor): " ".join(title.split()) for anchor, title in doc.anchors.items()}
        if doc.short:
            live[doc.short, ""] = doc.code
    live |= {("glosario/", term.id): term.termino for term in catalog.glossary}
    entry = address(ENTRY_PAGE)
    live |= {(entry, f"situacion-{id}"): situation.titulo for id, situation in catalog.situations.items()}
    return live


def redirected(catalog: Catalog) -> Mapping[str, str]:
    """Old path → the path that has taken its place."""
    docs = (doc for doc in catalog.documents if doc.published)
    return {path: address(doc.page) for doc in docs for path in doc.old}


def check_register(catalog: Catalog, text: str, base: str | None = None) -> Iterator[Problem]:
    """Compare the register with the site, and with the register at the base commit when there is one."""
    if text.count("\n") > MAX_LINES:
        message = f"el registro tiene más de {MAX_LINES} líneas"
        fix = "devuélvalo a como estaba: solo crece al publicar"
        yield Problem(REGISTER, MAX_LINES + 1, 1, "ARC002", message, fix)
        return
    entries, problems = parse_register(text)
    yield from problems
    live, moved = live_addresses(catalog), redirected(catalog)
    hidden = {doc.page for doc in catalog.documents if not doc.published}
    broken = {address(_page(path)) for path in catalog.left_out}
    # Nobody knows the code of a file with errors; a draft's is told by its page.
    unknown = {kind_of(path).short for path in catalog.left_out}
    drafts = {doc.short for doc in catalog.documents if not doc.published}
    for (path, fragment), (number, entry) in entries.items():
        where = f"/{path}" + (f"#{fragment}" if fragment else "")
        now = live.get((moved.get(path, path), fragment))
        if (
            path in broken | drafts
            or path.split("/")[0] in unknown
            or (RECIPES in catalog.left_out and path.startswith(("recetas/", address(ENTRY_PAGE))))
        ):
            continue
        if now is None:
            if fragment and (path, "") in entries and (moved.get(path, path), "") not in live:
                continue  # the page is told, and with it all its anchors
            fix = (
                f"devuelva el ancla «#{fragment}» al título"
                if fragment
                else f"agregue «redirige_desde: [{path.rstrip('/')}]» a la página que la reemplaza"
            )
            if SHORT_PATH.fullmatch(path):
                fix = f"devuelva «codigo: {entry.title}» a su ficha, o {fix}"
            elif f"{path.rstrip('/')}.md" in hidden:
                fix = "use «estado: retirado»: lo publicado no vuelve a borrador"
            yield Problem(REGISTER, number, 1, "REG001", f"ya no existe la dirección publicada {where}", fix)
        elif now != entry.title and path not in moved:
            message = f"{where} se llamaba «{entry.title}» y ahora «{now}»"
            yield Problem(REGISTER, number, 1, "REG004", message, "si es el mismo contenido, no haga nada")
    for doc in catalog.documents:
        for index, path in enumerate(doc.old):
            if SHORT_PATH.fullmatch(path) and (path, "") not in entries.keys() | live.keys():
                message = f"«/{path}» no está en el registro: nadie lo ha impreso"
                yield doc.source.problem("RED003", message, "bórrela de aquí", ("redirige_desde", index))
    missing = [key for key in live if key not in entries]
    if missing:
        message = f"faltan {len(missing)} direcciones publicadas en el registro"
        yield Problem(REGISTER, 1, 1, "REG002", message, "al publicar, corra «fichero enlaces --anotar»")
    if base is not None:
        yield from _only_grows(text.splitlines(), base.splitlines(), live)


def _only_grows(lines: list[str], before: list[str], live: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    """The lines there were are there, in their order, and those after them are the program's own."""
    kept = set(lines)
    for line in before:
        if line not in kept:
            fix = "devuélvala tal como estaba"
            yield Problem(REGISTER, 1, 1, "REG005", f"se borró o cambió la línea «{line}»", fix)
    if not kept.issuperset(before):
        return
    for number, (line, old) in enumerate(zip(lines, before, strict=False), 1):
        if line != old:
            message, fix = f"aquí estaba la línea «{old}»", "devuelva las líneas a su orden; las nuevas van al final"
            yield Problem(REGISTER, number, 1, "REG005", message, fix)
            return
    last = max((line.rpartition("\t")[2] for line in before), default="")
    for number, line in enumerate(lines[len(before) :], len(before) + 1):
        fields = line.split("\t")
        if len(fields) == 4 and (fields[3] < last or live.get((fields[0], fields[1])) not in (None, fields[2])):
            fix = "bórrela: al publicar la escribe «fichero enlaces --anotar»"
            yield Problem(REGISTER, number, 1, "REG006", "la línea nueva no es la que escribiría el programa", fix)


def with_new_lines(catalog: Catalog, text: str, today: datetime.date) -> str:
    """The register with a line added for each address it lacks, in a fixed order."""
    entries, _ = parse_register(text)
    live = live_addresses(catalog)
    added = [Entry(*key, title, today.isoformat()) for key, title in sorted(live.items()) if key not in entries]
    whole = f"{text}\n" if text and not text.endswith("\n") else text
    return whole + "".join(f"{entry}\n" for entry in added)


@lru_cache(maxsize=1_000)
def _is_date(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _page(archivo: str) -> str:
    """The page a file that could not be read would have made."""
    return GLOSSARY_PAGE if archivo == GLOSSARY else kind_of(archivo).page_of(archivo)
