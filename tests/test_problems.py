"""What the checker says, in its three formats."""

import json
import re
from difflib import SequenceMatcher, get_close_matches

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fichero.problems import (
    Names,
    Problem,
    as_github,
    as_json,
    as_text,
    codes,
    errors,
    nearest,
    suggestion,
    summary,
)

WRONG = Problem("methods/x.md", 12, 3, "FM003", "el campo «duracíon» no existe", "¿quiso decir «duracion»?")
NOTICE = Problem("methods/x.md", 40, 1, "PAS008", "el paso «Cierre» no dice qué hacer", "agregue un párrafo")


def test_a_finding_prints_its_place_its_code_what_is_wrong_and_how_to_fix_it() -> None:
    assert str(WRONG) == ("methods/x.md:12:3 FM003 error: el campo «duracíon» no existe → ¿quiso decir «duracion»?")
    assert str(NOTICE).startswith("methods/x.md:40:1 PAS008 aviso: ")


def test_the_text_ends_by_counting() -> None:
    assert as_text([WRONG, NOTICE]).splitlines() == [str(WRONG), str(NOTICE), "1 error y 1 aviso."]


@pytest.mark.parametrize(
    ("problems", "said"),
    [
        ([], "Sin problemas."),
        ([WRONG], "1 error."),
        ([NOTICE], "1 aviso."),
        ([WRONG, WRONG, NOTICE, NOTICE, NOTICE], "2 errores y 3 avisos."),
    ],
)
def test_the_count_is_a_sentence(problems: list[Problem], said: str) -> None:
    assert summary(problems) == said
    assert as_text(problems).splitlines()[-1] == said


def test_json_is_a_list_of_objects_with_the_names_of_the_contract() -> None:
    assert json.loads(as_json([WRONG])) == [
        {
            "archivo": "methods/x.md",
            "linea": 12,
            "columna": 3,
            "codigo": "FM003",
            "severidad": "error",
            "mensaje": "el campo «duracíon» no existe",
            "arreglo": "¿quiso decir «duracion»?",
        }
    ]
    assert json.loads(as_json([])) == []


def test_github_gets_an_annotation_for_each_finding() -> None:
    assert as_github([WRONG, NOTICE]).splitlines() == [
        "::error file=methods/x.md,line=12,col=3,title=FM003::el campo «duracíon» no existe → ¿quiso decir «duracion»?",
        "::warning file=methods/x.md,line=40,col=1,title=PAS008::"
        "el paso «Cierre» no dice qué hacer → agregue un párrafo",
    ]


hostile = st.text(st.sampled_from("a:%,=\r\n\t \u2028\x85\x0b«»→"), max_size=30) | st.sampled_from(
    ["\n::error file=a::b", "\r\n::set-output name=x::y", "%0A::stop-commands::x", "a,line=1::error::x"]
)


@given(archivo=hostile, mensaje=hostile, arreglo=hostile)
@example(archivo="a\n::error::b", mensaje="\r::debug::x", arreglo="\r\n::warning::")
def test_no_text_of_a_contributor_can_forge_a_command_for_github(archivo: str, mensaje: str, arreglo: str) -> None:
    lines = re.split(r"\r\n|\r|\n", as_github([Problem(archivo, 1, 1, "FM003", mensaje, arreglo)] * 2))

    assert len(lines) == 2, "one line a finding, and they are ours"
    for line in lines:
        head, _, said = line.removeprefix("::").partition("::")
        assert re.fullmatch(r"error file=[^,:]*,line=1,col=1,title=FM003", head)
        assert re.sub(r"\s+", " ", said.replace("%25", "%")) == re.sub(r"\s+", " ", f"{mensaje} → {arreglo}")


@given(archivo=hostile, mensaje=hostile, arreglo=hostile)
@example(archivo="methods/x.md", mensaje="duracion: «60\n::error::x» no se entiende", arreglo="")
def test_no_text_of_a_contributor_begins_a_line_of_the_report(archivo: str, mensaje: str, arreglo: str) -> None:
    report = as_text([Problem(f"methods/{archivo}", 1, 1, "FM003", mensaje, arreglo)])

    assert len(report.splitlines()) == 2
    assert not re.search(r"(?m)^::", report)


@pytest.mark.parametrize(
    "order",
    [
        *("\x1b[31m", "\x1b]0;título\x07", "\x9b31m", "\x90q", "\x08\x08\x08", "\r", "\x7f", "\x85"),
        *("\u202e", "\u2066", "\u200f", "\u061c", "\u2028", "\udcff"),
    ],
)
def test_no_text_of_a_contributor_is_an_order_to_a_terminal(order: str) -> None:
    problem = Problem(f"methods/a{order}b.md", 1, 1, "FM003", f"a{order}b", f"a{order}b")
    for report in (as_text([problem]), as_json([problem]), as_github([problem])):
        assert order[0] not in report
        report.encode("utf-8")
    assert json.loads(as_json([problem]))[0]["archivo"] == f"methods/a{order}b.md"
    assert as_text([problem]).startswith("methods/a ")


