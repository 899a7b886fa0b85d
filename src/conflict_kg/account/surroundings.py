"""The places around a place."""

from collections.abc import Mapping

from conflict_kg.model import Place


def surroundings(place: Place, places: Mapping[str, Place]) -> list[str]:
    """The places in which a place lies, the smallest first."""
    found: list[str] = []
    above = place.located_in
    while above is not None and above not in found and above != place.id:
        found.append(above)
        above = places[above].located_in if above in places else None
    return found
