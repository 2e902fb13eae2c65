"""What a contributor's editor is given: snippets, tasks whose findings can be clicked, schemas of the data files."""

import json
import re
import shutil
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from changes import PAGE, SESSION, append, replace

from fichero.cli import main
from fichero.editor import data_schemas, editor_files
from fichero.pipeline import check
from fichero.validate import DATA_FILES, SHAPES

ROOT = Path(__file__).resolve().parent.parent
EDITOR = ROOT / ".vscode"
DATA = ROOT / "docs" / "_datos"
SNIPPETS: dict[str, dict[str, Any]] = json.loads((EDITOR / "fichero.code-snippets").read_text(encoding="utf-8"))
TASKS: list[dict[str, Any]] = json.loads((EDITOR / "tasks.json").read_text(encoding="utf-8"))["tasks"]
SETTINGS: dict[str, Any] = json.loads((EDITOR / "settings.json").read_text(encoding="utf-8"))


def test_the_files_of_the_editor_are_those_that_the_model_and_the_vocabularies_give() -> None:
    made = dict(editor_files(check(ROOT).catalog.vocabularies))
    written = [EDITOR / "fichero.code-snippets", *sorted((EDITOR / "esquemas").iterdir())]
    kept = {path.relative_to(EDITOR).as_posix(): path.read_text(encoding="utf-8") for path in written}
    assert kept == made, "corra «fichero esquema --en .vscode» y agregue al commit lo que cambie"


def test_the_command_writes_the_files_of_the_editor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--raiz", str(ROOT), "esquema", "--en", str(tmp_path / "editor")]) == 0
    assert capsys.readouterr().out == f"8 archivos en {tmp_path / 'editor'}\n"
    for name in ("fichero.code-snippets", "esquemas/fuentes.json"):
        assert (tmp_path / "editor" / name).read_bytes() == (EDITOR / name).read_bytes()


# --- Settings ------------------------------------------------------------------------------------------------------


def test_a_file_is_saved_as_every_other_editor_is_told_to() -> None:
    rules = ConfigParser()
    rules.read_string("[top]\n" + (ROOT / ".editorconfig").read_text(encoding="utf-8"))
    anywhere, markdown = rules["*"], rules["*.md"]
    assert (anywhere["charset"], SETTINGS["files.encoding"]) == ("utf-8", "utf8")
    assert (anywhere["end_of_line"], SETTINGS["files.eol"]) == ("lf", "\n")
    assert anywhere.getboolean("insert_final_newline") is SETTINGS["files.insertFinalNewline"] is True
    assert anywhere.getboolean("trim_trailing_whitespace") is SETTINGS["files.trimTrailingWhitespace"] is True
    in_markdown = SETTINGS["[markdown]"]["files.trimTrailingWhitespace"]
    assert markdown.getboolean("trim_trailing_whitespace") is in_markdown is False


def test_each_data_file_has_its_schema() -> None:
    assert SETTINGS["yaml.schemas"] == {
        f"./.vscode/esquemas/{path.stem}.json": path.relative_to(ROOT).as_posix() for path in sorted(DATA.iterdir())
    }


def test_one_extension_is_recommended() -> None:
    recommended = json.loads((EDITOR / "extensions.json").read_text(encoding="utf-8"))
    assert recommended == {"recommendations": ["redhat.vscode-yaml"]}


# --- Tasks ---------------------------------------------------------------------------------------------------------


def found(task: dict[str, Any], line: str) -> list[tuple[str, ...]]:
    """What the matchers of a task see in a line: severity, file, line, column, code and message."""
    seen = []
    for matcher in task["problemMatcher"]:
        pattern = matcher["pattern"]
        match = re.search(pattern["regexp"], line)
        if match:
            parts = (match[pattern[part]] for part in ("file", "line", "column", "code", "message"))
            seen.append((matcher["severity"], *parts))
    return seen


