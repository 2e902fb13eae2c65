"""What is wrong with a web address: one that runs a program, that only works inside an office, or that deceives.

In:  an address or the text of a link.   Out: the Flaw to tell, or None. Nothing here knows files or Markdown, and
nothing is asked of the network. An address is read as a browser reads it (https://url.spec.whatwg.org/): white
space and control characters inside it are dropped, "\\" is "/", and 2130706433 or 0x7f.1 is 127.0.0.1.
"""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass

SCHEMES = frozenset({"http", "https", "mailto"})
SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)

# Names that no public server answers to (RFC 2606, 6761, 6762, 8375 and the habits of offices).
INSIDE = (
    "local",
    "localhost",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "test",
    "invalid",
    "localdomain",
)
SHORTENERS = frozenset(
    "bit.ly t.co goo.gl tinyurl.com ow.ly is.gd buff.ly cutt.ly rebrand.ly t.ly tiny.cc shorturl.at acortar.link "
    "n9.cl lnkd.in bitly.com rb.gy adf.ly v.gd s.id fb.me youtu.be.link linktr.ee".split()
)
# What a file's name ends in is not a country, though it looks like one.
FILE_ENDINGS = frozenset("md py js ts sh rs pl cc ps zip".split())
SHOWN_HOST = re.compile(r"(?:https?:/*)?((?:[^\W_][\w-]*\.)+([^\W\d_]{2,}))(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
COMMON_ENDINGS = frozenset("com org net edu gov gob mil int info biz app dev".split())


@dataclass(frozen=True)
class Flaw:
    """What to tell of an address: a code of codigos.yml, what is wrong and how to fix it."""

    codigo: str
    mensaje: str
    arreglo: str


def scheme_of(address: str) -> str | None:
    """The scheme of an outside address, "" when it has none that can be read; None for a link inside the site."""
    read = _read(address)
    scheme = SCHEME.match(read)
    if scheme:
        return scheme[1].lower()
    return "" if read.startswith("//") else None


def flaw_of(address: str) -> Flaw | None:
    """What is wrong with an outside address, the worst first."""
    read, scheme = _read(address), scheme_of(address)
    https = "use una dirección que empiece con «https://»"
    if scheme not in SCHEMES:
        return Flaw("ENL003", f"el enlace «{address}» no se acepta", https)
    if scheme == "mailto":
        if MAIL.fullmatch(read.partition(":")[2].partition("?")[0]):
            return None
        return Flaw(
            "ENL003", f"«{address}» no es una dirección de correo", "escriba «mailto:nombre@institucion.gob.gt»"
        )
    if read != address:
        return Flaw(
            "ENL003", f"«{address}» lleva un espacio o un carácter que no se ve", "cópiela completa: «https://…»"
        )
    host = host_of(address)
    readable = re.fullmatch(r"\[[0-9a-f:.%]+\]|[^\[\]^|\"<>{}`]+", host)
    if not re.match(r"https?://", address, re.IGNORECASE) or not readable:
        return Flaw("ENL003", f"«{address}» no dice de qué sitio es", https)
    user, at, _ = re.split(r"[/?#]", address.partition("//")[2], maxsplit=1)[0].rpartition("@")
    if at:
        fix = f"quite «{user}@»: lo que va antes de «@» no es el sitio, aunque lo parezca"
        return Flaw("ENL006", f"«{address}» parece de un sitio y lleva a «{host}»", fix)
    return _host_flaw(address, host)


def _host_flaw(address: str, host: str) -> Flaw | None:
    outside = "use la dirección pública, la que abre cualquier persona desde su casa"
    number = _number(host)
    if number:
        if not number.is_global:
            return Flaw("ENL005", f"«{address}» solo funciona dentro de una red o de una computadora", outside)
        fix = "use el nombre del sitio: con números nadie sabe de quién es"
        return Flaw("ENL006", f"«{address}» no dice de quién es el sitio «{host}»", fix)
    labels = host.split(".")
    if len(labels) < 2 or labels[-1] in INSIDE or ".".join(labels[-2:]) == "home.arpa":
        return Flaw("ENL005", f"«{address}» solo funciona dentro de una red o de una computadora", outside)
    foreign = next((letter for letter in _unmasked(host) if not _is_ours(letter)), None)
    if foreign:
        sign = f"«{foreign}» (U+{ord(foreign):04X})"
        fix = "copie la dirección desde el sitio verdadero; si es ese, cítelo sin enlace"
        return Flaw("ENL006", f"el nombre «{_unmasked(host)}» lleva {sign}, que se confunde con otra letra", fix)
    if host.removeprefix("www.") in SHORTENERS:
        fix = "ábrala y copie la dirección completa a la que lleva"
        return Flaw("ENL007", f"«{address}» es una dirección acortada", fix)
    return None


def host_of(address: str) -> str:
    """The name of the site an address leads to, in lower case; "" when it has none."""
    authority = re.split(r"[/?#]", _read(address).partition("//")[2], maxsplit=1)[0]
    host = authority.rpartition("@")[2].lower()
    host = host[: host.find("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return host.rstrip(".")


def shown_host(text: str) -> str | None:
    """The site that the text of a link seems to name, when the text is an address and nothing else."""
    match = SHOWN_HOST.fullmatch(text.strip())
    if match is None:
        return None
    ending = match[2].lower()
    country = len(ending) == 2 and ending not in FILE_ENDINGS
    known = country or ending in COMMON_ENDINGS or "//" in text or text.lower().startswith("www.")
    return match[1].lower() if known else None


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one site: the same, or a part of it (www.mineduc.gob.gt and mineduc.gob.gt)."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _read(address: str) -> str:
    """The address as a browser reads it; the path of a file, with its spaces, is left to whoever reads files."""
    read = DROPPED.sub("", address)
    scheme = SCHEME.match(read)
    return (
        read.replace("\\", "/") if read.startswith(("/", "\\")) or (scheme and scheme[1].lower() in SCHEMES) else read
    )


def _number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """A host that is a number in any of the ways a browser accepts: 127.1, 2130706433, 0x7f000001, 0177.0.0.1."""
    if host.startswith("["):
        try:
            six = ipaddress.IPv6Address(host.strip("[]").partition("%")[0])
        except ValueError:
            return None
        return six.ipv4_mapped or six
    parts = unicodedata.normalize("NFKC", host).replace("。", ".").split(".")
    if not 1 <= len(parts) <= 4 or not re.fullmatch(r"0x[0-9a-f]*|[0-9]+", parts[-1]):
        return None
    total = 0
    for index, part in enumerate(parts):
        if not re.fullmatch(r"0x[0-9a-f]*|[0-9]+", part):
            return None
        base = 16 if part.startswith("0x") else 8 if len(part) > 1 and part.startswith("0") else 10
        try:
            value = int(part.removeprefix("0x") or "0", base)
        except ValueError:
            return ipaddress.IPv4Address(0)
        last = index == len(parts) - 1
        total += value if last else value << (8 * (3 - index))
    return ipaddress.IPv4Address(total) if total < 2**32 else ipaddress.IPv4Address(0)


def _unmasked(host: str) -> str:
    """The host as a person would see it: «xn--» labels decoded, letters of other widths in their plain form."""
    labels = []
    for label in host.split("."):
        try:
            labels.append(label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label)
        except (UnicodeError, ValueError, OverflowError):
            labels.append("\ufffd")
    return ".".join(labels)


def _is_ours(letter: str) -> bool:
    """Letters a Spanish name is written with; all others can pass for one of them."""
    return (letter.isascii() and (letter.isalnum() or letter in ".-_")) or letter in "áéíóúüñç"
