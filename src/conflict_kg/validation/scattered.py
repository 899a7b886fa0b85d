"""Checks of a graph that is nowhere whole: portions of it on many machines, then the few nodes that are suspicious.

A portion has all that the graph says of its nodes. What only the rest of the graph can tell, whether a node that is
named is described there, is asked for. No violation is overlooked; whether a suspicious node really violates something
is told by ``validate``, of the node with all that it leads to.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from conflict_kg.backend import Backend
from conflict_kg.validation import is_checked, validate
from conflict_kg.vocabulary import TYPE, term

_CLASSES = {
    "actor": term("Actor"),
    "change": term("ControlChange"),
    "claim": term("Claim"),
    "document": term("Document"),
    "place": term("Place"),
}
"""Of nodes that other portions name, by what their IRIs begin with below the base."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is in a portion, all by IRI."""

    suspicious: frozenset[str]
    """Nodes that something may be wrong with."""
    described: frozenset[str]
    """Nodes that other portions may name."""
    named: frozenset[tuple[str, str]]
    """Nodes that other portions have to describe, each with one that names it."""


def seen(quads: Iterable[ox.Quad], base: str) -> Seen:
    """What there is in a portion of a graph whose IRIs begin with ``base``."""
    portion = [quad for quad in quads if is_checked(quad)]
    subjects = {quad.subject for quad in portion}
    named = {
        (quad.object.value, quad.subject.value)
        for quad in portion
        if isinstance(quad.object, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode)
        if quad.object not in subjects and quad.object.value.startswith(base)
    }
    elsewhere = {node: kind for node, _ in named if (kind := _CLASSES.get(_kind(node, base))) is not None}
    taken_for = (ox.Quad(ox.NamedNode(node), TYPE, kind) for node, kind in elsewhere.items())
    violations = validate([*portion, *taken_for], backend=Backend.SPARQL)
    nodes = {subject.value for subject in subjects if isinstance(subject, ox.NamedNode)}
    return Seen(
        frozenset(violation.node for violation in violations if violation.node in nodes),
        frozenset(node for node in nodes if _kind(node, base) in _CLASSES),
        frozenset(named),
    )


def _kind(node: str, base: str) -> str:
    return node.removeprefix(base).partition("/")[0]
