"""SPARQL 1.1 Protocol over HTTP, case by case as the W3C's test suite for it has them, and the Graph Store Protocol.

The cases are those of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/ that are about queries.
"""

import json
from collections.abc import Mapping

import pyoxigraph as ox
import pytest
import rdflib
import requests
from rdflib.namespace import RDF
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
GRAPH = "https://conflict-kg.example/graph/"
CLAIM = "https://w3id.org/conflict-kg/ns#Claim"
TRIPLES = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"
ASK_NAMED = f"ASK {{ GRAPH ?g {{ <{CLAIM}> ?p ?o }} }}"
ASK_DEFAULT = f"ASK {{ <{CLAIM}> ?p ?o }}"


def get(address: str, accept: str = "", query: str | None = None, **parameters: str | list[str]) -> requests.Response:
    """A GET request to the endpoint; ``*/*`` where nothing is wanted most."""
    pairs = {"query": query} | parameters
    return requests.get(f"{address}/sparql", params=pairs, headers={"Accept": accept or "*/*"}, timeout=30)


def post(
    address: str,
    data: str | bytes | dict[str, str] | list[tuple[str, str]],
    headers: Mapping[str, str],
    parameters: Mapping[str, list[str]] | None = None,
) -> requests.Response:
    """A POST request to the endpoint."""
    return requests.post(f"{address}/sparql", data=data, headers=headers, params=parameters, timeout=30)


def boolean(response: requests.Response) -> bool:
    """What an ASK query was answered."""
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == "application/sparql-results+json"
    answer = response.json()["boolean"]
    assert isinstance(answer, bool)
    return answer


# ---------------------------------------------------------------- the three ways to ask


def test_query_via_get(endpoint: str) -> None:
    """query_get: the query in the address."""
    assert boolean(get(endpoint, query="ASK {}"))


def test_query_via_form(endpoint: str) -> None:
    """query_post_form: the query in a form."""
    assert boolean(post(endpoint, {"query": "ASK {}"}, {}))


def test_query_via_direct_post(endpoint: str) -> None:
    """query_post_direct: the body is the query; a charset may be named."""
    assert boolean(post(endpoint, "ASK {}", DIRECT))
    assert boolean(
        post(
            endpoint,
            'ASK { FILTER ("é" = "\\u00E9") }'.encode(),
            {"Content-Type": DIRECT["Content-Type"] + "; charset=UTF-8"},
        )
    )


def test_head_sends_no_body(endpoint: str) -> None:
    """What GET would send is told without it."""
    response = requests.head(f"{endpoint}/sparql", params={"query": "ASK {}"}, timeout=30)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Type"] == "application/sparql-results+json"


# ---------------------------------------------------------------- the graphs that it is about


@pytest.mark.parametrize(
    ("names", "query", "expected"),
    [
        ({}, ASK_DEFAULT, True),
        ({"default-graph-uri": [GRAPH + "ontology"]}, ASK_DEFAULT, True),
        ({"default-graph-uri": [GRAPH + "account"]}, ASK_DEFAULT, False),
        ({"default-graph-uri": [GRAPH + "account", GRAPH + "ontology"]}, ASK_DEFAULT, True),
        ({"default-graph-uri": [GRAPH + "ontology"]}, ASK_NAMED, False),
        ({"named-graph-uri": [GRAPH + "ontology"]}, ASK_NAMED, True),
        ({"named-graph-uri": [GRAPH + "account", GRAPH + "ontology"]}, ASK_NAMED, True),
        ({"named-graph-uri": [GRAPH + "ontology"]}, ASK_DEFAULT, False),
        ({"default-graph-uri": [GRAPH + "account"], "named-graph-uri": [GRAPH + "ontology"]}, ASK_NAMED, True),
    ],
)
def test_dataset_is_what_the_request_names(
    endpoint: str, names: dict[str, list[str]], query: str, expected: bool
) -> None:
    """query_dataset_default_graph(s), _named_graph(s), _full: in each of the three ways."""
    pairs = [(name, iri) for name, iris in names.items() for iri in iris]
    assert boolean(get(endpoint, "", query, **names)) is expected
    assert boolean(post(endpoint, [("query", query), *pairs], {})) is expected
    assert boolean(post(endpoint, query, DIRECT, names)) is expected


def test_dataset_of_the_request_goes_before_that_of_the_query(endpoint: str) -> None:
    """query_multiple_dataset: FROM is not looked at where the request names graphs."""
    query = f"ASK FROM <{GRAPH}account> {{ <{CLAIM}> ?p ?o }}"
    assert not boolean(get(endpoint, query=query))
    assert boolean(get(endpoint, query=query, **{"default-graph-uri": GRAPH + "ontology"}))


