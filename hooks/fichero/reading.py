"""How easy a text is to read: Spanish syllables, and the two formulas made from them.

In:  a Document.   Out: its Ease, or the Problem of a hard one. Titles and tables are not running text; a
paragraph and a list item end a sentence, as do «.», «?», «!», «:» and «…».

Syllables follow the spelling rules of the Ortografía of 2010 (RAE and ASALE), where «guion» and «ciudad» have one
diphthong each whoever says them: two vowels of which one is «i» or «u» without accent make one syllable, and so do
«ui» and «iu» with accent or without; two of «a e o», or an accented «í» or «ú» beside one of them, make two. An «h»
between vowels changes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from fichero.kinds import Document
from fichero.problems import Problem
from fichero.prose import GAP, WORD, prose

MIN_EASE = 50
MIN_WORDS = 100  # both formulas were made on samples of a hundred words

STRONG = frozenset("aeoáéóàèòâêô")
ACCENTED = frozenset("íú")
SILENT_U = re.compile(r"(?<=q)[uú]|(?<=g)u(?=[eiéí])")
VOWELS = re.compile(r"[aeiouáéíóúüàèòâêô](?:h?[aeiouáéíóúüàèòâêô])*")
VOWEL_Y = re.compile(r"y(?![aeiouáéíóúü])")
TWO_SYLLABLE_LETTERS = frozenset("fhjlmnñrsvwxz")
ABBREVIATION = re.compile(
    r"\b(?:p\. ?ej|[Aa]rts?|[Nn]úm|[Nn]o|[Pp]ágs?|[Cc]ap|[Vv]ol|[Ee]d|[Tt]el|[Aa]v|[Dd]ra?|[Ss]ra?|[Ll]icda|[Ll]ic"
    r"|[Ii]ng|[Dd]epto|[Cc]ía|EE|UU|aprox|máx|mín|a|p|[A-ZÁÉÍÓÚÑ])\.(?=[ \n])"
)
SENTENCE = re.compile(r"(?<![.?!…:])[.?!…:]++[»”\")\]]*+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Ease:
    """Both scores, from 0 or less (very hard) to 100 or more (very easy); and what they were counted on.

    INFLESZ tells below 40 «muy difícil», to 55 «algo difícil», to 65 «normal», to 80 «bastante fácil».
    """

    inflesz: float
    fernandez_huerta: float
    words: int
    sentences: int


def ease(document: Document) -> Ease | None:
    """The reading ease of the running text of a document; None where it has none.

    Szigriszt-Pazos (1993), on the INFLESZ scale of Barrio-Cantalejo and others (2008):
    206.835 - 62.3 × syllables / words - words / sentences.

    Fernández Huerta (1959): 206.84 - 60 × syllables / words - 1.02 × words / sentences. Most copies of it say that
    the last term counts the sentences of 100 words, with which longer sentences would be easier to read: an error
    of transcription that Gwillim Law told (LINGUIST List 22.2332, 2011).

    A number in figures and an abbreviation are not counted, as nobody agrees on how they are read.
    """
    source = document.source
    return _ease_of((source.intro, *(section.text for section in source.headings)))


@lru_cache(maxsize=10_000)  # asked once by the check and once by the page of what is missing
def _ease_of(texts: tuple[str, ...]) -> Ease | None:
    blocks = [block.text for text in texts for block in prose(text).blocks if block.kind in ("punto", "parrafo")]
    syllables = count = sentences = 0
    for block in blocks:
        for sentence in SENTENCE.split(ABBREVIATION.sub(" ", block.replace(GAP, ""))):
            found = WORD.findall(sentence)
            if found:
                sentences += 1
                count += len(found)
                syllables += sum(map(syllables_in, found))
    if not count:
        return None
    by_word, by_sentence = syllables / count, count / sentences
    return Ease(
        inflesz=206.835 - 62.3 * by_word - by_sentence,
        fernandez_huerta=206.84 - 60 * by_word - 1.02 * by_sentence,
        words=count,
        sentences=sentences,
    )


def easy_to_read(document: Document) -> Iterator[Problem]:
    """The running text is not harder than most people can read; in a few words, the formulas say nothing."""
    found = ease(document) if document.meta.idioma.startswith("es") else None
    if found and found.words >= MIN_WORDS and found.inflesz < MIN_EASE:
        scores = f"INFLESZ {found.inflesz:.0f}, Fernández-Huerta {found.fernandez_huerta:.0f}"
        message = f"el texto es difícil de leer ({scores}; el mínimo es {MIN_EASE})"
        length = found.words / found.sentences
        fix = f"parta las frases (hoy tienen {length:.0f} palabras, en promedio) y use palabras más cortas"
        yield document.source.problem("LEC001", message, fix, document.source.body_line)


@lru_cache(maxsize=20_000)
def syllables_in(word: str) -> int:
    """How many syllables a word has. Acronyms with vowels are read as words; others, letter by letter."""
    plain = SILENT_U.sub("", VOWEL_Y.sub("i", re.sub("[’'ʼ]", "", word.lower())))
    found = sum(_nuclei(run.replace("h", "")) for run in VOWELS.findall(plain))
    return found or sum(2 if letter in TWO_SYLLABLE_LETTERS else 1 for letter in plain)


def _nuclei(vowels: str) -> int:
    """How many syllables a run of vowels makes: each strong vowel has its own, and the weak ones join a neighbour."""
    strong = [vowel in STRONG for vowel in vowels]
    count = sum(strong) or 1
    for index, vowel in enumerate(vowels):
        beside = any(strong[max(index - 1, 0) : index + 2])
        if vowel in ACCENTED and beside:
            count += 1  # «país», «oía»
        elif not strong[index] and index and vowels[index - 1] == vowel:
            count += 1  # «chiita», «duunviro»
    return count
