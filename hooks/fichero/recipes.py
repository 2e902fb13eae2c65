"""The recipes of docs/_datos/recetas.yml: which rules they keep, how a person reaches each, what each takes.

A situation is a tree of questions whose answers end in recipes; a recipe is two to five methods in order.
To add a rule: write it, put it in RULES and give its code a row in codigos.yml.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import Field

from fichero.fields import Slug
from fichero.kinds import METHOD, meta
from fichero.link import Catalog
from fichero.model import Answer, Frozen, Method, Recipe, Situation
from fichero.plain_yaml import Path
from fichero.problems import Names, Problem
from fichero.quantities import Duration, Quantity, Workdays
from fichero.validate import RECIPES

Amount = TypeVar("Amount", bound=Quantity)

MAX_QUESTIONS = 3
ANSWERS = (2, 4)
STEPS = (2, 5)


@dataclass(frozen=True)
class Route:
    """One way to a recipe: the situation, and each question with the answer that was given."""

    situation: str
    answers: tuple[tuple[str, str], ...]


class Process(Frozen):
    """How long a method that takes weeks adds to a recipe."""

    metodo: Slug = Field(description="Método, por su `id` en el recurso metodos.")
    plazo: Workdays = Field(description="Tiempo que toma, en días hábiles.")


class Totals(Frozen):
    """What a recipe takes. Preparation is counted once for each method, as the cards say it; closing, every time."""

    con_el_grupo: Duration | None = Field(None, description="Tiempo con el grupo.")
    preparacion: Duration | None = Field(None, description="Trabajo antes, una vez por método.")
    cierre: Duration | None = Field(None, description="Trabajo después, cada vez.")
    procesos: tuple[Process, ...] = Field((), description="Métodos que toman días o semanas.")


def totals(recipe: Recipe, methods: Mapping[str, Method]) -> Totals:
    """The sums of a recipe: time with the group, time of who facilitates, and the processes apart."""
    used = [(methods[step.metodo], step) for step in recipe.pasos]
    return Totals(
        con_el_grupo=_sum(method.duracion * step.veces for method, step in used if method.duracion),
        preparacion=_sum(method.preparacion for method, _ in used if method.preparacion),
        cierre=_sum(method.cierre * step.veces for method, step in used if method.cierre),
        procesos=tuple(
            Process(metodo=step.metodo, plazo=method.plazo * step.veces) for method, step in used if method.plazo
        ),
    )


def totals_of(recipe: Recipe, catalog: Catalog) -> Totals:
    """The sums of a recipe with the cards of the catalog."""
    return totals(recipe, {step.metodo: meta(catalog.method[step.metodo], Method) for step in recipe.pasos})


def _sum(parts: Iterable[Amount]) -> Amount | None:
    amounts = list(parts)
    return sum(amounts[1:], amounts[0]) if amounts else None


def routes(situations: Mapping[str, Situation]) -> Mapping[str, tuple[Route, ...]]:
    """All the ways to each recipe, in the order of the file."""
    found: dict[str, list[Route]] = defaultdict(list)
    for id, situation in situations.items():
        for answer, given, _ in _answers(situation, ()):
            if answer.receta:
                found[answer.receta].append(Route(id, given))
    return {recipe: tuple(ways) for recipe, ways in found.items()}


def _answers(
    asked: Situation | Answer, given: tuple[tuple[str, str], ...], place: Path = ()
) -> Iterator[tuple[Answer, tuple[tuple[str, str], ...], Path]]:
    """Every answer below a question, with the questions and answers that lead to it and its place."""
    for index, answer in enumerate(asked.respuestas):
        so_far = (*given, (asked.pregunta or "", answer.respuesta))
        here = (*place, "respuestas", index)
        yield answer, so_far, here
        yield from _answers(answer, so_far, here)


def methods_known(catalog: Catalog) -> Iterator[Problem]:
    """A recipe names methods that exist, are published and are still recommended, each once."""
    known = Names(catalog.ids[METHOD.name])
    for id, recipe in catalog.recipes.items():
        earlier: set[str] = set()
        for index, step in enumerate(recipe.pasos):
            at: Path = ("recetas", id, "pasos", index, "metodo")
            name = step.metodo
            doc = catalog.method.get(name)
            if name not in known:
                fix = known.suggestion(name, RECIPES)
                yield _problem(catalog, at, "REC001", f"no existe el método «{name}»", fix)
            elif name in earlier:
                fix = "deje uno solo; si se repite, diga cuántas veces con «veces»"
                yield _problem(catalog, at, "REC003", f"la receta tiene «{name}» dos veces", fix)
            elif catalog.is_draft(name):
                fix = f"publique «{name}» o ponga otro método"
                yield _problem(catalog, at, "REC002", f"el método «{name}» todavía es un borrador", fix)
            elif doc and doc.meta.estado == "retirado":
                yield _problem(catalog, at, "REC002", f"el método «{name}» se retiró", "ponga otro método")
            earlier.add(name)


def length_of_a_recipe(catalog: Catalog) -> Iterator[Problem]:
    """Two to five methods: one is a card, six are a guide."""
    low, high = STEPS
    for id, recipe in catalog.recipes.items():
        if not low <= len(recipe.pasos) <= high:
            message = f"la receta «{id}» tiene {_counted(len(recipe.pasos), 'paso')}"
            fix = f"deje de {low} a {high}; un trabajo más largo es una guía"
            yield _problem(catalog, ("recetas", id, "pasos"), "REC004", message, fix)


def names_of_recipes(catalog: Catalog) -> Iterator[Problem]:
    """A recipe's name is its address: the list of recipes already has one."""
    if "index" in catalog.recipes:
        message = "el nombre «index» lo usa una página del sitio"
        yield _problem(catalog, ("recetas", "index"), "ARC006", message, "elija otro nombre")


