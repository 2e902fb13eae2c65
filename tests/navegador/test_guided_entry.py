"""From a situation to a recipe by keyboard, by touch and without JavaScript; the recipe's page; the map of methods."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from sitio import ROOT
from test_accessibility import violations

from fichero.kinds import meta
from fichero.model import Method
from fichero.pipeline import check

Visit = Callable[..., Page]
ENTRY = "por-donde-empiezo/"
CATALOG = check(ROOT).catalog
SITUATIONS = list(CATALOG.situations)
MAX_ANSWERS = 3


def box(page: Page, situation: str) -> Locator:
    """The situation's details element."""
    return page.locator(f"details:has(> #situacion-{situation})")


def answers(page: Page) -> Locator:
    """The closed answers that can be seen."""
    return page.locator(".respuestas details:not([open]) > summary:visible")


def walk(page: Page, opened: Callable[[Locator], None], which: int) -> int:
    """Give the first or the last answer of each question until a recipe is there; how many answers that took."""
    question = page.locator("details[open] > .sigue > .respuestas").first
    for given in range(1, MAX_ANSWERS + 1):
        answer = question.locator("> li > details").nth(which)
        opened(answer.locator("> summary"))
        if answer.locator("> .receta").count():
            expect(answer.locator("> .receta")).to_be_visible()
            return given
        question = answer.locator("> .sigue > .respuestas")
    raise AssertionError("no recipe after three answers")


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("which", [0, -1], ids=["primera", "ultima"])
def test_three_answers_by_touch_lead_from_a_situation_to_a_recipe(visit: Visit, situation: str, which: int) -> None:
    page = visit(ENTRY, has_touch=True, is_mobile=True)
    box(page, situation).locator("> summary").tap()
    assert 1 <= walk(page, lambda summary: summary.tap(), which) <= MAX_ANSWERS
    link = page.locator(".receta:visible a")
    expect(link).to_have_count(1)
    title = link.inner_text()
    link.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_keyboard_alone_leads_from_a_situation_to_a_recipe(visit: Visit, situation: str) -> None:
    page = visit(ENTRY)

    def press(summary: Locator) -> None:
        for _ in range(60):
            page.keyboard.press("Tab")
            if summary.evaluate("element => element === document.activeElement"):
                return page.keyboard.press("Enter")
        raise AssertionError("the keyboard does not get there")

    press(box(page, situation).locator("> summary"))
    walk(page, press, 0)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/recetas/[a-z-]+/$"))


def test_one_situation_is_open_at_a_time(visit: Visit) -> None:
    page = visit(ENTRY)
    box(page, SITUATIONS[0]).locator("> summary").click()
    box(page, SITUATIONS[1]).locator("> summary").click()
    expect(page.locator(".situaciones > li > details[open]")).to_have_count(1)


