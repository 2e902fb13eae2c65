"""«Proponer una corrección»: from what is read to a text that is sent without an account, by e-mail, or on GitHub."""

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from sitio import ADDRESS, served, shared_build, shared_folder
from test_accessibility import violations

ROOT = Path(__file__).resolve().parents[2]
Visit = Callable[..., Page]

REPOSITORY = "https://github.com/ana/fichero"
EMAIL = "fichas@example.org"
MODES = pytest.mark.parametrize(
    ("width", "dark"), [(1280, False), (1280, True), (320, False)], ids=["claro", "oscuro", "320"]
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a maintainer who set an e-mail address and whose repository is known."""
    ways = {"FICHERO_SITIO": ADDRESS, "FICHERO_REPOSITORIO": REPOSITORY, "FICHERO_CORREO": EMAIL}
    with served(shared_build(shared_folder(tmp_path_factory), "con-envio", **ways)) as address:
        yield address


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to open from a disk, with neither."""
    ways = {"FICHERO_SIN_RED": "1", "FICHERO_SITIO": "", "FICHERO_REPOSITORIO": "", "FICHERO_CORREO": ""}
    return shared_build(shared_folder(tmp_path_factory), "copia-sola", **ways)


def propose(page: Page) -> None:
    page.get_by_role("link", name="Proponer una corrección").click()
    expect(page.get_by_label("Debería decir")).to_be_visible()


def filled(page: Page) -> dict[str, str]:
    names = ("Página", "Parte de la página", "Dice", "Debería decir", "Lo sé porque")
    return {name: page.get_by_label(name, exact=True).input_value() for name in names}


def test_what_was_selected_arrives_with_its_page_its_part_and_its_version(visit: Visit) -> None:
    page = visit("metodos/piloto/")
    page.locator("section.paso", has_text="Mida cómo está hoy").locator("p", has_text="línea de base").select_text()
    propose(page)
    assert filled(page) == {
        "Página": f"{ADDRESS}metodos/piloto/#paso-3",
        "Parte de la página": "Mida cómo está hoy",
        "Dice": "Mida en los dos grupos antes de empezar, con la misma boleta y los mismos días: treinta casos o más "
        "por grupo. Anote tiempo, gasto y quejas. Esa es la línea de base.",
        "Debería decir": "",
        "Lo sé porque": "",
    }


def test_without_a_selection_the_part_of_the_address_arrives_with_its_text(visit: Visit) -> None:
    page = visit("metodos/piloto/#paso-2")
    propose(page)
    told = filled(page)
    assert told["Página"] == f"{ADDRESS}metodos/piloto/#paso-2"
    assert told["Parte de la página"] == "Escoja lugares y comparación"
    assert re.match(r"1–2 semanas\s+Liste de seis a diez lugares", told["Dice"])
    assert "Mida en los dos grupos" not in told["Dice"]
    assert len(told["Dice"]) <= 600


@pytest.mark.parametrize("path", ["", "metodos/", "glosario/", "acerca/", "buscar/?q=piloto", "contribuir/informar/"])
def test_every_kind_of_page_arrives_with_a_part_and_its_text(visit: Visit, path: str) -> None:
    page = visit(path)
    page.get_by_role("link", name="Proponer una corrección").click()
    expect(page.get_by_label("Página", exact=True)).to_have_value(re.compile(f"^{ADDRESS + path.split('?')[0]}(#|$)"))
    told = filled(page)
    assert told["Parte de la página"] and told["Dice"]


def test_the_part_where_the_reader_stayed_arrives_and_not_the_foot_of_the_page(visit: Visit) -> None:
    page = visit("metodos/piloto/")
    page.evaluate("document.getElementById('paso-4').scrollIntoView()")
    page.wait_for_timeout(2_500)
    propose(page)
    expect(page.get_by_label("Parte de la página")).to_have_value("Ensaye con el personal de siempre")
    assert "Escriba el procedimiento en una hoja." in filled(page)["Dice"]


def test_a_page_that_is_not_there_can_be_told_too(visit: Visit) -> None:
    page = visit("metodos/no-existe/", tolerant=True)
    propose(page)
    assert filled(page)["Página"] == f"{ADDRESS}metodos/no-existe/"


def test_what_is_carried_is_never_in_what_a_server_receives(visit: Visit) -> None:
    page = visit("metodos/piloto/#paso-1")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    propose(page)
    assert "Firme los criterios" in filled(page)["Parte de la página"]
    sent = [url.split("#")[0] for url in asked]
    assert any(url.endswith("/contribuir/informar/") for url in sent)
    assert [url for url in sent if "?" in url] == []


@pytest.mark.parametrize(
    "link",
    [
        "#pagina=javascript:alert(1)&dice=x&parte=y",
        "#pagina=//example.com/&dice=x",
        "#pagina=../../otro&dice=x",
        "#pagina=<b>&dice=x",
        "?pagina=javascript:alert(1)",
        "?pagina=%2F%2Fexample.com%2F",
    ],
)
def test_a_forged_link_fills_nothing_in(visit: Visit, link: str) -> None:
    page = visit(f"contribuir/informar/{link}")
    assert set(filled(page).values()) == {""}


def test_what_a_link_brings_is_only_the_value_of_a_box(visit: Visit) -> None:
    page = visit('contribuir/informar/#pagina=metodos/piloto/&ancla="><b>&parte=<img src=x>&dice=<script>x</script>')
    told = filled(page)
    assert told["Página"] == f"{ADDRESS}metodos/piloto/"
    assert (told["Parte de la página"], told["Dice"]) == ("<img src=x>", "<script>x</script>")
    assert page.locator(".envio :is(img, script, b)").count() == 0


def test_a_link_of_before_still_brings_its_page(visit: Visit) -> None:
    page = visit("contribuir/informar/?pagina=metodos/piloto/")
    assert filled(page)["Página"] == f"{ADDRESS}metodos/piloto/"


def test_a_word_that_the_search_does_not_know_can_be_proposed(visit: Visit) -> None:
    page = visit("contribuir/informar/?palabra=minga")
    expect(page.get_by_label("Busqué")).to_have_value("minga")
    page.get_by_label("Esperaba encontrar").fill("una ficha de trabajo comunitario")
    mail = unquote(page.get_by_role("link", name="Enviar por correo").get_attribute("href") or "")
    assert "Busqué: minga\r\nEsperaba encontrar: una ficha de trabajo comunitario\r\n" in mail


def test_by_e_mail_everything_is_written(visit: Visit) -> None:
    page = visit("metodos/piloto/#paso-1")
    propose(page)
    page.get_by_label("Dice", exact=True).fill("En una hoja\nescriba")
    page.get_by_label("Debería decir").fill("En dos hojas & más")
    link = page.get_by_role("link", name="Enviar por correo").get_attribute("href") or ""
    assert link.startswith(f"mailto:{EMAIL}?subject=")
    asked = parse_qs(urlsplit(link).query)
    assert asked["subject"] == [f"Corrección: {ADDRESS}metodos/piloto/#paso-1"]
    assert re.fullmatch(
        re.escape(
            f"Página: {ADDRESS}metodos/piloto/#paso-1\r\nParte de la página: Firme los criterios\r\n"
            "Dice:\r\nEn una hoja\r\nescriba\r\nDebería decir: En dos hojas & más\r\nLo sé porque: \r\n"
        )
        + r"(?:Versión: [0-9a-f]+\r\n)?",
        asked["body"][0],
    )


def test_on_github_the_form_arrives_with_the_same_answers(visit: Visit) -> None:
    page = visit("metodos/piloto/#paso-1")
    propose(page)
    page.get_by_label("Debería decir").fill("En dos hojas")
    link = page.get_by_role("link", name="Llenar el formulario de GitHub").get_attribute("href") or ""
    assert link.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(link).query)
    assert asked["template"] == ["correccion.yml"]
    assert asked["pagina"] == [f"{ADDRESS}metodos/piloto/#paso-1"]
    assert asked["parte"] == ["Firme los criterios"]
    assert asked["deberia"] == ["En dos hojas"]
    assert "En una hoja" in asked["dice"][0]


