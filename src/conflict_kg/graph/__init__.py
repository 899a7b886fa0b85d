"""Readings and the account, as RDF quads; no other module writes triples about reports.

Every node has an IRI made from content, so the same input gives the same quads in any order of loading.
Each triple stands in exactly one graph: what one report says in the graph of its document, actors and places
that reports share in ``graph/reference``, what follows from the claims in ``graph/account``, the ontology in
``graph/ontology``. Whatever a report wrote becomes a literal, never a part of an IRI.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

import pyoxigraph as ox

from conflict_kg.graph.claims import claim_triples
from conflict_kg.graph.copied import copy_triples
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
from conflict_kg.vocabulary import ontology

__all__ = ["ACCOUNT", "BASE", "INFERRED", "ONTOLOGY", "REFERENCE", "Names", "checked_base", "quads", "sort_key"]


def quads(readings: Iterable[Reading], account: Account, *, base: str = BASE) -> list[ox.Quad]:
    """All quads of a build but the inferred ones, unique and sorted by graph, subject, predicate and object.

    Raises ``InputError`` where ``base`` is not an IRI that ends in ``/`` or ``#``.
    """
    names = Names(checked_base(base))
    ordered = sorted(readings, key=lambda reading: (reading.report.published or date.max, reading.report.id))
    known = Known.of(ordered)
    found: set[ox.Quad] = set()

    def add(graph: str, triples: Triples) -> None:
        name = names.graph(graph)
        found.update(ox.Quad(s, p, o, name) for s, p, o in triples)

    add(ONTOLOGY, ontology())
    for id, actors in known.actors.items():
        add(known.homes.get(id, REFERENCE), actor_triples(names, actors))
    for actors in publisher_actors([reading.report for reading in ordered], known):
        add(REFERENCE, actor_triples(names, actors))
    for places in known.places.values():
        add(REFERENCE, place_triples(names, places))
    for digest, same_text in _by_text(ordered).items():
        reports = [reading.report for reading in same_text]
        add(digest[:16], document_triples(names, reports, known))
        if voiced := [report for report in reports if not report.publisher]:
            add(digest[:16], actor_triples(names, [voice_actor(voiced[0])]))
        for reading in same_text:
            voice = own_voice(names, reading.report, known)
            for claim in reading.claims:
                add(digest[:16], claim_triples(names, claim, voice))
    add(ACCOUNT, account_triples(names, account))
    add(ACCOUNT, copy_triples(names, ordered, account.copies, known))
    return sorted(found, key=sort_key)


def sort_key(quad: ox.Quad) -> tuple[str, str, str, str]:
    """The order in which quads are written: graph, subject, predicate, object."""
    return str(quad.graph_name), str(quad.subject), quad.predicate.value, str(quad.object)


def _by_text(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    """Readings by digest: reports with the same text are one document, whoever printed it."""
    groups: defaultdict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.report.digest].append(reading)
    return dict(groups)
