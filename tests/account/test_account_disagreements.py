"""Disagreements: in what claims differ, and which of them only look contradictory."""

from dataclasses import replace

import pytest
from account_claims import (
    BLUE_SPEAKER,
    BLUES,
    GATE,
    PLACES,
    RED_SPEAKER,
    REDS,
    TOWN,
    WATCH,
    control,
    control_claims,
    harmed,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_kg.account import derive
from conflict_kg.model import Claim, ControlClaim, Disagreement

PORT = replace(GATE, id="port", name="Port")
TAKEN = control("capture", by=REDS, of=BLUES, on="2031-05-17", out="2031-05-18", says=RED_SPEAKER)


def _found(*claims: Claim) -> list[Disagreement]:
    return list(derive(claims, PLACES).disagreements)


def _said(*claims: Claim) -> list[tuple[str, bool, str]]:
    return sorted((each.dimension.value, each.apparent, each.rule) for each in _found(*claims))


def test_disagreements_name_both_sides() -> None:
    """Who says it and who denies it are two sides, in this order, and nobody else is on either."""
    denial = control("capture", by=REDS, on="2031-05-17", says=BLUE_SPEAKER, status="denied", doc="b", out="2031-05-18")
    other = control("capture", GATE, by=REDS, on="2031-05-17", doc="c", out="2031-05-18")

    (found,) = _found(TAKEN, denial, other)

    assert (found.one, found.other) == ((TAKEN.key,), (denial.key,))
    assert (found.place, found.dimension, found.apparent, found.rule) == ("town", "happened", False, "denied")


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param([], [], id="one claim"),
        pytest.param(
            [control("capture", by=REDS, says=RED_SPEAKER, status="expected", doc="b", out="2031-05-18")],
            [("happened", False, "not-yet")],
            id="still expected",
        ),
        pytest.param(
            [control("holds", GATE, by=BLUES, doc="b", out="2031-05-20")],
            [("part", False, "part-remains")],
            id="a rival is still in a part",
        ),
        pytest.param(
            [control("capture", by=REDS, on="2031-05-18", doc="b", out="2031-05-19")],
            [("date", True, "days-apart")],
            id="the night between two days",
        ),
        pytest.param(
            [control("capture", by=REDS, on=("2031-05-20", "2031-05-21"), doc="b", out="2031-05-22")],
            [("date", False, "days-apart")],
            id="days that exclude each other",
        ),
        pytest.param(
            [control("capture", by=REDS, partial=True, on="2031-05-17", doc="b", out="2031-05-18")],
            [("part", False, "whole-or-part")],
            id="the whole or a part on one day",
        ),
        pytest.param(
            [control("capture", by=REDS, partial=True, on=("2031-05-14", "2031-05-17"), doc="b", out="2031-05-18")],
            [("part", True, "whole-or-part")],
            id="a part first, then the whole",
        ),
        pytest.param(
            [control("holds", by=BLUES, on="2031-05-18", says=BLUE_SPEAKER, doc="b", out="2031-05-18")],
            [],
            id="a later word is a change, no contradiction",
        ),
        pytest.param(
            [control("holds", by=BLUES, says=BLUE_SPEAKER, doc="b", out="2031-05-17")],
            [("holder", False, "rival")],
            id="both say on one day that they have it",
        ),
    ],
)
def test_disagreements_about_control(claims: list[ControlClaim], expected: list[tuple[str, bool, str]]) -> None:
    """Beside the claim that the Reds took the town on 17 May, another gives this disagreement or none."""
    assert _said(TAKEN, *claims) == expected


def test_disagreements_part_in_other_hands() -> None:
    """Whole and part in different hands look contradictory, and both may be so."""
    whole = control("holds", by=BLUES, on="2031-05-01", out="2031-05-20")
    part = control("capture", GATE, by=REDS, on="2031-05-10", doc="b", out="2031-05-20")

    assert _said(whole, part) == [("part", True, "part-apart")]


