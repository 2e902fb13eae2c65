"""Rules about the files of the content folders as files: what they are called, where they are, what they are.

In:  the paths found, from the root of the repository.   Out: Problems. Nobody opens a file here.
A name must work on Windows, on a USB stick and as an address, and no two may become one there.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from fichero.characters import as_it_looks, look_alike
from fichero.kinds import KINDS, address, kind_of
from fichero.privacy import personal_data_of_name
from fichero.problems import Problem

MAX_ID = 60
MAX_ADDRESS = 120

# What each folder holds; the first that matches rules. SVG stays out of docs/: opened alone, it can run a script.
IMAGES = (".png", ".jpg", ".jpeg", ".webp")
ASSETS = (".csv", *IMAGES, ".pdf", ".docx", ".xlsx", ".odt", ".ods")
ACCEPTED = {
    "methods/dibujos/": (".svg",),
    "methods/lienzos/": (".yml",),
    "methods/": (".md",),
    "cases/": (".md",),
    "docs/_datos/": (".yml",),
    "docs/": (".md", *ASSETS),
}
# First folders of addresses that are not pages: data, assets, short links, the index of the search.
RESERVED_FOLDERS = frozenset(
    {"api", "assets", "pagefind", "sitemap", "404", "dibujos", "_datos", *(kind.short for kind in KINDS if kind.short)}
)
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
ASSET_NAME = re.compile(rf"docs/(?:{SLUG}/)*{SLUG}(?:\.[a-z0-9]+)+")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, with the rules of FAT, exFAT and NTFS.
WINDOWS_DEVICE = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?")
WINDOWS_SIGNS = re.compile(r'[<>:"|?*\\\x00-\x1f]')


def folded(text: str) -> str:
    """A text as a disk that tells neither capitals nor accents apart sees it."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def slug(words: str) -> str:
    """The file name that some words make, without its ending: «Árbol de Problemas» → "arbol-de-problemas"."""
    return "-".join(re.findall(r"[a-z0-9]+", folded(words)))


def check_names(files: Iterable[str]) -> Iterator[Problem]:
    """Every rule on every file, sorted by path."""
    paths = sorted(files)
    yield from _clashes(paths)
    for archivo in paths:
        personal = list(_personal(archivo))
        yield from personal
        if personal:
            continue  # it needs another name, and to offer one like it would repeat the datum
        yield from _type(archivo)
        yield from _place(archivo)
        yield from _windows(archivo)
        yield from _length(archivo)


def is_accepted(archivo: str) -> bool:
    """Whether its folder holds files of this type. Only docs/ has others in it: elsewhere the file's name is its id."""
    folder = _folder(archivo)
    nested = folder != "docs/" and "/" in archivo.removeprefix(folder)
    return bool(folder) and archivo.endswith(ACCEPTED[folder]) and not nested


def is_accepted_asset(archivo: str) -> bool:
    """Whether it is published as it is. A name in capitals is refused, and what is inside is told all the same."""
    return archivo.endswith(ASSETS) and is_accepted(archivo)


def as_address(path: str) -> str:
    """The path with the letters that an address has: «guias/Foto 1.JPG» → "guias/foto-1.jpg"."""
    stem, point, ending = folded(as_it_looks(path)).rpartition(".")
    parts = [re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in (stem or ending).split("/")]
    return "/".join(part or "nombre" for part in parts) + (f".{ending}" if stem and point else "")


def _folder(archivo: str) -> str:
    return next((folder for folder in ACCEPTED if archivo.startswith(folder)), "")


def _clashes(paths: list[str]) -> Iterator[Problem]:
    """Names, of files or of folders, that differ only in capitals or accents: one would replace the other."""
    seen: dict[str, str] = {}
    for archivo in paths:
        for path in (*reversed([str(parent) for parent in PurePosixPath(archivo).parents][:-1]), archivo):
            other = seen.setdefault(folded(path), path)
            if other != path:
                mensaje = f"«{path}» y «{other}» solo se distinguen por mayúsculas o tildes"
                yield Problem(archivo, 1, 1, "ARC019", mensaje, "cambie uno de los dos nombres")
                break


