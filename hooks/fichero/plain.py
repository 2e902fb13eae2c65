"""Step 4. Each card, case and guide as one plain Markdown text: to paste in Moodle or Word, or to feed a program.

In:  the Catalog.   Out: `markdown.txt` beside each page, with nothing that only this site understands: links are
resolved (absolute when the site's address is known), source notes are numbered footnotes with the whole citation.

The name ends in .txt because a .md would be one more page for any generator that reads `fichero escribir`, and
because a browser shows a text and downloads a .md.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from markupsafe import Markup

from fichero.api import version_line
from fichero.export import PLAIN
from fichero.jinja import environment
from fichero.kinds import Document, address
from fichero.link import Catalog
from fichero.model import Bibliographic
from fichero.settings import Settings
from fichero.source import CITATION, rewrite_links, without_code
from fichero.vocabulary import LICENCE_URL
from fichero.wording import bounds, hours, long_date, lower_first, working_time

LANGUAGE_MARK = re.compile(r"(?<=\*)\{lang=[a-zA-Z-]{2,16}\}")
SPECIAL = re.compile(r"([\\`*_\[\]])")


def plain_files(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """The plain text of every published card, case and guide: its path and its bytes."""
    templates = environment(lstrip_blocks=True, finalize=_escaped)
    templates.filters |= {
        "fecha": long_date,
        "horas": hours,
        "minuscula": lower_first,
        "plazo": working_time,
        "rango": bounds,
    }
    template = templates.get_template("markdown.md.j2")
    for doc in (*catalog.methods, *catalog.cases, *catalog.guides):
        notes = Footnotes(catalog, doc, settings)
        body = template.render(
            doc=doc,
            meta=doc.meta,
            partes=[
                (mark, part)
                for section in doc.source.sections
                for mark, part in (("##", section), *(("###", child) for child in section.children))
            ],
            pasos={step.ancla: (number, step) for number, step in enumerate(doc.steps, 1)},
            vocabulario=catalog.vocabularies,
            metodos=catalog.method,
            md=notes.markdown,
            notas=notes,
            direccion=f"{settings.sitio}{doc.short or address(doc.page)}",
            licencia=LICENCE_URL[doc.meta.licencia],
            version=version_line(catalog),
        )
        yield f"{address(doc.page)}{PLAIN}", body.encode()


class Footnotes:
    """Numbers the sources of one text in the order it cites them; resolves its links on the way."""

    def __init__(self, catalog: Catalog, doc: Document, settings: Settings) -> None:
        self._catalog = catalog
        self._doc = doc
        self._base = f"{settings.sitio}{address(doc.page)}" if settings.sitio else ""
        self._cited: dict[str, int] = {}

    def markdown(self, text: str) -> Markup:
        """A contributor's Markdown as it goes into the text."""
        resolved = rewrite_links(text, self._resolved)
        parts, end = [], 0
        for match in CITATION.finditer(without_code(resolved)):
            parts += [resolved[end : match.start()], self.cite([match[1]])]
            end = match.end()
        return Markup(LANGUAGE_MARK.sub("", "".join([*parts, resolved[end:]])))

    def cite(self, ids: list[str]) -> Markup:
        """The footnote marks of some sources."""
        return Markup("".join(f"[^{self._cited.setdefault(id, len(self._cited) + 1)}]" for id in ids))

    @property
    def entries(self) -> list[tuple[int, Bibliographic]]:
        """What is listed at the end: number and entry."""
        return [(number, self._catalog.bibliography[id]) for id, number in self._cited.items()]

    def _resolved(self, target: str) -> str:
        link = self._catalog.resolve(self._doc, target, self._doc.page)
        return urljoin(self._base, link) if self._base else link


def _escaped(value: object) -> object:
    """A plain text of the front matter, its signs kept from being read as Markdown."""
    return value if isinstance(value, Markup) else SPECIAL.sub(r"\\\1", str(value))
