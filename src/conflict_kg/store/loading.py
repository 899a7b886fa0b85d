"""Copying a graph into a store of another program, one named graph after the other.

A graph that is there already with the same triples is passed over, so that a copy that was broken off goes on where it
was. Graphs of other names are left alone, but those below our base that the build does not have, such as of a report
that was taken out, are found and can be removed.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import IO, Protocol, cast

import pyoxigraph as ox
from requests import Response

from conflict_kg.errors import InputError
from conflict_kg.graph import REFERENCE
from conflict_kg.store.remote import Connection, RemoteStore

_N_TRIPLES = "application/n-triples"
_BATCH = 5000
"""Triples in one update, about a megabyte."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a copy came to."""

    graphs: int
    """That were sent."""
    present: int
    """That were there already."""
    triples: int
    """In the graphs that were sent."""
    strange: tuple[str, ...]
    """Graphs of the target below the build's base that the build does not have, by IRI."""
    removed: bool
    """Whether those were removed."""


class Target(Protocol):
    """A store that graphs can be put into."""

    def fingerprint(self, graph: ox.NamedNode) -> "Fingerprint":
        """Of the graph as the store has it; that of no triples where it has none."""
        ...

    def put(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        """Makes these the triples of the graph, whatever was in it before."""
        ...

    def names(self) -> list[str]:
        """IRIs of the graphs that the store has, where it can be asked for them."""
        ...

    def remove(self, graph: ox.NamedNode) -> None:
        """Removes a graph."""
        ...


def load(store: ox.Store, target: Target, *, prune: bool = False, progress: Callable[[int, int], None]) -> Loaded:
    """Copies every named graph that the target lacks; ``progress`` gets the triples done and all.

    With ``prune`` graphs of the target below the build's base that the build does not have are removed.

    Raises ``InputError`` where the target cannot be reached, refuses something, or has then not got what was sent.
    """
    names = sorted((name for name in store.named_graphs() if isinstance(name, ox.NamedNode)), key=str)
    total = len(store)
    graphs = present = triples = done = 0
    for name in names:
        wanted = fingerprint(_triples(store, name))
        if target.fingerprint(name) == wanted:
            present += 1
        else:
            target.put(name, _triples(store, name))
            if target.fingerprint(name).triples != wanted.triples:
                raise InputError(f"the store has not got all of <{name.value}>; look at its log")
            graphs += 1
            triples += wanted.triples
        done += wanted.triples
        progress(done, total)
    strange = _strange(target, [name.value for name in names])
    if prune:
        for iri in strange:
            target.remove(ox.NamedNode(iri))
    return Loaded(graphs, present, triples, strange, prune)


def _strange(target: Target, ours: Sequence[str]) -> tuple[str, ...]:
    """The graphs of the target that a build of the same base has made, and this one has not."""
    end = f"graph/{REFERENCE}"
    folders = [iri.removesuffix(REFERENCE) for iri in ours if iri.endswith(end)]
    return tuple(sorted(iri for iri in target.names() if iri not in ours and iri.startswith(tuple(folders))))


def _triples(store: ox.Store, graph: ox.NamedNode) -> Iterable[ox.Triple]:
    return (ox.Triple(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph))


# ---------------------------------------------------------------- telling whether two graphs are the same


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Of a set of triples without blank nodes: how many, and the sum of their hashes, which knows no order."""

    triples: int
    digest: int


def fingerprint(triples: Iterable[ox.Triple | ox.Quad]) -> Fingerprint:
    """The fingerprint of triples, none of them given twice; of a quad what it says counts, not where."""
    count = total = 0
    for triple in triples:
        line = f"{triple.subject} {triple.predicate} {triple.object}"
        total += int.from_bytes(hashlib.sha256(line.encode()).digest()[:16])
        count += 1
    return Fingerprint(count, total % 2**128)


# ---------------------------------------------------------------- the two ways in


class GraphStore:
    """SPARQL 1.1 Graph Store Protocol: a graph is read with GET and replaced with PUT."""

    def __init__(self, url: str, query_url: str | None = None) -> None:
        """Where the graph store is, and where queries go, which alone can tell the names of graphs.

        Raises ``InputError`` for an address that cannot be used.
        """
        self._connection = Connection(url)
        self._queries = None if query_url is None else RemoteStore(query_url)

    def fingerprint(self, graph: ox.NamedNode) -> Fingerprint:
        arguments = {"graph": graph.value}
        with self._connection.request("GET", params=arguments, headers={"Accept": _N_TRIPLES}, absent=404) as response:
            return fingerprint([]) if response.status_code == 404 else _of(response, self._connection.url)

    def put(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        # On the disk, so that the length is known beforehand: some servers take nothing else.
        with tempfile.TemporaryFile() as file:
            ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
            file.seek(0)
            arguments = {"graph": graph.value}
            with self._connection.request(
                "PUT", params=arguments, headers={"Content-Type": _N_TRIPLES}, data=file
            ) as response:
                response.content  # noqa: B018  # reading it keeps the connection

    def names(self) -> list[str]:
        return [] if self._queries is None else _names(self._queries)

    def remove(self, graph: ox.NamedNode) -> None:
        arguments = {"graph": graph.value}
        with self._connection.request("DELETE", params=arguments, headers={}, absent=404) as response:
            response.content  # noqa: B018  # reading it keeps the connection


class UpdateStore:
    """SPARQL 1.1 Protocol: a graph is read with CONSTRUCT and replaced with DROP and INSERT DATA."""

    def __init__(self, url: str, query_url: str) -> None:
        """Where updates go, and where queries. Raises ``InputError`` for an address that cannot be used."""
        self._updates = Connection(url)
        self._queries = Connection(query_url)
        self._store = RemoteStore(query_url)

    def fingerprint(self, graph: ox.NamedNode) -> Fingerprint:
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        headers = {"Accept": _N_TRIPLES}
        with self._queries.request("POST", headers=headers, data=[("query", query)]) as response:
            return _of(response, self._queries.url)

    def put(self, graph: ox.NamedNode, triples: Iterable[ox.Triple]) -> None:
        self._update(f"DROP SILENT GRAPH {graph}")
        rest = iter(triples)
        while batch := list(islice(rest, _BATCH)):
            lines = "".join(f"{triple} .\n" for triple in batch)
            self._update(f"INSERT DATA {{ GRAPH {graph} {{\n{lines}}} }}")

    def names(self) -> list[str]:
        return _names(self._store)

    def remove(self, graph: ox.NamedNode) -> None:
        self._update(f"DROP SILENT GRAPH {graph}")

    def _update(self, text: str) -> None:
        headers = {"Content-Type": "application/sparql-update"}
        with self._updates.request("POST", headers=headers, data=text.encode()) as response:
            response.content  # noqa: B018  # reading it keeps the connection


def _names(store: RemoteStore) -> list[str]:
    return [name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode)]


def _of(answer: Response, url: str) -> Fingerprint:
    """The fingerprint of N-Triples while they come in."""
    try:
        return fingerprint(ox.parse(cast("IO[bytes]", _Body(answer)), format=ox.RdfFormat.N_TRIPLES))
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{url}: not N-Triples: {' '.join(str(error).split())}") from None


class _Body:
    """The body of an answer as a file that is read while it comes in."""

    def __init__(self, answer: Response) -> None:
        self._parts = answer.iter_content(1 << 16)
        self._part = b""

    def read(self, size: int) -> bytes:
        """At most so many bytes; none at the end."""
        self._part = self._part or next(self._parts, b"")
        taken, self._part = self._part[:size], self._part[size:]
        return taken
