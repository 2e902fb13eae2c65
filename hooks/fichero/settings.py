"""Where the site will live. The only thing the build is told from outside.

`FICHERO_SITIO` and `FICHERO_REPOSITORIO` come from the environment (`tareas.py` derives them from the workflow
or from git), so a fork publishes under its own address without editing anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """`sitio` and `repositorio` are absolute and `sitio` ends in "/"; "" when not known, and then no QR is made."""

    sitio: str = ""
    repositorio: str = ""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        site = environ.get("FICHERO_SITIO", "")
        return cls(
            sitio=f"{site.rstrip('/')}/" if site else "",
            repositorio=environ.get("FICHERO_REPOSITORIO", "").rstrip("/"),
        )
