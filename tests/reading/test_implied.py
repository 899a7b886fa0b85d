"""Captures that name nobody, and who took the places told of just before."""

import pytest
from reading.docs import reading

from conflict_kg.model import ControlClaim

OPENING = "Fighting goes on in North Kivu between the army of the Democratic Republic of Congo and M23 rebels.\n\n"


def told(text: str, place: str) -> list[ControlClaim]:
    """The control claims about a place."""
    claims = reading(OPENING + text).claims
    return [claim for claim in claims if isinstance(claim, ControlClaim) and claim.place.name == place]


def test_implied_winner_is_who_took_the_place_before() -> None:
    """Within a paragraph, where one side alone took places."""
    (claim,) = told("M23 rebels captured Goma on Tuesday. Sake was taken on Wednesday.", "Sake")
    assert [actor.id for actor in claim.winners] == ["m23"]
    assert claim.rule.startswith("frame capture:take; winner: who took places before")


def test_implied_loser_is_who_left_before() -> None:
    """Who is told to leave places is who lost the next one."""
    (claim,) = told("The army withdrew from Goma on Tuesday. Sake was captured on Wednesday.", "Sake")
    assert [actor.id for actor in claim.losers] == ["cd-army"]


@pytest.mark.parametrize(
    "text",
    [
        "M23 rebels captured Goma on Tuesday.\n\nSake was taken on Wednesday.",
        "M23 rebels captured Goma on Tuesday. The army captured Rutshuru. Sake was taken on Wednesday.",
        "M23 rebels will capture Goma. Sake was taken on Wednesday.",
    ],
    ids=["another paragraph", "two sides", "nothing happened"],
)
def test_implied_party_stays_open(text: str) -> None:
    """Nobody is filled in where nothing, or more than one thing, was told before; then there is no claim."""
    assert told(text, "Sake") == []
