"""What the split between owlrl and the query gives is what owlrl gives by itself, on everything."""

from collections.abc import Iterable, Iterator

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
import samples
from owlrl.Namespaces import ERRNS

from conflict_kg.graph import Names, quads
from conflict_kg.reasoning import clashes, infer
from conflict_kg.vocabulary import CKG, OWL, TYPE, term

NAMES = Names("https://conflict-kg.example/")
ONTOLOGY = NAMES.graph("ontology")
_Triple = tuple[str, str, str]


def _stored(found: Iterable[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(found)
    return store


def _sample() -> list[ox.Quad]:
    return quads(samples.readings(), samples.account())


def _triples(found: Iterable[ox.Quad]) -> set[_Triple]:
    return {
        (quad.subject.value, quad.predicate.value, quad.object.value)
        for quad in found
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
    }


def _data(found: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """All but the ontology."""
    return (quad for quad in found if quad.graph_name != ONTOLOGY)


def _whole(found: Iterable[ox.Quad]) -> rdflib.Graph:
    """What owlrl makes of all quads at once, in rdflib's own graph, but for the ontology's labels and notes."""
    kept = (quad for quad in found if quad.graph_name != ONTOLOGY or isinstance(quad.object, ox.NamedNode))
    graph = rdflib.Graph()
    graph.parse(data=ox.serialize((quad.triple for quad in kept), format=ox.RdfFormat.N_TRIPLES), format="nt")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def test_reasoning_agrees_with_reasoning_over_everything() -> None:
    """No rule finds more of actors and places, or of what other nodes concern, when owlrl is given everything."""
    found = _sample()
    described = {s for s, _, _ in _triples(quad for quad in found if quad.graph_name == NAMES.graph("reference"))}
    whole = {(str(s), str(p), str(o)) for s, p, o in _whole(found) if isinstance(o, rdflib.URIRef)}
    new = {(s, p, o) for s, p, o in whole - _triples(found) if o not in (s, f"{OWL}Thing")}
    others = {s for s, _, _ in _triples(_data(found))} - described
    expected = {triple for triple in new if triple[0] in described}
    expected |= {(s, p, o) for s, p, o in new if s in others and p in (f"{CKG}concerns", f"{CKG}controlIn")}

    assert {f"{CKG}within", f"{CKG}concerns", f"{CKG}controlIn", TYPE.value} < {p for _, p, _ in expected}
    assert _triples(infer(found)) == expected


def test_reasoning_leaves_out_what_is_true_of_anything() -> None:
    """Nothing equals itself, is a thing, or is said of a literal or a term, and every object is an IRI."""
    inferred = infer(_sample())
    nodes = {quad.subject for quad in _data(_sample())}

    assert inferred
    assert {quad.subject for quad in inferred} <= nodes
    assert all(isinstance(quad.object, ox.NamedNode) and quad.object != quad.subject for quad in inferred)
    assert not {f"{OWL}sameAs", f"{OWL}Thing"} & {word for triple in _triples(inferred) for word in triple}


def test_reasoning_does_not_depend_on_order() -> None:
    """The same quads in another order give the same list."""
    assert infer(reversed(_sample())) == infer(_sample())


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
    assert [clash.node for clash in clashes(_stored(circle))] == [one.value, two.value]


def test_reasoning_reports_disjoint_classes() -> None:
    """An armed group that is also a claim about casualties is a clash; the sample has none."""
    node = NAMES.actor(samples.FRONT.id)
    wrong = ox.Quad(node, TYPE, term("CasualtyClaim"), NAMES.graph("account"))

    assert clashes(_stored(_sample())) == ()
    assert "is both ckg:Actor and ckg:Claim, which nothing can be" in {
        clash.message for clash in clashes(_stored([*_sample(), wrong]))
    }


def test_reasoning_reports_every_node_that_clashes() -> None:
    """Of nodes with the same types each is reported, with as many pairs of classes as owlrl finds on all of them."""
    wrong = [
        ox.Quad(node, TYPE, term(kind), NAMES.graph("account"))
        for node in (NAMES.actor("one"), NAMES.actor("two"))
        for kind in ("Person", "ControlClaim", "IncidentClaim")
    ]
    ontology = [quad for quad in _sample() if quad.graph_name == ONTOLOGY]
    errors = set(_whole([*ontology, *wrong]).objects(None, ERRNS.error))
    found = clashes(_stored(wrong))

    assert {clash.node for clash in found} == {NAMES.actor("one").value, NAMES.actor("two").value}
    assert len(found) == len(errors) == 4


@pytest.mark.parametrize("name", ["Nothing", "FunctionalProperty", "TransitiveProperty"])
def test_reasoning_ignores_types_that_are_none_of_its_axioms(name: str) -> None:
    """A node may be called a term of OWL itself: that is no clash, and nothing follows from it."""
    odd = [ox.Quad(NAMES.place("odd"), TYPE, ox.NamedNode(OWL + name), NAMES.graph("reference"))]

    assert clashes(_stored(odd)) == ()
    assert infer(odd) == []
