"""A user's own SPARQL, read-only, over all graphs of a store as one; results as text.

Updates are no queries and are refused as such; SERVICE is refused because nothing may call out.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.exports import rdf
from conflict_kg.questions.answers import Answer, value
from conflict_kg.questions.rendering import FORMATS, PIPE_WIDTH, render
from conflict_kg.store import querytext
from conflict_kg.store.source import GraphName, Results, Source
from conflict_kg.wellformed import well_formed

TRIPLE_FORMATS = ("turtle", "nquads", "jsonld")
"""What CONSTRUCT and DESCRIBE can be printed as."""
W3C_FORMATS = {"sparql-json": ox.QueryResultsFormat.JSON, "sparql-xml": ox.QueryResultsFormat.XML}


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query is about, by IRI; one that names none leaves it to the query's text."""

    default: Sequence[str] = ()
    named: Sequence[str] = ()


def run(store: Source, text: str, *, source: str, dataset: Dataset | None = None) -> Results:
    """The results of a query. Raises ``InputError``, with line and column in ``source``, for one that cannot be run.

    All graphs count as one, unless the text has FROM or FROM NAMED; ``dataset`` goes before both, as SPARQL 1.1
    Protocol has it (section 2.1.4).
    """
    querytext.check(text, source=source)
    try:
        if dataset is not None and (dataset.default or dataset.named):
            default: list[GraphName] = [ox.NamedNode(iri) for iri in dataset.default]
            named: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(iri) for iri in dataset.named]
            return store.query(text, default_graph=default, named_graphs=named)
        return store.query(text, use_default_graph_as_union=not querytext.names_graphs(text))
    except SyntaxError as error:
        message = " ".join(str(error.msg).split())
        place = re.match(r"error at (\d+:\d+): ", message)
        where = f"{source}:{place[1]}" if place else source
        raise InputError(f"{where}: {message.removeprefix(place[0]) if place else message}") from None
    except (ValueError, RuntimeError, OSError) as error:
        raise InputError(f"{source}: cannot be run: {' '.join(str(error).split())}") from None


def as_text(results: Results, format: str, *, base: str, width: int = PIPE_WIDTH) -> str:
    """Results as one of ``rendering.FORMATS``; triples as one of ``TRIPLE_FORMATS``, Turtle where a table is asked for.

    Raises ``InputError`` for a format that does not go with the kind of query.
    """
    if isinstance(results, ox.QueryTriples):
        return _triples(results, format)
    if format in TRIPLE_FORMATS:
        raise InputError(f"--format {format} is for CONSTRUCT and DESCRIBE; give one of {', '.join(FORMATS)}")
    if format in W3C_FORMATS:
        return serialized(results, format)
    if isinstance(results, ox.QueryBoolean):
        return {"table": "yes\n" if results else "no\n"}.get(format, "true\n" if results else "false\n")
    names = tuple(variable.value for variable in results.variables)
    rows = tuple({name: value(solution[name]) for name in names} for solution in results)
    return render(Answer(names, rows, names, rows), format, base=base, width=width)


def serialized(results: ox.QuerySolutions | ox.QueryBoolean, format: str) -> str:
    """Results as the W3C's ``sparql-json`` or ``sparql-xml``; U+FFFD where XML cannot have a character."""
    written = results.serialize(format=W3C_FORMATS[format])
    assert written is not None
    return (well_formed(written) if format == "sparql-xml" else written).decode() + "\n"


def _triples(results: ox.QueryTriples, format: str) -> str:
    if format not in ("table", *TRIPLE_FORMATS):
        raise InputError(f"--format {format} is for SELECT and ASK; give one of {', '.join(TRIPLE_FORMATS)}")
    quads = (ox.Quad(triple.subject, triple.predicate, triple.object) for triple in results)
    return rdf.render(quads, "turtle" if format == "table" else format).decode()
