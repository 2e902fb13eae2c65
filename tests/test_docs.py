"""Every field is explained in the guide of its type, and the guide explains no field that does not exist."""

import re
from pathlib import Path

import pytest

from fichero.kinds import KINDS, Kind
from fichero.model import Answer, Case, Content, Guide, Method, MethodReport, Recipe, RecipeStep, Situation
from fichero.pipeline import check

ROOT = Path(__file__).resolve().parent.parent
FIELD = re.compile(r"(?ms)^### (\S+) \{#campo-(\S+)\}\n(.*?)(?=^#{1,6} |\Z)")


def paragraphs(guide: str) -> dict[str, str]:
    """The fields a guide explains, each with its text."""
    found = {}
    for title, anchor, text in FIELD.findall(guide):
        assert title == anchor, "the anchor of a field is its name"
        assert title not in found, f"«{title}» is explained twice"
        found[title] = text.strip()
    return found


def unexplained(model: type[Content], guide: str) -> list[str]:
    """What the guide lacks, or has too much, in the words of whoever must correct it."""
    told = paragraphs(guide)
    return [
        *(f"falta «### {name} {{#campo-{name}}}»" for name in model.model_fields if name not in told),
        *(f"«{name}» no existe en el modelo" for name in told if name not in model.model_fields),
        *(f"«{name}» no tiene texto" for name, text in told.items() if not text),
    ]


GUIDED = [kind for kind in KINDS if kind.guide]


def text_of(kind: Kind) -> str:
    assert kind.guide
    return (ROOT / kind.guide).read_text(encoding="utf-8")


def test_methods_cases_and_guides_have_a_guide() -> None:
    assert {kind.model for kind in GUIDED} == {Method, Case, Guide}


@pytest.mark.parametrize("kind", GUIDED, ids=lambda kind: kind.name)
def test_every_field_has_its_paragraph_and_every_paragraph_its_field(kind: Kind) -> None:
    assert unexplained(kind.model, text_of(kind)) == []


@pytest.mark.parametrize("kind", GUIDED, ids=lambda kind: kind.name)
def test_a_field_more_would_be_missed(kind: Kind) -> None:
    class WithColour(kind.model):  # type: ignore[name-defined,misc]
        color: str = "rojo"

    assert unexplained(WithColour, text_of(kind)) == ["falta «### color {#campo-color}»"]


@pytest.mark.parametrize(
    ("old", "new", "missed"),
    [
        (
            "### fase {#campo-fase}",
            "### etapa {#campo-etapa}",
            ["falta «### fase {#campo-fase}»", "«etapa» no existe en el modelo"],
        ),
        ("Obligatorio. Una sola fase", "", []),
        ("### tambien {#campo-tambien}\n", "### tambien {#campo-tambien}\n\n### ", ["«tambien» no tiene texto"]),
    ],
)
def test_a_paragraph_lost_renamed_or_empty_would_be_seen(old: str, new: str, missed: list[str]) -> None:
    guide = (ROOT / "docs/contribuir/ficha.md").read_text(encoding="utf-8")
    assert old in guide
    assert unexplained(Method, guide.replace(old, new)) == missed


@pytest.mark.parametrize("kind", GUIDED, ids=lambda kind: kind.name)
def test_the_guide_says_which_fields_are_needed(kind: Kind) -> None:
    told = paragraphs(text_of(kind))
    needed = {name for name, field in kind.model.model_fields.items() if field.is_required()}
    assert {name for name, text in told.items() if text.startswith("Obligatorio.")} == needed


@pytest.mark.parametrize("kind", [kind for kind in GUIDED if kind.sections], ids=lambda kind: kind.name)
def test_the_guide_names_the_fixed_sections_in_their_order(kind: Kind) -> None:
    named = re.findall(r"`## ([^`]+)`", text_of(kind))
    assert named == list(kind.sections)


def test_every_field_of_a_situation_and_of_a_recipe_has_its_paragraph() -> None:
    told = paragraphs((ROOT / "docs/contribuir/recetas.md").read_text(encoding="utf-8"))
    fields = {name for model in (Situation, Answer, Recipe, RecipeStep) for name in model.model_fields}
    assert told.keys() == fields
    assert all(told.values())


def test_every_field_of_a_report_of_use_has_its_paragraph() -> None:
    told = paragraphs((ROOT / "docs/contribuir/usos.md").read_text(encoding="utf-8"))
    assert list(told) == list(MethodReport.model_fields)
    assert all(told.values())


def test_the_example_of_a_report_of_use_has_no_mistakes(site: Path) -> None:
    guide = (ROOT / "docs/contribuir/usos.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"(?s)```yaml\n(.*?)```", guide)
    (site / "docs/_datos/usos.yml").write_text(
        example.replace("arbol-de-problemas", "problema-en-una-frase"), encoding="utf-8"
    )
    catalog = check(site).catalog
    assert [report.personas for report in catalog.reports.values()] == [11]
    assert [problem.codigo for problem in check(site).problems] == ["REG002", "FIC003"]
