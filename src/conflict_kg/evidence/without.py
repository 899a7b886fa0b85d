"""What would be known without one report: its graph left out, and the account derived anew from the others' claims."""

from pathlib import Path

import pyoxigraph as ox

from conflict_kg import graph
from conflict_kg.account import derive
from conflict_kg.assembly.readings import entries_of, kept
from conflict_kg.errors import InputError, UnknownNameError
from conflict_kg.model import Claim, Place
from conflict_kg.questions.nodes import base
from conflict_kg.reasoning import concerns
from conflict_kg.store import GRAPH_FILE
from conflict_kg.vocabulary import term


def without(store: ox.Store, folder: Path, build: Path, document: str) -> ox.Store:
    """The graph of a build in a folder as it would be without a document, in memory; the store stays as it is.

    ``document`` is what its IRI ends in, sixteen digits of its text's SHA-256. Names and positions of places and actors
    stay those that all reports have settled, and what is inferred; all else is what a build of the other reports
    gives. Raises ``UnknownNameError`` where there is no such document, and ``InputError`` where what was read is not
    kept.
    """
    try:
        entries = list(entries_of(build))
    except (OSError, ValueError, TypeError):
        raise InputError("it is not told what the graph was made from; build it anew") from None
    others = [entry for entry in entries if entry.digest[:16] != document]
    if len(others) == len(entries):
        raise UnknownNameError(f"no document {document!r} in the graph")
    claims: list[Claim] = []
    places: dict[str, Place] = {}
    for reading in kept(folder, others):
        claims += reading.claims
        places |= {place.id: place for place in reading.places}
    home = base(store)
    names = graph.Names(home)
    left = ox.Store()
    left.bulk_load(_other_lines(build, names, document), format=ox.RdfFormat.N_QUADS)
    account = graph.account_quads(names, derive(claims, places))
    left.bulk_extend([*account, *concerns([*account, *left.quads_for_pattern(None, term("within"), None)], base=home)])
    return left


def _other_lines(build: Path, names: graph.Names, document: str) -> bytes:
    """The quads of a build but for the account's and a document's; as lines they take less than half the time."""
    gone = tuple(f"{names.graph(name)} .\n".encode() for name in (graph.ACCOUNT, document))
    with (build / GRAPH_FILE).open("rb") as lines:
        return b"".join(line for line in lines if not line.endswith(gone))
