"""listing.py: mappings in a file, which other processes read too."""

from copy import copy
from dataclasses import replace
from pathlib import Path

import pytest

from conflict_kg.assembly import listing
from conflict_kg.assembly.listing import Listed, Listing
from conflict_kg.assembly.parts import place_of
from conflict_kg.model import Place, PlaceKind
from conflict_kg.serial import dump

ALPHA = Place("alpha-1", "Alpha", "Alpha", PlaceKind.SETTLEMENT, located_in="land-2")
LAND = Place("land-2", "the land of Ö", "Ö", PlaceKind.AREA, latitude=1.5, longitude=-2.0)


def test_values_are_those_that_were_listed_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each by its id, in this process and in one that was given them; the file goes with who wrote it."""
    monkeypatch.setattr(listing, "HELD", 1)
    path = tmp_path / "listing.sqlite"
    with Listing(path) as values:
        values.add("place", [("land-2", dump(LAND, Place)), ("alpha-1", dump(replace(ALPHA, located_in=None), Place))])
        values.add("place", [("alpha-1", dump(ALPHA, Place))])
        values.add_new("side", [("land-2", b"one"), ("beta-3", b"two"), ("land-2", b"three")])
        values.close()
        places, sides = values.listed("place", place_of), values.listed("side", bytes.decode)
        for mapping in (places, copy(places)):  # by what is sent to another process
            assert isinstance(mapping, Listed)
            assert dict(mapping) == {"alpha-1": ALPHA, "land-2": LAND}
            assert mapping.get("beta-3") is None
            assert "beta-3" not in mapping
            assert len(mapping) == 2
        assert dict(copy(sides)) == {"beta-3": "two", "land-2": "one"}
        assert not values.listed("copy", bytes.decode)
    assert not path.exists()
