"""What follows from a graph by the ontology: OWL 2 RL over reference data, and the places that claims concern.

The rules are applied by owlrl or, on large graphs, by SPARQL updates. Either is given only what can lead to something:
the axioms, links between actors and between places, and one of all nodes that have the same types. Claims and derived
nodes, which are many, go through a query that says what the axioms of ``ckg:concerns`` and ``ckg:controlIn`` say.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.backend import Backend, backend_for
from conflict_kg.graph import BASE, INFERRED, REFERENCE, Names, ordered
from conflict_kg.reasoning import by_owlrl, by_sparql
from conflict_kg.reasoning.axioms import Triple, links, spoken_of
from conflict_kg.vocabulary import OWL, PLACED, PREFIXES, TYPE, compact, term

__all__ = ["Clash", "clashes", "concerns", "infer"]

CONCERNS = """CONSTRUCT { ?node ckg:concerns ?place . ?period ckg:controlIn ?place }
WHERE { { ?node ckg:atPlace/ckg:within? ?place } UNION { ?period ckg:controlIn/ckg:within ?place } }"""
BELONGS_TO = "CONSTRUCT { ?actor ckg:belongsTo ?other } WHERE { ?actor ckg:partOf+ ?other }"
TOGETHER = """SELECT DISTINCT ?one ?other
WHERE { ?node a ?one , ?other FILTER (isIRI(?one) && isIRI(?other) && STR(?one) <= STR(?other)) }"""
CIRCLES = "CONSTRUCT { ?place ckg:within ?place } WHERE { ?place (ckg:locatedIn|ckg:within)+ ?place }"

SPATIAL = ("locatedIn", "within")
"""What leads from a place to one around it."""
_RULES = {Backend.LIBRARIES: by_owlrl, Backend.SPARQL: by_sparql}


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Something in the graph that cannot be."""

    node: str
    """IRI."""
    message: str


def infer(quads: Iterable[ox.Quad], *, base: str = BASE, backend: Backend | None = None) -> list[ox.Quad]:
    """Triples that follow, in the graph ``inferred``, ordered; none that the quads already hold, in any graph.

    Of actors and places everything follows that the ontology and its alignment say of IRIs, but for what is true of
    anything: that it is itself, and a thing. Of all other nodes only which places they concern and which actors they
    belong to. Without ``backend`` the number of quads decides.
    """
    names = Names(base)
    quads = list(quads)
    home = names.graph(REFERENCE)
    reference = set(links(quad for quad in quads if quad.graph_name == home))
    given, alike = _thinned(reference)
    closed = _RULES[backend or backend_for(len(quads))].closure(given)
    subjects = {s for s, _, _ in reference}
    found = {
        (node, p, o)
        for s, p, o in closed
        if s in subjects and o not in (s, ox.NamedNode(f"{OWL}Thing"))
        for node in (alike.get(s, [s]) if p == TYPE else [s])
    }
    places = {triple for triple in closed if triple[1] == term("within")}
    found |= _construct(CONCERNS, {*places, *links(quad for quad in quads if quad.predicate.value in PLACED)})
    found |= _construct(BELONGS_TO, links(quad for quad in quads if quad.predicate == term("partOf")))
    predicates = {p for _, p, _ in found}
    found -= set(links(quad for quad in quads if quad.predicate in predicates))
    inferred = names.graph(INFERRED)
    return ordered(ox.Quad(*triple, inferred) for triple in found)


def concerns(quads: Iterable[ox.Quad], *, base: str = BASE) -> list[ox.Quad]:
    """Which places some nodes concern, in the graph ``inferred``, ordered: those they are at and those around these.

    The quads hold what the nodes are at, and which places lie within which, inferred ones too.
    """
    inferred = Names(base).graph(INFERRED)
    return ordered(ox.Quad(*triple, inferred) for triple in _construct(CONCERNS, links(quads)))


def clashes(store: ox.Store, *, backend: Backend | None = None) -> tuple[Clash, ...]:
    """Nodes that are of two disjoint classes, and places that lie within themselves, all graphs as one; sorted.

    The rules see two classes at a time that some node has, and not the nodes. Without ``backend`` the size decides.
    """
    pairs = {
        ox.NamedNode(f"urn:pair:{number}"): (solution["one"], solution["other"])
        for number, solution in enumerate(_select(store, TOGETHER))
    }
    types = {(node, TYPE, each) for node, pair in pairs.items() for each in pair}
    given, alike = _thinned(types)
    found = {
        Clash(node.value, f"is both {compact(one.value)} and {compact(other.value)}, which nothing can be")
        for same, one, other in _RULES[backend or backend_for(len(store))].disjoint(given)
        for pair in alike[same]
        for node in _with_types(store, pairs[pair])
    }
    spatial = (quad for name in SPATIAL for quad in store.quads_for_pattern(None, term(name), None))
    circles = _construct(CIRCLES, set(links(spatial)))
    return tuple(sorted(found | {Clash(s.value, "is a place that lies within itself") for s, _, _ in circles}))


def _with_types(store: ox.Store, types: Iterable[ox.NamedNode]) -> Iterator[ox.NamedNode]:
    wanted = " . ".join(f"?node a {each}" for each in types)
    yield from (
        solution["node"]
        for solution in _select(store, f"SELECT DISTINCT ?node WHERE {{ {wanted} FILTER isIRI(?node) }}")
    )


def _select(store: ox.Store, query: str) -> ox.QuerySolutions:
    solutions = store.query(query, use_default_graph_as_union=True, prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _thinned(triples: Iterable[Triple]) -> tuple[list[Triple], Mapping[ox.NamedNode, list[ox.NamedNode]]]:
    """Those that the axioms speak of, with one node for each set of types; and which nodes that one stands for."""
    known = spoken_of()
    thinned = []
    types: defaultdict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    for s, p, o in triples:
        if p == TYPE and o in known:
            types[s].add(o)
        elif p in known:
            thinned.append((s, p, o))
    nodes: defaultdict[frozenset[ox.NamedNode], list[ox.NamedNode]] = defaultdict(list)
    for node, classes in types.items():
        nodes[frozenset(classes)].append(node)
    thinned += [(same[0], TYPE, each) for classes, same in nodes.items() for each in classes]
    return thinned, {same[0]: same for same in nodes.values()}


def _construct(query: str, triples: Iterable[Triple]) -> set[Triple]:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    results = store.query(query, prefixes=PREFIXES)
    assert isinstance(results, ox.QueryTriples)
    return set(links(results))
