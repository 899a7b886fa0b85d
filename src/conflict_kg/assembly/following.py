"""What follows from a graph, some nodes at a time: from what is said of them and of all that this leads to.

Nothing follows for a node from what leads to it, so a portion of the nodes needs no others than those, and these are
few: the places around a place, and whom an actor belongs to.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.assembly.grouping import Shelf, Workspace
from conflict_kg.backend import Backend
from conflict_kg.vocabulary import PLACED

PORTION = 12_000
"""Triples; with what follows from them they take some sixty megabytes."""

Infer = Callable[..., Iterable[ox.Quad]]
"""Gives what follows from quads that something follows from, in the graph ``inferred``, sorted; takes a ``backend``."""


def write_inferred(path: Path, reference: Path, stated: Path, infer: Infer, work: Workspace) -> None:
    """Writes what follows from the graph of what documents share, and from where the others say that something was.

    All three files are of N-Quads; in the two that are read those on one node in one graph stand together.
    """
    around = work.shelf("around", (_of_node(links) for links in _by_node(_links(reference))))
    inferred = work.groups("inferred")
    portions = _portions(reference, stated)
    first = list(islice(portions, 2))
    if len(first) > 1:
        infer = partial(infer, backend=Backend.SPARQL)  # the last of them may be small
    for portion in chain(first, portions):
        inferred.add(_following(portion, around, infer))
    with path.open("wb") as file:
        for _, lines in inferred:
            file.writelines(dict.fromkeys(lines))


def _portions(reference: Path, stated: Path) -> Iterator[list[bytes]]:
    portion: list[bytes] = []
    for lines in (_links(reference), _at_places(stated)):
        for of_node in _by_node(lines):
            portion += of_node
            if len(portion) >= PORTION:
                yield portion
                portion = []
    if portion:
        yield portion


def _following(lines: list[bytes], around: Shelf, infer: Infer) -> Iterator[tuple[str, bytes]]:
    """What follows for the nodes that the lines are on, by node."""
    nodes = {_subject(line) for line in lines}
    known, given = set(nodes), list(lines)
    waiting = [_object(line) for line in lines]
    while waiting:
        node = waiting.pop()
        if node not in known:
            known.add(node)
            links = around.get(node.decode()).splitlines(keepends=True)
            given += links
            waiting += map(_object, links)
    found = infer(ox.parse(b"".join(given), format=ox.RdfFormat.N_QUADS))
    for subject, of_node in groupby(found, key=lambda quad: str(quad.subject)):
        if subject.encode() in nodes:
            yield subject, ox.serialize(of_node, format=ox.RdfFormat.N_QUADS) or b""


def _links(path: Path) -> Iterator[bytes]:
    """The lines of a file that lead from one IRI to another."""
    with path.open("rb") as file:
        yield from (line for line in file if _object(line).startswith(b"<"))


def _at_places(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line for line in file if any(place in line for place in _PLACED))


_PLACED = tuple(f"> <{way}> <".encode() for way in PLACED)


def _by_node(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    return (list(of_node) for _, of_node in groupby(lines, key=_subject))


def _of_node(lines: list[bytes]) -> tuple[str, bytes]:
    return _subject(lines[0]).decode(), b"".join(lines)


def _subject(line: bytes) -> bytes:
    return line.partition(b" ")[0]


def _object(line: bytes) -> bytes:
    """An IRI whole; of a literal only how it begins."""
    return line.split(b" ", 3)[2]
