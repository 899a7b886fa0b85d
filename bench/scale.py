"""What a build of many reports costs: reports a second by processes, and peak memory by number of reports.

    python bench/scale.py read CORPUS [--jobs N ...]
    python bench/scale.py assemble CORPUS --work DIR [--reports N ...] [--war N] [--jobs N] [--until STEP]

CORPUS is what ``bench/corpus.py`` writes. ``read`` reads it for real with so many processes each time. Reading takes
most of the time by far, so ``assemble`` reads CORPUS once into DIR, where that is kept, and then takes each reading
again and again, until there are so many: under other ids and digests, moved by some days of eight years, with unnamed
sources and unknown places of their own, and with as many words of their own at the end, but one in ten, which is a
copy. All reports are of one war, in which ever more is told of every place; with ``--war N`` another begins after so
many, with places of its own. All that follows reading is done for real.
Printed are the seconds of each step, of all processes together where they are of the processor, and in MiB the most
memory that the first process has taken in it, and the largest of the others until its end. Each number of reports has
processes of its own.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from conflict_kg import build, documents, graph, reasoning, store
from conflict_kg.assembly.readings import Entry, Readings
from conflict_kg.assembly.whole import assemble
from conflict_kg.engines.local import read_all
from conflict_kg.engines.spread import side_by_side, spread
from conflict_kg.engines.version import deriving_version, reading_version
from conflict_kg.exports import rdf
from conflict_kg.model import ActorKind, CasualtyClaim, Claim, ControlClaim, Figure, IncidentClaim, Place, Reading
from conflict_kg.serial import dump_reading, load_reading
from conflict_kg.validation.portions import is_sound, portions

STEPS = ("keep", "graph", "check", "exports", "store")
"""Of what follows reading, in order."""
DAYS, YEARS = 8 * 365, range(1990, 2030)
COPIES = 10
DATED = (CasualtyClaim, ControlClaim, IncidentClaim)

T = TypeVar("T", bound=Any)


def main() -> None:
    """Run one of the two measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("read", "assemble"))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1])
    parser.add_argument("--reports", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--work", type=Path)
    parser.add_argument("--war", type=int)
    parser.add_argument("--until", choices=STEPS, default=STEPS[-1])
    given = parser.parse_args()
    if given.what == "read":
        for jobs in given.jobs:
            _apart(_read, given.corpus, jobs)
        return
    if given.work is None:
        parser.error("assemble needs --work DIR")
    _kept(given.corpus, given.work, given.jobs[0])
    for reports in given.reports:
        _apart(_assemble, given.work, reports, given.war or reports, given.jobs[0], given.until)


def _apart(function: Callable[..., None], *told: object) -> None:
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        pool.submit(function, *told).result()


def _peaks() -> str:
    """Peak memory of this process since ``_from_here``, and of the largest that it has ever waited for.

    Linux counts into ``ru_maxrss`` what the parent had when it forked, so the process itself is asked for in /proc.
    """
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if _STATUS.exists():
        own = int(_STATUS.read_text(encoding="utf-8").partition("VmHWM:")[2].split()[0])
    return f"{own // 1024:6d} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024:6d}"


def _from_here() -> None:
    """Has Linux forget the peak so far; elsewhere it is that since the start."""
    if _STATUS.exists():
        _STATUS.with_name("clear_refs").write_text("5")


def _spent() -> float:
    """Seconds of the processor, those of processes that have ended too."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


_STATUS = Path("/proc/self/status")


def _read(corpus: Path, jobs: int) -> None:
    start, used = time.perf_counter(), _spent()
    reports = documents.read_reports([corpus], warn=_told)
    count = sum(1 for _ in read_all(reports, jobs=jobs))
    seconds, processor = time.perf_counter() - start, _spent() - used
    row = f"read {count:7d} reports, {jobs} processes: {seconds:8.1f} s {count / seconds:7.2f} a second"
    print(f"{row} {processor:8.1f} s of the processor, {processor / count:.3f} each {_peaks()} MiB", flush=True)


def _kept(corpus: Path, work: Path, jobs: int) -> None:
    """Reads the corpus into a folder, but for what is there already."""
    build.build([corpus], work, jobs=jobs, warn=_told, progress=lambda _: None)


def _assemble(work: Path, reports: int, war: int, jobs: int, until: str) -> None:
    with tempfile.TemporaryDirectory(dir=work.parent) as name, Readings(work) as kept:
        folder = Path(name) / "graph"
        with store.locked(folder), Readings(folder) as readings:
            made = store.draft(folder)
            steps: dict[str, Callable[[], object]] = {
                "keep": lambda: _fill(readings, _originals(kept, work), reports, war, jobs),
                "graph": lambda: assemble(
                    readings, made, base=graph.BASE, infer=reasoning.infer, jobs=jobs, version=deriving_version()
                ),
                "check": lambda: _sound(made / store.GRAPH_FILE, jobs),
                "exports": lambda: rdf.write_files(made / store.GRAPH_FILE, build.FILES),
                "store": lambda: store.publish(folder, made),
            }
            for step in STEPS[: STEPS.index(until) + 1]:
                _from_here()
                start, used = time.perf_counter(), _spent()
                steps[step]()
                clock, processor = time.perf_counter() - start, _spent() - used
                row = f"{reports:7d} {step:8s} {clock:8.1f} s on the clock {processor:8.1f} s of the processor"
                print(f"{row} {_peaks()} MiB", flush=True)


def _sound(path: Path, jobs: int) -> None:
    with portions(path) as found:
        if not all(side_by_side([partial(is_sound, portion) for portion in found], jobs=jobs)):
            raise SystemExit(f"{path}: something is wrong with the graph")


def _originals(kept: Readings, work: Path) -> list[bytes]:
    build._chosen_before(work, kept)  # noqa: SLF001
    return [dump_reading(one.reading()) for one in kept.by_id()]


def _fill(readings: Readings, originals: list[bytes], reports: int, war: int, jobs: int) -> None:
    for entry, body in spread(_one, range(reports), originals, war, reading_version(), jobs=jobs):
        readings.keep(entry.key, body)
        readings.choose(entry)


def _one(number: int, originals: list[bytes], war: int, version: str) -> tuple[Entry, bytes]:
    reading = _again(load_reading(originals[number % len(originals)]), number, number // war)
    return Entry.of(reading.report, version), dump_reading(reading)


def _again(reading: Reading, number: int, war: int) -> Reading:
    """The reading as of another report, of another day and with an ending of its own, in one of several wars."""
    report = reading.report
    by = timedelta(number * 89 % DAYS)
    words = " ".join(f"{word}{number}" for word in report.text.split()) if number % COPIES else f"{number}"
    report = _moved(replace(report, id=f"{report.id}-{number}", text=f"{report.text}\n{words}", view=""), by)
    last = replace(report.sections[-1], end=len(report.text))
    report = replace(report, sections=(*report.sections[:-1], last))
    keys = [claim.key for claim in reading.claims]
    reading = _renamed(reading, number, war)
    originals = dict(zip(keys, reading.claims, strict=True))
    made: dict[str, Claim] = {}

    def again(key: str) -> str:
        """The new key of a claim, which is made after those that it names, whose keys are part of its own."""
        if key not in made:
            claim = originals[key]
            changes: dict[str, Any] = {"stated_in": again(claim.stated_in) if claim.stated_in else None}
            if isinstance(claim, CasualtyClaim):
                changes["included_in"] = moved(claim.included_in)
                changes["additional_to"] = moved(claim.additional_to)
            if isinstance(claim, IncidentClaim):
                changes["casualties"] = tuple(sorted(map(again, claim.casualties)))
            passage = replace(claim.passage, document=report.id)
            claim = _moved(replace(claim, digest=report.digest, passage=passage, **changes), by)
            made[key] = replace(claim, when=_moved(claim.when, by)) if isinstance(claim, DATED) else claim
        return made[key].key

    def moved(figure: Figure | None) -> Figure | None:
        if figure is None:
            return None
        return replace(figure, key=again(figure.key), passage=replace(figure.passage, document=report.id))

    for key in originals:
        again(key)
    return replace(reading, report=report, claims=tuple(made[key] for key in originals))


def _renamed(reading: Reading, number: int, war: int) -> Reading:
    """The reading with other sources and places, where these have no name or are in no table: most have some.

    All wars but the first have other places throughout.
    """
    told = [*graph.described(reading)]
    body = dump_reading(reading).decode()
    for one in told:
        if not one.linked and (isinstance(one, Place) or one.kind is ActorKind.UNNAMED):
            body = body.replace(f'"{one.id}"', f'"{one.id}-{number}"')
        elif war and isinstance(one, Place):
            body = body.replace(f'"{one.id}"', f'"{one.id}-{war}"')
    return load_reading(body.encode())


def _moved(value: T, by: timedelta) -> T:
    """A value with its days moved, but for those far from any war."""
    days = {name: getattr(value, name) for name in value.__dataclass_fields__}
    moved = {name: day + by for name, day in days.items() if isinstance(day, date) and day.year in YEARS}
    return replace(value, **moved) if moved else value


def _told(message: str) -> None:
    print(message, file=sys.stderr)


if __name__ == "__main__":
    main()
