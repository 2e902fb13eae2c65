"""Text becomes typed documents; every mistake of a header is told in Spanish, at its place, in one run."""

from pathlib import Path

import pytest
from changes import CASE, GLOSSARY, PAGE, PROCESS, SESSION, SOURCES, VOCABULARIES, append, cut, replace, revisar, write

from fichero.kinds import meta
from fichero.model import Case
from fichero.pipeline import check
from fichero.read import read_folder
from fichero.steps import step_parts
from fichero.validate import Inventory, validate


def inventory(site: Path) -> Inventory:
    folder, _ = read_folder(site)
    found, problems = validate(folder)
    assert problems == []
    return found


def said(site: Path, archivo: str) -> list[str]:
    return [f"{p.linea} {p.codigo} {p.mensaje} → {p.arreglo}" for p in check(site).problems if p.archivo == archivo]


def test_the_site_is_typed_whole(site: Path) -> None:
    found = inventory(site)
    assert [(document.kind.name, document.id) for document in found.documents] == [
        ("caso", "cuentas-claras"),
        ("pagina", "acerca"),
        ("guia", "una-mejora-en-dos-meses"),
        ("metodo", "piloto-de-cuatro-semanas"),
        ("metodo", "problema-en-una-frase"),
    ]
    assert list(found.bibliography)[:2] == ["camacho-2001", "cocode-arts"]
    assert [term.id for term in found.glossary] == ["consejo-comunitario-de-desarrollo", "linea-base", "piloto"]
    assert found.term_lines == {"consejo-comunitario-de-desarrollo": 2, "linea-base": 9, "piloto": 16}
    assert found.source_lines["cocode-arts"] == 8
    assert found.left_out == frozenset()


def test_a_card_with_many_mistakes_is_told_all_of_them_in_one_run(site: Path) -> None:
    for change in (
        replace(SESSION, "codigo: M001", "codigo: M1"),
        replace(SESSION, "fase: definir", "fase: definicion"),
        replace(SESSION, "duracion: 60-80 min", "duración: 60-80 min"),
        replace(SESSION, "participantes: 5-12", "participantes: doce"),
        replace(SESSION, "costo:\n  quetzales: 40-80", "costo:\n  quetzales: 80-40"),
        replace(SESSION, "producto: Una frase", "producto: <b>Una frase"),
        replace(SESSION, "revisado: 2026-11-22\nproxima", "revisado: ayer\nproxima"),
        replace(SESSION, "minutos=20-25 esencial}\n\nEn silencio", "minutos=mucho esencial}\n\nEn silencio"),
    ):
        change(site)

    assert said(site, SESSION) == [
        "2 FM015 codigo: «M1» no es un código de método → escriba M y tres cifras: «M001»",
        "14 FM011 fase: «definicion» no está en la lista «fases» → ¿quiso decir «definir»?",
        "16 FM012 producto: el texto lleva «<», «>» o un carácter invisible → quítelo: aquí no se escribe HTML",
        "18 FM003 el campo «duración» no existe → ¿quiso decir «duracion»?",
        "21 FM007 participantes: «doce» no se entiende → escriba «6-12» o «8»",
        "32 FM008 costo.quetzales: «80-40» va de más a menos → ponga primero el número menor: «40-80»",
        "49 FM013 revisado: «ayer» no es una fecha → escriba año, mes y día: «2026-11-22»",
        "102 PAS003 «minutos=mucho» no se entiende → escriba «minutos=10-15» o «minutos=10»",
    ]


LIKE_THE_GUIDE = "al encabezado, como lo muestra la guía"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "titulo: Acerca de este sitio\n",
            "",
            f"2 FM002 falta el campo «titulo» → agregue «titulo: …» {LIKE_THE_GUIDE}",
        ),
        (
            "titulo: Acerca",
            "titulo: [Acerca]\n#",
            "2 FM016 titulo: se esperaba un texto, no una lista → escriba «titulo: …» en una sola línea",
        ),
        (
            "revisado:",
            "cambios: ayer\nrevisado:",
            "4 FM016 cambios: se esperaba una lista → "
            "escriba cada elemento en su línea con guion, o «cambios: [uno, dos]»",
        ),
        (
            "revisado:",
            "cambios: [ayer]\nrevisado:",
            "4 FM016 cambios: el valor no tiene la forma esperada → siga el ejemplo de la guía",
        ),
        (
            "revisado:",
            "cambios:\n  - fecha: 2026-11-22\n    que: Algo.\nrevisado:",
            f"5 FM002 falta el campo «cambios.por_que» → agregue «por_que: …» {LIKE_THE_GUIDE}",
        ),
    ],
)
def test_an_error_of_the_typing_library_is_told_in_spanish(site: Path, old: str, new: str, message: str) -> None:
    replace(PAGE, old, new)(site)
    assert said(site, PAGE) == [message]


