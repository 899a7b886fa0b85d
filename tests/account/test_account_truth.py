"""The account of wars with a known truth: what truthful reports must give, and what no report may change."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from account_claims import PLACES, TOWN, actor, control, control_claims, shape, standing
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.account import from_account, verdicts
from bench.synthetic import FIRST, FORCES, QUIET, noise, reports, war
from conflict_kg.account import derive
from conflict_kg.account.periods import Draft
from conflict_kg.account.timeline import Evidence, Timeline
from conflict_kg.model import Account, ControlClaim, ControlPeriod

SEEDS = st.integers(0, 10**6)
LEVELS = st.sampled_from([0.0, 0.2, 0.5, 1.0])


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_account_truthful_reports_give_the_history(seed: int) -> None:
    """Reports that are true, precise and prompt give every turnover on its day, and the holder on every day."""
    chance = random.Random(seed)
    happened = war(chance, towns=2)

    account = derive(reports(chance, happened, QUIET, changes=2, states=3), happened.places)

    told = {(c.place, c.losers, c.winners, c.earliest, c.latest) for c in account.changes}
    assert told == {
        (place, (before.holder,), (turn.holder,), turn.day, turn.day)
        for place, history in happened.histories.items()
        for before, turn in pairwise(history)
    }
    tally = verdicts(happened, from_account(account))
    assert (tally["wrong"], tally["open"]) == (0, 0)


@settings(deadline=None, max_examples=15)
@given(SEEDS, LEVELS)
def test_account_of_a_press_does_not_depend_on_order(seed: int, level: float) -> None:
    """Noisy reports in another order give the same account."""
    chance = random.Random(seed)
    happened = war(chance, towns=2)
    claims = reports(chance, happened, noise(level))
    shuffled = list(claims)
    chance.shuffle(shuffled)

    assert derive(shuffled, happened.places) == derive(claims, happened.places)


@settings(deadline=None, max_examples=15)
@given(SEEDS, LEVELS)
def test_account_of_a_place_rests_on_what_is_said_of_it(seed: int, level: float) -> None:
    """Reports that say nothing of a place, or of what lies in it, leave its account alone."""
    chance = random.Random(seed)
    happened = war(chance, towns=2)
    claims = reports(chance, happened, noise(level))
    about = [claim for claim in claims if claim.place.id.startswith("town-0")]

    whole, alone = derive(claims, happened.places), derive(about, happened.places)

    assert [p for p in whole.periods if p.place.startswith("town-0")] == list(alone.periods)
    assert [c for c in whole.changes if c.place.startswith("town-0")] == list(alone.changes)


@settings(deadline=None, max_examples=20)
@given(SEEDS, LEVELS, st.integers(1, 400))
def test_account_known_by_a_day_is_that_of_the_reports_until_then(seed: int, level: float, number: int) -> None:
    """What the account says was known on a day follows from the reports published up to that day."""
    chance = random.Random(seed)
    happened = war(chance, towns=1)
    claims = reports(chance, happened, noise(level))
    day = FIRST + timedelta(days=number)
    early = [claim for claim in claims if claim.published and claim.published <= day]

    then, now = derive(early, happened.places), derive(claims, happened.places)

    assert _answers(_standing(then, date.max)) == _answers(_standing(now, day))


@settings(deadline=None, max_examples=120)
@given(st.lists(control_claims(), max_size=14), st.randoms(use_true_random=False))
def test_account_does_not_depend_on_the_steps_of_taking_news_in(
    claims: list[ControlClaim], shuffler: random.Random
) -> None:
    """A timeline that takes claims in one by one ends where one ends that takes them all at once."""
    about = list({claim.key: claim for claim in claims if claim.place.id == TOWN.id}.values())
    whole, stepped = Timeline(TOWN.id, {}), Timeline(TOWN.id, {})
    _, at_once = whole.add(Evidence(tuple(about), (), ()))
    shuffler.shuffle(about)
    standing: list[Draft] = []
    for claim in about:
        gone, come = stepped.add(Evidence((claim,), (), ()))
        standing = [draft for draft in standing if draft not in gone] + come

    periods = [(draft.period, {c.key for c in draft.supporting}, {c.key for c in draft.opposing}) for draft in standing]
    wanted = [(draft.period, {c.key for c in draft.supporting}, {c.key for c in draft.opposing}) for draft in at_once]
    assert _sorted(periods) == _sorted(wanted)


def test_account_change_between_allies_is_no_loss() -> None:
    """Where one force of a party hands a place to another, or a force reports the other's hold, the party goes on."""
    first, second = FORCES["reds"]
    blues = FORCES["blues"][0]
    account = derive(
        [
            control("capture", by=first, of=blues, on="2031-05-01", out="2031-05-01"),
            control("handover", by=second, of=first, on="2031-06-01", out="2031-06-01", doc="b"),
            control("holds", by=second, out="2031-07-01", doc="c"),
        ],
        PLACES,
    )

    now = standing(account, TOWN)
    assert shape(now) == [("blues", "held", "inferred"), ("reds", "held", "confirmed")]
    assert (now[-1].since_latest, now[-1].until_latest) == (date(2031, 5, 1), None)


def test_account_goes_by_the_name_that_a_party_had_then() -> None:
    """A group that is renamed between two reports stays one holder where both names have one id."""
    old = actor("front")
    new = replace(old, name="army of the front", label="army of the front")
    account = derive(
        [
            control("capture", by=old, on="2031-05-01", out="2031-05-01"),
            control("holds", by=new, out="2031-09-01", doc="b"),
        ],
        PLACES,
    )

    assert shape(standing(account, TOWN)) == [("front", "held", "confirmed")]


def _standing(account: Account, known_by: date) -> list[ControlPeriod]:
    return [
        period
        for period in account.periods
        if (period.known_from or date.min) <= known_by and (period.known_until is None or known_by < period.known_until)
    ]


def _answers(periods: Iterable[ControlPeriod]) -> list[ControlPeriod]:
    """Periods without what may come later: their claims, and what follows from these alone."""
    bare = [
        replace(
            period,
            id="",
            known_from=None,
            known_until=None,
            supporting=(),
            opposing=(),
            change=None,
            last_known=None,
            rule="",
        )
        for period in periods
    ]
    return sorted(bare, key=repr)


def _sorted(found: Iterable[tuple[ControlPeriod, set[str], set[str]]]) -> list[tuple[str, list[str], list[str]]]:
    return sorted((repr(period), sorted(told), sorted(against)) for period, told, against in found)
