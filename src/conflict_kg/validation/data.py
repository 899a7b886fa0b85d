"""What of a graph is checked, in a store together with our classes."""

from collections.abc import Iterable

import pyoxigraph as ox

from conflict_kg.graph import INFERRED, ONTOLOGY
from conflict_kg.store import fill
from conflict_kg.validation.faults import without_faults
from conflict_kg.validation.results import Result
from conflict_kg.vocabulary import CKG, SUBCLASS, ontology

CLASSES = ox.NamedNode(f"{CKG}classes")
"""A graph of our class hierarchy, so that a person counts as an actor where a file does not say so twice."""
LEFT_ASIDE = (f"graph/{INFERRED}>", f"graph/{ONTOLOGY}>")
"""How the names of the graphs end that the shapes are not about."""


def load(store: ox.Store, quads: Iterable[ox.Quad], faults: list[Result]) -> None:
    """Takes in the quads that are to be checked, and our classes; what no backend can take goes into ``faults``."""
    fill(store, without_faults(filter(is_checked, quads), faults))
    hierarchy = (triple for triple in ontology() if triple[1] == SUBCLASS and str(triple[2]).startswith(f"<{CKG}"))
    store.extend(ox.Quad(*triple, CLASSES) for triple in hierarchy)


def is_checked(quad: ox.Quad) -> bool:
    """Whether the shapes are about a quad: it was neither inferred nor is it of the ontology."""
    return not str(quad.graph_name).endswith(LEFT_ASIDE) and not isinstance(quad.subject, ox.Triple)
