"""The open data as tables: reading the CSV back gives the rows again, and the descriptor tells the truth of it."""

import csv
import dataclasses
import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from changes import replace
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from fichero import __version__
from fichero.api import TABLES, raw_schema, records
from fichero.link import Catalog
from fichero.pipeline import check
from fichero.render import render
from fichero.settings import Settings
from fichero.tables import FieldOf, columns, fields, open_data, table_schema, to_csv

ROOT = Path(__file__).resolve().parent.parent
PUBLIC = Settings(sitio="https://ana.github.io/fichero/")
EXCEL_CELL = 32_767  # characters; Excel cuts what is longer


class Inner(BaseModel):
    minutos_desde: int
    nota: str | None = None


class Row(BaseModel):
    id: str
    cuenta: int
    seguro: bool
    dia: date
    veces: Inner
    quizas: Inner | None = None
    palabras: tuple[str, ...] = ()
    pasos: tuple[Inner, ...] = ()
    minutos: dict[str, int] = {}


TABLE = columns(Row.model_json_schema(mode="serialization"))


def unguarded(text: str) -> str:
    """A cell without the «'» in front that keeps a spreadsheet from running it."""
    return text.removeprefix("'")


def values(text: str) -> list[str]:
    """The values of a list's cell."""
    return [item.replace("\\|", "|").replace("\\\\", "\\") for item in text.split(" | ")]


def read(content: bytes | bytearray) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def told(field: FieldOf, cell: str) -> Any:
    """The value that a reader of /datos/ would give to a cell."""
    if cell == "":
        return [] if field.kind in ("list", "array") else None
    match field.kind:
        case "integer":
            return int(cell)
        case "boolean":
            return {"true": True, "false": False}[cell]
        case "array" | "map":
            return json.loads(cell)
        case "list":
            return values(unguarded(cell))
        case _:
            return unguarded(cell)


def at(row: dict[str, Any], keys: tuple[str, ...]) -> Any:
    value: Any = row
    for key in keys:
        value = (value or {}).get(key)
    return value


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1) | st.sampled_from(
    ["=1+1", "+1", "-1", "@x", "'ya", "\t=1", " =1", "a | b", "|", "a\\", "\\|", "a,b;c", '"x"', "uno\r\ndos", "＝1"]
)
inner = st.fixed_dictionaries({"minutos_desde": st.integers(0)}, optional={"nota": text})
rows = st.lists(
    st.fixed_dictionaries(
        {
            "id": text,
            "cuenta": st.integers(),
            "seguro": st.booleans(),
            "dia": st.dates().map(date.isoformat),
            "veces": inner,
            "palabras": st.lists(text),
            "pasos": st.lists(inner),
            "minutos": st.dictionaries(text, st.integers(), min_size=1),
        },
        optional={"quizas": inner},
    ),
    max_size=4,
)


@given(rows)
def test_reading_the_csv_back_gives_a_row_for_each_record_and_the_same_values(rows: list[dict[str, Any]]) -> None:
    found = read(to_csv(TABLE, iter(rows)))
    assert len(found) == len(rows)
    for given_row, cells in zip(rows, found, strict=True):
        for field in TABLE:
            assert told(field, cells[field.column or ""]) == at(given_row, field.keys)


@given(rows)
def test_no_cell_begins_as_a_formula(rows: list[dict[str, Any]]) -> None:
    for cells in read(to_csv(TABLE, iter(rows))):
        for field in TABLE:
            if field.kind != "integer":
                assert not cells[field.column or ""].lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


def test_a_value_inside_another_has_a_column_with_both_names() -> None:
    assert [field.column for field in TABLE] == [
        "id",
        "cuenta",
        "seguro",
        "dia",
        "veces_minutos_desde",
        "veces_nota",
        "quizas_minutos_desde",
        "quizas_nota",
        "palabras",
        "pasos",
        "minutos",
    ]


def test_a_csv_is_these_bytes() -> None:
    row = {
        "id": "=SUMA(A1)",
        "cuenta": -3,
        "seguro": True,
        "dia": "2026-11-22",
        "veces": {"minutos_desde": 5},
        "palabras": ["uno, dos", "a|b", "c\\d"],
        "pasos": [{"minutos_desde": 1, "nota": "añil"}],
        "minutos": {"paso-1": 5},
    }
    assert bytes(to_csv(TABLE, iter([row]))) == (
        b"\xef\xbb\xbfid,cuenta,seguro,dia,veces_minutos_desde,veces_nota,quizas_minutos_desde,quizas_nota,"
        b"palabras,pasos,minutos\r\n"
        b'\'=SUMA(A1),-3,true,2026-11-22,5,,,,"uno, dos | a\\|b | c\\\\d",'
        + '"[{""minutos_desde"": 1, ""nota"": ""añil""}]","{""paso-1"": 5}"\r\n'.encode()
    )


@pytest.fixture(scope="module")
def real() -> Catalog:
    return check(ROOT).catalog


