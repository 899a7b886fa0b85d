"""Sorting claims into groups that can speak of one thing at one time."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Generic, TypeVar

from conflict_kg.account.bounds import Bounds, closed, shifted
from conflict_kg.model import Claim

C = TypeVar("C", bound=Claim)
MONTHS = 3
"""A group whose days lie in no more than so many months is looked up by them."""


class Gathering(ABC, Generic[C]):
    """Claims that speak of one thing, and the days that all of the more precise ones allow."""

    __slots__ = ("core", "members")

    def __init__(self, first: C, span: Bounds) -> None:
        self.members = [first]
        self.core = span

    @abstractmethod
    def fits(self, claim: C) -> bool:
        """Whether a claim can speak of the same, dates aside."""

    def add(self, claim: C) -> None:
        """Takes a claim in."""
        self.members.append(claim)

    def weight(self) -> tuple[int, date, date, str]:
        """Which of several groups a vaguer claim joins: the larger, then the later."""
        return len(self.members), self.core.high, self.core.low, self.members[0].key


def vagueness(span: Bounds) -> tuple[bool, int, date, date]:
    """Sorts the more precise days first, those with an open end last."""
    ends_open = span.earliest is None or span.latest is None
    return ends_open, (span.high - span.low).days, span.high, span.low


def group(
    claims: Iterable[C], bounds: Callable[[C], Bounds], start: Callable[[C, Bounds], Gathering[C]], gap: timedelta
) -> list[Gathering[C]]:
    """Sort claims into groups that fit and whose bounds meet, or lie no further apart than ``gap``.

    The most precise claims come first and vaguer ones join them. A claim without any date joins a group only where
    just one fits, else it stays with others of its kind. ``start`` makes a group of one.
    """
    groups: list[Gathering[C]] = []
    nearby: _Nearby[C] = _Nearby(gap)
    dateless: list[C] = []
    spans = sorted(((bounds(claim), claim) for claim in claims), key=lambda told: (vagueness(told[0]), told[1].key))
    for span, claim in spans:
        if not span.dated:
            dateless.append(claim)
            continue
        near = [other for other in nearby.to(span) if span.gap(other.core) <= gap and other.fits(claim)]
        if near:
            chosen = max(near, key=lambda other: other.weight())
            chosen.add(claim)
            if span.gap(chosen.core) <= timedelta(0):
                chosen.core = chosen.core.meet(span)
        else:
            groups.append(start(claim, span))
            nearby.note(groups[-1])
    return [*groups, *join_dateless(groups, dateless, start)]


def join_dateless(
    groups: Sequence[Gathering[C]], dateless: Iterable[C], start: Callable[[C, Bounds], Gathering[C]]
) -> list[Gathering[C]]:
    """Lets claims without any date join the only group that fits; those for which there is none make the result."""
    apart: list[Gathering[C]] = []
    targets = [(claim, [other for other in groups if other.fits(claim)]) for claim in dateless]
    for claim, fitting in targets:
        alone = fitting if len(fitting) == 1 else [other for other in apart if other.fits(claim)]
        if alone:
            alone[0].add(claim)
        else:
            apart.append(start(claim, Bounds()))
    return apart


class _Nearby(Generic[C]):
    """Groups by the months in which their days lie."""

    def __init__(self, gap: timedelta) -> None:
        self._gap = gap
        self._by_month: defaultdict[tuple[int, int], list[Gathering[C]]] = defaultdict(list)
        self._long: list[Gathering[C]] = []
        self._all: list[Gathering[C]] = []

    def note(self, found: Gathering[C]) -> None:
        """Remembers a group; its days may only become fewer."""
        self._all.append(found)
        months = _months(found.core)
        if months is None:
            self._long.append(found)
        else:
            for month in months:
                self._by_month[month].append(found)

    def to(self, span: Bounds) -> Iterable[Gathering[C]]:
        """The groups that may lie near some days, and perhaps others."""
        months = _months(closed(shifted(span.low, -self._gap), shifted(span.high, self._gap)))
        if months is None:
            return self._all
        near = dict.fromkeys(found for month in months for found in self._by_month.get(month, ()))
        return [*near, *self._long]


def _months(span: Bounds) -> list[tuple[int, int]] | None:
    """The months of some days; None where these are many, or without end."""
    if span.earliest is None or span.latest is None or (span.latest - span.earliest).days > 31 * (MONTHS - 1):
        return None
    return list(_each_month(span.earliest, span.latest))


def _each_month(first: date, last: date) -> Iterator[tuple[int, int]]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        yield year, month
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
