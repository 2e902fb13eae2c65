"""The first journeys of the three people who use the site."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_a_public_servant_goes_from_a_need_to_the_steps_in_two_clicks(visit: Visit) -> None:
    page = visit("")
    expect(page.get_by_role("heading", level=1)).to_have_text("¿Qué necesita hacer?")
    page.get_by_role("listitem").filter(has_text="Hay muchas quejas").get_by_role("link").click()
    expect(page).to_have_title("Árbol de problemas · Fichero")
    expect(page.get_by_role("heading", name="Úselo cuando")).to_be_visible()
    expect(page.locator("section.paso")).to_have_count(8)


def test_the_catalogue_filters_by_phase_and_minutes_and_the_address_says_so(visit: Visit) -> None:
    page = visit("metodos/")
    everything = page.locator(".fila:visible").count()
    page.get_by_text("Filtrar", exact=True).click()
    page.get_by_label("Fase", exact=True).select_option("definir")
    page.get_by_label("Tiempo con el grupo").select_option("180")
    expect(page).to_have_url(re.compile(re.escape("/metodos/?fase=definir&minutos=180") + "$"))
    shown = page.locator(".fila:visible")
    assert 0 < shown.count() < everything
    for row in shown.all():
        assert row.get_attribute("data-fase") == "definir"
        assert "180" in (row.get_attribute("data-minutos") or "").split()
    expect(page.locator("output")).to_have_text(re.compile(rf"^{shown.count()} fichas?$"))
    page.get_by_role("button", name="Quitar filtros").click()
    expect(page.locator(".fila:visible")).to_have_count(everything)
    expect(page).to_have_url(re.compile(re.escape("/metodos/") + "$"))


@pytest.mark.parametrize(
    ("query", "phase", "minutes"),
    [
        ("?fase=definir&minutos=60", "definir", "60"),
        ("?minutos=100", "", "90"),
        ("?fase=no-existe", "", ""),
        ("?fase=%3Cscript%3E&minutos=__proto__", "", ""),
    ],
)
def test_a_link_with_a_filter_opens_filtered_and_never_shows_more_than_asked(
    visit: Visit, query: str, phase: str, minutes: str
) -> None:
    page = visit("metodos/" + query)
    expect(page.get_by_label("Fase", exact=True)).to_have_value(phase)
    expect(page.get_by_label("Tiempo con el grupo")).to_have_value(minutes)


def test_a_trainer_links_to_one_step_and_lands_on_it(visit: Visit) -> None:
    page = visit("metodos/arbol-de-problemas/#paso-3")
    step = page.locator("#paso-3")
    expect(step).to_be_in_viewport()
    expect(step).to_contain_text("Acuerde el problema central")


def test_a_trainer_follows_the_short_printed_address(visit: Visit) -> None:
    page = visit("m/001/")
    page.wait_for_url("**/metodos/arbol-de-problemas/")


def test_a_trainer_facilitates_one_step_at_a_time_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("metodos/arbol-de-problemas/", width=1280, height=800)
    opener = page.get_by_role("link", name="Facilitar", exact=True)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Paso 1 de 8")
    page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Paso 2 de 8")
    expect(dialog.get_by_role("heading")).to_contain_text("Escriba qué le pasa a quién")
    expect(dialog.get_by_role("timer")).to_have_text(re.compile(r"^0:0\d$"))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_printed_card_has_its_short_address_and_its_code_and_no_menus(visit: Visit) -> None:
    page = visit("metodos/arbol-de-problemas/")
    page.emulate_media(media="print")
    expect(page.get_by_text("https://example.org/fichero/m/001/")).to_be_visible()
    expect(page.locator("svg.qr")).to_be_visible()
    expect(page.get_by_role("navigation", name="Principal")).to_be_hidden()
    expect(page.get_by_role("button", name="Imprimir")).to_be_hidden()


def test_a_guide_remembers_what_was_ticked(visit: Visit) -> None:
    page = visit("guias/del-problema-al-piloto/")
    box = page.get_by_role("checkbox").nth(1)
    box.check()
    page.reload()
    expect(box).to_be_checked()
    expect(page.get_by_role("checkbox").nth(0)).not_to_be_checked()
    box.uncheck()
    page.reload()
    expect(box).not_to_be_checked()


def test_a_contributor_sees_in_which_file_a_page_is_written(visit: Visit) -> None:
    page = visit("casos/reporte-al-contribuyente/")
    expect(page.locator("footer.sitio")).to_contain_text("cases/reporte-al-contribuyente.md")


def test_a_case_says_its_outcome_before_anything_else(visit: Visit) -> None:
    page = visit("casos/cuentas-claras-luz-gas/")
    expect(page.locator("article .resultado").first).to_have_text("Sin medición")
    expect(page.get_by_role("heading", name="Lo que no se sabe")).to_be_visible()


def test_a_card_names_the_cases_and_guides_that_use_it(visit: Visit) -> None:
    page = visit("metodos/piloto/")
    used = page.locator("#usado-en + ul")
    expect(used.get_by_role("link", name="luz y gas")).to_be_visible()
    expect(used).to_contain_text("Sin medición")
    expect(page.locator("#guias + ul").get_by_role("link", name="Del problema público al piloto")).to_be_visible()


def test_a_term_leads_to_its_definition(visit: Visit) -> None:
    page = visit("guias/del-problema-al-piloto/")
    term = page.locator("a.termino").first
    fragment = (term.get_attribute("href") or "").split("#")[1]
    term.click()
    expect(page.locator(f"[id='{fragment}']")).to_be_in_viewport()


def test_a_wrong_address_offers_the_way_back(visit: Visit) -> None:
    page = visit("metodos/no-existe/", tolerant=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Esta página no está")
    page.get_by_role("link", name="de la A a la Z").click()
    expect(page).to_have_title("Métodos de la A a la Z · Fichero")


def test_on_a_wide_screen_the_number_of_a_step_stands_in_the_margin_beside_its_title(visit: Visit) -> None:
    page = visit("metodos/piloto/", width=1280, height=800)
    for number, title in zip(page.locator(".paso .numero").all(), page.locator(".paso h3").all(), strict=True):
        mark, text = number.bounding_box(), title.bounding_box()
        assert mark and text
        assert mark["x"] + mark["width"] < text["x"]
        assert abs(mark["y"] - text["y"]) < 20
