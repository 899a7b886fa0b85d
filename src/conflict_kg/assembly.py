"""Kept readings -> the files of a build: claim records, and the graph with the account in it, written part by part.

The readings are gone through one at a time, and what belongs together is brought together on the disk (``grouping``).
In memory are every place once, the actors that reports put on several sides, the publishers, and one part at a time:
one document, one actor with all that reports say of it, one place with all claims that bear on it.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from conflict_kg import graph, records
from conflict_kg.account import Held, Share, Topic, on_sides, settle, settle_parts, shares, side_of, sides_told
from conflict_kg.graph import Names
from conflict_kg.grouping import Groups, Workspace
from conflict_kg.model import Account, Actor, Place, Reading
from conflict_kg.readings import Readings
from conflict_kg.serial import dump, load

CLAIMS, GRAPH = "claims.jsonl", "graph.nq"
_REFERENCE, _INFERRED = ".reference.nq", ".inferred.nq"

Infer = Callable[[Iterable[ox.Quad]], Iterable[ox.Quad]]
"""Gives what follows from quads, in the graph ``inferred``, sorted."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """What was written, in numbers."""

    claims: Counter[str]
    """Records of each type."""
    derived: Counter[str]
    """Nodes of the account by what they are: ``change``, ``period``, ``range``, ``disagreement``."""
    triples: int


def assemble(readings: Readings, folder: Path, *, base: str, infer: Infer) -> Assembled:
    """Writes the claim records and the graph of the chosen readings into a folder, sorted as ``graph.quads`` has it."""
    names = Names(base)
    with Workspace(folder / ".work.sqlite") as work:
        common = _common(readings, work)
        with (folder / _REFERENCE).open("wb") as file:
            known, homes = _write_reference(file, common, work, names)
        with (folder / CLAIMS).open("wb") as file:
            claims, topics = _write_claims(file, readings, common, work)
        account = _settled(topics, common.places, work, names)
        with (folder / GRAPH).open("wb") as file:
            documents = _documents(readings, known, homes, names)
            derived = _write_sorted(file, documents, account, names)
    _write_rest(folder, names, infer)
    return Assembled(claims, derived, _lines(folder / GRAPH))


# ---------------------------------------------------------------- what reports share


@dataclass(frozen=True, slots=True)
class _Common:
    """What all reports together say of who and where."""

    actors: Groups
    """What each report says of an actor, by the actor's id."""
    described: Groups
    """What each report says of a place, by the place's id."""
    places: dict[str, Place]
    """Each place once."""
    sides: dict[str, str]
    """Of actors that are put on several sides, their own among them, the one that counts."""
    publishers: list[str]


def _common(readings: Readings, work: Workspace) -> _Common:
    actors, described, sides = work.groups("actor"), work.groups("place"), work.groups("side")
    places: dict[str, Place] = {}
    publishers: Counter[str] = Counter()
    for reading in readings.by_day():
        told = [*graph.described(reading)]
        digest = reading.report.digest[:16].encode()
        actors.add((one.id, digest + dump(one, Actor)) for one in told if isinstance(one, Actor))
        described.add((one.id, dump(one, Place)) for one in told if isinstance(one, Place))
        sides.add(_sides(reading))
        places |= {place.id: place for place in reading.places}
        if reading.report.publisher:
            publishers[reading.report.publisher] += 1
    settled: dict[str, str] = {}
    for actor, told_sides in sides:
        parties = Counter(told_sides)
        told_of = {party.decode(): count for party, count in parties.items() if party != _OWN}
        if len(parties) > 1:
            settled[actor] = side_of(told_of)
    return _Common(actors, described, places, settled, list(publishers.elements()))


_OWN = b""
"""Stands for an actor's being its own side."""


def _sides(reading: Reading) -> Iterator[tuple[str, bytes]]:
    """The side of each actor that a claim names, but for those whom the lexicon puts on one."""
    for claim in reading.claims:
        yield from ((id, party.encode()) for id, party in sides_told([claim]))
        own = (actor for actor in claim.actors() if not actor.linked and actor.party in ("", actor.id))
        yield from ((actor.id, _OWN) for actor in own)


def _write_reference(file: BinaryIO, common: _Common, work: Workspace, names: Names) -> tuple[dict[str, str], Groups]:
    """Writes the graph of what documents share; the publishers that are known, and the actors that are not shared."""
    wanted = {name.casefold() for name in common.publishers}
    known: dict[str, str] = {}
    nodes, homes = work.groups("reference"), work.groups("home")
    for id, rows in common.actors:
        told, digests = _actors(rows)
        document = graph.home(told, digests)
        if document is not None:
            homes.add([(document, b"\n".join(dump(actor, Actor) for actor in told))])
            continue
        known = graph.publishers(told, wanted) | known  # of two with one name the first id wins
        nodes.add([(str(names.actor(id)), _nquads(graph.entity_quads(names, told)))])
    for told in graph.publisher_actors(common.publishers, known):
        nodes.add([(str(names.actor(told[0].id)), _nquads(graph.entity_quads(names, told)))])
    for id, rows in common.described:
        places = [load(row, Place) for row, count in Counter(rows).items() for _ in range(count)]
        nodes.add([(str(names.place(id)), _nquads(graph.entity_quads(names, places)))])
    for _, lines in nodes:
        file.writelines(lines)
    return known, homes


