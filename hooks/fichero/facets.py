"""The ways of choosing a method: each is a select of the finder on /metodos/ and a page that needs no JavaScript.

A new way is a row of FACETS, its page's title in link.GENERATED and that page's name in kinds.METHOD.reserved.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from fichero.kinds import Document, meta
from fichero.link import Catalog
from fichero.model import Method
from fichero.vocabulary import Vocabularies, Word

# The value is the most minutes that there are; each definition tells the cards that are on the page under it.
TIMES = (
    Word(id="45", etiqueta="Hasta 45 min", definicion="Como mucho tres cuartos de hora con el grupo."),
    Word(id="60", etiqueta="Hasta 60 min", definicion="Más de 45 minutos y como mucho una hora con el grupo."),
    Word(id="90", etiqueta="Hasta 90 min", definicion="Más de una hora y como mucho hora y media con el grupo."),
    Word(id="120", etiqueta="Hasta 2 horas", definicion="Más de hora y media y como mucho dos horas con el grupo."),
    Word(id="180", etiqueta="Hasta 3 horas", definicion="Más de dos horas y como mucho tres con el grupo."),
    Word(id="240", etiqueta="Hasta 4 horas", definicion="Más de tres horas y como mucho cuatro con el grupo."),
    Word(id="480", etiqueta="Hasta 8 horas", definicion="Más de cuatro horas: una jornada con el grupo."),
)
DAYS = Word(id="dias", etiqueta="Días o semanas", definicion="Procesos de varias etapas; no se cuentan en minutos.")

# The value is the least people of a size, which goes up to the next one.
SIZES = (
    Word(id="1", etiqueta="1 persona", definicion="Se trabaja con una persona a la vez."),
    Word(id="2", etiqueta="2 a 5 personas", definicion="Sirven con algún número de personas entre 2 y 5."),
    Word(id="6", etiqueta="6 a 9 personas", definicion="Sirven con algún número de personas entre 6 y 9."),
    Word(id="10", etiqueta="10 a 14 personas", definicion="Sirven con algún número de personas entre 10 y 14."),
    Word(id="15", etiqueta="15 a 29 personas", definicion="Sirven con algún número de personas entre 15 y 29."),
    Word(id="30", etiqueta="30 personas o más", definicion="Sirven con 30 personas o más."),
)


@dataclass(frozen=True)
class Facet:
    """A way of choosing.

    `name` is its parameter in the address, `page` the list by it, `every` what the select says when nothing is
    chosen. `words` are the choices, in order, and `of` says which of them a card fits. A list where most cards
    fit most choices puts each under the `first_only`. `number`: a link may give any number, not only a choice.
    """

    name: str
    page: str
    label: str
    every: str
    summary: str
    words: Callable[[Vocabularies], Iterable[Word]]
    of: Callable[[Method], tuple[str, ...]]
    first_only: bool = False
    number: bool = False

    @property
    def anchor(self) -> str:
        """What the anchors of its page begin with: the name of the page."""
        return PurePosixPath(self.page).stem

    def choices(self, catalog: Catalog) -> list[Word]:
        """The choices that some card fits."""
        used = {id for doc in catalog.methods for id in self.of(meta(doc, Method))}
        return [word for word in self.words(catalog.vocabularies) if word.id in used]

    def groups(self, catalog: Catalog) -> list[tuple[Word, list[Document]]]:
        """Each choice with its cards; choices without cards are left out."""
        found: dict[str, list[Document]] = {}
        for doc in catalog.methods:
            fitting = self.of(meta(doc, Method))
            for id in fitting[:1] if self.first_only else fitting:
                found.setdefault(id, []).append(doc)
        return [(word, found[word.id]) for word in self.words(catalog.vocabularies) if word.id in found]


def times(method: Method) -> tuple[str, ...]:
    """The choices of time that are enough for a session; a process takes days, whatever time there is."""
    enough = [word.id for word in TIMES if method.duracion and method.duracion.hasta <= int(word.id)]
    return tuple(enough) or (DAYS.id,)


def sizes(method: Method) -> tuple[str, ...]:
    """The sizes of group that have some number of people in common with the card's."""
    least = [int(word.id) for word in SIZES]
    people = method.participantes
    return tuple(
        str(low)
        for low, following in zip(least, [*least[1:], None], strict=True)
        if people.hasta >= low and (following is None or people.desde < following)
    )


FACETS = (
    Facet(
        name="fase",
        page="metodos/index.md",
        label="Fase",
        every="Todas",
        summary="Todas las fichas de método, por fase de trabajo, con minutos, personas y dificultad.",
        words=lambda lists: lists["fases"].values(),
        of=lambda method: (method.fase,),
    ),
    Facet(
        name="ciclo",
        page="metodos/ciclo.md",
        label="Paso de la planificación",
        every="Todos",
        summary="Según el paso de la planificación pública al que sirven. Este orden es de Fichero y sirve para "
        "clasificar; no es una secuencia oficial.",
        words=lambda lists: lists["ciclo"].values(),
        of=lambda method: method.ciclo,
    ),
    Facet(
        name="minutos",
        page="metodos/tiempo.md",
        label="Tiempo con el grupo",
        every="Cualquiera",
        summary="Según el tiempo que toman con el grupo, sin contar la preparación ni el cierre.",
        words=lambda _: (*TIMES, DAYS),
        of=times,
        first_only=True,
        number=True,
    ),
    Facet(
        name="personas",
        page="metodos/personas.md",
        label="Personas, más o menos",
        every="Cualquiera",
        summary="Según cuántas personas asisten, más o menos, sin contar a quienes facilitan. Cada ficha dice "
        "su mínimo y su máximo.",
        words=lambda _: SIZES,
        of=sizes,
        number=True,
    ),
    Facet(
        name="dificultad",
        page="metodos/dificultad.md",
        label="Dificultad",
        every="Cualquiera",
        summary="Según lo que piden a quien facilita.",
        words=lambda lists: lists["dificultades"].values(),
        of=lambda method: (method.dificultad,),
    ),
    Facet(
        name="modalidad",
        page="metodos/modalidad.md",
        label="Modalidad",
        every="Cualquiera",
        summary="Según el lugar en que está cada persona: en la sala, conectada o una parte y una parte.",
        words=lambda lists: lists["modalidades"].values(),
        of=lambda method: method.modalidad,
    ),
    Facet(
        name="se-lleva",
        page="metodos/se-lleva.md",
        label="Lo que se lleva",
        every="Cualquiera",
        summary="Según lo que el grupo tiene en la mano al terminar.",
        words=lambda lists: lists["entregables"].values(),
        of=lambda method: method.se_lleva,
    ),
)
