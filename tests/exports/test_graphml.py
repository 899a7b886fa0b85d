"""GraphML of the samples, as NetworkX reads it."""

import io

import networkx as nx
import pyoxigraph as ox
import pytest
import samples

from conflict_kg.exports.graphml import write
from conflict_kg.graph import Names, quads
from conflict_kg.vocabulary import LABEL, TYPE, term

NAMES = Names("https://conflict-kg.example/")


@pytest.fixture(name="network", scope="module")
def _network() -> "nx.MultiDiGraph[str]":
    store = ox.Store()
    store.extend(quads(samples.readings(), samples.account()))
    found = nx.read_graphml(io.BytesIO(write(store, "graphml")), force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    return found


def test_graphml_has_actors_places_and_events(network: "nx.MultiDiGraph[str]") -> None:
    """Each with a name and what it is; all edges lead to nodes that are told."""
    kinds = {values["kind"] for _, values in network.nodes(data=True)}
    assert kinds == {"actor", "place", "change of control", "incident"}
    assert all(values.get("label") for _, values in network.nodes(data=True))
    place = network.nodes[NAMES.place(samples.QARA_TEPE.id).value]
    assert (place["label"], place["lat"]) == ("Qara Tepe", samples.QARA_TEPE.latitude)


def test_graphml_tells_who_held_what(network: "nx.MultiDiGraph[str]") -> None:
    """With the days and how many claims stand behind it; others are roles, sources and parts."""
    edges = list(network.edges(data=True))
    assert {values["label"] for _, _, values in edges} >= {"held", "won", "at", "says", "located in", "part of"}
    held = [
        values for start, end, values in edges
        if values["label"] == "held" and network.nodes[start]["label"] == "Northern Front"
        and end == NAMES.place(samples.QARA_TEPE.id).value
    ]  # fmt: skip
    assert held
    assert all(values["weight"] == len(values["claims"].split()) for values in held)


def test_graphml_takes_any_text() -> None:
    """Marks of XML are kept, characters that XML has none of are replaced."""
    actor, graph = NAMES.actor("a"), NAMES.graph("reference")
    name = "<b>&amp;\"]]>\x00\x1b\ufffe 'x'"
    quads = [ox.Quad(actor, TYPE, term("Actor"), graph), ox.Quad(actor, LABEL, ox.Literal(name), graph)]
    store = ox.Store()
    store.extend(quads)
    network = nx.read_graphml(io.BytesIO(write(store, "graphml")))
    assert network.nodes[actor.value]["label"] == "<b>&amp;\"]]>\ufffd\ufffd\ufffd 'x'"
