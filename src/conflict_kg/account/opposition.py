"""Which claims tell against which change of control: denials, plans, expectations, and a rival's hold on a part."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflict_kg.account.bounds import Bounds, shifted
from conflict_kg.account.changes import AFFIRMED, Happening, is_partial, is_state, spoken
from conflict_kg.account.clusters import TOUCHING, bounds_of
from conflict_kg.account.sources import parties
from conflict_kg.model import ControlClaim, Extent, Status

CONTEMPORARY = timedelta(days=14)
"""For so long after a change a word of "not yet" is about that change, and no longer about a later attempt."""


@dataclass(frozen=True, slots=True, eq=False)
class _Against:
    """A claim that may tell against a change."""

    claim: ControlClaim
    day: date | None
    """When it was made."""
    sides: frozenset[str]
    low: date
    high: date
    """The days between which the change must have come."""


class Opposition:
    """The claims about one place that may tell against changes, and which of these each of them is about."""

    def __init__(self, said: Mapping[str, date]) -> None:
        self._said = said
        self._against: list[_Against] = []
        self._parts: list[tuple[date, str, ControlClaim]] = []
        self._targets: dict[str, Happening | None] = {}
        self._found: frozenset[Happening] = frozenset()
        self._opposed: dict[Happening, tuple[list[str], Happening]] = {}

    def add(self, news: Iterable[ControlClaim], parts: Iterable[tuple[date, ControlClaim]]) -> None:
        """Takes more claims in, and more claims that somebody holds a place inside, with their days."""
        told = [claim for claim in news if claim.status not in AFFIRMED and not is_state(claim)]
        self._against += [_against(claim, spoken(claim, self._said)) for claim in told]
        for day, claim in parts:
            insort(self._parts, (day, claim.key, claim))

    def settled(self, found: Sequence[Happening]) -> tuple[Happening, ...]:
        """The happenings, each with the claims that tell against it: each claim against the latest that it can mean."""
        altered = self._found.symmetric_difference(found)
        first = min((change.bounds.low for change in altered), default=date.max)
        last = max((change.bounds.high for change in altered), default=date.min)
        self._found = frozenset(found)
        opposing: defaultdict[Happening, list[ControlClaim]] = defaultdict(list)
        for change in found:
            if self._parts and (held := self._still_held(change)):
                opposing[change] += held
        for one in self._against:
            near = one.low <= last and first <= one.high
            if one.claim.key not in self._targets or (near and any(_concerns(one, change) for change in altered)):
                candidates = (change for change in found if _concerns(one, change) and _tells_against(one, change))
                self._targets[one.claim.key] = max(candidates, key=_lateness, default=None)
            target = self._targets[one.claim.key]
            if target is not None:
                opposing[target].append(one.claim)
        known, self._opposed = self._opposed, {}
        for change, told in opposing.items():
            keys = [claim.key for claim in told]
            if change in known and known[change][0] == keys:
                self._opposed[change] = known[change]
            else:
                self._opposed[change] = keys, replace(change, opposing=tuple(told))
        return tuple(self._opposed[change][1] if change in opposing else change for change in found)

    def _still_held(self, change: Happening) -> list[ControlClaim]:
        """A rival's hold on a part, soon after the whole is said to have been taken, tells against that."""
        latest = change.bounds.latest
        if change.extent is not Extent.FULL or not change.winners or latest is None:
            return []
        days = (latest, shifted(latest, CONTEMPORARY))
        start, stop = (bisect_right(self._parts, day, key=lambda part: part[0]) for day in days)
        return [
            claim
            for _, _, claim in self._parts[start:stop]
            if not parties(claim.winners) & set(change.winners) and not _tells_of(change, claim.digest)
        ]


def _against(claim: ControlClaim, day: date | None) -> _Against:
    sides = parties(claim.winners) or parties(claim.losers)
    if _is_dated_denial(claim):
        span = bounds_of(claim)
        window = Bounds(shifted(span.low, -TOUCHING), shifted(span.high, TOUCHING))
    else:
        window = Bounds(shifted(day, -CONTEMPORARY), day) if day else Bounds()
    return _Against(claim, day, sides, window.low, window.high)


def _is_dated_denial(claim: ControlClaim) -> bool:
    return claim.status in (Status.DENIED, Status.FAILED) and claim.when.begin_earliest is not None


def _concerns(one: _Against, change: Happening) -> bool:
    """Whether a claim may be about a change, by party and time."""
    if change.bounds.low > one.high or change.bounds.high < one.low:
        return False
    return not one.sides.isdisjoint(change.winners if one.claim.winners else change.losers)


def _lateness(change: Happening) -> tuple[date, date, str]:
    return change.bounds.high, change.bounds.low, change.supporting[0].key


def _tells_of(change: Happening, digest: str) -> bool:
    """Whether a report itself, in its own voice, tells of a change."""
    return digest in change.digests and any(
        claim.digest == digest and claim.status is Status.ASSERTED for claim in change.supporting
    )


def _tells_against(one: _Against, change: Happening) -> bool:
    """Whether a denial, a failure, a plan or an expectation is evidence that a change did not wholly happen.

    A plan or expectation of the whole by the side that is said to have it implies "not yet", if it is voiced
    on or soon after the day of the change and not as background in a report that itself tells of the change.
    """
    claim, day = one.claim, one.day
    if is_partial(claim) is not (change.extent is Extent.PARTIAL):
        return False
    if _is_dated_denial(claim):
        return bounds_of(claim).gap(change.bounds) <= TOUCHING
    if claim.status is not Status.DENIED and _tells_of(change, claim.digest):
        return False
    if day is None:
        return claim.status is Status.DENIED
    before = change.bounds.earliest
    if claim.status is Status.PLANNED and claim.when.begin_latest and before and claim.when.begin_latest <= before:
        return False  # the attempt that led to it: "moved in on Sunday", and took it on Monday
    since = change.bounds.earliest or change.bounds.latest or date.min
    return since <= day and (change.bounds.high >= day or day - change.bounds.high <= CONTEMPORARY)
