"""What was read is kept under all that it hangs on, comes back as it was, and is whole or not there."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import samples
from test_architecture import SOURCE, reached

from conflict_kg import language, serial
from conflict_kg.assembly.grouping import Workspace
from conflict_kg.assembly.readings import FILE, Entry, Readings, reading_key
from conflict_kg.engines import spread as spread_module
from conflict_kg.engines import version
from conflict_kg.engines.spread import spread
from conflict_kg.errors import InputError
from conflict_kg.model import Reading

READINGS = samples.readings()


def _keep(readings: Readings) -> None:
    for reading in READINGS:
        entry = Entry.of(reading.report, "1")
        readings.keep(entry.key, serial.dump_reading(reading))
        readings.choose(entry)


@pytest.mark.parametrize("reading", READINGS, ids=lambda reading: reading.report.id)
def test_serial_gives_back_what_it_was_given(reading: Reading) -> None:
    """Every type of claim, with all in it, and the same bytes again."""
    data = serial.dump_reading(reading)
    back = serial.load_reading(data)
    assert back == reading
    assert [claim.key for claim in back.claims] == [claim.key for claim in reading.claims]
    assert serial.dump_reading(back) == data


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{", b'{"report": 1}', b'{"claims": [{"_type": "Exploit"}]}', b"\x80\x04."]
)
def test_serial_reads_nothing_else(data: bytes) -> None:
    """Bytes that stand for no reading are an error, and never anything that is run."""
    with pytest.raises(serial.UNREADABLE):
        serial.load_reading(data)


def test_readings_come_in_each_order(tmp_path: Path) -> None:
    """By id, by day with the undated at the end, by text; only those that are chosen."""
    with Readings(tmp_path) as readings:
        _keep(readings)
        assert [kept.reading() for kept in readings.by_day()] == list(READINGS)
        assert [kept.id for kept in readings.by_id()] == ["district", "fall", "undated"]
        digests = [kept.digest for kept in readings.by_text()]
        assert digests == sorted(digests)
        assert readings.drop(["fall", "nobody"]) == ("fall",)
        assert [entry.id for entry in readings.chosen()] == ["district", "undated"]
        assert len(readings) == 2
        readings.forget_others()
        assert reading_key(READINGS[0].report, "1") not in readings
        assert reading_key(READINGS[1].report, "1") in readings


def test_reading_key_hangs_on_all_but_the_place() -> None:
    """Another title, day, text or version makes another key; another folder does not."""
    report = READINGS[0].report
    key = reading_key(report, "1")
    assert reading_key(replace(report, source="elsewhere/fall.txt"), "1") == key
    others = {
        reading_key(replace(report, title="Another"), "1"),
        reading_key(replace(report, published=None), "1"),
        reading_key(replace(report, text=report.text + " "), "1"),
        reading_key(replace(report, id="another"), "1"),
        reading_key(report, "2"),
    }
    assert len(others | {key}) == 6


def test_readings_tell_where_one_is_damaged(tmp_path: Path) -> None:
    """A row with other bytes in it is named by its report; a file of other bytes is begun anew."""
    with Readings(tmp_path) as readings:
        _keep(readings)
        with closing(sqlite3.connect(tmp_path / FILE)) as base, base:
            base.execute("UPDATE reading SET body = x'00' WHERE key = ?", (reading_key(READINGS[0].report, "1"),))
        with pytest.raises(InputError, match="what is kept of report 'fall' is damaged"):
            [kept.reading() for kept in readings.by_id()]
    (tmp_path / FILE).write_bytes(b"no database at all" * 1000)
    with Readings(tmp_path) as readings:
        assert reading_key(READINGS[1].report, "1") not in readings
        _keep(readings)
        assert len(readings) == 3


def test_version_covers_all_code_that_reads() -> None:
    """Every module that documents, language and reading import, directly or not, has a part in the digest."""
    tops = {name.split("/")[0].removesuffix(".py") for name in version.READ_BY}
    used = {
        name.split(".")[0]
        for module in ("documents", "language", "reading", "engines.reader")
        for name in reached(module)
    }
    assert "reading" in used
    assert used <= tops
    assert all((SOURCE / name).exists() for name in version.READ_BY)


def test_deriving_version_covers_all_code_that_derives() -> None:
    """Every module that makes the parts of a graph has a part in the digest, but for those that only run it."""
    covered = [name.removesuffix(".py").replace("/", ".") for name in version.DERIVED_BY]
    used = {module for module in reached("assembly.parts") | reached("assembly.steps") if module}
    assert {"account.topics", "graph.claims", "linking.names"} <= used
    left = {module for module in used if not any(f"{module}.".startswith(f"{name}.") for name in covered)}
    assert left == {"engines.spread", "processes"}  # what only runs it
    sources = [(SOURCE / f"{module.replace('.', '/')}.py") for module in used]
    words = {
        name for path in sources if path.exists() for name in re.findall(r'"(\w+\.toml)"', path.read_text("utf-8"))
    }
    assert words == {"codes.toml"}
    assert words <= {Path(name).name for name in version.DERIVED_BY}
    assert all((SOURCE / name).exists() for name in version.DERIVED_BY)
    assert version.deriving_version() != version.reading_version()


def test_version_tells_models_apart(tmp_path: Path) -> None:
    """The shipped model and one on a disk differ, and so does that one once a file in it does."""
    language.load().to_disk(tmp_path / "model")
    saved = version.reading_version(str(tmp_path / "model"))
    assert saved == version.reading_version(str(tmp_path / "model"))
    (tmp_path / "model" / "note.txt").write_text("changed", encoding="utf-8")
    assert len({version.reading_version(), saved, version.reading_version(str(tmp_path / "model"))}) == 3


def test_groups_bring_together_in_order(tmp_path: Path) -> None:
    """Values of one key in the order in which they came, keys by code points; the file goes with the workspace."""
    path = tmp_path / "work.sqlite"
    with Workspace(path) as work:
        groups = work.groups("some", [("b", b"1"), ("é", b"2"), ("b", b"3")])
        groups.add([("B", b"4"), ("\U0001f600", b"5")])
        assert [(key, list(values)) for key, values in groups] == [
            ("B", [b"4"]),
            ("b", [b"1", b"3"]),
            ("é", [b"2"]),
            ("\U0001f600", [b"5"]),
        ]
    assert not path.exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_spread_keeps_the_order(jobs: int) -> None:
    """Results come in the order of the items, whichever process is done first, and so do errors."""
    assert list(spread(divmod, range(100), 7, jobs=jobs)) == [divmod(number, 7) for number in range(100)]
    assert list(spread(divmod, [], 7, jobs=jobs)) == []
    results = spread(divmod, [7] * 40, 0, jobs=jobs)
    with pytest.raises(ZeroDivisionError):
        next(results)


def test_spread_gives_a_process_so_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large items one by one, small ones together; the results come as before."""
    sizes = [1, 1, spread_module.HEAVY, 1, *[1] * 40]
    tasks = list(spread_module._tasks(sizes, lambda size: size))
    assert [len(task) for task, _ in tasks] == [3, 16, 16, 9]
    assert [weight for _, weight in tasks] == [2 + spread_module.HEAVY, 16, 16, 9]
    assert list(spread_module._tasks(range(44), None)) == [
        ([*range(16)], 0),
        ([*range(16, 32)], 0),
        ([*range(32, 44)], 0),
    ]
    monkeypatch.setattr(spread_module, "HEAVY", 10)
    with spread_module.Crew(2) as crew:
        assert list(crew.spread(divmod, range(30), 7, size=abs)) == [divmod(number, 7) for number in range(30)]


def test_spread_takes_in_no_more_than_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many tasks for each process, or so many bytes, and the two that tell whether there is work for several."""
    monkeypatch.setattr(spread_module, "HEAVY", 1000)
    most = spread_module.AHEAD * 2 * spread_module.TOGETHER
    for weight, expected in ((0, most), (10**9, 2)):
        taken: list[int] = []
        with spread_module.Crew(2) as crew:
            results = crew.spread(_first, _weighed(weight, taken), size=_second)
            assert next(results) == 1
            assert len(taken) == expected
            assert list(results) == [*range(2, 501)]


def _weighed(weight: int, taken: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers with a weight; those that were asked for are noted."""
    for number in range(1, 501):
        taken.append(number)
        yield number, weight


def _first(pair: tuple[int, int]) -> int:
    return pair[0]


def _second(pair: tuple[int, int]) -> int:
    return pair[1]
