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
