"""The types of the fields: what each accepts as typed, what it becomes, and what is told when it cannot be.

In:  a text as a contributor types it.   Out: a text on one line, a date, a number, or an error of pydantic with our
code, message and fix. Words of a closed list are in `vocabulary`; amounts with a unit, in `quantities`.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from fichero.vocabulary import OneOf

# Letters. A title is a line of a list or two of a phone; a text of the header, half a phone's screen.
MAX_TITLE = 90
MAX_NAME = 120
MAX_SUMMARY = 160
MAX_PRODUCT = 240
MAX_TEXT = 320

OLDEST_YEAR, LAST_YEAR = 1900, 2099
MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
FORBIDS = (
    (r"\bnc\b|no ?comercial|non ?commercial", "no deja usar el texto en un curso que se cobra"),
    (r"\bnd\b|sin ?(?:obra )?derivad|no ?deriv", "no deja adaptar el texto"),
    (r"reservad|reserved|copyright|propietari|ningun[ao]|sin licencia|privad", "no deja copiar el texto"),
)


def _refuse(codigo: str, mensaje: str, arreglo: str) -> PydanticCustomError:
    return PydanticCustomError(codigo, "{mensaje}", {"mensaje": mensaje, "arreglo": arreglo})


def plain(text: Any) -> Any:
    """Front matter text reaches titles and attributes of pages: it may hold no markup and no control character."""
    if not isinstance(text, str):
        return text
    text = text.strip()
    if not text:
        raise _refuse("FM005", "el campo está vacío", "escríbalo o borre la línea")
    if text in ("~", "null", "Null", "NULL"):
        raise _refuse("FM005", f"«{text}» no dice nada", "escriba el texto o borre la línea")
    if re.search(r"[<>\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", text):
        raise _refuse("FM012", "el texto lleva «<», «>» o un carácter invisible", "quítelo: aquí no se escribe HTML")
    return re.sub(r"\s+", " ", text)


def _date(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    text = text.strip()
    year, month, day = _parts(text) or (0, 0, 0)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        raise _refuse("FM013", f"«{text}» no es una fecha", _meant(text))
    if not 1 <= month <= 12:
        raise _refuse("FM013", f"«{text}» no existe: no hay mes {month}", "escriba año, mes y día: «2026-11-22»")
    if not OLDEST_YEAR <= year <= LAST_YEAR:
        raise _refuse("FM013", f"«{text}» no puede ser: revise el año {year}", "escriba año, mes y día: «2026-11-22»")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        fix = f"corrija el día: «{year}-{month:02}-{min(max(day, 1), days):02}» es el más cercano"
        raise _refuse("FM013", f"«{text}» no existe: {MONTHS[month - 1]} de {year} tiene {days} días", fix)
    return datetime.date(year, month, day)


def _meant(text: str) -> str:
    """The date or the two dates that a person most probably meant, as they are written here."""
    example = "escriba año, mes y día: «2026-11-22»"
    year, month, day = _parts(text) or (0, 0, 0)
    days = [f"{year:04}-{m:02}-{d:02}" for m, d in dict.fromkeys([(month, day), (day, month)]) if m <= 12 and d <= 31]
    if not OLDEST_YEAR <= year <= LAST_YEAR or not month or not day or not days:
        return example
    if text.lstrip()[:4].isdecimal():
        days = days[:1]  # from the year to the day: nobody writes the day in the middle
    return "escriba " + " o ".join(f"«{typed}»" for typed in days) + ": primero el año, después el mes"


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day of a date in one of the forms people use; a year of two figures is of this century."""
    if match := re.fullmatch(r"([0-9]{4})[-/. ]?([0-9]{1,2})[-/. ]?([0-9]{1,2})(?:[T ].*)?", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})", text):
        return int(match[3]) + (2000 if len(match[3]) == 2 else 0), int(match[2]), int(match[1])
    match = re.fullmatch(r"([0-9]{1,2})(?: de)? ([a-záéíóú]+)(?: del?)?,? ([0-9]{4})", text.lower())
    if match and match[2] in MONTHS:
        return int(match[3]), MONTHS.index(match[2]) + 1, int(match[1])
    return None


def _in_order(years: str) -> str:
    first, _, last = years.partition("-")
    if last.isdecimal() and int(last) < int(first):
        raise _refuse("FM008", f"«{years}» va de más a menos", f"ponga primero el año menor: «{last}-{first}»")
    return years


