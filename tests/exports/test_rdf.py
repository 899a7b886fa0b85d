"""Every format holds the same graph, and the same graph gives the same bytes."""

import json
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
import rdflib
import samples
from hash_seeds import printed
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_kg.errors import InputError
from conflict_kg.exports import rdf
from conflict_kg.exports.rdf import SYNTAXES, context, render, write_files
from conflict_kg.graph import Names, ordered, quads
from conflict_kg.reasoning import infer
from conflict_kg.vocabulary import CKG, PREFIXES, XSD, term

NAMES = Names("https://conflict-kg.example/")
SYNTAX = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def _sample() -> list[ox.Quad]:
    found = quads(samples.readings(), samples.account())
    return [*found, *infer(found)]


def _without_graphs(found: Iterable[ox.Quad]) -> set[ox.Quad]:
    return {ox.Quad(quad.subject, quad.predicate, quad.object) for quad in found}


@pytest.mark.parametrize("format", SYNTAXES)
def test_export_round_trip(format: str) -> None:
    """What is read back is the graph, without graph names in Turtle."""
    found = _sample()
    back = set(ox.parse(render(found, format), format=SYNTAX[format]))

    assert back == (_without_graphs(found) if format == "turtle" else set(found))


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # rdflib 7 uses what it deprecates
@pytest.mark.parametrize("format", SYNTAXES)
def test_export_is_read_by_rdflib(format: str) -> None:
    """Another RDF library reads the same triples from every format."""
    names = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=render(_sample(), format), format=names[format])
    merged = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        merged.add(triple)
    expected = rdflib.Graph().parse(data=render(_sample(), "turtle"), format="turtle")

    assert set(merged) == set(expected)


@pytest.mark.parametrize("format", SYNTAXES)
def test_export_does_not_depend_on_order(format: str) -> None:
    """A store and a list in any order give the same bytes."""
    found = _sample()
    store = ox.Store()
    store.extend(found)

    assert render(found, format) == render(reversed(found), format) == render(store, format)


def test_export_does_not_depend_on_the_process() -> None:
    """Processes with other hash seeds write the same bytes in every format."""
    code = (
        "import hashlib, samples; from conflict_kg.exports.rdf import *; from conflict_kg.graph import quads;"
        "found = quads(samples.readings(), samples.account());"
        "print([hashlib.sha256(render(found, format)).hexdigest() for format in SYNTAXES])"
    )

    assert len(printed(code)) == 1


def test_export_uses_short_names() -> None:
    """Turtle has prefixes for our kinds of nodes, only those that are used, and types come first."""
    text = render(_sample(), "turtle").decode()
    head = [line for line in text.splitlines() if line.startswith("@prefix")]

    assert head == sorted(head)
    assert "@prefix place: <https://conflict-kg.example/place/> ." in head
    assert f"@prefix ckg: <{CKG}> ." in head
    assert not [line for line in head if line.startswith("@prefix graph:")]
    assert f"\nclaim:{samples.CAPTURE.key} a ckg:Claim , ckg:ControlClaim ;" in text
    for line in head:
        assert f"{line.split()[1]}" in text.removeprefix("\n".join(head))


def test_export_of_nothing() -> None:
    """An empty graph is a valid file in every format."""
    for format in SYNTAXES:
        assert list(ox.parse(render([], format), format=SYNTAX[format])) == []


