"""Recipes: what they take, the ways that lead to each, and the rules that need to see the cards."""

from pathlib import Path

import pytest
from changes import PROCESS, RECIPES, SESSION, copy, cut, replace, revisar, write
from hypothesis import given
from hypothesis import strategies as st

from fichero.listings import phases_by_steps, steps_of_a_recipe
from fichero.model import Answer, Method, Recipe, RecipeStep, Situation
from fichero.pipeline import check
from fichero.quantities import Duration, Quantity, Times, Workdays
from fichero.recipes import MAX_QUESTIONS, routes, totals, totals_of
from fichero.wording import bounds, hours

USUAL = ("REG002", "FIC003")
BOUNDS = st.tuples(st.integers(0, 600), st.integers(1, 600)).map(sorted)


def told(site: Path) -> list[str]:
    return [
        f"{p.archivo}:{p.linea} {p.codigo} {p.mensaje} → {p.arreglo}"
        for p in check(site).problems
        if p.codigo not in USUAL
    ]


def card(**amounts: Quantity) -> Method:
    """A card of which only the amounts matter."""
    return Method.model_construct(
        **{"duracion": None, "plazo": None, "preparacion": None, "cierre": None} | amounts  # type: ignore[arg-type]
    )


def recipe(*steps: tuple[str, tuple[int, int]]) -> Recipe:
    pasos = tuple(
        RecipeStep(metodo=name, veces=Times(veces_desde=low, veces_hasta=high), porque="Porque sí.")
        for name, (low, high) in steps
    )
    return Recipe(titulo="Una receta", resumen="Tendrá algo.", pasos=pasos, limites="No hace más.")


def minutes(low: int, high: int) -> Duration:
    return Duration(minutos_desde=low, minutos_hasta=high)


def test_a_recipe_adds_the_minutes_of_its_methods_as_many_times_as_each_is_done() -> None:
    methods = {
        "entrevista": card(duracion=minutes(50, 65), preparacion=minutes(180, 240), cierre=minutes(45, 60)),
        "arbol": card(duracion=minutes(120, 160), cierre=minutes(60, 60)),
    }
    sums = totals(recipe(("entrevista", (5, 8)), ("arbol", (1, 1))), methods)
    assert sums.con_el_grupo == minutes(5 * 50 + 120, 8 * 65 + 160)
    assert sums.preparacion == minutes(180, 240), "a round is prepared once"
    assert sums.cierre == minutes(5 * 45 + 60, 8 * 60 + 60), "each session is closed"
    assert sums.procesos == ()


def test_the_weeks_of_a_process_are_told_apart_and_its_preparation_is_added() -> None:
    weeks = Workdays.model_validate("6-10 semanas")
    methods = {"piloto": card(plazo=weeks, preparacion=minutes(600, 960)), "retro": card(duracion=minutes(75, 100))}
    sums = totals(recipe(("piloto", (1, 1)), ("retro", (1, 1))), methods)
    assert sums.con_el_grupo == minutes(75, 100)
    assert [(process.metodo, process.plazo) for process in sums.procesos] == [("piloto", weeks)]
    assert sums.preparacion == minutes(600, 960)
    assert sums.cierre is None


@given(st.lists(st.tuples(BOUNDS, st.tuples(st.integers(1, 9), st.integers(1, 9)).map(sorted)), min_size=1, max_size=5))
def test_the_sum_is_the_same_in_any_order_and_never_goes_down(rows: list[tuple[list[int], list[int]]]) -> None:
    methods = {f"m{number}": card(duracion=minutes(*amount)) for number, (amount, _) in enumerate(rows)}
    steps = [(f"m{number}", (times[0], times[1])) for number, (_, times) in enumerate(rows)]
    whole = totals(recipe(*steps), methods).con_el_grupo
    assert whole
    assert whole.desde == sum(amount[0] * times[0] for amount, times in rows)
    assert whole.hasta == sum(amount[1] * times[1] for amount, times in rows)
    assert whole.desde <= whole.hasta
    assert totals(recipe(*reversed(steps)), methods).con_el_grupo == whole
    for step in steps:
        alone = totals(recipe(step), methods).con_el_grupo
        assert alone and alone.hasta <= whole.hasta


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("45 min", "45 min"),
        ("30-45 min", "30–45 min"),
        ("60 min", "1 h"),
        ("45-90 min", "45 min – 1 h 30 min"),
        ("120-180 min", "2–3 h"),
        ("300-450 min", "5 h – 7 h 30 min"),
        ("90 min", "1 h 30 min"),
        ("0-60 min", "0 min – 1 h"),
    ],
)
def test_minutes_are_said_as_a_person_says_them(text: str, said: str) -> None:
    assert hours(Duration.model_validate(text)).replace("\N{NO-BREAK SPACE}", " ") == said


def trees(depth: int) -> st.SearchStrategy[tuple[Answer, ...]]:
    leaf = st.builds(Answer, respuesta=st.just("Sí"), receta=st.sampled_from(["una", "otra", "tercera"]))
    if depth == 1:
        return st.lists(leaf, min_size=2, max_size=4).map(tuple)
    deeper = st.builds(Answer, respuesta=st.just("No"), pregunta=st.just("¿Y?"), respuestas=trees(depth - 1))
    return st.lists(leaf | deeper, min_size=2, max_size=4).map(tuple)


