"""Rule D2: dates as documents give them, and the days they mean.

The written form is a subset of EDTF Level 1: YYYY, YYYY-MM, YYYY-MM-DD, a day followed by ~ (within three days),
and an interval of two of these, either end of which may be `..` (open). Relative words are read by `rules/dates.csv`.
"""

import calendar
import functools
import re
from collections.abc import Callable
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

TOLERANCE = timedelta(days=3)
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(~)?)?)?")
TERM = re.compile(r"(?P<base>[a-z_]+|\d{4}-\d{2}-\d{2})(?:(?P<number>[+-]\d{1,4})(?P<unit>[dmy]))?")
ALLOWED = "2022, 2022-11, 2022-11-02, 2022-11-02~, or two of them or .. around a slash: 2022-08/2022-10, ../2022-11-02"
Bounds = tuple[date | None, date | None]


@functools.cache
def parse(text: str) -> Bounds:
    """First and last day that the EDTF text allows, None where open; ValueError on anything outside the subset."""
    start, slash, end = text.partition("/")
    if not slash:
        return _one(text)
    if start == end == "..":
        raise ValueError(f"{text!r} is an interval without a start and an end")
    first = None if start == ".." else _one(start)[0]
    last = None if end == ".." else _one(end)[1]
    if first and last and first > last:
        raise ValueError(f"{text!r} ends before it begins")
    return first, last


def _one(text: str) -> tuple[date, date]:
    match = DATE.fullmatch(text)
    if not match or not text.isascii():
        raise ValueError(f"{text!r} is not one of: {ALLOWED}")
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    if not year:
        raise ValueError(f"{text!r} is not one of: {ALLOWED}")
    first = date(year, month or 1, day or 1)
    last = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    if not match[4]:
        return first, last
    try:
        return first - TOLERANCE, last + TOLERANCE
    except OverflowError as error:
        raise ValueError(f"{text!r} is out of range") from error


def is_uncertain(text: str) -> bool:
    """Whether a day in the text is marked as known only to within three days."""
    return "~" in text


def write(start: date | None, end: date | None, marks: tuple[str, str] = ("", "")) -> str:
    """The shortest EDTF text of the days from start to end: a year, a month or a day where they are just that.

    `marks` are put behind the two days: ~ where one is known only to within three days.
    """
    if start and end and not any(marks):
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            first, last = f"{start.year:04d}", f"{end.year:04d}"
            return first if first == last else f"{first}/{last}"
        if start.day == 1 and end == _month_end(start):
            return start.isoformat()[:7]
    ends = [
        f"{day.isoformat()}{mark}" if day else ".." for day, mark in zip((start, end), marks, strict=True)
    ]
    return ends[0] if ends[0] == ends[1] else "/".join(ends)


def resolve(rule: dict[str, str | None], reference: str) -> str:
    """EDTF text of a row of `rules/dates.csv`, counted from the reference (EDTF, as spoken, published or stated).

    A reference of several days gives the widest answer. Where its start is open, a start counted from it is open too;
    so with its end. An uncertain day is taken as written, and its ~ carries over to whatever is counted from it.
    """
    first, last = parse(reference.replace("~", ""))
    start, end = rule["starts"], rule["ends"]
    if not start or not end:
        raise ValueError(f"{rule['date_rule']} has no start or no end")
    days = _from_open(start, first), _from_open(end, last)
    if days == (None, None):
        raise ValueError(f"{reference!r} has no day to count {rule['date_rule']} from")
    uncertain = is_uncertain(reference)
    start_mark = "~" if uncertain and days[0] and not start[0].isdigit() else ""
    end_mark = "~" if uncertain and days[1] and not end[0].isdigit() else ""
    return write(*days, (start_mark, end_mark))


def _from_open(text: str, day: date | None) -> date | None:
    """The day a term means; None where it is counted from a day that is open."""
    return term(text, day or date.min) if day or text[0].isdigit() else None


def term(text: str, day: date) -> date | None:
    """The day a term of `rules/dates.csv` means, counted from `day`; None for open. ValueError on other terms."""
    match = TERM.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no valid term for a date")
    base, unit = match["base"], match["unit"]
    try:
        return _shifted(base, _shift(int(match["number"] or 0), unit), unit, day)
    except OverflowError as error:
        raise ValueError(f"{text!r} leads to a day outside the calendar") from error


def _shift(number: int, unit: str | None) -> relativedelta:
    if unit == "d":
        return relativedelta(days=number)
    if unit == "m":
        return relativedelta(months=number)
    return relativedelta(years=number)


def _shifted(base: str, shift: relativedelta, unit: str | None, day: date) -> date | None:
    if base == "open":
        return None
    if base[0].isdigit():
        return date.fromisoformat(base) + shift
    if base in WEEKDAYS:
        return day - timedelta(days=(day.weekday() - WEEKDAYS.index(base)) % 7) + shift
    if base not in BASES:
        raise ValueError(f"{base!r} is no day to count from")
    if unit == "y" or unit == "m" and base.startswith("month"):
        return BASES[base](day + shift)  # the end of last month is not this month's end, a month ago
    return BASES[base](day) + shift


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
BASES: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week_start": lambda day: day - timedelta(days=day.weekday()),
    "week_end": lambda day: day + timedelta(days=6 - day.weekday()),
    "month_start": lambda day: day.replace(day=1),
    "month_end": _month_end,
    "year_start": lambda day: date(day.year, 1, 1),
    "year_end": lambda day: date(day.year, 12, 31),
}
