"""The account topic by topic: which claims bear on which, and what follows for one from all that bear on it.

A topic is who held one place, or the figures told of one place, or those that one report tells of none. What follows
for it needs only the claims that bear on it, so claims may be dealt out to topics report by report, and topics be gone
through one after the other, or on many machines. One kind of disagreement is between a place and its parts: those are
dealt out once more.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from conflict_kg.account.battles import fought_only, is_battle
from conflict_kg.account.changes import AFFIRMED, spoken
from conflict_kg.account.disagreements import Held, about_control, about_figures, distinct, held, held_in_parts
from conflict_kg.account.parties import of_the_day
from conflict_kg.account.ranges import figures_told, ranges
from conflict_kg.account.surroundings import surroundings
from conflict_kg.account.timeline import Evidence
from conflict_kg.account.versions import history
from conflict_kg.model import Account, CasualtyClaim, Claim, ControlClaim, ControlKind, IncidentClaim, Place, Statement


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """What claims are brought together for."""

    figures: bool
    """Whether it is the figures told of a place; else who held it."""
    place: str | None
    """Id; None only for figures that name no place."""
    report: str | None = None
    """Of such figures the digest of their report, or of the one it copies: nobody knows what others would mean."""


@dataclass(frozen=True, slots=True)
class Share:
    """A claim that bears on a topic, with what its report says that has a part in this."""

    claim: Claim
    said: date | None = None
    """When the statement was made in which it stands, where that is told."""
    part: str | None = None
    """Of figures: the words for victims whom another figure of their kind counts, too."""


def shares(claims: Sequence[Claim], places: Mapping[str, Place]) -> Iterator[tuple[Topic, Share]]:
    """The topics that claims bear on: all claims of one report, or of several.

    ``places`` holds the places that claims name and those around them, by id, for all reports alike.
    """
    said = {claim.key: claim.said_on for claim in claims if isinstance(claim, Statement) and claim.said_on}
    for claim in map(of_the_day, claims):
        told = said.get(claim.stated_in or "")
        if isinstance(claim, ControlClaim):
            yield Topic(False, claim.place.id), Share(claim, told)
            holds = claim.kind is ControlKind.HOLDS and claim.status in AFFIRMED and claim.winners
            if holds and spoken(claim, said) is not None:
                for around in surroundings(claim.place, places):
                    yield Topic(False, around), Share(claim, told)
        elif isinstance(claim, IncidentClaim) and is_battle(claim) and claim.place is not None:
            yield Topic(False, claim.place.id), Share(claim, told)
    casualties = (claim for claim in claims if isinstance(claim, CasualtyClaim))
    for place, figure, part in figures_told(casualties, places):
        yield Topic(True, place, None if place else figure.copied_from or figure.digest), Share(figure, part=part)


def settle(
    topic: Topic, told: Iterable[Share], places: Mapping[str, Place]
) -> tuple[Account, tuple[tuple[str, Held], ...]]:
    """What follows for a topic from all that bears on it, in any order, some of it perhaps twice.

    What follows hangs on these, and of ``places`` on those around the topic's own alone: it is kept under them.

    The second value is to be dealt out by its first part, the id of a place, to ``settle_parts``.
    """
    by_key = {share.claim.key: share for share in told}  # a text that is printed twice makes its claims twice
    known = [by_key[key] for key in sorted(by_key)]
    claims = {share.claim.key: share.claim for share in known}
    if topic.figures:
        figures = [(share.claim, share.part) for share in known if isinstance(share.claim, CasualtyClaim)]
        found = ranges(topic.place, figures)
        return Account((), (), found, distinct(about_figures(found, claims, places))), ()
    assert topic.place is not None
    evidence, said = _evidence(topic.place, known)
    if evidence.claims:
        told_changes, told_periods = history(topic.place, evidence, said)
    else:
        told_changes, told_periods = (), tuple(fought_only(topic.place, evidence.clashes))
    changes = tuple(sorted(told_changes, key=lambda each: each.id))
    periods = tuple(sorted(told_periods, key=lambda each: each.id))
    account = Account(changes, periods, (), distinct(about_control(changes, periods, claims)))
    around = surroundings(places[topic.place], places)[:1] if topic.place in places else []
    return account, tuple((place, one) for one in held(periods, claims) for place in (topic.place, *around))


def settle_parts(place: str, told: Iterable[Held]) -> Account:
    """The disagreements of those who say who holds a place with those who say who holds a part of it."""
    ordered = sorted(told, key=lambda one: (one.place, one.since, one.holder, one.claims))
    return Account((), (), (), distinct(held_in_parts(place, ordered)))


def _evidence(place: str, known: Iterable[Share]) -> tuple[Evidence, dict[str, date]]:
    """What bears on who held a place, and the days of the statements it was made in."""
    claims: list[ControlClaim] = []
    parts: list[tuple[date, ControlClaim]] = []
    clashes: list[IncidentClaim] = []
    said: dict[str, date] = {}
    for share in known:
        claim = share.claim
        if share.said is not None and claim.stated_in is not None:
            said[claim.stated_in] = share.said
        if isinstance(claim, IncidentClaim):
            clashes.append(claim)
        elif isinstance(claim, ControlClaim):
            if claim.place.id == place:
                claims.append(claim)
            elif (day := spoken(claim, said)) is not None:
                parts.append((day, claim))
    parts.sort(key=lambda part: (part[0], part[1].key))
    return Evidence(tuple(claims), tuple(parts), tuple(clashes)), said
