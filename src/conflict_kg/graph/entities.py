"""Actors, places, documents and publishers as triples; what reports say differently of one entity is settled here."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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


Publishers = Mapping[str, str]
"""Ids of actors by those publishers' names, in lower case, that some report knows an actor by."""


def described(reading: Reading) -> Iterator[Actor | Place]:
    """Every actor and place that a report names, and all above and around these, as it describes them, each once."""
    named = (actor for claim in reading.claims for actor in claim.actors())
    yield from dict.fromkeys((*reading.actors, *named))
    yield from dict.fromkeys((*reading.places, *(place for claim in reading.claims for place in _places_of(claim))))


def home(actors: Iterable[Actor], digests: Collection[str]) -> str | None:
    """The short digest of the document that an unnamed actor belongs to; None where it is named, or has several."""
    unnamed = len(digests) == 1 and all(actor.kind is ActorKind.UNNAMED for actor in actors)
    return next(iter(digests)) if unnamed else None


def publishers(actors: Iterable[Actor], wanted: Collection[str]) -> dict[str, str]:
    """By which of the wanted names one actor is known, in lower case, and its id; none where it has no name."""
    told = list(actors)
    if not told or told[0].kind is ActorKind.UNNAMED:
        return {}
    names = {name.casefold() for actor in told for name in (actor.name, actor.label)}
    return dict.fromkeys(sorted(names & set(wanted)), told[0].id)


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


def document_triples(names: Names, reports: list[Report], known: Publishers) -> Triples:
    """The document of reports with the same text; title, author, date and language are those of the first."""
    first = reports[0]
    node = names.document(first.digest)
    yield node, TYPE, term("Document")
    yield node, ox.NamedNode(f"{DCT}identifier"), ox.Literal(f"sha256:{first.digest}")
    if first.title:
        yield node, ox.NamedNode(f"{DCT}title"), ox.Literal(first.title)
    if first.author:
        yield node, ox.NamedNode(f"{DCT}creator"), ox.Literal(first.author)
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


def own_voice(names: Names, report: Report, known: Publishers) -> ox.NamedNode:
    """A report's publisher, or the actor that stands for the report."""
    if report.publisher:
        return names.actor(known.get(report.publisher.casefold()) or _publisher_id(report.publisher))
    return names.actor(voice_actor(report).id)


def voice_actor(report: Report) -> Actor:
    """Stands for a report without publisher."""
    id = f"report-{report.digest[:16]}"
    label = report.title or report.id
    return Actor(id, label, label, ActorKind.UNNAMED, party=id)


def publisher_actors(names: Iterable[str], known: Publishers) -> list[list[Actor]]:
    """Publishers that no report names as an actor, one list for each, with every spelling of its name.

    ``names`` has the publisher of each report that has one.
    """
    found: defaultdict[str, list[Actor]] = defaultdict(list)
    for name in names:
        if name.casefold() not in known:
            id = _publisher_id(name)
            found[id].append(Actor(id, name, name, ActorKind.OUTLET, party=id))
    return list(found.values())


def _publisher_id(name: str) -> str:
    """A slug with a hash, so that names which differ only in signs stay apart."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:40]
    return re.sub("-+", "-", f"publisher-{slug}-{sha256(name.casefold().encode()).hexdigest()[:8]}")
