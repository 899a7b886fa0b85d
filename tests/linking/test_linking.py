"""Names in a report become the right actors and places, and what no list has stays open."""

from datetime import date

import pytest

from conflict_kg.linking import (
    Setting,
    around,
    gazetteer,
    is_unnamed,
    known_actor,
    lexicon,
    link_actor,
    link_place,
    normalise,
    setting,
)
from conflict_kg.model import Actor, ActorKind, PlaceKind


def about(country: str, *places: str) -> Setting:
    """The setting of a report on a war in a country."""
    known = lexicon().countries[country]
    return setting(places, [known.name, *known.adjectives[:1]])


IRAQ = setting(["Ramadi", "Ramadi", "Ramadi", "Anbar", "Baghdad"], ["Iraqi", "Iraq", "U.S.", "US", "Islamic State"])
NOWHERE = setting([])
RAMADI = link_place("Ramadi", IRAQ)


# ---------------------------------------------------------------- places


PLACES = {
    "IQ": "Ramadi, Fallujah, Falluja, al-Fallujah, Mosul, Tikrit, Baiji, Bayji, Samarra, Baghdad, Anbar, Habbaniyah, "
    "Habbaniya, Sinjar",
    "SY": "Palmyra, Tadmur, Kobani, Aleppo, Idlib, Raqqa, Raqa, ar-Raqqah, Deir ez-Zor, Deir al-Zour, Homs, Manbij, "
    "Eastern Ghouta",
    "AF": "Kunduz, Kandahar, Sangin, Lashkar Gah, Helmand",
    "LY": "Sirte, Benghazi, Tripoli, Gharyan",
    "LB": "Tripoli, Beirut",
    "YE": "Aden, Sanaa, Sana'a, Hodeidah, Taiz",
    "SO": "Kismayo, Mogadishu",
    "NG": "Maiduguri, Bama, Gwoza, Borno",
    "ML": "Gao, Timbuktu, Kidal",
    "CD": "Goma, Bukavu, North Kivu",
    "ET": "Mekelle, Tigray",
    "SD": "El Fasher, El-Fasher, Khartoum, Darfur",
    "UA": "Bakhmut, Kherson, Mariupol, Avdiivka, Kyiv, Kiev, Donbas",
    "AZ": "Stepanakert, Shusha, Nagorno-Karabakh",
    "MM": "Lashio, Laukkai, Hsipaw",
    "PH": "Marawi",
    "PS": "Gaza City, Khan Younis, Rafah",
    "LK": "Kilinochchi, Jaffna",
}
CASES = [(country, name) for country, names in PLACES.items() for name in names.split(", ")]


def test_link_place_cases_are_all_there() -> None:
    """The table is read whole."""
    assert len(CASES) == 80


@pytest.mark.parametrize(("country", "name"), CASES)
def test_link_place_finds_places_of_wars(country: str, name: str) -> None:
    """A place of a war is found under each of its spellings in a report about the country."""
    place = link_place(name, about(country))
    assert (place.country, place.linked) == (country, True), place.reason


@pytest.mark.parametrize(
    ("country", "name", "label"),
    [
        ("SY", "Tadmur", "Palmyra"),
        ("IQ", "al-Falluja", "Fallujah"),
        ("YE", "Al Hudaydah", "Hodeidah"),
        ("UA", "Kiev", "Kyiv"),
    ],
)
def test_link_place_labels_as_news_does(country: str, name: str, label: str) -> None:
    """A place is labelled with its English news name, whatever the report calls it."""
    assert link_place(name, about(country)).label == label


def test_link_place_tells_homonyms_by_the_setting() -> None:
    """Tripoli is in Libya or in Lebanon; Palmyra is in Syria although towns of the United States bear the name."""
    assert link_place("Tripoli", about("LY", "Sirte")).country == "LY"
    assert link_place("Tripoli", about("LB", "Beirut")).country == "LB"
    american = setting(["Palmyra", "Palmyra", "Washington"], ["US", "U.S.", "American", "Syrian"])
    assert link_place("Palmyra", american).country == "SY"


