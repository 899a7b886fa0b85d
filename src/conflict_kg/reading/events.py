"""One report, one event: joining the mentions of a change by one source, and letting sources that agree fill in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from conflict_kg.model import Actor, ControlClaim, ControlKind, Period, Status

HAPPENED = {Status.ASSERTED, Status.CLAIMED}


def one_an_event(claims: Iterable[ControlClaim]) -> list[ControlClaim]:
    """Join the mentions of one event by one source: headline, caption and body meet in one claim."""
    merged: list[ControlClaim] = []
    for claim in sorted(claims, key=lambda c: (c.passage, c.kind)):
        for at, known in enumerate(merged):
            if _same_event(known, claim):
                merged[at] = _join(known, claim)
                break
        else:
            merged.append(claim)
    return merged


def agreeing(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """Let sources of one report fill in what a mention of their event leaves out: its day, and who took the place.

    A name or a day is taken only from a claim about the same place and change that nothing in this one contradicts.
    """
    told = [
        _filled(claim, [other for other in claims if other is not claim and alike(claim, other)]) for claim in claims
    ]
    return [_taken_by_holder(claim, told) for claim in told]


def without_beginnings(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """Without the attempts that the report tells in its own voice as the beginning of what came about.

    "The final push to take the town began on Sunday", where the report has the town taken. What somebody vowed or
    ordered stays: it was said.
    """
    return [claim for claim in claims if not any(_begins(claim, other) for other in claims)]


def _begins(claim: ControlClaim, other: ControlClaim) -> bool:
    return (
        claim.status is Status.PLANNED
        and not claim.according_to
        and other.status is Status.ASSERTED
        and claim.place.id == other.place.id
        and _family(claim.kind) == _family(other.kind) == "change"
        and bool(claim.winners and other.winners)
        and _compatible(claim.winners, other.winners)
        and touching(claim.when, other.when)
    )


def alike(a: ControlClaim, b: ControlClaim) -> bool:
    """Whether ``b`` may tell of the change that ``a`` tells or denies."""
    same = a.place.id == b.place.id and _family(a.kind) == _family(b.kind) == "change" and a.extent is b.extent
    both = a.status in HAPPENED | {Status.DENIED} and b.status in HAPPENED and not _is_opposite(a.kind, b.kind)
    return (
        same
        and both
        and _compatible(a.winners, b.winners)
        and _compatible(a.losers, b.losers)
        and touching(a.when, b.when)
    )


def _is_opposite(a: ControlKind, b: ControlKind) -> bool:
    return (a is ControlKind.RECAPTURE) is not (b is ControlKind.RECAPTURE)


def _filled(claim: ControlClaim, others: Sequence[ControlClaim]) -> ControlClaim:
    dated = [o.when for o in others if o.when.begin_earliest is not None]
    winners = (
        next((o.winners for o in others if o.winners), ()) if not claim.winners and not claim.losers else claim.winners
    )
    period = claim.when if claim.when.begin_earliest is not None or not dated else min(dated, key=_width)
    return replace(claim, winners=winners, when=period)


def _taken_by_holder(claim: ControlClaim, told: Sequence[ControlClaim]) -> ControlClaim:
    """Name who holds a place as who took it, where it is told that it was taken, or was not, but not by whom."""
    if claim.kind is not ControlKind.CAPTURE or claim.winners or claim.status not in HAPPENED | {Status.DENIED}:
        return claim
    holding = [
        other.winners
        for other in told
        if other.kind is ControlKind.HOLDS and other.status in HAPPENED and other.passage != claim.passage
        and other.place.id == claim.place.id and other.extent is claim.extent
        and not sides_of(other.winners) & sides_of(claim.losers)
    ]  # fmt: skip
    return replace(claim, winners=holding[0]) if len({frozenset(sides_of(each)) for each in holding}) == 1 else claim


def _same_event(a: ControlClaim, b: ControlClaim) -> bool:
    return (
        a.place.id == b.place.id
        and _family(a.kind) == _family(b.kind)
        and _standing_class(a.status) == _standing_class(b.status)
        and a.extent is b.extent
        and {x.id for x in a.according_to} == {x.id for x in b.according_to}
        and _compatible(a.winners, b.winners)
        and _compatible(a.losers, b.losers)
        and not sides_of(a.winners) & sides_of(b.losers)
        and not sides_of(b.winners) & sides_of(a.losers)
        and touching(a.when, b.when)
    )


def _family(kind: ControlKind) -> str:
    if kind in {ControlKind.HOLDS, ControlKind.SIEGE, ControlKind.WITHDRAWAL, ControlKind.HANDOVER}:
        return str(kind)
    return "change"


def _standing_class(status: Status) -> str:
    if status in HAPPENED:
        return "happened"
    return "not yet" if status in {Status.PLANNED, Status.EXPECTED} else "did not"


def _compatible(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides can be the same: one is not named, or somebody of one belongs to the party of the other."""
    return not a or not b or bool(sides_of(a) & sides_of(b))


def sides_of(actors: Iterable[Actor]) -> set[str]:
    """The ids of the sides that actors are on: their parties, or their own."""
    return {actor.party or actor.id for actor in actors}


def touching(a: Period, b: Period) -> bool:
    """Whether two periods can be of one event; what has no earliest day can be any time before its latest."""
    if not (a.begin_earliest and a.begin_latest and b.begin_earliest and b.begin_latest):
        return True
    return a.begin_earliest <= b.begin_latest and b.begin_earliest <= a.begin_latest


def _join(a: ControlClaim, b: ControlClaim) -> ControlClaim:
    """One claim of two mentions: the parties that either names, the tighter time, the passage that says most."""
    best, other = (a, b) if _tells(a) >= _tells(b) else (b, a)
    specific = best if best.kind is not ControlKind.LOSS else other
    return replace(
        best,
        kind=specific.kind,
        status=Status.ASSERTED if Status.ASSERTED in {a.status, b.status} else best.status,
        winners=best.winners or other.winners,
        losers=best.losers or other.losers,
        relayed_by=best.relayed_by or other.relayed_by,
        when=tighter(best.when, other.when),
    )


def _tells(claim: ControlClaim) -> tuple[bool, bool, bool]:
    return bool(claim.when.begin_earliest), bool(claim.winners), bool(claim.losers)


def tighter(a: Period, b: Period) -> Period:
    """Of two periods of one event the one whose beginning is known more exactly."""
    if a.begin_earliest is None:
        return b if b.begin_earliest is not None else replace(a, begin_latest=_least(a.begin_latest, b.begin_latest))
    if b.begin_earliest is None or b.begin_latest is None or a.begin_latest is None:
        return a
    return min((a, b), key=_width)


def _width(period: Period) -> timedelta:
    """How far apart the earliest and the latest day of its beginning are."""
    return (period.begin_latest or date.max) - (period.begin_earliest or date.min)


def _least(a: date | None, b: date | None) -> date | None:
    return min(d for d in (a, b) if d) if a or b else None
