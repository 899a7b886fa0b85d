"""Quotation marks: the stretches of a text that stand between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "„": "“"}
OPENING = re.compile(r"[“«„\"]|(?<![\w’'])[‘'](?=[\w\[…“])")
CLOSING_SINGLE = re.compile(r"(?<=[\w.,!?…\]—-])[’'](?!\w)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch between quotation marks; offsets are code points, without the marks."""

    start: int
    end: int
    closed: bool
    """False where the paragraph ends before the quotation does."""


def find_quotations(text: str, sections: Iterable[tuple[int, int]]) -> tuple[Quotation, ...]:
    """Quotations paragraph by paragraph, in order.

    Args:
        text: a report's view.
        sections: the paragraphs, (start, end) in code points.

    """
    return tuple(quotation for start, end in sections for quotation in _in_paragraph(text, start, end))


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Quotation]:
    position = start
    while position < end:
        opening = _opening(text, position, end)
        if opening is None:
            return
        closing = _closing(text, opening, end)
        stop = end if closing is None else closing
        yield Quotation(opening + 1, stop, closing is not None)
        position = stop + 1


def _opening(text: str, position: int, end: int) -> int | None:
    found = OPENING.search(text, position, end)
    return found.start() if found else None


def _closing(text: str, opening: int, end: int) -> int | None:
    mark = text[opening]
    if mark in "‘'":
        found = CLOSING_SINGLE.search(text, opening + 1, end)
        while found and _is_possessive(text, found.start(), end):
            found = CLOSING_SINGLE.search(text, found.end(), end)
        return found.start() if found else None
    wanted = PAIRS.get(mark, '"')
    at = text.find(wanted, opening + 1, end)
    return at if at >= 0 else None


def _is_possessive(text: str, at: int, end: int) -> bool:
    """Whether a single mark after a plural's "s" rather is its possessor's ("militants' base") than a closing one."""
    return (
        text[at - 1] == "s"
        and CLOSING_SINGLE.search(text, at + 1, end) is not None
        and text[at + 1 : at + 3].strip().islower()
    )
