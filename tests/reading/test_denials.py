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
    "words",
    [
        "The army said that was untrue.",
        "Not so, said the army.",
        "“That is a lie,” an army spokesman said.",
        "“Nothing of the sort has happened,” an army spokesman retorted.",
        "There is no truth in it, the government said.",
        "An army spokesman called the claim propaganda.",
        "The claim was denied by the army.",
    ],
)
def test_denial_may_be_flat(words: str) -> None:
    """Somebody says of what was told that it is not so, without a verb of denying."""
    (claim,) = denied(f"{CLAIMED} {words}")
    assert (claim.place.name, [a.id for a in claim.winners], claim.passage.quote) == ("Goma", ["m23"], words)


@pytest.mark.parametrize(
    "words", [", but the army denied it.", ", which the army denied.", ", a claim denied by the army."]
)
def test_denial_may_stand_in_the_sentence_of_the_claim(words: str) -> None:
    """What is denied is told earlier in the same sentence."""
    (claim,) = denied(CLAIMED.removesuffix(".") + words)
    assert ([a.id for a in claim.winners], [a.id for a in claim.according_to]) == (["m23"], ["cd-army"])


def test_attempt_is_failed_where_the_next_sentence_has_it_repelled() -> None:
    """“The attack” is the attempt of the sentence before; a sentence between them leaves it planned."""
    attempt, end = "The M23 tried to overrun Goma on Tuesday.", "Soldiers repelled the attack."
    for text, status in ((f"{attempt} {end}", Status.FAILED), (f"{attempt} It rained. {end}", Status.PLANNED)):
        (claim,) = (c for c in reading(OPENING + text, "2025-01-29").claims if isinstance(c, ControlClaim))
        assert claim.status is status


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIMED} The M23 said that was untrue of Bukavu.",
        f"{CLAIMED} Not so long ago, said the army, people lived there in peace.",
        f"{CLAIMED} Uganda denied the allegations.",
        f"{CLAIMED} The M23 denied the claim.",
        f"{CLAIMED} The army denied claims of torture.",
        "The army denied the claim.",
    ],
    ids=[
        "untrue of another place",
        "not so long ago",
        "by another country",
        "by who claimed it",
        "of something else",
        "of nothing",
    ],
)
def test_denial_of_nothing_told_is_no_claim(text: str) -> None:
    """What is denied must be a change that the report told, and its denier must be concerned."""
    assert denied(text) == []
