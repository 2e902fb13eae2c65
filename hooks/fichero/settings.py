"""Where the site will live. The only thing the build is told from outside.

Its variables (`FICHERO_SITIO`, `FICHERO_REPOSITORIO`, `FICHERO_CORREO`, `FICHERO_SIN_RED`, `FICHERO_VISTA_PREVIA`,
`SOURCE_DATE_EPOCH`) come from the environment; `tareas.py` derives the addresses and the date from the workflow or
from git, so that a fork publishes under its own without editing anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

# A printed code must lead to an address that any telephone can open.
PUBLIC = re.compile(r"(?i)https://([\w-]+\.)+[a-z]{2,}(:\d+)?/")
PREVIEW = "Vista previa de una propuesta sin revisar. No es el sitio publicado."


class Misconfigured(ValueError):
    """A variable of the environment says what it cannot mean; the text, in Spanish, tells the maintainer."""


@dataclass(frozen=True)
class Settings:
    """`sitio` and `repositorio` are absolute and `sitio` ends in "/"; "" when not known.

    `correo`: where corrections are sent; "" when the maintainer has set none.
    `sin_red`: the copy that opens from a disk, whose links name index.html. `vista_previa`: which proposal this is
    a preview of, in one line; "" when it is not one. `instante`: the date of the content, in seconds since 1970.
    """

    sitio: str = ""
    repositorio: str = ""
    correo: str = ""
    sin_red: bool = False
    vista_previa: str = ""
    instante: int = 0

    @property
    def aviso(self) -> str:
        """What every page of a preview says before anything else; "" elsewhere."""
        return f"{PREVIEW} {self.vista_previa}" if self.vista_previa else ""

    @property
    def sin_qr(self) -> str:
        """Why no QR code is made, as a sentence for whoever builds; "" when they are.

        What is printed cannot be corrected: a code must lead to an address that any telephone can open.
        """
        if PUBLIC.match(self.sitio):
            return ""
        why = f"«{self.sitio}» no es una dirección pública (https://…)" if self.sitio else "el sitio no tiene dirección"
        return f"No se hacen códigos QR: {why}. Póngala en FICHERO_SITIO, o compile desde un repositorio de GitHub."

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Raises Misconfigured when the e-mail address is none."""
        site, date = environ.get("FICHERO_SITIO", ""), environ.get("SOURCE_DATE_EPOCH", "")
        email = environ.get("FICHERO_CORREO", "").strip()
        if email and not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", email):
            raise Misconfigured(
                f"FICHERO_CORREO dice «{email}», que no es una dirección de correo: corríjala o quítela."
            )
        return cls(
            sitio=f"{site.rstrip('/')}/" if site else "",
            repositorio=environ.get("FICHERO_REPOSITORIO", "").rstrip("/"),
            correo=email,
            sin_red=environ.get("FICHERO_SIN_RED") == "1",
            vista_previa=" ".join(environ.get("FICHERO_VISTA_PREVIA", "").split()),
            instante=int(date) if date.isascii() and date.isdecimal() else 0,
        )