def test_link_place_takes_the_town_before_the_area() -> None:
    """A town comes before the province of its name, unless the name says province; a hamlet does not."""
    syria = about("SY")
    town, province = link_place("Aleppo", syria), link_place("Aleppo province", syria)
    assert (town.kind, province.kind) == (PlaceKind.SETTLEMENT, PlaceKind.AREA)
    assert town.located_in == province.id
    assert link_place("Anbar", IRAQ).kind is PlaceKind.AREA
    assert link_place("the city of Homs", syria).kind is PlaceKind.SETTLEMENT
    assert link_place("Sangin district", about("AF")).kind is PlaceKind.AREA


def test_link_place_knows_countries() -> None:
    """The name of a country is the country, and lies in nothing."""
    place = link_place("Iraq", IRAQ)
    assert (place.kind, place.country, place.located_in) == (PlaceKind.COUNTRY, "IQ", None)


def test_link_place_leaves_unknown_names_open() -> None:
    """A name that only places elsewhere bear is not forced onto one of them."""
    place = link_place("Springfield", IRAQ)
    assert (place.linked, place.country) == (False, "IQ")
    assert not link_place("Springfield", NOWHERE).linked


@pytest.mark.parametrize(
    "name", ["Malaab", "the Malaab district", "Malaab area", "Malaab neighbourhood", "Malaab district of Ramadi"]
)
def test_link_place_gives_one_id_to_a_part(name: str) -> None:
    """A district has the same id with and without the word for what it is."""
    place = link_place(name, IRAQ, within=RAMADI)
    assert place.id == link_place("Malaab", IRAQ, within=RAMADI).id
    assert (place.kind, place.located_in, place.country, place.linked) == (PlaceKind.PART, RAMADI.id, "IQ", False)


@pytest.mark.parametrize(
    "name", ["centre of Ramadi", "the center of Ramadi", "central Ramadi", "Ramadi city centre", "downtown Ramadi"]
)
def test_link_place_gives_one_id_to_a_centre(name: str) -> None:
    """The centre is a part of the town, however it is named, and never the town."""
    place = link_place(name, IRAQ)
    assert place.id == link_place("city centre", IRAQ, within=RAMADI).id
    assert (place.kind, place.located_in) == (PlaceKind.PART, RAMADI.id)


def test_link_place_gives_one_id_to_a_site() -> None:
    """Other words for one site, and words like "former", change nothing; the site is not the town."""
    compound = link_place("government compound", IRAQ, within=RAMADI)
    for name in ("the former government compound", "main government headquarters", "provincial government complex"):
        assert link_place(name, IRAQ, within=RAMADI).id == compound.id
    for name in ("government compound in central Ramadi", "Ramadi government complex", "Ramadi's government compound"):
        assert link_place(name, IRAQ).id == compound.id
    base = link_place("8th Brigade army base", IRAQ, within=RAMADI)
    assert base.id == link_place("8th Brigade base", IRAQ, within=RAMADI).id != compound.id
    assert base.kind is PlaceKind.SITE
    town = link_place("Habbaniya", IRAQ)
    field = link_place("Habbaniya army base", IRAQ)
    assert field.id == link_place("the Habbaniyah base", IRAQ, within=town).id != town.id


def test_link_place_puts_sites_where_their_names_say() -> None:
    """An airport lies in the town that it is named for, a dam or a base in the province of that town."""
    mosul = link_place("Mosul", IRAQ)
    assert link_place("Mosul airport", IRAQ).located_in == mosul.id
    assert link_place("Mosul Dam", IRAQ).located_in == mosul.located_in
    command = link_place("Anbar Operation Command", IRAQ)
    assert command.id == link_place("the Anbar Operations Command", IRAQ, within=RAMADI).id
    assert command.located_in == RAMADI.located_in