@pytest.fixture(scope="module")
def files(real: Catalog) -> dict[str, bytes]:
    return {path: bytes(content) for path, content in open_data(real, PUBLIC)}


@pytest.mark.parametrize("name", TABLES)
def test_the_csv_says_what_the_json_says(real: Catalog, files: dict[str, bytes], name: str) -> None:
    given_rows, found = list(records(name, real)), read(files[f"api/v1/{name}.csv"])
    assert len(found) == len(given_rows)
    for given_row, cells in zip(given_rows, found, strict=True):
        for field in columns(raw_schema(name)):
            assert (told(field, cells[field.column or ""]) or None) == (at(given_row, field.keys) or None)
            assert len(cells[field.column or ""]) <= EXCEL_CELL


@pytest.mark.parametrize("name", TABLES)
def test_no_two_columns_have_one_name(name: str) -> None:
    names = [field.column for field in columns(raw_schema(name))]
    assert len(names) == len(set(names))


LICENCE, VERSION = "fichero_licencia", "fichero_version"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_alone_says_its_licence_and_its_version_in_every_row(files: dict[str, bytes], name: str) -> None:
    content = files[f"api/v1/{name}.csv"]
    assert content.decode().split("\r\n")[0].split(",")[-2:] == [VERSION, LICENCE]
    for cells in read(content):
        assert (cells[VERSION], cells[LICENCE]) == (__version__, "CC-BY-4.0")


def test_where_a_table_comes_from_does_not_cover_what_a_row_says(files: dict[str, bytes]) -> None:
    """The licence of a cited document is not that of the table that cites it."""
    found = read(files["api/v1/fuentes.csv"])
    (cited,) = (cells for cells in found if cells["id"] == "klein-premortem-2007")
    assert (cited["licencia"], cited[LICENCE]) == ("", "CC-BY-4.0")


def test_a_word_of_a_list_is_a_row_and_may_be_in_two_lists(files: dict[str, bytes], package: Any) -> None:
    found = read(files["api/v1/vocabularios.csv"])
    assert list(found[0])[:4] == ["lista", "id", "etiqueta", "definicion"]
    assert [cells["lista"] for cells in found if cells["id"] == "evaluacion"] == ["ciclo"]
    (phase,) = (cells for cells in found if (cells["lista"], cells["id"]) == ("fases", "idear"))
    assert (phase["etiqueta"], phase["familia"], phase["ciclo"]) == ("Idear", "crear", "formulacion | programacion")
    schema = next(one["schema"] for one in package["resources"] if one["name"] == "vocabularios")
    assert schema["primaryKey"] == ["lista", "id"]


def test_a_person_who_opens_the_table_sees_first_what_it_is_about() -> None:
    assert [field.column for field in columns(raw_schema("metodos"))][:4] == ["id", "codigo", "titulo", "resumen"]
    assert [field.column for field in columns(raw_schema("glosario"))][:3] == ["id", "termino", "siglas"]


def unexplained(schema: dict[str, Any]) -> list[str]:
    return [field.path for field in fields(schema) if not field.meanings[-1]]


@pytest.mark.parametrize("name", TABLES)
def test_every_field_says_what_it_means(name: str) -> None:
    assert unexplained(raw_schema(name)) == [], "write its description in the model"


def test_a_field_without_a_meaning_would_be_seen() -> None:
    assert unexplained(Row.model_json_schema(mode="serialization"))[-3:] == [
        "pasos[].minutos_desde",
        "pasos[].nota",
        "minutos",
    ]


@pytest.mark.parametrize("name", TABLES)
def test_a_field_said_to_be_always_there_is_in_every_row(real: Catalog, name: str) -> None:
    always = [field for field in fields(raw_schema(name)) if field.always and len(field.keys) == 1]
    assert always
    for row in records(name, real):
        assert [field.path for field in always if field.keys[0] not in row] == []


def page(catalog: Catalog, settings: Settings = PUBLIC) -> str:
    return re.sub(r"<[^>]*>", "", render(catalog, settings)["datos.md"].html)


def test_the_page_explains_every_field_with_its_type_and_a_true_example(site: Path) -> None:
    told = page(check(site).catalog)
    assert "duracionTiempo con el grupo, en una sesión. Es la suma de sus pasos. Grupo de campos." in told
    assert (
        "duracion.minutos_desdeComo mínimo. Número entero, en minutos. Siempre. "
        "En el CSV: duracion_minutos_desde. Ejemplo: 60" in told
    )
    assert "Lista de textos, de la lista modalidades. Siempre. Ejemplo: presencial | a-distancia" in told
    assert "pasos[].ancla" in told
    assert "Ejemplo: paso-1" in told


@pytest.mark.parametrize("name", TABLES)
def test_no_field_is_left_out_of_the_page(site: Path, name: str) -> None:
    html = render(check(site).catalog, PUBLIC)["datos.md"].html
    for field in fields(raw_schema(name)):
        assert f'<div id="{name}.{field.path.replace("[]", "")}"><dt><code>{field.path}</code>' in html


