"""Time expressions as values, and how the words that matched a pattern become such a value."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from importlib.resources import files
from typing import Any

from conflict_kg.reading import numerals

WORDS: Mapping[str, Any] = tomllib.loads((files("conflict_kg") / "lexicon" / "times.toml").read_text("utf-8"))
"""The content of lexicon/times.toml."""


class Kind(StrEnum):
    """What an expression counts by."""

    DAY = "day"
    """today, yesterday, overnight"""
    WEEKDAY = "weekday"
    DATE = "date"
    """a day of a month, with or without the year"""
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    """a year, a decade or a century"""
    UNIT = "unit"
    """last week, this month, the weekend"""
    AGO = "ago"
    SPAN = "span"
    """the past three days, the coming weeks"""
    DURATION = "duration"
    """for three days: a length without a place in time"""
    CONTEXT = "context"
    """then, two days later: counted from the time spoken of"""
    ERA = "era"
    """now, recently, in the future: no more than where it lies to the reference"""


class Relation(StrEnum):
    """How what is told lies to the time named."""

    AT = "at"
    SINCE = "since"
    UNTIL = "until"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"
    """at some time between two"""
    FROM_TO = "from_to"
    """a stretch with both ends"""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One time as its words give it; what they do not say is None."""

    kind: Kind
    which: int | None = None
    """-1 the last, 0 this, 1 the next one; of a span its direction, of ``CONTEXT`` that of the step."""
    portion: tuple[int, int, int] | None = None
    """From which to which of how many equal stretches of it."""
    part: str | None = None
    """``earlier`` or ``later`` in the unit than the reference."""
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    year_which: int | None = None
    """-1 for "May last year"."""
    offsets: tuple[int, int] | None = None
    """First and last day, counted from the reference."""
    unit: str | None = None
    """The unit that it counts in or is one of; of a month that opens a longer stretch ``season`` or ``quarter``."""
    low: int | None = None
    """The fewest units that the words allow; None where they set no lower bound."""
    high: int | None = None
    half: bool = False
    """Whether it is half a unit more than ``low``: "two and a half years" is from two to three."""
    preposition: str | None = None
    """Of a duration: "for", "in", "within"."""
    about: bool = False
    in_context: bool = False
    """Whether it counts from the time spoken of, not from the reference."""
    era: str | None = None
    """``past``, ``present`` or ``future``."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in a text; ``text`` is exactly the characters from ``start`` to ``end`` (code points)."""

    start: int
    end: int
    text: str
    kind: Kind
    relation: Relation
    first: Anchor
    last: Anchor | None = None
    """The second time of "between X and Y" and "from X to Y"."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where each time stands by itself, without the preposition: start and end, in code points of the text."""


def build(kind: Kind, words: Mapping[str, str], portion: str | None, *, about: bool) -> tuple[Anchor, ...]:
    """The one or two times that the words of a match give, by their class; none where the calendar has no such day.

    ``words`` are the named groups of the pattern in lower case, ``portion`` is what stood in front ("late", "the
    end of").
    """
    part = words.get("part") or portion
    first, last = WORDS["relative_day"].get(words.get("relative_day", "")) or (None, None)
    anchor = Anchor(
        kind=kind,
        which=_which(words),
        portion=_PORTIONS.get(part or ""),
        part=part if part in {"earlier", "later"} else None,
        weekday=WORDS["weekday"].get(words.get("weekday", "")),
        month=_month(words),
        year=_year(words),
        year_which=WORDS["which"].get(words.get("year_which", "")),
        offsets=(first, last) if first is not None and last is not None else None,
        unit=_unit(words),
        preposition=words.get("preposition"),
        about=about or "about" in words,
        in_context=kind is Kind.CONTEXT or "told_year" in words,
        era=WORDS["era"].get(words.get("era", "")),
    )
    if kind is Kind.DATE:
        return _dated(anchor, words)
    if "last_year" in words:
        return _years(anchor, words["last_year"])
    return (_counted(anchor, words),) if words.keys() & {"units", "unit"} else (anchor,)


def _which(words: Mapping[str, str]) -> int | None:
    """The direction in which it counts: back, here or on."""
    if "shift" in words:
        return -1 if words["shift"] in {"earlier", "before"} else 1
    if "context_which" in words:
        return int(WORDS["context_which"][words["context_which"]])
    if "recent" in words:
        return -1
    if "part" in words or "then" in words:
        return 0
    which: int | None = WORDS["which"].get(words.get("which", ""))
    return which