def test_disagreements_parts_in_other_hands_are_one() -> None:
    """Who gives a place to one side is set against all who give parts of it to another, not against each of them."""
    whole = control("holds", by=BLUES, on="2031-05-01", out="2031-05-20")
    gate = control("capture", GATE, by=REDS, on="2031-05-10", doc="b", out="2031-05-20")
    port = control("capture", PORT, by=REDS, on="2031-05-12", doc="c", out="2031-05-20")

    (found,) = derive([whole, gate, port], {**PLACES, PORT.id: PORT}).disagreements
    assert (found.rule, found.one, found.other) == ("part-apart", (whole.key,), tuple(sorted((gate.key, port.key))))


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param(
            [harmed("killed", "soldiers", low=500, on="2031-05-17", doc="b", says=WATCH)], [], id="at least as many"
        ),
        pytest.param(
            [harmed("killed", "soldiers", best=800, on="2031-05-17", doc="b", says=WATCH)],
            [("figure", False, "figures-apart")],
            id="another figure",
        ),
        pytest.param(
            [harmed("killed", "civilians", best=40, on="2031-05-17", doc="b", says=WATCH)],
            [("victims", True, "other-victims")],
            id="other victims",
        ),
        pytest.param(
            [harmed("killed", "soldiers", best=40, on="2031-05-25", doc="b", says=WATCH)],
            [("period", True, "other-days")],
            id="other days",
        ),
        pytest.param(
            [harmed("killed", "soldiers", best=40, where=GATE, on="2031-05-17", doc="b", says=WATCH)],
            [("part", True, "other-place")],
            id="a part of the town",
        ),
        pytest.param(
            [harmed("killed", "soldiers", best=40, on="2031-09-25", doc="b", says=WATCH)], [], id="long after"
        ),
        pytest.param(
            [harmed("killed", "civilians", best=900, on="2031-05-01", end="2031-05-30", doc="b", out="2031-06-01")],
            [("victims", True, "other-victims")],
            id="other victims of the month around",
        ),
        pytest.param(
            [harmed("killed", "civilians", best=9000, on="2031-01-01", end="2031-06-01", doc="b", out="2031-06-01")],
            [],
            id="other victims of months around",
        ),
        pytest.param([harmed("wounded", "soldiers", best=900, on="2031-05-17", doc="b")], [], id="another harm"),
    ],
)
def test_disagreements_about_figures(claims: list[Claim], expected: list[tuple[str, bool, str]]) -> None:
    """Beside 500 soldiers killed in the town on 17 May, another figure gives this disagreement or none."""
    assert _said(harmed("killed", "soldiers", best=500, on="2031-05-17"), *claims) == expected


@pytest.mark.parametrize(
    ("until", "expected"), [("2031-05-01", [("victims", True, "other-victims")]), ("2031-02-01", [])]
)
def test_disagreements_about_figures_of_a_long_time(until: str, expected: list[tuple[str, bool, str]]) -> None:
    """Figures of different victims, of half a year and of four months of it, or of one."""
    half_a_year = harmed("killed", "soldiers", best=500, on="2031-01-01", end="2031-07-01", out="2031-07-02")
    less = harmed("killed", "civilians", best=300, on="2031-01-01", end=until, out=until, doc="b", says=WATCH)

    assert _said(half_a_year, less) == expected


@pytest.mark.parametrize(
    ("out", "expected"), [("2031-05-18", [("victims", True, "other-victims")]), ("2031-05-21", [])]
)
def test_disagreements_about_figures_without_days(out: str, expected: list[tuple[str, bool, str]]) -> None:
    """A figure that does not say when is news: what another report tells days later is of something else."""
    soldiers = harmed("killed", "soldiers", best=500, out="2031-05-17")
    civilians = harmed("killed", "civilians", best=40, out=out, doc="b", says=WATCH)

    assert _said(soldiers, civilians) == expected


def test_disagreements_who_fled_since_when() -> None:
    """Two figures of who fled contradict each other only where both say since when."""
    one = harmed("displaced", None, best=8000, out="2031-05-18")
    vague = harmed("displaced", None, best=24000, out="2031-05-18", doc="b")
    dated = harmed("displaced", None, best=8000, on="2031-05-15", end="2031-05-18", out="2031-05-18")
    as_well = harmed("displaced", None, best=24000, on="2031-05-15", end="2031-05-18", out="2031-05-18", doc="b")

    assert _said(one, vague) == [("period", True, "days-not-told")]
    assert _said(dated, as_well) == [("figure", False, "figures-apart")]


@settings(deadline=None, max_examples=80)
@given(st.lists(control_claims(), max_size=10))
def test_disagreements_are_sound(claims: list[ControlClaim]) -> None:
    """Each side has claims of the input, no claim is on both, and ids are unique."""
    keys = {claim.key for claim in claims}
    found = derive(claims, PLACES).disagreements

    assert len({each.id for each in found}) == len(found)
    for each in found:
        assert each.one
        assert each.other
        assert not set(each.one) & set(each.other)
        assert {*each.one, *each.other} <= keys
        assert each.place in (TOWN.id, GATE.id)
