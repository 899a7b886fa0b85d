"""The whole chain: files in, a graph with its account and its claim records out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from pyoxigraph import Quad
from spacy.language import Language

from conflict_kg import documents, graph, language, reasoning, records, store, validation
from conflict_kg.account import derive
from conflict_kg.exports import rdf
from conflict_kg.model import Account, Claim, Reading, Report
from conflict_kg.reading import read

FILES = {"graph.ttl": "turtle", "graph.trig": "trig", "graph.jsonld": "jsonld"}
"""What a build writes beside the store and the claim records, and as what."""

Warn = Callable[[str], None]
"""Takes one line about something that was left out."""
Progress = Callable[[int, int], None]
"""Takes how many reports of how many are read."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to."""

    reports: int
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
    base: str = graph.BASE,
    language_model: str | None = None,
    jobs: int = 1,
    warn: Warn,
    progress: Progress,
) -> Built:
    """Builds the graph of all reports under the paths into the folder ``output``.

    A report whose claims violate the shapes is left out, and the rest is built. Where what is left still violates them,
    nothing is written and a graph that was there stays. Raises ``InputError`` for a path, a base, a model or an output
    folder that cannot be used.
    """
    graph.checked_base(base)
    store.check(output)
    readings = extract(
        paths, published=published, language_model=language_model, jobs=jobs, warn=warn, progress=progress
    )
    made = _make(readings, base)
    violations: tuple[validation.Violation, ...] = ()
    left_out: tuple[str, ...] = ()
    while bad := {v.file_name for v in made.violations} & {reading.report.id for reading in readings}:
        violations += tuple(v for v in made.violations if v.file_name in bad)
        left_out += tuple(reading.report.id for reading in readings if reading.report.id in bad)
        readings = [reading for reading in readings if reading.report.id not in bad]
        made = _make(readings, base)
    files: tuple[Path, ...] = ()
    if not made.violations and (readings or not violations):
        contents = {"claims.jsonl": records.lines(made.claims).encode()}
        contents |= {name: rdf.render(made.quads, format) for name, format in FILES.items()}
        store.write(output, made.quads, contents)
        files = tuple(output / "current" / name for name in sorted({*contents, store.GRAPH_FILE}))
    counts = Counter(record["type"] for record in records.records(made.claims))
    return Built(
        reports=len(readings),
        claims=dict(sorted(counts.items())),
        changes=len(made.account.changes),
        periods=len(made.account.periods),
        ranges=len(made.account.ranges),
        disagreements=len(made.account.disagreements),
        triples=len(made.quads),
        violations=(*violations, *made.violations),
        left_out=left_out,
        files=files,
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """What follows from some readings, checked."""

    claims: Sequence[Claim]
    account: Account
    quads: Sequence[Quad]
    violations: tuple[validation.Violation, ...]


def _make(readings: Sequence[Reading], base: str) -> _Made:
    claims = [claim for reading in readings for claim in reading.claims]
    account = derive(claims, {place.id: place for reading in readings for place in reading.places})
    asserted = graph.quads(readings, account, base=base)
    quads = sorted([*asserted, *reasoning.infer(asserted, base=base)], key=graph.sort_key)
    return _Made(claims, account, quads, validation.validate(quads))


def extract(
    paths: Sequence[str | Path],
    *,
    published: date | None = None,
    language_model: str | None = None,
    jobs: int = 1,
    warn: Warn,
    progress: Progress,
) -> list[Reading]:
    """What every report under the paths says, in the order of the reports; ``jobs`` is how many processes read.

    ``published`` is the date of reports that name none. Raises ``InputError`` for a path or a model that cannot be
    used.
    """
    reports = list(documents.read_reports(paths, published=published, warn=warn))
    nlp = language.load(language_model)
    short = [report for report in reports if len(report.view) <= nlp.max_length]
    for report in reports:
        if len(report.view) > nlp.max_length:
            warn(f"{report.source}: left out, it has more than {nlp.max_length} characters")
    readings = []
    for reading in _read_here(short, nlp) if jobs == 1 else _read_apart(short, language_model, jobs):
        readings.append(reading)
        progress(len(readings), len(short))
    return readings


def _read_here(reports: Iterable[Report], nlp: Language) -> Iterator[Reading]:
    for doc, report in nlp.pipe(((report.view, report) for report in reports), as_tuples=True):
        yield read(doc, report)


# ---------------------------------------------------------------- in several processes

_pipelines: list[Language] = []
"""In a worker process, its pipeline."""


def _read_apart(reports: Iterable[Report], language_model: str | None, jobs: int) -> Iterator[Reading]:
    # A forked process would share the threads of a pipeline that has already run.
    with get_context("spawn").Pool(jobs, _start, (language_model,)) as pool:
        yield from pool.imap(_read_one, reports, chunksize=4)


def _start(language_model: str | None) -> None:
    _pipelines.append(language.load(language_model))


def _read_one(report: Report) -> Reading:
    return read(_pipelines[0](report.view), report)
