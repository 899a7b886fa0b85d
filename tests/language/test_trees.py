import itertools

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from conflict_kg.language.trees import Heads, Scores, best_tree


def _square(words: int, low: int = -9, high: int = 9) -> st.SearchStrategy[Scores]:
    return arrays(np.float32, (words, words + 1), elements=st.integers(low, high).map(float))


def _is_tree(heads: Heads) -> bool:
    """Whether every word leads to the one root."""
    for word in range(len(heads)):
        at, steps = word, 0
        while heads[at] != 0:
            at, steps = int(heads[at]) - 1, steps + 1
            if steps > len(heads):
                return False
    return int((heads == 0).sum()) == 1


def _total(scores: Scores, heads: Heads) -> float:
    return float(sum(scores[word, head] for word, head in enumerate(heads)))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4).flatmap(_square))
def test_trees_best_of_all_trees(scores: Scores) -> None:
    """The tree has one root and no cycle, and no other such tree scores higher."""
    heads = best_tree(scores)
    choices = (np.array(tree) for tree in itertools.product(range(len(scores) + 1), repeat=len(scores)))
    trees = [tree for tree in choices if not any(head == word + 1 for word, head in enumerate(tree)) and _is_tree(tree)]
    assert _is_tree(heads)
    assert _total(scores, heads) == max(_total(scores, tree) for tree in trees)


@settings(max_examples=15, deadline=None)
@given(st.integers(5, 8).flatmap(_square))
def test_trees_agree_with_networkx(scores: Scores) -> None:
    """Larger trees score what networkx finds, tried with each word as the only root."""
    words = range(1, len(scores) + 1)
    best = -np.inf
    for root in words:
        graph: nx.DiGraph[int] = nx.DiGraph()
        graph.add_edge(0, root, weight=float(scores[root - 1, 0]))
        for head, word in itertools.permutations(words, 2):
            graph.add_edge(head, word, weight=float(scores[word - 1, head]))
        best = max(best, nx.maximum_spanning_arborescence(graph).size(weight="weight"))
    heads = best_tree(scores)
    assert _is_tree(heads)
    assert _total(scores, heads) == best


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40).flatmap(lambda words: _square(words, -1, 1)))
def test_trees_long_sentences_full_of_ties(scores: Scores) -> None:
    """Long sentences whose scores are mostly equal still give a tree, twice the same one."""
    heads = best_tree(scores)
    assert _is_tree(heads)
    assert (heads == best_tree(scores.copy())).all()


def test_trees_single_word() -> None:
    """A single word is the root, whatever it scores as its own head."""
    assert best_tree(np.array([[-5.0, 99.0]], dtype=np.float32)).tolist() == [0]
