"""Rules about sources: what is said of a case, a country or a law can be looked up.

In:  a Document.   Out: the Problems of the paragraphs and list items that say something anyone could check, and
cite nothing. Source of the rules: docs/contribuir/caso.md and ficha.md#citas.
"""

import re
from collections.abc import Iterator

from fichero.kinds import CASE, EXAMPLE, Document, Manuscript
from fichero.plain_yaml import BLANK, positions
from fichero.problems import Problem
from fichero.prose import Block, prose, words
from fichero.source import CITATION, without_code

SOURCED_SECTIONS = ("El problema", "Qué se hizo", "Resultados")
UNKNOWN_SECTION = "Lo que no se sabe"
AMOUNT = re.compile(
    r"(?<![\w.,])(?:(?:Q|US\$|\$) ?\d[\d.,]*\b(?: mil\b)?(?: mill(?:ones|ón)\b)?"
    r"|\d[\d.,]*(?:\s?%| por ciento\b| (?:mil )?mill(?:ones|ón)\b)|\d{1,3}(?:[,\u00a0\u202f ]\d{3})+\b"
    # Without a mark, what is counted tells that it is neither a year nor the number of a rule.
    r"|(?!(?:19|20)\d\d\b)\d{4,}(?= [a-záéíóúñ])(?! (?:de|del|al?|en|y|o|por|para|que|se|con|es)\b))"
)
ITEM = r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]"
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
IN_A_YEAR = re.compile(r"\b[Ee]n (?:[a-z]+ de )?(?:19|20)\d\d\b")
LAW = re.compile(
    r"\b(?:Decreto|Ley|Acuerdo(?: Gubernativo)?|Convenio|Resolución)(?: [Nn](?:úmero|[oº]\.|\.º))?"
    r" (\d[\d.]*\d(?:-\d{2,4})?)\b"
)
COUNTRY = re.compile(
    r"\b(?:Guatemala|Chile|El Salvador|Honduras|Nicaragua|Costa Rica|Panamá|México|Belice|Colombia|Ecuador|Perú|Bolivia"
    r"|Argentina|Uruguay|Paraguay|Brasil|España|Estados Unidos|Reino Unido)\b"
)


def sourced_paragraphs(document: Manuscript) -> Iterator[Problem]:
    """In a case, every paragraph and list item that tells what happened cites a source.

    What introduces a list, and a few words, need none unless they give a figure; a title gives none, as it has no
    place for a source. A source inside code is shown, not cited.
    """
    source = document.source
    told = [section for section in source.sections if section.title in SOURCED_SECTIONS]
    for section in (part for parent in told for part in (parent, *parent.children)):
        figure = AMOUNT.search(section.title)
        if figure:
            fix = "dígala en el párrafo, con su «[^id]», y deje en el título de qué trata"
            yield source.problem("CAS002", f"«{figure[0]}» no cita ninguna fuente en un título", fix, section.line)
        line, at = section.text_line, 0
        cited = without_code(section.text)
        for paragraph in re.split(rf"(\n[ \t]*\n|\n(?={ITEM}))", section.text):
            typed = cited[at : at + len(paragraph)]
            says = (words(paragraph) > 3 or YEAR.search(paragraph)) and not paragraph.rstrip().endswith(":")
            done = CITATION.search(typed) or BLANK in paragraph
            if (says or AMOUNT.search(paragraph)) and not done:
                fix = "agregue «[^id]» con una fuente de docs/_datos/fuentes.yml, o quite la afirmación"
                lead = len(paragraph) - len(paragraph.lstrip("\n"))
                yield source.problem("CAS001", "este párrafo no cita ninguna fuente", fix, line + lead)
            line += paragraph.count("\n")
            at += len(paragraph)


def sourced_figures(document: Document) -> Iterator[Problem]:
    """In the other sections of a case, an amount cites a source, and so does a year.

    Where it says what is not known, a year only tells since when.
    """
    fix = "agregue «[^id]» con una fuente de docs/_datos/fuentes.yml, o quite la cifra"
    place = positions(document.source.body, document.source.body_line)
    for section, block in _uncited(document):
        figure = AMOUNT.search(block.text) or (YEAR.search(block.text) if section != UNKNOWN_SECTION else None)
        if figure and section not in SOURCED_SECTIONS:
            at = place(block.start + figure.start())
            yield document.source.problem("CAS002", f"«{figure[0]}» no cita ninguna fuente", fix, at)


def sourced_statements(document: Document) -> Iterator[Problem]:
    """Outside a case, a law by its number, or an amount or a date of a named country, cites a source.

    A law that the same page cites elsewhere is fine; the illustrative example is invented and says so.
    """
    body = document.source.body
    if document.kind is CASE or not (LAW.search(body) or COUNTRY.search(body)):
        return
    fix = "agregue «[^id]» con una fuente de docs/_datos/fuentes.yml, o quite la afirmación"
    place = positions(body, document.source.body_line)
    plain = without_code(body)
    cited = {
        law for block in prose(body).blocks if CITATION.search(_typed(plain, block)) for law in LAW.findall(block.text)
    }
    for section, block in _uncited(document):
        law = next((match for match in LAW.finditer(block.text) if match[1] not in cited), None)
        fact = (AMOUNT.search(block.text) or IN_A_YEAR.search(block.text)) if COUNTRY.search(block.text) else None
        said = law or fact
        if said and section != EXAMPLE:
            at = place(block.start + said.start())
            yield document.source.problem("FUE003", f"«{said[0]}» no cita ninguna fuente", fix, at)


def _uncited(document: Document) -> Iterator[tuple[str, Block]]:
    """The paragraphs, items and rows that cite nothing, each with the H2 title it is under."""
    body, section = document.source.body, ""
    plain = without_code(body)
    for block in prose(body).blocks:
        typed = _typed(plain, block)
        if block.kind == "titulo":
            section = block.text.strip() if typed.lstrip().startswith("## ") else section
        elif not CITATION.search(typed):
            yield section, block


def _typed(body: str, block: Block) -> str:
    return body[block.start : block.start + len(block.text)]
