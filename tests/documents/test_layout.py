"""layout.py: paragraphs put together again from hard-wrapped lines, and the view that is parsed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.documents.layout import paragraphs, view


def lines(text: str) -> list[str]:
    """The paragraphs of a text, as they are parsed."""
    spans = paragraphs(text, apart=lambda line: line == "Share")
    seen = view(text, spans)
    assert [line.strip() for line in seen.split("\n") if line.strip()] == [seen[start:end] for start, end in spans]
    return [seen[start:end] for start, end in spans]


@given(st.lists(st.sampled_from(["The army left the town.", "Rebels came at night.", "It was quiet."]), min_size=2))
def test_layout_between_breaks(sentences: list[str]) -> None:
    """Paragraphs divided by blank lines stay divided."""
    assert lines("\n\n".join(sentences)) == sentences


def test_layout_hard_wrapped() -> None:
    """Lines broken at a fixed width are one paragraph, also where the next begins with a capital."""
    text = (
        "The garrison of the northern fort has asked the government in the\n"
        "capital for supplies, its commander said on Monday in a letter to\n"
        "General Adams. The road that leads to the fort has been cut since\n"
        "March. Nobody has an answer.\n"
        "\n"
        "A second letter followed."
    )

    assert lines(text) == [text.partition("\n\n")[0].replace("\n", " "), "A second letter followed."]


def test_layout_opening_word_on_its_own_line() -> None:
    """The opening word of a paragraph is part of it, where a copy has put it on a line of its own."""
    text = (
        "Rebels hold the bridge.\nColonel\nAdams said that the army would be back within a week.\nThe\nbridge is old."
    )

    assert lines(text) == [
        "Rebels hold the bridge.",
        "Colonel Adams said that the army would be back within a week.",
        "The bridge is old.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The fort fell to the\nNorthern Army on Monday.",  # no paragraph ends with an article
        "They met in the city of Alpha,\nBeta province, on Monday.",  # nor with a comma
        "It was seen by Lt. Gen.\nAdams on Monday.",  # a title is no end of a sentence
        "The U.S.\nArmy has left.",
        "Troops of the alliance\nconducted a raid.",
        "Troops of the alliance\r\nconducted a raid.",
    ],
)
def test_layout_break_inside_sentence(text: str) -> None:
    """A line break inside a sentence is a blank."""
    assert lines(text) == [text.replace("\r\n", "  ").replace("\n", " ")]


def test_layout_blank_line_inside_sentence() -> None:
    """A sentence goes on after a blank line where neither side can stand alone."""
    assert lines("The army of the\n\nalliance has left.") == ["The army of the  alliance has left."]


@pytest.mark.parametrize(
    "text",
    [
        "The army left the town.\nRebels came at night.\nal-Adin fell too.",
        "Rebels Hold Town\nThe army left it on Monday.",
        "* the army left\n* rebels came\n- It is quiet\n1. the bridge",
        "The army left the\nShare\ntown on Monday.",
        "It is quiet in\nhttps://example.org/map\nthe town.",
        "Smoke rises over the town\nQuiet: A street in the old town",
    ],
)
def test_layout_true_breaks(text: str) -> None:
    """Paragraphs, headings, items of a list, captions and what stands alone begin on a line of their own."""
    assert lines(text) == text.split("\n")


def test_layout_view_breaks_between_spans_on_one_line() -> None:
    """Where two spans are divided by blanks alone the first becomes a break; offsets do not move."""
    assert view("Share \t The army\u00a0left.\r\n", [(0, 5), (8, 22)]) == "Share\n  The army left. \n"
    assert view("ShareThe army", [(0, 5), (5, 13)]) == "ShareThe army"
