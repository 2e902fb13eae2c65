"""Rules about one document alone: its sections, steps, sums and lengths.

A rule is a function from a Document to the Problems it finds. To add one: write it, put it in RULES under the
kinds it is for ("*" is every kind), or in RULES_OF_THE_TEXT when it needs no field of the header, and give its
code a row in codigos.yml. Source of the limits: docs/contribuir/ficha.md, caso.md and guia.md.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from fichero.characters import look_alike
from fichero.claims import sourced_figures, sourced_paragraphs, sourced_statements
from fichero.dates import dates_in_order, dates_of_this_century
from fichero.kinds import EXAMPLE, Document, Manuscript, kind_of, meta, total
from fichero.layout import (
    boxes,
    closed_code,
    image_texts,
    marks_of_other_programs,
    repeated_titles,
    repeated_values,
    says_nothing,
    tables,
    unwritten,
)
from fichero.model import Guide, Method
from fichero.names import as_address, slug
from fichero.plain_yaml import BLANK
from fichero.problems import Problem, suggestion
from fichero.prose import words
from fichero.quantities import Quantity, Workdays
from fichero.reading import easy_to_read
from fichero.source import HEADING, Source, without_code
from fichero.steps import step_sections

Rule = Callable[[Document], Iterator[Problem]]
RuleOfTheText = Callable[[Manuscript], Iterator[Problem]]

MAX_FACE_WORDS = 90
MAX_STEP_WORDS = 90
CARD_WORDS = (700, 1400)
MIN_NEEDS = 5
# Ids of the frame and of the templates of these pages; what they make of an id, like «fn:id», is no anchor's shape.
FRAME_IDS = frozenset({"contenido", "notas", "otras-listas"})
RAW_HTML = re.compile(r"<(?:!--|![a-zA-Z[]|\?|/?[a-zA-Z][^>\n]*>?)")
AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\x00-\x20]*>")  # a link, never a tag; links.py judges it
NUMBERED = re.compile(r"(.+)-(\d{1,9})")  # an anchor with more digits has no number: it is a name
NESTED = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)]|#{1,6}(?=[ \t]))[ \t]*)+(#{1,3})(?:[ \t].*)?")
UNDERLINE = re.compile(r" {0,3}([=-])\1*[ \t]*")
PARAGRAPH = re.compile(r" {0,3}(?!(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|[>|=])\S")


def file_name(document: Manuscript) -> Iterator[Problem]:
    """The file's name is a permanent address, with its folders: plain letters, and none that a list page uses."""
    name = document.archivo.removeprefix(f"{document.kind.folder}/")
    if not re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md", name):
        like = look_alike(name)
        mensaje = f"el nombre «{name}» no sirve como dirección"
        fix = f"cámbielo a minúsculas sin tilde, cifras y guiones: «{as_address(name)}»"
        yield document.source.problem("ARC005", f"{mensaje}: {like[1]}" if like else mensaje, fix)
    elif document.id in document.kind.reserved and document.kind.name not in ("pagina",):
        yield document.source.problem(
            "ARC006", f"el nombre «{document.id}» lo usa una página del sitio", "elija otro nombre"
        )


