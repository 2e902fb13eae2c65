"""axe-core on every type of page, in light, dark and at 320 px, with no rule excepted; keyboard and no JavaScript."""

import re
from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
TYPES = [
    "",
    "metodos/",
    "metodos/ciclo/",
    "metodos/a-z/",
    "metodos/arbol-de-problemas/",
    "metodos/piloto/",
    "casos/",
    "casos/reporte-al-contribuyente/",
    "guias/",
    "guias/del-problema-al-piloto/",
    "glosario/",
    "fuentes/",
    "acerca/",
    "ensenar/",
    "datos/",
    "contribuir/",
    "contribuir/ficha/",
    "contribuir/errores/",
    "contribuir/salud/",
    "contribuir/usos/",
    "contribuir/referencia/",
    "contribuir/informar/?pagina=metodos/piloto/",
    "laboratorio/historia/",
    "manuales/definir-un-laboratorio/",
    "red/",
    "por-donde-empiezo/",
    "por-donde-empiezo/#situacion-piloto-por-decidir",
    "recetas/",
    "recetas/piloto-con-reglas/",
    "metodos/mapa/",
    "404.html",
    "metodos/tiempo/",
    "metodos/se-lleva/",
    "metodos/?fase=evaluar&personas=1",
    "metodos/?minutos=120&m=indicadores,retrospectiva",
    "comparar/",
    "comparar/?m=arbol-de-problemas,piloto",
    "comparar/?m=arbol-de-problemas,piloto,indicadores",
]
RULES = """async () => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.map(rule => rule.id + ": " + rule.nodes.map(node => node.html.slice(0, 160)).join(" | "));
}"""


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)  # not a script element: the page's policy would refuse it
    found: list[str] = page.evaluate(RULES)
    return found


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False)], ids=["claro", "oscuro", "320"])
@pytest.mark.parametrize("path", TYPES)
def test_axe_finds_nothing(visit: Visit, path: str, width: int, dark: bool) -> None:
    assert violations(visit(path, width=width, dark=dark)) == []


def test_axe_finds_nothing_in_the_open_filters_of_a_phone(visit: Visit) -> None:
    page = visit("metodos/?minutos=120", width=320)
    page.locator("summary").first.click()
    expect(page.get_by_label("Fase", exact=True)).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_finds_nothing_while_facilitating(visit: Visit) -> None:
    page = visit("metodos/arbol-de-problemas/")
    page.get_by_role("link", name="Facilitar", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", TYPES)
def test_nothing_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    page = visit(path, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_first_tab_offers_to_skip_to_the_content(visit: Visit) -> None:
    page = visit("metodos/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ir al contenido")).to_be_focused()
    expect(page.get_by_role("link", name="Ir al contenido")).to_be_in_viewport()


def test_without_javascript_everything_is_there_to_read(visit: Visit) -> None:
    page = visit("metodos/arbol-de-problemas/", javascript=False)
    expect(page.locator("section.paso")).to_have_count(8)
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="Facilitar", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape("#pasos") + "$"))


def test_without_javascript_the_lists_are_whole_and_no_dead_control_is_shown(visit: Visit) -> None:
    page = visit("metodos/", javascript=False)
    expect(page.get_by_role("combobox")).to_have_count(0)
    whole = page.locator(".fila").count()
    assert whole >= 16
    expect(page.locator(".fila:visible")).to_have_count(whole)
    page.get_by_role("link", name="de la A a la Z").click()
    expect(page.get_by_role("link", name="Árbol de problemas").first).to_be_visible()


def test_without_javascript_a_checklist_still_ticks(visit: Visit) -> None:
    page = visit("guias/del-problema-al-piloto/", javascript=False)
    box = page.get_by_role("checkbox").first
    box.check()
    expect(box).to_be_checked()
