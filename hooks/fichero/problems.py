"""What the checker says: one Problem for each mistake, and three ways to print a list of them.

A code is permanent and is explained, with a wrong and a right example, in `codigos.yml`; the page
/contribuir/errores/ is made from the same table.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

# What a terminal or a log obeys instead of showing: control characters, those that turn the line round, halves of one.
OBEYED = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

Severity = Literal["error", "aviso"]
# Of one code in one file: what is pasted wrong has the same mistake in every line.
MAX_TOLD = 50
LIKENESS = 0.6  # from which a name may be the one that was meant
MAX_LOOKED_AT = 100_000  # names, for all the words of a file: two thousand for each
MAX_COMPARED = 500_000  # pairs of letters, to find it: some 300 names of 40 letters


@dataclass(frozen=True)
class Code:
    """One row of `codigos.yml`. `mal` and `bien` are the wrong and the right example, as a person would type them."""

    codigo: str
    severidad: Severity
    titulo: str
    explica: str
    mal: str
    bien: str

    @property
    def familia(self) -> str:
        """The letters of the code, "PAS" of PAS005: what it is about."""
        return self.codigo.rstrip("0123456789")


@cache
def codes() -> dict[str, Code]:
    """Every code the checker can print, by its name."""
    rows = yaml.load(files("fichero").joinpath("codigos.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {codigo: Code(codigo=codigo, **row) for codigo, row in rows.items()}


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake at a place: line and column count from 1; `arreglo` tells the person what to type instead."""

    archivo: str
    linea: int
    columna: int
    codigo: str
    mensaje: str
    arreglo: str

    @property
    def severidad(self) -> Severity:
        return codes()[self.codigo].severidad

    def __str__(self) -> str:
        place = f"{self.archivo}:{self.linea}:{self.columna}"
        return printable(f"{place} {self.codigo} {self.severidad}: {self.mensaje} → {self.arreglo}")


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Those that stop a build."""
    return [problem for problem in problems if problem.severidad == "error"]


def printable(text: str) -> str:
    """A text of a contributor as one line that no terminal and no log takes for an order."""
    return re.sub(f"{OBEYED.pattern}+", " ", text)


def first_of_each(problems: Iterable[Problem]) -> list[Problem]:
    """The problems sorted, at most MAX_TOLD of each code in each file; the last says how many more there are."""
    alike: dict[tuple[str, str], list[Problem]] = {}
    for problem in sorted(problems, key=by_place):
        alike.setdefault((problem.archivo, problem.codigo), []).append(problem)
    for told in alike.values():
        more = len(told) - MAX_TOLD
        if more > 0:
            last = told[MAX_TOLD - 1]
            told[MAX_TOLD - 1 :] = [replace(last, mensaje=f"{last.mensaje}; hay {more} más como este")]
    return sorted((problem for told in alike.values() for problem in told), key=by_place)


def few_of_each(problems: Iterable[Problem], most: int) -> Iterator[Problem]:
    """The first so many of each code in each file, as they come: what is beyond would only be counted."""
    found: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        alike = problem.archivo, problem.codigo
        found[alike] += 1
        if found[alike] <= most:
            yield problem


def by_place(problem: Problem) -> tuple[str, int, int, str, str, str]:
    """What sorts as problems do, and thousands of them sooner: it is made once for each."""
    return problem.archivo, problem.linea, problem.columna, problem.codigo, problem.mensaje, problem.arreglo


def lines_with_errors(problems: Iterable[Problem]) -> dict[str, frozenset[int]]:
    """The lines of each file where an error is told."""
    lines: dict[str, set[int]] = {}
    for problem in errors(problems):
        lines.setdefault(problem.archivo, set()).add(problem.linea)
    return {archivo: frozenset(numbers) for archivo, numbers in lines.items()}


class Names:
    """Names that exist, sorted once, to find the one a person meant among them.

    To find it takes as long as there are names: a file is helped with its first MAX_TOLD wrong words, as no more of
    them are told; with fewer, where there are thousands of names.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._folded: dict[str, str] = {}
        for name in self._known:
            self._folded.setdefault(name.casefold(), name)
        self._all = frozenset(self._known)
        self._found: dict[str, str | None] = {}
        self._helped: Counter[str] = Counter()
        self._most = min(MAX_TOLD, MAX_LOOKED_AT // (len(self._known) + 1))

    def __contains__(self, word: object) -> bool:
        return word in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def in_other_letters(self, word: str) -> str | None:
        """The name that only differs in its capitals."""
        return self._folded.get(word.casefold())

    def nearest(self, word: str) -> str | None:
        """The name a person most probably meant, or None when nothing is close."""
        if word not in self._found:
            self._found[word] = self._nearest(word)
        return self._found[word]

    def suggestion(self, word: str, archivo: str = "") -> str:
        """«¿quiso decir …?» when there is a near name, else the names that are accepted. `archivo`: who asks."""
        if archivo:
            self._helped[archivo] += 1
        near = self.nearest(word) if self._helped[archivo] <= self._most else None
        if near:
            return f"¿quiso decir «{near}»?"
        return "escriba una de estas: " + ", ".join(self._known) if 0 < len(self._known) <= 12 else "revise el nombre"

    def _nearest(self, word: str) -> str | None:
        """The most alike, as `difflib.get_close_matches` says; but those with most letters in common are tried first.

        The share of letters in common, whatever their order, is never below the likeness that difflib measures.
        """
        letters = Counter(word)
        alike: list[tuple[float, str]] = []
        for name in self._known:
            both = len(word) + len(name)
            if 2 * min(len(word), len(name)) >= LIKENESS * both:
                common = sum(min(count, name.count(letter)) for letter, count in letters.items())
                if 2 * common >= LIKENESS * both:
                    alike.append((2 * common / both if both else 1.0, name))
        best: tuple[float, str] = (LIKENESS, "")
        matcher = SequenceMatcher[str](b=word) if alike else None
        work = MAX_COMPARED
        for most, name in sorted(alike, reverse=True):
            work -= len(word) * len(name)
            if matcher is None or most < best[0] or work < 0:
                break
            matcher.set_seq1(name)
            best = max(best, (matcher.ratio(), name))
        return best[1] or None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word a person most probably meant, or None when nothing is close."""
    return Names(known).nearest(word)


def suggestion(word: str, known: Iterable[str]) -> str:
    """«¿quiso decir …?» when there is a near word, else the words that are accepted."""
    return Names(known).suggestion(word)


def as_text(problems: Sequence[Problem]) -> str:
    """One line a problem, then a line that counts them."""
    lines = [str(problem) for problem in problems]
    return "\n".join([*lines, summary(problems)])


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects with the names of the command line's contract."""
    rows = [
        {
            "archivo": problem.archivo,
            "linea": problem.linea,
            "columna": problem.columna,
            "codigo": problem.codigo,
            "severidad": problem.severidad,
            "mensaje": problem.mensaje,
            "arreglo": problem.arreglo,
        }
        for problem in problems
    ]
    report = json.dumps(rows, ensure_ascii=False, indent=2)
    return OBEYED.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", report)


def as_github(problems: Sequence[Problem]) -> str:
    """Workflow annotations. Data is one line, escaped as GitHub's toolkit does, so that no text can forge a command."""

    def data(text: str) -> str:
        return printable(text).replace("%", "%25")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    kind = {"error": "error", "aviso": "warning"}
    return "\n".join(
        f"::{kind[p.severidad]} file={value(p.archivo)},line={p.linea},col={p.columna},title={value(p.codigo)}"
        f"::{data(p.mensaje)} → {data(p.arreglo)}"
        for p in problems
    )


def summary(problems: Sequence[Problem]) -> str:
    """«2 errores y 1 aviso.» or «Sin problemas.»"""
    wrong = len(errors(problems))
    notices = len(problems) - wrong
    if not problems:
        return "Sin problemas."
    parts = [
        f"{wrong} {'error' if wrong == 1 else 'errores'}" if wrong else "",
        f"{notices} {'aviso' if notices == 1 else 'avisos'}" if notices else "",
    ]
    return " y ".join(part for part in parts if part) + "."