def test_export_jsonld_is_compact() -> None:
    """JSON-LD has one context, short keys, numbers as numbers and codes by name."""
    document = json.loads(render(_sample(), "jsonld"))
    graphs = {block["id"]: block["@graph"] for block in document["@graph"]}
    nodes = graphs[NAMES.graph(samples.FALL.digest[:16]).value]
    (claim,) = [node for node in nodes if node["id"] == NAMES.claim(samples.KILLED.key).value]

    assert document["@context"] == context()
    assert claim["type"] == ["CasualtyClaim", "Claim"]
    assert (claim["low"], claim["harm"], claim["beginEarliest"]) == (40, "Killed", "2031-03-04")
    assert claim["accordingTo"] == NAMES.actor(samples.MERES.id).value
    assert not [key for block in graphs.values() for node in block for key in node if key.startswith("http")]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_VALUE = (
    _TEXT.map(ox.Literal)
    | st.sampled_from(["de", "en", "zh-Hant"]).flatmap(
        lambda tag: _TEXT.map(lambda text: ox.Literal(text, language=tag))
    )
    | st.tuples(
        st.sampled_from(["1", "01", "+1", "-0", "1" * 30, "true", "1.0", "1E2", "2015-02-31", "", "x", "Killed", "id"]),
        st.sampled_from(["integer", "boolean", "date", "decimal", "double", "anyURI", "token"]),
    ).map(lambda pair: ox.Literal(pair[0], datatype=ox.NamedNode(XSD + pair[1])))
    | st.sampled_from(
        [f"{CKG}Killed", f"{CKG}low", f"{CKG}a/b", f"{PREFIXES['oa']}x", "urn:x", "https://x.example/"]
    ).map(ox.NamedNode)
)
_PREDICATE = st.sampled_from(
    [*(term(name) for name in ("low", "harm", "direct", "codebook", "text", "atPlace", "beginLatest"))]
    + [ox.NamedNode(iri) for iri in (f"{PREFIXES['rdf']}type", f"{PREFIXES['oa']}exact", "urn:p", f"{CKG}unknown")]
)
_GRAPH = st.sampled_from([ox.DefaultGraph(), NAMES.graph("reference"), NAMES.graph("account")])


@given(st.lists(st.builds(ox.Quad, st.just(NAMES.actor("a")), _PREDICATE, _VALUE, _GRAPH), max_size=8))
def test_export_loses_nothing(found: list[ox.Quad]) -> None:
    """Whatever the values, ill-typed ones and foreign properties included, every format gives them back."""
    for format in SYNTAXES:
        back = set(ox.parse(render(found, format), format=SYNTAX[format]))
        assert back == (_without_graphs(found) if format == "turtle" else set(found)), format


_SUBJECT = st.sampled_from(
    [NAMES.actor("a"), NAMES.actor("ab"), NAMES.place("ä"), ox.NamedNode("urn:x"), ox.BlankNode("b")]
)
_ANY_GRAPH = _GRAPH | st.sampled_from([Names("https://a.example/").graph("reference"), ox.NamedNode("urn:g")])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.builds(ox.Quad, _SUBJECT, _PREDICATE, _VALUE, _ANY_GRAPH), max_size=12))
def test_export_from_file_to_file_gives_the_same_bytes(found: list[ox.Quad]) -> None:
    """However many graphs speak of a node, and in whatever of them its triples stand."""
    with TemporaryDirectory() as name:
        graph = Path(name) / "graph.nq"
        ox.serialize(ordered(found), graph, format=ox.RdfFormat.N_QUADS)
        write_files(graph, {format: format for format in SYNTAXES})
        written = {path.name: path.read_bytes() for path in Path(name).iterdir() if path != graph}

    assert written == {format: render(found, format) for format in SYNTAXES}


def test_export_from_file_to_file_takes_a_graph_in_portions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prefixes are those of all portions, wherever the graph stands that tells the base."""
    monkeypatch.setattr(rdf, "PORTION", 7)
    graph = tmp_path / "graph.nq"
    ox.serialize(ordered(_sample()), graph, format=ox.RdfFormat.N_QUADS)
    write_files(graph, {format: format for format in SYNTAXES})
    written = {format: (tmp_path / format).read_bytes() for format in SYNTAXES}
    monkeypatch.undo()

    assert written == {format: render(_sample(), format) for format in SYNTAXES}


def test_export_refuses_what_it_cannot_do() -> None:
    """An unknown syntax and a triple in a triple are told."""
    with pytest.raises(InputError, match="no such format: 'docx'; there are turtle, trig, nquads, jsonld"):
        render([], "docx")
    node = NAMES.actor("a")
    within = ox.Quad(node, term("text"), ox.Triple(node, term("text"), node))
    with pytest.raises(InputError, match="JSON-LD has no triple terms"):
        render([within], "jsonld")
