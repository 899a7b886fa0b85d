"""Who took or holds a part of a place -> control periods beside those of the whole."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from conflict_kg.account.bounds import UNDATED, Bounds, closed, not_before
from conflict_kg.account.changes import AFFIRMED, Happening, is_partial, is_state
from conflict_kg.account.clusters import bounds_of
from conflict_kg.account.line import Stretch
from conflict_kg.account.periods import Draft
from conflict_kg.account.phase import one_phase
from conflict_kg.account.piles import Pile
from conflict_kg.account.recall import Recall
from conflict_kg.account.sources import basis
from conflict_kg.account.turns import holders, last_day
from conflict_kg.model import Basis, ControlClaim, Extent, Holding


@dataclass(frozen=True, slots=True, eq=False)
class Portion:
    """That somebody took or holds a part."""

    holder: str
    since: Bounds
    claims: tuple[ControlClaim, ...]
    change: Happening | None = None


class Portions:
    """Who took or holds a part of one place, kept up to date as reports come in."""

    def __init__(self, place: str, recall: Recall) -> None:
        self._place = place
        self._recall = recall
        self._states: dict[str, Portion] = {}
        self._line: list[Stretch] = []
        self._given: frozenset[Draft] = frozenset()

    def add(self, news: Iterable[ControlClaim]) -> None:
        """Takes more claims in; those that tell of no state of a part are passed over."""
        for claim in news:
            portion = _state(claim) if is_state(claim) and is_partial(claim) and claim.status in AFFIRMED else None
            if portion is not None:
                self._states[claim.key] = portion
        self._states = dict(sorted(self._states.items()))

    def now(self, found: Iterable[Happening], kept: int, fresh: Iterable[Stretch]) -> tuple[list[Draft], list[Draft]]:
        """The drafts that no longer stand and those that now do: partly held, beside the holder of the rest.

        ``kept`` of the stretches of the whole are the same as before, ``fresh`` follow them.
        """
        self._line[kept:] = fresh
        given = frozenset(self._drafts([*self._changes(found), *self._states.values()]))
        gone, come = list(self._given - given), list(given - self._given)
        self._given = given
        return gone, come

    def _changes(self, found: Iterable[Happening]) -> list[Portion]:
        return [
            self._recall(_gain, change)
            for change in found
            if change.extent is Extent.PARTIAL and change.winners and change.bounds.dated
        ]

    def _drafts(self, portions: Sequence[Portion]) -> Iterator[Draft]:
        """Partly held from then until the whole changes hands."""
        if not portions:
            return
        runs: dict[tuple[str, Bounds], list[Portion]] = {}
        when = _Order(self._line)
        for portion in portions:
            whole = when.holding(portion.since.high)
            if whole is None or whole.holder != portion.holder or _disputed(whole):
                until = when.end(portion.since.high)
                runs.setdefault((portion.holder, until), []).append(portion)
        for (holder, until), told in runs.items():
            yield self._recall(_partial_draft, self._place, holder, until, tuple(told))


def _gain(change: Happening) -> Portion:
    return Portion(change.winners[0], change.bounds, change.supporting, change)


def _state(claim: ControlClaim) -> Portion | None:
    day, sides = last_day(claim), holders(claim)
    if day is None or not sides:
        return None
    begin = claim.when.begin_earliest
    return Portion(sides[0], closed(begin or date.min, min(claim.when.begin_latest or day, day)), (claim,))


class _Order:
    """Looks stretches up by their days."""

    def __init__(self, line: Sequence[Stretch]) -> None:
        self._line = line
        starts = [stretch.since.high if stretch.since.dated else date.min for stretch in line]
        self._last_from = list(accumulate(reversed(starts), min))[::-1]
        self._first_to = list(accumulate(starts, max))

    def holding(self, day: date) -> Stretch | None:
        """The last stretch that has surely begun by a day."""
        index = bisect_right(self._last_from, day)
        return self._line[index - 1] if index else None

    def end(self, day: date) -> Bounds:
        """When the first stretch begins that may begin after a day."""
        index = bisect_right(self._first_to, day)
        return self._line[index].since if index < len(self._line) else UNDATED


def _disputed(stretch: Stretch) -> bool:
    """Whether that somebody has the whole is only claimed, and there is a word against it."""
    return stretch.basis is Basis.CLAIMED and bool(stretch.opposing)


def _partial_draft(place: str, holder: str, until: Bounds, portions: tuple[Portion, ...]) -> Draft:
    claims = [claim for portion in portions for claim in portion.claims]
    changes = [portion.change for portion in portions if portion.change is not None]
    since = min((portion.since for portion in portions), key=lambda span: (span.high, span.low))
    losing = frozenset(loser for change in changes for loser in change.losers)
    days = [day for claim in claims if (day := _last_word(claim)) is not None]
    until = not_before(since, until)
    period = one_phase(
        place=place,
        holder=holder,
        status=Holding.PARTLY_HELD,
        grade=basis(claims, frozenset({holder}), losing),
        since=since,
        until=until,
        last_known=max(days, default=None),
        rule="part-held",
    )
    first = min(changes, key=lambda change: (change.bounds.high, change.bounds.low), default=None)
    return Draft(period, first, True, Pile(claims), tuple(claim for change in changes for claim in change.opposing))


def _last_word(claim: ControlClaim) -> date | None:
    return last_day(claim) if is_state(claim) else bounds_of(claim).latest
