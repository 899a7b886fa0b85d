"""The graph as files for other programs. A new format is a line in ``FORMATS`` and a module with a function ``write``.

``write(store, format)`` gets a ``pyoxigraph.Store`` and the format's name, and gives the file's bytes, or the files of
a folder by name. The same graph gives the same bytes. A module is loaded only when its format is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from conflict_kg.errors import InputError
from conflict_kg.files import write_file

if TYPE_CHECKING:
    import pyoxigraph as ox

Content: TypeAlias = bytes | Mapping[str, bytes]
"""Of one file; or of the files of a folder, by their names in it."""


@dataclass(frozen=True, slots=True)
class Format:
    """Something that the graph can be written as."""

    module: str
    """In this package, with ``write(store, format) -> Content``."""
    about: str
    """What it is, for the command's help."""


FORMATS: Mapping[str, Format] = {
    "turtle": Format("rdf", "RDF, all graphs as one"),
    "trig": Format("rdf", "RDF, graphs apart"),
    "nquads": Format("rdf", "RDF, a line for each quad"),
    "jsonld": Format("rdf", "RDF as JSON, graphs apart"),
    "csv": Format("events", "table of events for coders, with their ACLED, UCDP and PLOVER classes"),
    "property-graph": Format("property_graph", "folder of CSV files of nodes and relationships, for Neo4j and Ladybug"),
}


def write(store: "ox.Store", format: str) -> Content:
    """The graph in one of ``FORMATS``. Raises ``InputError`` for another, and what the format cannot hold."""
    if format not in FORMATS:
        raise InputError(f"no such format: {format!r}; there are {', '.join(FORMATS)}")
    content: Content = import_module(f"{__name__}.{FORMATS[format].module}").write(store, format)
    return content


def save(content: Content, path: Path) -> None:
    """Writes what ``write`` gave to a file, or into the folder ``path``, where other files stay.

    A file is replaced only once the new one is whole. Raises ``InputError`` where something cannot be written.
    """
    if isinstance(content, bytes):
        write_file(path, content)
        return
    for name, part in content.items():
        try:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{path}/: cannot be made: {error.strerror or error}") from None
        write_file(path / name, part)
