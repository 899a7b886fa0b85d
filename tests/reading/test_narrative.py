"""What times count from as a text goes on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.reading.narrative import told
from conflict_kg.reading.times import find_times
from conflict_kg.reading.timex import timex_value

MONDAY = date(2015, 5, 18)

HISTORIES = [
    ("On 3 May 1941 they landed. On 9 June they left.", ["1941-05-03", "1941-06-09"]),
    ("In November 1942 it fell. By January it was lost.", ["1942-11", "1943-01"]),
    ("In June 1942 it fell. It had been shelled in May.", ["1942-06", "1942-05"]),
    ("On 3 May 1941 they landed. The next day they left. Two days later they were back.", ["1941-05-03"]),
    ("1936\n\nOn 20 July the general died.", ["1936", "1936-07-20"]),
    ("In 1941 they came. Since the 1905 rising, in June, much had changed.", ["1941", "1905", "1941-06"]),
]


@pytest.mark.parametrize(("text", "values"), HISTORIES, ids=[text for text, _ in HISTORIES])
def test_narrative_of_a_history_goes_on_from_what_is_told(text: str, values: list[str]) -> None:
    """Without a day of publication a day or month is that nearest to the one told before, rather ahead than back."""
    read = [timex_value(t.expression, t.reference, tense=t.tense, context=t.context) for t in told(text)]
    assert read[: len(values)] == values


NEWS = [
    ("In May 2011 they took the port. In June they lost it.", ["2011-05", "2011-06"]),
    ("In May 2011 they took the port.\n\nIn April they lost it.", ["2011-05", "2015-04"]),
    ("They took the port in May 2011. They lost it on Sunday.", ["2011-05", "2015-05-17"]),
    ("It will open on 20 May. It opened on 20 April.", ["2015-05-20", "2015-04-20"]),
    ("In April 2014 they took the port and lost it that July.", ["2014-04", "2014-07"]),
    ("In December 2012 they took the port and lost it that January.", ["2012-12", "2013-01"]),
    ("In April 2014 they took the port. They took the hills in early May.", ["2014-04", "2015-05"]),
]


@pytest.mark.parametrize(("text", "values"), NEWS, ids=[text for text, _ in NEWS])
def test_narrative_of_a_report_counts_from_its_day(text: str, values: list[str]) -> None:
    """But for a day or month that follows another year in its paragraph."""
    read = [timex_value(t.expression, t.reference, tense=t.tense, context=t.context) for t in told(text, (0, MONDAY))]
    assert read == values


def test_narrative_takes_each_part_from_its_own_day() -> None:
    """Parts of a report written on different days."""
    text = "They came on Sunday. They came on Sunday."
    assert [t.reference for t in told(text, (0, None), (20, MONDAY))] == [None, MONDAY]


@given(st.text(alphabet="ab .\n1905inJuneMay,2 will"), st.one_of(st.none(), st.dates()))
def test_narrative_of_any_text_has_each_time_once(text: str, reference: date | None) -> None:
    """Nothing fails, nothing is lost."""
    assert tuple(t.expression for t in told(text, (0, reference))) == find_times(text)
