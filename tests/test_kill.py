"""All or nothing: builds are really killed, before each change they make to the disk, and the last good site is
there or the next command, whichever it is, puts it there."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from fichero.manifest import differences

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")

ROOT = Path(__file__).resolve().parent.parent
KILLED = -9
DONE = 0
ONLINE, OFFLINE = ("sitio",), ("sitio", "--sin-red")
Run = Callable[..., int]
FOLDERS = {ONLINE: "site", OFFLINE: "site-sin-red"}


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Do a task of tareas.py, killed before its change number `die_before`; its exit status."""
    command = (sys.executable, str(ROOT / "tests/mortal.py"))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin and worker.stdout

        def ask(project: Path, version: str, task: tuple[str, ...], die_before: int = 0) -> int:
            print(project, version, die_before, *task, sep="\t", file=worker.stdin, flush=True)
            status = int(worker.stdout.readline())
            assert status in (KILLED, DONE)
            return status

        yield ask
        worker.stdin.close()


def version(project: Path, task: tuple[str, ...]) -> str:
    """The one version that everything published tells; an AssertionError when a part is missing or of another one."""
    folder = project / FOLDERS[task]
    assert differences(folder) == []
    pages = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*.html")}
    assert pages.keys() == {"index.html", "a/index.html", "a/b/index.html"}
    told = set(pages.values())
    if task == OFFLINE:
        with zipfile.ZipFile(project / "fichero-sin-red.zip") as archive:
            told |= {archive.read(f"fichero/{name}").decode() for name in pages}
        digest = hashlib.sha256((project / "fichero-sin-red.zip").read_bytes()).hexdigest()
        assert (project / "fichero-sin-red.zip.sha256").read_text() == f"{digest}  fichero-sin-red.zip\n"
    assert len(told) == 1, told
    return told.pop()


def left_over(project: Path) -> set[str]:
    """What is in the project that nobody asked for."""
    asked = {"site", "site-sin-red", "fichero-sin-red.zip", "fichero-sin-red.zip.sha256"}
    return {path.name for path in project.iterdir()} - asked


@pytest.mark.parametrize("task", [ONLINE, OFFLINE], ids=["sitio", "sin-red"])
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_one_whole(
    run: Run, tmp_path: Path, task: tuple[str, ...]
) -> None:
    found = []
    for moment in range(1, 200):
        project = tmp_path / str(moment)
        project.mkdir()
        run(project, "vieja", task)
        outcome = run(project, "nueva", task, moment)
        run(project, "ninguna", ("revisar",))
        found.append(version(project, task))
        if outcome == DONE:
            assert left_over(project) == set()
            break
    else:
        raise AssertionError("it never reached the end")
    # One moment divides them: before it nothing has changed, from it on everything has.
    assert found == sorted(found, reverse=True)
    assert found.count("vieja") > 5  # it died while it built, sealed and packed…
    assert found.count("nueva") > 5  # …and while it swapped and cleared away


def test_the_first_build_of_all_killed_at_any_moment_leaves_a_whole_site_or_none(run: Run, tmp_path: Path) -> None:
    for moment in range(1, 200):
        project = tmp_path / str(moment)
        project.mkdir()
        outcome = run(project, "nueva", ONLINE, moment)
        run(project, "ninguna", ("revisar",))
        if (project / "site").exists():
            assert version(project, ONLINE) == "nueva"
        if outcome == DONE:
            return
    raise AssertionError("it never reached the end")


def test_the_command_that_mends_can_be_killed_too(run: Run, tmp_path: Path) -> None:
    """In the gap between two renames there is no site/: the worst moment, and then each moment after it."""
    gap = 0
    for moment in range(1, 200):
        project = tmp_path / f"gap-{moment}"
        project.mkdir()
        run(project, "vieja", ONLINE)
        if run(project, "nueva", ONLINE, moment) == DONE:
            break
        if not (project / "site").exists():
            gap = moment
            break
    assert gap, "there is no such gap, and this test can go"
    for moment in range(1, 200):
        project = tmp_path / f"mend-{moment}"
        project.mkdir()
        run(project, "vieja", ONLINE)
        run(project, "nueva", ONLINE, gap)
        outcome = run(project, "ninguna", ("revisar",), moment)
        run(project, "ninguna", ("revisar",))
        assert version(project, ONLINE) == "nueva"
        assert left_over(project) == set()
        if outcome == DONE:
            return
    raise AssertionError("it never reached the end")


def test_what_a_killed_build_left_is_cleared_by_the_next_one(run: Run, tmp_path: Path) -> None:
    run(tmp_path, "vieja", ONLINE)
    assert run(tmp_path, "nueva", ONLINE, 6) == KILLED
    assert len(left_over(tmp_path)) == 1
    run(tmp_path, "nueva", ONLINE)
    assert left_over(tmp_path) == set()


MKDOCS = """#!{python}
import pathlib, sys, time
site = pathlib.Path(sys.argv[-1])
for number in range(400):
    site.mkdir(parents=True, exist_ok=True)
    (site / f"{version}-{{number}}.html").write_text("{version}")
    if "{version}" == "nueva" and number == 2:
        break
    time.sleep(0.05)
"""
FICHERO = """#!{python}
import sys
from fichero.cli import main
sys.exit(0 if sys.argv[1] in ("revisar", "comprobar", "indexar") else main(sys.argv[1:]))
"""


def test_what_a_killed_build_left_running_writes_nothing_into_the_next_one(tmp_path: Path) -> None:
    """Killing tareas.py does not kill the MkDocs that it started."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)

    def install(name: str, text: str) -> None:
        path = programs / name
        path.write_text(text)
        path.chmod(0o755)

    loader = (
        "import sys; sys.path.insert(0, sys.argv[1]); import tareas, pathlib; root = pathlib.Path(sys.argv[2]); "
        "tareas.ROOT, tareas.prepare = root, lambda locks: None; "
        "tareas.PYTHON, tareas.FICHERO = root / '.venv/bin/python', root / '.venv/bin/fichero'; "
        "sys.exit(tareas.main(['sitio']))"
    )
    command = (sys.executable, "-c", loader, str(ROOT), str(tmp_path))
    install("fichero", FICHERO.format(python=sys.executable))
    install("python", MKDOCS.format(python=sys.executable, version="vieja"))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as first:
        try:
            while not list(tmp_path.glob(".site-nuevo-*/site/*.html")):
                assert first.poll() is None
                time.sleep(0.01)
            first.kill()  # it alone
            first.wait()
            install("python", MKDOCS.format(python=sys.executable, version="nueva"))
            subprocess.run(command, check=True, capture_output=True)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(first.pid, signal.SIGKILL)
    assert {path.name for path in (tmp_path / "site").iterdir()} == {
        "nueva-0.html",
        "nueva-1.html",
        "nueva-2.html",
        "manifiesto.sha256",
    }
    assert differences(tmp_path / "site") == []
