"""One test for each rule of the account, on an imaginary town that the Reds and the Blues fight over."""

from datetime import date

import pytest
from account_claims import (
    BLUE_SPEAKER,
    BLUES,
    GATE,
    GREENS,
    PLACES,
    PROVINCE,
    RED_SPEAKER,
    REDS,
    TOWN,
    WATCH,
    actor,
    control,
    on_day,
    phase,
    report,
    shape,
    since,
    standing,
    until,
)

from conflict_kg.account import derive
from conflict_kg.model import (
    Account,
    Claim,
    ControlClaim,
    Extent,
    Passage,
    Statement,
)


def _derive(*claims: Claim) -> Account:
    return derive(claims, PLACES)


# ---------------------------------------------------------------- admission


@pytest.mark.parametrize("status", ["denied", "failed", "planned", "expected"])
def test_account_irrealis_changes_nothing(status: str) -> None:
    """A denied, failed, planned or expected change makes no change and no period."""
    account = _derive(control("capture", by=REDS, of=BLUES, on="2031-05-01", status=status))

    assert (account.changes, account.periods) == ((), ())


def test_account_expectation_opposes_a_claim() -> None:
    """That the winner's side still expects to take the whole tells against the claim that it has it."""
    claimed = control("capture", by=REDS, on="2031-05-01", says=RED_SPEAKER, out="2031-05-02")
    expected = control("capture", by=REDS, says=RED_SPEAKER, status="expected", doc="other", out="2031-05-02")

    (period,) = standing(_derive(claimed, expected), TOWN)

    assert (period.supporting, period.opposing) == ((claimed.key,), (expected.key,))
    assert shape([period]) == [("reds", "held", "claimed")]


@pytest.mark.parametrize("published", ["2031-04-20", "2031-06-20"])
def test_account_distant_expectation_is_about_another_time(published: str) -> None:
    """An expectation from before a change, or from long after it, does not tell against it."""
    claimed = control("capture", by=REDS, on="2031-05-01", says=RED_SPEAKER, out="2031-05-02")
    expected = control("capture", by=REDS, status="expected", doc="other", out=published)

    assert standing(_derive(claimed, expected), TOWN)[0].opposing == ()


def test_account_plan_in_the_report_of_the_change_is_background() -> None:
    """A plan told by the report that itself asserts the change does not oppose it."""
    told = report(
        "news",
        "2031-05-02",
        control("capture", by=REDS, on="2031-05-01"),
        control("capture", by=REDS, status="planned"),
    )

    assert standing(_derive(*told), TOWN)[0].opposing == ()


def test_account_statement_date_counts_for_expectations() -> None:
    """An expectation counts from the day on which it was voiced, where its statement tells that."""
    passage = Passage("other", 0, 4, "soon")
    said = Statement(
        passage=passage,
        digest="ff",
        published=date(2031, 5, 2),
        rule="hand",
        direct=True,
        content="soon",
        said_on=date(2031, 4, 20),
    )
    claimed = control("capture", by=REDS, on="2031-05-01", says=RED_SPEAKER, out="2031-05-02")
    expected = control("capture", by=REDS, status="expected", doc="other", out="2031-05-02", stated_in=said.key)

    assert standing(_derive(claimed, expected, said), TOWN)[0].opposing == ()


def test_account_rival_hold_on_a_part_opposes_the_whole() -> None:
    """That a rival holds a part days after the whole was claimed tells against the claim."""
    claimed = control("capture", by=REDS, on="2031-05-01", says=RED_SPEAKER, out="2031-05-02")
    part = control("holds", GATE, by=BLUES, doc="other", out="2031-05-04")

    assert standing(_derive(claimed, part), TOWN)[0].opposing == (part.key,)


# ---------------------------------------------------------------- clusters


def test_account_vague_date_joins_the_precise_one() -> None:
    """Words like "in May" and "by the report's day" join the capture of a day in May, and narrow nothing."""
    account = _derive(
        control("capture", by=REDS, on="2031-05-17", doc="a"),
        control("capture", by=REDS, of=BLUES, on=("2031-05-01", "2031-05-31"), doc="b"),
        control("capture", by=REDS, doc="c", out="2031-09-01"),
    )

    (change,) = account.changes
    assert (change.earliest, change.latest, len(change.supporting)) == (date(2031, 5, 17), date(2031, 5, 17), 3)
    assert (change.winners, change.losers) == (("reds",), ("blues",))


