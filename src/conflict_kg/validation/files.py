"""Files of quads, made by hand or by another program."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.errors import InputError

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
}
"""How a graph file is written, by the ending of its name."""


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """The quads of a file. Raises ``InputError`` where it cannot be read or parsed, with its line if that is known."""
    syntax = FORMATS.get(path.suffix.lower())
    if syntax is None:
        raise InputError(f"{path}: unknown ending; a graph file ends in {', '.join(FORMATS)}")
    try:
        content = path.read_bytes()
        if syntax == ox.RdfFormat.RDF_XML and re.search(rb"<!(DOCTYPE|ENTITY)", content, re.IGNORECASE):
            raise InputError(f"{path}: RDF/XML with a DOCTYPE is not read: its entities may have no end")
        # Two files may use one label for two blank nodes.
        for quad in ox.parse(content, format=syntax, base_iri=path.resolve().as_uri(), rename_blank_nodes=True):
            if isinstance(quad.object, ox.Triple):
                raise InputError(f"{path}: {quad.subject}: a triple within a triple cannot be checked")
            yield quad
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None
    except SyntaxError as error:
        line = "" if error.lineno is None else f":{error.lineno}"
        raise InputError(f"{path}{line}: {error.msg}") from None