def fixed_sections(document: Manuscript) -> Iterator[Problem]:
    """No section is empty. Where the kind says the H2 titles, they are those, all of them, in order."""
    expected = list(document.kind.sections)
    source = document.source
    titles = [section.title for section in source.sections]
    for section in source.sections:
        if expected and section.title not in expected:
            fix = suggestion(section.title, expected)
            yield source.problem("EST003", f"el título «{section.title}» no es de esta ficha", fix, section.line)
        elif says_nothing(section.text) and not section.children:
            fix = "escríbala: todas las secciones son obligatorias" if expected else "escríbala, o quite el título"
            yield source.problem("EST004", f"la sección «{section.title}» está vacía", fix, section.line)
        for child in section.children:
            if says_nothing(child.text):
                fix = "escríbala, o quite el título"
                yield source.problem("EST004", f"la sección «{child.title}» está vacía", fix, child.line)
    lines = source.body.split("\n") if set(expected) - set(titles) else []
    for title in expected:
        if title not in titles:
            typed = (number for number, line in enumerate(lines, source.body_line) if line.strip(" \t#*_:") == title)
            if at := next(typed, None):
                message = f"«{title}» no está escrito como título de sección"
                yield source.problem("EST001", message, f"escriba la línea así: «## {title}»", at)
                continue
            before = expected[: expected.index(title)]
            fix = f"agregue «## {title}»" + (f" después de «{before[-1]}»" if before else " al principio")
            yield source.problem("EST001", f"falta la sección «{title}»", fix, source.body_line)
    known = [section for section in source.sections if section.title in expected]
    for previous, section in pairwise(known):
        if expected.index(section.title) <= expected.index(previous.title):
            message = f"«{section.title}» no va después de «{previous.title}»"
            yield source.problem("EST002", message, "el orden es: " + " · ".join(expected), section.line)


def text_in_a_section(document: Manuscript) -> Iterator[Problem]:
    """Where sections are fixed, nothing is published but what is in one; a title of another level is told as such."""
    source, expected = document.source, list(document.kind.sections)
    before = source.body[: source.body.index(source.intro) + len(source.intro)] if expected else ""
    for number, line in enumerate(before.split("\n"), source.body_line):
        if line.strip() and not HEADING.fullmatch(line):
            fix = f"páselo debajo de «## {expected[0]}» o de otra sección, o bórrelo"
            yield source.problem("EST020", "este texto no está en ninguna sección: no se vería", fix, number)
            return


def nothing_to_fill_in(document: Document) -> Iterator[Problem]:
    """What is published has no mark «…» left; a draft may, and says where."""
    yield from to_fill_in(document.source, "EST021" if document.published else "EST022")


def to_fill_in(source: Source, code: str) -> Iterator[Problem]:
    """Each mark «…» of a file, with the field or section where it is and the part of the guide that explains it."""
    kind = kind_of(source.archivo)
    steps = {section.line for section in step_sections(source)}
    fields = sorted((place, path) for path, place in source.marks.items() if path)
    for line, column in source.blanks:
        if line < source.body_line:
            path = next((path for place, path in reversed(fields) if place[0] <= line), ("encabezado",))
            name, anchor = ".".join(part for part in path if isinstance(part, str)), f"campo-{path[0]}"
        else:
            part = next((part for part in reversed(source.headings) if part.line <= line), None)
            step = part is not None and part.line in steps
            title = part.title.replace(BLANK, "").strip() if part else ""
            name = (part.anchor if part and step else title) or "texto"
            anchor = "paso" if step and kind.sections else "texto"
        guide = f" (guía: {kind.guide}#{anchor})" if kind.guide else ""
        fix = f"escríbalo y borre «…» con su nota{guide}"
        yield source.problem(code, f"falta llenar «{name}»", fix, (line, column))


def unique_anchors(document: Manuscript) -> Iterator[Problem]:
    """No two headings of a page share an anchor."""
    fixed = document.kind.sections
    anchors = [(fixed.get(section.title) or section.anchor, section.line) for section in document.source.headings]
    last = _last_numbers(anchor for anchor, _ in anchors if anchor)
    seen: dict[str, int] = {}
    for anchor, line in anchors:
        if anchor and anchor in seen:
            mensaje = f"el ancla «#{anchor}» está dos veces: también en la línea {seen[anchor]}"
            name = _name_and_number(anchor)[0]
            fix = f"deje la que ya estaba; la nueva lleva «#{name}-{max(last[name], 1) + 1}»"
            yield document.source.problem("EST005", mensaje, fix, line)
        elif anchor:
            seen[anchor] = line


def _last_numbers(anchors: Iterable[str]) -> dict[str, int]:
    """The last number in use of each name: {"paso": 8}; 0 when none of its anchors has one."""
    last: dict[str, int] = {}
    for name, number in map(_name_and_number, anchors):
        last[name] = max(number, last.get(name, 0))
    return last


