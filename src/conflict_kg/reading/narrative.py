"""The times of a text in their order, each with the time spoken of before it: what a narrative counts from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from conflict_kg.model import Period
from conflict_kg.reading.anchors import WORDS, Anchor, Kind, Relation, TimeExpression
from conflict_kg.reading.times import Tense, find_times, stretches

_AHEAD = re.compile(rf"(?<!\w)(?:{'|'.join(WORDS['ahead']['words'])})(?!\w)[^.!?\n]*\Z", re.IGNORECASE)
WEEKS = 31  # days before publication within which a day or month without a year is rather news than history
_LENGTH = re.compile(rf"(?<!\w)(?:{'|'.join(WORDS['unit'])})s?\s+\Z", re.IGNORECASE)
_WORD = 20  # code points in which the word before a time stands
_REACH = 160  # code points before a time in which a word may say that it is to come


@dataclass(frozen=True, slots=True)
class Told:
    """A time as its place in the text makes it read; the fields are the arguments of ``times.resolve``."""

    expression: TimeExpression
    reference: date | None
    tense: Tense
    context: Period | None


def told(text: str, *references: tuple[int, date | None]) -> Iterator[Told]:
    """The times of a text in order, with the day from which each counts and the time spoken of when it comes.

    ``references`` say from which place on (code points, ascending) words count from which day, that of publication.
    Where they give one, all count from it; only a day, month or season without a year that follows one of another
    year in the same paragraph goes on from there: "In May 2011 they took the port. In June …". Where they give none,
    as in a history, each counts from what was told before. The tense is future where the words in front say so
    ("will", "due to").

    >>> from conflict_kg.reading.times import resolve
    >>> text = "On 7 November 1942 they landed. In January they took the port."
    >>> [str(resolve(t.expression, t.reference, context=t.context).begin_earliest) for t in told(text)]
    ['1942-11-07', '1943-01-01']
    """
    context: Period | None = None
    end, elsewhere = 0, False
    reference, coming = None, list(reversed(references))
    for found in find_times(text):
        while coming and coming[-1][0] <= found.start:
            reference = coming.pop()[1]
        elsewhere = elsewhere and "\n" not in text[end : found.start]
        here = None if elsewhere and _needs_year(found.first) and not _is_news(found, reference) else reference
        tense: Tense = "future" if _AHEAD.search(text, max(end, found.start - _REACH), found.start) else "past"
        yield Told(found, here, tense, context)
        end = found.end
        first, last = stretches(found, here, tense=tense, context=context)[0]
        if first is None or last is None or not _moves(found, text) or (reference is not None and _names(found, text)):
            continue
        context = Period(begin_earliest=first, begin_latest=last)
        if found.first.year or (found.last and found.last.year):
            opens = found.kind is not Kind.YEAR or text[found.start].isupper()
            elsewhere = reference is not None and opens and last.year < reference.year


def _is_news(found: TimeExpression, reference: date | None) -> bool:
    """Whether a time without a year that follows one of long ago is one of these weeks: "in early February"."""
    first = stretches(found, reference, tense="past", context=None)[0][0] if reference is not None else None
    return first is not None and reference is not None and (reference - first).days <= WEEKS


def _needs_year(anchor: Anchor) -> bool:
    """Whether a time has a name that comes again each year, and nothing else that says which."""
    named = anchor.kind in {Kind.DATE, Kind.MONTH, Kind.SEASON}
    return named and anchor.year is None and anchor.which is None and anchor.year_which is None


def _names(found: TimeExpression, text: str) -> bool:
    """Whether a day only tells one thing from others: "the treaty of 5 May 2009", but not "within days of 5 May"."""
    length = _LENGTH.search(text, max(0, found.start - _WORD), found.start)
    return found.kind is Kind.DATE and found.text.lower().startswith("of ") and length is None


def _moves(found: TimeExpression, text: str) -> bool:
    """Whether a time takes the narrative along.

    It does not where it looks back or ahead from what is told ("since May", "a year earlier"), nor as a bare year
    beside a noun ("the 2003 invasion", "(1911)"); a year that is all of a heading does.
    """
    if found.relation in {Relation.SINCE, Relation.UNTIL}:
        return False
    if found.kind is Kind.CONTEXT:
        return found.first.which == 1
    if found.kind is Kind.YEAR:
        return found.spans[0][0] > found.start or text[max(0, found.start - 1) : found.start] in {"", "\n"}
    return found.kind in {Kind.DATE, Kind.MONTH, Kind.SEASON}