@pytest.mark.parametrize("typed", ["ñ" * 9_000, "😀" * 4_000, "a" * 20_000], ids=["ñ", "emoji", "a"])
def test_a_link_is_never_longer_than_what_opens_it_accepts(visit: Visit, typed: str) -> None:
    page = visit("contribuir/informar/")
    page.get_by_label("Dice", exact=True).fill(typed)
    page.get_by_label("Lo sé porque").fill("lo medí")
    mail = page.get_by_role("link", name="Enviar por correo").get_attribute("href") or ""
    issue = page.get_by_role("link", name="Llenar el formulario de GitHub").get_attribute("href") or ""
    assert 1_000 < len(mail) <= 1_800
    assert 4_000 < len(issue) <= 7_000
    assert "…" in unquote(mail) and "lo medí" in unquote(mail)


def test_with_the_keyboard_alone_it_is_filled_copied_and_saved(visit: Visit) -> None:
    page = visit("contribuir/informar/#pagina=metodos/piloto/&dice=uno", permissions=["clipboard-read"])
    page.get_by_label("Página", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.type("dos")
    expect(page.get_by_label("Debería decir")).to_have_value("dos")
    for _ in range(3):  # «Lo sé porque», «Enviar por correo», «Copiar el texto»
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".envio [role=status]")).to_have_text("Copiado. Péguelo en un mensaje.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"Página: {ADDRESS}metodos/piloto/\nParte de la página: \nDice: uno\nDebería decir: dos\n")
    expect(page.get_by_role("button", name="Copiar el texto")).to_be_focused()
    page.keyboard.press("Tab")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "correccion.txt"
    assert waiting.value.path().read_text(encoding="utf-8") == copied


def version() -> str:
    """The commit that the pages were built from, as they say it; "" without a history."""
    done = subprocess.run(["git", "rev-parse", "--short=10", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def test_without_javascript_the_page_is_in_the_link_and_what_to_copy_is_written(visit: Visit) -> None:
    page = visit("metodos/piloto/", javascript=False)
    page.get_by_role("link", name="Proponer una corrección").click()
    expect(page).to_have_url(re.compile(r"/contribuir/informar/#pagina=metodos/piloto/$"))
    expect(page.locator(".envio")).to_contain_text("después de #pagina=")
    lines = ["Página:", "Parte de la página:", "Dice:", "Debería decir:", "Lo sé porque:"]
    lines += [f"Versión: {version()}"] if version() else []
    assert page.locator(".envio pre").inner_text().strip().split("\n") == lines
    mail = page.get_by_role("link", name=EMAIL).get_attribute("href") or ""
    assert mail.startswith(f"mailto:{EMAIL}?")
    assert parse_qs(urlsplit(mail).query) == {"subject": ["Corrección"], "body": ["\r\n".join(lines)]}
    told = f"&version={version()}" if version() else ""
    for name, form in {
        "llene el formulario": f"correccion.yml{told}",
        "una ficha": "ficha.yml",
        "un caso": "caso.yml",
        "cómo le fue con un método": "uso.yml",
    }.items():
        expect(page.get_by_role("link", name=name)).to_have_attribute(
            "href", f"{REPOSITORY}/issues/new?template={form}"
        )
    expect(page.locator("main").get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("path", ["", "metodos/piloto/", "glosario/"])
def test_without_javascript_the_form_of_github_knows_the_page_and_the_version(visit: Visit, path: str) -> None:
    page = visit(path, javascript=False)
    link = page.get_by_role("link", name="Proponerla en GitHub").get_attribute("href") or ""
    assert link.startswith(f"{REPOSITORY}/issues/new?")
    asked = parse_qs(urlsplit(link).query)
    assert asked["template"] == ["correccion.yml"]
    assert asked["pagina"] == [ADDRESS + path]
    assert asked.get("version", [""]) == [version()]


def test_with_javascript_one_link_leads_to_the_form_of_corrections(visit: Visit) -> None:
    page = visit("metodos/piloto/")
    expect(page.get_by_role("link", name="Proponerla en GitHub")).to_have_count(0)
    propose(page)
    expect(page.locator("a[href*='template=correccion.yml']").filter(visible=True)).to_have_text(
        ["Llenar el formulario de GitHub"]
    )
    expect(page.locator(".envio pre")).to_be_hidden()


def test_where_the_repository_is_not_known_nothing_leads_to_it(browser: Browser, alone: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto((alone / "metodos/piloto/index.html").as_uri())
    expect(page.locator("footer.sitio .acciones a")).to_have_text(["Proponer una corrección"])
    page.get_by_role("link", name="Proponer una corrección").click()
    expect(page).to_have_url(re.compile(r"/contribuir/informar/index\.html#pagina=metodos/piloto/$"))
    expect(page.locator(".envio pre")).to_contain_text("Debería decir:")
    expect(page.get_by_role("link", name="GitHub")).to_have_count(0)
    page.context.close()


def test_in_a_copy_from_a_disk_it_works_without_naming_a_folder_of_the_computer(browser: Browser, alone: Path) -> None:
    page = browser.new_context().new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.goto((alone / "metodos/piloto/index.html").as_uri() + "#paso-1")
    propose(page)
    told = filled(page)
    assert told["Página"] == "metodos/piloto/#paso-1"
    assert told["Parte de la página"] == "Firme los criterios"
    assert "En una hoja" in told["Dice"]
    expect(page.get_by_role("link", name="Enviar por correo")).to_have_count(0)
    expect(page.get_by_role("link", name="GitHub")).to_have_count(0)
    expect(page.locator(".envio")).to_contain_text("no tiene una dirección de correo")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Guardar en un archivo").click()
    assert waiting.value.path().read_text(encoding="utf-8").startswith("Página: metodos/piloto/#paso-1\n")
    assert wrong == []
    page.context.close()


@MODES
def test_axe_finds_nothing_in_the_form_and_it_fits(visit: Visit, width: int, dark: bool) -> None:
    page = visit("metodos/piloto/#paso-1", width=width, dark=dark)
    propose(page)
    page.get_by_role("button", name="Guardar en un archivo").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
