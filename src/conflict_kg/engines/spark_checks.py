"""Checks for Spark: the shapes are applied where the parts of a graph are; what is suspicious comes to the driver."""

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from pyspark import RDD, StorageLevel

from conflict_kg import reasoning
from conflict_kg.backend import Backend
from conflict_kg.nquads import subject
from conflict_kg.validation import Violation, validate
from conflict_kg.validation.scattered import seen
from conflict_kg.vocabulary import term

PORTION = 1_000_000
"""Bytes of N-Quads that are checked together: some thousand triples."""

_Seen = tuple[str, str, str]
"""Of what kind, a node, and who names it."""


def violations(parts: RDD[bytes], base: str) -> tuple[Violation, ...]:
    """All that is wrong with a graph, as ``validate`` tells it of the whole.

    Each of the parts, N-Quads, has all that the graph says of its nodes. In memory of the driver are what lies in
    what, and where something is wrong the nodes that it is wrong with, and the parts that these lead to.
    """
    looked = parts.mapPartitions(lambda some: _looked(some, base)).persist(StorageLevel.DISK_ONLY)
    named = looked.flatMap(lambda each: [(each[1], each[2])] if each[0] == "named" else [])
    described = looked.flatMap(lambda each: [(each[1], "")] if each[0] == "described" else [])
    suspicious = set(looked.flatMap(lambda each: [each[1]] if each[0] == "suspicious" else []).collect())
    suspicious |= set(named.subtractByKey(described).values().collect())
    suspicious |= _circles(parts)
    found = _exact(parts, suspicious) if suspicious else ()
    looked.unpersist()
    return found


def _looked(parts: Iterable[bytes], base: str) -> Iterator[_Seen]:
    for portion in _portions(parts):
        found = seen(ox.parse(portion, format=ox.RdfFormat.N_QUADS), base)
        yield from (("suspicious", node, "") for node in found.suspicious)
        yield from (("described", node, "") for node in found.described)
        yield from (("named", node, by) for node, by in found.named)


def _portions(parts: Iterable[bytes]) -> Iterator[bytes]:
    portion: list[bytes] = []
    size = 0
    for part in parts:
        portion.append(part)
        size += len(part)
        if size >= PORTION:
            yield b"".join(portion)
            portion, size = [], 0
    yield b"".join(portion)


def _circles(parts: RDD[bytes]) -> set[str]:
    """Places that lie within themselves, by way of others perhaps."""
    store = ox.Store()
    for lines in parts.flatMap(_spatial).toLocalIterator():
        store.extend(ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    return {clash.node for clash in reasoning.clashes(store, backend=Backend.SPARQL)}


def _spatial(lines: bytes) -> list[bytes]:
    wanted = f"> {term('locatedIn')} <".encode()
    return [line for line in lines.splitlines(keepends=True) if wanted in line]


def _exact(parts: RDD[bytes], suspicious: set[str]) -> tuple[Violation, ...]:
    """What is wrong with some nodes, told of them with all that they lead to and all that mentions them."""
    near = set(suspicious)
    for _ in range(2):  # a claim, and what that stands in
        near |= set(parts.flatMap(lambda lines, known=frozenset(near): _named(lines, known)).collect())
    subjects = frozenset(f"<{node}>".encode() for node in near)
    mentioned = frozenset(f"{term('mentions')} <{node}> ".encode() for node in suspicious)
    wanted = parts.filter(lambda lines: _concerns(lines, subjects, mentioned))
    quads = (quad for lines in wanted.toLocalIterator() for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS))
    return tuple(violation for violation in validate(quads) if violation.node in suspicious)


def _named(lines: bytes, known: frozenset[str]) -> list[str]:
    """The nodes that some nodes name."""
    return [
        quad.object.value
        for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        if quad.subject.value in known
    ]


def _concerns(lines: bytes, subjects: frozenset[bytes], mentioned: frozenset[bytes]) -> bool:
    """Whether a part is about one of some nodes, or mentions one of some."""
    return any(subject(line) in subjects or any(each in line for each in mentioned) for line in lines.splitlines())
