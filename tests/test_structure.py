"""Rules about one document alone, by what they say. Where they say it is in test_codes.py."""

import re
from pathlib import Path

import pytest
from changes import CASE, GUIDE, PAGE, PROCESS, SESSION, append, cut, replace, write
from hypothesis import given
from hypothesis import strategies as st

from fichero.kinds import KINDS, Kind
from fichero.pipeline import check, compile_site
from fichero.problems import errors
from fichero.prose import words
from fichero.settings import Settings
from fichero.structure import FRAME_IDS, RULES

ROOT = Path(__file__).resolve().parent.parent


def said(site: Path, archivo: str) -> list[str]:
    """What is told of a file, but for the length of the short card."""
    return [
        f"{p.codigo} {p.mensaje} → {p.arreglo}"
        for p in check(site).problems
        if p.archivo == archivo and (archivo, p.codigo) != (PROCESS, "FIC003")
    ]


@pytest.mark.parametrize(
    ("markdown", "count"),
    [
        ("", 0),
        ("Reúna al grupo.", 3),
        ("**Reúna** al *grupo*", 3),
        ("Vea el [mapa de actores](mapa-de-actores.md#paso-2).", 5),
        ("Según la ley[^laip], sí.", 4),
        ("### Escriba {#paso-1 minutos=10-15}", 1),
        ("De 1,200 a 1.5 %, con PDM-OT y K’iche’.", 8),
        ("- [ ] Listo\n- Otro", 2),
        ("*winaq*{lang=quc}", 1),
    ],
)
def test_words_are_what_a_person_reads(markdown: str, count: int) -> None:
    assert words(markdown) == count


def test_every_kind_has_its_rules() -> None:
    assert RULES.keys() == {"*", *(kind.name for kind in KINDS)}


def test_a_misspelt_section_is_told_with_the_right_one_and_as_missing(site: Path) -> None:
    replace(PROCESS, "## Úselo cuando", "## Usalo cuando")(site)
    assert said(site, PROCESS) == [
        "EST001 falta la sección «Úselo cuando» → agregue «## Úselo cuando» después de «Para qué sirve»",
        "EST003 el título «Usalo cuando» no es de esta ficha → ¿quiso decir «Úselo cuando»?",
    ]


def test_the_first_section_is_missed_at_the_beginning(site: Path) -> None:
    cut(PROCESS, "## Para qué sirve", "## Úselo")(site)
    assert said(site, PROCESS) == [
        "EST001 falta la sección «Para qué sirve» → agregue «## Para qué sirve» al principio"
    ]


def test_sections_of_a_page_are_free(site: Path) -> None:
    append(PAGE, "\n## Cualquier cosa\n\n### Y otra {#otra}\n\n---\n\nFin.\n")(site)
    assert said(site, PAGE) == []


@pytest.mark.parametrize(
    "text",
    [
        "- Un punto.\n\n---\n\nOtro.",
        "- Un punto.\n---",
        "| a | b |\n|---|---|\n| c | d |",
        "```\nTítulo\n===\n```",
        "Así se suma: 1 + 1\n\n===",
        "- #1 en ventas\n- C# y F#",
        "```\n- # comentario\n```",
    ],
)
def test_a_line_of_dashes_equals_or_numbers_that_makes_no_title_is_fine(site: Path, text: str) -> None:
    replace(PROCESS, "aguanta la rutina.\n", f"aguanta la rutina.\n\n{text}\n")(site)
    assert said(site, PROCESS) == []


def test_an_anchor_used_twice_says_where_the_other_is_and_which_number_is_free(site: Path) -> None:
    step = "### Descansen {#paso-2 minutos=10}\n\nDiga: «Diez minutos».\n\nListo cuando vuelven.\n\n"
    body = (site / SESSION).read_text(encoding="utf-8")
    second = next(line for line in body.split("\n") if "{#paso-2 " in line)
    replace(SESSION, second, step + second)(site)
    told = [message for message in said(site, SESSION) if message.startswith("EST005")]
    assert told == [
        "EST005 el ancla «#paso-2» está dos veces: también en la línea 102 "
        "→ deje la que ya estaba; la nueva lleva «#paso-5»"
    ]


