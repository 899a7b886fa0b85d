"""What an engine reports."""

from dataclasses import dataclass

import pyoxigraph as ox

Node = ox.NamedNode | ox.BlankNode


@dataclass(frozen=True, slots=True)
class Result:
    """One thing that is wrong with one node."""

    node: Node
    path: str
    """The property, namespaces as prefixes; empty where the node itself is wrong."""
    message: str
    value: str | None
    """The value that is wrong, where one is; not the node itself."""
    shape: str
    """IRI."""
