"""A second SPARQL engine, rdflib, over what a store holds."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pyoxigraph as ox
import rdflib
import rdflib.plugins.sparql

rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False


def union(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """All graphs in one, as rdflib has them."""
    triples = ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES)
    assert triples is not None
    return rdflib.Graph().parse(data=triples, format="nt")


def rows(graph: rdflib.Graph, query: str) -> list[list[Any]]:
    """What rdflib answers, as plain values."""
    return [[_plain(term) for term in row] for row in graph.query(query) if isinstance(row, tuple)]


def _plain(term: Any) -> Any:
    if isinstance(term, rdflib.Literal):
        found = term.toPython()
        return found.isoformat() if isinstance(found, date) else found
    return None if term is None else str(term)
