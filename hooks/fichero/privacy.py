"""Personal data in a text: identity numbers, e-mails, telephones, bank cards and accounts.

In:  any text.   Out: what is found in it, with its place and its kind, each value already masked: the whole value
never leaves this module. A number is told by its check digits or by its written form, so that years, figures,
codes, ISBN and numbers of laws are not taken for one. It is told however it is typed: with the digits of another
alphabet, any dash or space, HTML references. A number in a web address is of its owner, unless it says what it is.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

SHOWN_START, SHOWN_END = 2, 1

# Municipalities of each department of Guatemala, from 01 Guatemala to 22 Jutiapa: 340 since 2015.
MUNICIPALITIES = (17, 8, 16, 16, 14, 14, 19, 8, 24, 21, 9, 30, 33, 21, 8, 17, 14, 5, 11, 11, 7, 17)
CUI_WEIGHTS = range(2, 10)
# From here on, a Chilean RUT is of an institution or a company.
FIRST_COMPANY_RUT = 50_000_000
PRIVATE_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|proton|protonmail|gmx|zoho|mail)\."
)
# Domains that nobody can have (RFC 2606), and mailboxes that are of an office and not of a person.
NOBODYS_MAIL = re.compile(r"@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|[\w-]+\.(?:example|invalid|test))$")
OFFICE_MAIL = re.compile(
    r"(?:info|informacion|contacto|consultas?|ayuda|soporte|prensa|comunicacion|secretaria|recepcion|uip|unip|oirs|oai"
    r"|transparencia|acceso|accesoinformacion|innovacion|laboratorio|labgob|webmaster)[\w-]*@"
)
# Visa, Mastercard, American Express, Diners, Discover, JCB and UnionPay, by their first digits and lengths.
CARDS = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|62\d{14,17}"
)
LANDLINE_GT = "267"


ADVICE = "quítelo: el sitio no publica datos de personas; ponga el buzón o la central de la oficina"


@dataclass(frozen=True, slots=True, order=True)
class DataKind:
    """A kind of personal datum: its permanent code, and how a person calls it."""

    codigo: str
    nombre: str


CUI = DataKind("DAT001", "un número de DPI (CUI)")
RUT = DataKind("DAT002", "un RUT de una persona")
PRIVATE_EMAIL = DataKind("DAT003", "un correo personal")
EMAIL = DataKind("DAT004", "un correo que puede ser de una persona")
MOBILE = DataKind("DAT005", "un teléfono celular")
LANDLINE = DataKind("DAT006", "un teléfono que puede ser de una casa")
CARD = DataKind("DAT007", "un número de tarjeta bancaria")
ACCOUNT = DataKind("DAT008", "un número de cuenta bancaria (IBAN)")


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Something found: where it is in the text, what it is, and a few of its characters."""

    start: int
    end: int
    kind: DataKind
    masked: str


def personal_data(text: str) -> list[PersonalData]:
    """All that is found, in order; of two readings of the same characters, the one that begins first."""
    plain, places = _as_read(text)
    if not AT_SIGN.search(plain) and not SOME_NUMBER.search(plain):
        return []
    outside = URL.sub(lambda match: " " * len(match[0]), plain) if "://" in plain else plain
    read = sorted(
        (*match.span(1), order, kind)
        for order, (pattern, judge, in_addresses) in enumerate(READERS)
        for match in pattern.finditer(plain if in_addresses else outside)
        if (kind := judge(match))
    )
    found: list[PersonalData] = []
    for first, last, _, kind in read:
        start, end = places[first], places[last]
        if not found or start >= found[-1].end:
            found.append(PersonalData(start, end, kind, mask(text[start:end])))
    return found


def _as_read(text: str) -> tuple[str, Sequence[int]]:
    """The text as a person reads it, in plain digits, dashes and spaces; and the place in `text` of each character."""
    if text.isascii() and "&" not in text:
        return text, range(len(text) + 1)
    table = {ord(char): _plain(char) for char in set(text) if not char.isascii()}
    if "&" not in text:
        return text.translate(table), range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for match in (*REFERENCE.finditer(text), None):
        start = match.start() if match else len(text)
        parts.append(text[end:start].translate(table))
        places += range(end, start)
        if match:
            meant = "".join(map(_plain, unescape(match[0])))
            parts.append(meant)
            places += [start] * len(meant)
            end = match.end()
    return "".join(parts), [*places, len(text)]


@cache
def _plain(char: str) -> str:
    """A digit, dash or space of any alphabet as the one of a keyboard; one character always."""
    kind = unicodedata.category(char)
    if kind == "Nd":
        return str(unicodedata.decimal(char))
    if kind == "Pd" or char == "\u2212":
        return "-"
    if kind == "Zs":
        return " "
    same = unicodedata.normalize("NFKC", char)
    return same if len(same) == 1 else char


