"""The command line: each command opens, calls one function, and prints what comes back.

Results go to standard output, everything else to standard error. What a command needs is imported inside it, so that
only those that parse text load the language model.
"""

import json
import os
import signal
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import click

from conflict_kg import __version__
from conflict_kg.console import (
    GRAPH,
    JOBS,
    LANGUAGE_MODEL,
    OUTPUT,
    PATHS,
    PUBLISHED,
    QUERIES,
    RESULT_FORMATS,
    STORE,
    TIME_LIMIT,
    GivenPath,
    format_option,
    opened,
    out,
    progress,
    read_text,
    warn,
    width,
)
from conflict_kg.errors import ConflictKGError, TimeLimitError
from conflict_kg.files import write_file
from conflict_kg.serving import load, serve


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Returns the exit code: 0 done, 1 the data fails a check, 2 wrong use, 130 interrupted."""
    try:
        result = cli.main(args=arguments, prog_name="conflict-kg", standalone_mode=False)
    except TimeLimitError as error:
        os._exit(_fail(str(error), error.exit_code))  # what takes too long goes on in a thread that nothing can stop
    except ConflictKGError as error:
        return _fail(str(error), error.exit_code)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return error.exit_code
    except click.ClickException as error:
        return _fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second one would kill Python while it ends
        return 130
    return result if isinstance(result, int) else 0


def _fail(message: str, code: int) -> int:
    warn(message)
    return code


# ---------------------------------------------------------------- commands


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="conflict-kg", message="%(prog)s %(version)s")
def cli() -> None:
    """Read reports of a war; ask who controlled what and when, according to whom, with the sentence.

    \b
    conflict-kg build reports/ --output graph
    conflict-kg ask who-controlled --place Ramadi --date 2015-06-01
    """


@cli.command()
@PATHS
@click.option(
    "--output", type=GivenPath(path_type=Path), default=Path("graph"), show_default=True, help="Folder to build into."
)
@PUBLISHED
@click.option(
    "--base", metavar="IRI", help="Beginning of the IRIs of your data.  [default: https://conflict-kg.example/]"
)
@LANGUAGE_MODEL
@JOBS
def build(
    *,
    paths: tuple[str, ...],
    output: Path,
    published: date | None,
    base: str | None,
    language_model: str | None,
    jobs: int,
) -> int:
    """Read reports and build their graph.

    PATH is a text file, a folder (which may hold a manifest.jsonl with titles and dates), a .jsonl file with one report
    a line, or - for standard input. The new graph takes the place of the old one in one step, and only where it passes
    its checks. A report whose claims fail a check is left out: what is wrong is printed, and the exit code is 1.

    \b
    Example: conflict-kg build reports/ --output graph
    """
    from conflict_kg.build import build as build_graph
    from conflict_kg.graph import BASE

    with progress("reading") as bar:
        built = build_graph(
            paths,
            output,
            published=published,
            base=base or BASE,
            language_model=language_model,
            jobs=jobs,
            warn=warn,
            progress=bar,
        )
    counted = ", ".join(f"{count} {type}" for type, count in built.claims.items()) or "none"
    lines = [
        f"reports: {built.reports}",
        f"claim records: {counted}",
        f"account: {built.changes} changes of control, {built.periods} periods, {built.ranges} casualty ranges",
        f"disagreements: {built.disagreements}",
        f"graph: {built.triples} triples, {_verdict(len(built.violations))}",
        *(f"wrote {path}" for path in built.files),
    ]
    lines += [str(violation) for violation in built.violations]
    lines += [f"left out, its claims fail a check: {id}" for id in built.left_out]
    if not built.files:
        lines.append(f"nothing was written to {output}/")
    out("".join(f"{line}\n" for line in lines))
    return 1 if built.violations else 0


@cli.command()
@PATHS
@OUTPUT
@PUBLISHED
@LANGUAGE_MODEL
@JOBS
def extract(
    paths: tuple[str, ...], output: Path, published: date | None, language_model: str | None, jobs: int
) -> None:
    """Print what the reports claim, one JSON record a line.

    The records are sorted by document, then start, then type; docs/claim-records.md has their fields.

    \b
    Example: conflict-kg extract report.txt --published 2015-05-18
    """
    from conflict_kg import records
    from conflict_kg.build import extract as extract_readings

    with progress("reading") as bar:
        readings = extract_readings(
            paths, published=published, language_model=language_model, jobs=jobs, warn=warn, progress=bar
        )
    lines = records.lines(claim for reading in readings for claim in reading.claims)
    if str(output) == "-":
        out(lines)
    else:
        write_file(output, lines.encode())


@cli.command()
@QUERIES
@format_option(("table", "json", "markdown"))
def questions(queries: tuple[Path, ...], format: str) -> None:
    """List the stored questions with their parameters.

    \b
    Example: conflict-kg questions
    """
    from conflict_kg.asking import described, every, markdown, parameter_help

    found = every(queries).values()
    if format == "markdown":
        out(markdown(found))
        return
    if format == "json":
        out(json.dumps(described(found), ensure_ascii=False, indent=2) + "\n")
        return
    blocks = (
        [
            f"{question.name}: {question.summary}",
            *(f"    --{p.name}: {parameter_help(p)}" for p in question.parameters),
        ]
        for question in found
    )
    out("\n".join("".join(f"{line}\n" for line in block) for block in blocks))


class _Ask(click.Group):
    """A group whose commands are the stored questions, the user's own among them."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        from conflict_kg import asking

        question = asking.find(ctx.params.get("queries", ()), args)
        return question.name, asking.command(question), args[1:]

    def list_commands(self, ctx: click.Context) -> list[str]:
        from conflict_kg import asking

        return list(asking.every(ctx.params.get("queries", ())))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from conflict_kg import asking

        return asking.command(asking.find(ctx.params.get("queries", ()), [cmd_name]))


