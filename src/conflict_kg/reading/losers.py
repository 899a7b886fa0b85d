"""From whom a place was taken, where a sentence names the taker alone and the report tells it elsewhere.

What the report tells of the place elsewhere makes a loser; who fights whom in it, only a presumed one, on which
nothing rests. The claim's ``rule`` says which of the ways below was taken. Where two sides could be meant, nobody is
named.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache

from conflict_kg.linking import Setting, around, lexicon, link_actor
from conflict_kg.model import Actor, ActorKind, ControlClaim, ControlKind, Extent, Place, PlaceKind
from conflict_kg.reading.discourse import BELLIGERENT
from conflict_kg.reading.events import HAPPENED, alike, sides_of, touching
from conflict_kg.reading.hostilities import Fight, site_owner

TAKEN = frozenset({ControlKind.CAPTURE, ControlKind.RECAPTURE, ControlKind.PARTIAL_CAPTURE, ControlKind.SIEGE})
"""The kinds of change that somebody suffers."""

ALIKE = 0.8
"""Share of letters in common, in order, from which two names are one (one letter wrong in five: 0.8)."""

IN_PASSING = "compound held"
"""The rule of who is told to hold a place by a compound participle before its name."""

TELLING = 5
"""Letters from which a word is long enough to be compared so."""

_TOOK = TAKEN - {ControlKind.SIEGE} | {ControlKind.HANDOVER, ControlKind.HOLDS}
_WHOLE = {ControlKind.CAPTURE, ControlKind.RECAPTURE, ControlKind.HANDOVER}
_OF_STATES = {ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.OFFICE}

Actors = tuple[Actor, ...]


def without_former(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """The claims but for who is told in passing to hold a place that the same sentence tells them to lose as a whole.

    "Rebels took the army-held town": the change names the army as its loser, and nothing says that it holds the town.
    """
    changes = [
        claim for claim in claims
        if claim.kind in _WHOLE and claim.extent is Extent.FULL and claim.losers and claim.status in HAPPENED
    ]  # fmt: skip
    return [claim for claim in claims if not any(_is_over(claim, change) for change in changes)]


def _is_over(held: ControlClaim, change: ControlClaim) -> bool:
    return (
        held.rule == IN_PASSING
        and held.place.id == change.place.id
        and bool(sides_of(held.winners) & sides_of(change.losers))
        and held.passage.start < change.passage.end
        and change.passage.start < held.passage.end
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the rest of a report tells."""

    claims: Sequence[ControlClaim]
    fights: Sequence[Fight]
    named: Sequence[Actor]
    setting: Setting


def with_losers(
    claims: Sequence[ControlClaim], fights: Sequence[Fight], named: Iterable[Actor], setting: Setting
) -> list[ControlClaim]:
    """The control claims of one report, each change that names a winner alone with the loser that the report tells.

    ``fights`` are the report's pairs of opponents, ``named`` all actors in it, ``setting`` is where it plays.
    """
    able = (a for a in named if a.kind in BELLIGERENT and "authorit" not in a.name.lower())
    sides = [a for a in able if a.linked or a.kind is ActorKind.ARMED_GROUP]
    return [
        _with_loser(claim, _Told([c for c in claims if c is not claim], fights, sides, setting))
        if claim.kind in TAKEN | {ControlKind.LOSS} and claim.winners and not claim.losers
        else claim
        for claim in claims
    ]


def _with_loser(claim: ControlClaim, told: _Told) -> ControlClaim:
    for name, find in _WAYS.items():
        losers = tuple(_by_full_name(loser) for loser in _one_side(find(claim, told), claim))
        if losers and (find in _PRESUMING or claim.kind is ControlKind.SIEGE):  # who is besieged holds the place
            return replace(claim, presumed=losers, rule=f"{claim.rule}; presumed loser: {name}")
        if losers:
            return replace(claim, losers=losers, rule=f"{claim.rule}; loser: {name}")
    return claim


def _by_full_name(actor: Actor) -> Actor:
    """An actor of the lexicon whose name tells only beside its country's ("army") by the name that tells alone."""
    entry = lexicon().find(actor.name) if actor.linked else None
    return replace(actor, name=actor.label) if actor.linked and entry is None else actor


