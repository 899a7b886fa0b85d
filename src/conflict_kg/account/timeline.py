"""The claims that bear on one place -> its changes and periods, as one moment knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from conflict_kg.account.changes import Happening, happenings
from conflict_kg.account.holdings import holdings
from conflict_kg.account.parts import partial_periods
from conflict_kg.account.periods import Draft, phases
from conflict_kg.account.stretches import stretches
from conflict_kg.account.turns import turns
from conflict_kg.model import ControlClaim, IncidentClaim


@dataclass(frozen=True, slots=True)
class Evidence:
    """What bears on one place."""

    claims: tuple[ControlClaim, ...]
    """Those that name it, in order of their keys."""
    parts: tuple[tuple[date, ControlClaim], ...]
    """Claims that somebody holds a place that lies in it, with the day of each, sorted."""
    clashes: tuple[IncidentClaim, ...]
    """Clashes in it."""


def timeline(
    place: str, evidence: Evidence, said: Mapping[str, date]
) -> tuple[tuple[Happening, ...], tuple[Draft, ...]]:
    """What follows for one place; ``said`` dates statements by their keys."""
    claims = evidence.claims
    found = happenings(claims, evidence.parts, said)
    line = stretches(turns(claims, found))
    whole = holdings(phases(place, line, claims, evidence.clashes))
    return found, (*whole, *partial_periods(place, claims, found, line))
