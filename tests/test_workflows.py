"""What nobody may loosen in .github: pinned actions, rights given one by one, no shell line that a stranger can write.

zizmor knows GitHub's traps in general; the rules here are this project's own, and each is shown something it refuses.
What the steps do is in test_workflow_steps.py.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from fichero.cli import _parser

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
ZIZMOR = Path(sys.executable).with_name("zizmor")

# The only jobs that may change anything, and what: the rest read.
WRITERS = {
    ("publicar.yml", "publicar"): {"pages", "id-token"},
    ("entregar.yml", "atestar"): {"id-token", "attestations"},
    ("entregar.yml", "entregar"): {"contents"},
    ("enlaces.yml", "avisar"): {"issues"},
    ("dependencias.yml", "avisar"): {"issues"},
    ("formulario.yml", "proponer"): {"contents", "pull-requests", "issues"},
}
# Everything that is asked of GitHub: numbers, commits and names that only a maintainer writes.
EXPRESSIONS = {
    "github.ref",
    "github.repository",
    "github.token",
    "github.event.issue.number",
    "github.event.pull_request.number",
    "github.event.pull_request.base.sha",
    "inputs.commit",
    "inputs.commit || 'main'",
    "vars.FICHERO_CORREO",
    "vars.FICHERO_SITIO",
    "runner.temp",
    "steps.publicar.outputs.page_url",
}
EVENTS = {"pull_request", "push", "workflow_dispatch", "schedule", "issues"}
CONDITIONS = {
    "failure()",
    "github.ref == 'refs/heads/main'",
    "inputs.commit != ''",
    "inputs.commit == ''",
    "github.event.label.name == 'aceptado'",
}


def parsed(text: str) -> dict[str, Any]:
    """BaseLoader: every scalar is the text that was typed, and `on` is not a truth value."""
    workflow = yaml.load(text, Loader=yaml.BaseLoader)
    assert isinstance(workflow, dict)
    return workflow


def jobs(text: str) -> dict[str, dict[str, Any]]:
    return dict(parsed(text)["jobs"])


def steps(text: str) -> list[dict[str, Any]]:
    return [step for job in jobs(text).values() for step in job["steps"]]


def writers(name: str, text: str) -> dict[tuple[str, str], set[str]]:
    """The jobs of a workflow that can write, and what."""
    found = {}
    for job, body in jobs(text).items():
        given = body.get("permissions", "todo")
        rights = {key for key, value in given.items() if value != "read"} if isinstance(given, dict) else {given}
        if rights:
            found[name, job] = rights
    return found


# --- The rules: each yields what it refuses -------------------------------------------------------------------


def pinned(text: str) -> Iterator[str]:
    """An action is a full commit, which nobody can move, with its version beside it for people."""
    for line in text.splitlines():
        if "uses:" in line and not re.fullmatch(r"\s+(- )?uses: [\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line):
            yield line.strip()


def no_rights_to_begin_with(text: str) -> Iterator[str]:
    """Nothing at the top, so that a new job has nothing until it asks; and each job says what it needs."""
    if parsed(text).get("permissions") != {}:
        yield "permissions"
    yield from (job for job, body in jobs(text).items() if not isinstance(body.get("permissions"), dict))


def known_events(text: str) -> Iterator[str]:
    """Not pull_request_target nor workflow_run, which give a stranger's proposal the rights of main."""
    yield from set(parsed(text)["on"]) - EVENTS


def known_expressions(text: str) -> Iterator[str]:
    """No title, branch name, comment or secret is asked for, anywhere."""
    yield from sorted(set(re.findall(r"\$\{\{\s*(.*?)\s*\}\}", text)) - EXPRESSIONS)
    conditions = [part["if"] for part in (*jobs(text).values(), *steps(text)) if "if" in part]
    yield from (condition for condition in conditions if condition not in CONDITIONS)


def no_expression_in_a_shell_line(text: str) -> Iterator[str]:
    """A value reaches the shell through `env`, where it is data."""
    yield from (step["run"] for step in steps(text) if "${{" in step.get("run", ""))


def no_token_left_behind(text: str) -> Iterator[str]:
    """A checkout leaves its token in the repository's settings, for any later step to use, unless told not to."""
    for step in steps(text):
        if "/checkout@" in step.get("uses", "") and step.get("with", {}).get("persist-credentials") != "false":
            yield step.get("name", step["uses"])


