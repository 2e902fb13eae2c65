"""Real files with real accidents: each mutant is judged in a small site, and rendered when it has no error.

Mutant N is the same in every run and on every machine: `Seeds().mutant(N)`. It is a card, a case, a guide, a page, a
data file, a drawing or the register, cut to what the small site knows (see `_at_home`), after one to four accidents.
"""

import random
import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType

from changes import DRAWING, ROOT, SITE
from hostil.cargas import BODIES
from jinja2 import Environment

from fichero.pipeline import check, made_of
from fichero.problems import errors
from fichero.settings import Settings

SEED = 20261129
PATIENCE = 60  # seconds: protects from waiting for ever
LIMIT = 2.0  # seconds of processor: past them, the verdict came too late

Accident = Callable[[random.Random, str], str]

# What a field may be made to say, a line of a text may be made to hold, a link to lead to and a title to end with.
VALUES = (
    r"""
no|sí|true|012|1:30|1e3|~|null|.inf|-0|0x1F|1_000|2026-02-30|9999-12-31|0000-00-00|2026-13-01|22/11/2026|90-120 min
120-90 min|0 min|1–2 h|99999999999999999999 min|3-6 semanas|-5|1/2|M000|m001|M1000000|[]|{}|[a, [b, [c]]]|<b>a</b>
{a: {b: {c: d}}}|[a, b|{a: b|"sin cerrar|'sin cerrar|&a valor|*a|!!python/name:os.system x|!!set {a}|<<: *a|a: b: c
# comentario|""|' '|- a|? a|@a|%a|`a`|piloto-de-cuatro-semanas|problema-en-una-frase|../../etc/passwd|[camacho-2001]
[camacho-2001, camacho-2001]|{recoge: sí}|{recoge: no, cuales: nada}|{"\u202e": a}|"\0"|"\ud800"|"a\nb"|"\x85"
"\u0663 min"
""".strip()
    .replace("\n", "|")
    .split("|")
)
SIGNS = [
    *("*", "**", "_", "`", "``", "```\n", "~~~", "~~", "[", "]", "](", ")", "![", "[^", "[^]", "[^camacho-2001]"),
    *("<", ">", "<b>", "<!--", "-->", "<![CDATA[", "<?", "&", "&amp;", "&#0;", "&#x202e;", "&lt;script&gt;", "|"),
    *("#", "\n# ", "\n## ", "\n###### ", "\n---\n", "\n===\n", "\n- ", "\n1. ", "\n> ", "\n    ", "\n\n\n", "\\"),
    *("{", "}", "{#", "{lang=quc}", "{lang=x}", "{{", "{%", "{{ 7*7 }}", "$", "^", "=", ":", "\t", "  \n", "[x]: "),
    *("\u202e", "\u0301", "\ufb01", "ñ", "K\u2019iche\u2019", "\U0001f600", "\ufeff", "\ufffd", "\u00ad", "\u00a0"),
    *("\u0085", "\u2028", "\u0430", "Ã\u00b1", "\x00", "\x0b", "\r", "\u200b", "\u00bd", "\ue000", "\x1b[31m", "|-|"),
]
LABELS = ("Diga:", "Diga: «Sigan.»", "Listo cuando", "Listo cuando:", "Si se traba:", "Objetivo:", "- [ ] ", "Diga: # ")
TARGETS = """
# #paso-1 #paso-99 #nada acerca.md ../docs/acerca.md ../docs/acerca.md# ?a=b / //a.b . ../../../etc/passwd https://
http: problema-en-una-frase.md#paso-1 problema-en-una-frase.md#Paso-1 https://[ https://[::1]/ https://a@b.org/
tel:1 mailto: https://example.org:99999/ https://example.org/%zz mailto:a@b javascript:alert(1) data:,a file:///etc https://xn--a/
https://ñandú.example.org/ñ?q=ñ#ñ a\\b.md %00 https://example.org/\u202e &#106;avascript:a
""".split()
BRACES = (
    r"""
{#paso-1}|{#paso-1 minutos=10}|{#paso-0 minutos=0}|{#paso-2 minutos=20-10}|{minutos=10 #paso-1}|{#}|{}
{#paso-1 esencial}
{#paso-1 minutos=10 minutos=20}|{#paso-1 semanas=1}|{#paso-1 dias=1-2}|{#paso-01 minutos=1}|{.clase}
{#licencia}|{#paso-1
{#PASO-1 minutos=5}|{#paso-1 minutos=99999999999999999999}|{#paso-1 class=a onclick=b}|{#paso-1 minutos="10"}|#paso-1}
{#etapa-1 semanas=1-2}|{# paso-1 }|{#paso-1 minutos=}|{#paso-1}{#paso-2}|{#paso-2 minutos=10-15 esencial}|{lang=quc}
""".strip()
    .replace("\n", "|")
    .split("|")
)
NUMBERS = (
    "0",
    "1",
    "-1",
    "007",
    "99999999",
    "1.5",
    "1,5",
    "10–20",
    "\u0663",
    "\u00b2",
    "\u2163",
    "",
    "uno",
    "9" * 4_301,
)
HEADER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")


