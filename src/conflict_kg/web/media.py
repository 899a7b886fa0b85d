"""Media types: what answers can be sent as, and which of them a client wants most."""

from collections.abc import Iterable

import mimeparse
import pyoxigraph as ox

TABLES = {
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "text/csv": ox.QueryResultsFormat.CSV,
    "application/xml": ox.QueryResultsFormat.XML,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
}
"""For SELECT and ASK; of those that a client wants alike the last is sent."""

GRAPHS = {
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}
"""For CONSTRUCT, DESCRIBE and whole graphs, in the same order."""

ROWS = {
    "application/sparql-results+xml": "sparql-xml",
    "application/sparql-results+json": "sparql-json",
    "text/tab-separated-values": "tsv",
    "text/csv": "csv",
    "application/json": "json",
}
"""For stored questions, with the name of the format on the command line, in the same order."""


def choose(accept: str, offered: Iterable[str]) -> str | None:
    """The media type among those offered that an Accept header wants most; None where it wants none of them."""
    try:
        return mimeparse.best_match(list(offered), accept or "*/*") or None
    except mimeparse.MimeTypeParseException:
        return None
