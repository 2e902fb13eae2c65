"""What a proposal may not undo: published pages, their codes and their anchors; and what it should not mix.

In:  the Catalog, the register and the Base the proposal started from.   Out: Problems. What the register already
tells is not told twice: this is for what has been published since it was last written.
"""

from collections.abc import Iterator, Mapping

from fichero.kinds import Document, address
from fichero.link import Catalog
from fichero.problems import Problem
from fichero.read import Base
from fichero.register import parse_register
from fichero.source import parse_source
from fichero.validate import validate_source

CONTENT = ("methods/", "cases/", "docs/")
GUIDES = "docs/contribuir/"  # they change with the program that they explain
SYSTEM = ("hooks/", "tests/", ".github/", ".ci/", "tareas.py", "pyproject.toml", "requirements", "mkdocs.yml")


def check_proposal(catalog: Catalog, register: str, base: Base) -> Iterator[Problem]:
    """Compare what there is with what there was."""
    yield from _mixed(base.changed)
    told = set(parse_register(register)[0])
    heirs = {path: doc for doc in catalog.documents for path in doc.old}
    owners = {doc.code: doc for doc in catalog.documents if doc.code}
    for archivo, text in sorted(base.texts.items()):
        before = _document(archivo, text)
        if before is None or not before.published or archivo in catalog.left_out:
            continue
        path = address(before.page)
        now = catalog.by_file.get(archivo) or heirs.get(path)
        if now is None:
            if (path, "") not in told:
                yield Problem(archivo, 1, 1, "PRO002", f"se borró la página publicada «/{path}»", _heir(before, owners))
        elif not now.published:
            if (path, "") not in told:
                message = f"«/{path}» ya estaba publicada y vuelve a borrador"
                yield now.source.problem("PRO004", message, "use «estado: retirado»", ("estado",))
        else:
            if now.code != before.code and before.short not in heirs and (before.short, "") not in told:
                message = f"el código publicado «{before.code}» ahora es «{now.code}»"
                fix = f"devuelva «codigo: {before.code}»"
                if now.archivo != archivo:
                    message = f"«/{before.short}», que está impresa en la ficha que se borró, no llega a ninguna página"
                    fix = f"agregue «{before.short.rstrip('/')}» a «redirige_desde»"
                yield now.source.problem("PRO003", message, fix, ("codigo",))
            yield from _anchors(before, now, {fragment for where, fragment in told if where == path})


def _heir(before: Document, owners: Mapping[str, Document]) -> str:
    """What to do about a page that is gone: the file may have another name, or another page may take its place."""
    old = [path.rstrip("/") for path in (address(before.page), before.short) if path]
    if before.code in owners:
        return f"agregue «redirige_desde: [{old[0]}]» a {owners[before.code].archivo}"
    redirect = f"agregue «redirige_desde: [{', '.join(old)}]» a la página que lo reemplaza"
    return f"devuelva el archivo con «estado: retirado», o {redirect}"


def _mixed(changed: tuple[str, ...]) -> Iterator[Problem]:
    content = [path for path in changed if path.startswith(CONTENT) and not path.startswith(GUIDES)]
    system = [path for path in changed if path.startswith(SYSTEM)]
    if content and system:
        message = f"la propuesta cambia contenido ({_some(content)}) y programa ({_some(system)})"
        yield Problem(content[0], 1, 1, "PRO001", message, "envíe dos propuestas, una después de la otra")


def _some(paths: list[str]) -> str:
    return ", ".join(paths[:3]) + (f" y {len(paths) - 3} más" if len(paths) > 3 else "")


def _anchors(before: Document, now: Document, told: set[str]) -> Iterator[Problem]:
    lines = {section.anchor: section.line for section in now.source.headings}
    for anchor, title in before.anchors.items():
        if anchor in told:
            continue
        if anchor not in now.anchors:
            fix = f"devuelva «{{#{anchor}}}» al título que trata de lo mismo"
            yield now.source.problem("PRO005", f"ya no está el ancla publicada «#{anchor}» («{title}»)", fix)
        elif now.anchors[anchor] != title:
            message = f"«#{anchor}» era «{title}» y ahora es «{now.anchors[anchor]}»"
            fix = "si es el mismo contenido, no haga nada; si es otro, use un ancla nueva"
            yield now.source.problem("PRO006", message, fix, lines.get(anchor, 1))


def _document(archivo: str, text: str) -> Document | None:
    """What the file was; None when it was not valid. Closed lists are not asked: they may have changed since."""
    source, _ = parse_source(archivo, text)
    if source is None or source.front is None:
        return None
    found, _ = validate_source(source, {})
    return found if isinstance(found, Document) else None
