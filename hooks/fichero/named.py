"""What a form names and must exist: cards, and the sources of a case, which its texts name by number, as «[1]».

In:  a Filled form and the Catalog.   Out: the ids of what is named, and a text with its numbers as notes; or the
Problems, one for each line that names what is not there.
"""

import re
from collections.abc import Iterator

from fichero.form_lines import bare, items, plain, same
from fichero.forms import Filled, shortened
from fichero.kinds import Document, meta
from fichero.link import Catalog
from fichero.model import Bibliographic, Method
from fichero.plain_yaml import positions
from fichero.problems import Problem, suggestion
from fichero.source import LINK

STAND_IN = "fuente-por-agregar"
# Between brackets, and not the text of a link: «[1]», «[1, 2]», «[1-3]», «[1 y 2]». «[^1]» is how Markdown says it.
BRACKETS = re.compile(r"[ \t]?\[[ \t]*((?:\^[ \t]*)?\d{1,3}(?!\d)[^\[\]\n]*)\](?!\()")
BETWEEN = re.compile(r"\s*(?:[,;/&]|\b[ye]\b)\s*")
NUMBERS = re.compile(r"\^?\s*(\d{1,3})(?:\s*(?:[-–—]|\bal?\b)\s*\^?(\d{1,3}))?")


def listed_sources(filled: Filled, catalog: Catalog, problems: list[Problem]) -> list[str]:
    """The id of each source listed, by its id, address or title; a stand-in where the bibliography does not have it."""
    known: dict[str, set[str]] = {}
    for id, source in catalog.bibliography.items():
        for name in _names(id, source):
            known.setdefault(same(name), set()).add(id)
            known.setdefault(_address(name) or same(name), set()).add(id)
    found = []
    for number, line in items(filled.answers["fuentes"]):
        address = _address(line)
        ids = known.get(same(line)) or known.get(same(bare(line))) or (known.get(address) if address else None) or set()
        found.append(next(iter(ids)) if len(ids) == 1 else f"{STAND_IN}-{number}")
        if len(ids) > 1:
            message, fix = f"«{shortened(line)}» es el título de varias fuentes", "escriba su dirección web"
            problems.append(filled.problem("fuentes", "FUE001", message, fix, number))
        elif not ids:
            message = f"«{shortened(line)}» todavía no está en la bibliografía"
            more = "" if address else "; para ayudar, puede decir también quién la publicó, el año y su dirección web"
            fix = f"le toca al equipo agregarla: usted no tiene que hacer nada{more}"
            problems.append(filled.problem("fuentes", "FUE001", message, fix, number))
    return found


def _address(text: str) -> str:
    """The first web address of a text, as one compares it: without its beginning nor the signs at its end."""
    link = LINK.search(text)
    found = re.search(r"https?://(?:www\.)?([^\s<>«»“”\"]+)", link[3] if link else text, re.IGNORECASE)
    return same(found[1]).rstrip(".,;:/)") if found else ""


def _names(id: str, source: Bibliographic) -> Iterator[str]:
    yield from (name for name in (id, source.titulo, source.url, source.consultado_en) if name)


def with_notes(filled: Filled, id: str, sources: list[str], cited: set[str], problems: list[Problem]) -> str:
    """The answer with each number between brackets as the note of its source, which is added to `cited`."""
    answer = filled.answers[id]
    list_ = f"la pregunta «{filled.answers['fuentes'].label}»"
    place = positions(answer.text, answer.line)
    pieces, end = [], 0
    for match, numbers in _notes(answer.text):
        line, _ = place(match.start())
        typed = match[0].strip()
        missing = [number for number in numbers if not 1 <= number <= len(sources)]
        first = re.search(r"\d+", typed)
        if missing:
            fix = f"hay {len(sources)} en {list_}: agréguela ahí, o corrija el número"
            problems.append(filled.problem(id, "FUE001", f"no hay una fuente [{missing[0]}]", fix, line))
        elif not numbers and first and 1 <= int(first[0]) <= len(sources):
            fix = f"deje entre corchetes solo números de {list_}: [1], [1, 2] o [1-3]"
            problems.append(filled.problem(id, "FRM005", f"«{shortened(typed)}» no se entiende", fix, line))
        elif numbers:
            told = list(dict.fromkeys(sources[number - 1] for number in numbers))
            cited.update(told)
            pieces += [answer.text[end : match.start()], *(f"[^{source}]" for source in told)]
            # «[1]: …» at the beginning of a line would be the address of a link, which nobody sees.
            defines = answer.text.startswith(":", match.end()) and place(match.end())[1] == len(match[0]) + 1
            pieces += ["\\"] if defines else []
            end = match.end()
    return "".join([*pieces, answer.text[end:]])


def _notes(text: str) -> Iterator[tuple[re.Match[str], list[int]]]:
    """Each number or run of numbers between brackets, and the sources it means; none when it is not understood."""
    for match in BRACKETS.finditer(text):
        yield match, _numbers(match[1].strip())


def _numbers(inside: str) -> list[int]:
    found: list[int] = []
    for part in filter(None, BETWEEN.split(inside)):
        match = NUMBERS.fullmatch(part)
        last = int(match[2] or match[1]) if match else 0
        if not match or last < int(match[1]):
            return []
        found += range(int(match[1]), last + 1)
    return found


def method_uses(filled: Filled, catalog: Catalog, problems: list[Problem]) -> Iterator[dict[str, str]]:
    """Lines like «Piloto: se probó primero en un municipio»."""
    for number, line in items(filled.answers["metodos"]) if "metodos" in filled.answers else ():
        name, _, use = plain(line).partition(":")
        if not use.strip():
            fix = "escriba «Nombre de la ficha: cómo se usó»"
            problems.append(filled.problem("metodos", "FM002", f"«{shortened(line)}» no dice cómo se usó", fix, number))
            continue
        method = method_named(filled, catalog, problems, "metodos", name, number)
        if method:
            yield {"id": method.id, "uso": use.strip()}


def method_named(
    filled: Filled, catalog: Catalog, problems: list[Problem], question: str, typed: str, line: int | None = None
) -> Document | None:
    """The published card with this name, other name, code or address; None, with its Problem, when there is none."""
    known: dict[str, set[str]] = {}
    for doc in catalog.methods:
        card = meta(doc, Method)
        for name in (doc.id, card.codigo, card.titulo, *card.tambien):
            known.setdefault(same(name), set()).add(doc.id)
    in_address = re.search(r"(?:^|/)(?:metodos/([a-z0-9-]{1,80})|m/(\d{3,4})(?![\w-]))", typed)
    name = in_address[1] or f"m{in_address[2]}" if in_address else same(bare(typed))
    ids = known.get(name, set())
    if len(ids) == 1:
        return catalog.method[next(iter(ids))]
    fix = suggestion(shortened(typed), [doc.meta.titulo for doc in catalog.methods])
    problems.append(filled.problem(question, "REL001", f"no hay una ficha «{shortened(typed)}»", fix, line))
    return None
