"""Earliest and latest days, and the sorting of claims into groups that can speak of one time.

Days are inclusive at both ends; None is an open end.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
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


def best(claims: Sequence[C], bounds: Callable[[C], Bounds]) -> Bounds:
    """The days that most independent origins allow; where several stretches tie, the hull of them.

    >>> best([], lambda claim: Bounds())
    Bounds(earliest=None, latest=None)
    """
    spans_of = [bounds(claim) for claim in claims]
    low = max((span.low for span in spans_of), default=date.min)
    high = min((span.high for span in spans_of), default=date.max)
    if low <= high:
        return closed(low, high)
    labels = origins(claims)
    found = [(span, labels[claim.key]) for span, claim in zip(spans_of, claims, strict=True)]
    most, low, high = 0, date.min, date.max
    for day in sorted({span.low for span, _ in found}):
        spans = [(span, label) for span, label in found if span.low <= day <= span.high]
        weight = len({label for _, label in spans})
        start, stop = max(span.low for span, _ in spans), min(span.high for span, _ in spans)
        if weight > most:
            most, low, high = weight, start, stop
        elif weight == most:
            low, high = min(low, start), max(high, stop)
    return closed(low, high)


def group(
    claims: Iterable[C], bounds: Callable[[C], Bounds], fits: Callable[[C, Sequence[C]], bool], gap: timedelta
) -> list[list[C]]:
    """Sort claims into groups that fit and whose bounds meet, or lie no further apart than ``gap``.

    The most precise claims come first and vaguer ones join them: of several groups the larger, then the later.
    A claim without any date joins a group only where just one fits, else it stays with others of its kind.
    """
    groups: list[list[C]] = []
    cores: list[Bounds] = []
    dateless: list[C] = []
    for claim in sorted(claims, key=lambda claim: (_vagueness(bounds(claim)), claim.key)):
        span = bounds(claim)
        if not span.dated:
            dateless.append(claim)
            continue
        near = [i for i, core in enumerate(cores) if span.gap(core) <= gap and fits(claim, groups[i])]
        if near:
            chosen = max(near, key=lambda i: (len(groups[i]), cores[i].high, cores[i].low, groups[i][0].key))
            groups[chosen].append(claim)
            if span.gap(cores[chosen]) <= timedelta(0):
                cores[chosen] = cores[chosen].meet(span)
        else:
            groups.append([claim])
            cores.append(span)
    return _join_dateless(groups, dateless, fits)


def _join_dateless(
    groups: list[list[C]], dateless: Sequence[C], fits: Callable[[C, Sequence[C]], bool]
) -> list[list[C]]:
    dated = len(groups)
    targets = [[i for i in range(dated) if fits(claim, groups[i])] for claim in dateless]
    for claim, fitting in zip(dateless, targets, strict=True):
        if len(fitting) == 1:
            groups[fitting[0]].append(claim)
            continue
        beside = next((other for other in groups[dated:] if fits(claim, other)), None)
        if beside is None:
            groups.append([claim])
        else:
            beside.append(claim)
    return groups


def _vagueness(span: Bounds) -> tuple[bool, int, date, date]:
    ends_open = span.earliest is None or span.latest is None
    return ends_open, (span.high - span.low).days, span.high, span.low
