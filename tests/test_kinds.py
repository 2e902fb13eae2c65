"""The content types: a file's folder says what it is and where it is published."""

from pathlib import Path

import pytest
from changes import CASE, GUIDE, PROCESS, SESSION, replace

from fichero.kinds import CASE as CASE_KIND
from fichero.kinds import GUIDE as GUIDE_KIND
from fichero.kinds import KINDS, METHOD, PAGE, Document, Kind, address, kind_of, total
from fichero.pipeline import check
from fichero.quantities import Duration, Workdays


def document(site: Path, archivo: str) -> Document:
    return check(site).catalog.by_file[archivo]


@pytest.mark.parametrize(
    ("archivo", "kind", "page"),
    [
        ("methods/foda.md", METHOD, "metodos/foda.md"),
        ("cases/cuentas-claras.md", CASE_KIND, "casos/cuentas-claras.md"),
        ("docs/guias/una.md", GUIDE_KIND, "guias/una.md"),
        ("docs/acerca.md", PAGE, "acerca.md"),
        ("docs/contribuir/ficha.md", PAGE, "contribuir/ficha.md"),
        ("docs/guias.md", PAGE, "guias.md"),
    ],
)
def test_the_folder_says_the_kind_and_the_page(archivo: str, kind: Kind, page: str) -> None:
    assert kind_of(archivo) is kind
    assert kind.page_of(archivo) == page


@pytest.mark.parametrize(
    ("page", "path"),
    [
        ("index.md", ""),
        ("metodos/index.md", "metodos/"),
        ("metodos/foda.md", "metodos/foda/"),
        ("acerca.md", "acerca/"),
        ("mi-index.md", "mi-index/"),
        ("metodos/reindex.md", "metodos/reindex/"),
        ("index/uno.md", "index/uno/"),
        ("encargados.csv", "encargados.csv"),
    ],
)
def test_a_page_has_one_public_address(page: str, path: str) -> None:
    assert address(page) == path


def test_the_sections_of_a_method_and_of_a_case_have_permanent_names() -> None:
    assert list(METHOD.sections.items()) == [
        ("Para qué sirve", "para-que-sirve"),
        ("Úselo cuando", "uselo-cuando"),
        ("No lo use cuando", "no-lo-use-cuando"),
        ("Cuidados y permisos", "cuidados-y-permisos"),
        ("Antes de empezar", "antes-de-empezar"),
        ("Pasos", "pasos"),
        ("Devolver y llevar al plan", "devolver-y-llevar-al-plan"),
        ("Adaptaciones", "adaptaciones"),
        ("Ejemplo ilustrativo", "ejemplo-ilustrativo"),
        ("Para profundizar", "para-profundizar"),
    ]
    assert list(CASE_KIND.sections) == [
        "El problema",
        "Qué se hizo",
        "Resultados",
        "Lo que no se sabe",
        "Qué puede aprovechar Guatemala",
    ]


def test_names_folders_and_short_addresses_are_permanent() -> None:
    assert [(kind.name, kind.folder, kind.pages, kind.short, kind.steps) for kind in KINDS] == [
        ("metodo", "methods", "metodos", "m", "paso"),
        ("caso", "cases", "casos", "c", None),
        ("guia", "docs/guias", "guias", None, "etapa"),
        ("pagina", "docs", "", None, None),
    ]


def test_the_anchors_of_a_page_are_its_fixed_sections_its_steps_and_those_written(site: Path) -> None:
    assert list(document(site, SESSION).anchors.items())[4:8] == [
        ("antes-de-empezar", "Antes de empezar"),
        ("pasos", "Pasos"),
        ("paso-1", "Ponga los datos a la vista"),
        ("paso-2", "Complete las cuatro columnas"),
    ]
    assert document(site, GUIDE).anchors == {
        "etapa-1": "Diga qué pasa",
        "etapa-2": "Pruebe en un solo lugar",
    }


def test_minutes_add_up_with_minutes_and_weeks_with_days(site: Path) -> None:
    minutes, days = total(document(site, SESSION).steps)
    assert (minutes, days) == (Duration.model_validate("60-80 min"), None)

    minutes, days = total(document(site, PROCESS).steps)
    assert (minutes, days) == (None, Workdays.model_validate("4-6 semanas"))

    assert total(document(site, CASE).steps) == (None, None)


@pytest.mark.parametrize(("state", "published"), [("borrador", False), ("publicado", True), ("retirado", True)])
def test_only_a_draft_is_not_published(site: Path, state: str, published: bool) -> None:
    replace(CASE, "estado: publicado", f"estado: {state}")(site)
    assert document(site, CASE).published is published
