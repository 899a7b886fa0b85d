"""What fighting does to the account of an imaginary town that the Reds and the Blues fight over."""

from dataclasses import replace

import pytest
from account_claims import (
    BLUES,
    GREENS,
    PLACES,
    PROVINCE,
    RED_SPEAKER,
    REDS,
    TOWN,
    actor,
    clash,
    control,
    on_day,
    shape,
    standing,
)

from conflict_kg.account import derive
from conflict_kg.model import (
    Account,
    ActorKind,
    Claim,
    IncidentClaim,
    IncidentKind,
)


def _derive(*claims: Claim) -> Account:
    return derive(claims, PLACES)


def test_account_battle_in_a_claimed_place() -> None:
    """A clash with a rival after a capture that is only claimed leaves the place contested from that day on."""
    account = _derive(
        control("capture", by=REDS, of=BLUES, on="2031-05-01", says=RED_SPEAKER),
        clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b"),
    )

    assert shape(on_day(account, TOWN, "2031-05-05")) == [("reds", "held", "claimed")]
    assert {p[:2] for p in shape(on_day(account, TOWN, "2031-05-09"))} == {
        ("reds", "contested"),
        ("blues", "contested"),
    }


def test_account_fighting_in_a_firmly_held_place_contests_its_days() -> None:
    """Two sides that fight in a place leave it contested on the days of the fight; its holder holds it on."""
    taken = control("capture", by=REDS, of=BLUES, on="2031-05-01")
    account = _derive(taken, clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b"))

    assert shape(on_day(account, TOWN, "2031-05-05")) == [("reds", "held", "confirmed")]
    assert {p[:2] for p in shape(on_day(account, TOWN, "2031-05-09"))} == {
        ("reds", "contested"),
        ("blues", "contested"),
    }
    assert shape(on_day(account, TOWN, "2031-05-10")) == [("reds", "held", "confirmed")]
    assert {p.since_earliest for p in standing(account, TOWN) if p.holder == "reds"} == {taken.when.begin_earliest}


@pytest.mark.parametrize(
    "fight",
    [
        clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b", near=True),
        clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b", status="planned"),
        clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b", status="denied"),
        clash(TOWN, (BLUES, GREENS), on="2031-05-09", doc="b"),
        clash(TOWN, (REDS,), on="2031-05-09", doc="b"),
        clash(TOWN, (REDS, actor("gunmen", kind=ActorKind.UNNAMED)), on="2031-05-09", doc="b"),
        clash(TOWN, (REDS, BLUES), on=("2031-05-02", "2031-05-30"), doc="b"),
        clash(PROVINCE, (REDS, BLUES), on="2031-05-09", doc="b"),
        replace(clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b"), kind=IncidentKind.BOMBING),
    ],
    ids=["near", "planned", "denied", "others", "one side", "nameless", "some day of a month", "province", "bombing"],
)
def test_account_what_leaves_a_firm_holding_be(fight: IncidentClaim) -> None:
    """A bombing, fighting near the place or in the province, of others, of one side, or on no day that is told."""
    account = _derive(control("capture", by=REDS, of=BLUES, on="2031-05-01"), fight)

    assert shape(on_day(account, TOWN, "2031-05-09")) == [("reds", "held", "confirmed")]


def test_account_fighting_on_following_days_is_one_phase() -> None:
    """Fights without a day between them leave the place contested from the first to the last."""
    days = ("2031-05-09", "2031-05-10", "2031-05-20")
    fights = [clash(TOWN, (REDS, BLUES), on=on, doc=on) for on in days]
    account = _derive(control("capture", by=REDS, of=BLUES, on="2031-05-01"), *fights)

    spans = {
        (str(p.phase_since_earliest), str(p.phase_until_earliest))
        for p in standing(account, TOWN)
        if p.status.value == "contested"
    }
    assert spans == {("2031-05-09", "2031-05-11"), ("2031-05-20", "2031-05-21")}


def test_account_fighting_for_a_place_that_nobody_is_said_to_hold() -> None:
    """It is contested on the days of the fight, with no holder; where it is besieged the siege says it all."""
    account = _derive(clash(TOWN, (REDS, BLUES), on="2031-05-09"))
    (period,) = on_day(account, TOWN, "2031-05-09")
    besieged = _derive(
        control("capture", by=REDS, of=BLUES, on="2031-05-01"),
        control("siege", by=BLUES, of=REDS, on="2031-05-05"),
        clash(TOWN, (REDS, BLUES), on="2031-05-09", doc="b"),
    )

    assert (period.holder, period.status.value, period.basis, period.rule) == (None, "contested", None, "fought-over")
    assert on_day(account, TOWN, "2031-05-10") == []
    assert {p.status.value for p in on_day(besieged, TOWN, "2031-05-09")} == {"besieged"}