def test_the_tasks_run_the_commands_with_the_python_of_each_system() -> None:
    assert {task["label"]: task["args"] for task in TASKS} == {
        "Fichero: revisar": ["tareas.py", "revisar"],
        "Fichero: servir": ["tareas.py", "servir"],
    }
    for task in TASKS:
        assert (task["command"], task["windows"]["command"]) == ("python3", "python")
        assert (task["type"], task["options"]["cwd"]) == ("process", "${workspaceFolder}")


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task["label"])
def test_every_finding_of_the_check_can_be_clicked_and_no_other_line(
    task: dict[str, Any], site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    replace(SESSION, "duracion: 60-80 min", "duracion: media mañana")(site)
    append(PAGE, "\n# Otro título: con dos puntos\n\nEscriba «…».\n")(site)
    assert main(["--raiz", str(site), "revisar"]) == 1
    *findings, count = capsys.readouterr().out.splitlines()

    kinds = {"error": "error", "aviso": "warning"}
    problems = check(site).problems
    assert [found(task, line) for line in findings] == [
        [(kinds[p.severidad], p.archivo, str(p.linea), str(p.columna), p.codigo, f"{p.mensaje} → {p.arreglo}")]
        for p in problems
    ]
    assert len(problems) > 4 and {p.severidad for p in problems} == {"error", "aviso"}
    assert found(task, count) == []


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        (
            r"C:\Users\Ana\fichero\methods\x.md:12:3 FM003 error: el campo «duracíon» no existe → escriba otro",
            ("error", r"C:\Users\Ana\fichero\methods\x.md", "12", "3", "FM003"),
        ),
        (r"methods\x.md:1:1 REG002 aviso: faltan 2 → corra", ("warning", r"methods\x.md", "1", "1", "REG002")),
        ("docs/guias/a b.md:1:10 EST021 error: a: b → c", ("error", "docs/guias/a b.md", "1", "10", "EST021")),
        # What the live preview writes, with the wrapping of its terminal.
        (
            "ERROR   -  fichero: methods/x.md:47:1 FM011 error: fase: «definicion» no está en la lista",
            ("error", "methods/x.md", "47", "1", "FM011"),
        ),
        ("           methods/x.md:47:1 FM011 error: fase:", ("error", "methods/x.md", "47", "1", "FM011")),
        ("INFO    -  fichero: enlaces.tsv:1:1 REG002 aviso: falta", ("warning", "enlaces.tsv", "1", "1", "REG002")),
        ("INFO    -  Documentation built in 1.43 seconds", None),
        ("INFO    -  [09:16:38] Detected file changes", None),
        ("» Instalando los paquetes (la primera vez puede tardar un par de minutos)…", None),
        ("1 error y 2 avisos.", None),
        ("Sin problemas.", None),
    ],
)
def test_a_finding_is_seen_on_windows_and_in_the_live_preview(line: str, seen: tuple[str, ...] | None) -> None:
    for task in TASKS:
        assert [parts[:-1] for parts in found(task, line)] == ([seen] if seen else [])


@pytest.mark.parametrize(
    ("line", "begins", "ends"),
    [
        ("INFO    -  Building documentation...", True, False),
        ("INFO    -  Documentation built in 1.43 seconds", False, True),
        ("ERROR   -  La revisión encontró errores: el sitio no se publica hasta corregirlos.", False, True),
        ("INFO    -  [09:16:38] Detected file changes", False, False),
    ],
)
def test_the_live_preview_forgets_its_findings_when_it_builds_again(line: str, begins: bool, ends: bool) -> None:
    (serve,) = (task for task in TASKS if task.get("isBackground"))
    for matcher in serve["problemMatcher"]:
        background = matcher["background"]
        assert bool(re.search(background["beginsPattern"], line)) is begins
        assert bool(re.search(background["endsPattern"], line)) is ends


# --- Snippets ------------------------------------------------------------------------------------------------------


def typed(prefix: str) -> str:
    """The text of a snippet of which nothing was changed."""
    (snippet,) = (snippet for snippet in SNIPPETS.values() if snippet["prefix"] == prefix)
    text = "\n".join(snippet["body"]) + "\n"
    text = re.sub(r"\$\{\d+\|([^,|]+)[^|]*\|\}", r"\1", text)
    text = re.sub(r"\$\{\d+:((?:[^}\\]|\\.)*)\}", lambda match: re.sub(r"\\(.)", r"\1", match[1]), text)
    text = text.replace("$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE", "2026-11-22")
    assert "$" not in text
    return text


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The project's own content, to add to it."""
    for folder in ("methods", "cases", "docs"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "enlaces.tsv", tmp_path)
    return tmp_path


