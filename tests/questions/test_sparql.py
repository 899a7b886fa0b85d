"""A user's own SPARQL."""

import json

import pyoxigraph as ox
import pytest
from lxml import etree

from conflict_kg.errors import InputError
from conflict_kg.questions.sparql import as_text, run
from conflict_kg.store.querytext import DEEPEST
from conflict_kg.vocabulary import XSD

BASE = "https://conflict-kg.example/"
RESULTS = "http://www.w3.org/2005/sparql-results#"


def store() -> ox.Store:
    """Two triples in two graphs."""
    store = ox.Store()
    store.update(
        "INSERT DATA { GRAPH <https://x.example/g> { <https://x.example/a> <https://x.example/p> 'one\x1b[31m' } "
        "GRAPH <https://x.example/h> { <https://x.example/b> <https://x.example/p> 2 } }"
    )
    return store


def asked(text: str, format: str = "csv") -> str:
    """The query's result as text."""
    return as_text(run(store(), text, source="q.rq"), format, base=BASE)


def test_run_sees_all_graphs_as_one() -> None:
    """SELECT, ASK and CONSTRUCT."""
    assert asked("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o").splitlines()[0] == "o"
    assert asked("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }") == "n\n2\n"
    assert asked("ASK { ?s ?p 2 }", "table") == "yes\n"
    assert asked("ASK { ?s ?p 3 }", "json") == "false\n"
    assert asked("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o = 2) }", "nquads") == (
        '<https://x.example/b> <https://x.example/p> "2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
    )


def test_as_text_cleans_what_a_terminal_may_obey() -> None:
    """In the table only: programs get every character."""
    query = "SELECT ?o WHERE { <https://x.example/a> ?p ?o }"
    assert "\x1b" not in asked(query, "table")
    assert "\x1b" in asked(query, "csv")


def test_as_text_is_well_formed_xml_whatever_a_graph_holds() -> None:
    """What XML cannot have is replaced; the other formats have it."""
    query = (
        r"SELECT (CONCAT(?o, '\u0000\u0008\uFFFE\uFFFF\uFFFD\u0085\U0001FFFF') AS ?x) { <https://x.example/a> ?p ?o }"
    )
    (found,) = etree.fromstring(asked(query, "sparql-xml").encode()).iter(f"{{{RESULTS}}}literal")
    assert found.text == "one\ufffd[31m" + "\ufffd" * 5 + "\x85\U0001ffff"
    (row,) = json.loads(asked(query, "sparql-json"))["results"]["bindings"]
    assert row["x"]["value"] == "one\x1b[31m\0\b\ufffe\uffff\ufffd\x85\U0001ffff"


def test_as_text_refuses_a_format_of_the_other_kind() -> None:
    """The formats that go with the query are listed."""
    with pytest.raises(InputError, match="--format turtle is for CONSTRUCT"):
        asked("ASK { ?s ?p ?o }", "turtle")
    with pytest.raises(InputError, match="--format csv is for SELECT"):
        asked("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "csv")


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
        "# a comment\nPREFIX x: <urn:x>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "clear all",
    ],
)
def test_run_refuses_updates(update: str) -> None:
    """As such, not as a mere syntax error."""
    with pytest.raises(InputError, match=r"q\.rq: updates are not allowed: the graph is read-only"):
        run(store(), update, source="q.rq")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <http://127.0.0.1:1/> { ?s ?p ?o } }",
        r"SELECT * WHERE { \u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { ?s ?p 1SERVICE<http://127.0.0.1:1/> { ?s ?p ?o } }",
        "PREFIX ex: <http://127.0.0.1:1/> SELECT * WHERE { SERVICE ex:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * WHERE { SERVICE:x { ?s ?p ?o } }",
        r"PREFIX ex: <http://x/> SELECT * WHERE { ?s ex:a\' ?o SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } #'",
        "PREFIX SERVICE: <urn:x> PREFIX : <http://127.0.0.1:1/> SELECT * WHERE { SERVICE:x { ?s ?p ?o } }",
        "PREFIX s: <http://127.0.0.1:1/> SELECT * WHERE { SERVICEs:x { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:1/> SELECT * WHERE { SERVICE:x\u0300 { ?s ?p ?o } }",
        "PREFIX e: <urn:x> SELECT * WHERE { ?s e:a\u0300\\' ?o SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } #'",
        "SELECT * WHERE { FILTER(?a < ?b) SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } FILTER(?a > ?b) }",
        "SELECT * WHERE { ?s ?p 'it\\'s' SERVICE <http://127.0.0.1:1/> { ?s ?p '' } }",
    ],
)
def test_run_refuses_service_however_it_is_written(query: str) -> None:
    """Nothing calls out."""
    with pytest.raises(InputError, match="SERVICE is not allowed"):
        run(store(), query, source="q.rq")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service ?p ?o }",
        "SELECT * WHERE { ?s ?p 'secret service' } # service",
        'SELECT * WHERE { ?s ?p """a "service" b""" }',
        "SELECT * WHERE { ?s <https://x.example/service> ?o }",
        "PREFIX ex: <urn:x:> SELECT * WHERE { ?s ex:service ?o }",
        "PREFIX service: <urn:x:> SELECT * WHERE { ?s service:p ?o }",
        "PREFIX my-services: <urn:x:> SELECT * WHERE { ?s my-services:p ?o { ?o ?p ?s } }",
    ],
)
def test_run_allows_the_word_where_it_is_no_keyword(query: str) -> None:
    """Variables, strings, IRIs, names and comments."""
    run(store(), query, source="q.rq")


