"""From whom a place was taken, where the sentence names the taker alone."""

import pytest
from reading.docs import control

PUBLISHED = "2016-12-06"

# text, place, winner, loser, presumed loser
LOSERS = [
    # named for the same change in another sentence
    (
        "Boko Haram has captured Dikwa. On Monday Boko Haram drove Nigerian troops out of Dikwa.",
        "Dikwa", "Boko Haram", "Nigerian troops", None,
    ),
    # who leaves in a clause below, from where is not said
    ("Boko Haram seized Dikwa after Nigerian troops withdrew.", "Dikwa", "Boko Haram", "Nigerian troops", None),
    ("Boko Haram seized Dikwa, sending Nigerian troops fleeing.", "Dikwa", "Boko Haram", "Nigerian troops", None),
    # who holds the place that is to be retaken
    (
        "Boko Haram captured Dikwa on Sunday. Nigerian troops have vowed to retake Dikwa.",
        "Dikwa", "Nigerian troops", "Boko Haram", None,
    ),
    # who left the town whose barracks are taken
    (
        "Nigerian troops have withdrawn from Dikwa. Boko Haram captured the barracks in Dikwa.",
        "barracks in Dikwa", "Boko Haram", "Nigerian troops", None,
    ),
    # whose a site is by its name
    ("Boko Haram captured an army base near Dikwa in Nigeria.", "army base", "Boko Haram", None, "Nigerian army"),
    # who fights the winner
    (
        "Boko Haram captured Dikwa. Cameroonian soldiers crossed into Nigeria and attacked Boko Haram.",
        "Dikwa", "Boko Haram", None, None,  # a state's soldiers lose no town abroad
    ),
    (
        "Boko Haram captured Dikwa. Nigerian soldiers and hunters had attacked Boko Haram near Gwoza in Nigeria.",
        "Dikwa", "Boko Haram", None, "Nigerian forces",
    ),
    # the only other side
    ("Boko Haram captured Dikwa. The Nigerian army had no comment.", "Dikwa", "Boko Haram", None, "Nigerian army"),
    # by the name that tells alone
    ("Boko Haram captured Dikwa in Nigeria. The army had no comment.", "Dikwa", "Boko Haram", None, "Nigerian army"),
    # peacekeepers take from no side
    ("UN peacekeepers took over Dikwa in Nigeria. The Nigerian army had no comment.", "Dikwa", "UN", None, None),
    # the winner's name misspelt is no other side
    (
        "Boko Haram captured Dikwa in Nigeria. The extremist Bokoo Harram group had threatened the town.",
        "Dikwa", "Boko Haram", None, None,
    ),
    # whoever took it on an earlier day
    (
        "ISWAP seized Dikwa on 2 November. Nigerian troops were far away. Boko Haram captured Dikwa on 20 November.",
        "Dikwa", "Boko Haram", "ISWAP", None,
    ),
    # a loss to somebody
    ("Boko Haram was feared after the loss of Dikwa to Boko Haram. The Nigerian army said nothing.",
        "Dikwa", "Boko Haram", None, "Nigerian army"),
    # two other sides: nobody
    (
        "The Islamic State captured Raqqa. The Syrian army and the YPG had no comment.",
        "Raqqa", "Islamic State", None, None,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "winner", "loser", "presumed"), LOSERS, ids=[case[0] for case in LOSERS])
def test_loser_is_taken_from_the_rest_of_the_report(
    text: str, place: str, winner: str, loser: str | None, presumed: str | None
) -> None:
    """Told of the place elsewhere it is a loser; by who fights whom only a presumed one."""
    found = [c for c in control(text, PUBLISHED) if c.place.name == place and winner in {w.name for w in c.winners}]
    assert found
    assert {", ".join(a.name for a in c.losers) or None for c in found} == {loser}
    assert {", ".join(a.label for a in c.presumed) or None for c in found} == {presumed}


def test_rule_says_how_the_loser_was_found() -> None:
    """Every claim that got a loser from elsewhere names the way."""
    (claim,) = control("Boko Haram captured Dikwa. The Nigerian army had no comment.", PUBLISHED)
    assert claim.rule.endswith("; presumed loser: the only other side that the report names")


def test_what_began_and_came_about_is_one_claim() -> None:
    """An attempt that the report itself tells of goes into its success; a vow stays, for it was said."""
    push = "Boko Haram captured Dikwa on Sunday. The push by Boko Haram to take Dikwa began at dawn on Sunday."
    assert {c.status.value for c in control(push, PUBLISHED)} == {"asserted"}
    vow = "Boko Haram captured Dikwa on Sunday. Boko Haram had vowed to take Dikwa."
    assert {c.status.value for c in control(vow, PUBLISHED)} == {"asserted", "planned"}


def test_a_place_behind_a_distance_is_not_taken() -> None:
    """Words like "60 miles from" tell where something is; nobody flees from there."""
    text = "The defeat sent Nigerian troops fleeing, just 60 miles from Maiduguri."
    assert not [c for c in control(text, PUBLISHED) if c.place.name == "Maiduguri"]