@pytest.mark.parametrize(
    ("name", "near"),
    [("the east of Ramadi", False), ("eastern Ramadi", False), ("east of Ramadi", True), ("a base near Ramadi", True)],
)
def test_link_place_tells_in_from_near(name: str, near: bool) -> None:
    """The east of a town is in it; east of a town is beside it."""
    assert link_place(name, IRAQ).located_in == (RAMADI.located_in if near else RAMADI.id)


@pytest.mark.parametrize("name", ["eastern Ramadi", "rebel-held eastern Ramadi", "the army-controlled east of Ramadi"])
def test_link_place_puts_a_side_of_a_town_into_that_town(name: str) -> None:
    """Whatever other place the report names around it, and whoever is said to have it."""
    abroad = link_place("Ankara", about("TR"))

    assert link_place(name, IRAQ, within=abroad).located_in == RAMADI.id
    assert link_place(name, IRAQ).id == link_place("the east of Ramadi", IRAQ).id


def test_link_place_keeps_apart_what_two_sides_hold() -> None:
    """Without a direction only the holder tells the districts of one from those of the other."""
    held = [link_place(f"{side}-held districts", IRAQ, within=RAMADI) for side in ("rebel", "government")]

    assert len({place.id for place in held}) == 2


def test_link_place_takes_names_with_directions_and_owners() -> None:
    """Names that begin with a direction are names; "Iraq's" and ", Iraq" say where to look."""
    assert link_place("West Bank", about("PS")).kind is PlaceKind.AREA
    assert link_place("North Kivu", about("CD")).linked
    assert link_place("North Kivu province", about("CD")).id == link_place("North Kivu", about("CD")).id
    assert not link_place("northern Anbar province", IRAQ).linked
    assert link_place("Tikrit, Iraq", IRAQ).id == link_place("Tikrit", IRAQ).id
    assert link_place("Iraq's Anbar province", IRAQ).id == link_place("Anbar", IRAQ).id


def test_link_place_tells_parts_of_two_towns_apart() -> None:
    """The same name within two towns is two places."""
    mosul = link_place("Mosul", IRAQ)
    assert link_place("Old City", IRAQ, within=mosul).id != link_place("Old City", IRAQ, within=RAMADI).id


def test_link_place_near_lies_beside() -> None:
    """What is near a town lies in what the town lies in."""
    place = link_place("al-Tash", IRAQ, within=RAMADI, near=True)
    assert (place.located_in, place.country, place.linked) == (RAMADI.located_in, "IQ", False)


@pytest.mark.parametrize("name", ["Europe", "the Middle East", "eastern Europe", "the Horn of Africa"])
def test_link_place_knows_regions_of_several_countries(name: str) -> None:
    """A continent lies in no country, and never in the town that the report is about."""
    place = link_place(name, IRAQ, within=RAMADI)
    assert (place.kind, place.linked, place.country, place.located_in) == (PlaceKind.AREA, False, None, None)


def test_link_place_takes_names_of_every_town_for_parts() -> None:
    """An old city is that of the town spoken of, although a town elsewhere bears the name; so is a side."""
    for name in ("the Old City", "Green Zone", "the north"):
        place = link_place(name, IRAQ, within=RAMADI)
        assert (place.kind, place.linked, place.located_in) == (PlaceKind.PART, False, RAMADI.id), name


@pytest.mark.parametrize(
    ("country", "name", "label", "kind"),
    [
        ("UA", "Bakhmut district", "Bakhmut Raion", PlaceKind.AREA),
        ("UA", "the district of Kramatorsk", "Kramatorsk Raion", PlaceKind.AREA),
        ("AZ", "Lachin district", "Lachin", PlaceKind.AREA),
        ("UA", "Bakhmut", "Bakhmut", PlaceKind.SETTLEMENT),
        ("UA", "Bakhmut area", "Bakhmut", PlaceKind.SETTLEMENT),
        ("AZ", "Lachin", "Lachin", PlaceKind.SETTLEMENT),
    ],
)
def test_link_place_tells_a_district_from_its_seat(country: str, name: str, label: str, kind: PlaceKind) -> None:
    """A district that bears a town's name is not the town, nor the town the district."""
    place = link_place(name, about(country))
    assert (place.label, place.kind, place.linked) == (label, kind, True)


