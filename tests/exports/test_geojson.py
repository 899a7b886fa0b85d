"""GeoJSON of the samples: flat features with days that a temporal filter takes, and positions where they are known."""

import json
from datetime import date
from typing import Any

import pyoxigraph as ox
import pytest
import samples

from conflict_kg.exports.geojson import write
from conflict_kg.graph import quads


@pytest.fixture(name="features", scope="module")
def _features() -> list[dict[str, Any]]:
    store = ox.Store()
    store.extend(quads(samples.readings(), samples.account()))
    whole = json.loads(write(store, "geojson"))
    assert whole["type"] == "FeatureCollection"
    found: list[dict[str, Any]] = whole["features"]
    return found


def test_geojson_has_what_the_standard_asks_for(features: list[dict[str, Any]]) -> None:
    """RFC 7946: each is a feature with geometry and properties; longitude first; nothing nested."""
    assert {feature["properties"]["feature"] for feature in features} == {"control", "incident"}
    assert any(feature["geometry"] for feature in features)
    for feature in features:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert not [value for value in feature["properties"].values() if isinstance(value, dict | list)]
        if feature["geometry"]:
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_geojson_knows_where_and_who(features: list[dict[str, Any]]) -> None:
    """A period of a place with a position."""
    place = samples.QARA_TEPE
    found = [
        feature for feature in features
        if feature["properties"]["place"] == "Qara Tepe" and feature["properties"]["feature"] == "control"
    ]  # fmt: skip
    assert found
    assert {tuple(feature["geometry"]["coordinates"]) for feature in found} == {(place.longitude, place.latitude)}
    assert "Northern Front" in {feature["properties"]["controller"] for feature in found}


def test_geojson_has_days_that_can_be_compared(features: list[dict[str, Any]]) -> None:
    """ISO days or nothing; nothing ends before it begins; an incident has an end."""
    for feature in features:
        row = feature["properties"]
        begin, end = (row[key] and date.fromisoformat(row[key]) for key in ("begin", "end"))
        assert begin is None or end is None or begin < end, row
        assert row["feature"] == "control" or begin is None or end
