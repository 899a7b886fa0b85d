"""Files in, reports out: plain text, folders with or without a manifest, JSON Lines, standard input.

Texts are taken as they are: no line ending is changed, so offsets count in what the file holds.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from conflict_kg.errors import InputError
from conflict_kg.files import standard_input
from conflict_kg.model import Report
from conflict_kg.sections import lay_out

Warn = Callable[[str], None]
"""Takes one line about something that was left out."""

_MANIFEST = "manifest.jsonl"
_TEXT_FIELDS = ("title", "publisher", "url", "language")


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one report comes from: its metadata are checked, its text is not read yet."""

    id: str
    place: str
    """For messages: a path, with the line for a record."""
    text: str | Path | None
    """The text itself, or the file that holds it; None for standard input."""
    meta: Mapping[str, str | None] = field(default_factory=dict)
    published: date | None = None


def read_reports(
    paths: Sequence[str | Path], *, published: date | None = None, warn: Callable[[str], None]
) -> Iterator[Report]:
    """Every report under the paths, in the order of the paths; within a folder the manifest's, then by name.

    A path is a text file, a folder, a ``.jsonl`` file with one report a line, or ``-`` for standard input.
    ``published`` is the date of reports that name none. A document that cannot be read (not UTF-8 in name or text,
    binary, empty, outside of the folder that links to it) and a text that has come before are told to ``warn`` and
    left out.

    Raises ``InputError`` for a path that does not exist, a broken manifest or record, two reports with the
    same id, and where nothing is left to read.
    """
    sources = [source for path in paths for source in _sources(path, warn)]
    _check_ids(sources)
    digests: dict[str, str] = {}
    for source in sources:
        text = _text(source, warn)
        if text is None:
            continue
        report = make_report(
            text, id=source.id, published=source.published or published, source=source.place, **source.meta
        )
        if report.digest in digests:
            warn(f"{source.place}: left out, it has the same text as {digests[report.digest]}")
            continue
        digests[report.digest] = source.place
        yield report
    if not digests:
        raise InputError(f"no report to read in {', '.join(map(str, paths)) or 'an empty list of paths'}")


def make_report(
    text: str,
    *,
    id: str,
    title: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    url: str | None = None,
    language: str | None = None,
    source: str = "",
) -> Report:
    """A report from its text: the view to parse and the sections are worked out here.

    Without ``published`` a full date at the head of the text stands for it.
    """
    layout = lay_out(text, title=title, published=published)
    return Report(
        id=id,
        text=text,
        view=layout.view,
        sections=layout.sections,
        title=title,
        published=published or layout.dated,
        publisher=publisher,
        url=url,
        language=language,
        source=source,
    )


def report_of(record: Mapping[str, object], place: str, *, published: date | None = None) -> Report | None:
    """The report of one record, as a JSON Lines file has it; None where its text is empty or no text.

    ``place`` is where the record was read from, ``published`` the date where it has none. Raises ``InputError`` for a
    field that is not as it should be.
    """
    source = _record(record, place)
    text = _text(source, lambda _: None)
    if text is None:
        return None
    return make_report(text, id=source.id, published=source.published or published, source=place, **source.meta)


# ---------------------------------------------------------------- where reports come from


def _sources(path: str | Path, warn: Warn) -> Iterator[_Source]:
    if str(path) == "-":
        yield _Source("stdin", "stdin", None)
        return
    path = Path(path)
    if _is(path.is_dir):
        yield from _folder(path, warn)
    elif not _is(path.is_file):
        raise InputError(f"{path}: there is no such file or folder")
    elif path.suffix == ".jsonl":
        yield from _records(path)
    else:
        yield from _file(path, warn)


def _file(path: Path, warn: Warn) -> Iterator[_Source]:
    """The text file as a report that its name is the id of."""
    if _half_characters(path.stem):
        warn(f"{str(path)!r}: left out, its name is not UTF-8 text")
    else:
        yield _Source(path.stem, str(path), path)


