"""Names in a report become the right actors and places, and what no list has stays open."""

import sqlite3
from importlib.resources import files

import pytest

from conflict_kg.linking import Setting, around, gazetteer, lexicon, link_actor, link_place, normalise, setting
from conflict_kg.model import Actor, ActorKind, Place, PlaceKind


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


def test_link_place_takes_names_with_directions_and_owners() -> None:
    """Names that begin with a direction are names; "Iraq's" and ", Iraq" say where to look."""
    assert link_place("West Bank", about("PS")).kind is PlaceKind.AREA
    assert link_place("North Kivu", about("CD")).linked
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


def test_gazetteer_is_whole() -> None:
    """Everything that a place lies in is in the file, up to the country; every name leads to a place."""
    path = files("conflict_kg") / "lexicon" / "gazetteer.sqlite"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        orphans = (
            "SELECT count(*) FROM place p LEFT JOIN place q ON q.id = p.parent WHERE p.parent NOTNULL AND q.id IS NULL"
        )
        assert connection.execute(orphans).fetchone() == (0,)
        lost = "SELECT count(*) FROM name n LEFT JOIN place p ON p.id = n.place WHERE p.id IS NULL"
        assert connection.execute(lost).fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM place WHERE kind = 3").fetchone()[0] > 190
        forms = connection.execute("SELECT name FROM name WHERE place % 97 = 0").fetchall()
        assert [form for (form,) in forms if form != form.casefold()] == []
    finally:
        connection.close()


def test_gazetteer_entry_by_id() -> None:
    """An id leads back to its place, the project's own places included; an unknown one to nothing."""
    for name in ("Ramadi", "Anbar", "Habbaniyah"):
        place: Place = link_place(name, IRAQ)
        entry = gazetteer().entry(place.id)
        assert entry is not None
        assert entry.name == place.label
    assert gazetteer().entry("geonames-0") is None
    assert gazetteer().entry("place-nowhere") is None
    assert gazetteer().entry("Ramadi") is None
