"""What a method, a case, a guide, a page, a source and a term are: fields, types, units.

The only truth about content: the JSON Schemas, the API, the messages and the checks derive from it. A field has
the name a contributor types. Its `description` tells whoever reads the data what it is (/datos/, the schemas); to
whoever writes it, docs/contribuir/ficha.md, caso.md and guia.md explain it, one paragraph each (tests/test_docs.py
says which paragraph is missing).
"""

import datetime
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from fichero.fields import (
    CaseCode,
    Count,
    Date,
    Dated,
    Licence,
    MethodCode,
    Name,
    PartDate,
    Path,
    Product,
    SearchWord,
    Slug,
    Summary,
    Text,
    Title,
    Url,
    Years,
    YesNo,
    plain,
)
from fichero.quantities import Duration, People, Percentage, Quetzales, Times, Workdays
from fichero.vocabulary import OneOf


class Frozen(BaseModel):
    """Values never change after they are read, and a field that is not here is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Change(Frozen):
    """A line of `cambios`."""

    fecha: Date = Field(description="Día del cambio.")
    que: Text = Field(description="Qué cambió.")
    por_que: Text = Field(description="Por qué se cambió.")


class Content(Frozen):
    """What every kind of content has."""

    titulo: Title = Field(description="Nombre con que se publica.")
    resumen: Summary = Field(description="Una frase que dice de qué trata y para qué sirve.")
    fuentes: tuple[Slug, ...] = Field(
        (),
        description="Fuentes que respaldan todo el texto, por su `id` en el recurso fuentes.",
    )
    licencia: Licence = Field("CC-BY-4.0", description="Licencia del texto.")
    revisado: Date = Field(description="Día de la última revisión completa.")
    proxima_revision: Date | None = Field(None, description="Día en que conviene revisarlo otra vez.")
    cambios: tuple[Change, ...] = Field((), description="Qué cambió y por qué, lo más nuevo primero.")
    redirige_desde: tuple[Path, ...] = Field((), description="Direcciones antiguas que siguen llegando a esta página.")
    estado: Annotated[str, OneOf("estados")] = Field(
        description="Si está publicado o retirado; los borradores no se publican."
    )
    idioma: Annotated[str, OneOf("idiomas")] = Field("es-GT", description="Idioma del texto.")
    traduccion_de: Slug | None = Field(None, description="En una traducción, el `id` del original.")


class Feeds(Frozen):
    """A line of `alimenta`: which part of which plan the product goes into, and who says so."""

    instrumento: Annotated[str, OneOf("instrumentos")] = Field(description="Plan o documento que recibe el producto.")
    apartado: Text = Field(description="Parte de ese documento, con las palabras de la institución.")
    fuentes: tuple[Slug, ...] = Field(min_length=1, description="Quién lo dice, por su `id` en el recurso fuentes.")


class Facilitators(Frozen):
    personas: People = Field(description="Cuántas personas facilitan.")
    por_cada: People | None = Field(None, description="Por cada cuántas personas del grupo.")


class Role(Frozen):
    rol: Name = Field(description="Nombre del papel.")
    hace: Text = Field(description="Qué hace esa persona.")


class Cost(Frozen):
    """An estimate: whole quetzales on a date."""

    quetzales: Quetzales = Field(description="Estimación del gasto en materiales.")
    fecha: Date = Field(description="Día de la estimación.")
    incluye: Text = Field(description="Qué cubre y qué no.")


class PersonalData(Frozen):
    recoge: YesNo = Field(description="Si durante el método se anota o graba algo que identifica a una persona.")
    cuales: Text | None = Field(None, description="Qué datos son.")


class Evidence(Frozen):
    """How firm the knowledge is; the level's rule is in the vocabulary `evidencias`."""

    nivel: Annotated[str, OneOf("evidencias")] = Field(description="Qué tan firme es lo que se sabe.")
    razon: Text = Field(description="Por qué tiene ese nivel.")
    fuentes: tuple[Slug, ...] = Field((), description="Fuentes que lo respaldan, por su `id` en el recurso fuentes.")


