"""Dates and times in English text: finds the expressions and says from when to when each may mean.

``find_times`` is text in, ``TimeExpression`` values with code-point offsets out; ``resolve`` makes one a ``Period``.
The unit is the day. The rules and their reasons are in docs/times-and-counts.md.
"""

from dataclasses import replace
from datetime import date
from typing import Literal

from conflict_kg.model import Period
from conflict_kg.reading import days
from conflict_kg.reading.anchors import WORDS, Anchor, Kind, Relation, TimeExpression
from conflict_kg.reading.timewords import find_times

__all__ = ["Anchor", "Kind", "Relation", "Tense", "TimeExpression", "find_times", "resolve"]

Tense = Literal["past", "present", "future"]
Stretch = tuple[date | None, date | None]
"""First and last day of a time, both included; None where the words set no bound."""

_UNKNOWN: Stretch = (None, None)
_COUNTED = frozenset({Kind.DATE, Kind.MONTH, Kind.SEASON})
"""What has a name that comes again each year."""
BACK = 1.5
"""How many times nearer than the one ahead the one behind must lie in a narrative, which mostly goes forward."""


def resolve(
    expression: TimeExpression,
    reference: date | None,
    *,
    tense: Tense = "past",
    context: Period | None = None,
) -> Period:
    """When something happened that an expression dates, as the earliest and latest day that its words allow.

    ``reference`` is the day from which "on Sunday" counts (that of publication, or of a dated update), ``context`` the
    time spoken of, from which "the next day" counts. What neither the words nor these two settle stays None. Ends are
    half open: the first day on which it no longer holds.

    >>> (when,) = find_times("late on Sunday")
    >>> resolve(when, date(2015, 5, 18)).begin_latest
    datetime.date(2015, 5, 17)
    """
    text = expression.text
    if _lies_ahead(expression.first):
        tense = "future"
    first, last = stretches(expression, reference, tense=tense, context=context)
    match expression.relation:
        case Relation.UNTIL:
            return Period(end_earliest=first[0], end_latest=first[1], text=text)
        case Relation.BY:
            return Period(begin_latest=first[1], text=text)
        case Relation.BEFORE:
            return Period(begin_latest=days.shift(first[0], -1) if first[0] else None, text=text)
        case Relation.AFTER:
            return Period(begin_earliest=first[0], text=text)
        case Relation.FROM_TO:
            after = [days.shift(day, 1) if day else None for day in last]
            return Period(first[0], first[1], after[0], after[1], text)
    return Period(*_clipped((first[0], last[1]), reference, tense), text=text)


def stretches(
    expression: TimeExpression, reference: date | None, *, tense: Tense = "past", context: Period | None = None
) -> tuple[Stretch, Stretch]:
    """The first and last day of both times of an expression; of one that has one, that one twice.

    The second is settled first, for the first takes its year, and lies before it.
    """
    one, other = expression.first, expression.last
    if not other:
        only = _days(one, reference, tense, context)
        return only, only
    last = _days(other, reference, tense, context)
    if last == _UNKNOWN:
        first = _days(one, reference, tense, context)
        return first, _days(other, first[0], "future", context)
    counted = one.kind in {Kind.WEEKDAY, *_COUNTED}
    return _days(one, last[0] if counted else reference, "past" if counted else tense, context), last


def _lies_ahead(anchor: Anchor) -> bool:
    """Whether the words themselves say that it is to come: "tomorrow", "next week", "later this year"."""
    return anchor.which == 1 or anchor.part == "later" or (anchor.offsets or (0,))[0] > 0


def _days(anchor: Anchor, reference: date | None, tense: Tense, context: Period | None = None) -> Stretch:
    """The first and last day that an anchor may mean."""
    if anchor.in_context:
        return _in_context(anchor, context)
    if anchor.era:
        return (reference, None) if anchor.era == "future" else (None, reference)
    told = _told(context) if reference is None else None
    first, last = _beside(anchor, told) if told else _whole(anchor, reference, tense)
    if first and last and anchor.part and reference and first <= reference <= last:
        return (first, reference) if anchor.part == "earlier" else (reference, last)
    if first and last and anchor.portion:
        return days.portion(first, last, anchor.portion)
    if first and last and anchor.about and anchor.kind is Kind.DATE:
        return days.shift(first, -2), days.shift(last, 2)
    return first, last


