"""From an issue form to a file: on our real forms, and on whatever anyone may type in them."""

import datetime
import json
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from formularios import (
    CARD,
    CASE,
    CORRECTION,
    REPORT,
    ROOT,
    STEPS,
    as_github_writes_it,
    real_form,
)
from hypothesis import given
from hypothesis import strategies as st

from fichero.cli import main
from fichero.drafts import case_draft
from fichero.forms import FOLDER, FORMS, inert, read_answers
from fichero.markdown import points, to_html
from fichero.pipeline import Checked, check, judge, judge_file
from fichero.plain_yaml import parse_data
from fichero.problems import Problem, errors
from fichero.read import Folder, read_folder
from fichero.source import parse_source

ANSWERS = {"ficha": CARD, "caso": CASE, "correccion": CORRECTION, "uso": REPORT}
CARD_FILE = "methods/linea-de-tiempo-del-tramite.md"
CASE_FILE = "cases/un-recibo-que-se-lee.md"
REPORTS = "docs/_datos/usos.yml"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def root(site: Path) -> Path:
    """The small site with the project's own forms, and no report of use yet."""
    shutil.copytree(ROOT / FOLDER, site / FOLDER)
    (site / REPORTS).unlink(missing_ok=True)
    return site


@pytest.fixture
def send(root: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Send the body of an issue: the exit status and what was printed."""

    def run(body: str | None) -> tuple[int, str]:
        event = root.parent / "evento.json"
        event.write_text(json.dumps({"issue": {"body": body}}), encoding="utf-8")
        status = main(["--raiz", str(root), "desde-formulario", "--evento", str(event)])
        return status, capsys.readouterr().out

    return run


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, list[Problem], Checked]:
    """The small site as `root` is before any form: read once, and judged once."""
    site = tmp_path_factory.mktemp("base") / "sitio"
    shutil.copytree(ROOT / "tests" / "site", site)
    shutil.copy(ROOT / "docs/_datos/vocabularios.yml", site / "docs/_datos")
    (site / REPORTS).unlink()
    folder, unread = read_folder(site)
    return folder, unread, judge(folder, unread, today=datetime.date.today())


@pytest.fixture
def send_many(send: Run, standing: tuple[Folder, list[Problem], Checked], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`send` where the site is as `root` leaves it before each form: it and the forms are not read again."""
    folder, unread, now = standing
    monkeypatch.setattr("fichero.cli.read_folder", lambda _: (folder, [*unread]))
    monkeypatch.setattr("fichero.cli.judge", lambda *_, **__: now)
    monkeypatch.setattr("fichero.cli.read_form", lambda name, _: real_form(name))
    return send


def files(root: Path) -> dict[str, bytes]:
    """Every file around the site and in it, but the event."""
    paths = [path for path in root.parent.rglob("*") if path.is_file() and path.name != "evento.json"]
    return {path.relative_to(root.parent).as_posix(): path.read_bytes() for path in paths}


def test_a_draft_with_only_avisos_is_written_and_says_them(
    root: Path, send: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    aviso = Problem("formulario", 3, 1, "EST012", "«LLEGUE TEMPRANO SIEMPRE» está en mayúsculas", "baje las letras")
    monkeypatch.setattr("fichero.cli.case_draft", lambda *words: (case_draft(*words)[0], [aviso]))
    status, printed = send(as_github_writes_it("caso", CASE))
    assert status == 0
    assert "formulario:3:1 EST012 aviso: " in printed
    assert (root / CASE_FILE).exists()


# --- The forms themselves ------------------------------------------------------------------------------------------

# Source: docs.github.com, «Syntax for GitHub's form schema» and «Common validation errors when creating issue forms».
KEYS = {"name", "description", "title", "labels", "body"}
ATTRIBUTES = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value"},
    "dropdown": {"label", "description", "multiple", "options"},
    "checkboxes": {"label", "description", "options"},
}


def raw(name: str) -> dict[str, object]:
    form: dict[str, object] = yaml.safe_load((ROOT / FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return form


def test_every_form_in_the_folder_is_known() -> None:
    assert {path.stem for path in (ROOT / FOLDER).glob("*.yml")} == {*FORMS, "config"}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_keeps_githubs_rules(name: str) -> None:
    form = raw(name)
    assert form.keys() == KEYS
    assert form["labels"] == [name]
    fields = form["body"]
    assert isinstance(fields, list)
    for field in fields:
        assert set(field) <= {"type", "id", "attributes", "validations"}
        assert set(field["attributes"]) <= ATTRIBUTES[field["type"]]
        assert all(isinstance(text, str | list | bool) and text for text in field["attributes"].values())
        if field["type"] != "markdown":
            assert re.fullmatch(r"[A-Za-z0-9_-]+", field["id"])
        assert set(field.get("validations", {})) <= {"required"}
    questions = real_form(name).questions
    assert len({question.id for question in questions}) == len(questions)
    assert len({question.label.casefold() for question in questions}) == len(questions)
    for question in questions:
        assert len(set(question.options)) == len(question.options)
        for option in question.options:
            assert isinstance(option, str) and option.strip() and option.casefold() != "none"
            assert question.type == "checkboxes" or "," not in option, "GitHub joins the chosen ones with commas"


def test_each_form_begins_with_a_question_of_its_own() -> None:
    assert [real_form(name).questions[0].label for name in FORMS] == [
        "Nombre del método",
        "Nombre del caso",
        "Página",
        "Método",
    ]


@pytest.mark.parametrize("name", FORMS)
def test_a_form_warns_against_personal_data_before_the_first_question(name: str) -> None:
    first = yaml.safe_load((ROOT / FOLDER / f"{name}.yml").read_text(encoding="utf-8"))["body"][0]
    assert first["type"] == "markdown"
    assert "datos personales" in first["attributes"]["value"]


@pytest.mark.parametrize(
    ("name", "question", "vocabulary"),
    [
        ("ficha", "fase", "fases"),
        ("ficha", "ciclo", "ciclo"),
        ("ficha", "se_lleva", "entregables"),
        ("ficha", "dificultad", "dificultades"),
        ("ficha", "modalidad", "modalidades"),
        ("caso", "rol_labgob", "roles_labgob"),
        ("caso", "resultado", "resultados"),
    ],
)
def test_the_options_of_a_form_are_the_labels_of_its_vocabulary_in_order(
    name: str, question: str, vocabulary: str
) -> None:
    words = check(ROOT).catalog.vocabularies[vocabulary].values()
    options = next(found.options for found in real_form(name).questions if found.id == question)
    assert list(options) == [word.etiqueta for word in words]


def test_every_list_of_a_form_is_compared_above_with_its_vocabulary() -> None:
    lists = [question.id for name in FORMS for question in real_form(name).questions if question.type == "dropdown"]
    assert lists == ["fase", "ciclo", "se_lleva", "dificultad", "modalidad", "rol_labgob", "resultado"]


# --- The way from a form to a file ----------------------------------------------------------------------------------


def test_a_card_is_written_as_a_draft_that_passes_the_check(root: Path, send: Run) -> None:
    status, printed = send(as_github_writes_it("ficha", CARD))

    assert status == 0
    assert (
        (root / CARD_FILE)
        .read_text(encoding="utf-8")
        .startswith(
            """---
codigo: M003
titulo: Línea de tiempo del trámite
resumen: Se ordenan en la pared los pasos de un trámite para ver dónde se espera.
tambien:
  - línea del tiempo
  - timeline
necesidades:
  - Nadie sabe dónde se atrasa
  - Cada ventanilla dice otra cosa
fase: definir
ciclo:
  - diagnostico
  - formulacion
producto: Una pared con los pasos y sus esperas
se_lleva:
  - mapa
  - problema
formato: sesion
duracion: 30-35 min
participantes: 6-12
dificultad: baja
modalidad:
  - presencial
  - a-distancia
materiales:
  - 3 papelógrafos
  - 2 marcadores
revisado: """
        )
    )
    text = (root / CARD_FILE).read_text(encoding="utf-8").split("estado: borrador\n")[1]
    assert text == (
        """---
## Para qué sirve

Se ve dónde se espera.

Nadie tiene la culpa sola.

## Úselo cuando

- Hay quejas por la espera.
- El trámite pasa por varias oficinas.

## No lo use cuando

- Nadie ha hablado con la gente: haga antes una entrevista.

## Cuidados y permisos

…

## Antes de empezar

1. Consiga tres expedientes.
2. Reserve una pared.

## Pasos

### Ponga los datos a la vista {#paso-1 minutos=10-15 esencial}

Pegue en la pared los datos y las frases.

Diga: «Lean en silencio.»

Listo cuando cada persona ha leído todo.

Si se traba: no hay datos. Use tres frases textuales.

### Escriba el problema {#paso-2 minutos=20}

Cada persona propone una frase.

Diga: «Una frase, sin soluciones.»

Listo cuando hay una frase en la pared.

Si se traba: pida que completen «Hoy no puedo…».

## Devolver y llevar al plan

…

## Adaptaciones

…

## Ejemplo ilustrativo

**Ejemplo ilustrativo.** Una oficina inventada ordena los pasos de una licencia.

## Para profundizar

…
"""
    )
    assert errors(check(root).problems) == []
    assert printed.splitlines()[-1] == (
        f"escrito {CARD_FILE}; quedan por escribir: Cuidados y permisos, Devolver y llevar al plan, "
        "Adaptaciones, Para profundizar"
    )


@pytest.mark.parametrize(
    ("steps", "fields"),
    [
        ("Paso 1: Mida (1 h, esencial)\nListo cuando hay datos.", {"formato": "sesion", "duracion": "60 min"}),
        (
            "PASO 1. Mida (2 semanas, Esencial)\nlisto cuando hay datos.\n\n"
            "paso 2 - Decida (1 a 2 semanas)\nListo cuando hay acta.",
            {"formato": "proceso", "plazo": "3-4 semanas"},
        ),
        (
            "Paso 1: Mida (1-2 semanas)\nListo cuando hay datos.\nPaso 2: Decida (3 días)\nListo cuando hay acta.",
            {"formato": "proceso", "plazo": "8-13 días"},
        ),
        (
            "Paso 1: Decida (3 días)\nListo cuando hay acta.\nPaso 2: Mida (1-2 semanas)\nListo cuando hay datos.",
            {"formato": "proceso", "plazo": "8-13 días"},
        ),
    ],
)
def test_the_time_of_a_card_is_the_sum_of_its_steps(
    root: Path, send_many: Run, steps: str, fields: dict[str, str]
) -> None:
    status, printed = send_many(as_github_writes_it("ficha", CARD | {"pasos": steps}))
    assert status == 0, printed
    front = yaml.safe_load((root / CARD_FILE).read_text(encoding="utf-8").split("---\n")[1])
    assert {name: front[name] for name in ("formato", "duracion", "plazo") if name in front} == fields


def test_a_case_is_written_as_a_draft_and_its_numbers_become_its_sources(root: Path, send: Run) -> None:
    status, printed = send(as_github_writes_it("caso", CASE))

    assert (status, printed) == (0, f"Sin problemas.\nescrito {CASE_FILE}\n")
    text = (root / CASE_FILE).read_text(encoding="utf-8")
    assert "codigo: C002\n" in text
    assert "rol_labgob: coejecutor\n" in text
    assert "metodos:\n  - id: piloto-de-cuatro-semanas\n    uso: se probó primero en un municipio.\n" in text
    assert "resultado: sin-medicion\n" in text
    assert "fuentes:" not in text
    assert text.endswith(
        """---
## El problema

El 51 % no entendía su recibo[^energia-2016-12].

## Qué se hizo

- Piloto en 2016[^energia-2016-07].
- Todo el país, en diciembre[^energia-2016-12].

## Resultados

El recibo llegó a los hogares[^energia-2016-12][^energia-2016-07].

## Lo que no se sabe

Si ahora se entiende.

## Qué puede aprovechar Guatemala

Medir antes y después.
"""
    )
    assert errors(check(root).problems) == []


def test_a_source_is_known_by_its_address_or_its_title_and_one_not_cited_goes_to_the_header(
    root: Path, send: Run
) -> None:
    listed = (
        "Presidenta Bachelet presenta nuevas cuentas de luz y gas\n"
        "https://energia.gob.cl/noticias/nacional/plan-piloto-cuentas-claras-simples-y-transparentes\n"
        "camacho-2001"
    )
    status, printed = send(as_github_writes_it("caso", CASE | {"fuentes": listed}))
    assert status == 0, printed
    text = (root / CASE_FILE).read_text(encoding="utf-8")
    assert "El 51 % no entendía su recibo[^energia-2016-12]." in text
    assert "- Piloto en 2016[^energia-2016-07]." in text
    assert "fuentes:\n  - camacho-2001\n" in text


@pytest.mark.parametrize(
    ("typed_lines", "kept"),
    [
        ("Hojas de 5 * 3 pulgadas", ["Hojas de 5 * 3 pulgadas"]),
        ("Ministerio de Energía - División de Acceso", ["Ministerio de Energía - División de Acceso"]),
        ("La reunión es el día 15. El grupo ya se conoce.", ["La reunión es el día 15. El grupo ya se conoce."]),
        ("La reunión es el día\n15. El grupo ya se conoce.", ["La reunión es el día", "15. El grupo ya se conoce."]),
        ("15 personas\n2026. Un año entero\n-5 grados", ["15 personas", "2026. Un año entero", "-5 grados"]),
        ("6- 12 personas\n10.5 metros de papel", ["6- 12 personas", "10.5 metros de papel"]),
        ("- uno\n* dos\n• tres\n•cuatro", ["uno", "dos", "tres", "cuatro"]),
        ("·\tuno\n– dos\n➢ tres\n+ cuatro\n\uf0b7 cinco", ["uno", "dos", "tres", "cuatro", "cinco"]),
        ("a) uno\nB) dos\nc.- tres", ["uno", "dos", "tres"]),
        (
            "1.- uno\n2.- 5 hojas\n3) tres\n4)cuatro\n5.) cinco\n6- seis",
            ["uno", "5 hojas", "tres", "cuatro", "cinco", "seis"],
        ),
        ("Para cada mesa:\n1. uno\n2. dos", ["Para cada mesa:", "uno", "dos"]),
        ("* *uno* y dos", ["uno y dos"]),
        ("9. nueve\n10. diez", ["9. nueve", "10. diez"]),
    ],
)
def test_only_the_mark_of_a_list_is_taken_from_the_beginning_of_a_line(
    root: Path, send_many: Run, typed_lines: str, kept: list[str]
) -> None:
    status, printed = send_many(
        as_github_writes_it("ficha", CARD | {"materiales": typed_lines, "adaptaciones": typed_lines})
    )
    assert status == 0, printed
    source, _ = parse_source(CARD_FILE, (root / CARD_FILE).read_text(encoding="utf-8"))
    assert source and source.front["materiales"] == kept
    section = next(section for section in source.sections if section.title == "Adaptaciones")
    assert points(section.text) == kept


def test_asterisks_are_not_left_in_a_field_and_stay_in_a_text(root: Path, send_many: Run) -> None:
    marked = {"materiales": "**3** papelógrafos\n_2 marcadores_\n5*3*2 hojas\nun_nombre_raro\n* suelto *"}
    marked |= {"producto": "Una **pared** con ***todo***", "para-que-sirve": "Se ve **dónde** se espera."}
    status, printed = send_many(as_github_writes_it("ficha", CARD | marked))
    assert status == 0, printed
    source, _ = parse_source(CARD_FILE, (root / CARD_FILE).read_text(encoding="utf-8"))
    assert source
    assert source.front["materiales"] == [
        "3 papelógrafos",
        "2 marcadores",
        "5*3*2 hojas",
        "un_nombre_raro",
        "suelto *",
    ]
    assert source.front["producto"] == "Una pared con todo"
    assert source.sections[0].text == "Se ve **dónde** se espera."


@pytest.mark.parametrize(
    ("typed_text", "published"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("Ponga <nombre> y <<fecha>>, si 3 < 5.", "<p>Ponga &lt;nombre&gt; y &lt;&lt;fecha&gt;&gt;, si 3 &lt; 5.</p>"),
        ("Una ‹frase› <!-- corta", "<p>Una ‹frase› &lt;!-- corta</p>"),
        ("Escriba `<b>` así", "<p>Escriba <code>&lt;b&gt;</code> así</p>"),
    ],
)
@pytest.mark.parametrize("question", ["para-que-sirve", "adaptaciones", "pasos"])
def test_the_signs_of_html_are_published_as_they_were_typed(
    root: Path, send_many: Run, question: str, typed_text: str, published: str
) -> None:
    answer = f"{STEPS}\n\n{typed_text}" if question == "pasos" else typed_text
    status, printed = send_many(as_github_writes_it("ficha", CARD | {question: answer}))
    assert status == 0, printed
    source, _ = parse_source(CARD_FILE, (root / CARD_FILE).read_text(encoding="utf-8"))
    assert source
    parts = [part for section in source.sections for part in (section, *section.children)]
    made = "".join(to_html(part.text, str) for part in parts).replace("<li>", "<p>").replace("</li>", "</p>")
    assert published in made


@pytest.mark.parametrize(
    "first", ["**Paso 1: Ponga (10-15 min)**", "**Paso 1:** Ponga (10-15 min)", "- *Paso 1*: Ponga (10-15 min)"]
)
def test_a_step_may_have_its_title_in_bold(root: Path, send_many: Run, first: str) -> None:
    steps = STEPS.replace("Paso 1: Ponga los datos a la vista (10-15 min, esencial)", first)
    status, printed = send_many(as_github_writes_it("ficha", CARD | {"pasos": steps}))
    assert status == 0, printed
    assert "\n### Ponga {#paso-1 minutos=10-15}\n" in (root / CARD_FILE).read_text(encoding="utf-8")


def test_a_text_above_the_first_step_is_quoted(send: Run) -> None:
    _, printed = send(as_github_writes_it("ficha", CARD | {"pasos": "**Primer paso**\n" + STEPS}))
    assert "Pasos: «**Primer paso**» no es el título del primer paso → escriba antes el título del paso" in printed


NEW_SOURCE = "https://example.org/informe-2014"


def test_of_a_new_source_without_an_address_more_may_be_told_to_the_team(send: Run) -> None:
    new = {"fuentes": "energia-2016-12\nUn libro que leí\nenergia-2016-07", "que-se-hizo": "Uno [3]."}
    _, printed = send(as_github_writes_it("caso", CASE | new))
    assert printed == (
        "formulario:45:1 FUE001 error: Fuentes: «Un libro que leí» todavía no está en la bibliografía → "
        "le toca al equipo agregarla: usted no tiene que hacer nada; "
        "para ayudar, puede decir también quién la publicó, el año y su dirección web\n1 error.\n"
    )


def test_a_source_that_is_new_is_told_to_be_for_the_team_and_is_all_that_is_told(root: Path, send: Run) -> None:
    new = CASE | {"fuentes": f"{NEW_SOURCE}\nenergia-2016-07"}
    status, printed = send(as_github_writes_it("caso", new))
    assert (status, printed) == (
        1,
        f"formulario:44:1 FUE001 error: Fuentes: «{NEW_SOURCE}» todavía no está en la bibliografía → "
        "le toca al equipo agregarla: usted no tiene que hacer nada\n1 error.\n",
    )

    # The team adds it, and the form goes through as it was.
    with (root / "docs/_datos/fuentes.yml").open("a", encoding="utf-8") as bibliography:
        bibliography.write(
            f"informe-2014:\n  titulo: Un informe\n  autoria: Una oficina\n  tipo: oficial\n  url: '{NEW_SOURCE}'\n"
        )
    assert errors(check(root).problems) == []
    assert send(as_github_writes_it("caso", new))[0] == 0
    assert "El 51 % no entendía su recibo[^informe-2014]." in (root / CASE_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "listed",
    [
        "{}.",
        "{}/",
        "<{}>",
        "[Plan piloto]({})",
        "Ministerio de Energía (2016): Plan piloto. {}",
        "1. ({})",
        "[1] «{}»",
    ],
)
@pytest.mark.parametrize(
    "address", ["https://energia.gob.cl{}", "http://www.energia.gob.cl{}", "HTTPS://Energia.gob.cl{}"]
)
def test_a_known_address_is_recognised_as_people_write_it(
    root: Path, send_many: Run, listed: str, address: str
) -> None:
    known = address.format("/noticias/nacional/plan-piloto-cuentas-claras-simples-y-transparentes")
    status, printed = send_many(
        as_github_writes_it("caso", CASE | {"fuentes": f"{listed.format(known)}\nenergia-2016-12"})
    )
    assert status == 0, printed
    assert "El 51 % no entendía su recibo[^energia-2016-07]." in (root / CASE_FILE).read_text(encoding="utf-8")


def test_an_emoji_made_of_several_is_no_invisible_character(root: Path, send_many: Run) -> None:
    family = "Para la familia \U0001f468\u200d\U0001f469\u200d\U0001f467 y el coraz\u00f3n \u2764\ufe0f."
    status, printed = send_many(as_github_writes_it("ficha", CARD | {"para-que-sirve": family}))
    assert status == 0, printed
    assert family in (root / CARD_FILE).read_text(encoding="utf-8")


ONE, TWO = "[^energia-2016-12]", "[^energia-2016-07]"


@pytest.mark.parametrize(
    ("typed_text", "written_text"),
    [
        ("Bajó [1, 2].", f"Bajó{ONE}{TWO}."),
        ("Bajó [1-2].", f"Bajó{ONE}{TWO}."),
        ("Bajó [1–2] [2].", f"Bajó{ONE}{TWO}{TWO}."),
        ("Bajó [1 y 2]; bajó [1 a 2].", f"Bajó{ONE}{TWO}; bajó{ONE}{TWO}."),
        ("Bajó [1][2] [ 1 ], [1; 2], [1,2] y [1, y 2].", f"Bajó{ONE}{TWO}{ONE},{ONE}{TWO},{ONE}{TWO} y{ONE}{TWO}."),
        ("Bajó [^1]: de 5 a 3.", f"Bajó{ONE}: de 5 a 3."),
        ("[1]: bajó.", f"{ONE}\\: bajó."),
        ("Bajó [1] en [2014] y [quizá 2].", f"Bajó{ONE} en [2014] y [quizá 2]."),
        ("Bajó [1] de [60 %] a [51 %].", f"Bajó{ONE} de [60 %] a [51 %]."),
    ],
)
def test_the_sources_of_a_case_may_be_numbered_in_several_ways(
    root: Path, send_many: Run, typed_text: str, written_text: str
) -> None:
    status, printed = send_many(as_github_writes_it("caso", CASE | {"resultados": typed_text}))
    assert status == 0, printed
    assert f"\n{written_text}\n" in (root / CASE_FILE).read_text(encoding="utf-8")


def test_a_report_is_added_at_the_end_of_what_others_reported(root: Path, send: Run) -> None:
    before = "# Reportes de uso.\r\n- metodo: problema-en-una-frase\n  fecha: '2026-01-01'"  # no last line end
    (root / REPORTS).write_bytes(before.encode())

    status, printed = send(as_github_writes_it("uso", REPORT))

    assert (status, printed) == (0, f"Sin problemas.\nescrito {REPORTS}\n")
    after = (root / REPORTS).read_bytes().decode()
    assert after == before + (
        "\n- metodo: problema-en-una-frase\n"
        "  fecha: 2026-11-03\n"
        "  lugar: Sololá, Sololá\n"
        "  personas: 12\n"
        "  idioma: español y k'iche'\n"
        "  minutos: {paso-1: 15, paso-2: 30}\n"
        "  fallo: 'Faltó papel: nadie lo llevó.'\n"
    )


@pytest.mark.parametrize(
    "named",
    [
        "problema-en-una-frase",
        "PROBLEMA EN UNA FRASÉ",
        "M001",
        "https://example.org/fichero/metodos/problema-en-una-frase/",
        "metodos/problema-en-una-frase/#paso-2",
        "https://example.org/fichero/m/001/",
        "m/001",
        "“Problema en una frase”",
        "«Problema en una frase».",
        "**Problema en una frase**",
    ],
)
def test_the_first_report_makes_the_file_and_the_card_may_be_named_in_several_ways(
    root: Path, send_many: Run, named: str
) -> None:
    status, _ = send_many(as_github_writes_it("uso", REPORT | {"metodo": named}))
    assert status == 0
    assert (root / REPORTS).read_text(encoding="utf-8").startswith("- metodo: problema-en-una-frase\n")


@pytest.mark.parametrize(("days", "status"), [(0, 0), (1, 0), (2, 1)])
def test_a_use_has_happened_already_with_a_day_of_grace(root: Path, send_many: Run, days: int, status: int) -> None:
    day = datetime.date.today() + datetime.timedelta(days=days)
    assert send_many(as_github_writes_it("uso", REPORT | {"fecha": str(day)}))[0] == status


def test_a_correction_writes_nothing_and_is_told_with_its_file(root: Path, send: Run) -> None:
    before = files(root)
    status, printed = send(as_github_writes_it("correccion", CORRECTION))
    assert (status, files(root)) == (0, before)
    assert printed == (
        "Una corrección no crea un archivo: alguien la lee y la hace.\n\n"
        "Archivo: methods/problema-en-una-frase.md\n"
        "Página:\n  │ https://example.org/fichero/metodos/problema-en-una-frase/#paso-1\n"
        "Parte de la página:\n  │ Ponga los datos a la vista\n"
        "Versión:\n  │ abc1234\n"
        "Dice:\n  │ 10 minutos\n  │ 20 minutos\n"
        "Debería decir:\n  │ 15 minutos\n"
        "Lo sé porque:\n  │ Lo hicimos tres veces.\n"
    )


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("https://example.org/fichero/m/001/", "methods/problema-en-una-frase.md"),
        ("m/002", "methods/piloto-de-cuatro-semanas.md"),
        ("M001", "methods/problema-en-una-frase.md"),
        ("C001", "cases/cuentas-claras.md"),
        ("https://example.org/c/001/", "cases/cuentas-claras.md"),
        ("“Problema en una frase”", "methods/problema-en-una-frase.md"),
        ("https://example.org/fichero/glosario/#poa", "docs/_datos/glosario.yml"),
        ("glosario", "docs/_datos/glosario.yml"),
        ("fuentes/", "docs/_datos/fuentes.yml"),
        ("por-donde-empiezo/", "docs/_datos/recetas.yml"),
        ("https://example.org/fichero/recetas/", "docs/_datos/recetas.yml"),
        ("https://example.org/fichero/", "hooks/fichero/templates/inicio.html.j2"),
        ("https://example.org", "hooks/fichero/templates/inicio.html.j2"),
        ("https://example.org/fichero/index.html", "hooks/fichero/templates/inicio.html.j2"),
        ("/", "hooks/fichero/templates/inicio.html.j2"),
        ("https://example.org/fichero/metodos/a-z/", "hooks/fichero/templates/"),
    ],
)
def test_a_correction_says_where_the_words_of_the_page_are(send_many: Run, page: str, file: str) -> None:
    _, printed = send_many(as_github_writes_it("correccion", CORRECTION | {"pagina": page}))
    assert f"\n\nArchivo: {file}\n" in printed


@pytest.mark.parametrize(
    "page", ["metodos/no-existe/", "¿cuál?", "http://[", "https://example.org/fichero/metodos/no-existe/"]
)
def test_a_correction_of_a_page_without_a_file_is_told_all_the_same(send_many: Run, page: str) -> None:
    status, printed = send_many(as_github_writes_it("correccion", CORRECTION | {"pagina": page}))
    assert status == 0
    assert "Archivo:" not in printed


def test_the_text_of_a_form_may_come_in_a_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root.parent / "correo.txt"
    path.write_bytes(b"\xef\xbb\xbf" + as_github_writes_it("uso", REPORT | {"personas": "doce"}).encode())
    assert main(["--raiz", str(root), "desde-formulario", str(path)]) == 1
    assert capsys.readouterr().out.startswith("correo.txt:15:1 FM007 error: Cuántas personas participaron: «doce»")
    path.write_bytes(as_github_writes_it("uso", REPORT).encode())
    assert main(["--raiz", str(root), "desde-formulario", str(path)]) == 0


# --- What is not understood is told, and nothing is written ----------------------------------------------------------

MISTAKES = [
    ("ficha", {"titulo": ""}, 3, "FM002"),
    ("ficha", {"titulo": "¿?"}, 3, "ARC005"),
    ("ficha", {"titulo": "a" * 61}, 3, "ARC005"),
    ("ficha", {"titulo": "Índex"}, 3, "ARC006"),
    ("ficha", {"titulo": "Aux"}, 3, "ARC006"),
    ("ficha", {"titulo": "Problema en una frase"}, 3, "ARC007"),
    ("ficha", {"resumen": "a" * 161}, 7, "FM006"),
    ("ficha", {"resumen": "<b>Ordena</b>"}, 7, "FM012"),
    ("ficha", {"resumen": "Ordena\u202e"}, 7, "FM012"),
    ("ficha", {"tambien": "línea\nx\u200by"}, 17, "FM012"),
    ("ficha", {"fase": "Definición"}, 21, "FM011"),
    ("ficha", {"modalidad": "Presencial, Por carta"}, 45, "FM011"),
    ("ficha", {"participantes": "muchas"}, 37, "FM007"),
    ("ficha", {"para-que-sirve": "Ordena.\n\n## Pasos\n\nOtro."}, 56, "FRM003"),
    ("ficha", {"para-que-sirve": "```\nOrdena."}, 54, "FRM003"),
    ("ficha", {"para-que-sirve": "Ordena.\n---\nOtro."}, 55, "FRM003"),
    ("ficha", {"uselo-cuando": "- # Hay quejas"}, 60, "FRM003"),
    ("ficha", {"pasos": STEPS.replace("Escriba", "Escriba <b>")}, 84, "HTM001"),
    ("ficha", {"para-que-sirve": "Según la ley[^no-existe]."}, 54, "FUE001"),
    ("ficha", {"para-que-sirve": "[aquí](javascript:alert)"}, 54, "ENL003"),
    ("ficha", {"para-que-sirve": "Se lee el recib\u043e."}, 54, "ARC013"),
    ("ficha", {"uselo-cuando": "Hay quejas.\nHay " + "más " * 1_300}, 61, "ARC016"),
    ("ficha", {"para-que-sirve": "Es una reuniÃ³n."}, 54, "ARC015"),
    ("ficha", {"titulo": "L\u0456nea del trámite"}, 3, "ARC013"),
    ("uso", {"fallo": "Falt\u043e papel."}, 28, "ARC013"),
    ("ficha", {"pasos": "Reúna al grupo."}, 78, "FRM004"),
    ("ficha", {"pasos": "Paso 1: Reúna al grupo"}, 78, "FRM004"),
    ("ficha", {"pasos": "Paso 1: Reúna al grupo (un rato)"}, 78, "FRM004"),
    ("ficha", {"pasos": "Paso 1: Reúna {#paso-9} (10 min)"}, 78, "FRM004"),
    ("ficha", {"pasos": "Paso 1: Reúna (20-10 min)"}, 78, "FRM004"),
    ("ficha", {"pasos": "Paso 1: Reúna (10 min, importante)"}, 78, "FRM004"),
    ("ficha", {"pasos": STEPS.replace("Paso 2", "Paso 3")}, 84, "FRM004"),
    ("ficha", {"pasos": STEPS.replace("20 min", "2 días")}, 78, "FRM004"),
    ("ficha", {"pasos": STEPS.replace("Listo cuando hay", "Hay")}, 84, "PAS006"),
    ("ficha", {"pasos": STEPS + "\n### Otro paso"}, 89, "FRM003"),
    ("caso", {"periodo": "hace años"}, 28, "FM015"),
    ("caso", {"fuentes": "energia-2016-12\nUn libro que leí"}, 45, "FUE001"),
    ("caso", {"fuentes": "energia-2016-12"}, 52, "FUE001"),
    ("caso", {"resultados": "Bajó.\nBajó [1, página 5]."}, 59, "FRM005"),
    ("caso", {"resultados": "Bajó [2-1]."}, 58, "FRM005"),
    ("caso", {"resultados": "Bajó [1-3]."}, 58, "FUE001"),
    ("caso", {"el-problema": "Nadie entendía su recibo de luz."}, 49, "CAS001"),
    ("caso", {"metodos": "Piloto de cuatro semanas"}, 32, "FM002"),
    ("caso", {"metodos": "Pilotos de cuatro semanas: se usó."}, 32, "REL001"),
    ("uso", {"metodo": "Problema en dos frases"}, 3, "REL001"),
    ("uso", {"fecha": "3/11/2026"}, 7, "FM013"),
    ("uso", {"fecha": "2026-02-30"}, 7, "FM013"),
    ("uso", {"fecha": "2062-11-03"}, 7, "FM013"),
    ("uso", {"personas": "0"}, 15, "FM007"),
    ("uso", {"minutos": "Paso 1: 15\nPaso 9: 30"}, 24, "REL001"),
    ("uso", {"minutos": "Paso 1: 15\nPaso 1: 30"}, 24, "FM010"),
    ("uso", {"minutos": "quince"}, 23, "FM007"),
    ("uso", {"minutos": "Paso 1: 0"}, 23, "FM007"),
    ("uso", {"metodo": "Piloto de cuatro semanas"}, 23, "FM007"),
    ("correccion", {"dice": ""}, 15, "FM002"),
    ("correccion", {"dice": "a\x00b"}, 15, "FM012"),
    # A question inside an answer: neither that answer nor the other is taken for what it is not.
    ("ficha", {"para-que-sirve": "Ordena.\n\n### Úselo cuando\n\nSiempre."}, 60, "FRM002"),
    ("ficha", {"pasos": STEPS + "\n\n### Nombre del método\n\nOtro"}, 90, "FRM002"),
    ("correccion", {"dice": "### Debería decir\n\nNada"}, 19, "FRM002"),
    ("correccion", {"dice": "### Página\n\notra/"}, 15, "FRM002"),
]


@pytest.mark.parametrize(("name", "changes", "line", "codigo"), MISTAKES)
def test_a_mistake_is_told_at_its_line_of_the_form_and_nothing_is_written(
    root: Path, send_many: Run, name: str, changes: dict[str, str], line: int, codigo: str
) -> None:
    before = files(root)
    status, printed = send_many(as_github_writes_it(name, ANSWERS[name] | changes))
    assert (status, files(root)) == (1, before)
    told = [row for row in printed.splitlines() if " error: " in row]
    assert any(row.startswith(f"formulario:{line}:") and f" {codigo} error: " in row for row in told), printed
    assert all(row.startswith("formulario:") and " → " in row for row in told), printed
    # In words of the form: whoever answered it knows no file, no Markdown and no note of a source.
    in_a_file = r"docs/|\.yml|\.md\b|\[\^|Markdown|&lt;|«---»"
    assert not [row for row in told if re.search(in_a_file, re.sub(r"ya existe \S+|«.*?»", "", row))], printed


ALL_AT_ONCE = [
    (
        "ficha",
        {
            "titulo": "Árbol\u200b",
            "resumen": "a" * 161,
            "participantes": "muchas",
            "para-que-sirve": "Se lee el recib\u043e.\n## Pasos",
            "uselo-cuando": "```",
            "pasos": STEPS.replace("(20 min)", "(un rato)").replace("Listo cuando cada", "Cada").replace("Listo", "Ya"),
        },
        "3 FM012, 7 FM006, 37 FM007, 54 ARC013, 55 FRM003, 59 FRM003, 76 PAS006, 82 FRM004",
    ),
    (
        "caso",
        {
            "periodo": "hace años",
            "fuentes": "energia-2016-12\nUn libro",
            "el-problema": "Uno [1].\n\nNadie lo entendía bien.",
        },
        "28 FM015, 45 FUE001, 51 CAS001",
    ),
    (
        "caso",
        {
            "titulo": "¿?",
            "metodos": "Nada: se usó",
            "resultados": "Bajó [7].",
            "que-se-hizo": "Se hizo un piloto en la costa.",
        },
        "3 ARC005, 32 REL001, 53 CAS001, 57 FUE001",
    ),
    (
        "uso",
        {"metodo": "Nada", "fecha": "ayer", "personas": "0", "lugar": "a" * 81, "minutos": "Paso 9: 15"},
        "3 REL001, 7 FM013, 11 FM006, 15 FM007",
    ),
]


@pytest.mark.parametrize(("name", "changes", "told"), ALL_AT_ONCE)
def test_all_that_can_be_told_is_told_at_once_and_nothing_that_only_comes_from_it(
    send_many: Run, name: str, changes: dict[str, str], told: str
) -> None:
    status, printed = send_many(as_github_writes_it(name, ANSWERS[name] | changes))
    assert status == 1
    found = re.findall(r"(?m)^formulario:(\d+):\d+ (\w+) error", printed)
    assert ", ".join(f"{line} {code}" for line, code in found) == told, printed


@pytest.mark.parametrize(
    "body", [None, "", "\r\n \r\n", "Hola", "### Otra pregunta\n\nx", "x\n\n### Página\n\nmetodos/"]
)
def test_a_text_that_is_of_no_form_is_told(root: Path, send: Run, body: str | None) -> None:
    before = files(root)
    status, printed = send(body)
    assert (status, files(root)) == (1, before)
    assert printed.startswith("formulario:1:1 FRM001 error: el texto no viene de un formulario → ")


def test_a_box_left_empty_stops_it(root: Path, send: Run) -> None:
    body = as_github_writes_it("uso", REPORT).replace("- [X] No escribí", "- [ ] No escribí")
    status, printed = send(body)
    assert status == 1
    assert "FM002 error: Antes de enviar: falta marcar «No escribí datos personales.»" in printed
    assert not (root / REPORTS).exists()


def test_a_question_that_was_taken_out_is_missed_only_if_it_is_needed(root: Path, send: Run) -> None:
    whole = as_github_writes_it("uso", REPORT | {"fallo": ""})
    status, _ = send(whole.replace("### Qué falló o se trabó\r\n\r\n_No response_\r\n\r\n", ""))
    assert status == 0
    status, printed = send(whole.replace("### Lugar\r\n\r\nSololá, Sololá\r\n\r\n", ""))
    assert status == 1
    assert "FM002 error: falta la pregunta «Lugar»" in printed


def test_only_the_body_of_the_issue_is_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = root.parent / "evento.json"
    body = as_github_writes_it("uso", REPORT)
    issue = {"body": body, "title": "../../x", "labels": [{"name": "ficha"}], "user": {"login": "::error::"}}
    event.write_text(json.dumps({"issue": issue, "comment": {"body": "### Página"}}), encoding="utf-8")
    assert main(["--raiz", str(root), "desde-formulario", "--evento", str(event)]) == 0
    assert capsys.readouterr().out == f"Sin problemas.\nescrito {REPORTS}\n"


@pytest.mark.parametrize(
    "event", ["", "{", "[]", "{}", '{"issue": null}', '{"issue": {}}', '{"issue": {"body": 7}}', "[" * 100_000]
)
def test_an_event_that_is_not_of_an_issue_has_status_2(
    root: Path, capsys: pytest.CaptureFixture[str], event: str
) -> None:
    path = root.parent / "evento.json"
    path.write_text(event, encoding="utf-8")
    assert main(["--raiz", str(root), "desde-formulario", "--evento", str(path)]) == 2
    assert "revise la ruta" in capsys.readouterr().out


def test_reports_that_cannot_be_read_are_not_added_to(root: Path, send: Run) -> None:
    (root / REPORTS).write_bytes(b"- metodo: [\n")
    status, printed = send(as_github_writes_it("uso", REPORT))
    assert (status, (root / REPORTS).read_bytes()) == (1, b"- metodo: [\n")
    assert printed.startswith(f"{REPORTS} tiene errores")


def test_a_report_that_would_break_the_file_is_not_added(root: Path, send: Run) -> None:
    (root / REPORTS).write_text("metodo: una lista no es\n", encoding="utf-8")
    status, _ = send(as_github_writes_it("uso", REPORT))
    assert (status, (root / REPORTS).read_text(encoding="utf-8")) == (1, "metodo: una lista no es\n")


@pytest.mark.parametrize(
    ("archivo", "old", "new"),
    [
        ("methods/problema-en-una-frase.md", "## Úselo cuando", "## Cuando"),
        ("methods/problema-en-una-frase.md", "Ponga los datos", "Ponga los <b>datos"),
        ("methods/problema-en-una-frase.md", "estado: publicado", "estado: borrador"),
        ("cases/cuentas-claras.md", "[^energia-2016-12]", "[^nada]"),
        ("docs/_datos/recetas.yml", "metodo: problema-en-una-frase", "metodo: nada"),
        ("docs/_datos/glosario.yml", "termino: ", "termino: Un diagnostico de "),
    ],
)
def test_one_file_changed_is_told_as_the_whole_check_tells_it(site: Path, archivo: str, old: str, new: str) -> None:
    today = datetime.date.today()
    folder, unread = read_folder(site)
    now = judge(folder, unread, today=today)
    text = (site / archivo).read_text(encoding="utf-8").replace(old, new)
    told = judge_file(folder, unread, now, archivo, text, today)
    (site / archivo).write_text(text, encoding="utf-8")
    assert told
    assert {*told} == {*check(site, today=today).problems} - {*now.problems}


# --- Whatever anyone types --------------------------------------------------------------------------------------------

HOSTILE = [
    "../../x",
    "C:\\Windows\\x",
    "titulo: otro\nestado: publicado",
    "'\nestado: publicado\nx: '",
    '"\n---\n## Pasos',
    "- uno\n- dos",
    "&ancla *alias !!python/object:os.system",
    "{a: [1, 2",
    "---",
    "...",
    "no",
    "010",
    "1:30",
    "2026-11-22",
    "~",
    "# comentario",
    "x # comentario",
    "{#paso-1 minutos=1}",
    "[^energia-2016-12]",
    "[1]",
    "[x]: https://example.org",
    "<img src=x onerror=alert(1)>",
    "`código",
    "👩🏽 emoji 🇬🇹",
    "e\u0301",  # an accent apart from its letter
    "\u00a0espacio\u3000ancho\u00a0",
    "\ud800",
    "\x00",
    "\x1b[31m",
    "\u2028",
    "\ufeff",
    "\ufffe",
    "::set-output name=x::y",
    "##[add-mask]x",
    "%0A::error::x",
    "_No response_",
    "### ",
    "### Pasos",
    "| a | b |\n|---|---|",
    "recib\u043e",  # its last letter is Cyrillic
    "reuniÃ³n",
    "más " * 1_300,
]
ENORMOUS = [
    "a" * 60_000,
    "(" * 60_000,
    "[" * 60_000,
    " " * 60_000 + "x",
    "Paso 1: " + "(" * 30_000,
    "#" * 30_000,
    "[1] " * 20_000,
    "x\n" * 20_000,
    "\t- a\n" * 2_000,
]


def typed(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def in_one_line(text: str) -> str:
    return " ".join(typed(text).split())


def unmarked(text: object) -> str:
    """Without the marks of bold and italics, which a field does not keep."""
    return re.sub(r"[*_]", "", str(text))


def trimmed(text: str) -> str:
    lines = typed(text).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


def written(root: Path, before: dict[str, bytes]) -> list[str]:
    """The files that changed, which are put back as they were."""
    after = files(root)
    changed = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    for name in changed:
        if name in before:
            (root.parent / name).write_bytes(before[name])
        else:
            (root.parent / name).unlink()
    return changed


def assert_card_says(text: str, answers: dict[str, str]) -> None:
    source, problems = parse_source("methods/x.md", text)
    assert source and not problems
    front = source.front
    assert front["estado"] == "borrador"
    for name in ("titulo", "resumen", "producto", "participantes"):
        assert unmarked(front[name]) == unmarked(in_one_line(answers[name]))
    for name in ("materiales", "necesidades", "tambien"):
        lines = [in_one_line(line) for line in typed(answers.get(name, "")).split("\n") if line.strip()]
        rows = front.get(name, [])
        if lines == ["_No response_"]:
            lines = []
        assert len(rows) == len(lines)
        assert all(unmarked(line).endswith(unmarked(row)) for line, row in zip(lines, rows, strict=True))
    sections = {section.title: section for section in source.sections}
    assert len(sections) == len(source.sections) == 10
    assert sections["Para qué sirve"].text.replace("&lt;", "<") == trimmed(answers["para-que-sirve"])


def assert_report_says(text: str, answers: dict[str, str]) -> None:
    value, *_ = parse_data(REPORTS, text)
    assert isinstance(value, list) and len(value) == 1
    entry = value[0]
    assert isinstance(entry, dict)
    assert entry["metodo"] == "problema-en-una-frase"
    for name in ("lugar", "idioma", "fallo", "ajuste"):
        told = in_one_line(answers.get(name, ""))
        assert unmarked(entry.get(name, "")) == ("" if told == "_No response_" else unmarked(told))


def judge_outcome(root: Path, send: Run, name: str, answers: dict[str, str]) -> str | None:
    """Send it. Either it is written, in its place and as typed, or it is told why not; and nothing is a command.

    What was written is returned, and taken away.
    """
    before = files(root)
    status, printed = send(as_github_writes_it(name, answers))
    made = {path: (root.parent / path).read_text(encoding="utf-8") for path in files(root).keys() - before.keys()}
    changed = written(root, before)
    assert not re.search(r"(?m)^\s*::|##\[|\r", printed)
    assert "Traceback" not in printed
    if status == 1 or name == "correccion":
        assert changed == []
        return None
    assert status == 0
    folder = {"ficha": "sitio/methods/", "caso": "sitio/cases/", "uso": "sitio/docs/_datos/usos.yml"}[name]
    assert len(changed) == 1 and re.fullmatch(rf"{folder}(?:[a-z0-9-]+\.md)?", changed[0])
    if name == "ficha":
        assert_card_says(made[changed[0]], answers)
    if name == "uso":
        assert_report_says(made[changed[0]], answers)
    return made[changed[0]]


FREE = {
    "ficha": ["titulo", "resumen", "producto", "participantes", "materiales", "tambien", "para-que-sirve", "pasos"],
    "caso": ["titulo", "sector", "instituciones", "fuentes", "metodos", "el-problema", "lo-que-no-se-sabe"],
    "correccion": ["pagina", "parte", "version", "dice", "deberia", "porque"],
    "uso": ["metodo", "fecha", "lugar", "personas", "idioma", "minutos", "fallo", "ajuste"],
}

# Nothing hostile is an answer to these.
OF_ONE_SHAPE = ("pasos", "fuentes", "metodo", "personas")


@pytest.mark.parametrize(("name", "question"), [(name, question) for name, ids in FREE.items() for question in ids])
def test_a_hostile_answer_is_written_as_it_was_typed_or_told_as_a_mistake(
    root: Path, send_many: Run, name: str, question: str
) -> None:
    outcomes = [judge_outcome(root, send_many, name, ANSWERS[name] | {question: text}) for text in HOSTILE]

    # And all that was taken in passes the check that the proposal will run, each with a code of its own.
    accepted = [text for text in outcomes if text]
    folder = {"ficha": "methods", "caso": "cases"}.get(name, "docs/_datos")
    for count, text in enumerate(accepted):
        if name == "uso":
            (root / REPORTS).open("a", encoding="utf-8").write(text)
        else:
            own_code = re.sub(r"(?m)^codigo: .*", f"codigo: {name[0].replace('f', 'm').upper()}{count + 100}", text)
            (root / folder / f"aceptada-{count}.md").write_text(own_code, encoding="utf-8")
    assert bool(accepted) == (name != "correccion" and question not in OF_ONE_SHAPE)
    assert errors(check(root, today=datetime.date.today()).problems) == []


@pytest.mark.parametrize("text", ENORMOUS, ids=lambda text: f"{len(text)}-{text[:8].strip()}")
def test_an_enormous_answer_is_written_as_it_was_typed_or_told_as_a_mistake(
    root: Path, send_many: Run, text: str
) -> None:
    for question in ("titulo", "resumen", "materiales", "uselo-cuando", "para-que-sirve", "pasos"):
        judge_outcome(root, send_many, "ficha", CARD | {question: text})
    for question in ("metodos", "fuentes", "el-problema"):
        judge_outcome(root, send_many, "caso", CASE | {question: text})
    for question in ("fecha", "minutos", "fallo"):
        judge_outcome(root, send_many, "uso", REPORT | {question: text})
    judge_outcome(root, send_many, "correccion", CORRECTION | {"pagina": text, "dice": text})


ANYTHING = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from([*HOSTILE, "a", " ", "\n", "\r\n", ": ", "- "])).map("".join),
)