def _actors(rows: Iterable[bytes]) -> tuple[list[Actor], set[str]]:
    """What reports say of one actor, the first report's words first, and the short digests of their documents."""
    counts = Counter[bytes]()
    digests = set[str]()
    for row in rows:
        digests.add(row[:16].decode())
        counts[row[16:]] += 1
    return [actor for body, count in counts.items() for actor in [load(body, Actor)] * count], digests


# ---------------------------------------------------------------- claims and account


def _write_claims(file: BinaryIO, readings: Readings, common: _Common, work: Workspace) -> tuple[Counter[str], Groups]:
    """Writes the claim records; how many of each type there are, and what bears on which topic of the account."""
    counts: Counter[str] = Counter()
    topics = work.groups("topic")
    for reading in readings.by_id():
        file.write(records.lines(reading.claims).encode())
        counts.update(record["type"] for record in map(records.record, reading.claims))
        claims = on_sides(reading.claims, common.sides)
        topics.add((dump(topic, Topic).decode(), dump(share, Share)) for topic, share in shares(claims, common.places))
    return counts, topics


def _settled(topics: Groups, places: dict[str, Place], work: Workspace, names: Names) -> Groups:
    """The lines of the account's graph, by node."""
    nodes, parts = work.groups("account"), work.groups("part")
    for key, rows in topics:
        account, holdings = settle(load(key.encode(), Topic), [load(row, Share) for row in rows], places)
        nodes.add(_nodes(account, names))
        parts.add((place, dump(held, Held)) for place, held in holdings)
    for place, rows in parts:
        nodes.add(_nodes(settle_parts(place, [load(row, Held) for row in rows]), names))
    return nodes


def _nodes(account: Account, names: Names) -> Iterator[tuple[str, bytes]]:
    for node, quads in groupby(graph.account_quads(names, account), key=lambda quad: str(quad.subject)):
        yield node, _nquads(quads)


# ---------------------------------------------------------------- the graph


def _documents(readings: Readings, known: graph.Publishers, homes: Groups, names: Names) -> Iterator[tuple[str, bytes]]:
    """The short digest of each document and the lines of its graph, sorted."""
    homed = iter(homes)
    home, rows = next(homed, _NOBODY)
    for digest, told in groupby(readings.by_text(), key=lambda reading: reading.report.digest[:16]):
        actors: list[list[Actor]] = []
        if home == digest:
            actors = [[load(line, Actor) for line in row.split(b"\n")] for row in rows]
            home, rows = next(homed, _NOBODY)
        yield digest, _nquads(graph.document_quads(names, list(told), known, actors))


_NOBODY: tuple[str, Iterator[bytes]] = ("", iter(()))


def _write_sorted(
    file: BinaryIO, documents: Iterable[tuple[str, bytes]], account: Groups, names: Names
) -> Counter[str]:
    """Writes the graphs of the documents, and that of the account where its name stands among theirs."""
    derived: Counter[str] | None = None
    for digest, lines in documents:
        if derived is None and digest > graph.ACCOUNT:
            derived = _write_account(file, account, names)
        file.write(lines)
    return _write_account(file, account, names) if derived is None else derived


def _write_account(file: BinaryIO, account: Groups, names: Names) -> Counter[str]:
    derived: Counter[str] = Counter()
    for node, lines in account:
        derived[node.removeprefix(f"<{names.base}").partition("/")[0]] += 1
        file.write(next(lines))  # a disagreement that is found twice is the same
    return derived


def _write_rest(folder: Path, names: Names, infer: Infer) -> None:
    """Writes the graphs that are named after those of all documents: what follows, the ontology, what is shared."""
    rest = _nquads(graph.ontology_quads(names))
    with (folder / _INFERRED).open("wb") as file:
        ox.serialize(infer(_asserted(folder, rest)), file, format=ox.RdfFormat.N_QUADS)
    with (folder / GRAPH).open("ab") as whole:
        _append(whole, folder / _INFERRED)
        whole.write(rest)
        _append(whole, folder / _REFERENCE)


def _asserted(folder: Path, ontology: bytes) -> Iterator[ox.Quad]:
    for path in (folder / GRAPH, folder / _REFERENCE):
        yield from ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
    yield from ox.parse(ontology, format=ox.RdfFormat.N_QUADS)


def _append(whole: BinaryIO, path: Path) -> None:
    with path.open("rb") as part:
        shutil.copyfileobj(part, whole, 1 << 20)
    path.unlink()


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def _nquads(quads: Iterable[ox.Quad]) -> bytes:
    lines = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert lines is not None
    return lines