def _told(context: Period | None) -> tuple[date, date] | None:
    """The first and last day of the time spoken of; None where it is not known to a year."""
    if context is None or context.begin_earliest is None or context.begin_latest is None:
        return None
    return (context.begin_earliest, context.begin_latest) if _within_a_year(context) else None


def _within_a_year(context: Period) -> bool:
    first, last = context.begin_earliest, context.begin_latest
    return first is not None and last is not None and (last - first).days <= 366


def _in_context(anchor: Anchor, context: Period | None) -> Stretch:
    """A time counted from the time spoken of: "then", "the next day", "two weeks later", "May of that year"."""
    known = (context.begin_earliest, context.begin_latest) if context else _UNKNOWN
    if anchor.kind is not Kind.CONTEXT:
        return (_in_year(anchor, known[0].year) or _UNKNOWN) if known[0] else _UNKNOWN
    if anchor.low is not None or anchor.high is not None:
        kind = Kind.AGO
    elif anchor.weekday is not None:
        kind = Kind.WEEKDAY
    elif anchor.month is not None:
        kind = Kind.SEASON if anchor.unit == "season" else Kind.MONTH
    elif anchor.unit is not None:
        kind = Kind.UNIT
    else:
        return known
    here = replace(anchor, in_context=False, kind=kind)
    if kind in {Kind.MONTH, Kind.SEASON} and not anchor.which and known[0] and known[1]:
        same = _in_year(here, known[1].year)  # "in April 2014 … that July" is of that year
        ahead = same is not None and same[0] > known[1]
        near = same if same is not None and ahead else _beside(replace(here, which=None), (known[0], known[1]))
        return days.portion(near[0], near[1], anchor.portion) if near[0] and near[1] and anchor.portion else near
    first, last = (_days(here, day, "past") if day else _UNKNOWN for day in known)
    return first[0], last[1]


def _beside(anchor: Anchor, told: tuple[date, date]) -> Stretch:
    """A time in a narrative: without a year it is the one nearest to what is told, rather ahead than back."""
    if anchor.year or anchor.which or anchor.year_which or anchor.kind not in _COUNTED:
        return _whole(anchor, told[0] if anchor.kind is Kind.UNIT and not anchor.which else None, "past")
    first, last = told
    near = (
        stretch for n in range(first.year - 1, last.year + 2) if 1 <= n <= 9999 and (stretch := _in_year(anchor, n))
    )

    def away(stretch: tuple[date, date]) -> float:
        return max((stretch[0] - last).days, BACK * (first - stretch[1]).days, 0)

    return min(near, key=away, default=_UNKNOWN)


def _whole(anchor: Anchor, reference: date | None, tense: Tense) -> Stretch:
    """The days of an anchor without regard to its portion."""
    if anchor.kind in {Kind.YEAR, *_COUNTED}:
        if anchor.year is None and anchor.year_which is not None and reference:
            anchor = replace(anchor, year=min(max(reference.year + anchor.year_which, 1), 9999))
        if anchor.year:
            return _in_year(anchor, anchor.year) or _UNKNOWN
        return _nearest(anchor, reference, tense) if reference else _UNKNOWN
    if reference is None:
        return _UNKNOWN
    match anchor.kind:
        case Kind.DAY:
            first, last = anchor.offsets or (0, 0)
            return days.shift(reference, first), days.shift(reference, last)
        case Kind.WEEKDAY:
            day = _weekday(anchor, reference, tense)
            return day, day
        case Kind.UNIT:
            return days.unit_stretch(anchor.unit or "day", anchor.which or 0, reference, ahead=tense == "future")
        case Kind.DURATION:
            return _lasting(anchor, reference, tense)
        case Kind.SPAN if anchor.preposition is None:
            far = _far(anchor, reference, anchor.which or 1)
            return (far, reference) if anchor.which == -1 else (reference, far)
    return _away(anchor, reference, 1 if anchor.which == 1 else -1)


