"""What the text of a query, a user's own or a stored one, may not say."""

from pathlib import Path

import pytest

from conflict_kg.errors import InputError
from conflict_kg.questions import load
from conflict_kg.store.querytext import builds_triples

HEADER = "#+ summary: A probe\n"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * FROM <urn:x> { ?s ?p ?o }", "FROM is not allowed"),
        ("SELECT * " + "{" * 5000 + "}" * 5000, "brackets are nested more than 200 deep"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "updates are not allowed"),
    ],
)
def test_querytext_of_a_stored_question_is_checked_when_it_is_loaded(tmp_path: Path, query: str, message: str) -> None:
    """A file that a user added is refused by name, whatever question is asked."""
    path = tmp_path / "probe.rq"
    path.write_text(HEADER + query)
    with pytest.raises(InputError) as caught:
        load([tmp_path])
    assert str(caught.value).startswith(f"{path}: {message}")
    path.write_text("#+ summary: Words\nSELECT * { ?s ?p 'SERVICE FROM { {' }")
    assert list(load([tmp_path])) == ["probe"]


@pytest.mark.parametrize(
    ("query", "triples"),
    [
        ("SELECT * { ?s ?p 'construct' }", False),
        ("PREFIX construct: <urn:describe> ASK { ?s construct:construct ?o }", False),
        ("# select\nBASE <urn:select> construct where { ?s ?p ?o }", True),
        ("DESCRIBE <urn:ask>", True),
        ("SELECT * { { SELECT * { ?describe ?p ?o } } }", False),
        ("", False),
    ],
)
def test_querytext_knows_what_builds_triples(query: str, triples: bool) -> None:
    """Whatever stands in names, comments and texts."""
    assert builds_triples(query) is triples