def test_account_bounds_are_the_tightest_that_fit() -> None:
    """Two vague dates that overlap bound a change by what both allow."""
    (change,) = _derive(
        control("capture", by=REDS, on=("2031-05-01", "2031-05-10"), doc="a"),
        control("capture", by=REDS, on=("2031-05-08", "2031-05-20"), doc="b"),
    ).changes

    assert (change.earliest, change.latest) == (date(2031, 5, 8), date(2031, 5, 10))


def test_account_bounds_that_only_touch_go_by_support() -> None:
    """Of days that exclude each other the one that more origins give stands; a tie leaves both open."""
    first = control("capture", by=REDS, on="2031-05-16", doc="a")
    second = control("capture", by=REDS, on="2031-05-17", doc="b")
    third = control("capture", by=REDS, on="2031-05-17", doc="c")

    (tied,) = _derive(first, second).changes
    (settled,) = _derive(first, second, third).changes

    assert (tied.earliest, tied.latest) == (date(2031, 5, 16), date(2031, 5, 17))
    assert (settled.earliest, settled.latest) == (date(2031, 5, 17), date(2031, 5, 17))


def test_account_publication_bounds_the_change() -> None:
    """A change without a date happened at the latest on the day of its report."""
    (change,) = _derive(control("capture", by=REDS, out="2031-05-18")).changes

    assert (change.earliest, change.latest) == (None, date(2031, 5, 18))


def test_account_repeated_captures_stay_apart() -> None:
    """Two captures by one party with another's between them are three changes and as many holders."""
    account = _derive(
        control("capture", by=REDS, of=BLUES, on="2031-01-10"),
        control("recapture", by=BLUES, of=REDS, on="2031-03-10"),
        control("recapture", by=REDS, of=BLUES, on="2031-05-10"),
    )

    assert [p.holder for p in standing(account, TOWN)] == ["blues", "reds", "blues", "reds"]
    assert len(account.changes) == 3


def test_account_second_capture_from_a_rival_implies_a_loss() -> None:
    """A second capture months later, from a named rival, means that the rival held the place between."""
    account = _derive(
        control("capture", by=REDS, on="2031-01-10"), control("capture", by=REDS, of=BLUES, on="2031-05-10")
    )

    assert shape(standing(account, TOWN)) == [
        ("reds", "held", "confirmed"),
        ("blues", "held", "inferred"),
        ("reds", "held", "confirmed"),
    ]


def test_account_undated_claim_joins_the_only_change() -> None:
    """A claim without any date supports the one change that fits; alone it makes a change without period."""
    undated = control("capture", by=REDS, doc="b", out=None)

    (joined,) = _derive(control("capture", by=REDS, on="2031-05-17"), undated).changes
    alone = _derive(undated)

    assert undated.key in joined.supporting
    assert [(c.earliest, c.latest) for c in alone.changes] == [(None, None)]
    assert alone.periods == ()


def test_account_allies_share_a_party() -> None:
    """Forces of one party make one change and hold as that party."""
    account = _derive(
        control("capture", by=actor("red-army", "reds"), on="2031-05-17", doc="a"),
        control("capture", by=(actor("red-militia", "reds"), GREENS), on="2031-05-17", doc="b"),
    )

    (change,) = account.changes
    assert change.winners == ("reds", "greens")
    assert [p.holder for p in standing(account, TOWN)] == ["reds"]


# ---------------------------------------------------------------- basis


def test_account_winner_alone_is_a_claim() -> None:
    """The winner's word in five papers is one interested origin, and copied text is too."""
    copied = "the town is ours since this morning for good"
    account = _derive(
        *(control("capture", by=REDS, on="2031-05-17", says=RED_SPEAKER, doc=f"paper-{i}") for i in range(5)),
        control("capture", by=REDS, on="2031-05-17", says=REDS, doc="wire", quote=copied),
        control("capture", by=REDS, on="2031-05-17", says=WATCH, doc="copy", quote=copied),
    )

    assert shape(standing(account, TOWN)) == [("reds", "held", "claimed")]


@pytest.mark.parametrize(
    "second",
    [
        control("capture", by=REDS, on="2031-05-17", doc="b"),
        control("capture", by=REDS, of=BLUES, on="2031-05-17", says=BLUE_SPEAKER, doc="b"),
        control("capture", by=REDS, on="2031-05-17", says=WATCH, doc="b"),
    ],
    ids=["reporter", "loser", "third party"],
)
def test_account_confirmation(second: ControlClaim) -> None:
    """A reporter's own voice, the loser's admission, or a second origin of another party confirms."""
    first = control("capture", by=REDS, on="2031-05-17", says=RED_SPEAKER, doc="a")

    assert shape(standing(_derive(first, second), TOWN))[-1] == ("reds", "held", "confirmed")


