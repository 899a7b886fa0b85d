"""Fighting over a place: on which days clashes leave it contested, whoever holds it.

A clash counts where two armed sides fight in the place itself, on days that are told. What one side does alone (a
bombing, an air strike, shelling), and what is near the place or in the country around it, leaves who holds it be.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from conflict_kg.account.bounds import Bounds
from conflict_kg.account.changes import AFFIRMED
from conflict_kg.account.line import Stretch
from conflict_kg.account.phase import one_phase
from conflict_kg.account.sources import parties, ranked_parties
from conflict_kg.account.stable import stable_id
from conflict_kg.account.turns import DAY
from conflict_kg.model import Actor, ActorKind, ControlPeriod, Holding, IncidentClaim, IncidentKind, PlaceKind

FOUGHT_OVER = "fought-over"
"""The rule of days on which a place is contested because two sides fight in it."""

HELD_ON = "held-on"
"""The rule of the days after these, on which its holder is still known to have it."""

WEEK = timedelta(days=7)
"""Fighting told of a longer time than a week ("this month") says of no day that it was going on."""

_ARMED = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.OFFICE, ActorKind.INTERNATIONAL}
_LOCAL = {PlaceKind.SETTLEMENT, PlaceKind.PART, PlaceKind.SITE}
_END_OF_TIME = date.max


@dataclass(frozen=True, slots=True)
class Fight:
    """Fighting in a place without a day's break."""

    since: Bounds
    until: Bounds
    claims: tuple[IncidentClaim, ...]
    rivals: tuple[str, ...]
    """The parties that the holder fights."""


def is_battle(claim: IncidentClaim) -> bool:
    """Whether a claim says that armed sides, one of them named, fought in a settlement, a part of one or a site."""
    where = claim.place is not None and claim.place.kind in _LOCAL and not claim.near
    fought = claim.kind is IncidentKind.CLASH and claim.status in AFFIRMED
    return fought and where and bool(armed(claim.agents) or armed(claim.targets))


def fights(stretch: Stretch, clashes: Iterable[IncidentClaim]) -> list[Fight]:
    """The fights of its holder in a stretch: after the change with which it began, and over before the next."""
    found = [
        Fight(since, until, (clash,), rivals)
        for clash in clashes
        if (rivals := _rivals(clash, stretch.holder)) and (days := _days(clash)) is not None
        for since, until in [days]
        if since.low > stretch.since.high and (not stretch.until.dated or until.high <= stretch.until.low)
    ]
    joined: list[Fight] = []
    for fight in sorted(found, key=lambda f: (f.since.low, f.since.high, f.claims[0].key)):
        if joined and fight.since.low <= joined[-1].until.high:
            joined[-1] = _joined(joined[-1], fight)
        else:
            joined.append(fight)
    return joined


def fought_only(place: str, clashes: Sequence[IncidentClaim]) -> list[ControlPeriod]:
    """The contested days of a place of which nobody says who holds it: no holder, a period for each bounds of days."""
    groups: dict[tuple[Bounds, Bounds], list[IncidentClaim]] = {}
    for clash in clashes:
        if armed(clash.agents) and armed(clash.targets) and (days := _days(clash)) is not None:
            groups.setdefault(days, []).append(clash)
    return [_period(place, since, until, told) for (since, until), told in sorted(groups.items())]


def armed(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those that can fight for a place: no persons, nobody without a name."""
    return tuple(actor for actor in actors if actor.kind in _ARMED)


def _rivals(clash: IncidentClaim, holder: str | None) -> tuple[str, ...]:
    """The parties on the side across from the holder's; none where the holder is on no side, or on both."""
    one, other = armed(clash.agents), armed(clash.targets)
    for own, across in ((one, other), (other, one)):
        if holder in parties(own) and holder not in parties(across):
            return ranked_parties([across])
    return ()


def _days(clash: IncidentClaim) -> tuple[Bounds, Bounds] | None:
    """From when until when it was fought, if told within a week; a fight without an end lasted a day."""
    when = clash.when
    if when.begin_earliest is None or when.begin_latest is None or when.begin_latest - when.begin_earliest >= WEEK:
        return None
    ends = [end for end in (when.end_earliest, when.end_latest) if end is not None and end > when.begin_latest]
    until = Bounds(min(ends), max(ends)) if ends else Bounds(when.begin_earliest + DAY, when.begin_latest + DAY)
    return Bounds(when.begin_earliest, when.begin_latest), until


def _joined(one: Fight, other: Fight) -> Fight:
    until = max((one.until, other.until), key=lambda end: (end.high, end.low))
    return replace(
        one,
        until=until,
        claims=(*one.claims, *other.claims),
        rivals=tuple(dict.fromkeys((*one.rivals, *other.rivals))),
    )


def _period(place: str, since: Bounds, until: Bounds, clashes: Sequence[IncidentClaim]) -> ControlPeriod:
    keys = tuple(sorted(clash.key for clash in clashes))
    known = min(clash.published or _END_OF_TIME for clash in clashes)
    period = one_phase(
        place=place,
        holder=None,
        status=Holding.CONTESTED,
        grade=None,
        since=since,
        until=until,
        last_known=since.latest,
        rule=FOUGHT_OVER,
    )
    id = stable_id("period", [place, FOUGHT_OVER, *since, *until, known])
    return replace(period, id=id, known_from=known, supporting=keys)