def _told_of_the_change(claim: ControlClaim, told: _Told) -> Iterable[Actors]:
    """The loser that another sentence names for the same change."""
    return [other.losers for other in told.claims if alike(claim, other)]


def _holder(claim: ControlClaim, told: _Told) -> Iterable[Actors]:
    """Who holds the place, or took it on an earlier day; for what is to come or came to nothing, and what was retaken,
    whoever took it last.
    """
    before = claim.status not in HAPPENED or claim.kind in {ControlKind.RECAPTURE, ControlKind.SIEGE}
    holding = [
        other
        for other in told.claims
        if (other.kind is ControlKind.HOLDS or (other.kind in _TOOK and (before or _is_earlier(other, claim))))
        and other.status in HAPPENED and other.winners and _within(claim.place, other.place)
        and not sides_of(other.winners) & sides_of(claim.winners) and not _is_later(other, claim)
    ]  # fmt: skip
    latest = max(map(_latest, holding), default=date.min)
    return [other.winners for other in holding if _latest(other) == latest]


def _gone(claim: ControlClaim, told: _Told) -> Iterable[Actors]:
    """Who left or lost the place, a part of it or what is around it at that time."""
    return [
        other.losers
        for other in told.claims
        if claim.status in HAPPENED and other.status in HAPPENED and touching(claim.when, other.when)
        and (_within(claim.place, other.place) or _within(other.place, claim.place))
    ]  # fmt: skip


def _owner(claim: ControlClaim, told: _Told) -> Iterable[Actors]:
    """Whose a site is by its name: "the army base", "the police station" of the country that it lies in."""
    country = claim.place.country
    again = claim.kind is ControlKind.RECAPTURE  # from whoever had taken it
    if country is None or country != told.setting.main_country or claim.status not in HAPPENED or again:
        return ()
    owner = site_owner(claim.place.name)
    actor = link_actor(owner, told.setting, document=claim.passage.document) if owner else None
    return [(actor,)] if actor is not None and actor.linked else []


def _opponent(claim: ControlClaim, told: _Told) -> Iterable[Actors]:
    """Whom the winner takes places of this country from, or loses them to, and whom it fights in a report about it.

    A state's forces are no party abroad.
    """
    country, sides = claim.place.country, sides_of(claim.winners)
    pairs = [(c.winners, c.losers) for c in told.claims if c.status in HAPPENED and c.place.country == country]
    fights = told.fights if country == told.setting.main_country else ()
    for one, other in (*pairs, *fights):
        for own, their in ((one, other), (other, one)):
            if sides_of(own) & sides:
                proven = (one, other) in pairs  # who takes and loses places there is a party, from wherever it comes
                able = (a for a in their if proven or (a.kind in BELLIGERENT and not _is_abroad(a, claim.place)))
                yield tuple({actor.party or actor.id: actor for actor in able}.values())


def _other_side(claim: ControlClaim, told: _Told) -> Iterable[Actors]:
    """The parties to a war that the report names beside the winner, if they are one side.

    In a country that the report is not mainly about only its state: the others may be named for other reasons. A group
    without a name ("militants") is one side where the state is the other. Peacekeepers take places from no side, and
    of ground without a name that lies elsewhere, or that a state's forces take abroad, it is not told where it lies.
    """
    away = claim.place.country != told.setting.main_country
    abroad = any(_is_abroad(winner, claim.place) for winner in claim.winners)
    peacekeepers = any(winner.kind is ActorKind.INTERNATIONAL for winner in claim.winners)
    if peacekeepers or (not claim.place.linked and (away or abroad)):
        return []
    of_the_state = all(_is_home(winner, claim.place) for winner in claim.winners)
    theirs = {winner.name.split()[-1].lower() for winner in claim.winners}  # "Marines" are no foes of "U.S. Marines"
    strangers = (a for a in told.named if a.label.split()[-1].lower() not in theirs)
    others = [a for a in strangers if not _is_abroad(a, claim.place) and not sides_of((a,)) & sides_of(claim.winners)]
    if away:
        return [(a,) for a in others if _is_home(a, claim.place)]
    return [(a,) for a in others if (_may_fight(a, claim.place) if a.linked else of_the_state)]


_WAYS: dict[str, Callable[[ControlClaim, _Told], Iterable[Actors]]] = {
    "named elsewhere for the same change": _told_of_the_change,
    "held the place": _holder,
    "left or lost the place": _gone,
    "the site's name says whose it was": _owner,
    "the opponent in the report": _opponent,
    "the only other side that the report names": _other_side,
}
"""How a loser is found, the surest way first."""

