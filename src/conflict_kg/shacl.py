"""SHACL on quads: pySHACL on a portion of a graph, and what pySHACL cannot do with ill-typed literals."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, IdentifiedNode, Literal, URIRef
from rdflib.term import Node as RdfNode

from conflict_kg.resources import folder
from conflict_kg.vocabulary import CKG, NIF, compact, ontology

Node = ox.NamedNode | ox.BlankNode

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # below it, tracebacks of literals that are ill-typed


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that is wrong with one node."""

    node: Node
    path: str
    """The property, namespaces as prefixes; empty where the node itself is wrong."""
    message: str
    value: str | None
    shape: str


def check(about: Mapping[Node, list[ox.Quad]], nodes: Iterable[Node]) -> Iterator[Result]:
    """What is wrong with some of the nodes that ``about`` describes; those they refer to are only looked at."""
    inside = set(nodes)
    ill_typed: set[tuple[Node, str]] = set()
    for node in inside:
        for quad in about[node]:
            if fault := _fault(quad):
                ill_typed.add((node, quad.predicate.value))
                yield Result(node, compact(quad.predicate.value), fault.message, fault.value, fault.shape)
    graph = _graph(about, inside)
    _, report, _ = pyshacl.validate(graph, shacl_graph=_flat_shapes(), inference="none", inplace=True)
    assert isinstance(report, Graph)
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        node = ox.BlankNode(str(focus)) if isinstance(focus, BNode) else ox.NamedNode(str(focus))
        if node in inside and (node, str(report.value(result, SH.resultPath))) not in ill_typed:
            yield _result(report, result, node)


def _graph(about: Mapping[Node, list[ox.Quad]], inside: set[Node]) -> Graph:
    """What is said of the nodes and of those that they refer to, and our class hierarchy."""
    graph = Graph()
    for triple in _subclasses():
        graph.add(triple)
    objects = {quad.object for node in inside for quad in about[node]}
    for node in inside | {found for found in objects if isinstance(found, ox.NamedNode | ox.BlankNode)}:
        for quad in about.get(node, ()):
            if not _fault(quad):
                graph.add(_rdflib(quad))
    return graph


def _result(report: Graph, result: RdfNode, node: Node) -> Result:
    path = report.value(result, SH.resultPath)
    shape = report.value(result, SH.sourceShape)
    value = report.value(result, SH.value)
    assert shape is not None
    steps = report.items(path) if isinstance(path, BNode) else (path,) if path else ()
    return Result(
        node,
        " / ".join(compact(str(step)) for step in steps),
        str(report.value(result, SH.resultMessage)),
        None if value is None or str(value) == node.value else str(value),
        _shape_name(shape),
    )


# ---------------------------------------------------------------- shapes


@dataclass(frozen=True, slots=True)
class _Datatype:
    """What a property shape says of the literals of a property."""

    name: str
    message: str
    shape: str


@cache
def _shapes() -> Graph:
    return Graph().parse(folder("ontology") / "shapes.ttl")


@cache
def _flat_shapes() -> Graph:
    """The same shapes with the targets of each node shape set on its properties.

    pySHACL (0.40) takes a property shape within a node shape apart anew for every node, one with targets of its own
    only once. It means the same and takes a fraction of the time.
    """
    flat = Graph()
    for triple in _shapes():
        flat.add(triple)
    for parent, part in _shapes().subject_objects(SH.property):
        flat.remove((parent, SH.property, part))
        for target in _shapes().objects(parent, SH.targetClass):
            flat.add((part, SH.targetClass, target))
    return flat


@cache
def _datatypes() -> dict[str, _Datatype]:
    """Of every property that takes dates, numbers or booleans, what the shapes say."""
    shapes = _shapes()
    found = {}
    for shape, datatype in sorted(shapes.subject_objects(SH.datatype)):
        path = shapes.value(shape, SH.path)
        if isinstance(path, URIRef) and str(datatype) in _WELL_FORMED:
            found[str(path)] = _Datatype(str(datatype), _message(shape), _shape_name(shape))
    return found


@cache
def _subclasses() -> tuple[tuple[URIRef, URIRef, URIRef], ...]:
    """Our class hierarchy, so that a person counts as an actor where a file does not say so twice."""
    return tuple(
        (URIRef(s.value), URIRef(p.value), URIRef(o.value))
        for s, p, o in ontology()
        if p.value == str(RDFS.subClassOf) and o.value.startswith(CKG)
    )


def _message(shape: RdfNode) -> str:
    return str(_shapes().value(shape, SH.message) or "does not have the shape that it should")


def _shape_name(shape: RdfNode) -> str:
    """Its IRI, or that of the shape that it is a part of."""
    while isinstance(shape, BNode):
        shape = next(iter(_shapes().subjects(None, shape)))
    return str(shape)


# ---------------------------------------------------------------- literals


def _real_day(text: str) -> bool:
    """Without a time zone: engines compare days with and without one differently, or not at all."""
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) is not None and bool(date.fromisoformat(text))
    except ValueError:
        return False


_WELL_FORMED: dict[str, Callable[[str], object]] = {
    str(XSD.date): _real_day,
    # No more digits than every processor has to take: XML Schema part 2, second edition, section 3.2.3.
    str(XSD.integer): re.compile(r"[+-]?[0-9]{1,18}").fullmatch,
    str(XSD.decimal): re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)").fullmatch,
    str(XSD.boolean): re.compile("true|false|1|0").fullmatch,
}
"""What a literal's text must look like, by its datatype."""


@dataclass(frozen=True, slots=True)
class _Fault:
    value: str
    message: str
    shape: str


def _fault(quad: ox.Quad) -> _Fault | None:
    """What is wrong with a literal that is not what it says, or not what its property takes.

    Such triples are kept from pySHACL (0.40): it raises TypeError where it has to compare them.
    """
    value = quad.object
    if not isinstance(value, ox.Literal):
        return None
    path, datatype = quad.predicate.value, value.datatype.value
    declared = _datatypes().get(path)
    if declared and path.startswith((CKG, NIF)) and datatype != declared.name:
        return _Fault(value.value, declared.message, declared.shape)
    if datatype in _WELL_FORMED and not _WELL_FORMED[datatype](value.value):
        message = declared.message if declared else f"is no real {compact(datatype)}"
        return _Fault(value.value, message, declared.shape if declared else datatype)
    return None


def _rdflib(quad: ox.Quad) -> tuple[IdentifiedNode, URIRef, RdfNode]:
    subject, predicate, value = quad.subject, URIRef(quad.predicate.value), quad.object
    assert not isinstance(subject, ox.Triple)
    assert not isinstance(value, ox.Triple)
    if isinstance(value, ox.Literal):
        plain = Literal(value.value, lang=value.language) if value.language else None
        literal = plain or Literal(value.value, datatype=URIRef(value.datatype.value), normalize=False)
        return _identified(subject), predicate, literal
    return _identified(subject), predicate, _identified(value)


def _identified(node: Node) -> IdentifiedNode:
    return BNode(node.value) if isinstance(node, ox.BlankNode) else URIRef(node.value)
