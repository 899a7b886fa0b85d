"""``ontology/shapes.ttl`` as values: each shape with its targets, its path and its constraints."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node as RdfNode

from conflict_kg.resources import folder
from conflict_kg.vocabulary import compact

CONSTRAINTS = frozenset(
    "class datatype disjoint equals in lessThan lessThanOrEquals maxCount maxInclusive minCount minInclusive minLength "
    "nodeKind pattern".split()
)
"""Parameters of the constraint components of SHACL Core that shapes may use."""

_DESCRIPTION = frozenset({"message", "path", "property", "targetClass"})
"""What shapes may say besides constraints."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One thing that a shape asks of the values of a node."""

    parameter: str
    """Local name in the SHACL vocabulary, one of ``CONSTRAINTS``."""
    argument: tuple[RdfNode, ...]
    """One term; several where it is a list."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What is asked of the nodes of some classes, or of the values that a path from them leads to."""

    name: str
    """IRI of the shape, or of the shape that it is a part of."""
    targets: tuple[str, ...]
    """IRIs of classes, sorted."""
    path: tuple[str, ...]
    """IRIs of properties, one after the other; none where the nodes themselves are meant."""
    message: str
    constraints: tuple[Constraint, ...]

    def path_text(self) -> str:
        """How results name the path."""
        return " / ".join(map(compact, self.path))


@cache
def shapes_graph() -> Graph:
    """The file."""
    return Graph().parse(folder("ontology") / "shapes.ttl")


@cache
def read_shapes(graph: Graph) -> tuple[Shape, ...]:
    """The shapes of a graph, sorted by name, path and message.

    Raises ``ValueError`` where a shape uses of SHACL what is not known here, or has no message.
    """
    nodes = {*graph.subjects(RDF.type, SH.NodeShape), *graph.objects(None, SH.property), *graph.subjects(SH.path)}
    found = [_shape(graph, node) for node in nodes]
    return tuple(sorted(found, key=lambda shape: (shape.name, shape.path, shape.message)))


def _shape(graph: Graph, node: RdfNode) -> Shape:
    name = shape_name(graph, node)
    constraints = []
    for parameter, argument in sorted(_parameters(graph, node)):
        if parameter in CONSTRAINTS:
            constraints.append(Constraint(parameter, _terms(graph, argument)))
        elif parameter not in _DESCRIPTION:
            known = ", ".join(sorted(CONSTRAINTS))
            raise ValueError(f"{name}: sh:{parameter} is not known; there are {known}")
    message = graph.value(node, SH.message)
    if constraints and message is None:
        raise ValueError(f"{name}: a shape needs a message")
    path = graph.value(node, SH.path)
    steps = _terms(graph, path) if path else ()
    if not all(isinstance(step, URIRef) for step in steps):
        raise ValueError(f"{name}: a path is a property or a list of properties")
    wearers = [node, *graph.subjects(SH.property, node)]
    targets = {str(target) for wearer in wearers for target in graph.objects(wearer, SH.targetClass)}
    return Shape(name, tuple(sorted(targets)), tuple(map(str, steps)), str(message or ""), tuple(constraints))


def _parameters(graph: Graph, node: RdfNode) -> Iterator[tuple[str, RdfNode]]:
    for predicate, argument in graph.predicate_objects(node):
        if str(predicate).startswith(str(SH)):
            yield str(predicate).removeprefix(str(SH)), argument


def _terms(graph: Graph, node: RdfNode) -> tuple[RdfNode, ...]:
    """The node, or what is in it where it is a list."""
    return tuple(graph.items(node)) if (node, RDF.first, None) in graph else (node,)


def shape_name(graph: Graph, node: RdfNode) -> str:
    """Its IRI, or that of the shape that it is a part of."""
    while isinstance(node, BNode):
        node = next(iter(graph.subjects(None, node)))
    return str(node)