def test_the_page_gives_an_order_that_can_be_copied(site: Path) -> None:
    catalog = check(site).catalog
    assert "curl -O https://ana.github.io/fichero/api/v1/metodos.csv\n" in page(catalog)
    assert "curl -O https://ana.github.io/fichero/metodos/problema-en-una-frase/markdown.txt" in page(catalog)
    assert "Problema en una frase. Fichero, revisado el 22 de noviembre de 2026." in page(catalog)
    assert "novedades.xml" in page(catalog)
    assert "novedades.xml" not in page(catalog, Settings())


def test_the_page_is_made_of_a_site_without_cards_too(site: Path) -> None:
    for path in site.glob("methods/*.md"):
        replace(f"methods/{path.name}", "estado: publicado", "estado: borrador")(site)
    catalog = dataclasses.replace(check(site).catalog, recipes={}, situations={})
    assert "Métodos: 0 filas" in page(catalog)


# The rules of datapackage.org/standard: data-package, data-resource and table-schema, version 2.

TYPES = {"string", "integer", "boolean", "date", "list", "array", "object"}


@pytest.fixture(scope="module")
def package(files: dict[str, bytes]) -> Any:
    return json.loads(files["api/v1/datapackage.json"])


def test_the_package_has_a_name_a_licence_a_version_and_a_home(package: Any) -> None:
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "fichero"
    assert package["licenses"] == [
        {
            "name": "CC-BY-4.0",
            "path": "https://creativecommons.org/licenses/by/4.0/deed.es",
            "title": "CC BY 4.0",
        }
    ]
    assert package["version"] == __version__
    assert package["homepage"] == "https://ana.github.io/fichero/datos/"
    assert "created" not in package, "no clock in what is published"


def test_without_an_address_the_package_has_no_home(real: Catalog) -> None:
    assert "homepage" not in json.loads(dict(open_data(real, Settings()))["api/v1/datapackage.json"])


def test_every_resource_of_the_api_is_a_resource_of_the_package(package: Any) -> None:
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_the_package_tells_the_truth_of_each_file(files: dict[str, bytes], package: Any, name: str) -> None:
    resource = next(one for one in package["resources"] if one["name"] == name)
    content = files[f"api/v1/{resource['path']}"]
    assert (resource["type"], resource["format"], resource["mediatype"]) == ("table", "csv", "text/csv")
    assert resource["encoding"] == "utf-8"
    assert resource["bytes"] == len(content)
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert resource["dialect"] == {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True}
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    header = content.decode("utf-8-sig").split("\r\n")[0].split(",")
    assert [field["name"] for field in resource["schema"]["fields"]] == header


def wrong(schema: Any, cells: dict[str, str]) -> Iterator[str]:
    """The columns whose cell is not of the type, or does not keep the constraint, that the schema says."""
    for field in schema["fields"]:
        cell, rules = cells[field["name"]], field.get("constraints", {})
        if cell in schema["missingValues"]:
            if rules.get("required") or field["name"] in schema.get("primaryKey", ()):
                yield field["name"]
            continue
        try:
            match field["type"]:
                case "integer":
                    int(cell)
                case "boolean":
                    assert cell in ("true", "false")
                case "date":
                    assert date.fromisoformat(cell).isoformat() == cell
                case "array":
                    assert isinstance(json.loads(cell), list)
                case "object":
                    assert isinstance(json.loads(cell), dict)
                case "list":
                    assert field["delimiter"] == " | "
                    assert field["itemType"] in TYPES - {"list", "array", "object"}
            assert cell in rules.get("enum", [cell])
        except (ValueError, AssertionError):
            yield field["name"]


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_is_of_the_type_its_column_says(files: dict[str, bytes], package: Any, name: str) -> None:
    schema = next(one["schema"] for one in package["resources"] if one["name"] == name)
    assert {field["type"] for field in schema["fields"]} <= TYPES
    for cells in read(files[f"api/v1/{name}.csv"]):
        assert list(wrong(schema, cells)) == []
    if key := schema.get("primaryKey"):
        found = [tuple(cells[part] for part in key) for cells in read(files[f"api/v1/{name}.csv"])]
        assert len(found) == len(set(found))


def test_a_cell_of_another_type_would_be_seen(real: Catalog) -> None:
    schema = table_schema(TABLE, real.vocabularies)
    (cells,) = read(
        b"id,cuenta,seguro,dia,veces_minutos_desde,veces_nota,quizas_minutos_desde,quizas_nota,palabras,"
        b"pasos,minutos\r\n,tres,quiza,22/11/2026,5,,,,a,{},[]\r\n"
    )
    assert list(wrong(schema, cells)) == ["id", "cuenta", "seguro", "dia", "pasos", "minutos"]
