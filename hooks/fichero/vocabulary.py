"""The closed word lists of `docs/_datos/vocabularios.yml`: what a field may say, with label and definition.

A field of the model names its list with `OneOf("fases")`; the words come with pydantic's validation context,
so that one data file rules the model, the schemas, the filters and the messages alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema
from pydantic_core.core_schema import ValidationInfo

from fichero.problems import suggestion

# The lists that the site is made with, and the words of each that the program itself uses.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "familias": (),
    "fases": (),
    "ciclo": (),
    "instrumentos": (),
    "entregables": (),
    "formatos": ("sesion", "proceso"),
    "dificultades": (),
    "modalidades": (),
    "evidencias": (),
    "resultados": (),
    "roles_labgob": (),
    "estados": ("borrador", "publicado", "retirado"),
    "licencias": ("CC-BY-4.0",),
    "idiomas": ("es-GT",),
    "tipos_de_fuente": (),
}

# Where each licence is explained. One more of the list «licencias» needs its line here.
LICENCE_URL: Mapping[str, str] = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/deed.es",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/deed.es",
}


class Word(BaseModel):
    """One accepted word. `familia` and `ciclo` are set on phases, `fuentes_minimas` on evidence levels.

    `ciclo`: the steps of the planning cycle where methods of the phase are wanted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    etiqueta: str
    definicion: str
    familia: str | None = None
    fuentes_minimas: int = 0
    ciclo: tuple[str, ...] = ()


class Vocabularies(Mapping[str, Mapping[str, Word]]):
    """All the lists, by name; each list keeps the order of the file."""

    def __init__(self, lists: Mapping[str, Mapping[str, Word]]) -> None:
        self._lists = lists

    def __getitem__(self, name: str) -> Mapping[str, Word]:
        return self._lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._lists)

    def __len__(self) -> int:
        return len(self._lists)

    def label(self, name: str, key: str) -> str:
        return self[name][key].etiqueta


@dataclass(frozen=True)
class OneOf:
    """Marks a text field as one word of a list: `fase: Annotated[str, OneOf("fases")]`."""

    list_name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(self._known, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {**handler(core), "x-vocabulario": self.list_name}

    def _known(self, value: str, info: ValidationInfo) -> str:
        if not info.context:
            return value
        words = info.context["vocabularios"].get(self.list_name)
        if words is None or value not in words:
            fix = suggestion(value, words) if words else "complete la lista en docs/_datos/vocabularios.yml"
            raise PydanticCustomError(
                "FM011",
                "{mensaje}",
                {"mensaje": f"«{value}» no está en la lista «{self.list_name}»", "arreglo": fix},
            )
        return value


def with_words(schema: Any, vocabularies: Vocabularies) -> Any:
    """A JSON Schema with each `x-vocabulario` turned into the `enum` of that list."""
    if isinstance(schema, dict):
        filled = {key: with_words(value, vocabularies) for key, value in schema.items() if key != "x-vocabulario"}
        if "x-vocabulario" in schema:
            filled["enum"] = list(vocabularies[schema["x-vocabulario"]])
        return filled
    if isinstance(schema, list):
        return [with_words(item, vocabularies) for item in schema]
    return schema
