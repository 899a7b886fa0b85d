"""The whole chain: files in, a graph with its account and its claim records out; reports added, reports removed.

What was read is kept beside the graph, and a graph is always made from all that is kept of its reports. So a build that
was killed goes on where it was, and a graph to which reports were added is the one that a build of all of them makes.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path

from conflict_kg import documents, graph, reasoning, store, validation
from conflict_kg.assembly.readings import REPORTS, Entry, Readings, entries_of
from conflict_kg.assembly.whole import Assembled, assemble
from conflict_kg.documents import Warn
from conflict_kg.engines.local import read_all
from conflict_kg.engines.version import deriving_version, reading_version
from conflict_kg.errors import InputError
from conflict_kg.finishing import finish
from conflict_kg.model import Reading, Report
from conflict_kg.serial import load_reading
from conflict_kg.store import texts

FILES = {"graph.ttl": "turtle", "graph.trig": "trig", "graph.jsonld": "jsonld"}
"""What a build writes beside the store, the claim records and the reports' texts, and as what."""
SETTINGS = "settings.json"
"""How the reports of a graph were read."""

Progress = Callable[[int], None]
"""Takes how many reports are done with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all reports of a graph have in common."""

    base: str = graph.BASE
    """Beginning of the IRIs of its instances."""
    language_model: str | None = None
    reading: str = ""
    """``reading_version`` of what they were read with."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    reports: int
    read: int
    """Reports among them, or left out, that had to be read; the others had been read before."""
    claims: Mapping[str, int]
    """Number of records of each type."""
    changes: int
    periods: int
    ranges: int
    disagreements: int
    triples: int
    violations: tuple[validation.Violation, ...]
    left_out: tuple[str, ...]
    """Ids of the reports that were left out for violations."""
    files: tuple[Path, ...]
    """What was written; nothing where violations remain that no report can be left out for."""


def build(
    paths: Sequence[str | Path],
    output: Path,
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    base: str = graph.BASE,
    language_model: str | None = None,
    jobs: int = 1,
    warn: Warn,
    progress: Progress,
) -> Built:
    """Builds the graph of all reports under the paths into the folder ``output``.

    ``jobs`` is how many processes read. Reports that were read before into this folder, in the same way, are not read
    again. A report whose claims violate the shapes is left out, and the rest is built. Where what is left still
    violates them, nothing is written and a graph that was there stays. Raises ``InputError`` for a path, a base, a
    model or an output folder that cannot be used.
    """
    graph.checked_base(base)
    store.check(output)
    settings = Settings(base, language_model, reading_version(language_model))
    reports = _begun(documents.read_reports(paths, published=published, columns=columns, warn=warn))
    with store.locked(output), Readings(output) as readings:
        read = _read(reports, readings, settings, readings.choose, jobs=jobs, warn=warn, progress=progress)
        return _built(readings, output, settings, read=read, jobs=jobs)


def add(
    paths: Sequence[str | Path],
    output: Path,
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    jobs: int = 1,
    warn: Warn,
    progress: Progress,
) -> Built:
    """Takes reports into the graph in the folder ``output``; one with the id of a report in it takes its place.

    Base and language model are those that the graph was built with. The rest is as in ``build``, of the reports that
    the graph was made from and then these. Raises ``NoGraphError`` where there is no graph.
    """
    store.current(output)
    reports = _begun(documents.read_reports(paths, published=published, columns=columns, warn=warn))
    with store.locked(output), Readings(output) as readings:
        settings = _chosen_before(output, readings)
        new: list[Entry] = []
        read = _read(reports, readings, settings, new.append, jobs=jobs, warn=warn, progress=progress)
        replaced = readings.drop(entry.id for entry in new)
        for entry in new:
            if (same := readings.same_text(entry.digest, entry.publisher)) is not None:
                also = "; what the graph had under that name is gone, too" if entry.id in replaced else ""
                warn(f"{entry.id}: left out, it has the same text as {same}{also}")
            else:
                readings.choose(entry)
        return _built(readings, output, settings, read=read, jobs=jobs)


def remove(ids: Sequence[str], output: Path) -> Built:
    """Takes reports out of the graph in the folder ``output``, and all that rests on them alone.

    Raises ``InputError`` for an id that no report in it has, and where no report would be left; then all stays as it
    is. Raises ``NoGraphError`` where there is no graph.
    """
    store.current(output)
    with store.locked(output), Readings(output) as readings:
        settings = _chosen_before(output, readings)
        gone = readings.drop(dict.fromkeys(ids))
        for id in ids:
            if id not in gone:
                raise InputError(f"{output}/: there is no report {id!r} in the graph; {REPORTS} in it lists them")
        if not len(readings):
            raise InputError(f"{output}/: no report would be left; remove the folder to be rid of all")
        return _built(readings, output, settings, read=0, jobs=1)


def extract(
    paths: Sequence[str | Path],
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    language_model: str | None = None,
    jobs: int = 1,
    warn: Warn,
    progress: Progress,
) -> list[Reading]:
    """What every report under the paths says, in the order of the reports; ``jobs`` is how many processes read.

    ``published`` is the date of reports that name none, ``columns`` says which column of a table holds which field.
    Raises ``InputError`` for a path or a model that cannot be used.
    """
    order: dict[str, Reading | None] = {}

    def noted(reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            order[report.id] = None
            yield report

    reports = documents.read_reports(paths, published=published, columns=columns, warn=warn)
    read = read_all(noted(reports), language_model=language_model, jobs=jobs)
    for done, (report, body) in enumerate(read, start=1):
        if body is None:
            warn(documents.too_long(report))
        else:
            order[report.id] = load_reading(body)
        progress(done)
    return [reading for reading in order.values() if reading is not None]


# ---------------------------------------------------------------- which reports


def _begun(reports: Iterator[Report]) -> Iterator[Report]:
    """The reports, after the first was looked for: what is wrong with the paths is told before anything is done."""
    return chain([next(reports)], reports)


def _read(
    reports: Iterable[Report],
    readings: Readings,
    settings: Settings,
    take: Callable[[Entry], None],
    *,
    jobs: int,
    warn: Warn,
    progress: Progress,
) -> int:
    """Has ``take`` each report whose reading is kept, and returns how many had to be read for that."""
    known = read = left_out = 0

    def unread() -> Iterator[Report]:
        nonlocal known
        for report in reports:
            entry = Entry.of(report, settings.reading)
            if entry.key in readings:
                take(entry)
                known += 1
            else:
                yield report

    for report, body in read_all(unread(), language_model=settings.language_model, jobs=jobs):
        if body is None:
            warn(documents.too_long(report))
            left_out += 1
        else:
            entry = Entry.of(report, settings.reading)
            readings.keep(entry.key, body)
            take(entry)
            read += 1
        progress(known + read + left_out)
    return read


def _chosen_before(output: Path, readings: Readings) -> Settings:
    """Chooses the readings of the graph in a folder, and gives its settings."""
    build = store.current(output)
    try:
        settings = Settings(**json.loads((build / SETTINGS).read_text(encoding="utf-8")))
        if settings.reading != reading_version(settings.language_model):
            raise InputError(
                f"{output}/: its reports were read by another version of conflict-kg or of its language model; "
                "build it anew from all of them"
            )
        for entry in entries_of(build):
            if entry.key not in readings:
                raise InputError(f"{output}/: what was read of {entry.id!r} is gone; build it anew from all reports")
            readings.choose(entry)
    except (OSError, ValueError, TypeError):
        raise InputError(f"{output}/: it is not told what the graph was made from; build it anew") from None
    return settings


# ---------------------------------------------------------------- from readings to a graph


def _built(readings: Readings, output: Path, settings: Settings, *, read: int, jobs: int) -> Built:
    """Makes the graph of the chosen readings the one that counts, and forgets the others."""
    violations: tuple[validation.Violation, ...] = ()
    left_out: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    made = _made(readings, output, settings, jobs)
    while gone := readings.drop(sorted({v.file_name for v in made.violations if v.file_name})):
        violations += tuple(v for v in made.violations if v.file_name in gone)
        left_out += gone
        made = _made(readings, output, settings, jobs)
    if not made.violations and (len(readings) or not violations):
        with _writing(output):
            _write_reports(made.folder, readings, settings)
            store.publish(output, made.folder)
            readings.forget_others()
        current = output / "current"
        files = tuple(path for path in sorted(current.iterdir()) if path.is_file())
    derived = made.told.derived
    return Built(
        reports=len(readings),
        read=read,
        claims=dict(sorted(made.told.claims.items())),
        changes=derived["change"],
        periods=derived["period"],
        ranges=derived["range"],
        disagreements=derived["disagreement"],
        triples=made.told.triples,
        violations=(*violations, *made.violations),
        left_out=left_out,
        files=files,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """A graph that does not count yet."""

    folder: Path
    told: Assembled
    violations: tuple[validation.Violation, ...]


def _made(readings: Readings, output: Path, settings: Settings, jobs: int) -> _Made:
    """The graph of the chosen readings, checked and, where nothing is wrong with it, complete."""
    folder = store.draft(output)
    with _writing(output):
        infer = partial(reasoning.infer, base=settings.base)
        told = assemble(readings, folder, base=settings.base, infer=infer, jobs=jobs, version=deriving_version())
        return _Made(folder, told, finish(folder, told.triples, FILES, jobs=jobs))


@contextmanager
def _writing(output: Path) -> Iterator[None]:
    """Tells that the folder cannot be written where that is so, for want of room on the disk perhaps."""
    try:
        yield
    except (OSError, sqlite3.OperationalError) as error:
        raise InputError(f"{output}/: cannot be written: {error}") from None


def _write_reports(folder: Path, readings: Readings, settings: Settings) -> None:
    """Says what the graph was made from, for ``add`` and ``remove`` and for people, in the words of the reports too."""
    (folder / SETTINGS).write_text(json.dumps(asdict(settings)) + "\n", encoding="utf-8")
    with (folder / REPORTS).open("w", encoding="utf-8") as file:
        for entry in readings.chosen():
            file.write(json.dumps(asdict(entry), ensure_ascii=False) + "\n")
    with (folder / texts.FILE).open("w", encoding="utf-8") as file:
        file.writelines(texts.lines([kept.report()]) for kept in readings.by_id())
