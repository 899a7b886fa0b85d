"""Stores behind an address: asked like one in a folder, filled graph by graph, and what goes wrong told in a line."""

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import oxigraph, serving, write_graph

from conflict_kg import cli, store
from conflict_kg.errors import InputError
from conflict_kg.store.loading import GraphStore, UpdateStore, fingerprint, load
from conflict_kg.store.remote import PASSWORD, TOKEN, USER, RemoteStore
from conflict_kg.store.source import Source

NODE = ox.NamedNode("https://conflict-kg.example/a")


@pytest.fixture(name="graph", scope="module")
def _graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("built") / "graph")


@pytest.fixture(name="endpoint", scope="module")
def _endpoint(graph: Path) -> Iterator[str]:
    with serving(graph, "--time-limit", 60) as address:
        yield f"{address}/sparql"


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (USER, PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)


def silent(done: int, total: int) -> None:
    """Takes progress."""
    assert 0 <= done <= total


# ---------------------------------------------------------------- asking


def answers(source: Source) -> tuple[object, ...]:
    """What a source says of itself in each of the ways that it can be asked."""
    rows = source.query("SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o", use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    triples = source.query("CONSTRUCT WHERE { ?s a ?o }", use_default_graph_as_union=True)
    assert isinstance(triples, ox.QueryTriples)
    yes = source.query("ASK { GRAPH ?g { ?s ?p ?o } }", use_default_graph_as_union=True)
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    return (
        [variable.value for variable in rows.variables],
        [tuple(row) for row in rows],
        set(map(str, triples)),
        bool(yes),
        sorted(name.value for name in source.named_graphs()),
        sorted((str(quad.subject), str(quad.object)) for quad in source.quads_for_pattern(None, label, None)),
    )


def test_remote_store_answers_as_the_one_in_the_folder(graph: Path, endpoint: str) -> None:
    """Tables, triples, yes and no, patterns, names of graphs."""
    assert answers(RemoteStore(endpoint)) == answers(store.open_store(graph))


def test_remote_store_with_graphs_apart_answers_alike(graph: Path, tmp_path: Path) -> None:
    """Oxigraph's server does not take all graphs as one by itself."""
    with oxigraph(tmp_path) as address:
        load(store.open_store(graph), GraphStore(f"{address}/store"), progress=silent)
        assert answers(RemoteStore(f"{address}/query")) == answers(store.open_store(graph))


@pytest.mark.parametrize("format", ["json", "table", "sparql-json"])
def test_ask_and_query_print_the_same_from_both(
    capsys: pytest.CaptureFixture[str], graph: Path, endpoint: str, tmp_path: Path, format: str
) -> None:
    """With --store in place of --graph."""
    (tmp_path / "mine.rq").write_text("SELECT ?s ?o { ?s a ?o } ORDER BY ?s ?o", encoding="utf-8")
    question = ["ask", "who-controlled", "--place", "Qara Tepe", "--date", "2031-03-10"]
    for words in (question, ["query", str(tmp_path / "mine.rq")]):
        printed = []
        for where in (["--graph", str(graph)], ["--store", endpoint]):
            assert cli.main([*words, *where, "--format", format]) == 0
            printed.append(capsys.readouterr())
        assert printed[0] == printed[1]
        assert printed[0].out


# ---------------------------------------------------------------- loading


@pytest.mark.parametrize("protocol", ["graph-store", "update"])
def test_load_copies_every_graph_once(
    capsys: pytest.CaptureFixture[str], graph: Path, tmp_path: Path, protocol: str
) -> None:
    """What is there already is passed over; what differs is replaced; other graphs are left alone."""
    opened = store.open_store(graph)
    count = len(list(opened.named_graphs()))
    with oxigraph(tmp_path) as address:
        if protocol == "update":
            words = ["load", f"{address}/update", "--protocol", "update", "--query-url", f"{address}/query"]
        else:
            words = ["load", f"{address}/store"]
        words += ["--graph", str(graph)]
        other = UpdateStore(f"{address}/update", f"{address}/query")
        other.put(ox.NamedNode("https://elsewhere.example/mine"), [ox.Triple(NODE, NODE, NODE)])

        assert cli.main(words) == 0
        assert capsys.readouterr().out == f"graphs: {count} sent, 0 there already\ntriples: {len(opened)} sent\n"
        assert cli.main(words) == 0
        assert capsys.readouterr().out == f"graphs: 0 sent, {count} there already\ntriples: 0 sent\n"

        changed = ox.NamedNode("https://conflict-kg.example/graph/account")
        other.put(changed, [ox.Triple(NODE, NODE, ox.Literal("left by a copy that was broken off"))])
        assert cli.main(words) == 0
        assert capsys.readouterr().out.startswith(f"graphs: 1 sent, {count - 1} there already\n")

        remote = RemoteStore(f"{address}/query")
        found = remote.query(
            "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } FILTER (STRSTARTS(STR(?g), 'https://conflict'))}"
        )
        assert isinstance(found, ox.QueryTriples)
        assert {str(triple) for triple in found} == {str(quad.triple) for quad in opened}
        assert other.fingerprint(ox.NamedNode("https://elsewhere.example/mine")).triples == 1


TERMS = st.sampled_from([NODE, ox.Literal("a"), ox.Literal("b"), ox.Literal("1"), ox.Literal(1)])


@given(st.lists(TERMS, unique=True, max_size=5), st.lists(TERMS, unique=True, max_size=5))
def test_fingerprints_are_equal_for_equal_sets_only(
    left: list[ox.NamedNode | ox.Literal], right: list[ox.NamedNode | ox.Literal]
) -> None:
    """In whatever order they come."""
    prints = [fingerprint(ox.Triple(NODE, NODE, term) for term in terms) for terms in (left, right)]
    assert (prints[0] == prints[1]) is (set(left) == set(right))


# ---------------------------------------------------------------- who one is, and what goes wrong


@dataclass
class Server:
    """A server that keeps what it is asked and answers one thing."""

    answer: Callable[[str], tuple[int, dict[str, str], bytes]]
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    address: str = ""


@contextmanager
def answering(answer: Callable[[str], tuple[int, dict[str, str], bytes]]) -> Iterator[Server]:
    """A server on loopback; ``answer`` gets the method."""
    kept = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        def answer_it(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept.requests.append((self.command, self.path, dict(self.headers)))
            status, headers, body = kept.answer(self.command)
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(body))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = answer_it  # noqa: N815  # the names are the library's

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        kept.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


YES = (200, {"Content-Type": "application/sparql-results+json"}, b'{"head":{},"boolean":true}')


def test_credentials_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name with a password, or a token; without them none, whatever .netrc has."""
    with answering(lambda _: YES) as server:
        RemoteStore(server.address).query("ASK {}")
        monkeypatch.setenv(USER, "zoë")
        monkeypatch.setenv(PASSWORD, "pass:word")
        RemoteStore(server.address).query("ASK {}")
        monkeypatch.setenv(TOKEN, "abc")
        RemoteStore(server.address).query("ASK {}")
    basic = base64.b64encode("zoë:pass:word".encode()).decode()
    assert [headers.get("Authorization") for _, _, headers in server.requests] == [None, f"Basic {basic}", "Bearer abc"]


def test_credentials_as_digest_where_the_server_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it refuses basic without saying what it wants, and asks only those who say nothing."""
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(PASSWORD, "secret")
    challenge = {"WWW-Authenticate": 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm="MD5"'}
    answers = iter([(401, {}, b""), (401, challenge, b""), YES, YES])
    with answering(lambda _: next(answers)) as server:
        store = RemoteStore(server.address)
        store.query("ASK {}")
        store.query("ASK {}")
    sent = [headers.get("Authorization", "nothing").split()[0] for _, _, headers in server.requests]
    assert sent == ["Basic", "nothing", "Digest", "Digest"]
    assert "secret" not in str(server.requests[1:])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (TOKEN, "hush-hush\n"),
        (TOKEN, "hush-hush€"),
        (TOKEN, "hush hush"),
        (TOKEN, " "),
        (USER, "hush-hush\udcff"),
        (USER, "hush-hush\n"),
        (PASSWORD, "hush-hush\r"),
        (PASSWORD, "hush-hush\udcff"),
    ],
)
def test_credentials_that_cannot_be_sent_are_told_by_their_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """In one line, before anybody is asked, and without a word of them."""
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(name, value)
    assert cli.main(["ask", "coverage", "--store", "http://127.0.0.1:1/"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"conflict-kg: {name}: holds a ")
    assert "hush" not in err


def test_name_that_digest_cannot_send_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Basic has it as UTF-8; in the header of digest letters are bytes."""
    monkeypatch.setenv(USER, "zo€")
    monkeypatch.setenv(PASSWORD, "hush-hush")
    challenge = (401, {"WWW-Authenticate": 'Digest realm="SPARQL", nonce="abc", qop="auth"'}, b"")
    answers = iter([YES, challenge, challenge])
    with answering(lambda _: next(answers)) as server:
        store = RemoteStore(server.address)
        store.query("ASK {}")
        with pytest.raises(InputError, match=f"^{USER}: holds a letter that cannot be sent") as caught:
            store.query("ASK {}")
    assert "zo" not in str(caught.value)


def test_wrong_password_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """After basic and digest."""
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(PASSWORD, "wrong")
    challenge = {"WWW-Authenticate": 'Digest realm="SPARQL", nonce="abc", qop="auth"'}
    with answering(lambda _: (401, challenge, b"")) as server, pytest.raises(InputError, match="401 Unauthorized"):
        RemoteStore(server.address).query("ASK {}")
    assert len(server.requests) < 5


def test_credentials_do_not_leave_unprotected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over http:// they go to this machine only, and none stands in an address."""
    monkeypatch.setenv(TOKEN, "abc")
    with pytest.raises(InputError, match="over https:// only"):
        RemoteStore("http://elsewhere.example/sparql")
    with pytest.raises(InputError, match="no name or password in an address") as caught:
        RemoteStore("http://me:secret@localhost/sparql")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((401, {}, b"who are\nyou"), "401 Unauthorized: who are you"),
        ((500, {"Content-Type": "text/html"}, b"<html>"), "500 Internal Server Error"),
        ((200, {"Content-Type": "text/html"}, b"<html>"), "not an answer to SPARQL"),
        ((200, {"Content-Type": "application/sparql-results+json"}, b"{"), "not an answer to SPARQL"),
        ((302, {"Location": "https://elsewhere.example/"}, b""), "leads elsewhere: https://elsewhere.example/"),
        ((200, {"Content-Length": "1000"}, b"{"), "cannot be reached, or broke off"),
        ((200, YES[1] | {"X-SPARQL-MaxRows": "10000"}, YES[2]), "no more than 10000 rows, and there may be more"),
        (
            (200, YES[1] | {"X-SQL-State": "S1TAT", "X-SQL-Message": "Returning incomplete results"}, YES[2]),
            "answers in part only: Returning incomplete results",
        ),
    ],
)
def test_bad_answers_are_told_in_one_line(
    capsys: pytest.CaptureFixture[str], answer: tuple[int, dict[str, str], bytes], told: str, tmp_path: Path
) -> None:
    """With the address, exit code 2."""
    (tmp_path / "mine.rq").write_text("ASK {}", encoding="utf-8")
    with answering(lambda _: answer) as server:
        assert cli.main(["query", str(tmp_path / "mine.rq"), "--store", server.address]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"conflict-kg: {server.address}: ")
    assert told in err