def test_two_sections_of_steps_are_told_and_do_not_stop_the_check(site: Path) -> None:
    replace(PROCESS, "## Devolver", "## Pasos\n\n### Otro {#paso-4 dias=1}\n\nHaga.\n\n## Devolver")(site)
    assert [message[:6] for message in said(site, PROCESS)] == ["PAS005", "EST002", "EST005", "PAS006", "PAS008"]


@pytest.mark.parametrize(
    "text",
    [
        "5 < 6 y 7 > 6",
        "si x<5 entonces",
        "`<b>` es negrita",
        "```\n<script>\n```",
        "Vea <https://www.cepal.org/es>.",
        "Escriba &lt;b&gt;.",
        "Flecha -> y <-",
    ],
)
def test_a_sign_or_code_is_not_html(site: Path, text: str) -> None:
    append(PAGE, f"\n{text}\n")(site)
    assert said(site, PAGE) == []


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "</p>", "<br/>", "<img src=x onerror=y>", "<a@b.c>", "<!-- x -->", "<SCRIPT>", "x<y"]
)
def test_anything_that_looks_like_a_tag_is_html(site: Path, text: str) -> None:
    append(PAGE, f"\nTexto {text}\n")(site)
    assert {message[:6] for message in said(site, PAGE)} == {"HTM001"}


def test_the_sum_of_the_steps_is_told_beside_the_duration(site: Path) -> None:
    replace(SESSION, "duracion: 60-80 min", "duracion: 2 h")(site)
    assert said(site, SESSION) == [
        "PAS005 los pasos suman 60-80 min y «duracion» dice 120-120 min → "
        "corrija los pasos, o escriba la suma en «duracion»"
    ]


def test_a_step_without_time_is_not_also_a_wrong_sum(site: Path) -> None:
    replace(SESSION, "{#paso-1 minutos=10-15}", "{#paso-1}")(site)
    assert said(site, SESSION) == [
        "PAS004 el paso «Ponga los datos a la vista» no dice cuántos minutos toma → "
        "agregue «minutos=10-15» entre las llaves"
    ]


def test_a_guide_without_term_needs_no_times(site: Path) -> None:
    for change in (
        replace(GUIDE, "plazo: 5-8 semanas\n", ""),
        replace(GUIDE, " semanas=1-2}", "}"),
        replace(GUIDE, " semanas=4-6}", "}"),
    ):
        change(site)
    assert said(site, GUIDE) == []


def test_a_part_of_a_guide_that_is_not_a_stage_needs_nothing(site: Path) -> None:
    append(GUIDE, "\n## Si solo tiene dos semanas {#dos-semanas}\n\nHaga menos.\n")(site)
    assert said(site, GUIDE) == []


def test_a_stage_of_a_guide_has_a_number(site: Path) -> None:
    replace(GUIDE, "{#etapa-1 ", "{#etapa-uno ")(site)
    assert said(site, GUIDE) == [
        "PAS001 el paso «Diga qué pasa» no tiene su ancla → escriba «{#etapa-1 semanas=1-2}» después del título"
    ]


def test_a_step_needs_no_order_of_numbers(site: Path) -> None:
    replace(SESSION, "{#paso-1 ", "{#paso-12 ")(site)
    assert said(site, SESSION) == []


def test_a_stage_of_a_process_needs_no_words_to_say(site: Path) -> None:
    assert "Diga:" not in (site / PROCESS).read_text(encoding="utf-8").partition("{#paso-2")[2]
    assert said(site, PROCESS) == []