def _type(archivo: str) -> Iterator[Problem]:
    folder = _folder(archivo)
    if not is_accepted(archivo):
        ending = PurePosixPath(archivo).suffix
        mensaje = f"«{folder}» no lleva archivos «{ending}»" if ending else f"«{folder}» no lleva este archivo"
        fix = "aquí van: " + ", ".join(ACCEPTED[folder])
        if archivo.endswith(ACCEPTED[folder]):
            mensaje = f"«{folder}» no lleva otras carpetas"
            fix = f"páselo a «{folder}{PurePosixPath(archivo).name}»"
        if is_accepted(archivo.lower()):
            fix = f"escriba el final del nombre en minúsculas: «{ending.lower()}»"
        elif ending.lower() == ".svg":
            fix = "guárdelo como PNG; los dibujos de las fichas van en «methods/dibujos/»"
        yield Problem(archivo, 1, 1, "ARC024", mensaje, fix)
    elif archivo.endswith(ASSETS) and not ASSET_NAME.fullmatch(archivo):
        like = look_alike(archivo)
        mensaje = f"el nombre «{archivo.removeprefix('docs/')}» no sirve como dirección"
        fix = f"cámbielo a minúsculas sin tilde, cifras y guiones: «{as_address(archivo.removeprefix('docs/'))}»"
        yield Problem(archivo, 1, 1, "ARC005", f"{mensaje}: {like[1]}" if like else mensaje, fix)


def _place(archivo: str) -> Iterator[Problem]:
    """What is published in docs/ stays out of the folders where the program writes."""
    if _folder(archivo) != "docs/":
        return
    first = address(archivo.removeprefix("docs/")).split("/")[0]
    if first in RESERVED_FOLDERS:
        mensaje = f"en «/{first}/» escribe el programa, y uno de los dos archivos taparía al otro"
        yield Problem(
            archivo, 1, 1, "ARC006", mensaje, f"use otro nombre: «docs/{first}-1{archivo[len('docs/') + len(first) :]}»"
        )


def _windows(archivo: str) -> Iterator[Problem]:
    for part in archivo.split("/"):
        sign = WINDOWS_SIGNS.search(part)
        if "\ufffd" in part:
            yield Problem(archivo, 1, 1, "ARC020", f"el nombre «{part}» no es UTF-8", "cámbielo por letras sin tilde")
        elif WINDOWS_DEVICE.fullmatch(part):
            mensaje = f"Windows reserva el nombre «{part}»"
            yield Problem(archivo, 1, 1, "ARC020", mensaje, "agréguele una palabra: «con-vecinos.md»")
        elif sign:
            said = sign[0] if sign[0].isprintable() else f"U+{ord(sign[0]):04X}"
            mensaje = f"Windows no admite «{said}» en un nombre"
            yield Problem(archivo, 1, 1, "ARC020", mensaje, "quite ese signo del nombre")
        elif part != part.strip() or part.endswith("."):
            mensaje = f"Windows no admite un nombre que empieza o termina así: «{part}»"
            yield Problem(archivo, 1, 1, "ARC020", mensaje, "quite el espacio o el punto")


def _personal(archivo: str) -> Iterator[Problem]:
    """A name is published as the address of the file, and git keeps it."""
    for found in personal_data_of_name(archivo)[:1]:
        mensaje = f"el nombre del archivo lleva {found.kind.nombre}: {found.masked}"
        yield Problem(archivo, 1, 1, found.kind.codigo, mensaje, "póngale otro nombre, sin datos de personas")


def _length(archivo: str) -> Iterator[Problem]:
    name = PurePosixPath(archivo)
    if len(name.stem) > MAX_ID:
        mensaje = f"el nombre tiene {len(name.stem)} caracteres"
        yield Problem(archivo, 1, 1, "ARC021", mensaje, f"acórtelo: el máximo es {MAX_ID}, sin «{name.suffix}»")
    public = address(kind_of(archivo).page_of(archivo)) if name.suffix == ".md" else archivo
    if max(len(public), len(archivo)) > MAX_ADDRESS:
        mensaje = f"la dirección «{public}» tiene {len(public)} caracteres"
        yield Problem(archivo, 1, 1, "ARC021", mensaje, f"use menos carpetas o nombres cortos: hasta {MAX_ADDRESS}")
