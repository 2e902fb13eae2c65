"""The rules about links: each leads to something that is there, says where, and is seen by who rewrites it.

In:  a Catalog, the texts with a wrong header included.   Out: Problems. The links judged are those of the text as
typed and those that the Markdown parser makes of it: what one does not see, the other does.
"""

import posixpath
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from itertools import accumulate

from fichero.addresses import flaw_of, host_of, same_site, scheme_of, shown_host
from fichero.kinds import Manuscript, address
from fichero.link import BIBLIOGRAPHY, ENTRY_PAGE, GLOSSARY_PAGE, Catalog, file_of
from fichero.markdown import Anchored, links_of
from fichero.names import IMAGES
from fichero.plain_yaml import positions
from fichero.problems import Names, Problem, codes
from fichero.source import Source, without_code
from fichero.validate import GLOSSARY, RECIPES

Place = tuple[int, int]


@dataclass(frozen=True)
class Part:
    """A part of a text that is turned into HTML apart, its first line, and what the Markdown parser makes of it."""

    text: str
    line: int
    links: list[Anchored]
    code: list[tuple[int, int]]

    @cached_property
    def place(self) -> Callable[[int], Place]:
        """Line and column in the file of an offset in the text."""
        return positions(self.text, self.line)

    def is_made(self, offset: int) -> bool:
        """Whether a character is in a link that the parser makes, or in code."""
        index = bisect_right(self._made, (offset, len(self.text) + 1)) - 1
        return index >= 0 and offset < self._made[index][1]

    @cached_property
    def _made(self) -> list[tuple[int, int]]:
        """Where each link or code begins, in order, and the furthest end of those that begin there or before."""
        spans = sorted([*((link.start, link.end) for link in self.links), *self.code])
        return list(zip((start for start, _ in spans), accumulate((end for _, end in spans), max), strict=True))


class Known:
    """What there is to link to, gathered once for all the links, and only when somebody asks."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._beside: dict[str, Beside] = {}
        self._anchors: dict[str, Names] = {}
        self._generated: dict[str, Names | None] = {}

    @cached_property
    def files(self) -> tuple[str, ...]:
        generated = (f"docs/{page}" for page in self.catalog.generated)
        return tuple({*self.catalog.by_file, *self.catalog.assets, *generated})

    @cached_property
    def public(self) -> Mapping[str, str]:
        """The file of each public address."""
        written = {address(doc.page): doc.archivo for doc in self.catalog.documents}
        return written | {address(page): f"docs/{page}" for page in self.catalog.generated}

    def beside(self, archivo: str) -> "Beside":
        """The files, as a text in the folder of this one names them."""
        here = posixpath.dirname(archivo)
        if here not in self._beside:
            self._beside[here] = Beside({posixpath.relpath(name, here): name for name in self.files})
        return self._beside[here]

    def anchors(self, text: Manuscript) -> Names:
        """The fragments of a text."""
        if text.archivo not in self._anchors:
            self._anchors[text.archivo] = Names(text.anchors)
        return self._anchors[text.archivo]

    def anchors_of_generated(self, page: str) -> Names | None:
        """Those of a page without file of its own; None when they cannot be known."""
        if page not in self._generated:
            anchors = _anchors_of_generated(self.catalog, page)
            self._generated[page] = None if anchors is None else Names(anchors)
        return self._generated[page]


class Beside:
    """Files by the names that a text gives them: `folded`, all in lower case; `called`, without their folder."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.names = Names(files)
        self.folded: dict[str, str] = {}
        self.called: dict[str, list[str]] = {}
        for relative, name in sorted(files.items()):
            self.folded.setdefault(name.casefold(), relative)
            self.called.setdefault(posixpath.basename(name), []).append(relative)


