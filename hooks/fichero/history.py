"""When each file last changed, in one pass over git's log; and what the files said at another commit.

The repository may be a stranger's proposal: git is asked only for what it has stored, and nothing that a repository
can bring (hooks, filters, external programs of a comparison, promises of other servers) is run.

No date is better than a wrong one: outside a repository, or in a shallow clone (where git would give every
file the date of the oldest commit at hand), the history is empty.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

FOLDERS = ("methods", "cases", "docs")

# Each turns off one way in which a repository or its configuration makes git run a program or ask a server.
SAFELY = (
    *("--no-pager", "--no-replace-objects", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null", "-c", "core.attributesFile=/dev/null", "-c", "log.showSignature=false"),
    *("-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit", "-c", "core.untrackedCache=false"),
)
ALONE = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ATTR_NOSYSTEM": "1"}


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


def fork_point(root: Path, commit: str) -> str:
    """The last commit that this one and another have in common: what came later to the other is nobody's doing here."""
    name = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}").strip()
    return _git(root, "merge-base", "--end-of-options", name, "HEAD").strip() or name


def file_at(root: Path, commit: str, path: str) -> str | None:
    """The text a file had at a commit, or None when it was not there."""
    return _text(_bytes(root, "cat-file", "blob", "--end-of-options", f"{commit}:{path}")) or None


def files_at(root: Path, commit: str) -> dict[str, str]:
    """The Markdown files of the content at a commit, by their paths from the root; links to other files apart."""
    listed = _git(root, "ls-tree", "-r", "-z", "--end-of-options", commit, *FOLDERS)
    blobs: dict[str, str] = {}
    for entry in listed.split("\0"):
        about, _, path = entry.partition("\t")
        mode, _, name = about.partition(" blob ")
        if path.endswith(".md") and mode.startswith("100"):
            blobs[path] = name
    answer = BytesIO(_bytes(root, "cat-file", "--batch", typed="".join(f"{name}\n" for name in blobs.values())))
    texts: dict[str, str] = {}
    for path in blobs:  # each answer: «name type size», a line end, the bytes, a line end
        head = answer.readline().split()
        if len(head) == 3:  # else git does not have it: «name missing»
            texts[path] = _text(answer.read(int(head[2])))
            answer.readline()
    return texts


def paths_changed(root: Path, commit: str) -> tuple[str, ...]:
    """The files that differ between a commit and HEAD, renamed ones by both names."""
    listed = _git(root, "diff-tree", "-r", "-z", "--name-only", "--no-renames", "--end-of-options", commit, "HEAD")
    return tuple(path for path in listed.split("\0") if path)


def _text(content: bytes) -> str:
    """What a file said, with line ends as `read` leaves those of today."""
    return content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _git(root: Path, *words: str) -> str:
    return _bytes(root, *words).decode("utf-8", "surrogateescape")


def _bytes(root: Path, *words: str, typed: str = "") -> bytes:
    """The very bytes of git's answer: it counts them, and a line end of Windows is two."""
    try:
        run = subprocess.run(
            ["git", *SAFELY, *words],
            cwd=root,
            env={**os.environ, **ALONE},
            input=typed.encode("utf-8"),
            capture_output=True,
            check=False,
        )
    except OSError:
        return b""
    return run.stdout if run.returncode == 0 else b""
