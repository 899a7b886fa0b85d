"""Who took a place, where the sentence that tells of it names nobody."""

import pytest
from reading.docs import control

PUBLISHED = "2016-12-06"
ADVANCE = "Boko Haram captured Dikwa on Sunday."
FLIGHT = "Thousands of people walked to Maiduguri with what they could carry on their heads. " * 6

# text, place, winner
TOLD_BEFORE = [
    (f"{ADVANCE} Gwoza was captured a day later.", "Gwoza", "boko-haram"),
    (f"{ADVANCE} Gwoza was overrun by 5 December.", "Gwoza", "boko-haram"),
    (f"{ADVANCE} Gwoza fell a day later.", "Gwoza", "boko-haram"),
    (f"{ADVANCE} The fall of Gwoza followed within hours.", "Gwoza", "boko-haram"),
    ("Nigerian troops retook Dikwa. Gwoza was recaptured on Friday.", "Gwoza", "ng-forces"),
]

# text, place, winner, how
TOLD_ELSEWHERE = [
    (
        "Nigerian troops drove Boko Haram out of Dikwa. Gwoza was recaptured on Friday.",
        "Gwoza", "ng-forces", "advances before",
    ),
    (
        "Nigerian troops lost Gwoza to Boko Haram in May. In the north people fled. Gwoza was recaptured in June.",
        "Gwoza", "ng-forces", "lost it before",
    ),
    (
        "Boko Haram fighters launched an offensive near Lake Chad in Nigeria. Gwoza was captured on Thursday.",
        "Gwoza", "boko-haram", "attacks before",
    ),
    (
        "Boko Haram has tried for weeks to take Dikwa in Nigeria. Gwoza was captured on Thursday.",
        "Gwoza", "boko-haram", "attacks before",
    ),
    (
        f"{ADVANCE}\n\n{FLIGHT}\n\nGwoza was captured in May.",
        "Gwoza", "boko-haram", "the only one that takes places",
    ),
]  # fmt: skip

# text, place: nobody is named, so that no record of the place is left
OPEN = [
    # it was its own before
    (f"Boko Haram controlled Gwoza for a year. {ADVANCE} Gwoza was captured a day later.", "Gwoza"),
    # two sides take places
    (f"{ADVANCE} Nigerian troops captured Mubi. Gwoza was captured a day later.", "Gwoza"),
    # what is won back is not won by who captures
    (f"{ADVANCE} Gwoza was recaptured a day later.", "Gwoza"),
    # somebody did it whom reading does not know
    (f"{ADVANCE} The hunters of the hills seized Gwoza a day later.", "Gwoza"),
]


@pytest.mark.parametrize(("text", "place", "winner"), TOLD_BEFORE, ids=[case[0] for case in TOLD_BEFORE])
def test_winner_is_who_advances_in_the_sentences_before(text: str, place: str, winner: str) -> None:
    """The one side that takes places right before took this one too, and the rule says that it was told so."""
    (claim,) = [c for c in control(text, PUBLISHED) if c.place.name == place]
    assert [actor.id for actor in claim.winners] == [winner]
    assert "; winner: advances before" in claim.rule


@pytest.mark.parametrize(
    ("text", "place", "winner", "how"), TOLD_ELSEWHERE, ids=[case[0][:80] for case in TOLD_ELSEWHERE]
)
def test_winner_is_told_elsewhere(text: str, place: str, winner: str, how: str) -> None:
    """Who was told to go forward, to lose the place before, or alone to take places; the rule says which."""
    (claim,) = [c for c in control(text, PUBLISHED) if c.place.name == place and "nobody named" in c.rule]
    assert [actor.id for actor in claim.winners] == [winner]
    assert f"; winner: {how}" in claim.rule


@pytest.mark.parametrize(("text", "place"), OPEN, ids=[case[0] for case in OPEN])
def test_winner_stays_open_where_it_is_not_clear(text: str, place: str) -> None:
    """Nobody is named where it may be somebody else."""
    assert not [c for c in control(text, PUBLISHED) if c.place.name == place and "; winner:" in c.rule]


def test_winner_is_who_has_not_left() -> None:
    """Of whom it is denied that they left a place, they hold it."""
    text = "Nigerian troops have not left Gwoza, captured on Monday."
    found = [c for c in control(text, PUBLISHED) if c.kind.value == "capture"]
    assert [[actor.id for actor in claim.winners] for claim in found] == [["ng-forces"]]


@pytest.mark.parametrize(
    "text",
    [
        "M23 rebels fought the army in Congo. M23 commanders confirmed that Goma had fallen.",
        "M23 rebels were in Goma. The United Nations reported a withdrawal from Goma.",
    ],
)
def test_whoever_only_tells_of_a_loss_has_lost_nothing(text: str) -> None:
    """A victor may confirm a town's fall, and anybody report a withdrawal; only who concedes one means their own."""
    assert not [claim for claim in control(text, PUBLISHED) if claim.losers]