@dataclass(frozen=True)
class Mutant:
    """`archivo` of the small site says `data`. `seed` is the file it comes from."""

    number: int
    seed: str
    archivo: str
    accidents: tuple[str, ...]
    data: bytes


@dataclass(frozen=True)
class Verdict:
    """`name`: the number of the mutant, its file and its accidents. `seconds`: of processor.

    `outcome`: "errors", "clean" (and every page and data file made), or how the program failed.
    """

    name: str
    outcome: str
    seconds: float


# --- Accidents: bytes and lines ------------------------------------------------------------------------------------


def _place(dice: random.Random, text: str) -> int:
    return dice.randint(0, len(text))


def _slice(dice: random.Random, text: str, most: int = 400) -> tuple[int, int]:
    start = _place(dice, text)
    return start, min(len(text), start + dice.randint(1, most))


def _lines(change: Callable[[random.Random, list[str], int], None]) -> Accident:
    def accident(dice: random.Random, text: str) -> str:
        lines = text.split("\n")
        change(dice, lines, dice.randrange(len(lines)))
        return "\n".join(lines)

    return accident


def cut(dice: random.Random, text: str) -> str:
    start, end = _slice(dice, text)
    return text[:start] + text[end:]


def cut_the_end(dice: random.Random, text: str) -> str:
    return text[: _place(dice, text)]