def told(root: Path, archivo: str) -> list[str]:
    """The codes of what is said of a file; the mark «…» of each line that has it is told."""
    problems = [problem for problem in check(root).problems if problem.archivo == archivo]
    text = (root / archivo).read_text(encoding="utf-8")
    assert len([p for p in problems if p.codigo in ("EST021", "EST022")]) == text.count("«…»") > 0
    return sorted({problem.codigo for problem in problems})


@pytest.mark.parametrize(
    ("prefix", "archivo", "codes"),
    [
        ("ficha", "methods/otra.md", ["EST022", "FIC003", "FIC004"]),
        ("caso", "cases/otro.md", ["EST022"]),
        ("guia", "docs/guias/otra.md", ["EST022"]),
    ],
)
def test_a_file_from_a_snippet_lacks_nothing_but_what_is_to_be_filled_in(
    content: Path, prefix: str, archivo: str, codes: list[str]
) -> None:
    (content / archivo).write_text(typed(prefix), encoding="utf-8")
    assert told(content, archivo) == codes


def test_a_step_from_a_snippet_lacks_nothing_but_what_is_to_be_filled_in(content: Path) -> None:
    card = typed("ficha").replace("duracion: 60-90 min", "duracion: 10-15 min")
    before, _, rest = card.partition("### ")
    after = rest[rest.index("\n## Devolver") :]
    (content / "methods/otra.md").write_text(before + typed("paso") + after, encoding="utf-8")
    assert told(content, "methods/otra.md") == ["EST022", "FIC003", "FIC004", "PAS010"]


def test_a_source_from_a_snippet_lacks_nothing_but_what_is_to_be_filled_in_and_who_cites_it(content: Path) -> None:
    append("docs/_datos/fuentes.yml", typed("fuente"))(content)
    assert told(content, "docs/_datos/fuentes.yml") == ["EST021", "FUE002"]


def test_a_recipe_from_a_snippet_lacks_nothing_but_what_is_to_be_filled_in_and_who_leads_to_it(content: Path) -> None:
    recipe = "".join(f"  {line}\n" for line in typed("receta").splitlines())
    append("docs/_datos/recetas.yml", recipe)(content)
    assert told(content, "docs/_datos/recetas.yml") == ["EST021", "REC007"]


def test_a_snippet_is_brought_by_a_word_and_says_what_it_is() -> None:
    assert {(snippet["prefix"], snippet["scope"]) for snippet in SNIPPETS.values()} == {
        ("ficha", "markdown"),
        ("caso", "markdown"),
        ("guia", "markdown"),
        ("paso", "markdown"),
        ("fuente", "yaml"),
        ("receta", "yaml"),
    }
    assert all(snippet["description"] for snippet in SNIPPETS.values())


def test_the_stops_of_a_snippet_are_in_order() -> None:
    for snippet in SNIPPETS.values():
        stops = [int(number) for number in re.findall(r"\$\{(\d+)", "\n".join(snippet["body"]))]
        assert stops == list(range(1, len(stops) + 1))


