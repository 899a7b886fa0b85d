"""Results are cut after a whole row, whatever is in the rows, and say so."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from conflict_kg import store
from conflict_kg.questions import load
from conflict_kg.resources import folder
from conflict_kg.web.jobs import Ask, Job, Query, ReadGraph
from conflict_kg.web.results import graph, table
from conflict_kg.web.work import Reader

WORDS = st.text(st.sampled_from(list('}{],["\\:\n\tab é')), max_size=12)
SUBJECT = ox.NamedNode("https://conflict-kg.example/a")
PREDICATE = ox.NamedNode("https://conflict-kg.example/p")


def solutions(words: list[str]) -> ox.QuerySolutions:
    """A table with a row for each."""
    rows = " ".join(f"({number} {ox.Literal(text)})" for number, text in enumerate(words))
    found = ox.Store().query(f"SELECT ?n ?text {{ VALUES (?n ?text) {{ {rows} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return found


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(60, 1200))  # a heading takes 53
def test_table_has_the_first_rows_that_fit(words: list[str], limit: int) -> None:
    """As many as it says, each whole; all of them where they fit."""
    whole = solutions(words).serialize(format=ox.QueryResultsFormat.JSON)
    assert whole is not None
    written = table(solutions(words), ox.QueryResultsFormat.JSON, limit)
    found = ox.parse_query_results(written.content, format=ox.QueryResultsFormat.JSON)
    assert isinstance(found, ox.QuerySolutions)
    texts = [row["text"].value for row in found]
    assert texts == words[: len(texts)]
    if limit >= len(whole):
        assert written.rows is None
        assert texts == words
    else:
        assert written.rows == len(texts) < len(words) or texts == words


@pytest.mark.parametrize("format", [ox.QueryResultsFormat.CSV, ox.QueryResultsFormat.TSV, ox.QueryResultsFormat.XML])
def test_table_is_cut_alike_in_every_format(format: ox.QueryResultsFormat) -> None:
    """The limit is one of rows in JSON, whatever they are sent as."""
    words = ["a\nb", "c", "d" * 300, "e"]
    written = table(solutions(words), format, 400)
    assert written.rows == 2
    assert b"ddd" not in written.content
    assert b"c" in written.content


def test_answers_that_are_yes_or_no_always_fit() -> None:
    """With room for one."""
    yes = ox.Store().query("ASK {}")
    assert isinstance(yes, ox.QueryBoolean)
    assert table(yes, ox.QueryResultsFormat.CSV, 100).content == b"true"


@given(st.lists(WORDS, unique=True, max_size=8), st.integers(0, 1000))
@settings(deadline=None)
def test_graph_has_the_first_triples_that_fit(words: list[str], limit: int) -> None:
    """In Turtle as in N-Triples."""
    store = ox.Store()
    store.extend(ox.Quad(SUBJECT, PREDICATE, ox.Literal(text)) for text in words)

    def triples() -> ox.QueryTriples:
        found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        return found

    for format in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.TURTLE):
        written = graph(triples(), format, limit)
        objects = [quad.object for quad in ox.parse(written.content, format=format)]
        found = {literal.value for literal in objects if isinstance(literal, ox.Literal)}
        assert found <= set(words)
        assert len(found) == (len(words) if written.rows is None else written.rows)


UNSENT = "".join(map(chr, range(32))) + "\x7f\ud7ff\ue000\ufffd\ufffe\uffff\U0001ffff"


@pytest.mark.parametrize(
    "job",
    [
        Query("SELECT ?o { ?s ?p ?o }", "application/sparql-results+xml"),
        Query("SELECT ?o { ?s ?p ?o }", "application/xml"),
        Query("CONSTRUCT WHERE { ?s ?p ?o }", "application/rdf+xml"),
        ReadGraph(None, "application/rdf+xml"),
        ReadGraph("https://conflict-kg.example/graph/g", "application/rdf+xml"),
        Ask("any", {}, "application/sparql-results+xml"),
    ],
)
def test_xml_is_well_formed_whatever_a_graph_holds(job: Job, tmp_path: Path) -> None:
    """One that was made elsewhere, say: what XML cannot have is replaced, and nothing else."""
    (tmp_path / "any.rq").write_text("#+ summary: Any words\nSELECT ?o { ?s ?p ?o }\n", encoding="utf-8")
    name = ox.NamedNode("https://conflict-kg.example/graph/g")
    store.write(tmp_path / "graph", [ox.Quad(SUBJECT, PREDICATE, ox.Literal(f"so{UNSENT}far"), name)], {})
    reply = Reader(tmp_path / "graph", dict(load([folder("queries"), tmp_path])), 10_000)(job)
    assert reply.status == 200
    (text,) = (node.text for node in etree.fromstring(reply.content).iter() if (node.text or "").startswith("so"))
    kept = "".join(sign if sign in "\t\n\r" or sign >= " " else "\ufffd" for sign in UNSENT)
    replaced = kept.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert (text or "").replace("\r", "\n") == f"so{replaced}far".replace("\r", "\n")  # RDF/XML reads one as the other


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.mark.parametrize(
    ("triple", "told"),
    [
        ('<a:a> <https://conflict-kg.example/1> "<a: b>"', "https://conflict-kg.example/1"),
        ("<a:a> <https://conflict-kg.example/> <a:b>", "https://conflict-kg.example/"),
        (f"<a:a> <{RDF}> <a:b>", "<rdf:"),
        (f"<a:a> <{RDF}type> <https://conflict-kg.example/2>", "https://conflict-kg.example/2"),
        (f"<a:a> <{RDF}li> <a:b>", "reserved syntax term"),
    ],
)
def test_rdf_xml_is_refused_where_it_cannot_hold_the_graph(triple: str, told: str, tmp_path: Path) -> None:
    """Told in one line; in the other formats it is sent."""
    (quad,) = ox.parse(f"{triple} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    name = ox.NamedNode("https://conflict-kg.example/graph/g")
    store.write(tmp_path / "graph", [ox.Quad(quad.subject, quad.predicate, quad.object, name)], {})
    reader = Reader(tmp_path / "graph", {}, 10_000)
    for make in (lambda accept: ReadGraph(None, accept), lambda accept: Query("CONSTRUCT WHERE { ?s ?p ?o }", accept)):
        reply = reader(make("application/rdf+xml"))
        assert (reply.status, reply.content.count(b"\n")) == (400, 1)
        assert told in reply.content.decode()
        assert reader(make("text/turtle")).status == 200