def _possible(day: str) -> str:
    """A date whose day or month may be left out, if the calendar has it."""
    _date(f"{day}-01-01"[:10])
    return day


def _dated(text: Any) -> Any:
    """A date as its source gives it, «mayo de 2020» or «posterior a 2022»: the year cannot be left out."""
    text = plain(text)
    if isinstance(text, str) and not re.search(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)|(?i:\bsin fecha\b)", text):
        fix = "escriba la fecha que da la fuente («mayo de 2020», «2016»), o «sin fecha»"
        raise _refuse("FM013", f"«{text}» no dice el año", fix)
    return text


def _licence(text: Any) -> Any:
    """Ours is copied, changed and sold with its author named: a licence that forbids one of these cannot enter."""
    if not isinstance(text, str) or not text.strip():
        return text
    plain = re.sub(r"[^a-z]+", " ", text.lower())
    why = next((why for sign, why in FORBIDS if re.search(sign, plain)), None)
    if why:
        fix = "escriba «CC-BY-4.0», si quien lo escribió está de acuerdo; si no, cítelo como fuente y no lo copie"
        raise _refuse("FM019", f"«{text}» {why}", fix)
    return text


def _yes(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if text.lower() in ("sí", "si"):
        return True
    if text.lower() == "no":
        return False
    raise _refuse("FM014", f"«{text}» no es sí ni no", "escriba «sí» o «no»")


def _count(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    if not re.fullmatch(r"[1-9][0-9]{0,2}", text.strip()):
        raise _refuse("FM007", f"«{text}» no es un número entero de 1 a 999", "escriba solo cifras: «12»")
    return int(text)


@dataclass(frozen=True)
class Shaped:
    """Marks a text field as having a fixed shape; `what` and `fix` tell a person so."""

    pattern: str
    what: str
    fix: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "pattern": f"^(?:{self.pattern})$"}

    def _check(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            raise _refuse("FM015", f"«{text}» no es {self.what}", self.fix)
        return text


Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), BeforeValidator(plain)]
Title = Annotated[str, StringConstraints(max_length=MAX_TITLE), BeforeValidator(plain)]
Name = Annotated[str, StringConstraints(max_length=MAX_NAME), BeforeValidator(plain)]
Product = Annotated[str, StringConstraints(max_length=MAX_PRODUCT), BeforeValidator(plain)]
Summary = Annotated[str, StringConstraints(max_length=MAX_SUMMARY), BeforeValidator(plain)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
Dated = Annotated[str, StringConstraints(max_length=MAX_NAME), BeforeValidator(_dated)]
Licence = Annotated[str, OneOf("licencias"), BeforeValidator(_licence)]
Count = Annotated[int, Field(ge=1, le=999), BeforeValidator(_count, json_schema_input_type=str)]
YesNo = Annotated[bool, BeforeValidator(_yes, json_schema_input_type=str)]
Slug = Annotated[
    str,
    Shaped(
        r"[a-z0-9]+(?:-[a-z0-9]+)*",
        "un identificador",
        "use minúsculas sin tilde, cifras y guiones: «mapa-de-actores»",
    ),
]
SearchWord = Annotated[
    str, Shaped(r"[a-záéíóúüñ0-9]+", "una palabra suelta", "escriba una sola palabra, en minúsculas: «presupuesto»")
]
MethodCode = Annotated[str, Shaped(r"M\d{3,4}", "un código de método", "escriba M y tres cifras: «M001»")]
CaseCode = Annotated[str, Shaped(r"C\d{3,4}", "un código de caso", "escriba C y tres cifras: «C001»")]
Years = Annotated[
    str,
    Shaped(r"\d{4}(?:-(?:\d{4}|presente))?", "un periodo", "escriba «2016», «2014-2016» o «2019-presente»"),
    AfterValidator(_in_order),
]
Path = Annotated[
    str, Shaped(r"[a-z0-9-]+(?:/[a-z0-9-]+)*/?", "una dirección del sitio", "escriba «metodos/nombre-viejo»")
]
Url = Annotated[str, Shaped(r"https?://[^\s\"<>]+", "una dirección web", "cópiela completa: «https://…»")]
PartDate = Annotated[
    str,
    Shaped(r"\d{4}(?:-\d\d){0,2}", "una fecha", "escriba «2014», «2014-05» o «2014-05-21»"),
    AfterValidator(_possible),
]