class Origin(Frozen):
    texto: Text = Field(description="De dónde viene el método.")
    fuentes: tuple[Slug, ...] = Field((), description="Fuentes que lo dicen, por su `id` en el recurso fuentes.")


class Method(Content):
    """A method card: one activity a group can run."""

    codigo: MethodCode = Field(description="Código permanente: de él sale la dirección corta y no se usa dos veces.")
    tambien: tuple[Name, ...] = Field((), description="Otros nombres con que se conoce, siglas y nombre en inglés.")
    necesidades: tuple[Text, ...] = Field((), description="Lo que diría una persona que lo necesita, con sus palabras.")
    fase: Annotated[str, OneOf("fases")] = Field(description="Momento del trabajo en que rinde más.")
    ciclo: tuple[Annotated[str, OneOf("ciclo")], ...] = Field(
        (), description="Pasos de la planificación pública a los que sirve."
    )
    alimenta: tuple[Feeds, ...] = Field((), description="Qué parte de qué plan recibe el producto.")
    producto: Product = Field(description="Lo que el grupo tiene en la mano al terminar.")
    se_lleva: tuple[Annotated[str, OneOf("entregables")], ...] = Field((), description="De qué clase es el producto.")
    formato: Annotated[str, OneOf("formatos")] = Field(
        description="Si se hace en una reunión, por minutos, o toma días o semanas."
    )
    duracion: Duration | None = Field(None, description="Tiempo con el grupo, en una sesión. Es la suma de sus pasos.")
    plazo: Workdays | None = Field(
        None, description="Tiempo que toma un proceso, en días hábiles; una semana son cinco. Es la suma de sus etapas."
    )
    preparacion: Duration | None = Field(None, description="Trabajo antes de recibir al grupo.")
    cierre: Duration | None = Field(None, description="Trabajo después de despedir al grupo.")
    participantes: People = Field(description="Tamaño del grupo, sin quienes facilitan.")
    facilitan: Facilitators | None = Field(None, description="Cuántas personas facilitan.")
    roles: tuple[Role, ...] = Field((), description="Quién hace qué, además de facilitar.")
    espacio: Text | None = Field(None, description="Lugar y muebles que hacen falta.")
    materiales: tuple[Text, ...] = Field((), description="Materiales, con cantidades.")
    costo: Cost | None = Field(None, description="Costo estimado.")
    dificultad: Annotated[str, OneOf("dificultades")] = Field(description="Lo que pide a quien facilita.")
    modalidad: tuple[Annotated[str, OneOf("modalidades")], ...] = Field(
        min_length=1, description="En persona, a distancia o de las dos maneras."
    )
    interpretacion: Percentage | None = Field(
        None, description="Cuánto más tarda con interpretación a otro idioma. Es una estimación."
    )
    permisos: tuple[Text, ...] = Field((), description="A quién se pide permiso antes, y para qué.")
    datos_personales: PersonalData | None = Field(None, description="Datos personales que se recogen.")
    lienzo: Slug | None = Field(None, description="Lienzo para imprimir, por su identificador.")
    licencia_lienzo: Licence | None = Field(None, description="Licencia del lienzo, si es distinta de la del texto.")
    antes: tuple[Slug, ...] = Field((), description="Métodos que conviene hacer antes, por su `id`.")
    despues: tuple[Slug, ...] = Field((), description="Métodos que siguen bien a este, por su `id`.")
    en_lugar_de: tuple[Slug, ...] = Field((), description="Métodos que pueden hacerse en vez de este, por su `id`.")
    evidencia: Evidence | None = Field(None, description="Qué se sabe de su efecto.")
    origen: Origin | None = Field(None, description="De dónde viene.")


class MethodUse(Frozen):
    """A line of a case's `metodos`. `inferido`: the source does not name the method, we recognise it."""

    id: Slug = Field(description="Método usado, por su `id` en el recurso metodos.")
    uso: Text = Field(description="Cómo se usó.")
    inferido: YesNo = Field(
        False, description="Verdadero cuando la fuente no nombra el método y lo reconocemos nosotros."
    )


