"""The terms that graphs are written in, as the files in ``ontology/`` declare them.

A name that the ontology does not declare fails here, so that no other module can write or ask for one.
"""

from functools import cache

import pyoxigraph as ox

from conflict_kg.resources import folder

CKG = "https://w3id.org/conflict-kg/ns#"
DCT = "http://purl.org/dc/terms/"
GEO = "http://www.opengis.net/ont/geosparql#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OWL = "http://www.w3.org/2002/07/owl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
WGS = "http://www.w3.org/2003/01/geo/wgs84_pos#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES = {
    "ckg": CKG,
    "dct": DCT,
    "geo": GEO,
    "nif": NIF,
    "oa": "http://www.w3.org/ns/oa#",
    "owl": OWL,
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": SKOS,
    "time": "http://www.w3.org/2006/time#",
    "wgs": WGS,
    "xsd": XSD,
}
"""Prefix to namespace, for everything that prints IRIs."""

PLACED = {f"{CKG}atPlace": "concerns", f"{CKG}controlIn": "controlIn"}
"""What leads from a node to its place, and what leads to the places around that one in consequence."""

TYPE = ox.NamedNode(f"{RDF}type")
LABEL = ox.NamedNode(f"{RDFS}label")
SUBCLASS = ox.NamedNode(f"{RDFS}subClassOf")


@cache
def ontology() -> tuple[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal], ...]:
    """Ontology and alignment, sorted; the nodes of lists have IRIs of their own, since graphs hold no blank nodes."""
    dataset = ox.Dataset(
        quad for name in ("conflict.ttl", "alignment.ttl") for quad in ox.parse(path=folder("ontology") / name)
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)  # gives blank nodes names that every run agrees on
    triples = [(_resource(quad.subject), quad.predicate, _named(quad.object)) for quad in dataset]
    return tuple(sorted(triples, key=lambda triple: tuple(map(str, triple))))


@cache
def term(name: str) -> ox.NamedNode:
    """The class or property ``ckg:name``. Raises ``KeyError`` where the ontology declares none of that name."""
    if name not in _declared():
        raise KeyError(f"ontology/conflict.ttl declares no ckg:{name}")
    return ox.NamedNode(CKG + name)


@cache
def code(scheme: str, notation: str) -> ox.NamedNode:
    """The code of a list by how claim records write it: ``code("HarmScheme", "killed")`` is ``ckg:Killed``.

    Raises ``KeyError`` where the list has no such code.
    """
    return _codes()[scheme, notation]


@cache
def change_of(kind: ox.NamedNode) -> ox.NamedNode:
    """What a control kind comes to: gained, held or lost."""
    return _changes()[kind]


def compact(iri: str) -> str:
    """``prefix:name`` where a known namespace holds it, else the IRI.

    >>> compact("https://w3id.org/conflict-kg/ns#atPlace")
    'ckg:atPlace'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _resource(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode:
    named = _named(node)
    assert isinstance(named, ox.NamedNode)
    return named


def _named(node: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> ox.NamedNode | ox.Literal:
    if isinstance(node, ox.BlankNode):
        return ox.NamedNode(f"{CKG}list-{node.value}")
    assert not isinstance(node, ox.Triple)
    return node


@cache
def _declared() -> frozenset[str]:
    """Names of everything of ours that has a type."""
    return frozenset(subject.value.removeprefix(CKG) for subject, predicate, _ in ontology() if predicate == TYPE)


@cache
def _codes() -> dict[tuple[str, str], ox.NamedNode]:
    schemes = {s: o.value.removeprefix(CKG) for s, p, o in ontology() if p.value == f"{SKOS}inScheme"}
    return {(schemes[s], o.value): s for s, p, o in ontology() if p.value == f"{SKOS}notation"}


@cache
def _changes() -> dict[ox.NamedNode, ox.NamedNode]:
    return {s: o for s, p, o in ontology() if p == term("change") and isinstance(o, ox.NamedNode)}
