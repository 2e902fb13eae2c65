"""What tareas.py promises: the addresses it works out, when it installs, which browser it takes, how it swaps
sites and what it says when something is wrong."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-prueba.txt")


@pytest.fixture
def tareas(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The module, loaded afresh from its file, with an environment that it may change as it likes."""
    spec = importlib.util.spec_from_file_location("tareas", ROOT / "tareas.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    return module


@pytest.fixture
def project(tareas: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project in a folder of its own, where `tareas` now works."""
    for name in (*LOCKS, "pyproject.toml"):
        (tmp_path / name).write_text(name)
    venv = tmp_path / ".venv"
    for name, value in {"ROOT": tmp_path, "VENV": venv, "STAMP": venv / "preparado"}.items():
        monkeypatch.setattr(tareas, name, value)
    monkeypatch.setattr(tareas, "PYTHON", venv / "python")
    return tmp_path


# --- Public addresses --------------------------------------------------------------------------------------

ANA = {
    "FICHERO_SITIO": "https://ana.github.io/fichero/",
    "FICHERO_REPOSITORIO": "https://github.com/ana/fichero",
}


@pytest.mark.parametrize(
    ("github_repository", "remote", "expected"),
    [
        ("ana/fichero", "", ANA),
        ("ana/fichero", "https://github.com/otra/cosa.git", ANA),  # the CI service knows best
        ("", "https://github.com/ana/fichero", ANA),
        ("", "https://github.com/ana/fichero.git", ANA),
        ("", "https://github.com/ana/fichero/", ANA),
        ("", "https://ana:secreto@github.com/ana/fichero.git", ANA),  # and the password stays out
        ("", "https://GitHub.com/ana/fichero.git", ANA),
        ("", "git@github.com:ana/fichero.git", ANA),
        ("", "ssh://git@github.com/ana/fichero.git", ANA),
        ("", "ssh://git@github.com:22/ana/fichero.git", ANA),
        ("", "", {}),
        ("", "https://gitlab.com/ana/fichero.git", {}),
        ("", "https://notgithub.com/ana/fichero.git", {}),
        ("", "https://github.com.example.org/ana/fichero.git", {}),
        ("", "/srv/git/fichero.git", {}),
        ("", "https://github.com/ana", {}),
    ],
)
def test_addresses_come_from_github_alone(
    tareas: ModuleType, github_repository: str, remote: str, expected: dict[str, str]
) -> None:
    assert tareas.addresses(github_repository, remote) == expected


@pytest.mark.parametrize("repository", ["Ana/ana.github.io", "Ana/Ana.github.io"])
def test_the_owners_own_site_is_at_the_root_of_its_host(tareas: ModuleType, repository: str) -> None:
    assert tareas.addresses(repository, "")["FICHERO_SITIO"] == "https://ana.github.io/"


def test_the_host_is_in_small_letters_but_the_path_keeps_its_own(tareas: ModuleType) -> None:
    assert tareas.addresses("Ana/Mi-Fichero", "")["FICHERO_SITIO"] == "https://ana.github.io/Mi-Fichero/"


# --- Environment of the commands ---------------------------------------------------------------------------


def test_what_is_already_set_stays(tareas: ModuleType) -> None:
    given = {
        "FICHERO_SITIO": "https://otro.example/",
        "SOURCE_DATE_EPOCH": "1",
        "GITHUB_REPOSITORY": "ana/fichero",
    }
    assert given.items() <= tareas.environment(given).items()


def test_a_variable_set_but_empty_counts_as_unset(tareas: ModuleType) -> None:
    env = tareas.environment({"FICHERO_SITIO": "", "GITHUB_REPOSITORY": "ana/fichero"})
    assert env["FICHERO_SITIO"] == ANA["FICHERO_SITIO"]


def test_commands_speak_utf8_and_mkdocs_keeps_its_advertising_to_itself(tareas: ModuleType) -> None:
    expected = {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    assert expected.items() <= tareas.environment({}).items()


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_the_date_is_that_of_the_last_commit(tareas: ModuleType, project: Path) -> None:
    os.environ |= {"GIT_COMMITTER_DATE": "1700000000 +0000", "GIT_CONFIG_GLOBAL": os.devnull}
    who = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    for command in (("init", "-q"), (*who, "commit", "-q", "--allow-empty", "-m", "uno")):
        subprocess.run(["git", *command], cwd=project, check=True, env=os.environ)
    assert tareas.environment({})["SOURCE_DATE_EPOCH"] == "1700000000"


def test_without_git_there_is_no_date_and_no_address(
    tareas: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_git(*_: object, **__: object) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(tareas.subprocess, "run", no_git)
    assert tareas.environment({}).keys().isdisjoint({"SOURCE_DATE_EPOCH", *ANA})


# --- Setting up --------------------------------------------------------------------------------------------


@pytest.fixture
def installed(tareas: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `prepare` runs, without running it; a new .venv does get its Python."""
    commands: list[str] = []

    def pretend(*command: object) -> None:
        commands.append(" ".join(map(str, command[1:])))
        if "venv" in command:
            (project / ".venv").mkdir(exist_ok=True)
            tareas.PYTHON.touch()

    monkeypatch.setattr(tareas, "quietly", pretend)
    return commands


def test_the_first_run_makes_the_venv_and_installs_the_locked_wheels(tareas: ModuleType, installed: list[str]) -> None:
    tareas.prepare(tareas.SITE_LOCKS)
    venv, packages, fichero = installed
    assert venv.startswith("-m venv --clear")
    assert packages.endswith("--require-hashes --only-binary :all: -r requirements.txt")
    assert fichero.endswith("--no-deps --no-build-isolation -e .")


def test_a_second_run_installs_nothing(tareas: ModuleType, installed: list[str]) -> None:
    tareas.prepare(tareas.SITE_LOCKS)
    installed.clear()
    tareas.prepare(tareas.SITE_LOCKS)
    assert installed == []


def test_what_the_tests_need_includes_what_the_site_needs(tareas: ModuleType, installed: list[str]) -> None:
    tareas.prepare(tareas.TEST_LOCKS)
    installed.clear()
    tareas.prepare(tareas.SITE_LOCKS)
    assert installed == []


def test_what_the_site_needs_is_not_enough_for_the_tests(tareas: ModuleType, installed: list[str]) -> None:
    tareas.prepare(tareas.SITE_LOCKS)
    installed.clear()
    tareas.prepare(tareas.TEST_LOCKS)
    assert "-r requirements.txt -r requirements-prueba.txt" in installed[0]


@pytest.mark.parametrize("changed", ["requirements.txt", "pyproject.toml"])
def test_a_changed_lock_is_installed_over_the_old_one(
    tareas: ModuleType, project: Path, installed: list[str], changed: str
) -> None:
    tareas.prepare(tareas.SITE_LOCKS)
    installed.clear()
    (project / changed).write_text("otra cosa")
    tareas.prepare(tareas.SITE_LOCKS)
    assert [("pip install" in command) for command in installed] == [True, True]


def test_a_lock_that_comes_back_is_installed_again(tareas: ModuleType, project: Path, installed: list[str]) -> None:
    """A stamp of its past would pass for the present."""
    tareas.prepare(tareas.TEST_LOCKS)
    lock = project / "requirements.txt"
    before = lock.read_text()
    lock.write_text("otra cosa")
    tareas.prepare(tareas.SITE_LOCKS)
    lock.write_text(before)
    installed.clear()
    tareas.prepare(tareas.TEST_LOCKS)
    assert installed


def test_an_interrupted_installation_starts_from_a_clean_venv(
    tareas: ModuleType, project: Path, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    tareas.prepare(tareas.SITE_LOCKS)
    (project / "requirements.txt").write_text("otra cosa")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(tareas, "quietly", interrupt)
        tareas.prepare(tareas.SITE_LOCKS)
    installed.clear()
    tareas.prepare(tareas.SITE_LOCKS)
    assert installed[0].startswith("-m venv --clear")


def test_another_python_or_another_folder_asks_for_another_venv(tareas: ModuleType, installed: list[str]) -> None:
    tareas.prepare(tareas.SITE_LOCKS)
    installed.clear()
    stamp = tareas.STAMP.read_text("utf-8")
    tareas.STAMP.write_text(re.sub(r"^\(3, \d+\)", "(3, 99)", stamp), "utf-8")
    tareas.prepare(tareas.SITE_LOCKS)
    assert installed[0].startswith("-m venv --clear")


def test_a_python_without_venv_is_told_what_to_install(
    tareas: ModuleType,
    installed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(tareas.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else name)
    with pytest.raises(SystemExit):
        tareas.prepare(tareas.SITE_LOCKS)
    assert "python3-venv" in capsys.readouterr().err
    assert installed == []


# --- The browser -------------------------------------------------------------------------------------------

Install = Callable[[str], str]


@pytest.fixture
def install(tareas: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts programs on a PATH that has no others, on a machine without Windows' and macOS' own browsers."""
    monkeypatch.setattr(tareas, "WINDOWS_FOLDERS", ())
    monkeypatch.setattr(tareas, "MAC_BROWSERS", ())
    os.environ["PATH"] = str(tmp_path)

    def program(name: str) -> str:
        path = tmp_path / f"{name}{tareas.EXE}"
        path.touch(mode=0o755)
        return str(path)

    return program


def same(found: str, path: str) -> bool:
    """Windows answers with the extension in capitals."""
    return os.path.normcase(found) == os.path.normcase(path)


@pytest.mark.parametrize("name", ["chromium", "google-chrome", "chromium-browser", "microsoft-edge", "msedge"])
def test_any_browser_on_the_path_will_do(tareas: ModuleType, install: Install, name: str) -> None:
    path = install(name)
    assert same(tareas.find_browser({}), path)


def test_chromium_comes_first(tareas: ModuleType, install: Install) -> None:
    install("msedge")
    chromium = install("chromium")
    assert same(tareas.find_browser({}), chromium)


def test_the_browser_that_the_person_names_comes_before_any(tareas: ModuleType, install: Install) -> None:
    install("chromium")
    mine = install("mi-navegador")
    assert same(tareas.find_browser({"FICHERO_CHROMIUM": mine}), mine)


def test_a_named_browser_that_does_not_exist_is_an_error(
    tareas: ModuleType, install: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    install("chromium")
    with pytest.raises(SystemExit):
        tareas.find_browser({"FICHERO_CHROMIUM": "/no/existe"})
    assert "«/no/existe»" in capsys.readouterr().err


def test_no_browser_is_an_empty_answer(tareas: ModuleType, install: Install) -> None:
    assert tareas.find_browser({}) == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no apt-get")
def test_a_browser_that_cannot_be_installed_says_why_and_does_not_end_the_run(
    tareas: ModuleType, install: Install, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install("apt-get")
    monkeypatch.setattr(tareas.sys, "platform", "linux")
    monkeypatch.setattr(tareas.os, "geteuid", lambda: 0)
    monkeypatch.setattr(tareas, "quietly", lambda *_: tareas.stop("No hay conexión."))
    assert tareas.install_browser() == ""
    assert capsys.readouterr().err == "No hay conexión.\n"


def test_browsers_are_also_looked_for_where_windows_and_macos_keep_them(
    tareas: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(tareas.shutil, "which", looked.append)
    tareas.find_browser({})
    assert "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" in looked
    assert any(place.endswith(r"\Microsoft\Edge\Application\msedge.exe") for place in looked)


# --- prueba ------------------------------------------------------------------------------------------------


@pytest.fixture
def stages(tareas: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `prueba` runs, on a machine with no browser nor a way to install it."""
    commands: list[str] = []

    def succeed(_: object, *command: str, failed: str = "") -> int:
        commands.append(" ".join(command))
        return 0

    monkeypatch.setattr(tareas, "run", succeed)
    monkeypatch.setattr(tareas, "prepare", lambda locks: None)
    monkeypatch.setattr(tareas, "find_browser", lambda given: "")
    monkeypatch.setattr(tareas, "install_browser", lambda: "")
    os.environ.pop("CI", None)
    return commands


def test_style_and_types_come_before_the_tests(
    tareas: ModuleType, stages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tareas, "find_browser", lambda given: "/un/chromium")
    assert tareas.test([]) == 0
    assert stages == [
        "-m ruff check",
        "-m ruff format --check",
        "-m mypy",
        "-m pytest -n auto --maxprocesses 8",
    ]
    assert os.environ["FICHERO_CHROMIUM"] == "/un/chromium"


def test_without_a_browser_its_tests_are_left_out_and_said_so(
    tareas: ModuleType, stages: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert tareas.test([]) == 0
    assert stages[-1].endswith("-m not navegador")
    assert "se omiten las pruebas en el navegador" in capsys.readouterr().out


def test_in_ci_a_missing_browser_is_an_error(tareas: ModuleType, stages: list[str]) -> None:
    os.environ["CI"] = "true"
    with pytest.raises(SystemExit, match="1"):
        tareas.test([])
    assert stages == []


def test_arguments_are_pytests_and_run_it_alone(tareas: ModuleType, stages: list[str]) -> None:
    assert tareas.test(["tests/test_x.py", "-k", "algo"]) == 0
    assert stages == ["-m pytest tests/test_x.py -k algo"]


def test_a_command_that_must_not_fail_stops_the_run_with_its_own_exit_code(
    tareas: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        tareas.run(tareas.sys.executable, "-c", "raise SystemExit(7)", failed="No pasa.")
    assert ended.value.code == 7
    assert capsys.readouterr().err == "No pasa.\n"


# --- sitio -------------------------------------------------------------------------------------------------


def page(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "index.html").write_text(text)
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture
def mkdocs(tareas: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A build that writes one page where it is told to."""
    commands: list[str] = []

    def run(*command: object, failed: str = "") -> int:
        commands.append(" ".join(map(str, command)))
        if "mkdocs" in command:
            page(project / str(command[-1]), "nuevo")
        return 0

    monkeypatch.setattr(tareas, "run", run)
    monkeypatch.setattr(tareas, "prepare", lambda locks: None)
    return commands


def places(commands: list[str], project: Path) -> list[str]:
    """The commands, without their own folders and with a fixed name for the one in which this build works."""
    short = (re.sub(r"\.(site[a-z-]*)-nuevo-\w+", r".\1-nuevo", command) for command in commands)
    return [re.sub(rf"{re.escape(str(project))}[/\\]|\S*[/\\](?=fichero )", "", command) for command in short]


def test_the_site_is_checked_built_indexed_and_sealed_aside_and_only_then_put_in_place(
    tareas: ModuleType, project: Path, mkdocs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    page(project / "site", "viejo")
    assert tareas.build([]) == 0
    assert places(mkdocs, project) == [
        "fichero revisar",
        ".venv/python -m mkdocs build --strict --site-dir .site-nuevo/site",
        "fichero comprobar .site-nuevo/site",
        "fichero indexar .site-nuevo/site",
        "fichero sellar .site-nuevo/site",
    ]
    assert (project / "site/index.html").read_text() == "nuevo"
    assert not {name for name in names(project) if name.startswith(".site")}
    assert "páginas: 1;" in capsys.readouterr().out


def test_the_copy_without_network_has_a_folder_of_its_own_and_a_zip(
    tareas: ModuleType, project: Path, mkdocs: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    page(project / "site", "viejo")
    assert tareas.build(["--sin-red"]) == 0
    assert places(mkdocs, project) == [
        "fichero revisar",
        ".venv/python -m mkdocs build --strict --site-dir .site-sin-red-nuevo/site-sin-red",
        "fichero comprobar .site-sin-red-nuevo/site-sin-red",
        "fichero sellar .site-sin-red-nuevo/site-sin-red",
        "fichero empaquetar .site-sin-red-nuevo/site-sin-red .site-sin-red-nuevo/fichero-sin-red.zip",
    ]
    assert os.environ["FICHERO_SIN_RED"] == "1"
    assert (project / "site-sin-red/index.html").read_text() == "nuevo"
    assert (project / "site/index.html").read_text() == "viejo"
    assert f"Para llevarlo: {project / 'fichero-sin-red.zip'}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["--sin-red"]])
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5])
def test_a_build_that_fails_at_any_step_changes_nothing_and_clears_away(
    tareas: ModuleType,
    project: Path,
    mkdocs: list[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    step: int,
) -> None:
    target = project / ("site-sin-red" if arguments else "site")
    page(target, "viejo")
    before, succeed = names(project), tareas.run

    def run(*command: object, failed: str = "") -> int:
        succeed(*command)
        if len(mkdocs) == step:
            tareas.stop(failed, 3)
        return 0

    monkeypatch.setattr(tareas, "run", run)
    with pytest.raises(SystemExit, match="3"):
        tareas.build(arguments)
    assert len(mkdocs) == step
    assert names(project) == before
    assert (target / "index.html").read_text() == "viejo"


def published(folder: Path, text: str) -> Path:
    folder.mkdir()
    page(folder / "site", text)
    return folder


def test_the_first_site_needs_no_old_one(tareas: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tareas, "ROOT", tmp_path)
    tareas.publish(published(tmp_path / "nuevo", "nuevo"), "site")
    assert names(tmp_path) == {"site"}


def test_a_swap_that_fails_puts_the_old_site_back_and_the_new_one_waits(
    tareas: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On Windows, a program that looks at the new files is enough."""
    monkeypatch.setattr(tareas, "ROOT", tmp_path)
    site = page(tmp_path / "site", "viejo")

    def refuse(*_: object) -> None:
        raise PermissionError("está en uso")

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(tareas.Path, "replace", refuse)
        tareas.publish(published(tmp_path / "nuevo", "nuevo"), "site")
    assert (site / "index.html").read_text() == "viejo"
    assert "No se pudo reemplazar site/ (está en uso): cierre lo que lo use" in capsys.readouterr().err
    tareas.settle("site")
    assert (site / "index.html").read_text() == "nuevo"
    assert names(tmp_path) == {"site"}


@pytest.mark.parametrize("task", ["sitio", "servir", "revisar", "prueba", "medir"])
def test_any_command_ends_the_publication_that_another_could_not(
    tareas: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    published(project / ".site-listo", "nuevo")
    page(project / ".site-viejo", "viejo")

    def stop_here(locks: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tareas, "prepare", stop_here)
    with pytest.raises(SystemExit):
        tareas.main([task])
    assert (project / "site/index.html").read_text() == "nuevo"
    assert not {name for name in names(project) if name.startswith(".site")}


# --- Messages ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        (
            "after connection broken by 'NewConnectionError'\nERROR: No matching distribution found",
            "conexión",
        ),
        ("Temporary failure in name resolution", "conexión"),
        ("Could not resolve 'deb.example.org'", "conexión"),
        ("Read timed out.", "conexión"),
        ("ERROR: No matching distribution found for lxml==6.1.3", "Python"),
        ("OSError: [Errno 28] No space left on device", "disco"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "huella"),
        ("[WinError 5] Access is denied", "carpeta"),
        ("segmentation fault", "lo último que dijo"),
    ],
)
def test_a_failure_comes_with_its_likely_cause(tareas: ModuleType, output: str, cause: str) -> None:
    assert cause in tareas.likely_cause(output)


def test_a_quiet_command_that_fails_shows_its_last_words(tareas: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        tareas.quietly(tareas.sys.executable, "-c", "print(*range(99), sep='\\n'); raise SystemExit(1)")
    said = capfd.readouterr()
    assert said.out.split() == [str(number) for number in range(84, 99)]
    assert said.err.startswith("La orden falló")


@pytest.mark.parametrize("arguments", [[], ["compilar"], ["sitio", "--rapido"], ["servir", "--puerto", "ocho"]])
def test_a_command_that_does_not_exist_gets_the_list_of_those_that_do(
    tareas: ModuleType, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        tareas.main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert all(f"\n  {task} " in said for task in ("sitio", "servir", "revisar", "prueba", "medir"))


def test_an_interruption_ends_without_a_traceback(
    tareas: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(locks: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(tareas, "prepare", interrupt)
    with pytest.raises(SystemExit) as ended:
        tareas.main(["revisar"])
    assert ended.value.code == 130
    assert "Puede repetir la orden" in capsys.readouterr().err


def test_a_python_of_years_ago_can_read_the_file_and_so_say_that_it_is_too_old() -> None:
    ast.parse((ROOT / "tareas.py").read_text("utf-8"), feature_version=(3, 7))


# --- The locks ---------------------------------------------------------------------------------------------


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", [*LOCKS, ".github/requirements-enlaces.txt", ".github/requirements-auditoria.txt"])
def test_every_locked_package_has_its_hashes_and_no_address(lock: str) -> None:
    said = re.sub(r"(?m)^#.*\n", "", (ROOT / lock).read_text("utf-8"))  # the first lines tell how it was made
    packages = re.split(r"^(?=\S)", said, flags=re.MULTILINE)[1:]
    assert all("==" in package and "--hash=sha256:" in package for package in packages)
    assert not any("//" in package or "--index" in package for package in packages)


def test_both_locks_agree() -> None:
    site, tests = map(pinned, LOCKS)
    assert {name: tests[name] for name in site.keys() & tests.keys()}.items() <= site.items()
