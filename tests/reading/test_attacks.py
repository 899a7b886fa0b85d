"""Attacks that came to nothing: their places and sides where other words tell them, and attempts beaten back."""

import pytest
from reading.docs import control

OPENING = "Fighting has gone on for weeks in northern Afghanistan between the Afghan army and the Taliban.\n\n"
PUBLISHED = "2015-10-02"

# text, place, winner: one attempt that failed
FAILED = [
    ("The garrison at Baghlan beat back an attack by the Taliban.", "Baghlan", "taliban"),
    ("The Taliban took Baghlan. A counter-attack by the army came to nothing.", "Baghlan", "af-army"),
    ("The Taliban launched an offensive against Baghlan, but the attack was repulsed.", "Baghlan", "taliban"),
    (
        "The Taliban besieged Baghlan in May. Two attacks on the town were beaten back by the army.",
        "Baghlan",
        "taliban",
    ),
    ("The Taliban tried to take Baghlan, but officers said they had been driven off.", "Baghlan", "taliban"),
    ("The Taliban tried to take Baghlan. They were driven back.", "Baghlan", "taliban"),
    ("The army repulsed the Taliban at Baghlan.", "Baghlan", "taliban"),
    ("The Taliban had tried to storm Baghlan in May.", "Baghlan", "taliban"),
    ("Taliban fighters were killed trying to storm Baghlan.", "Baghlan", "taliban"),
]

# text: no attempt on a place is told to have failed
NOT_FAILED = [
    "The Taliban tried to take Baghlan. Protesters in Kabul were driven back.",  # others
    "The Taliban have tried to take Baghlan since May.",  # how it ended is not told
    "The army collapsed before the advance of the Taliban on Baghlan.",  # it is the army that did not succeed
    "The Taliban captured Baghlan. An attack to lift the siege of Kunduz was repulsed.",  # on another place
]


@pytest.mark.parametrize(("text", "place", "winner"), FAILED, ids=[case[0] for case in FAILED])
def test_attack_that_came_to_nothing_has_its_place_and_side(text: str, place: str, winner: str) -> None:
    """Who tried, and where, stands in the words around."""
    (claim,) = [c for c in control(OPENING + text, PUBLISHED) if c.status == "failed"]
    assert claim.place.name == place
    assert [actor.id for actor in claim.winners] == [winner]


@pytest.mark.parametrize("text", NOT_FAILED)
def test_attack_is_not_failed_without_words_for_it(text: str) -> None:
    """Others who are driven back, or an attack elsewhere, tell nothing of this one."""
    assert not [c for c in control(OPENING + text, PUBLISHED) if c.status == "failed" and c.place.name == "Baghlan"]
