"""The command ``serve``."""

from pathlib import Path

import click

from conflict_kg.commands.console import GRAPH, QUERIES, Seconds, warn


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8765,
    show_default=True,
    help="Port on 127.0.0.1; 0 takes any free.",
)
@GRAPH
@QUERIES
@click.option(
    "--time-limit",
    type=Seconds(),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="What takes longer is stopped; a day at most.",
)
@click.option(
    "--result-limit",
    type=click.IntRange(1),
    default=20,
    show_default=True,
    metavar="MB",
    help="A larger result is cut, and says so.",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(256, 10_000_000),
    default=2000,
    show_default=True,
    metavar="MB",
    help="That a process which reads may take.",
)
@click.option(
    "--readers", type=click.IntRange(1, 64), help="Queries that run at once.  [default: one a processor, 2 at least]"
)
@click.option(
    "--allow-origin",
    metavar="ORIGIN",
    multiple=True,
    help="Let web pages from there read the graph in a browser; * for all. Those of this machine always may.",
)
def serve(
    *,
    port: int,
    graph: Path,
    queries: tuple[Path, ...],
    time_limit: float,
    result_limit: int,
    memory_limit: int,
    readers: int | None,
    allow_origin: tuple[str, ...],
) -> None:
    """Answer SPARQL and the stored questions over HTTP, for reading, on this machine alone.

    SPARQL 1.1 Protocol is at /sparql, the stored questions at /ask/NAME, what they take at /openapi.json. A graph that
    is built anew meanwhile is taken up by itself. Ctrl-C ends it.

    \b
    Example: conflict-kg serve --port 8765
    """
    from conflict_kg.commands.stored import every
    from conflict_kg.web import server

    limits = server.Limits(
        seconds=time_limit,
        result_bytes=result_limit * 1_000_000,
        memory_bytes=memory_limit * 1_000_000,
        readers=readers or server.Limits().readers,
    )
    server.serve(
        graph,
        every(queries),
        port,
        limits=limits,
        origins=allow_origin,
        ready=lambda address: warn(f"serving {graph}/ at {address} (Ctrl-C ends it)"),
    )