def an_end(text: str) -> Iterator[str]:
    """A job that hangs ends; two runs of the same thing do not cross."""
    yield from (job for job, body in jobs(text).items() if not body.get("timeout-minutes", "").isdigit())
    if "group" not in parsed(text).get("concurrency", {}):
        yield from (job for job, body in jobs(text).items() if "group" not in body.get("concurrency", {}))


def a_condition_before_the_queue(text: str) -> Iterator[str]:
    """A whole run takes its place in a queue before its jobs are asked their `if`: one with nothing to do would put
    out another that waits."""
    if "concurrency" in parsed(text):
        yield from (job for job, body in jobs(text).items() if "if" in body)


def no_cache(text: str) -> Iterator[str]:
    """What one run leaves in a cache, another takes: a proposal could leave something for the job that publishes."""
    for step in steps(text):
        yield from (word for word in (step.get("uses", ""), *step.get("with", {})) if "cache" in word)


def stops_at_a_failure(text: str) -> Iterator[str]:
    """Unless a shell is named, a pipe whose first part fails goes on."""
    if parsed(text).get("defaults") != {"run": {"shell": "bash"}}:
        yield "defaults"
    yield from (step["shell"] for step in steps(text) if "shell" in step)


def fixed_runner(text: str) -> Iterator[str]:
    """The system whose Python makes the bytes that are published, until somebody decides on another."""
    yield from (job for job, body in jobs(text).items() if body.get("runs-on") != "ubuntu-24.04")


def writers_run_none_of_the_program(text: str) -> Iterator[str]:
    """Where there is a token that writes, only git, gh and the two small scripts that call them run."""
    allowed = r"bash \.github/(aviso|proponer)\.sh .*|gh release create .*|sha256sum --check --strict [\w.-]+"
    for _, job in writers("", text):
        for step in jobs(text)[job]["steps"]:
            command = " ".join(step.get("run", "").replace("\\\n", "").split())
            if command and not re.fullmatch(allowed, command):
                yield command


RULES: list[Callable[[str], Iterator[str]]] = [
    pinned,
    no_rights_to_begin_with,
    known_events,
    known_expressions,
    no_expression_in_a_shell_line,
    no_token_left_behind,
    an_end,
    a_condition_before_the_queue,
    no_cache,
    stops_at_a_failure,
    fixed_runner,
    writers_run_none_of_the_program,
]

