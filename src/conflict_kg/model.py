"""The values that flow from a report to an answer: what goes in, what is claimed, what follows.

Everything before this module makes these values, everything after it uses them. All are frozen, none knows about spaCy
or RDF, and only the standard library is imported. Offsets are Unicode code points into a report's text, the end
exclusive. Dates are days; an ``end`` or ``until`` is the first day on which something no longer holds.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any


class SectionKind(StrEnum):
    """What a stretch of a report is; boilerplate makes no claims."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


class ActorKind(StrEnum):
    """What an actor is."""

    ARMED_GROUP = "armed_group"
    STATE_FORCE = "state_force"
    GOVERNMENT = "government"
    OFFICE = "office"
    INTERNATIONAL = "international"
    OUTLET = "outlet"
    MONITOR = "monitor"
    PERSON = "person"
    ORGANIZATION = "organization"
    UNNAMED = "unnamed"


class PlaceKind(StrEnum):
    """What a place is: a settlement, a part or site within or near one, or an area around many."""

    SETTLEMENT = "settlement"
    PART = "part"
    SITE = "site"
    AREA = "area"
    COUNTRY = "country"


class ControlKind(StrEnum):
    """What a control claim says; the first seven are changes, the last is a state."""

    CAPTURE = "capture"
    RECAPTURE = "recapture"
    PARTIAL_CAPTURE = "partial_capture"
    WITHDRAWAL = "withdrawal"
    LOSS = "loss"
    SIEGE = "siege"
    HANDOVER = "handover"
    HOLDS = "holds"


class Status(StrEnum):
    """How far a claim may be taken as having happened (docs/architecture.md, "Status")."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    DENIED = "denied"
    FAILED = "failed"
    PLANNED = "planned"
    EXPECTED = "expected"


Extent = StrEnum("Extent", "FULL PARTIAL")  # whether a claim is about the whole place or an unnamed part of it


class Harm(StrEnum):
    """What happened to the victims of a casualty claim."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    DISPLACED = "displaced"


class IncidentKind(StrEnum):
    """What an incident claim says happened."""

    BOMBING = "bombing"
    AIR_STRIKE = "air_strike"
    CLASH = "clash"
    ATTACK = "attack"
    SIEGE = "siege"
    DEPLOYMENT = "deployment"
    WITHDRAWAL = "withdrawal"


class Means(StrEnum):
    """What an incident was done with, where the words tell."""

    SUICIDE_BOMB = "suicide_bomb"
    CAR_BOMB = "car_bomb"
    PLANTED_BOMB = "planted_bomb"
    SHELLING = "shelling"
    DRONE = "drone"
    GRENADE = "grenade"
    CHEMICAL = "chemical"


class Holding(StrEnum):
    """How a place is held on a date."""

    HELD = "held"
    PARTLY_HELD = "partly held"
    CONTESTED = "contested"
    BESIEGED = "besieged"
    UNKNOWN = "unknown"


Basis = StrEnum("Basis", "CONFIRMED CLAIMED INFERRED")  # what a control period rests on
Dimension = StrEnum("Dimension", "HOLDER DATE FIGURE VICTIMS PERIOD PART HAPPENED")  # in what two claims differ


