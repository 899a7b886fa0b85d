"""Incidents: what happened, by whom, to whom, where and with what, as each source says."""

import pytest
from reading.docs import claims_of

from conflict_kg.model import CasualtyClaim, IncidentClaim, IncidentKind, Means, Status

DAY = "2013-01-21"  # a Monday


def _incidents(text: str) -> list[IncidentClaim]:
    return claims_of(IncidentClaim, text, DAY)


def _told(claim: IncidentClaim) -> tuple[str, str | None, str | None, str | None]:
    agents, targets = (" and ".join(a.name for a in side) or None for side in (claim.agents, claim.targets))
    return claim.kind.value, agents, targets, claim.place.name if claim.place else None


# the text; kind, agent, target and place
TOLD = [
    ("Rebels clashed with government troops in Gao.", ("clash", "Rebels", "government troops", "Gao")),
    ("Clashes between rebels and the army in Gao killed ten people.", ("clash", "rebels", "army", "Gao")),
    ("Gao, where the army is fighting Ansar Dine, was shelled.", ("clash", "army", "Ansar Dine", "Gao")),
    ("Ansar Dine attacked the town of Konna on Sunday.", ("attack", "Ansar Dine", None, "Konna")),
    ("The town of Konna was attacked by Ansar Dine on Sunday.", ("attack", "Ansar Dine", None, "Konna")),
    ("Ansar Dine launched an offensive on Konna.", ("attack", "Ansar Dine", None, "Konna")),
    ("French warplanes bombed Gao.", ("air_strike", "French warplanes", None, "Gao")),
    ("The French army carried out air strikes on Gao.", ("air_strike", "French army", None, "Gao")),
    ("An air strike on Gao by the French army killed two people.", ("air_strike", "French army", None, "Gao")),
    ("A suicide bomber blew himself up at a checkpoint in Gao.", ("bombing", "A suicide bomber", None, "Gao")),
    ("A car bomb exploded in Gao on Sunday.", ("bombing", None, None, "Gao")),
    ("Two soldiers were killed by a roadside bomb near Gao.", ("bombing", None, None, "Gao")),
    ("The army shelled Gao.", ("bombing", "army", None, "Gao")),
    ("The army besieged Gao.", ("siege", "army", None, "Gao")),
    ("France deployed troops to Gao.", ("deployment", "France", None, "Gao")),
    ("Ansar Dine withdrew from Konna.", ("withdrawal", "Ansar Dine", None, "Konna")),
]


@pytest.mark.parametrize(("text", "expected"), TOLD, ids=[each[0] for each in TOLD])
def test_incidents_tell_what_who_and_where(text: str, expected: tuple[str, str | None, str | None, str | None]) -> None:
    """Verbs in either voice, nouns with and without a supporting verb, relative clauses."""
    assert expected in [_told(claim) for claim in _incidents(text)]


# the text and the status of its one incident
STANDING = [
    ("Rebels attacked Gao.", Status.ASSERTED),
    ("Rebels reportedly attacked Gao.", Status.CLAIMED),
    ("Rebels reportedly carried out an attack on Gao.", Status.CLAIMED),
    ("The army said that rebels had attacked Gao.", Status.CLAIMED),
    ("The rebels denied that they had attacked Gao.", Status.DENIED),
    ("The rebels vowed to attack Gao.", Status.PLANNED),
    ("The rebels are planning an attack on Gao.", Status.PLANNED),
    ("The rebels may attack Gao.", Status.EXPECTED),
    ("Residents fear an attack on Gao.", Status.EXPECTED),
    ("Police foiled a bomb attack in Gao.", Status.FAILED),
    ("The rebels stopped shelling Gao.", Status.ASSERTED),
    ("The rebels used mortars to attack Gao.", Status.ASSERTED),
    ("Gao is still somewhere the army is having to fight the rebels.", Status.ASSERTED),
]


