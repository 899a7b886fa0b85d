"""What SPARQL finds is what pySHACL and owlrl find: every kind of mistake, and mistakes made at random."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as RdfNode

from conflict_kg import store
from conflict_kg.backend import LARGE, Backend, backend_for
from conflict_kg.graph import ACCOUNT, Names, ordered, quads
from conflict_kg.reasoning import by_sparql as rules
from conflict_kg.reasoning import infer
from conflict_kg.reasoning.axioms import axioms
from conflict_kg.validation import by_pyshacl, by_sparql, is_checked, portions, validate
from conflict_kg.validation.results import Result
from conflict_kg.validation.shapes import Constraint, Shape, read_shapes, shapes_graph
from conflict_kg.vocabulary import OWL, SUBCLASS, TYPE, ontology, term

NAMES = Names("https://conflict-kg.example/")
_Value = ox.NamedNode | ox.BlankNode | ox.Literal

BY = {"libraries": by_pyshacl.check, "sparql": by_sparql.check}

# ---------------------------------------------------------------- every constraint, one at a time

SINGLE = [
    (number, shape, constraint)
    for number, (shape, constraint) in enumerate(
        (shape, constraint) for shape in read_shapes(shapes_graph()) for constraint in shape.constraints
    )
]
NAMED = [pytest.param(*each, id=f"{each[0]}-{each[1].path_text() or 'node'}-{each[2].parameter}") for each in SINGLE]


def _apart() -> Graph:
    """Each constraint of the shapes as a shape of its own, named by its number."""
    graph = Graph()
    for number, shape, constraint in SINGLE:
        name = URIRef(f"urn:shape:{number}")
        graph.add((name, RDF.type, SH.PropertyShape if shape.path else SH.NodeShape))
        graph.add((name, SH.message, Literal(f"breaks {number}")))
        for target in shape.targets:
            graph.add((name, SH.targetClass, URIRef(target)))
        if shape.path:
            path: list[RdfNode] = [URIRef(step) for step in shape.path]
            graph.add((name, SH.path, path[0] if len(path) == 1 else Collection(graph, BNode(), path).uri))
        is_list = constraint.parameter == "in"
        argument = Collection(graph, BNode(), list(constraint.argument)).uri if is_list else constraint.argument[0]
        graph.add((name, SH[constraint.parameter], argument))
    return graph


def _node(number: int, shape: Shape) -> ox.NamedNode | ox.BlankNode:
    return ox.NamedNode(f"urn:node:{number}") if shape.path else ox.BlankNode(f"node{number}")


VALUES = {
    XSD.date: ("2031-01-01", "2031-01-02"),
    XSD.integer: ("1", "2"),
    XSD.decimal: ("1.5", "2.5"),
    XSD.boolean: ("false", "true"),
}
"""Two well-formed texts of a datatype, the lower one first."""


def _values(shape: Shape) -> tuple[_Value, ...]:
    """Two values of the datatype that the shape asks for, or two IRIs."""
    asked = [each.argument[0] for each in shape.constraints if each.parameter == "datatype"]
    if not asked:
        return ox.NamedNode("urn:value:1"), ox.NamedNode("urn:value:2")
    texts = VALUES.get(URIRef(str(asked[0])), ("a", "b"))
    return tuple(ox.Literal(text, datatype=ox.NamedNode(str(asked[0]))) for text in texts)


def _wrong(shape: Shape, constraint: Constraint) -> tuple[list[_Value], list[_Value]]:
    """Values of the shape's path, and of the property that they are compared with, that break the constraint."""
    low, high = _values(shape)
    argument = constraint.argument[0]
    bound: _Value = ox.NamedNode("urn:unbounded")
    if isinstance(argument, Literal) and constraint.parameter.endswith("Inclusive"):
        beyond = int(float(argument)) + (1 if constraint.parameter == "maxInclusive" else -1)
        bound = ox.Literal(str(beyond), datatype=ox.NamedNode(str(argument.datatype)))
    broken: dict[str, tuple[list[_Value], list[_Value]]] = {
        "class": ([low], []),
        "datatype": ([ox.Literal("x", language="en")], []),
        "disjoint": ([low], [low]),
        "equals": ([low], [low, high]),
        "in": ([low], []),
        "lessThan": ([low], [low]),
        "lessThanOrEquals": ([high], [low]),
        "maxCount": ([low, high], []),
        "maxInclusive": ([bound], []),
        "minCount": ([], []),
        "minInclusive": ([bound], []),
        "minLength": ([ox.Literal("")], []),
        "nodeKind": ([ox.Literal("x")], []),
        "pattern": ([ox.Literal("?")], []),
    }
    return broken[constraint.parameter]


