"""An image is judged by its bytes: weight, size, what it is, and what it tells about whoever took it.

In:  a file's name and bytes.   Out: Problems. Pillow reads headers only: no pixel is decoded, so that an image that
grows a thousand times when it is opened costs nothing here.
"""

import io
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath

from PIL import ExifTags, Image

from fichero.problems import Problem

MAX_BYTES = 500_000
MAX_SIDE = 2_400
FORMATS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WEBP"}
# What a camera writes that says nothing of a person or a place.
HARMLESS_TAGS = frozenset(
    {
        *(ExifTags.Base.ImageWidth, ExifTags.Base.ImageLength, ExifTags.Base.BitsPerSample),
        *(ExifTags.Base.Orientation, ExifTags.Base.XResolution, ExifTags.Base.YResolution),
        *(ExifTags.Base.ResolutionUnit, ExifTags.Base.YCbCrPositioning, ExifTags.Base.ColorSpace),
        *(ExifTags.Base.ExifOffset, ExifTags.Base.ExifVersion, ExifTags.Base.ExifImageWidth),
        *(ExifTags.Base.ExifImageHeight, ExifTags.Base.ComponentsConfiguration, ExifTags.Base.FlashPixVersion),
    }
)
# What Pillow reads of a file beside its EXIF: the XMP packet, by whatever names, and the comments of a JPEG.
TELLING = ("xmp", "comment")
SIGNATURES = (b"http://ns.adobe.com/xap/1.0/", b"Photoshop 3.0\0")
SMALLER = f"redúzcala: el lado mayor, hasta {MAX_SIDE} píxeles"
CLEAN = "ábrala en un programa de dibujo y expórtela de nuevo sin metadatos"


def is_image(archivo: str) -> bool:
    return PurePosixPath(archivo).suffix.lower() in FORMATS


def check_image(archivo: str, content: bytes) -> Iterator[Problem]:
    """Everything wrong with an image of at most MAX_BYTES (a heavier one is not even opened)."""

    def problem(codigo: str, mensaje: str, arreglo: str) -> Problem:
        return Problem(archivo, 1, 1, codigo, mensaje, arreglo)

    expected = FORMATS[PurePosixPath(archivo).suffix.lower()]
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(content)) as image:
            # A phone may put two pictures in a JPEG: Pillow calls it MPO.
            actual, size = str(image.format).replace("MPO", "JPEG"), image.size
            animated = image.format != "MPO" and bool(getattr(image, "is_animated", False))
            tags = _tags(image)
            told = [part for name in TELLING if isinstance(part := image.info.get(name), bytes) and part]
    except Image.DecompressionBombError:
        yield problem("ARC025", "la imagen mide millones de píxeles", SMALLER)
        return
    except Exception:  # bytes of a stranger in decoders of many kinds: whatever they raise, it is not an image
        yield problem("ARC026", f"no es una imagen {expected}, o está dañada", "vuelva a guardarla o a copiarla")
        return
    if actual != expected:
        yield problem("ARC026", f"su nombre dice {expected} y por dentro es {actual}", f"guárdela como {expected}")
        return
    if not _is_whole(content, expected):
        yield problem("ARC026", "la imagen está cortada o le sobran datos al final", "vuelva a guardarla o a copiarla")
    if max(size) > MAX_SIDE:
        yield problem("ARC025", f"la imagen mide {size[0]} × {size[1]} píxeles", SMALLER)
    if animated:
        yield problem(
            "ARC028", "la imagen se mueve", "deje un solo cuadro; si muestra pasos, ponga una imagen de cada uno"
        )
    written = expected == "PNG" and any(_tells(content, *chunk) for chunk in _chunks(content))
    signed = any(sign in content for sign in SIGNATURES)
    if ExifTags.Base.GPSInfo in tags or any(b"GPS" in part for part in told):
        yield problem("ARC027", "la imagen dice en qué lugar se tomó (GPS)", CLEAN)
    elif tags - HARMLESS_TAGS or told or written or signed:
        yield problem("ARC027", "la imagen lleva datos de la cámara, del programa o de la persona", CLEAN)


def _tags(image: Image.Image) -> frozenset[int]:
    """The numbers of the EXIF fields, those of its inner list included."""
    exif = Image.Exif()
    if image.info.get("exif"):
        exif.load(image.info["exif"])
    return frozenset({*exif, *exif.get_ifd(ExifTags.IFD.Exif)})


def _is_whole(content: bytes, format: str) -> bool:
    """Whether the file ends where its format says that it ends."""
    if format == "PNG":
        parts = list(_chunks(content))
        return bool(parts) and parts[-1][0] == b"IEND" and parts[-1][2] == len(content)
    if format == "JPEG":
        return content.endswith(b"\xff\xd9")
    return len(content) == int.from_bytes(content[4:8], "little") + 8


def _chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The kind of each part of a PNG, where its data begins and where the part ends."""
    at = 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], at + 8, end
        at = len(content) if content[at + 4 : at + 8] == b"IEND" else end


def _tells(content: bytes, kind: bytes, start: int, end: int) -> bool:
    """Whether a part of a PNG holds a camera's data or words, the program's name apart; it may follow the pixels."""
    words = kind in (b"tEXt", b"zTXt", b"iTXt") and not content[start:end].startswith(b"Software\0")
    return words or kind == b"eXIf"
