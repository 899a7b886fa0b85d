"""What holds of the account of any claims: order plays no part, and periods are sound."""

import random
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

from account_claims import PLACES, control_claims
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_kg.account import derive
from conflict_kg.model import ControlClaim, ControlPeriod


@settings(deadline=None, max_examples=60)
@given(st.lists(control_claims(), max_size=9), st.randoms(use_true_random=False))
def test_account_does_not_depend_on_order(claims: list[ControlClaim], shuffler: random.Random) -> None:
    """The same claims in another order, some of them twice, give the same account."""
    shuffled = [*claims, *claims[:2]]
    shuffler.shuffle(shuffled)

    assert derive(shuffled, PLACES) == derive(claims, PLACES)


@settings(deadline=None, max_examples=150)
@given(st.lists(control_claims(), max_size=9))
def test_account_is_sound(claims: list[ControlClaim]) -> None:
    """Periods have evidence and an order of dates, and rivals never certainly hold one place on one day."""
    account = derive(claims, PLACES)
    keys = {claim.key for claim in claims}
    changes = {change.id for change in account.changes}

    assert len({p.id for p in account.periods}) == len(account.periods)
    assert len(changes) == len(account.changes)
    for period in account.periods:
        assert period.supporting or period.holder is None
        assert f"| `{period.rule}` |" in _documented()
        assert {*period.supporting, *period.opposing} <= keys
        assert not set(period.supporting) & set(period.opposing)
        assert period.change is None or period.change in changes
        _assert_days_in_order(period)
        assert (period.known_from or date.min) < (period.known_until or date.max) or period.known_until is None
    held = [p for p in account.periods if p.status == "held"]
    for one, other in combinations(held, 2):
        if one.place == other.place and one.holder != other.holder and _known_together(one, other):
            assert not _certain_together(one, other)


def _assert_days_in_order(period: ControlPeriod) -> None:
    """Nothing ends before it began, and the phase of a period lies within its holding."""
    since = period.since_earliest, period.since_latest
    until = period.until_earliest, period.until_latest
    phase_since = period.phase_since_earliest, period.phase_since_latest
    phase_until = period.phase_until_earliest, period.phase_until_latest
    for begin, end in ((since, until), (phase_since, phase_until)):
        assert (begin[0] or date.min) <= (begin[1] or date.max)
        assert (end[0] or date.min) <= (end[1] or date.max)
        assert (end[0] or date.max) >= (begin[0] or date.min)
        assert (end[1] or date.max) >= (begin[1] or date.min)
    for bound, of_phase in zip(since, phase_since, strict=True):
        assert (bound or date.min) <= (of_phase or date.max)
    assert since[0] is None or phase_since[0] is not None
    if until != (None, None):
        assert phase_until != (None, None)
        assert (phase_until[0] or date.min) <= (until[0] or date.min)
        assert (phase_until[1] or date.max) <= (until[1] or date.max)


def _known_together(one: ControlPeriod, other: ControlPeriod) -> bool:
    start = max(one.known_from or date.min, other.known_from or date.min)
    return all(p.known_until is None or start < p.known_until for p in (one, other))


def _certain_together(one: ControlPeriod, other: ControlPeriod) -> bool:
    """Whether some day surely lies in both: after the latest begin, before the earliest end.

    An end of which only the latest day is known may have come at once.
    """
    start = max(p.phase_since_latest or date.max for p in (one, other))
    stop = min(
        (p.phase_until_earliest or (date.max if p.phase_until_latest is None else date.min)) for p in (one, other)
    )
    return start < stop


@cache
def _documented() -> str:
    """The page that explains the rules."""
    return (Path(__file__).resolve().parents[2] / "docs" / "account.md").read_text("utf-8")
