"""`fichero revisar --arreglar`: the text files of the content repaired where they are, and what was done in each.

It changes only what `characters.repaired` calls safe, in files that are plainly content: no link is followed and no
hidden folder entered. A file is replaced at once or not at all, and keeps its permissions.
"""

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from fichero.characters import repaired
from fichero.names import is_accepted
from fichero.read import FOLDERS, MAX_DATA_BYTES, find

TEXTS = (".md", ".yml", ".svg")


def repair_folder(root: Path, paths: Sequence[Path] = ()) -> Iterator[str]:
    """Repair the content under `root`, or only what is in `paths`; a line for each file changed, or not able to be."""
    for entry in (entry for folder in FOLDERS for entry in find(root, folder)):
        wanted = not paths or any(entry.path.is_relative_to(path) for path in paths)
        if entry.what != "file" or not wanted or not entry.archivo.endswith(TEXTS) or not is_accepted(entry.archivo):
            continue
        try:
            if entry.path.stat().st_size > MAX_DATA_BYTES:
                continue
            content = entry.path.read_bytes()
            new, done = repaired(content, markdown=entry.archivo.endswith(".md"))
            if new != content:
                _replace(entry.path, new)
                yield f"{entry.archivo}: {'; '.join(done)}"
        except OSError as error:
            yield f"{entry.archivo}: no se pudo arreglar ({error.strerror}) → revise sus permisos"


def _replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file, all or nothing."""
    mode = stat.S_IMODE(path.stat().st_mode)
    handle, name = tempfile.mkstemp(prefix=".", suffix=".arreglo", dir=path.parent)
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        new.chmod(mode)
        new.replace(path)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise
