"""places.py: a mapping in a file, which other processes read too."""

from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_kg.assembly import places
from conflict_kg.assembly.places import Listing, Places
from conflict_kg.model import Place, PlaceKind
from conflict_kg.serial import dump

ALPHA = Place("alpha-1", "Alpha", "Alpha", PlaceKind.SETTLEMENT, located_in="land-2")
LAND = Place("land-2", "the land of Ö", "Ö", PlaceKind.AREA, latitude=1.5, longitude=-2.0)


def test_places_are_those_that_were_listed_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its id, in this process and in one that was given them; the file goes with who wrote it."""
    monkeypatch.setattr(places, "HELD", 1)
    path = tmp_path / "places.sqlite"
    with Listing(path) as listing:
        listing.add([("land-2", dump(LAND, Place)), ("alpha-1", dump(replace(ALPHA, located_in=None), Place))])
        listing.add([("alpha-1", dump(ALPHA, Place))])
        found = listing.places()
        given = copy(found)  # by what is sent to another process
        assert isinstance(given, Places)
        for mapping in (found, given):
            assert dict(mapping) == {"alpha-1": ALPHA, "land-2": LAND}
            assert mapping.get("beta-3") is None
            assert "beta-3" not in mapping
            assert len(mapping) == 2
    assert not path.exists()
