"""The graph as files for other programs. A new format is a line in ``FORMATS`` and a module with a function ``write``.

``write(store, format)`` gets a ``pyoxigraph.Store`` and the format's name, and gives the file's bytes, or the files of
a folder by name. The same graph gives the same bytes. A module is loaded only when its format is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
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
    "nested-json": Format("nested", "JSON-LD as nested objects, each answer with its claims and sentences"),
    "geojson": Format("geojson", "control and incidents by place and day, for QGIS and web maps"),
    "graphml": Format("graphml", "network of actors, places and events, for Gephi and NetworkX"),
    "property-graph": Format("property_graph", "folder of CSV files of nodes and relationships, for Neo4j and Ladybug"),
}


def write(store: "ox.Store", format: str) -> Content:
    """The graph in one of ``FORMATS``. Raises ``InputError`` for another, and what the format cannot hold."""
    if format not in FORMATS:
        raise InputError(f"no such format: {format!r}; there are {', '.join(FORMATS)}")
    content: Content = import_module(f"{__name__}.{FORMATS[format].module}").write(store, format)
    return content


MARKER = "conflict-kg-export"
"""Stands in a folder that ``save`` has made, which may therefore be replaced. It lists the other files, one a line."""


def save(content: Content, path: Path) -> None:
    """Writes what ``write`` gave to a file, or makes it the folder ``path``, whole or not at all.

    Raises ``InputError`` where something cannot be written, and for a folder that holds something else.
    """
    if isinstance(content, bytes):
        write_file(path, content)
        return
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: is a file; this format is a folder of several")
    if path.is_dir() and any(path.iterdir()) and not (path / MARKER).is_file():
        raise InputError(f"{path}/: not empty and not made by export; name another folder")
    try:
        _replace(path, {MARKER: "".join(f"{name}\n" for name in sorted(content)).encode(), **content})
    except OSError as error:
        raise InputError(f"{path}/: cannot be written: {error.strerror or error}") from None


def read(folder: Path) -> dict[str, bytes]:
    """The files of a folder that ``save`` has made.

    Raises ``InputError`` where it is none, where a file of it is missing, and where one cannot be read.
    """
    if not (folder / MARKER).is_file():
        raise InputError(f"{folder}: not a folder that export has made")
    try:
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path != folder / MARKER
        }
        listed = (folder / MARKER).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise InputError(f"{folder}/: cannot be read: {error.strerror or error}") from None
    for name in listed:
        if name not in files:
            raise InputError(f"{folder / name}: is missing")
    return files


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files beside the folder, then puts the new one in its place."""
    folder = folder.resolve()
    with TemporaryDirectory(dir=folder.parent, prefix=".conflict-kg-") as beside:
        new, old = Path(beside) / "new", Path(beside) / "old"
        for name, content in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        new.rename(folder)
