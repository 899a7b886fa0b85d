"""Denials of what the sentence before told."""

import pytest
from reading.docs import reading

from conflict_kg.model import ControlClaim, Status

OPENING = "Fighting goes on in North Kivu between the army of the Democratic Republic of Congo and M23 rebels.\n\n"
CLAIMED = "The M23 said on Tuesday that it had captured Goma."


def denied(text: str) -> list[ControlClaim]:
    """The claims of control that somebody denies."""
    claims = reading(OPENING + text, "2025-01-29").claims
    return [claim for claim in claims if isinstance(claim, ControlClaim) and claim.status is Status.DENIED]


@pytest.mark.parametrize(
    "words", ["The army denied the claim.", "A government spokesman dismissed the reports.", "The army denied it."]
)
def test_denial_is_of_the_claim_before(words: str) -> None:
    """The same change, its latest day included, in the words and by the authority of who denies it."""
    (claim,) = denied(f"{CLAIMED} {words}")
    assert (claim.place.name, [a.id for a in claim.winners]) == ("Goma", ["m23"])
    assert claim.passage.quote == words
    assert str(claim.when.begin_latest) == "2025-01-28"
    assert claim.according_to


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIMED} Uganda denied the allegations.",
        f"{CLAIMED} The M23 denied the claim.",
        f"{CLAIMED} The army denied claims of torture.",
        "The army denied the claim.",
    ],
    ids=["by another country", "by who claimed it", "of something else", "of nothing"],
)
def test_denial_of_nothing_told_is_no_claim(text: str) -> None:
    """What is denied must be a change that the report told, and its denier must be concerned."""
    assert denied(text) == []
