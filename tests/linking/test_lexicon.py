"""The lexicon's data: what it has is sound, and what is made by pattern fits."""

import re
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.linking import lexicon, normalise
from conflict_kg.linking.names import plain
from conflict_kg.linking.tables import Change, ChangeKind, changes
from conflict_kg.model import ActorKind

ACTORS = sorted(lexicon().entries.values(), key=lambda entry: entry.id)
CHANGES = list(changes())
BEFORE = date(2000, 1, 1)
NAMES = [row for row in CHANGES if row.what is ChangeKind.NAME]


def days_of(id: str, name: str) -> list[date | None]:
    """The first days on which the actor bore the name; an open day where it always did."""
    return [row.begin or BEFORE for row in NAMES if (row.actor, row.value) == (id, name)] or [None]


def ends(row: Change, day: date) -> bool:
    """Whether the row says that its actor was no more on the day."""
    return row.what is ChangeKind.END and row.covers(day)


def test_lexicon_covers_wars() -> None:
    """There are hundreds of actors, and several for each war that the project is about."""
    countries: defaultdict[str | None, int] = defaultdict(int)
    for entry in ACTORS:
        countries[entry.country] += 1
    assert len(ACTORS) > 1300
    wars = "IQ SY AF LY YE SO NG ML CF CD ET SD SS UA AZ MM LK PH PS LB".split()
    assert {iso: countries[iso] for iso in wars if countries[iso] < 3} == {}