def test_a_long_summary_is_told_with_its_length(site: Path) -> None:
    cut(PAGE, "resumen:", "revisado:", f"resumen: {'a' * 200}\n")(site)
    assert said(site, PAGE) == ["3 FM006 resumen: tiene 200 caracteres → acórtelo: el máximo es 160"]


def test_a_step_is_read_with_what_to_do_to_say_and_to_expect(site: Path) -> None:
    document = next(document for document in inventory(site).documents if document.archivo == SESSION)
    step = document.steps[1]

    assert (step.ancla, step.titulo, step.esencial) == ("paso-2", "Complete las cuatro columnas", True)
    assert step.minutos is not None
    assert (step.minutos.minutos_desde, step.minutos.minutos_hasta) == (20, 25)
    assert step.texto.startswith("En silencio, cada persona escribe una tarjeta por columna.")
    assert step.texto.endswith("como si fuera una frase.")
    assert step.diga == ("«¿Qué le pasa a quién, dónde y desde cuándo?»",)
    assert step.listo_cuando == "las cuatro columnas tienen al menos tres tarjetas."
    assert step.si_se_traba == ("salen soluciones, como «falta un pozo». Pregunte qué le pasa a la gente por eso.",)


def test_a_stage_is_read_in_working_days(site: Path) -> None:
    document = next(document for document in inventory(site).documents if document.archivo == PROCESS)
    bounds = [(step.plazo.dias_desde, step.plazo.dias_hasta) for step in document.steps if step.plazo]
    assert bounds == [(5, 5), (10, 20), (5, 5)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ("", [], None, [])),
        ("Haga.\n\nDiga: «Hola»", ("Haga.", ["«Hola»"], None, [])),
        ("Diga: «Uno»\n\nHaga.\n\nDiga: «Dos»", ("Haga.", ["«Uno»", "«Dos»"], None, [])),
        ("Listo cuando todo está.", ("", [], "todo está.", [])),
        ("Listo cuando… todo está.", ("", [], "todo está.", [])),
        ("Listo cuando", ("", [], "", [])),
        ("Si se traba: pare.\n \nSi se traba: siga.", ("", [], None, ["pare.", "siga."])),
        ("Antes diga: «Hola»", ("Antes diga: «Hola»", [], None, [])),
    ],
)
def test_the_paragraphs_of_a_step_are_known_by_how_they_begin(
    text: str, parts: tuple[str, list[str], str | None, list[str]]
) -> None:
    found = step_parts(text)
    assert (found.text, found.speech, found.done, found.stuck) == parts