@pytest.mark.parametrize(
    "text",
    [
        "Tres hechos:",
        "Ver abajo.",
        "### Un subtítulo {#subtitulo}\n\nCon fuente, como debe ser[^energia-2016-12].",
        "1. Con fuente, como debe ser[^energia-2016-12].\n2. Con fuente, también[^energia-2016-07].",
    ],
)
def test_a_paragraph_with_source_a_lead_or_a_few_words_is_fine_in_a_case(site: Path, text: str) -> None:
    replace(CASE, "## Lo que no se sabe", f"{text}\n\n## Lo que no se sabe")(site)
    assert said(site, CASE) == []


def test_what_is_not_known_and_what_is_advised_need_no_source(site: Path) -> None:
    replace(CASE, "No se vio qué porcentaje", "Nadie dijo cuánto costó ni quién lo pagó.\n\nNo se vio qué porcentaje")(
        site
    )
    assert said(site, CASE) == []


@pytest.mark.parametrize(
    ("archivo", "accepted"),
    [
        ("docs/otra.md", True),
        ("docs/manuales/paso-1.md", True),
        ("docs/Otra.md", False),
        ("docs/otra_pagina.md", False),
        ("docs/otra página.md", False),
        ("docs/otra-.md", False),
        ("docs/otra--mas.md", False),
        ("docs/año/otra.md", False),
    ],
)
def test_a_name_is_an_address(site: Path, archivo: str, accepted: bool) -> None:
    write(archivo, "---\ntitulo: Otra\nresumen: Una más.\nrevisado: 2026-11-22\n---\nTexto.\n")(site)
    assert [message[:6] for message in said(site, archivo)] == ([] if accepted else ["ARC005"])


def test_a_name_with_a_letter_of_another_alphabet_names_it_and_gives_the_right_name(site: Path) -> None:
    archivo = "docs/\u0430\u0441erca.md"  # Cyrillic «а» and «с»
    write(archivo, "---\ntitulo: Otra\nresumen: Una más.\nrevisado: 2026-11-22\n---\nTexto.\n")(site)
    (message,) = said(site, archivo)
    assert "la letra 1 de «\u0430\u0441erca.md» es una «\u0430» cirílica, no la «a»" in message
    assert [p.arreglo for p in check(site).problems if p.archivo == archivo] == [
        "cámbielo a minúsculas sin tilde, cifras y guiones: «acerca.md»"
    ]


def test_the_length_of_a_card_is_told_with_its_limits(site: Path) -> None:
    (problem,) = [p for p in check(site).problems if p.codigo == "FIC003"]
    assert (problem.mensaje, problem.arreglo) == ("la ficha tiene 293 palabras", "debe tener entre 700 y 1400")


