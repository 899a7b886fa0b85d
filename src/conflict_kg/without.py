"""What would be known without one report: its graph left out, and the account derived anew from the others' claims."""

from pathlib import Path

import pyoxigraph as ox

from conflict_kg import kept
from conflict_kg.account import derive
from conflict_kg.errors import InputError, UnknownNameError
from conflict_kg.graph import ACCOUNT, Names
from conflict_kg.graph.derived import account_triples
from conflict_kg.nodes import base


def without(store: ox.Store, build: Path, document: str) -> ox.Store:
    """The graph of a build as it would be without a document, in memory; the store stays as it is.

    ``document`` is what its IRI ends in, sixteen digits of its text's SHA-256. Names and positions of places and actors
    stay those that all reports have settled, and what is inferred of them; all else is what a build of the other
    reports gives. Raises ``UnknownNameError`` where there is no such document, and ``InputError`` where the build has
    not kept what was read.
    """
    path = build / kept.FILE
    try:
        readings = kept.read(path.read_text("utf-8"), source=kept.FILE)
    except OSError:
        raise InputError("the graph was built without keeping what was read from each report; build it anew") from None
    others = [one for one in readings if one.document[:16] != document]
    if len(others) == len(readings):
        raise UnknownNameError(f"no document {document!r} in the graph")
    account = derive(
        [claim for one in others for claim in one.claims], {place.id: place for one in others for place in one.places}
    )
    names = Names(base(store))
    gone = {names.graph(ACCOUNT), names.graph(document)}
    left = ox.Store()
    left.bulk_extend(quad for quad in store if quad.graph_name not in gone)
    left.bulk_extend(ox.Quad(*triple, names.graph(ACCOUNT)) for triple in account_triples(names, account))
    return left
