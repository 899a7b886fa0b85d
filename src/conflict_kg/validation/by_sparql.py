"""SHACL on a store: each constraint of each shape as one SPARQL query over the whole graph."""

from collections.abc import Container, Iterable, Iterator
from functools import cache
from string import Template

import pyoxigraph as ox
from rdflib import SH, XSD, Graph, Literal, URIRef

from conflict_kg.validation.faults import WELL_FORMED
from conflict_kg.validation.results import Node, Result
from conflict_kg.validation.shapes import Constraint, Shape, read_shapes
from conflict_kg.vocabulary import PREFIXES, SUBCLASS, TYPE, ontology

_INSTANCES = Template("VALUES ?class { $classes } ?this a/rdfs:subClassOf* ?class .")
_BELOW = Template("?this rdfs:subClassOf* <$above>")
_SELECT = Template("SELECT DISTINCT ?this ?value { $found }")

VIOLATIONS = {
    "class": "$values FILTER NOT EXISTS { ?value a/rdfs:subClassOf* $argument }",
    "datatype": "$values FILTER (!isLiteral(?value) || DATATYPE(?value) != $argument)",
    "disjoint": "$values ?this $argument ?value",
    "equals": "{ $values FILTER NOT EXISTS { ?this $argument ?value } } "
    "UNION { $targets ?this $argument ?value FILTER NOT EXISTS { ?this $path ?value } }",
    "in": "$values FILTER (?value NOT IN ($argument))",
    "lessThan": "$values ?this $argument ?other FILTER (!COALESCE(?value < ?other, false))",
    "lessThanOrEquals": "$values ?this $argument ?other FILTER (!COALESCE(?value <= ?other, false))",
    "maxCount": "{ SELECT ?this { ?this $path ?each } GROUP BY ?this HAVING (COUNT(DISTINCT ?each) > $argument) }",
    "maxInclusive": "$values FILTER (!COALESCE(?value <= $argument, false))",
    "minCount": "$targets FILTER NOT EXISTS { ?this $path ?each }",
    "minInclusive": "$values FILTER (!COALESCE(?value >= $argument, false))",
    "minLength": "$values FILTER (isBlank(?value) || STRLEN(STR(?value)) < $argument)",
    "nodeKind": "$values FILTER (!isIRI(?value))",
    "pattern": "$values FILTER (isBlank(?value) || !REGEX(STR(?value), $argument))",
}
"""What finds nodes and values that violate a constraint, by its parameter: as SHACL defines its components."""


def check(store: ox.Store, shapes: Graph, among: Container[Node] | None = None) -> Iterator[Result]:
    """What is wrong with the nodes of a store, all of its graphs as one, which hold our class hierarchy.

    With ``among`` only what is wrong with these nodes. Raises ``ValueError`` as ``patterns`` does.
    """
    below = cache(lambda target: frozenset(name for name, _ in _solutions(store, _BELOW.substitute(above=target))))
    for shape, pattern in _patterns(shapes):
        for node, value in _solutions(store, pattern):
            if among is not None and node not in among:
                continue
            types = {quad.object for quad in store.quads_for_pattern(node, TYPE, None)}
            if any(types & below(target) for target in shape.targets):
                wrong = None if value is None or value == node.value else value
                yield Result(node, shape.path_text(), shape.message, wrong, shape.name)


def _solutions(store: ox.Store, found: str) -> Iterator[tuple[Node, str | None]]:
    solutions = store.query(_SELECT.substitute(found=found), use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    for solution in solutions:
        node, value = solution["this"], solution["value"]
        assert isinstance(node, ox.NamedNode | ox.BlankNode)
        assert not isinstance(value, ox.Triple)
        yield node, None if value is None else value.value


@cache
def _patterns(shapes: Graph) -> tuple[tuple[Shape, str], ...]:
    return tuple((shape, pattern) for shape in read_shapes(shapes) for pattern in patterns(shape))


def patterns(shape: Shape) -> Iterator[str]:
    """One pattern for each constraint: its solutions are the nodes (``?this``) and values (``?value``) at fault.

    Among them may be nodes that the shape is not about: to look for its targets in each pattern takes thrice the time.
    The prefixes of ``vocabulary`` are known. Raises ``ValueError`` for an argument that no pattern is known for.
    """
    if not shape.targets:
        raise ValueError(f"{shape.name}: has no target class")
    path = "/".join(f"<{step}>" for step in shape.path)
    targets = _instances(_widest(shape.targets))
    values = f"?this {path} ?value ." if path else f"{targets} BIND (?this AS ?value)"
    for constraint in shape.constraints:
        _check_argument(shape, constraint)
        argument = ", ".join(term.n3() for term in constraint.argument if isinstance(term, URIRef | Literal))
        violation = Template(VIOLATIONS[constraint.parameter])
        yield violation.substitute(targets=targets, values=values, path=path, argument=argument)


def _instances(classes: Iterable[str]) -> str:
    return _INSTANCES.substitute(classes=" ".join(f"<{name}>" for name in classes))


def _widest(classes: tuple[str, ...]) -> list[str]:
    """Those that are not directly within another of them."""
    within = {s.value for s, p, o in ontology() if p == SUBCLASS and o.value in classes}
    return [name for name in classes if name not in within]


def _check_argument(shape: Shape, constraint: Constraint) -> None:
    for term in constraint.argument:
        known = {
            "datatype": str(term) in WELL_FORMED
            or not str(term).startswith(str(XSD))
            or term in (XSD.string, XSD.anyURI),
            "in": isinstance(term, URIRef),
            "minCount": term == Literal(1),
            "nodeKind": term == SH.IRI,
        }
        if not known.get(constraint.parameter, isinstance(term, URIRef | Literal)):
            raise ValueError(f"{shape.name}: there is no pattern for sh:{constraint.parameter} with {term}")