def test_dataset_with_what_is_no_iri_is_refused(endpoint: str) -> None:
    """In a line that names it."""
    response = get(endpoint, query="ASK {}", **{"default-graph-uri": "not an iri"})
    assert response.status_code == 400
    assert "query: cannot be run" in response.text


# ---------------------------------------------------------------- what it is sent as


@pytest.mark.parametrize(
    ("query", "accept", "sent"),
    [
        ("SELECT (1 AS ?n) {}", "", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "*/*", "application/sparql-results+json"),
        ("SELECT (1 AS ?n) {}", "application/json", "application/json"),
        ("SELECT (1 AS ?n) {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT (1 AS ?n) {}", "text/csv", "text/csv; charset=utf-8"),
        ("SELECT (1 AS ?n) {}", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("SELECT (1 AS ?n) {}", "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("SELECT (1 AS ?n) {}", "text/turtle, text/*;q=0.1", "text/csv; charset=utf-8"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (TRIPLES, "", "text/turtle; charset=utf-8"),
        (TRIPLES, "application/n-triples", "application/n-triples"),
        (TRIPLES, "application/ld+json", "application/ld+json"),
        (TRIPLES, "application/rdf+xml", "application/rdf+xml"),
        (f"DESCRIBE <{CLAIM}>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_media_type_is_the_one_wanted_most(endpoint: str, query: str, accept: str, sent: str) -> None:
    """query_content_type_select, _ask, _construct, _describe; and what is sent is of that type."""
    response = get(endpoint, accept, query=query)
    assert response.status_code == 200, response.text
    assert response.headers["Content-Type"] == sent
    name = sent.partition(";")[0]
    if name in ("application/json", "application/sparql-results+json"):
        assert "head" in response.json()
    elif (syntax := ox.QueryResultsFormat.from_media_type(name)) is not None and "csv" not in name:
        ox.parse_query_results(response.content, format=syntax)
    elif (format := ox.RdfFormat.from_media_type(name)) is not None:
        assert 0 < len(list(ox.parse(response.content, format=format))) < 100


@pytest.mark.parametrize("accept", ["image/png", "text/turtle", "nonsense", "application/json;q=0"])
def test_media_type_that_cannot_be_sent_is_told(endpoint: str, accept: str) -> None:
    """With those that can."""
    response = get(endpoint, accept, query="SELECT (1 AS ?n) {}")
    assert response.status_code == 406
    assert "application/sparql-results+json" in response.text


def test_results_are_the_same_in_every_format(endpoint: str) -> None:
    """Row for row."""
    query = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } ORDER BY ?s ?o"
    syntaxes = (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML, ox.QueryResultsFormat.TSV)
    rows = []
    for syntax in syntaxes:
        found = ox.parse_query_results(get(endpoint, syntax.media_type, query=query).content, format=syntax)
        assert isinstance(found, ox.QuerySolutions)
        rows.append([tuple(map(str, row)) for row in found])
    assert rows[0] == rows[1] == rows[2]
    assert len(rows[0]) > 50
    assert len(get(endpoint, "text/csv", query=query).text.splitlines()) == len(rows[0]) + 1


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("data", "headers", "status"),
    [
        (b"query=ASK%20%7B%7D", {}, 415),
        (b"ASK {}", {"Content-Type": ""}, 415),
        (b"ASK {}", {"Content-Type": "text/plain"}, 415),
        (b"ASK {}", {"Content-Type": "application/sparql-query; charset=UTF-16"}, 415),
        ("ASK {}".encode("utf-16"), DIRECT, 400),
        (b"ASK {", DIRECT, 400),
        (b"", DIRECT, 400),
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
        (b"other=ASK%20%7B%7D", FORM, 400),
        (b"query=%FF", FORM, 400),
        ("query=é".encode(), FORM, 400),
        (b"query=" + b"x" * 1_000_001, FORM, 413),
    ],
)
def test_bad_requests_are_refused(endpoint: str, data: bytes, headers: dict[str, str], status: int) -> None:
    """bad_query_missing_form_type, _direct_type, _wrong_media_type, _non_utf8, _syntax, bad_multi_queries, and more."""
    response = post(endpoint, data, headers)
    assert response.status_code == status, response.text
    assert response.text.count("\n") == 1
    assert "Traceback" not in response.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["sparql", "store", "ask/coverage"])
def test_other_methods_are_refused(endpoint: str, method: str, path: str) -> None:
    """bad_query_method; the graph store can only be read."""
    response = requests.request(method, f"{endpoint}/{path}?query=ASK%20%7B%7D", timeout=30)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:a> <a:a> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <file:///etc/passwd>",
        "PREFIX a: <a:a> CLEAR ALL",
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_updates_and_calls_to_others_are_refused(endpoint: str, update: str) -> None:
    """However they are sent."""
    responses = [
        get(endpoint, query=update),
        get(endpoint, update=update),
        post(endpoint, {"query": update}, {}),
        post(endpoint, {"update": update}, {}),
        post(endpoint, update, DIRECT),
        post(endpoint, update, {"Content-Type": "application/sparql-update"}),
    ]
    assert {response.status_code for response in responses} <= {400, 403}


def test_errors_in_a_query_are_told_with_their_place(endpoint: str) -> None:
    """Line and column."""
    response = get(endpoint, query="SELECT * {\n ?s ?p }")
    assert response.status_code == 400
    assert response.text.startswith("query:2:")


# ---------------------------------------------------------------- service description


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # in rdflib's reader of JSON-LD
@pytest.mark.parametrize("accept", ["", "text/turtle", "application/ld+json", "application/rdf+xml"])
def test_service_describes_itself(endpoint: str, accept: str) -> None:
    """Another library reads it: what it speaks, and all of its graphs."""
    response = get(endpoint, accept)
    graph = rdflib.Graph().parse(data=response.content, format=response.headers["Content-Type"].partition(";")[0])
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    (service,) = graph.subjects(RDF.type, sd.Service)
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{endpoint}/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph
    assert (service, sd.feature, sd.UnionDefaultGraph) in graph
    found = get(endpoint, query="SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").json()["results"]["bindings"]
    assert {str(name) for name in graph.objects(None, sd.name)} == {row["g"]["value"] for row in found}


# ---------------------------------------------------------------- graph store protocol


def test_graph_store_gives_whole_graphs(endpoint: str) -> None:
    """One by its name, or all as one; each triple is in exactly one graph."""
    store = f"{endpoint}/store"
    names = [
        row["g"]["value"] for row in get(endpoint, query="SELECT ?g { GRAPH ?g {} }").json()["results"]["bindings"]
    ]
    headers = {"Accept": "application/n-triples"}
    parts = [requests.get(store, params={"graph": name}, headers=headers, timeout=30) for name in names]
    whole = requests.get(f"{store}?default", headers=headers, timeout=30)
    assert {part.status_code for part in (*parts, whole)} == {200}
    assert sum(len(part.text.splitlines()) for part in parts) == len(whole.text.splitlines())
    assert set("".join(part.text for part in parts).splitlines()) == set(whole.text.splitlines())


@pytest.mark.parametrize(
    ("query_string", "accept", "status"),
    [
        ("graph=https://conflict-kg.example/graph/none", "", 404),
        ("graph=not%20an%20iri", "", 400),
        ("", "", 400),
        ("default&graph=https://conflict-kg.example/graph/account", "", 400),
        ("default", "image/png", 406),
    ],
)
def test_graph_store_says_what_it_has_not(endpoint: str, query_string: str, accept: str, status: int) -> None:
    """By status."""
    response = requests.get(f"{endpoint}/store?{query_string}", headers={"Accept": accept or "*/*"}, timeout=30)
    assert response.status_code == status, response.text


# ---------------------------------------------------------------- a client that is not ours


def test_an_independent_client_gets_its_answers(endpoint: str) -> None:
    """SPARQLWrapper, in the formats and ways that it knows."""
    client = SPARQLWrapper(f"{endpoint}/sparql")
    client.setTimeout(30)
    client.setQuery("SELECT ?s { ?s a ?class } ORDER BY ?s LIMIT 2")
    for format in (JSON, XML, CSV):
        client.setReturnFormat(format)
        client.setMethod("POST" if format == XML else "GET")
        assert client.query().response.status == 200
    client.setReturnFormat(JSON)
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    assert len(found["results"]["bindings"]) == 2
    client.setQuery(TRIPLES)
    client.setReturnFormat(TURTLE)
    written = client.queryAndConvert()
    assert isinstance(written, bytes)
    assert len(rdflib.Graph().parse(data=written, format="turtle")) == 3


def test_json_is_the_text_that_was_asked_for(endpoint: str) -> None:
    """Letters of every script come back as they went."""
    words = "\"\u202e\U0001f54a' \\ ܥܝܪܐܩ <b>"
    literal = str(ox.Literal(words))
    answer = json.loads(get(endpoint, query=f"SELECT ({literal} AS ?words) {{}}").content)
    assert answer["results"]["bindings"][0]["words"]["value"] == words
