import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from conflict_kg.language.encoder import Vectors
from conflict_kg.language.heads import Flags, Parse, _joined, allowed_transitions, best_path, join

NAMES = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
TRANSITIONS = allowed_transitions(NAMES)


def _is_allowed(path: tuple[int, ...], starts: Flags) -> bool:
    before = 0
    for at, now in enumerate(path):
        if starts[at]:
            before = 0
        if NAMES[now].startswith("I-") and NAMES[before][2:] != NAMES[now][2:]:
            return False
        before = now
    return True


@st.composite
def _windows(draw: st.DrawFn) -> tuple[Vectors, Flags]:
    words = draw(st.integers(1, 4))
    scores = draw(arrays(np.float32, (words, len(NAMES)), elements=st.integers(-9, 9).map(float)))
    starts = draw(arrays(np.bool_, words))
    starts[0] = True
    return scores, starts


@settings(deadline=None)
@given(_windows())
def test_heads_best_names(window: tuple[Vectors, Flags]) -> None:
    """Of all sequences in which a name goes on as it began, within its sentence, the best is found."""
    scores, starts = window
    every = itertools.product(range(len(NAMES)), repeat=len(scores))
    totals = {path: sum(scores[at, now] for at, now in enumerate(path)) for path in every if _is_allowed(path, starts)}
    found = tuple(best_path(scores, TRANSITIONS, starts).tolist())
    assert totals[found] == max(totals.values())


def test_heads_neighbours_show_themselves() -> None:
    """A word sees itself, what the word before shows on and what the word after shows back; the ends see nothing."""
    views = np.array([[1, 10, 100], [2, 20, 200], [4, 40, 400]], dtype=np.float32)
    assert _joined(views).tolist() == [[10 + 200], [20 + 1 + 400], [40 + 2]]


def _parse(heads: list[int]) -> Parse:
    numbers = np.array(heads)
    return Parse(numbers, numbers, numbers, numbers, numbers, numbers)


def test_heads_join_moves_heads_only() -> None:
    """Joined parses count heads through the text; classes stay."""
    joined = join([_parse([1, 1, 0]), _parse([0, 0]), _parse([0])])
    assert joined.heads.tolist() == [1, 1, 0, 3, 3, 5]
    assert joined.tags.tolist() == [1, 1, 0, 0, 0, 0]


def test_heads_first_words_of_a_parse() -> None:
    """A parse can be cut after a sentence."""
    assert _parse([1, 1, 2, 2]).first(2).heads.tolist() == [1, 1]