# ---------------------------------------------------------------- report


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a report's text."""

    kind: SectionKind
    start: int
    end: int
    reference: date | None
    """The day from which words like "on Sunday" count in this stretch; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Report:
    """One news report."""

    id: str
    """The file's stem, or the ``id`` of an input record."""
    text: str
    """The text as it came; every offset counts in it."""
    view: str
    """The text to parse, as long as ``text``: line breaks inside a sentence are spaces, all others stay."""
    sections: tuple[Section, ...]
    """In order and without overlap; text outside all of them is white space."""
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    author: str | None = None
    source: str = ""
    """Where it was read from (a path, with the line for a record): for messages only."""

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: what a document is known by."""
        return hashlib.sha256(self.text.encode()).hexdigest()


# ---------------------------------------------------------------- who and where


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts or speaks, as one report names them."""

    id: str
    """The lexicon's id; else made from the name, and for an unnamed source from report and words too."""
    name: str
    """The report's own name for it, in the fullest form the report has."""
    label: str
    """The preferred name: the lexicon's, or ``name``."""
    kind: ActorKind
    linked: bool = False
    """Whether ``id`` is an entry of the lexicon."""
    party: str = ""
    """Id of the side it belongs to: the top of its ``part_of`` chain, or its own id."""
    part_of: str | None = None
    """Id of the actor that it directly belongs to or speaks for."""
    role: str | None = None
    """What the report says it is: "spokesman for the governor of Anbar province"."""
    reason: str = ""
    """Why it was linked so."""
    sides: tuple[tuple[date, str], ...] = ()
    """Of an actor of the lexicon that changed sides: each side's id with the first day on it, in order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere, as one report names it."""

    id: str
    """``geonames-…`` where the gazetteer has it; else made from the name and the place it lies in."""
    name: str
    """The report's own name for it, in the fullest form the report has."""
    label: str
    kind: PlaceKind
    linked: bool = False
    """Whether ``id`` is an entry of the gazetteer."""
    located_in: str | None = None
    """Id of the smallest known place around it."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    latitude: float | None = None
    longitude: float | None = None
    reason: str = ""


# ---------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A stretch of a report's text; ``quote`` is exactly those characters."""

    document: str
    """``Report.id``."""
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Period:
    """When something began and ended, each as the earliest and latest day that the words allow."""

    begin_earliest: date | None = None
    begin_latest: date | None = None
    end_earliest: date | None = None
    end_latest: date | None = None
    text: str | None = None
    """The words that say so."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as written: "at least 500" is low 500; "about 24,000" is best 24000."""

    text: str
    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """Another casualty claim of the same report, to which one relates."""

    key: str
    """``Claim.key`` of it."""
    passage: Passage
    text: str
    """Its ``Count.text``."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One proposition according to one source, in one report, resting on one passage."""

    passage: Passage
    digest: str
    """``Report.digest`` of the report it stands in."""
    published: date | None
    according_to: tuple[Actor, ...] = ()
    """The origin, several where they speak jointly; empty where it is the report's own voice."""
    relayed_by: tuple[Actor, ...] = ()
    """The outlets between the origin and the report, nearest to the origin first."""
    rule: str
    """What produced it."""
    stated_in: str | None = None
    """``key`` of the statement it was made in."""
    note: str | None = None
    """What the report says about its standing: "could not be independently verified"."""
    copied_from: str | None = None
    """``Report.digest`` of the report that its report copies, where the account knows of one."""

    @cached_property
    def key(self) -> str:
        """Twenty hexadecimal digits that stay the same between runs, machines and loading orders."""
        body = {name: _plain(getattr(self, name)) for name in self.__dataclass_fields__ if name not in _UNKEYED}
        return hashlib.sha256(_JSON.encode([type(self).__name__, body]).encode()).hexdigest()[:20]

    def actors(self) -> Iterator[Actor]:
        """Every actor that the claim names."""
        yield from self.according_to
        yield from self.relayed_by


@dataclass(frozen=True, kw_only=True)
class Mention(Claim):
    """An actor or a place that a report names; one for each, at its fullest mention."""

    entity: Actor | Place

    def actors(self) -> Iterator[Actor]:
        if isinstance(self.entity, Actor):
            yield self.entity


@dataclass(frozen=True, kw_only=True)
class Statement(Claim):
    """One utterance; ``according_to`` is who speaks."""

    direct: bool
    content: str
    """The words said, as they stand in the report."""
    speaker_role: str | None = None
    said_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ControlClaim(Claim):
    """That a place changed hands, or is held. Planned, expected and failed changes name the would-be winner."""

    place: Place
    winners: tuple[Actor, ...] = ()
    losers: tuple[Actor, ...] = ()
    presumed: tuple[Actor, ...] = ()
    """Who will have lost the place, by who fights whom in the report, where it names no loser; nothing rests on it."""
    kind: ControlKind
    status: Status
    extent: Extent = Extent.FULL
    when: Period = field(default_factory=Period)

    def actors(self) -> Iterator[Actor]:
        yield from super().actors()
        yield from self.winners
        yield from self.losers
        yield from self.presumed


