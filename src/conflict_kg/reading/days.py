"""Arithmetic on days and stretches of days, both ends included; what leaves the calendar stops at its edge."""

from calendar import monthrange
from datetime import date


def shift(day: date, days: int) -> date:
    """The day so many days later, or earlier where ``days`` is negative."""
    number = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(number)


def shift_months(day: date, months: int) -> date:
    """The same day of another month, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    if not 12 <= index < 120_000:
        return date.min if index < 12 else date.max
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def step(day: date, amount: int, unit: str, direction: int) -> date:
    """The day so many units (``day``, ``night``, ``week``, ``weekend``, ``month``, ``year``, ``decade``) away.

    >>> step(date(2015, 5, 31), 3, "month", -1)
    datetime.date(2015, 2, 28)
    """
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months:
        return shift_months(day, direction * min(amount, 200_000) * months)
    return shift(day, direction * min(amount, 10_000_000) * (7 if unit.startswith("week") else 1))


def month_stretch(year: int, month: int, months: int = 1) -> tuple[date, date]:
    """So many whole months from the first of one on.

    >>> month_stretch(2015, 12, 3)
    (datetime.date(2015, 12, 1), datetime.date(2016, 2, 29))
    """
    first = date(year, month, 1)
    after = shift_months(first, months)
    return first, after if after == date.max else shift(after, -1)


def unit_stretch(unit: str, which: int, reference: date, *, ahead: bool) -> tuple[date, date]:
    """The day, week (from Monday, as in ISO 8601), weekend, month, year, decade or century that holds the reference.

    ``which`` steps to those before (-1) and after (1). "The weekend" (0) is the last one that has begun, or with
    ``ahead`` the first that is not over; "last weekend" is one that is over.
    """
    monday = shift(reference, -reference.weekday())
    match unit:
        case "week":
            return shift(monday, 7 * which), shift(monday, 7 * which + 6)
        case "weekend":
            waits = which == 0 and not ahead and reference.weekday() < 5
            step = -1 if waits else which
            return shift(monday, 7 * step + 5), shift(monday, 7 * step + 6)
        case "month":
            first = shift_months(reference.replace(day=1), which)
            return month_stretch(first.year, first.month)
        case "year" | "decade" | "century":
            years = {"year": 1, "decade": 10, "century": 100}[unit]
            year = min(max((reference.year // years + which) * years, 1), 9999)
            return month_stretch(year, 1, 12 * years)
    return shift(reference, which), shift(reference, which)


def portion(first: date, last: date, part: tuple[int, int, int]) -> tuple[date, date]:
    """One of equal stretches of a stretch, rounded outward to whole days: (2, 3, 3) is the last third.

    >>> portion(date(2015, 5, 1), date(2015, 5, 31), (2, 3, 3))
    (datetime.date(2015, 5, 21), datetime.date(2015, 5, 31))
    """
    begin, end, parts = part
    days = (last - first).days + 1
    return shift(first, days * begin // parts), shift(first, -(-days * end // parts) - 1)
