"""Paths in, sources of reports out: their ids and what is known of them is checked here, before any text is read."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from conflict_kg.documents import tables
from conflict_kg.documents.formats import ENDINGS, TABLES, Format, ending, stem
from conflict_kg.documents.parts import NOTHING, About
from conflict_kg.errors import InputError

Warn = Callable[[str], None]
"""Takes one line about something that was left out."""

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Source:
    """Where one report comes from, or a file of several."""

    id: str
    place: str
    """For messages: a path, with the line for a record."""
    text: str | Path | None
    """The text itself, or the file that holds it; None for standard input."""
    about: About = NOTHING
    """What is said of it beside its file, which counts before what is found in there."""
    format: Format = Format.TEXT
    """By the file's name."""


Manifests = dict[Path, Mapping[Path, Source]]
"""What manifests list, by their paths, so that none is read for each file beside it anew."""


def sources(path: str | Path, columns: Mapping[str, str], manifests: Manifests, warn: Warn) -> Iterator[Source]:
    """Every source under a path, in a folder those of the manifest first, then by name.

    A file is what the manifest beside it says, where that lists it; ``manifests`` are those that were read before, and
    are added to. What is left out is told to ``warn``. Raises ``InputError`` for a path that does not exist, and for a
    broken manifest or record.
    """
    if str(path) == "-":
        yield Source("stdin", "stdin", None)
        return
    path = Path(path)
    if _is(path.is_dir):
        yield from _folder(path, manifests, warn)
    elif not _is(path.is_file):
        raise InputError(f"{path}: there is no such file or folder")
    elif ENDINGS.get(ending(path)) is Format.RECORDS:
        yield from _records(path, columns)
    elif ENDINGS.get(ending(path)) is Format.TABLE:
        yield from _rows(path, columns)
    elif (listed := _listed(path.parent / MANIFEST, manifests).get(path)) is not None:
        yield listed
    else:
        yield from _file(path, warn)


def _file(path: Path, warn: Warn) -> Iterator[Source]:
    """The file as a report that its name is the id of."""
    if tables.half_characters(path.name):
        warn(f"{str(path)!r}: left out, its name is not UTF-8 text")
    else:
        yield Source(stem(path), str(path), path, format=ENDINGS.get(ending(path), Format.TEXT))


def _folder(folder: Path, manifests: Manifests, warn: Warn) -> Iterator[Source]:
    """What the manifest lists, in its order, then the other files whose names tell of reports, by name."""
    manifest = folder / MANIFEST
    listed = _listed(manifest, manifests)
    yield from listed.values()
    known = {*listed, manifest}
    found = False
    for path in sorted(folder.glob("*")):
        format = ENDINGS.get(ending(path))
        if format is None or path in known or not path.is_file():
            continue
        if format in TABLES:
            warn(f"{path}: left out, a table within a folder is read only where it is given by name")
            continue
        found = True
        if not _within(path, folder):
            warn(f"{path}: left out, it links to a file outside of the folder")
            continue
        if listed:
            warn(f"{path}: not in {MANIFEST}, read with what the file itself says of title and date")
        yield from _file(path, warn)
    if not listed and not found:
        raise InputError(
            f"{folder}: there are no reports in it, neither files such as *.txt, *.html and *.pdf nor a {MANIFEST}"
        )


def _listed(manifest: Path, manifests: Manifests) -> Mapping[Path, Source]:
    """What a manifest lists, by path, in its order; nothing where there is none."""
    if manifest not in manifests:
        manifests[manifest] = _manifest(manifest) if _is(manifest.is_file) else {}
    return manifests[manifest]


def _manifest(manifest: Path) -> Mapping[Path, Source]:
    listed: dict[Path, Source] = {}
    for place, record in tables.json_lines(manifest):
        name = tables.string(record, "file", place)
        if not name:
            raise InputError(f"{place}: file: is missing")
        path = manifest.parent / name
        if not _is(path.is_file):
            raise InputError(f"{place}: file: {name!r} does not exist")
        if not _within(path, manifest.parent):
            raise InputError(f"{place}: file: {name!r} lies outside the manifest's folder")
        if path in listed:
            raise InputError(f"{place}: file: {name!r} is listed twice")
        format = ENDINGS.get(ending(path), Format.TEXT)
        listed[path] = Source(
            stem(path), str(path), path, tables.about(record, place), Format.TEXT if format in TABLES else format
        )
    return listed


def _records(path: Path, columns: Mapping[str, str]) -> Iterator[Source]:
    for place, fields in tables.json_lines(path):
        yield record_source(fields, place, columns)


def record_source(fields: tables.Record, place: str, columns: Mapping[str, str]) -> Source:
    """The source that a record is. Raises ``InputError`` for a field that is missing or not as it should be."""
    record = tables.mapped(fields, columns)
    number = record.get("id")
    id = str(number) if type(number) is int else tables.string(record, "id", place)
    text = tables.string(record, "text", place)
    if not id:
        raise InputError(f"{place}: {_named('id', columns)}: is missing")
    if text is None:
        raise InputError(f"{place}: {_named('text', columns)}: is missing")
    return Source(id, place, text, tables.about(record, place))


def _rows(path: Path, columns: Mapping[str, str]) -> Iterator[Source]:
    rows = tables.csv_rows(path)
    _, names = next(rows)
    if not names:
        raise InputError(f"{path}:1: there are no columns, the first line has to name them")
    for field in ("text", *columns):
        column = columns.get(field, field)
        if column not in names:
            hint = "" if field in columns else f"; say which holds the {field} with --columns {field}=NAME"
            raise InputError(f"{path}:1: there is no column {column!r} among {tables.shown(names)}{hint}")
    for number, (place, fields) in enumerate(rows, start=1):
        record = tables.mapped(fields, columns)
        id = tables.string(record, "id", place) or f"{stem(path)}-{number}"
        yield Source(id, place, tables.string(record, "text", place) or "", tables.about(record, place))


def _named(field: str, columns: Mapping[str, str]) -> str:
    """A field in a message, with the column that it is looked for in."""
    return f"{field} ({columns[field]})" if field in columns else field


def _within(path: Path, folder: Path) -> bool:
    """Whether the file lies in the folder once links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _is(kind: Callable[[], bool]) -> bool:
    """What ``Path.is_file`` or ``Path.is_dir`` says; no for names that no file can have."""
    try:
        return kind()
    except (OSError, ValueError):
        return False
