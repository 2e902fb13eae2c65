"""Step 4. The open API: its resources, the rows of each, and the JSON Schemas that describe them.

In:  the Catalog.   Out: the files of /api/v1/, and the rows and schemas that the tables are made from.
/api/v1/ is a promise: fields are added, never removed or renamed. Everything is sorted and has no clock in it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import Field, create_model

from fichero import __version__
from fichero.kinds import KINDS, Document, address, meta
from fichero.link import ENTRY_PAGE, Catalog, recipe_page
from fichero.model import Bibliographic, Case, Frozen, Guide, Method, MethodReport, Recipe, Step, Term
from fichero.recipes import Totals, routes, totals_of
from fichero.reports import RealMinutes, complete, real_minutes
from fichero.vocabulary import LICENCE_URL, OneOf, Vocabularies, with_words

API = "api/v1"
LICENCE = "CC-BY-4.0"


def _record(name: str, *bases: type[Frozen], **extra: Any) -> type[Frozen]:
    """A class of the API: the fields of the model, and those the site adds."""
    return create_model(name, __base__=bases, **extra)


_ADDED: dict[str, Any] = {
    "id": (str, Field(description="Nombre permanente.")),
    "url": (str, Field(description="Dirección de la página, relativa a la raíz del sitio.")),
}


class UseOfMethod(Frozen):
    """A case that used a method."""

    id: str = Field(description="Caso, por su `id` en el recurso casos.")
    uso: str = Field(description="Cómo se usó.")
    inferido: bool = Field(description="Verdadero cuando la fuente no nombra el método y lo reconocemos nosotros.")
    resultado: str = Field(description="Qué resultó en el caso.", json_schema_extra={"x-vocabulario": "resultados"})


class AnswerGiven(Frozen):
    """A step of the way to a recipe."""

    pregunta: str = Field(description="Lo que se pregunta.")
    respuesta: str = Field(description="Lo que contesta la persona.")


class SituationOfRecipe(Frozen):
    """A way to a recipe: the situation, and each question with its answer."""

    id: str = Field(description="Nombre permanente de la situación.")
    titulo: str = Field(description="La situación, como la diría la persona.")
    url: str = Field(description="Dirección de la situación, relativa a la raíz del sitio.")
    camino: tuple[AnswerGiven, ...] = Field(description="Preguntas y respuestas, en orden.")


RESOURCES: Mapping[str, type[Frozen]] = {
    "metodos": _record(
        "Metodo",
        Method,
        **_ADDED,
        url_corta=(str, Field(description="Dirección corta permanente, la que se imprime.")),
        pasos=(tuple[Step, ...], Field(description="Pasos o etapas, en orden; los textos son Markdown.")),
        usado_en=(tuple[UseOfMethod, ...], Field(description="Casos que lo usaron.")),
        minutos_reales=(
            RealMinutes | None,
            Field(
                default=None,
                description="Lo que tardó quien lo usó: mediana y número de informes, en total (los que dan todos "
                "los pasos) y por paso. Solo desde tres informes. Los demás minutos son estimaciones.",
            ),
        ),
    ),
    "casos": _record(
        "Caso",
        Case,
        **_ADDED,
        url_corta=(str, Field(description="Dirección corta permanente, la que se imprime.")),
    ),
    "guias": _record("Guia", Guide, **_ADDED, pasos=(tuple[Step, ...], Field(description="Etapas, en orden."))),
    "fuentes": _record(
        "Fuente",
        Bibliographic,
        id=(str, Field(description="Nombre permanente.")),
        citada_en=(tuple[str, ...], Field(description="Direcciones de las páginas que la citan.")),
    ),
    "glosario": _record("Termino", Term, url=(str, Field(description="Dirección del término en el glosario."))),
    "recetas": _record(
        "Receta",
        Recipe,
        **_ADDED,
        total=(
            Totals,
            Field(
                description="Sumas de las fichas: minutos con el grupo, preparación (una vez por método) y cierre "
                "(cada vez); aparte, los métodos que toman semanas."
            ),
        ),
        situaciones=(
            tuple[SituationOfRecipe, ...],
            Field(description="Situaciones que llevan a la receta, con las preguntas y respuestas del camino."),
        ),
    ),
    "usos": _record(
        "Uso",
        MethodReport,
        url=(str, Field(description="Dirección de la ficha del método, relativa a la raíz del sitio.")),
        completo=(bool, Field(description="Si da los minutos de todos los pasos de la ficha.")),
    ),
}


class WordOfList(Frozen):
    """A word of a closed list, as the API gives it."""

    lista: str = Field(description="Nombre de la lista.")
    id: str = Field(description="La palabra, como se escribe en los archivos.")
    etiqueta: str = Field(description="Cómo se muestra en las páginas.")
    definicion: str = Field(description="Qué quiere decir.")
    familia: Annotated[str, OneOf("familias")] | None = Field(None, description="En las fases, su familia.")
    ciclo: tuple[Annotated[str, OneOf("ciclo")], ...] | None = Field(
        None, description="En las fases, los pasos de la planificación donde se espera algún método."
    )
    fuentes_minimas: int | None = Field(
        None, description="En los niveles de evidencia, cuántas fuentes pide como mínimo. Si no está, ninguna."
    )


WORDS = "vocabularios"
# What has a CSV and a schema. In its JSON, the words are in their lists; every other resource is one list of rows.
TABLES: Mapping[str, type[Frozen]] = {**RESOURCES, WORDS: WordOfList}


def api_files(catalog: Catalog) -> Iterator[tuple[str, bytes | bytearray]]:
    """Every resource of the API and its schema: its path and its bytes."""
    for name in RESOURCES:
        yield f"{API}/{name}.json", _resource(name, catalog)
    lists: dict[str, list[dict[str, Any]]] = {name: [] for name in catalog.vocabularies}
    for word in records(WORDS, catalog):
        lists[word["lista"]].append(word)
    yield f"{API}/{WORDS}.json", to_json({**_head(WORDS, catalog), WORDS: lists})
    for name in TABLES:
        schema = resource_schema(name, catalog.vocabularies)
        comment = f"{version_line(catalog)}. Licencia {LICENCE}: {LICENCE_URL[LICENCE]}"
        yield f"{API}/{name}.schema.json", to_json({**schema, "$comment": comment})


def records(name: str, catalog: Catalog) -> Iterator[dict[str, Any]]:
    """The rows of one resource of the API."""
    match name:
        case "metodos":
            yield from (_method(doc, catalog) for doc in catalog.methods)
        case "casos":
            yield from (_row(doc) | {"url_corta": doc.short} for doc in catalog.cases)
        case "guias":
            yield from (_row(doc) | {"pasos": _steps(doc)} for doc in catalog.guides)
        case "fuentes":
            for id, entry in sorted(catalog.bibliography.items()):
                pages = [address(doc.page) for doc in catalog.cited_by.get(id, ())]
                yield {"id": id, **entry.model_dump(mode="json", exclude_none=True), "citada_en": pages}
        case "recetas":
            ways = routes(catalog.situations)
            for id, recipe in catalog.recipes.items():
                yield {
                    "id": id,
                    "url": address(recipe_page(id)),
                    **recipe.model_dump(mode="json"),
                    "total": totals_of(recipe, catalog).model_dump(mode="json", exclude_none=True),
                    "situaciones": [
                        {
                            "id": way.situation,
                            "titulo": catalog.situations[way.situation].titulo,
                            "url": f"{address(ENTRY_PAGE)}#situacion-{way.situation}",
                            "camino": [{"pregunta": asked, "respuesta": given} for asked, given in way.answers],
                        }
                        for way in ways.get(id, ())
                    ],
                }
        case "usos":
            for doc in catalog.methods:
                for report in catalog.reports_of.get(doc.id, ()):
                    row = report.model_dump(mode="json", exclude_none=True)
                    yield {**row, "url": address(doc.page), "completo": complete(report, doc)}
        case "vocabularios":
            for list_name, words in catalog.vocabularies.items():
                for word in words.values():
                    yield {"lista": list_name, **word.model_dump(mode="json", exclude_defaults=True)}
        case _:
            for term in catalog.glossary:
                yield {**term.model_dump(mode="json", exclude_none=True), "url": f"glosario/#{term.id}"}


def _row(doc: Document) -> dict[str, Any]:
    return {"id": doc.id, "url": address(doc.page), **doc.meta.model_dump(mode="json", exclude_none=True)}


def _steps(doc: Document) -> list[dict[str, Any]]:
    return [step.model_dump(mode="json", exclude_none=True) for step in doc.steps]


def _method(doc: Document, catalog: Catalog) -> dict[str, Any]:
    uses = [
        {
            "id": use.case.id,
            "uso": use.how.uso,
            "inferido": use.how.inferido,
            "resultado": meta(use.case, Case).resultado,
        }
        for use in catalog.uses.get(doc.id, ())
    ]
    row = _row(doc) | {"url_corta": doc.short, "pasos": _steps(doc), "usado_en": uses}
    real = real_minutes(doc, catalog)
    return row | {"minutos_reales": real.model_dump(mode="json", exclude_none=True)} if real else row


@cache
def raw_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one row, its lists of words named (`x-vocabulario`) and not yet filled in."""
    return TABLES[name].model_json_schema(mode="serialization")


