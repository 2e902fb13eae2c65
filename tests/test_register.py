"""The register of published addresses: lines are only added, and every address in it lives for ever."""

import datetime
from pathlib import Path

import pytest
from changes import CASE, GLOSSARY, PAGE, PROCESS, REGISTER, SESSION, append, copy, replace, write

from fichero.export import redirects
from fichero.pipeline import check
from fichero.problems import Problem, few_of_each
from fichero.read import Base
from fichero.register import live_addresses, parse_register, with_new_lines
from fichero.settings import Settings

TODAY = datetime.date(2026, 12, 1)


def complete(site: Path) -> str:
    """Write down every address; the text of the register."""
    checked = check(site)
    text = with_new_lines(checked.catalog, checked.register, TODAY)
    (site / REGISTER).write_text(text, encoding="utf-8")
    return text


def said(site: Path, base: str | None = None) -> list[str]:
    """What is told of the register, but for the addresses still to write down."""
    return [
        f"{p.linea} {p.codigo} {p.mensaje} → {p.arreglo}"
        for p in check(site, Base(register=base) if base is not None else None).problems
        if p.archivo == REGISTER and p.codigo != "REG002"
    ]


def test_a_line_is_path_fragment_title_and_date(site: Path) -> None:
    lines = complete(site).splitlines()
    assert "acerca/\t\tAcerca de este sitio\t2026-12-01" in lines
    assert "acerca/\tlicencia\tLicencia\t2026-12-01" in lines
    assert "metodos/problema-en-una-frase/\tpaso-1\tPonga los datos a la vista\t2026-12-01" in lines
    assert "metodos/problema-en-una-frase/\tpara-que-sirve\tPara qué sirve\t2026-12-01" in lines
    assert "guias/una-mejora-en-dos-meses/\tetapa-2\tPruebe en un solo lugar\t2026-12-01" in lines
    assert "glosario/\tlinea-base\tLínea de base\t2026-12-01" in lines
    assert lines == sorted(lines)


def test_a_complete_register_says_nothing(site: Path) -> None:
    text = complete(site)
    assert said(site) == []
    assert said(site, base=text) == []


def test_writing_down_twice_changes_nothing(site: Path) -> None:
    assert complete(site) == complete(site)


def test_new_lines_go_to_the_end_and_the_old_ones_stay(site: Path) -> None:
    before = complete(site)
    append(PAGE, "\n## Equipo {#equipo}\n\nDos personas.\n")(site)
    assert complete(site) == before + "acerca/\tequipo\tEquipo\t2026-12-01\n"


def test_a_last_line_without_end_is_not_joined_to_the_next(site: Path) -> None:
    complete(site)
    text = (site / REGISTER).read_text(encoding="utf-8")
    (site / REGISTER).write_text(text.rstrip("\n"), encoding="utf-8")
    append(PAGE, "\n## Equipo {#equipo}\n\nDos personas.\n")(site)
    assert complete(site) == text + "acerca/\tequipo\tEquipo\t2026-12-01\n"


def test_a_title_with_a_tab_is_still_one_column(site: Path) -> None:
    append(PAGE, "\n## Los\tdos\u2028equipos {#equipo}\n\nDos personas.\n")(site)
    assert "acerca/\tequipo\tLos dos equipos\t2026-12-01\n" in complete(site)
    assert said(site) == []


def test_drafts_are_not_published_and_retired_cards_are(site: Path) -> None:
    copy(PROCESS, "methods/borrador.md", ("codigo: M002", "codigo: M003"), ("publicado\n", "borrador\n"))(site)
    replace(CASE, "estado: publicado", "estado: retirado")(site)
    live = live_addresses(check(site).catalog)
    assert ("metodos/borrador/", "") not in live
    assert live["casos/cuentas-claras/", ""] == "Un recibo de luz que se entienda"


