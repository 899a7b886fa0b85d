"""Time expressions: what is found, and from when to when it means. The reference is Monday, 18 May 2015."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.model import Period
from conflict_kg.reading.times import Kind, Relation, Tense, find_times, resolve

MONDAY = date(2015, 5, 18)

FOUND = [
    ("The town fell late on Sunday.", ["late on Sunday"]),
    ("Sunday's raid came early Monday.", ["Sunday", "early Monday"]),
    ("Since Friday night, shells fell.", ["Since Friday night"]),
    ("On Sunday, May 17, 2015, they left.", ["On Sunday, May 17, 2015"]),
    ("on the morning of 17 May", ["on the morning of 17 May"]),
    ("between 5 and 9 May and from March to June", ["between 5 and 9 May", "from March to June"]),
    ("on Monday and Tuesday", ["on Monday and Tuesday"]),
    ("by late Sunday, or in the coming weeks", ["by late Sunday", "in the coming weeks"]),
    ("about a week ago and 10 days ago", ["about a week ago", "10 days ago"]),
    ("earlier this year, at the end of last month", ["earlier this year", "at the end of last month"]),
    ("the summer of 2014, last summer", ["summer of 2014", "last summer"]),
    ("the 2003 invasion, (2011), the 1980s", ["2003", "2011", "1980s"]),
    ("On May 20 people died", ["On May"]),
    ("He may march on, and the fall of the city may follow.", []),
    ("In 2000 people and 1,500 homes, at 6.30 am", []),
    ("It fell in July of that year, by the end of the year.", ["in July of that year", "by the end of the year"]),
    ("The Arab Spring, in that spring; in the year", ["in that spring"]),
    ("the now-closed road is closed now", ["now"]),
    ("in the last week of August", ["in the last week of August"]),
    ("(March 19-April 30), two to three weeks ago", ["March 19-April 30", "two to three weeks ago"]),
    ("a mid-2007 report on AK-47 rifles", ["mid-2007"]),
    ("May God help us. A force of 2000 men came.", []),
    ("version 1.2.15.3 of 30 February 2015", ["February 2015"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_times_found_with_the_words_that_belong_to_them(text: str, expected: list[str]) -> None:
    """Each expression carries its preposition, and what only looks like a time is left alone."""
    assert [found.text for found in find_times(text)] == expected


BEGINS = [
    ("on Monday", "2015-05-18", "2015-05-18"),
    ("late on Sunday", "2015-05-17", "2015-05-17"),
    ("last Monday", "2015-05-11", "2015-05-11"),
    ("since Friday", "2015-05-15", "2015-05-15"),
    ("on Saturday and Sunday", "2015-05-16", "2015-05-17"),
    ("over the weekend", "2015-05-16", "2015-05-17"),
    ("12/28/14", "2014-12-28", "2014-12-28"),
    ("28/12/14", "2014-12-28", "2014-12-28"),
    ("3.4.2015", "2015-04-03", "2015-04-03"),
    ("in 1/2/69", "1969-01-02", "1969-01-02"),
    ("17 May", "2015-05-17", "2015-05-17"),
    ("19 May", "2014-05-19", "2014-05-19"),
    ("29 February", "2012-02-29", "2012-02-29"),
    ("in May", "2015-05-01", "2015-05-18"),
    ("in June", "2014-06-01", "2014-06-30"),
    ("last May", "2014-05-01", "2014-05-31"),
    ("in May last year", "2014-05-01", "2014-05-31"),
    ("late May 2014", "2014-05-21", "2014-05-31"),
    ("mid-April", "2015-04-11", "2015-04-20"),
    ("in the first week of May", "2015-05-01", "2015-05-08"),
    ("last summer", "2014-06-01", "2014-08-31"),
    ("the winter of 2013", "2013-12-01", "2014-02-28"),
    ("in 2014", "2014-01-01", "2014-12-31"),
    ("in 2015", "2015-01-01", "2015-05-18"),
    ("late last year", "2014-09-01", "2014-12-31"),
    ("earlier this year", "2015-01-01", "2015-05-18"),
    ("last week", "2015-05-11", "2015-05-17"),
    ("this week", "2015-05-18", "2015-05-18"),
    ("last month", "2015-04-01", "2015-04-30"),
    ("overnight", "2015-05-17", "2015-05-18"),
    ("10 days ago", "2015-05-08", "2015-05-08"),
    ("about 10 days ago", "2015-05-05", "2015-05-11"),
    ("about a week ago", "2015-05-08", "2015-05-14"),
    ("a few days ago", "2015-05-13", "2015-05-16"),
    ("more than a year ago", None, "2014-05-18"),
    ("in the past 24 hours", "2015-05-17", "2015-05-18"),
    ("over the past few days", "2015-05-13", "2015-05-18"),
    ("for the past three days", "2015-05-15", "2015-05-15"),
    ("in recent weeks", "2015-03-16", "2015-05-18"),
    ("in the coming weeks", "2015-05-18", "2015-07-20"),
    ("within the next month", "2015-05-18", "2015-06-18"),
    ("tomorrow", "2015-05-19", "2015-05-19"),
    ("by late Sunday", None, "2015-05-17"),
    ("before 17 May", None, "2015-05-16"),
    ("after Friday", "2015-05-15", None),
    ("between March and April", "2015-03-01", "2015-04-30"),
    ("in three days of fighting", None, None),
    ("until Friday", None, None),
    ("since then", None, None),
    ("now", None, "2015-05-18"),
    ("in the second quarter of 2014", "2014-04-01", "2014-06-30"),
    ("in the 20th century", "1900-01-01", "1999-12-31"),
    ("two to three weeks ago", "2015-04-24", "2015-05-07"),
]


def _resolved(
    text: str, reference: date | None = MONDAY, tense: Tense = "past", context: Period | None = None
) -> Period:
    (found,) = find_times(text)
    return resolve(found, reference, tense=tense, context=context)


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


@pytest.mark.parametrize(("text", "earliest", "latest"), BEGINS, ids=[text for text, _, _ in BEGINS])
def test_times_resolve_to_the_days_that_the_words_allow(text: str, earliest: str | None, latest: str | None) -> None:
    """Past tense, from a Monday: earliest and latest day of the begin."""
    when = _resolved(text)
    assert (when.begin_earliest, when.begin_latest) == (_day(earliest), _day(latest))
    assert when.text
    assert when.text in text


ENDS = [
    ("until Friday", "2015-05-15", "2015-05-15"),
    ("until 2014", "2014-01-01", "2014-12-31"),
    ("from 3 to 9 May", "2015-05-10", "2015-05-10"),
    ("from November to March 2015", "2015-03-02", "2015-04-01"),
    ("in May", None, None),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), ENDS, ids=[text for text, _, _ in ENDS])
def test_times_end_on_the_first_day_on_which_it_no_longer_holds(
    text: str, earliest: str | None, latest: str | None
) -> None:
    """To 9 May ends on the 10th; until Friday ends on Friday, when the next one holds."""
    when = _resolved(text)
    assert (when.end_earliest, when.end_latest) == (_day(earliest), _day(latest))


def test_times_from_one_month_to_another_takes_the_year_before() -> None:
    """November to March 2015 began in 2014."""
    when = _resolved("from November to March 2015")
    assert (when.begin_earliest, when.begin_latest) == (date(2014, 11, 1), date(2014, 11, 30))


@pytest.mark.parametrize("text", ["on Sunday", "yesterday", "last week", "in May", "17 May", "two days ago"])
def test_times_without_reference_stay_unresolved(text: str) -> None:
    """Without a publication date only the words are kept."""
    assert _resolved(text, None) == Period(text=text)


@pytest.mark.parametrize("text", ["in 2014", "17 May 2015", "since June 2014", "12/28/15"])
def test_times_with_a_year_need_no_reference(text: str) -> None:
    """A year in the words is enough."""
    assert _resolved(text, None).begin_latest is not None


def test_times_in_the_future_are_the_next_of_that_name() -> None:
    """What is planned for Friday or June is planned for the next one."""
    assert _resolved("on Friday", tense="future").begin_earliest == date(2015, 5, 22)
    assert _resolved("on Monday", tense="future").begin_earliest == MONDAY
    assert _resolved("in June", tense="future").begin_latest == date(2015, 6, 30)
    assert _resolved("in May", tense="future").begin_earliest == MONDAY
    assert _resolved("in two weeks", tense="future").begin_latest == date(2015, 6, 4)


def test_times_lasting_until_now_begin_that_long_ago() -> None:
    """What has lasted for three days began three days ago; what lasted for three days may lie anywhere."""
    assert _resolved("for three days", tense="present").begin_earliest == date(2015, 5, 15)
    assert _resolved("for three days") == Period(text="for three days")


def test_times_of_a_narrative_count_from_the_time_spoken_of() -> None:
    """The next day is the day after what was told, not after publication."""
    context = Period(begin_earliest=date(2014, 6, 10), begin_latest=date(2014, 6, 10))
    days = {
        "the next day": "2014-06-11",
        "a day earlier": "2014-06-09",
        "the same day": "2014-06-10",
        "five days later": "2014-06-15",
        "since then": "2014-06-10",
        "the following Friday": "2014-06-13",
    }
    assert {text: str(_resolved(text, context=context).begin_earliest) for text in days} == days
    assert _resolved("the following month", context=context).begin_latest == date(2014, 7, 31)


def test_times_of_the_weekend_on_a_weekend() -> None:
    """On a Sunday the weekend is this one so far, and last weekend is the one before."""
    sunday = date(2015, 5, 17)
    assert _resolved("over the weekend", sunday).begin_earliest == date(2015, 5, 16)
    assert _resolved("last weekend", sunday).begin_latest == date(2015, 5, 10)


def test_times_tell_kind_and_relation() -> None:
    """What is found says what it counts by and how the event lies to it."""
    found = find_times("since Friday, from May until June, by Sunday, for weeks, then")
    assert [(each.kind, each.relation) for each in found] == [
        (Kind.WEEKDAY, Relation.SINCE),
        (Kind.MONTH, Relation.FROM_TO),
        (Kind.WEEKDAY, Relation.BY),
        (Kind.DURATION, Relation.AT),
    ]


_WORDS = st.sampled_from(
    "on since from to until between and the last next late early mid Sunday May March 17 2015 31 two a few days weeks "
    "ago later the past week month year of in by - , 12/28/15 this then weekend summer 99 000 fall than more".split()
)


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)), st.dates(), st.sampled_from(["past", "present", "future"]))
def test_times_of_any_text_are_in_place_and_in_order(text: str, reference: date, tense: Tense) -> None:
    """Offsets fit the text, nothing overlaps, nothing fails, and no begin is later than itself."""
    end = 0
    for found in find_times(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        end = found.end
        when = resolve(found, reference, tense=tense, context=Period(begin_earliest=reference, begin_latest=reference))
        assert when.text == found.text
        if when.begin_earliest and when.begin_latest and found.relation not in {Relation.BETWEEN, Relation.FROM_TO}:
            assert when.begin_earliest <= when.begin_latest


@pytest.mark.parametrize(
    "piece",
    [
        "last ",
        "from ",
        "on the ",
        "May 5 ",
        "two and ",
        "two days ",
        " ",
        "1-",
        "the next",
        "a" * 9,
        "0",
        "May-1 ",
        "2007-08 ",
        "to 2 and ",
    ],
)
def test_times_read_long_repetitive_texts_to_the_end(piece: str) -> None:
    """What comes after a long run of one thing is found; a search that tried every start anew would never get there."""
    text = piece * (20_000 // len(piece)) + "; on 5 March 2015" + " " * 20_000 + "x"
    assert find_times(text)[-1].text.endswith("5 March 2015")


def test_find_times_ends_with_the_paragraph() -> None:
    """The last word of a headline is not of the date line below it."""
    found = find_times("Bridge to stay closed until Friday\n\nMay 14, 2015 - The bridge …")
    assert [each.text for each in found] == ["until Friday", "May 14, 2015"]
