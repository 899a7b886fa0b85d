"""Turns of one place -> the order in which they came about.

Order is by event time; publication and loading order play no part in it.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from operator import attrgetter

from conflict_kg.account.bounds import Bounds, closed
from conflict_kg.account.turns import Turn


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """Turns that all lie after those of the passages before and before those of the passages after."""

    turns: tuple[Turn, ...]
    """Sorted by their last days."""
    low: date
    high: date
    result: tuple[Turn, ...]
    """In the order in which they came about, with bounds narrowed by it."""


class Order:
    """The turns of one place, sorted by time; where bounds leave the order open, by who held the place before whom."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []
        self._same = 0

    def now(self, gone: Iterable[Turn], come: Iterable[Turn]) -> tuple[int, Sequence[Passage]]:
        """Takes some turns away and others in; the number of passages that stay, and those that now follow them."""
        leaving = set(gone)
        self._same = len(self._passages)
        arriving = sorted(come, key=attrgetter("place_in_time"))
        for turn in sorted(leaving, key=attrgetter("place_in_time")):
            self._redo(turn.bounds, leaving, ())
        for turn in arriving:
            self._redo(turn.bounds, set(), (turn,))
        return self._same, self._passages[self._same :]

    def _redo(self, days: Bounds, leaving: set[Turn], arriving: tuple[Turn, ...]) -> None:
        """Puts the turns around some days into order again."""
        start = bisect_left(self._passages, days.low, key=attrgetter("high"))
        stop = start
        self._same = min(self._same, start)
        turns = list(arriving)
        while stop < len(self._passages) and self._passages[stop].low <= days.high:
            turns += [turn for turn in self._passages[stop].turns if turn not in leaving]
            stop += 1
        turns.sort(key=attrgetter("place_in_time"))
        self._passages[start:stop] = [_passage(piece) for piece in _apart(turns)]


def _passage(turns: tuple[Turn, ...]) -> Passage:
    return Passage(
        turns,
        min(turn.bounds.low for turn in turns),
        turns[-1].bounds.high,
        _ordered(turns) if len(turns) > 1 else turns,
    )


def _apart(pending: Sequence[Turn]) -> list[tuple[Turn, ...]]:
    """Turns cut where all before are certainly earlier than all after; they come sorted by their last days."""
    pieces: list[tuple[Turn, ...]] = []
    first, stop = date.max, len(pending)
    for index in range(len(pending) - 1, -1, -1):
        bounds = pending[index].bounds
        if bounds.high < first and index + 1 < stop:
            pieces.append(tuple(pending[index + 1 : stop]))
            stop = index + 1
        first = min(first, bounds.low)
    return [tuple(pending[:stop]), *reversed(pieces)] if stop else []


def _ordered(pending: tuple[Turn, ...]) -> tuple[Turn, ...]:
    before = _constraints(pending)
    spans = _narrowed([turn.bounds for turn in pending], before)
    ranks = [(span.high, span.low, i) for i, span in enumerate(spans)]
    followers: defaultdict[int, list[int]] = defaultdict(list)
    for later, sooner in before.items():
        for index in sooner:
            followers[index].append(later)
    waiting = {i: len(sooner) for i, sooner in before.items()}
    free = [rank for rank in ranks if not waiting[rank[2]]]
    heapify(free)
    by_time = iter(sorted(ranks))  # where each waits for another, the first of all goes first
    result: dict[int, Turn] = {}
    while len(result) < len(pending):
        chosen = heappop(free)[2] if free else next(by_time)[2]
        if chosen in result:
            continue
        turn = pending[chosen]
        result[chosen] = turn if turn.bounds == spans[chosen] else replace(turn, bounds=spans[chosen])
        for later in followers[chosen]:
            waiting[later] -= 1
            if not waiting[later]:
                heappush(free, ranks[later])
    return tuple(result.values())


def _constraints(pending: Sequence[Turn]) -> dict[int, set[int]]:
    """For each turn those with a day in common that must have come before it; two states leave each other be."""
    days = [(turn.bounds.low, turn.bounds.high) for turn in pending]
    before: dict[int, set[int]] = {i: set() for i in range(len(pending))}
    moving = [i for i, turn in enumerate(pending) if not turn.is_state]
    for i in moving:
        low, high = days[i]
        for j, (first, last) in enumerate(days):
            if first > high or low > last or i == j or (j < i and not pending[j].is_state):
                continue
            if _precedes(pending[min(i, j)], pending[max(i, j)]):
                before[max(i, j)].add(min(i, j))
            elif _precedes(pending[max(i, j)], pending[min(i, j)]):
                before[min(i, j)].add(max(i, j))
    return before


def _narrowed(spans: list[Bounds], before: Mapping[int, set[int]]) -> list[Bounds]:
    """Bounds after the rule that what precedes begins no later, and what follows no earlier."""
    for _ in spans:
        old = list(spans)
        for later, sooner in before.items():
            for index in sorted(sooner):
                if spans[index].gap(spans[later]) <= timedelta(0):
                    one, two = spans[index], spans[later]
                    spans[index] = closed(one.low, min(one.high, two.high))
                    spans[later] = closed(max(one.low, two.low), two.high)
        if old == spans:
            break
    return spans


def _precedes(one: Turn, other: Turn) -> bool:
    """Whether the first of two turns with a day in common must have come first."""
    if (one.is_state and other.is_state) or one.part_only or other.part_only:
        return False
    if one.is_state:
        return other.holder != one.holder if other.holder else not other.losers or one.holder in other.losers
    if other.is_state:
        return one.holder == other.holder
    takes_from = one.holder is not None and one.holder in other.losers
    taken_back = other.holder is not None and other.holder in one.losers
    if takes_from != taken_back:
        return takes_from
    return one.holder != other.holder and _is_background(one, other) and not _is_background(other, one)


def _is_background(one: Turn, other: Turn) -> bool:
    """Whether every report of an undated change tells of another too: then it is background to that."""
    if any(claim.when.begin_earliest or claim.when.begin_latest for claim in one.claims):
        return False
    return {claim.digest for claim in one.claims} <= {claim.digest for claim in other.claims}
