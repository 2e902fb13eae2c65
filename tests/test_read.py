"""A folder is read once: every file ends as a source, data, an asset or a reason."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from changes import CASE, GLOSSARY, GUIDE, PAGE, PROCESS, SESSION, SOURCES, content, symlink, write
from hypothesis import example, given
from hypothesis import strategies as st

from fichero.problems import Problem
from fichero.read import Folder, read_folder

HEADER = "---\ntitulo: Otra\n---\n"


def read(site: Path) -> tuple[Folder, list[tuple[str, int, int, str]]]:
    folder, problems = read_folder(site)
    return folder, [(p.archivo, p.linea, p.columna, p.codigo) for p in problems]


def test_the_site_is_read_whole(site: Path) -> None:
    folder, problems = read(site)

    assert problems == []
    assert [source.archivo for source in folder.sources] == [CASE, PAGE, GUIDE, PROCESS, SESSION]
    assert sorted(folder.data) == ["fuentes", "glosario", "recetas", "usos", "vocabularios"]
    assert sorted(folder.drawings) == ["piloto-de-cuatro-semanas", "problema-en-una-frase"]
    assert folder.drawings["problema-en-una-frase"].startswith("<svg ")
    assert folder.assets == {"docs/encargados.csv"}
    assert (folder.canvases, folder.unread, folder.register) == (frozenset(), frozenset(), "")


def test_canvases_and_the_register_are_read(site: Path) -> None:
    write("methods/lienzos/tarjetas.yml", "titulo: Tarjetas\n")(site)
    write("enlaces.tsv", "acerca/\t\tAcerca\t2026-11-22\n")(site)
    folder, _ = read(site)
    assert folder.canvases == {"tarjetas"}
    assert folder.register == "acerca/\t\tAcerca\t2026-11-22\n"


@pytest.mark.parametrize("archivo", ["docs/hoja.csv", "docs/informe.pdf"])
def test_a_file_that_cannot_be_opened_is_told_as_such(
    site: Path, monkeypatch: pytest.MonkeyPatch, archivo: str
) -> None:
    write(archivo, "a,b\n")(site)
    opened = Path.open

    def shut(path: Path, *words: Any, **options: Any) -> Any:
        if path == site / archivo:
            raise PermissionError
        return opened(path, *words, **options)

    monkeypatch.setattr(Path, "open", shut)
    folder, told = read(site)
    assert told == [(archivo, 1, 1, "ARC029")]
    assert archivo not in folder.texts


def test_data_keeps_every_value_as_typed_and_its_place(site: Path) -> None:
    folder, _ = read(site)
    fuentes = folder.data["fuentes"]
    assert isinstance(fuentes.value, dict)
    assert fuentes.value["camacho-2001"]["fecha"] == "2001"  # type: ignore[call-overload,index]
    assert (fuentes.archivo, fuentes.marks["camacho-2001",]) == (SOURCES, (2, 1))


@pytest.mark.parametrize(
    ("data", "line", "column", "code"),
    [
        (b"---\ntitulo: Se\xf1as\n", 2, 11, "ARC001"),
        (b"\xff\xfe-\x00", 1, 1, "ARC001"),
        (b"uno\ndos\nt\xc3\xadtulo \xe1", 3, 8, "ARC001"),
        (b"", 1, 1, "ARC017"),
        (b"x" * 1_000_001, 1, 1, "ARC002"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_left_out(
    site: Path, data: bytes, line: int, column: int, code: str
) -> None:
    content(PAGE, data, line, column)(site)
    folder, problems = read(site)
    assert problems == [(PAGE, line, column, code)]
    assert folder.unread == {PAGE}
    assert PAGE not in [source.archivo for source in folder.sources]


@pytest.mark.parametrize(
    ("end", "told"), [("\n", []), ("\r\n", [(PAGE, 1, 4, "ARC008")]), ("\r", [(PAGE, 1, 4, "ARC009")])]
)
def test_lines_end_as_any_editor_ends_them_and_those_of_windows_are_told(
    site: Path, end: str, told: list[tuple[str, int, int, str]]
) -> None:
    text = "---\ntitulo: Otra\nrevisado: hoy\n---\nUno.\n\n## Dos {#dos}\n".replace("\n", end)
    (site / PAGE).write_bytes(text.encode())
    folder, problems = read(site)
    source = next(source for source in folder.sources if source.archivo == PAGE)
    assert problems == told
    assert (source.front, source.place("revisado")) == ({"titulo": "Otra", "revisado": "hoy"}, (3, 1))
    assert [(part.title, part.line) for part in source.sections] == [("Dos", 7)]


def test_a_file_with_an_invisible_mark_is_read_without_it(site: Path) -> None:
    content(PAGE, b"\xef\xbb\xbf---\ntitulo: Otra\n---\n", 1, 1)(site)
    folder, problems = read(site)
    assert problems == [(PAGE, 1, 1, "ARC003")]
    assert next(source for source in folder.sources if source.archivo == PAGE).front == {"titulo": "Otra"}


def test_an_accent_typed_apart_joins_its_letter(site: Path) -> None:
    text = unicodedata.normalize("NFD", f"{HEADER}## Úselo cuando hay señal\n")
    (site / PAGE).write_text(text, encoding="utf-8")
    folder, _ = read(site)
    source = next(source for source in folder.sources if source.archivo == PAGE)
    assert source.sections[0].title == "Úselo cuando hay señal"


@pytest.mark.parametrize(
    "archivo",
    [PAGE, SESSION, "docs/nueva.md", "docs/foto.png", "methods/dibujos/x.svg", GLOSSARY, "docs/_datos/otros.yml"],
)
@pytest.mark.parametrize("target", ["/etc/hostname", "no-existe"])
def test_a_symbolic_link_is_never_followed(site: Path, archivo: str, target: str) -> None:
    symlink(archivo, target)(site)
    folder, problems = read(site)
    assert problems == [(archivo, 1, 1, "ARC004")]
    assert archivo not in folder.assets
    assert archivo not in [source.archivo for source in folder.sources]
    assert "x" not in folder.drawings


@pytest.mark.parametrize("name", ["docs", "cases", "docs/_datos", "methods/dibujos", "docs/guias"])
def test_a_linked_folder_is_never_followed(site: Path, name: str, tmp_path: Path) -> None:
    (site / name).rename(tmp_path / "otra")
    (site / name).symlink_to(tmp_path / "otra")
    folder, problems = read(site)
    assert problems == [(name, 1, 1, "ARC004")]
    assert not any(source.archivo.startswith(f"{name}/") for source in folder.sources)
    assert not any(file.archivo.startswith(f"{name}/") for file in folder.data.values())


def test_a_photo_as_a_phone_names_it_gives_its_right_name_and_is_looked_at(site: Path) -> None:
    for name in ("Foto Taller.JPG", "WhatsApp Imágen 1.jpeg"):
        (site / "docs" / name).write_bytes(b"no es una imagen")
    _, problems = read_folder(site)
    told = {p.archivo: p.arreglo for p in problems if p.codigo in ("ARC005", "ARC024")}
    assert told == {
        "docs/Foto Taller.JPG": "escriba el final del nombre en minúsculas: «.jpg»",
        "docs/WhatsApp Imágen 1.jpeg": ("cámbielo a minúsculas sin tilde, cifras y guiones: «whatsapp-imagen-1.jpeg»"),
    }
    assert [p.archivo for p in problems if p.codigo == "ARC026"] == sorted(told)


@pytest.mark.parametrize(
    ("archivo", "told"),
    [
        ("docs/.oculto.md", [("docs/.oculto.md", 1, 1, "ARC022")]),
        ("docs/.git/x.md", [("docs/.git", 1, 1, "ARC022")]),
        ("methods/.obsidian/x.md", [("methods/.obsidian", 1, 1, "ARC022")]),
        ("docs/_datos/.fuentes.yml", [("docs/_datos/.fuentes.yml", 1, 1, "ARC022")]),
        ("docs/_datos/lea.txt", [("docs/_datos/lea.txt", 1, 1, "ARC024")]),
        ("cases/.gitkeep", []),
    ],
)
def test_hidden_files_and_notes_beside_the_data_are_told_and_not_read(
    site: Path, archivo: str, told: list[tuple[str, int, int, str]]
) -> None:
    write(archivo, "esto no se lee: [")(site)
    folder, problems = read(site)
    assert problems == told
    assert archivo not in folder.assets
    assert sorted(folder.data) == ["fuentes", "glosario", "recetas", "usos", "vocabularios"]


def test_a_copy_of_the_data_does_not_take_its_place(site: Path) -> None:
    write("docs/_datos/fuentes.bak", "vieja: {}\n")(site)
    folder, _ = read(site)
    assert "camacho-2001" in folder.data["fuentes"].value


def test_data_that_cannot_be_read_is_told_and_left_out(site: Path) -> None:
    write(GLOSSARY, "- id: piloto\n  ver: [a\n- id: otro\n")(site)
    folder, problems = read(site)
    assert problems == [(GLOSSARY, 2, 8, "FM004")]
    assert folder.unread == {GLOSSARY}
    assert "glosario" not in folder.data


def test_a_folder_named_like_a_file_is_not_a_file(site: Path) -> None:
    (site / "docs" / "carpeta.md").mkdir()
    folder, problems = read(site)
    assert problems == []
    assert "docs/carpeta.md" not in folder.assets


def test_an_empty_repository_is_read(tmp_path: Path) -> None:
    folder, problems = read_folder(tmp_path)
    assert problems == []
    assert (folder.sources, folder.data, folder.assets) == ((), {}, frozenset())


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: (HEADER + text).encode("utf-8", "ignore")))
@example(b"\xef\xbb\xbf")
@example(b"---\n---\n\x00")
@example(b"---\r\n---\r\n\xed\xa0\x80")
def test_any_bytes_end_as_a_source_or_as_a_reason(tmp_path: Path, data: bytes) -> None:
    for archivo in ("docs/a.md", "docs/_datos/a.yml", "methods/dibujos/a.svg", "enlaces.tsv"):
        path = tmp_path / archivo
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    folder, problems = read_folder(tmp_path)

    told: dict[str, Problem] = {problem.archivo: problem for problem in problems}
    read = {source.archivo for source in folder.sources} | {file.archivo for file in folder.data.values()}
    for archivo in ("docs/a.md", "docs/_datos/a.yml"):
        assert archivo in read or (archivo in folder.unread and archivo in told)
    lines = len(re.split(rb"\r\n|\r|\n", data))
    assert all(1 <= problem.linea <= lines and problem.columna >= 1 for problem in problems)
