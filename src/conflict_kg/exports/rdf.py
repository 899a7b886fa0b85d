"""A graph as RDF: Turtle, TriG, N-Quads, JSON-LD; the same graph gives the same bytes."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from conflict_kg.assembly.grouping import Workspace
from conflict_kg.errors import InputError
from conflict_kg.graph import REFERENCE, ordered, triple_key
from conflict_kg.nquads import by_subject
from conflict_kg.resources import folder
from conflict_kg.vocabulary import PREFIXES, TYPE, XSD, compact

_SYNTAX = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG, "nquads": ox.RdfFormat.N_QUADS}

SYNTAXES = (*_SYNTAX, "jsonld")
PREFIXED = frozenset({"turtle", "trig"})
"""Those that begin with the prefixes that they use."""

PORTION = 20_000
"""Quads whose namespaces are looked for at a time."""
BATCH = 1 << 20
"""Bytes of N-Quads that are parsed at a time."""

_Subject = ox.NamedNode | ox.BlankNode | ox.Triple
_json = json.JSONEncoder(ensure_ascii=False).encode


def write(store: Iterable[ox.Quad], format: str) -> bytes:
    """The graph in one of ``SYNTAXES``; Turtle has no named graphs and holds the triples of all of them."""
    return render(store, format)


def render(quads: Iterable[ox.Quad], format: str) -> bytes:
    """Quads in one of ``SYNTAXES``. Raises ``InputError`` for another, and for triple terms in JSON-LD."""
    if format not in SYNTAXES:
        raise InputError(f"no such format: {format!r}; there are {', '.join(SYNTAXES)}")
    return render_ordered(ordered(quads), format)


def render_ordered(quads: Sequence[ox.Quad], format: str) -> bytes:
    """The same for quads that are in order already (``graph.ordered``)."""
    if format == "jsonld":
        return "".join(_jsonld(quads)).encode()
    prefixes = {} if format == "nquads" else _namespaces(quads).prefixes(named=format == "trig")
    lines = _triples(quads) if format == "turtle" else quads
    content = ox.serialize(lines, format=_SYNTAX[format], prefixes=prefixes)
    assert content is not None
    head = content.splitlines(keepends=True)[: len(prefixes)]
    return b"".join(sorted(head)) + content[sum(map(len, head)) :]


def _triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Each triple once, what all graphs say of a node together."""
    about: defaultdict[_Subject, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        about[quad.subject].append(quad)
    for subject in sorted(about, key=str):
        yield from _merged(about[subject])


def _merged(found: Sequence[ox.Quad]) -> Iterator[ox.Triple]:
    """What the graphs say of one node, given in order."""
    if found[0].graph_name == found[-1].graph_name:  # as most are, and so in order
        yield from (quad.triple for quad in found)
    else:
        yield from sorted({quad.triple for quad in found}, key=triple_key)


# ---------------------------------------------------------------- from file to file


def write_files(graph: Path, files: Mapping[str, str]) -> None:
    """Writes files beside N-Quads that are in order: of each name its syntax, in the bytes that ``render`` gives.

    However large the graph, no more than ``PORTION`` quads are in memory, or one node; Turtle is sorted on the disk.
    """
    used = _namespaces(_parsed(graph)) if PREFIXED.intersection(files.values()) else None
    for name, format in files.items():
        path = graph.with_name(name)
        if format == "jsonld":
            with path.open("wb") as file:
                file.writelines(piece.encode() for piece in _jsonld(_parsed(graph)))
            continue
        prefixes = used.prefixes(named=format == "trig") if used and format in PREFIXED else {}
        lines = _sorted_triples(graph) if format == "turtle" else _parsed(graph)
        ox.serialize(lines, path, format=_SYNTAX[format], prefixes=prefixes)
        with path.open("r+b") as file:
            head = [file.readline() for _ in prefixes]
            file.seek(0)
            file.writelines(sorted(head))


def _parsed(graph: Path) -> Iterator[ox.Quad]:
    return iter(ox.parse(path=graph, format=ox.RdfFormat.N_QUADS))


def _sorted_triples(graph: Path) -> Iterator[ox.Triple]:
    """As ``_triples``; the lines on each node are brought together in a file."""
    with Workspace(graph.with_name(".work.sqlite")) as work, graph.open("rb") as file:
        nodes = work.groups("node")
        nodes.add((node.decode(), b"".join(lines)) for node, lines in by_subject(file))
        for some in _batches(b"".join(found) for _, found in nodes):
            quads = ox.parse(some, format=ox.RdfFormat.N_QUADS)
            for _, of_node in groupby(quads, key=lambda quad: quad.subject):
                yield from _merged(list(of_node))


def _batches(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, so many together that it is worth it to parse them."""
    batch: list[bytes] = []
    size = 0
    for piece in pieces:
        batch.append(piece)
        size += len(piece)
        if size >= BATCH:
            yield b"".join(batch)
            batch, size = [], 0
    yield b"".join(batch)


# ---------------------------------------------------------------- prefixes


_INSTANCES = (
    *("actor", "change", "claim", "disagreement", "document", "graph"),
    *("passage", "period", "place", "range", "statement"),
)


@dataclass(frozen=True, slots=True)
class _Namespaces:
    """What the IRIs of a graph start with, up to their last slash or number sign."""

    of_nodes: set[str]
    of_graphs: set[str]
    base: str | None
    """Of the instances."""

    def prefixes(self, *, named: bool) -> dict[str, str]:
        """Those of the fixed table and of our kinds of instances that some IRI starts with, or a graph's name."""
        table = PREFIXES | {kind: f"{self.base}{kind}/" for kind in _INSTANCES if self.base is not None}
        used = self.of_nodes | self.of_graphs if named else self.of_nodes
        return {prefix: namespace for prefix, namespace in table.items() if namespace in used}


def _namespaces(quads: Iterable[ox.Quad]) -> _Namespaces:
    end = f"graph/{REFERENCE}"
    found, rest = _Namespaces(set(), set(), None), iter(quads)
    while some := list(islice(rest, PORTION)):
        nodes, names = _terms_of(some)
        graphs = {graph.value for graph in names if isinstance(graph, ox.NamedNode)}
        bases = {graph.removesuffix(end) for graph in graphs if graph.endswith(end)}
        iris = {node.value for node in nodes if isinstance(node, ox.NamedNode)}
        iris |= {node.datatype.value for node in nodes if isinstance(node, ox.Literal)}
        found = _Namespaces(
            found.of_nodes.union(map(_namespace, iris)),
            found.of_graphs.union(map(_namespace, graphs)),
            min(bases if found.base is None else {*bases, found.base}, default=None),
        )
    return found


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def _terms_of(quads: Iterable[ox.Quad]) -> tuple[set[_Subject | ox.Literal], set[object]]:
    """Every node, property and value once, and every graph name."""
    nodes: set[_Subject | ox.Literal] = set()
    names: set[object] = set()
    for subject, predicate, value, graph in quads:
        nodes.add(subject)
        nodes.add(predicate)
        nodes.add(value)
        names.add(graph)
    return nodes, names


# ---------------------------------------------------------------- JSON-LD


@cache
def context() -> Mapping[str, Any]:
    """The JSON-LD context of ``ontology/context.jsonld``."""
    text = (folder("ontology") / "context.jsonld").read_text(encoding="utf-8")
    return json.loads(text)["@context"]  # type: ignore[no-any-return]


@cache
def terms() -> dict[str, tuple[str, str | None, str | None]]:
    """Of each property its short key, the datatype IRI (or ``@id``, ``@vocab``) of its values, and their language."""
    found = {}
    for key, definition in context().items():
        if isinstance(definition, dict):
            kind = definition.get("@type")
            datatype = kind if kind is None or kind.startswith("@") else _expand(kind)
            found[_expand(definition["@id"])] = (key, datatype, definition.get("@language"))
    return found


def _expand(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{context()[prefix]}{local}"


def _jsonld(quads: Iterable[ox.Quad]) -> Iterator[str]:
    """The context, then one block for each named graph, in it a line for each node, keys in alphabetical order."""
    yield f'{{"@context": {_json(context())}, "@graph": [\n'
    yield from _apart(_block(*each) for each in groupby(quads, key=lambda quad: quad.graph_name))
    yield "\n]}\n"


def _block(graph: object, quads: Iterable[ox.Quad]) -> Iterator[str]:
    nodes = _apart([_json(node)] for node in objects(quads))
    if isinstance(graph, ox.NamedNode | ox.BlankNode):
        yield f'{{"id": {_json(_id(graph))}, "@graph": [\n'
        yield from nodes
        yield "\n]}"
    else:
        yield from nodes


def _apart(parts: Iterable[Iterable[str]]) -> Iterator[str]:
    """The pieces of each part, and a comma and a line break between parts."""
    between = ""
    for part in parts:
        yield between
        yield from part
        between = ",\n"


def objects(quads: Iterable[ox.Quad]) -> Iterator[dict[str, Any]]:
    """The nodes of quads that come sorted by subject, with short keys in alphabetical order; a link is an IRI."""
    for subject, of_node in groupby(quads, key=lambda quad: quad.subject):
        yield _node(subject, of_node)


def _node(subject: _Subject, quads: Iterable[ox.Quad]) -> dict[str, Any]:
    values: dict[str, list[Any]] = {}
    for quad in quads:
        if quad.predicate == TYPE and isinstance(quad.object, ox.NamedNode):
            values.setdefault("type", []).append(_vocabulary_name(quad.object.value))
        else:
            key, kind, language = terms().get(quad.predicate.value, (compact(quad.predicate.value), None, None))
            values.setdefault(key, []).append(_value(quad.object, kind, language))
    body = {key: found[0] if len(found) == 1 else found for key, found in sorted(values.items())}
    return {"id": _id(subject), **({"type": body.pop("type")} if "type" in body else {}), **body}


def _id(node: _Subject) -> str:
    if isinstance(node, ox.Triple):
        raise InputError("JSON-LD has no triple terms; Turtle and N-Quads do")
    return f"_:{node.value}" if isinstance(node, ox.BlankNode) else node.value


@lru_cache(1000)
def _vocabulary_name(iri: str) -> str:
    """A class or code by its name alone where it is ours, unless a key of the context has that name."""
    name = iri.removeprefix(str(context()["@vocab"]))
    return name if re.fullmatch(r"\w+", name) and name not in context() else compact(iri)


def _value(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, kind: str | None, language: str | None) -> Any:
    if not isinstance(value, ox.Literal):
        if kind == "@vocab" and isinstance(value, ox.NamedNode):
            return _vocabulary_name(value.value)
        return _id(value) if kind == "@id" else {"id": _id(value)}
    text, datatype = value.value, value.datatype.value
    if value.language:
        return text if value.language == language else {"@value": text, "@language": value.language}
    if datatype == f"{XSD}string":
        return text if kind is None and language is None else {"@value": text}
    if datatype != kind:
        return {"@value": text, "@type": datatype}
    if datatype == f"{XSD}integer" and re.fullmatch(r"0|-?[1-9][0-9]{0,14}", text, re.ASCII):
        return int(text)
    if datatype == f"{XSD}boolean" and text in ("true", "false"):
        return text == "true"
    return text
