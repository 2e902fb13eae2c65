"""When each file last changed, in one pass over git's log.

No date is better than a wrong one: outside a repository, or in a shallow clone (where git would give every
file the date of the oldest commit at hand), the history is empty.
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

FOLDERS = ("methods", "cases", "docs")


@dataclass(frozen=True)
class History:
    """`changed`: path from the root → date of its last commit (UTC). `commit`: the short name of HEAD, or ""."""

    commit: str = ""
    changed: Mapping[str, date] = field(default_factory=dict)


def read_history(root: Path) -> History:
    """The history of the repository at `root`."""
    if not (root / ".git").exists() or _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return History()
    log = _git(root, "log", "--format=%x00%ct", "--name-only", "--no-renames", "--", *FOLDERS)
    changed: dict[str, date] = {}
    for commit in log.split("\0")[1:]:
        time, *paths = commit.strip().split("\n")
        day = datetime.fromtimestamp(int(time), UTC).date()
        for path in paths:
            if path:
                changed.setdefault(path, day)
    return History(_git(root, "rev-parse", "--short=10", "HEAD").strip(), changed)


def executables(root: Path) -> frozenset[str] | None:
    """The content files that git keeps as programs; None outside a repository."""
    if not (root / ".git").exists():
        return None
    listed = _git(root, "ls-files", "--stage", "-z", "--", *FOLDERS).split("\0")
    return frozenset(line.partition("\t")[2] for line in listed if line.startswith("100755 "))


def commit_exists(root: Path, commit: str) -> bool:
    """Whether git has the commit: a shallow clone may not."""
    return bool(_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}"))


def file_at(root: Path, commit: str, path: str) -> str | None:
    """The text a file had at a commit, or None when it was not there."""
    return _git(root, "show", "--end-of-options", f"{commit}:{path}") or None


def _git(root: Path, *words: str) -> str:
    try:
        run = subprocess.run(
            ["git", "-c", "core.quotePath=false", *words],
            cwd=root,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except OSError:
        return ""
    return run.stdout if run.returncode == 0 else ""
