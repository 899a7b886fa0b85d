"""What is suspicious in portions of a graph that is nowhere whole."""

from collections import defaultdict

import pyoxigraph as ox
import pytest
import samples

from conflict_kg.graph import ACCOUNT, BASE, REFERENCE, Names, quads
from conflict_kg.validation.scattered import Seen, seen
from conflict_kg.vocabulary import term

NAMES = Names(BASE)
GRAPH = quads(samples.readings(), samples.account())


def _seen(graph: list[ox.Quad]) -> list[Seen]:
    """Each document as a portion, and each other node."""
    portions: defaultdict[object, list[ox.Quad]] = defaultdict(list)
    for quad in graph:
        shared = quad.graph_name in (NAMES.graph(ACCOUNT), NAMES.graph(REFERENCE))
        portions[quad.subject if shared else quad.graph_name].append(quad)
    return [seen(portion, BASE) for portion in portions.values()]


def _nowhere(found: list[Seen]) -> set[tuple[str, str]]:
    described = {node for one in found for node in one.described}
    return {(node, by) for one in found for node, by in one.named if node not in described}


def test_seen_suspects_nothing_in_a_sound_graph() -> None:
    """However it is divided; and all that its portions name is described in some."""
    found = _seen(GRAPH)
    assert len(found) > 20
    assert not any(one.suspicious for one in found)
    assert _nowhere(found) == set()


@pytest.mark.parametrize("predicate", ["extent", "evidence", "harm", "dimension", "actorKind", "placeKind"])
def test_seen_suspects_a_node_at_fault(predicate: str) -> None:
    """Where a value is missing that its shape asks for, and no other node."""
    at_fault = next(quad for quad in GRAPH if quad.predicate == term(predicate))
    assert isinstance(at_fault.subject, ox.NamedNode)
    found = _seen([quad for quad in GRAPH if quad != at_fault])
    assert {node for one in found for node in one.suspicious} == {at_fault.subject.value}


@pytest.mark.parametrize("predicate", ["winner", "atPlace", "supportedBy", "oneSide"])
def test_seen_tells_who_names_what_is_nowhere_described(predicate: str) -> None:
    """In other portions all who name it are told; in its own they are suspicious."""
    named = next(quad for quad in GRAPH if quad.predicate == term(predicate))
    assert isinstance(named.object, ox.NamedNode)
    found = _seen([quad for quad in GRAPH if quad.subject != named.object])
    told = {by for node, by in _nowhere(found) if node == named.object.value}
    assert named.subject in {ox.NamedNode(node) for node in told}