WEB = re.compile(r"(?:www\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:gt|cl|com|org|net|edu|gob|int|io)(?:/|$))", re.IGNORECASE)
SOURCES_PAGE = "fuentes.md"
CODES_PAGE = "contribuir/errores.md"
MAX_SHOWN_ADDRESS = 60
SAYS_NOTHING = frozenset(
    {
        *(
            "aqui",
            "aca",
            "clic",
            "clic aqui",
            "click aqui",
            "haga clic",
            "haga clic aqui",
            "de clic aqui",
            "pulse aqui",
        ),
        *(
            "ver",
            "ver aqui",
            "ver mas",
            "vea aqui",
            "vea mas",
            "leer mas",
            "lea mas",
            "mas",
            "mas informacion",
            "mas aqui",
        ),
        *("enlace", "este enlace", "el enlace", "link", "este link", "el link", "siguiente enlace", "siguiente link"),
        *("esta pagina", "este sitio", "este documento", "descargar", "descargue", "descargue aqui", "descargar aqui"),
        *("here", "click here", "read more", "more", "this", "this link", "download"),
    }
)
# What begins like a link: «[text](», «[text][name]», «[text] (address», and the two halves in the wrong order.
BEGUN = re.compile(r"(?<!\\)\[(?!\^)([^\[\]\n]*)\](?:\(|\[(?!\^)| \((?=https?:|www\.|[^()\s]+\.md\b))")
TURNED = re.compile(r"\([^()\n]+\)\[(?!\^)(?=https?:|www\.|[^\[\]\s]+\.md\b)")
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def check_links(catalog: Catalog) -> Iterator[Problem]:
    """Every problem of every link, in the texts and in the bibliography."""
    known = Known(catalog)
    for text in (*catalog.documents, *catalog.unfinished):
        parts = [Part(piece, line, *links_of(piece)) for piece, line in _pieces(text.source)]
        for rule in RULES:
            yield from rule(known, text, parts)
    yield from _bibliography(catalog)


def typed_links(known: Known, text: Manuscript, _: list[Part]) -> Iterator[Problem]:
    """Each link of the text as typed goes to a file, a fragment or a web address that can be there."""
    for link in text.source.links:
        if _is_plain(link.target):
            yield from _judged(known, text, _decoded(link.target), (link.line, link.column))


def made_links(known: Known, text: Manuscript, parts: list[Part]) -> Iterator[Problem]:
    """What the Markdown parser makes a link, and nobody would see in the text as typed, is judged too."""
    plain = [link for link in text.source.links if _is_plain(link.target)]
    typed = {(link.line, link.column): _decoded(link.target) for link in plain}
    named = {_decoded(link.target) for link in plain}
    for link, at in _made(parts):
        if link.target == typed.get(at) or (not link.inline and link.target in named):
            continue
        wrong = list(_judged(known, text, link.target, at))
        yield from wrong
        if not wrong and not link.automatic:
            fix = (
                f"escríbalo así: «[{link.text or 'texto'}]({link.target})», sin «<», «>» ni paréntesis en la dirección"
            )
            yield text.source.problem("ENL010", "este enlace está escrito de una forma que el sitio no sigue", fix, at)


def what_links_say(_: Known, text: Manuscript, parts: list[Part]) -> Iterator[Problem]:
    """The text of a link says where it leads, and does not name another site."""
    for link, at in _made(parts):
        if link.image:
            continue
        said = link.text.strip()
        plain = unicodedata.normalize("NFD", said.casefold())
        words = " ".join(re.findall(r"[^\W_]+", re.sub(r"[\u0300-\u036f]", "", plain)))
        shown, host = shown_host(said), host_of(link.target) if scheme_of(link.target) else ""
        if not words:
            fix = "escriba entre los corchetes el nombre de lo que se abre"
            yield text.source.problem("ENL008", "el enlace no tiene texto", fix, at)
        elif words in SAYS_NOTHING:
            fix = "ponga en el enlace el nombre de lo que se abre: «lea la [guía de talleres](…)»"
            yield text.source.problem("ENL008", f"el enlace dice «{said}», y no a dónde lleva", fix, at)
        elif shown and host and not same_site(shown, host):
            fix = f"escriba el sitio al que lleva, «{host}», o el nombre de lo que se abre"
            yield text.source.problem("ENL006", f"el enlace dice «{shown}» y lleva a «{host}»", fix, at)
        elif shown and len(said) > MAX_SHOWN_ADDRESS:
            fix = "escriba «[nombre de lo que se abre](dirección)»: nadie lee ni oye una dirección larga"
            yield text.source.problem("ENL008", f"el enlace muestra una dirección de {len(said)} letras", fix, at)


