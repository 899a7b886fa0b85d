"""One report, one incident: joining what headline, captions and body tell of it by one source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from conflict_kg.linking import is_unnamed
from conflict_kg.model import Actor, IncidentClaim, IncidentKind, Place, PlaceKind, Status
from conflict_kg.reading.events import HAPPENED, sides_of, tighter, touching

EXACT = (IncidentKind.ATTACK, IncidentKind.BOMBING, IncidentKind.AIR_STRIKE)
"""Kinds of which, in one sentence, a later one says more exactly what an earlier one ("the attack") was."""


@dataclass(frozen=True, slots=True)
class Told:
    """One mention of an incident."""

    claim: IncidentClaim
    another: bool
    """Whether its words say that it is not the one told before."""


def one_an_incident(told: Iterable[Told]) -> list[IncidentClaim]:
    """The incidents of a report in the order of the text, each by one source."""
    merged: list[Told] = []
    ordered = sorted(told, key=lambda t: (t.claim.passage, t.claim.kind, t.claim.key))
    for _, mentions in groupby(ordered, key=lambda t: t.claim.passage):
        for one in _joined([], mentions):  # those of one sentence first
            merged = _joined(merged, [one])
    return sorted((each.claim for each in merged), key=lambda claim: (claim.passage, claim.kind, claim.key))


def _joined(known: list[Told], told: Iterable[Told]) -> list[Told]:
    """What is known with what is told: each mention joined to the first incident that it can be of, or one more."""
    result = list(known)
    for one in told:
        at = next(
            (i for i, old in enumerate(result) if not _apart(one, old.claim) and _same(old.claim, one.claim)), None
        )
        if at is None:
            result.append(one)
        else:
            result[at] = Told(_join(result[at].claim, one.claim), result[at].another or one.another)
    return result


def _apart(one: Told, known: IncidentClaim) -> bool:
    return one.another and one.claim.passage != known.passage


def _same(a: IncidentClaim, b: IncidentClaim) -> bool:
    return (
        (a.kind is b.kind or _is_detail(a, b))
        and _standing(a.status) == _standing(b.status)
        and {x.id for x in a.according_to} == {x.id for x in b.according_to}
        and None in {a.means, b.means} | ({None} if a.means is b.means else set())
        and _compatible(a, b)
        and _placed(a, b)
        and touching(a.when, b.when)
    )


def _is_detail(a: IncidentClaim, b: IncidentClaim) -> bool:
    """Whether of two mentions in one sentence one may say more exactly what the other was."""
    return a.passage == b.passage and a.kind in EXACT and b.kind in EXACT


def _standing(status: Status) -> str:
    return "happened" if status in HAPPENED else str(status)


def _compatible(a: IncidentClaim, b: IncidentClaim) -> bool:
    """Whether the sides can be the same; those of a clash in either order."""
    straight = _agree(a.agents, b.agents) and _agree(a.targets, b.targets)
    return straight or (a.kind is IncidentKind.CLASH and _agree(a.agents, b.targets) and _agree(a.targets, b.agents))


def _agree(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    return not a or not b or bool(sides_of(a) & sides_of(b))


def _placed(a: IncidentClaim, b: IncidentClaim) -> bool:
    """Whether the places can be that of one incident: the same, one a part of the other, or one left open where a side
    is the same.
    """
    if a.place is None or b.place is None:
        return a.passage == b.passage or bool(_parties(a) & _parties(b))
    return a.place.id == b.place.id or _is_part(a.place, b.place) or _is_part(b.place, a.place)


def _parties(claim: IncidentClaim) -> set[str]:
    return sides_of((*claim.agents, *claim.targets))


def _is_part(part: Place, whole: Place) -> bool:
    """Whether a place with a name of its own ("the market" has none) is a part of another."""
    named = not is_unnamed(part)
    return part.kind in {PlaceKind.PART, PlaceKind.SITE} and part.located_in == whole.id and named


def _join(a: IncidentClaim, b: IncidentClaim) -> IncidentClaim:
    """One claim of two mentions: all that either tells, the tighter time, the passage that says most."""
    best, other = (a, b) if _tells(a) >= _tells(b) else (b, a)
    fine = max(best, other, key=lambda c: EXACT.index(c.kind)) if best.kind is not other.kind else best
    place = _finer(best, other)
    return replace(
        best,
        kind=fine.kind,
        rule=fine.rule,
        status=Status.ASSERTED if Status.ASSERTED in {a.status, b.status} else best.status,
        means=best.means or other.means,
        agents=best.agents or other.agents,
        targets=best.targets or other.targets,
        place=place.place,
        near=place.near,
        relayed_by=best.relayed_by or other.relayed_by,
        when=tighter(best.when, other.when),
    )


def _finer(a: IncidentClaim, b: IncidentClaim) -> IncidentClaim:
    """The claim with the narrower place."""
    if a.place is None or b.place is None:
        return a if a.place is not None else b
    return b if b.place.located_in == a.place.id else a


def _tells(claim: IncidentClaim) -> tuple[int, bool]:
    sides = bool(claim.agents) + bool(claim.targets) + (claim.place is not None)
    return sides, claim.when.begin_earliest is not None
