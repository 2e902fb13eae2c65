"""What the steps of .github do, run as the runner would: the shell of each, in a folder, with doubles for the programs
that speak to GitHub or to the network. Which steps there are and with what rights is in test_workflows.py."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from fichero import __version__

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"

pytestmark = pytest.mark.skipif(
    os.name == "nt" or not all(map(shutil.which, ("bash", "git", "iconv", "sha256sum"))),
    reason="needs what GitHub's Linux runners have",
)


def step(workflow: str, name: str) -> str:
    """The shell of the one step with that name."""
    text = (GITHUB / "workflows" / workflow).read_text(encoding="utf-8")
    steps = [step for job in yaml.load(text, Loader=yaml.BaseLoader)["jobs"].values() for step in job["steps"]]
    (found,) = [step["run"] for step in steps if step["name"] == name and "run" in step]
    return str(found)


def git(folder: Path, *words: str) -> str:
    """Runs git as somebody; what it said."""
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


class Runner:
    """A workplace: programs of its own before the system's, and the files and variables that a step finds."""

    def __init__(self, root: Path) -> None:
        self.work, self.temp, self.bin = (root / name for name in ("trabajo", "temporal", "bin"))
        for folder in (self.work, self.temp, self.bin):
            folder.mkdir()
        self.summary = root / "resumen.md"
        self.env = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "HOME": str(root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "LANG": "C.UTF-8",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_REPOSITORY": "ana/fichero",
            "GITHUB_REF_NAME": "main",
        }

    def program(self, path: Path, shell: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/usr/bin/env bash\n{shell}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self, shell: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        """With the options that GitHub gives to `shell: bash`."""
        command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", shell)
        return subprocess.run(
            command, cwd=cwd or self.work, env=self.env | env, capture_output=True, text=True, encoding="utf-8"
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


# --- Revisar: main's checker on the proposal's content --------------------------------------------------------


@pytest.fixture
def proposal(runner: Runner, site: Path) -> str:
    """Two folders: `base` with the checker, `propuesta` with the content; the commit where the proposal began."""
    fichero = Path(sys.executable).with_name("fichero")
    runner.program(runner.work / "base/.venv/bin/fichero", f'exec "{fichero}" "$@"')
    shutil.copytree(site, runner.work / "propuesta")
    git(runner.work / "propuesta", "init", "-q")
    git(runner.work / "propuesta", "add", "-A")
    git(runner.work / "propuesta", "commit", "-q", "-m", "base")
    return git(runner.work / "propuesta", "rev-parse", "HEAD")


CHECK = step("revisar.yml", "Revisar el contenido de la propuesta")
LIST = step("revisar.yml", "Listar todo lo encontrado en el resumen")


def test_a_proposal_without_mistakes_passes(runner: Runner, proposal: str) -> None:
    assert runner.run(CHECK, runner.work / "base", BASE=proposal).returncode == 0


def test_a_mistake_is_an_annotation_in_the_proposals_own_path(runner: Runner, proposal: str) -> None:
    card = runner.work / "propuesta/methods/problema-en-una-frase.md"
    text = card.read_text(encoding="utf-8")
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("fase:"))
    card.write_text(re.sub(r"(?m)^fase:.*", "fase: '::set-env name=A::b'", text), encoding="utf-8")
    done = runner.run(CHECK, runner.work / "base", BASE=proposal)
    assert done.returncode == 1
    assert f"::error file=methods/problema-en-una-frase.md,line={line}," in done.stdout
    assert all(line.startswith(("::error file=", "::warning file=")) for line in done.stdout.splitlines())


def test_the_summary_lists_everything_as_plain_text(runner: Runner, proposal: str) -> None:
    card = runner.work / "propuesta/methods/problema-en-una-frase.md"
    text = card.read_text(encoding="utf-8")
    card.write_text(re.sub(r"(?m)^fase:.*", "fase: '@ana <b>'", text), encoding="utf-8")
    done = runner.run(LIST, runner.work / "base", BASE=proposal)
    lines = runner.summary.read_text(encoding="utf-8").splitlines()
    assert (done.returncode, done.stdout) == (0, "")
    assert any("@ana <b>" in line for line in lines)
    assert all(line.startswith("    ") for line in lines)


def test_the_preview_says_that_nobody_has_reviewed_it(runner: Runner) -> None:
    done = runner.run(step("revisar.yml", "Marcarla como propuesta sin revisar"), NUMERO="12")
    note = (runner.work / "LEA-PRIMERO.txt").read_text(encoding="utf-8")
    assert done.returncode == 0
    assert note.startswith("VISTA PREVIA DE UNA PROPUESTA SIN REVISAR\n")
    assert "propuesta 12 de ana/fichero" in note
    assert "VISTA PREVIA" in runner.summary.read_text(encoding="utf-8")


# --- Publicar and Entregar: only what is in main --------------------------------------------------------------


@pytest.fixture
def history(runner: Runner) -> dict[str, str]:
    """A repository as it is fetched: main has an old and a new commit, each a version; another branch has its own."""
    origin = runner.work.with_name("origen")
    origin.mkdir()
    git(origin, "init", "-q")
    commits = {}
    version = origin / "hooks/fichero/__init__.py"
    version.parent.mkdir(parents=True)
    for name, number in {"viejo": "1.3.0", "nuevo": "1.4.0", "ajeno": "1.5.0"}.items():
        if name == "ajeno":
            git(origin, "switch", "-q", "-c", "rama", commits["viejo"])
        version.write_text(f'"""Fichero."""\n\n__version__ = "{number}"\n')
        git(origin, "add", "-A")
        git(origin, "commit", "-q", "-m", name)
        commits[name] = git(origin, "rev-parse", "HEAD")
    git(runner.work, "clone", "-q", str(origin), ".")
    git(runner.work, "switch", "-q", "main")
    return commits


GO_BACK = step("publicar.yml", "Ir al commit pedido")
IN_MAIN = step("entregar.yml", "Comprobar que la versión es la del programa y está en main")


def test_an_old_commit_of_main_can_be_published_again(runner: Runner, history: dict[str, str]) -> None:
    assert runner.run(GO_BACK, COMMIT=history["viejo"]).returncode == 0
    assert git(runner.work, "rev-parse", "HEAD") == history["viejo"]


@pytest.mark.parametrize("asked", ["ajeno", "0" * 40, "main", "--detach", "$(touch hecho)", "x\n" + "0" * 40])
def test_nothing_else_can_be_published(runner: Runner, history: dict[str, str], asked: str) -> None:
    done = runner.run(GO_BACK, COMMIT=history.get(asked, asked))
    assert done.returncode == 1
    assert "un commit que esté en main" in done.stdout
    assert git(runner.work, "rev-parse", "HEAD") == history["nuevo"]
    assert not (runner.work / "hecho").exists()


@pytest.mark.parametrize(
    ("commit", "tag", "said"),
    [
        ("nuevo", "v1.4.0", ""),
        ("viejo", "v1.3.0", ""),
        ("ajeno", "v1.5.0", "no está en main"),
        ("nuevo", "v1.3.0", "hooks/fichero/__init__.py dice «1.4.0»"),
        ("nuevo", "v1.4", "se escribe como"),
        ("nuevo", "v1.4.0-$(touch hecho)", "se escribe como"),
    ],
)
def test_a_version_is_a_commit_of_main(
    runner: Runner, history: dict[str, str], commit: str, tag: str, said: str
) -> None:
    git(runner.work, "checkout", "-q", history[commit])
    done = runner.run(IN_MAIN, GITHUB_REF_NAME=tag)
    assert done.returncode == bool(said)
    assert said in done.stdout
    assert not (runner.work / "hecho").exists()


def test_the_version_is_read_where_the_program_has_it(runner: Runner, history: dict[str, str]) -> None:
    shutil.copy(ROOT / "hooks/fichero/__init__.py", runner.work / "hooks/fichero/__init__.py")
    assert runner.run(IN_MAIN, GITHUB_REF_NAME=f"v{__version__}").returncode == 0


@pytest.mark.parametrize(("change", "code"), [("", 0), ("otra cosa", 1)])
def test_a_file_that_does_not_match_the_manifest_stops_the_publication(
    runner: Runner, history: dict[str, str], change: str, code: int
) -> None:
    site = runner.work / "site"
    site.mkdir()
    (site / "index.html").write_text("hola")
    runner.run("sha256sum index.html > manifiesto.sha256", site)
    (site / "index.html").write_text(change or "hola")
    done = runner.run(step("publicar.yml", "Verificar el manifiesto"), site)
    assert bool(done.returncode) == bool(code)
    assert (history["nuevo"] in done.stdout) == (not code)


def test_the_release_says_how_its_sum_is_checked_on_each_system() -> None:
    text = (GITHUB / "workflows/entregar.yml").read_text(encoding="utf-8")
    steps = yaml.load(text, Loader=yaml.BaseLoader)["jobs"]["entregar"]["steps"]
    (notes,) = [step["env"]["NOTAS"] for step in steps if "NOTAS" in step.get("env", {})]
    commands = [line.strip() for line in notes.splitlines() if line.startswith("    ")]
    assert "certutil -hashfile fichero-sin-red.zip SHA256" in commands
    assert "Get-FileHash fichero-sin-red.zip" in commands
    assert "shasum -a 256 -c fichero-sin-red.zip.sha256" in commands
    assert "sha256sum -c fichero-sin-red.zip.sha256" in commands


# --- Enlaces and Dependencias: one issue, always the same ------------------------------------------------------

ISSUE = "12"


def gh(runner: Runner, open_issue: str = "", open_proposal: str = "") -> Path:
    """A `gh` that notes each call, with the text it was given, and knows one open issue and proposal, or none."""
    log = runner.temp / "gh.txt"
    runner.program(
        runner.bin / "gh",
        f'echo "gh $*" >> "{log}"\n'
        f'if [[ " $* " == *" --body-file - "* ]]; then sed "s/^/| /" >> "{log}"; fi\n'
        f'if [[ "$1 $2" == "issue list" && -n "{open_issue}" ]]; then echo "{open_issue}"; fi\n'
        f'if [[ "$1 $2" == "pr list" && -n "{open_proposal}" ]]; then echo "{open_proposal}"; fi\n'
        'if [[ "$1 $2" == "pr create" ]]; then echo "https://example.org/ana/fichero/pull/13"; fi',
    )
    return log


@pytest.mark.parametrize(
    ("open_issue", "text", "last"),
    [
        ("", "hay algo", "gh issue create --title Un título --label enlaces --body-file {body}"),
        (ISSUE, "hay algo", "gh issue edit 12 --body-file {body}"),
        (ISSUE, "", "gh issue close 12 --comment Ya no queda nada por corregir."),
        ("", "", "gh issue list"),
    ],
)
def test_one_issue_is_opened_kept_up_to_date_and_closed(runner: Runner, open_issue: str, text: str, last: str) -> None:
    log = gh(runner, open_issue)
    body = runner.temp / "cuerpo.md"
    body.write_text(text)
    done = runner.run(f'bash "{GITHUB / "aviso.sh"}" enlaces "Un título" "{body}"')
    assert done.returncode == 0, done.stderr
    assert log.read_text(encoding="utf-8").splitlines()[-1].startswith(last.format(body=body))


@pytest.mark.parametrize(("text", "ends"), [("hay algo", 1), ("", 0)])
def test_where_issues_are_off_it_says_where_to_turn_them_on_and_loses_nothing(
    runner: Runner, text: str, ends: int
) -> None:
    off = 'if [[ "$1 $2" == "repo view" ]]; then echo false; else echo "disabled issues" >&2; exit 1; fi'
    runner.program(runner.bin / "gh", off)
    body = runner.temp / "cuerpo.md"
    body.write_text(text)
    done = runner.run(f'bash "{GITHUB / "aviso.sh"}" enlaces "Un título" "{body}"')
    assert (done.returncode, done.stderr) == (ends, "")
    assert ("Settings → General → Features → Issues" in done.stdout) == bool(text)
    assert (runner.summary.read_text(encoding="utf-8") if runner.summary.exists() else "") == text


def test_the_issue_is_looked_for_among_those_that_workflows_opened(runner: Runner) -> None:
    log = gh(runner)
    runner.run(f'bash "{GITHUB / "aviso.sh"}" enlaces "Un título" /dev/null')
    assert "gh issue list --app github-actions --label enlaces --state open" in log.read_text(encoding="utf-8")


LINKS = step("enlaces.yml", "Visitar los enlaces")
AUDIT = step("dependencias.yml", "Auditar los paquetes fijados")


def reporter(runner: Runner, path: str, code: int, report: str) -> None:
    """A program that writes a report where --output says, and ends so."""
    write = f"printf '%s' '{report}' > \"$2\"" if report else ":"
    shell = f'while [[ $# -gt 1 ]]; do if [[ "$1" == --output ]]; then {write}; fi; shift; done\nexit {code}'
    runner.program(runner.temp / path, shell)


@pytest.mark.parametrize(
    ("code", "report", "ends", "said"),
    [
        (0, "# Summary", 0, ""),
        (2, "* [404] <https://example.org/>", 0, "* [404] <https://example.org/>"),
        (1, "", 1, ""),  # lychee itself failed: nothing is known, and the issue is left as it is
    ],
)
def test_dead_links_make_a_report_and_do_not_fail(
    runner: Runner, history: dict[str, str], code: int, report: str, ends: int, said: str
) -> None:
    reporter(runner, "lychee/bin/lychee", code, report)
    assert runner.run(LINKS).returncode == ends
    body = runner.work / "aviso/cuerpo.md"
    assert body.exists() == (ends == 0)
    assert said in (body.read_text(encoding="utf-8") if body.exists() else "")
    assert not said or body.read_text(encoding="utf-8").startswith("Estos enlaces no respondieron.")


def test_only_the_links_of_the_content_are_visited(runner: Runner, history: dict[str, str]) -> None:
    """A dead link that a test plants would keep the issue open for ever."""
    visited = ("methods/a.md", "cases/b.md", "docs/acerca.md", "docs/contribuir/c.md", "docs/_datos/fuentes.yml")
    left = ("tests/problems/imposible.md", "tests/site/methods/d.md", "CHANGELOG.md", "hooks/theme/README.md")
    for name in (*visited, *left, "README.md", "CONTRIBUTING.md"):
        (runner.work / name).parent.mkdir(parents=True, exist_ok=True)
        (runner.work / name).touch()
    git(runner.work, "add", "-A")
    runner.program(runner.temp / "lychee/bin/lychee", f'sort > "{runner.temp}/visitados"')
    assert runner.run(LINKS).returncode == 0
    told = (runner.temp / "visitados").read_text(encoding="utf-8").split()
    assert told == sorted([*visited, "README.md", "CONTRIBUTING.md"])


@pytest.mark.parametrize(
    ("code", "report", "ends", "said"),
    [
        (0, "", 0, ""),
        (1, "| jinja2 | 3.1.6 |", 0, "### requirements.txt\n\n| jinja2 | 3.1.6 |\n"),
        (1, "", 1, ""),  # pip-audit could not ask
    ],
)
def test_vulnerabilities_make_a_report_and_do_not_fail(
    runner: Runner, code: int, report: str, ends: int, said: str
) -> None:
    (runner.work / ".github").mkdir()
    (runner.work / ".github/requirements-enlaces.txt").touch()
    reporter(runner, "auditoria/bin/pip-audit", code, report)
    assert runner.run(AUDIT).returncode == ends
    text = (runner.work / "aviso/cuerpo.md").read_text(encoding="utf-8")
    assert text.startswith(said)
    assert ("### .github/requirements-enlaces.txt" in text) == bool(said)


# --- Formulario: a stranger's text ----------------------------------------------------------------------------


@pytest.fixture
def clone(runner: Runner) -> Path:
    """The repository, fetched; its origin, which the proposal is pushed to."""
    origin = runner.work.with_name("origen.git")
    git(runner.temp, "init", "-q", "--bare", str(origin))
    git(runner.work, "clone", "-q", str(origin), ".")
    for name in ("methods/viejo.md", "tareas.py", ".gitignore"):
        (runner.work / name).parent.mkdir(exist_ok=True)
        (runner.work / name).write_text(".venv/\n")
    git(runner.work, "add", "-A")
    git(runner.work, "commit", "-q", "-m", "uno")
    git(runner.work, "push", "-q", "origin", "main")
    return origin


def read_form(runner: Runner, program: str) -> subprocess.CompletedProcess[str]:
    """leer-formulario.sh, where `fichero desde-formulario` does this."""
    runner.program(runner.work / ".venv/bin/fichero", program)
    event = runner.temp / "evento.json"
    event.write_text("{}")
    script = f'bash "{GITHUB / "leer-formulario.sh"}" "$RUNNER_TEMP/resultado"'
    return runner.run(script, GITHUB_EVENT_PATH=str(event))


def propose(runner: Runner, number: str = ISSUE) -> subprocess.CompletedProcess[str]:
    """proponer.sh, in a clone where nothing of the other job is but what it handed over."""
    git(runner.work, "reset", "-q", "--hard")
    git(runner.work, "clean", "-q", "-ffdx")
    return runner.run(f'bash "{GITHUB / "proponer.sh"}" "$RUNNER_TEMP/resultado"', NUMERO=number)


NEW_CARD = "echo ficha > methods/nueva.md; echo 'creado methods/nueva.md'"


def test_a_form_becomes_a_proposal_and_the_person_is_told(runner: Runner, clone: Path) -> None:
    log = gh(runner)
    assert read_form(runner, NEW_CARD).returncode == 0
    done = propose(runner)
    assert done.returncode == 0, done.stderr
    assert git(clone, "show", "formulario-12:methods/nueva.md") == "ficha"
    assert git(clone, "diff", "--name-only", "main", "formulario-12") == "methods/nueva.md"
    said = log.read_text(encoding="utf-8")
    assert "gh pr create --base main --head formulario-12 --title Formulario de #12 --body-file -" in said
    assert "|     creado methods/nueva.md" in said
    assert "| Closes #12" in said
    assert said.splitlines()[-2:] == [
        "gh issue comment 12 --body-file -",
        "| Gracias. Lo que escribió ya es una propuesta: https://example.org/ana/fichero/pull/13",
    ]


def test_a_form_with_mistakes_is_answered_and_nothing_is_proposed(runner: Runner, clone: Path) -> None:
    log = gh(runner)
    assert (
        read_form(runner, "echo ficha > methods/nueva.md; echo 'formulario:3:1 FM001 error: falta'; exit 1").returncode
        == 0
    )
    assert propose(runner).returncode == 0
    said = log.read_text(encoding="utf-8")
    assert "|     formulario:3:1 FM001 error: falta" in said
    assert "gh pr create" not in said
    assert git(clone, "branch", "--list", "formulario-*") == ""


def test_a_correction_changes_no_file_and_is_answered_with_what_was_understood(runner: Runner, clone: Path) -> None:
    log = gh(runner)
    assert read_form(runner, "echo 'methods/viejo.md: un minuto más'").returncode == 0
    assert propose(runner).returncode == 0
    said = log.read_text(encoding="utf-8")
    assert "| Gracias. Esto es lo que se entendió." in said
    assert "|     methods/viejo.md: un minuto más" in said
    assert git(clone, "branch", "--list", "formulario-*") == ""


def test_what_a_stranger_wrote_stays_inside_a_block_of_code(runner: Runner, clone: Path) -> None:
    """No mention, link, HTML nor closing word: each line is indented, whatever ends a line."""
    log = gh(runner)
    hostile = r"printf 'uno\r@todos\n```\n</details>\nCloses #1\n$(touch hecho) `touch hecho`\n\xff\xfe\n'; exit 1"
    assert read_form(runner, hostile).returncode == 0
    block = (runner.temp / "resultado/dicho.md").read_text(encoding="utf-8")
    assert "\r" not in block
    assert all(line.startswith("    ") for line in block.splitlines())
    assert propose(runner).returncode == 0
    assert "|     $(touch hecho) `touch hecho`" in log.read_text(encoding="utf-8")
    assert not list(runner.work.rglob("hecho"))


@pytest.mark.parametrize("program", ["exit 1", "echo algo; exit 2"])
def test_a_program_that_breaks_is_our_failure_and_not_the_persons(runner: Runner, clone: Path, program: str) -> None:
    assert read_form(runner, program).returncode == 1
    assert not (runner.temp / "resultado/dicho.md").exists()


@pytest.mark.parametrize(
    "change",
    [
        "mkdir -p .github/workflows; echo x > .github/workflows/x.yml",
        "echo x >> tareas.py",
        "echo x > methods/x.py",
        "echo x > 'methods/dos palabras.md'",
        "ln -s /etc/passwd methods/x.md",
        "echo x > methods/x.md; chmod +x methods/x.md",
        "rm methods/viejo.md",
        "mv methods/viejo.md methods/otro.md",
        "rm methods/viejo.md; ln -s ../tareas.py methods/viejo.md",
        "mkdir -p docs/.oculto; echo x > docs/.oculto/x.md",
    ],
)
def test_a_patch_may_only_write_content(runner: Runner, clone: Path, change: str) -> None:
    log = gh(runner)
    assert read_form(runner, f"{change}; echo hecho").returncode == 0
    done = propose(runner)
    assert done.returncode == 1
    assert "algo que no es contenido" in done.stdout
    assert git(clone, "branch", "--list", "formulario-*") == ""
    assert "gh pr create" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["../fuera.md", ".git/hooks/post-commit"])