@given(data=st.data(), name=st.sampled_from(FORMS))
def test_any_answers_are_written_as_they_were_typed_or_told(
    root: Path, send_many: Run, data: st.DataObject, name: str
) -> None:
    changed = data.draw(st.dictionaries(st.sampled_from(FREE[name]), ANYTHING, min_size=1, max_size=2))
    judge_outcome(root, send_many, name, ANSWERS[name] | changed)


TOKENS = ["grupo", "mesa.", "15.", "2.", "1.-", "15)", "a)", "-", "*", "•", "·", "–", "+", "5", "(sin", "prisa)"]
LINE = st.lists(st.sampled_from(TOKENS), min_size=2, max_size=6).map(" ".join)


@given(
    lines=st.lists(LINE, min_size=1, max_size=4),
    question=st.sampled_from(["materiales", "tambien", "uselo-cuando", "antes-de-empezar", "para-que-sirve", "pasos"]),
)
def test_every_word_typed_is_in_the_file_and_in_order(
    root: Path, send_many: Run, lines: list[str], question: str
) -> None:
    """But the first of a line, which may be the mark of a list."""
    before = files(root)
    answer = f"{STEPS}\n\n" + "\n\n".join(lines) if question == "pasos" else "\n".join(lines)
    status, printed = send_many(as_github_writes_it("ficha", CARD | {question: answer}))
    # Nothing of this is a mistake, but what Markdown takes for a title, a list whose items have no word or the same.
    wrong = set(re.findall(r" ([A-Z]+\d{3}) error: ", printed))
    assert (status == 0) == (not wrong) and wrong <= {"FRM003", "EST004", "FM023"}, printed
    if status == 0:
        source, _ = parse_source(CARD_FILE, (root / CARD_FILE).read_text(encoding="utf-8"))
        assert source
        said = [*map(str, source.front.get(question, [])), *source.body.replace("\\", "").split("\n")]
        place = 0
        for line in lines:
            rest = line.split(" ", 1)[1]
            place = next((i + 1 for i in range(place, len(said)) if said[i].endswith(rest)), 0)
            assert place, (rest, said)
    written(root, before)


