"""The commands that have to do with other programs: ``serve`` and ``load``."""

from pathlib import Path

import click

from conflict_kg.console import GRAPH, QUERIES, out, progress, warn


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
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="What takes longer is stopped.",
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
    type=click.IntRange(256),
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
    from conflict_kg.asking import every
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


@click.command()
@click.argument("url")
@click.option(
    "--protocol",
    type=click.Choice(("graph-store", "update")),
    default="graph-store",
    show_default=True,
    help="What the store speaks at URL: SPARQL 1.1 Graph Store Protocol, or updates.",
)
@click.option("--query-url", metavar="URL", help="Where it takes queries; with --protocol update.  [default: URL]")
@GRAPH
def load(*, url: str, protocol: str, query_url: str | None, graph: Path) -> None:
    """Copy the graph into another SPARQL 1.1 store, one named graph after the other.

    A graph that is there already with the same triples is passed over, so that a copy that was broken off goes on where
    it was. Name and password come from CONFLICT_KG_STORE_USER and CONFLICT_KG_STORE_PASSWORD, or a bearer token from
    CONFLICT_KG_STORE_TOKEN.

    \b
    Example: conflict-kg load http://127.0.0.1:7878/store
    """
    from conflict_kg import loading, store

    if query_url is not None and protocol != "update":
        raise click.UsageError("--query-url goes with --protocol update")
    target = loading.GraphStore(url) if protocol == "graph-store" else loading.UpdateStore(url, query_url or url)
    with progress("loading") as bar:
        loaded = loading.load(store.open_store(graph), target, progress=bar)
    out(f"graphs: {loaded.graphs} sent, {loaded.present} there already\ntriples: {loaded.triples} sent\n")
