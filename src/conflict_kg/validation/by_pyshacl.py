"""SHACL with pySHACL, in portions of some thousand triples: time grows with the number of triples, memory does not."""

import logging
from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, SH, BNode, Graph, IdentifiedNode, Literal, URIRef
from rdflib.term import Node as RdfNode

from conflict_kg.validation.results import Node, Result
from conflict_kg.validation.shapes import shape_name
from conflict_kg.vocabulary import SUBCLASS, compact

PORTION = 20_000
"""Triples that are validated at a time, about."""

logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # below it, tracebacks of literals that are ill-typed


def check(store: ox.Store, shapes: Graph) -> Iterator[Result]:
    """What is wrong with the nodes of a store, all of its graphs as one."""
    classes = [_rdflib(quad) for quad in store.quads_for_pattern(None, SUBCLASS, None)]
    for nodes in _portions(store):
        report = _report(_described(store, nodes, classes), shapes)
        for result in report.subjects(RDF.type, SH.ValidationResult):
            focus = report.value(result, SH.focusNode)
            node = ox.BlankNode(str(focus)) if isinstance(focus, BNode) else ox.NamedNode(str(focus))
            if node in nodes:
                yield _result(report, result, node, shapes)


def _portions(store: ox.Store) -> Iterator[set[Node]]:
    """Nodes to validate together: those of whole graphs, in order, until there are enough triples."""
    done: set[Node] = set()
    nodes: set[Node] = set()
    size = 0
    for graph in (ox.DefaultGraph(), *sorted(store.named_graphs(), key=str)):
        for quad in store.quads_for_pattern(None, None, None, graph):
            size += 1
            assert not isinstance(quad.subject, ox.Triple)
            if quad.subject not in done:
                nodes.add(quad.subject)
        if size >= PORTION:
            yield nodes
            done |= nodes
            nodes, size = set(), 0
    if nodes:
        yield nodes


_Triple = tuple[IdentifiedNode, URIRef, RdfNode]


def _described(store: ox.Store, nodes: set[Node], classes: Iterable[_Triple]) -> Graph:
    """What is said of the nodes and of those that they refer to, and all that is said of classes."""
    graph = Graph()
    for triple in classes:
        graph.add(triple)
    referred: set[Node] = set()
    for node in nodes:
        for quad in store.quads_for_pattern(node, None, None):
            graph.add(_rdflib(quad))
            if isinstance(quad.object, ox.NamedNode | ox.BlankNode):
                referred.add(quad.object)
    for node in referred - nodes:
        for quad in store.quads_for_pattern(node, None, None):
            graph.add(_rdflib(quad))
    return graph


def _report(graph: Graph, shapes: Graph) -> Graph:
    _, report, _ = pyshacl.validate(graph, shacl_graph=_flat(shapes), inference="none", inplace=True)
    assert isinstance(report, Graph), report
    return report


def _result(report: Graph, result: RdfNode, node: Node, shapes: Graph) -> Result:
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
        shape_name(shapes, shape),
    )


@cache
def _flat(shapes: Graph) -> Graph:
    """The same shapes with the targets of each node shape set on its properties, and with Python's ends of texts.

    pySHACL (0.40) takes a property shape within a node shape apart anew for every node, one with targets of its own
    only once. It means the same and takes a fraction of the time. It also hands patterns to Python as they are, where
    ``$`` stands for the end and for the place before a last line break as well.
    """
    flat = Graph()
    for triple in shapes:
        flat.add(triple)
    for parent, part in shapes.subject_objects(SH.property):
        flat.remove((parent, SH.property, part))
        for target in shapes.objects(parent, SH.targetClass):
            flat.add((part, SH.targetClass, target))
    for shape, pattern in shapes.subject_objects(SH.pattern):
        flat.set((shape, SH.pattern, Literal(str(pattern).replace("$", r"\Z"))))
    return flat


def _rdflib(quad: ox.Quad) -> _Triple:
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
