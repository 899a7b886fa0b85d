"""When things were: which of the time words in a report belong to a change."""

from dataclasses import replace
from datetime import date

import pytest
from reading.docs import control, parse, pipeline, reading, report_of

from conflict_kg.model import CasualtyClaim, ControlClaim, Section, SectionKind
from conflict_kg.reading import read
from conflict_kg.reading.scene import sections_of

TUESDAY = "2016-12-06"

# text, place, the first and the last day on which it can have begun
WHENS = [
    ("Militiamen captured Sirte on Monday.", "Sirte", "2016-12-05", "2016-12-05"),
    (
        "After Benghazi had fallen to militiamen in May, they captured Sirte on Monday.",
        "Sirte",
        "2016-12-05",
        "2016-12-05",
    ),
    (
        "After Benghazi had fallen to militiamen in May, they captured Sirte on Monday.",
        "Benghazi",
        "2016-05-01",
        "2016-05-31",
    ),
    ("Militiamen captured Sirte, an officer said on Monday.", "Sirte", None, "2016-12-05"),
    ("An officer said on Monday that militiamen had captured Sirte last week.", "Sirte", "2016-11-28", "2016-12-04"),
    ("Militiamen captured Sirte.", "Sirte", None, "2016-12-06"),
    ("On Monday militiamen captured Sirte in three hours of fighting.", "Sirte", "2016-12-05", "2016-12-05"),
    ("In May 2012 militiamen captured Benghazi. In June they captured Sirte.", "Sirte", "2012-06-01", "2012-06-30"),
    ("Militiamen have held Sirte since June 2015.", "Sirte", "2015-06-01", "2015-06-30"),
    # counted from what another clause tells
    ("The minister fled on Monday, a day after militiamen captured Sirte.", "Sirte", "2016-12-04", "2016-12-04"),
    ("Two days before militiamen captured Sirte, on Friday, the mayor left.", "Sirte", "2016-12-02", "2016-12-02"),
    ("The meeting comes a day after the fall of Sirte to militiamen.", "Sirte", "2016-12-04", "2016-12-05"),
    ("Nobody said a word two days after militiamen captured Sirte.", "Sirte", None, "2016-12-06"),
    (
        "The mayor fled on Friday. His flight came a day after militiamen captured Sirte.",
        "Sirte",
        "2016-12-01",
        "2016-12-01",
    ),
    # a day that only tells one thing from others
    ("Militiamen, who reject the treaty of 5 May 2009, captured Sirte in July.", "Sirte", "2016-07-01", "2016-07-31"),
    (
        "Rebels came within days of 15 April 2014, and militiamen captured Sirte that July.",
        "Sirte",
        "2014-07-01",
        "2014-07-31",
    ),
    # at an hour of the day told before
    ("They were silent on Sunday. By nightfall militiamen had captured Sirte.", "Sirte", "2016-12-04", "2016-12-04"),
    ("Militiamen captured Sirte before dawn on Sunday.", "Sirte", "2016-12-04", "2016-12-04"),
    ("Militiamen captured Sirte at dawn.", "Sirte", None, "2016-12-06"),
]


@pytest.mark.parametrize(("text", "place", "earliest", "latest"), WHENS, ids=[f"{w[1]}: {w[0]}" for w in WHENS])
def test_when_takes_the_words_of_the_own_clause(text: str, place: str, earliest: str | None, latest: str) -> None:
    """The own clause wins, another's day is not taken, and the day of saying is not the day of the event."""
    claim = next(c for c in control(text, TUESDAY) if c.place.name == place)
    assert claim.when.begin_earliest == (date.fromisoformat(earliest) if earliest else None)
    assert claim.when.begin_latest == date.fromisoformat(latest)


def test_when_later_counts_from_the_day_told_before() -> None:
    """“Later” is at some time from the day of the sentence before to the day of the report."""
    text = "Shelling of Sirte began on 20 November 2016. Militiamen later captured Sirte."
    when = control(text, TUESDAY)[0].when
    assert (when.begin_earliest, when.begin_latest, when.text) == (date(2016, 11, 20), date(2016, 12, 6), "later")