def test_without_javascript_it_works_the_same(visit: Visit) -> None:
    page = visit(ENTRY, javascript=False)
    box(page, SITUATIONS[0]).locator("> summary").click()
    walk(page, lambda summary: summary.click(), -1)
    page.locator(".receta:visible a").click()
    expect(page.get_by_role("heading", name="Lo que esta receta no resuelve")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_link_to_a_situation_opens_it(visit: Visit, javascript: bool) -> None:
    page = visit(f"{ENTRY}#situacion-{SITUATIONS[4]}", javascript=javascript)
    expect(page.locator(f"#situacion-{SITUATIONS[4]}")).to_be_visible()
    expect(box(page, SITUATIONS[4]).locator("> summary")).to_be_in_viewport()
    expect(page.locator(".situaciones > li > details[open]")).to_have_count(1)


def test_the_printed_page_has_every_question_and_every_recipe(visit: Visit) -> None:
    page = visit(ENTRY)
    page.emulate_media(media="print")
    expect(page.locator(".pregunta:visible")).to_have_count(page.locator(".pregunta").count())
    titles = page.locator(".receta .titulo")
    assert all(
        title.evaluate("element => element.checkVisibility({contentVisibilityAuto: true})") for title in titles.all()
    )


@pytest.mark.parametrize("options", [{}, {"dark": True}, {"width": 320}], ids=["claro", "oscuro", "320"])
def test_axe_finds_nothing_with_a_branch_open(visit: Visit, options: dict[str, int]) -> None:
    page = visit(ENTRY, **options)
    box(page, SITUATIONS[0]).locator("> summary").click()
    walk(page, lambda summary: summary.click(), -1)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_choice_is_large_enough_for_a_finger(visit: Visit) -> None:
    page = visit(ENTRY)
    box(page, SITUATIONS[0]).locator("> summary").click()
    for summary in page.locator("summary:visible").all():
        size = summary.bounding_box()
        assert size and size["height"] >= 44 and size["width"] >= 44, summary.inner_text()


def test_the_home_page_offers_the_way_in_on_the_first_screen(visit: Visit) -> None:
    page = visit("")
    link = page.get_by_role("link", name="¿No sabe por dónde empezar?")
    expect(link).to_be_in_viewport()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Por dónde empiezo?")


def test_a_recipe_says_its_methods_in_order_with_times_reasons_and_limits(visit: Visit) -> None:
    recipe = CATALOG.recipes["piloto-con-reglas"]
    page = visit("recetas/piloto-con-reglas/")
    rows = page.locator("ol.filas > .fila")
    expect(rows).to_have_count(len(recipe.pasos))
    for number, (row, step) in enumerate(zip(rows.all(), recipe.pasos, strict=True), 1):
        expect(row.get_by_role("link")).to_have_text(f"{number}. {CATALOG.method[step.metodo].meta.titulo}")
        expect(row).to_contain_text(step.porque)
    expect(page.locator("dl.hechos")).to_contain_text("12–20 semanas")
    expect(page.locator(".limites")).to_contain_text(recipe.limites)
    page.locator(".llegadas a").first.click()
    page.wait_for_url(re.compile("/por-donde-empiezo/#situacion-"))
    expect(page.locator("details[open] > .sigue")).to_be_visible()


def test_the_bars_of_a_recipe_fill_the_time_with_the_group(visit: Visit) -> None:
    page = visit("recetas/oir-y-buscar-causas/")
    parts = page.locator(".barra .parte").evaluate_all(
        "all => all.map(b => [b.x.baseVal.value, b.width.baseVal.value])"
    )
    end = 0.0
    for start, width in parts:
        assert abs(start - end) <= 0.2
        end = start + width
    assert abs(end - 100) <= 0.3


def test_a_printed_recipe_is_one_sheet_with_its_limits(visit: Visit) -> None:
    page = visit("recetas/piloto-con-reglas/")
    page.emulate_media(media="print")
    expect(page.locator(".limites")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimir")).to_be_hidden()
    sheet = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_a_card_names_its_recipes(visit: Visit) -> None:
    page = visit("metodos/piloto/")
    page.locator(".recetas").get_by_role("link", name="Hacer un piloto con reglas firmadas antes").click()
    expect(page).to_have_title("Hacer un piloto con reglas firmadas antes · Fichero")


def test_a_cell_of_the_map_leads_to_its_cards(visit: Visit) -> None:
    page = visit("metodos/mapa/")
    page.get_by_role("link", name="Definir, Diagnóstico: 2 fichas", exact=True).click()
    page.wait_for_url("**/metodos/?fase=definir&ciclo=diagnostico#fase-definir")
    expect(page.get_by_role("heading", name="Definir")).to_be_in_viewport()


def test_the_map_and_its_table_say_the_same(visit: Visit) -> None:
    page = visit("metodos/mapa/", javascript=False)
    drawn = page.locator("svg.mapa a text").all_text_contents()
    listed = [str(row.get_by_role("link").count()) for row in page.locator(".tabla-mapa tr:has(td)").all()]
    assert drawn == listed
    assert sum(map(int, listed)) == sum(len(meta(doc, Method).ciclo) for doc in CATALOG.methods)
    missing = page.locator("#lo-que-falta ~ ul li").all_inner_texts()
    assert page.locator("svg[role=group] .hueco").count() == sum(line.count(",") + 1 for line in missing)


def test_each_family_of_the_map_has_its_notch_in_another_place(visit: Visit) -> None:
    page = visit("metodos/mapa/")
    notches = page.locator(".leyenda .muesca").evaluate_all("all => all.map(path => path.getAttribute('d'))")
    assert len(set(notches)) == len(notches) == 5
