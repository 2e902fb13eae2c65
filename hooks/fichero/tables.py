"""Step 4. The resources of the API as tables: their fields explained, a CSV of each, and the data package.

The rule, which /datos/ tells: a value inside another has a column with both names joined by «_»; the values of a list
go in one cell, joined by « | » («|» and «\\» in a value are «\\|» and «\\\\»); a list of objects, and a map
of names that are data, is a cell of JSON.
Two columns more, after those of the resource, say in each row where the table comes from: a CSV has no other place.
A text that a spreadsheet would run as a formula, and one that begins with «'» or a space, has a «'» more in front.

The CSV is RFC 4180: commas, CRLF. It begins with a byte order mark, without which Excel reads accents wrongly.
The descriptor is a Data Package, version 2: datapackage.org/standard/data-package/
"""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fichero import __version__
from fichero.api import API, LICENCE, TABLES, provenance, raw_schema, records, to_json
from fichero.link import Catalog
from fichero.settings import Settings
from fichero.vocabulary import LICENCE_URL, Vocabularies

NAMES = ("lista", "id", "codigo", "termino", "titulo")
JOINT = " | "
EXAMPLE = 90  # characters
FORMULA = "=+-@＝＋－＠"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class FieldOf:
    """A field of a resource. `path`: "pasos[].minutos.minutos_desde". `keys`: how to reach it in a row.

    `kind`: a type of the Table Schema (string, integer, boolean, date, list, array, object); `item`: that of a list's
    values. `in_a_cell`: it is inside the cell of another. `always`: in every row, or wherever what it is in is.
    `meanings`: of all it is inside, and its own last. `words`: the name of its list of words, or "".
    """

    path: str
    keys: tuple[str, ...]
    kind: str
    item: str
    in_a_cell: bool
    always: bool
    meanings: tuple[str, ...]
    unit: str
    words: str

    @property
    def column(self) -> str | None:
        """Its name in the CSV; None when it is a group of columns, or inside the cell of another."""
        return None if self.in_a_cell or self.kind == "object" else "_".join(self.keys)


ROW = FieldOf("", (), "object", "", False, True, (), "", "")
# Names that no resource has: «licencia» is that of a card, or of the document that a source is.
ORIGIN: Mapping[str, tuple[str, str]] = {
    "fichero_version": (__version__, "Versión de Fichero de la que salió la tabla."),
    "fichero_licencia": (LICENCE, "Licencia de la tabla, como conjunto."),
}
ORIGIN_COLUMNS = [
    FieldOf(name, (name,), "string", "", False, True, (meaning,), "", "") for name, (_, meaning) in ORIGIN.items()
]


def fields(schema: Schema) -> list[FieldOf]:
    """Every field of a resource, from its raw JSON Schema: first its names, then the rest; each before its inside."""
    found = list(_fields(schema, schema, ROW))
    return sorted(found, key=lambda field: NAMES.index(field.keys[0]) if field.keys[0] in NAMES else len(NAMES))


def _fields(schema: Schema, root: Schema, parent: FieldOf) -> Iterator[FieldOf]:
    for name, told in schema.get("properties", {}).items():
        shape, nullable = _resolved(told, root)
        kind, inside = _kind(shape, root)
        item, listed = (_kind(inside, root)[0], inside) if kind == "list" else ("", shape)
        here = FieldOf(
            path=f"{parent.path}{'[]' if parent.kind == 'array' else ''}.{name}".removeprefix("."),
            keys=(*parent.keys, name),
            kind=kind,
            item=item,
            in_a_cell=parent.in_a_cell or parent.kind == "array",
            always=not nullable and (name in schema.get("required", ()) or told.get("default") is not None),
            meanings=(*parent.meanings, told.get("description", "")),
            unit=shape.get("x-unidad", ""),
            words=listed.get("x-vocabulario", ""),
        )
        yield here
        if kind in ("object", "array"):
            yield from _fields(inside, root, here)


def _resolved(told: Schema, root: Schema) -> tuple[Schema, bool]:
    """A schema without reference or alternative, and whether the value may be missing."""
    options = [option for option in told.get("anyOf", ()) if option.get("type") != "null"]
    nullable = len(options) < len(told.get("anyOf", ()))
    shape = options[0] if options else told
    if "$ref" in shape:
        shape = root["$defs"][shape["$ref"].rsplit("/", 1)[1]]
    return shape, nullable


def _kind(shape: Schema, root: Schema) -> tuple[str, Schema]:
    """The type of a value, and the schema of what is inside."""
    kind = str(shape.get("type", "object"))
    if kind == "array":
        inside, _ = _resolved(shape["items"], root)
        return ("array" if inside.get("type", "object") == "object" else "list"), inside
    if "additionalProperties" in shape and "properties" not in shape:
        return "map", shape
    return ("date" if shape.get("format") == "date" else kind), shape


