"""Step 4. The package's public names, with signatures and docstrings, for the page that documents the code.

The source is read and not run, by griffe. As the templates, it is part of the program: it is read where it is used,
and once a process. Order: the modules as the package lists them, the names of each as they are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from pathlib import Path

import fichero

LISTED = re.compile(r"(?m)^    ([a-z_]+) {2,}(\S.*)$")


@dataclass(frozen=True)
class Paragraph:
    """A part of a docstring: lines to keep as they are, or a text whose every second piece is code."""

    lines: str
    pieces: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A class, function, method or property. `anchor`, permanent while its name is: "fichero.link.Catalog.uses"."""

    anchor: str
    name: str
    signature: str
    text: tuple[Paragraph, ...]
    members: tuple["Named", ...]


@dataclass(frozen=True)
class Module:
    """A module of the package; `summary` is its line in the package's list, in pieces as those of a Paragraph."""

    anchor: str
    name: str
    summary: tuple[str, ...]
    text: tuple[Paragraph, ...]
    members: tuple[Named, ...]


@cache
def modules() -> tuple[Module, ...]:
    """The modules of the package, in the order the data flows."""
    import griffe  # only the build of the site needs it, and it takes longer to load than a folder to check

    package = griffe.load("fichero", search_paths=[Path(fichero.__file__).parent.parent], allow_inspection=False)

    def members(parent: griffe.Object | griffe.Alias) -> Iterator[Named]:
        for name, one in parent.members.items():
            if name.startswith("_") or one.is_alias:
                continue
            within: tuple[Named, ...] = ()
            if isinstance(one, griffe.Class):
                signature, within = _class(one), tuple(members(one))
            elif isinstance(one, griffe.Function):
                signature = f"def {one.signature()}"
            elif isinstance(one, griffe.Attribute) and "property" in one.labels:
                signature = f"{name}: {one.annotation}"
            else:
                continue
            yield Named(one.path, name, signature, paragraphs(_docstring(one)), within)

    def _class(one: griffe.Class) -> str:
        bases = ", ".join(str(base) for base in one.bases)
        fields = [
            f"    {name}: {field.annotation}"
            for name, field in one.members.items()
            if isinstance(field, griffe.Attribute) and field.annotation and "property" not in field.labels
            if not name.startswith("_")
        ]
        return "\n".join([f"class {one.name}{f'({bases})' if bases else ''}", *fields])

    def _docstring(one: griffe.Object | griffe.Alias) -> str:
        return one.docstring.value if one.docstring else ""

    return tuple(
        Module(
            f"fichero.{name}",
            name,
            tuple(summary.split("`")),
            paragraphs(_docstring(package[name])),
            tuple(members(package[name])),
        )
        for name, summary in LISTED.findall(fichero.__doc__ or "")
    )


def paragraphs(docstring: str) -> tuple[Paragraph, ...]:
    """A docstring taken apart: an indented block or a list keeps its lines, the rest flows; `x` is code."""
    found = []
    for block in re.split(r"\n[ \t]*\n", cleandoc(docstring)):
        if re.search(r"(?m)^(?: {2}|[-*] |\d+\. )", block):
            found.append(Paragraph(block, ()))
        elif block:
            found.append(Paragraph("", tuple(re.sub(r"\s+", " ", block).split("`"))))
    return tuple(found)
