"""Any bytes end in a verdict: soon, in 300 MB, without a traceback; a failure of the program is a finding."""

import json
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from changes import CASE, DRAWING, GLOSSARY, PAGE, REGISTER, SESSION, content, image, replace
from hypothesis import given
from hypothesis import strategies as st
from monstruos import MONSTERS

from fichero import structure
from fichero.kinds import Document
from fichero.pipeline import check
from fichero.problems import MAX_TOLD, Problem, as_text

MEMORY = 300_000_000
# It protects from waiting for ever. How long it takes is measured by `medir revisar`.
PATIENCE = 60

Review = Callable[[Path, int], tuple[int, bytes, bytes]]


@pytest.fixture(scope="module")
def review() -> Iterator[Review]:
    """Run `fichero revisar` in a process that may not take more memory: its exit status and what it says."""
    command = (sys.executable, str(Path(__file__).with_name("revisor.py")))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdin and worker.stdout

        def ask(site: Path, memory: int) -> tuple[int, bytes, bytes]:
            print(site, memory, PATIENCE, sep="\t", file=worker.stdin, flush=True)
            status = int(worker.stdout.readline())
            return status, site.with_name("salida").read_bytes(), site.with_name("errores").read_bytes()

        yield ask
        worker.stdin.close()


def verdict(review: Review, site: Path, memory: int = MEMORY) -> tuple[int, list[dict[str, object]]]:
    """What `fichero revisar` answers. To fail, and to tell that it failed, is not a verdict."""
    status, said, failed = review(site, memory)
    assert status >= 0
    assert failed == b""
    problems = json.loads(said)
    assert "ARC030" not in {problem["codigo"] for problem in problems}, problems
    return status, problems


@pytest.mark.parametrize("name", MONSTERS)
def test_a_monstrous_file_ends_in_a_verdict(review: Review, site: Path, name: str) -> None:
    archivo, data = MONSTERS[name]
    content(archivo, data, 1, 1)(site)

    code, problems = verdict(review, site)

    assert code == (1 if any(problem["severidad"] == "error" for problem in problems) else 0)


def test_with_less_memory_than_the_program_takes_there_is_no_verdict(review: Review, site: Path) -> None:
    archivo, data = MONSTERS["terms"]
    content(archivo, data, 1, 1)(site)

    status, said, failed = review(site, 30_000_000)

    assert status != 0
    assert b"MemoryError" in said + failed
    with pytest.raises(AssertionError):
        verdict(review, site, 30_000_000)


def test_a_process_that_dies_is_noticed(review: Review, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("test_limits.PATIENCE", 0.001)

    assert review(site, MEMORY) == (-signal.SIGALRM, b"", b"")
    with pytest.raises(AssertionError):
        verdict(review, site)


def test_a_mistake_made_a_thousand_times_is_told_fifty_times_and_counted(site: Path) -> None:
    content(PAGE, (site / PAGE).read_bytes() + b"\nUno <b> dos.\n" * 1_000, 1, 1)(site)

    told = [problem for problem in check(site).problems if problem.archivo == PAGE]

    assert [problem.codigo for problem in told] == ["HTM001"] * MAX_TOLD
    assert told[-1].mensaje == "aquí no se escribe HTML; hay 950 más como este"


def test_a_failure_of_the_program_is_told_with_the_name_of_the_file_and_the_rest_is_judged(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(PAGE, "revisado: 2026-11-22", "revisado: ayer")(site)

    def broken(document: Document) -> Iterator[Problem]:
        if document.archivo == SESSION:
            raise KeyError("paso-1")
        yield from ()

    monkeypatch.setitem(structure.RULES, "*", (broken,))
    problems = [problem for problem in check(site).problems if problem.severidad == "error"]

    assert [(p.archivo, p.linea, p.columna, p.codigo) for p in problems if p.archivo in (PAGE, SESSION)] == [
        (PAGE, 4, 1, "FM013"),
        (SESSION, 1, 1, "ARC030"),
    ]
    told = next(problem for problem in problems if problem.codigo == "ARC030")
    assert told.mensaje.startswith("la revisión falló con este archivo (KeyError en test_limits.py, línea ")
    assert "Traceback" not in as_text(problems)


def test_a_failure_that_is_of_no_file_is_raised(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("nada")

    monkeypatch.setattr("fichero.pipeline.check_recipes", broken)
    with pytest.raises(KeyError, match="nada"):
        check(site)


PIECES = [
    *(
        "---\n",
        "titulo: a\n",
        "## Pasos\n",
        "### a {#paso-1 minutos=1}\n",
        "[a](b.md)",
        "[^a]",
        "`",
        "```\n",
        "> ",
        "- ",
    ),
    *(
        "|a|b|\n|-|-|\n",
        "<b>",
        "\u202e",
        "\u0301",
        "\r",
        "\r\n",
        "\x00",
        "\ufeff",
        "é",
        "Ã¡",
        "а",
        "{lang=quc}",
        "*",
        "&#x0;",
    ),
    *("codigo: M001\n", "fuentes: [a, b]\n", "  - ", ": ", "'", '"', "[" * 50, "Diga: # ", "\ufffd", "![", "](", "//["),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40).map("".join), st.booleans())
def test_no_text_makes_the_program_fail(tmp_path: Path, text: str, with_header: bool) -> None:
    data = (("---\ntitulo: a\nresumen: a\nrevisado: 2026-11-22\n---\n" if with_header else "") + text).encode(
        "utf-8", "ignore"
    )
    for archivo in (PAGE, SESSION, CASE, GLOSSARY, DRAWING, REGISTER):
        content(archivo, data, 1, 1)(tmp_path)

    assert "ARC030" not in {problem.codigo for problem in check(tmp_path).problems}


@pytest.mark.parametrize("seed", range(30))
def test_no_damaged_image_makes_the_program_fail(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    for format, ending in (("PNG", "png"), ("JPEG", "jpg"), ("WEBP", "webp")):
        data = bytearray(image(format, exif={315: "a", 34853: {1: "N"}}))
        for _ in range(random_.randint(1, 8)):
            data[random_.randrange(len(data))] = random_.randrange(256)
        content(f"docs/foto.{ending}", bytes(data[: random_.randint(1, len(data))]), 1, 1)(tmp_path)

    assert {problem.codigo for problem in check(tmp_path).problems} <= {
        "ARC025",
        "ARC026",
        "ARC027",
        "ARC028",
        "ARC031",  # the folder has no data
        "REG002",
    }
