"""What the clauses around a change tell of it: the place where those were who go, and the place of "where"."""

import pytest
from reading.docs import control

OPENING = "Fighting has gone on for weeks in northern Afghanistan between the Afghan army and the Taliban.\n\n"


def told(text: str) -> set[tuple[str, str, str]]:
    """Kind, status and place of the changes of a text."""
    return {(str(c.kind), str(c.status), c.place.name) for c in control(OPENING + text, "2015-10-02")}


def test_who_withdraws_leaves_what_the_sentence_before_has_them_take() -> None:
    """“They withdrew a day later”: from the town that they had taken."""
    found = told("The Taliban took Baghlan on Monday. They withdrew a day later.")
    assert found == {("capture", "asserted", "Baghlan"), ("withdrawal", "asserted", "Baghlan")}


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban attacked police in Baghlan. They withdrew after an hour.",
        "The Taliban held Baghlan for a day. Soldiers want to drive the Taliban out.",
        "The Taliban held Baghlan for a day. Soldiers forced the Taliban to release two men.",
    ],
)
def test_who_was_not_there_or_does_not_go_leaves_nothing(text: str) -> None:
    """They must have held the place, and have gone."""
    assert {kind for kind, _, _ in told(text)} <= {"holds"}


def test_place_of_where_is_that_of_the_attack() -> None:
    """“Kunduz, where a first attack was thrown back”: the day behind "on" is no place."""
    found = told("The army left Kunduz, where a first Taliban attack on Friday was thrown back.")
    assert found == {("withdrawal", "asserted", "Kunduz"), ("capture", "failed", "Kunduz")}


def test_where_forces_fled_is_not_where_they_were() -> None:
    """“Where rebels fled” may be where they went."""
    assert told("Soldiers searched Baghlan, where many Taliban fled.") == set()


@pytest.mark.parametrize(
    "text",
    [
        "The Taliban seized Baghlan within hours of the departure of the last British soldiers.",
        "The Taliban seized Baghlan on Monday. British soldiers had pulled out overnight.",
        "The Taliban moved into Baghlan after the army withdrew.",
    ],
)
def test_who_makes_way_leaves_the_town_that_another_takes(text: str) -> None:
    """The soldiers were in the town that the Taliban took as they went."""
    assert ("withdrawal", "asserted", "Baghlan") in told(text)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Taliban took Baghlan. Soldiers tried to dislodge them, but were beaten off, residents said.", "failed"),
        ("The Taliban took Baghlan. The army launched an offensive to dislodge them.", "planned"),
    ],
)
def test_those_whom_somebody_tries_to_dislodge_are_where_they_were(text: str, status: str) -> None:
    """“Them” are in the town that the sentence before has them take."""
    assert ("capture", status, "Baghlan") in told(text)


@pytest.mark.parametrize("mark", ["after", "as", "when"])
def test_who_leaves_as_others_come_leaves_what_they_take(mark: str) -> None:
    """“The Taliban took Baghlan after soldiers withdrew”: from there."""
    found = told(f"The Taliban captured Baghlan {mark} soldiers withdrew.")
    assert found == {("capture", "asserted", "Baghlan"), ("withdrawal", "asserted", "Baghlan")}


def test_who_is_driven_out_until_others_come_leaves_nothing_more() -> None:
    """Only who goes of their own will as others come leaves what these take."""
    assert told("The Taliban held Baghlan until soldiers arrived.") <= {("holds", "asserted", "Baghlan")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Taliban raised their flag in Baghlan after the army withdrew.",
            {("capture", "asserted", "Baghlan"), ("withdrawal", "asserted", "Baghlan")},
        ),
        (
            "Thousands left their homes in Baghlan, which fell to the Taliban in May.",
            {("capture", "asserted", "Baghlan")},
        ),
        (
            "There is no doctor in Baghlan, where the Taliban have besieged 2,000 people.",
            {("siege", "asserted", "Baghlan")},
        ),
        (
            "The Taliban were in Baghlan for two days. They withdrew from there.",
            {("withdrawal", "asserted", "Baghlan")},
        ),
    ],
)
def test_place_is_that_of_the_words_beside(text: str, expected: set[tuple[str, str, str]]) -> None:
    """Forces leave what others take; “which”, “where” and “there” mean the place before them."""
    assert told(text) == expected
