"""Sides by the place that they fight for: "rebels" in a report that plays in two countries are those of the place."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from conflict_kg.linking import Setting, actor_at
from conflict_kg.model import ControlClaim, IncidentClaim, Place


def control_with_sides(claims: Iterable[ControlClaim], setting: Setting) -> list[ControlClaim]:
    """Control claims of a report that plays in ``setting``, with the sides that their places tell."""
    told = []
    for claim in claims:
        at = partial(actor_at, place=claim.place, setting=setting)
        told.append(
            replace(
                claim,
                winners=tuple(map(at, claim.winners)),
                losers=tuple(map(at, claim.losers)),
                presumed=tuple(map(at, claim.presumed)),
            )
        )
    return told


def incidents_with_sides(claims: Iterable[IncidentClaim], setting: Setting) -> list[IncidentClaim]:
    """Incident claims of a report that plays in ``setting``, with the sides that their places tell."""
    return [_incident(claim, claim.place, setting) for claim in claims]


def _incident(claim: IncidentClaim, place: Place | None, setting: Setting) -> IncidentClaim:
    if place is None:
        return claim
    at = partial(actor_at, place=place, setting=setting)
    return replace(claim, agents=tuple(map(at, claim.agents)), targets=tuple(map(at, claim.targets)))