@pytest.mark.parametrize("name", ["northern Bakhmut", "the Bakhmut outskirts", "the centre of Bakhmut"])
def test_link_place_makes_no_district_of_a_part(name: str) -> None:
    """Only the word "district" says so."""
    place = link_place(name, about("UA"))
    assert (place.kind, place.linked) == (PlaceKind.PART, False)


def test_link_place_says_why() -> None:
    """The reason names the score and the other candidates, or what leaves the name open."""
    assert "then Tripoli (settlement, LB)" in link_place("Tripoli", about("LY", "Sirte")).reason
    assert "score" in RAMADI.reason
    assert link_place("Springfield", IRAQ).reason.startswith("open between Springfield (settlement, US)")
    assert link_place("Bangolo", IRAQ).reason == "does not fit: Bangolo (settlement, CI)"
    assert link_place("al-Tash", IRAQ, within=RAMADI, near=True).reason == "not in the gazetteer; near Ramadi"


def test_link_place_reads_short_first_words() -> None:
    """A saint's town is found by "St" too."""
    assert link_place("St Catherine", about("EG")).id == link_place("Saint Catherine", about("EG")).id


def test_around_goes_up_to_the_country() -> None:
    """Around a place are its province and country; around a part its town too."""
    assert [p.label for p in around(RAMADI)] == ["Anbar", "Iraq"]
    assert [p.label for p in around(link_place("Malaab", IRAQ, within=RAMADI))] == ["Ramadi", "Anbar", "Iraq"]
    assert around(link_place("Iraq", IRAQ)) == ()


def test_setting_weighs_the_scene() -> None:
    """The country whose places a report names is its main one, not the one that acts from afar; without a hint none."""
    assert IRAQ.main_country == "IQ"
    assert gazetteer().entry(IRAQ.main_province or "") == gazetteer().entry(link_place("Anbar", IRAQ).id)
    assert (NOWHERE.main_country, NOWHERE.main_province) == (None, None)
    assert setting(["Goma", "Aden"]).main_country is None


# ---------------------------------------------------------------- actors


def actor(name: str, where: Setting = IRAQ, document: str = "one", **more: object) -> Actor:
    """The actor of a name in a report."""
    return link_actor(name, where, document=document, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("ISIS militants", "islamic-state"),
        ("Iraqi soldiers", "iq-forces"),
        ("the security forces", "iq-forces"),
        ("police", "iq-police"),
        ("the country's army", "iq-army"),
        ("Baghdad", "iq-government"),
        ("Iraq", "iq-government"),
        ("Shiite militias", "iraqi-shia-militias"),
        ("the Shia militia in Baghdad", "iraqi-shia-militias"),
        ("Iran-backed Shiite fighters", "iraqi-shia-militias"),
        ("security forces in the north", "iq-forces"),
        ("the Shiite-led government", "iq-government"),
        ("coalition forces", "us-led-coalition"),
        ("the Associated Press", "ap"),
    ],
)
def test_link_actor_knows_who_is_meant(name: str, id: str) -> None:
    """Names, names of countries and words for a country's forces lead to actors of the lexicon."""
    found = actor(name)
    assert (found.id, found.linked) == (id, True)
    assert found.name == name
    assert found.reason


