"""The whole chain: files in, a graph with its account and its claim records out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from spacy.language import Language

from conflict_kg import documents, export, graph, language, reasoning, records, store, validation
from conflict_kg.account import derive
from conflict_kg.model import Reading, Report
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
    triples: int
    violations: tuple[validation.Violation, ...]
    files: tuple[Path, ...]
    """What was written; nothing where there are violations."""


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

    Where the result violates the shapes, nothing is written and a graph that was there stays. Raises ``InputError``
    for a path, a base, a model or an output folder that cannot be used.
    """
    graph.checked_base(base)
    readings = extract(
        paths, published=published, language_model=language_model, jobs=jobs, warn=warn, progress=progress
    )
    claims = [claim for reading in readings for claim in reading.claims]
    account = derive(claims, {place.id: place for reading in readings for place in reading.places})
    asserted = graph.quads(readings, account, base=base)
    quads = sorted([*asserted, *reasoning.infer(asserted, base=base)], key=graph.sort_key)
    violations = validation.validate(quads)
    files: tuple[Path, ...] = ()
    if not violations:
        contents = {"claims.jsonl": records.lines(claims).encode()}
        contents |= {name: export.render(quads, format) for name, format in FILES.items()}
        store.write(output, quads, contents)
        files = tuple(output / "current" / name for name in sorted({*contents, store.GRAPH_FILE}))
    counts = Counter(record["type"] for record in records.records(claims))
    return Built(
        reports=len(readings),
        claims=dict(sorted(counts.items())),
        changes=len(account.changes),
        periods=len(account.periods),
        ranges=len(account.ranges),
        triples=len(quads),
        violations=violations,
        files=files,
    )


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
