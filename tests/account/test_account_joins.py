"""The Reds became part of the Greens on a day: what they held is the Greens' from then on, and nobody lost it."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from account_claims import BLUES, PLACES, TOWN, actor, control, day, on_day, shape, standing

from conflict_kg.account import derive
from conflict_kg.model import Actor, ActorKind, Claim, ControlPeriod

JOINED = "2031-06-01"
SIDES = ((date.min, "reds"), (date(2031, 6, 1), "greens"))
REDS = replace(actor("reds"), linked=True, sides=SIDES)
REDS_THEN = replace(REDS, party="greens")
GREENS = replace(actor("greens"), linked=True)
RED_BRIGADE = replace(actor("red-brigade", "reds"), linked=True, sides=SIDES)
TAKEN = control("capture", by=REDS, of=BLUES, on="2031-03-10", doc="a", out="2031-03-11")


def periods(*claims: Claim) -> list[ControlPeriod]:
    """What stands of the town, in order of time."""
    found = standing(derive(claims, PLACES), TOWN)
    return sorted(found, key=lambda each: each.since_earliest or date.min)


@pytest.mark.parametrize(
    "later",
    [
        pytest.param(control("holds", by=GREENS, doc="b", out="2031-09-01"), id="under the name of the other"),
        pytest.param(control("holds", by=REDS_THEN, doc="b", out="2031-09-01"), id="under its own name"),
        pytest.param(control("capture", by=GREENS, on="2031-08-30", doc="b", out="2031-09-01"), id="change"),
    ],
)
def test_who_joins_a_side_takes_its_places_along(later: Claim) -> None:
    """The holder is the joined side from that very day on, and the day is no loss."""
    _, reds, greens, *others = periods(TAKEN, later)

    assert (reds.holder, reds.until_earliest, reds.until_latest) == ("reds", day(JOINED), day(JOINED))
    assert (greens.holder, greens.since_earliest, greens.since_latest) == ("greens", day(JOINED), day(JOINED))
    assert (greens.rule, greens.basis, greens.change) == ("joined", "confirmed", None)
    assert not others


def test_who_joins_a_side_does_not_disagree_with_it() -> None:
    """Words for the one before the day and for the other after it contradict each other in nothing."""
    account = derive((TAKEN, control("holds", by=GREENS, doc="b", out="2031-09-01")), PLACES)

    assert not account.disagreements


def test_a_side_that_was_joined_can_lose_the_place() -> None:
    """Nobody need have said that it had it."""
    lost = control("capture", by=BLUES, of=GREENS, on="2031-09-01", doc="b", out="2031-09-02")
    account = derive((TAKEN, lost), PLACES)

    assert shape(on_day(account, TOWN, "2031-07-01")) == [("greens", "held", "inferred")]
    assert shape(on_day(account, TOWN, "2031-09-03")) == [("blues", "held", "confirmed")]


def test_a_part_of_who_joins_a_side_goes_along() -> None:
    """The fighters that took the place need not bear the name of their side."""
    taken = control("capture", by=RED_BRIGADE, on="2031-03-10", doc="a", out="2031-03-11")

    assert [each.holder for each in periods(taken, control("holds", by=GREENS, doc="b", out="2031-09-01"))] == [
        "reds",
        "greens",
    ]


def test_what_a_report_tells_of_the_time_before_is_of_the_side_of_that_time() -> None:
    """A late report of the capture, by when the Reds were Greens, tells of the capture by the Reds."""
    late = control("capture", by=REDS_THEN, of=BLUES, on="2031-03-10", doc="b", out="2031-12-01")

    assert {each.winners for each in derive((TAKEN, late), PLACES).changes} == {("reds",)}
    assert [each.holder for each in periods(TAKEN, late)] == ["blues", "reds"]


def test_before_the_day_the_two_are_rivals() -> None:
    """Whoever joins the other later can lose a place to it before."""
    word = control("holds", by=GREENS, doc="b", out="2031-05-01")

    assert [(each.holder, each.rule) for each in periods(TAKEN, word)][-1] == ("greens", "later-word")


@pytest.mark.parametrize(
    "mover",
    [
        pytest.param(replace(REDS, id="guard", sides=(SIDES[0], (SIDES[1][0], "guard"))), id="left for its own"),
        pytest.param(replace(REDS, id="herald", kind=ActorKind.OUTLET), id="outlet"),
    ],
)
def test_who_leaves_a_side_takes_nothing_along(mover: Actor) -> None:
    """The rest of the side is still there."""
    plain = replace(actor("reds"), linked=True)
    taken = control("capture", by=(plain, mover), on="2031-03-10", doc="a", out="2031-03-11")
    found = periods(taken, control("holds", by=mover, doc="b", out="2031-09-01"))

    assert {each.rule for each in found} == {"change", "later-word"}


def test_joining_does_not_depend_on_the_order_of_claims() -> None:
    """Nor on the days on which the same claims became known."""
    claims = (
        TAKEN,
        control("holds", by=GREENS, doc="b", out="2031-09-01"),
        control("holds", by=REDS, doc="c", out="2031-05-01"),
        control("siege", by=BLUES, of=GREENS, on="2031-10-01", doc="d", out="2031-10-02"),
    )

    assert len({derive(order, PLACES).periods for order in permutations(claims)}) == 1