def test_a_page_that_changed_its_name_is_an_error_until_it_redirects(site: Path) -> None:
    lines = complete(site).splitlines()
    gone = [number for number, line in enumerate(lines, 1) if line.startswith("guias/una-mejora-en-dos-meses/")]
    replace(SESSION, " la guía [Una mejora en dos meses](../docs/guias/una-mejora-en-dos-meses.md#etapa-1)", " otra")(
        site
    )
    guide = site / "docs/guias/una-mejora-en-dos-meses.md"
    guide.rename(guide.with_name("mejora.md"))
    assert [line.partition(" ya")[0] for line in said(site) if "REG001" in line] == [f"{gone[0]} REG001"]
    assert len(gone) == 3  # with its two stages, which are not told again
    assert said(site)[0] == (
        f"{gone[0]} REG001 ya no existe la dirección publicada /guias/una-mejora-en-dos-meses/ → "
        "agregue «redirige_desde: [guias/una-mejora-en-dos-meses]» a la página que la reemplaza"
    )

    replace("docs/guias/mejora.md", "revisado:", "redirige_desde: [guias/una-mejora-en-dos-meses]\nrevisado:")(site)
    assert said(site) == []


def test_a_step_that_lost_its_anchor_is_asked_back(site: Path) -> None:
    write(REGISTER, "metodos/problema-en-una-frase/\tpaso-4\tBusque la obra escondida\t2026-01-01\n")(site)
    replace(SESSION, "{#paso-4 ", "{#paso-5 ")(site)
    assert said(site) == [
        "1 REG001 ya no existe la dirección publicada /metodos/problema-en-una-frase/#paso-4 → "
        "devuelva el ancla «#paso-4» al título"
    ]


def test_what_was_published_does_not_go_back_to_draft(site: Path) -> None:
    write(REGISTER, "acerca/\t\tAcerca de este sitio\t2026-01-01\n")(site)
    replace(PAGE, "revisado:", "estado: borrador\nrevisado:")(site)
    assert said(site) == [
        "1 REG001 ya no existe la dirección publicada /acerca/ → "
        "use «estado: retirado»: lo publicado no vuelve a borrador"
    ]


@pytest.mark.parametrize(
    ("archivo", "old", "new"),
    [
        (SESSION, "fase: definir", "fase: x"),
        (CASE, "resultado: sin-medicion", "resultado: x"),
        ("docs/guias/una-mejora-en-dos-meses.md", "plazo: 5-8 semanas", "plazo: x"),
        (PAGE, "titulo: Acerca", "título: Acerca"),
        (PAGE, "---\ntitulo", "titulo"),
        (GLOSSARY, "  termino: Piloto\n", ""),
        (GLOSSARY, "- id: piloto", "- id: [piloto"),
    ],
)
def test_a_page_with_errors_is_not_called_gone(site: Path, archivo: str, old: str, new: str) -> None:
    complete(site)
    replace(archivo, old, new)(site)
    assert [line for line in said(site) if "REG001" in line] == []


MERGED = "cases/cuentas-mas-claras.md"


def merge(site: Path, redirects: str) -> None:
    """A second case takes the place of the first, and redirects from there."""
    copy(CASE, MERGED, ("codigo: C001", f"codigo: C002\nredirige_desde: [{redirects}]"))(site)
    (site / CASE).unlink()
    replace(SESSION, "cuentas-claras.md", "cuentas-mas-claras.md")(site)


def test_the_short_link_of_a_card_that_is_gone_is_asked_back(site: Path) -> None:
    complete(site)
    merge(site, "casos/cuentas-claras")
    assert [line.partition(" ")[2] for line in said(site)] == [
        "REG001 ya no existe la dirección publicada /c/001/ → devuelva «codigo: C001» a su ficha, o agregue "
        "«redirige_desde: [c/001]» a la página que la reemplaza"
    ]