def _name_and_number(anchor: str) -> tuple[str, int]:
    """("paso", 9) of "paso-9"; ("uno", 0) of "uno"."""
    match = NUMBERED.fullmatch(anchor)
    return (match[1], int(match[2])) if match else (anchor, 0)


def anchors_of_their_own(document: Manuscript) -> Iterator[Problem]:
    """An anchor is plain letters, none that the page's frame uses; only the heading of a step has more than it."""
    steps = {section.line for section in step_sections(document.source)}
    for section in document.source.headings:
        anchor = section.anchor
        if anchor is not None and not re.fullmatch(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", anchor):
            fix = f"use minúsculas sin tilde, cifras y guiones: «{{#{slug(anchor) or 'como-se-lee'}}}»"
            yield document.source.problem("ANC001", f"el ancla «#{anchor}» no sirve como dirección", fix, section.line)
        elif anchor in FRAME_IDS:
            fix = f"use otro nombre: «{{#{anchor}-1}}»"
            yield document.source.problem("ANC002", f"el ancla «#{anchor}» ya la usa el sitio", fix, section.line)
        if section.attributes and section.line not in steps:
            word = next(iter(section.attributes))
            fix = (
                f"para darle un ancla escriba «{{#{word}}}»; si no, quite las llaves"
                if not anchor
                else "deje el ancla sola"
            )
            message = f"«{word}» no se conoce en las llaves de este título"
            yield document.source.problem("ANC003", message, fix, section.line)


def headings(document: Manuscript) -> Iterator[Problem]:
    """The page's only H1 is its `titulo`; levels do not jump; no title is in a list, or made by a line below it."""
    source = document.source
    level = 1
    above = ""
    for number, line in enumerate(without_code(source.body).split("\n"), source.body_line):
        match = HEADING.fullmatch(line) if "#" in line else None
        underline = UNDERLINE.fullmatch(line) if above else None
        above = "" if match or not PARAGRAPH.match(line) else line
        if underline:
            code = "EST006" if underline[1] == "=" else "EST003"
            fix = "déjela con una línea en blanco antes, o bórrela"
            yield source.problem(code, "esta línea hace un título con lo que tiene arriba", fix, number)
        nested = NESTED.fullmatch(line) if "#" in line else None
        if nested:
            code = "EST006" if nested[1] == "#" else "EST003"
            fix = "póngalo solo en su línea, o quite los «#»"
            yield source.problem(code, "hay un título dentro de otra cosa", fix, number)
        if not match:
            continue
        depth = len(match[1])
        if depth == 1:
            fix = "use «##»: el título de la página es el campo «titulo»"
            yield source.problem("EST006", "hay un título de primer nivel («#»)", fix, number)
        elif depth > level + 1:
            fix = f"use «{'#' * (level + 1)}»"
            yield source.problem("EST007", "el título salta un nivel", fix, number)
        level = max(depth, 2) if depth == 1 else depth


def no_html(document: Manuscript) -> Iterator[Problem]:
    """Content is Markdown: nothing a contributor types reaches the page as HTML."""
    plain = AUTOLINK.sub(lambda match: " " * len(match[0]), without_code(document.source.body))
    for number, line in enumerate(plain.split("\n"), document.source.body_line):
        for match in RAW_HTML.finditer(line) if "<" in line else ():
            fix = "escríbalo en Markdown; si es un signo, ponga «&lt;»"
            at = (number, match.start() + 1)
            yield document.source.problem("HTM001", "aquí no se escribe HTML", fix, at)


def step_headings(document: Document) -> Iterator[Problem]:
    """Each step has a permanent anchor and an amount of time in its format's unit."""
    kind, source = document.kind, document.source
    process = isinstance(document.meta, Guide) or getattr(document.meta, "formato", "") == "proceso"
    used = {step.ancla for step in document.steps}
    last = _last_numbers(used).get(str(kind.steps), 0)
    for number, (step, section) in enumerate(zip(document.steps, step_sections(source), strict=True), 1):
        if not re.fullmatch(rf"{kind.steps}-[1-9]\d*", step.ancla):
            anchor = f"{kind.steps}-{last + 1 if f'{kind.steps}-{number}' in used else number}"
            typed = " ".join(f"{name}={value}" for name, value in section.attributes.items() if value)
            time = typed or ("semanas=1-2" if process else "minutos=10-15")
            fix = f"escriba «{{#{anchor} {time}}}» después del título"
            yield source.problem("PAS001", f"el paso «{step.titulo}» no tiene su ancla", fix, section.line)
        told = {"dias", "semanas"} if process else {"minutos"}
        if told & set(section.attributes):
            continue  # it says so, and if wrongly, PAS003 has told it
        if process and (isinstance(document.meta, Method) or _plazo(document)):
            fix = "agregue «semanas=1-2» o «dias=3-5» entre las llaves"
            yield source.problem("PAS004", f"la etapa «{step.titulo}» no dice cuánto toma", fix, section.line)
        if not process:
            fix = "agregue «minutos=10-15» entre las llaves"
            yield source.problem("PAS004", f"el paso «{step.titulo}» no dice cuántos minutos toma", fix, section.line)


def step_parts_present(document: Manuscript) -> Iterator[Problem]:
    """A step says how to know it is finished, what to say, and what to do when it gets stuck; in 90 words."""
    source = document.source
    for step, section in zip(document.steps, step_sections(source), strict=True):
        for code, label, missing, what in (
            ("PAS006", "Listo cuando", not step.listo_cuando, "cuándo está listo"),
            ("PAS007", "Diga:", not any(step.diga) and step.minutos, "qué decir"),
            ("PAS008", "Si se traba:", not any(step.si_se_traba), "qué hacer si se traba"),
        ):
            if missing:
                near = re.search(rf"(?im)^[ \t>*_]*{label.rstrip(':')}\b.*", section.text)
                fix = f"agregue un párrafo que empiece con «{label}»"
                if near:
                    fix = f"«{near[0].strip()[:40]}» va en un párrafo aparte y empieza así, sin negritas: «{label}»"
                yield source.problem(code, f"el paso «{step.titulo}» no dice {what}", fix, section.line)
        count = words(section.text)
        if count > MAX_STEP_WORDS:
            fix = f"déjelo en {MAX_STEP_WORDS} o divídalo en dos pasos"
            yield source.problem("PAS009", f"el paso «{step.titulo}» tiene {count} palabras", fix, section.line)


def time_of_the_method(document: Document) -> Iterator[Problem]:
    """A session has `duracion`, a process has `plazo`, and the steps add up to it exactly."""
    source, card = document.source, meta(document, Method)
    needed, other = ("duracion", "plazo") if card.formato == "sesion" else ("plazo", "duracion")
    if getattr(card, needed) is None:
        fix = f"agregue «{needed}» (guía: «{needed}»)"
        yield source.problem("FIC001", f"un método de formato «{card.formato}» necesita «{needed}»", fix, ("formato",))
    if getattr(card, other) is not None:
        fix = f"borre «{other}», o cambie «formato»"
        yield source.problem("FIC001", f"un método de formato «{card.formato}» no lleva «{other}»", fix, (other,))
    minutes, days = total(document.steps)
    # A sum without all its parts says nothing.
    if needed == "duracion" and all(step.minutos for step in document.steps):
        yield from _sum(document, "duracion", card.duracion, minutes, "min")
    if needed == "plazo" and all(step.plazo for step in document.steps):
        yield from _sum(document, "plazo", card.plazo, days, "días hábiles")


def time_of_the_guide(document: Document) -> Iterator[Problem]:
    """The stages add up to `plazo` exactly."""
    if all(step.plazo for step in document.steps):
        yield from _sum(document, "plazo", _plazo(document), total(document.steps)[1], "días hábiles")


def _sum(
    document: Document, field: str, stated: Quantity | None, added: Quantity | None, unit: str
) -> Iterator[Problem]:
    if stated is not None and added is not None and stated != added:
        low, high = added.desde, added.hasta
        said = f"{stated.desde}-{stated.hasta} {unit}"
        message = f"los pasos suman {low}-{high} {unit} y «{field}» dice {said}"
        yield document.source.problem("PAS005", message, f"corrija los pasos, o escriba la suma en «{field}»", (field,))


def essential_steps(document: Manuscript) -> Iterator[Problem]:
    """With half the time one must know which steps stay."""
    if document.steps and not any(step.esencial for step in document.steps):
        fix = "escriba «esencial» entre las llaves de los que no pueden faltar"
        line = step_sections(document.source)[0].line
        yield document.source.problem("PAS010", "ningún paso está marcado como esencial", fix, line)
    if not document.steps:
        yield document.source.problem("PAS011", "la ficha no tiene pasos", "agregue «### …» bajo «## Pasos»")


def length_of_the_card(document: Document) -> Iterator[Problem]:
    """The face fits a phone's first screen; the card can be read before the meeting."""
    source, card = document.source, document.meta
    face = [document.section(title) for title in ("Úselo cuando", "No lo use cuando")]
    count = words(" ".join([card.titulo, card.resumen, *(section.text for section in face if section)]))
    if count > MAX_FACE_WORDS:
        fix = f"acorte el resumen o los puntos: el máximo es {MAX_FACE_WORDS}"
        yield source.problem("FIC002", f"la cara de la ficha tiene {count} palabras", fix, ("resumen",))
    low, high = CARD_WORDS
    count = words(source.body)
    if not low <= count <= high:
        yield source.problem(
            "FIC003", f"la ficha tiene {count} palabras", f"debe tener entre {low} y {high}", source.body_line
        )


def details_of_the_card(document: Document) -> Iterator[Problem]:
    """Needs to find it by, the label of the example, what personal data are taken."""
    source, card = document.source, meta(document, Method)
    if len(card.necesidades) < MIN_NEEDS:
        fix = f"escriba al menos {MIN_NEEDS}, con las palabras de quien lo necesita"
        yield source.problem("FIC004", f"en «necesidades» hay {len(card.necesidades)}", fix, ("necesidades",))
    example = document.section(EXAMPLE)
    if example and not example.whole.lstrip("*_ \n").startswith(EXAMPLE):
        fix = f"empiece con «**{EXAMPLE}.**»"
        yield source.problem("FIC005", "el ejemplo no dice que es ilustrativo", fix, example.line)
    data = card.datos_personales
    if data and data.recoge and not data.cuales:
        fix = "agregue «cuales» con los datos que se anotan o graban"
        yield source.problem("FIC006", "no dice qué datos personales se recogen", fix, ("datos_personales",))


def _plazo(document: Document) -> Workdays | None:
    return document.meta.plazo if isinstance(document.meta, Method | Guide) else None


# They look at no field, so they also judge a file whose header is wrong.
RULES_OF_THE_TEXT: Mapping[str, tuple[RuleOfTheText, ...]] = {
    "*": (
        file_name,
        fixed_sections,
        text_in_a_section,
        unique_anchors,
        anchors_of_their_own,
        headings,
        no_html,
        repeated_titles,
        repeated_values,
        image_texts,
        tables,
        closed_code,
        marks_of_other_programs,
        boxes,
    ),
    "metodo": (step_parts_present, essential_steps),
    "caso": (sourced_paragraphs,),
}
RULES: Mapping[str, tuple[Rule, ...]] = {
    "*": (dates_in_order, dates_of_this_century, unwritten, sourced_statements, easy_to_read, nothing_to_fill_in),
    "metodo": (
        step_headings,
        time_of_the_method,
        length_of_the_card,
        details_of_the_card,
    ),
    "caso": (sourced_figures,),
    "guia": (step_headings, time_of_the_guide),
    "pagina": (),
}


def check_structure(document: Manuscript) -> Iterator[Problem]:
    """Everything that can be said of a document without looking at the others."""
    for rule in (*RULES_OF_THE_TEXT["*"], *RULES_OF_THE_TEXT.get(document.kind.name, ())):
        yield from rule(document)
    if isinstance(document, Document):
        for about in (*RULES["*"], *RULES[document.kind.name]):
            yield from about(document)
