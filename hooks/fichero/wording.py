"""How quantities and dates are said, by every page and file that a person reads.

In:  a Duration, a Workdays, a date, some words.   Out: the text, in Spanish, as a person would say it.
"""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from fichero.fields import MONTHS
from fichero.quantities import WORKDAYS_A_WEEK, Duration, Quantity, Workdays


def hours(duration: Duration) -> str:
    """«45 min», «2–3 h», «5 h – 7 h 30 min»: minutes as a person says them."""
    low, high = duration.desde, duration.hasta
    if high < 60:
        return f"{bounds(duration)} min"
    if low == high:
        return _clock(low)
    if low >= 60 and low % 60 == high % 60 == 0:
        return f"{low // 60}–{high // 60} h"
    return f"{_clock(low)} – {_clock(high)}"


def _clock(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    parts = ([f"{whole} h"] if whole else []) + ([f"{rest} min"] if rest or not whole else [])
    return " ".join(parts).replace(" ", "\N{NO-BREAK SPACE}")


def long_date(day: datetime.date | str) -> str:
    """«22 de noviembre de 2026», «noviembre de 2026»; any other text stays as it is."""
    if isinstance(day, str):
        if match := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", day):
            return f"{MONTHS[int(match[2]) - 1]} de {match[1]}"
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            return day
        day = datetime.date.fromisoformat(day)
    return f"{day.day} de {MONTHS[day.month - 1]} de {day.year}"


def bounds(quantity: Quantity) -> str:
    """«90–120», or «45» when both bounds are the same."""
    return str(quantity.desde) if quantity.desde == quantity.hasta else f"{quantity.desde}–{quantity.hasta}"


def working_time(span: Workdays) -> str:
    """Weeks when they come out whole, else working days."""
    days = (span.desde, span.hasta)
    if all(number % WORKDAYS_A_WEEK == 0 for number in days):
        low, high = (number // WORKDAYS_A_WEEK for number in days)
        unit = "semana" if high == 1 else "semanas"
    else:
        (low, high), unit = days, "días hábiles"
    return f"{low} {unit}" if low == high else f"{low}–{high} {unit}"


def lower_first(text: str) -> str:
    """The text to go on with after other words: «Hay quejas» → «hay quejas», but «SNIP» stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def enumeration(parts: Iterable[Any]) -> str:
    """«uno, dos y tres»"""
    items = [str(part) for part in parts]
    if len(items) < 2:
        return "".join(items)
    joint = "e" if re.match(r"h?[ií](?![aeo])", items[-1].lower()) else "y"
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"
