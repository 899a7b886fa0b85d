"""One actor, one side at a time: what any report tells of whom somebody belongs to holds for their words in all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from conflict_kg.account.changes import is_state
from conflict_kg.account.turns import last_day
from conflict_kg.model import Actor, Claim, ControlClaim, IncidentClaim


def with_parties(claims: Sequence[Claim]) -> list[Claim]:
    """The claims with every actor on the side that most reports put it on.

    A spokesman whose office one report leaves out still speaks for it there. An actor that is its own side everywhere
    stays so; of several sides the most frequent counts, ties in alphabetical order. An actor of the lexicon is on the
    side that the lexicon gives it on the day of each report.
    """
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for actor, party in sides_told(claims):
        told[actor][party] += 1
    return on_sides(claims, {id: side_of(counts) for id, counts in told.items()})


def sides_told(claims: Iterable[Claim]) -> Iterator[tuple[str, str]]:
    """Id of each actor that a claim puts on a side other than its own, and of that side; once for each claim."""
    for claim in claims:
        named = (actor for actor in claim.actors() if actor.party and actor.party != actor.id and not actor.linked)
        yield from dict.fromkeys((actor.id, actor.party) for actor in named)


def side_of(counts: Mapping[str, int]) -> str:
    """The side that an actor is on, of those that claims put it on so many times."""
    return min(counts, key=lambda party: (-counts[party], party))


def on_sides(claims: Sequence[Claim], sides: Mapping[str, str]) -> list[Claim]:
    """The claims with the actors that have an entry in ``sides`` on that side."""
    return [_told(claim, sides) for claim in claims] if sides else list(claims)


def of_the_day(claim: Claim) -> Claim:
    """The claim with each actor that changed sides on that of the day told of, not on that of the report's.

    *A report of 2017 says that in January 2015, before it joined the Greens, the Red militia took the town: the Reds
    did.* Claims of other things than control and incidents stay as they are, and so do those of which no day is known.
    """
    day = _day_of(claim)
    moved = {actor.id: _side_on(actor.sides, day) for actor in claim.actors() if actor.sides} if day else {}
    return _told(claim, moved)


def _day_of(claim: Claim) -> date | None:
    if isinstance(claim, ControlClaim) and is_state(claim):
        return last_day(claim)
    if isinstance(claim, ControlClaim | IncidentClaim):
        return claim.when.begin_latest or claim.when.begin_earliest or claim.published
    return None


def _side_on(sides: Sequence[tuple[date, str]], day: date) -> str:
    return [side for first, side in sides if first <= day][-1]


def _told(claim: Claim, sides: Mapping[str, str]) -> Claim:
    if not any(_differs(actor, sides) for actor in claim.actors()):
        return claim
    changed: dict[str, Any] = {}
    for field in fields(claim):
        value = getattr(claim, field.name)
        if isinstance(value, tuple) and any(isinstance(one, Actor) and _differs(one, sides) for one in value):
            changed[field.name] = tuple(replace(one, party=sides.get(one.id, one.party)) for one in value)
    return replace(claim, **changed)


def _differs(actor: Actor, sides: Mapping[str, str]) -> bool:
    return sides.get(actor.id, actor.party) != actor.party