def _planted() -> Iterator[ox.Quad]:
    """For each constraint one node that breaks it."""
    for number, shape, constraint in SINGLE:
        node = _node(number, shape)
        yield ox.Quad(node, TYPE, ox.NamedNode(shape.targets[0]))
        values, others = _wrong(shape, constraint) if shape.path else ([], [])
        holder: ox.NamedNode | ox.BlankNode = node
        for step in shape.path[:-1]:
            between = ox.NamedNode(f"urn:between:{number}")
            yield ox.Quad(holder, ox.NamedNode(step), between)
            holder = between
        for value in values:
            yield ox.Quad(holder, ox.NamedNode(shape.path[-1]), value)
        for value in others:
            yield ox.Quad(node, ox.NamedNode(str(constraint.argument[0])), value)


@cache
def _found() -> dict[str, set[Result]]:
    """What each backend finds wrong with all planted nodes, all shapes at once."""
    store = ox.Store()
    store.extend(_planted())
    store.extend(ox.Quad(*triple) for triple in ontology() if triple[1] == SUBCLASS)
    shapes = _apart()
    return {backend: set(check(store, shapes)) for backend, check in BY.items()}


@pytest.mark.parametrize(("number", "shape", "constraint"), NAMED)
def test_backends_find_what_breaks_each_constraint(number: int, shape: Shape, constraint: Constraint) -> None:
    """The planted node is at fault for both, and both find the same nodes and values at fault by this constraint."""
    name = f"urn:shape:{number}"
    by_libraries, by_queries = ({each for each in found if each.shape == name} for found in _found().values())

    assert _node(number, shape) in {result.node for result in by_queries}, constraint
    assert by_queries == by_libraries


def test_backends_have_every_constraint_that_is_used() -> None:
    """The cases above are as many as the file has constraints, and every known pattern is used."""
    used = sum(len(set(shapes_graph().subject_objects(SH[name]))) for name in by_sparql.VIOLATIONS)

    assert len(SINGLE) == used > 200
    assert {constraint.parameter for _, _, constraint in SINGLE} == set(by_sparql.VIOLATIONS)


# ---------------------------------------------------------------- mistakes at random


def _sample() -> list[ox.Quad]:
    return quads(samples.readings(), samples.account())


@cache
def _pool() -> tuple[_Value, ...]:
    """Values of the sample, and some that are not what they say."""
    objects = {quad.object for quad in _sample()}
    kept: list[_Value] = sorted((value for value in objects if not isinstance(value, ox.Triple)), key=str)
    texts = ("2031-02-30", "2031-03-04", "-3", "7", "007", "1.50", "SY\n", "", "true", "1")
    odd = [
        ox.Literal(text, datatype=ox.NamedNode(str(datatype)))
        for text in texts
        for datatype in (XSD.date, XSD.integer, XSD.decimal, XSD.boolean, XSD.string, XSD.anyURI, XSD.int)
    ]
    unknown: list[_Value] = [ox.Literal("word", language="en-GB"), ox.NamedNode("urn:unknown"), ox.BlankNode("blank")]
    return (*kept, *odd, *unknown)


@cache
def _described() -> tuple[ox.Quad, ...]:
    """What the sample says, without the ontology."""
    return tuple(quad for quad in _sample() if quad.graph_name != NAMES.graph("ontology"))


_CHANGE = st.tuples(
    st.sampled_from(["drop", "add", "replace", "move", "retype"]), st.integers(0, 10**6), st.integers(0, 10**6)
)


def _changed(changes: list[tuple[str, int, int]]) -> list[ox.Quad]:
    found = list(_described())
    for what, where, which in changes:
        quad = found[where % len(found)]
        other, value = found[which % len(found)], _pool()[which % len(_pool())]
        if what in ("drop", "replace"):
            found.remove(quad)
        if what in ("add", "replace"):
            found.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
        elif what == "move":
            found.append(ox.Quad(other.subject, quad.predicate, quad.object, other.graph_name))
        elif what == "retype" and other.predicate == TYPE:
            found.append(ox.Quad(quad.subject, TYPE, other.object, quad.graph_name))
    return found


@settings(max_examples=15, deadline=None)
@given(st.lists(_CHANGE, min_size=1, max_size=40))
def test_backends_agree_on_graphs_changed_at_random(changes: list[tuple[str, int, int]]) -> None:
    """Whatever is dropped, added or exchanged: the same violations, clashes of classes and circles among them."""
    found = _changed(changes)

    assert validate(found, backend=Backend.SPARQL) == validate(found, backend=Backend.LIBRARIES)


@settings(max_examples=5, deadline=None)
@given(st.lists(_CHANGE, max_size=40))
def test_backends_find_the_same_in_a_store_on_the_disk(changes: list[tuple[str, int, int]]) -> None:
    """Filled in portions; where nothing is wrong it then holds what was checked and nothing else."""
    found = _changed(changes)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "PORTION", 100)
        kept = ox.Store(folder)
        violations = validate(found, backend=Backend.SPARQL, store=kept)
        held = set(kept)
        del kept

    assert violations == validate(found, backend=Backend.SPARQL)
    if not violations:
        expected = ox.Store()
        expected.extend(filter(is_checked, found))
        assert held == set(expected)


