"""The steps of a method as a person types them in a form, without Markdown.

In:  the lines of an answer: «Paso 1: Ponga los datos a la vista (10-15 min, esencial)», and below it the text.
Out: TypedSteps, which know how they are written in a card; and the Problems of the lines that are not understood.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from fichero.form_lines import escaped, plain, unlisted
from fichero.forms import Filled, shortened
from fichero.problems import Problem
from fichero.quantities import WORKDAYS_A_WEEK
from fichero.steps import DONE, SPEECH, STUCK

HEADING = re.compile(r"paso (\d{1,3}) ?[:.)–—-] ?(.*)", re.IGNORECASE)
TITLE = re.compile(r"([^{}]+?) ?\(([^()]*)\)\.?")
AMOUNT = re.compile(r"(\d{1,4})(?: ?(?:-|–|a) ?(\d{1,4}))? ?([a-zí]+)\.?", re.ASCII | re.IGNORECASE)
# What is typed: the unit of the card, and how many of it.
UNITS = {
    **dict.fromkeys(("min", "minuto", "minutos"), ("minutos", 1)),
    **dict.fromkeys(("h", "hora", "horas"), ("minutos", 60)),
    **dict.fromkeys(("día", "días", "dia", "dias"), ("dias", 1)),
    **dict.fromkeys(("semana", "semanas"), ("semanas", 1)),
}
LABELS = {SPEECH: r"diga ?:", DONE: r"listo cuando\b", STUCK: r"si se traba ?:"}


@dataclass(frozen=True)
class TypedStep:
    """A step: its amounts in `unidad` (minutos, dias or semanas), its lines, and where it begins in the form."""

    titulo: str
    unidad: str
    desde: int
    hasta: int
    esencial: bool
    line: int
    lines: tuple[str, ...] = ()

    def written(self, number: int) -> str:
        """As it goes in a card. A line with a label («Diga:») begins a paragraph, whatever is above it."""
        amount = _range(self.desde, self.hasta)
        essential = " esencial" if self.esencial else ""
        text = ""
        for line in self.lines:
            typed = line.strip()
            label = next((label for label, form in LABELS.items() if re.match(form, typed, re.IGNORECASE)), None)
            if label:
                text = f"{text.rstrip()}\n\n{label}{re.sub(LABELS[label], '', typed, count=1, flags=re.IGNORECASE)}\n"
            else:
                text += f"{line.rstrip()}\n"
        text = escaped(text.strip("\n"))
        return f"### {self.titulo} {{#paso-{number} {self.unidad}={amount}{essential}}}\n\n{text}\n"


def typed_steps(filled: Filled, id: str = "pasos") -> tuple[list[TypedStep], list[Problem]]:
    """Every step of the answer. One that is not understood is a Problem, and not in the list."""
    problems: list[Problem] = []
    steps: list[TypedStep] = []
    count = 0

    def refuse(mensaje: str, arreglo: str, line: int) -> None:
        problems.append(filled.problem(id, "FRM004", mensaje, arreglo, line))

    answer = filled.answers[id]
    for number, line in enumerate(answer.text.split("\n"), answer.line):
        typed = " ".join(line.split())
        heading = HEADING.fullmatch(plain(unlisted(typed)))
        if heading:
            count += 1
            if int(heading[1]) != count:
                refuse(f"el paso {heading[1]} está donde va el {count}", "numere los pasos en orden, desde 1", number)
            step = _step(heading[2], number)
            if step:
                steps.append(step)
            else:
                example = f"Paso {count}: Qué se hace (10-15 min, esencial)"
                refuse(f"«{shortened(typed)}» no se entiende", f"escríbalo así, sin llaves: «{example}»", number)
        elif count == 0 and typed:
            fix = "escriba antes el título del paso, sin otros signos: «Paso 1: Qué se hace (10-15 min)»"
            refuse(f"«{shortened(typed)}» no es el título del primer paso", fix, number)
            break
        elif steps:
            steps[-1] = replace(steps[-1], lines=(*steps[-1].lines, line))
    if len({step.unidad == "minutos" for step in steps}) > 1:
        refuse("unos pasos van en minutos y otros en días", "cuéntelos todos igual", answer.line)
    return steps, problems


def _step(text: str, line: int) -> TypedStep | None:
    """What is after «Paso 1:»: a title and, between parentheses, its time and whether it is essential."""
    match = TITLE.fullmatch(text)
    told = [part.strip().casefold() for part in match[2].split(",")] if match else [""]
    amount = AMOUNT.fullmatch(told[0])
    if not match or not amount or amount[3] not in UNITS or told[1:] not in ([], ["esencial"]):
        return None
    unit, times = UNITS[amount[3]]
    low, high = int(amount[1]) * times, int(amount[2] or amount[1]) * times
    return TypedStep(match[1], unit, low, high, bool(told[1:]), line) if 0 < high >= low else None


def time_fields(steps: Sequence[TypedStep]) -> dict[str, str]:
    """`formato`, and the sum of the steps as `duracion` or `plazo`."""
    if all(step.unidad == "minutos" for step in steps):
        return {"formato": "sesion", "duracion": f"{_sum(steps, {})} min"}
    if all(step.unidad == "semanas" for step in steps):
        return {"formato": "proceso", "plazo": f"{_sum(steps, {})} semanas"}
    return {"formato": "proceso", "plazo": f"{_sum(steps, {'semanas': WORKDAYS_A_WEEK})} días"}


def _sum(steps: Sequence[TypedStep], times: dict[str, int]) -> str:
    return _range(
        sum(step.desde * times.get(step.unidad, 1) for step in steps),
        sum(step.hasta * times.get(step.unidad, 1) for step in steps),
    )


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}-{high}"
