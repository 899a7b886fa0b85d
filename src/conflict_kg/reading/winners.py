"""Who took a place where its sentence names nobody ("the bridge was captured"), and the rest of the report tells it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from conflict_kg.model import Actor, ControlClaim, ControlKind, Status
from conflict_kg.reading.events import HAPPENED, sides_of

OPEN = ", nobody named"
"""How the rule of a change ends whose sentence tells of it as of something that happens to a place."""

Actors = tuple[Actor, ...]
Attack = tuple[int, Actors]
"""Where the text tells of an attack (code point), and who attacks."""

_TAKES = frozenset({ControlKind.CAPTURE, ControlKind.PARTIAL_CAPTURE, ControlKind.RECAPTURE})
_NEAR = 400  # characters, two or three sentences, within which a report goes on telling of one side's advance


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rest of a report tells."""

    claims: Sequence[ControlClaim]
    attacks: Sequence[Attack]


def with_winners(claims: Sequence[ControlClaim], attacks: Sequence[Attack] = ()) -> list[ControlClaim]:
    """The control claims of one report, those that name nobody with the side that the rest of it tells.

    Where it tells of places taken by two sides, or the place was that side's before, nobody is named.
    """
    told = _Told(sorted(claims, key=lambda claim: claim.passage), attacks)
    named = [_with_winner(claim, told) if claim.rule.endswith(OPEN) else claim for claim in claims]
    return [_with_attacker(claim, told) if claim.status is Status.FAILED else claim for claim in named]


def _with_attacker(claim: ControlClaim, told: _Told) -> ControlClaim:
    """An attempt that came to nothing, by the one side that the sentences before tell as trying to take the place."""
    if claim.winners or claim.kind not in _TAKES:
        return claim
    trying = [
        other.winners
        for other in told.claims
        if other.winners and other.place.id == claim.place.id and other.passage < claim.passage
        and (other.kind is ControlKind.SIEGE or (other.kind in _TAKES and other.status not in HAPPENED))
        and not sides_of(other.winners) & sides_of(claim.losers)
    ]  # fmt: skip
    if len({frozenset(sides_of(each)) for each in trying}) != 1:
        return claim
    return replace(claim, winners=trying[-1], rule=f"{claim.rule}; winner: tries before")


def _with_winner(claim: ControlClaim, told: _Told) -> ControlClaim:
    if claim.winners or claim.losers or claim.kind not in _TAKES:
        return claim
    for name, find in _WAYS.items():
        if found := find(claim, told):
            return replace(claim, winners=found, rule=f"{claim.rule}; winner: {name}")
    return claim


def _staying(claim: ControlClaim, told: _Told) -> Actors:
    """Of whom it is denied that they have left the place."""
    if claim.status in {Status.PLANNED, Status.EXPECTED} or claim.rule.startswith("frame capture:fall"):
        return ()
    here = (c for c in told.claims if c.place.id == claim.place.id and c.kind is ControlKind.WITHDRAWAL)
    return next((c.losers for c in here if c.status is Status.DENIED), ())


def _advancing(claim: ControlClaim, told: _Told) -> Actors:
    """The one side that the sentences right before tell as taking places, if it did not have this one before."""
    near = [
        other
        for other in told.claims
        if other.winners and other.kind in _TAKES and other.status in HAPPENED and other.passage < claim.passage
        and claim.passage.start - other.passage.end <= _NEAR
    ]  # fmt: skip
    again = claim.kind is ControlKind.RECAPTURE
    if any(_is_again(c) is not again and not _is_driving(c) for c in near):
        return ()
    return _new_here([c.winners for c in near], claim, told)


def _deprived(claim: ControlClaim, told: _Told) -> Actors:
    """Who lost the place or left it before, where it was won back."""
    if claim.kind is not ControlKind.RECAPTURE:
        return ()
    here = [c for c in told.claims if c.place.id == claim.place.id and c is not claim and c.status in HAPPENED]
    lost = [c.losers for c in here if c.losers and c.kind is not ControlKind.RECAPTURE]
    return lost[-1] if len({frozenset(sides_of(actors)) for actors in lost}) == 1 else ()


def _attacking(claim: ControlClaim, told: _Told) -> Actors:
    """The one side that the sentences right before tell as attacking, besieging, or trying to take places."""
    trying = [
        (c.passage.start, c.winners)
        for c in told.claims
        if c.winners and (c.kind is ControlKind.SIEGE or (c.kind in _TAKES and c.status is Status.PLANNED))
    ]  # fmt: skip
    near = [who for at, who in sorted([*told.attacks, *trying], key=_at) if 0 <= claim.passage.start - at <= _NEAR]
    return _new_here(near, claim, told) if claim.kind is not ControlKind.RECAPTURE else ()


def _at(attack: Attack) -> int:
    return attack[0]


def _taking(claim: ControlClaim, told: _Told) -> Actors:
    """The one side that takes places in the whole report."""
    taken = [
        other
        for other in told.claims
        if other.winners and other.kind in _TAKES and other.status in HAPPENED
    ]  # fmt: skip
    again = claim.kind is ControlKind.RECAPTURE
    if any(_is_again(c) is not again and not _is_driving(c) for c in taken):
        return ()
    return _new_here([c.winners for c in taken], claim, told)


_WAYS: Mapping[str, Callable[[ControlClaim, _Told], Actors]] = {
    "has not left the place": _staying,
    "advances before": _advancing,
    "lost it before": _deprived,
    "the only one that takes places": _taking,
    "attacks before": _attacking,
}
"""How a winner is found, the surest way first."""


def _new_here(found: Iterable[Actors], claim: ControlClaim, told: _Told) -> Actors:
    """The actors found last, if all are of one side that the place was not before."""
    sides = list(found)
    if len({frozenset(sides_of(actors)) for actors in sides}) != 1:
        return ()
    before = (c for c in told.claims if c.place.id == claim.place.id and c.passage < claim.passage)
    return () if any(sides_of(c.winners) & sides_of(sides[-1]) for c in before) else sides[-1]


def _is_again(claim: ControlClaim) -> bool:
    return claim.kind is ControlKind.RECAPTURE


def _is_driving(claim: ControlClaim) -> bool:
    """Whether all that is told is that somebody was driven out: of a place of their own or of a captured one."""
    return claim.rule.startswith("frame capture:drive")
