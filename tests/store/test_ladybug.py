"""Ladybug, a database with Cypher, filled from an exported property graph: the rows of SPARQL, and nothing lost."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import ladybug
import pyoxigraph as ox
import pytest

from conflict_kg import store
from conflict_kg.exports import save, write
from conflict_kg.questions import load
from conflict_kg.questions.answers import value
from conflict_kg.questions.binding import bind
from conflict_kg.resources import folder
from conflict_kg.vocabulary import TYPE, term

BASE = "https://conflict-kg.example"
RAMADI = f"{BASE}/place/geonames-98717"
QUESTIONS = load([folder("queries")])
CYPHER = {path.stem: path.read_text("utf-8") for path in sorted((folder("queries") / "cypher").iterdir())}


@pytest.fixture(name="kept", scope="module")
def _kept(seed_graph: Path) -> ox.Store:
    return store.open_store(seed_graph)


@pytest.fixture(name="database", scope="module")
def _database(kept: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ladybug.Connection]:
    """The graph of the seed reports, brought in by the script that is exported with it."""
    files = tmp_path_factory.mktemp("ladybug") / "war"
    save(write(kept, "property-graph"), files)
    connection = ladybug.Connection(ladybug.Database(":memory:"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(files)
        for line in Path("ladybug.cypher").read_text("utf-8").splitlines():
            connection.execute(line)
    yield connection
    connection.close()


def rows(database: ladybug.Connection, query: str, **parameters: Any) -> tuple[list[str], list[list[Any]]]:
    """The columns and rows that Ladybug answers, with days as text."""
    found = database.execute(query, parameters)
    assert isinstance(found, ladybug.QueryResult)
    plain = [[cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in found]
    return found.get_column_names(), plain


def _nodes(kept: ox.Store, name: str) -> list[str]:
    found = (quad.subject for quad in kept.quads_for_pattern(None, TYPE, term(name)))
    return sorted(node.value for node in found if isinstance(node, ox.NamedNode))


def _cases(kept: ox.Store, name: str) -> Sequence[Mapping[str, str | None]]:
    places = _nodes(kept, "Place")
    if name == "who-controlled":
        days = ("2015-05-10", "2015-05-17", "2015-05-26", "2015-12-28")
        known = ("9999-12-31", "2015-06-01")
        return [{"place": RAMADI, "date": day, "known-by": by} for day in days for by in known] + [
            {"place": place, "date": "2015-05-18", "known-by": "9999-12-31"} for place in places[::5]
        ]
    if name == "control-timeline":
        return [{"place": place, "known-by": "9999-12-31"} for place in (RAMADI, *places[::5])]
    if name == "casualty-range":
        return [{"place": place, "harm": harm} for place in (RAMADI, None) for harm in ("killed", None)]
    if name == "said-by":
        return [{"speaker": actor} for actor in _nodes(kept, "Actor")[::3]]
    return [{"claim": claim} for claim in (*_nodes(kept, "Claim")[::5], *_nodes(kept, "Statement")[::5])]


def test_cypher_has_five_questions() -> None:
    """Each is named for the stored question that it follows."""
    assert sorted(CYPHER) == ["casualty-range", "control-timeline", "evidence", "said-by", "who-controlled"]
    assert set(CYPHER) <= set(QUESTIONS)


@pytest.mark.parametrize("name", sorted(CYPHER))
def test_cypher_gives_the_rows_of_sparql(database: ladybug.Connection, kept: ox.Store, name: str) -> None:
    """The same columns and rows in the same order."""
    question, total = QUESTIONS[name], 0
    for given in _cases(kept, name):
        results = kept.query(bind(question, given), use_default_graph_as_union=True)
        assert isinstance(results, ox.QuerySolutions)
        ours = [[value(solution[column]) for column in question.variables] for solution in results]
        parameters = {key.replace("-", "_"): argument for key, argument in given.items()}
        assert rows(database, CYPHER[name], **parameters) == (list(question.variables), ours), given
        total += len(ours)
    assert total > 20


def test_ladybug_has_every_node_and_relationship(database: ladybug.Connection, kept: ox.Store) -> None:
    """As many as there are lines in the files, and texts as they were."""
    files = write(kept, "property-graph")
    assert isinstance(files, Mapping)
    counts = {
        top: sum(_lines(content) for name, content in files.items() if name.startswith(top))
        for top in ("nodes/", "relationships/")
    }
    assert rows(database, "MATCH (node) RETURN count(*)")[1] == [[counts["nodes/"]]]
    assert rows(database, "MATCH ()-[joined]->() RETURN count(*)")[1] == [[counts["relationships/"]]]
    quotes = {quad.object.value for quad in kept if quad.predicate.value.endswith("#anchorOf")}
    assert {row[0] for row in rows(database, "MATCH (p:Passage) RETURN p.anchorOf")[1]} == quotes


def _lines(content: bytes) -> int:
    import csv
    import io

    return sum(1 for _ in csv.reader(io.StringIO(content.decode(), newline=""))) - 1