# ---------------------------------------------------------------- parts


def test_account_part_is_not_the_whole() -> None:
    """Neither a sub-place nor an unnamed part that changes hands moves the holder of the whole."""
    account = _derive(
        control("capture", by=REDS, on="2031-01-10"),
        control("capture", GATE, by=BLUES, of=REDS, on="2031-05-01"),
        control("partial_capture", by=BLUES, of=REDS, on="2031-05-02"),
    )

    assert shape(standing(account, TOWN)) == [("reds", "held", "confirmed"), ("blues", "partly held", "confirmed")]
    assert shape(on_day(account, GATE, "2031-05-01")) == [("blues", "held", "confirmed")]
    assert standing(account, PROVINCE) == []
    assert {c.extent for c in account.changes if c.winners == ("blues",) and c.place == "town"} == {Extent.PARTIAL}


def test_account_part_is_held_until_the_whole_changes_hands() -> None:
    """Who has a part has it until the next change of the whole; who loses a part held the rest."""
    account = _derive(
        control("partial_capture", by=REDS, of=BLUES, on="2031-05-10"),
        control("capture", by=REDS, of=BLUES, on="2031-05-17"),
    )

    assert {(p.holder, p.status.value, since(p), until(p)) for p in standing(account, TOWN)} == {
        ("blues", "held", (None, None), ("2031-05-17", "2031-05-17")),
        ("reds", "partly held", ("2031-05-10", "2031-05-10"), ("2031-05-17", "2031-05-17")),
        ("reds", "held", ("2031-05-17", "2031-05-17"), (None, None)),
    }


# ---------------------------------------------------------------- periods


def test_account_loser_held_until_the_change() -> None:
    """The loser of a change held the place until then, since when is unknown; the winner holds on the day itself."""
    before, after = standing(_derive(control("capture", by=REDS, of=BLUES, on="2031-05-17")), TOWN)

    assert shape([before]) == [("blues", "held", "inferred")]
    assert (since(before), until(before)) == ((None, None), ("2031-05-17", "2031-05-17"))
    assert (before.rule, before.last_known) == ("held-until-lost", date(2031, 5, 16))
    assert (since(after), until(after), after.rule) == (("2031-05-17", "2031-05-17"), (None, None), "change")
    assert after.change is not None


def test_account_holds_gives_a_period_with_unknown_start() -> None:
    """A place held when reported is held since some day up to the report, last known on that day."""
    (period,) = standing(_derive(control("holds", by=REDS, out="2031-05-18")), TOWN)

    assert (since(period), period.last_known) == ((None, "2031-05-18"), date(2031, 5, 18))
    assert period.rule == "held-when-reported"


def test_account_holds_with_start_and_end() -> None:
    """To have held from November to March gives both ends, and nobody is known after it."""
    held, left = standing(
        _derive(control("holds", by=REDS, on=("2030-11-01", "2030-11-30"), end=("2031-03-01", "2031-03-31"))), TOWN
    )

    assert (since(held), until(held)) == (("2030-11-01", "2030-11-30"), ("2031-03-01", "2031-03-31"))
    assert shape([left]) == [(None, "unknown", None)]


def test_account_holds_joins_the_change_that_explains_it() -> None:
    """A later word that the winner holds the place supports its period and makes it known longer."""
    (period,) = standing(
        _derive(control("capture", by=REDS, on="2031-05-17"), control("holds", by=REDS, doc="b", out="2031-09-01")),
        TOWN,
    )

    assert (since(period), period.last_known) == (("2031-05-17", "2031-05-17"), date(2031, 9, 1))
    assert len(period.supporting) == 2


def test_account_rival_hold_means_a_change_between() -> None:
    """A later word that a rival holds the place: it changed hands between the last word before and that day."""
    reds, blues = standing(
        _derive(
            control("capture", by=REDS, on="2031-05-17"),
            control("holds", by=REDS, doc="b", out="2031-06-01"),
            control("holds", by=BLUES, doc="c", out="2031-09-01"),
        ),
        TOWN,
    )

    assert until(reds) == since(blues) == ("2031-06-01", "2031-09-01")
    assert blues.rule == "later-word"


def test_account_state_told_with_its_end_precedes_it() -> None:
    """The words "a pocket still under Blue control" in the report of its fall speaks of the time before."""
    told = report(
        "news",
        "2031-05-18",
        control("holds", by=BLUES, says=BLUE_SPEAKER),
        control("capture", by=REDS, of=BLUES, on="2031-05-17"),
    )

    assert shape(standing(_derive(*told), TOWN)) == [("blues", "held", "claimed"), ("reds", "held", "confirmed")]


