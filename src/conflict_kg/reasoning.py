"""What follows from a graph by the ontology: OWL 2 RL over reference data, and the places that claims concern.

owlrl applies the rules, at some milliseconds for each triple that it is given or finds. So it is given only what can
lead to something: the axioms, links between actors and between places, and one of all nodes that have the same types.
Claims and derived nodes, which are many, go through a query that says what the axioms of ``ckg:concerns`` say.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import owlrl
import pyoxigraph as ox
from owlrl.Namespaces import ERRNS

from conflict_kg.graph import BASE, INFERRED, REFERENCE, Names, sort_key
from conflict_kg.vocabulary import OWL, PREFIXES, RDF, RDFS, TYPE, XSD, compact, ontology, term

DECLARATIONS = {f"{OWL}{name}" for name in "Ontology Class ObjectProperty DatatypeProperty AnnotationProperty".split()}
"""Types of terms from which nothing follows but that a term equals itself, and that classes are things."""

CONCERNS = "CONSTRUCT { ?node ckg:concerns ?place } WHERE { ?node ckg:atPlace/ckg:within? ?place }"
BELONGS_TO = "CONSTRUCT { ?actor ckg:belongsTo ?other } WHERE { ?actor ckg:partOf+ ?other }"
CIRCLES = "CONSTRUCT { ?place ckg:within ?place } WHERE { ?place (ckg:locatedIn|ckg:within)+ ?place }"

_DISJOINT = re.compile(r"Disjoint classes (\S+) and (\S+) have a common individual (\S+)")

_Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Something in the graph that cannot be."""

    node: str
    """IRI."""
    message: str


def infer(quads: Iterable[ox.Quad], *, base: str = BASE) -> list[ox.Quad]:
    """Triples that follow, in the graph ``inferred``, sorted; none that the quads already hold, in any graph.

    Of actors and places everything follows that the ontology and its alignment say of IRIs, but for what is true of
    anything: that it is itself, and a thing. Of all other nodes only which places they concern and which actors they
    belong to.
    """
    names = Names(base)
    quads = list(quads)
    asserted = set(_links(quads))
    reference = set(_links(quad for quad in quads if quad.graph_name == names.graph(REFERENCE)))
    store, alike = _closure(reference)
    subjects = {s for s, _, _ in reference}
    found = {
        (node, p, o)
        for s, p, o in _links(store)
        if s in subjects and o not in (s, ox.NamedNode(f"{OWL}Thing"))
        for node in (alike.get(s, [s]) if p == TYPE else [s])
    }
    store.extend(ox.Quad(*triple) for triple in asserted if triple[1] in (term("atPlace"), term("partOf")))
    found |= _construct(store, CONCERNS) | _construct(store, BELONGS_TO)
    return sorted((ox.Quad(*triple, names.graph(INFERRED)) for triple in found - asserted), key=sort_key)


def clashes(quads: Iterable[ox.Quad]) -> tuple[Clash, ...]:
    """Nodes that are of two disjoint classes, and places that lie within themselves; sorted."""
    triples = set(_links(quads))
    store, alike = _closure(triple for triple in triples if triple[1] == TYPE)
    found = set()
    for error in store.quads_for_pattern(None, ox.NamedNode(ERRNS.error), None):
        assert isinstance(error.object, ox.Literal)
        match = _DISJOINT.fullmatch(error.object.value)
        assert match, error  # types can break no other axioms of ours
        message = f"is both {compact(match[1])} and {compact(match[2])}, which nothing can be"
        found |= {Clash(node.value, message) for node in alike[ox.NamedNode(match[3])]}
    store.extend(ox.Quad(*triple) for triple in triples if triple[1] in (term("locatedIn"), term("within")))
    found |= {Clash(s.value, "is a place that lies within itself") for s, _, _ in _construct(store, CIRCLES)}
    return tuple(sorted(found))


def _closure(triples: Iterable[_Triple]) -> tuple[ox.Store, Mapping[ox.NamedNode, list[ox.NamedNode]]]:
    """The axioms, what they speak of among the triples, and all that follows, with owlrl's error messages.

    Only one node of each set of types is in it with its types; the second value gives the nodes that it stands for.
    """
    axioms = _axioms()
    spoken_of = {node for s, _, o in axioms for node in (s, o)}
    store = ox.Store()
    store.extend(ox.Quad(*axiom) for axiom in axioms)
    types: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for s, p, o in triples:
        if p == TYPE and o in spoken_of:
            types[s].add(o)
        elif p in spoken_of:
            store.add(ox.Quad(s, p, o))
    nodes: defaultdict[frozenset[ox.NamedNode], list[ox.NamedNode]] = defaultdict(list)
    for node, classes in types.items():
        nodes[frozenset(classes)].append(node)
    store.extend(ox.Quad(same[0], TYPE, each) for classes, same in nodes.items() for each in classes)
    # There are no literals here, and the better datatypes would be set for all of rdflib.
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(store)
    return store, {same[0]: same for same in nodes.values()}


@cache
def _axioms() -> tuple[_Triple, ...]:
    """The triples of ontology and alignment that say something of IRIs: no declarations, codes, notes or datatypes."""
    return tuple(
        (s, p, o)
        for s, p, o in ontology()
        if isinstance(o, ox.NamedNode) and p.value.startswith((OWL, RDF, RDFS)) and not o.value.startswith(XSD)
        if p != TYPE or (o.value.startswith(OWL) and o.value not in DECLARATIONS)
    )


def _construct(store: ox.Store, query: str) -> set[_Triple]:
    results = store.query(query, prefixes=PREFIXES)
    assert isinstance(results, ox.QueryTriples)
    return set(_links(results))


def _links(triples: Iterable[ox.Quad | ox.Triple]) -> Iterator[_Triple]:
    """Those between two IRIs."""
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            yield triple.subject, triple.predicate, triple.object
