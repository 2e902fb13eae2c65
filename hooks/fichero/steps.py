"""Step 2. The steps of a method and the stages of a guide: the headings that are one, and what each is made of.

In:  a Source.   Out: the Sections that are its steps; each as a Step, with a Problem for every attribute that is wrong.
"""

import re
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from fichero.kinds import kind_of
from fichero.model import Step
from fichero.problems import Problem, suggestion
from fichero.quantities import Duration, Workdays
from fichero.source import Section, Source

SPEECH = "Diga:"
DONE = "Listo cuando"
STUCK = "Si se traba:"
STEP_ATTRIBUTES = {"minutos", "dias", "semanas", "esencial"}


def step_sections(source: Source) -> list[Section]:
    """The headings that are steps: H3 under «Pasos» in a method, H2 with an anchor #etapa-N in a guide."""
    kind = kind_of(source.archivo)
    if kind.steps is None:
        return []
    if kind.sections:
        return [child for section in source.sections if section.title == "Pasos" for child in section.children]
    return [section for section in source.sections if (section.anchor or "").startswith(f"{kind.steps}-")]


def step_of(source: Source, section: Section) -> tuple[Step, list[Problem]]:
    """Type one step: its title, the amounts and marks of its braces, and its paragraphs."""
    problems: list[Problem] = []
    for name in sorted(set(section.attributes) - STEP_ATTRIBUTES):
        fix = suggestion(name, STEP_ATTRIBUTES)
        problems.append(source.problem("PAS002", f"«{name}» no se conoce en el título de un paso", fix, section.line))
    if section.attributes.get("esencial"):
        fix = "escriba «esencial», sin nada más; si no lo es, bórrelo"
        message = f"«esencial={section.attributes['esencial']}» no se entiende"
        problems.append(source.problem("PAS002", message, fix, section.line))
    amounts: dict[str, Any] = {}
    for attribute, field, unit, quantity in (
        ("minutos", "minutos", " min", Duration),
        ("dias", "plazo", " días", Workdays),
        ("semanas", "plazo", " semanas", Workdays),
    ):
        if attribute in section.attributes:
            typed, wrong = (
                section.attributes[attribute] + unit,
                f"«{attribute}={section.attributes[attribute]}»",
            )
            try:
                amounts[field] = quantity.model_validate(typed)
            except ValidationError as error:
                fix = f"escriba «{attribute}=10-15» o «{attribute}=10»"
                why = {"FM008": "va de más a menos", "FM018": "no puede ser"}.get(error.errors()[0]["type"])
                problems.append(source.problem("PAS003", f"{wrong} {why or 'no se entiende'}", fix, section.line))
    parts = step_parts(section.text)
    step = Step(
        ancla=section.anchor or "",
        titulo=section.title,
        esencial="esencial" in section.attributes,
        texto=parts.text,
        diga=tuple(parts.speech),
        listo_cuando=parts.done,
        si_se_traba=tuple(parts.stuck),
        **amounts,
    )
    return step, problems


@dataclass(frozen=True)
class StepParts:
    """The paragraphs of a step by what they are for; labels are taken off."""

    text: str
    speech: list[str]
    done: str | None
    stuck: list[str]


def step_parts(text: str) -> StepParts:
    """Tell the labelled paragraphs («Diga:», «Listo cuando», «Si se traba:») from the instructions."""
    rest: list[str] = []
    speech: list[str] = []
    stuck: list[str] = []
    done: str | None = None
    for paragraph in re.split(r"\n[ \t]*\n", text.strip()):
        if paragraph.startswith(SPEECH):
            speech.append(paragraph.removeprefix(SPEECH).strip())
        elif paragraph.startswith(DONE):
            done = paragraph.removeprefix(DONE).strip(" …:")
        elif paragraph.startswith(STUCK):
            stuck.append(paragraph.removeprefix(STUCK).strip())
        elif paragraph:
            rest.append(paragraph)
    return StepParts("\n\n".join(rest), speech, done, stuck)
