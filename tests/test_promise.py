"""Version 1 of the open data is a promise: what was published first is still there, with the same shape."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from promise import broken

from fichero.api import RESOURCES, resource_schema
from fichero.pipeline import check

ROOT = Path(__file__).resolve().parent.parent
STORED = sorted((ROOT / "tests/api-v1").glob("*.schema.json"))
FIRST = {path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8")) for path in STORED}


def test_six_resources_were_published_first() -> None:
    assert sorted(FIRST) == ["casos", "fuentes", "glosario", "guias", "metodos", "recetas"]
    assert FIRST.keys() <= RESOURCES.keys()


@pytest.mark.parametrize("name", sorted(FIRST))
def test_what_was_published_first_is_still_true(name: str) -> None:
    vocabularies = check(ROOT).catalog.vocabularies
    assert broken(FIRST[name], resource_schema(name, vocabularies)) == []


def changed(change: Callable[[Any], object]) -> list[str]:
    schema = copy.deepcopy(FIRST["metodos"])
    change(schema)
    return broken(FIRST["metodos"], schema)


def rename(fields: Any, old: str, new: str) -> None:
    fields[new] = fields.pop(old)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda m: m["properties"].pop("costo"), ["costo is gone"]),
        (lambda m: m["$defs"]["Step"]["properties"].pop("titulo"), ["pasos[].titulo is gone"]),
        (lambda m: rename(m["properties"], "fase", "etapa"), ["fase is gone"]),
        (lambda m: m["properties"].update(producto={"type": "integer"}), ["producto may be integer now"]),
        (
            lambda m: m["properties"].update(producto={"anyOf": [{"type": "string"}, {"type": "null"}]}),
            ["producto may be null now"],
        ),
        (lambda m: m["properties"].update(tambien={"type": "string"}), ["tambien may be string now"]),
        (
            lambda m: m["properties"].update(tambien={"type": "array", "items": {"type": "integer"}}),
            ["tambien[] may be integer now"],
        ),
        (
            lambda m: m["$defs"]["Duration"]["properties"].update(minutos_hasta={"type": "number"}),
            [
                "cierre.minutos_hasta may be number now",
                "duracion.minutos_hasta may be number now",
                "pasos[].minutos.minutos_hasta may be number now",
                "preparacion.minutos_hasta may be number now",
            ],
        ),
        (lambda m: m["properties"]["revisado"].pop("format"), ["revisado is written in another form"]),
        (lambda m: m["required"].remove("fase"), ["fase may be missing now"]),
        (lambda m: m["$defs"]["Cost"]["required"].remove("fecha"), ["costo.fecha may be missing now"]),
        (lambda m: m["properties"]["formato"]["enum"].remove("proceso"), ["formato never says proceso now"]),
        (lambda m: m["properties"]["formato"].pop("enum"), ["formato has no list of words now"]),
    ],
)
def test_a_promise_broken_is_seen(change: Callable[[Any], object], found: list[str]) -> None:
    assert changed(change) == found


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m["properties"].update(nuevo={"type": "string"}),
        lambda m: m["properties"]["formato"]["enum"].append("taller"),
        lambda m: m["required"].append("costo"),
        lambda m: m["properties"].update(costo={"$ref": "#/$defs/Cost"}),
    ],
    ids=["a new field", "a new word", "always there now", "never null now"],
)
def test_what_is_added_breaks_nothing(change: Callable[[Any], object]) -> None:
    assert changed(change) == []