def test_account_withdrawal_leaves_nobody() -> None:
    """After a withdrawal without a winner the holder is unknown."""
    blues, nobody = standing(_derive(control("withdrawal", of=BLUES, on="2031-05-17")), TOWN)

    assert (blues.holder, until(blues)) == ("blues", ("2031-05-17", "2031-05-17"))
    assert shape([nobody]) == [(None, "unknown", None)]


def test_account_withdrawal_joins_the_capture() -> None:
    """A withdrawal and a capture on one day are one change."""
    account = _derive(
        control("withdrawal", of=BLUES, on="2031-05-17"), control("capture", by=REDS, on="2031-05-17", says=RED_SPEAKER)
    )

    assert len(account.changes) == 1
    assert [p.holder for p in standing(account, TOWN)] == ["blues", "reds"]


def test_account_siege() -> None:
    """The besieged still hold, from the report's day on as besieged, until it is denied."""
    account = _derive(
        control("capture", by=REDS, on="2031-05-01"),
        control("siege", by=BLUES, of=REDS, says=BLUES, doc="b", out="2031-05-26"),
        control("siege", by=BLUES, of=REDS, status="denied", says=WATCH, doc="c", out="2031-06-10"),
    )

    assert shape(standing(account, TOWN)) == [
        ("reds", "held", "confirmed"),
        ("reds", "besieged", "confirmed"),
        ("reds", "held", "confirmed"),
    ]
    assert [phase(p) for p in standing(account, TOWN)] == [
        ("2031-05-01", "2031-05-26"),
        ("2031-05-26", "2031-06-10"),
        ("2031-06-10", None),
    ]
    assert {(since(p), until(p)) for p in standing(account, TOWN)} == {(("2031-05-01", "2031-05-01"), (None, None))}


def test_account_phases_of_the_defender_end_with_its_holding() -> None:
    """What ends a siege by taking the place ends the holding, and all of its phases give that end."""
    account = _derive(
        control("capture", by=REDS, on="2031-05-01", out="2031-05-02"),
        control("siege", by=BLUES, of=REDS, says=BLUES, doc="b", out="2031-05-26"),
        control("capture", by=BLUES, of=REDS, on=("2031-06-10", "2031-06-12"), doc="c", out="2031-06-20"),
    )
    held, besieged, lost = standing(account, TOWN)

    assert until(held) == until(besieged) == since(lost) == ("2031-06-10", "2031-06-12")
    assert (phase(held), phase(besieged)) == (("2031-05-01", "2031-05-26"), ("2031-05-26", "2031-06-10"))
    assert [until(p) for p in standing(account, TOWN, "2031-06-19")] == [(None, None)] * 2


def test_account_denier_of_a_capture_holds_on_since_its_own_gain() -> None:
    """Who denies a loss goes on holding since its gain until it gains the place anew."""
    told = [
        control("capture", by=BLUES, on="2031-01-10", doc="a"),
        control("capture", by=REDS, of=BLUES, on="2031-05-17", says=RED_SPEAKER),
        control("capture", by=REDS, of=BLUES, on="2031-05-17", says=BLUE_SPEAKER, status="denied", doc="b"),
    ]
    claimed = _derive(*told)
    retaken = _derive(*told, control("recapture", by=BLUES, of=REDS, on="2031-09-01", doc="c"))

    assert {(p.holder, since(p)[0], until(p)[0], phase(p)) for p in standing(claimed, TOWN)} == {
        ("blues", "2031-01-10", None, ("2031-01-10", "2031-05-17")),
        ("blues", "2031-01-10", None, ("2031-05-17", None)),
        ("reds", "2031-05-17", None, ("2031-05-17", None)),
    }
    assert {p.change for p in standing(claimed, TOWN) if p.holder == "blues"} == {
        change.id for change in claimed.changes if change.winners == ("blues",)
    }
    blues = [(since(p)[0], until(p)[0]) for p in standing(retaken, TOWN) if p.holder == "blues"]
    assert blues == [("2031-01-10", "2031-09-01")] * 2 + [("2031-09-01", None)]


def test_account_rival_words_do_not_end_a_holding() -> None:
    """A holder whom a rival contradicts has had the place since its gain; the rival since it says so."""
    account = _derive(
        control("capture", by=BLUES, on="2031-05-01", says=BLUE_SPEAKER),
        control("holds", by=BLUES, says=BLUES, doc="b", out="2031-05-18"),
        control("holds", by=REDS, says=RED_SPEAKER, doc="c", out="2031-05-18"),
    )

    assert {(p.holder, p.status.value, since(p)[1], phase(p)) for p in standing(account, TOWN)} == {
        ("blues", "held", "2031-05-01", ("2031-05-01", "2031-05-18")),
        ("blues", "contested", "2031-05-01", ("2031-05-18", None)),
        ("reds", "contested", "2031-05-18", ("2031-05-18", None)),
    }


