"""Results as bytes, never more than a limit of them.

The store writes results fast and knows no limit, so what it writes is stopped at the limit, cut after the last whole
row, and then put into the format that is wanted. Characters that XML cannot have are U+FFFD in it.
"""

import io
import json
import re
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.store.source import Results
from conflict_kg.vocabulary import PREFIXES
from conflict_kg.wellformed import well_formed

_NAMELESS = re.compile(rb"<[^<>/\s:]*:[\s/>]")
"""The beginning of an element of which the store has only written a prefix; in texts "<" is escaped."""


@dataclass(frozen=True, slots=True)
class Written:
    """Serialised results; ``rows`` says how many there are of them where the rest is cut."""

    content: bytes
    rows: int | None = None


class _FullError(Exception):
    """No more fits."""


class _Bounded(io.BytesIO):
    """A file that takes so many bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # the store writes bytes
        if self.tell() + len(data) > self._limit:
            super().write(data[: self._limit - self.tell()])
            raise _FullError
        return super().write(data)


def table(results: ox.QuerySolutions | ox.QueryBoolean, format: ox.QueryResultsFormat, limit: int) -> Written:
    """The rows in the format, as many of them as fit into ``limit`` bytes of JSON."""
    content, full = _taken(results, ox.QueryResultsFormat.JSON, limit)
    rows = None
    if full:
        content, rows = _whole_rows(content)
    if format != ox.QueryResultsFormat.JSON:
        again = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON).serialize(format=format)
        assert again is not None
        content = well_formed(again) if format == ox.QueryResultsFormat.XML else again
    return Written(content, rows)


def graph(triples: ox.QueryTriples, format: ox.RdfFormat, limit: int) -> Written:
    """The triples in the format, as many of them as fit into ``limit`` bytes of N-Triples.

    Raises ``InputError`` for what RDF/XML cannot hold: a property or class whose IRI ends in no name or a reserved one.
    """
    content, full = _taken(triples, ox.RdfFormat.N_TRIPLES, limit)
    rows = None
    if full:
        content = content[: content.rfind(b"\n") + 1]
        rows = content.count(b"\n")
    if format != ox.RdfFormat.N_TRIPLES:
        try:
            again = ox.serialize(ox.parse(content, format=ox.RdfFormat.N_TRIPLES), format=format, prefixes=PREFIXES)
        except OSError as error:
            raise InputError(f"the graph cannot be written so: {error}") from None
        assert again is not None
        content = _checked(well_formed(again)) if format == ox.RdfFormat.RDF_XML else again
    return Written(content, rows)


def _checked(xml: bytes) -> bytes:
    """The RDF/XML, where all of its elements have names."""
    if nameless := _NAMELESS.search(xml):
        element = xml[nameless.start() : xml.index(b">", nameless.start()) + 1].decode()
        raise InputError(f"a property or class has an IRI that ends in no name, which RDF/XML cannot have: {element}")
    return xml


def _taken(results: Results, format: ox.QueryResultsFormat | ox.RdfFormat, limit: int) -> tuple[bytes, bool]:
    """What the store writes, and whether it had to stop."""
    file = _Bounded(limit)
    try:
        results.serialize(file, format=format)  # type: ignore[arg-type]  # each format goes with its results
    except _FullError:
        return file.getvalue(), True
    return file.getvalue(), False


def _whole_rows(content: bytes) -> tuple[bytes, int]:
    """The JSON up to its last whole row, closed, and how many rows it has.

    Words from reports may look like the end of a row, so each such place, from the last on, is tried.
    """
    end = len(content)
    while (end := content.rfind(b"},{", 0, end)) >= 0:
        closed = content[: end + 1] + b"]}}"
        try:
            return closed, len(json.loads(closed)["results"]["bindings"])
        except ValueError:
            continue
    begin = content.find(b'"bindings":[')
    return content[:begin] + b'"bindings":[]}}', 0
