"""`revisar --arreglar` repairs the content's text files where they are, and touches nothing else."""

import stat
from pathlib import Path

import pytest
from changes import GLOSSARY, PAGE, SESSION, content, symlink, write

from fichero.cli import main
from fichero.repair import repair_folder

MESSY = "\ufeff---\r\ntitulo: Acerca de este sitio\r\n---\r\nUna man\u0303ana \r\n"
CLEAN = "---\ntitulo: Acerca de este sitio\n---\nUna mañana\n"
DONE = (
    "quitada la marca invisible del principio (BOM); finales de línea «LF»; cada tilde unida a su letra; "
    "quitados los espacios al final"
)


def everything(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_clean_site_stays_as_it_is(site: Path) -> None:
    before = everything(site)
    assert list(repair_folder(site)) == []
    assert everything(site) == before


def test_a_messy_file_is_repaired_and_what_was_done_is_told_before_the_review(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (site / PAGE).read_text(encoding="utf-8")
    (site / PAGE).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert main(["--raiz", str(site), "revisar", "--arreglar", str(site / PAGE)]) == 0

    assert (site / PAGE).read_text(encoding="utf-8") == text
    told = f"{PAGE}: quitada la marca invisible del principio (BOM); finales de línea «LF»\nSin problemas.\n"
    assert capsys.readouterr().out == told


def test_every_text_of_the_content_is_repaired_and_keeps_its_permissions(site: Path) -> None:
    (site / PAGE).write_bytes(MESSY.encode())
    (site / PAGE).chmod(0o640)
    write(GLOSSARY, "- id: a \n")(site)

    assert list(repair_folder(site)) == [f"{GLOSSARY}: quitados los espacios al final", f"{PAGE}: {DONE}"]

    assert (site / PAGE).read_text(encoding="utf-8") == CLEAN
    assert stat.S_IMODE((site / PAGE).stat().st_mode) == 0o640
    assert list(repair_folder(site)) == []


@pytest.mark.parametrize(
    "archivo", ["README.md", "docs/.oculto.md", "docs/datos.csv", "methods/notas.txt", "enlaces.tsv"]
)
def test_what_is_not_text_of_the_content_is_left_alone(site: Path, archivo: str) -> None:
    content(archivo, MESSY.encode(), 1, 1)(site)
    assert list(repair_folder(site)) == []
    assert (site / archivo).read_bytes() == MESSY.encode()


def test_a_link_is_never_followed(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "afuera.md"
    outside.write_bytes(MESSY.encode())
    symlink(PAGE, str(outside))(site)
    (site / "cases").rename(tmp_path / "casos")
    (site / "cases").symlink_to(tmp_path / "casos")
    (tmp_path / "casos" / "otro.md").write_bytes(MESSY.encode())

    assert list(repair_folder(site)) == []

    assert outside.read_bytes() == MESSY.encode()
    assert (tmp_path / "casos" / "otro.md").read_bytes() == MESSY.encode()


def test_only_what_is_asked_for_is_repaired(site: Path) -> None:
    for archivo in (PAGE, SESSION):
        (site / archivo).write_bytes(MESSY.encode())
    assert list(repair_folder(site, [site / "docs"])) == [f"{PAGE}: {DONE}"]
    assert (site / SESSION).read_bytes() == MESSY.encode()


def test_when_it_cannot_be_written_the_file_stays_whole_and_it_is_told(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / PAGE).write_bytes(MESSY.encode())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    assert list(repair_folder(site)) == [f"{PAGE}: no se pudo arreglar (No space left on device) → revise sus permisos"]
    assert (site / PAGE).read_bytes() == MESSY.encode()
    assert list((site / "docs").glob(".*")) == [], "nothing is left behind"
