"""What follows from a graph, some nodes at a time: from what is said of them and of all that this leads to.

Nothing follows for a node from what leads to it, so a portion of the nodes needs no others than those, and these are
few: the places around a place, and whom an actor belongs to.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, groupby, islice
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.assembly.grouping import Shelf, Workspace
from conflict_kg.backend import Backend
from conflict_kg.engines.spread import Crew
from conflict_kg.nquads import by_subject, leads_to
from conflict_kg.vocabulary import PLACED

PORTION = 3_000
"""Triples, those on what nodes lead to among them."""

Infer = Callable[..., Iterable[ox.Quad]]
"""Gives what follows from quads that something follows from, in the graph ``inferred``, sorted; takes a ``backend``.

To be found by its name in another process.
"""


def write_inferred(path: Path, reference: Path, stated: Path, infer: Infer, *, work: Workspace, crew: Crew) -> None:
    """Writes what follows from the graph of what documents share, and from where the others say that something was.

    All three files are of N-Quads; in the two that are read those on one node in one graph stand together.
    """
    links = by_subject(_links(reference))
    around = work.shelf("around", ((node.decode(), b"".join(of_node)) for node, of_node in links))
    inferred = work.groups("inferred")
    portions = _portions(chain(_links(reference), _at_places(stated)), around)
    first = list(islice(portions, 2))
    if len(first) > 1:
        infer = partial(infer, backend=Backend.SPARQL)  # the last of them may be small
    for found in crew.spread(_following, chain(first, portions), infer, size=_Portion.size):
        inferred.add(found)
    with path.open("wb") as file:
        for _, lines in inferred:
            file.writelines(dict.fromkeys(lines))


@dataclass(frozen=True, slots=True)
class _Portion:
    """Some nodes, and all that something may follow from for them."""

    nodes: frozenset[str]
    """As N-Quads have them."""
    lines: bytes

    def size(self) -> int:
        """Bytes."""
        return len(self.lines)


def _portions(lines: Iterable[bytes], around: Shelf) -> Iterator[_Portion]:
    nodes, known, given = set[str](), set[bytes](), dict[bytes, None]()
    for node, of_node in by_subject(lines):
        nodes.add(node.decode())
        given.update(dict.fromkeys(chain(of_node, _reached(of_node, around, known))))
        if len(given) >= PORTION:
            yield _Portion(frozenset(nodes), b"".join(given))
            nodes, known, given = set(), set(), {}
    if nodes:
        yield _Portion(frozenset(nodes), b"".join(given))


def _reached(lines: Iterable[bytes], around: Shelf, known: set[bytes]) -> Iterator[bytes]:
    """The lines on what some lines lead to, and on what these lead to; each node that is known then is left out."""
    waiting = [leads_to(line) for line in lines]
    while waiting:
        node = waiting.pop()
        if node is not None and node not in known:
            known.add(node)
            links = around.get(node.decode()).splitlines(keepends=True)
            yield from links
            waiting += map(leads_to, links)


def _following(portion: _Portion, infer: Infer) -> list[tuple[str, bytes]]:
    """What follows for the nodes of a portion, by node."""
    found = infer(ox.parse(portion.lines, format=ox.RdfFormat.N_QUADS))
    by_node = groupby(found, key=lambda quad: str(quad.subject))
    return [
        (node, ox.serialize(of_node, format=ox.RdfFormat.N_QUADS) or b"")
        for node, of_node in by_node
        if node in portion.nodes
    ]


def _links(path: Path) -> Iterator[bytes]:
    """The lines of a file that lead from one IRI to another."""
    with path.open("rb") as file:
        yield from (line for line in file if leads_to(line))


def _at_places(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from (line for line in file if any(place in line for place in _PLACED))


_PLACED = tuple(f"> <{way}> <".encode() for way in PLACED)
