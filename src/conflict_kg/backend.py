"""Which of two ways validates and reasons: the libraries, or the same shapes and axioms as SPARQL on the store.

Both give the same; tests hold them to it. The libraries are the reference, the queries are for large graphs.
"""

from enum import StrEnum

LARGE = 10_000
"""Triples from which SPARQL is used unless told otherwise: some fifteen news reports, for which pySHACL takes a second
and owlrl four."""


class Backend(StrEnum):
    """What applies shapes and axioms."""

    LIBRARIES = "libraries"
    """pySHACL and owlrl."""
    SPARQL = "sparql"


def backend_for(triples: int) -> Backend:
    """The backend for a graph of that size."""
    return Backend.LIBRARIES if triples < LARGE else Backend.SPARQL