def test_link_actor_takes_generic_words_by_the_setting() -> None:
    """The army is that of the country the report is about, and nobody's where that is open."""
    assert actor("the army", about("NG", "Bama")).id == "ng-army"
    assert actor("coalition forces", about("YE", "Aden")).id == "saudi-led-coalition"
    assert not actor("the army", NOWHERE).linked


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Prime Minister Abadi", "haider-al-abadi"),
        ("General Stephen “Steve” Townsend", "stephen-townsend"),
        ("Col. John “Jay” Dorrian", "john-dorrian"),
        ("President Salva Kiir", "salva-kiir"),
    ],
)
def test_link_actor_sees_through_titles_and_nicknames(name: str, id: str) -> None:
    """A rank, an office or a nickname does not hide a person of the lexicon."""
    assert actor(name, person=True).id == id
    assert actor(name).id == id


def test_link_actor_takes_the_police_of_a_town_for_the_country_s() -> None:
    """In a country that the report is about; "fighters" of a town are not anybody's."""
    assert actor("Ramadi police").id == "iq-police"
    assert not actor("Ramadi fighters").linked
    assert not actor("Ramadi police", NOWHERE).linked


def test_link_actor_knows_no_bodies_of_a_territory_that_is_no_state() -> None:
    """In a report about one "the government" and its police stay open."""
    island = setting(["Willemstad", "Willemstad"])
    assert island.main_country not in {None, *lexicon().countries}
    for name in ("the government", "Willemstad police", "the army"):
        assert not actor(name, island).linked


def test_link_actor_takes_short_names_by_the_setting() -> None:
    """The SNA of one war is not that of another."""
    assert actor("SNA fighters", about("SY", "Afrin")).id == "syrian-national-army"
    assert actor("SNA troops", about("SO", "Kismayo")).id == "so-army"


KABUL, DAMASCUS = ["Kabul", "Kandahar", "Kunduz"], ["Damascus", "Homs", "Hama"]


@pytest.mark.parametrize(
    ("name", "places", "on", "id", "party"),
    [
        ("the army", KABUL, date(2021, 8, 1), "af-army", "af-government"),
        ("the army", KABUL, date(2022, 8, 1), "taliban", "taliban"),
        ("Kabul", KABUL, date(2022, 8, 1), "taliban", "taliban"),
        ("the government", DAMASCUS, date(2024, 12, 7), "sy-government", "sy-government"),
        ("the government", DAMASCUS, date(2024, 12, 8), *["syrian-transitional-government"] * 2),
        ("Syrians", DAMASCUS, date(2025, 2, 1), "new-syrian-army", "syrian-transitional-government"),
        ("coalition forces", KABUL, date(2014, 5, 1), "isaf", "nato"),
        ("coalition forces", KABUL, date(2016, 5, 1), "resolute-support", "nato"),
        ("RSF", ["Khartoum"], date(2019, 6, 3), "rapid-support-forces", "sd-government"),
        ("RSF", ["Khartoum"], date(2023, 6, 3), "rapid-support-forces", "rapid-support-forces"),
    ],
)
def test_link_actor_goes_by_the_day(name: str, places: list[str], on: date, id: str, party: str) -> None:
    """Who governs, and whose side somebody is on, is that of the day of the report."""
    found = actor(name, setting(places * 3, on=on))
    assert (found.id, found.party) == (id, party), found.reason


def test_link_actor_gives_a_source_the_side_of_the_day() -> None:
    """Police sources speak for whoever commands the police on that day."""
    source = actor("police sources in Kabul", setting(KABUL, on=date(2023, 1, 5)))
    assert (source.linked, source.party) == (False, "taliban")


def test_link_actor_says_what_changed() -> None:
    """The reason has the days of a name and of a side."""
    where = setting(["Idlib"], on=date(2016, 9, 1))
    assert "so called from 2016-07-28 until 2017-01-28" in actor("Jabhat Fateh al-Sham", where).reason
    ended = actor("al-Nusra Front", setting(["Idlib"], on=date(2018, 9, 1)))
    assert ended.reason.endswith("ended on 2017-01-28, then hayat-tahrir-al-sham")


