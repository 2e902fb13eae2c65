"""Rules about the language of a text: accents, repeated words, exclamations, capitals, English.

In:  a Passage.   Out: the Problems found in what is read of it, each at its letter. All of them are avisos: a
person decides. A rule is a function in RULES. `tildes.yml` says which words are never written without their accent.
"""

import re
import unicodedata
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cache
from importlib.resources import files

import yaml

from fichero.problems import Problem
from fichero.prose import GAP, WORD, Passage

Rule = Callable[[Passage], Iterator[Problem]]

ION = re.compile(r"ion\b")
TWICE = re.compile(r"(?i)\b([^\W\d_]{2,})[ \n]+(\1)\b(?![-’'])")
ON_PURPOSE = frozenset("muy casi ya no sí así tuk".split())  # «muy muy lejos» may be meant
SPACES = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
EXCLAMATION = re.compile(r"¡|!(?=[»\"”)*_]*(?:\s*$|\s+[¿¡«\"(]?[A-ZÁÉÍÓÚÑ]))")
CAPITALS = re.compile(r"\b[A-ZÁÉÍÓÚÜÑ]+(?:[ \n]+[A-ZÁÉÍÓÚÜÑ]+){2,}\b(?![-’'])")
SHOUTED_WORDS = 3
LIST_MARK = re.compile(r"[ \t>]*(?:[-+*]|\d+[.)]|#+)?")
SAID_BY_OTHERS = re.compile(r"«[^«»]*»|(?<!\*)\*++[^*\n]++\*++")
SOME_ENGLISH = re.compile(" (?:the|of|and|is|to) ")
ENGLISH = frozenset(
    "the of and with is for to are this that from by on it be an in or which their was were has not you we they".split()
)
SPANISH = frozenset("el la los las de del y que en un una con para por se es no lo su al como o a más si".split())
MIN_ENGLISH_WORDS = 8
MIN_ENGLISH_SHARE = 0.2


@cache
def accents() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The wrong words with the right one of each, in lower case; and the endings that no word has."""
    data = yaml.safe_load(files("fichero").joinpath("tildes.yml").read_text(encoding="utf-8"))
    bare = {without_accents(word): word for word in data["llevan"].split()}
    return {**bare, **data["no_llevan"]}, data["terminaciones"]


def without_accents(word: str) -> str:
    """The word without accents and diaeresis; the «ñ» stays."""
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", re.sub("[\u0301\u0308]", "", apart))


def misplaced_accents(passage: Passage) -> Iterator[Problem]:
    """Words that lack an accent, or have one too many."""
    known, endings = accents()
    lower = passage.prose.lower()
    if known.keys().isdisjoint(WORD.findall(lower)) and not ION.search(lower):
        return
    for match in WORD.finditer(passage.prose):
        word = match[0].lower()
        right = known.get(word)
        if right is None and word.endswith("ion"):
            right = next((word.removesuffix(end) + told for end, told in endings.items() if word.endswith(end)), None)
        if right is not None:
            right = _with_capitals_of(match[0], right)
            yield passage.problem("IDI001", f"«{match[0]}» se escribe «{right}»", f"escriba «{right}»", match.start())


def _with_capitals_of(typed: str, right: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return right.upper()
    return right[0].upper() + right[1:] if typed[0].isupper() else right


def repeated_words(passage: Passage) -> Iterator[Problem]:
    """«de de»: the second one is left over."""
    for start, text in passage.parts:
        apart = text.lower().split()
        for match in TWICE.finditer(text) if any(map(str.startswith, apart[1:], apart)) else ():
            if match[1].lower() not in ON_PURPOSE and match[2].islower():
                fix = f"deje un solo «{match[2]}»"
                message = f"«{match[2]}» está dos veces seguidas"
                yield passage.problem("IDI002", message, fix, start + match.start(2))


def double_spaces(passage: Passage) -> Iterator[Problem]:
    """Two spaces between two words of a line. Those that line up a table or a list are fine."""
    start = 0
    for line in passage.text.split("\n"):
        for match in SPACES.finditer(line) if "|" not in line else ():
            after = start + match.end()
            unread = passage.prose[after - 1] == GAP or (
                passage.prose[after] == " " and passage.text[after] not in "*_[!"
            )
            if not unread and not LIST_MARK.fullmatch(line, 0, match.start()):
                yield passage.problem("IDI003", "hay dos espacios seguidos", "deje uno solo", start + match.start())
        start += len(line) + 1


def exclamations(passage: Passage) -> Iterator[Problem]:
    """The house does not raise its voice. A name with its sign («Funciona!») in the middle of a sentence is fine."""
    opened = False
    for match in EXCLAMATION.finditer(passage.prose) if re.search("[¡!]", passage.prose) else ():
        if match[0] == "¡" or not opened:
            fix = "dígalo sin ellos"
            yield passage.problem("IDI004", "la frase lleva signos de exclamación", fix, match.start())
        opened = match[0] == "¡"


def english_paragraphs(passage: Passage) -> Iterator[Problem]:
    """A paragraph whose joining words are English. What is quoted, and titles in italics, are of others."""
    for start, text in passage.parts:
        if not SOME_ENGLISH.search(text):
            continue
        said = [match.span() for match in SAID_BY_OTHERS.finditer(passage.text, start, start + len(text))]
        ours = zip([start, *(end for _, end in said)], [*(first for first, _ in said), start + len(text)], strict=True)
        found = WORD.findall(" ".join(passage.prose[first:last] for first, last in ours).lower())
        english = sum(word in ENGLISH for word in found)
        spanish = sum(word in SPANISH for word in found)
        if len(found) >= MIN_ENGLISH_WORDS and english >= MIN_ENGLISH_SHARE * len(found) and english > 2 * spanish:
            lead = len(text) - len(text.lstrip(f" \n{GAP}"))
            fix = "tradúzcalo; a un nombre en inglés póngale su marca: «*Service Blueprint*{lang=en}»"
            yield passage.problem("IDI005", "este párrafo está en inglés", fix, start + lead)


RULES: tuple[Rule, ...] = (misplaced_accents, repeated_words, double_spaces, exclamations, english_paragraphs)


def shouted_words(passage: Passage, acronyms: Container[str]) -> Iterator[Problem]:
    """Three words or more in capitals, one after another, that are not acronyms."""
    for start, text in passage.parts:
        for match in CAPITALS.finditer(text):
            loud = [word for word in match[0].split() if word not in acronyms]
            if len(loud) >= SHOUTED_WORDS and max(map(len, loud)) > 3:
                fix = f"escriba «{' '.join(match[0].split()).capitalize()}»"
                yield passage.problem("EST012", "el texto está en mayúsculas", fix, start + match.start())