def test_lexicon_ids_are_slugs() -> None:
    """An id goes into an IRI as it is, and none hides an actor made by pattern."""
    assert [e.id for e in ACTORS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", e.id)] == []
    suffixes = "|".join(role.suffix for role in lexicon().made.roles)
    assert [e.id for e in ACTORS if re.fullmatch(rf"[a-z]{{2}}-(?:{suffixes})", e.id)] == []


def test_lexicon_names_mean_one_actor() -> None:
    """No two actors share a form of a name, unless both have declared it ambiguous and it differs as written, or each
    bore it in its turn.
    """
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for entry in ACTORS:
        for name in entry.names:
            bearers[name if name in entry.ambiguous else normalise(name)].add(entry.id)
    in_turn = {normalise(row.value): row for row in NAMES}
    shared = {name: ids for name, ids in bearers.items() if len(ids) > 1}
    assert {name: ids for name, ids in shared.items() if name not in in_turn} == {}
    for name, ids in shared.items():
        rows = sorted((r for r in NAMES if normalise(r.value) == name), key=lambda r: r.begin or date.min)
        assert {row.actor for row in rows} == ids, name
        for one, other in pairwise(rows):
            assert one.until is not None, name
            assert other.begin is not None, name
            assert one.until <= other.begin, name


def test_lexicon_finds_every_name() -> None:
    """Each name of each actor leads to it, on the days on which it bore the name."""
    wrong = [
        (name, entry.id)
        for entry in ACTORS
        for name in entry.names
        for on in days_of(entry.id, name)
        if getattr(lexicon().find(name, on), "id", None) != entry.id
    ]
    assert wrong == []


def test_lexicon_changes_are_sound() -> None:
    """Whom a change is about and whom it leads to exist, and a stretch ends after it begins."""
    known = [row.actor for row in CHANGES if lexicon().entry(row.actor) is None]
    led_to = [row.value for row in CHANGES if row.what is not ChangeKind.NAME and row.value]
    assert known + [id for id in led_to if lexicon().entry(id) is None] == []
    assert [row for row in CHANGES if row.begin is None and row.until is None] == []
    assert [row for row in CHANGES if row.begin and row.until and row.begin >= row.until] == []
    assert [row for row in CHANGES if row.what is ChangeKind.END and row.begin is None] == []
    for what in (ChangeKind.SIDE, ChangeKind.END):  # of these only one holds on a day
        rows = [row for row in CHANGES if row.what is what]
        days = {day for row in rows for day in (row.begin, row.until) if day}
        assert all(Counter(row.actor for row in rows if row.covers(day)).most_common(1)[0][1] <= 1 for day in days)


def test_lexicon_changes_make_no_circle() -> None:
    """On every day on which something changes, whoever carries on and whatever one is part of comes to an end."""
    days = sorted({day for row in CHANGES for day in (row.begin, row.until) if day})
    for day in days:
        for id in {row.actor for row in CHANGES}:
            followed = [id]
            while (later := next((r.value for r in CHANGES if r.actor == followed[-1] and ends(r, day)), "")) != "":
                assert later not in followed
                followed.append(later)
            part, seen = lexicon().part_of(id, day), [id]
            while part is not None:
                assert part not in seen
                seen.append(part)
                part = lexicon().part_of(part, day)


@pytest.mark.parametrize(
    ("name", "on", "id"),
    [
        ("Afghan army", None, "af-army"),
        ("Afghan army", date(2021, 8, 14), "af-army"),
        ("Afghan army", date(2021, 8, 15), "taliban"),
        ("Afghan National Army", date(2022, 1, 1), "af-army"),
        ("Syrian army", date(2024, 12, 7), "sy-army"),
        ("Syrian army", date(2025, 3, 1), "new-syrian-army"),
        ("Syrian police", date(2025, 3, 1), "syrian-general-security"),
        ("Syrian foreign ministry", date(2025, 3, 1), "syrian-transitional-government"),
        ("Assad's forces", date(2025, 3, 1), "sy-forces"),
        ("Tripoli government", date(2019, 4, 1), "government-of-national-accord"),
        ("Tripoli government", date(2023, 4, 1), "government-of-national-unity-libya"),
        ("AU troops", date(2010, 1, 1), "amisom"),
        ("AU troops", date(2023, 1, 1), "atmis"),
        ("AU troops", date(2025, 6, 1), "aussom"),
        ("Jabhat Fateh al-Sham", date(2018, 1, 1), "al-nusra-front"),
        ("Libyan government", date(2011, 12, 1), "national-transitional-council"),
        ("Libyan government", date(2013, 12, 1), "ly-government"),
    ],
)
def test_lexicon_find_goes_by_the_day(name: str, on: date | None, id: str) -> None:
    """What every country has passes on with its government; a name of an actor's own stays that actor's."""
    found = lexicon().find(name, on)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    ("id", "on", "party"),
    [
        ("rapid-support-forces", date(2019, 6, 3), "sd-government"),
        ("rapid-support-forces", date(2023, 4, 15), "rapid-support-forces"),
        ("rapid-support-forces", None, "rapid-support-forces"),
        ("fano", date(2021, 12, 1), "et-government"),
        ("fano", date(2023, 8, 1), "fano"),
        ("ypg", date(2014, 10, 1), "ypg"),
        ("ypg", date(2016, 10, 1), "syrian-democratic-forces"),
        ("donetsk-peoples-republic", date(2015, 1, 1), "pro-russian-separatists"),
        ("donetsk-peoples-republic", date(2023, 1, 1), "ru-government"),
        ("ahmed-al-sharaa", date(2016, 1, 1), "al-nusra-front"),
        ("ahmed-al-sharaa", date(2020, 1, 1), "hayat-tahrir-al-sham"),
        ("ahmed-al-sharaa", date(2025, 1, 1), "syrian-transitional-government"),
    ],
)
def test_lexicon_party_goes_by_the_day(id: str, on: date | None, party: str) -> None:
    """Whose side an actor is on may change; where the day is open the usual side counts."""
    assert lexicon().party(id, on) == party


@pytest.mark.parametrize(
    ("id", "sides"),
    [
        ("ypj", [("0001-01-01", "ypg"), ("2015-10-10", "syrian-democratic-forces")]),
        ("al-qaeda-in-iraq", [("0001-01-01", "al-qaeda-in-iraq"), ("2006-10-15", "islamic-state")]),
        ("rapid-support-forces", [("0001-01-01", "sd-government"), ("2023-04-15", "rapid-support-forces")]),
        ("sy-army", []),
        ("islamic-state", []),
    ],
)
def test_lexicon_tells_the_sides_that_an_actor_has_been_on(id: str, sides: list[tuple[str, str]]) -> None:
    """Who ended goes on as who took its place, but a government that fell lost to the next."""
    assert [(day.isoformat(), side) for day, side in lexicon().sides(id)] == sides


def test_lexicon_part_of_leads_to_a_party() -> None:
    """Whatever an actor is part of exists, and nothing is part of itself."""
    for entry in ACTORS:
        seen = [entry.id]
        current = entry
        while current.part_of is not None:
            above = lexicon().entry(current.part_of)
            assert above is not None, (current.id, current.part_of)
            assert above.id not in seen
            seen.append(above.id)
            current = above
        assert lexicon().party(entry.id) == seen[-1]