@cli.command(cls=_Ask, subcommand_metavar="QUESTION [OPTIONS]")
@QUERIES
def ask(queries: tuple[Path, ...]) -> None:
    """Answer a stored question.

    QUESTION --help shows its parameters. Names of places and actors may be written in any common spelling.

    \b
    Example: conflict-kg ask who-controlled --place Ramadi --date 2015-06-01
    """


@cli.command()
@click.argument("file", type=GivenPath(allow_dash=True, path_type=Path))
@format_option((*RESULT_FORMATS, "turtle", "nquads", "jsonld"))
@GRAPH
@STORE
@TIME_LIMIT
def query(file: Path, format: str, graph: Path, store: str | None, time_limit: float | None) -> None:
    """Run any SPARQL query in FILE (- for standard input) over the graph.

    All named graphs count as one, unless FROM or FROM NAMED picks some. CONSTRUCT and DESCRIBE print Turtle unless told
    otherwise. Updates and SERVICE are refused.

    \b
    Example: echo 'SELECT * WHERE { ?s ?p ?o } LIMIT 5' | conflict-kg query -
    """
    from conflict_kg import nodes, sparql
    from conflict_kg.limits import within

    text = read_text(file)

    def answer() -> str:
        source = opened(graph, store, time_limit)
        results = sparql.run(source, text, source="standard input" if str(file) == "-" else str(file))
        return sparql.as_text(results, format, base=nodes.base(source), width=width())

    out(within(time_limit, answer))


@cli.command()
@click.argument("node", metavar="IRI|PATH")
@click.option("--names", is_flag=True, help="Take PATH, and show whom and what each of its names was linked to.")
@format_option(("text", "json"))
@PUBLISHED
@LANGUAGE_MODEL
@GRAPH
def explain(
    *, node: str, names: bool, format: str, published: date | None, language_model: str | None, graph: Path
) -> None:
    """Show the rules, claims and sentences behind a node, or how a report's names were linked.

    IRI is that of a control period, change, casualty range, disagreement, claim or statement, as answers give it, or
    the beginning of its last part: period/3f9c. With --names reports are read anew: each actor and place is shown with
    what it was linked to and why, and with the other places of its name.

    \b
    Example: conflict-kg explain period/3f9c
    """
    from conflict_kg import explain as explaining

    if names:
        if not node:
            raise click.UsageError("the path is empty")
        from conflict_kg.build import extract as extract_readings
        from conflict_kg.naming import as_json as names_as_json
        from conflict_kg.naming import as_table, linked_names

        with progress("reading") as bar:
            readings = extract_readings(
                [node], published=published, language_model=language_model, warn=warn, progress=bar
            )
        found = linked_names(readings)
        out(names_as_json(found) if format == "json" else as_table(found, width=width()))
        return
    if published is not None or language_model is not None:
        raise click.UsageError("--published and --language-model go with --names")

    from conflict_kg import nodes, store

    kept = store.open_store(graph)
    step = explaining.explain(kept, node)
    if format == "json":
        out(json.dumps(explaining.as_json(step), ensure_ascii=False, indent=2) + "\n")
    else:
        out(explaining.as_text(step, base=nodes.base(kept), width=width()))


@cli.command()
@click.argument("files", nargs=-1, type=GivenPath(path_type=Path), metavar="[FILE...]")
@GRAPH
def validate(files: tuple[Path, ...], graph: Path) -> int:
    """Check a graph against the shapes and the ontology; exit code 1 where it fails.

    FILEs (Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML) are checked as one graph; without any, the graph that
    build has written.

    \b
    Example: conflict-kg validate mine.ttl
    """
    from conflict_kg import store, validation

    violations = validation.validate_files(files) if files else validation.validate(store.open_store(graph))
    out("".join(f"{line}\n" for line in (*map(str, violations), _verdict(len(violations)))))
    return 1 if violations else 0


@cli.command()
@click.option(
    "--format", type=click.Choice(("turtle", "trig", "nquads", "jsonld")), required=True, help="What to write."
)
@OUTPUT
@GRAPH
def export(format: str, output: Path, graph: Path) -> None:
    """Write the graph for other tools.

    Turtle holds all graphs as one; TriG, N-Quads and JSON-LD keep them apart.

    \b
    Example: conflict-kg export --format turtle --output war.ttl
    """
    from conflict_kg import store
    from conflict_kg.export import export as write_graph
    from conflict_kg.export import render

    kept = store.open_store(graph)
    if str(output) == "-":
        out(render(kept, format).decode())
    else:
        write_graph(kept, format, output)


cli.add_command(load)
cli.add_command(serve)


@cli.command()
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
        texts = {report.id: report.text for report in read_reports(paths, warn=warn)} if paths else {}
    else:
        from conflict_kg.build import extract as extract_readings

        with progress("reading") as bar:
            readings = extract_readings(
                paths, published=published, language_model=language_model, jobs=jobs, warn=warn, progress=bar
            )
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


def _verdict(violations: int) -> str:
    return f"{violations} violation{'s' if violations > 1 else ''}" if violations else "conforms to the shapes"
