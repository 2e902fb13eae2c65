"""A large repository made from the real one: every card keeps its structure, its length and its vocabulary.

Sentences of the free sections change places between cards, and each card gets names and needs cut from them, so
that the text is natural and does not compress like one repeated card; steps stay, so that their sums hold. The
generator is seeded: the same numbers give the same repository.
"""

import random
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SENTENCE = re.compile(r"(?<=[.?»])\s+(?=[A-ZÁÉÍÓÚ¿«])")
ALIASES = NEEDS = 5
# So many rounds of copies cite the same sources: some three sources a page, as a grown repository has.
ROUNDS_A_BIBLIOGRAPHY = 10
FREE_SECTIONS = (
    "Para qué sirve",
    "Cuidados y permisos",
    "Devolver y llevar al plan",
    "Adaptaciones",
    "Para profundizar",
)


def make_repository(target: Path, methods: int, cases: int) -> None:
    """Write `target` as a repository with so many methods and cases, copies of the real ones with other words."""
    shutil.copytree(ROOT / "docs", target / "docs")
    for name in ("mkdocs.yml", "hooks"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, target / name)
    shutil.copytree(ROOT / "methods", target / "methods")
    shutil.copytree(ROOT / "cases", target / "cases")
    random_ = random.Random(f"{methods}-{cases}")
    _copies(target / "methods", "M", methods, random_)
    _copies(target / "cases", "C", cases, random_)
    rounds = max(_rounds("methods", methods), _rounds("cases", cases))
    _bibliography(target / "docs/_datos/fuentes.yml", (rounds + 1) // ROUNDS_A_BIBLIOGRAPHY)


def _rounds(folder: str, wanted: int) -> int:
    """How many times the real files of a folder are copied, the last round perhaps in part."""
    return -(-wanted // len(list((ROOT / folder).glob("*.md"))))


def _copies(folder: Path, letter: str, wanted: int, random_: random.Random) -> None:
    """Copies of the real files, each with its own code, title, words and relations.

    A copy is related to the copies of its own round only, so that no page has more neighbours in a larger
    repository; ten rounds share a bibliography.
    """
    originals = sorted(folder.glob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in originals]
    pool = [sentence for text in texts for sentence in _sentences(text.split("\n---\n", 1)[1])]
    used = {int(match[1]) for text in texts if (match := re.search(rf"(?m)^codigo: {letter}(\d+)", text))}
    codes = (number for number in range(1, 10_000) if number not in used)
    for number in range(max(0, wanted - len(originals))):
        text, original = texts[number % len(texts)], originals[number % len(texts)]
        round_ = number // len(texts) + 2
        front, body = text.split("\n---\n", 1)
        front = re.sub(rf"(?m)^codigo: {letter}\d+", f"codigo: {letter}{next(codes):03}", front)
        front = re.sub(r"(?m)^titulo: (.*)$", lambda m, n=round_: f"titulo: '{m[1].strip(chr(39))} {n}'", front)
        parts = re.split(r"(?m)^(?=## )", body)
        for index, part in enumerate(parts):
            if part.removeprefix("## ").split("\n", 1)[0] in FREE_SECTIONS:
                parts[index] = _other_words(part, pool, random_)
        if letter == "M":
            front = _own_words(front, pool, random_)
        text = f"{front}\n---\n{''.join(parts)}"
        if letter == "M" and (number // len(texts) + 1) * len(texts) > wanted - len(originals):
            # The last round has not all its cards: these are related to none.
            front = re.sub(r"(?m)^(antes|despues|en_lugar_de): .*\n?", "", f"{front}\n").rstrip("\n")
            text = f"{front}\n---\n{''.join(parts)}"
        elif letter == "M":
            front = re.sub(
                r"(?m)^(antes|despues|en_lugar_de): \[(.*)\]$",
                lambda m, n=round_: f"{m[1]}: [{', '.join(f'{id.strip()}-{n}' for id in m[2].split(','))}]",
                front,
            )
            text = f"{front}\n---\n{''.join(parts)}"
        path = folder / f"{original.stem}-{round_}.md"
        path.write_text(_own_sources(text, round_ // ROUNDS_A_BIBLIOGRAPHY), encoding="utf-8")


def _own_words(front: str, pool: list[str], random_: random.Random) -> str:
    """The header with a summary, other names and needs of its own."""

    def words(low: int, high: int) -> str:
        said = re.findall(r"[a-záéíóúüñ]+", random_.choice(pool).lower())
        start = random_.randrange(max(1, len(said) - low))
        return " ".join(said[start : start + random_.randint(low, high)])

    front = re.sub(r"(?m)^resumen: .*$", f"resumen: '{random_.choice(pool)[:150].replace(chr(39), '’')}'", front)
    for field, low, high, count in (("tambien", 2, 4, ALIASES), ("necesidades", 7, 14, NEEDS)):
        said: dict[str, None] = {}
        while len(said) < count:  # no list says the same twice
            said.setdefault(words(low, high).strip())
        made = "".join(f"  - {one}\n" for one in said)
        front = re.sub(rf"(?m)^{field}:\n(?:  - .*\n)+", f"{field}:\n{made}", f"{front}\n").rstrip("\n")
    return front


def _own_sources(text: str, copy: int) -> str:
    """The text citing a copy of every source; the first pages cite the real ones."""
    if not copy:
        return text
    text = re.sub(r"\[\^([^\]\s]+)\]", rf"[^\1-v{copy}]", text)
    return re.sub(
        r"(fuentes: \[)([^\]]+)(\])",
        lambda m: m[1] + ", ".join(f"{id.strip()}-v{copy}" for id in m[2].split(",")) + m[3],
        text,
    )


def _bibliography(path: Path, copies: int) -> None:
    """The real sources, and so many copies of each."""
    text = path.read_text(encoding="utf-8")
    entries = re.findall(r"(?m)^([a-z0-9-]+):\n((?:  .*\n?)+)", text)
    added = [f"{id}-v{copy}:\n{body}" for copy in range(1, copies + 1) for id, body in entries]
    path.write_text(text + "".join(added), encoding="utf-8")


def _other_words(section: str, pool: list[str], random_: random.Random) -> str:
    for sentence in _sentences(section):
        section = section.replace(sentence, random_.choice(pool), 1)
    return section


def _sentences(text: str) -> list[str]:
    """Plain sentences, which can change places: no line ends, links or notes."""
    return [part for part in SENTENCE.split(text) if 40 < len(part) < 200 and not re.search(r"[\n\[\]#|>*]", part)]
