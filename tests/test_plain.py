"""Each card, case and guide as one plain Markdown text, which holds every word of the page and needs nothing else."""

import re
from pathlib import Path

import pytest
from changes import CASE, SESSION, append, replace
from pyromark import html

from fichero import __version__
from fichero.html import TAG
from fichero.link import Catalog
from fichero.pipeline import check
from fichero.plain import plain_files
from fichero.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
HERE = Settings()
PUBLIC = Settings(sitio="https://ana.github.io/fichero/")


def text_of(root: Path, path: str, settings: Settings = HERE) -> str:
    return dict(plain_files(check(root).catalog, settings))[path].decode()


def words(markdown: str) -> list[str]:
    """What a person reads, word by word: no marks, no addresses, no notes."""
    without_notes = re.sub(r"\[\^[^\]]+\]", "", markdown)
    without_marks = re.sub(r"\{lang=[a-z-]+\}", "", without_notes)
    return re.findall(r"\w+", TAG.sub(" ", html(without_marks)))


def test_there_is_a_text_beside_each_published_card_case_and_guide(site: Path) -> None:
    assert sorted(dict(plain_files(check(site).catalog, HERE))) == [
        "casos/cuentas-claras/markdown.txt",
        "guias/una-mejora-en-dos-meses/markdown.txt",
        "metodos/piloto-de-cuatro-semanas/markdown.txt",
        "metodos/problema-en-una-frase/markdown.txt",
    ]
    replace(CASE, "estado: publicado", "estado: borrador")(site)
    assert "casos/cuentas-claras/markdown.txt" not in dict(plain_files(check(site).catalog, HERE))


def test_a_text_begins_with_the_title_the_summary_and_the_facts(site: Path) -> None:
    text = text_of(site, "metodos/problema-en-una-frase/markdown.txt")
    assert text.startswith(
        "# Problema en una frase\n"
        "\n"
        "El grupo escribe en una sola frase qué le pasa a quién, dónde y desde cuándo, y comprueba que no sea una "
        "solución disfrazada.\n"
        "\n"
        "- **Código:** M001\n"
        "- **Fase:** Definir\n"
        "- **Tiempo:** 60–80 min\n"
        "- **Personas:** 5–12\n"
        "- **Dificultad:** Baja\n"
        "- **Modalidad:** Presencial, a distancia\n"
    )
    assert "- **Materiales:**\n  - 2 pliegos de papel\n  - 40 tarjetas de media hoja carta\n" in text
    assert "- **Datos personales:** no se recogen\n" in text


def test_a_step_says_its_number_and_its_minutes(site: Path) -> None:
    text = text_of(site, "metodos/problema-en-una-frase/markdown.txt")
    assert "### Paso 2. Complete las cuatro columnas (20–25 min, esencial)\n\nEn silencio, cada persona" in text
    assert "{#" not in text
    assert "## Etapa 1. " in text_of(site, "guias/una-mejora-en-dos-meses/markdown.txt")


def test_a_source_is_a_numbered_footnote_with_the_whole_citation(site: Path) -> None:
    text = text_of(site, "metodos/problema-en-una-frase/markdown.txt")
    assert "dificultades más comunes al enunciar un problema[^1]." in text
    (note,) = re.findall(r"(?m)^\[\^1\]: (.*)$", text)
    assert note == (
        "Hugo Camacho, Luis Cámara, Rafael Cascante y Héctor Sainz (2001). "
        "*El enfoque del marco lógico: 10 casos prácticos*. Consultado el 22 de noviembre de 2026."
    )
    assert "[^camacho-2001]" not in text


def test_a_citation_in_code_is_not_a_note(site: Path) -> None:
    append(SESSION, "\nSe escribe `[^camacho-2001]`.\n")(site)
    assert "Se escribe `[^camacho-2001]`." in text_of(site, "metodos/problema-en-una-frase/markdown.txt")


@pytest.mark.parametrize(
    ("settings", "pilot", "step"),
    [
        (
            PUBLIC,
            "https://ana.github.io/fichero/metodos/piloto-de-cuatro-semanas/",
            "https://ana.github.io/fichero/metodos/problema-en-una-frase/#paso-2",
        ),
        (HERE, "../piloto-de-cuatro-semanas/", "#paso-2"),
    ],
)
def test_links_lead_to_the_published_pages(site: Path, settings: Settings, pilot: str, step: str) -> None:
    text = text_of(site, "metodos/problema-en-una-frase/markdown.txt", settings)
    assert f"[piloto]({pilot})" in text
    assert f"[paso 2]({step})" in text
    assert ".md" not in text


def test_a_text_ends_with_its_address_its_licence_and_its_version(site: Path) -> None:
    text = text_of(site, "metodos/problema-en-una-frase/markdown.txt", PUBLIC)
    assert (
        "- Dirección permanente: https://ana.github.io/fichero/m/001/\n"
        "- Revisado el 22 de noviembre de 2026.\n"
        "- Licencia del texto: CC BY 4.0. https://creativecommons.org/licenses/by/4.0/deed.es\n"
        f"- Versión: Fichero {__version__}\n"
        "- No es una publicación oficial."
    ) in text


def test_a_title_is_not_read_as_markdown(site: Path) -> None:
    replace(SESSION, "titulo: Problema en una frase", "titulo: 'Problema *en* [una] frase'")(site)
    text = text_of(site, "metodos/problema-en-una-frase/markdown.txt")
    assert text.startswith("# Problema \\*en\\* \\[una\\] frase\n")


def test_the_mark_of_a_language_is_left_out(site: Path) -> None:
    append(SESSION, "\nUna palabra: *winaq*{lang=quc}.\n")(site)
    assert "Una palabra: *winaq*.\n" in text_of(site, "metodos/problema-en-una-frase/markdown.txt")


@pytest.fixture(scope="module")
def real() -> Catalog:
    return check(ROOT).catalog


def test_every_word_of_every_body_is_in_its_text_in_the_same_order(real: Catalog) -> None:
    for doc, content in zip(
        (*real.methods, *real.cases, *real.guides), dict(plain_files(real, PUBLIC)).values(), strict=True
    ):
        body = re.sub(r"(?m)^(#+ .*?) *\{[^}]*\} *$", r"\1", doc.source.body)
        rest = iter(words(content.decode()))
        missing = [word for word in words(body) if word not in rest]  # `in` goes on from where it was
        assert missing == [], doc.archivo