def _unit(words: Mapping[str, str]) -> str | None:
    """The unit in the singular; "night" and "morning" are days."""
    for group in ("season", "quarter", "decade", "century"):
        if group in words or f"short_{group}" in words:
            return group
    unit = words.get("one_unit") or words.get("unit") or words.get("units") or ""
    unit = unit.removesuffix("s")
    return (unit if unit in WORDS["unit"] else "day") if unit else None


def _counted(anchor: Anchor, words: Mapping[str, str]) -> Anchor:
    """With the amount of units: exact, vague, bounded, or a bare plural ("weeks ago")."""
    if "units" in words:
        return replace(anchor, low=2, high=9)
    amount = words["amount"]
    if amount in WORDS["vague_amount"]:
        low, high = WORDS["vague_amount"][amount]
    else:
        low = high = 1 if amount in {"a", "an"} else numerals.read_number(amount)
    if low and words.keys() & {"half", "half_behind"}:
        return replace(anchor, low=low, high=low + 1, half=True)
    least = numerals.read_number(words["least"]) if "least" in words else None
    if least and high and least < high:
        low = least
    bound = words.get("bound")
    if bound in {"more than", "over", "at least"}:
        return replace(anchor, low=low, high=None)
    return replace(anchor, low=0 if bound else low, high=high)


def _month(words: Mapping[str, str]) -> int | None:
    """The month's number, of a season or a quarter its first."""
    if "quarter" in words:
        return int(WORDS["quarter"][words["quarter"]])
    name = words.get("month") or words.get("any_month", "").rstrip(".")
    months: dict[str, int] = {**WORDS["month"], **WORDS["month_short"], **WORDS["season"]}
    return months.get(name) or months.get(words.get("season", ""))


def _year(words: Mapping[str, str]) -> int | None:
    """The year, of a decade or a century the first; of two digits, 00 to 68 are this century's, as in POSIX."""
    if "century" in words:
        digits = words["century"].rstrip("dhnrst")
        return (int(digits) if digits.isdigit() else int(WORDS["century"][words["century"]])) * 100 - 100
    if "short_decade" in words:
        return 1900 + int(words["short_decade"])
    year = words.get("year") or words.get("numeric_year") or words.get("decade")
    if not year:
        return None
    number = int(year)
    return number if len(year) > 2 else number + (2000 if number <= 68 else 1900)


def _dated(anchor: Anchor, words: Mapping[str, str]) -> tuple[Anchor, ...]:
    """A day of a month, or two with "5 to 9 May"; none where the calendar has no such day."""
    month, day = anchor.month, int(words["day"]) if "day" in words else None
    if "holiday" in words:
        month, day = WORDS["holiday"][words["holiday"]]
    if "number" in words:
        month = int(words["number"])
        if day and "mark" in words and (month > 12 or words["mark"] == "."):
            month, day = day, month  # the day comes first in 28/12/15, and wherever dots are written
    if "mark" not in words and day is None and words.get("number") and _follows(anchor.year, int(words["number"])):
        return _years(replace(anchor, kind=Kind.YEAR, month=None), words["number"])
    if not month or month > 12:
        return ()
    if day is None:
        return (replace(anchor, kind=Kind.MONTH, month=month),)
    days = [day, int(words["last_day"])] if "last_day" in words else [day]
    if days != sorted(days) or not all(_exists(anchor.year, month, each) for each in days):
        return ()
    return tuple(replace(anchor, weekday=None, month=month, day=each) for each in days)


def _follows(year: int | None, number: int) -> bool:
    """Whether two digits behind a year are the next year: in prose "2007-08" is no month."""
    return year is not None and (year + 1) % 100 == number


def _exists(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has the day; without a year, whether a leap year has it."""
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True


def _years(anchor: Anchor, last: str) -> tuple[Anchor, ...]:
    """The two years of "1914-1918" or "2014-15"; none where they are out of order."""
    assert anchor.year
    year = int(last) if len(last) == 4 else anchor.year // 100 * 100 + int(last)
    return (anchor, replace(anchor, year=year)) if anchor.year < year < anchor.year + 100 else ()


_PORTIONS: dict[str, tuple[int, int, int]] = {word: (a, b, n) for word, (a, b, n) in WORDS["portion"].items()}
