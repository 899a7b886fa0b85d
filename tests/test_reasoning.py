"""The rules give what a complete OWL RL reasoner gives."""

from collections.abc import Iterable

import owlrl
import pyoxigraph as ox
import rdflib
import samples

from conflict_kg.graph import Names, quads
from conflict_kg.reasoning import clashes, infer
from conflict_kg.vocabulary import CKG, OWL, TYPE, ontology, term

NAMES = Names("https://conflict-kg.example/")
_Triple = tuple[str, str, str]


def _sample() -> list[ox.Quad]:
    return quads(samples.readings(), samples.account())


def _triples(found: Iterable[ox.Quad]) -> set[_Triple]:
    return {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in found
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }


def _reasoner(triples: Iterable[_Triple]) -> set[_Triple]:
    """Everything between IRIs that owlrl finds, without the axioms of OWL itself."""
    graph = rdflib.Graph()
    for s, p, o in ontology():
        if isinstance(o, ox.NamedNode):
            graph.add((rdflib.URIRef(s.value), rdflib.URIRef(p.value), rdflib.URIRef(o.value)))
    for triple in triples:
        graph.add(tuple(map(rdflib.URIRef, triple)))  # type: ignore[arg-type]
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return {(str(s), str(p), str(o)) for s, p, o in graph if isinstance(o, rdflib.URIRef)}


def test_reasoning_agrees_with_a_complete_reasoner() -> None:
    """On reference data and the places of claims, the same triples follow, but for what is true of anything."""
    found = _sample()
    places = {triple for triple in _triples(found) if triple[1] in (f"{CKG}atPlace", f"{CKG}locatedIn", f"{CKG}partOf")}
    reference = _triples(quad for quad in found if quad.graph_name == NAMES.graph("reference"))
    given = reference | places
    ours = _triples(infer(found))
    subjects = {s for s, _, _ in given}
    thing = f"{OWL}Thing"
    named = {
        (s, p, o)
        for s, p, o in _reasoner(given) - given
        if s in subjects and o not in (s, thing) and not o.startswith("http://www.w3.org/2002/07/owl#")
    }
    about_claims = {(s, p, o) for s, p, o in named if s not in {s for s, _, _ in reference}}
    expected = (named - about_claims) | {(s, p, o) for s, p, o in about_claims if p == f"{CKG}concerns"}

    assert ours == expected


def test_reasoning_finds_every_place_around() -> None:
    """A claim about a district concerns the town, the province and the country."""
    found = infer(_sample())
    bazaar = NAMES.place(samples.BAZAAR.id)
    around = {quad.object for quad in found if quad.subject == bazaar and quad.predicate == term("within")}
    claim = NAMES.claim(samples.RETAKEN.key)
    concerned = {quad.object for quad in found if quad.subject == claim and quad.predicate == term("concerns")}

    assert {NAMES.place(place.id) for place in (samples.QARA_TEPE, samples.VESH, samples.ARSAVIA)} == around
    assert around | {bazaar} == concerned


def test_reasoning_repeats_nothing() -> None:
    """Nothing inferred is asserted elsewhere, and reasoning over the result finds nothing new."""
    found = _sample()
    inferred = infer(found)

    assert not _triples(found) & _triples(inferred)
    assert {quad.graph_name for quad in inferred} == {NAMES.graph("inferred")}
    assert infer([*found, *inferred]) == []


def test_reasoning_does_not_end_in_a_circle() -> None:
    """Two places that lie in each other are reported, and no place is inferred to lie in itself."""
    one, two = NAMES.place("one"), NAMES.place("two")
    circle = [
        ox.Quad(one, term("locatedIn"), two, NAMES.graph("reference")),
        ox.Quad(two, term("locatedIn"), one, NAMES.graph("reference")),
    ]

    assert all(quad.subject != quad.object for quad in infer(circle))
    assert [clash.node for clash in clashes(circle)] == [one.value, two.value]


def test_reasoning_reports_disjoint_classes() -> None:
    """An armed group that is also a claim about casualties is a clash; the sample has none."""
    node = NAMES.actor(samples.FRONT.id)
    wrong = ox.Quad(node, TYPE, term("CasualtyClaim"), NAMES.graph("account"))

    assert clashes(_sample()) == ()
    assert "is both ckg:Actor and ckg:Claim, which nothing can be" in {
        clash.message for clash in clashes([*_sample(), wrong])
    }