PIECES = [
    *(
        "# ",
        "## ",
        "### ",
        "#### ",
        "> ",
        "- ",
        "1. ",
        "* ",
        "---",
        "===",
        "```",
        "~~~",
        "`",
        "[a](acerca.md)",
        "[^",
        "]",
    ),
    *("[^", "[r]: ", "[r]", "https://a.example", "javascript:x", "<", "<b>", "<!", "<?", "&lt;", "&"),
    *(
        "\n",
        "\n\n",
        "    ",
        "\t",
        " ",
        "texto",
        "[^camacho-2001]",
        "{#x}",
        "*",
        "**",
        "_",
        "*w*{lang=quc}",
        "\\",
        "\x00",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_the_check_accepts_can_be_published(site: Path, text: str) -> None:
    (site / PAGE).write_text(
        f"---\ntitulo: Acerca\nresumen: Acerca.\nrevisado: 2026-11-22\n---\n## Uno {{#licencia}}\n\n{text}\n",
        encoding="utf-8",
    )
    built = compile_site(site, Settings())
    if not errors(built.checked.problems):
        assert built.pages["acerca.md"].html


def test_the_ids_of_the_frame_are_those_of_the_theme_and_of_the_templates_of_written_pages() -> None:
    """What a template makes from an anchor, a source or a facet is not fixed."""
    hooks = Path(__file__).resolve().parent.parent / "hooks"
    written = [kind.template for kind in KINDS] + ["notas.html.j2", "macros.html.j2"]
    files = [hooks / "theme" / "main.html", *(hooks / "fichero" / "templates" / name for name in written)]
    ids = {id for file in files for id in re.findall(r'\sid="([^"{}]+)"', file.read_text(encoding="utf-8"))}
    assert ids == FRAME_IDS


@pytest.mark.parametrize("archivo", [GUIDE, PAGE])
def test_a_text_before_the_first_title_of_a_guide_or_page_is_shown(site: Path, archivo: str) -> None:
    text = (site / archivo).read_text(encoding="utf-8")
    header, _, body = text.removeprefix("---\n").partition("\n---\n")
    write(archivo, f"---\n{header}\n---\nAntes de todo.\n\n{body}")(site)
    assert said(site, archivo) == []


def test_a_title_of_another_level_before_the_sections_is_told_once(site: Path) -> None:
    replace(PROCESS, "---\n## Para", "---\n\n# Piloto\n\n## Para")(site)
    assert [message[:6] for message in said(site, PROCESS)] == ["EST006"]


def test_what_is_to_be_filled_in_is_told_by_its_name_and_where_the_guide_explains_it(site: Path) -> None:
    for change in (
        replace(PROCESS, "fase: probar", "fase: probar  # «…» una de estas"),
        replace(PROCESS, "  cuales: los", "  cuales: «…» los"),
        replace(PROCESS, "aguanta la rutina.", "aguanta «…»."),
        append(PROCESS, "\nLea «…».\n"),
        replace(PROCESS, "estado: publicado", "estado: borrador"),
    ):
        change(site)
    assert [message for message in said(site, PROCESS) if message.startswith("EST022")] == [
        "EST022 falta llenar «fase» → escríbalo y borre «…» con su nota (guía: docs/contribuir/ficha.md#campo-fase)",
        "EST022 falta llenar «datos_personales.cuales» → "
        "escríbalo y borre «…» con su nota (guía: docs/contribuir/ficha.md#campo-datos_personales)",
        "EST022 falta llenar «Úselo cuando» → escríbalo y borre «…» con su nota (guía: docs/contribuir/ficha.md#texto)",
        "EST022 falta llenar «Para profundizar» → "
        "escríbalo y borre «…» con su nota (guía: docs/contribuir/ficha.md#texto)",
    ]


@pytest.mark.parametrize(
    ("archivo", "old", "name", "guide"),
    [
        (SESSION, "### Ponga los datos a la vista", "paso-1", " (guía: docs/contribuir/ficha.md#paso)"),
        (GUIDE, "## Diga qué pasa", "etapa-1", " (guía: docs/contribuir/guia.md#texto)"),
        (PAGE, "## Licencia", "Licencia", ""),
    ],
)
def test_a_step_to_be_written_is_told_by_its_anchor(site: Path, archivo: str, old: str, name: str, guide: str) -> None:
    replace(archivo, old, old.replace(" ", " «…» ", 1))(site)
    (message,) = [message for message in said(site, archivo) if message.startswith("EST021")]
    assert message == f"EST021 falta llenar «{name}» → escríbalo y borre «…» con su nota{guide}"


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.guide], ids=lambda kind: kind.name)
def test_the_guide_has_the_anchors_that_the_messages_name(kind: Kind) -> None:
    guide = next(doc for doc in check(ROOT).catalog.pages if doc.archivo == kind.guide)
    assert {f"campo-{field}" for field in kind.model.model_fields} | {"texto"} <= guide.anchors.keys()
    assert kind.steps != "paso" or "paso" in guide.anchors


def test_a_paragraph_of_a_case_to_be_written_is_told_once(site: Path) -> None:
    replace(CASE, "## Lo que no se sabe", "«…» Qué cambió, con su fuente.\n\n## Lo que no se sabe")(site)
    assert [message[:6] for message in said(site, CASE)] == ["EST021"]


def test_the_mark_as_code_is_not_something_to_fill_in(site: Path) -> None:
    append(PAGE, "\nLa marca `«…»` señala lo que falta.\n\n```text\nfase: definir  # «…»\n```\n")(site)
    assert said(site, PAGE) == []
