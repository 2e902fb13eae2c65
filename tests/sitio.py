"""One real build of the repository for all the tests that need it, and a loopback server for it.

Parallel workers share the build: the first one that arrives makes it, the others wait for it.
"""

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from pytest import TempPathFactory

from fichero.archive import pack
from fichero.fulltext import index_pages
from fichero.manifest import seal

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "https://example.org/fichero/"
PREFIX = "/fichero"
DATE = "1795910400"  # 2026-11-29: the date of the content of every build


def build(target: Path, *, root: Path = ROOT, **environment: str) -> str:
    """Build the site of `root` into `target` as tareas.py does: strictly, indexed and sealed; what MkDocs said.

    The copy without network is not indexed; its ZIP is `target`.zip. Raises with MkDocs' output when it fails.
    """
    # MkDocs colours and advertises on its own; the tests want neither.
    variables = {
        **{name: value for name, value in os.environ.items() if not name.startswith("FICHERO_SI")},
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": DATE,
        **environment,
    }
    command = (sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(target))
    done = subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    if "FICHERO_SIN_RED" not in environment:
        index_pages(target)
    seal(target)
    if "FICHERO_SIN_RED" in environment:
        pack(target, target.with_name(f"{target.name}.zip"), int(DATE))
    return done.stdout + done.stderr


def shared_folder(factory: TempPathFactory) -> Path:
    """The folder of this run's tests, whichever the worker."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def shared_build(folder: Path, name: str, **environment: str) -> Path:
    """The build called `name` under `folder`, made by whoever comes first."""
    target, mark = folder / name, folder / f"{name}.listo"
    try:
        (folder / f"{name}.turno").mkdir(parents=True)
    except FileExistsError:
        deadline = time.monotonic() + 120
        while not mark.exists():
            assert time.monotonic() < deadline, f"nobody finished the build «{name}»"
            time.sleep(0.1)
        assert not mark.read_text(encoding="utf-8"), mark.read_text(encoding="utf-8")
        return target
    try:
        build(target, **environment)
    except AssertionError as error:
        mark.write_text(str(error), encoding="utf-8")
        raise
    mark.touch()
    return target


class _Handler(SimpleHTTPRequestHandler):
    """Serves the site under a sub-path, as GitHub Pages does, with its 404 page."""

    def translate_path(self, path: str) -> str:
        if path != PREFIX and not path.startswith(f"{PREFIX}/"):
            return str(Path(self.directory, "fuera-del-sitio"))
        return super().translate_path(path.removeprefix(PREFIX))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class _Compressing(_Handler):
    """Sends texts gzipped, so that a slow link is measured with the bytes that would travel."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path.split("?")[0]))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes(), 9, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def served(site: Path, *, compress: bool = False) -> Iterator[str]:
    """The address of the site on this machine, e.g. "http://127.0.0.1:40000/fichero/"; gzipped as Pages does it."""
    handler = _Compressing if compress else _Handler
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{PREFIX}/"
    finally:
        server.shutdown()


def pages(site: Path) -> list[str]:
    """Public paths of the pages of a build, redirects left out: "", "metodos/", "metodos/piloto/", …"""
    found = []
    for path in sorted(site.rglob("index.html")):
        if b'http-equiv="refresh"' not in path.read_bytes()[:600]:
            folder = path.parent.relative_to(site).as_posix()
            found.append("" if folder == "." else f"{folder}/")
    return found
