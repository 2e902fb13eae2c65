"""Where the site will live. The only thing the build is told from outside.

`FICHERO_SITIO`, `FICHERO_REPOSITORIO` and `FICHERO_SIN_RED` come from the environment; `tareas.py` derives the
addresses from the workflow or from git, so that a fork publishes under its own without editing anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """`sitio` and `repositorio` are absolute and `sitio` ends in "/"; "" when not known, and then no QR is made.

    `sin_red`: the copy that opens from a disk, whose links name index.html.
    """

    sitio: str = ""
    repositorio: str = ""
    sin_red: bool = False

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        site = environ.get("FICHERO_SITIO", "")
        return cls(
            sitio=f"{site.rstrip('/')}/" if site else "",
            repositorio=environ.get("FICHERO_REPOSITORIO", "").rstrip("/"),
            sin_red=environ.get("FICHERO_SIN_RED") == "1",
        )
