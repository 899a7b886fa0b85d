"""Whether a graph in a file is sound, some of its nodes at a time: in memory that the graph does not add to.

A node is checked with the portion in which most is said of it: with all that is said of it elsewhere, and with what the
shapes ask of those that it refers to: of which classes these are, where the second step of a path leads, and what lies
around a place. So portions may be checked in any process; ``validate`` then tells what is wrong.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from conflict_kg.backend import Backend
from conflict_kg.nquads import by_subject, leads_to, subject, terms
from conflict_kg.reasoning import SPATIAL, clashes
from conflict_kg.validation import by_sparql
from conflict_kg.validation.data import LEFT_ASIDE, load
from conflict_kg.validation.results import Result
from conflict_kg.validation.shapes import read_shapes, shapes_graph
from conflict_kg.vocabulary import TYPE, term

PORTION = 50_000
"""Triples; with what they refer to they take some sixty megabytes."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some nodes of a graph."""

    graph: Path
    nodes: Path
    """A file that tells where in the graph lines on a node are."""
    start: int
    end: int
    """Bytes in the graph's file."""


@contextmanager
def portions(graph: Path) -> Iterator[list[Portion]]:
    """The portions of a graph, to be checked before this is left.

    The graph is a file of N-Quads in which those on one node in one graph stand together. A file beside it is made, and
    removed in the end.
    """
    path = graph.with_name(".nodes.sqlite")
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.executescript(_TABLES)
            ranges: list[tuple[int, int]] = []
            base.executemany("INSERT INTO lines VALUES (?, ?, ?)", _lines(graph, ranges))
            base.execute(_INDEX)
            base.execute("COMMIT")
        yield [Portion(graph, path, start, end) for start, end in ranges]
    finally:
        path.unlink(missing_ok=True)


def is_sound(portion: Portion) -> bool:
    """Whether nothing is wrong with the nodes of a portion."""
    faults: list[Result] = []
    store = ox.Store()
    base = sqlite3.connect(f"{portion.nodes.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    with closing(base), portion.graph.open("rb") as file:
        own = _own(portion, base, file)
        lines = [line for of_node in own.values() for line in of_node]
        lines += _referred(lines, own, base, file)
        load(store, ox.parse(b"".join(lines), format=ox.RdfFormat.N_QUADS), faults)
    if faults or clashes(store, backend=Backend.SPARQL):
        return False
    among = {ox.NamedNode(node[1:-1].decode()) for node in own}
    return next(by_sparql.check(store, shapes_graph(), among), None) is None


# ---------------------------------------------------------------- where lines are

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -16384;
BEGIN;
CREATE TABLE lines (node INTEGER, start INTEGER, size INTEGER);
"""
_INDEX = "CREATE INDEX by_node ON lines (node, start, size)"


def _lines(graph: Path, ranges: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Of each node and graph where the lines begin, and how many bytes they are; notes the ranges of the portions."""
    begin = at = triples = 0
    with graph.open("rb") as file:
        for node, lines in by_subject(file):
            size = sum(map(len, lines))
            if lines[0].endswith(_LEFT_ASIDE) and lines[-1].endswith(_LEFT_ASIDE):
                if begin < at:
                    ranges.append((begin, at))
                begin, triples = at + size, 0
            else:
                yield _number(node), at, size
                triples += len(lines)
            at += size
            if triples >= PORTION:
                ranges.append((begin, at))
                begin, triples = at, 0
    if begin < at:
        ranges.append((begin, at))


_LEFT_ASIDE = tuple(f"{end} .\n".encode() for end in LEFT_ASIDE)


def _number(node: bytes) -> int:
    """Stands for a node; two may have the same."""
    return int.from_bytes(hashlib.blake2b(node, digest_size=8).digest(), signed=True)


def _said(node: bytes, base: sqlite3.Connection, file: BinaryIO) -> Iterator[tuple[int, list[bytes]]]:
    """The lines on a node, of each graph, and where in the file they begin."""
    for start, size in base.execute("SELECT start, size FROM lines WHERE node = ? ORDER BY start", (_number(node),)):
        file.seek(start)
        lines = file.read(size).splitlines(keepends=True)
        if subject(lines[0]) == node:
            yield start, lines


# ---------------------------------------------------------------- what a portion is checked with


def _own(portion: Portion, base: sqlite3.Connection, file: BinaryIO) -> dict[bytes, list[bytes]]:
    """The nodes of which most is said in a portion, each with all lines on it."""
    file.seek(portion.start)
    own: dict[bytes, list[bytes]] = {}
    for node in dict.fromkeys(map(subject, file.read(portion.end - portion.start).splitlines())):
        said = list(_said(node, base, file))
        most, _ = max(said, key=lambda part: len(part[1]))
        if portion.start <= most < portion.end:
            own[node] = [line for _, lines in said for line in lines]
    return own


def _referred(
    lines: Iterable[bytes], nodes: Iterable[bytes], base: sqlite3.Connection, file: BinaryIO
) -> Iterator[bytes]:
    """What is asked of other nodes that lines lead to."""
    asked, around = _asked()
    known = set(nodes)
    waiting = set(filter(None, map(leads_to, lines))) - known
    while waiting:
        node = waiting.pop()
        known.add(node)
        for line in chain.from_iterable(said for _, said in _said(node, base, file)):
            _, predicate, value = terms(line)
            if predicate in asked:
                yield line
            if predicate in around and value not in known:
                waiting.add(value)


@cache
def _asked() -> tuple[frozenset[bytes], frozenset[bytes]]:
    """The properties that are asked of nodes referred to; and those of them that are followed further."""
    second = {f"<{step}>" for shape in read_shapes(shapes_graph()) for step in shape.path[1:]}
    around = frozenset(str(term(name)).encode() for name in SPATIAL)
    return frozenset({str(TYPE).encode(), *map(str.encode, second), *around}), around