def _folder(folder: Path, warn: Warn) -> Iterator[_Source]:
    """What the manifest lists, in its order, then the other text files by name."""
    manifest = folder / _MANIFEST
    listed = list(_manifest(manifest)) if manifest.is_file() else []
    yield from listed
    known = {source.text for source in listed}
    found = False
    for path in sorted(folder.glob("*.txt")):
        if not path.is_file() or path in known:
            continue
        found = True
        if not _within(path, folder):
            warn(f"{path}: left out, it links to a file outside of the folder")
            continue
        if listed:
            warn(f"{path}: not in {_MANIFEST}, read without title and date")
        yield from _file(path, warn)
    if not listed and not found:
        raise InputError(f"{folder}: there are no reports in it, neither *.txt nor a {_MANIFEST}")


def _manifest(manifest: Path) -> Iterator[_Source]:
    listed: set[Path] = set()
    for place, record in _lines(manifest):
        name = _string(record, "file", place)
        if not name:
            raise InputError(f"{place}: file: is missing")
        path = manifest.parent / name
        if not _is(path.is_file):
            raise InputError(f"{place}: file: {name!r} does not exist")
        if not _within(path, manifest.parent):
            raise InputError(f"{place}: file: {name!r} lies outside the manifest's folder")
        if path in listed:
            raise InputError(f"{place}: file: {name!r} is listed twice")
        listed.add(path)
        yield _Source(path.stem, str(path), path, _meta(record, place), _date(record, place))


def _records(path: Path) -> Iterator[_Source]:
    for place, record in _lines(path):
        yield _record(record, place)


def _record(record: Mapping[str, object], place: str) -> _Source:
    number = record.get("id")
    id = str(number) if type(number) is int else _string(record, "id", place)
    text = _string(record, "text", place)
    if not id:
        raise InputError(f"{place}: id: is missing")
    if text is None:
        raise InputError(f"{place}: text: is missing")
    return _Source(id, place, text, _meta(record, place), _date(record, place))


def _lines(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Each object of a JSON Lines file with its place for messages ("PATH:LINE"); empty lines are passed over."""
    try:
        text = _decoded(path.read_bytes())
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    if text is None:
        raise InputError(f"{path}: is not UTF-8 text")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{place}: is not JSON: {error}") from None
        if not isinstance(record, dict):
            raise InputError(f"{place}: is not a JSON object")
        yield place, record


def _meta(record: Mapping[str, object], place: str) -> dict[str, str | None]:
    return {name: _string(record, name, place) or None for name in _TEXT_FIELDS}


def _string(record: Mapping[str, object], name: str, place: str) -> str | None:
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{place}: {name}: {json.dumps(value)} is not a string")
    if _half_characters(value):
        raise InputError(f"{place}: {name}: holds half a character (a lone surrogate)")
    return value


def _date(record: Mapping[str, object], place: str) -> date | None:
    value = _string(record, "published", place)
    if value is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            return date.fromisoformat(value)
    except ValueError:
        pass  # a day that no month has: the same message
    raise InputError(f"{place}: published: {value!r} is not a date such as 2015-05-18")


def _half_characters(text: str) -> bool:
    """Whether it holds surrogates: half a pair, or a byte of a file's name that is no UTF-8."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _within(path: Path, folder: Path) -> bool:
    """Whether the file lies in the folder once links are followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _is(kind: Callable[[], bool]) -> bool:
    """What ``Path.is_file`` or ``Path.is_dir`` says; no for names that no file can have."""
    try:
        return kind()
    except (OSError, ValueError):
        return False


def _check_ids(sources: Sequence[_Source]) -> None:
    places: dict[str, str] = {}
    for source in sources:
        if source.id in places:
            raise InputError(f"two reports are called {source.id!r}: {places[source.id]} and {source.place}")
        places[source.id] = source.place


# ---------------------------------------------------------------- their texts


def _text(source: _Source, warn: Warn) -> str | None:
    """The text of a report, or None after telling why it cannot be read."""
    if isinstance(source.text, str):
        text: str | None = source.text
    else:
        try:
            data = source.text.read_bytes() if isinstance(source.text, Path) else standard_input()
        except OSError as error:
            warn(f"{source.place}: left out, it cannot be read: {error.strerror}")
            return None
        text = _decoded(data)
    if text is None:
        warn(f"{source.place}: left out, it is not UTF-8 text")
    elif "\0" in text:
        warn(f"{source.place}: left out, it is not text (it holds NUL characters)")
    elif not text.strip():
        warn(f"{source.place}: left out, it is empty")
    else:
        return text
    return None


def _decoded(data: bytes) -> str | None:
    """UTF-8 with or without a byte order mark; None where it is something else."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
