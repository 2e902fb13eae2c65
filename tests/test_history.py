"""When each file changed, from a real repository; no date is better than a wrong one."""

import os
import subprocess
import time
from datetime import date
from pathlib import Path

import pytest

from fichero.history import History, commit_exists, file_at, files_at, fork_point, paths_changed, read_history
from fichero.read import Base, read_base


def git(root: Path, *words: str, moment: str = "2026-01-01T12:00:00Z") -> str:
    run = subprocess.run(
        ["git", "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false", *words],
        cwd=root,
        env={"PATH": os.environ["PATH"], "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout.strip()


def commit(root: Path, archivo: str, text: str, day: str) -> None:
    path = root / archivo
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", archivo, moment=f"{day}T12:00:00Z")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Four commits of four days."""
    root = tmp_path / "repositorio"
    root.mkdir()
    git(root, "init", "-q")
    commit(root, "methods/foda.md", "uno", "2026-01-05")
    commit(root, "cases/año.md", "uno", "2026-02-06")
    commit(root, "methods/foda.md", "dos", "2026-03-07")
    commit(root, "README.md", "uno", "2026-04-08")
    return root


def test_each_file_has_the_day_of_its_last_commit(repository: Path) -> None:
    history = read_history(repository)

    assert history.changed == {"methods/foda.md": date(2026, 3, 7), "cases/año.md": date(2026, 2, 6)}
    assert history.commit == git(repository, "rev-parse", "HEAD")[:10]


def test_the_day_is_that_of_utc_wherever_the_machine_is(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "docs").mkdir()
    (repository / "docs" / "acerca.md").write_text("uno", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "tarde", moment="2026-05-09T23:30:00-0600")
    monkeypatch.setenv("TZ", "America/Guatemala")
    if hasattr(time, "tzset"):  # not on Windows
        time.tzset()
    try:
        assert read_history(repository).changed["docs/acerca.md"] == date(2026, 5, 10)
    finally:
        monkeypatch.undo()
        if hasattr(time, "tzset"):
            time.tzset()


def test_a_file_that_was_never_committed_has_no_day(repository: Path) -> None:
    (repository / "methods" / "nuevo.md").write_text("uno", encoding="utf-8")
    assert "methods/nuevo.md" not in read_history(repository).changed


def test_a_shallow_clone_has_no_history_instead_of_a_wrong_one(repository: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clon"
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), str(clone))
    assert (clone / "methods" / "foda.md").exists()
    assert read_history(clone) == History()


def test_outside_a_repository_there_is_no_history(tmp_path: Path) -> None:
    assert read_history(tmp_path) == History()


def test_a_repository_without_commits_has_no_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    assert read_history(tmp_path) == History()


def test_without_git_there_is_no_history(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert read_history(repository) == History()
    assert file_at(repository, "HEAD", "README.md") is None


def test_the_text_of_a_file_at_a_commit_is_the_one_it_had(repository: Path) -> None:
    assert file_at(repository, "HEAD", "methods/foda.md") == "dos"
    assert file_at(repository, "HEAD~3", "methods/foda.md") == "uno"
    assert file_at(repository, "HEAD", "methods/otra.md") is None
    assert file_at(repository, "no-existe", "methods/foda.md") is None


@pytest.mark.parametrize(
    ("name", "exists"),
    [("HEAD", True), ("HEAD~3", True), ("HEAD~4", False), ("no-existe", False), ("--help", False), ("", False)],
)
def test_a_commit_is_known_or_not(repository: Path, name: str, exists: bool) -> None:
    assert commit_exists(repository, name) is exists


def test_the_name_of_a_commit_is_never_an_option_of_git(repository: Path, tmp_path: Path) -> None:
    assert file_at(repository, f"--output={tmp_path}/escrito", "x") is None
    assert list(tmp_path.glob("escrito*")) == []


def test_the_markdown_of_a_commit_is_read_whole_by_its_paths(repository: Path) -> None:
    assert files_at(repository, "HEAD") == {"methods/foda.md": "dos", "cases/año.md": "uno"}
    assert files_at(repository, "HEAD~3") == {"methods/foda.md": "uno"}
    assert files_at(repository, "no-existe") == {}


def test_a_link_and_what_is_not_markdown_are_not_read(repository: Path) -> None:
    (repository / "methods" / "enlace.md").symlink_to("/etc/hostname")
    (repository / "methods" / "hoja.csv").write_text("a", encoding="utf-8")
    commit(repository, "methods/con salto\nde línea.md", "uno\n\ndos\n", "2026-05-01")
    assert files_at(repository, "HEAD") == {
        "methods/foda.md": "dos",
        "cases/año.md": "uno",
        "methods/con salto\nde línea.md": "uno\n\ndos\n",
    }


def test_a_file_with_line_ends_of_windows_does_not_move_those_after_it(repository: Path) -> None:
    (repository / "cases" / "de-windows.md").write_bytes(b"uno\r\n\r\ndos\r\n")
    (repository / "enlaces.tsv").write_bytes(b"metodos/foda/\t\tFODA\t2026-01-05\r\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "de Windows")
    assert files_at(repository, "HEAD") == {
        "cases/año.md": "uno",
        "cases/de-windows.md": "uno\n\ndos\n",
        "methods/foda.md": "dos",
    }
    assert file_at(repository, "HEAD", "enlaces.tsv") == "metodos/foda/\t\tFODA\t2026-01-05\n"


def test_what_changed_since_a_commit_is_told_by_every_name(repository: Path) -> None:
    git(repository, "mv", "methods/foda.md", "methods/analisis.md")
    git(repository, "commit", "-q", "-m", "nombre")
    assert paths_changed(repository, "HEAD~1") == ("methods/analisis.md", "methods/foda.md")
    assert paths_changed(repository, "HEAD") == ()


def test_what_came_later_to_the_other_branch_is_not_part_of_the_proposal(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "propuesta")
    commit(repository, "methods/nueva.md", "uno", "2026-05-01")
    git(repository, "checkout", "-q", "-")
    commit(repository, "methods/ajena.md", "uno", "2026-05-02")
    main = git(repository, "rev-parse", "HEAD")
    git(repository, "checkout", "-q", "propuesta")

    assert fork_point(repository, main) == git(repository, "rev-parse", "HEAD~1")
    base = read_base(repository, main)
    assert base and "methods/ajena.md" not in base.texts
    assert base.changed == ("methods/nueva.md",)


def test_a_commit_that_git_does_not_know_is_no_base(repository: Path) -> None:
    assert read_base(repository, "no-existe") is None
    assert read_base(repository, "HEAD") == Base(
        register=None, texts={"methods/foda.md": "dos", "cases/año.md": "uno"}, changed=()
    )


@pytest.mark.skipif(os.name == "nt", reason="the orders are for a POSIX shell")
def test_nothing_that_a_repository_brings_is_run(repository: Path, tmp_path: Path) -> None:
    """Hooks, a file monitor, filters, programs of comparison, a verifier of signatures: each would leave a mark."""
    mark = tmp_path / "corrió"
    order = tmp_path / "orden"
    order.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 0\n", encoding="utf-8")
    order.chmod(0o755)
    commit(repository, ".gitattributes", "*.md filter=x diff=x export-subst\n", "2026-05-01")
    for hook in ("post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor-watchman"):
        (repository / ".git" / "hooks" / hook).symlink_to(order)
    for name in (
        *("core.fsmonitor", "diff.external", "diff.x.command", "diff.x.textconv", "filter.x.clean", "filter.x.smudge"),
        *("filter.x.process", "gpg.program", "gpg.ssh.program", "core.pager", "core.editor", "core.sshCommand"),
        *("core.askPass", "core.alternateRefsCommand", "uploadpack.packObjectsHook", "pager.log"),
    ):
        git(repository, "config", name, str(order))
    for name in ("log.showSignature", "core.hooksPath"):
        git(repository, "config", name, "true" if name.startswith("log") else str(repository / ".git" / "hooks"))
    signed = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=repository,
        input=git(repository, "cat-file", "commit", "HEAD").replace(
            "\n\n", "\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\n", 1
        ),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    git(repository, "update-ref", "HEAD", signed)
    mark.unlink(missing_ok=True)

    assert read_history(repository).commit == signed[:10]
    assert read_base(repository, "HEAD~1")
    assert not mark.exists()

    subprocess.run(["git", "log", "-p", "-1"], cwd=repository, capture_output=True, check=False)
    assert mark.exists(), "plain git would have run it"
