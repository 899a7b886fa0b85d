"""Stores of others that run: what is loaded into them is all there, and every stored question gives the same rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest
from servers import Virtuoso, oxigraph, virtuoso

from conflict_kg import cli, store
from conflict_kg.questions import load
from conflict_kg.questions.answers import answer
from conflict_kg.questions.binding import Question
from conflict_kg.resources import folder
from conflict_kg.store.loading import GraphStore, fingerprint
from conflict_kg.store.remote import PASSWORD, TOKEN, USER, RemoteStore
from conflict_kg.vocabulary import TYPE, term

QUESTIONS = load([folder("queries")])
REFERENCE = "https://conflict-kg.example/graph/reference"


@dataclass(frozen=True)
class Running:
    """A store that runs."""

    load: str
    """Its Graph Store Protocol."""
    query: str


@pytest.fixture(name="kept", scope="module")
def _kept(seed_graph: Path) -> ox.Store:
    return store.open_store(seed_graph)


@pytest.fixture(name="bulk", scope="module")
def _bulk(seed_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    """Virtuoso, filled by its own bulk loader."""
    file = (seed_graph / "current" / store.GRAPH_FILE).resolve()
    with virtuoso(tmp_path_factory.mktemp("virtuoso"), file.parent) as server:
        told = server.sql(f"ld_dir('{file.parent}', '{file.name}', ''); rdf_loader_run(); checkpoint;")
        assert "Error" not in told, told
        yield server


@pytest.fixture(name="running", scope="module", params=["oxigraph", "virtuoso"])
def _running(
    request: pytest.FixtureRequest, seed_graph: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """Each store with the graph of the seed reports in it."""
    if request.param == "virtuoso":
        server = request.getfixturevalue("bulk")
        yield Running(f"{server.address}/sparql-graph-crud-auth", f"{server.address}/sparql")
        return
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        assert cli.main(["load", f"{address}/store", "--graph", str(seed_graph)]) == 0
        yield Running(f"{address}/store", f"{address}/query")


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtuoso's; Oxigraph asks for none."""
    monkeypatch.delenv(TOKEN, raising=False)
    monkeypatch.setenv(USER, "dba")
    monkeypatch.setenv(PASSWORD, "dba")


# ---------------------------------------------------------------- everything is there


def test_stores_have_every_graph(running: Running, kept: ox.Store) -> None:
    """Triple by triple, but for the points of places, which Virtuoso rounds to single precision."""
    remote = GraphStore(running.load)
    graphs = [name for name in kept.named_graphs() if isinstance(name, ox.NamedNode)]
    assert len(graphs) == 9
    for graph in graphs:
        ours, theirs = fingerprint(kept.quads_for_pattern(None, None, None, graph)), remote.fingerprint(graph)
        assert theirs.triples == ours.triples, graph
        assert theirs == ours or graph.value == REFERENCE, graph


def test_stores_are_filled_and_pruned(
    running: Running, seed_graph: Path, kept: ox.Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Over the Graph Store Protocol; graphs of an earlier build are told, and removed where that is asked for."""
    node = ox.NamedNode("https://elsewhere.example/a")
    remote = GraphStore(running.load)
    left, mine = (ox.NamedNode(f"https://{where}/graph/gone") for where in ("conflict-kg.example", "mine.example"))
    changed = next(name for name in kept.named_graphs() if str(name).endswith("/graph/account>"))
    assert isinstance(changed, ox.NamedNode)
    for graph in (left, mine, changed):
        remote.put(graph, [ox.Triple(node, node, ox.Literal("x"))])
    words = ["load", running.load, "--query-url", running.query, "--graph", str(seed_graph)]

    assert cli.main(words) == 0
    told = capsys.readouterr()
    assert told.out.startswith(("graphs: 1 sent, 8 there already\n", "graphs: 2 sent, 7 there already\n"))
    assert told.err == "conflict-kg: 1 graphs there are not in this build; --prune removes them\n"
    assert remote.fingerprint(changed) == fingerprint(kept.quads_for_pattern(None, None, None, changed))
    assert cli.main([*words, "--prune"]) == 0
    assert capsys.readouterr().out.endswith("graphs: 1 removed\n")
    assert [remote.fingerprint(graph).triples for graph in (left, mine)] == [0, 1]
    remote.remove(mine)
    assert remote.fingerprint(mine).triples == 0


# ---------------------------------------------------------------- every question


def arguments(question: Question, kept: ox.Store) -> list[Mapping[str, str]]:
    """The examples of a question's header: of what must be given, and of everything."""
    claim = min(_of_class(kept, "ControlClaim"))
    given = {p.name: claim if p.name == "claim" else str(p.example) for p in question.parameters}
    required = {p.name: given[p.name] for p in question.parameters if p.required}
    return [required] if required == given else [required, given]


def _of_class(kept: ox.Store, name: str) -> list[str]:
    nodes = [quad.subject for quad in kept.quads_for_pattern(None, TYPE, term(name))]
    return [node.value for node in nodes if isinstance(node, ox.NamedNode)]


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_stores_answer_every_question_alike(running: Running, kept: ox.Store, name: str) -> None:
    """The same rows in the same order as the store in the folder."""
    remote = RemoteStore(running.query)
    for given in arguments(QUESTIONS[name], kept):
        ours = answer(kept, QUESTIONS[name], given, warn=lambda _: None)
        assert answer(remote, QUESTIONS[name], given, warn=lambda _: None) == ours, given


@pytest.mark.parametrize("given", [{}, {"is": "actor"}, {"containing": "a", "is": "place"}, {"containing": "e"}])
def test_stores_tell_names_alike(running: Running, kept: ox.Store, given: Mapping[str, str]) -> None:
    """With letters to look for and without, and of one kind or of both: as many as are told at most."""
    ours = answer(kept, QUESTIONS["names"], given, warn=pytest.fail)
    assert len(ours.rows) == 30
    remote = RemoteStore(running.query, time_limit=60)
    assert answer(remote, QUESTIONS["names"], given, warn=pytest.fail) == ours


@pytest.mark.parametrize("name", ["displacement", "incidents-at", "changes-between"])
def test_stores_tell_what_was_until_a_day_alike(running: Running, kept: ox.Store, name: str) -> None:
    """With the last day alone, where that may be: the first stays what it is without being told."""
    question = QUESTIONS[name]
    given = {p.name: str(p.example) for p in question.parameters if p.required} | {"to": "2015-12-28"}
    ours = answer(kept, question, given, warn=pytest.fail)
    assert ours.rows
    assert answer(RemoteStore(running.query), question, given, warn=pytest.fail) == ours


@pytest.mark.parametrize("day", ["2015-05-10", "2015-05-17", "2015-05-26", "2015-12-28", "2016-02-01"])
def test_stores_tell_who_controlled_alike_on_any_day(running: Running, kept: ox.Store, day: str) -> None:
    """Before, on and after the days on which Ramadi changed hands."""
    question, given = QUESTIONS["who-controlled"], {"place": "Ramadi", "date": day}
    ours = answer(kept, question, given, warn=pytest.fail)
    assert ours.rows
    assert answer(RemoteStore(running.query), question, given, warn=pytest.fail) == ours