@pytest.mark.parametrize(
    "archivo", ["a\n::error file=b::c.md", "a%0A::error::b.md", "a,line=9::b.md", "::stop-commands::x.md"]
)
def test_the_name_of_a_file_forges_no_command(archivo: str) -> None:
    report = as_github([Problem(f"methods/{archivo}", 1, 1, "ARC005", "el nombre no sirve", "cámbielo")])
    assert len(report.splitlines()) == 1
    assert report.count("::") == 2 and report.startswith("::error file=methods/")
    assert report.count("line=") - archivo.count("line=") == 1 and "%0A" not in report.replace("%250A", "")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("duracíon", ["duracion", "dificultad"], "duracion"),
        ("mapa-actores", ["mapa-de-actores", "piloto"], "mapa-de-actores"),
        ("xyz", ["duracion", "dificultad"], None),
        ("", ["duracion"], None),
        ("duracion", [], None),
    ],
)
def test_the_nearest_word_is_the_one_the_person_most_probably_meant(
    word: str, known: list[str], meant: str | None
) -> None:
    assert nearest(word, known) == meant


@pytest.mark.parametrize(
    ("word", "known", "said"),
    [
        ("defnir", ["definir", "idear"], "¿quiso decir «definir»?"),
        ("zzz", ["idear", "definir"], "escriba una de estas: definir, idear"),
        ("zzz", [f"palabra-{number}" for number in range(13)], "revise el nombre"),
        ("zzz", [], "revise el nombre"),
    ],
)
def test_a_suggestion_is_the_near_word_or_the_short_list(word: str, known: list[str], said: str) -> None:
    assert suggestion(word, known) == said


def test_only_errors_stop_a_build() -> None:
    assert errors([WRONG, NOTICE]) == [WRONG]


def test_findings_are_in_the_order_of_their_places() -> None:
    places = [("b.md", 1, 1), ("a.md", 10, 1), ("a.md", 2, 9), ("a.md", 2, 3)]
    found = sorted(Problem(*place, "FM003", "", "") for place in places)
    assert [(p.archivo, p.linea, p.columna) for p in found] == [
        ("a.md", 2, 3),
        ("a.md", 2, 9),
        ("a.md", 10, 1),
        ("b.md", 1, 1),
    ]


def test_a_code_is_read_with_its_row() -> None:
    assert codes()["FM008"].titulo == "El rango está al revés"
    assert codes()["FM008"].mal == "duracion: 120-90 min"
    assert codes()["FM008"].bien == "duracion: 90-120 min"


words_alike = st.text("aeo-n/.md1", max_size=12)


@given(words_alike.filter(bool), st.sets(words_alike.filter(bool), max_size=30))
@example("paso-12", {"paso-21", "paso-1", "paso-2", "otra-cosa"})
def test_the_name_that_was_meant_is_the_one_that_difflib_finds(word: str, known: set[str]) -> None:
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.6)

    assert Names(known).nearest(word) == (found[0] if found else None)


def test_to_find_a_name_not_all_are_compared_letter_by_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    class Counted(SequenceMatcher[str]):
        def ratio(self) -> float:
            compared.append(self.a)
            return super().ratio()

    monkeypatch.setattr("fichero.problems.SequenceMatcher", Counted)
    known = [f"{name}-{number}" for name in ("arbol-de-problemas", "mapa-de-actores") for number in range(500)]

    assert Names(known).nearest("arbol-de-problema-77") == "arbol-de-problemas-77"
    assert len(compared) < 20


def test_names_and_words_of_thousands_of_letters_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fichero.problems.SequenceMatcher.ratio", lambda _: pytest.fail("they were compared"))

    assert suggestion("ab" * 2_000, [f"{'ba' * 2_000}{number}" for number in range(30)]) == "revise el nombre"


def test_a_file_is_helped_with_its_first_fifty_wrong_words_and_each_other_file_with_its_own() -> None:
    names = Names([f"metodo-numero-{number}" for number in range(100)])
    told = [names.suggestion(f"metodo-numer-{number}", "cases/uno.md") for number in range(60)]

    assert told[49] == "¿quiso decir «metodo-numero-49»?"
    assert told[50:] == ["revise el nombre"] * 10
    assert names.suggestion("metodo-numer-55", "cases/dos.md") == "¿quiso decir «metodo-numero-55»?"


def test_among_many_thousands_of_names_fewer_words_are_helped() -> None:
    names = Names([f"termino-{number}" for number in range(20_000)])
    told = [names.suggestion(f"terminos-{number}", "docs/_datos/glosario.yml") for number in range(12)]

    assert told[3] == "¿quiso decir «termino-3»?"
    assert told[4:] == ["revise el nombre"] * 8
