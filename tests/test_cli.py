"""The command `fichero`, as a contributor and as CI use it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from changes import CASE, PAGE, PROCESS, REGISTER, SESSION, VOCABULARIES, Change, append, cut, delete, replace, write

from fichero.cli import main
from fichero.pipeline import check

Fichero = Callable[..., tuple[int, str]]


@pytest.fixture
def fichero(site: Path, capsys: pytest.CaptureFixture[str]) -> Fichero:
    """Run a command on the site: its exit status and what it printed."""

    def run(*words: str) -> tuple[int, str]:
        try:
            status = main(["--raiz", str(site), *words])
        except SystemExit as usage:
            status = int(usage.code or 0)
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run


def git(root: Path, *words: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


def last_line(printed: str) -> str:
    return printed.splitlines()[-1]


# --- revisar -------------------------------------------------------------------------------------------------------


def test_with_only_avisos_the_status_is_0(fichero: Fichero) -> None:
    status, printed = fichero("revisar")
    assert (status, last_line(printed)) == (0, "2 avisos.")


def test_with_an_error_the_status_is_1_and_the_place_can_be_clicked(fichero: Fichero, site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: definicion")(site)
    status, printed = fichero("revisar")
    assert status == 1
    assert (
        f"{SESSION}:14:1 FM011 error: fase: «definicion» no está en la lista «fases» → ¿quiso decir «definir»?\n"
        in printed
    )
    assert last_line(printed) == "1 error y 2 avisos."


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("revise",),
        ("revisar", "--formato", "html"),
        ("revisar", "--rapido"),
        ("nuevo",),
        ("nuevo", "metodo"),
        ("nuevo", "pagina", "x"),
        ("escribir",),
        ("enlaces",),
        ("revisar", "methods/no-existe.md"),
        ("revisar", "/etc/hostname"),
        ("revisar", "--base", "no-existe"),
    ],
)
def test_a_wrong_command_has_status_2(fichero: Fichero, words: tuple[str, ...]) -> None:
    status, printed = fichero(*words)
    assert status == 2
    assert "Traceback" not in printed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("revizar",), "no existe «revizar» → ¿quiso decir «revisar»?"),
        (("revisar", "--formato", "xml"), "no existe «xml» → escriba una de estas: github, json, texto"),
        (("nuevo",), "falta tipo, id"),
        (("revisar", "--arregla-todo"), "sobra o no se conoce --arregla-todo"),
        (("revisar", "--base"), "--base: falta su valor"),
        (("sellar", "no-existe"), "DIR: no-existe no es una carpeta → revise la ruta"),
        (("enlaces",), "falta --anotar"),
        (("desde-formulario",), "falta uno de estos: ARCHIVO --evento"),
    ],
)
def test_a_wrong_command_says_what_is_wrong_in_spanish(fichero: Fichero, words: tuple[str, ...], said: str) -> None:
    _, printed = fichero(*words)
    assert printed.startswith("uso: fichero")
    assert last_line(printed).strip() == said


def test_the_help_is_in_spanish(fichero: Fichero) -> None:
    status, printed = fichero("revisar", "--help")
    assert (status, printed.split()[0]) == (0, "uso:")
    assert not re.search("usage|options|positional|show this", printed)


def test_the_json_format_is_the_contract(fichero: Fichero, site: Path) -> None:
    replace(SESSION, "duracion: 60-80 min", "duracion: media mañana")(site)
    status, printed = fichero("revisar", "--formato", "json", "methods")
    assert status == 1
    assert json.loads(printed) == [
        {
            "archivo": PROCESS,
            "linea": 28,
            "columna": 1,
            "codigo": "FIC003",
            "severidad": "aviso",
            "mensaje": "la ficha tiene 293 palabras",
            "arreglo": "debe tener entre 700 y 1400",
        },
        {
            "archivo": SESSION,
            "linea": 18,
            "columna": 1,
            "codigo": "FM007",
            "severidad": "error",
            "mensaje": "duracion: «media mañana» no se entiende",
            "arreglo": "escriba «45 min», «90-120 min» o «2 h»",
        },
    ]


def test_with_nothing_to_say_json_is_an_empty_list(fichero: Fichero) -> None:
    assert fichero("revisar", "--formato", "json", "docs") == (0, "[]\n")


def test_the_github_format_annotates_and_cannot_be_forged(fichero: Fichero, site: Path) -> None:
    replace(SESSION, "duracion: 60-80 min", 'duracion: "60\\n::error file=x::y"')(site)
    status, printed = fichero("revisar", "--formato", "github", "methods")
    assert status == 1
    assert printed.splitlines() == [
        f"::warning file={PROCESS},line=28,col=1,title=FIC003::"
        "la ficha tiene 293 palabras → debe tener entre 700 y 1400",
        f"::error file={SESSION},line=18,col=1,title=FM007::"
        "duracion: «60 ::error file=x::y» no se entiende → escriba «45 min», «90-120 min» o «2 h»",
    ]


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        ((), {SESSION, PAGE, CASE}),
        ((".",), {SESSION, PAGE, CASE}),
        (("methods",), {SESSION}),
        (("methods/",), {SESSION}),
        (("./methods",), {SESSION}),
        ((SESSION, PAGE), {SESSION, PAGE}),
        (("docs/guias",), set()),
        (("cases/../docs",), {PAGE}),
    ],
)
def test_only_what_concerns_the_given_paths_is_shown(
    fichero: Fichero, site: Path, paths: tuple[str, ...], shown: set[str]
) -> None:
    replace(SESSION, "fase: definir", "fase: x")(site)
    replace(CASE, "resultado: sin-medicion", "resultado: x")(site)
    replace(PAGE, "titulo: Acerca", "titulo: <b>Acerca")(site)
    status, printed = fichero("revisar", *paths)
    assert {line.partition(":")[0] for line in printed.splitlines() if " error: " in line} == shown
    assert status == (1 if shown else 0)


def test_a_path_may_be_absolute(fichero: Fichero, site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: x")(site)
    assert fichero("revisar", str(site / SESSION))[0] == 1
    assert fichero("revisar", str(site / PAGE))[0] == 0


def test_the_register_is_compared_with_that_of_the_base_commit(fichero: Fichero, site: Path) -> None:
    write(REGISTER, "acerca/\t\tAcerca de este sitio\t2026-01-01\n")(site)
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "uno")
    assert fichero("revisar", "--base", "HEAD")[0] == 0

    write(REGISTER, "")(site)
    status, printed = fichero("revisar", "--base", "HEAD")
    assert status == 1
    assert f"{REGISTER}:1:1 REG005 error: " in printed


def test_a_base_commit_without_register_has_nothing_to_compare(fichero: Fichero, site: Path) -> None:
    git(site, "init", "-q")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "uno")
    write(REGISTER, "acerca/\t\tAcerca de este sitio\t2026-01-01\n")(site)
    assert fichero("revisar", "--base", "HEAD")[0] == 0


def test_the_module_is_the_command(site: Path) -> None:
    append(PAGE, "\n# Otro título\n")(site)
    run = subprocess.run(
        [sys.executable, "-m", "fichero", "revisar"],
        cwd=site,
        env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONIOENCODING": ""},
        capture_output=True,
    )
    printed = run.stdout.decode("utf-8")
    assert run.returncode == 1
    assert f"{PAGE}:12:1 EST006 error: hay un título de primer nivel («#»)" in printed
    assert run.stderr == b""


# --- nuevo ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "archivo", "start", "usual"),
    [
        ("metodo", "methods/mapa-de-actores.md", "codigo: M003\ntitulo: Mapa de actores  # «…»", ["FIC003", "FIC004"]),
        ("caso", "cases/mapa-de-actores.md", "codigo: C002\ntitulo: Mapa de actores  # «…»", []),
        ("guia", "docs/guias/mapa-de-actores.md", "titulo: Mapa de actores  # «…»", []),
    ],
)
def test_a_new_file_is_told_nothing_but_what_is_to_be_filled_in(
    fichero: Fichero, site: Path, kind: str, archivo: str, start: str, usual: list[str]
) -> None:
    assert fichero("nuevo", kind, "mapa-de-actores")[0] == 0
    text = (site / archivo).read_text(encoding="utf-8")
    assert text.startswith(f"---\n{start}")
    assert "\nestado: borrador\n" in text
    assert b"\r" not in (site / archivo).read_bytes()

    told = [p for p in check(site).problems if p.archivo == archivo]
    assert {p.severidad for p in told} == {"aviso"}
    assert sorted({p.codigo for p in told} - {"EST022"}) == usual
    assert [p.linea for p in told if p.codigo == "EST022"] == [
        number for number, line in enumerate(text.splitlines(), 1) if "«…»" in line
    ]


@pytest.mark.parametrize(("kind", "folder"), [("metodo", "methods"), ("caso", "cases"), ("guia", "docs/guias")])
def test_a_new_file_says_what_to_fill_in_as_the_check_will(
    fichero: Fichero, site: Path, kind: str, folder: str
) -> None:
    status, printed = fichero("nuevo", kind, "mapa-de-actores")
    first, *listed, last = printed.splitlines()
    assert status == 0
    assert first == f"creado {folder}/mapa-de-actores.md → llene lo que señala «…»:"
    assert last.startswith("Después corra «python3 tareas.py revisar».")
    assert listed == [str(p) for p in check(site).problems if p.codigo == "EST022"]


def test_what_to_fill_in_has_its_line_and_its_part_of_the_guide(fichero: Fichero) -> None:
    _, printed = fichero("nuevo", "caso", "mapa-de-actores")
    assert printed.splitlines()[2] == (
        "cases/mapa-de-actores.md:4:10 EST022 aviso: falta llenar «resumen» → "
        "escríbalo y borre «…» con su nota (guía: docs/contribuir/caso.md#campo-resumen)"
    )


@pytest.mark.parametrize(("kind", "folder"), [("metodo", "methods"), ("caso", "cases"), ("guia", "docs/guias")])
def test_a_new_file_that_is_published_as_it_is_has_an_error_for_each_thing_not_filled_in(
    fichero: Fichero, site: Path, kind: str, folder: str
) -> None:
    _, printed = fichero("nuevo", kind, "mapa-de-actores")
    replace(f"{folder}/mapa-de-actores.md", "estado: borrador", "estado: publicado")(site)
    wrong = [p.codigo for p in check(site).problems if p.severidad == "error"]
    assert wrong == ["EST021"] * printed.count(" EST022 ")


def test_a_new_code_is_one_more_than_the_largest_drafts_included(fichero: Fichero, site: Path) -> None:
    replace(PROCESS, "codigo: M002", "codigo: M041")(site)
    replace(PROCESS, "estado: publicado", "estado: borrador")(site)
    fichero("nuevo", "metodo", "uno")
    fichero("nuevo", "metodo", "dos")
    codes = [
        re.findall(r"(?m)^codigo: (\w+)", (site / f"methods/{name}.md").read_text("utf-8")) for name in ("uno", "dos")
    ]
    assert codes == [["M042"], ["M043"]]


def test_a_code_in_quotes_or_in_a_header_with_errors_is_used(fichero: Fichero, site: Path) -> None:
    replace(PROCESS, "codigo: M002", "codigo:   'M041'  # el del piloto")(site)
    replace(PROCESS, "estado: publicado", "estado: perdido")(site)
    fichero("nuevo", "metodo", "uno")
    assert "\ncodigo: M042\n" in (site / "methods/uno.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Árbol de Problemas", "→ escriba: arbol-de-problemas"),
        ("Mapa", "→ escriba: mapa"),
        ("mapa_de_actores", "→ escriba: mapa-de-actores"),
        ("diseño.md", "→ escriba: diseno"),
        ("-mapa", "→ escriba: mapa"),
        ("mapa-", "→ escriba: mapa"),
        ("a--b", "→ escriba: a-b"),
        ("../fuera", "→ escriba: fuera"),
        ("a/b", "→ escriba: a-b"),
        ("", "→ por ejemplo: mapa-de-actores"),
        ("..", "→ por ejemplo: mapa-de-actores"),
        (f"mapa{'-de-actores' * 6}", "tiene 70 caracteres y el máximo es 60 → por ejemplo: mapa" + "-de-actores" * 5),
        ("m" * 61, f"tiene 61 caracteres y el máximo es 60 → por ejemplo: {'m' * 60}"),
        ("index", "ya es el nombre de una página del sitio → agréguele una palabra que lo distinga"),
        ("fase", "ya es el nombre de una página del sitio → agréguele una palabra que lo distinga"),
        ("a-z", "ya es el nombre de una página del sitio → agréguele una palabra que lo distinga"),
        ("con", "es un nombre que Windows reserva → agréguele una palabra que lo distinga"),
        ("com1", "es un nombre que Windows reserva → agréguele una palabra que lo distinga"),
    ],
)
def test_a_name_that_is_no_address_makes_no_file_and_the_right_one_is_told(
    fichero: Fichero, site: Path, words: str, said: str
) -> None:
    before = sorted(site.rglob("*"))
    status, printed = fichero("nuevo", "metodo", "--", words)
    assert status == 2
    assert printed.startswith(f"«{words}» ")
    assert printed.endswith(f"{said}\n")
    assert sorted(site.rglob("*")) == before


def test_a_name_of_several_words_needs_no_quotes(fichero: Fichero) -> None:
    assert fichero("nuevo", "metodo", "Árbol", "de", "Problemas") == (
        2,
        "«Árbol de Problemas» no sirve como nombre: va en minúsculas sin tilde y con guiones → "
        "escriba: arbol-de-problemas\n",
    )


def test_a_name_of_sixty_letters_is_accepted(fichero: Fichero) -> None:
    assert fichero("nuevo", "metodo", "m" * 60)[0] == 0


def test_a_file_that_exists_is_never_overwritten(fichero: Fichero, site: Path) -> None:
    before = (site / SESSION).read_bytes()
    status, printed = fichero("nuevo", "metodo", "problema-en-una-frase")
    assert (status, printed) == (2, f"ya existe {SESSION} → ábralo, o elija otro nombre\n")
    assert (site / SESSION).read_bytes() == before


def test_a_name_that_differs_from_another_only_in_capitals_or_accents_is_taken(fichero: Fichero, site: Path) -> None:
    (site / PROCESS).rename(site / "methods/Pilotó.md")
    assert fichero("nuevo", "metodo", "piloto") == (
        2,
        "ya existe methods/Pilotó.md → ábralo, o elija otro nombre\n",
    )


def test_an_address_that_leads_to_another_card_is_taken(fichero: Fichero, site: Path) -> None:
    replace(PROCESS, "estado: publicado", "redirige_desde: [metodos/prueba-piloto]\nestado: publicado")(site)
    assert fichero("nuevo", "metodo", "prueba-piloto") == (
        2,
        f"la dirección «/metodos/prueba-piloto/» ya lleva a {PROCESS} → elija otro nombre\n",
    )
    assert fichero("nuevo", "caso", "prueba-piloto")[0] == 0


def test_the_first_file_of_a_folder_makes_the_folder(fichero: Fichero, site: Path) -> None:
    shutil.rmtree(site / "cases")
    assert fichero("nuevo", "caso", "primero")[0] == 0
    assert (site / "cases" / "primero.md").read_text(encoding="utf-8").startswith("---\ncodigo: C001\n")


@pytest.mark.parametrize("words", [("nuevo", "caso", "primero"), ("esquema",)])
@pytest.mark.parametrize("change", [delete(VOCABULARIES), cut(VOCABULARIES, "fases:", "\nciclo:", "fases: [definir]")])
def test_without_the_lists_of_words_nothing_is_made_with_them(
    fichero: Fichero, site: Path, change: Change, words: tuple[str, ...]
) -> None:
    change(site)
    status, printed = fichero(*words)
    assert status == 2
    assert printed == (
        f"no se pueden leer las listas de palabras de {site / VOCABULARIES} → corra la orden en la carpeta del "
        "repositorio, o dígala con «--raiz»; si es esa, corra antes «fichero revisar»\n"
    )
    assert not (site / "cases/primero.md").exists()


# --- esquema, escribir, enlaces ------------------------------------------------------------------------------------


def test_the_schemas_of_what_is_typed_are_printed(fichero: Fichero) -> None:
    status, printed = fichero("esquema")
    schemas = json.loads(printed)
    assert status == 0
    assert sorted(schemas) == sorted(
        "caso cronologia fuentes glosario guia metodo pagina recetas sinonimos usos vocabularios".split()
    )
    assert "definir" in schemas["metodo"]["properties"]["fase"]["enum"]
    assert schemas["metodo"]["properties"]["codigo"]["type"] == "string"


def test_the_site_is_written_for_another_generator(fichero: Fichero, site: Path, tmp_path: Path) -> None:
    target = tmp_path / "salida"
    status, printed = fichero("escribir", str(target))
    assert status == 0
    assert re.fullmatch(rf"\d+ archivos en {re.escape(str(target))}\n", printed)
    assert (target / "mkdocs.yml").read_text(encoding="utf-8").startswith("# Escrito por «fichero escribir»")
    page = (target / "docs/metodos/problema-en-una-frase.md").read_text(encoding="utf-8")
    assert page.startswith('---\ntitle: "Problema en una frase"\n')
    assert (target / "docs/encargados.csv").read_bytes() == (site / "docs/encargados.csv").read_bytes()
    assert (target / "docs/m/001/index.html").is_file()
    assert not (target / "docs/_datos").exists()


def test_an_address_of_e_mail_that_is_none_is_told_and_nothing_is_written(
    fichero: Fichero, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FICHERO_CORREO", "fichas")
    status, printed = fichero("escribir", str(tmp_path / "salida"))
    assert status == 2
    assert printed.startswith("FICHERO_CORREO dice «fichas», que no es una dirección de correo")
    assert not (tmp_path / "salida").exists()


def test_the_site_is_written_the_same_twice(fichero: Fichero, tmp_path: Path) -> None:
    for name in ("uno", "dos"):
        assert fichero("escribir", str(tmp_path / name))[0] == 0
    files = [
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("uno", "dos")
    ]
    assert files[0] == files[1]


def test_a_folder_with_something_in_it_is_not_written_to(fichero: Fichero, tmp_path: Path) -> None:
    target = tmp_path / "salida"
    target.mkdir()
    (target / "mi-nota.txt").write_text("no borrar", encoding="utf-8")
    status, printed = fichero("escribir", str(target))
    assert (status, printed) == (2, f"{target} no es una carpeta vacía → elija otra, o bórrela antes\n")
    assert [path.name for path in target.iterdir()] == ["mi-nota.txt"]


def test_a_file_is_not_a_folder_to_write_to(fichero: Fichero, tmp_path: Path) -> None:
    target = tmp_path / "nota.txt"
    target.write_text("no borrar", encoding="utf-8")
    assert fichero("escribir", str(target))[0] == 2
    assert target.read_text(encoding="utf-8") == "no borrar"


def test_an_empty_folder_is_written_to(fichero: Fichero, tmp_path: Path) -> None:
    (tmp_path / "salida").mkdir()
    assert fichero("escribir", str(tmp_path / "salida"))[0] == 0


def test_with_errors_nothing_is_written(fichero: Fichero, site: Path, tmp_path: Path) -> None:
    replace(SESSION, "fase: definir", "fase: x")(site)
    status, printed = fichero("escribir", str(tmp_path / "salida"))
    assert (status, last_line(printed)) == (1, "1 error y 2 avisos.")
    assert not (tmp_path / "salida").exists()


def test_addresses_are_written_down_once(fichero: Fichero, site: Path) -> None:
    status, printed = fichero("enlaces", "--anotar")
    assert status == 0
    count = int(re.match(r"(\d+) direcciones nuevas en enlaces\.tsv\n", printed)[1])  # type: ignore[index]
    text = (site / REGISTER).read_text(encoding="utf-8")
    assert len(text.splitlines()) == count > 30

    assert fichero("enlaces", "--anotar") == (0, f"0 direcciones nuevas en {REGISTER}\n")
    assert (site / REGISTER).read_text(encoding="utf-8") == text
    assert last_line(fichero("revisar")[1]) == "1 aviso.", "only that the second card is short"


def test_a_new_section_is_one_more_address(fichero: Fichero, site: Path) -> None:
    fichero("enlaces", "--anotar")
    text = (site / REGISTER).read_text(encoding="utf-8").rstrip("\n")
    (site / REGISTER).write_text(text, encoding="utf-8")
    append(PAGE, "\n## Equipo {#equipo}\n\nDos personas.\n")(site)
    assert fichero("enlaces", "--anotar") == (0, f"1 direcciones nuevas en {REGISTER}\n")


def test_with_errors_nothing_is_written_down(fichero: Fichero, site: Path) -> None:
    replace(SESSION, "fase: definir", "fase: x")(site)
    assert fichero("enlaces", "--anotar")[0] == 1
    assert not (site / REGISTER).exists()
