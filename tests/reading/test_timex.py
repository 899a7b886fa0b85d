"""The standard form of times: TIMEX3 values. The reference is Monday, 18 May 2015."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.model import Period
from conflict_kg.reading.times import Tense, find_times
from conflict_kg.reading.timex import timex_value

MONDAY = date(2015, 5, 18)
MONTHS = "January February March April May June July August September October November December".split()

VALUES = [
    ("on 17 May 2015", "2015-05-17"),
    ("12/28/15", "2015-12-28"),
    ("on Sunday", "2015-05-17"),
    ("overnight", "2015-05-17"),
    ("today", "2015-05-18"),
    ("in May", "2015-05"),
    ("mid-July 2014", "2014-07"),
    ("late last year", "2014"),
    ("the second half of 2014", "2014-H2"),
    ("the first quarter of 2014", "2014-Q1"),
    ("last summer", "2014-SU"),
    ("in the winter of 2013", "2013-WI"),
    ("last week", "2015-W20"),
    ("over the weekend", "2015-W20-WE"),
    ("the 1980s", "198"),
    ("in the 90s", "199"),
    ("the nineteenth century", "18"),
    ("the 21st century", "20"),
    ("two weeks ago", "2015-W19"),
    ("six months ago", "2014-11"),
    ("10 days ago", "2015-05-08"),
    ("some years ago", "PAST_REF"),
    ("for three days", "P3D"),
    ("a five-year war", "P5Y"),
    ("in 60 to 90 days", "PXD"),
    ("for two and a half years", "P2.5Y"),
    ("a month and a half", "P1.5M"),
    ("one and a half days", "P1.5D"),
    ("a two-and-a-half-decade war", "P25Y"),
    ("for weeks", "PXW"),
    ("for 24 hours", "PT24H"),
    ("over the past decade", "P10Y"),
    ("now", "PRESENT_REF"),
    ("recently", "PAST_REF"),
    ("in the future", "FUTURE_REF"),
    ("from 3 to 9 May", "2015-05-03/2015-05-09"),
    ("from 2013 to 2014", "2013/2014"),
    ("in 2007-08", "2007/2008"),
    ("14 August-24 August 2014", "2014-08-14/2014-08-24"),
    ("on Christmas Eve 2014", "2014-12-24"),
]


@pytest.mark.parametrize(("text", "value"), VALUES, ids=[text for text, _ in VALUES])
def test_timex_values(text: str, value: str) -> None:
    """As fine as the words are, with X for what they leave open."""
    (found,) = find_times(text)
    assert timex_value(found, MONDAY) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("on Sunday", "XXXX-WXX-7"), ("in May", "XXXX-05"), ("17 May", "XXXX-05-17"), ("last week", "XXXX-WXX")],
)
def test_timex_without_reference_keeps_what_is_known(text: str, value: str) -> None:
    """No year is made up."""
    (found,) = find_times(text)
    assert timex_value(found, None) == value


def test_timex_in_a_narrative_counts_from_the_time_spoken_of() -> None:
    """From 10 June 2014, without a day of publication."""
    day = Period(begin_earliest=date(2014, 6, 10), begin_latest=date(2014, 6, 10))
    expected = {
        "the next day": "2014-06-11",
        "two weeks later": "2014-W26",
        "in July": "2014-07",
        "in December": "2014-12",
        "May of that year": "2014-05",
        "the following spring": "2015-SP",
        "at the end of the year": "2014",
        "at that time": "2014-06-10",
    }
    assert {t: timex_value(f, None, context=day) for t in expected for f in find_times(t)} == expected


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_timex_reads_back_every_date(day: date) -> None:
    """However a date is written, and whatever day it is read on."""
    month = MONTHS[day.month - 1]
    for written in (
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{_ordinal(day.day)} of {month}, {day.year}",
        f"{day:%A}, {month} {_ordinal(day.day)} {day.year}",
        day.isoformat(),
        f"{day.month}/{day.day}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ):
        (found,) = find_times(f"They came on {written}.")
        assert timex_value(found, MONDAY) == day.isoformat(), written


@given(st.dates(date(1000, 1, 1), date(2090, 12, 31)), st.integers(min_value=1, max_value=3000))
def test_timex_counts_days(day: date, number: int) -> None:
    """Days ago and days later are days of the calendar."""
    (ago,) = find_times(f"{number} days ago")
    assert timex_value(ago, day) == (day - timedelta(days=number)).isoformat()
    (later,) = find_times(f"{number} days later")
    context = Period(begin_earliest=day, begin_latest=day)
    assert timex_value(later, None, context=context) == (day + timedelta(days=number)).isoformat()


_WORDS = st.sampled_from(
    "on since from to until between and the last next late mid- Sunday May 17 2015 31 two a few days weeks ago later "
    "past decade century quarter first '82 week of that year by in - , now recently then 19th summer 90s".split()
)


@given(
    st.one_of(st.text(), st.lists(_WORDS).map(" ".join)),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["past", "present", "future"]),
    st.one_of(st.none(), st.dates()),
)
def test_timex_of_any_text_is_a_value(text: str, reference: date | None, tense: Tense, spoken: date | None) -> None:
    """Every time has a value, one for each of its spans; the spans are in place and in order."""
    context = Period(begin_earliest=spoken, begin_latest=spoken) if spoken else None
    for found in find_times(text):
        values = timex_value(found, reference, tense=tense, context=context).split("/")
        assert len(values) == len(found.spans)
        assert all(values)
        position = found.start
        for start, end in found.spans:
            assert position <= start < end <= found.end
            position = end
