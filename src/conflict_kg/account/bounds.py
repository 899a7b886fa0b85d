"""Earliest and latest days.

Days are inclusive at both ends; None is an open end.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from heapq import heappop, heappush
from typing import NamedTuple, TypeVar

from conflict_kg.account.sources import origins
from conflict_kg.model import Claim, Period

C = TypeVar("C", bound=Claim)


class Bounds(NamedTuple):
    """The days between which something began."""

    earliest: date | None = None
    latest: date | None = None

    @property
    def low(self) -> date:
        """The earliest day, the first of all where it is open."""
        return self.earliest or date.min

    @property
    def high(self) -> date:
        """The latest day, the last of all where it is open."""
        return self.latest or date.max

    @property
    def dated(self) -> bool:
        """Whether either end is known."""
        return self.earliest is not None or self.latest is not None

    def gap(self, other: "Bounds") -> timedelta:
        """How far the two are apart; negative or zero where they share a day."""
        return max(self.low, other.low) - min(self.high, other.high)

    def as_long_as(self, other: "Bounds", short: timedelta) -> bool:
        """Whether two that share a day are both no longer than ``short``, or share half of the longer one's days."""
        longest = max(span.high - span.low for span in (self, other))
        return longest <= short or -self.gap(other) * 2 >= longest

    def meet(self, other: "Bounds") -> "Bounds":
        """The days that both allow; only for bounds that share a day."""
        return closed(max(self.low, other.low), min(self.high, other.high))


UNDATED = Bounds()
"""No day is known."""


def closed(low: date, high: date) -> Bounds:
    """Bounds from two days, of which the first and the last of all mean open ends."""
    return Bounds(None if low == date.min else low, None if high == date.max else high)


def not_before(since: Bounds, end: Bounds) -> Bounds:
    """An end that does not precede its begin; an end without days stays open."""
    if not end.dated:
        return end
    low = max(end.low, since.low)
    return closed(low, max(end.high, low, since.latest or date.min))


def begin(when: Period, published: date | None) -> Bounds:
    """When a reported change began: what the words allow, and not after the report."""
    earliest, latest = when.begin_earliest, when.begin_latest
    if published is not None and (earliest is None or earliest <= published):
        latest = min(latest, published) if latest else published
    if earliest is not None and latest is not None and latest < earliest:
        latest = earliest
    return Bounds(earliest, latest)


def shifted(day: date, by: timedelta) -> date:
    """A day so much later or earlier, the first or the last of all where there is none."""
    if by < timedelta(0):
        return day + by if day - date.min >= -by else date.min
    return day + by if date.max - day >= by else date.max


def best(claims: Sequence[C], bounds: Callable[[C], Bounds]) -> Bounds:
    """The days that most independent origins allow; where several stretches tie, the hull of them.

    >>> best([], lambda claim: Bounds())
    Bounds(earliest=None, latest=None)
    """
    spans = [bounds(claim) for claim in claims]
    low = max((span.low for span in spans), default=date.min)
    high = min((span.high for span in spans), default=date.max)
    if low <= high:
        return closed(low, high)
    labels = origins(claims)
    told = sorted({(span.low, span.high, labels[claim.key]) for span, claim in zip(spans, claims, strict=True)})
    running: list[tuple[date, str]] = []
    allowing: Counter[str] = Counter()
    most, low, high = 0, date.min, date.max
    for index, (day, last, label) in enumerate(told):
        heappush(running, (last, label))
        allowing[label] += 1
        if index + 1 < len(told) and told[index + 1][0] == day:
            continue
        while running[0][0] < day:
            over = heappop(running)[1]
            allowing[over] -= 1
            if not allowing[over]:
                del allowing[over]
        stop, weight = running[0][0], len(allowing)
        if weight > most:
            most, low, high = weight, day, stop
        elif weight == most:
            high = max(high, stop)
    return closed(low, high)
