"""The closure as SPARQL updates on a store: one for each rule of OWL 2 RL, and each axiom where the rule needs it."""

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from conflict_kg.reasoning.axioms import Triple, axioms, links
from conflict_kg.vocabulary import OWL, PREFIXES, RDF, RDFS, TYPE

HIERARCHIES = {
    f"{RDFS}subPropertyOf": "INSERT { ?x ?above ?y } WHERE { ?p rdfs:subPropertyOf+ ?above . ?x ?p ?y }",
    f"{RDFS}subClassOf": "INSERT { ?x a ?above } WHERE { ?x a/rdfs:subClassOf+ ?above }",
}
"""The rules prp-spo1 and cax-sco, by what their axioms say: one update serves all axioms."""

DISJOINT = """SELECT ?x ?one ?other
WHERE { ?one owl:disjointWith ?other . ?x a ?one , ?other }"""
"""The rule cax-dw."""

_TRANSITIVE = "INSERT {{ ?x <{0}> ?z }} WHERE {{ ?x <{0}>/<{0}>+ ?z }}"
_CHAIN = "INSERT {{ ?x <{0}> ?z }} WHERE {{ ?x {1} ?z }}"


def closure(triples: Iterable[Triple]) -> set[Triple]:
    """The triples, the axioms, and what follows of other nodes than classes and properties."""
    return set(links(_closed(triples)))


def disjoint(triples: Iterable[Triple]) -> set[Triple]:
    """Nodes that are of two disjoint classes, each with the two."""
    found = _closed(triples).query(DISJOINT, prefixes=PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return {(solution["x"], solution["one"], solution["other"]) for solution in found}


def _closed(triples: Iterable[Triple]) -> ox.Store:
    store = ox.Store()
    store.bulk_extend(ox.Quad(*triple) for triple in (*axioms(), *triples))
    wanted = list(updates(axioms()))
    size = -1
    while size != len(store):  # until nothing new follows
        size = len(store)
        for update in wanted:
            store.update(update, prefixes=PREFIXES)
    return store


def updates(given: Iterable[Triple]) -> Iterator[str]:
    """The updates that say what axioms say; their order does not matter. Raises ``ValueError`` for an unknown axiom."""
    said = sorted(given, key=str)
    lists = {(s, p.value): o for s, p, o in said}
    for hierarchy in sorted({p.value for _, p, _ in said} & set(HIERARCHIES)):
        yield HIERARCHIES[hierarchy]
    for s, p, o in said:
        if p == TYPE and o.value == f"{OWL}TransitiveProperty":
            yield _TRANSITIVE.format(s.value)
        elif p.value == f"{OWL}propertyChainAxiom":
            yield _CHAIN.format(s.value, "/".join(f"<{step.value}>" for step in _items(lists, o)))
        elif p.value not in _ELSEWHERE:
            raise ValueError(f"{s} {p} {o}: there is no rule for this axiom")


_ELSEWHERE = {*HIERARCHIES, f"{OWL}disjointWith", f"{RDF}first", f"{RDF}rest"}
"""What axioms are written with that the updates above, the query ``DISJOINT`` or the chains take."""


def _items(lists: Mapping[tuple[ox.NamedNode, str], ox.NamedNode], node: ox.NamedNode) -> Iterator[ox.NamedNode]:
    while node.value != f"{RDF}nil":
        yield lists[node, f"{RDF}first"]
        node = lists[node, f"{RDF}rest"]
