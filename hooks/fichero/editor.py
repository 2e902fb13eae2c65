"""What a text editor needs to help a contributor: schemas of the data files, and snippets.

In:  the vocabularies.   Out: the files of .vscode that `fichero esquema --en .vscode` writes.
The schemas say what is typed, not what the API gives: "90-120 min" is a text there. They say it in draft 7 of JSON
Schema, the one that editors of YAML know. The snippets are the templates of `new`, with a stop at each blank.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter

from fichero.new import fill
from fichero.plain_yaml import BLANK
from fichero.validate import DATA_FILES
from fichero.vocabulary import Vocabularies, with_words

SCHEMAS = "esquemas"
SNIPPETS = "fichero.code-snippets"
TODAY = "$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE"


# Name, the word that brings it, language of the file, template and description of each snippet.
OFFERED = (
    ("Ficha de método", "ficha", "markdown", "nuevo-metodo.md.j2", "Una ficha completa, para un archivo de methods/"),
    ("Caso", "caso", "markdown", "nuevo-caso.md.j2", "Un caso completo, para un archivo de cases/"),
    ("Guía", "guia", "markdown", "nuevo-guia.md.j2", "Una guía completa, para un archivo de docs/guias/"),
    ("Paso", "paso", "markdown", "nuevo-paso.md.j2", "Un paso de una sesión, con su ancla y sus minutos"),
    ("Fuente", "fuente", "yaml", "nueva-fuente.yml.j2", "Una entrada de la bibliografía, para fuentes.yml"),
    ("Receta", "receta", "yaml", "nueva-receta.yml.j2", "Una receta, para la segunda parte de recetas.yml"),
)


def editor_files(vocabularies: Vocabularies) -> Iterator[tuple[str, str]]:
    """Path in the folder .vscode and text of each file."""
    for name, schema in data_schemas(vocabularies).items():
        yield f"{SCHEMAS}/{name}.json", _json(schema)
    yield SNIPPETS, _json(snippets(vocabularies))


def data_schemas(vocabularies: Vocabularies) -> dict[str, Any]:
    """The JSON Schema of each data file as it is typed."""
    schemas = {}
    for name, shape in DATA_FILES.items():
        schema = _as_typed(with_words(TypeAdapter(shape).json_schema(mode="validation"), vocabularies))
        schemas[name] = {"$schema": "http://json-schema.org/draft-07/schema#", **schema}
    word = schemas["vocabularios"]["$defs"]["Word"]
    del word["properties"]["id"]  # the word itself, before the colon
    word["required"].remove("id")
    return schemas


def _as_typed(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema of values as an editor reads them.

    A person may type a number where Fichero reads a text (`personas: 11`), and may not type `null` or the two bounds
    of a default. An entry whose name has not its form is refused. The docstrings, in English, are left out.
    """
    if "anyOf" in schema:
        (typed,) = (option for option in schema["anyOf"] if option != {"type": "null"})
        return _as_typed(typed)
    made: dict[str, Any] = {}
    for word, value in schema.items():
        if word in ("title", "default") or (word == "description" and schema.get("type") == "object"):
            continue
        if word in ("properties", "patternProperties", "$defs"):
            made[word] = {name: _as_typed(inside) for name, inside in value.items()}
        elif word in ("items", "additionalProperties") and isinstance(value, dict):
            made[word] = _as_typed(value)
        else:
            made[word] = ["string", "number"] if (word, value) == ("type", "string") else value
    return made | ({"additionalProperties": False} if "patternProperties" in schema else {})


class Stops:
    """In a snippet: each place to fill in is a stop of the tabulator, with its text or its words to choose from."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._count = 0

    def hueco(self, pista: str) -> str:
        return self.ejemplo(f"{BLANK} {pista}")

    def opcion(self, lista: str, por_omision: str, varias: bool = False) -> str:
        words = [por_omision, *(word for word in self._vocabularies[lista] if word != por_omision)]
        self._count += 1
        chosen = f"${{{self._count}|{','.join(words)}|}}"
        return f"[{chosen}]" if varias else chosen

    def ejemplo(self, valor: str, pista: str = "") -> str:  # noqa: ARG002  (the stop itself asks to be changed)
        self._count += 1
        escaped = re.sub(r"[\\$}]", r"\\\g<0>", valor)
        return f"${{{self._count}:{escaped}}}"


def snippets(vocabularies: Vocabularies) -> dict[str, Any]:
    """The snippets, by name, as VS Code reads them."""
    made = {}
    for name, prefix, scope, template, description in OFFERED:
        text = fill(
            template,
            Stops(vocabularies),
            codigo="C000" if prefix == "caso" else "M000",
            titulo=f"{BLANK} El nombre con que se conoce",
            hoy=TODAY,
            numero="1",
            minutos="10-15",
            esencial=False,
        )
        body = text.removesuffix("\n").split("\n")
        made[name] = {"prefix": prefix, "scope": scope, "description": description, "body": body}
    return made


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
