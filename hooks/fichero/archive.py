"""Step 5. A folder becomes one ZIP file with its sum beside it, to carry on a USB stick.

In: a folder and a moment.   Out: a ZIP whose bytes depend on the folder's names and contents and on the moment alone.

It refuses what would not arrive whole: a name that Windows or an old stick cannot hold, or too many bytes.
Sources: learn.microsoft.com/windows/win32/fileio/naming-a-file; reproducible-builds.org/docs/archives
"""

import hashlib
import re
import time
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fichero.names import WINDOWS_DEVICE

TOP = "fichero"  # the one folder at the top of the ZIP
MAX_NAME = 120  # with the folder in which a person puts it, far below the 260 of Windows
MAX_BYTES = 15_000_000
FIRST_MOMENT = 315_532_800  # 1980-01-01: the dates of a ZIP begin there
REFUSED = re.compile(r'[^ -~]|[<>:"|?*\\]')
UNIX, PLAIN_FILE = 3, 0o100644


class Unportable(Exception):
    """The folder would not arrive whole. Each argument is a sentence in Spanish about one name, or about the size."""


def pack(folder: Path, target: Path, moment: int) -> int:
    """Write `target`, a ZIP of the folder, and `target`.sha256; its size in bytes. `moment`: seconds since 1970.

    Raises Unportable: then neither file is there.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    names = sorted(name for name, path in found.items() if not path.is_dir() or path.is_symlink())
    links = [f"{TOP}/{name}: es un enlace simbólico" for name in names if found[name].is_symlink()]
    if wrong := [*links, *unfit(f"{TOP}/{name}" for name in names)]:
        raise Unportable(*wrong)
    date = time.gmtime(max(moment, FIRST_MOMENT))[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{TOP}/{name}", date)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE << 16
            archive.writestr(entry, found[name].read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9)
    content = target.read_bytes()
    if len(content) > MAX_BYTES:
        target.unlink()
        raise Unportable(f"la copia pesa {len(content) / 1e6:.1f} MB y el límite es {MAX_BYTES // 10**6} MB")
    target.with_name(f"{target.name}.sha256").write_bytes(
        f"{hashlib.sha256(content).hexdigest()}  {target.name}\n".encode()
    )
    return len(content)


def unfit(names: Iterable[str]) -> Iterator[str]:
    """A sentence for each name that Windows, or a stick that does not tell capitals apart, would refuse or mix up."""
    spelt: dict[str, str] = {}
    for name in names:
        parts = name.split("/")
        if len(name) > MAX_NAME:
            yield f"{name}: el nombre tiene {len(name)} caracteres y el límite es {MAX_NAME}"
        if REFUSED.search(name):
            yield f"{name}: el nombre lleva una tilde, una eñe o un signo que no se acepta"
        if any(WINDOWS_DEVICE.fullmatch(part) for part in parts):
            yield f"{name}: Windows reserva ese nombre"
        if any(part.endswith((".", " ")) for part in parts):
            yield f"{name}: el nombre termina en punto o en espacio"
        for end in range(1, len(parts) + 1):
            whole = "/".join(parts[:end])
            known = spelt.setdefault(whole.lower(), whole)
            if known != whole:
                yield f"{name}: solo se distingue de {known} por las mayúsculas"
                break