def images_that_are_images(known: Known, text: Manuscript, parts: list[Part]) -> Iterator[Problem]:
    """What an image shows is one: a page or a table in its place would be an empty square."""
    for link, at in _made(parts):
        if link.image and scheme_of(link.target) is None and not link.target.lower().endswith(IMAGES):
            archivo = file_of(text, link.target)
            if archivo in known.files:
                fix = "quite el «!» para que sea un enlace, o ponga una imagen: " + ", ".join(IMAGES)
                yield text.source.problem("ENL011", f"la imagen lleva a «{archivo}», que no es una imagen", fix, at)


def unmade_links(_: Known, text: Manuscript, parts: list[Part]) -> Iterator[Problem]:
    """What begins like a link is one: else its brackets are printed."""
    for part in parts:
        plain = without_code(part.text)
        begun = [(match, True) for match in BEGUN.finditer(plain)]
        begun += [(match, False) for match in TURNED.finditer(plain)]
        for match, straight in begun:
            if part.is_made(match.start()):
                continue
            at = part.place(match.start())
            if not straight:
                fix = "primero el texto entre corchetes y después la dirección entre paréntesis: «[texto](dirección)»"
            elif match[0].endswith("["):
                fix = "escriba la dirección ahí mismo, «[texto](archivo.md)», o agregue «[nombre]: dirección» abajo"
            else:
                fix = (
                    "escriba «[texto](dirección)», sin espacios entre «]» y «(» ni en la dirección, y ciérrelo con «)»"
                )
            yield text.source.problem("ENL009", "esto parece un enlace, pero se publicaría tal cual", fix, at)


RULES: tuple[Callable[[Known, Manuscript, list[Part]], Iterator[Problem]], ...] = (
    typed_links,
    made_links,
    what_links_say,
    images_that_are_images,
    unmade_links,
)


def _judged(known: Known, text: Manuscript, target: str, at: Place) -> Iterator[Problem]:
    if scheme_of(target) is None:
        yield from _inside(known, text, target, at)
    elif flaw := flaw_of(target):
        yield text.source.problem(flaw.codigo, flaw.mensaje, flaw.arreglo, at)


def _inside(known: Known, text: Manuscript, target: str, at: Place) -> Iterator[Problem]:
    """A link inside the site: to a file, or to a part of one."""
    catalog = known.catalog
    path, _, fragment = target.partition("#")
    archivo = file_of(text, target) if path else text.archivo
    if (archivo in catalog.left_out and archivo != text.archivo) or archivo in catalog.assets:
        return
    if archivo.startswith("docs/recetas/") and RECIPES in catalog.left_out:
        return
    page = archivo.removeprefix("docs/") if archivo.startswith("docs/") else ""
    if page in catalog.generated:
        generated = known.anchors_of_generated(page) if fragment else None
        if generated is not None and fragment not in generated:
            what = "el glosario no tiene el término" if page == GLOSSARY_PAGE else f"«{archivo}» no tiene el ancla"
            yield text.source.problem("ENL002", f"{what} «{fragment}»", _near(fragment, generated, text), at)
        return
    other = text if archivo == text.archivo else catalog.by_file.get(archivo)
    if other is None:
        fix = _file_meant(known, text, path, archivo)
        yield text.source.problem("ENL001", f"el enlace «{target}» no lleva a ningún archivo", fix, at)
    elif fragment and fragment not in known.anchors(other):
        fix = _near(fragment, known.anchors(other), text)
        yield text.source.problem("ENL002", f"«{other.archivo}» no tiene el ancla «#{fragment}»", fix, at)
    elif text.published and not other.published:
        fix = "publíquelo o quite el enlace"
        yield text.source.problem("ENL004", f"«{other.archivo}» todavía es un borrador", fix, at)


def _anchors_of_generated(catalog: Catalog, page: str) -> set[str] | None:
    """The fragments of a page without file of its own; None when it cannot be known."""
    if page == GLOSSARY_PAGE and GLOSSARY not in catalog.left_out:
        return set(catalog.terms)
    if page == SOURCES_PAGE and BIBLIOGRAPHY not in catalog.left_out:
        return catalog.bibliography.keys() | catalog.left_out_sources
    if page == ENTRY_PAGE and RECIPES not in catalog.left_out:
        return {f"situacion-{id}" for id in catalog.situations}
    if page == CODES_PAGE:
        return {codigo.lower() for codigo in codes()}
    return None


def _file_meant(known: Known, text: Manuscript, path: str, archivo: str) -> str:
    """The file a person most probably meant: the same in other letters, the one of a public address, a near one."""
    beside = known.beside(text.archivo)
    if archivo.casefold() in beside.folded:
        return f"solo cambian las mayúsculas: escriba «{beside.folded[archivo.casefold()]}»"
    if "@" in path:
        return f"si es un correo, escriba «mailto:{path}»"
    if WEB.match(path):
        return f"si es una dirección de la web, escríbala completa: «https://{path}»"
    asked = f"{posixpath.normpath(path.strip('/'))}/"
    if path.startswith("/") and asked in known.public:
        file = posixpath.relpath(known.public[asked], posixpath.dirname(text.archivo))
        return f"escriba el archivo, no la dirección: «{file}»"
    same_name = beside.called.get(posixpath.basename(path), [])
    if len(same_name) == 1 and path:
        return f"¿quiso decir «{same_name[0]}»?"
    return beside.names.suggestion(path, text.archivo)


def _near(fragment: str, anchors: Names, text: Manuscript) -> str:
    same = anchors.in_other_letters(fragment)
    if same:
        return f"solo cambian las mayúsculas: escriba «#{same}»"
    return anchors.suggestion(fragment, text.archivo)


def _bibliography(catalog: Catalog) -> Iterator[Problem]:
    """The addresses of the sources are judged like those of the texts."""
    for id, entry in catalog.bibliography.items():
        for field in ("url", "consultado_en"):
            target = getattr(entry, field)
            flaw = flaw_of(target) if target else None
            if flaw:
                place = catalog.source_marks.get((id, field), (catalog.source_lines[id], 1))
                yield Problem(BIBLIOGRAPHY, *place, flaw.codigo, f"{field}: {flaw.mensaje}", flaw.arreglo)


def _made(parts: list[Part]) -> Iterator[tuple[Anchored, Place]]:
    """The links that the parser makes of a text, and where."""
    for part in parts:
        for link in part.links:
            yield link, part.place(link.start)


def _pieces(source: Source) -> Iterator[tuple[str, int]]:
    """The parts of a text that are turned into HTML apart, each with its first line: a heading and what follows it.

    A name «[1]: address» holds in its own part alone. A part where no link can begin is left out.
    """
    lines = source.body.split("\n")
    headings = sorted(section.line for section in source.headings)
    starts = [source.body_line, *headings]
    for start, end in zip(starts, [*headings, source.body_line + len(lines)], strict=True):
        piece = "\n".join(lines[start - source.body_line : end - source.body_line])
        if any(sign in piece for sign in ("](", "][", "]:", "] (", ")[", "<")):
            yield piece, start


def _is_plain(target: str) -> bool:
    """Whether an address as typed is the one that is published: a link inside the site is rewritten as it is typed."""
    return not target.startswith("<") and (_decoded(target) == target or scheme_of(_decoded(target)) is not None)


def _decoded(target: str) -> str:
    """An address as Markdown reads it: entities and backslashes taken for what they stand."""
    return unescape(ESCAPED.sub(r"\1", target))