def resource_schema(name: str, vocabularies: Vocabularies) -> dict[str, Any]:
    """The JSON Schema of one row of a resource."""
    schema: dict[str, Any] = with_words(raw_schema(name), vocabularies)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json", **schema}


def authoring_schemas(vocabularies: Vocabularies) -> dict[str, Any]:
    """What a contributor types, by type of content: the command `fichero esquema`."""
    return {kind.name: with_words(kind.model.model_json_schema(mode="validation"), vocabularies) for kind in KINDS}


def _resource(name: str, catalog: Catalog) -> bytearray:
    """One resource of the API, a row a line: easy to compare, and never held twice in memory."""
    content = bytearray(f'{json.dumps(_head(name, catalog), ensure_ascii=False)[:-1]}, "{name}": [\n'.encode())
    for number, row in enumerate(records(name, catalog)):
        content += (",\n" if number else "").encode() + json.dumps(row, ensure_ascii=False).encode()
    content += b"\n]}\n"
    return content


def _head(name: str, catalog: Catalog) -> dict[str, str]:
    return {**provenance(catalog), "esquema": f"{name}.schema.json"}


def provenance(catalog: Catalog) -> dict[str, str]:
    """What the head of a data file says of it: version of the API and of Fichero, commit ("" if unknown), licence."""
    return {"version": "1", "fichero": __version__, "commit": catalog.history.commit, "licencia": LICENCE}


def version_line(catalog: Catalog) -> str:
    """The version as a person reads it: «Fichero 0.1.0, commit 0123456789»."""
    commit = f", commit {catalog.history.commit}" if catalog.history.commit else ""
    return f"Fichero {__version__}{commit}"


def to_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
