"""What the graph says of a node, in names and codes as people write them instead of IRIs."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import pyoxigraph as ox

from conflict_kg.evidence.wording import Facts
from conflict_kg.vocabulary import LABEL, SKOS, TYPE

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

KINDS = {
    "ControlPeriod": "control period",
    "ControlChange": "control change",
    "CasualtyRange": "casualty range",
    "Disagreement": "disagreement",
    "ControlClaim": "control claim",
    "CasualtyClaim": "casualty claim",
    "IncidentClaim": "incident claim",
    "Statement": "statement",
}
"""Local names of the classes of what can be explained, with what they are called."""
_NOTATION = ox.NamedNode(f"{SKOS}notation")


def facts(store: ox.Store, node: Term) -> Facts:
    """All that is said of a node, by the local name of the property."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    assert isinstance(node, ox.NamedNode)
    for quad in store.quads_for_pattern(node, None, None):
        found[local(quad.predicate)].append(_name(store, quad.object))
    return defaultdict(list, {key: sorted(values) for key, values in found.items()})


def kind(store: ox.Store, node: Term) -> str | None:
    """The local name of the class of a node, where it is one of ``KINDS``."""
    types = {local(type) for type in objects(store, node, TYPE)}
    return next((kind for kind in KINDS if kind in types), None)


def objects(store: ox.Store, subject: Term, predicate: ox.NamedNode) -> list[Term]:
    """What a property leads to."""
    if not isinstance(subject, ox.NamedNode):
        return []
    return [quad.object for quad in store.quads_for_pattern(subject, predicate, None)]


def subjects(store: ox.Store, predicate: ox.NamedNode, object: ox.NamedNode | ox.Literal) -> Iterator[ox.NamedNode]:
    """What has a property that leads to a node, in the order of IRIs."""
    found = {quad.subject for quad in store.quads_for_pattern(None, predicate, object)}
    yield from sorted((one for one in found if isinstance(one, ox.NamedNode)), key=str)


def iri(term: Term) -> str | None:
    """A node's IRI; None for a literal."""
    return term.value if isinstance(term, ox.NamedNode) else None


def local(term: Term) -> str:
    """The name after the last slash or hash."""
    return re.split("[/#]", term.value)[-1] if isinstance(term, ox.NamedNode) else ""


def _name(store: ox.Store, term: Term) -> str:
    """A literal's text; of a node the code's notation or the label."""
    if isinstance(term, ox.Literal):
        return term.value
    found = [*objects(store, term, _NOTATION), *objects(store, term, LABEL)]
    return next((name.value for name in found if isinstance(name, ox.Literal)), iri(term) or str(term))