def columns(schema: Schema) -> list[FieldOf]:
    """The fields that have a column of their own, in the order of the CSV."""
    return [field for field in fields(schema) if field.column]


@dataclass(frozen=True)
class Described:
    """A resource as /datos/ tells it: how many rows, and each field with an example of its own data, or ""."""

    name: str
    rows: int
    fields: tuple[tuple[FieldOf, str], ...]


def described(catalog: Catalog) -> Iterator[Described]:
    """Every resource of the API, explained."""
    for name in TABLES:
        told, count, first = fields(raw_schema(name)), 0, dict[str, Any]()
        for row in records(name, catalog):  # one at a time: all of them would fill the memory
            count += 1
            for field in told:
                if field.path not in first and (found := next(_found(row, field.keys), None)) is not None:
                    first[field.path] = found
        yield Described(name, count, tuple((field, _example(field, first.get(field.path))) for field in told))


def _example(field: FieldOf, value: Any) -> str:
    """A value as it is shown, cut when it is long; a group has no example, its fields do."""
    if value is None or field.kind in ("object", "array", "map"):
        return ""
    text = re.sub(r"\s+", " ", JOINT.join(map(str, value)) if isinstance(value, list) else _text(value))
    return text if len(text) <= EXAMPLE else f"{text[:EXAMPLE].rsplit(' ', 1)[0]}…"


def _found(value: Any, keys: tuple[str, ...]) -> Iterator[Any]:
    """What is said at the end of a way through groups and lists of groups."""
    if keys and isinstance(value, list):
        for item in value:
            yield from _found(item, keys)
    elif keys and value is not None:
        yield from _found(value.get(keys[0]), keys[1:])
    elif not keys and value not in (None, []):
        yield value


def to_csv(table: list[FieldOf], rows: Iterator[Mapping[str, Any]]) -> bytearray:
    """The rows as CSV, with a header. What a row does not say is an empty cell."""
    content = bytearray(BYTE_ORDER_MARK)
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow([field.column for field in table])
    content += line.getvalue().encode()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([cell(field, row) for field in table])
        content += line.getvalue().encode()
    return content


def cell(field: FieldOf, row: Mapping[str, Any]) -> str:
    """What the CSV says of a field of a row."""
    value: Any = row
    for key in field.keys:
        value = value.get(key) if value is not None else None
    if value is None or value == []:
        return ""
    if field.kind in ("array", "map"):
        return json.dumps(value, ensure_ascii=False)
    if field.kind == "list":
        return _inert(JOINT.join(_text(item).replace("\\", "\\\\").replace("|", "\\|") for item in value))
    return _inert(value) if isinstance(value, str) else _text(value)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _inert(text: str) -> str:
    """The text, so written that no spreadsheet runs it. Taking one «'» from the front gives it back."""
    return f"'{text}" if text[:1] in (*FORMULA, "'") or text[:1].isspace() else text


def open_data(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes | bytearray]]:
    """The CSV of every resource, one at a time, and the data package that describes them."""
    origin = {name: value for name, (value, _) in ORIGIN.items()}
    described = []
    for name in TABLES:
        table = [*columns(raw_schema(name)), *ORIGIN_COLUMNS]
        content = to_csv(table, ({**row, **origin} for row in records(name, catalog)))
        described.append(
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": table_schema(table, catalog.vocabularies),
            }
        )
        yield f"{API}/{name}.csv", content
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "fichero",
        "title": "Fichero: métodos, casos y guías de innovación pública",
        "version": __version__,
        "commit": provenance(catalog)["commit"],
        "licenses": [{"name": LICENCE, "path": LICENCE_URL[LICENCE], "title": "CC BY 4.0"}],
        **({"homepage": f"{settings.sitio}datos/"} if settings.sitio else {}),
        "resources": described,
    }
    yield f"{API}/datapackage.json", to_json(package)


def table_schema(table: list[FieldOf], vocabularies: Vocabularies) -> dict[str, Any]:
    """The Table Schema of a CSV: datapackage.org/standard/table-schema/"""
    described: list[dict[str, Any]] = []
    for field in table:
        entry: dict[str, Any] = {"name": field.column, "type": field.kind, "description": " ".join(field.meanings)}
        if field.kind == "map":
            entry["type"] = "object"  # as a Table Schema calls it
        if field.kind == "list":
            entry |= {"delimiter": JOINT, "itemType": field.item}
        rules: dict[str, Any] = {}
        if field.always and len(field.keys) == 1 and field.kind not in ("list", "array"):
            rules["required"] = True  # an empty cell is a missing value, and an empty list is an empty cell
        if field.words and field.kind == "string":
            rules["enum"] = list(vocabularies[field.words])
        described.append(entry | ({"constraints": rules} if rules else {}))
    key = [name for name in ("lista", "id") if (name,) in (field.keys for field in table)]
    return {"fields": described, "missingValues": [""], **({"primaryKey": key} if key else {})}
