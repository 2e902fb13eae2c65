"""Step 5. A written folder gets its manifest: the SHA-256 sum of every file, as `sha256sum -c` reads them.

In: a folder.   Out: its `manifiesto.sha256`, and later a sentence for each file that no longer agrees with it.

The manifest says what was published; it does not say that a build is whole. That is said by the folder's name:
tareas.py gives it only to what is sealed.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "manifiesto.sha256"
LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
# `sha256sum` writes these names in a way of its own, which other programs do not read.
AWKWARD = re.compile(r"[\x00-\x1f\x7f\\\ud800-\udfff]")


class Unsealable(Exception):
    """The folder holds something that a manifest cannot answer for; the text, in Spanish, names it."""


def seal(folder: Path) -> int:
    """Write the manifest of a folder, sorted by path; how many files it lists.

    Raises Unsealable for a link, a device or a name with a control character: nothing is written then.
    """
    sums = _sums(folder)
    for name, digest in sums.items():
        if not digest:
            raise Unsealable(f"{name} no es un archivo común (¿un enlace simbólico?)")
        if AWKWARD.search(name):
            raise Unsealable(f"{name!r} tiene en el nombre un carácter que no se acepta")
    text = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    (folder / MANIFEST).write_bytes(text.encode())
    return len(sums)


def differences(folder: Path) -> list[str]:
    """A sentence for each file missing, changed or too many since the folder was sealed; none if all is as it was."""
    try:
        lines = (folder / MANIFEST).read_bytes().decode().splitlines()
    except (OSError, UnicodeDecodeError):
        return [f"no hay un {MANIFEST} que se pueda leer"]
    entries = [LINE.fullmatch(line) for line in lines]
    unread = [number for number, entry in enumerate(entries, 1) if entry is None]
    listed = {entry[2]: entry[1] for entry in entries if entry}
    found = _sums(folder)
    return [
        *(f"{MANIFEST}: la línea {number} no se entiende" for number in unread),
        *(f"falta {name}" for name in sorted(listed.keys() - found.keys())),
        *(f"cambió {name}" for name in sorted(listed.keys() & found.keys()) if listed[name] != found[name]),
        *(f"sobra {name}" for name in sorted(found.keys() - listed.keys())),
    ]


def _sums(folder: Path) -> dict[str, str]:
    """Path from the folder, with "/" → sum, sorted; "" for what is not a plain file. The manifest is left out."""
    found = sorted((path.relative_to(folder).as_posix(), path) for path in _entries(folder))
    return {name: _sum(path) for name, path in found if name != MANIFEST}


def _entries(folder: Path) -> Iterator[Path]:
    """Everything in a folder that is not a folder of its own. Raises OSError for one that cannot be read."""

    def stop(error: OSError) -> None:
        raise error

    for parent, folders, files in os.walk(folder, onerror=stop):
        yield from (Path(parent, name) for name in files)
        yield from (path for name in folders if (path := Path(parent, name)).is_symlink())


def _sum(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