def test_a_card_can_take_the_place_of_another_with_its_short_link(site: Path) -> None:
    text = complete(site)
    merge(site, "casos/cuentas-claras, c/001")
    checked = check(site, Base(register=text, texts={}))
    assert [problem for problem in checked.problems if problem.severidad == "error"] == []
    pages = dict(redirects(checked.catalog, Settings()))
    assert b"../../casos/cuentas-mas-claras/" in pages["c/001/index.html"]


def test_a_short_link_that_nobody_printed_is_not_taken(site: Path) -> None:
    complete(site)
    replace(CASE, "codigo: C001", "codigo: C001\nredirige_desde: [c/002]")(site)
    wrong = [problem for problem in check(site).problems if problem.severidad == "error"]
    assert [(problem.archivo, problem.linea, problem.codigo) for problem in wrong] == [(CASE, 3, "RED003")]


def test_the_short_link_of_a_file_with_errors_is_not_called_gone(site: Path) -> None:
    complete(site)
    replace(CASE, "codigo: C001", "codigo: C01")(site)
    assert said(site) == []


def test_a_draft_is_told_once_not_again_for_its_short_link(site: Path) -> None:
    write(REGISTER, "c/001/\t\tC001\t2026-01-01\n")(site)
    replace(CASE, "estado: publicado", "estado: borrador")(site)
    assert said(site) == []


def test_a_page_with_errors_in_a_folder_called_as_one_of_ours_is_not_called_gone(site: Path) -> None:
    copy(PAGE, "docs/cases/otra.md", ("titulo: Acerca de este sitio", "titulo: Otra"))(site)
    complete(site)
    replace("docs/cases/otra.md", "revisado: 2026-11-22", "revisado: ayer")(site)
    assert said(site) == []


def test_a_title_that_changed_is_worth_a_look(site: Path) -> None:
    write(REGISTER, "glosario/\tpiloto\tPrueba piloto\t2026-01-01\n")(site)
    assert said(site) == [
        "1 REG004 /glosario/#piloto se llamaba «Prueba piloto» y ahora «Piloto» → "
        "si es el mismo contenido, no haga nada"
    ]


def test_a_line_that_vanished_or_was_edited_is_told_against_the_base(site: Path) -> None:
    base = complete(site)
    first, second, *rest = base.splitlines(keepends=True)
    (site / REGISTER).write_text("".join([second.replace("2026-12-01", "2025-12-01"), *rest]), encoding="utf-8")
    assert [line for line in said(site, base) if "REG005" in line] == [
        f"1 REG005 se borró o cambió la línea «{line.rstrip()}» → devuélvala tal como estaba"
        for line in sorted([first, second])
    ]


def test_without_a_base_nothing_is_compared(site: Path) -> None:
    write(REGISTER, "")(site)
    assert said(site) == []


def test_a_register_is_read_with_its_line_numbers() -> None:
    entries, problems = parse_register("a/\t\tA\t2026-01-01\n\nb/\tc\tB\t2026-01-02\n")
    assert {key: (line, str(entry)) for key, (line, entry) in entries.items()} == {
        ("a/", ""): (1, "a/\t\tA\t2026-01-01"),
        ("b/", "c"): (3, "b/\tc\tB\t2026-01-02"),
    }
    assert [(problem.linea, problem.codigo) for problem in problems] == [(2, "REG003")]


def test_a_register_of_more_lines_than_a_site_can_publish_is_refused_and_not_read(site: Path) -> None:
    (site / REGISTER).write_text("metodos/a/\t\tA\t2026-01-01\n" * 100_001)

    assert [p.mensaje for p in check(site).problems if p.archivo == REGISTER] == [
        "el registro tiene más de 100000 líneas"
    ]


def test_an_error_of_the_register_is_told_below_thousands_of_warnings() -> None:
    notices = [Problem(REGISTER, 1, 1, "REG004", str(number), "") for number in range(9)]
    gone = Problem(REGISTER, 2, 1, "REG001", "", "")

    assert list(few_of_each([*notices, gone], 5)) == [*notices[:5], gone]
