"""Every stored question that is shipped: it runs as a file, and alike in two engines."""

from functools import cache

import engines
import pyoxigraph as ox
import pytest
import rdflib
from stored_questions import ARGUMENTS, questions, store

from conflict_kg.questions.answers import prepare, value

SILENT = {"besieged", "claims-against-interest", "qualifier-drift"}
"""What the samples have no answer to; the seed reports have."""


def test_questions_shipped_are_these() -> None:
    """The library, so that none goes missing."""
    names = (
        "besieged casualties casualty-range changes-between claims-against-interest claims-behind contested-on "
        "control-map control-sources control-timeline coverage disagreements displacement evidence held-by "
        "incidents-at independent-sources names predictions-and-outcomes qualifier-drift said-by statements-about "
        "who-controlled"
    )
    assert list(questions()) == names.split()


@pytest.mark.parametrize("name", sorted(questions()))
def test_questions_run_as_files_in_any_tool(name: str) -> None:
    """The file as it stands is valid SPARQL with a row of defaults, and its required parameters have examples."""
    question = questions()[name]
    store().query(question.text, use_default_graph_as_union=True)
    assert all(parameter.example for parameter in question.parameters)
    assert question.summary


@pytest.mark.parametrize("name", sorted(questions()))
def test_questions_give_the_same_rows_in_two_engines(name: str) -> None:
    """Oxigraph and rdflib agree on rows and order."""
    question = questions()[name]
    arguments = {p.name: ARGUMENTS[p.name] for p in question.parameters if p.name in ARGUMENTS}
    text, _ = prepare(store(), question, arguments, warn=pytest.fail)
    results = store().query(text, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    ours = [[value(solution[name]) for name in question.variables] for solution in results]
    theirs = engines.rows(union(), text)
    assert bool(ours) is (name not in SILENT)
    assert ours == theirs


@cache
def union() -> rdflib.Graph:
    """The samples as rdflib has them."""
    return engines.union(store())