@given(lines=st.lists(st.one_of(ANYTHING, st.sampled_from(["### Página", "### Dice", "### Método", "### Pasos"]))))
def test_any_text_at_all_is_read_or_told(root: Path, send_many: Run, lines: list[str]) -> None:
    before = files(root)
    status, printed = send_many("\n".join(lines))
    assert written(root, before) == []
    assert status in (0, 1)
    assert not re.search(r"(?m)^\s*::|##\[", printed)


@given(value=st.text())
def test_no_answer_is_taken_for_the_answer_of_another_question(value: str) -> None:
    form = real_form("correccion")
    filled, problems = read_answers([form], "x", as_github_writes_it("correccion", CORRECTION | {"dice": value}))
    if filled and not problems:
        assert filled.answers["deberia"].text == "15 minutos"
        assert filled.answers["dice"].text == trimmed(value)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("::set-output name=a::b", ": :set-output name=a::b"),
        ("uno\n  ::error::x", "uno\n  : :error::x"),
        ("a ##[command]rm", "a # #[command]rm"),
        ("a::b", "a::b"),
        ("\ud800", "?"),
    ],
)
def test_what_is_printed_is_no_command_of_the_workflow(text: str, printed: str) -> None:
    assert inert(text) == printed


def test_the_placeholder_of_the_steps_is_itself_understood(root: Path, send: Run) -> None:
    fields = {field["id"]: field for field in yaml.safe_load((ROOT / FOLDER / "ficha.yml").read_text())["body"][1:]}
    shown = fields["pasos"]["attributes"]["placeholder"].replace("…\n", "Listo cuando hay una frase.")
    status, printed = send(as_github_writes_it("ficha", CARD | {"pasos": shown}))
    assert status == 0, printed
    text = (root / CARD_FILE).read_text(encoding="utf-8")
    assert "### Ponga los datos a la vista {#paso-1 minutos=10-15 esencial}\n" in text
    assert "### Escriba el problema en una frase {#paso-2 minutos=20}\n" in text