def test_a_patch_cannot_leave_the_repository(runner: Runner, clone: Path, path: str) -> None:
    gh(runner)
    assert read_form(runner, NEW_CARD).returncode == 0
    patch = runner.temp / "resultado/propuesta.patch"
    patch.write_text(patch.read_text().replace("methods/nueva.md", path))
    assert propose(runner).returncode != 0
    assert not (runner.work / path).exists()
    assert git(clone, "branch", "--list", "formulario-*") == ""


# --- Formulario: the same form, accepted again -----------------------------------------------------------------

TAKES_LAST_CODE = 'n=$(ls methods | wc -l); echo "codigo: $n" > methods/nueva.md; echo "con el código $n"'
OPEN = "https://example.org/ana/fichero/pull/13"


@pytest.fixture
def proposed(runner: Runner, clone: Path) -> Path:
    """A form became a proposal; then another was taken in main, with the same code in its card."""
    gh(runner)
    assert read_form(runner, TAKES_LAST_CODE).returncode == 0
    assert propose(runner).returncode == 0
    git(runner.work, "switch", "-q", "main")
    (runner.work / "methods/otra.md").write_text("codigo: 1\n")
    git(runner.work, "add", "methods/otra.md")
    git(runner.work, "commit", "-q", "-m", "otra")
    git(runner.work, "push", "-q", "origin", "main")
    git(runner.work, "branch", "-q", "-D", "formulario-12")
    return clone