def test_load_tells_where_an_answer_breaks_off(graph: Path) -> None:
    """In the middle of a graph."""
    answer = (200, {"Content-Length": "1000"}, b"<a:a> <a:a> <a:a> .\n")
    with answering(lambda _: answer) as server, pytest.raises(InputError, match="cannot be reached, or broke off"):
        load(store.open_store(graph), GraphStore(f"{server.address}/store"), progress=silent)


@pytest.mark.parametrize("url", ["ftp://localhost/", "localhost:8080", "http://", "http://[::1/", "/sparql", ""])
def test_bad_addresses_are_told_in_one_line(capsys: pytest.CaptureFixture[str], url: str) -> None:
    """Of load as of a query."""
    assert cli.main(["ask", "coverage", "--store", url]) == 2
    assert "not an address" in capsys.readouterr().err
    with pytest.raises(InputError, match="not an address"):
        GraphStore(url)


def test_load_tells_where_less_has_arrived_than_was_sent(graph: Path) -> None:
    """A server that says yes to everything and keeps nothing."""
    lacking = pytest.raises(InputError, match="has not got all of <https://conflict-kg")
    with answering(lambda method: (404 if method == "GET" else 204, {}, b"")) as server, lacking:
        load(store.open_store(graph), GraphStore(f"{server.address}/store"), progress=silent)
    assert [method for method, _, _ in server.requests] == ["GET", "PUT", "GET"]
    assert parse_qs(urlsplit(server.requests[1][1]).query)["graph"][0].startswith("https://conflict-kg.example/graph/")
    assert int(server.requests[1][2]["Content-Length"]) > 0


def test_load_tells_where_there_is_no_graph(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """And where an option does not go with another."""
    assert cli.main(["load", "http://127.0.0.1:1/", "--graph", str(tmp_path / "none")]) == 2
    assert "no graph here" in capsys.readouterr().err
    assert cli.main(["load", "http://127.0.0.1:1/", "--prune"]) == 2
    assert "--prune needs --query-url" in capsys.readouterr().err
