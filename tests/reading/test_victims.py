"""Whom a word of harm is said of, and who gives the figure, in the ways that reports have of telling it."""

import pytest
from reading.docs import claims_of

from conflict_kg.model import CasualtyClaim, Harm
from conflict_kg.reading.victims import harms

DAY = "2013-01-21"  # a Monday
KILLED, WOUNDED, DISPLACED = Harm.KILLED, Harm.WOUNDED, Harm.DISPLACED


def _figures(text: str) -> set[tuple[Harm, int]]:
    counts = [(c.harm, c.count) for c in claims_of(CasualtyClaim, text, DAY)]
    return {(harm, n) for harm, count in counts for n in (count.low, count.best, count.high) if n is not None}


FIGURES = [
    ("Some 9,000 people have crowded into the compound of the mission.", {(DISPLACED, 9000)}),
    ("About 4,000 more are camping beside the railway.", {(DISPLACED, 4000)}),
    ("Nearly 30,000 are crowded into the cathedral.", {(DISPLACED, 30000)}),
    ("A school in Gao shelters 25,000 Christians.", {(DISPLACED, 25000)}),
    ("The Muslims, about 6,000 of them, camp at a mill.", {(DISPLACED, 6000)}),
    ("The agency counted 7,000 arrivals in a single day.", {(DISPLACED, 7000)}),
    ("More than 8,000 people have crossed into Chad since Monday.", {(DISPLACED, 8000)}),
    ("The UN put the number of people who have crossed to Chad at over 41,000.", {(DISPLACED, 41000)}),
    ("The agency put the number of displaced at more than 700,000.", {(DISPLACED, 700000)}),
    ("About 14,000 people left Gao in December.", {(DISPLACED, 14000)}),
    ("An estimated 60,000 people have sought refuge in the hills.", {(DISPLACED, 60000)}),
    ("The fighting sent 20,000 people across the border.", {(DISPLACED, 20000)}),
    ("The rebels put their own dead at 120.", {(KILLED, 120)}),
    ("The army put its own dead at 90 and the wounded at more than 640.", {(KILLED, 90), (WOUNDED, 640)}),
    ("The battalion lost nine men on the road to Gao.", {(KILLED, 9)}),
    ("The army said it had lost four of its own.", {(KILLED, 4)}),
    ("Forty villagers lost their lives in Gao.", {(KILLED, 40)}),
    ("The conflict has cost more than 50,000 lives.", {(KILLED, 50000)}),
    ("The battle has claimed the lives of 140 soldiers and 90 rebels.", {(KILLED, 140), (KILLED, 90)}),
    ("The group has documented the killing of 5,200 civilians.", {(KILLED, 5200)}),
    ("The raids caused 5,200 deaths.", {(KILLED, 5200)}),
    ("Two priests were among those killed.", {(KILLED, 2)}),
    ("Three women were among 11 people killed when a shell hit a bakery.", {(KILLED, 3), (KILLED, 11)}),
    ("Gunmen killed four farmers along with two drivers.", {(KILLED, 4), (KILLED, 2)}),
    ("At least 20 of the injured were in a critical condition.", {(WOUNDED, 20)}),
    ("The dead include 111 civilians, the monitor said.", {(KILLED, 111)}),
    ("A mortar round landed in Gao, one woman killed, two civilians wounded.", {(KILLED, 1), (WOUNDED, 2)}),
    ("The deaths bring the total to more than 100.", {(KILLED, 100)}),
    ("Two paratroopers were shot dead near the airport.", {(KILLED, 2)}),
    ("The dead included 109 evacuees.", {(KILLED, 109)}),
]


@pytest.mark.parametrize(("text", "figures"), FIGURES, ids=[text for text, _ in FIGURES])
def test_victims_are_counted_however_it_is_told(text: str, figures: set[tuple[Harm, int]]) -> None:
    """Crowds that have fled, lives lost, figures that the dead are put at, some among the dead."""
    assert _figures(text) == figures


UNHARMED = [
    "About 3,000 people crossed the bridge to vote.",
    "Some 2,000 soldiers have crossed the river and are advancing on Gao.",
    "About 14,000 tourists left the island in December.",
    "Around 5,000 supporters poured into the square to greet him.",
    "Three people crossed the border.",
    "The camp shelters 200 tanks.",
    "The army lost nine tanks.",
    "The party lost four seats.",
    "More than 300 troops left the base on Sunday.",
    "The road has cost 3 million dollars.",
]


@pytest.mark.parametrize("text", UNHARMED)
def test_victims_are_people_who_were_harmed(text: str) -> None:
    """Armed men on the move, few people, things that are lost and journeys are no victims."""
    assert not _figures(text)


SOURCES = [
    ("Human rights groups say that 1,200 people have died since the rebels took up arms.", "Human rights groups"),
    ("At least 55 marines died, according to the monitoring project Sahel Watch.", "Sahel Watch"),
    ("Hospital staff counted at least 60 wounded in Gao on Sunday.", "Hospital staff"),
    ("The Red Cross has collected 62 bodies so far.", "Red Cross"),
    ("The mayor put the number of dead at 30.", "The mayor"),
]


@pytest.mark.parametrize(("text", "source"), SOURCES, ids=[source for _, source in SOURCES])
def test_figures_have_who_gives_them(text: str, source: str) -> None:
    """Who counts, puts or collects is the source; a group that bears no arms is not the armed one named before."""
    found = claims_of(CasualtyClaim, f"Boko Haram fighters entered Gao on Sunday. {text}", DAY)
    assert {actor.name for claim in found for actor in claim.according_to} == {source}


def test_harm_words_that_need_another_word_come_first() -> None:
    """“Shot dead” is read before “shot” could be anything else."""
    asks = [bool(words.needs) for words in harms()]
    assert asks == sorted(asks, reverse=True)
