"""The page that says what Fichero lacks: each list, and that no clock decides what is in it."""

import datetime
import re
from dataclasses import replace as with_fields
from pathlib import Path

import pytest
from changes import CASE, GUIDE, PAGE, PROCESS, RECIPES, REPORTS, SESSION, SOURCES, append, copy, replace, write

from fichero.health import Health, health
from fichero.history import History
from fichero.link import Catalog, without_places
from fichero.pipeline import check
from fichero.render import render
from fichero.settings import Settings

DRAFT = copy(
    PROCESS, "methods/borrador.md", ("codigo: M002", "codigo: M003"), ("estado: publicado", "estado: borrador")
)
NEXT = "proxima_revision: 2027-11-22"


def of(site: Path) -> Health:
    return health(check(site).catalog)


def article(catalog: Catalog, settings: Settings | None = None) -> str:
    return render(catalog, settings or Settings())["contribuir/salud.md"].html


def part(html: str, anchor: str) -> str:
    """A section of the page, with its links and without its other marks."""
    found = re.search(rf'(?s)<h2 id="{anchor}">.*?</h2>(.*?)(?=<h2|\Z)', html)
    assert found, anchor
    return re.sub(r"\s+", " ", re.sub(r"</?(?!a\b)[a-z][^>]*>", "", found[1]))


def test_a_review_is_due_when_the_newest_date_of_the_content_reaches_it(site: Path) -> None:
    assert of(site).day == datetime.date(2026, 11, 22)
    assert of(site).due == ()
    assert [doc.archivo for doc in of(site).coming] == [SESSION]
    copy(SESSION, SESSION, ("revisado: 2026-11-22", "revisado: 2026-10-22"), (NEXT, "proxima_revision: 2026-11-22"))(
        site
    )
    assert [doc.archivo for doc in of(site).due] == [SESSION]
    assert of(site).coming == ()
    replace(SESSION, "proxima_revision: 2026-11-22", "proxima_revision: 2026-11-23")(site)
    assert of(site).due == ()


def test_a_commit_is_a_date_of_the_content(site: Path) -> None:
    catalog = check(site).catalog
    later = with_fields(catalog, history=History("abc", {GUIDE: datetime.date(2028, 1, 1)}))
    assert health(later).day == datetime.date(2028, 1, 1)
    assert [doc.archivo for doc in health(later).due] == [SESSION]


def test_reviews_are_in_the_order_of_their_dates_and_cards_without_one_are_named(site: Path) -> None:
    replace(PROCESS, "revisado: 2026-11-22", "revisado: 2026-01-22\nproxima_revision: 2026-05-01")(site)
    copy(SESSION, SESSION, ("revisado: 2026-11-22", "revisado: 2026-01-22"), (NEXT, "proxima_revision: 2026-04-01"))(
        site
    )
    found = of(site)
    assert [doc.archivo for doc in found.due] == [SESSION, PROCESS]
    assert [card.doc.archivo for card in found.cards] == [SESSION, PROCESS]
    assert [doc.archivo for doc in found.undated] == [CASE, GUIDE]


def test_what_was_retired_asks_for_nothing(site: Path) -> None:
    (site / RECIPES).unlink()
    replace(PROCESS, "estado: publicado", "estado: retirado")(site)
    assert PROCESS in check(site).catalog.by_file
    found = of(site)
    assert PROCESS not in {doc.archivo for doc in (*found.due, *found.coming, *found.undated, *found.unlinked)}
    assert [card.doc.archivo for card in found.cards] == [SESSION]


def test_each_card_has_its_number_of_reports_and_a_process_has_none_to_have(site: Path) -> None:
    assert {card.doc.id: card.reports for card in of(site).cards} == {
        "problema-en-una-frase": 4,
        "piloto-de-cuatro-semanas": None,
    }
    assert of(site).few == of(site).unreported == ()
    text = (site / REPORTS).read_text(encoding="utf-8")
    write(REPORTS, "- metodo".join(text.split("- metodo")[:3]))(site)
    assert [(card.doc.id, card.reports) for card in of(site).few] == [("problema-en-una-frase", 2)]
    write(REPORTS, "[]\n")(site)
    assert [card.doc.id for card in of(site).unreported] == ["problema-en-una-frase"]


@pytest.mark.parametrize("way", ["relation", "recipe", "guide"])
def test_a_method_is_without_a_way_when_no_relation_recipe_or_guide_leads_to_it(site: Path, way: str) -> None:
    if way != "relation":
        replace(SESSION, "despues: [piloto-de-cuatro-semanas]\n", "")(site)
        replace(PROCESS, "antes: [problema-en-una-frase]\n", "")(site)
    if way != "recipe":
        (site / RECIPES).unlink()
    if way != "guide":
        text = (site / GUIDE).read_text(encoding="utf-8")
        write(GUIDE, re.sub(r"\[([^\]]*)\]\(\.\./\.\./methods/[^)]*\)", r"\1", text))(site)
    assert of(site).unlinked == (), f"the {way} is enough"


def test_a_method_to_which_nothing_leads_is_named_whatever_it_leads_to(site: Path) -> None:
    copy(PROCESS, "methods/suelto.md", ("codigo: M002", "codigo: M003"), ("antes: [problema-en-una-frase]\n", ""))(site)
    assert [doc.id for doc in of(site).unlinked] == ["suelto"]
    assert 'href="../../metodos/suelto/"' in part(article(check(site).catalog), "sin-camino")


