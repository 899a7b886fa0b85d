"""Claims -> account: changes and periods of control, ranges of casualty figures, disagreements, each with its evidence.

The account is thrown away and rebuilt at any time. docs/account.md has its rules in plain words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from conflict_kg.account.battles import fought_only, is_battle
from conflict_kg.account.changes import AFFIRMED, spoken
from conflict_kg.account.disagreements import disagreements
from conflict_kg.account.parties import with_parties
from conflict_kg.account.ranges import ranges
from conflict_kg.account.spread import histories
from conflict_kg.account.surroundings import surroundings
from conflict_kg.account.timeline import Evidence
from conflict_kg.model import (
    Account,
    CasualtyClaim,
    Claim,
    ControlClaim,
    ControlKind,
    IncidentClaim,
    Place,
    Statement,
)

__all__ = ["derive"]


def derive(claims: Iterable[Claim], places: Mapping[str, Place], *, jobs: int = 1) -> Account:
    """What follows from claims.

    ``claims`` may come in any order and more than once; statements among them date what was said in them.
    ``places`` holds the places that claims name and those around them, by id. Dates are days; an ``until`` is
    the first day on which something no longer holds. ``jobs`` is how many processes may share the work. The result is
    sorted by id, and the same for the same claims.
    """
    known = {claim.key: claim for claim in claims}
    ordered = with_parties([known[key] for key in sorted(known)])
    said = {claim.key: claim.said_on for claim in ordered if isinstance(claim, Statement) and claim.said_on}
    battles = _battles(ordered)
    evidence = _evidence(ordered, places, said, battles)
    told_of = list(histories(evidence, said, jobs))
    fought = [period for place, told in battles.items() if place not in evidence for period in fought_only(place, told)]
    held = [*(each for _, periods in told_of for each in periods), *fought]
    changes = tuple(sorted((each for changes, _ in told_of for each in changes), key=lambda each: each.id))
    periods = tuple(sorted(held, key=lambda each: each.id))
    figures = ranges((claim for claim in ordered if isinstance(claim, CasualtyClaim)), places)
    by_key = {claim.key: claim for claim in ordered}
    return Account(changes, periods, figures, disagreements(by_key, places, changes, periods, figures))


def _battles(claims: Iterable[Claim]) -> dict[str, list[IncidentClaim]]:
    """The clashes that may leave a place contested, by place."""
    found: defaultdict[str, list[IncidentClaim]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, IncidentClaim) and is_battle(claim) and claim.place is not None:
            found[claim.place.id].append(claim)
    return dict(sorted(found.items()))


def _evidence(
    claims: Iterable[Claim],
    places: Mapping[str, Place],
    said: Mapping[str, date],
    clashes: Mapping[str, Sequence[IncidentClaim]],
) -> dict[str, Evidence]:
    """What bears on each place of which some claim says who controls it."""
    told: defaultdict[str, list[ControlClaim]] = defaultdict(list)
    parts: defaultdict[str, list[tuple[date, ControlClaim]]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, ControlClaim):
            told[claim.place.id].append(claim)
            day = spoken(claim, said)
            if claim.kind is ControlKind.HOLDS and claim.status in AFFIRMED and claim.winners and day is not None:
                for around in surroundings(claim.place, places):
                    parts[around].append((day, claim))
    return {
        place: Evidence(
            tuple(told[place]),
            tuple(sorted(parts.get(place, ()), key=lambda part: (part[0], part[1].key))),
            tuple(clashes.get(place, ())),
        )
        for place in sorted(told)
    }
