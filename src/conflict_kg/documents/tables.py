"""Files of one report a line: JSON Lines and CSV, and the manifest of a folder. Each record comes with its place."""

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path
from typing import TextIO

from conflict_kg.documents.encoding import encoding_of
from conflict_kg.documents.parts import About
from conflict_kg.errors import InputError

Record = Mapping[str, object]

FIELDS = ("id", "text", "title", "published", "publisher", "author", "url", "language")
"""What a record may hold; other fields are passed over."""
_LONGEST = 20_000_000
"""Characters of a line or a field: a hundred times the longest report."""
_SAMPLE = 65_536
_DELIMITERS = ",;\t|"
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ]\d\d:\d\d\S*)?", re.ASCII)


def json_lines(path: Path) -> Iterator[tuple[str, Record]]:
    """Each object of a JSON Lines file with its place for messages ("PATH:LINE"); empty lines are passed over.

    Raises ``InputError`` for a line that is not UTF-8, too long, or no JSON object.
    """
    try:
        with path.open("rb") as file:
            for number, data in enumerate(iter(lambda: file.readline(_LONGEST + 1), b""), start=1):
                place = f"{path}:{number}"
                if len(data) > _LONGEST:
                    raise InputError(f"{place}: the line is longer than {_LONGEST:,} bytes")
                try:
                    line = data.decode("utf-8-sig" if number == 1 else "utf-8")
                except UnicodeDecodeError:
                    raise InputError(f"{path}: is not UTF-8 text") from None
                if line.strip():
                    yield place, _object(line.rstrip("\n"), place)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def csv_rows(path: Path) -> Iterator[tuple[str, Record]]:
    """Each row of a CSV file, by the names in its first line, with its place ("PATH:LINE"); empty fields are None.

    The first record is that line itself: each name under itself. Commas, semicolons, tabs or bars part the fields,
    whichever that line has most of. Raises ``InputError`` for a file in an unknown encoding, and for a row that is
    broken or has more fields than there are columns.
    """
    csv.field_size_limit(_LONGEST)
    before = 0  # lines before the row
    try:
        with path.open("rb") as file:
            encoding = encoding_of(file.read(_SAMPLE))
        if encoding is None:
            raise InputError(f"{path}: is not UTF-8 text, nor English text in another encoding")
        with path.open(encoding=encoding, newline="") as file:
            lines = _bounded(file)
            first = next(lines, "")
            rows = csv.reader(chain([first], lines), delimiter=_delimiter(first), strict=True)
            names = [name.strip() for name in next(rows, [])]
            if len(set(names)) < len(names):
                raise InputError(f"{path}:1: two columns have one name: {shown(names)}")
            yield f"{path}:1", {name: name for name in names}
            before = rows.line_num
            for row in rows:
                place, before = f"{path}:{before + 1}", rows.line_num
                if len(row) > len(names):
                    raise InputError(f"{place}: has {len(row)} fields, and there are {len(names)} columns")
                if any(row):
                    fields = zip_longest(names, row, fillvalue="")
                    yield place, {name: value if value.strip() else None for name, value in fields}
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not {error.encoding} text all through") from None
    except csv.Error as error:
        raise InputError(f"{path}:{before + 1}: is not CSV: {error}") from None


def shown(names: Iterable[str]) -> str:
    """The names of columns as a message has them, in one line whatever signs they hold."""
    return ", ".join(name if name.isprintable() else repr(name)[1:-1] for name in names)


def mapped(record: Record, columns: Mapping[str, str]) -> Record:
    """A record under the names of ``FIELDS``: each from the column that ``columns`` gives for it, else from its own."""
    return {field: record.get(columns.get(field, field)) for field in FIELDS}


def checked_columns(pairs: str) -> dict[str, str]:
    """Field to column from what was typed: "text=body,title=headline". Raises ``InputError`` for other fields."""
    columns: dict[str, str] = {}
    for pair in filter(None, (pair.strip() for pair in pairs.split(","))):
        field, equals, column = (word.strip() for word in pair.partition("="))
        if not equals or not column:
            raise InputError(f"--columns: {pair!r} is not of the form FIELD=COLUMN, such as text=body")
        if field not in FIELDS:
            raise InputError(f"--columns: {field!r} is no field of a report: {', '.join(FIELDS)}")
        if field in columns:
            raise InputError(f"--columns: {field!r} is given twice")
        columns[field] = column
    return columns


# ---------------------------------------------------------------- fields


def about(record: Record, place: str) -> About:
    """What a record says of its report beside the text. Raises ``InputError`` for a field that is not as it should."""
    return About(
        title=string(record, "title", place) or None,
        published=day(record, place),
        publisher=string(record, "publisher", place) or None,
        author=string(record, "author", place) or None,
        url=string(record, "url", place) or None,
        language=string(record, "language", place) or None,
    )


def string(record: Record, name: str, place: str) -> str | None:
    """A field as text, None where the record has none. Raises ``InputError`` for anything else."""
    value = record.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(f"{place}: {name}: {json.dumps(value)} is not a string")
    if half_characters(value):
        raise InputError(f"{place}: {name}: holds half a character (a lone surrogate)")
    return value


def day(record: Record, place: str) -> date | None:
    """The field ``published``; of a date with a time the day, as written. Raises ``InputError`` for other text."""
    value = string(record, "published", place)
    if value is None:
        return None
    try:
        if written := _DAY.fullmatch(value):
            return date.fromisoformat(written[1])
    except ValueError:
        pass  # a day that no month has: the same message
    raise InputError(f"{place}: published: {value!r} is not a date such as 2015-05-18")


def half_characters(text: str) -> bool:
    """Whether it holds surrogates: half a pair, or a byte of a file's name that is no UTF-8."""
    return any("\ud800" <= character <= "\udfff" for character in text)


def _object(line: str, place: str) -> Record:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{place}: is not JSON: {error.msg} at character {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: is not JSON: {error}") from None
    if not isinstance(record, dict):
        raise InputError(f"{place}: is not a JSON object")
    return record


def _delimiter(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(_DELIMITERS, key=outside.count)


def _bounded(file: TextIO) -> Iterator[str]:
    for line in iter(lambda: file.readline(_LONGEST + 1), ""):
        if len(line) > _LONGEST:
            raise csv.Error(f"a line is longer than {_LONGEST:,} characters")
        yield line
