"""What reports say, as lines of JSON and back without loss: one line for each report, without its text.

A build keeps these lines beside the graph, so that the account can be derived anew from some of the reports. The graph
itself would not do: it has one description of each actor where every report has its own, and no order among joint ones.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from conflict_kg.errors import InputError
from conflict_kg.model import (
    Actor,
    CasualtyClaim,
    Claim,
    ControlClaim,
    IncidentClaim,
    Mention,
    Place,
    Reading,
    Statement,
)

FILE = "readings.jsonl"
"""Where a build keeps them."""
_CLAIMS: dict[str, type[Claim]] = {
    kind.__name__: kind for kind in (Mention, Statement, ControlClaim, CasualtyClaim, IncidentClaim)
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read from one report, as far as the account needs it."""

    document: str
    """``Report.digest``."""
    claims: tuple[Claim, ...]
    places: tuple[Place, ...]


def lines(readings: Iterable[Reading]) -> str:
    """The readings as JSON Lines, in the order of the reports' ids."""
    ordered = sorted(readings, key=lambda reading: (reading.report.id, reading.report.digest))
    return "".join(json.dumps(_line(reading), separators=(",", ":")) + "\n" for reading in ordered)


def read(text: str, *, source: str) -> list[Kept]:
    """What ``lines`` has written. Raises ``InputError`` with ``source`` and the line where it is something else."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            found.append(_kept(json.loads(line)))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise InputError(
                f"{source}:{number}: not what a build of this version keeps ({error}); build it anew"
            ) from None
    return found


# ---------------------------------------------------------------- writing


def _line(reading: Reading) -> dict[str, Any]:
    """The report's digest, its actors and places once each, and its claims, which name these by their position."""
    tables: tuple[dict[Actor, int], dict[Place, int]] = ({}, {place: n for n, place in enumerate(reading.places)})

    def written(value: Any) -> Any:
        if isinstance(value, Actor):
            return {"actor": tables[0].setdefault(value, len(tables[0]))}
        if isinstance(value, Place):
            return {"place": tables[1].setdefault(value, len(tables[1]))}
        return _plain(value, written)

    claims = [{"is": type(claim).__name__, **_plain(claim, written)} for claim in reading.claims]
    actors, places = ([_plain(one, written) for one in table] for table in tables)
    return {
        "document": reading.report.digest,
        "around": len(reading.places),
        "actors": actors,
        "places": places,
        "claims": claims,
    }


def _plain(value: Any, inner: Callable[[Any], Any]) -> Any:
    """A value in terms of JSON, its parts written by ``inner``; fields that have their defaults are left out."""
    if is_dataclass(value):
        told = ((f.name, getattr(value, f.name), f.default) for f in fields(value))
        return {name: inner(given) for name, given, default in told if given not in (default, ())}
    if isinstance(value, tuple):
        return [inner(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


# ---------------------------------------------------------------- reading


def _kept(line: dict[str, Any]) -> Kept:
    tables: dict[type, list[Any]] = {}
    tables[Actor] = [_made(Actor, one, tables) for one in line["actors"]]
    tables[Place] = [_made(Place, one, tables) for one in line["places"]]
    claims = tuple(_made(_CLAIMS[one.pop("is")], one, tables) for one in line["claims"])
    return Kept(line["document"], claims, tuple(tables[Place][: line["around"]]))


def _made(kind: type, values: dict[str, Any], tables: dict[type, list[Any]]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _value(hints[name], value, tables) for name, value in values.items()})


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any, tables: dict[type, list[Any]]) -> Any:
    """The value that the JSON stands for where a field of this type is expected."""
    if value is None:
        return None
    if isinstance(value, dict) and len(value) == 1 and (name := next(iter(value))) in ("actor", "place"):
        return tables[Actor if name == "actor" else Place][value[name]]
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one, tables) for one in value)
    for kind in _kinds(hint):
        if is_dataclass(kind):
            return _made(kind, value, tables)
        if kind is date:
            return date.fromisoformat(value)
        if issubclass(kind, Enum):
            return kind(value)
    return value


def _kinds(hint: Any) -> Iterator[type]:
    """The classes that a type hint names, without None."""
    yield from (kind for kind in get_args(hint) or (hint,) if isinstance(kind, type) and kind is not type(None))
