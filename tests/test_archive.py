"""The ZIP of the copy without network: the same bytes each time, and nothing that would not arrive whole."""

import hashlib
import os
import random
import zipfile
from pathlib import Path

import pytest

from fichero.archive import Unportable, pack, unfit
from fichero.cli import main

NOVEMBER_2026 = 1_795_910_401  # 2026-11-29 00:00:01 UTC


def write(folder: Path, names: list[str]) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"texto de {name}", encoding="utf-8")
    return folder


NAMES = ["index.html", "LEAME.txt", "metodos/piloto/index.html", "api/v1/metodos.json"]


def test_everything_is_in_one_folder_sorted_with_the_date_and_the_permissions_it_is_given(tmp_path: Path) -> None:
    pack(write(tmp_path / "sitio", NAMES), tmp_path / "copia.zip", NOVEMBER_2026)
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [
            "fichero/LEAME.txt",
            "fichero/api/v1/metodos.json",
            "fichero/index.html",
            "fichero/metodos/piloto/index.html",
        ]
        assert archive.read("fichero/index.html") == b"texto de index.html"
        for entry in archive.infolist():
            assert entry.date_time == (2026, 11, 29, 0, 0, 0)  # a ZIP counts by twos
            assert (entry.create_system, entry.external_attr >> 16) == (3, 0o100644)
            assert entry.compress_type == zipfile.ZIP_DEFLATED
            assert entry.extra == b""


def test_the_sum_beside_it_is_the_one_of_the_zip(tmp_path: Path) -> None:
    size = pack(write(tmp_path / "sitio", NAMES), tmp_path / "copia.zip", NOVEMBER_2026)
    content = (tmp_path / "copia.zip").read_bytes()
    assert size == len(content)
    assert (tmp_path / "copia.zip.sha256").read_text() == f"{hashlib.sha256(content).hexdigest()}  copia.zip\n"


def test_neither_the_folder_nor_dates_nor_permissions_nor_the_order_of_writing_change_a_byte(tmp_path: Path) -> None:
    names = [f"{letter}/{number}.html" for letter in "abc" for number in range(20)]
    pack(write(tmp_path / "una", names), tmp_path / "una.zip", NOVEMBER_2026)
    random.Random(7).shuffle(names)
    other = write(tmp_path / "otra carpeta", names)
    for path in other.rglob("*.html"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o600)
    pack(other, tmp_path / "otra.zip", NOVEMBER_2026)
    assert (tmp_path / "una.zip").read_bytes() == (tmp_path / "otra.zip").read_bytes()


@pytest.mark.parametrize("moment", [0, 315_532_799, 315_532_800])
def test_no_date_is_before_those_a_zip_can_hold(tmp_path: Path, moment: int) -> None:
    pack(write(tmp_path / "sitio", ["index.html"]), tmp_path / "copia.zip", moment)
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        assert archive.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["fichero/index.html", "fichero/a/index.html"], []),
        ([f"fichero/{'a' * 112}"], []),  # 120 in all
        ([f"fichero/{'a' * 113}"], [f"fichero/{'a' * 113}: el nombre tiene 121 caracteres y el límite es 120"]),
        (["fichero/árbol.txt"], ["fichero/árbol.txt: el nombre lleva una tilde, una eñe o un signo que no se acepta"]),
        (["fichero/a?.txt"], ["fichero/a?.txt: el nombre lleva una tilde, una eñe o un signo que no se acepta"]),
        (["fichero/a:b"], ["fichero/a:b: el nombre lleva una tilde, una eñe o un signo que no se acepta"]),
        (["fichero/con/index.html"], ["fichero/con/index.html: Windows reserva ese nombre"]),
        (["fichero/Aux.txt"], ["fichero/Aux.txt: Windows reserva ese nombre"]),
        (["fichero/com1.tar.gz"], ["fichero/com1.tar.gz: Windows reserva ese nombre"]),
        (["fichero/contar.txt", "fichero/com10", "fichero/auxilio/index.html"], []),
        (["fichero/a./b"], ["fichero/a./b: el nombre termina en punto o en espacio"]),
        (["fichero/a "], ["fichero/a : el nombre termina en punto o en espacio"]),
        (
            ["fichero/LEAME.txt", "fichero/leame.txt"],
            ["fichero/leame.txt: solo se distingue de fichero/LEAME.txt por las mayúsculas"],
        ),
        (
            ["fichero/API/a.json", "fichero/api/b.json"],
            ["fichero/api/b.json: solo se distingue de fichero/API por las mayúsculas"],
        ),
    ],
)
def test_a_name_that_would_not_arrive_is_told(names: list[str], told: list[str]) -> None:
    assert list(unfit(names)) == told


def test_with_a_name_that_would_not_arrive_there_is_no_zip(tmp_path: Path) -> None:
    folder = write(tmp_path / "sitio", ["index.html", "aux.js", "niño.html"])
    with pytest.raises(Unportable) as found:
        pack(folder, tmp_path / "copia.zip", 0)
    assert len(found.value.args) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["sitio"]


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("target", ["/etc", "/etc/hostname", "index.html"])
def test_nothing_is_taken_through_a_link(tmp_path: Path, target: str) -> None:
    folder = write(tmp_path / "sitio", ["index.html"])
    (folder / "enlace").symlink_to(target)
    with pytest.raises(Unportable, match="fichero/enlace: es un enlace simbólico"):
        pack(folder, tmp_path / "copia.zip", 0)


def test_more_than_15_megabytes_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path / "sitio", ["index.html"])
    (folder / "azar.bin").write_bytes(random.Random(7).randbytes(15_000_001))
    assert main(["empaquetar", str(folder), str(tmp_path / "copia.zip")]) == 1
    assert capsys.readouterr().out.splitlines()[0] == "la copia pesa 15.0 MB y el límite es 15 MB"
    assert [path.name for path in tmp_path.iterdir()] == ["sitio"]


def test_the_command_takes_the_date_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOVEMBER_2026))
    folder = write(tmp_path / "sitio", NAMES)
    assert main(["empaquetar", str(folder), str(tmp_path / "copia.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "copia.zip") as archive:
        assert archive.infolist()[0].date_time[:3] == (2026, 11, 29)
    assert capsys.readouterr().out == "copia.zip: 0.0 MB\n"