def answers_lead_somewhere(catalog: Catalog) -> Iterator[Problem]:
    """An answer ends in a recipe that exists or opens one more question, never both."""
    known = Names(str(path[1]) for path in catalog.recipe_marks if len(path) == 2 and path[0] == "recetas")
    for id, situation in catalog.situations.items():
        for answer, _, place in _answers(situation, ()):
            at = ("situaciones", id, *place)
            asks = answer.pregunta is not None or bool(answer.respuestas)
            said = f"la respuesta «{answer.respuesta}»"
            if answer.receta and asks:
                fix = "deje «receta», o deje «pregunta» con sus «respuestas»"
                yield _problem(catalog, at, "REC005", f"{said} lleva a una receta y a otra pregunta", fix)
            elif not answer.receta and not asks:
                fix = "agregue «receta: …», o «pregunta: …» con sus «respuestas»"
                yield _problem(catalog, at, "REC005", f"{said} no lleva a ninguna parte", fix)
            elif asks and answer.pregunta is None:
                fix = "agregue «pregunta: …» antes de «respuestas»"
                yield _problem(catalog, at, "REC005", f"{said} tiene respuestas y ninguna pregunta", fix)
            if answer.receta and answer.receta not in known:
                fix = known.suggestion(answer.receta, RECIPES)
                yield _problem(catalog, (*at, "receta"), "REC006", f"no existe la receta «{answer.receta}»", fix)


def size_of_the_tree(catalog: Catalog) -> Iterator[Problem]:
    """Three questions at most on the way to a recipe, with two to four answers each."""
    low, high = ANSWERS
    for id, situation in catalog.situations.items():
        first: Path = ("situaciones", id)
        asked: list[tuple[Situation | Answer, Path, int]] = [(situation, first, 1)]
        for answer, given, place in _answers(situation, ()):
            asked += [(answer, (*first, *place), len(given) + 1)] if answer.pregunta else []
        for question, at, number in asked:
            if number == MAX_QUESTIONS + 1:
                message = f"es la pregunta número {number} del camino"
                fix = f"son {MAX_QUESTIONS} como máximo: una la receta más segura a la respuesta anterior"
                yield _problem(catalog, (*at, "pregunta"), "REC008", message, fix)
            if not low <= len(question.respuestas) <= high:
                message = f"la pregunta tiene {_counted(len(question.respuestas), 'respuesta')}"
                fix = f"deje de {low} a {high}"
                yield _problem(catalog, (*at, "pregunta"), "REC009", message, fix)


def recipes_reached(catalog: Catalog) -> Iterator[Problem]:
    """Somebody reaches every recipe. With errors in the file, the way to it may be among them."""
    reached = routes(catalog.situations)
    for id in catalog.recipes.keys() - reached.keys() if RECIPES not in catalog.left_out else ():
        fix = "póngala en una respuesta de «situaciones», o bórrela"
        yield _problem(catalog, ("recetas", id), "REC007", f"ninguna respuesta lleva a la receta «{id}»", fix)


def _problem(catalog: Catalog, path: Path, codigo: str, mensaje: str, arreglo: str) -> Problem:
    while path not in catalog.recipe_marks:
        path = path[:-1]
    return Problem(RECIPES, *catalog.recipe_marks[path], codigo, mensaje, arreglo)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


RULES: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
    methods_known,
    length_of_a_recipe,
    names_of_recipes,
    answers_lead_somewhere,
    size_of_the_tree,
    recipes_reached,
)


def check_recipes(catalog: Catalog) -> Iterator[Problem]:
    """Everything that can be said of the situations and the recipes."""
    for rule in RULES:
        yield from rule(catalog)
