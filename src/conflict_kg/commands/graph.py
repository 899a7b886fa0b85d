"""The commands about a graph that is there: ``explain``, ``validate``, ``export``, ``import``, ``load``."""

import json
from datetime import date
from pathlib import Path

import click

from conflict_kg.commands.console import (
    GRAPH,
    LANGUAGE_MODEL,
    OUTPUT,
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
from conflict_kg.exports import FORMATS, save, write

SYNTAXES = ("nquads", "trig", "turtle", "jsonld")


@click.command()
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
    from conflict_kg.evidence import explain as explaining

    if names:
        if not node:
            raise click.UsageError("the path is empty")
        from conflict_kg.build import extract as extract_readings
        from conflict_kg.evidence.naming import as_json as names_as_json
        from conflict_kg.evidence.naming import as_table, linked_names

        with progress("reading") as bar:
            readings = extract_readings(
                [node], published=published, language_model=language_model, warn=warn, progress=bar
            )
        found = linked_names(readings)
        out(names_as_json(found) if format == "json" else as_table(found, width=width()))
        return
    if published is not None or language_model is not None:
        raise click.UsageError("--published and --language-model go with --names")

    from conflict_kg import store
    from conflict_kg.questions import nodes

    kept = store.open_store(graph)
    step = explaining.explain(kept, node)
    if format == "json":
        out(json.dumps(explaining.as_json(step), ensure_ascii=False, indent=2) + "\n")
    else:
        out(explaining.as_text(step, base=nodes.base(kept), width=width()))


@click.command()
@click.argument("files", nargs=-1, type=GivenPath(path_type=Path), metavar="[FILE...]")
@click.option(
    "--backend",
    type=click.Choice(("libraries", "sparql")),
    help="pySHACL and owlrl, or the same shapes and axioms as SPARQL.  [default: by the size of the graph]",
)
@GRAPH
def validate(files: tuple[Path, ...], backend: str | None, graph: Path) -> int:
    """Check a graph against the shapes and the ontology; exit code 1 where it fails.

    FILEs (Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML) are checked as one graph; without any, the graph that
    build has written.

    \b
    Example: conflict-kg validate mine.ttl
    """
    from conflict_kg import store, validation
    from conflict_kg.backend import Backend

    chosen = Backend(backend) if backend else None
    if files:
        violations = validation.validate_files(files, backend=chosen)
    else:
        violations = validation.validate(store.open_store(graph), backend=chosen)
    out("".join(f"{line}\n" for line in (*map(str, violations), verdict(len(violations)))))
    return 1 if violations else 0


@click.command(epilog="\b\nFormats:\n" + "\n".join(f"  {name:<16} {format.about}" for name, format in FORMATS.items()))
@click.option("--format", type=click.Choice(list(FORMATS)), required=True, help="What to write.")
@click.option(
    "--output",
    type=GivenPath(path_type=Path, allow_dash=True),
    default=Path("-"),
    help="File to write, or folder for a format of several files; standard output without it or for -.",
)
@GRAPH
def export(format: str, output: Path, graph: Path) -> None:
    """Write the graph for other programs.

    \b
    Example: conflict-kg export --format turtle --output war.ttl
    """
    from conflict_kg import store

    check_output(output)
    check_folder(output)
    content = write(store.open_store(graph), format)
    if str(output) != "-":
        save(content, output)
    elif isinstance(content, bytes):
        out(content.decode())
    else:
        raise click.UsageError(f"{format} is several files: name a folder for them with --output")


@click.command("import")
@click.argument("folder", type=GivenPath(path_type=Path))
@click.option("--format", type=click.Choice(SYNTAXES), default=SYNTAXES[0], show_default=True, help="What to write.")
@OUTPUT
def import_(folder: Path, format: str, output: Path) -> None:
    """Read a property graph that export has written, and write it as RDF again.

    FOLDER holds the CSV files. What comes out is what went in, named graphs included, but for Turtle, which has none.

    \b
    Example: conflict-kg import war/ --output war.nq
    """
    from conflict_kg import exports
    from conflict_kg.exports import property_graph, rdf

    check_output(output, folder.rglob("*"))
    check_folder(output)
    content = rdf.render(property_graph.quads(exports.read(folder), f"{folder}/"), format)
    if str(output) == "-":
        out(content.decode())
    else:
        save(content, output)


@click.command()
@click.argument("url")
@click.option(
    "--protocol",
    type=click.Choice(("graph-store", "update")),
    default="graph-store",
    show_default=True,
    help="What the store speaks at URL: SPARQL 1.1 Graph Store Protocol, or updates.",
)
@click.option(
    "--query-url",
    metavar="URL",
    help="Where it takes queries; without it graphs that are no longer in the build are not looked for.  "
    "[default with --protocol update: URL]",
)
@click.option("--prune", is_flag=True, help="Remove graphs of an earlier build that this one does not have.")
@GRAPH
def load(*, url: str, protocol: str, query_url: str | None, prune: bool, graph: Path) -> None:
    """Copy the graph into another SPARQL 1.1 store, one named graph after the other.

    A graph that is there already with the same triples is passed over, so that a copy that was broken off goes on where
    it was. Name and password come from CONFLICT_KG_STORE_USER and CONFLICT_KG_STORE_PASSWORD, or a bearer token from
    CONFLICT_KG_STORE_TOKEN.

    \b
    Example: conflict-kg load http://127.0.0.1:7878/store
    """
    from conflict_kg import store
    from conflict_kg.store import loading

    if prune and query_url is None and protocol == "graph-store":
        raise click.UsageError("--prune needs --query-url, since a graph store cannot tell which graphs it has")
    target = (
        loading.GraphStore(url, query_url) if protocol == "graph-store" else loading.UpdateStore(url, query_url or url)
    )
    with progress("loading") as bar:
        loaded = loading.load(store.open_store(graph), target, prune=prune, progress=bar)
    out(f"graphs: {loaded.graphs} sent, {loaded.present} there already\ntriples: {loaded.triples} sent\n")
    if loaded.removed:
        out(f"graphs: {len(loaded.strange)} removed\n")
    elif loaded.strange:
        warn(f"{len(loaded.strange)} graphs there are not in this build; --prune removes them")
