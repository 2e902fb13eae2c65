"""The finder of /metodos/: each filter, its counts, its address, and what it says when nothing is left."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from fichero.facets import FACETS

Visit = Callable[..., Page]

LABELS = {facet.name: facet.label for facet in FACETS}
COUNTED = re.compile(r"(.*) \((\d+)\)")


def rows(page: Page) -> Locator:
    return page.locator(".grupo .fila:visible")


def select(page: Page, name: str) -> Locator:
    return page.get_by_label(LABELS[name], exact=True)


def options(page: Page, name: str) -> list[tuple[str, int, bool]]:
    """The choices of a select: value, how many cards it says it would leave, whether it can be chosen."""
    found: list[tuple[str, int, bool]] = []
    for value, text, disabled in select(page, name).evaluate(
        "select => Array.from(select.options, option => [option.value, option.text, option.disabled])"
    ):
        match = COUNTED.fullmatch(text)
        assert match, text
        found.append((value, int(match[2]), not disabled))
    return found


@pytest.mark.parametrize("name", LABELS)
def test_every_option_says_how_many_cards_it_leaves_and_leaves_them(visit: Visit, name: str) -> None:
    page = visit("metodos/?modalidad=a-distancia", width=1280)
    for value, count, enabled in options(page, name):
        assert enabled is (count > 0 or value == "")
        if not enabled:
            continue
        select(page, name).select_option(value)
        expect(rows(page)).to_have_count(count)
        expect(page.locator("output")).to_have_text("1 ficha" if count == 1 else f"{count} fichas")
        if value:
            for row in rows(page).all():
                assert value in (row.get_attribute(f"data-{name}") or "").split()


def test_counts_answer_to_the_other_filters(visit: Visit) -> None:
    page = visit("metodos/", width=1280)
    before = {value: count for value, count, _ in options(page, "fase")}
    select(page, "dificultad").select_option("alta")
    after = {value: count for value, count, _ in options(page, "fase")}
    assert after != before
    assert after[""] == rows(page).count()
    assert 0 in after.values(), "a phase without hard cards cannot be chosen now"
    assert sum(count for value, count in after.items() if value) == after[""]


def test_the_address_says_what_is_chosen_and_the_page_comes_back_from_it(visit: Visit) -> None:
    page = visit("metodos/", width=1280)
    select(page, "minutos").select_option("180")
    select(page, "fase").select_option("definir")
    select(page, "se-lleva").select_option("compromisos")
    expect(page).to_have_url(re.compile(re.escape("/metodos/?fase=definir&minutos=180&se-lleva=compromisos") + "$"))
    shown = rows(page).all_text_contents()
    page.reload()
    assert rows(page).all_text_contents() == shown
    expect(select(page, "se-lleva")).to_have_value("compromisos")
    page.goto(page.url.replace("definir", "probar").replace("&se-lleva=compromisos", ""))
    expect(select(page, "fase")).to_have_value("probar")
    expect(select(page, "se-lleva")).to_have_value("")


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("minutos=100", "minutos", "90"),
        ("minutos=100000", "minutos", "480"),
        ("minutos=dias", "minutos", "dias"),
        ("personas=8", "personas", "6"),
        ("personas=500", "personas", "30"),
        ("personas=-3", "personas", ""),
        ("modalidad=__proto__", "modalidad", ""),
        ("se-lleva=%3Cimg%20src%3Dx%3E", "se-lleva", ""),
        ("dificultad=constructor", "dificultad", ""),
    ],
)
def test_a_link_may_say_any_number_and_nonsense_filters_nothing(
    visit: Visit, query: str, name: str, value: str
) -> None:
    page = visit(f"metodos/?{query}", width=1280)
    expect(select(page, name)).to_have_value(value)
    if not value:
        expect(rows(page)).to_have_count(page.locator(".fila").count())


def test_filters_are_taken_away_one_by_one_or_all_at_once(visit: Visit) -> None:
    page = visit("metodos/?fase=definir&minutos=180&dificultad=media")
    everything = page.locator(".fila").count()
    expect(page.locator("summary").first).to_have_text("Filtrar (3)")
    page.get_by_role("button", name="Quitar «Hasta 3 horas»").click()
    expect(page).to_have_url(re.compile(re.escape("/metodos/?fase=definir&dificultad=media") + "$"))
    expect(page.locator("summary").first).to_be_focused()
    expect(page.locator("summary").first).to_have_text("Filtrar (2)")
    page.get_by_role("button", name="Quitar filtros").click()
    expect(rows(page)).to_have_count(everything)
    expect(page.locator("summary").first).to_be_focused()
    expect(page.get_by_role("button", name="Quitar filtros")).to_be_hidden()
    expect(page).to_have_url(re.compile(re.escape("/metodos/") + "$"))


def test_what_takes_days_does_not_leave_the_list_without_a_word(visit: Visit) -> None:
    page = visit("metodos/?minutos=120")
    for row in rows(page).all():
        expect(row).to_contain_text(" min ")
    page.get_by_role("button", name=re.compile(r"^Ver \d+ fichas? de días o semanas$")).click()
    expect(select(page, "minutos")).to_have_value("dias")
    assert rows(page).count() > 0
    for row in rows(page).all():
        expect(row).to_contain_text(re.compile("semanas|días"))
    expect(page).to_have_url(re.compile(re.escape("/metodos/?minutos=dias") + "$"))


def test_an_empty_list_names_the_filter_whose_removal_leaves_most(visit: Visit) -> None:
    page = visit("metodos/?fase=evaluar&dificultad=media&personas=1")
    expect(rows(page)).to_have_count(0)
    left = {}
    for name in ("fase", "dificultad", "personas"):
        left[name] = next(count for value, count, _ in options(page, name) if value == "")
    best = max(left, key=lambda name: left[name])
    expect(page.locator("[data-vacio]")).to_contain_text("Ninguna ficha cumple todos los filtros.")
    page.locator("[data-vacio]").get_by_role("button").click()
    expect(select(page, best)).to_have_value("")
    expect(rows(page)).to_have_count(left[best])
    expect(page.locator("[data-vacio]")).to_be_hidden()


def test_a_list_that_one_filter_less_leaves_empty_says_so(visit: Visit) -> None:
    page = visit("metodos/?fase=evaluar&personas=1&se-lleva=ideas&minutos=dias")
    expect(page.locator("[data-vacio]")).to_contain_text("ni quitando uno de ellos")
    page.get_by_role("button", name="Quitar filtros").click()
    expect(rows(page).first).to_be_visible()


def test_on_a_phone_the_first_card_is_on_the_first_screen(visit: Visit) -> None:
    page = visit("metodos/", width=360, height=640)
    expect(select(page, "fase")).to_be_hidden()
    expect(rows(page).first.get_by_role("link")).to_be_in_viewport()
    page.locator("summary").first.click()
    expect(select(page, "fase")).to_be_visible()


def test_on_a_wide_screen_the_filters_are_open(visit: Visit) -> None:
    page = visit("metodos/", width=1280)
    for name in LABELS:
        expect(select(page, name)).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 640})
    expect(select(page, "fase")).to_be_hidden()


def test_the_finder_works_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("metodos/")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(select(page, "fase")).to_be_focused()
    page.keyboard.type("Defi")
    expect(select(page, "fase")).to_have_value("definir")
    expect(page.locator("output")).to_have_text(re.compile(r"^\d fichas?$"))
    expect(page).to_have_url(re.compile(re.escape("fase=definir")))


def test_the_count_is_told_to_who_does_not_see_the_list(visit: Visit) -> None:
    page = visit("metodos/")
    expect(page.get_by_role("status").first).to_have_text(f"{page.locator('.fila').count()} fichas")


def test_every_row_says_when_it_does_not_apply(visit: Visit) -> None:
    page = visit("metodos/")
    said = page.locator(".fila .aplica").all_text_contents()
    assert len(said) == page.locator(".fila").count()
    assert all(re.match(r"No aplica si [^A-ZÁÉÍÓÚ]", text) for text in said), said
    assert not any(re.search(r"\]|\[|\*", text) for text in said)


def test_without_javascript_each_way_of_choosing_has_its_list(visit: Visit) -> None:
    page = visit("metodos/", javascript=False)
    expect(page.locator(".filtro, .elegir, .eleccion").locator("visible=true")).to_have_count(0)
    page.get_by_role("link", name="otras listas").click()
    page.get_by_role("link", name="Métodos por lo que se lleva el grupo").click()
    expect(page).to_have_title("Métodos por lo que se lleva el grupo · Fichero")
    expect(page.get_by_role("heading", name="Compromisos con fecha")).to_be_visible()
    page.get_by_role("link", name="Métodos por tiempo").click()
    assert page.locator(".fila").count() == len(set(page.locator(".fila .titulo").all_inner_texts()))


def test_the_printed_list_has_every_row_and_no_controls(visit: Visit) -> None:
    page = visit("metodos/")
    page.emulate_media(media="print")
    expect(page.locator(".filtro, .elegir, .eleccion, .otras").locator("visible=true")).to_have_count(0)
    assert min(row.inner_text().count("No aplica si") for row in page.locator(".fila").all()) == 1
