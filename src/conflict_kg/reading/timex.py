"""The standard form of a time: a ``TimeExpression`` in, its value as TIMEX3 of ISO-TimeML (ISO 24617-1) writes it out.

A value keeps how fine the words are, which days alone do not: "in 2014" is ``2014``, "last week" ``2015-W20``, "three
days" ``P3D``. The forms are those of ISO 8601 with the additions of TimeML 1.2.1: seasons, ``-WE`` for a weekend, ``X``
for what the words leave open. What stands apart in TIMEX3 as modifier ("early", "about", "at least") is no part of it,
and times of the day are left aside as everywhere in the reading.
"""

from dataclasses import replace
from datetime import date

from conflict_kg.model import Period
from conflict_kg.reading import days
from conflict_kg.reading.anchors import Anchor, Kind, TimeExpression
from conflict_kg.reading.times import Tense, stretches

_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
_LENGTHS = {
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "month": "M",
    "year": "Y",
    "quarter": "Q",
    "decade": "Y",
    "century": "Y",
}
_HALVES = {(0, 1, 2): "-H1", (1, 2, 2): "-H2"}
_CLOCK = {"hour": "H", "minute": "M", "second": "S"}


def timex_value(
    expression: TimeExpression, reference: date | None, *, tense: Tense = "past", context: Period | None = None
) -> str:
    """The TIMEX3 value of a time; two with a stroke between, as in ISO 8601, of "from X to Y" and "between X and Y".

    ``reference``, ``tense`` and ``context`` are those of ``resolve``. What neither they nor the words settle is
    written with X, or as PAST_REF and FUTURE_REF where not even a unit is said.

    >>> from conflict_kg.reading.times import find_times
    >>> text = "On Sunday, in May, two weeks ago, from 3 to 9 May, late last summer, for three days and some weeks"
    >>> [timex_value(found, date(2015, 5, 18)) for found in find_times(text)]
    ['2015-05-17', '2015-05', '2015-W19', '2015-05-03/2015-05-09', '2014-SU', 'P3D', 'PXW']
    """
    anchors = [replace(each, portion=None, about=False) for each in (expression.first, expression.last) if each]
    whole = replace(expression, first=anchors[0], last=anchors[1] if len(anchors) > 1 else None)
    if any(anchor.era for anchor in anchors) or (reference is None and _is_today(expression.first)):
        return "/".join(f"{(anchor.era or 'present').upper()}_REF" for anchor in anchors)
    found = stretches(whole, reference, tense=tense, context=context)
    values = [_value(anchor, found[n][0], reference, context) for n, anchor in enumerate(anchors)]
    if expression.first.portion in _HALVES and values[0].isdigit() and len(values[0]) == 4:
        values[0] += _HALVES[expression.first.portion]
    return "/".join(values)


def _is_today(anchor: Anchor) -> bool:
    return anchor.kind is Kind.DAY and anchor.offsets == (0, 0)


def _value(anchor: Anchor, day: date | None, reference: date | None, context: Period | None) -> str:
    """The value of one time that begins on a day."""
    if anchor.kind in {Kind.DURATION, Kind.SPAN}:
        return _length(anchor)
    if anchor.low is not None or anchor.high is not None:
        return _stepped(anchor, reference, context)
    if anchor.kind is Kind.CONTEXT and anchor.unit is None and anchor.month is None and anchor.weekday is None:
        return _as_fine_as(context)
    return _named(_unit(anchor), day) if day else _open(anchor)


def _unit(anchor: Anchor) -> str:
    """How fine a time is."""
    if anchor.unit:
        return anchor.unit
    if anchor.kind is Kind.YEAR:
        return "year"
    return "month" if anchor.month and anchor.day is None and anchor.weekday is None else "day"


def _named(unit: str, day: date) -> str:
    """The stretch of that size that begins on a day, or holds it."""
    match unit:
        case "week" | "weekend":
            iso = day.isocalendar()
            return f"{iso.year:04}-W{iso.week:02}" + ("-WE" if unit == "weekend" else "")
        case "month":
            return day.isoformat()[:7]
        case "season":
            begun = days.shift_months(day, -(day.month % 3))
            return f"{begun.year:04}-{_SEASONS[begun.month]}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "year" | "decade" | "century":
            return day.isoformat()[: {"year": 4, "decade": 3, "century": 2}[unit]]
    return day.isoformat()


def _open(anchor: Anchor) -> str:
    """What is known of a time that nothing places in a year."""
    if anchor.weekday is not None:
        return f"XXXX-WXX-{anchor.weekday + 1}"
    if anchor.month is None or anchor.in_context:
        return {
            "week": "XXXX-WXX",
            "weekend": "XXXX-WXX-WE",
            "month": "XXXX-XX",
            "year": "XXXX",
            "decade": "XXX",
            "century": "XX",
        }.get(_unit(anchor), "XXXX-XX-XX")
    if anchor.unit == "season":
        return f"XXXX-{_SEASONS[anchor.month]}"
    if anchor.unit == "quarter":
        return f"XXXX-Q{(anchor.month + 2) // 3}"
    return f"XXXX-{anchor.month:02}" + (f"-{anchor.day:02}" if anchor.day else "")


def _amount(anchor: Anchor) -> int | None:
    """How many units, None where the words leave it open; a bound ("over a year") counts as what it bounds."""
    if anchor.low and anchor.high and anchor.low != anchor.high:
        return None
    return anchor.low or anchor.high


def _length(anchor: Anchor) -> str:
    """A length: P3D, PXW, PT24H."""
    unit = anchor.unit or "day"
    amount: float | None = _amount(anchor) if anchor.low is not None or anchor.high is not None else 1
    if anchor.half and anchor.low:
        amount = anchor.low + 0.5
    if unit in _CLOCK:
        return f"PT{amount or 'X'}{_CLOCK[unit]}"
    count = amount * {"decade": 10, "century": 100}.get(unit, 1) if amount else None
    return f"P{f'{count:g}' if count else 'X'}{_LENGTHS[unit]}"


def _stepped(anchor: Anchor, reference: date | None, context: Period | None) -> str:
    """So many units away from the reference or, of "two weeks later", from the time spoken of."""
    unit, amount = anchor.unit or "day", _amount(anchor)
    start = (context.begin_earliest if context else None) if anchor.in_context else reference
    direction = 1 if anchor.which == 1 else -1
    if amount is None:
        return "FUTURE_REF" if direction == 1 else "PAST_REF"
    if start is None or unit in _CLOCK:
        return _open(anchor)
    return _named("day" if unit == "night" else unit, days.step(start, amount, unit, direction))


def _as_fine_as(period: Period | None) -> str:
    """A period as a day, a month or a year, whichever it is; what is none of them is some time in the past."""
    first, last = (period.begin_earliest, period.begin_latest) if period else (None, None)
    if first is None or last is None:
        return "PAST_REF"
    if first == last:
        return first.isoformat()
    if (first, last) == days.month_stretch(first.year, first.month):
        return _named("month", first)
    return _named("year", first) if first.year == last.year else "PAST_REF"
