"""Each link leads to what is there; the links judged are those that are published."""

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from changes import PAGE, SESSION, append, replace
from hypothesis import example, given
from hypothesis import strategies as st
from pyromark import Options, html

from fichero.links import Part
from fichero.markdown import links_of
from fichero.pipeline import check
from fichero.problems import Names
from fichero.source import parse_source


def said(site: Path, archivo: str = PAGE) -> list[str]:
    return [f"{p.codigo} {p.mensaje} → {p.arreglo}" for p in check(site).problems if p.archivo == archivo]


marks = st.text(st.sampled_from("[]()<>!:/\\&#;`*_^|. \n\tabjñ1\"'-"), max_size=60)


@given(marks | st.lists(st.sampled_from(["[a](b)", "<x:y>", "![", "](c)", "[d]", "\n\n[d]: e", "`", "ñ"])).map("".join))
@example("Vea [uno ñ](a.md 'x') y <javascript:alert(1)> [b][c]\n\n[c]: <java\tscript>\n")
@example("[![a](b)](c) <ana@example.org>")
def test_the_links_judged_are_the_addresses_of_the_html(text: str) -> None:
    made = re.sub(r"<(?!a |img )[^>]*>", "", html(text, options=Options.ENABLE_TABLES))
    published = [unquote(unescape(address)) for address in re.findall(r'<(?:a href|img src)="([^"<]*)"', made)]
    judged = [unquote(link.target) for link in links_of(text)[0]]

    assert not Counter(published) - Counter(judged), "a link inside the text of an image is judged, and not published"


@given(marks)
def test_a_link_begins_where_it_is_typed(text: str) -> None:
    for link in links_of(text)[0]:
        assert text[link.start] in "[!<"
        assert text[link.end - 1] in ")]>"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (
            "[otra](Acerca.md)",
            "ENL001 el enlace «Acerca.md» no lleva a ningún archivo → solo cambian las mayúsculas: escriba «acerca.md»",
        ),
        (
            "[la ficha](/metodos/problema-en-una-frase/)",
            "ENL001 el enlace «/metodos/problema-en-una-frase/» no lleva a ningún archivo → "
            "escriba el archivo, no la dirección: «../methods/problema-en-una-frase.md»",
        ),
        (
            "[la ficha](problema-en-una-frase.md)",
            "ENL001 el enlace «problema-en-una-frase.md» no lleva a ningún archivo → "
            "¿quiso decir «../methods/problema-en-una-frase.md»?",
        ),
        (
            "[la licencia](#LICENCIA)",
            "ENL002 «docs/acerca.md» no tiene el ancla «#LICENCIA» → solo cambian las mayúsculas: escriba «#licencia»",
        ),
        (
            "[la ficha](../methods/problema-en-una-frase.md (La ficha))",
            "ENL010 este enlace está escrito de una forma que el sitio no sigue → escríbalo así: "
            "«[la ficha](../methods/problema-en-una-frase.md)», sin «<», «>» ni paréntesis en la dirección",
        ),
        (
            "[gob.gt](https://gob.gt.example.org/)",
            "ENL006 el enlace dice «gob.gt» y lleva a «gob.gt.example.org» → "
            "escriba el sitio al que lleva, «gob.gt.example.org», o el nombre de lo que se abre",
        ),
    ],
)
def test_a_message_gives_the_address_the_person_meant(site: Path, typed: str, told: str) -> None:
    append(PAGE, f"\n{typed}\n")(site)
    assert said(site) == [told]


@pytest.mark.parametrize(
    "typed",
    [
        "<https://example.org/>",
        "[example.org](https://www.example.org/)",
        "[la licencia][1]\n\n[1]: #licencia",
        "[Acerca]\n\n[Acerca]: acerca.md",
        "`[texto](no-es-enlace.md)` y `[a][b]`",
        "```\n[texto] (no-es-enlace.md)\n```",
        "    [texto][sangrado]",
        r"\[texto](entre paréntesis)",
        "El apartado [a] (véase arriba) y la lista [1, 2].",
        "Una afirmación[^camacho-2001][^expandnet-2011].",
        "Escriba [nombre del municipio] y la fecha.",
        "Firme [x] (opcional) el acta.",
        "[fuente](fuentes.md#camacho-2001), [inicio](por-donde-empiezo.md#situacion-muchas-quejas)",
        "[el mensaje](contribuir/errores.md#fm013)",
    ],
)
def test_unusual_texts_without_mistakes_are_left_alone(site: Path, typed: str) -> None:
    append(PAGE, f"\n{typed}\n")(site)
    assert said(site) == []


def test_a_link_in_a_text_below_a_wrong_header_is_judged_as_in_any_other(site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: definicion")(site)
    replace(SESSION, "(#paso-2)", "(#paso-20)")(site)
    assert [line.split()[0] for line in said(site, SESSION)] == ["FM011", "ENL002"]


@given(marks)
def test_any_text_has_its_links_judged_without_an_exception(text: str) -> None:
    source, _ = parse_source("docs/x.md", f"---\ntitulo: x\n---\n{text}")
    assert source
    for link in links_of(source.body)[0]:
        assert 0 <= link.start < link.end <= len(source.body)


def test_the_names_of_the_site_are_gathered_once_however_many_links_are_broken(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gathered = []

    class Counted(Names):
        def __init__(self, known: Iterable[str]) -> None:
            gathered.append(1)
            super().__init__(known)

    monkeypatch.setattr("fichero.links.Names", Counted)
    append(PAGE, "\n" + "".join(f"[Uno](acerc{n}.md), [dos](#licenci{n})\n" for n in range(200)))(site)

    assert {line.split()[0] for line in said(site)} >= {"ENL001", "ENL002"}
    assert len(gathered) < 10, "one of the files beside each folder, and one of the anchors of each text"


def test_the_place_of_a_link_in_letters_of_several_bytes_is_counted_in_letters() -> None:
    text = "ñandú 🌱 `é` [á](b.md) <ana@example.org>"
    links, code = links_of(text)

    assert [text[link.start : link.end] for link in links] == ["[á](b.md)", "<ana@example.org>"]
    assert code == []
    assert Part("uno\n[dos](a b", 7, [], []).place(4) == (8, 1)


def test_what_is_inside_a_link_that_holds_another_is_made() -> None:
    text = "[![a](b)](c) [d](e f)"
    part = Part(text, 1, *links_of(text))

    assert [part.is_made(offset) for offset in (0, 1, 8, 11, 12, 13)] == [True, True, True, True, False, False]
