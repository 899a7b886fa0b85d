"""A town of which both the Reds and the Blues have a part is divided: bare words for either speak of its part."""

from itertools import permutations

from account_claims import (
    BLUES,
    GATE,
    GREENS,
    PLACES,
    RED_SPEAKER,
    REDS,
    TOWN,
    control,
    on_day,
    place,
    shape,
    standing,
)

from conflict_kg.account import derive
from conflict_kg.model import Account, Claim, PlaceKind

PARTS = (
    control("holds", by=REDS, partial=True, doc="a", out="2031-03-01"),
    control("holds", by=BLUES, partial=True, doc="b", out="2031-03-05"),
)
RED_TOWN = control("holds", by=REDS, doc="c", out="2031-04-01")
BLUE_TOWN = control("holds", by=BLUES, doc="d", out="2031-05-01")
EAST = place("east", "town", PlaceKind.PART)
BOTH = {("reds", "contested", "confirmed"), ("blues", "contested", "confirmed")}


def _whole(account: Account, day: str) -> set[tuple[str | None, str, str | None]]:
    return {found for found in shape(on_day(account, TOWN, day)) if found[1] != "partly_held"}


def _rules(*claims: Claim) -> list[str]:
    return [period.rule for period in standing(derive(claims, PLACES), TOWN)]


def test_words_for_both_sides_of_a_divided_town_leave_it_contested() -> None:
    """From the first word for the other side on; more words for either change nothing."""
    again = control("holds", by=REDS, doc="e", out="2031-06-01")
    account = derive((*PARTS, RED_TOWN, BLUE_TOWN, again), PLACES)

    assert ("reds", "held", "confirmed") in _whole(account, "2031-04-15")
    assert _whole(account, "2031-05-01") == _whole(account, "2031-12-01") == BOTH
    assert {p.rule for p in standing(account, TOWN) if p.status.value == "contested"} == {"divided"}


def test_a_town_of_which_one_side_has_a_part_is_not_divided() -> None:
    """A later word for a rival means a change of hands, unless both are known to have parts."""
    assert "later-word" in _rules(PARTS[0], RED_TOWN, BLUE_TOWN)
    assert "divided" not in _rules(PARTS[0], RED_TOWN, BLUE_TOWN)
    assert "later-word" in _rules(*PARTS, RED_TOWN, control("holds", by=GREENS, doc="d", out="2031-05-01"))


def test_parts_of_long_ago_divide_nothing() -> None:
    """Words for parts count for a year."""
    late = control("holds", by=BLUES, doc="d", out="2032-06-01")

    assert "later-word" in _rules(*PARTS, RED_TOWN, late)


def test_a_change_of_the_whole_ends_the_parts() -> None:
    """Who took the whole town has it, and a later word for the other side tells of a change again."""
    taken = control("capture", by=BLUES, of=REDS, on="2031-05-10", doc="e", out="2031-05-11")
    account = derive((*PARTS, RED_TOWN, BLUE_TOWN, taken), PLACES)

    assert _whole(account, "2031-05-05") == BOTH
    assert _whole(account, "2031-05-20") == {("blues", "held", "confirmed")}
    assert "later-word" in _rules(*PARTS, RED_TOWN, taken, control("holds", by=REDS, doc="f", out="2031-08-01"))


def test_a_captured_part_is_a_part() -> None:
    """Who took a part has one, and from whom it was taken had the rest."""
    took = control("partial_capture", by=BLUES, of=REDS, on="2031-03-05", doc="b", out="2031-03-06")
    alone = control("partial_capture", by=REDS, on="2031-03-01", doc="a", out="2031-03-02")
    account = derive((took, alone, RED_TOWN, BLUE_TOWN), PLACES)

    assert _whole(account, "2031-05-02") == BOTH


def test_a_word_for_the_besieger_of_a_part_leaves_the_siege() -> None:
    """Who besieges one half holds the other."""
    siege = control("siege", by=REDS, of=BLUES, on="2031-04-10", doc="e", out="2031-04-10")
    word = control("holds", by=REDS, doc="f", out="2031-05-20")
    account = derive((*PARTS, siege, BLUE_TOWN, word), PLACES)

    assert _whole(account, "2031-06-01") == {("blues", "besieged", "confirmed")}


def test_a_claimed_capture_in_a_divided_town_has_the_other_side_as_rival() -> None:
    """Not the winner itself."""
    said = control("capture", by=REDS, on="2031-06-01", says=RED_SPEAKER, doc="e", out="2031-06-01")
    denied = control("capture", by=REDS, on="2031-06-01", says=BLUES, status="denied", doc="f", out="2031-06-01")
    account = derive((*PARTS, RED_TOWN, BLUE_TOWN, said, denied), PLACES)

    assert {found[:2] for found in _whole(account, "2031-06-10")} == {("reds", "contested"), ("blues", "contested")}


def test_a_divided_town_does_not_depend_on_the_order_of_claims() -> None:
    """Nor on the days on which the same claims became known."""
    claims = (*PARTS, RED_TOWN, BLUE_TOWN)

    assert len({derive(order, PLACES).periods for order in permutations(claims)}) == 1


def test_who_is_besieged_in_a_divided_town_has_it_besieged() -> None:
    """Though the word for the besieger came first, and the siege names nobody who suffers it."""
    siege = control("siege", by=REDS, on="2031-05-10", doc="e", out="2031-05-10")
    account = derive((*PARTS, RED_TOWN, BLUE_TOWN, siege), PLACES)

    assert _whole(account, "2031-05-05") == BOTH
    assert _whole(account, "2031-06-01") == {("blues", "besieged", "confirmed")}


def test_parts_that_are_places_of_their_own_divide_a_town() -> None:
    """Who has the east and who has the gate have parts of the town."""
    east = control("holds", EAST, by=REDS, doc="a", out="2031-03-01")
    gate = control("holds", GATE, by=BLUES, doc="b", out="2031-03-05")
    places = {**PLACES, EAST.id: EAST}
    account = derive((east, gate, RED_TOWN, BLUE_TOWN), places)

    assert _whole(account, "2031-05-02") == BOTH


def test_one_part_that_changes_hands_divides_nothing() -> None:
    """It is of one side at a time, so that the side that lost it has no part."""
    before = control("holds", GATE, by=REDS, doc="a", out="2031-03-01")
    after = control("holds", GATE, by=BLUES, doc="b", out="2031-03-05")

    assert "divided" not in _rules(before, after, RED_TOWN, BLUE_TOWN)
