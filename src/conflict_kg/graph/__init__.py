"""Readings and the account, as RDF quads; no other module writes triples about reports.

Every node has an IRI made from content, so the same input gives the same quads in any order of loading.
Each triple stands in exactly one graph: what one report says in the graph of its document, actors and places
that reports share in ``graph/reference``, what follows from the claims in ``graph/account``, the ontology in
``graph/ontology``. Whatever a report wrote becomes a literal, never a part of an IRI.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from conflict_kg.graph.claims import claim_triples
from conflict_kg.graph.derived import account_triples
from conflict_kg.graph.entities import (
    Known,
    actor_triples,
    document_triples,
    own_voice,
    place_triples,
    publisher_actors,
    voice_actor,
)
from conflict_kg.graph.names import ACCOUNT, BASE, INFERRED, ONTOLOGY, REFERENCE, Names, Triples, checked_base
from conflict_kg.model import Account, Reading
from conflict_kg.vocabulary import TYPE, ontology

__all__ = [
    *("ACCOUNT", "BASE", "INFERRED", "ONTOLOGY", "REFERENCE"),
    *("Names", "checked_base", "merged", "ordered", "quads", "triple_key"),
]


def quads(readings: Iterable[Reading], account: Account, *, base: str = BASE) -> list[ox.Quad]:
    """All quads of a build but the inferred ones, unique and ``ordered``.

    Raises ``InputError`` where ``base`` is not an IRI that ends in ``/`` or ``#``.
    """
    names = Names(checked_base(base))
    by_day = sorted(readings, key=lambda reading: (reading.report.published or date.max, reading.report.id))
    known = Known.of(by_day)
    found: list[ox.Quad] = []

    def add(graph: str, triples: Triples) -> None:
        name = names.graph(graph)
        found.extend(ox.Quad(s, p, o, name) for s, p, o in triples)

    add(ONTOLOGY, ontology())
    for id, actors in known.actors.items():
        add(known.homes.get(id, REFERENCE), actor_triples(names, actors))
    for actors in publisher_actors([reading.report for reading in by_day], known):
        add(REFERENCE, actor_triples(names, actors))
    for places in known.places.values():
        add(REFERENCE, place_triples(names, places))
    for digest, same_text in _by_text(by_day).items():
        reports = [reading.report for reading in same_text]
        add(digest[:16], document_triples(names, reports, known))
        if voiced := [report for report in reports if not report.publisher]:
            add(digest[:16], actor_triples(names, [voice_actor(voiced[0])]))
        for reading in same_text:
            voice = own_voice(names, reading.report, known)
            for claim in reading.claims:
                add(digest[:16], claim_triples(names, claim, voice))
    add(ACCOUNT, account_triples(names, account))
    return ordered(found)


def ordered(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Each quad once, in the order in which they are written: graph, subject, type before other predicates, object."""
    graphs: defaultdict[ox.NamedNode | ox.BlankNode | ox.DefaultGraph, set[ox.Quad]] = defaultdict(set)
    for quad in quads:
        graphs[quad.graph_name].add(quad)
    return [quad for graph in sorted(graphs, key=str) for quad in sorted(graphs[graph], key=triple_key)]


def merged(quads: list[ox.Quad], more: list[ox.Quad]) -> list[ox.Quad]:
    """Both in order, where all of ``more`` is of one graph that ``quads`` have nothing in."""
    if not more:
        return quads
    place = bisect(quads, str(more[0].graph_name), key=lambda quad: str(quad.graph_name))
    return [*quads[:place], *more, *quads[place:]]


def triple_key(line: ox.Quad | ox.Triple) -> tuple[str, bool, str, str]:
    """The order within a graph."""
    predicate = line.predicate
    return str(line.subject), predicate != TYPE, predicate.value, str(line.object)


def _by_text(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    """Readings by digest: reports with the same text are one document, whoever printed it."""
    groups: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.report.digest].append(reading)
    return dict(groups)
