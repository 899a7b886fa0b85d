"""The commands that read reports: ``build``, ``add``, ``remove``, ``extract``, ``evaluate``."""

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from conflict_kg.commands.console import (
    COLUMNS,
    GRAPH,
    JOBS,
    LANGUAGE_MODEL,
    OUTPUT,
    PATHS,
    PUBLISHED,
    GivenPath,
    check_folder,
    check_output,
    format_option,
    out,
    progress,
    verdict,
    warn,
    width,
)
from conflict_kg.errors import InputError
from conflict_kg.files import write_file

if TYPE_CHECKING:
    from conflict_kg.build import Built
    from conflict_kg.engines.spark import Spread
    from conflict_kg.model import Reading


@click.command()
@PATHS
@click.option(
    "--output", type=GivenPath(path_type=Path), default=Path("graph"), show_default=True, help="Folder to build into."
)
@PUBLISHED
@COLUMNS
@click.option(
    "--base", metavar="IRI", help="Beginning of the IRIs of your data.  [default: https://conflict-kg.example/]"
)
@LANGUAGE_MODEL
@JOBS
@click.option(
    "--engine", type=click.Choice(("local", "spark")), default="local", show_default=True, help="What does the work."
)
@click.option("--master", metavar="URL", help="Master of the Spark cluster, in place of what spark-submit has set.")
def build(
    *,
    paths: tuple[str, ...],
    output: Path,
    published: date | None,
    columns: Mapping[str, str],
    base: str | None,
    language_model: str | None,
    jobs: int,
    engine: str,
    master: str | None,
) -> int:
    """Read reports and build their graph.

    PATH is a file (text, HTML, PDF, RSS or Atom, WARC, e-mail), a folder of them (which may hold a manifest.jsonl with
    titles and dates), a .jsonl or .csv file with one report a line, or - for standard input. The new graph takes the
    place of the old one in one step, and only where it passes its checks. A report whose claims fail a check is left
    out: what is wrong is printed, and the exit code is 1. What was read is kept: a build that was stopped goes on where
    it was.

    \b
    Example: conflict-kg build reports/ --output graph
    """
    if engine == "spark":
        if columns or jobs > 1:
            raise click.UsageError("--columns and --jobs go with --engine local")
        return _build_on_spark(
            paths, str(output), published=published, base=base, language_model=language_model, master=master
        )
    if master is not None:
        raise click.UsageError("--master goes with --engine spark")
    check_output(output)
    from conflict_kg.build import build as build_graph
    from conflict_kg.graph import BASE

    with progress("reading") as bar:
        built = build_graph(
            paths,
            output,
            published=published,
            columns=columns,
            base=base or BASE,
            language_model=language_model,
            jobs=jobs,
            warn=warn,
            progress=bar,
        )
    return _told(built, output)


def _build_on_spark(
    paths: tuple[str, ...],
    output: str,
    *,
    published: date | None,
    base: str | None,
    language_model: str | None,
    master: str | None,
) -> int:
    try:
        from conflict_kg.engines import spark
    except ImportError as error:
        if error.name not in ("pyspark", "py4j"):
            raise
        raise InputError("Spark is not installed: pip install 'conflict-kg[spark]', and Java 17 or later") from None
    from conflict_kg.graph import BASE

    built = spark.build(
        paths,
        output,
        published=published,
        base=base or BASE,
        language_model=language_model,
        master=master,
        warn=warn,
    )
    return _summed_up(built, f"reports: {built.reports}", built.derived, output)


def _counted(claims: Mapping[str, int], derived: Mapping[str, int], triples: int) -> str:
    """What a graph holds, in words."""
    counted = ", ".join(f"{count} {type}" for type, count in claims.items()) or "none"
    account = "{change} changes of control, {period} periods, {range} casualty ranges".format_map(derived)
    return (
        f"claim records: {counted}\naccount: {account}\n"
        f"disagreements: {derived['disagreement']}\ngraph: {triples} triples"
    )


@click.command()
@PATHS
@GRAPH
@PUBLISHED
@COLUMNS
@JOBS
def add(*, paths: tuple[str, ...], graph: Path, published: date | None, columns: Mapping[str, str], jobs: int) -> int:
    """Take more reports into a graph.

    Only these are read. One that has the id of a report in the graph takes its place. The graph is then the one that a
    build of all the reports makes, with the same checks. The base and the language model are those it was built with.

    \b
    Example: conflict-kg add new-reports/ --graph graph
    """
    from conflict_kg.build import add as add_reports

    with progress("reading") as bar:
        built = add_reports(paths, graph, published=published, columns=columns, jobs=jobs, warn=warn, progress=bar)
    return _told(built, graph)


@click.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@GRAPH
def remove(ids: tuple[str, ...], graph: Path) -> int:
    """Take reports out of a graph, and all that rests on them alone.

    ID is that of a report, which its file or record gave it; graph/current/reports.jsonl lists them.

    \b
    Example: conflict-kg remove ramadi-2015-05-18 --graph graph
    """
    from conflict_kg.build import remove as remove_reports

    return _told(remove_reports(ids, graph), graph)


def _told(built: "Built", output: Path) -> int:
    """Says what a graph came to; the exit code."""
    derived = {
        "change": built.changes,
        "period": built.periods,
        "range": built.ranges,
        "disagreement": built.disagreements,
    }
    return _summed_up(built, f"reports: {built.reports} ({built.read} read now)", derived, output)


