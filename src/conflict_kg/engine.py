"""Which of two ways validates and reasons: the libraries, or the same shapes and axioms as SPARQL on the store.

Both give the same; tests hold them to it. The libraries are the reference, the queries are for large graphs.
"""

from enum import StrEnum

LARGE = 50_000
"""Triples from which SPARQL is used unless told otherwise: some two hundred reports. pySHACL takes a second for each
ten thousand, the queries one for each hundred thousand."""


class Engine(StrEnum):
    """What applies shapes and axioms."""

    LIBRARIES = "libraries"
    """pySHACL and owlrl."""
    SPARQL = "sparql"


def engine_for(triples: int) -> Engine:
    """The engine for a graph of that size."""
    return Engine.LIBRARIES if triples < LARGE else Engine.SPARQL
