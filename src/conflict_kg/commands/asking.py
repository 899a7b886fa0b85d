"""The commands that ask the graph: ``questions``, ``ask``, ``query``."""

import json
from pathlib import Path

import click

from conflict_kg.commands.console import (
    GRAPH,
    QUERIES,
    RESULT_FORMATS,
    STORE,
    TIME_LIMIT,
    GivenPath,
    format_option,
    opened,
    out,
    read_text,
    width,
)


@click.command()
@QUERIES
@format_option(("table", "json", "markdown"))
def questions(queries: tuple[Path, ...], format: str) -> None:
    """List the stored questions with their parameters.

    \b
    Example: conflict-kg questions
    """
    from conflict_kg.commands.stored import described, every, markdown, parameter_help

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
        from conflict_kg.commands import stored as asking

        question = asking.find(ctx.params.get("queries", ()), args)
        return question.name, asking.command(question), args[1:]

    def list_commands(self, ctx: click.Context) -> list[str]:
        from conflict_kg.commands import stored as asking

        return list(asking.every(ctx.params.get("queries", ())))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        from conflict_kg.commands import stored as asking

        return asking.command(asking.find(ctx.params.get("queries", ()), [cmd_name]))


@click.command(cls=_Ask, subcommand_metavar="QUESTION [OPTIONS]")
@QUERIES
def ask(queries: tuple[Path, ...]) -> None:
    """Answer a stored question.

    QUESTION --help shows its parameters. Names of places and actors may be written in any common spelling.

    \b
    Example: conflict-kg ask who-controlled --place Ramadi --date 2015-06-01
    """


@click.command()
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
    from conflict_kg.limits import within
    from conflict_kg.questions import nodes, sparql

    text = read_text(file)

    def answer() -> str:
        source = opened(graph, store, time_limit)
        results = sparql.run(source, text, source="standard input" if str(file) == "-" else str(file))
        return sparql.as_text(results, format, base=nodes.base(source), width=width())

    out(within(time_limit, answer))
