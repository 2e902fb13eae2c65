"""Fichero's command runner: from a fresh clone to the site, its checks or its measurements, in one command.

It needs only Python 3.11 or later and git, on any system; alone, it lists its tasks.

Setting up: the first run makes .venv and installs the locked packages (wheels only, checked against their
hashes) and Fichero itself, editable. A stamp inside, written last, remembers what is installed: while it
holds, later runs start at once; a .venv without it was left half-made and is made anew.

Environment: UTF-8, no advertising from MkDocs, the last commit's date as SOURCE_DATE_EPOCH (one commit, the
same bytes everywhere) and the public addresses, FICHERO_SITIO and FICHERO_REPOSITORIO, from GITHUB_REPOSITORY
or from `origin` when it is on GitHub. What is already set stays.

`sitio` checks the records, builds beside the old site, seals the new one (manifiesto.sha256) and swaps the two at
the end: after a failure nothing has changed, and after a kill at any moment the last good site is in its place or
the next command puts it there. With --sin-red, the folder, its ZIP and its sum change together.

`prueba` looks for a browser (FICHERO_CHROMIUM can name it), else installs Debian's Chromium where no password is
asked, else leaves the browser tests out: under CI=true, an error.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  (before an older Python trips over the rest)
    sys.exit(
        f"Fichero necesita Python 3.11 o posterior y este es el {sys.version_info[0]}.{sys.version_info[1]}: "
        "instale uno más nuevo (https://www.python.org/downloads/) y repita la orden con él."
    )

import hashlib
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "preparado"
BIN, EXE = (VENV / "Scripts", ".exe") if os.name == "nt" else (VENV / "bin", "")
PYTHON, FICHERO = BIN / f"python{EXE}", BIN / f"fichero{EXE}"
SITE_LOCKS = ("requirements.txt",)
TEST_LOCKS = (*SITE_LOCKS, "requirements-prueba.txt")
BROWSERS = ("chromium", "google-chrome", "chromium-browser", "microsoft-edge", "msedge")
WINDOWS_FOLDERS = ("%ProgramFiles%", "%ProgramFiles(x86)%", "%LocalAppData%")
WINDOWS_BROWSERS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe")
SITES = ("site", "site-sin-red")
COPY = "fichero-sin-red.zip"
MAC_BROWSERS = ("Google Chrome", "Chromium", "Microsoft Edge")

USAGE = """Uso: python tareas.py ORDEN

  sitio [--sin-red]     revisa las fichas y compila site/ (o site-sin-red/ y su ZIP, para leer sin conexión)
  servir [--puerto N]   muestra el sitio en este equipo y lo rehace al guardar cambios
  revisar [...]         revisa las fichas; lo demás se pasa a «fichero revisar»
  prueba [...]          estilo, tipos y pruebas; con argumentos, solo pytest con ellos
  medir [NOMBRE...]     toma las medidas de tests/medir, todas o las que nombre"""

say = partial(print, flush=True)  # at once, to keep its place among the lines of the commands it runs


def main(arguments: list[str]) -> int:
    tasks = {"sitio": build, "servir": serve, "revisar": check, "prueba": test, "medir": measure}
    name, *rest = arguments or [""]
    if name in ("-h", "--help"):
        say(USAGE)
        return 0
    if name not in tasks:
        stop(f"No existe la orden «{name}».\n\n{USAGE}" if name else USAGE, code=2)
    os.environ.update(environment(os.environ))
    for site in SITES:
        with suppress(OSError):  # the task may not need it; if it does, it says why it cannot have it
            settle(site)
    try:
        return tasks[name](rest)
    except KeyboardInterrupt:
        stop("\nInterrumpido. Puede repetir la orden cuando quiera.", code=130)


def build(rest: list[str]) -> int:
    if rest not in ([], ["--sin-red"]):
        stop(f"«sitio» solo admite --sin-red.\n\n{USAGE}", code=2)
    offline = bool(rest)
    if offline:
        os.environ["FICHERO_SIN_RED"] = "1"
    started = time.monotonic()
    name = SITES[offline]
    prepare(SITE_LOCKS)
    for left in ROOT.glob(f".{name}-nuevo*"):  # by builds that were killed
        shutil.rmtree(left, ignore_errors=True)
    # A name of its own: what a killed build left running may still be writing to another one.
    new = Path(tempfile.mkdtemp(prefix=f".{name}-nuevo-", dir=ROOT))
    site, copy = new / name, new / COPY
    stages: dict[str, tuple[str | Path, ...]] = {
        "Revisando las fichas": (FICHERO, "revisar"),
        "Compilando el sitio": (PYTHON, "-m", "mkdocs", "build", "--strict", "--site-dir", site),
        "Comprobando que lo escrito está publicado": (FICHERO, "comprobar", site),
        # Full text is fetched as it is needed: the copy without network has no use for it.
        **({} if offline else {"Indexando el texto completo": (FICHERO, "indexar", site)}),
        "Anotando la huella de cada archivo": (FICHERO, "sellar", site),
        **({"Empaquetando la copia": (FICHERO, "empaquetar", site, copy)} if offline else {}),
    }
    try:
        for title, command in stages.items():
            with stage(title):
                run(*command, failed="El sitio no se compiló: corrija lo anterior. El que había sigue en su lugar.")
        publish(new, name)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    pages = sum(1 for _ in (ROOT / name).rglob("*.html"))
    say(f"El sitio está en {ROOT / name / 'index.html'} (páginas: {pages}; {elapsed(started)}).")
    if offline:
        say(f"Para llevarlo: {ROOT / COPY}")
    return 0


def serve(rest: list[str]) -> int:
    asked = re.fullmatch(r"(?:--puerto[ =]([1-5]?\d{1,4}))?", " ".join(rest))
    if not asked:
        stop(f"«servir» solo admite --puerto y un número hasta 59999.\n\n{USAGE}", code=2)
    port = int(asked[1] or 8000)
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            stop(f"El puerto {port} está ocupado: elija otro con --puerto.")
    prepare(SITE_LOCKS)
    # --livereload is the default, but some releases of Click lose it on the way.
    command = (PYTHON, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}")
    with suppress(KeyboardInterrupt):  # the ordinary way to end it
        return run(*command)
    return 0


def check(rest: list[str]) -> int:
    prepare(SITE_LOCKS)
    return run(FICHERO, "revisar", *rest)


def test(rest: list[str]) -> int:
    prepare(TEST_LOCKS)
    os.environ["FICHERO_CHROMIUM"] = browser = find_browser(os.environ) or install_browser()
    if not browser:
        missing = "Falta un navegador: instale Chromium, Chrome o Edge, o nómbrelo en FICHERO_CHROMIUM."
        if os.environ.get("CI") == "true":
            stop(missing)
        say(f"{missing} Mientras tanto se omiten las pruebas en el navegador.")
    if rest:
        return run(PYTHON, "-m", "pytest", *rest)
    # Each worker may open a browser: past eight, memory runs out before time is saved.
    workers = ("-n", "auto", "--maxprocesses", "8")
    pytest = ("pytest", *workers, *(() if browser else ("-m", "not navegador")))
    stages = {"Estilo": ("ruff", "check"), "Formato": ("ruff", "format", "--check"), "Tipos": ("mypy",)}
    for name, command in (stages | {"Pruebas": pytest}).items():
        with stage(name):
            run(PYTHON, "-m", *command, failed=f"«{name}» no pasa: corrija lo anterior y repita la orden.")
    return 0


def measure(rest: list[str]) -> int:
    prepare(TEST_LOCKS)
    os.environ["FICHERO_CHROMIUM"] = find_browser(os.environ)
    return run(PYTHON, "tests/medir/__main__.py", *rest)


def prepare(locks: Sequence[str]) -> None:
    """Makes .venv hold what `locks` ask for; does nothing if its stamp says that it already does."""
    here = f"{sys.version_info[:2]} {ROOT}"  # a .venv outlives neither a new Python nor a move
    stamped = STAMP.read_text("utf-8").splitlines() if STAMP.exists() and PYTHON.exists() else []
    if {here, fingerprint(locks)}.issubset(stamped):
        return
    STAMP.unlink(missing_ok=True)  # from here to the last line, an interruption leaves no stamp
    if here not in stamped:
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            stop("A este Python le falta venv: en Debian o Ubuntu, instálelo con «apt install python3-venv».")
        with stage("Creando el entorno de Python en .venv"):
            quietly(sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "2")
    with stage("Instalando los paquetes (la primera vez puede tardar un par de minutos)"):
        files = [word for lock in locks for word in ("-r", lock)]
        quietly(*pip, "--require-hashes", "--only-binary", ":all:", *files)
        quietly(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    # Longer lists of locks begin with the shorter ones, which are thus installed too.
    installed = [fingerprint(locks[:count]) for count in range(1, len(locks) + 1)]
    STAMP.write_text("\n".join([here, *installed]), "utf-8")


def fingerprint(locks: Sequence[str]) -> str:
    """Changes whenever one of the files that decide what is installed does."""
    files = [(ROOT / name).read_bytes() for name in (*locks, "pyproject.toml")]
    return hashlib.sha256(b"\0".join(files)).hexdigest()


def likely_cause(output: str) -> str:
    """Why a quiet command failed, from what it said."""
    network = "connection|timed out|name resolution|could not resolve|unreachable|proxy|ssl"
    causes = {  # in this order: without a network, pip also says that it found no version
        network: "No hay conexión con el servidor de paquetes: revise su red (o el proxy) y repita la orden.",
        "no space left": "No queda espacio en el disco: libere algo y repita la orden.",
        "not match the hashes": "Lo descargado no coincide con su huella y no se instaló: repita la orden.",
        "no matching distribution": "Falta un paquete para este Python: use otro, del 3.11 al 3.14.",
        "denied|winerror": "No se puede escribir en esta carpeta: cierre lo que la use y repita la orden.",
    }
    found = (sentence for pattern, sentence in causes.items() if re.search(pattern, output, re.IGNORECASE))
    return next(found, "La orden falló: lo de arriba es lo último que dijo.")


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """What the commands find in their environment."""
    found = addresses(given.get("GITHUB_REPOSITORY", ""), git("remote", "get-url", "origin"))
    found["SOURCE_DATE_EPOCH"] = git("log", "-1", "--format=%ct")
    # Set but empty counts as unset: that is what CI makes of an undefined variable.
    missing = {name: value for name, value in found.items() if value and not given.get(name)}
    fixed = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONUTF8": "1"}
    return {**given, **missing, **fixed}


def addresses(github_repository: str, remote: str) -> dict[str, str]:
    """The public addresses, from `owner/repository` or else from a remote on GitHub; none otherwise."""
    place = f"github.com/{github_repository}" if github_repository else remote
    found = re.search(r"(?i)(?:^|[/@])github\.com(?:[:/]|:\d+/)([\w.-]+)/([\w.-]+?)(?:\.git)?/?$", place)
    if not found:
        return {}
    owner, repository = found.groups()
    host = f"{owner.lower()}.github.io"  # the repository of this name is the site at the host's root
    path = "" if repository.lower() == host else f"{repository}/"
    site, home = f"https://{host}/{path}", f"https://github.com/{owner}/{repository}"
    return {"FICHERO_SITIO": site, "FICHERO_REPOSITORIO": home}


def git(*arguments: str) -> str:
    """What git answers; empty without git, a repository or an answer."""
    with suppress(OSError):
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    return ""


def find_browser(given: Mapping[str, str]) -> str:
    """The browser that FICHERO_CHROMIUM names, or the first installed one; empty if there is none."""
    named = given.get("FICHERO_CHROMIUM")
    if named and not shutil.which(named):
        stop(f"FICHERO_CHROMIUM dice «{named}», que no es un programa: corríjala o quítela.")
    windows = (rf"{folder}\{program}" for folder in WINDOWS_FOLDERS for program in WINDOWS_BROWSERS)
    mac = (f"/Applications/{program}.app/Contents/MacOS/{program}" for program in MAC_BROWSERS)
    candidates = [named] if named else map(os.path.expandvars, (*BROWSERS, *windows, *mac))
    return next(filter(None, map(shutil.which, candidates)), "")


def install_browser() -> str:
    """Installs Chromium on Debian and the like, as root or where sudo asks for no password."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        return ""
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    if sudo and not (shutil.which("sudo") and run(*sudo, "true") == 0):
        return ""
    # If it fails, it says why, and the other tests can go on.
    with suppress(SystemExit), stage("Instalando Chromium con apt-get, para las pruebas en el navegador"):
        apt = (*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get")
        quietly(*apt, "update")
        quietly(*apt, "install", "-y", "--no-install-recommends", "chromium")
    return find_browser({})


def publish(new: Path, name: str) -> None:
    """Puts everything that `new` holds in its place, all or nothing.

    One renaming decides: before it, nothing has changed; after it, any later command ends what this one could not.
    """
    try:
        new.rename(ROOT / f".{name}-listo")
        settle(name)
    except OSError as error:  # on Windows, a program that has the old site open
        stop(f"No se pudo reemplazar {name}/ ({error}): cierre lo que lo use y repita la orden.")


def settle(name: str) -> None:
    """Ends a publication, even an interrupted one; does nothing when there is none."""
    ready, old = ROOT / f".{name}-listo", ROOT / f".{name}-viejo"
    for entry in sorted(ready.iterdir()) if ready.exists() else ():
        place = ROOT / entry.name
        if place.is_dir():
            shutil.rmtree(old, ignore_errors=True)
            place.rename(old)
        try:
            entry.replace(place)
        except OSError:
            if old.exists() and not place.exists():
                old.rename(place)
            raise
    shutil.rmtree(old, ignore_errors=True)
    with suppress(FileNotFoundError):
        ready.rmdir()


def run(*command: str | Path, failed: str = "") -> int:
    """Runs a command that speaks for itself; with `failed`, says it and stops unless the command succeeds."""
    code = subprocess.run(command, cwd=ROOT).returncode
    if code and failed:
        stop(failed, code)
    return code


def quietly(*command: str | Path) -> None:
    """Runs a command in silence; if it fails, shows its last words and stops with the likely cause."""
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        output = (done.stdout + done.stderr).decode(errors="replace")
        say(*output.splitlines()[-15:], sep="\n")
        stop(likely_cause(output))


def stop(message: str, code: int = 1) -> NoReturn:
    say(message, file=sys.stderr)
    sys.exit(code)


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Says what begins and, once done, how long it took."""
    say(f"» {name}…")
    started = time.monotonic()
    yield
    say(f"  {elapsed(started)}")


def elapsed(started: float) -> str:
    return f"{time.monotonic() - started:.1f} s".replace(".", ",")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