_PRESUMING = {_owner, _opponent, _other_side}


def _one_side(found: Iterable[Actors], claim: ControlClaim) -> Actors:
    """Of the actors found the ones named most often, if all are of one side and none is a winner's; before a militia of
    the side its state or the side itself.

    Where some are at home in the place's country, groups of other countries do not count beside them.
    """
    others = (actors for actors in found if actors and not sides_of(actors) & sides_of(claim.winners))
    counted = Counter(actors for actors in others if not any(_is_misspelt(x, claim.winners) for x in actors))
    at_home = {actors: n for actors, n in counted.items() if any(_is_of(x, claim.place) for x in actors)}
    foreign = any(x.kind in _OF_STATES and _is_abroad(x, claim.place) for x in claim.winners)
    if at_home and not foreign:  # an army abroad may be the ally of those at home
        counted = Counter(at_home)
    together = max((frozenset(sides_of(actors)) for actors in counted), key=len, default=frozenset())
    if not together or not all(sides_of(actors) <= together for actors in counted):
        return ()
    joint = [actors for actors in counted if sides_of(actors) == together]  # "A and B", where others name A alone
    return max(joint, key=lambda actors: (any(_stands_for_side(actor) for actor in actors), counted[actors]))


def _is_misspelt(actor: Actor, winners: Actors) -> bool:
    """Whether a name that the lexicon does not have is that of a winner with a letter wrong ("Daesj" for "Daesh")."""
    if actor.linked:
        return False
    own, theirs = _proper(actor), {word for winner in winners for word in _proper(winner)}
    return any(SequenceMatcher(None, a, b).ratio() >= ALIKE for a in own for b in theirs)


def _proper(actor: Actor) -> set[str]:
    """The capitalised words of an actor's name that are long enough to be told apart."""
    return {word for word in actor.name.split() if word[:1].isupper() and len(word) >= TELLING}


def _stands_for_side(actor: Actor) -> bool:
    return actor.kind in _OF_STATES or actor.id == actor.party


def _within(place: Place, other: Place) -> bool:
    """Whether ``other`` is the place or lies around it; who holds much of a country need not hold the town."""
    return place.id == other.id or (other.kind is not PlaceKind.COUNTRY and other.id in _surroundings(place))


@lru_cache(maxsize=1024)  # every pair of claims asks
def _surroundings(place: Place) -> frozenset[str]:
    return frozenset(each.id for each in around(place))


def _is_later(other: ControlClaim, claim: ControlClaim) -> bool:
    """Whether another claim speaks of a later time; a state that nothing dates is that of the report."""
    state = other.when.begin_latest if other.kind is ControlKind.HOLDS else None
    begin, end = other.when.begin_earliest or state, claim.when.begin_latest
    return begin is not None and end is not None and begin > end


def _is_earlier(other: ControlClaim, claim: ControlClaim) -> bool:
    """Whether another claim speaks of days that were over when this one's began."""
    end, begin = other.when.begin_latest, claim.when.begin_earliest
    return other.when.begin_earliest is not None and end is not None and begin is not None and end < begin


def _is_abroad(actor: Actor, place: Place) -> bool:
    entry = lexicon().entry(actor.party or actor.id)
    if entry is None or entry.kind not in _OF_STATES or place.country is None:
        return False
    return entry.country != place.country


def _is_of(actor: Actor, place: Place) -> bool:
    """Whether the lexicon has an actor in the country that a place lies in."""
    entry = lexicon().entry(actor.id) if place.country is not None else None
    return entry is not None and entry.country == place.country


def _may_fight(actor: Actor, place: Place) -> bool:
    """Whether the lexicon has an actor in the place's country, or in no one country."""
    entry = lexicon().entry(actor.id)
    return entry is not None and entry.country in {None, place.country} and place.country is not None


def _is_home(actor: Actor, place: Place) -> bool:
    """Whether an actor is of the state that a place lies in."""
    entry = lexicon().entry(actor.party or actor.id)
    return entry is not None and entry.kind in _OF_STATES and entry.country == place.country is not None


def _latest(claim: ControlClaim) -> date:
    return claim.when.begin_latest or date.min