@settings(max_examples=15, deadline=None)
@given(st.lists(_CHANGE, max_size=6))
def test_backends_find_a_portion_at_fault_where_something_is_wrong(changes: list[tuple[str, int, int]]) -> None:
    """A few nodes at a time, each with what it leads to: something is wrong with them where it is with the whole."""
    found = ordered(_changed(changes))
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(portions, "PORTION", 60)
        graph = Path(folder) / "graph.nq"
        ox.serialize(found, graph, format=ox.RdfFormat.N_QUADS)
        with portions.portions(graph) as parts:
            assert len(parts) > 3
            sound = all(map(portions.is_sound, parts))
        assert [path.name for path in Path(folder).iterdir()] == [graph.name]

    assert sound == (validate(found, backend=Backend.SPARQL) == ())


def test_backends_check_a_node_in_one_portion_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one of which a second graph says something: what is said of it in the first would come along twice."""
    moved = [
        ox.Quad(quad.subject, quad.predicate, quad.object, NAMES.graph(ACCOUNT)) if number % 7 == 0 else quad
        for number, quad in enumerate(filter(is_checked, _described()))
    ]
    ox.serialize(ordered(moved), tmp_path / "graph.nq", format=ox.RdfFormat.N_QUADS)
    checked: list[ox.NamedNode] = []

    def check(_store: ox.Store, _shapes: Graph, among: set[ox.NamedNode]) -> Iterator[Result]:
        checked.extend(among)
        yield from ()

    monkeypatch.setattr(portions, "PORTION", 60)
    monkeypatch.setattr(by_sparql, "check", check)
    with portions.portions(tmp_path / "graph.nq") as parts:
        assert all(map(portions.is_sound, parts))

    graphs = Counter(subject for subject, _ in {(quad.subject, quad.graph_name) for quad in moved})
    assert max(graphs.values()) > 1
    assert Counter(checked) == Counter(dict.fromkeys(graphs, 1))


@settings(max_examples=15, deadline=None)
@given(st.lists(_CHANGE, min_size=1, max_size=40))
def test_backends_infer_the_same_from_graphs_changed_at_random(changes: list[tuple[str, int, int]]) -> None:
    """The useful triples of owlrl, no more and no fewer."""
    found = _changed(changes)

    assert infer(found, backend=Backend.SPARQL) == infer(found, backend=Backend.LIBRARIES)


_PLACES = [NAMES.place(str(number)) for number in range(6)]
_LINK = st.builds(
    ox.Quad,
    st.sampled_from(_PLACES),
    st.sampled_from([term("locatedIn"), term("within"), term("partOf"), term("atPlace")]),
    st.sampled_from(_PLACES),
    st.sampled_from([NAMES.graph("reference"), NAMES.graph("account")]),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_LINK, max_size=12))
def test_backends_infer_the_same_of_places_in_circles(found: list[ox.Quad]) -> None:
    """However places lie in each other."""
    assert infer(found, backend=Backend.SPARQL) == infer(found, backend=Backend.LIBRARIES)


# ---------------------------------------------------------------- which one, and what it cannot do


def test_backends_by_size() -> None:
    """Small graphs go to the libraries, large ones to SPARQL."""
    assert backend_for(LARGE - 1) is Backend.LIBRARIES
    assert backend_for(LARGE) is Backend.SPARQL


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("sh:minExclusive 1", "sh:minExclusive is not known; there are class, datatype"),
        ("sh:minCount 2", "no pattern for sh:minCount with 2"),
        ("sh:in ( 1 2 )", "no pattern for sh:in with 1"),
        ("sh:nodeKind sh:Literal", "no pattern for sh:nodeKind with"),
        ("sh:datatype xsd:float", "no pattern for sh:datatype with"),
        ("sh:severity sh:Warning", "sh:severity is not known"),
        ("sh:path [ sh:inversePath ex:p ]", "a path is a property or a list of properties"),
        ('sh:message ""@en', None),
    ],
)
def test_backends_refuse_shapes_that_they_would_pass_over(said: str, told: str | None) -> None:
    """A constraint, or an argument of one, for which there is no query is told with the shape's name."""
    path = "" if "sh:path" in said else "sh:path ex:q ;"
    graph = Graph().parse(
        data="@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
        "@prefix ex: <urn:ex:> . "
        f"ex:shape a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ {path} sh:message 'no' ; {said} ] .",
        format="turtle",
    )
    if told is None:
        assert list(by_sparql.check(ox.Store(), graph)) == []
        return
    with pytest.raises(ValueError, match=f"urn:ex:shape: .*{told}"):
        list(by_sparql.check(ox.Store(), graph))


def test_backends_refuse_axioms_without_a_rule() -> None:
    """A new kind of axiom in the ontology cannot be passed over."""
    inverse = (term("within"), ox.NamedNode(f"{OWL}inverseOf"), term("locatedIn"))

    assert list(rules.updates(axioms()))
    with pytest.raises(ValueError, match=r"inverseOf.*there is no rule for this axiom"):
        list(rules.updates([*axioms(), inverse]))
