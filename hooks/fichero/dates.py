"""Rules about dates: their order, their century, and those that have not come.

In:  a Document, or the entries of the bibliography; a day to call today, or None when there is no clock.
Out: Problems. Which days a calendar has, the model says.
"""

import datetime
import re
from collections.abc import Iterator, Mapping

from fichero.kinds import Document
from fichero.model import Bibliographic, Case, Method
from fichero.plain_yaml import Marks, Path
from fichero.problems import Problem

# What is written here is of our time: an older day is a slip of the hand. Documents and cases may be of any year.
FIRST_DAY = datetime.date(2000, 1, 1)


def dates_in_order(document: Document) -> Iterator[Problem]:
    """The next review comes after the last one; changes go from new to old."""
    about = document.meta
    if about.proxima_revision and about.proxima_revision <= about.revisado:
        fix = "ponga una fecha posterior a «revisado»"
        yield document.source.problem(
            "FEC001", "la próxima revisión no es posterior a la última", fix, ("proxima_revision",)
        )
    days = [change.fecha for change in about.cambios]
    if days != sorted(days, reverse=True):
        yield document.source.problem(
            "FEC002", "los cambios no van del más nuevo al más viejo", "ordénelos", ("cambios",)
        )


def dates_of_this_century(document: Document) -> Iterator[Problem]:
    """What we reviewed, changed or estimated was not before the year 2000."""
    for day, field in _ours(document):
        if day < FIRST_DAY:
            yield document.source.problem("FEC004", *_too_old(day, str(field[-1])), field)


def dates_to_come(document: Document, today: datetime.date) -> Iterator[Problem]:
    """What was reviewed, changed, estimated or done has a date that has come; a day of grace for other time zones."""
    about = document.meta
    for day, field in _ours(document):
        if is_to_come(day.isoformat(), today):
            fix = "revise el año y el mes; lo que está por venir va en «proxima_revision»"
            yield document.source.problem("FEC003", f"{field[-1]}: «{day}» todavía no llega", fix, field)
    if isinstance(about, Case) and is_to_come(re.findall(r"\d{4}", about.periodo)[-1], today):
        fix = f"revise el año; si todavía sigue, escriba «{about.periodo[:4]}-presente»"
        yield document.source.problem("FEC003", f"periodo: «{about.periodo}» todavía no llega", fix, ("periodo",))


def source_dates(
    archivo: str, bibliography: Mapping[str, Bibliographic], marks: Marks, today: datetime.date | None
) -> Iterator[Problem]:
    """A source was read in this century; with a clock, no source is read or dated after today."""
    for id, entry in bibliography.items():
        day = entry.consultado
        if day and day < FIRST_DAY:
            yield Problem(archivo, *marks[id, "consultado"], "FEC004", *_too_old(day, "consultado"))
        for field, typed in (("consultado", day.isoformat() if day else ""), ("fecha", entry.fecha or "")):
            if today and re.fullmatch(r"\d{4}(?:-\d\d){0,2}", typed) and is_to_come(typed, today):
                message = f"{field}: «{typed}» todavía no llega"
                yield Problem(archivo, *marks[id, field], "FEC003", message, "revise el año y el mes")


def is_to_come(typed: str, today: datetime.date) -> bool:
    """Whether "2026", "2026-11" or "2026-11-22" is after today, with a day of grace."""
    return typed > (today + datetime.timedelta(days=1)).isoformat()[: len(typed)]


def _ours(document: Document) -> Iterator[tuple[datetime.date, Path]]:
    """The dates of what was done to the text, each with its field."""
    about = document.meta
    yield about.revisado, ("revisado",)
    yield from ((change.fecha, ("cambios", index, "fecha")) for index, change in enumerate(about.cambios))
    if isinstance(about, Method) and about.costo:
        yield about.costo.fecha, ("costo", "fecha")


def _too_old(day: datetime.date, field: str) -> tuple[str, str]:
    """Message and fix."""
    return f"{field}: «{day}» es anterior al año 2000", "revise el año"