GOOD = """\
name: Probar
on:
  pull_request:
permissions: {}
defaults:
  run:
    shell: bash
concurrency:
  group: probar-${{ github.ref }}
jobs:
  uno:
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: read
    steps:
      - name: Traer
        uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v7.0.1
        with:
          persist-credentials: false
      - run: bash .ci/run
"""
COMMIT = "@0123456789abcdef0123456789abcdef01234567 # v7.0.1"
RUN = "run: bash .ci/run"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_workflow_keeps_every_rule(path: Path, rule: Callable[[str], Iterator[str]]) -> None:
    assert list(rule(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_good_workflow_is_left_alone(rule: Callable[[str], Iterator[str]]) -> None:
    assert list(rule(GOOD)) == []


@pytest.mark.parametrize(
    ("rule", "old", "new", "refused"),
    [
        (pinned, COMMIT, "@v7", "uses: actions/checkout@v7"),
        (pinned, COMMIT, "@0123456 # v7.0.1", "uses: actions/checkout@0123456 # v7.0.1"),
        (pinned, " # v7.0.1", "", "uses: actions/checkout@0123456789abcdef0123456789abcdef01234567"),
        (pinned, " # v7.0.1", " # main", "uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # main"),
        (pinned, RUN, "uses: docker://alpine:3", "- uses: docker://alpine:3"),
        (no_rights_to_begin_with, "permissions: {}\n", "", "permissions"),
        (no_rights_to_begin_with, "permissions: {}", "permissions: read-all", "permissions"),
        (no_rights_to_begin_with, "    permissions:\n      contents: read\n", "", "uno"),
        (no_rights_to_begin_with, "permissions:\n      contents: read\n", "permissions: write-all\n", "uno"),
        (known_events, "pull_request:", "pull_request_target:", "pull_request_target"),
        (known_events, "pull_request:", "workflow_run:", "workflow_run"),
        (known_events, "pull_request:", "issue_comment:", "issue_comment"),
        (known_expressions, RUN, "env: {T: '${{ github.event.issue.title }}'}", "github.event.issue.title"),
        (known_expressions, RUN, "env: {T: '${{github.head_ref}}'}", "github.head_ref"),
        (known_expressions, RUN, "env: {T: '${{ secrets.CLAVE }}'}", "secrets.CLAVE"),
        (known_expressions, RUN, "if: github.head_ref == 'x'", "github.head_ref == 'x'"),
        (no_expression_in_a_shell_line, RUN, "run: echo ${{ github.ref }}", "echo ${{ github.ref }}"),
        (no_token_left_behind, "persist-credentials: false", "fetch-depth: 0", "Traer"),
        (no_token_left_behind, "persist-credentials: false", "persist-credentials: true", "Traer"),
        (an_end, "    timeout-minutes: 10\n", "", "uno"),
        (an_end, "concurrency:\n  group: probar-${{ github.ref }}\n", "", "uno"),
        (a_condition_before_the_queue, "runs-on", "if: github.event.label.name == 'x'\n    runs-on", "uno"),
        (no_cache, RUN, f"uses: actions/cache{COMMIT}", "actions/cache@0123456789abcdef0123456789abcdef01234567"),
        (no_cache, "persist-credentials: false", "cache: pip", "cache"),
        (stops_at_a_failure, "defaults:\n  run:\n    shell: bash\n", "", "defaults"),
        (stops_at_a_failure, RUN, "run: ls\n        shell: sh", "sh"),
        (fixed_runner, "ubuntu-24.04", "ubuntu-latest", "uno"),
        (fixed_runner, "ubuntu-24.04", "self-hosted", "uno"),
        (writers_run_none_of_the_program, "contents: read", "contents: write", "bash .ci/run"),
    ],
)
def test_a_rule_refuses(rule: Callable[[str], Iterator[str]], old: str, new: str, refused: str) -> None:
    assert old in GOOD
    assert refused in list(rule(GOOD.replace(old, new)))


def test_only_these_jobs_can_write_and_only_this() -> None:
    found: dict[tuple[str, str], set[str]] = {}
    for path in WORKFLOWS:
        found |= writers(path.name, path.read_text(encoding="utf-8"))
    assert found == WRITERS


@pytest.mark.parametrize(
    ("rights", "expected"),
    [
        ("permissions:\n      contents: write", {"contents"}),
        ("permissions: write-all", {"write-all"}),
        ("env: {}", {"todo"}),  # a job that says nothing would have what the repository gives by default
    ],
)
def test_a_right_to_write_is_seen_however_it_is_given(rights: str, expected: set[str]) -> None:
    text = GOOD.replace("permissions:\n      contents: read", rights)
    assert writers("x.yml", text) == {("x.yml", "uno"): expected}


def test_one_action_has_one_version() -> None:
    used: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for action, pin in re.findall(r"uses: (\S+)@(.*)", path.read_text(encoding="utf-8")):
            used.setdefault(action, set()).add(pin)
    assert {action: pins for action, pins in used.items() if len(pins) > 1} == {}


def queue(name: str, job: str) -> tuple[str, str]:
    found = jobs((GITHUB / "workflows" / name).read_text(encoding="utf-8"))[job]["concurrency"]
    return found["group"], found["cancel-in-progress"]


def test_going_back_waits_for_no_tests_and_no_newer_push_ends_it() -> None:
    """The tests of main and the build of an old commit are not in one queue; only publishing is, and it takes a
    minute."""
    assert queue("publicar.yml", "compilar") == ("compilar-${{ inputs.commit || 'main' }}", "true")
    assert queue("publicar.yml", "publicar") == ("publicar", "false")


def test_each_form_has_its_own_queue_and_what_is_being_proposed_is_not_cut() -> None:
    assert queue("formulario.yml", "leer") == ("leer-${{ github.event.issue.number }}", "true")
    assert queue("formulario.yml", "proponer") == ("proponer-${{ github.event.issue.number }}", "false")


# --- What the steps name exists -------------------------------------------------------------------------------

SHELL = "\n".join(
    [
        *(step["run"] for path in WORKFLOWS for step in steps(path.read_text(encoding="utf-8")) if "run" in step),
        *(path.read_text(encoding="utf-8") for path in sorted(GITHUB.glob("*.sh"))),
    ]
)


def calls(program: str) -> set[str]:
    """What follows a program, wherever it is called, up to a sign of the shell."""
    return {words.strip() for words in re.findall(rf"{program} ([^|<>;&}}\n]*)", SHELL)}


def test_the_orders_given_to_tareas_exist() -> None:
    assert calls(r"python3 tareas\.py") == {"revisar --help", "sitio", "sitio --sin-red"}
    usage = subprocess.run(
        [sys.executable, ROOT / "tareas.py", "--help"], capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
    assert "sitio [--sin-red]" in usage
    assert "revisar [...]" in usage


@pytest.mark.parametrize("words", sorted(calls(r"\.venv/bin/fichero")))
def test_the_orders_given_to_fichero_are_understood(words: str) -> None:
    assert callable(_parser().parse_args(shlex.split(words)).run)


def test_both_orders_of_fichero_are_looked_at() -> None:
    orders = {next(word for word in ("revisar", "desde-formulario") if word in c) for c in calls(r"\.venv/bin/fichero")}
    assert orders == {"revisar", "desde-formulario"}


def test_every_file_that_a_step_names_is_there() -> None:
    scripts = set(re.findall(r"\bbash (\S+)", SHELL))
    locks = set(re.findall(r"-r (\.github/\S+\.txt)", SHELL))
    assert scripts == {".ci/run", ".github/aviso.sh", ".github/leer-formulario.sh", ".github/proponer.sh"}
    assert locks == {".github/requirements-enlaces.txt", ".github/requirements-auditoria.txt"}
    assert [name for name in scripts | locks if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize("name", [".ci/run", ".github/aviso.sh", ".github/leer-formulario.sh", ".github/proponer.sh"])
def test_a_script_stops_at_its_first_failure(name: str) -> None:
    assert "\nset -euo pipefail\n" in (ROOT / name).read_text(encoding="utf-8")


# --- The rest of .github --------------------------------------------------------------------------------------


def labels_put_by(form: str) -> set[str]:
    """The labels that an issue form puts by itself."""
    return set(yaml.load(form, Loader=yaml.BaseLoader).get("labels", ()))


def test_no_form_accepts_itself() -> None:
    for form in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml"):
        assert "aceptado" not in labels_put_by(form.read_text(encoding="utf-8")), form.name
    assert labels_put_by("name: Ficha\nlabels: [ficha, aceptado]\n") == {"ficha", "aceptado"}


def test_code_owners_name_nobody_so_that_a_copy_works_as_it_is() -> None:
    lines = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


LOCKS = [*sorted(ROOT.glob("requirements*.txt")), *sorted(GITHUB.glob("requirements*.txt"))]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_says_how_it_is_made_where_dependabot_reads_it(lock: Path) -> None:
    """Without these words Dependabot would resolve again for one system alone."""
    command = lock.read_text(encoding="utf-8").splitlines()[1]
    assert "uv pip compile --universal --generate-hashes --python-version 3.11 --only-binary :all:" in command
    assert lock.with_suffix(".in").is_file()


def test_dependabot_looks_at_every_folder_with_locks_and_at_the_workflows() -> None:
    updates = parsed((GITHUB / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {update["package-ecosystem"] for update in updates} == {"github-actions", "uv"}
    assert next(update["directories"] for update in updates if "directories" in update) == ["/", "/.github"]


# --- zizmor ---------------------------------------------------------------------------------------------------


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    """The strictest it has: doubts count as findings, and nothing that says «ignore this» is heard."""
    command = (ZIZMOR, "--offline", "--persona=auditor", "--strict-collection", "--no-ignores", "--no-config", *paths)
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


def test_zizmor_finds_nothing() -> None:
    found = zizmor(GITHUB)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "No findings to report" in found.stdout


def test_zizmor_would_find_a_trap(tmp_path: Path) -> None:
    trap = tmp_path / "trampa.yml"
    trap.write_text(GOOD.replace(RUN, "run: echo ${{ github.head_ref }}"), encoding="utf-8")
    assert "template-injection" in zizmor(trap).stdout


def test_every_page_of_a_preview_says_that_it_is_one() -> None:
    workflow = yaml.load((GITHUB / "workflows/revisar.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    (build,) = [step for step in workflow["jobs"]["vista-previa"]["steps"] if "sitio --sin-red" in step.get("run", "")]
    assert build["env"]["FICHERO_VISTA_PREVIA"].startswith("Propuesta ")


@pytest.mark.parametrize("name", ["publicar.yml", "entregar.yml"])
def test_what_is_published_has_the_addresses_that_the_repository_sets(name: str) -> None:
    """Empty counts as unset: without a domain of its own, tareas.py takes the address of GitHub Pages."""
    text = (GITHUB / "workflows" / name).read_text(encoding="utf-8")
    (build,) = [step for step in steps(text) if "tareas.py sitio" in step.get("run", "")]
    assert build["env"] == {
        "FICHERO_CORREO": "${{ vars.FICHERO_CORREO }}",
        "FICHERO_SITIO": "${{ vars.FICHERO_SITIO }}",
    }
