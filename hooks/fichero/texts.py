"""Step 2: rules about every text of the folder, wherever a person wrote it.

In:  a Folder.   Out: the Problems of its texts: bodies, values of headers and of data files, files of text under
docs/, drawings and canvases. Personal data are looked for in all of them; the rules of language, where the text is
Spanish prose of ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from fichero.language import RULES, shouted_words
from fichero.plain_yaml import Marks, Path, Raw, positions
from fichero.privacy import ADVICE, personal_data
from fichero.problems import Problem
from fichero.prose import Passage, inline, prose
from fichero.read import DataFile, Folder
from fichero.source import Source

Placed = tuple[Path, Passage]

IDENTIFIER = re.compile(r"[a-z0-9/_.-]+")  # as typed in fields that name a thing of the site
# Names as others write them.
NAMES = frozenset({"tambien", "formas", "siglas", "autoria", "url", "consultado_en", "licencia", "palabras"})


def check_texts(folder: Folder) -> Iterator[Problem]:
    """Everything that can be said of a text by what it says."""
    acronyms = _acronyms(folder.data.get("glosario"))
    for source in folder.sources:
        spanish = str(source.fields.get("idioma", "es")).startswith("es")
        for path, passage in _of_source(source):
            yield from _check(passage, acronyms, spanish and not _is_name(path, passage.text))
    for name, file in folder.data.items():
        foreign = _foreign_terms(file) if name == "glosario" else frozenset()
        for path, passage in _values(file.archivo, file.value, file.marks):
            # Of the bibliography only the notes are ours; a term with `lang` is not Spanish.
            ours = path[-1:] == ("nota",) if name == "fuentes" else path not in foreign
            yield from _check(passage, acronyms, ours and not _is_name(path, passage.text))
    for archivo, text in folder.texts.items():
        yield from _check(Passage(archivo, text, text, positions(text, 1)), acronyms, False)


def _check(passage: Passage, acronyms: frozenset[str], spanish: bool) -> Iterator[Problem]:
    for found in personal_data(passage.text):
        message = f"aquí hay {found.kind.nombre}: {found.masked}"
        yield passage.problem(found.kind.codigo, message, ADVICE, found.start)
    if spanish:
        for rule in RULES:
            yield from rule(passage)
        yield from shouted_words(passage, acronyms)


def _of_source(source: Source) -> Iterator[Placed]:
    body = prose(source.body)
    place = positions(source.body, source.body_line)
    yield ("cuerpo",), Passage(source.archivo, source.body, body.text, place, body.blocks)
    yield from _values(source.archivo, source.fields, source.marks)


def _values(archivo: str, value: Raw | Mapping[str, Raw], marks: Marks, path: Path = ()) -> Iterator[Placed]:
    """The texts of some data, each told at its field or its item."""
    if isinstance(value, str):
        place = marks.get(path, (1, 1))
        yield path, Passage(archivo, value, inline(value) if " " in value else value, lambda _: place)
        return
    parts: Iterable[tuple[str | int, Raw]] = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, part in parts:
        yield from _values(archivo, part, marks, (*path, key))


def _is_name(path: Path, text: str) -> bool:
    return bool(IDENTIFIER.fullmatch(text)) or not NAMES.isdisjoint(path)


def _acronyms(glossary: DataFile | None) -> frozenset[str]:
    rows = glossary.value if glossary and isinstance(glossary.value, list) else []
    return frozenset(str(row["siglas"]) for row in rows if isinstance(row, dict) and "siglas" in row)


def _foreign_terms(glossary: DataFile) -> frozenset[Path]:
    rows = glossary.value if isinstance(glossary.value, list) else []
    return frozenset((index, "termino") for index, row in enumerate(rows) if isinstance(row, dict) and "lang" in row)