def test_when_later_without_a_day_before_stays_open() -> None:
    """Nothing is filled in where no day was told."""
    assert control("Militiamen later captured Sirte.", TUESDAY)[0].when.begin_earliest is None


def test_when_without_a_date_of_publication_a_weekday_stays_unresolved() -> None:
    """The words are kept, the days are unknown; a full date needs no reference."""
    weekday = control("Militiamen captured Sirte on Monday.")[0].when
    assert (weekday.begin_earliest, weekday.begin_latest, weekday.text) == (None, None, "on Monday")
    full = control("Militiamen captured Sirte on 5 December 2016.")[0].when
    assert (full.begin_earliest, full.begin_latest) == (date(2016, 12, 5), date(2016, 12, 5))


def test_when_in_an_undated_history_a_day_goes_on_from_the_time_told() -> None:
    """The year is that of the sentence before; the next day is the day after."""
    text = "On 5 November 2005 militiamen captured Benghazi. On 10 November they captured Sirte."
    assert {c.place.name: c.when.begin_latest for c in control(text)}["Sirte"] == date(2005, 11, 10)
    text = "On 5 November 2005 militiamen captured Benghazi. The next day they captured Sirte."
    assert {c.place.name: c.when.begin_latest for c in control(text)}["Sirte"] == date(2005, 11, 6)


def test_when_a_date_after_the_report_stays_as_written() -> None:
    """A day written out wins over the day of the report; bounds never cross."""
    text = "Militiamen captured Sirte on 9 December 2016, killing 12 soldiers."
    found = [c.when for c in reading(text, TUESDAY).claims if isinstance(c, ControlClaim | CasualtyClaim)]
    assert len(found) == 2
    assert {(when.begin_earliest, when.begin_latest) for when in found} == {(date(2016, 12, 9), date(2016, 12, 9))}


def test_when_a_state_told_for_a_day_has_begun_by_then() -> None:
    """Only “since” and its like date its begin."""
    text = "Militiamen held Sirte on Monday. An air strike hit the militia-held town of Derna on Monday."
    begins = {c.place.name: (c.when.begin_earliest, c.when.begin_latest) for c in control(text, TUESDAY)}
    assert begins == {"Sirte": (None, date(2016, 12, 5)), "Derna": (None, date(2016, 12, 5))}


def test_when_planned_counts_forward() -> None:
    """What is to come on Friday is the Friday after the report."""
    claim = control("Militiamen will capture Sirte on Friday.", TUESDAY)[0]
    assert (claim.when.begin_earliest, claim.when.begin_latest) == (date(2016, 12, 9), date(2016, 12, 9))


def test_resolved_months_in_a_part_without_a_date_are_those_of_the_report() -> None:
    """A part written some days before the report has no weekdays, but its months are known."""
    text = "Militiamen captured Sirte in May. Gunmen captured Derna on Monday."
    report = report_of(text, TUESDAY)
    undated = replace(report, sections=(Section(SectionKind.BODY, 0, len(text), None),))
    claims = [c for c in read(pipeline()(report.view), undated).claims if isinstance(c, ControlClaim)]
    begins = {c.place.name: (c.when.begin_earliest, c.when.begin_latest) for c in claims}
    assert begins == {"Sirte": (date(2016, 5, 1), date(2016, 5, 31)), "Derna": (None, date(2016, 12, 6))}


def test_passage_quotes_the_text_exactly() -> None:
    """Every claim's passage lies in the text as it came, hard line breaks and all."""
    text = "  Militiamen captured\nSirte on Monday.\n\nAn officer said:\n“We hold\nthe city.”  \n"
    report = report_of(text, TUESDAY)
    claims = reading(text, TUESDAY).claims
    assert claims
    for claim in claims:
        assert report.text[claim.passage.start : claim.passage.end] == claim.passage.quote


def test_sections_of_gives_each_token_its_section() -> None:
    """A token lies in the section around it; white space between sections in none."""
    report = report_of("Sirte falls\n\nMilitiamen captured Sirte on Monday.", TUESDAY)
    doc = parse(report.view)
    kinds = {t.text: s.kind for t, s in zip(doc, sections_of(doc, report), strict=True) if s is not None}
    assert (kinds["falls"], kinds["captured"]) == (SectionKind.HEADLINE, SectionKind.BODY)
