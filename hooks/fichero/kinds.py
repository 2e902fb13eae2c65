"""The content types. A new one is a row of KINDS, a class in model.py, a template and a guide page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from fichero.model import Case, Content, Guide, Method, Page, Step
from fichero.quantities import Duration, Workdays
from fichero.source import Section, Source

M = TypeVar("M", bound=Content)

# The one section that is invented: it says so, and cites nothing.
EXAMPLE = "Ejemplo ilustrativo"


@dataclass(frozen=True)
class Kind:
    """Where a type lives and what its files must look like.

    `folder` is where its files are, `pages` where they are published. `sections` maps the fixed H2 titles, in
    order, to their permanent anchors; empty when titles are free. `short` is the folder of the short links made
    from `codigo`. `guide` explains every field.
    """

    name: str
    model: type[Content]
    folder: str
    pages: str
    template: str
    guide: str | None = None
    sections: Mapping[str, str] = field(default_factory=dict)
    steps: str | None = None
    short: str | None = None
    reserved: tuple[str, ...] = ("index",)

    def page_of(self, archivo: str) -> str:
        """The page's path among the site's sources: methods/x.md → metodos/x.md."""
        return f"{self.pages}{archivo.removeprefix(self.folder)}".lstrip("/")


METHOD = Kind(
    name="metodo",
    model=Method,
    folder="methods",
    pages="metodos",
    template="metodo.html.j2",
    guide="docs/contribuir/ficha.md",
    sections={
        "Para qué sirve": "para-que-sirve",
        "Úselo cuando": "uselo-cuando",
        "No lo use cuando": "no-lo-use-cuando",
        "Cuidados y permisos": "cuidados-y-permisos",
        "Antes de empezar": "antes-de-empezar",
        "Pasos": "pasos",
        "Devolver y llevar al plan": "devolver-y-llevar-al-plan",
        "Adaptaciones": "adaptaciones",
        EXAMPLE: "ejemplo-ilustrativo",
        "Para profundizar": "para-profundizar",
    },
    steps="paso",
    short="m",
    reserved=("index", "fase", "ciclo", "a-z", "mapa", "tiempo", "personas", "dificultad", "modalidad", "se-lleva"),
)
CASE = Kind(
    name="caso",
    model=Case,
    folder="cases",
    pages="casos",
    template="caso.html.j2",
    guide="docs/contribuir/caso.md",
    sections={
        "El problema": "el-problema",
        "Qué se hizo": "que-se-hizo",
        "Resultados": "resultados",
        "Lo que no se sabe": "lo-que-no-se-sabe",
        "Qué puede aprovechar Guatemala": "que-puede-aprovechar-guatemala",
    },
    short="c",
)
GUIDE = Kind(
    name="guia",
    model=Guide,
    folder="docs/guias",
    pages="guias",
    template="guia.html.j2",
    guide="docs/contribuir/guia.md",
    steps="etapa",
)
PAGE = Kind(name="pagina", model=Page, folder="docs", pages="", template="pagina.html.j2")

# The first whose folder holds a file is its kind, so guides come before the other pages of docs/.
KINDS = (METHOD, CASE, GUIDE, PAGE)

# A short link may lead to another card, when two become one. Whether it was ever printed, the register knows.
SHORT_PATH = re.compile(rf"(?:{'|'.join(kind.short for kind in KINDS if kind.short)})/\d{{3,4}}/")


def kind_of(archivo: str) -> Kind:
    """The content type of a file, from its folder."""
    return next(kind for kind in KINDS if archivo.startswith(f"{kind.folder}/"))


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A file taken apart: its text and its steps. Its header may be wrong, and its text is judged all the same."""

    kind: Kind
    source: Source
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        return self.source.id

    @property
    def archivo(self) -> str:
        return self.source.archivo

    @property
    def page(self) -> str:
        """Path of its page among the site's sources, e.g. "metodos/arbol-de-problemas.md"."""
        return self.kind.page_of(self.archivo)

    @property
    def published(self) -> bool:
        """Whether the page is on the site: never while its header is wrong."""
        return False

    def section(self, title: str) -> Section | None:
        """The H2 section with this title."""
        return next((section for section in self.source.sections if section.title == title), None)

    @property
    def anchors(self) -> dict[str, str]:
        """Permanent fragments of the page and their titles, in order: fixed sections, steps, explicit `{#id}`."""
        found: dict[str, str] = {}
        for section in self.source.sections:
            anchor = self.kind.sections.get(section.title) or section.anchor
            if anchor:
                found[anchor] = section.title
            found |= {child.anchor: child.title for child in section.children if child.anchor}
        return found


@dataclass(frozen=True, slots=True)
class Document(Manuscript):
    """A file read and found valid: its text, its steps and its typed front matter."""

    meta: Content

    @property
    def published(self) -> bool:
        return self.meta.estado != "borrador"

    @property
    def code(self) -> str:
        """Its permanent code, e.g. "M001"; "" where the kind has none."""
        return self.meta.codigo if isinstance(self.meta, Method | Case) else ""

    @property
    def short(self) -> str:
        """The short permanent path made from its code, e.g. "m/001/", or ""."""
        return f"{self.kind.short}/{self.code[1:]}/" if self.code else ""

    @property
    def old(self) -> tuple[str, ...]:
        """The public paths that lead here from before, e.g. "metodos/piloto/", "m/041/"."""
        return tuple(f"{path.strip('/')}/" for path in self.meta.redirige_desde)


def meta(document: Document, model: type[M]) -> M:
    """The front matter of a document known to be of this type."""
    assert isinstance(document.meta, model)
    return document.meta


def address(page: str) -> str:
    """The public path of a page: "metodos/index.md" → "metodos/", "metodos/x.md" → "metodos/x/", "index.md" → ""."""
    if not page.endswith(".md"):
        return page
    path = page.removesuffix(".md")
    return path.removesuffix("index") if f"/{path}".endswith("/index") else f"{path}/"


def total(steps: tuple[Step, ...]) -> tuple[Duration | None, Workdays | None]:
    """The sums of the steps' minutes and of their working days; None where no step has any."""
    minutes = [step.minutos for step in steps if step.minutos]
    days = [step.plazo for step in steps if step.plazo]
    return (
        sum(minutes[1:], minutes[0]) if minutes else None,
        sum(days[1:], days[0]) if days else None,
    )