def mask(value: str) -> str:
    """Its first two characters and the last: enough to find it, not to use it."""
    return f"{value[:SHOWN_START]}…{value[-SHOWN_END:]}" if len(value) > SHOWN_START + SHOWN_END + 1 else "…"


def without_personal_data(text: str) -> str:
    """The text with each datum masked."""
    for one in reversed(personal_data(text)):
        text = text[: one.start] + one.masked + text[one.end :]
    return text


def personal_data_of_name(name: str) -> list[PersonalData]:
    """The same for the name of a file, where hyphens and underscores stand between words."""
    return personal_data(name) or personal_data(BETWEEN_WORDS.sub(" ", name))


def name_without_personal_data(name: str) -> str:
    """The name with each datum masked."""
    while found := personal_data_of_name(name):
        name = name[: found[0].start] + found[0].masked + name[found[0].end :]
    return name


def _cui(match: re.Match[str]) -> DataKind | None:
    """Eight digits, a check digit (modulo 11), and the department and municipality of registration."""
    digits = _digits(match)
    check = sum(digit * weight for digit, weight in zip(digits, CUI_WEIGHTS, strict=False)) % 11
    department, municipality = digits[9] * 10 + digits[10], digits[11] * 10 + digits[12]
    if check != digits[8] or not 1 <= department <= len(MUNICIPALITIES):
        return None
    return CUI if 1 <= municipality <= MUNICIPALITIES[department - 1] and not _is_isbn(digits) else None


def _is_isbn(digits: list[int]) -> bool:
    weighted = sum(digit * (1 + 2 * (place % 2)) for place, digit in enumerate(digits))
    return digits[:2] == [9, 7] and digits[2] in (8, 9) and weighted % 10 == 0


def _rut(match: re.Match[str]) -> DataKind | None:
    """The check digit is the modulo 11 of the others, with weights 2 to 7 from right to left; «K» is ten."""
    body, check = re.sub(r"\D", "", match[1][:-1]), match[1][-1].upper()
    remainder = -sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(body))) % 11
    return RUT if check == "0123456789K"[remainder] and int(body) < FIRST_COMPANY_RUT else None


def _email(match: re.Match[str]) -> DataKind | None:
    address = re.sub(AT, "@", re.sub(DOT, ".", match[1].lower()), count=1)
    if PRIVATE_MAIL.search(address):
        return PRIVATE_EMAIL
    return None if NOBODYS_MAIL.search(address) or OFFICE_MAIL.match(address) else EMAIL


def _phone_of_guatemala(match: re.Match[str]) -> DataKind | None:
    if YEARS.search(match[1]):
        return None
    first = re.sub(r"\D", "", match[1])[-8]
    return LANDLINE if first in LANDLINE_GT else MOBILE


def _phone_of_chile(match: re.Match[str]) -> DataKind | None:
    return MOBILE if re.sub(r"\D", "", match[1]).removeprefix("56").startswith("9") else LANDLINE


