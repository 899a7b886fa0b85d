"""Who took a place where its sentence names nobody ("the bridge was captured"), and the sentences before tell it."""

from collections.abc import Sequence
from dataclasses import replace

from conflict_kg.model import Actor, ControlClaim, ControlKind, Status
from conflict_kg.reading.events import HAPPENED, sides_of

OPEN = ", nobody named"
"""How the rule of a change ends whose sentence tells of it as of something that happens to a place."""

Actors = tuple[Actor, ...]

_TAKES = frozenset({ControlKind.CAPTURE, ControlKind.PARTIAL_CAPTURE, ControlKind.RECAPTURE})
_NEAR = 400  # characters, two or three sentences, within which a report goes on telling of one side's advance


def with_winners(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """The control claims of one report, those that name nobody with the side that the sentences before tell of.

    Where these tell of places taken by two sides, or the place was that side's before, nobody is named.
    """
    ordered = sorted(claims, key=lambda claim: claim.passage)
    named = [_with_winner(claim, ordered) if claim.rule.endswith(OPEN) else claim for claim in claims]
    return [_with_attacker(claim, ordered) if claim.status is Status.FAILED else claim for claim in named]


def _with_attacker(claim: ControlClaim, claims: Sequence[ControlClaim]) -> ControlClaim:
    """An attempt that came to nothing, by the one side that the sentences before tell as trying to take the place."""
    if claim.winners or claim.kind not in _TAKES:
        return claim
    trying = [
        other.winners
        for other in claims
        if other.winners and other.place.id == claim.place.id and other.passage < claim.passage
        and (other.kind is ControlKind.SIEGE or (other.kind in _TAKES and other.status not in HAPPENED))
        and not sides_of(other.winners) & sides_of(claim.losers)
    ]  # fmt: skip
    if len({frozenset(sides_of(each)) for each in trying}) != 1:
        return claim
    return replace(claim, winners=trying[-1], rule=f"{claim.rule}; winner: tries before")


def _with_winner(claim: ControlClaim, claims: Sequence[ControlClaim]) -> ControlClaim:
    if claim.winners or claim.losers or claim.kind not in _TAKES:
        return claim
    for name, found in (
        ("has not left the place", _staying(claim, claims)),
        ("advances before", _advancing(claim, claims)),
    ):
        if found:
            return replace(claim, winners=found, rule=f"{claim.rule}; winner: {name}")
    return claim


def _staying(claim: ControlClaim, claims: Sequence[ControlClaim]) -> Actors:
    """Of whom it is denied that they have left the place."""
    told = (c for c in claims if c.place.id == claim.place.id and c.kind is ControlKind.WITHDRAWAL)
    return next((c.losers for c in told if c.status is Status.DENIED), ())


def _advancing(claim: ControlClaim, claims: Sequence[ControlClaim]) -> Actors:
    """The one side that the sentences right before tell as taking places, if it did not have this one before."""
    near = [
        other
        for other in claims
        if other.winners and other.kind in _TAKES and other.status in HAPPENED and other.passage < claim.passage
        and claim.passage.start - other.passage.end <= _NEAR
    ]  # fmt: skip
    again = claim.kind is ControlKind.RECAPTURE
    if len({frozenset(sides_of(c.winners)) for c in near}) != 1 or any(_is_again(c) is not again for c in near):
        return ()
    winners = near[-1].winners
    before = (c for c in claims if c.place.id == claim.place.id and c.passage < claim.passage)
    return () if any(sides_of(c.winners) & sides_of(winners) for c in before) else winners


def _is_again(claim: ControlClaim) -> bool:
    return claim.kind is ControlKind.RECAPTURE
