"""What one reading, one actor, one place, one topic comes to on its way into the files of a build.

What has to be brought together is given as bytes under a key; the lines of a graph are given as N-Quads under the node
or document that they stand by. Each function needs its arguments alone, so it may run in any process, on any machine;
whoever calls them (``assembly`` on one machine, ``engines.spark`` on many) brings together and sorts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pyoxigraph as ox

from conflict_kg import graph, records
from conflict_kg.account import (
    Held,
    Share,
    Topic,
    on_sides,
    settle,
    settle_parts,
    shares,
    side_of,
    sides_told,
    with_copies,
)
from conflict_kg.documents.copies import Signature, signature
from conflict_kg.graph import Names, Original
from conflict_kg.model import Account, Actor, Place, Reading
from conflict_kg.serial import dump, load

Pairs = list[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Common:
    """What all reports together come to, and every part may need."""

    base: str
    """Beginning of the IRIs."""
    places: Mapping[str, Place] = field(default_factory=dict)
    """Each place once, by id: as the last report describes it that lists it."""
    sides: Mapping[str, str] = field(default_factory=dict)
    """Of the actors that reports put on several sides, their own among them, the one that counts."""
    publishers: graph.Publishers = field(default_factory=dict)
    copies: Mapping[str, str] = field(default_factory=dict)
    """Digests of the reports that copy others, each with that of its original."""

    @property
    def names(self) -> Names:
        """The IRIs."""
        return Names(self.base)


# ---------------------------------------------------------------- of one reading


@dataclass(frozen=True, slots=True)
class Described:
    """What a report says of who and where."""

    actors: Pairs
    """By the actor's id; to be given to ``actor``."""
    places: Pairs
    """By the place's id; to be given to ``place``."""
    listed: Pairs
    """The places that it lists, by id."""
    sides: Pairs
    """By the actor's id; to be given to ``side``."""
    publisher: str | None
    signature: Signature


def described(reading: Reading) -> Described:
    """What a report says of who and where."""
    told = list(graph.described(reading))
    digest = reading.report.digest[:16].encode()
    return Described(
        [(one.id, digest + dump(one, Actor)) for one in told if isinstance(one, Actor)],
        [(one.id, dump(one, Place)) for one in told if isinstance(one, Place)],
        [(place.id, dump(place, Place)) for place in reading.places],
        list(_sides(reading)),
        reading.report.publisher,
        signature(reading.report),
    )


_OWN = b""
"""Stands for an actor's being its own side."""
_KEY = 20
"""Digits of a claim's key."""


def _sides(reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The side of each actor that a claim names, but for those whom the lexicon puts on one; with the claim's key."""
    for claim in reading.claims:
        key = claim.key.encode()
        yield from ((id, key + party.encode()) for id, party in sides_told([claim]))
        own = (actor for actor in claim.actors() if not actor.linked and actor.party in ("", actor.id))
        yield from ((actor.id, key + _OWN) for actor in own)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a report claims."""

    lines: bytes
    """Its claim records."""
    counts: Counter[str]
    """Of them by type."""
    topics: Pairs
    """What bears on the account, by topic; to be given to ``settled``."""


def claimed(reading: Reading, common: Common) -> Claimed:
    """What a report claims."""
    told = shares(with_copies(on_sides(reading.claims, common.sides), common.copies), common.places)
    return Claimed(
        records.lines(reading.claims).encode(),
        Counter(record["type"] for record in map(records.record, reading.claims)),
        [(dump(topic, Topic).decode(), dump(share, Share)) for topic, share in told],
    )


def document(same_text: Sequence[Reading], homed: Iterable[bytes], common: Common) -> bytes:
    """The graph of a document; ``homed`` is what ``actor`` gives for those that belong to it."""
    actors = [[load(line, Actor) for line in one.split(b"\n")] for one in homed]
    return lines(graph.document_quads(common.names, same_text, common.publishers, actors))


# ---------------------------------------------------------------- of what reports share


def side(rows: Iterable[bytes]) -> str | None:
    """The side that counts for an actor, of those that claims put it on; None where they all put it on one."""
    counts = Counter(row[_KEY:] for row in set(rows))  # a text that is printed twice makes its claims twice
    told = {party.decode(): count for party, count in counts.items() if party != _OWN}
    return side_of(told) if len(counts) > 1 else None


_SEVERAL = 2
"""So many documents that name an actor are told apart: it is asked whether there is one."""


def actor(rows: Iterable[bytes], wanted: frozenset[str], common: Common) -> tuple[str | None, bytes, dict[str, str]]:
    """What becomes of all that reports say of one actor, the first report's words first.

    Where the actor belongs to one document: its short digest, and bytes for ``document``. Else None, and the lines
    of the actor; and those of the ``wanted`` names of publishers, in lower case, that are its own, with its id.
    """
    counts = Counter[bytes]()
    digests = set[str]()
    for row in rows:
        if len(digests) < _SEVERAL:
            digests.add(row[:16].decode())
        counts[row[16:]] += 1
    told = [one for body, count in counts.items() for one in [load(body, Actor)] * count]
    home = graph.home(told, digests)
    if home is not None:
        return home, b"\n".join(dump(one, Actor) for one in told), {}
    return None, lines(graph.entity_quads(common.names, told)), graph.publishers(told, wanted)


def place_of(row: bytes) -> Place:
    """The place that ``described`` lists as these bytes."""
    place: Place = load(row, Place)
    return place


def place(rows: Iterable[bytes], common: Common) -> bytes:
    """The lines of a place, from all that reports say of it."""
    told = [one for body, count in Counter(rows).items() for one in [load(body, Place)] * count]
    return lines(graph.entity_quads(common.names, told))


def publisher_nodes(printed: Iterable[str], common: Common) -> Pairs:
    """The publishers that no report knows as an actor; ``printed`` has that of each report that has one."""
    found = graph.publisher_actors(printed, common.publishers)
    return [(str(common.names.actor(told[0].id)), lines(graph.entity_quads(common.names, told))) for told in found]


# ---------------------------------------------------------------- of the account


def settled(topic: str, rows: Iterable[bytes], common: Common) -> tuple[Pairs, Pairs]:
    """What follows for a topic: the lines of each node, and what is to be given to ``settled_parts``, by place."""
    account, holdings = settle(load(topic.encode(), Topic), [load(row, Share) for row in rows], common.places)
    return list(_nodes(account, common)), [(place, dump(held, Held)) for place, held in holdings]


def settled_parts(place: str, rows: Iterable[bytes], common: Common) -> Pairs:
    """The lines of the disagreements between those who speak of a place and those who speak of a part of it."""
    return list(_nodes(settle_parts(place, [load(row, Held) for row in rows]), common))


def copied(digest: str, printed: Sequence[Reading], originals: Mapping[str, Original], common: Common) -> Pairs:
    """The lines on a document that copies another, or that several have printed, by node.

    ``printed`` is what was read of it, by day; ``originals`` holds what the copies of a text have their words from.
    """
    quads = graph.copied_quads(common.names, digest, printed, originals, common.copies)
    return [(node, lines(of_node)) for node, of_node in groupby(quads, key=lambda quad: str(quad.subject))]


def _nodes(account: Account, common: Common) -> Iterator[tuple[str, bytes]]:
    quads = graph.account_quads(common.names, account)
    for node, of_node in groupby(quads, key=lambda quad: str(quad.subject)):
        yield node, lines(of_node)


def lines(quads: Iterable[ox.Quad]) -> bytes:
    """Quads as N-Quads."""
    found = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert found is not None
    return found
