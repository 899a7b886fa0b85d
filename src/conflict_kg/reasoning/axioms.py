"""What of the ontology and its alignment the rules of OWL 2 RL take."""

from collections.abc import Iterable, Iterator
from functools import cache

import pyoxigraph as ox

from conflict_kg.vocabulary import OWL, RDF, RDFS, TYPE, XSD, ontology

DECLARATIONS = {f"{OWL}{name}" for name in "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty".split()}
"""Types of terms from which nothing follows but that a term equals itself, and that classes are things."""

Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


@cache
def axioms() -> tuple[Triple, ...]:
    """The triples of ontology and alignment that say something of IRIs: no declarations, codes, notes or datatypes."""
    return tuple(
        (s, p, o)
        for s, p, o in ontology()
        if isinstance(o, ox.NamedNode) and p.value.startswith((OWL, RDF, RDFS)) and not o.value.startswith(XSD)
        if p != TYPE or (o.value.startswith(OWL) and o.value not in DECLARATIONS)
    )


@cache
def spoken_of() -> frozenset[ox.NamedNode]:
    """Classes and properties that the axioms speak of; from others nothing follows."""
    return frozenset(node for s, _, o in axioms() for node in (s, o))


def links(triples: Iterable[ox.Quad | ox.Triple]) -> Iterator[Triple]:
    """Those between two IRIs."""
    for triple in triples:
        s, o = triple.subject, triple.object
        if isinstance(s, ox.NamedNode) and isinstance(o, ox.NamedNode):
            yield s, triple.predicate, o
