"""The closure with owlrl, which takes some milliseconds for each triple that it is given or finds."""

import re
from collections.abc import Iterable

import owlrl
import pyoxigraph as ox
from owlrl.Namespaces import ERRNS

from conflict_kg.reasoning.axioms import Triple, axioms, links

_DISJOINT = re.compile(r"Disjoint classes (\S+) and (\S+) have a common individual (\S+)")


def closure(triples: Iterable[Triple]) -> set[Triple]:
    """The triples, the axioms, and all that follows."""
    return set(links(_closed(triples)))


def disjoint(triples: Iterable[Triple]) -> set[Triple]:
    """Nodes that are of two disjoint classes, each with the two."""
    found = set()
    for error in _closed(triples).quads_for_pattern(None, ox.NamedNode(ERRNS.error), None):
        assert isinstance(error.object, ox.Literal)
        match = _DISJOINT.fullmatch(error.object.value)
        assert match, error  # types can break no other axioms of ours
        found.add((ox.NamedNode(match[3]), ox.NamedNode(match[1]), ox.NamedNode(match[2])))
    return found


def _closed(triples: Iterable[Triple]) -> ox.Store:
    """With owlrl's error messages."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in (*axioms(), *triples))
    # There are no literals here, and the better datatypes would be set for all of rdflib.
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(store)
    return store