def _in_year(anchor: Anchor, year: int) -> tuple[date, date] | None:
    """A day, month, season or the whole of a year; None for 29 February where the year has none."""
    months = {"season": 3, "quarter": 3, "decade": 120, "century": 1200}.get(anchor.unit or "", 1)
    if anchor.kind is Kind.YEAR or anchor.month is None:
        return days.month_stretch(year, 1, max(12, months))
    if anchor.kind is not Kind.DATE or anchor.day is None:
        return days.month_stretch(year, anchor.month, months)
    try:
        day = date(year, anchor.month, anchor.day)
    except ValueError:
        return None
    return day, day


def _nearest(anchor: Anchor, reference: date, tense: Tense) -> Stretch:
    """Of the days, months or seasons of that name the last that has begun, or the next that is not over.

    "Last May" is one that was over when this month began, "next May" one that begins after this month.
    """
    ahead = anchor.which == 1 or (anchor.which != -1 and tense == "future")
    years = range(reference.year - 8, reference.year + 9)  # 29 February is at most eight years away
    stretches = [stretch for year in years if 1 <= year < 9999 and (stretch := _in_year(anchor, year))]
    this_month = days.month_stretch(reference.year, reference.month)
    if ahead:
        after = this_month[1] if anchor.which == 1 else days.shift(reference, -1)
        return next((s for s in stretches if (s[0] if anchor.which == 1 else s[1]) > after), _UNKNOWN)
    if anchor.which == -1:
        return next((s for s in reversed(stretches) if s[1] < this_month[0]), _UNKNOWN)
    return next((s for s in reversed(stretches) if s[0] <= reference), _UNKNOWN)


def _weekday(anchor: Anchor, reference: date, tense: Tense) -> date:
    """The nearest day of that name: the reference itself counts, unless "last" or "next" is said."""
    assert anchor.weekday is not None
    back = (reference.weekday() - anchor.weekday) % 7
    if anchor.which == 1 or (anchor.which != -1 and tense == "future"):
        ahead = -back % 7
        return days.shift(reference, 7 if anchor.which == 1 and not ahead else ahead)
    return days.shift(reference, -7 if anchor.which == -1 and not back else -back)


def _far(anchor: Anchor, reference: date, direction: int) -> date:
    """The far end of "the past three days" or "the coming weeks"."""
    unit, amount = _in_days(anchor.unit or "day", anchor.high or anchor.low or 1)
    return days.step(reference, amount[1], unit, direction)


def _in_days(unit: str, amount: int) -> tuple[str, tuple[int, int]]:
    """The unit, with hours and less as the days, fewest and most, that they may reach back."""
    parts = {"hour": 24, "minute": 1440, "second": 86400}.get(unit)
    return ("day", (amount // parts, -(-amount // parts))) if parts else (unit, (amount, amount))


def _away(anchor: Anchor, reference: date, direction: int) -> Stretch:
    """So many units before or after the reference, with the unit's leeway; open where the words set no bound."""
    leeway = WORDS["unit"][anchor.unit or "day"]
    ends: list[date | None] = []
    for amount, outward in ((anchor.low, -1), (anchor.high, 1)):
        if amount is None:
            ends.append(None)
            continue
        unit, reach = _in_days(anchor.unit or "day", amount)
        slack = max(1, round(0.3 * amount)) if anchor.about and unit == "day" else leeway
        bounded = amount == 0 or None in (anchor.low, anchor.high)
        day = days.step(reference, reach[outward > 0], unit, direction)
        ends.append(day if bounded else days.shift(day, direction * outward * slack))
    near, far = ends
    return (far, near) if direction < 0 else (near, far)


def _lasting(anchor: Anchor, reference: date, tense: Tense) -> Stretch:
    """A length has a place in time only where it reaches the reference: "in two days" ahead, "for weeks" until now."""
    if anchor.preposition in {"in", "within"} and tense == "future":
        near, far = _away(anchor, reference, 1)
        return (near if anchor.preposition == "in" else reference), far
    if anchor.preposition == "for" and tense == "present":
        return _away(anchor, reference, -1)
    return _UNKNOWN


def _clipped(stretch: Stretch, reference: date | None, tense: Tense) -> Stretch:
    """What has happened has not happened after the reference, what is to come not before it."""
    first, last = stretch
    if reference is None:
        return stretch
    if tense == "future":
        return (max(first, reference) if first and last and last >= reference else first), last
    return first, (min(last, reference) if first and last and first <= reference else last)
