"""datelines.py: the full dates that pages and agencies print above a report."""

from datetime import date

import pytest

from conflict_kg.documents.datelines import dateline, parse_day


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("ALPHA, Feb 17, 2024 - The army left.", "The army left."),
        ("Alpha, Nov 25: The army left.", "The army left."),
        ("ALPHA (Reuters) - The army left.", "The army left."),
        ("ALPHA - The army left.", "The army left."),
        ("Monday 23 October 2017 The army left.", "The army left."),
        ("17 May 2015 was the day on which the army left.", "17 May 2015 was the day on which the army left."),
        ("ISIL - the group - left.", "ISIL - the group - left."),
        ("On Oct. 23, 2017, the army left.", "On Oct. 23, 2017, the army left."),
    ],
)
def test_dateline(text: str, rest: str) -> None:
    """A dateline is cut off the sentence behind it; a sentence that begins with a date is left whole."""
    assert text[dateline(text) :].strip() == rest


@pytest.mark.parametrize(
    ("text", "near", "day"),
    [
        ("17 May 2015", None, date(2015, 5, 17)),
        ("May 17th, 2015", None, date(2015, 5, 17)),
        ("Sept. 1 2014", None, date(2014, 9, 1)),
        ("1st August 2014", None, date(2014, 8, 1)),
        ("2015-05-17", None, date(2015, 5, 17)),
        ("12/28/15", None, date(2015, 12, 28)),
        ("28/12/2015", None, date(2015, 12, 28)),
        ("03/04/2015", None, date(2015, 3, 4)),
        ("03.04.2015", None, date(2015, 4, 3)),
        ("03-04-2015", date(2015, 3, 9), date(2015, 3, 4)),
        ("03/04/2015", date(2015, 4, 9), date(2015, 4, 3)),
        ("31/31/2015", None, None),
        ("30 February 2015", None, None),
        ("May 2015", None, None),
    ],
)
def test_parse_day(text: str, near: date | None, day: date | None) -> None:
    """A full date is read in the forms that pages print; what is no day is None."""
    assert parse_day(text, near) == day