# --- Schemas -------------------------------------------------------------------------------------------------------


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2, as the extension reads it: `no` and a date are texts, 11 is a number."""


AsEditorsRead.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?[0-9]+", list("-+0123456789")),
    ("tag:yaml.org,2002:float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    AsEditorsRead.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), first)

TYPES: dict[str, Any] = {"string": str, "number": int | float, "integer": int, "array": list, "object": dict}
KEYWORDS = {
    *("$schema", "$defs", "$ref", "description", "type", "enum", "pattern", "maxLength", "format", "items", "minItems"),
    *("properties", "patternProperties", "additionalProperties", "required", "minProperties"),
}


def refused(schema: dict[str, Any], value: Any, whole: dict[str, Any], place: str = "") -> Iterator[str]:
    """Where a value is not as the schema says, and by which of its words. Those that our schemas use, and no other."""
    assert schema.keys() <= KEYWORDS, schema.keys() - KEYWORDS
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    if not any(isinstance(value, TYPES[name]) and not isinstance(value, bool) for name in types):
        yield f"{place} type"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place} enum"
    if isinstance(value, str):
        if not re.search(schema.get("pattern", ""), value):
            yield f"{place} pattern"
        if len(value) > schema.get("maxLength", len(value)):
            yield f"{place} maxLength"
        if schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            yield f"{place} format"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{place} minItems"
        for index, item in enumerate(value):
            yield from refused(schema["items"], item, whole, f"{place}/{index}")
    if isinstance(value, dict):
        yield from (f"{place}/{name} required" for name in schema.get("required", ()) if name not in value)
        if len(value) < schema.get("minProperties", 0):
            yield f"{place} minProperties"
        for name, item in value.items():
            named = [schema.get("properties", {}).get(name)] if name in schema.get("properties", {}) else []
            named += [s for pattern, s in schema.get("patternProperties", {}).items() if re.search(pattern, name)]
            other = schema.get("additionalProperties", {})
            if not named and other is False:
                yield f"{place}/{name} additionalProperties"
            for part in named or ([other] if other else []):
                yield from refused(part, item, whole, f"{place}/{name}")


def told_by_the_editor(name: str, text: str) -> list[str]:
    schema = json.loads((EDITOR / "esquemas" / f"{name}.json").read_text(encoding="utf-8"))
    value = yaml.load(text, Loader=AsEditorsRead)
    return [] if value is None else list(refused(schema, value, schema))


def test_the_schemas_are_of_the_data_files_that_the_check_reads() -> None:
    schemas = data_schemas(check(ROOT).catalog.vocabularies)
    kinds = {"object": dict, "array": list}
    assert {name: kinds[schema["type"]] for name, schema in schemas.items()} == SHAPES


@pytest.mark.parametrize("name", sorted(DATA_FILES))
def test_the_editor_finds_nothing_wrong_in_the_data_of_the_project(name: str) -> None:
    assert told_by_the_editor(name, (DATA / f"{name}.yml").read_text(encoding="utf-8")) == []


REPORT = (
    "- metodo: piloto\n  fecha: 2026-04-01\n  lugar: centro\n  personas: 11\n  idioma: no\n  minutos: {paso-1: 15}\n"
)
SOURCE = "una-2020:\n  titulo: 2020\n  autoria: Alguien\n  tipo: libro\n"


@pytest.mark.parametrize(
    ("name", "text", "wrong"),
    [
        ("usos", REPORT, []),
        ("usos", "# nada todavía\n", []),
        ("usos", REPORT.replace("lugar:", "lugr:"), ["/0/lugar required", "/0/lugr additionalProperties"]),
        ("usos", REPORT.replace("2026-04-01", "1/4/26"), ["/0/fecha format"]),
        ("usos", REPORT.replace("{paso-1: 15}", "{}"), ["/0/minutos minProperties"]),
        ("usos", REPORT.replace("centro", "[uno]"), ["/0/lugar type"]),
        ("usos", REPORT.replace("centro", ""), ["/0/lugar type"]),
        ("fuentes", SOURCE, []),
        ("fuentes", SOURCE.replace("libro", "folleto"), ["/una-2020/tipo enum"]),
        ("fuentes", SOURCE.replace("una-2020", "Una"), ["/Una additionalProperties"]),
        ("fuentes", SOURCE + "  url: cepal.org\n", ["/una-2020/url pattern"]),
        ("sinonimos", "- palabras: [uno]\n", ["/0/palabras minItems"]),
        ("vocabularios", "fases:\n  probar: {etiqueta: Probar}\n", ["/fases/probar/definicion required"]),
        (
            "vocabularios",
            "fases:\n  probar: {id: a, etiqueta: b, definicion: c}\n",
            ["/fases/probar/id additionalProperties"],
        ),
        ("recetas", "situaciones: {}\n", ["/recetas required"]),
        (
            "recetas",
            "situaciones: {}\nrecetas:\n  una:\n    titulo: " + "a" * 61 + "\n    resumen: b\n    limites: c\n"
            "    pasos: [{metodo: piloto, veces: 3, porque: d}, {metodo: Piloto, porque: e}]\n",
            ["/recetas/una/titulo maxLength", "/recetas/una/pasos/1/metodo pattern"],
        ),
    ],
)
def test_the_editor_tells_what_is_mistyped(name: str, text: str, wrong: list[str]) -> None:
    assert told_by_the_editor(name, text) == wrong
