"""The five seed reports, read from their text, answer what the design promises: cases in seed_reports.toml."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import engines
import pyoxigraph as ox
import pytest
import rdflib

from conflict_kg.questions import load
from conflict_kg.questions.answers import Answer, answer, prepare, value
from conflict_kg.resources import folder
from conflict_kg.store import open_store

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "seed_reports.toml").read_text(encoding="utf-8"))["case"]


def _parameter(case: Mapping[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.fixture(scope="session")
def store(seed_graph: Path) -> ox.Store:
    """The graph of the seed reports."""
    return open_store(seed_graph)


def test_seed_reports_cases_are_all_collected() -> None:
    """Every case has its own name, and none is lost."""
    assert len(CASES) == len({case["id"] for case in CASES}) == 53


@pytest.mark.parametrize("case", [_parameter(case) for case in CASES])
def test_seed_reports_give(store: ox.Store, case: Mapping[str, Any]) -> None:
    """A stored question about the seed reports has the answer that the case states."""
    result = _ask(store, case["ask"], case["with"])
    first = result.rows[0] if result.rows else {}
    if "first" in case:
        assert _holds(first, case["first"]), first
    if "some" in case:
        assert any(_holds(row, case["some"]) for row in result.rows), result.rows
    if "none" in case:
        assert not any(_holds(row, case["none"]) for row in result.rows)
    if case.get("opposed"):
        assert first["opposing"]
    if "quote" in case:
        assert any(case["quote"] in quote for quote in _quotes(first)), _quotes(first)


@pytest.mark.parametrize("name", sorted({case["ask"] for case in CASES}))
def test_seed_reports_answer_alike_in_another_engine(store: ox.Store, union: rdflib.Graph, name: str) -> None:
    """For one case of each question rdflib gives the rows of Oxigraph."""
    case = next(case for case in CASES if case["ask"] == name and "none" not in case)
    question = load([folder("queries")])[name]
    text, _ = prepare(store, question, case["with"], warn=lambda _line: None)
    found = store.query(text, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    ours = [[value(row[name]) for name in question.variables] for row in found]
    assert ours
    assert ours == engines.rows(union, text)


@pytest.fixture(scope="session")
def union(store: ox.Store) -> rdflib.Graph:
    """The graph of the seed reports as rdflib has it."""
    return engines.union(store)


def test_seed_reports_give_what_the_readme_shows(store: ox.Store) -> None:
    """Every claim and period whose IRI the README begins to spell is in the graph."""
    shown = re.findall(
        r"\b((?:claim|period)/[0-9a-f]{10})\b", (HERE.parents[1] / "README.md").read_text(encoding="utf-8")
    )
    subjects = {str(quad.subject) for quad in store.quads_for_pattern(None, None, None, None)}
    assert shown
    assert [one for one in shown if not any(f"/{one}" in subject for subject in subjects)] == []


def _ask(store: ox.Store, name: str, arguments: Mapping[str, str]) -> Answer:
    question = load([folder("queries")])[name]
    return answer(store, question, arguments, warn=lambda _line: None)


def _holds(row: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Whether the row has what is expected; an empty string in a case stands for what is not known."""
    return all((row.get(key) or "") == value for key, value in expected.items())


def _quotes(row: Mapping[str, Any]) -> list[str]:
    return [" ".join(one["quote"].split()) for one in row.get("supporting", ())]
