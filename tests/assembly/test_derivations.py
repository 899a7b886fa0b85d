"""What follows is kept under all that it hangs on: packed and unpacked whole, in order, and forgotten in time."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import samples

from conflict_kg import serial
from conflict_kg.assembly import derivations as derivations_module
from conflict_kg.assembly import steps
from conflict_kg.assembly.derivations import Derivations, Step
from conflict_kg.assembly.parts import Common
from conflict_kg.assembly.readings import FILE, Kept, Readings
from conflict_kg.engines.spread import Crew
from conflict_kg.errors import InputError

READINGS = samples.readings()
COMMON = Common("https://x.example/", places={place.id: place for one in READINGS for place in one.places})


def _kept() -> list[Kept]:
    return [
        Kept(f"key {number}", one.report.id, one.report.digest, one.report.publisher, _body(number))
        for number, one in enumerate(READINGS)
    ]


def _body(number: int) -> bytes:
    return zlib.compress(serial.dump_reading(READINGS[number]))


def _items() -> Iterator[tuple[Step[Any, Any], Any]]:
    """Each step with what it may be given of the samples."""
    for kept in _kept():
        told = steps.DESCRIBED.make(kept, COMMON)
        claims = steps.Told(kept, steps.note(told))
        yield steps.DESCRIBED, kept
        yield steps.CLAIMED, claims
        yield steps.DOCUMENT, steps.Document(kept.digest[:16], [kept], [])
        for topic, row in steps.CLAIMED.make(claims, COMMON).topics:
            yield steps.SETTLED, (topic, [row])
            for place, held in steps.SETTLED.make((topic, [row]), COMMON)[1]:
                yield steps.PARTS, (place, [held])


def test_steps_unpack_what_they_packed() -> None:
    """Of each step, whatever the samples come to."""
    seen = set()
    for step, item in _items():
        made = step.make(item, COMMON)
        assert step.unpack(step.pack(made)) == made
        seen.add(step.name)
    assert seen == {"described", "claimed", "document", "settled", "parts"}


@pytest.mark.parametrize("damage", [b"", b"5", b"5:abc", b"x:", b"1:a", b"1:a9:b", b"0:1:x0:1:y"])
def test_steps_refuse_what_nothing_was_packed_into(damage: bytes) -> None:
    """With one of the errors that are taken for damage."""
    with pytest.raises(serial.UNREADABLE):
        steps.SETTLED.unpack(damage)


def test_claims_hang_on_what_they_look_up() -> None:
    """On a side, on what a place lies in and on being a copy; not on what only other reports name."""
    kept = _kept()[0]
    told = steps.Told(kept, steps.note(steps.DESCRIBED.make(kept, COMMON)))
    actor = READINGS[0].actors[0].id
    place = next(place for place in READINGS[0].places if place.located_in is None)
    moved = replace(place, located_in="elsewhere")

    def inputs(**changes: Any) -> list[bytes]:
        return list(steps.CLAIMED.inputs(told, replace(COMMON, **changes)))

    before = inputs()
    assert inputs(sides={"nobody": "x"}, copies={"none": "x"}, places={**COMMON.places, "elsewhere": moved}) == before
    assert inputs(sides={actor: "x"}) != before
    assert inputs(copies={kept.digest: "x"}) != before
    assert inputs(places={**COMMON.places, place.id: moved}) != before


def _doubled(number: int, _: Common) -> int:
    return 2 * number


_DOUBLED: Step[int, int] = Step("doubled", _doubled, lambda number, _: [b"%d" % number], lambda made: b"%d" % made, int)


@pytest.mark.parametrize(("jobs", "at_a_time"), [(1, 7), (2, 1000)])
def test_derivations_are_made_once_and_come_in_order(
    tmp_path: Path, jobs: int, at_a_time: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are kept stand among those that are made, in the order of the items."""
    monkeypatch.setattr(derivations_module, "AT_A_TIME", at_a_time)
    with Readings(tmp_path) as readings, Crew(jobs) as crew:
        for numbers in (range(0, 90, 3), range(90), range(40, 50)):
            found = list(Derivations(readings, "1", crew).each(_DOUBLED, numbers, COMMON))
            assert found == [2 * number for number in numbers]
        other = replace(COMMON, base="https://y.example/")
        assert list(Derivations(readings, "1", crew).each(_DOUBLED, [7], other)) == [14]
        assert _rows(tmp_path) == 91
        assert list(Derivations(readings, None, crew).each(_DOUBLED, [100], COMMON)) == [200]
        assert _rows(tmp_path) == 91
    with Readings(tmp_path) as readings, Crew(jobs) as crew:
        assert list(Derivations(readings, "1", crew).each(_DOUBLED, [3, 91], COMMON)) == [6, 182]
        readings.forget_others()
    assert _rows(tmp_path) == 2


def test_derivations_tell_where_one_is_damaged(tmp_path: Path) -> None:
    """Other bytes are never taken for what follows; the next time it is derived again."""
    with Readings(tmp_path) as readings:
        derivations = Derivations(readings, "1", Crew(1))
        assert list(derivations.each(_DOUBLED, [1], COMMON)) == [2]
        with closing(sqlite3.connect(tmp_path / FILE)) as base, base:
            base.execute("UPDATE derived SET body = x'00'")
        with pytest.raises(InputError, match="was damaged, and is removed: do the same again"):
            list(derivations.each(_DOUBLED, [1], COMMON))
        assert _rows(tmp_path) == 0
        assert list(derivations.each(_DOUBLED, [1], COMMON)) == [2]


def _rows(folder: Path) -> int:
    with closing(sqlite3.connect(folder / FILE)) as base:
        return int(base.execute("SELECT count(*) FROM derived").fetchone()[0])