def test_a_document_with_errors_is_left_out_and_not_called_missing(site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: x")(site)
    assert [finding for finding in revisar(site) if finding[2] not in ("REG002", "FIC003")] == [(SESSION, 14, "FM011")]


def test_a_source_with_errors_is_not_called_missing(site: Path) -> None:
    replace(SOURCES, "  tipo: libro", "  tipo: volante")(site)
    assert [finding for finding in revisar(site) if finding[2] not in ("REG002", "FIC003")] == [(SOURCES, 6, "FM011")]


@pytest.mark.parametrize(
    ("archivo", "text"),
    [
        (SOURCES, "camacho-2001: [a\n"),
        (GLOSSARY, "- id: [a\n"),
        (VOCABULARIES, "fases: [a\n"),
        (SOURCES, "- camacho-2001\n"),
        (GLOSSARY, "piloto: Una prueba\n"),
        (VOCABULARIES, "- fases\n"),
    ],
)
def test_data_that_cannot_be_used_is_the_only_thing_told(site: Path, archivo: str, text: str) -> None:
    write(archivo, text)(site)
    told = [finding for finding in revisar(site) if finding[2] not in ("REG002", "FIC003")]
    assert [(name, line) for name, line, _ in told] == [(archivo, 1)]


def test_a_term_with_errors_is_not_called_missing(site: Path) -> None:
    replace(GLOSSARY, "  termino: Piloto\n", "")(site)
    assert [finding for finding in revisar(site) if finding[2] not in ("REG002", "FIC003")] == [(GLOSSARY, 16, "FM002")]


def test_a_word_with_errors_is_not_called_unknown(site: Path) -> None:
    replace(VOCABULARIES, "{etiqueta: Definir, ", "{")(site)
    told = [finding for finding in revisar(site) if finding[2] not in ("REG002", "FIC003")]
    assert [(name, code) for name, _, code in told] == [(VOCABULARIES, "FM002")]


@pytest.mark.parametrize("archivo", [SOURCES, GLOSSARY, VOCABULARIES])
@pytest.mark.parametrize("text", [None, "", "# nada\n"])
def test_data_that_is_not_there_never_stops_the_check(site: Path, archivo: str, text: str | None) -> None:
    if text is None:
        (site / archivo).unlink()
    else:
        write(archivo, text)(site)
    usual = {"ARC017", "ARC031", "FM011", "FUE001", "FUE002", "ENL002", "REG002", "FIC003"}
    assert {code for _, _, code in revisar(site)} <= usual


def test_the_entries_of_the_bibliography_are_typed(site: Path) -> None:
    append(SOURCES, "otra-2020:\n  titulo: Otra\n  autoria: Alguien\n  tipo: libro\n  url: ftp://x\n")(site)
    assert said(site, SOURCES)[-1].startswith("39 FM015 url: «ftp://x» no es una dirección web → ")


def test_a_case_needs_what_its_guide_says(site: Path) -> None:
    cut(CASE, "instituciones:", "rol_labgob:")(site)
    assert said(site, CASE) == [
        "2 FM002 falta el campo «instituciones» → agregue «instituciones: …» al encabezado, como lo muestra la guía"
    ]


@pytest.mark.parametrize(
    "typed", ["no", "012", "1:30", "1e3", "0x1F", "yes", "on", "2016-12-19", ".inf", "0o17", "1_000", "=", "true"]
)
def test_what_yaml_would_turn_into_something_else_is_published_as_it_was_typed(site: Path, typed: str) -> None:
    """YAML 1.1 reads these as False, 10, 90, 1000.0, 31, True, a date… In a field of text they are right."""
    replace(CASE, "sector: Energía", f"sector: {typed}")(site)
    replace(CASE, "  - valor: '51'", f"  - valor: {typed}")(site)

    checked = check(site)

    assert [finding for finding in revisar(site) if finding[0] == CASE] == []
    case = meta(checked.catalog.cases[0], Case)
    assert (case.sector, case.cifras[0].valor) == (typed, typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("3/4/26", "«3/4/26» no es una fecha → escriba «2026-04-03» o «2026-03-04»: primero el año, después el mes"),
        ("4/4/2026", "«4/4/2026» no es una fecha → escriba «2026-04-04»: primero el año, después el mes"),
        ("22/11/2026", "«22/11/2026» no es una fecha → escriba «2026-11-22»: primero el año, después el mes"),
        ("11-22-2026", "«11-22-2026» no es una fecha → escriba «2026-11-22»: primero el año, después el mes"),
        ("20261122", "«20261122» no es una fecha → escriba «2026-11-22»: primero el año, después el mes"),
        ("2026-3-4", "«2026-3-4» no es una fecha → escriba «2026-03-04»: primero el año, después el mes"),
        (
            "22 de noviembre de 2026",
            "«22 de noviembre de 2026» no es una fecha → escriba «2026-11-22»: primero el año, después el mes",
        ),
        ("noviembre de 2026", "«noviembre de 2026» no es una fecha → escriba año, mes y día: «2026-11-22»"),
        ("ayer", "«ayer» no es una fecha → escriba año, mes y día: «2026-11-22»"),
        ("99/99/2026", "«99/99/2026» no es una fecha → escriba año, mes y día: «2026-11-22»"),
        ("1/2/3026", "«1/2/3026» no es una fecha → escriba año, mes y día: «2026-11-22»"),
        (
            "2026-02-30",
            "«2026-02-30» no existe: febrero de 2026 tiene 28 días → corrija el día: «2026-02-28» es el más cercano",
        ),
        (
            "2026-04-00",
            "«2026-04-00» no existe: abril de 2026 tiene 30 días → corrija el día: «2026-04-01» es el más cercano",
        ),
        ("2026-22-11", "«2026-22-11» no existe: no hay mes 22 → escriba año, mes y día: «2026-11-22»"),
        ("0226-11-22", "«0226-11-22» no puede ser: revise el año 226 → escriba año, mes y día: «2026-11-22»"),
    ],
)
def test_a_date_that_cannot_be_is_told_with_the_dates_the_person_may_have_meant(
    site: Path, typed: str, told: str
) -> None:
    replace(PAGE, "revisado: 2026-11-22", f"revisado: {typed}")(site)
    assert said(site, PAGE) == [f"4 FM013 revisado: {told}"]


@pytest.mark.parametrize("typed", ["2024-02-29", "2000-01-01", "2026-11-22"])
def test_a_day_of_the_calendar_is_a_date(site: Path, typed: str) -> None:
    replace(PAGE, "revisado: 2026-11-22", f"revisado: {typed}")(site)
    assert said(site, PAGE) == []


@pytest.mark.parametrize("typed", ["CC-BY-4.0", "CC0-1.0"])
def test_a_licence_that_lets_the_text_be_copied_changed_and_sold_is_accepted(site: Path, typed: str) -> None:
    replace(PAGE, "revisado:", f"licencia: {typed}\nrevisado:")(site)
    assert said(site, PAGE) == []


def test_a_data_file_with_a_name_almost_right_is_told_its_right_name(site: Path) -> None:
    (site / VOCABULARIES).rename(site / "docs/_datos/vocabulario.yml")
    assert said(site, VOCABULARIES) == [
        "1 ARC031 falta este archivo de datos, y sin él no se revisa lo demás → "
        "«vocabulario.yml» se llama «vocabularios.yml»: cámbiele el nombre"
    ]
