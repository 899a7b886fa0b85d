"""What a question is put to: a store in a folder, or one behind an address. Both answer in the same terms."""

from collections.abc import Iterable
from typing import Protocol, TypeAlias

import pyoxigraph as ox

Results: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphName: TypeAlias = ox.NamedNode | ox.BlankNode | ox.DefaultGraph


class Source(Protocol):
    """The part of ``pyoxigraph.Store`` that reading needs."""

    def query(
        self,
        query: str,
        *,
        use_default_graph_as_union: bool = False,
        default_graph: list[GraphName] | None = None,
        named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> Results:
        """Results of SPARQL; with ``use_default_graph_as_union`` all graphs count as one."""
        ...

    def quads_for_pattern(
        self, subject: Subject | None, predicate: ox.NamedNode | None, object: Term | None
    ) -> Iterable[ox.Quad]:
        """The quads of all graphs with these terms; None stands for any."""
        ...

    def named_graphs(self) -> Iterable[ox.NamedNode | ox.BlankNode]:
        """The names of the graphs."""
        ...
