"""What each part of a build costs, beside the bare language pipeline, and pySHACL and owlrl beside SPARQL.

    python bench/build.py ARTICLES [--reports N]

ARTICLES is what ``conflict-kg build`` takes. In one process and one run: the bare pipeline reads the reports, then the
whole build runs, its parts timed within it (what is left of it is reading), then both backends check its graph and
reason over it.
Seconds are on the clock and of the processor, which other work on the machine slows less.
"""

import argparse
import resource
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from types import ModuleType
from typing import Any

import pyoxigraph as ox

from conflict_kg import build as chain
from conflict_kg import documents, finishing, language, reasoning, store, validation
from conflict_kg.backend import Backend
from conflict_kg.exports import rdf
from conflict_kg.graph import BASE, INFERRED, Names
from conflict_kg.reasoning import infer
from conflict_kg.validation import validate


class Clock:
    """Seconds by what they went into."""

    def __init__(self) -> None:
        self.spent: dict[str, tuple[float, float]] = {}

    def run(self, what: str, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """Does the work, and adds its time."""
        clock, processor = perf_counter(), process_time()
        result = work(*arguments, **named)
        before = self.spent.get(what, (0.0, 0.0))
        self.spent[what] = (before[0] + perf_counter() - clock, before[1] + process_time() - processor)
        return result

    def watch(self, module: ModuleType, name: str, what: str) -> None:
        """Adds the time of all later calls of a function."""
        setattr(module, name, partial(self.run, what, getattr(module, name)))

    def lines(self) -> Iterator[str]:
        """A row for each."""
        for what, (clock, processor) in self.spent.items():
            yield f"{what:34} {clock:8.1f} {processor:10.1f}\n"


def warn(line: str) -> None:
    """On standard error."""
    sys.stderr.write(f"{line}\n")


def graph_of(folder: Path) -> list[ox.Quad]:
    """What a build has written, without what was inferred."""
    quads = ox.parse(path=folder / "current" / store.GRAPH_FILE, format=ox.RdfFormat.N_QUADS)
    return [quad for quad in quads if quad.graph_name != Names(BASE).graph(INFERRED)]


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles")
    parser.add_argument("--reports", type=int)
    given = parser.parse_args()
    reports = list(islice(documents.read_reports([given.articles], published=None, warn=warn), given.reports))
    nlp = language.load()
    clock = Clock()
    docs = clock.run("bare pipeline", lambda: [len(doc) for doc in nlp.pipe(report.view for report in reports)])
    words = sum(len(report.view.split()) for report in reports)
    with TemporaryDirectory() as folder:
        output = Path(folder) / "graph"
        documents.read_reports = lambda *_, **__: iter(reports)
        build = partial(chain.build, [given.articles], output, warn=warn, progress=lambda _: None)
        clock.watch(chain, "assemble", "derive, write records and graph")
        clock.watch(reasoning, "infer", "  of this, infer")
        clock.watch(validation, "validate", "check the graph")
        clock.watch(finishing, "is_sound", "check the graph")
        clock.watch(rdf, "write_files", "write Turtle, TriG, JSON-LD")
        clock.watch(store, "load", "load the store")
        built = clock.run("the whole build", build)
        quads = graph_of(output)
    for backend in Backend:
        clock.run(f"validate by {backend}", validate, quads, backend=backend)
        clock.run(f"infer by {backend}", infer, quads, backend=backend)
    spent = {what: processor for what, (_, processor) in clock.spent.items()}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{len(reports)} reports, {words} words, {sum(docs)} tokens, {built.triples} triples\n")
    sys.stdout.write(f"{'seconds':34} {'clock':>8} {'processor':>10}\n")
    sys.stdout.writelines(clock.lines())
    sys.stdout.write(
        f"words a second, pipeline           {words / spent['bare pipeline']:8.0f}\n"
        f"words a second, build              {words / spent['the whole build']:8.0f}\n"
        f"build : pipeline                   {spent['the whole build'] / spent['bare pipeline']:8.2f}\n"
        f"pySHACL : SPARQL                   {spent['validate by libraries'] / spent['validate by sparql']:8.1f}\n"
        f"owlrl : SPARQL                     {spent['infer by libraries'] / spent['infer by sparql']:8.1f}\n"
        f"peak memory, MB                    {memory:8.0f}\n"
    )


if __name__ == "__main__":
    main()