def test_sources_nobody_cites_and_drafts_are_named(site: Path) -> None:
    assert of(site).uncited == ()
    append(SOURCES, "nueva-2020:\n  titulo: Nueva\n  autoria: Alguien\n  tipo: libro\n")(site)
    DRAFT(site)
    found = of(site)
    assert [id for id, _ in found.uncited] == ["nueva-2020"]
    assert [doc.archivo for doc in found.drafts] == ["methods/borrador.md"]
    shown = part(article(check(site).catalog), "sin-camino")
    assert '<a href="../../fuentes/#nueva-2020">Nueva</a>' in shown
    assert "methods/borrador.md" in shown


def test_the_page_says_what_is_missing_and_leads_to_where_it_is_put_right(site: Path) -> None:
    html = article(check(site).catalog)
    gaps = part(html, "huecos")
    link = '<a href="../ficha/">Proponga una ficha</a>'
    assert f"Probar: evaluación. {link}" in gaps, "the pilot serves the follow-up"
    assert f"Implementar: programación, ejecución y seguimiento. {link}" in gaps
    assert '<a href="../usos/">cuente cómo le fue</a>' in part(html, "informes")
    assert "Todas las fichas de sesión tienen al menos uno." in part(html, "informes")


def test_an_empty_list_says_so(site: Path) -> None:
    html = article(check(site).catalog)
    assert "Ninguna página tiene la fecha de revisión cumplida." in part(html, "por-revisar")
    assert "Ninguno: a cada método lleva otra ficha, una receta o una guía." in part(html, "sin-camino")
    assert "Ninguna: cada fuente está citada en alguna página." in part(html, "sin-camino")


def test_two_reports_of_three_are_told_as_one_that_is_missing(site: Path) -> None:
    text = (site / REPORTS).read_text(encoding="utf-8")
    write(REPORTS, "- metodo".join(text.split("- metodo")[:3]))(site)
    html = article(check(site).catalog)
    assert "Problema en una frase</a>: tiene 2 y le falta 1" in part(html, "informes")


def test_every_card_is_listed_with_its_next_review_and_its_reports(site: Path) -> None:
    rows = part(article(check(site).catalog), "fichas")
    assert "Piloto de cuatro semanas</a>M002 · sin fecha de revisión · proceso: no se informa en minutos" in rows
    assert "Problema en una frase</a>M001 · revisión: 22 de noviembre de 2027 · 4 informes de uso" in rows
    write(REPORTS, "[]\n")(site)
    assert "22 de noviembre de 2027 · sin informes de uso" in part(article(check(site).catalog), "fichas")


def test_dead_links_are_looked_for_where_the_repository_says(site: Path) -> None:
    catalog = check(site).catalog
    known = part(article(catalog, Settings(repositorio="https://example.org/ana/fichero")), "enlaces")
    assert (
        '<a href="https://example.org/ana/fichero/issues?q=is%3Aissue+is%3Aopen+label%3Aenlaces">'
        "un asunto con la etiqueta «enlaces»</a>"
    ) in known
    unknown = part(article(catalog), "enlaces")
    assert "<a" not in unknown
    assert "un asunto del repositorio con la etiqueta «enlaces»" in unknown


def test_it_says_how_many_addresses_of_other_sites_are_visited_each_week(site: Path) -> None:
    assert (of(site).addresses, of(site).hosts) == (4, 4)
    append(
        SOURCES,
        "otra-2020:\n  titulo: Otra\n  autoria: Otra oficina\n  tipo: otro\n"
        "  url: 'https://energia.gob.cl/otra'\n  consultado_en: 'https://web.example.org/otra'\n"
        "  consultado: '2026-11-20'\n",
    )(site)
    assert (of(site).addresses, of(site).hosts) == (6, 5)
    told = part(article(check(site).catalog), "enlaces")
    assert "La bibliografía tiene 6 direcciones, de 5 sitios. Cada lunes, un programa las visita en GitHub" in told


def test_a_repository_without_content_has_a_page_too(site: Path) -> None:
    catalog = with_fields(check(site).catalog, documents=(), recipes={}, situations={})
    assert health(catalog).day is None
    assert "Todavía no hay fichas." in article(catalog)


def test_the_hardest_texts_are_named_with_their_ease_and_each_card_has_its_own(site: Path) -> None:
    hard = "La institucionalización interinstitucional imposibilita la consolidación de responsabilidades. "
    write(PAGE, f"---\ntitulo: Acerca\nresumen: Un texto difícil.\nrevisado: 2026-11-22\n---\n{hard * 4}\n")(site)
    found = health(check(site).catalog)
    assert found.hardest[0][0].archivo == PAGE
    assert [value for _, value in found.hardest] == sorted(value for _, value in found.hardest)
    assert len(found.hardest) == 5
    assert all(card.ease and card.ease > 50 for card in found.cards)


def test_the_ease_told_in_the_site_is_that_of_the_checker(site: Path) -> None:
    catalog = check(site).catalog
    published, checked = health(without_places(catalog)).hardest, health(catalog).hardest
    assert [(doc.archivo, value) for doc, value in published] == [(doc.archivo, value) for doc, value in checked]
