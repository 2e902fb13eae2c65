"""Step 2. One value of a header or of a data file against its class, and what pydantic finds wrong told in Spanish.

In:  a class of the model, a value, and the file it is of.   Out: the value typed, or a Problem for every error in it.
A message of the model (code, Spanish text, fix) passes through; pydantic's own errors get theirs here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fichero.model import Content
from fichero.problems import Problem, suggestion
from fichero.read import DataFile
from fichero.source import Source

Model = TypeVar("Model", bound=BaseModel)

# What other site programs read in a header, and the field of ours that says the same, if any.
THEME_KEYS: Mapping[str, str | None] = {
    **dict.fromkeys("template layout hide search location redirect icon status social boost css js scripts".split()),
    **dict.fromkeys("render_macros comments nav slug permalink draft url class theme extra hooks plugins".split()),
    **dict.fromkeys("extra_css extra_javascript image http-equiv refresh base canonical robots meta edit_url".split()),
    "title": "titulo",
    "description": "resumen",
    "summary": "resumen",
    "date": "revisado",
    "updated": "revisado",
    "lang": "idioma",
    "language": "idioma",
    "license": "licencia",
    "tags": "tambien",
    "aliases": "redirige_desde",
    "redirect_from": "redirige_desde",
    "redirects": "redirige_desde",
    "author": None,
    "authors": None,
}


def typed(
    model: type[Model],
    row: Any,
    context: Mapping[str, Any],
    origin: Source | DataFile,
    prefix: tuple[str | int, ...],
) -> tuple[Model | None, list[Problem]]:
    """Validate one value against its class; every error becomes a Problem at its place."""
    try:
        return model.model_validate(row, context=dict(context)), []
    except ValidationError as error:
        found = error.errors()
        # A list whose only item is wrong counts as empty for pydantic; the item's own error is enough.
        inside = {details["loc"][:-1] for details in found}
        told = [details for details in found if details["type"] != "too_short" or details["loc"] not in inside]
        return None, [_told(details, model, origin, prefix) for details in told]


def _told(
    details: ErrorDetails, model: type[BaseModel], origin: Source | DataFile, prefix: tuple[str | int, ...]
) -> Problem:
    path = (*prefix, *(part for part in details["loc"]))
    field = ".".join(str(part) for part in details["loc"] if isinstance(part, str)) or "encabezado"
    line, column = _place(origin, path)
    codigo, mensaje, arreglo = _in_spanish(details, field, model)
    return Problem(origin.archivo, line, column, codigo, mensaje, arreglo)


def _place(origin: Source | DataFile, path: tuple[str | int, ...]) -> tuple[int, int]:
    while path and path not in origin.marks:
        path = path[:-1]
    return origin.marks.get(path, (1, 1))


def _in_spanish(details: ErrorDetails, field: str, model: type[BaseModel]) -> tuple[str, str, str]:
    """Code, message and fix of one pydantic error; `ctx` holds them when the error is ours."""
    context = details.get("ctx", {})
    name = str(details["loc"][-1]) if details["loc"] else field
    typed = details["input"]
    if isinstance(typed, str) and not typed.strip():
        return "FM005", f"{field}: el campo está vacío", "escríbalo o borre la línea"
    match details["type"]:
        case codigo if re.fullmatch(r"FM\d{3}", codigo):
            return codigo, f"{field}: {context['mensaje']}", str(context["arreglo"])
        case "missing":
            return (
                "FM002",
                f"falta el campo «{field}»",
                f"agregue «{name}: …» al encabezado, como lo muestra la guía",
            )
        case "extra_forbidden" if len(details["loc"]) == 1 and issubclass(model, Content) and name in THEME_KEYS:
            ours = THEME_KEYS[name]
            fix = f"use «{ours}»" if ours else "bórrelo: cómo se ve una página lo decide el sitio"
            return "FM020", f"«{name}» le da órdenes a un programa de sitios web, y aquí no se acepta", fix
        case "extra_forbidden":
            return "FM003", f"el campo «{field}» no existe", suggestion(name, _fields_at(model, details["loc"]))
        case "string_too_long":
            length = len(str(details["input"]))
            return "FM006", f"{field}: tiene {length} caracteres", f"acórtelo: el máximo es {context['max_length']}"
        case "too_short":
            return "FM005", f"{field}: la lista está vacía", "agregue al menos una línea, o borre el campo"
        case "string_type" if isinstance(details["loc"][-1], int) and isinstance(typed, dict) and typed:
            key, value = next(iter(typed.items()))
            fix = f"póngalo entre comillas simples: «- '{key}: {value}'»"
            return "FM016", f"{field}: «{key}: » se lee como un campo, no como parte del texto", fix
        case "string_type" | "date_type" | "bool_type" | "int_type":
            return (
                "FM016",
                f"{field}: se esperaba un texto, no una lista",
                f"escriba «{name}: …» en una sola línea",
            )
        case "tuple_type":
            return (
                "FM016",
                f"{field}: se esperaba una lista",
                f"escriba cada elemento en su línea con guion, o «{name}: [uno, dos]»",
            )
        case _:
            return "FM016", f"{field}: el valor no tiene la forma esperada", "siga el ejemplo de la guía"


def _fields_at(model: type[BaseModel], place: tuple[int | str, ...]) -> Iterable[str]:
    """The fields that could be where a field is unknown: those of the class of that part of the model."""
    for part in place[:-1]:
        if isinstance(part, str) and part in model.model_fields:
            model = next(_classes(model.model_fields[part].annotation), model)
    return model.model_fields


def _classes(annotation: Any) -> Iterator[type[BaseModel]]:
    """The classes of the model that a type names: those of «tuple[Step, ...] | None» are Step."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _classes(part)
