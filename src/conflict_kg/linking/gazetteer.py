"""The gazetteer: populated places, provinces, districts and countries by name, read from an indexed SQLite file.

Nothing is loaded at the start; a look-up touches a few pages. ``training/gazetteer.py`` builds the file, and
``lexicon/GAZETTEER.md`` says from what.
"""

import os
import sqlite3
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files

from conflict_kg.linking.names import REMEMBERED, normalise, slug
from conflict_kg.model import PlaceKind

KINDS = (
    (PlaceKind.SETTLEMENT, 0),
    (PlaceKind.AREA, 1),
    (PlaceKind.AREA, 2),
    (PlaceKind.COUNTRY, 0),
    (PlaceKind.PART, 0),
    (PlaceKind.SITE, 0),
    (PlaceKind.AREA, 0),
)
"""Kind and administrative level for the numbers in the file's column ``kind``."""

_SELECT = (
    "SELECT p.id, p.name, p.kind, p.country, p.parent, p.population, p.latitude, p.longitude, p.news, "
    "CASE WHEN p.parent < 0 THEN (SELECT q.name FROM place q WHERE q.id = p.parent) ELSE '' END FROM place p "
)
_Row = tuple[int, str, int, str, int | None, int, int | None, int | None, int, str]
_SHORT = {"st": "saint", "mt": "mount", "ft": "fort"}
"""How the first word of a name is written short."""
_DEGREE = 100_000
"""Coordinates are stored as whole hundred-thousandths of a degree (about a metre)."""


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One place of the gazetteer."""

    id: str
    """``geonames-…``, or ``place-…`` for the few that the project adds."""
    name: str
    kind: PlaceKind
    level: int
    """For an area: 1 province, 2 district, 0 anything else; 0 for all other kinds."""
    country: str | None
    """ISO 3166-1 alpha-2."""
    parent: str | None
    """Id of the province of a settlement or district, of the country of a province."""
    population: int
    """0 where it is not known."""
    latitude: float | None
    longitude: float | None
    news: bool
    """Whether it is among the places that news of a war names often (``lexicon/places.toml``)."""


class Gazetteer:
    """A gazetteer file opened for reading. It may be used from several threads and after a fork."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.search = lru_cache(maxsize=REMEMBERED)(self._search)
        self.entry = lru_cache(maxsize=REMEMBERED)(self._entry)

    def _search(self, name: str) -> tuple[GazetteerEntry, ...]:
        """Every place that bears the name, by its normalised form, the most populous first."""
        sql = _SELECT + "JOIN name n ON n.place = p.id WHERE n.name = ? ORDER BY p.population DESC, p.id"
        key = normalise(name)
        first, _, rest = key.partition(" ")
        found = [_entry(row) for row in self._rows(sql, key)]
        if rest and first in _SHORT:
            found += (
                entry for row in self._rows(sql, f"{_SHORT[first]} {rest}") if (entry := _entry(row)) not in found
            )
        return tuple(sorted(found, key=lambda entry: -entry.population))

    def _entry(self, id: str) -> GazetteerEntry | None:
        """The place with this id, or None."""
        scheme, _, number = id.partition("-")
        if scheme == "geonames" and number.isdecimal():
            rows = self._rows(_SELECT + "WHERE p.id = ?", int(number))
            return _entry(rows[0]) if rows else None
        if scheme == "place":
            return next((e for e in map(_entry, self._rows(_SELECT + "WHERE p.id < ?", 0)) if e.id == id), None)
        return None

    def around(self, id: str) -> tuple[GazetteerEntry, ...]:
        """The places around the place with this id, from the smallest to its country; empty for an unknown id."""
        found: list[GazetteerEntry] = []
        current = self.entry(id)
        while current is not None and current.parent is not None:
            current = self.entry(current.parent)
            if current is not None:
                found.append(current)
        return tuple(found)

    def _rows(self, sql: str, argument: str | int) -> list[_Row]:
        return _connection(self._path, os.getpid(), threading.get_ident()).execute(sql, (argument,)).fetchall()


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that comes with the package."""
    # The stack is never closed: where the package lies in an archive, the extracted file must outlive this call.
    path = ExitStack().enter_context(as_file(files("conflict_kg") / "lexicon" / "gazetteer.sqlite"))
    return Gazetteer(str(path))


@lru_cache(maxsize=64)
def _connection(path: str, *_user: int) -> sqlite3.Connection:
    """One connection for each process and thread that uses it.

    Nobody writes the file, so neither locks nor a journal are needed.
    """
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def _entry(row: _Row) -> GazetteerEntry:
    number, name, code, country, parent, population, latitude, longitude, news, parent_name = row
    kind, level = KINDS[code]
    return GazetteerEntry(
        id=_id(number, name),
        name=name,
        kind=kind,
        level=level,
        country=country,
        parent=None if parent is None else _id(parent, parent_name),
        population=population,
        latitude=None if latitude is None else latitude / _DEGREE,
        longitude=None if longitude is None else longitude / _DEGREE,
        news=bool(news),
    )


def _id(number: int, name: str) -> str:
    """GeoNames' numbers are positive; the places that the project adds have negative ones and go by their name."""
    return f"geonames-{number}" if number > 0 else f"place-{slug(name)}"
