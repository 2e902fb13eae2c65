"""Small changes to a copy of tests/site, and what the checker says of them.

A change may hold the sign ▶: it is taken out before the file is written, and marks the exact place (line and column)
to which the person must be sent. So a test says where the mistake is by pointing at it.
"""

import io
import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from fichero.pipeline import check

Finding = tuple[str, int, str]
Place = tuple[str, int, int]
Change = Callable[[Path], list[Place]]

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"

HERE = "▶"
SESSION = "methods/problema-en-una-frase.md"
PROCESS = "methods/piloto-de-cuatro-semanas.md"
CASE = "cases/cuentas-claras.md"
GUIDE = "docs/guias/una-mejora-en-dos-meses.md"
PAGE = "docs/acerca.md"
SOURCES = "docs/_datos/fuentes.yml"
GLOSSARY = "docs/_datos/glosario.yml"
VOCABULARIES = "docs/_datos/vocabularios.yml"
RECIPES = "docs/_datos/recetas.yml"
REPORTS = "docs/_datos/usos.yml"
REGISTER = "enlaces.tsv"
PICTURE = "plano.png"
DRAWING = "methods/dibujos/problema-en-una-frase.svg"


def small_world(root: Path) -> Path:
    """A valid site of two methods, a case, a guide and a page, with the project's own vocabularies, in a new folder."""
    shutil.copytree(SITE, root)
    shutil.copy(ROOT / VOCABULARIES, root / VOCABULARIES)
    return root


def revisar(root: Path) -> list[Finding]:
    """What the checker says of a folder: file, line and code."""
    return [(problem.archivo, problem.linea, problem.codigo) for problem in check(root).problems]


def write(archivo: str, text: str) -> Change:
    """The file has this text, ▶ apart."""

    def change(root: Path) -> list[Place]:
        path = root / archivo
        path.parent.mkdir(parents=True, exist_ok=True)
        places = []
        clean = text
        while HERE in clean:
            before, _, after = clean.partition(HERE)
            places.append((archivo, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1))
            clean = before + after
        path.write_text(clean, encoding="utf-8", newline="\n")
        return places

    return change


def replace(archivo: str, old: str, new: str) -> Change:
    """The one place of the file that says `old` says `new`."""

    def change(root: Path) -> list[Place]:
        text = (root / archivo).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{archivo} says «{old}» {text.count(old)} times"
        return write(archivo, text.replace(old, new))(root)

    return change


def cut(archivo: str, start: str, end: str, new: str = "") -> Change:
    """From the first `start` until the next `end`, the file says `new`."""

    def change(root: Path) -> list[Place]:
        text = (root / archivo).read_text(encoding="utf-8")
        first = text.index(start)
        return write(archivo, text[:first] + new + text[text.index(end, first) :])(root)

    return change


def append(archivo: str, text: str) -> Change:
    """The file ends with this text."""
    return lambda root: write(archivo, (root / archivo).read_text(encoding="utf-8") + text)(root)


def copy(archivo: str, new: str, *pairs: tuple[str, str]) -> Change:
    """A second file like another one, but for these replacements."""

    def change(root: Path) -> list[Place]:
        text = (root / archivo).read_text(encoding="utf-8")
        for old, other in pairs:
            assert old in text, f"{archivo} does not say «{old}»"
            text = text.replace(old, other)
        return write(new, text)(root)

    return change


def delete(archivo: str) -> Change:
    def change(root: Path) -> list[Place]:
        (root / archivo).unlink()
        return []

    return change


def content(archivo: str, data: bytes, line: int, column: int) -> Change:
    """The file has these bytes; the mistake is at this line and column."""

    def change(root: Path) -> list[Place]:
        (root / archivo).parent.mkdir(parents=True, exist_ok=True)
        (root / archivo).write_bytes(data)
        return [(archivo, line, column)]

    return change


def symlink(archivo: str, target: str) -> Change:
    """The file is a symbolic link: the mistake is the file itself."""

    def change(root: Path) -> list[Place]:
        (root / archivo).unlink(missing_ok=True)
        (root / archivo).symlink_to(target)
        return [(archivo, 1, 1)]

    return change


def at(archivo: str, line: int, column: int) -> Change:
    """Nothing changes: the person must be sent to this place."""
    return lambda root: [(archivo, line, column)]


def image(
    format: str,
    size: tuple[int, int] = (20, 10),
    exif: Mapping[int, object] | None = None,
    frames: int = 1,
    **parts: bytes,
) -> bytes:
    """The bytes of a grey image with these EXIF fields, by number; a field that is a mapping is a list of its own.

    `parts`: what else the format holds, by Pillow's name: `xmp`, `comment`.
    """
    fields = Image.Exif()
    for number, value in (exif or {}).items():
        if isinstance(value, Mapping):
            fields.get_ifd(number).update(value)
        else:
            fields[number] = value
    pictures = [Image.new("L", size, 40 * number) for number in range(frames)]
    more = {**parts, **({"save_all": True, "append_images": pictures[1:]} if frames > 1 else {})}
    file = io.BytesIO()
    pictures[0].save(file, format, **({"exif": fields.tobytes()} if exif else {}), **more)
    return file.getvalue()


def office(*names: str, **texts: str) -> bytes:
    """The bytes of an office document that holds these entries; `texts`: what some of them say."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as document:
        for name, text in (*texts.items(), *((name, "") for name in names)):
            document.writestr(name, text)
    return file.getvalue()


def picture(root: Path) -> list[Place]:
    """A picture more, beside the pages, which nobody is told about."""
    content(f"docs/{PICTURE}", image("PNG"), 1, 1)(root)
    return []
