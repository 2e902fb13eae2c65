"""The same sources give the same bytes, whoever builds them, where and when; and what they give says its version."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sitio import ADDRESS, DATE, ROOT

from fichero import __version__
from fichero.api import RESOURCES
from fichero.manifest import MANIFEST, differences

SOURCES = ("docs", "methods", "cases", "hooks", "mkdocs.yml", "enlaces.tsv")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources in another folder, written in another order, with the same history."""
    root = tmp_path_factory.mktemp("otra máquina") / "mi fichero"
    paths = [path for name in SOURCES for path in (ROOT / name, *(ROOT / name).rglob("*"))]
    files = [path for path in paths if path.is_file() and "__pycache__" not in path.parts]
    random.Random(7).shuffle(files)
    for path in files:
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    history = ROOT / ".git"
    if history.is_dir():
        (root / ".git").write_text(f"gitdir: {history}\n")
    elif history.is_file():
        shutil.copyfile(history, root / ".git")
    return root


def in_another_world(root: Path, *command: str | Path, **environment: str) -> None:
    """Run a module's command from `root`, a year later, with everything that a machine decides decided otherwise."""
    world = {
        **{name: value for name, value in os.environ.items() if name not in ("LANG", "LANGUAGE", "HOME")},
        "PYTHONPATH": str(root / "hooks"),
        "PYTHONHASHSEED": "7",
        "TZ": "FIC-14",  # fourteen hours ahead, also on a machine without a list of time zones
        "LC_ALL": "C",
        "HOME": str(root),
        "SOURCE_DATE_EPOCH": DATE,
        "FICHERO_SITIO": ADDRESS,
        "NO_MKDOCS_2_WARNING": "1",
        **environment,
    }
    full = (sys.executable, str(ROOT / "tests/mundo.py"), *map(str, command))
    done = subprocess.run(full, cwd=root, env=world, umask=0o077, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def manifest(folder: Path) -> dict[str, str]:
    lines = (folder / MANIFEST).read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def test_the_other_world_is_another_one(tmp_path: Path) -> None:
    """Were it not, the next two tests would prove nothing."""
    names = [f"{number:02}" for number in range(20)]
    for name in names:
        (tmp_path / name).touch()
    code = (
        "import datetime, os, pathlib, time\n"
        "print(datetime.date.today().year, time.localtime(0).tm_hour, hash('fichero'))\n"
        "print(*[entry.name for entry in os.scandir()])\nprint(*os.listdir())\n"
        "print(*pathlib.Path().glob('*'))\nprint(*[name for *_, files in os.walk('.') for name in files])\n"
    )
    (tmp_path / "mirar.py").write_text(code)
    told = []
    for zone, *program in (("FIC0", "mirar.py"), ("FIC-14", str(ROOT / "tests/mundo.py"), "mirar")):
        world = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONHASHSEED": str(len(program)), "TZ": zone}
        command = (sys.executable, *program)
        done = subprocess.run(command, cwd=tmp_path, env=world, capture_output=True, text=True, check=True)
        told.append([line.split() for line in done.stdout.splitlines()])
    here, there = told
    assert int(there[0][0]) == int(here[0][0]) + 1
    assert (here[0][1], there[0][1]) == ("0", "14")
    assert here[0][2] != there[0][2]
    for line_here, line_there in zip(here[1:], there[1:], strict=True):
        assert sorted(line_here) == sorted(line_there)
        assert line_there != line_here
        assert line_there != sorted(line_there)


def test_two_builds_in_two_worlds_are_the_same_bytes(built_site: Path, elsewhere: Path) -> None:
    other = elsewhere.parent / "sitio"
    in_another_world(elsewhere, "mkdocs", "build", "--strict", "--site-dir", other)
    in_another_world(elsewhere, "fichero", "indexar", other)
    in_another_world(elsewhere, "fichero", "sellar", other)
    assert manifest(other) == manifest(built_site)
    assert (other / MANIFEST).read_bytes() == (built_site / MANIFEST).read_bytes()
    assert differences(other) == differences(built_site) == []


def test_two_copies_without_network_in_two_worlds_are_the_same_zip(built_copy: Path, elsewhere: Path) -> None:
    other = elsewhere.parent / "copia"
    in_another_world(elsewhere, "mkdocs", "build", "--strict", "--site-dir", other, FICHERO_SIN_RED="1")
    in_another_world(elsewhere, "fichero", "sellar", other)
    in_another_world(elsewhere, "fichero", "empaquetar", other, elsewhere.parent / "copia.zip")
    assert manifest(other) == manifest(built_copy)
    for name in ("copia.zip", "copia.zip.sha256"):
        assert (elsewhere.parent / name).read_bytes() == (built_copy.parent / name).read_bytes()


# --- Which version this is ----------------------------------------------------------------------------------


@pytest.fixture
def commit() -> str:
    """The ten letters of the commit; the tests of what says it are for a repository with its history."""
    command = ("git", "rev-parse", "--short=10", "HEAD")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    shallow = subprocess.run(
        ("git", "rev-parse", "--is-shallow-repository"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode or shallow.stdout.strip() != "false":
        pytest.skip("no hay historia de git")
    return done.stdout.strip()


@pytest.mark.parametrize("build", ["built_site", "built_copy"])
def test_about_says_version_and_commit(build: str, commit: str, request: pytest.FixtureRequest) -> None:
    html = (request.getfixturevalue(build) / "acerca/index.html").read_text(encoding="utf-8")
    told = re.search(r'<p class="version">(.*?)</p>', html)
    assert told
    assert told[1] == f"Fichero {__version__} · versión {commit}"


@pytest.mark.parametrize("name", RESOURCES)
def test_every_resource_of_the_api_says_version_and_commit(built_site: Path, name: str, commit: str) -> None:
    told = json.loads((built_site / f"api/v1/{name}.json").read_text(encoding="utf-8"))
    assert (told["fichero"], told["commit"]) == (__version__, commit)


def test_the_letter_of_the_copy_says_version_commit_and_date(built_copy: Path, commit: str) -> None:
    text = (built_copy / "LEAME.txt").read_text(encoding="utf-8-sig")
    assert f"Versión: {__version__} ({commit})\n" in text
    assert "Fecha del contenido: 2026-11-29\n" in text
