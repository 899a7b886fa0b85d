"""Claims about one place -> happenings in which it, or a part of it, changed hands.

A happening is a group of claims that fit by party and time, with those that tell against it.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflict_kg.account.bounds import Bounds, begin, best, group
from conflict_kg.account.sources import basis, parties, ranked_parties
from conflict_kg.model import Basis, ControlClaim, ControlKind, Extent, Status

AFFIRMED = frozenset({Status.ASSERTED, Status.CLAIMED})
"""What may change the account."""
STATES = frozenset({ControlKind.HOLDS, ControlKind.SIEGE})
"""What speaks of a state, not of a change."""
TOUCHING = timedelta(days=1)
"""Claims of one happening may lie a day apart: night actions are reported under either day."""
CONTEMPORARY = timedelta(days=14)
"""For so long after a change a word of "not yet" is about that change, and no longer about a later attempt."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One change of control of a place, put together from the claims about it."""

    place: str
    winners: tuple[str, ...]
    """Parties, the best supported first; empty where nobody is said to have taken over."""
    losers: tuple[str, ...]
    extent: Extent
    bounds: Bounds
    basis: Basis
    supporting: tuple[ControlClaim, ...]
    opposing: tuple[ControlClaim, ...] = ()

    @property
    def holder(self) -> str | None:
        """The party that has the place from then on."""
        return self.winners[0] if self.winners else None


def bounds_of(claim: ControlClaim) -> Bounds:
    """When the change that a claim tells of began."""
    return begin(claim.when, claim.published)


def is_state(claim: ControlClaim) -> bool:
    """Whether a claim tells of a state."""
    return claim.kind in STATES


def is_partial(claim: ControlClaim) -> bool:
    """Whether a claim is about an unnamed part of its place."""
    return claim.extent is Extent.PARTIAL or claim.kind is ControlKind.PARTIAL_CAPTURE


def spoken(claim: ControlClaim, said: Mapping[str, date]) -> date | None:
    """The day on which a claim was made: that of its statement where known, else of its report."""
    return said.get(claim.stated_in or "") or claim.published


def happenings(
    claims: Sequence[ControlClaim], parts: Sequence[tuple[date, ControlClaim]], said: Mapping[str, date]
) -> tuple[Happening, ...]:
    """The changes of one place from the claims that name it, in order of their keys.

    ``parts`` are claims that somebody holds a place that lies in it, with the day of each, sorted: they can tell
    against a change of the whole, never make one. ``said`` maps keys of statements to the days on which they were made.
    """
    changes = [claim for claim in claims if claim.status in AFFIRMED and not is_state(claim)]
    found: list[Happening] = []
    for extent in Extent:
        chosen = [claim for claim in changes if is_partial(claim) is (extent is Extent.PARTIAL)]
        found += [_happening(members, extent) for members in group(chosen, bounds_of, _fits, TOUCHING)]
    against = [claim for claim in claims if claim.status not in AFFIRMED and not is_state(claim)]
    return _with_opposition(found, against, parts, said)


def _happening(members: Sequence[ControlClaim], extent: Extent) -> Happening:
    winners = ranked_parties(claim.winners for claim in members)
    losers = tuple(p for p in ranked_parties(claim.losers for claim in members) if p not in winners)
    return Happening(
        place=members[0].place.id,
        winners=winners,
        losers=losers,
        extent=extent,
        bounds=best(members, bounds_of),
        basis=basis(members, frozenset(winners), frozenset(losers)),
        supporting=tuple(members),
    )


def _fits(claim: ControlClaim, members: Sequence[ControlClaim]) -> bool:
    """One happening has one winning side; where either names no winner the losing sides decide.

    From whom a place was taken is told in more ways than by whom, so that two losers do not keep claims apart.
    """
    winners, losers = parties(claim.winners), parties(claim.losers)
    their_winners = frozenset().union(*(parties(member.winners) for member in members))
    their_losers = frozenset().union(*(parties(member.losers) for member in members))
    if winners and their_winners:
        return bool(winners & their_winners)
    if winners & their_losers or their_winners & losers:
        return False
    return not losers or not their_losers or bool(losers & their_losers)


def _still_held(change: Happening, parts: Sequence[tuple[date, ControlClaim]]) -> list[ControlClaim]:
    """A rival's hold on a part, soon after the whole is said to have been taken, tells against that."""
    latest = change.bounds.latest
    if change.extent is not Extent.FULL or not change.winners or latest is None:
        return []
    last = latest + CONTEMPORARY if date.max - latest > CONTEMPORARY else date.max
    start, stop = (bisect_right(parts, day, key=lambda part: part[0]) for day in (latest, last))
    return [
        claim
        for _, claim in parts[start:stop]
        if not parties(claim.winners) & set(change.winners) and not _tells_of(change, claim.digest)
    ]


def _tells_of(change: Happening, digest: str) -> bool:
    """Whether a report itself, in its own voice, tells of a change."""
    return any(claim.digest == digest and claim.status is Status.ASSERTED for claim in change.supporting)


def _with_opposition(
    found: Sequence[Happening],
    against: Sequence[ControlClaim],
    parts: Sequence[tuple[date, ControlClaim]],
    said: Mapping[str, date],
) -> tuple[Happening, ...]:
    opposing = {i: told for i, change in enumerate(found) if (told := _still_held(change, parts))}
    for claim in against:
        candidates = [i for i, change in enumerate(found) if _tells_against(claim, change, spoken(claim, said))]
        if candidates:
            latest = max(candidates, key=lambda i: (found[i].bounds.high, found[i].bounds.low, -i))
            opposing.setdefault(latest, []).append(claim)
    return tuple(
        replace(change, opposing=tuple(opposing[i])) if i in opposing else change for i, change in enumerate(found)
    )


def _tells_against(claim: ControlClaim, change: Happening, day: date | None) -> bool:
    """Whether a denial, a failure, a plan or an expectation is evidence that a change did not wholly happen.

    A plan or expectation of the whole by the side that is said to have it implies "not yet", if it is voiced
    on or soon after the day of the change and not as background in a report that itself tells of the change.
    """
    sides = parties(claim.winners) or parties(claim.losers)
    if not sides & set(change.winners if claim.winners else change.losers):
        return False
    if is_partial(claim) is not (change.extent is Extent.PARTIAL):
        return False
    if claim.status in (Status.DENIED, Status.FAILED) and claim.when.begin_earliest is not None:
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
