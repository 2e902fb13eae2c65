"""The reports of use of docs/_datos/usos.yml: which rules they keep, and the real minutes that they give.

In:  a Catalog.   Out: Problems; for each card, the medians of the minutes its users reported, and what failed them.
The minutes of a card are an editorial estimate; these were measured by who used it. Nothing is said of a card with
fewer than LEAST reports: two groups are no measure, and could be recognised.
To add a rule: write it, put it in RULES and give its code a row in codigos.yml.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping

from pydantic import Field

from fichero.dates import FIRST_DAY, is_to_come
from fichero.kinds import METHOD, Document, meta
from fichero.link import Catalog
from fichero.model import Frozen, Method, MethodReport
from fichero.plain_yaml import Path
from fichero.problems import Names, Problem
from fichero.validate import REPORTS

LEAST = 3
MAX_MINUTES = 600


class Median(Frozen):
    """A median, in whole minutes, and the number of reports it comes from."""

    mediana: int = Field(description="El valor de en medio, en minutos enteros.")
    n: int = Field(description="De cuántos informes sale.")


class RealMinutes(Frozen):
    """What the users of a card report. `total`: from the reports with every step; `pasos`: by the step's anchor."""

    total: Median | None = Field(None, description="De todos los pasos juntos.")
    pasos: Mapping[str, Median] = Field(description="De cada paso, por su ancla.")


def median(values: Iterable[int]) -> int:
    """The middle value; of an even count, the mean of the middle two, a half rounded up."""
    ordered = sorted(values)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high + 1) // 2


def complete(report: MethodReport, doc: Document) -> bool:
    """Whether it has minutes for every step that the card has today."""
    return all(step.ancla in report.minutos for step in doc.steps)


def real_minutes(doc: Document, catalog: Catalog) -> RealMinutes | None:
    """The medians of a card that come from LEAST reports or more; None when no median does."""
    reports = catalog.reports_of.get(doc.id, ())
    whole = [sum(report.minutos.values()) for report in reports if complete(report, doc)]
    parts = {
        step.ancla: [report.minutos[step.ancla] for report in reports if step.ancla in report.minutos]
        for step in doc.steps
    }
    total = _median(whole)
    steps = {anchor: found for anchor, values in parts.items() if (found := _median(values))}
    return RealMinutes(total=total, pasos=steps) if total or steps else None


def _median(values: list[int]) -> Median | None:
    return Median(mediana=median(values), n=len(values)) if len(values) >= LEAST else None


def failures(doc: Document, catalog: Catalog) -> list[MethodReport]:
    """The reports of a card that say what failed or what was changed; none while there are fewer than LEAST."""
    reports = catalog.reports_of.get(doc.id, ())
    return [report for report in reports if report.fallo or report.ajuste] if len(reports) >= LEAST else []


def method_known(catalog: Catalog) -> Iterator[Problem]:
    """A report is of a session that is published: a process is not counted in minutes."""
    known = Names(catalog.ids[METHOD.name])
    for index, report in catalog.reports.items():
        at, name = (index, "metodo"), report.metodo
        doc = catalog.method.get(name)
        if name not in known:
            fix = known.suggestion(name, REPORTS)
            yield _problem(catalog, at, "USO001", f"no existe el método «{name}»", fix)
        elif catalog.is_draft(name):
            fix = "publique antes la ficha, o guarde el informe para después"
            yield _problem(catalog, at, "USO002", f"el método «{name}» todavía es un borrador", fix)
        elif doc and meta(doc, Method).formato == "proceso":
            fix = "informe de las sesiones que hizo dentro de él, o proponga una corrección a la ficha"
            yield _problem(catalog, at, "USO003", f"«{name}» es un proceso: no se cuenta en minutos", fix)


def steps_known(catalog: Catalog) -> Iterator[Problem]:
    """The minutes are those of steps of the card, each below ten hours."""
    of_method: dict[str, Names] = {}
    for index, report in catalog.reports.items():
        if report.metodo not in of_method:
            of_method[report.metodo] = Names(_anchors(catalog.method.get(report.metodo)))
        anchors = of_method[report.metodo]
        for step, minutes in report.minutos.items():
            at = (index, "minutos", step)
            if anchors and step not in anchors:
                message = f"«{report.metodo}» no tiene el paso «{step}»"
                yield _problem(catalog, at, "USO004", message, anchors.suggestion(step, REPORTS))
            if minutes > MAX_MINUTES:
                fix = f"revise la cifra: {MAX_MINUTES} es el máximo"
                yield _problem(catalog, at, "USO005", f"un paso de {minutes} minutos no cabe en una sesión", fix)


def _anchors(doc: Document | None) -> set[str]:
    """The steps a report may name; none of a process, nor of a card whose anchors have mistakes, told in the card."""
    if not doc or meta(doc, Method).formato == "proceso":
        return set()
    anchors = {step.ancla for step in doc.steps}
    return anchors if all(anchor.startswith(f"{METHOD.steps}-") for anchor in anchors) else set()


def possible_day(catalog: Catalog) -> Iterator[Problem]:
    """A mistyped year is noticed when it is too old; the rules of RULES have no clock."""
    for index, report in catalog.reports.items():
        if report.fecha < FIRST_DAY:
            fix = "revise el año"
            yield _problem(catalog, (index, "fecha"), "USO006", f"«{report.fecha}» es anterior al año 2000", fix)


def uses_to_come(catalog: Catalog, today: datetime.date) -> Iterator[Problem]:
    """Nobody has used a method yet on a day that has not come; a day of grace for other time zones."""
    for index, report in catalog.reports.items():
        if is_to_come(report.fecha.isoformat(), today):
            message = f"fecha: «{report.fecha}» todavía no llega"
            yield _problem(catalog, (index, "fecha"), "FEC003", message, "revise el año y el mes")


def use_told_once(catalog: Catalog) -> Iterator[Problem]:
    """The same group is not counted twice."""
    first: dict[object, int] = {}
    for index, report in catalog.reports.items():
        if first.setdefault(report.use, index) != index:
            line = catalog.report_marks[first[report.use],][0]
            message = f"es el mismo uso de la línea {line}: se cuenta una sola vez"
            fix = "bórrelo; si fue otro grupo, dígalo en «lugar»"
            yield _problem(catalog, (index,), "USO007", message, fix)


def _problem(catalog: Catalog, at: Path, codigo: str, mensaje: str, arreglo: str) -> Problem:
    return Problem(REPORTS, *catalog.report_marks[at], codigo, mensaje, arreglo)


RULES: tuple[Callable[[Catalog], Iterator[Problem]], ...] = (
    method_known,
    steps_known,
    possible_day,
    use_told_once,
)


def check_reports(catalog: Catalog) -> Iterator[Problem]:
    """Everything that can be said of the reports of use."""
    for rule in RULES:
        yield from rule(catalog)
