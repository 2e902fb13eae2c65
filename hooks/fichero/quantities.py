"""Quantities as a person types them: "90-120 min", "3-6 semanas", "6-12", "40-60 %".

Each is a pair of whole numbers, lower and upper, in the unit its field names say. A hyphen and an en dash
both mean a range. Source of the forms: docs/contribuir/ficha.md.
"""

import re
from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

NUMBERS = re.compile(r"([0-9]{1,9})(?:\s*[-–]\s*([0-9]{1,9}))?\s*(\D*)")

WORKDAYS_A_WEEK = 5


class Quantity(BaseModel):
    """Two bounds in one unit. A subclass names its two fields, lower then upper, and the units it reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    units: ClassVar[Mapping[str, int]]
    forms: ClassVar[str]
    most: ClassVar[int]  # in the unit of the fields: beyond it, a figure is a slip of the hand

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and not all(isinstance(number, int) for number in value.values()):
            value = "{…}"  # typed as fields, where a text goes
        if not isinstance(value, str):
            return value
        match = NUMBERS.fullmatch(value.strip())
        if not match or match[3].strip() not in cls.units:
            raise PydanticCustomError(
                "FM007",
                "{mensaje}",
                {"mensaje": f"«{value}» no se entiende", "arreglo": f"escriba {cls.forms}"},
            )
        times = cls.units[match[3].strip()]
        low, high = int(match[1]), int(match[2] or match[1])
        if low > high:
            typed = f"{high}-{low} {match[3].strip()}".strip()
            raise PydanticCustomError(
                "FM008",
                "{mensaje}",
                {"mensaje": f"«{value}» va de más a menos", "arreglo": f"ponga primero el número menor: «{typed}»"},
            )
        if high == 0 or high * times > cls.most:
            most = f"{cls.most // times} {match[3].strip()}".strip()
            raise PydanticCustomError(
                "FM018",
                "{mensaje}",
                {
                    "mensaje": f"«{value}» no puede ser",
                    "arreglo": f"escriba una cantidad entre 1 y {most}: {cls.forms}",
                },
            )
        first, second = list(cls.model_fields)
        return {first: low * times, second: high * times}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """People type a text; the API gives the two numbers."""
        if handler.mode == "validation":
            return {"type": "string", "description": f"Escriba {cls.forms}."}
        return handler(core)

    @property
    def desde(self) -> int:
        return int(getattr(self, next(iter(type(self).model_fields))))

    @property
    def hasta(self) -> int:
        return int(getattr(self, list(type(self).model_fields)[1]))

    def __add__(self, other: Self) -> Self:
        first, second = list(type(self).model_fields)
        return type(self)(**{first: self.desde + other.desde, second: self.hasta + other.hasta})

    def __mul__(self, times: "Times") -> Self:
        first, second = list(type(self).model_fields)
        return type(self)(**{first: self.desde * times.desde, second: self.hasta * times.hasta})


def _lower(unit: str) -> Any:
    return Field(description="Como mínimo.", json_schema_extra={"x-unidad": unit})


def _upper(unit: str) -> Any:
    return Field(description="Como máximo.", json_schema_extra={"x-unidad": unit})


class Duration(Quantity):
    """Minutes of work in one session."""

    units = {"min": 1, "h": 60}
    forms = "«45 min», «90-120 min» o «2 h»"
    most = 24 * 60
    minutos_desde: Annotated[int, _lower("minutos")]
    minutos_hasta: Annotated[int, _upper("minutos")]


class Workdays(Quantity):
    """Working days of a process; a week is five of them."""

    units = {"días": 1, "dias": 1, "día": 1, "dia": 1, "semanas": WORKDAYS_A_WEEK, "semana": WORKDAYS_A_WEEK}
    forms = "«3-6 semanas» o «10-15 días»"
    most = 5 * 52 * WORKDAYS_A_WEEK
    dias_desde: Annotated[int, _lower("días hábiles")]
    dias_hasta: Annotated[int, _upper("días hábiles")]


class People(Quantity):
    """How many people."""

    units = {"": 1, "personas": 1}
    forms = "«6-12» o «8»"
    most = 5_000
    personas_desde: Annotated[int, _lower("personas")]
    personas_hasta: Annotated[int, _upper("personas")]


class Times(Quantity):
    """How many times something is done."""

    units = {"": 1, "vez": 1, "veces": 1}
    forms = "«5-8» o «3»"
    most = 100
    veces_desde: Annotated[int, _lower("veces")]
    veces_hasta: Annotated[int, _upper("veces")]


class Percentage(Quantity):
    """A share, in per cent."""

    units = {"%": 1}
    forms = "«40-60 %» o «50 %»"
    most = 300
    por_ciento_desde: Annotated[int, _lower("por ciento")]
    por_ciento_hasta: Annotated[int, _upper("por ciento")]


class Quetzales(Quantity):
    """Money, in whole quetzales."""

    units = {"": 1}
    forms = "«60-120» o «100»"
    most = 99_999
    quetzales_desde: Annotated[int, _lower("quetzales")]
    quetzales_hasta: Annotated[int, _upper("quetzales")]