def test_known_actor_is_as_on_the_day() -> None:
    """By id, under the lexicon's own name; nobody takes its place."""
    found = known_actor("sy-government", setting(DAMASCUS, on=date(2025, 2, 1)))
    assert (found.id, found.name, found.party) == ("sy-government", "Syrian government", "sy-government")


def test_link_actor_leaves_unknown_groups_open() -> None:
    """A group that no list has is open, with its name's country; without a proper name it is this report's."""
    militia = actor("Libyan militia")
    assert (militia.linked, militia.party) == (False, militia.id)
    assert "LY" in militia.reason
    assert militia.id != actor("Libyan militia", document="two").id
    assert actor("Sword Battalion").id == actor("the Sword Battalion", document="two").id


def test_link_actor_gives_a_person_one_id() -> None:
    """A person is one in all reports, with or without rank, on the side of whom they speak for or of the role."""
    role = "spokesman for the governor of Anbar province"
    one = actor("Muhannad Haimour", person=True, role=role)
    assert one.id == actor("Muhannad Haimour", NOWHERE, document="two", person=True).id
    assert (one.kind, one.party, one.role, one.linked) == (ActorKind.PERSON, "iq-government", role, False)
    assert actor("Col. Qais Qasim", person=True).id == actor("Qais Qasim", person=True).id
    speaker = actor("Qais Qasim", person=True, speaks_for=actor("ISIS"))
    assert (speaker.part_of, speaker.party) == ("islamic-state", "islamic-state")
    assert actor("John Kerry", person=True).id == "john-kerry"


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("police sources", "iq-government"),
        ("a provincial official", "iq-government"),
        ("an army officer", "iq-government"),
        ("a military officer", "iq-government"),
        ("an Iranian general", "ir-government"),
        ("U.S. officials", "us-government"),
        ("a Houthi official", "houthis"),
        ("a security source in Anbar", "iq-government"),
        ("Police and army officials", "iq-government"),
        ("an Anbar spokesman", "iq-government"),
        ("a spokesman", None),
        ("a coalition spokesman", "us-led-coalition"),
        ("residents", None),
        ("an activist", None),
        ("witnesses", None),
        ("a tribal leader", None),
        ("analysts", None),
    ],
)
def test_link_actor_types_sources_without_a_name(name: str, party: str | None) -> None:
    """A source without a name is never one with that of another report; its side is what the words tell, or its own."""
    source = actor(name)
    assert (source.kind, source.linked) == (ActorKind.UNNAMED, False)
    assert source.party == (party or source.id)
    assert source.id != actor(name, document="two").id
    assert source.id == actor(name).id


# ---------------------------------------------------------------- names and the file


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Fallūjah", "Falluja"),
        ("Deir ez-Zor", "Deir al-Zor"),
        ("‘Ayn al ‘Arab", "Ayn al-Arab"),
        ("Sana'a", "Sanaa"),
        ("Al-Habbaniyah", "Habbaniyya"),
        ("The Hague", "hague"),
    ],
)
def test_normalise_joins_spellings(one: str, other: str) -> None:
    """Spellings of one name have one form."""
    assert normalise(one) == normalise(other)


def test_normalise_keeps_names_apart() -> None:
    """The rules leave alone what makes names different; an article that is the whole name stays."""
    assert len({normalise(name) for name in ("Hama", "Homs", "Hamas", "Raqqa", "Raqa", "Baiji", "Bajo", "Al")}) == 8


@pytest.mark.parametrize(
    ("name", "unnamed"),
    [("checkpoint", True), ("checkpoint in Gao", True), ("area south of Gao", True), ("Wabary bridge", False)],
)
def test_unnamed_places_have_no_name_but_that_of_another(name: str, unnamed: bool) -> None:
    """What tells where a place lies gives it no name of its own."""
    assert is_unnamed(link_place(name, setting(["Gao", "Mali"], []), kind=PlaceKind.SITE)) is unnamed
