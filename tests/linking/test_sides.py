"""The many words for one side of a war are one actor, and words that may mean another stay open."""

import pytest

from conflict_kg.linking import Setting, actor_at, lexicon, link_actor, link_place, setting
from conflict_kg.model import Actor


def about(country: str, *places: str) -> Setting:
    """The setting of a report on a war in a country."""
    known = lexicon().countries[country]
    return setting(places, [known.name, *known.adjectives[:1]])


def actor(name: str, where: Setting) -> Actor:
    """The actor that a report means by a name."""
    return link_actor(name, where, document="report")


IRAQ = about("IQ", "Ramadi")
NOWHERE = setting([])
RAMADI = link_place("Ramadi", IRAQ)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("the opposition", "syrian-rebels"),
        ("moderate opposition", "syrian-rebels"),
        ("insurgents", "syrian-rebels"),
        ("a rebel alliance", "syrian-rebels"),
        ("Syrias opposition", "syrian-rebels"),
        ("Syrias embattled regime", "sy-government"),
        ("loyalists", "sy-forces"),
        ("regime forces and allied fighters", "sy-forces"),
        ("a US-backed Kurdish-Arab alliance", "syrian-democratic-forces"),
    ],
)
def test_link_actor_gathers_the_words_for_a_side(name: str, id: str) -> None:
    """Whatever a report calls a side of the war in its country, it is one actor."""
    assert actor(name, about("SY", "Homs")).id == id


@pytest.mark.parametrize(
    ("name", "country", "place", "id"),
    [
        ("Serbs", "BA", "Sarajevo", "bosnian-serb-army"),
        ("the Serbs", "HR", "Knin", "krajina-serb-army"),
        ("Serb forces", "HR", "Knin", "krajina-serb-army"),
        ("Serb forces", "XK", "Pristina", "rs-forces"),
        ("Croats", "BA", "Mostar", "bosnian-croat-forces"),
        ("Croat forces", "HR", "Knin", "hr-forces"),
        ("ethnic Albanian rebels", "MK", "Tetovo", "national-liberation-army-macedonia"),
        ("ethnic Albanian rebels", "XK", "Pristina", "kosovo-liberation-army"),
        ("Maoist rebels", "NP", "Kathmandu", "nepal-maoists"),
        ("Maoist rebels", "IN", "Raipur", "naxalites"),
        ("insurgents", "AF", "Kunduz", "taliban"),
        ("rebels", "TD", "Abeche", "chadian-rebels"),
    ],
)
def test_link_actor_takes_a_people_for_its_side_in_the_war(name: str, country: str, place: str, id: str) -> None:
    """A people's forces are those that it has in the country's war, else those of its own state."""
    assert actor(name, about(country, place)).id == id


@pytest.mark.parametrize("name", ["jihadist rebels", "Islamist rebels", "rival rebels", "militants"])
def test_link_actor_leaves_open_who_may_be_another_side(name: str) -> None:
    """Jihadists are no rebels, rivals are others, and militants may be anybody."""
    assert not actor(name, about("SY", "Homs")).linked


def test_link_actor_takes_the_opposition_of_a_parliament_for_no_army() -> None:
    """The word means armed people only where the list says so."""
    assert not actor("the opposition", IRAQ).linked
    assert not actor("insurgents", IRAQ).linked


def test_actor_at_takes_the_side_from_the_place() -> None:
    """Where the report as a whole leaves the country open; "the army" may be that of a neighbour."""
    homs = link_place("Homs", about("SY", "Homs"))
    rebels = actor_at(actor("rebels", NOWHERE), homs, NOWHERE)

    assert (rebels.id, rebels.linked) == ("syrian-rebels", True)
    assert "Homs" in rebels.reason
    assert actor_at(actor("the regime", NOWHERE), homs, NOWHERE).id == "sy-government"
    assert not actor_at(actor("the army", NOWHERE), homs, NOWHERE).linked
    assert not actor_at(actor("rebels", NOWHERE), RAMADI, NOWHERE).linked
