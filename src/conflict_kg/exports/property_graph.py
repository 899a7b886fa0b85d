"""The graph as nodes and relationships with properties: CSV files that ``neo4j-admin database import`` takes.

Every node has its IRI, and every claim is a node, so that who said it, where and when hang on it as they do in RDF.
What ``schema`` names gets columns and types of its own. All else is kept, too: a link as ``RELATED`` with its
predicate, a literal that its column cannot hold (a second value, another datatype, a day that is none) as a node
``Value`` behind ``HAS_VALUE``. So ``quads`` gives back what ``write`` was given, named graphs included.
"""

import csv
import io
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.exports import ladybug
from conflict_kg.exports.schema import (
    HAS_VALUE,
    OTHER,
    RELATED,
    RELATIONSHIPS,
    SEPARATOR,
    TABLES,
    VALUE,
    column_type,
    fits,
    literal,
    names,
    predicates,
    type_of,
)
from conflict_kg.graph import ordered
from conflict_kg.vocabulary import CKG, TYPE

_Row = tuple[str, ...]


@dataclass(slots=True)
class _Node:
    """A node in the making."""

    table: str
    graph: str
    """The named graph that its labels and properties stand in; empty for the default graph."""
    labels: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


def write(store: Iterable[ox.Quad], format: str) -> dict[str, bytes]:  # noqa: ARG001  # as all writers
    """The files by name: ``nodes/TABLE.csv``, ``relationships/TYPE__FROM__TO.csv``, and a script for Ladybug.

    Raises ``InputError`` for blank nodes and triples in triples, which a build never writes.
    """
    found = ordered(store)
    nodes = _nodes(found)
    values: dict[str, str] = {}
    joined: dict[_Row, list[_Row]] = {(type_of(name), *ends): [] for name, *ends in RELATIONSHIPS}
    for quad in found:
        subject, graph = _iri(quad.subject), _graph(quad)
        node, name = nodes[subject], names().get(quad.predicate.value, "")
        if isinstance(quad.object, ox.Literal):
            if not _put(node, name, quad.object, graph):
                text = _escaped(quad.object)
                key = f"_:{sha256(text.encode()).hexdigest()[:32]}"
                values[key] = text
                rows = joined.setdefault((HAS_VALUE, node.table, VALUE), [])
                rows.append((subject, key, graph, quad.predicate.value))
            continue
        end = _iri(quad.object)
        if _is_label(quad, node):
            node.labels.append(end.removeprefix(CKG))
        elif (name, node.table, nodes[end].table) in RELATIONSHIPS:
            joined[type_of(name), node.table, nodes[end].table].append((subject, end, graph))
        else:
            rows = joined.setdefault((RELATED, node.table, nodes[end].table), [])
            rows.append((subject, end, graph, quad.predicate.value))
    files = {f"nodes/{table}.csv": _table(table, nodes) for table in (*TABLES, OTHER)}
    files[f"nodes/{VALUE}.csv"] = _csv(
        ["iri:ID", "literal:string", ":LABEL"], ((key, text, VALUE) for key, text in sorted(values.items()))
    )
    for (type, start, end), rows in sorted(joined.items()):
        header = [":START_ID", ":END_ID", "graph:string", *_more(type), ":TYPE"]
        files[f"relationships/{type}__{start}__{end}.csv"] = _csv(header, ((*row, type) for row in rows))
    return files | {ladybug.FILE: ladybug.script(sorted(joined)).encode()}


def _nodes(quads: Sequence[ox.Quad]) -> dict[str, _Node]:
    """All nodes by IRI, each with its table and the graph that it is at home in."""
    nodes: dict[str, _Node] = {}
    ranks = {f"{CKG}{table}": rank for rank, table in enumerate(TABLES)}
    typed: dict[str, tuple[int, str]] = {}
    for quad in quads:
        subject = _iri(quad.subject)
        nodes.setdefault(subject, _Node(OTHER, _graph(quad)))
        if not isinstance(quad.object, ox.Literal):
            end = _iri(quad.object)
            nodes.setdefault(end, _Node(OTHER, _graph(quad)))
            if quad.predicate == TYPE and end in ranks:
                home = (ranks[end], _graph(quad))
                typed[subject] = min(typed.get(subject, home), home)
    for iri, (rank, graph) in typed.items():
        nodes[iri] = _Node(list(TABLES)[rank], graph)
    return nodes


def _put(node: _Node, name: str, value: ox.Literal, graph: str) -> bool:
    """Whether the node has a free column for the value, which then holds it."""
    if graph != node.graph or name not in TABLES.get(node.table, ()) or not fits(name, value):
        return False
    held = node.values.setdefault(name, [])
    if held and column_type(name) != "string[]":
        return False
    held.append(value.value)
    return True


def _is_label(quad: ox.Quad, node: _Node) -> bool:
    """Whether a type is told by a label: the class is ours, and the node's graph says so."""
    assert isinstance(quad.object, ox.NamedNode)
    name = quad.object.value.removeprefix(CKG)
    return quad.predicate == TYPE and name.isidentifier() and name not in (OTHER, VALUE) and _graph(quad) == node.graph


def _table(table: str, nodes: Mapping[str, _Node]) -> bytes:
    columns = TABLES.get(table, ())
    header = ["iri:ID", "graph:string", *(f"{name}:{column_type(name)}" for name in columns), ":LABEL"]
    return _csv(
        header,
        (
            (
                iri,
                node.graph,
                *(SEPARATOR.join(node.values.get(name, ())) for name in columns),
                SEPARATOR.join(node.labels or [OTHER]),
            )
            for iri, node in sorted(nodes.items())
            if node.table == table
        ),
    )


