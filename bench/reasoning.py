"""How much time it saves that owlrl is not given everything, and whether anything is lost by it.

    python bench/reasoning.py graph/current/graph.nq

The file is one that ``conflict-kg build`` has written with the default base. First owlrl closes all of it at once,
which takes some milliseconds a triple; then the same quads go through ``conflict_kg.reasoning``, and the median of five
runs counts. Both run in one process, so that a busy machine slows both.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import owlrl
import pyoxigraph as ox
import rdflib

from conflict_kg.backend import Backend
from conflict_kg.graph import BASE, INFERRED, REFERENCE, Names
from conflict_kg.reasoning import clashes, infer
from conflict_kg.vocabulary import OWL, term

RUNS = 5
OWLRL = Backend.LIBRARIES


def seconds(work: Callable[[], object]) -> float:
    """Time on the clock."""
    start = perf_counter()
    work()
    return perf_counter() - start


def main(path: Path) -> None:
    """Prints the figures."""
    names = Names(BASE)
    quads = [quad for quad in ox.parse(path=path) if quad.graph_name != names.graph(INFERRED)]
    whole = rdflib.Graph()
    whole.parse(data=ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES), format="nt")
    asserted = set(whole)
    store = ox.Store()
    store.bulk_extend(quads)
    everything = seconds(lambda: owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(whole))
    split = median(seconds(lambda: (infer(quads, backend=OWLRL), clashes(store, backend=OWLRL))) for _ in range(RUNS))

    described = {rdflib.URIRef(quad.subject.value) for quad in quads if quad.graph_name == names.graph(REFERENCE)}
    concerns = rdflib.URIRef(term("concerns").value)
    useful = {
        (s, p, o)
        for s, p, o in set(whole) - asserted
        if isinstance(o, rdflib.URIRef)
        and o not in (s, rdflib.URIRef(f"{OWL}Thing"))
        and (s in described or p == concerns)
    }
    ours = {tuple(rdflib.URIRef(node.value) for node in quad.triple) for quad in infer(quads, backend=OWLRL)}
    sys.stdout.write(
        f"triples                      {len(asserted)}\n"
        f"owlrl on everything          {everything:.2f} s, adds {len(whole) - len(asserted)}, {len(useful)} of use\n"
        f"infer and clashes            {split:.2f} s, adds {len(ours)}\n"
        f"ratio                        {everything / split:.0f}\n"
        f"of use, but missing          {len(useful - ours)}\n"
        f"there, but not from owlrl    {len(ours - useful)}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
