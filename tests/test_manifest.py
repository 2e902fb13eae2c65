"""The manifest: what `sha256sum` reads, and a sentence for whatever is no longer as it was."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from fichero.cli import main
from fichero.manifest import MANIFEST, Unsealable, differences, seal

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
HOLA = "b221d9dbb083a7f33428d7c2a3c3198ae925614d70210e28716ccaa7cd4ddb79"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    for name, text in {"index.html": "hola", "b/z.txt": "", "b-c.txt": "hola", ".oculto": ""}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def test_the_manifest_has_a_line_a_file_sorted_by_path(folder: Path) -> None:
    assert seal(folder) == 4
    assert (folder / MANIFEST).read_bytes().decode() == (
        f"{EMPTY}  .oculto\n{HOLA}  b-c.txt\n{EMPTY}  b/z.txt\n{HOLA}  index.html\n"
    )


def test_sealing_twice_writes_the_same_manifest(folder: Path) -> None:
    seal(folder)
    before = (folder / MANIFEST).read_bytes()
    assert seal(folder) == 4
    assert (folder / MANIFEST).read_bytes() == before


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum")
def test_sha256sum_agrees(folder: Path) -> None:
    seal(folder)
    command = ("sha256sum", "--check", "--strict", "--quiet", MANIFEST)
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0
    (folder / "index.html").write_text("adiós", encoding="utf-8")
    assert subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 1


def test_what_was_sealed_has_no_differences(folder: Path) -> None:
    seal(folder)
    assert differences(folder) == []


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("target", ["index.html", "b", "no-existe", "/etc"])
def test_a_link_is_not_sealed(folder: Path, target: str) -> None:
    (folder / "enlace").symlink_to(target)
    with pytest.raises(Unsealable, match=r"^enlace no es un archivo común"):
        seal(folder)
    assert not (folder / MANIFEST).exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize(
    "name", ["dos\nlíneas", "retorno\r", "barra\\", b"no-es-utf8-\xff".decode("utf-8", "surrogateescape")]
)
def test_a_name_that_would_forge_a_line_is_not_sealed(folder: Path, name: str) -> None:
    (folder / name).touch()
    with pytest.raises(Unsealable, match="un carácter que no se acepta"):
        seal(folder)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "tubo")
    with pytest.raises(Unsealable, match="tubo"):
        seal(folder)


def test_a_name_with_accents_and_spaces_can_be_sealed(folder: Path) -> None:
    (folder / "Árbol de problemas.txt").touch()
    seal(folder)
    assert differences(folder) == []


def link(folder: Path) -> None:
    (folder / "b-c.txt").unlink()
    (folder / "b-c.txt").symlink_to("index.html")  # of the same content, and yet another thing


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda folder: (folder / "b/z.txt").unlink(), ["falta b/z.txt"]),
        (lambda folder: (folder / "b/z.txt").write_text("x"), ["cambió b/z.txt"]),
        (lambda folder: (folder / "b/nuevo.html").touch(), ["sobra b/nuevo.html"]),
        (lambda folder: (folder / ".DS_Store").touch(), ["sobra .DS_Store"]),
        (lambda folder: (folder / "b/z.txt").rename(folder / "b/Z.txt"), ["falta b/z.txt", "sobra b/Z.txt"]),
        (link, ["cambió b-c.txt"]),
        (lambda folder: (folder / MANIFEST).unlink(), [f"no hay un {MANIFEST} que se pueda leer"]),
        (lambda folder: (folder / MANIFEST).write_bytes(b"\xff"), [f"no hay un {MANIFEST} que se pueda leer"]),
        (
            lambda folder: (folder / MANIFEST).write_text(
                (folder / MANIFEST).read_text().replace(f"{EMPTY}  b/z.txt", f"{EMPTY} b/z.txt")
            ),
            [f"{MANIFEST}: la línea 3 no se entiende", "sobra b/z.txt"],
        ),
        (
            lambda folder: (folder / MANIFEST).write_text((folder / MANIFEST).read_text() + f"{HOLA}  ../../x\n"),
            ["falta ../../x"],  # nothing outside the folder is ever read
        ),
    ],
)
def test_each_file_missing_changed_or_too_many_is_told(
    folder: Path, change: Callable[[Path], object], told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    seal(folder)
    change(folder)
    assert differences(folder) == told
    assert main(["verificar", str(folder)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [*told, "La carpeta no es como se selló → descárguela o compílela de nuevo"]


def test_the_two_commands_say_what_they_did(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sellar", str(folder)]) == 0
    assert main(["verificar", str(folder)]) == 0
    assert capsys.readouterr().out == (
        "manifiesto.sha256: 4 archivos\nCada archivo es como se selló, y no sobra ninguno.\n"
    )


def test_what_cannot_be_sealed_is_told_without_a_traceback(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "enlace").symlink_to("index.html")
    assert main(["sellar", str(folder)]) == 1
    assert "enlace no es un archivo común (¿un enlace simbólico?) → quítelo" in capsys.readouterr().out


@pytest.mark.parametrize("words", [("sellar",), ("verificar",), ("empaquetar", "x.zip")])
def test_a_folder_that_does_not_exist_is_a_wrong_use(
    tmp_path: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([words[0], str(tmp_path / "no-existe"), *words[1:]])
    assert "no-existe no es una carpeta" in capsys.readouterr().err
