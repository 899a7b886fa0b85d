"""Head scores in, the best tree out."""

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Heads = npt.NDArray[np.intp]


def best_tree(scores: Scores) -> Heads:
    """The heads that sum to the highest score among all trees with exactly one root.

    ``scores[d, 0]`` is the score of word ``d`` (counted from 0) as the root, ``scores[d, h + 1]`` that of word
    ``h`` as its head; all must be finite, and the score of a word as its own head is ignored. Returns for each
    word 0 (it is the root) or its head's number plus one. Of equal trees always the same one is returned.

    The maximum spanning arborescence of Chu and Liu (1965) and Edmonds (1967). That there is one root only is
    got by charging each root more than any tree could win back.
    """
    words = len(scores)
    weights = np.full((words + 1, words + 1), -np.inf)
    weights[1:] = scores
    np.fill_diagonal(weights, -np.inf)
    # Every word's best head, and the root that costs least: nothing can score higher, so a tree is the best one.
    within = weights[:, 1:]
    heads: Heads = within.argmax(axis=1) + 1
    heads[1 + (weights[1:, 0] - within[1:].max(axis=1)).argmax()] = 0
    if not _find_cycle(heads).size:
        return heads[1:]
    # Cheaper trees with two roots lose: a tree's total lies within the span of all scores times its edges.
    weights[1:, 0] -= 1.0 + words * float(np.ptp(scores))
    heads = _best_heads(weights)
    return heads[1:]


def _best_heads(weights: npt.NDArray[np.float64]) -> Heads:
    """Greedy heads; a cycle among them is shrunk to one node, solved without it, and opened where it is entered."""
    heads: Heads = weights.argmax(axis=1)
    cycle = _find_cycle(heads)
    if not cycle.size:
        return heads
    outside = np.delete(np.arange(len(weights)), cycle)
    shrunk = len(outside)
    leaving = weights[np.ix_(outside, cycle)]
    entering = (weights[cycle] - weights[cycle, heads[cycle]][:, None])[:, outside]
    smaller = np.full((shrunk + 1, shrunk + 1), -np.inf)
    smaller[:shrunk, :shrunk] = weights[np.ix_(outside, outside)]
    smaller[:shrunk, shrunk] = leaving.max(axis=1)
    smaller[shrunk, :shrunk] = entering.max(axis=0)
    solved = _best_heads(smaller)
    inside = solved[:shrunk] == shrunk
    heads[outside] = np.where(inside, cycle[leaving.argmax(axis=1)], np.append(outside, 0)[solved[:shrunk]])
    opened = cycle[entering[:, solved[shrunk]].argmax()]
    heads[opened] = outside[solved[shrunk]]
    return heads


def _find_cycle(heads: Heads) -> Heads:
    """The nodes of one cycle in ascending order, empty if every node leads to node 0, whose own head is ignored."""
    links = heads.tolist()
    state = [0] * len(links)
    state[0] = -1
    for node in range(1, len(links)):
        at = node
        while state[at] == 0:
            state[at] = node
            at = links[at]
        if state[at] == node:
            cycle = [at]
            while links[cycle[-1]] != at:
                cycle.append(links[cycle[-1]])
            return np.array(sorted(cycle), dtype=np.intp)
    return np.empty(0, dtype=np.intp)
