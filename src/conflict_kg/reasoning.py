"""What follows from a graph by the ontology: OWL 2 RL rules over reference data, and the places that claims concern.

The rules are those that the ontology's axioms call for, named as in the OWL 2 Profiles recommendation, section
4.3: cax-sco, prp-spo1, prp-trp, prp-spo2 and cax-dw. The tests compare them with a complete OWL RL reasoner on the
same data; that reasoner takes milliseconds for every triple, these rules take microseconds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from conflict_kg.graph import BASE, INFERRED, REFERENCE, Names, sort_key
from conflict_kg.vocabulary import OWL, RDFS, TYPE, compact, ontology, term

_Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]
_Graph = Mapping[ox.NamedNode, set[ox.NamedNode]]


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Something in the graph that cannot be."""

    node: str
    """IRI."""
    message: str


def infer(quads: Iterable[ox.Quad], *, base: str = BASE) -> list[ox.Quad]:
    """Triples that follow, in the graph ``inferred``, sorted; none that the quads already hold, in any graph.

    Of actors and places everything follows that the ontology and its alignment say (types, ``ckg:within``, the terms
    of other vocabularies); of all other nodes only which places they concern.
    """
    names = Names(base)
    asserted: set[_Triple] = set()
    reference: set[_Triple] = set()
    at_place: list[_Triple] = []
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue
        triple = (quad.subject, quad.predicate, quad.object)
        asserted.add(triple)
        if quad.graph_name == names.graph(REFERENCE):
            reference.add(triple)
        elif quad.predicate == term("atPlace"):
            at_place.append(triple)
    schema = _schema()
    closed = _closure(reference, schema)
    around = _pairs(closed, term("within"))
    for node, _, place in at_place:
        closed.update((node, term("concerns"), other) for other in {place, *around.get(place, ())})
    graph = names.graph(INFERRED)
    found = (ox.Quad(s, p, o, graph) for s, p, o in closed - asserted if s != o)
    return sorted(found, key=sort_key)


def clashes(quads: Iterable[ox.Quad]) -> tuple[Clash, ...]:
    """Nodes that two disjoint classes hold (cax-dw), and places that lie within themselves; sorted."""
    schema = _schema()
    types: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    within: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, ox.NamedNode):
            continue
        if quad.predicate == TYPE:
            types[quad.subject] |= {quad.object, *schema.classes.get(quad.object, ())}
        elif quad.predicate in (term("locatedIn"), term("within")):
            within[quad.subject].add(quad.object)
    found = {
        Clash(node.value, f"is both {compact(a.value)} and {compact(b.value)}, which nothing can be")
        for node, classes in types.items()
        for a, b in schema.disjoint
        if a in classes and b in classes
    }
    found |= {
        Clash(node.value, "is a place that lies within itself")
        for node, outer in _transitive(within).items()
        if node in outer
    }
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Schema:
    """The ontology's axioms, closed: every class and property with all above it."""

    classes: _Graph
    properties: _Graph
    transitive: frozenset[ox.NamedNode]
    disjoint: frozenset[tuple[ox.NamedNode, ox.NamedNode]]


@cache
def _schema() -> _Schema:
    triples = {(s, p, o) for s, p, o in ontology() if isinstance(o, ox.NamedNode)}
    return _Schema(
        _transitive(_pairs(triples, ox.NamedNode(f"{RDFS}subClassOf"))),
        _transitive(_pairs(triples, ox.NamedNode(f"{RDFS}subPropertyOf"))),
        frozenset(s for s, p, o in triples if p == TYPE and o.value == f"{OWL}TransitiveProperty"),
        frozenset((s, o) for s, p, o in triples if p.value == f"{OWL}disjointWith"),
    )


def _closure(facts: set[_Triple], schema: _Schema) -> set[_Triple]:
    """cax-sco, prp-spo1, prp-trp, then prp-spo1 once more for what became of the transitive properties."""
    closed = set(facts)
    for s, p, o in facts:
        if p == TYPE:
            closed.update((s, TYPE, above) for above in schema.classes.get(o, ()))
    closed |= _above(facts, schema)
    for transitive in schema.transitive:
        steps = {(s, transitive, o) for s, outer in _transitive(_pairs(closed, transitive)).items() for o in outer}
        closed |= steps | _above(steps, schema)
    return closed


def _above(facts: set[_Triple], schema: _Schema) -> set[_Triple]:
    return {(s, above, o) for s, p, o in facts for above in schema.properties.get(p, ())}


def _pairs(triples: Iterable[_Triple], predicate: ox.NamedNode) -> _Graph:
    pairs: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for s, p, o in triples:
        if p == predicate:
            pairs[s].add(o)
    return pairs


def _transitive(direct: _Graph) -> _Graph:
    """Everything that is reached in one step or more; a node stands among its own only where there is a circle."""
    reached = {}
    for start in direct:
        seen: set[ox.NamedNode] = set()
        waiting = list(direct[start])
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting.extend(direct.get(node, ()))
        reached[start] = seen
    return reached
