"""The folder that a build writes, and the graph in it.

::

    graph/
      conflict-kg.json        says that the folder is ours, and how it is laid out
      current                 a link to the build that counts
      builds/<digest>/        one build, whole: the Oxigraph store, graph.nq, and the files that came with it

A build is made beside the others and counts only once the link is swapped, which is one atomic step. So a reader or
a build that is killed never leaves half a graph. The build before stays until the next one: readers may have it open.
What was read is kept beside the builds (``readings``).
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from conflict_kg.errors import InputError, NoGraphError

MARKER = "conflict-kg.json"
LAYOUT = 1
"""Raised when a folder of an older layout cannot be read any more."""

GRAPH_FILE = "graph.nq"
PORTION = 20_000
"""Quads."""
_UNREADABLE = (OSError, ValueError, RuntimeError)
"""What comes of opening a build that is damaged, or removed at that moment; the last where only some files are gone."""


def write(folder: Path, quads: Iterable[ox.Quad], files: Mapping[str, bytes]) -> Path:
    """Makes a build the one that counts, and returns its folder; killed at any moment it leaves the old one whole.

    ``quads`` come sorted (``graph.quads``); ``files`` maps names to contents that are kept beside the graph. Where the
    build that counts is of the same content, nothing changes. Raises ``InputError`` where ``folder`` is something
    else than a folder of ours or an empty one, or where it cannot be written. Waits while another process writes.
    """
    with locked(folder), _written(folder):
        made = draft(folder)
        for name, content in files.items():
            (made / name).write_bytes(content)
        ox.serialize(quads, made / GRAPH_FILE, format=ox.RdfFormat.N_QUADS)
        return publish(folder, made)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Makes sure that the folder is ours, and that nobody else builds into it; waits while another process does.

    Raises ``InputError`` where something else is there, or where it cannot be written.
    """
    check(folder)
    with ExitStack() as held:
        with _written(folder):
            folder.mkdir(parents=True, exist_ok=True)
            lock = held.enter_context((folder / ".lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX)
            if _layout(folder) != LAYOUT:
                marker = folder / f".{MARKER}"
                marker.write_text(json.dumps({"made by": "conflict-kg", "layout": LAYOUT}) + "\n", encoding="utf-8")
                marker.replace(folder / MARKER)
            (folder / "builds").mkdir(exist_ok=True)
        yield


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Tells that a folder cannot be written where that is so."""
    try:
        yield
    except OSError as error:
        raise InputError(f"{folder}/: cannot be written: {error.strerror or error}") from None


def draft(folder: Path) -> Path:
    """An empty folder to put a new build's files into: ``GRAPH_FILE``, and others; for who has it ``locked``."""
    made = folder / "builds" / ".draft"
    with _written(folder):
        _remove(made)
        made.mkdir()
    return made


def begun(made: Path) -> ox.Store:
    """The store of a draft, empty."""
    shutil.rmtree(made / "store", ignore_errors=True)
    return ox.Store(str(made / "store"))


def load(made: Path) -> None:
    """Makes the store of a draft from its graph, anew."""
    store = begun(made)
    fill(store, ox.parse(path=made / GRAPH_FILE, format=ox.RdfFormat.N_QUADS))
    store.optimize()
    store.flush()


def fill(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Puts quads into a store, ``PORTION`` at a time: a store that loads takes a kilobyte for each."""
    rest = iter(quads)
    for first in rest:
        store.bulk_extend(chain([first], islice(rest, PORTION - 1)))


def publish(folder: Path, made: Path) -> Path:
    """Makes what was put into a draft the build that counts, and returns its folder; for who has it ``locked``."""
    with _written(folder):
        names = sorted(path.name for path in made.iterdir() if path.is_file())
        build = folder / "builds" / _digest(made, names)
        if not _whole(build, names):
            _finish(made, names, build)
        previous = _current(folder)
        if previous != build:
            _swap(folder / "current", Path("builds") / build.name)
        _clean(folder, keep={build, previous or build})
    return build


def check(folder: Path) -> None:
    """Whether a graph may be built into a folder. Raises ``InputError`` where something else is there."""
    if not folder.exists() or (folder / MARKER).is_file():
        return
    if not folder.is_dir():
        raise InputError(f"{folder}: is a file, not a folder to build into")
    if any(path.name not in (".lock", f".{MARKER}") for path in folder.iterdir()):  # a killed build leaves these
        raise InputError(f"{folder}/: not empty and not made by conflict-kg; choose another folder to build into")


def current(folder: Path) -> Path:
    """The folder of the build that counts. Raises ``NoGraphError`` where there is none."""
    if not folder.exists():
        raise NoGraphError(f"{folder}/: no graph here; build one with: conflict-kg build PATH... --output {folder}")
    if not (folder / MARKER).is_file():
        raise NoGraphError(f"{folder}: not a folder that conflict-kg build has written")
    layout = _layout(folder)
    if layout != LAYOUT:
        raise NoGraphError(f"{folder}/: written by another version of conflict-kg (layout {layout}); build it anew")
    build = _current(folder)
    if build is None:
        raise NoGraphError(f"{folder}/: no graph here yet; build one with: conflict-kg build PATH... --output {folder}")
    return build


def open_store(folder: Path, *, in_memory: int = 0) -> ox.Store:
    """The graph, for reading only. Raises ``NoGraphError`` where there is none or it cannot be read.

    One whose file has up to ``in_memory`` bytes is read into memory, where queries take a third of the time.
    """
    build = current(folder)
    try:
        if (build / GRAPH_FILE).stat().st_size > in_memory:
            return ox.Store.read_only(str(build / "store"))
        return _loaded(build / GRAPH_FILE)
    except _UNREADABLE:
        if current(folder) != build:  # two builds have come since the first line
            return open_store(folder, in_memory=in_memory)
        raise NoGraphError(f"{folder}/: the graph is damaged; build it anew") from None


def _loaded(file: Path) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
    return store


# ---------------------------------------------------------------- builds


def _digest(made: Path, names: Iterable[str]) -> str:
    """Of all names and contents, so that equal builds share a folder."""
    whole = hashlib.sha256(f"layout {LAYOUT}\n".encode())
    for name in names:
        with (made / name).open("rb") as file:
            whole.update(f"{name} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()[:32]


def _finish(made: Path, names: Iterable[str], build: Path) -> None:
    """Loads a draft's store and gives it a build's name last: what a killed process leaves never has one."""
    _remove(build)
    for name in names:
        _sync(made / name)
    if not (made / "store").exists():
        load(made)
    _sync(made)
    made.rename(build)
    _sync(build.parent)


def _whole(build: Path, names: Iterable[str]) -> bool:
    """Whether a build is there and nobody has taken anything from it since."""
    if not all((build / name).is_file() for name in names):
        return False
    try:
        ox.Store.read_only(str(build / "store"))
    except _UNREADABLE:
        return False
    return True


def _swap(link: Path, target: Path) -> None:
    """Points the link elsewhere in one step."""
    new = link.with_name(f".{link.name}")
    new.unlink(missing_ok=True)
    new.symlink_to(target)
    new.replace(link)
    _sync(link.parent)


def _current(folder: Path) -> Path | None:
    link = folder / "current"
    if not link.is_symlink():
        return None
    build = folder / "builds" / link.readlink().name
    return build if build.is_dir() else None


def _clean(folder: Path, keep: set[Path]) -> None:
    """Removes builds that nobody needs and what killed ones have left."""
    for path in (folder / "builds").iterdir():
        if path not in keep:
            _remove(path)
    for name in ("current", MARKER):
        (folder / f".{name}").unlink(missing_ok=True)


def _remove(build: Path) -> None:
    """Removes a build under another name: half of one, where this is killed, never has a build's name."""
    if not build.name.startswith("."):
        if not build.exists():
            return
        gone = build.with_name(f".{build.name}.removed")
        _remove(gone)
        build = build.rename(gone)
    if build.exists():
        shutil.rmtree(build)


def _sync(path: Path) -> None:
    """Has a file, or the names in a folder, on the disk: they outlast a power cut, in the order they were made."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# ---------------------------------------------------------------- the folder


def _layout(folder: Path) -> object:
    """The number in the marker; None where there is none that can be read."""
    try:
        marker = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return marker.get("layout") if isinstance(marker, dict) else None
