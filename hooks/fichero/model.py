"""What a method, a case, a guide, a page, a source and a term are: fields, types, units.

The only truth about content: the JSON Schemas, the API, the messages and the checks derive from it. A field has
the name a contributor types. Each field is explained, one paragraph each, in docs/contribuir/ficha.md, caso.md
and guia.md (tests/test_docs.py says which paragraph is missing).
"""

import datetime
import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from fichero.quantities import Duration, People, Percentage, Quetzales, Times, Workdays
from fichero.vocabulary import OneOf

MAX_SUMMARY = 160


def _refuse(codigo: str, mensaje: str, arreglo: str) -> PydanticCustomError:
    return PydanticCustomError(codigo, "{mensaje}", {"mensaje": mensaje, "arreglo": arreglo})


def _plain(text: Any) -> Any:
    """Front matter text reaches titles and attributes of pages: it may hold no markup and no control character."""
    if not isinstance(text, str):
        return text
    text = text.strip()
    if not text:
        raise _refuse("FM005", "el campo está vacío", "escríbalo o borre la línea")
    if re.search(r"[<>\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]", text):
        raise _refuse("FM012", "el texto lleva «<», «>» o un carácter invisible", "quítelo: aquí no se escribe HTML")
    return re.sub(r"\s+", " ", text)


def _date(text: Any) -> Any:
    if isinstance(text, str):
        try:
            return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else _bad_date(text)
        except ValueError:
            return _bad_date(text)
    return text


def _bad_date(text: str) -> Any:
    raise _refuse("FM013", f"«{text}» no es una fecha", "escriba año, mes y día: «2026-11-22»")


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


Text = Annotated[str, BeforeValidator(_plain)]
Summary = Annotated[str, StringConstraints(max_length=MAX_SUMMARY), BeforeValidator(_plain)]
Paragraph = Annotated[str, StringConstraints(max_length=320), BeforeValidator(_plain)]
Date = Annotated[datetime.date, BeforeValidator(_date)]
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
    str, Shaped(r"\d{4}(?:-(?:\d{4}|presente))?", "un periodo", "escriba «2016», «2014-2016» o «2019-presente»")
]
Path = Annotated[
    str, Shaped(r"[a-z0-9-]+(?:/[a-z0-9-]+)*/?", "una dirección del sitio", "escriba «metodos/nombre-viejo»")
]
Url = Annotated[str, Shaped(r"https?://[^\s\"<>]+", "una dirección web", "cópiela completa: «https://…»")]


class Frozen(BaseModel):
    """Values never change after they are read, and a field that is not here is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(Frozen):
    """A line of `cambios`."""

    fecha: Date
    que: Text
    por_que: Text


class Content(Frozen):
    """What every kind of content has."""

    titulo: Text
    resumen: Summary
    fuentes: tuple[Slug, ...] = ()
    licencia: Annotated[str, OneOf("licencias")] = "CC-BY-4.0"
    revisado: Date
    proxima_revision: Date | None = None
    cambios: tuple[Change, ...] = ()
    redirige_desde: tuple[Path, ...] = ()
    estado: Annotated[str, OneOf("estados")]
    idioma: Annotated[str, OneOf("idiomas")] = "es-GT"
    traduccion_de: Slug | None = None


class Feeds(Frozen):
    """A line of `alimenta`: which part of which plan the product goes into, and who says so."""

    instrumento: Annotated[str, OneOf("instrumentos")]
    apartado: Text
    fuentes: tuple[Slug, ...] = Field(min_length=1)


class Facilitators(Frozen):
    personas: People
    por_cada: People | None = None


class Role(Frozen):
    rol: Text
    hace: Text


class Cost(Frozen):
    """An estimate: whole quetzales on a date."""

    quetzales: Quetzales
    fecha: Date
    incluye: Text


class PersonalData(Frozen):
    recoge: YesNo
    cuales: Text | None = None


class Evidence(Frozen):
    """How firm the knowledge is; the level's rule is in the vocabulary `evidencias`."""

    nivel: Annotated[str, OneOf("evidencias")]
    razon: Text
    fuentes: tuple[Slug, ...] = ()


class Origin(Frozen):
    texto: Text
    fuentes: tuple[Slug, ...] = ()


class Method(Content):
    """A method card: one activity a group can run."""

    codigo: MethodCode
    tambien: tuple[Text, ...] = ()
    necesidades: tuple[Text, ...] = ()
    fase: Annotated[str, OneOf("fases")]
    ciclo: tuple[Annotated[str, OneOf("ciclo")], ...] = ()
    alimenta: tuple[Feeds, ...] = ()
    producto: Text
    se_lleva: tuple[Annotated[str, OneOf("entregables")], ...] = ()
    formato: Annotated[str, OneOf("formatos")]
    duracion: Duration | None = None
    plazo: Workdays | None = None
    preparacion: Duration | None = None
    cierre: Duration | None = None
    participantes: People
    facilitan: Facilitators | None = None
    roles: tuple[Role, ...] = ()
    espacio: Text | None = None
    materiales: tuple[Text, ...] = ()
    costo: Cost | None = None
    dificultad: Annotated[str, OneOf("dificultades")]
    modalidad: tuple[Annotated[str, OneOf("modalidades")], ...] = Field(min_length=1)
    interpretacion: Percentage | None = None
    permisos: tuple[Text, ...] = ()
    datos_personales: PersonalData | None = None
    lienzo: Slug | None = None
    licencia_lienzo: Annotated[str, OneOf("licencias")] | None = None
    antes: tuple[Slug, ...] = ()
    despues: tuple[Slug, ...] = ()
    en_lugar_de: tuple[Slug, ...] = ()
    evidencia: Evidence | None = None
    origen: Origin | None = None


