"""The gazetteer: whole, found by id, and with the divisions that are newer than GeoNames' list."""

import sqlite3
from importlib.resources import files

import pytest

from conflict_kg.linking import Setting, gazetteer, link_place
from conflict_kg.model import Place


def about(country: str) -> Setting:
    """The setting of a report on a war in a country."""
    return Setting(countries=((country, 1.0),))


IRAQ = about("IQ")


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


@pytest.mark.parametrize(
    ("country", "town", "division"),
    [
        ("SS", "Malakal", "Upper Nile"),
        ("SS", "Bor", "Jonglei"),
        ("SS", "Wau", "Western Bahr el Ghazal"),
        ("IQ", "Halabja", "Halabja"),
        ("ET", "Awasa", "Sidama"),
        ("ET", "Arba Minch", "South Ethiopia"),
        ("CF", "Batangafo", "Ouham-Fafa"),
        ("ID", "Merauke", "South Papua"),
    ],
)
def test_gazetteer_has_divisions_newer_than_geonames_list(country: str, town: str, division: str) -> None:
    """A division holds its towns, lies in its country, and is found with the word for what it is too."""
    place = link_place(town, about(country))
    entry = gazetteer().entry(place.located_in or "")
    assert entry is not None
    assert (entry.name, entry.level, entry.country) == (division, 1, country)
    assert [around.level for around in gazetteer().around(place.id)] == [1, 0]
    assert link_place(f"{division} province", about(country)).id == entry.id
