"""A graph in a draft -> checked, written in other formats and loaded into its store, side by side where it is large.

All of it needs the graph alone, in its file, and no step another's result. No step has a large graph in memory.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from conflict_kg import store, validation
from conflict_kg.engines.spread import side_by_side
from conflict_kg.exports import rdf
from conflict_kg.validation import Violation
from conflict_kg.validation.portions import is_sound, portions

LARGE = 100_000
"""Triples from which a graph is checked some nodes at a time, and processes are started: they take half a second."""
ON_DISK = 500_000
"""Triples from which what is wrong is told from a store on the disk: in memory they take 400 bytes each."""


def finish(made: Path, triples: int, files: Mapping[str, str], *, jobs: int = 1) -> tuple[Violation, ...]:
    """Everything that is wrong with the graph in a draft, sorted.

    Where that is nothing, the other ``files`` are written, each name in its syntax, and the store is filled. ``jobs``
    is how many processes may share the work. Raises ``OSError`` where something cannot be written.
    """
    graph = made / store.GRAPH_FILE
    if triples < LARGE:
        violations = validation.validate(_quads(graph))
        if not violations:
            rdf.write_files(graph, files)
            store.load(made)
        return violations
    with portions(graph) as parts:
        checks = [partial(is_sound, part) for part in parts]
        writes = [partial(_loaded, made), *(partial(_written, graph, some) for some in _together(files))]
        calls = [*checks, *writes] if jobs == 1 else [*writes, *checks]  # the longest first, but alone what may fail
        sound = all(side_by_side(calls, jobs=jobs))
    return () if sound else _told(made, triples)


def _together(files: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    """The files that are better written by one process: those with prefixes, which are looked for once."""
    prefixed = {name: syntax for name, syntax in files.items() if syntax in rdf.PREFIXED}
    yield from ({name: syntax} for name, syntax in files.items() if name not in prefixed)
    if prefixed:
        yield prefixed


def _written(graph: Path, files: Mapping[str, str]) -> bool:
    rdf.write_files(graph, files)
    return True


def _loaded(made: Path) -> bool:
    store.load(made)
    return True


def _told(made: Path, triples: int) -> tuple[Violation, ...]:
    """What is wrong with a large graph, from the whole of it."""
    quads = _quads(made / store.GRAPH_FILE)
    return validation.validate(quads, store=store.begun(made) if triples >= ON_DISK else None)


def _quads(graph: Path) -> Iterator[ox.Quad]:
    return iter(ox.parse(path=graph, format=ox.RdfFormat.N_QUADS))