def change_branch(runner: Runner, *commands: tuple[str, ...]) -> str:
    """What happens in the proposal's branch after it was made; its last commit. Leaves the clone on main."""
    git(runner.work, "switch", "-q", "formulario-12")
    for command in commands:
        git(runner.work, *command)
    git(runner.work, "push", "-q", "--force", "origin", "formulario-12")
    git(runner.work, "switch", "-q", "main")
    last = git(runner.work, "rev-parse", "formulario-12")
    git(runner.work, "branch", "-q", "-D", "formulario-12")
    return last


UPDATE_BRANCH = ("merge", "-q", "--no-ff", "--no-edit", "main")


@pytest.mark.parametrize("since", [(), (UPDATE_BRANCH,)], ids=["as it was", "updated by GitHub"])
def test_a_form_accepted_again_is_proposed_again_on_todays_main(
    runner: Runner, proposed: Path, since: tuple[tuple[str, ...], ...]
) -> None:
    assert git(proposed, "show", "formulario-12:methods/nueva.md") == "codigo: 1"
    change_branch(runner, *since)
    log = gh(runner, open_proposal=OPEN)
    assert read_form(runner, TAKES_LAST_CODE).returncode == 0
    done = propose(runner)
    assert done.returncode == 0, done.stderr
    assert git(proposed, "show", "formulario-12:methods/nueva.md") == "codigo: 2"
    assert git(proposed, "rev-parse", "formulario-12~1") == git(proposed, "rev-parse", "main")
    said = log.read_text(encoding="utf-8")
    assert f"gh pr comment {OPEN} --body-file -\n| Hecha de nuevo," in said
    assert "|     con el código 2" in said
    assert f"| La propuesta se hizo de nuevo: {OPEN}" in said
    assert "gh pr create" not in said.split("pr list")[-1]