def _summed_up(built: "Built | Spread", reports: str, derived: Mapping[str, int], output: Path | str) -> int:
    lines = [
        reports,
        f"{_counted(built.claims, derived, built.triples)}, {verdict(len(built.violations))}",
        *(f"wrote {path}" for path in built.files),
    ]
    lines += [str(violation) for violation in built.violations]
    lines += [f"left out, its claims fail a check: {id}" for id in built.left_out]
    if not built.files:
        lines.append(f"nothing was written to {output}/")
    out("".join(f"{line}\n" for line in lines))
    return 1 if built.violations else 0


@click.command()
@PATHS
@OUTPUT
@PUBLISHED
@COLUMNS
@LANGUAGE_MODEL
@JOBS
def extract(
    *,
    paths: tuple[str, ...],
    output: Path,
    published: date | None,
    columns: Mapping[str, str],
    language_model: str | None,
    jobs: int,
) -> None:
    """Print what the reports claim, one JSON record a line.

    The records are sorted by document, then start, then type; docs/claim-records.md has their fields.

    \b
    Example: conflict-kg extract report.txt --published 2015-05-18
    """
    from conflict_kg import records

    check_output(output, _files(paths))
    check_folder(output)
    _check_no_report(output, paths)
    readings = _read(paths, published=published, columns=columns, language_model=language_model, jobs=jobs)
    lines = records.lines(claim for reading in readings for claim in reading.claims)
    if str(output) == "-":
        out(lines)
    else:
        write_file(output, lines.encode())


def _files(paths: tuple[str, ...]) -> Iterator[Path]:
    """The files that reports under the paths are read from, and the manifests beside them."""
    from conflict_kg.documents.sources import MANIFEST, Manifests, sources

    manifests: Manifests = {}
    for path in map(Path, paths):
        if str(path) == "-":
            yield Path("/dev/stdin")
        elif os.path.isdir(path):  # noqa: PTH112  # no for names that no folder can have
            yield path / MANIFEST
            found = sources(path, {}, manifests, lambda _: None)  # what is left out is told when it is read
            yield from (source.text for source in found if isinstance(source.text, Path))
        else:
            yield from (path, path.parent / MANIFEST)


def _check_no_report(output: Path, paths: tuple[str, ...]) -> None:
    """Raises ``InputError`` where a file ``output`` in one of the folders would be read with it the next time."""
    from conflict_kg.documents.formats import ENDINGS, TABLES, ending
    from conflict_kg.documents.sources import MANIFEST

    file = Path(os.path.realpath(output))
    if file.name != MANIFEST and ENDINGS.get(ending(file)) in (None, *TABLES):
        return
    for path in paths:
        if os.path.realpath(path) == str(file.parent):
            raise InputError(f"{output}: lies in {path}, the reports, and would be read as one of them; call it .jsonl")


def _read(paths: tuple[str | Path, ...], **how: Any) -> "list[Reading]":
    """What the reports say, with a bar where somebody watches; ``how`` is as in ``build.extract``."""
    from conflict_kg.build import extract as extract_readings

    with progress("reading") as bar:
        return extract_readings(paths, **how, warn=warn, progress=bar)


@click.command()
@click.argument("gold", metavar="GOLD_DIR", type=GivenPath(path_type=Path))
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=GivenPath(allow_dash=True))
@click.option(
    "--claims",
    type=GivenPath(path_type=Path),
    help="Judge these claim records, made before; the PATHs then only give the lines.",
)
@click.option(
    "--floor",
    "floors",
    multiple=True,
    metavar="FIGURE=F1",
    help="Exit with 1 where this figure's F1 is lower: control=0.6. May be given several times.",
)
@format_option(("table", "json", "csv"))
@PUBLISHED
@COLUMNS
@LANGUAGE_MODEL
@JOBS
def evaluate(
    *,
    gold: Path,
    paths: tuple[str, ...],
    claims: Path | None,
    floors: tuple[str, ...],
    format: str,
    published: date | None,
    columns: Mapping[str, str],
    language_model: str | None,
    jobs: int,
) -> int:
    """Compare what the reports claim with your own annotation: precision, recall, F1.

    GOLD_DIR holds one JSON file for each report, of the same name (docs/evaluation.md says what it holds). PATHs are
    reports, as extract takes them. What was missed and what is too many is shown with the words and the line.

    \b
    Example: conflict-kg evaluate gold/ reports/
    """
    from conflict_kg import evaluation, records

    if not paths and claims is None:
        raise click.UsageError("give the reports to read, or --claims with their records")
    wanted = evaluation.read_floors(floors)
    annotated = evaluation.read_gold(gold)
    texts: dict[str, str] = {}
    found: Mapping[str, evaluation.FoundDocument] = {}
    if claims is not None:
        from conflict_kg.documents import read_reports

        found = evaluation.found_in(evaluation.read_records(claims))
        texts = {report.id: report.text for report in read_reports(paths, columns=columns, warn=warn)} if paths else {}
    else:
        readings = _read(paths, published=published, columns=columns, language_model=language_model, jobs=jobs)
        found = evaluation.found_in(records.records(claim for reading in readings for claim in reading.claims))
        texts = {reading.report.id: reading.report.text for reading in readings}
    for message in evaluation.unmatched(annotated, texts or found):
        warn(message)
    scores = evaluation.evaluate(annotated, found)
    out(evaluation.show(scores, texts, format, width=width()))
    missed = evaluation.below(scores, wanted)
    for message in missed:
        warn(message)
    return 1 if missed else 0