def cut_the_beginning(dice: random.Random, text: str) -> str:
    return text[_place(dice, text) // 8 :]


def paste_again(dice: random.Random, text: str) -> str:
    start, end = _slice(dice, text)
    place = _place(dice, text)
    return text[:place] + text[start:end] * dice.choice((1, 1, 2, 30)) + text[place:]


def other_case(dice: random.Random, text: str) -> str:
    start, end = _slice(dice, text, 80)
    return text[:start] + text[start:end].swapcase() + text[end:]


def without_a_line(_: random.Random, lines: list[str], at: int) -> None:
    del lines[at]


def line_twice(dice: random.Random, lines: list[str], at: int) -> None:
    lines[at:at] = [lines[at]] * dice.choice((1, 1, 3, 60))


def lines_changed_over(dice: random.Random, lines: list[str], at: int) -> None:
    other = dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def lines_joined(_: random.Random, lines: list[str], at: int) -> None:
    lines[at : at + 2] = [" ".join(lines[at : at + 2])]


def line_broken(dice: random.Random, lines: list[str], at: int) -> None:
    place = _place(dice, lines[at])
    lines[at : at + 1] = [lines[at][:place], lines[at][place:]]


def other_indent(dice: random.Random, lines: list[str], at: int) -> None:
    lines[at] = dice.choice(("  ", "    ", "\t", " ", "> ", "- ", "")) + lines[at].lstrip()


def empty_line(_: random.Random, lines: list[str], at: int) -> None:
    lines.insert(at, "")


# --- Accidents: the structure of YAML ------------------------------------------------------------------------------

FIELD = re.compile(r"^([ -]*)([\w-]+):( ?)(.*)$")


def _fields(change: Callable[[random.Random, re.Match[str]], str]) -> Accident:
    """One line `field: value`, of the header if there is one, is written otherwise."""

    def accident(dice: random.Random, text: str) -> str:
        header = HEADER.match(text)
        end = header.end() if header else len(text)
        lines = text[:end].split("\n")
        found = [(number, match) for number, line in enumerate(lines) if (match := FIELD.match(line))]
        if not found:
            return text
        number, match = dice.choice(found)
        lines[number] = change(dice, match)
        return "\n".join(lines) + text[end:]

    return accident


def other_value(dice: random.Random, field: re.Match[str]) -> str:
    return f"{field[1]}{field[2]}: {dice.choice(VALUES)}"


def other_name(dice: random.Random, field: re.Match[str]) -> str:
    name = dice.choice((field[2][:-1], field[2] + "s", field[2].upper(), f"'{field[2]}'", "?", "<<", "template", "id"))
    return f"{field[1]}{name}: {field[4]}"


def another_level(dice: random.Random, field: re.Match[str]) -> str:
    return f"{field[1]}{field[2]}:\n{' ' * len(field[1])}  {dice.choice(('- ', 'a: ', ''))}{field[4] or 'b'}"


def as_a_list(dice: random.Random, field: re.Match[str]) -> str:
    return f"{field[1]}{field[2]}: [{', '.join([field[4] or 'a'] * dice.choice((1, 2, 40)))}]"


def in_quotes(dice: random.Random, field: re.Match[str]) -> str:
    quote = dice.choice("\"'")
    return f"{field[1]}{field[2]}: {quote}{field[4]}{dice.choice((quote, quote, ''))}"


def as_a_block(dice: random.Random, field: re.Match[str]) -> str:
    indent = " " * (len(field[1]) + 2)
    return f"{field[1]}{field[2]}: {dice.choice('|>')}{dice.choice(('', '-', '+', '9'))}\n{indent}{field[4]}\n{indent}b"


def no_space(_: random.Random, field: re.Match[str]) -> str:
    return f"{field[1]}{field[2]}:{field[4]}"


# --- Accidents: marks, steps, links, anchors -----------------------------------------------------------------------


def sign(dice: random.Random, text: str) -> str:
    place = _place(dice, text)
    return text[:place] + dice.choice(SIGNS) * dice.choice((1, 1, 1, 2, 20)) + text[place:]


def signs(dice: random.Random, text: str) -> str:
    for _ in range(dice.randint(2, 12)):
        text = sign(dice, text)
    return text


def sign_at_a_word(dice: random.Random, text: str) -> str:
    """Where a sign is most often put: around a word."""
    words = list(re.finditer(r"\w+", text))
    if not words:
        return text
    word, mark = dice.choice(words), dice.choice(SIGNS)
    return f"{text[: word.start()]}{mark}{word[0]}{dice.choice((mark, ''))}{text[word.end() :]}"


def without_a_sign(dice: random.Random, text: str) -> str:
    found = [match.start() for match in re.finditer(r"[*_`\[\](){}#|:<>«»\"'-]", text)]
    if not found:
        return text
    place = dice.choice(found)
    return text[:place] + text[place + 1 :]


def label(dice: random.Random, lines: list[str], at: int) -> None:
    lines[at] = dice.choice(LABELS) + dice.choice((" ", "")) + re.sub(r"^[^:]*: ", "", lines[at])


def _one(pattern: str, made: Callable[[random.Random, str], str]) -> Accident:
    """One place of the text that looks so says something else."""

    def accident(dice: random.Random, text: str) -> str:
        found = list(re.finditer(pattern, text))
        if not found:
            return text
        match = dice.choice(found)
        return text[: match.start()] + made(dice, match[0]) + text[match.end() :]

    return accident


def heading(dice: random.Random, old: str) -> str:
    return dice.choice(("", "#", "##", "###", "####", "#######", " ###", "## ##")) + old.lstrip("#")


def anchor(dice: random.Random, _: str) -> str:
    return dice.choice(BRACES)


def number(dice: random.Random, _: str) -> str:
    return dice.choice(NUMBERS)


def target(dice: random.Random, _: str) -> str:
    return f"]({dice.choice(TARGETS)})"


def link_more(dice: random.Random, text: str) -> str:
    place = _place(dice, text)
    words, to = dice.choice(("a", "aquí", "", "![a](b.png)", "a\nb", "[a]", "`a`")), dice.choice(TARGETS)
    link = dice.choice(
        ("[{}]({})", "![{}]({})", "[{}](<{}>)", '[{}]({} "a")', "[{}][{}]", "[{}]: {}", "<{}{}>", "{} {} ")
    )
    return text[:place] + link.format(words, to) + text[place:]


def hostile(dice: random.Random, text: str) -> str:
    place = _place(dice, text)
    return f"{text[:place]}{dice.choice(BODIES)}{text[place:]}"


ACCIDENTS: Mapping[str, Accident] = {
    **{made.__name__: made for made in (cut, cut_the_end, cut_the_beginning, paste_again, other_case)},
    **{
        made.__name__: _lines(made)
        for made in (
            *(
                without_a_line,
                line_twice,
                lines_changed_over,
                lines_joined,
                line_broken,
                other_indent,
                empty_line,
                label,
            ),
        )
    },
    **{
        made.__name__: _fields(made)
        for made in (other_value, other_name, another_level, as_a_list, in_quotes, as_a_block, no_space)
    },
    **{made.__name__: made for made in (sign, signs, sign_at_a_word, without_a_sign, link_more, hostile)},
    "heading": _one(r"(?m)^#+", heading),
    "anchor": _one(r"\{#[^}\n]*\}", anchor),
    "number": _one(r"\d+", number),
    "target": _one(r"\]\([^()\s]*\)", target),
    "source": _one(
        r"\[\^[^\]\n]*\]", lambda dice, _: dice.choice(("[^nada]", "[^]", "[^a b]", "[^camacho-2001][^camacho-2001]"))
    ),
}


def _bytes(dice: random.Random, data: bytes) -> bytes:
    """A few bytes are lost, changed or put in: what a bad copy or a wrong encoding does."""
    kind = dice.randrange(5)
    if kind == 0:
        return data.decode("utf-8", "replace").encode(dice.choice(("latin-1", "utf-16", "cp1252", "utf-7")), "replace")
    if kind == 1:
        return dice.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\xc3")) + data
    spoilt = bytearray(data)
    for _ in range(dice.randint(1, 5)):
        place = dice.randrange(len(spoilt) + 1)
        if kind == 2:
            spoilt[place : place + 1] = bytes([dice.randrange(256)])
        elif kind == 3:
            del spoilt[place : place + dice.randint(1, 3)]
        else:
            spoilt[place:place] = dice.randbytes(dice.randint(1, 4))
    return bytes(spoilt)


# --- The files they happen to, and the site where they are judged ---------------------------------------------------


def _at_home(text: str) -> str:
    """A real card in the small site: it names nothing that is not there, and has a code of its own."""
    text = re.sub(r"\[\^[^\]\n]+\]", "[^camacho-2001]", LINK.sub(r"\1", text))
    text = re.sub(r"\b(fuentes: )\[.*?\]", r"\1[camacho-2001, cocode-arts]", text)
    header = HEADER.match(text)
    if not header:
        return text
    fields = re.sub(r"(?m)^(codigo: [MC])\d+", r"\g<1>900", header[1])
    fields = re.sub(r"(?m)^(antes|despues|en_lugar_de|redirige_desde): .*\n", "", fields)
    fields = re.sub(r"(?m)^( *(?:- )?)id: .*", r"\1id: problema-en-una-frase", fields)
    return f"---\n{fields}\n---\n{text[header.end() :]}"


def _first_entries(text: str, size: int = 12_000) -> str:
    """The beginning of a data file, to the end of an entry."""
    end = text.find("\n\n", size) if len(text) > size else -1
    return text if end < 0 else text[: end + 1]


class Seeds:
    """The files of the repository and of the small site, and where each stands in the small site."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str, str]] = []  # where it comes from, where it stands, what it says
        for folder, name in (("methods", "mutada.md"), ("cases", "mutado.md"), ("docs/guias", "mutada.md")):
            for path in sorted((ROOT / folder).glob("*.md")):
                self.files.append((path.relative_to(ROOT).as_posix(), f"{folder}/{name}", _at_home(_read(path))))
        small = [path for path in sorted(SITE.rglob("*")) if path.is_file()]
        for path in small:
            where = path.relative_to(SITE).as_posix()
            self.files += [(f"tests/site/{where}", where, _read(path))] * (3 if where.endswith(".md") else 1)
        for path in sorted((ROOT / "docs/_datos").glob("*.yml")):
            where = path.relative_to(ROOT).as_posix()
            self.files.append((where, where, _at_home(_first_entries(_read(path)))))
        self.files.append(("methods/dibujos/piloto.svg", DRAWING, _read(ROOT / "methods/dibujos/piloto.svg")))
        self.files.append(("enlaces.tsv", "enlaces.tsv", _read(ROOT / "enlaces.tsv")[:4_000]))

    def mutant(self, number: int) -> Mutant:
        dice = random.Random(f"{SEED}-{number}")
        seed, archivo, text = dice.choice(self.files)
        names = dice.choices(sorted(ACCIDENTS), k=dice.choice((1, 1, 1, 2, 3, 4)))
        for name in names:
            text = ACCIDENTS[name](dice, text)
        data = text.encode("utf-8", "surrogatepass")
        if dice.random() < 0.1:
            names.append("bytes")
            data = _bytes(dice, data)
        return Mutant(number, seed, archivo, tuple(names), data)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def judged(root: Path, mutants: Iterator[Mutant]) -> Iterator[Verdict]:
    """Each alone in the site of `root`, which is left as it was."""
    signal.signal(signal.SIGALRM, _too_long)
    Environment.compile = _compiled  # type: ignore[method-assign]
    for mutant in mutants:
        path = root / mutant.archivo
        before = path.read_bytes() if path.exists() else None
        path.write_bytes(mutant.data)
        signal.alarm(PATIENCE)
        started = time.process_time()
        try:
            outcome = _outcome(root)
        except Exception as error:
            outcome = f"{type(error).__name__}: {error}"[:300]
        seconds = time.process_time() - started
        signal.alarm(0)
        if before is None:
            path.unlink()
        else:
            path.write_bytes(before)
        name = f"n.º {mutant.number}, de {mutant.seed} ({', '.join(mutant.accidents)})"
        yield Verdict(name, outcome if seconds <= LIMIT else f"took {seconds:.1f} s: {outcome}", seconds)


COMPILE = Environment.compile
_templates: dict[tuple[object, ...], CodeType] = {}


def _compiled(self: Environment, source: str, name: str | None = None, filename: str | None = None) -> CodeType:
    """Jinja compiles the templates again for every site: two thirds of the time. Here, once."""
    key = (source, name, self.trim_blocks, self.lstrip_blocks, self.autoescape)
    if key not in _templates:
        _templates[key] = COMPILE(self, source, name, filename)
    return _templates[key]


def _too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError("no verdict")


def _outcome(root: Path) -> str:
    """What the checker does with the site and, when it accepts it, whether every page and data file can be made."""
    checked = check(root)
    failed = [str(problem) for problem in checked.problems if problem.codigo == "ARC030"]
    if failed:
        return failed[0]
    if errors(checked.problems):
        return "errors"
    site = made_of(checked, Settings())
    assert all(page.html for page in site.pages.values()) and dict(site.files())
    return "clean"