def leaves(answers: tuple[Answer, ...]) -> list[str]:
    return [name for answer in answers for name in ([answer.receta] if answer.receta else leaves(answer.respuestas))]


@given(trees(MAX_QUESTIONS))
def test_every_answer_with_a_recipe_is_one_way_to_it_and_no_other_is(answers: tuple[Answer, ...]) -> None:
    found = routes({"caso": Situation(titulo="Un caso", pregunta="¿Qué?", respuestas=answers)})
    assert sorted(name for name, ways in found.items() for _ in ways) == sorted(leaves(answers))
    for way in (way for ways in found.values() for way in ways):
        assert way.situation == "caso"
        assert 1 <= len(way.answers) <= MAX_QUESTIONS
        assert way.answers[0][0] == "¿Qué?"


def test_a_recipe_knows_the_part_of_the_time_of_each_method(site: Path) -> None:
    catalog = check(site).catalog
    first, second = steps_of_a_recipe(catalog.recipes["decir-y-probar"], catalog)
    assert first.part and (bounds(first.part), first.before) == ("120–240", 0)
    assert (second.part, second.before) == (None, 240)
    assert totals_of(catalog.recipes["decir-y-probar"], catalog).con_el_grupo == first.part
    assert catalog.recipes_of["piloto-de-cuatro-semanas"] == ("decir-y-probar", "probar-y-decir")


def test_a_mistake_of_a_recipe_is_told_with_the_nearest_name(site: Path) -> None:
    copy(
        RECIPES,
        RECIPES,
        ("- metodo: problema-en-una-frase\n        veces", "- metodo: problema-en-frase\n        veces"),
        ("{respuesta: No, receta: decir-y-probar}", "{respuesta: No, receta: decir-y-provar}"),
        ("    limites: No amplía", "    limite: No amplía"),
        ("        veces: 2-3", "        vece: 2-3"),
    )(site)
    assert told(site) == [
        f"{RECIPES}:22 REC006 no existe la receta «decir-y-provar» → ¿quiso decir «decir-y-probar»?",
        f"{RECIPES}:30 FM003 el campo «pasos.vece» no existe → ¿quiso decir «veces»?",
        f"{RECIPES}:35 FM002 falta el campo «limites» → agregue «limites: …» al encabezado, como lo muestra la guía",
        f"{RECIPES}:43 FM003 el campo «limite» no existe → ¿quiso decir «limites»?",
    ]


def test_a_card_with_errors_is_not_called_unknown_nor_its_recipe_lost(site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: definirr")(site)
    assert [finding[2] for finding in revisar(site) if finding[2] not in USUAL] == ["FM011"]


def test_a_recipe_with_errors_takes_no_published_address_away(site: Path) -> None:
    lines = (
        "recetas/probar-y-decir/\t\tCerrar\t2026-01-01",
        "por-donde-empiezo/\tsituacion-prueba-sin-fin\tX\t2026-01-01",
    )
    write("enlaces.tsv", "".join(f"{line}\n" for line in lines))(site)
    cut(RECIPES, "    limites: No amplía", "\n", "    limites: ''")(site)
    assert [finding[2] for finding in revisar(site) if finding[2] not in USUAL] == ["FM005"]


def test_a_published_recipe_or_situation_that_is_gone_is_told(site: Path) -> None:
    lines = ("recetas/otra/\t\tOtra\t2026-01-01", "por-donde-empiezo/\tsituacion-otra\tOtra\t2026-01-01")
    write("enlaces.tsv", "".join(f"{line}\n" for line in lines))(site)
    assert [finding[1:] for finding in revisar(site) if finding[2] not in USUAL] == [(1, "REG001"), (2, "REG001")]


def test_a_text_links_to_a_recipe_as_if_it_were_a_file(site: Path) -> None:
    replace(
        "docs/acerca.md",
        "revisado: 2026-11-22\n---\n",
        "revisado: 2026-11-22\n---\nVea [una](recetas/decir-y-probar.md).\n",
    )(site)
    assert told(site) == []
    replace("docs/acerca.md", "(recetas/decir-y-probar.md)", "(recetas/decir-y-callar.md)")(site)
    assert [line.split()[1] for line in told(site)] == ["ENL001"]


def test_a_site_without_recipes_is_a_site(site: Path) -> None:
    (site / RECIPES).unlink()
    assert told(site) == []


def test_the_map_puts_a_card_in_every_step_it_serves_and_knows_what_is_missing(site: Path) -> None:
    replace(PROCESS, "ciclo: [ejecucion, seguimiento]", "ciclo: [ejecucion, evaluacion]")(site)
    rows = {
        phase.id: {cell.step.id: ([doc.id for doc in cell.docs], cell.wanted) for cell in cells}
        for phase, cells in phases_by_steps(check(site).catalog)
    }
    assert list(rows) == [
        *("descubrir", "definir", "idear", "prototipar", "probar"),
        *("implementar", "evaluar", "aprender", "gestionar", "facilitar"),
    ]
    assert rows["probar"] == {
        "diagnostico": ([], False),
        "formulacion": ([], False),
        "programacion": ([], False),
        "ejecucion": (["piloto-de-cuatro-semanas"], True),
        "seguimiento": ([], True),
        "evaluacion": (["piloto-de-cuatro-semanas"], True),
    }