def _more(type: str) -> list[str]:
    return ["predicate:string"] if type in (RELATED, HAS_VALUE) else []


def _csv(header: Sequence[str], rows: Iterable[_Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode()


def _iri(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if not isinstance(node, ox.NamedNode):
        raise InputError("a property graph has no blank nodes and no triples in triples; Turtle and N-Quads do")
    return node.value


def _graph(quad: ox.Quad) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else _iri(quad.graph_name)


def _escaped(value: ox.Literal) -> str:
    """A literal as N-Triples has it, in printable ASCII, which no database changes."""
    return "".join(
        sign if " " <= sign <= "~" else f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"
        for sign in str(value)
    )


# ---------------------------------------------------------------- back to RDF


def quads(files: Mapping[str, bytes], place: str = "") -> set[ox.Quad]:
    """The graph that ``write`` has made the files of, by their names; files of other names are passed over.

    ``place`` stands before the names in messages. Raises ``InputError``, with file and line, for a file that is not of
    this kind: columns that are missing or unknown, a broken row, a value that its column cannot hold, a relationship
    to a node that is not there.
    """
    found: set[ox.Quad] = set()
    values: dict[str, ox.Literal] = {}
    known: set[str] = set()
    types = {type_of(name): predicates()[name] for name, _, _ in RELATIONSHIPS}
    for file, content in sorted(files.items(), key=lambda item: item[0].startswith("relationships/")):
        kind, _, name = file.removesuffix(".csv").partition("/")
        if not file.endswith(".csv") or kind not in ("nodes", "relationships"):
            continue
        for line, row in _rows(content, _header(kind, name), f"{place}{file}"):
            try:
                if kind == "relationships":
                    found.add(_of_relationship(row, types, values, known))
                    continue
                known.add(row["iri"])
                if name == VALUE:
                    values[row["iri"]] = _literal(row["literal"])
                else:
                    found.update(_of_node(row))
            except (ValueError, SyntaxError) as error:
                raise InputError(f"{place}{file}:{line}: {error}") from None
    return found


def _header(kind: str, name: str) -> list[str]:
    """The columns of a file: those of a table's nodes, or of a type's relationships."""
    if kind == "nodes":
        columns = () if name == VALUE else TABLES.get(name, ())
        typed = [f"{column}:{column_type(column)}" for column in columns]
        return ["iri:ID", "literal:string", ":LABEL"] if name == VALUE else ["iri:ID", "graph:string", *typed, ":LABEL"]
    return [":START_ID", ":END_ID", "graph:string", *_more(name.partition("__")[0]), ":TYPE"]


def _rows(content: bytes, columns: Sequence[str], place: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows by the names of their columns (``:LABEL`` and its like by those), each with the line that it ends on."""
    try:
        rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
        header = next(rows, [])
        if sorted(header) != sorted(columns):
            wrong = [f"no column {name!r}" for name in columns if name not in header]
            wrong += [f"an unknown column {name!r}" for name in header if name not in columns]
            raise InputError(
                f"{place}:1: not a file of an exported property graph: {wrong[0] if wrong else 'a column comes twice'}"
            )
        names = [column if column.startswith(":") else column.partition(":")[0] for column in header]
        for row in rows:
            if len(row) != len(names):
                raise InputError(f"{place}:{rows.line_num}: has {len(row)} fields, and there are {len(names)} columns")
            yield rows.line_num, dict(zip(names, row, strict=True))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{place}:{line}: is not UTF-8 text") from None
    except csv.Error as error:
        raise InputError(f"{place}:{rows.line_num}: is not CSV: {error}") from None


def _of_node(row: Mapping[str, str]) -> Iterator[ox.Quad]:
    node, graph = ox.NamedNode(row["iri"]), _graph_name(row["graph"])
    for label in row[":LABEL"].split(SEPARATOR):
        if not label.isidentifier():
            raise ValueError(f":LABEL: {label!r} is not a label")
        if label != OTHER:
            yield ox.Quad(node, TYPE, ox.NamedNode(f"{CKG}{label}"), graph)
    for name, cell in row.items():
        if cell and name in predicates():
            for text in cell.split(SEPARATOR) if column_type(name) == "string[]" else [cell]:
                value = literal(name, text)
                if not fits(name, value):
                    raise ValueError(f"{name}: {text!r} is not a {column_type(name).removesuffix('[]')}")
                yield ox.Quad(node, ox.NamedNode(predicates()[name]), value, graph)


def _of_relationship(
    row: Mapping[str, str], types: Mapping[str, str], values: Mapping[str, ox.Literal], known: Container[str]
) -> ox.Quad:
    for end in (row[":START_ID"], row[":END_ID"]):
        if end not in known:
            raise ValueError(f"there is no node {end!r}")
    if "predicate" not in row and row[":TYPE"] not in types:
        raise ValueError(f":TYPE: {row[':TYPE']!r} is not a type of relationship")
    if row[":TYPE"] == HAS_VALUE and row[":END_ID"] not in values:
        raise ValueError(f"{row[':END_ID']!r} is not a value")
    predicate = ox.NamedNode(row["predicate"] if "predicate" in row else types[row[":TYPE"]])
    value = values[row[":END_ID"]] if row[":TYPE"] == HAS_VALUE else ox.NamedNode(row[":END_ID"])
    return ox.Quad(ox.NamedNode(row[":START_ID"]), predicate, value, _graph_name(row["graph"]))


def _graph_name(iri: str) -> ox.NamedNode | ox.DefaultGraph:
    return ox.NamedNode(iri) if iri else ox.DefaultGraph()


def _literal(text: str) -> ox.Literal:
    (triple,) = ox.parse(f"<urn:x> <urn:x> {text} .", format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, ox.Literal)
    return triple.object