def _card(match: re.Match[str]) -> DataKind | None:
    """The number is of a known kind of card, and Luhn's sum is a multiple of ten."""
    digits = _digits(match)
    doubled = [digit * 2 - 9 * (digit > 4) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    return CARD if CARDS.fullmatch("".join(map(str, digits))) and sum(doubled) % 10 == 0 else None


def _account(match: re.Match[str]) -> DataKind | None:
    """ISO 13616: with the first four characters at the end, and letters as numbers, the remainder by 97 is 1."""
    text = re.sub(r"\s", "", match[1])
    return ACCOUNT if int("".join(str(int(sign, 36)) for sign in text[4:] + text[:4])) % 97 == 1 else None


def _digits(match: re.Match[str]) -> list[int]:
    return [int(digit) for digit in re.sub(r"\D", "", match[1])]


BETWEEN_WORDS = re.compile(r"[-_/]")
URL = re.compile(r"https?://[^\s<>()«»\"]+")
REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
SOME_NUMBER = re.compile(r"[0-9](?:[ .-]{0,3}[0-9]){6}")
# «@», as it is typed so that no program finds it, and as it is in a web address.
AT = r"(?:@|%40| ?[(\[{] ?(?i:arroba|at) ?[)\]}] ?| (?i:arroba) )"
DOT = r"(?:\.| ?[(\[{] ?(?i:punto|dot) ?[)\]}] ?| (?i:punto) )"
AT_SIGN = re.compile(AT)
GROUPED = r"[ .-]?"
LOOSE = r"[ .-]{0,3}"
START, END = r"(?<![\w/-])(?<!\d\.)", r"(?![\w/]|[.-]\d)"
# The name of the number right before it, as in a name of a file or in an address: «DPI_…», «dpi=…».
NAMED_CUI = r"(?:(?<=[DdCc][PpUu][Ii])|(?<=[DdCc][PpUu][Ii][_/=-]))"
NAMED_RUT = r"(?:(?<=[Rr][Uu][TtNn])|(?<=[Rr][Uu][TtNn][_/=-]))"
NAMED_END = r"(?![^\W_])(?!-\d)"
CALLED = (
    r"(?i:\b(?:tel(?:[ée]fonos?|s?\.)?|celular(?:es)?|cel\.?|m[óo]vil(?:es)?|whats\s?app|wasap|llam[ae]\w*|fax"
    r"|cont[áa]ct\w*|comun[íi]quese|marque)\b)"
)
# What may stand between that word and the number; «PBX» says that it is of an office.
BETWEEN = r"(?:(?!(?i:\bPBX\b))[^\d\n]){0,25}?"
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d[ -](?:19|20)\d\d$")
CHAT = r"(?i:\bwa\.me/|\bwhatsapp\.com/send/?\?(?:[^\s<>]*&)?phone=|\bwhatsapp://send/?\?(?:[^\s<>]*&)?phone=)"

# How each is written, what tells whether it is one, and whether it is looked for in web addresses too.
READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], DataKind | None], bool], ...] = (
    (re.compile(rf"{START}([0-9]{{4}}{LOOSE}[0-9]{{5}}{LOOSE}[0-9]{{4}}){END}"), _cui, False),
    (re.compile(rf"{NAMED_CUI}([0-9]{{4}}{LOOSE}[0-9]{{5}}{LOOSE}[0-9]{{4}}){NAMED_END}"), _cui, True),
    (re.compile(rf"{START}([0-9]{{1,2}}\.[0-9]{{3}}\.[0-9]{{3}}-[0-9kK]|[0-9]{{7,8}}-[0-9kK]){END}"), _rut, False),
    (
        re.compile(
            rf"(?i:\bRU[TN]\b)[^\d\n]{{0,15}}?([0-9]{{1,2}}\.[0-9]{{3}}\.[0-9]{{3}}{GROUPED}[0-9kK]"
            rf"|[0-9]{{7,8}} ?[0-9kK]){END}"
        ),
        _rut,
        False,
    ),
    (
        re.compile(rf"{NAMED_RUT}([0-9]{{1,2}}\.?[0-9]{{3}}\.?[0-9]{{3}}{GROUPED}[0-9kK]){NAMED_END}"),
        _rut,
        True,
    ),
    (
        re.compile(
            rf"{START}([0-9]{{13,19}}|[0-9]{{4}}(?:([ .-])[0-9]{{4}})(?:\2[0-9]{{4}}){{2}}(?:\2[0-9]{{3}})?"
            rf"|[0-9]{{4}}([ .-])[0-9]{{6}}\3[0-9]{{4,5}}){END}"
        ),
        _card,
        False,
    ),
    (
        re.compile(rf"{START}([A-Z]{{2}}[0-9]{{2}}(?: ?[A-Z0-9]{{4}}){{2,7}}(?: ?[A-Z0-9]{{1,3}})?){END}"),
        _account,
        False,
    ),
    (re.compile(rf"(?<![\w.+-])([\w.+-]{{1,64}}{AT}(?:[\w-]+{DOT})+[a-zA-Z]{{2,}})"), _email, True),
    (
        re.compile(rf"(?<![\w/-])(\(?(?:\+|00)502\)?{GROUPED}[0-9]{{4}}{GROUPED}[0-9]{{4}}){END}"),
        _phone_of_guatemala,
        False,
    ),
    (re.compile(rf"{START}(\(?502\)?[ -][2-7][0-9]{{3}}[ -][0-9]{{4}}){END}"), _phone_of_guatemala, False),
    (re.compile(rf"(?<![\w/-])(\(?(?:\+|00)56\)?{GROUPED}[0-9](?:{GROUPED}[0-9]){{8}}){END}"), _phone_of_chile, False),
    (re.compile(rf"{CALLED}{BETWEEN}((?:\(?502\)? ?)?[0-9]{{4}}{GROUPED}[0-9]{{4}}){END}"), _phone_of_guatemala, False),
    (
        re.compile(rf"{CALLED}{BETWEEN}([0-9]{{2}}([ .-])[0-9]{{2}}\2[0-9]{{2}}\2[0-9]{{2}}){END}"),
        _phone_of_guatemala,
        False,
    ),
    (re.compile(rf"{CALLED}{BETWEEN}(9{GROUPED}[0-9]{{4}}{GROUPED}[0-9]{{4}}){END}"), _phone_of_chile, False),
    (re.compile(rf"{CHAT}(?:\+|%2B)?([0-9]{{8,15}})"), lambda _: MOBILE, True),
)