@dataclass(frozen=True, kw_only=True)
class CasualtyClaim(Claim):
    """That people were killed, wounded, missing, captured or displaced."""

    harm: Harm
    count: Count
    victims: str | None = None
    """As written: "civilians", "police officers"."""
    place: Place | None = None
    blamed: tuple[Actor, ...] = ()
    when: Period = field(default_factory=Period)
    included_in: Figure | None = None
    """The figure that counts these victims, too: "five people, including three children"."""
    additional_to: Figure | None = None
    """The figure that the text says this one comes on top of."""

    def actors(self) -> Iterator[Actor]:
        yield from super().actors()
        yield from self.blamed


@dataclass(frozen=True, kw_only=True)
class IncidentClaim(Claim):
    """That a bombing, air strike, clash, attack, siege, deployment or withdrawal happened, or did not."""

    kind: IncidentKind
    status: Status
    means: Means | None = None
    agents: tuple[Actor, ...] = ()
    """Who did it; of a clash one side."""
    targets: tuple[Actor, ...] = ()
    """To whom it was done; of a clash the other side."""
    place: Place | None = None
    near: bool = False
    """Whether it was near the place rather than in it."""
    when: Period = field(default_factory=Period)
    casualties: tuple[str, ...] = ()
    """``key`` of the casualty claims that tell of its victims in the same sentence."""

    def actors(self) -> Iterator[Actor]:
        yield from super().actors()
        yield from self.agents
        yield from self.targets


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from one report."""

    report: Report
    claims: tuple[Claim, ...]
    """Sorted by start, then type."""
    places: tuple[Place, ...]
    """Every place that a claim names and every place around those, each id once, sorted by id."""
    actors: tuple[Actor, ...]
    """Every actor that a claim names and every actor above those in ``part_of``, each id once, sorted by id."""


# ---------------------------------------------------------------- account


@dataclass(frozen=True, slots=True)
class ControlChange:
    """One happening in which a place changed hands, put together from the claims about it."""

    id: str
    place: str
    winners: tuple[str, ...]
    losers: tuple[str, ...]
    extent: Extent
    basis: Basis
    earliest: date | None
    latest: date | None
    supporting: tuple[str, ...]
    """Keys of claims."""
    opposing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ControlPeriod:
    """Who held a place from when to when, how it was held, and what that rests on.

    ``since_*`` and ``until_*`` bound the holding: the time for which the holder has the place, whatever its status.
    ``phase_*`` bound the days of it for which this status stands; a holding of one status has one phase, with the same
    bounds. An ``until`` is the first day on which it is over; what is not known is None.
    """

    id: str
    place: str
    holder: str | None
    """Id of an actor; None where nothing is known."""
    status: Holding
    basis: Basis | None
    since_earliest: date | None
    since_latest: date | None
    until_earliest: date | None
    until_latest: date | None
    phase_since_earliest: date | None
    phase_since_latest: date | None
    phase_until_earliest: date | None
    phase_until_latest: date | None
    last_known: date | None
    """The last day for which a supporting claim speaks."""
    known_from: date | None
    """Publication day of the report that made it known; None where it has always been known."""
    known_until: date | None
    """Publication day of the report that changed the answer; None where it still stands."""
    rule: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    change: str | None = None
    """Id of the change with which it began."""


@dataclass(frozen=True, slots=True)
class CasualtyRange:
    """The figures given for one harm, place and kind of victim in one stretch of time."""

    id: str
    place: str | None
    harm: Harm
    victims: str
    low: int | None
    best: int | None
    high: int | None
    earliest: date | None
    latest: date | None
    origins: int
    """How many independent origins give a figure."""
    supporting: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Claims that say one thing, and claims that say another; where they are only ``apparent``, both may be true."""

    id: str
    place: str | None
    dimension: Dimension
    apparent: bool
    rule: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """What follows from the claims of all reports; rebuilt at any time, never the only copy of anything."""

    changes: tuple[ControlChange, ...]
    periods: tuple[ControlPeriod, ...]
    ranges: tuple[CasualtyRange, ...]
    disagreements: tuple[Disagreement, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    """Digests of reports, each with that of the report it copies."""


_UNKEYED = frozenset({"rule", "copied_from"})  # of claims: they make no other claim
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """The value in terms of JSON; of an actor or a place only its id, so that a better label changes no key."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Period | Count):
        return [_plain(getattr(value, name)) for name in value.__dataclass_fields__]
    if isinstance(value, Passage):
        return [value.start, value.end]
    if isinstance(value, Figure):
        return value.key
    return value.isoformat() if isinstance(value, date) else value.id
