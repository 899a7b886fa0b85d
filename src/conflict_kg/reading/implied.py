"""Who took a place where a sentence tells only that it was taken: those of whom the report tells just before.

"The rebels marched on from the coast. The junction was taken on Wednesday": English leaves out who acts where that is
plain from what was told (implicit arguments; Gerber and Chai, Computational Linguistics 38:4, 2012). Where two sides
could be meant nobody is filled in.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conflict_kg.model import Actor, ControlClaim, ControlKind
from conflict_kg.reading.events import HAPPENED, sides_of
from conflict_kg.reading.losers import TAKEN

NEAR = 400  # characters between the two passages at most: two or three sentences
_GONE = {ControlKind.WITHDRAWAL, ControlKind.LOSS}


def with_implied_parties(claims: Sequence[ControlClaim], text: str) -> list[ControlClaim]:
    """The control claims of one report in the order of ``text``, each capture that names nobody with those who took, or
    lost, the place told of last in its paragraph, as long as all told there are of one mind.
    """
    ordered = sorted(claims, key=lambda claim: claim.passage)
    return [_filled(claim, ordered, text) if _is_open(claim) else claim for claim in ordered]


def _is_open(claim: ControlClaim) -> bool:
    return (
        claim.kind in TAKEN - {ControlKind.SIEGE} and claim.status in HAPPENED and not (claim.winners or claim.losers)
    )


def _filled(claim: ControlClaim, told: Sequence[ControlClaim], text: str) -> ControlClaim:
    before = list(_before(claim, told, text))
    takers = {frozenset(sides_of(winners)): winners for winners, _ in before if winners}
    losers = {frozenset(sides_of(lost)): lost for _, lost in before if lost}
    if len(takers) == 1 and not set(takers) & set(losers):
        rule = f"{claim.rule}; winner: who took places before"
        return replace(claim, winners=next(iter(takers.values())), rule=rule)
    if len(losers) == 1 and not takers:
        return replace(
            claim, losers=next(iter(losers.values())), rule=f"{claim.rule}; loser: who left or lost places before"
        )
    return claim


def _before(
    claim: ControlClaim, told: Sequence[ControlClaim], text: str
) -> Iterator[tuple[tuple[Actor, ...], tuple[Actor, ...]]]:
    """Who took and who lost, by the claims that stand shortly before in the same paragraph, or in the same sentence."""
    for other in told:
        between = text[other.passage.end : claim.passage.start]
        near = other.passage.end <= claim.passage.start and len(between) <= NEAR and "\n\n" not in between
        if other is claim or not (near or other.passage == claim.passage) or other.status not in HAPPENED:
            continue
        if other.kind in TAKEN:
            yield other.winners, other.losers
        elif other.kind in _GONE:
            yield (), other.losers