def test_a_form_whose_proposal_was_closed_gets_another(runner: Runner, proposed: Path) -> None:
    log = gh(runner)
    assert read_form(runner, TAKES_LAST_CODE).returncode == 0
    assert propose(runner).returncode == 0
    assert git(proposed, "show", "formulario-12:methods/nueva.md") == "codigo: 2"
    assert log.read_text(encoding="utf-8").count("gh pr create") == 2


def test_the_proposal_of_a_form_is_looked_for_among_those_of_this_repository(runner: Runner, clone: Path) -> None:
    """Anyone can open one from a branch with that name, in a repository of theirs."""
    log = gh(runner)
    assert read_form(runner, NEW_CARD).returncode == 0
    assert propose(runner).returncode == 0
    asked = "gh pr list --head formulario-12 --state open --json url,isCrossRepository --jq map(select(.isCrossRepo"
    assert asked in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "since",
    [
        (("commit", "-q", "--allow-empty", "-m", "de Ana"),),
        (("commit", "-q", "--amend", "--no-edit"),),
        (
            ("merge", "-q", "--no-ff", "--no-commit", "main"),
            ("rm", "-q", "-f", "methods/otra.md"),
            ("commit", "-qm", "x"),
        ),
    ],
    ids=["a commit", "a commit put right", "a merge put right"],
)
def test_what_a_person_did_in_the_branch_is_left_as_it_is(
    runner: Runner, proposed: Path, since: tuple[tuple[str, ...], ...]
) -> None:
    last = change_branch(runner, *since)
    log = gh(runner, open_proposal=OPEN)
    assert read_form(runner, TAKES_LAST_CODE).returncode == 0
    assert propose(runner).returncode == 1
    assert git(proposed, "rev-parse", "formulario-12") == last
    assert "En la rama `formulario-12` hay trabajo de alguien" in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["", "12; touch hecho", "--help", "12\n13"])
def test_what_is_not_a_number_goes_no_further(runner: Runner, clone: Path, number: str) -> None:
    log = gh(runner)
    assert read_form(runner, NEW_CARD).returncode == 0
    assert propose(runner, number).returncode != 0
    assert not log.exists()
