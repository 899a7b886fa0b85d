"""Casualty figures become ranges: what goes together, what stays apart, what the numbers are."""

from dataclasses import replace

import pytest
from account_claims import GATE, PLACES, RED_SPEAKER, TOWN, WATCH, actor, harmed

from conflict_kg.account import derive
from conflict_kg.account.ranges import PEOPLE, VICTIM_WORDS, victim_class
from conflict_kg.model import CasualtyClaim, CasualtyRange, Figure, Harm

DAY = "2031-05-17"


def _ranges(*claims: CasualtyClaim) -> list[CasualtyRange]:
    return sorted(derive(claims, PLACES).ranges, key=lambda each: (str(each.earliest), str(each.place), each.victims))


@pytest.mark.parametrize(
    ("victims", "harm", "kind"),
    [
        ("civilians", Harm.KILLED, "civilians"),
        ("police officers", Harm.KILLED, "police"),
        ("members of the police forces", Harm.KILLED, "police"),
        ("Blue soldiers", Harm.KILLED, "soldiers"),
        ("tribal fighters", Harm.KILLED, "fighters"),
        ("children", Harm.KILLED, "children"),
        ("people", Harm.KILLED, PEOPLE),
        (None, Harm.KILLED, PEOPLE),
        ("civilians and soldiers", Harm.KILLED, PEOPLE),
        ("residents", Harm.DISPLACED, PEOPLE),
    ],
)
def test_account_victim_classes(victims: str | None, harm: Harm, kind: str) -> None:
    """Words name a class of victims; several classes together, and those who fled, are people."""
    assert victim_class(victims, harm) == kind


def test_account_victim_words_name_one_class() -> None:
    """No word stands for two kinds of victims."""
    words = [word for members in VICTIM_WORDS.values() for word in members]

    assert len(words) == len(set(words))


def test_account_range_over_several_origins() -> None:
    """Low and high are the outermost figures, best is what most origins say."""
    (found,) = _ranges(
        harmed("killed", "people", best=500, on=DAY, says=RED_SPEAKER, doc="a"),
        harmed("killed", "people", best=500, on=DAY, says=RED_SPEAKER, doc="b"),
        harmed("killed", "people", best=400, on=DAY, says=WATCH, doc="c"),
        harmed("killed", "people", best=400, on=DAY, doc="d"),
        harmed("killed", "people", high=700, on=DAY, says=actor("clinic"), doc="e"),
    )

    assert (found.low, found.best, found.high, found.origins) == (400, 400, 700, 4)


def test_account_range_of_tied_figures() -> None:
    """Between figures with as many origins the lower median is best."""
    (found,) = _ranges(*(harmed("killed", None, best=n, on=DAY, says=actor(f"s{n}")) for n in (10, 20, 40, 80)))

    assert found.best == 20


def test_account_range_of_at_least() -> None:
    """A figure of "at least" has no upper bound, unless another figure gives one that is not below it."""
    (alone,) = _ranges(harmed("killed", None, low=500, on=DAY))
    (bounded,) = _ranges(harmed("killed", None, low=500, on=DAY), harmed("killed", None, best=520, on=DAY))
    (exceeded,) = _ranges(harmed("killed", None, low=500, on=DAY), harmed("killed", None, best=400, on=DAY))

    assert (alone.low, alone.best, alone.high) == (500, 500, None)
    assert (bounded.low, bounded.best, bounded.high) == (500, 520, 520)
    assert (exceeded.low, exceeded.best, exceeded.high) == (400, 400, None)


def test_account_range_of_up_to() -> None:
    """A figure of "up to" is only a high."""
    (found,) = _ranges(harmed("killed", "troops", high=300, on=DAY))

    assert (found.low, found.best, found.high) == (None, None, 300)


def test_account_ranges_stay_apart() -> None:
    """Harm, kind of victim, place and time keep figures apart; nothing is added up."""
    found = _ranges(
        harmed("killed", "civilians", best=400, on=DAY),
        harmed("killed", "soldiers", best=300, on=DAY),
        harmed("wounded", "civilians", best=90, on=DAY),
        harmed("killed", "civilians", best=7, where=GATE, on=DAY),
        harmed("killed", "civilians", best=12, where=None, on=DAY),
        harmed("killed", "civilians", best=60, on=("2031-04-01", "2031-04-30"), end=("2031-04-30", "2031-05-01")),
    )

    assert sorted(each.best or 0 for each in found) == [7, 12, 60, 90, 300, 400]


def test_account_range_of_one_figure_for_part_and_whole() -> None:
    """The same figure for a place and for its part is one figure, of the place around."""
    (found,) = _ranges(
        harmed("missing", "police", low=24, on=DAY, doc="a"), harmed("missing", "police", low=24, where=GATE, on=DAY)
    )

    assert (found.place, found.low) == (TOWN.id, 24)