class Figure(Frozen):
    """A figure shown large. `que` says what it is (baseline, effect, reach…), so that none is read as an effect."""

    valor: Name = Field(description="La cifra, como la da la fuente.")
    unidad: Name = Field(description="Qué se cuenta.")
    fecha: Dated = Field(description="A qué fecha corresponde.")
    que: Name = Field(description="Qué es la cifra: línea de base, alcance, uso, efecto.")
    fuentes: tuple[Slug, ...] = Field(min_length=1, description="Quién la da, por su `id` en el recurso fuentes.")


class Case(Content):
    """What an institution did, what came of it and what is not known."""

    codigo: CaseCode = Field(description="Código permanente: de él sale la dirección corta y no se usa dos veces.")
    pais: Name = Field(description="País donde pasó.")
    territorio: Name = Field(description="Lugar dentro del país.")
    sector: Name = Field(description="Tema del servicio.")
    instituciones: tuple[Name, ...] = Field(min_length=1, description="Instituciones que participaron, con su papel.")
    rol_labgob: Annotated[str, OneOf("roles_labgob")] | None = Field(
        None, description="Qué hizo el Laboratorio de Gobierno de Chile."
    )
    periodo: Years = Field(description="Años que abarca.")
    metodos: tuple[MethodUse, ...] = Field((), description="Métodos que se usaron.")
    resultado: Annotated[str, OneOf("resultados")] = Field(description="Qué resultó, según lo que se midió.")
    cifras: tuple[Figure, ...] = Field((), description="Cifras con su fecha y su fuente.")


class Guide(Content):
    """A long piece of work in stages."""

    estado: Annotated[str, OneOf("estados")] = Field("publicado", description="Si está publicada o retirada.")
    tambien: tuple[Name, ...] = Field((), description="Otros nombres con que alguien la buscaría.")
    necesidades: tuple[Text, ...] = Field((), description="Lo que diría una persona que la necesita.")
    plazo: Workdays | None = Field(
        None, description="Tiempo que toma todo, en días hábiles; una semana son cinco. Es la suma de sus etapas."
    )


class Page(Content):
    """Any other page of docs/. `cronologia`: draw the timeline of docs/_datos/cronologia.yml on it."""

    estado: Annotated[str, OneOf("estados")] = "publicado"
    cronologia: YesNo = False


class Step(Frozen):
    """A step of a session (minutes) or a stage of a process or a guide (working days). Texts are Markdown."""

    ancla: str = Field(description="Nombre permanente del paso: `url` más `#` más esto es su dirección.")
    titulo: str = Field(description="Lo que se hace, en una frase.")
    minutos: Duration | None = Field(None, description="Tiempo del paso, en una sesión.")
    plazo: Workdays | None = Field(None, description="Tiempo de la etapa, en días hábiles.")
    esencial: bool = Field(False, description="Verdadero en los pasos que se hacen aunque haya menos tiempo.")
    texto: str = Field(description="Instrucciones, en Markdown.")
    diga: tuple[str, ...] = Field((), description="Frases para decir al grupo.")
    listo_cuando: str | None = Field(None, description="Señal de que el paso terminó.")
    si_se_traba: tuple[str, ...] = Field((), description="Qué puede fallar y qué hacer.")


class Bibliographic(Frozen):
    """An entry of the bibliography. `url` is the original; `consultado_en` the copy actually read, if another."""

    titulo: Text = Field(description="Título del documento.")
    autoria: Text = Field(description="Persona o institución que lo firma.")
    fecha: Dated | None = Field(None, description="Fecha del documento, con el detalle que da la fuente.")
    tipo: Annotated[str, OneOf("tipos_de_fuente")] = Field(description="Clase de documento.")
    url: Url | None = Field(None, description="Dirección del original.")
    consultado: Date | None = Field(None, description="Día en que se leyó.")
    consultado_en: Url | None = Field(None, description="Dirección de la copia que se leyó, si no fue el original.")
    nota: Text | None = Field(None, description="Aclaración sobre lo que se leyó.")
    licencia: Text | None = Field(None, description="Licencia del documento, cuando la declara.")


