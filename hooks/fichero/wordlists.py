"""Step 2. The file of the closed word lists becomes Vocabularies, with what the lists lack or say wrong.

In:  the DataFile of docs/_datos/vocabularios.yml.   Out: Vocabularies, and Problems.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fichero.problems import Problem, nearest, suggestion
from fichero.read import DataFile
from fichero.typed import typed
from fichero.vocabulary import LICENCE_URL, NEEDED, Vocabularies, Word


def vocabularies_of(file: DataFile | None) -> tuple[Vocabularies, list[Problem]]:
    """Type every word of every list, and judge the lists together."""
    lists: dict[str, dict[str, Word]] = {}
    problems: list[Problem] = []
    for name, rows in mapping(file).items():
        lists[name] = {}
        if file and not isinstance(rows, dict):
            message, fix = f"{name}: la lista no tiene su forma", "siga las demás: «palabra:» y debajo sus campos"
            problems.append(Problem(file.archivo, *file.marks[name,], "FM016", message, fix))
            continue
        for key, row in rows.items():
            fields = {"id": key, **row} if isinstance(row, dict) else row
            word, wrong = typed(Word, fields, {}, file, (name, key)) if file else (None, [])
            problems += wrong
            # A word with errors stays known, so that nobody who uses it is told that it does not exist.
            family = row.get("familia") if isinstance(row, dict) else None
            family = family if isinstance(family, str) else None
            lists[name][key] = word or Word.model_construct(id=key, etiqueta=key, definicion=key, familia=family)
    if file and lists:
        problems += _missing_words(file, lists)
        problems += _licences(file, lists.get("licencias", {}))
        problems += _phases(file, lists)
    return Vocabularies(lists), problems


def _missing_words(file: DataFile, lists: Mapping[str, Mapping[str, Word]]) -> Iterator[Problem]:
    """The lists and the words without which no page can be made."""
    for name, words in NEEDED.items():
        if name not in lists:
            near = nearest(name, lists.keys() - NEEDED.keys())
            fix = f"«{near}» se llama «{name}»: cámbiele el nombre" if near else "devuélvala a este archivo"
            yield Problem(file.archivo, 1, 1, "FM002", f"falta la lista «{name}»", fix)
            continue
        for word in words if isinstance(mapping(file)[name], dict) else ():
            if word not in lists[name]:
                message, fix = f"a la lista «{name}» le falta «{word}»", "devuélvala: el programa la usa"
                yield Problem(file.archivo, *file.marks[name,], "FM002", message, fix)


def _licences(file: DataFile, licences: Mapping[str, Word]) -> Iterator[Problem]:
    """A page links its licence: the program must know where it is explained."""
    for name in licences:
        if name not in LICENCE_URL:
            message, fix = f"el programa no sabe dónde se explica la licencia «{name}»", suggestion(name, LICENCE_URL)
            yield Problem(file.archivo, *file.marks["licencias", name], "FM011", message, fix)


def _phases(file: DataFile, lists: Mapping[str, Mapping[str, Word]]) -> Iterator[Problem]:
    """A phase is of a family, which gives it its colour, and its steps are of the planning cycle.

    What has not the form of a phase, of a family or of a list was told when it was typed.
    """
    families, cycle = lists.get("familias", {}), lists.get("ciclo", {})
    for key, word in lists.get("fases", {}).items():
        row = mapping(file)["fases"][key]
        if isinstance(row, dict) and "familia" not in row:
            message, fix = f"a la fase «{key}» le falta «familia»", suggestion("", families)
            yield Problem(file.archivo, *file.marks["fases", key], "FM002", message, fix)
        elif families and word.familia is not None and word.familia not in families:
            message = f"familia: «{word.familia}» no está en la lista «familias»"
            fix = suggestion(word.familia, families)
            yield Problem(file.archivo, *file.marks["fases", key, "familia"], "FM011", message, fix)
        for index, step in enumerate(word.ciclo if cycle else ()):
            if step not in cycle:
                message = f"ciclo: «{step}» no está en la lista «ciclo»"
                place = file.marks["fases", key, "ciclo", index]
                yield Problem(file.archivo, *place, "FM011", message, suggestion(step, cycle))


def mapping(file: DataFile | None) -> Mapping[str, Any]:
    """The lists as typed, by name; none if the file is not there or has another form."""
    return file.value if file and isinstance(file.value, dict) else {}
