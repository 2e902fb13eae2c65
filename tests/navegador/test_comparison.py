"""Choosing two or three cards in the finder, and the page that shows them side by side."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

Visit = Callable[..., Page]

TWO = "comparar/?m=arbol-de-problemas,piloto"
THREE = f"{TWO},indicadores"


def columns(page: Page) -> list[str]:
    expect(page.get_by_role("table")).to_be_visible()
    return page.get_by_role("columnheader").all_inner_texts()


def tick(page: Page, *titles: str) -> None:
    for title in titles:
        page.get_by_role("checkbox", name=f"Comparar {title}").check()


def test_two_cards_are_chosen_in_the_list_and_compared(visit: Visit) -> None:
    page = visit("metodos/")
    expect(page.get_by_role("link", name=re.compile("^Comparar"))).to_have_count(0)
    tick(page, "Piloto")
    expect(page.locator(".eleccion")).to_contain_text("Marque otra para comparar")
    tick(page, "Árbol de problemas")
    page.get_by_role("link", name="Comparar (2)").click()
    expect(page).to_have_url(re.compile(re.escape("/comparar/?m=piloto,arbol-de-problemas") + "$"))
    assert columns(page) == ["Piloto", "Árbol de problemas"]
    page.go_back()
    expect(page.get_by_role("checkbox", name="Comparar Piloto")).to_be_checked()
    expect(page.get_by_role("link", name="Comparar (2)")).to_be_visible()


def test_a_fourth_card_is_not_ticked_and_the_page_says_why(visit: Visit) -> None:
    page = visit("metodos/")
    tick(page, "Piloto", "Indicadores", "Retrospectiva")
    fourth = page.get_by_role("checkbox", name="Comparar Plan de acción")
    fourth.click()
    expect(fourth).not_to_be_checked()
    expect(page.locator(".eleccion [role=status]")).to_contain_text("tres fichas como mucho")
    expect(page.get_by_role("link", name="Comparar (3)")).to_be_visible()
    page.get_by_role("button", name="Quitar marcas").click()
    expect(page.locator(".elegir input:checked")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="Comparar Piloto")).to_be_focused()
    expect(page).to_have_url(re.compile(re.escape("/metodos/") + "$"))


def test_ticking_a_card_neither_opens_it_nor_moves_the_list(visit: Visit) -> None:
    page = visit("metodos/?fase=definir")
    row = page.locator(".grupo .fila:visible").first
    box = row.locator("label")
    row.evaluate("row => row.scrollIntoView()")
    before = row.bounding_box()
    size = box.bounding_box()
    assert size
    assert size["height"] >= 44
    assert size["width"] >= 44
    box.click()
    expect(box.get_by_role("checkbox")).to_be_checked()
    expect(page).to_have_url(re.compile(re.escape("/metodos/?fase=definir&m=")))
    assert row.bounding_box() == before
    row.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/metodos/[a-z-]+/$"))


def test_ticks_and_filters_share_the_address(visit: Visit) -> None:
    page = visit("metodos/?m=piloto,no-existe,piloto", width=1280)
    expect(page.locator(".elegir input:checked")).to_have_count(1)
    page.get_by_label("Fase", exact=True).select_option("probar")
    tick(page, "Prueba de usabilidad")
    expect(page).to_have_url(re.compile(re.escape("/metodos/?fase=probar&m=piloto,prueba-de-usabilidad") + "$"))
    page.get_by_role("button", name="Quitar filtros").click()
    expect(page).to_have_url(re.compile(re.escape("/metodos/?m=piloto,prueba-de-usabilidad") + "$"))


def test_cards_are_ticked_and_compared_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit("metodos/", width=1280)
    for title in ("Piloto", "Indicadores"):
        page.get_by_role("checkbox", name=f"Comparar {title}").focus()
        page.keyboard.press("Space")
    page.get_by_role("link", name="Comparar (2)").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table")).to_be_visible()


def test_the_table_says_what_each_card_says(visit: Visit) -> None:
    page = visit(TWO, width=1280)
    expect(page).to_have_title("Árbol de problemas · Piloto · Comparar · Fichero")
    for name, first, second in (
        ("Tiempo", "120–160 min", "12–20 semanas"),
        ("Personas", "6–12", "4–8"),
        ("Dificultad", "Media", "Alta"),
        ("No lo use cuando", "haga antes una entrevista", "La idea cambia cada día"),
    ):
        row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))
        expect(row.get_by_role("cell").nth(0)).to_contain_text(first)
        expect(row.get_by_role("cell").nth(1)).to_contain_text(second)
    page.get_by_role("link", name="Piloto", exact=True).click()
    expect(page).to_have_title("Piloto · Fichero")


@pytest.mark.parametrize("path", [TWO, THREE])
@pytest.mark.parametrize("width", [320, 360])
def test_the_comparison_is_read_on_a_phone_without_scrolling_sideways(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width=width)
    expect(page.get_by_role("table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.evaluate(
        "Array.from(document.querySelectorAll('th, td')).filter(cell => cell.scrollWidth > cell.clientWidth + 1)"
        ".map(cell => cell.textContent)"
    )
    assert cut == []
    narrow = page.evaluate(
        "Math.min(...Array.from(document.querySelectorAll('tbody td'), cell => cell.getBoundingClientRect().width))"
    )
    assert narrow >= 140


@pytest.mark.parametrize("path", [TWO, THREE])
def test_the_comparison_prints_on_one_letter_page_with_nothing_cut(visit: Visit, path: str) -> None:
    page = visit(path, width=703)  # a Letter page between its margins
    page.emulate_media(media="print")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("button", name="Comparar")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 703
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True))) == 1


def test_with_fewer_than_two_cards_there_is_a_form_to_choose_them(visit: Visit) -> None:
    page = visit("comparar/")
    expect(page.locator("[data-aviso]")).to_have_text("Escoja dos o tres fichas.")
    expect(page.get_by_role("table")).to_be_hidden()
    page.get_by_label("Ficha 1").select_option(label="Piloto")
    page.get_by_label("Ficha 3").select_option(label="Indicadores")
    page.get_by_role("button", name="Comparar").click()
    page.wait_for_url("**/comparar/?m=piloto,indicadores")
    assert columns(page) == ["Piloto", "Indicadores"]
    expect(page.get_by_role("link", name="Volver a la lista de métodos")).to_have_attribute(
        "href", "../metodos/?m=piloto,indicadores"
    )


def test_the_form_of_a_browser_that_sends_it_by_itself_is_understood(visit: Visit) -> None:
    page = visit("comparar/?m=piloto&m=&m=indicadores")
    assert columns(page) == ["Piloto", "Indicadores"]


def test_of_more_than_three_the_first_three_are_shown(visit: Visit) -> None:
    page = visit(f"{THREE},retrospectiva")
    assert columns(page) == ["Árbol de problemas", "Piloto", "Indicadores"]
    expect(page.locator("[data-aviso]")).to_contain_text("tres fichas como mucho")


HOSTILE = [
    "<script>document.title=1</script>",
    "<img src=x onerror=document.title=1>",
    "__proto__",
    "constructor",
    "../assets/filtro",
    "//example.com/x",
    "javascript:alert(1)",
    "x" * 10_000,
    "Piloto",
    "%00",
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_name_that_is_no_card_is_told_and_asked_of_nobody(visit: Visit, value: str) -> None:
    page = visit(f"comparar/?m=piloto,{quote(value, safe='')}")
    expect(page.locator("[data-aviso]")).to_contain_text("No existe «")
    expect(page.locator("[data-aviso]")).to_contain_text("Escoja dos o tres fichas.")
    expect(page).to_have_title("Comparar métodos · Fichero")
    expect(page.get_by_role("table")).to_be_hidden()
    scripts = page.evaluate("Array.from(document.scripts, script => script.src.split('/').pop()).filter(Boolean)")
    assert scripts == ["buscador.js", "comparar.js"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert len(page.locator("[data-aviso]").inner_text()) < 400


def test_a_card_whose_facts_do_not_come_is_told_and_the_others_are_compared(visit: Visit) -> None:
    page = visit("comparar/", tolerant=True)
    page.route("**/comparar/indicadores.js", lambda route: route.abort())
    page.goto(page.url + THREE.removeprefix("comparar/"))
    expect(page.locator("[data-aviso]")).to_have_text("No existe «indicadores».")
    assert columns(page) == ["Árbol de problemas", "Piloto"]


def test_without_javascript_the_page_says_so_and_leads_to_the_list(visit: Visit) -> None:
    page = visit(TWO, javascript=False)
    expect(page.get_by_text("Para comparar hace falta JavaScript")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="la lista de métodos").click()
    expect(page).to_have_title("Métodos · Fichero")


def test_the_comparison_works_from_a_disk(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto(f"{(site / 'comparar/index.html').as_uri()}?m=piloto,indicadores")
    expect(page.get_by_role("columnheader")).to_have_text(["Piloto", "Indicadores"])
    page.goto(f"{(site / 'metodos/index.html').as_uri()}?minutos=60")
    page.get_by_role("checkbox", name="Comparar Prueba de usabilidad").check()
    expect(page.locator(".eleccion")).to_contain_text("1 ficha marcada")
    expect(page).to_have_url(re.compile(re.escape("?minutos=60&m=prueba-de-usabilidad") + "$"))
    page.close()