class Synonyms(Frozen):
    """Words that a person may use one for another when searching."""

    palabras: tuple[SearchWord, ...] = Field(min_length=2)


class MethodReport(Frozen):
    """What somebody who used a method reports: when, where, with how many people, and the real minutes of its steps.

    `minutos`: anchor of the step → minutes. Nobody is named, neither here nor in `lugar`.
    """

    metodo: Slug = Field(description="El método que se usó, por su id.")
    fecha: Date = Field(description="Día en que se usó.")
    lugar: Annotated[str, StringConstraints(max_length=80), BeforeValidator(plain)] = Field(
        description="Municipio o institución, sin nombres de personas."
    )
    personas: Count = Field(description="Cuántas personas participaron.")
    idioma: Annotated[str, StringConstraints(max_length=60), BeforeValidator(plain)] = Field(
        description="En qué idioma o idiomas se trabajó."
    )
    minutos: dict[str, Count] = Field(min_length=1, description="Minutos que tomó cada paso, por el ancla del paso.")
    fallo: Text | None = Field(None, description="Qué no funcionó.")
    ajuste: Text | None = Field(None, description="Qué se cambió de la ficha.")

    @property
    def use(self) -> tuple[str, datetime.date, str, int]:
        """Two reports that agree in this are of the same use: method, day, place and people."""
        return self.metodo, self.fecha, self.lugar.casefold(), self.personas


class Milestone(Frozen):
    """A dated fact of a timeline. `fecha` is "2014", "2014-05" or "2014-05-21": as much as its source says."""

    fecha: PartDate
    que: Text
    fuentes: tuple[Slug, ...] = Field(min_length=1)


class Term(Frozen):
    """A glossary entry. `formas` are the words that are recognised as this term in running text."""

    id: Slug = Field(description="Nombre permanente.")
    termino: Name = Field(description="La palabra o expresión.")
    siglas: Name | None = Field(None, description="Sus siglas.")
    definicion: Text = Field(description="Qué quiere decir, en lenguaje sencillo.")
    uso_guatemala: Text | None = Field(None, description="Cómo se usa en Guatemala, cuando es distinto.")
    uso_chile: Text | None = Field(None, description="Cómo se usa en Chile, cuando es distinto.")
    ver: tuple[Slug, ...] = Field((), description="Términos relacionados, por su `id`.")
    fuentes: tuple[Slug, ...] = Field(
        min_length=1, description="Quién la define así, por su `id` en el recurso fuentes."
    )
    formas: tuple[Name, ...] = Field((), description="Maneras de escribirla que el sitio reconoce en un texto.")
    lang: Name | None = Field(None, description="Código del idioma, si la palabra no es del español.")


class Answer(Frozen):
    """An answer to a question: it leads to a recipe, or to another question with its answers."""

    respuesta: Annotated[str, StringConstraints(max_length=120), BeforeValidator(plain)]
    receta: Slug | None = None
    pregunta: Summary | None = None
    respuestas: tuple["Answer", ...] = ()


class Situation(Frozen):
    """Where a person is, in their words, and the first question about it."""

    titulo: Annotated[str, StringConstraints(max_length=70), BeforeValidator(plain)]
    pregunta: Summary
    respuestas: tuple[Answer, ...]


class RecipeStep(Frozen):
    """A method of a recipe: how many times it is done, and why this one and why here."""

    metodo: Slug = Field(description="Método, por su `id` en el recurso metodos.")
    veces: Times = Field(Times(veces_desde=1, veces_hasta=1), description="Cuántas veces se hace.")
    porque: Text = Field(description="Por qué este método y por qué aquí.")


class Recipe(Frozen):
    """A few methods in order, for a situation."""

    titulo: Annotated[str, StringConstraints(max_length=60), BeforeValidator(plain)] = Field(
        description="Lo que se logra."
    )
    resumen: Summary = Field(description="Qué se tiene al final y para qué.")
    pasos: tuple[RecipeStep, ...] = Field(description="Los métodos, en el orden en que se hacen.")
    limites: Text = Field(description="Qué no resuelve y cuándo parar.")