def test_account_range_of_figures_without_a_place_is_of_one_report() -> None:
    """Nobody knows whether two reports that name no place mean the same; a copy means what its original means."""
    told = harmed("killed", None, best=12, where=None, on=DAY, doc="a")
    again = harmed("killed", None, best=15, where=None, on=DAY, doc="b", says=WATCH)
    same_report = replace(again, digest=told.digest)
    copied = replace(again, copied_from=told.digest)

    assert [each.best for each in _ranges(told, again)] in ([12, 15], [15, 12])
    assert [(each.low, each.high) for each in _ranges(told, same_report)] == [(12, 15)]
    assert [(each.low, each.high) for each in _ranges(told, copied)] == [(12, 15)]


@pytest.mark.parametrize(
    ("days", "figure", "count"),
    [
        (("2031-06-05", None), 20, 2),
        (("2031-06-05", None), 500, 1),
        (("2031-01-01", "2031-05-01"), 300, 1),
        (("2031-04-01", "2031-05-01"), 300, 2),
    ],
    ids=["a day", "a day, the same figure", "most of the time", "a month"],
)
def test_account_range_of_half_a_year_is_apart_from_that_of_a_day(
    days: tuple[str, str | None], figure: int, count: int
) -> None:
    """Beside 500 killed in half a year: a sum is not compared with what a part of its time has cost."""
    total = harmed("killed", "civilians", best=500, on="2031-01-01", end="2031-07-01", out="2031-07-02")
    other = harmed("killed", "civilians", best=figure, on=days[0], end=days[1], out="2031-06-06", doc="b")
    account = derive([total, other], PLACES)
    assert len(account.ranges) == count
    if count == 2:
        assert not account.disagreements


def test_account_range_of_what_goes_on_since_some_day() -> None:
    """What has happened since a day is told up to the report; without that word it happened then."""
    then = harmed("killed", "civilians", best=500, on=("2031-01-01", "2031-01-31"), out="2031-07-02")
    since = replace(then, when=replace(then.when, text="since January"))

    (of_january,), (of_half_a_year,) = _ranges(then), _ranges(since)

    assert str(of_january.latest) == "2031-01-31"
    assert str(of_half_a_year.latest) == "2031-07-02"


def test_account_range_of_an_undated_figure() -> None:
    """A figure without days is compared with those of the month before its report, not with older ones."""
    old = harmed("killed", None, best=5, on="2031-01-05", out="2031-01-06")
    recent = harmed("killed", None, best=9, on="2031-06-20", out="2031-06-21")
    undated = harmed("killed", None, best=11, out="2031-06-30")

    first, second = _ranges(old, recent, undated)

    assert ((first.low, first.high), (second.low, second.high)) == ((5, 5), (9, 11))


def test_account_range_needs_a_figure() -> None:
    """A claim without any figure makes no range."""
    assert _ranges(harmed("killed", "people", on=DAY)) == []


def _figure(claim: CasualtyClaim) -> Figure:
    return Figure(claim.key, claim.passage, claim.count.text)


def test_account_range_of_a_part_is_apart_from_that_of_the_whole() -> None:
    """Where words do not tell their kinds apart; another report's figure for the same part joins it."""
    whole = harmed("killed", "people", best=17, on=DAY, doc="a")
    part = replace(harmed("killed", "ambulance crew", best=2, on=DAY, doc="a"), included_in=_figure(whole))
    other = harmed("killed", "people", best=17, on=DAY, doc="b")
    again = replace(harmed("killed", "ambulance crew", best=3, on=DAY, doc="b"), included_in=_figure(other))

    found = {(each.low, each.high): each.supporting for each in _ranges(whole, part, other, again)}

    assert found == {
        (17, 17): tuple(sorted((whole.key, other.key))),
        (2, 3): tuple(sorted((part.key, again.key))),
    }


def test_account_range_of_a_part_of_its_own_kind_is_one_with_others_of_that_kind() -> None:
    """Children are compared with children, whether they are told as a part or not."""
    whole = harmed("killed", "people", best=17, on=DAY, doc="a")
    part = replace(harmed("killed", "children", best=3, on=DAY, doc="a"), included_in=_figure(whole))
    alone = harmed("killed", "children", best=4, on=DAY, doc="b")

    assert {(each.victims, each.low, each.high) for each in _ranges(whole, part, alone)} == {
        (PEOPLE, 17, 17),
        ("children", 3, 4),
    }


def test_account_range_leaves_an_additional_figure_apart() -> None:
    """It is another figure, though place, time and victims are the same."""
    first = harmed("displaced", "residents", best=24_000, on=DAY, doc="a")
    more = replace(harmed("displaced", "residents", best=8_000, on=DAY, doc="a"), additional_to=_figure(first))

    assert sorted(each.best or 0 for each in _ranges(first, more)) == [8_000, 24_000]