def test_run_sees_the_graphs_that_from_names() -> None:
    """A dataset that the query sets takes the place of all graphs as one; a name or variable sets none."""
    one = "SELECT (COUNT(*) AS ?n) {0} {{ {1} }}".format
    for clause in ("FROM <https://x.example/g>", "\nfrom<https://x.example/h>"):
        assert asked(one(clause, "?s ?p ?o")) == "n\n1\n"
    assert asked(one("FROM NAMED <https://x.example/g>", "GRAPH ?g { ?s ?p ?o }")) == "n\n1\n"
    assert asked(one("FROM NAMED <https://x.example/g>", "?s ?p ?o")) == "n\n0\n"
    assert (
        asked("PREFIX from: <https://x.example/> " + one("", "?from from:p ?o # FROM <urn:x>")[:-2] + "\n}") == "n\n2\n"
    )


@pytest.mark.parametrize("opened", ["{", "(", "[", "FILTER EXISTS {", "[ <urn:p> ", "<<( "])
def test_run_refuses_deep_nesting(opened: str) -> None:
    """The parser would end the process; brackets side by side or in strings are no nesting."""
    with pytest.raises(InputError, match=r"^q\.rq: brackets are nested more than 200 deep$"):
        run(store(), "SELECT * {" + opened * 5000, source="q.rq")
    assert asked("SELECT * " + "{" * DEEPEST + "}" * DEEPEST) == "\n\n"
    assert asked("SELECT * { " + "{ } " * 300 + f"FILTER('{'{' * 300}' = '') }}") == "\n"


@pytest.mark.parametrize(
    "text",
    [
        "PREFIX" + " " * 50_000,
        "PREFIX x: " * 10_000,
        "service" * 10_000 + ":",
        '"""' + '\\"""' * 10_000,
        "<a" * 50_000,
        "'a\n" * 20_000,
    ],
    ids=["prefix", "prefixes", "words", "string", "iris", "quotes"],
)
def test_run_refuses_long_repetitive_texts(text: str) -> None:
    """And gets there: a look at the words that tried every start anew would take hours."""
    with pytest.raises(InputError, match=r"^q\.rq"):
        run(store(), text, source="q.rq")


def test_as_text_gives_what_is_no_number_as_text() -> None:
    """Text that is none, one of more digits than Python takes, and those that JSON lacks."""
    digits = "9" * 5000
    values = {"a": ("abc", "integer"), "b": (digits, "integer"), "c": ("INF", "double"), "d": ("x", "decimal")}
    select = " ".join(f'("{text}"^^<{XSD}{kind}> AS ?{name})' for name, (text, kind) in values.items())
    (row,) = json.loads(asked(f"SELECT {select} {{}}", "json"))
    assert row == {name: text for name, (text, _) in values.items()}


def test_run_tells_line_and_column_of_a_syntax_error() -> None:
    """In one line."""
    with pytest.raises(InputError, match=r"^q\.rq:2:17: ") as caught:
        run(store(), "SELECT *\nWHERE {{ ?s ?p }", source="q.rq")
    assert "\n" not in str(caught.value)
