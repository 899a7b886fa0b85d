"""The IRIs of a graph's nodes, and its literals: dates without zone, whole numbers as ``xsd:integer``."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from conflict_kg.errors import InputError
from conflict_kg.model import Passage
from conflict_kg.vocabulary import XSD, term

BASE = "https://conflict-kg.example/"
"""Where instances live unless told otherwise; ``.example`` is reserved and belongs to nobody."""

REFERENCE, ACCOUNT, INFERRED, ONTOLOGY = "reference", "account", "inferred", "ontology"
"""Names of the graphs that are not a document's."""

Triples = Iterable[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]


def checked_base(base: str) -> str:
    """``base``, where instance IRIs can be made from it. Raises ``InputError`` where not."""
    try:
        ox.NamedNode(base)
    except ValueError:
        raise InputError(f"base {base!r} is not an absolute IRI, such as {BASE}") from None
    if not base.endswith(("/", "#")):
        raise InputError(f"base {base!r} must end in / or #, such as {BASE}")
    return base


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of instances below one base. Ids that are no slugs are percent-encoded."""

    base: str

    def graph(self, name: str) -> ox.NamedNode:
        """The graph ``reference``, ``account``, ``inferred``, ``ontology``, or a document's by its short digest."""
        return self._node("graph", name)

    def actor(self, id: str) -> ox.NamedNode:
        """An actor by its id."""
        return self._node("actor", id)

    def place(self, id: str) -> ox.NamedNode:
        """A place by its id."""
        return self._node("place", id)

    def document(self, digest: str) -> ox.NamedNode:
        """A document by the digest of its text."""
        return self._node("document", digest[:16])

    def passage(self, digest: str, passage: Passage) -> ox.NamedNode:
        """A passage by its document's digest and its offsets."""
        return self._node("passage", f"{digest[:16]}-{passage.start}-{passage.end}")

    def claim(self, key: str) -> ox.NamedNode:
        """A claim by its key."""
        return self._node("claim", key)

    def statement(self, key: str) -> ox.NamedNode:
        """A statement by its key."""
        return self._node("statement", key)

    def change(self, id: str) -> ox.NamedNode:
        """A control change by its id."""
        return self._node("change", id)

    def period(self, id: str) -> ox.NamedNode:
        """A control period by its id."""
        return self._node("period", id)

    def range(self, id: str) -> ox.NamedNode:
        """A casualty range by its id."""
        return self._node("range", id)

    def disagreement(self, id: str) -> ox.NamedNode:
        """A disagreement by its id."""
        return self._node("disagreement", id)

    def _node(self, kind: str, id: str) -> ox.NamedNode:
        return _node(self.base, kind, id)


@lru_cache(maxsize=10_000)
def _node(base: str, kind: str, id: str) -> ox.NamedNode:
    if not id:
        raise ValueError(f"no id for a node of kind {kind!r}")
    return ox.NamedNode(f"{base}{kind}/{quote(id, safe='')}")


def typed(text: str, datatype: str) -> ox.Literal:
    """A literal of the XML Schema type of that name."""
    return ox.Literal(text, datatype=_datatype(datatype))


@cache
def _datatype(name: str) -> ox.NamedNode:
    return ox.NamedNode(XSD + name)


def day_literal(day: date) -> ox.Literal:
    """An ``xsd:date`` without zone."""
    return typed(day.isoformat(), "date")


def integer(number: int) -> ox.Literal:
    """An ``xsd:integer``; stores rewrite its subtypes to it."""
    return typed(str(number), "integer")


def numbers(node: ox.NamedNode, **values: int | None) -> Triples:
    """One triple for each number that is known."""
    for name, value in values.items():
        if value is not None:
            yield node, term(name), integer(value)


def days(node: ox.NamedNode, **values: date | None) -> Triples:
    """One triple for each day that is known."""
    for name, value in values.items():
        if value is not None:
            yield node, term(name), day_literal(value)