@pytest.mark.parametrize(("text", "status"), STANDING, ids=[each[0] for each in STANDING])
def test_incidents_stand_as_their_words_say(text: str, status: Status) -> None:
    """What is planned, feared, denied or foiled did not happen; what somebody stopped doing did."""
    assert [claim.status for claim in _incidents(text)] == [status]


# the text and what it was done with
ARMED = [
    ("A suicide bombing in Gao killed two people.", Means.SUICIDE_BOMB),
    ("A car bomb exploded in Gao.", Means.CAR_BOMB),
    ("A roadside bomb hit a truck in Gao.", Means.PLANTED_BOMB),
    ("Rebels fired rockets at Gao.", Means.SHELLING),
    ("A drone strike in Gao killed two people.", Means.DRONE),
    ("A bombing in Gao killed two people.", None),
]


@pytest.mark.parametrize(("text", "means"), ARMED, ids=[each[0] for each in ARMED])
def test_incidents_tell_with_what_they_were_done(text: str, means: Means | None) -> None:
    """By the words before the noun, of what went off or of what was fired; not by what was hit."""
    assert [claim.means for claim in _incidents(text)] == [means]


NOTHING = [
    "The minister launched a verbal attack on his rivals in Gao.",
    "He had a heart attack in Gao.",
    "Attack helicopters were seen over Gao.",
    "The attack killed two people.",
    "The teams fought a good match.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_incidents_none_where_nothing_of_war_or_nowhere_is_told(text: str) -> None:
    """Other attacks, things named after attacks, and events without place or sides make no claim."""
    assert _incidents(text) == []


def test_incidents_told_twice_are_one() -> None:
    """The same attack told twice is one claim, with the day and the side that either mention tells."""
    text = "Gao was attacked on Sunday. The town lies on a river.\n\nThe rebels attacked Gao with two trucks.\n"
    (claim,) = _incidents(text)
    assert _told(claim)[1:] == ("The rebels", None, "Gao")
    assert claim.when.begin_earliest is not None
    assert claim.when.begin_earliest.isoformat() == "2013-01-20"


def test_incidents_of_two_sources_stay_two() -> None:
    """Each source makes a claim of its own."""
    text = "The army said that rebels attacked Gao. The police said that rebels attacked Gao."
    assert len({claim.according_to for claim in _incidents(text)}) == 2


def test_incidents_told_as_another_stay_apart() -> None:
    """“Another” bombing in the same town is a second one."""
    text = "A bombing in Gao killed two people on Sunday. Another bombing in Gao killed three people on Sunday."
    assert [claim.kind for claim in _incidents(text)] == [IncidentKind.BOMBING] * 2


def test_incidents_near_a_place_are_not_in_it() -> None:
    """“Near”, “outside” and a direction put an incident beside the place."""
    for text, near in (
        ("Rebels and soldiers clashed near Gao.", True),
        ("Rebels and soldiers clashed north of Gao.", True),
        ("Rebels and soldiers clashed in Gao.", False),
    ):
        assert [claim.near for claim in _incidents(text)] == [near], text


def test_incidents_claimed_by_who_did_it_rest_on_their_word() -> None:
    """Who takes responsibility is the source."""
    (claim,) = _incidents("Ansar Dine claimed responsibility for a bombing in Gao.")
    assert ([a.name for a in claim.according_to], claim.status) == (["Ansar Dine"], Status.CLAIMED)


def test_incidents_know_the_victims_of_their_sentence() -> None:
    """The casualty claim of the same sentence and place is that of the incident."""
    text = "A car bomb killed 12 soldiers in Gao."
    (claim,), (harm,) = _incidents(text), claims_of(CasualtyClaim, text, DAY)
    assert claim.casualties == (harm.key,)


def test_incidents_of_gunmen_are_of_nobody_named_before() -> None:
    """“Gunmen” are not taken for the group that the report names."""
    text = "Ansar Dine holds Kidal. Gunmen attacked a convoy in Gao on Sunday."
    assert ("attack", "gunmen", None, "Gao") in [_told(claim) for claim in _incidents(text)]
