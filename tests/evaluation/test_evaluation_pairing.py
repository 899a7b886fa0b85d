"""Pairs of greatest weight, against networkx as the reference."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.evaluation.pairing import best_pairs

WEIGHTS = st.sampled_from([0.0, 0.5, 1.0, 1.5, 10.0, 17.5])
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(WEIGHTS, min_size=columns, max_size=columns), min_size=1, max_size=5)
)


@given(TABLES)
def test_best_pairs_weigh_most(weights: list[list[float]]) -> None:
    """One to one, of positive weight, and no pairing weighs more."""
    pairs = best_pairs(weights)
    assert len(set(pairs.values())) == len(pairs)
    assert all(weights[row][column] > 0 for row, column in pairs.items())
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    for row, line in enumerate(weights):
        for column, weight in enumerate(line):
            graph.add_edge(("row", row), ("column", column), weight=weight)
    best = sum(graph.edges[edge]["weight"] for edge in nx.max_weight_matching(graph))
    assert sum(weights[row][column] for row, column in pairs.items()) == best


def test_best_pairs_of_nothing() -> None:
    """An empty table has none."""
    assert best_pairs([]) == {}
    assert best_pairs([[], []]) == {}