class MethodUse(Frozen):
    """A line of a case's `metodos`. `inferido`: the source does not name the method, we recognise it."""

    id: Slug
    uso: Text
    inferido: YesNo = False


class Figure(Frozen):
    """A figure shown large. `que` says what it is (baseline, effect, reach…), so that none is read as an effect."""

    valor: Text
    unidad: Text
    fecha: Text
    que: Text
    fuentes: tuple[Slug, ...] = Field(min_length=1)


class Case(Content):
    """What an institution did, what came of it and what is not known."""

    codigo: CaseCode
    pais: Text
    territorio: Text
    sector: Text
    instituciones: tuple[Text, ...] = Field(min_length=1)
    rol_labgob: Annotated[str, OneOf("roles_labgob")] | None = None
    periodo: Years
    metodos: tuple[MethodUse, ...] = ()
    resultado: Annotated[str, OneOf("resultados")]
    cifras: tuple[Figure, ...] = ()


class Guide(Content):
    """A long piece of work in stages."""

    estado: Annotated[str, OneOf("estados")] = "publicado"
    tambien: tuple[Text, ...] = ()
    necesidades: tuple[Text, ...] = ()
    plazo: Workdays | None = None


class Page(Content):
    """Any other page of docs/. `cronologia`: draw the timeline of docs/_datos/cronologia.yml on it."""

    estado: Annotated[str, OneOf("estados")] = "publicado"
    cronologia: YesNo = False


class Step(Frozen):
    """A step of a session (minutes) or a stage of a process or a guide (working days). Texts are Markdown."""

    ancla: str
    titulo: str
    minutos: Duration | None = None
    plazo: Workdays | None = None
    esencial: bool = False
    texto: str
    diga: tuple[str, ...] = ()
    listo_cuando: str | None = None
    si_se_traba: tuple[str, ...] = ()


class Bibliographic(Frozen):
    """An entry of the bibliography. `url` is the original; `consultado_en` the copy actually read, if another."""

    titulo: Text
    autoria: Text
    fecha: Text | None = None
    tipo: Annotated[str, OneOf("tipos_de_fuente")]
    url: Url | None = None
    consultado: Date | None = None
    consultado_en: Url | None = None
    nota: Text | None = None
    licencia: Text | None = None


class Synonyms(Frozen):
    """Words that a person may use one for another when searching."""

    palabras: tuple[SearchWord, ...] = Field(min_length=2)


class MethodReport(Frozen):
    """What somebody who used a method reports: when, where, with how many people, and the real minutes of its steps.

    `minutos`: anchor of the step → minutes. Nobody is named, neither here nor in `lugar`.
    """

    metodo: Slug
    fecha: Date
    lugar: Annotated[str, StringConstraints(max_length=80), BeforeValidator(_plain)]
    personas: Count
    idioma: Annotated[str, StringConstraints(max_length=60), BeforeValidator(_plain)]
    minutos: dict[str, Count] = Field(min_length=1)
    fallo: Paragraph | None = None
    ajuste: Paragraph | None = None

    @property
    def use(self) -> tuple[str, datetime.date, str, int]:
        """Two reports that agree in this are of the same use: method, day, place and people."""
        return self.metodo, self.fecha, self.lugar.casefold(), self.personas


class Milestone(Frozen):
    """A dated fact of a timeline. `fecha` is "2014", "2014-05" or "2014-05-21": as much as its source says."""

    fecha: Annotated[str, Shaped(r"\d{4}(?:-\d\d){0,2}", "una fecha", "escriba «2014», «2014-05» o «2014-05-21»")]
    que: Text
    fuentes: tuple[Slug, ...] = Field(min_length=1)


class Term(Frozen):
    """A glossary entry. `formas` are the words that are recognised as this term in running text."""

    id: Slug
    termino: Text
    siglas: Text | None = None
    definicion: Text
    uso_guatemala: Text | None = None
    uso_chile: Text | None = None
    ver: tuple[Slug, ...] = ()
    fuentes: tuple[Slug, ...] = Field(min_length=1)
    formas: tuple[Text, ...] = ()
    lang: Text | None = None


class Answer(Frozen):
    """An answer to a question: it leads to a recipe, or to another question with its answers."""

    respuesta: Annotated[str, StringConstraints(max_length=120), BeforeValidator(_plain)]
    receta: Slug | None = None
    pregunta: Summary | None = None
    respuestas: tuple["Answer", ...] = ()


class Situation(Frozen):
    """Where a person is, in their words, and the first question about it."""

    titulo: Annotated[str, StringConstraints(max_length=70), BeforeValidator(_plain)]
    pregunta: Summary
    respuestas: tuple[Answer, ...]


class RecipeStep(Frozen):
    """A method of a recipe: how many times it is done, and why this one and why here."""

    metodo: Slug
    veces: Times = Times(veces_desde=1, veces_hasta=1)
    porque: Paragraph


class Recipe(Frozen):
    """A few methods in order, for a situation."""

    titulo: Annotated[str, StringConstraints(max_length=60), BeforeValidator(_plain)]
    resumen: Summary
    pasos: tuple[RecipeStep, ...]
    limites: Paragraph
