"""Actors, places, documents and publishers as triples; what reports say differently of one entity is settled here."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

import pyoxigraph as ox

from conflict_kg.graph.names import Names, Triples, day_literal, typed
from conflict_kg.linking.names import normalise
from conflict_kg.model import (
    Actor,
    ActorKind,
    CasualtyClaim,
    Claim,
    ControlClaim,
    IncidentClaim,
    Mention,
    Place,
    Reading,
    Report,
)
from conflict_kg.vocabulary import DCT, GEO, LABEL, SKOS, TYPE, WGS, code, term

_Entity = TypeVar("_Entity", Actor, Place)


@dataclass(frozen=True, slots=True)
class Known:
    """Every actor and place by id, as the reports describe them."""

    actors: dict[str, list[Actor]]
    places: dict[str, list[Place]]
    homes: dict[str, str]
    """Id of an unnamed actor to the short digest of the only document that has it."""
    by_name: dict[str, str]
    """Name of a source, in lower case, to its id."""

    @classmethod
    def of(cls, readings: Iterable[Reading]) -> "Known":
        """Collects them from the claims, and from what stands around and above those that claims name."""
        actors: defaultdict[str, list[Actor]] = defaultdict(list)
        places: defaultdict[str, list[Place]] = defaultdict(list)
        documents: defaultdict[str, set[str]] = defaultdict(set)
        for reading in readings:
            for actor in {*reading.actors, *(actor for claim in reading.claims for actor in claim.actors())}:
                actors[actor.id].append(actor)
                documents[actor.id].add(reading.report.digest[:16])
            for place in {*reading.places, *(place for claim in reading.claims for place in _places_of(claim))}:
                places[place.id].append(place)
        homes = {
            id: next(iter(documents[id]))
            for id, found in actors.items()
            if len(documents[id]) == 1 and all(actor.kind is ActorKind.UNNAMED for actor in found)
        }
        by_name: dict[str, str] = {}
        for id in sorted(actors, reverse=True):  # of two with one name the first id wins
            if id not in homes and actors[id][0].kind is not ActorKind.UNNAMED:
                by_name |= {name.casefold(): id for actor in actors[id] for name in (actor.name, actor.label)}
        return cls(dict(actors), dict(places), homes, by_name)

    def publisher(self, name: str) -> str | None:
        """Id of the actor that some report knows by a publisher's name."""
        return self.by_name.get(name.casefold())


def _places_of(claim: Claim) -> Iterator[Place]:
    if isinstance(claim, Mention):
        if isinstance(claim.entity, Place):
            yield claim.entity
    elif isinstance(claim, ControlClaim | CasualtyClaim | IncidentClaim) and claim.place:
        yield claim.place


def _settled(entities: list[_Entity], value: Callable[[_Entity], str | None]) -> str | None:
    """The value that most reports give; of several as frequent ones, the first in the alphabet."""
    counts = Counter(found for found in map(value, entities) if found)
    return min(counts, key=lambda found: (-counts[found], found)) if counts else None


def actor_triples(names: Names, actors: list[Actor]) -> Triples:
    """One actor, as all reports that name it describe it."""
    node = names.actor(actors[0].id)
    kind = ActorKind(_settled(actors, lambda actor: actor.kind) or ActorKind.UNNAMED)
    yield node, TYPE, term("Actor")
    if kind is ActorKind.PERSON:
        yield node, TYPE, term("Person")
    elif kind is not ActorKind.UNNAMED:  # "police sources" may be one man or many
        yield node, TYPE, term("Organization")
    yield node, term("actorKind"), code("ActorKindScheme", kind)
    yield from _labels(node, actors)
    party = _settled(actors, lambda actor: actor.party) or actors[0].id
    # What the lexicon says of an actor may differ from day to day: both are of the days that most reports are of.
    alike = [actor for actor in actors if not actor.linked or (actor.party or actor.id) == party]
    if part_of := _settled(alike, lambda actor: actor.part_of):
        yield node, term("partOf"), names.actor(part_of)
    yield node, term("party"), names.actor(party)


