"""The test queries of tests/busqueda, and the 160 methods that compete in them with the cards of the site."""

import json
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parent / "busqueda"


def queries() -> dict[str, list[dict[str, Any]]]:
    """The rows {q, clase, fichas} of each half: "ajuste", to tune with, and "reserva", held back."""
    halves: dict[str, list[dict[str, Any]]] = yaml.safe_load((FOLDER / "consultas.yml").read_text(encoding="utf-8"))
    return halves


def distractors() -> list[dict[str, Any]]:
    """Rows {id, nombre, tambien, proposito}."""
    rows: list[dict[str, Any]] = yaml.safe_load((FOLDER / "distractores.yml").read_text(encoding="utf-8"))
    return rows


def compete(page: Page) -> None:
    """From the next page it opens, the site's own index has the distractors at its end."""
    rows = distractors()
    names = [["m", f"metodos/{row['id']}/", row["nombre"], *row["tambien"]] for row in rows]
    texts = [[row["proposito"], [], [], []] for row in rows]
    page.add_init_script(
        f"""(() => {{
          const more = {{nombres: {json.dumps(names)}, textos: {json.dumps(texts)}}};
          const fichero = window.fichero = {{}};
          for (const name of Object.keys(more)) {{
            let real;
            Object.defineProperty(fichero, name, {{
              set: value => {{ real = value; }}, get: () => (list, ...rest) => real(list.concat(more[name]), ...rest)
            }});
          }}
        }})()"""
    )


def found_by(page: Page, query: str) -> list[str]:
    """The ids of the three methods that the site's engine answers first."""
    ids: list[str] = page.evaluate(
        """query => fichero.find(query).filter(one => one.kind === "m").slice(0, 3)
             .map(one => one.path.split("/")[1])""",
        query,
    )
    return ids
