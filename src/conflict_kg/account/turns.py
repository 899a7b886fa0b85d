"""Happenings and states of one place, put into the order in which they came about.

A turn is one thing known about who has the whole place: that somebody gained it, lost it, or held it on a day.
Order is by event time; publication and loading order play no part in it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflict_kg.account.bounds import UNDATED, Bounds, closed
from conflict_kg.account.changes import AFFIRMED, Happening, is_partial, is_state
from conflict_kg.account.sources import ranked_parties
from conflict_kg.model import ControlClaim, ControlKind, Extent

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing known about who has the whole of a place."""

    holder: str | None
    """The party that has the place from then on; None where it is only lost."""
    losers: tuple[str, ...]
    """The parties that no longer have it; of a state those who besiege."""
    bounds: Bounds
    """When it came about; a state stands on the last day for which it speaks."""
    claims: tuple[ControlClaim, ...]
    happening: Happening | None = None
    since: Bounds = UNDATED
    """Of a state: when it is said to have begun."""
    earlier: tuple[ControlClaim, ...] = ()
    """Of a change: states that the reports of the change tell as background to it."""
    implied: bool = False
    """Of a state: that it follows from a loss of a part only."""

    @property
    def is_state(self) -> bool:
        """Whether this is a state on a day."""
        return self.holder is not None and self.happening is None


def holders(claim: ControlClaim) -> tuple[str, ...]:
    """The parties that a state claim says hold the place: of a siege those who are besieged."""
    return ranked_parties([claim.losers if claim.kind is ControlKind.SIEGE else claim.winners])


def last_day(claim: ControlClaim) -> date | None:
    """The last day for which a state claim speaks; not before the state is said to have begun."""
    when = claim.when
    end = when.end_earliest or when.end_latest
    day = end - DAY if end is not None else claim.published or when.begin_latest
    return max((known for known in (day, when.begin_earliest) if known is not None), default=None)


def turns(claims: Sequence[ControlClaim], found: Sequence[Happening]) -> tuple[Turn, ...]:
    """The turns of one place in the order in which they came about, their bounds narrowed by that order."""
    changes = [
        Turn(change.holder, change.losers, change.bounds, change.supporting, change)
        for change in found
        if change.extent is Extent.FULL and change.bounds.dated
    ]
    states = [claim for claim in claims if is_state(claim) and claim.status in AFFIRMED and not is_partial(claim)]
    background = {claim.key: index for claim in states if (index := _background_of(claim, changes)) is not None}
    for index, change in enumerate(changes):
        earlier = tuple(claim for claim in states if background.get(claim.key) == index)
        changes[index] = replace(change, earlier=earlier) if earlier else change
    own = [claim for claim in states if claim.key not in background]
    return _ordered([*changes, *_state_turns(own), *_ends(own), *_implied(found)])


def _background_of(claim: ControlClaim, changes: Sequence[Turn]) -> int | None:
    """The change that a state preceded, if the report of the state tells of a change to a rival after it.

    A report of the day after says "the last pocket still under government control" of the morning before.
    """
    sides = set(holders(claim))
    told = [i for i, turn in enumerate(changes) if any(c.digest == claim.digest for c in turn.claims)]
    if not told or not sides:
        return None
    last = max(told, key=lambda i: (changes[i].bounds.high, changes[i].bounds.low))
    turn = changes[last]
    began = claim.when.begin_earliest
    if turn.holder in sides or (began is not None and began > turn.bounds.high):
        return None
    return last


def _state_turns(claims: Iterable[ControlClaim]) -> list[Turn]:
    by_day: dict[tuple[str, date], list[ControlClaim]] = {}
    for claim in claims:
        day = last_day(claim)
        if day is not None and holders(claim):
            by_day.setdefault((holders(claim)[0], day), []).append(claim)
    made = []
    for (holder, day), members in sorted(by_day.items()):
        begins = [c.when for c in members if c.kind is ControlKind.HOLDS and c.when.begin_earliest is not None]
        since = UNDATED
        if begins:
            first = min(begins, key=lambda when: (when.begin_earliest or day, when.begin_latest or day))
            since = Bounds(first.begin_earliest, min(first.begin_latest or day, day))
        made.append(Turn(holder, _besiegers(members), Bounds(day, day), tuple(members), since=since))
    return made


def _besiegers(claims: Iterable[ControlClaim]) -> tuple[str, ...]:
    return ranked_parties(claim.winners for claim in claims if claim.kind is ControlKind.SIEGE)


def _ends(claims: Iterable[ControlClaim]) -> list[Turn]:
    """The ends that state claims give ("held the town until June") as losses."""
    made = []
    for claim in claims:
        end = Bounds(claim.when.end_earliest, claim.when.end_latest)
        if end.dated and claim.kind is ControlKind.HOLDS:
            made.append(Turn(None, holders(claim), end, (claim,)))
    return made


def _implied(found: Iterable[Happening]) -> list[Turn]:
    """Who loses a part held the place: a state that counts only where nothing else is known."""
    made = []
    for change in found:
        day = change.bounds.latest or change.bounds.earliest
        if change.extent is Extent.PARTIAL and change.losers and day is not None:
            made.append(Turn(change.losers[0], (), Bounds(day, day), change.supporting, implied=True))
    return made


def _ordered(found: Sequence[Turn]) -> tuple[Turn, ...]:
    """Sort turns by time; where bounds leave the order open, by who held the place before whom."""
    pending = sorted(found, key=_place_in_time)
    days = [(turn.bounds.low, turn.bounds.high) for turn in pending]
    before: dict[int, set[int]] = {i: set() for i in range(len(pending))}
    for i, (low, high) in enumerate(days):
        for j in range(i + 1, len(days)):
            if days[j][0] > high or low > days[j][1]:
                continue
            if _precedes(pending[i], pending[j]):
                before[j].add(i)
            elif _precedes(pending[j], pending[i]):
                before[i].add(j)
    spans = _narrowed([turn.bounds for turn in pending], before)
    left = set(before)
    result: list[Turn] = []
    while left:
        free = [i for i in left if not before[i] & left] or list(left)
        chosen = min(free, key=lambda i: (spans[i].high, spans[i].low, i))
        left.remove(chosen)
        turn = pending[chosen]
        result.append(turn if turn.bounds == spans[chosen] else replace(turn, bounds=spans[chosen]))
    return tuple(result)


def _place_in_time(turn: Turn) -> tuple[date, date, bool, str, str]:
    return turn.bounds.high, turn.bounds.low, not turn.is_state, turn.holder or "", turn.claims[0].key


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
    if one.is_state and other.is_state:
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