def place_triples(names: Names, places: list[Place]) -> Triples:
    """One place, as all reports that name it describe it."""
    id = places[0].id
    node = names.place(id)
    yield node, TYPE, term("Place")
    yield node, term("placeKind"), code("PlaceKindScheme", _settled(places, lambda place: place.kind) or "")
    yield from _labels(node, places)
    if located_in := _settled(places, lambda place: place.located_in):
        yield node, term("locatedIn"), names.place(located_in)
    if country := _settled(places, lambda place: place.country):
        yield node, term("countryCode"), ox.Literal(country)
    if position := _settled(places, _position):
        latitude, longitude = position.split()
        yield node, ox.NamedNode(f"{WGS}lat"), typed(latitude, "decimal")
        yield node, ox.NamedNode(f"{WGS}long"), typed(longitude, "decimal")
        point = ox.Literal(f"POINT({longitude} {latitude})", datatype=ox.NamedNode(f"{GEO}wktLiteral"))
        yield node, ox.NamedNode(f"{GEO}asWKT"), point
    if places[0].linked and (number := re.fullmatch(r"geonames-(\d+)", id)):
        yield node, ox.NamedNode(f"{SKOS}exactMatch"), ox.NamedNode(f"https://sws.geonames.org/{number[1]}/")


def _position(place: Place) -> str | None:
    if place.latitude is None or place.longitude is None:
        return None
    return f"{_decimal(place.latitude)} {_decimal(place.longitude)}"


def _decimal(degrees: float) -> str:
    """Six digits after the point, about ten centimetres; no trailing zeros, since stores drop them."""
    return format(round(Decimal(str(degrees)), 6).normalize() + 0, "f")


def _labels(node: ox.NamedNode, entities: list[_Entity]) -> Triples:
    label = _settled(entities, lambda entity: entity.label) or _settled(entities, lambda entity: entity.name) or ""
    yield node, LABEL, ox.Literal(label)
    every: set[str] = {name for entity in entities for name in (entity.name, entity.label)}
    for name in every - {label, ""}:
        yield node, ox.NamedNode(f"{SKOS}altLabel"), ox.Literal(name)
    for form in {normalise(name) for name in (*every, label)} - {""}:  # what a name is looked up by (nodes.py)
        yield node, ox.NamedNode(f"{SKOS}hiddenLabel"), ox.Literal(form)


def document_triples(names: Names, reports: list[Report], known: Known) -> Triples:
    """The document of reports with the same text; title, date and language are those of the first."""
    first = reports[0]
    node = names.document(first.digest)
    yield node, TYPE, term("Document")
    yield node, ox.NamedNode(f"{DCT}identifier"), ox.Literal(f"sha256:{first.digest}")
    if first.title:
        yield node, ox.NamedNode(f"{DCT}title"), ox.Literal(first.title)
    if first.language:
        yield node, ox.NamedNode(f"{DCT}language"), ox.Literal(first.language)
    if first.published:
        yield node, ox.NamedNode(f"{DCT}issued"), day_literal(first.published)
    for report in reports:
        yield node, term("fileName"), ox.Literal(report.id)
        if report.publisher:
            yield node, ox.NamedNode(f"{DCT}publisher"), own_voice(names, report, known)
        if report.url:
            yield node, ox.NamedNode(f"{DCT}source"), typed(report.url, "anyURI")


# ---------------------------------------------------------------- who speaks where a report names no source


def own_voice(names: Names, report: Report, known: Known) -> ox.NamedNode:
    """A report's publisher, or the actor that stands for the report."""
    if report.publisher:
        return names.actor(known.publisher(report.publisher) or _publisher_id(report.publisher))
    return names.actor(voice_actor(report).id)


def voice_actor(report: Report) -> Actor:
    """Stands for a report without publisher."""
    id = f"report-{report.digest[:16]}"
    label = report.title or report.id
    return Actor(id, label, label, ActorKind.UNNAMED, party=id)


def publisher_actors(reports: Iterable[Report], known: Known) -> list[list[Actor]]:
    """Publishers that no report names as an actor, one list for each, with every spelling of its name."""
    found: defaultdict[str, list[Actor]] = defaultdict(list)
    for report in reports:
        if report.publisher and not known.publisher(report.publisher):
            id = _publisher_id(report.publisher)
            found[id].append(Actor(id, report.publisher, report.publisher, ActorKind.OUTLET, party=id))
    return list(found.values())


def _publisher_id(name: str) -> str:
    """A slug with a hash, so that names which differ only in signs stay apart."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:40]
    return re.sub("-+", "-", f"publisher-{slug}-{sha256(name.casefold().encode()).hexdigest()[:8]}")
