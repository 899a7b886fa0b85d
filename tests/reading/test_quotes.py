"""Quotations: which stretches stand between quotation marks, of whatever shape."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.reading.quotes import Quotation, find_quotations


def _quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, [(0, len(text))])]


QUOTED = [
    ("“We left,” he said. “All of us.”", ["We left,", "All of us."]),
    ('"We left," he said. "All of us."', ["We left,", "All of us."]),
    ("‘We left,’ he said.", ["We left,"]),
    ("'We left,' he said.", ["We left,"]),
    ("«We left», he said.", ["We left"]),
    ("„We left“, he said.", ["We left"]),
    ("“He said ‘run’ and we ran,” she said.", ["He said ‘run’ and we ran,"]),
    ("‘He said “run” and we ran,’ she said.", ["He said “run” and we ran,"]),
    ("The town's mayor didn't leave; the rebels' flag flew.", []),
    ("‘The rebels’ flag flew over the town,’ he said.", ["The rebels’ flag flew over the town,"]),
    ("'We don't know,' he said.", ["We don't know,"]),
    ("It was the so-called ‘safe zone’.", ["safe zone"]),
    ("No marks at all.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTED)
def test_quotations_found_in_every_shape_of_mark(text: str, expected: list[str]) -> None:
    """Curly, straight, single and nested marks; apostrophes and possessors' marks are none."""
    assert _quoted(text) == expected


def test_quotation_that_its_paragraph_does_not_close() -> None:
    """It reaches to the end of its paragraph, says so, and leaves the next paragraph alone."""
    text = "“We left.\n“We came back.”"
    found = find_quotations(text, [(0, 9), (10, len(text))])
    assert found == (Quotation(1, 9, closed=False), Quotation(11, 24, closed=True))
    assert text[11:24] == "We came back."


@given(st.text(alphabet="ab s.,“”‘’'\"«»„\n", max_size=60), st.lists(st.integers(0, 60), max_size=6))
def test_quotations_lie_inside_their_paragraphs_in_order(text: str, cuts: list[int]) -> None:
    """Whatever marks a text has, quotations do not overlap and none reaches over the end of a paragraph."""
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    paragraphs = list(pairwise(edges))
    found = find_quotations(text, paragraphs)
    assert all(a.end <= b.start for a, b in pairwise(found))
    for q in found:
        assert any(start < q.start <= q.end <= end for start, end in paragraphs)
        assert q.closed or any(q.end == end for _, end in paragraphs)