def test_lexicon_countries_are_known() -> None:
    """Every country of an actor is in the table of countries, whose codes are two capitals."""
    assert [e.id for e in ACTORS if e.country and e.country not in lexicon().countries] == []
    assert [iso for iso in lexicon().countries if not re.fullmatch("[A-Z]{2}", iso)] == []
    assert len(lexicon().countries) >= 197


def test_lexicon_demonyms_mean_one_country() -> None:
    """An adjective or name of a country leads to the country that has it."""
    clashes = {
        name: iso
        for iso, country in lexicon().countries.items()
        for name in (country.name, *country.names, *country.adjectives)
        if lexicon().country(name) != iso
    }
    assert clashes == {}


def test_lexicon_generic_words_name_actors() -> None:
    """The sides that generic words stand for exist, and the words stand as they are looked up."""
    sides = [id for by_country in lexicon().generic.values() for id in by_country.values()]
    assert [id for id in sides if lexicon().entry(id) is None] == []
    assert [word for word in lexicon().generic if word != plain(word)] == []


def test_lexicon_words_of_a_role_are_plain() -> None:
    """A role's words stand as they are looked up, or they would never be found."""
    assert [w for role in lexicon().made.roles for w in (*role.words, *role.bare) if w != plain(w)] == []


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("IS", "islamic-state"),
        ("is", None),
        ("IS militants", "islamic-state"),
        ("Islamic State fighters", "islamic-state"),
        ("the extremist Islamic State group", "islamic-state"),
        ("ISIS (Daesh)", "islamic-state"),
        ("Iran-backed Houthi rebels", "houthis"),
        ("Iraqi army", "iq-army"),
        ("Iraqi government forces", "iq-forces"),
        ("Iraq's Ministry of Defense", "iq-defence-ministry"),
        ("Iraq’s Defence Ministry", "iq-defence-ministry"),
        ("the Ukrainian armed forces", "ua-forces"),
        ("government of Yemen", "ye-government"),
        ("US forces", "us-forces"),
        ("us forces", None),
        ("U.S. troops", "us-forces"),
        ("Syrian rebel forces", "syrian-rebels"),
        ("local police", None),
        ("Syrian state TV", "sy-state-media"),
        ("Popular Mobilization Units", "popular-mobilisation"),
        ("Bekaa Liberation Brigade", None),
        ("the militant", None),
        ("an independent", None),
        ("The Militant", "the-militant"),
        ("", None),
    ],
)
def test_lexicon_find_takes_the_whole_name(name: str, id: str | None) -> None:
    """A name is found with the words for members around it, and nothing is found by a part of it."""
    found = lexicon().find(name)
    assert (found and found.id) == id


def test_lexicon_makes_the_forces_of_a_country() -> None:
    """What every country has is labelled with its adjective and belongs to its government."""
    army = lexicon().entry("ml-army")
    assert army is not None
    assert (army.label, army.kind, army.country, army.part_of) == (
        "Malian army",
        ActorKind.STATE_FORCE,
        "ML",
        "ml-forces",
    )
    assert lexicon().party("ml-army") == "ml-government"
    assert lexicon().entry("xx-army") is None


def test_lexicon_names_lead_to_entries() -> None:
    """The names for matching phrases include those made by pattern, and no ambiguous one."""
    names = lexicon().names()
    assert names["Iraqi security forces"] == "iq-forces"
    assert names["Daesh"] == "islamic-state"
    assert "IS" not in names
    assert {id for id in set(names.values()) if lexicon().entry(id) is None} == set()


@given(st.text(max_size=40))
def test_lexicon_find_survives_any_text(text: str) -> None:
    """Whatever is asked, the answer is an actor or None, and asking for a country is no error."""
    found = lexicon().find(text)
    assert found is None or lexicon().entry(found.id) == found
    assert lexicon().country(text) is None or lexicon().country(text) in lexicon().countries


@given(st.text(max_size=40))
def test_names_normalise_is_stable(text: str) -> None:
    """A normalised name is its own normal form in length: no empty words, no capitals, no double spaces."""
    form = normalise(text)
    assert form == form.strip()
    assert "  " not in form
    assert form == form.casefold()