def test_account_denied_capture_is_contested() -> None:
    """A capture that only the winner claims and the loser denies leaves the place contested between them."""
    claimed = control("capture", by=REDS, of=BLUES, on="2031-05-17", says=RED_SPEAKER)
    denied = control("capture", by=REDS, of=BLUES, on="2031-05-17", says=BLUE_SPEAKER, status="denied", doc="b")

    found = on_day(_derive(claimed, denied), TOWN, "2031-05-20")

    assert {(p.holder, p.status.value, p.supporting, p.opposing) for p in found} == {
        ("reds", "contested", (claimed.key,), (denied.key,)),
        ("blues", "contested", (denied.key,), (claimed.key,)),
    }


def test_account_denied_capture_that_a_reporter_saw_stands() -> None:
    """A denial of a confirmed capture is listed against it and changes nothing."""
    denied = control("capture", by=REDS, on="2031-05-17", says=BLUE_SPEAKER, status="denied", doc="b")

    (period,) = on_day(_derive(control("capture", by=REDS, on="2031-05-17"), denied), TOWN, "2031-05-20")

    assert (period.status.value, period.opposing) == ("held", (denied.key,))


def test_account_rival_words_of_one_day_are_contested() -> None:
    """Two sides that both say they hold a place on one day leave it contested; a reporter's word decides."""
    words = [control("holds", by=side, says=side, doc=side.id, out="2031-05-18") for side in (REDS, BLUES)]

    contested = standing(_derive(*words), TOWN)
    decided = standing(_derive(*words, control("holds", by=REDS, doc="paper", out="2031-05-18")), TOWN)

    assert {(p.holder, p.status.value) for p in contested} == {("reds", "contested"), ("blues", "contested")}
    assert shape(decided)[-1] == ("reds", "held", "confirmed")
    assert "contested" not in {p.status.value for p in decided}


def test_account_order_is_by_event_not_by_publication() -> None:
    """A late report of an early day slots in before what happened later."""
    account = _derive(
        control("capture", by=BLUES, of=REDS, on="2031-05-17", out="2031-05-18"),
        control("capture", by=REDS, of=GREENS, on="2031-02-01", doc="memoir", out="2031-12-01"),
    )

    assert [p.holder for p in standing(account, TOWN)] == ["greens", "reds", "blues"]


def test_account_background_capture_precedes_the_recapture() -> None:
    """An undated capture that the report of a dated recapture mentions came before it."""
    told = report(
        "news",
        "2031-12-28",
        control("capture", by=REDS),
        control("recapture", by=BLUES, on="2031-12-27"),
    )

    assert [(p.holder, until(p)) for p in standing(_derive(*told), TOWN)] == [
        ("reds", ("2031-12-27", "2031-12-27")),
        ("blues", (None, None)),
    ]


# ---------------------------------------------------------------- known by


def test_account_known_by() -> None:
    """Each answer is known from the report that gave it until the report that changed it."""
    account = _derive(
        control("holds", by=REDS, doc="a", out="2031-05-01"),
        control("capture", by=BLUES, of=REDS, on="2031-04-20", doc="b", out="2031-06-01"),
    )

    assert standing(account, TOWN, "2031-04-30") == []
    (first,) = standing(account, TOWN, "2031-05-31")
    assert (first.holder, first.known_from, first.known_until) == ("reds", date(2031, 5, 1), date(2031, 6, 1))
    assert [p.known_until for p in standing(account, TOWN)] == [None] * len(standing(account, TOWN))


def test_account_unchanged_answers_are_one_period() -> None:
    """A report that changes nothing extends what is known without a second period."""
    (period,) = _derive(
        control("capture", by=REDS, on="2031-05-17", doc="a", out="2031-05-18"),
        control("capture", by=REDS, on="2031-05-17", doc="b", out="2031-06-18"),
    ).periods

    assert (period.known_from, period.known_until, len(period.supporting)) == (date(2031, 5, 18), None, 2)


def test_account_undated_reports_are_known_last() -> None:
    """What only a report without a date says is known at the end of time."""
    (period,) = _derive(control("capture", by=REDS, on="2031-05-17", out=None)).periods

    assert period.known_from == date.max
