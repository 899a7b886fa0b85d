"""Answers as text: a table to read, or JSON, CSV and TSV for programs.

Words from reports are data: in a table control characters are dropped, so that no report can steer a terminal.
"""

import csv
import io
import json
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from conflict_kg.questions.answers import Answer, Cell, Scalar

FORMATS = ("table", "json", "csv", "tsv", "sparql-json", "sparql-xml")
"""What an answer can be printed as. The last two, the W3C's, are written by the store."""
PIPE_WIDTH = 100
"""Columns of a table that does not go to a terminal."""
_LONGEST = 24
"""Characters of a word that a table keeps whole."""
_WORDS = ("quote", "text")
"""Columns that stand beneath their row."""
_LOCATION = frozenset({"document", "start", "end"})
"""Columns that say together where words stand."""
_SHORT = 10
"""Characters of an id that a table shows; ``explain`` takes the beginning of one."""


def render(answer: Answer, format: str, *, base: str, width: int = PIPE_WIDTH, quotes: int | None = None) -> str:
    """The answer as ``table``, ``json`` (a list of objects), ``csv`` or ``tsv`` (the rows before folding).

    ``base`` is what a table leaves off the IRIs, ``width`` the columns it may take, ``quotes`` how many of the claims
    for or against a row it shows, None for all; it says how many more there are.
    """
    if format == "json":
        return json.dumps(answer.rows, ensure_ascii=False, indent=2) + "\n"
    if format in ("csv", "tsv"):
        return _separated(answer, "," if format == "csv" else "\t")
    return "".join(line + "\n" for line in _table(answer, base, width, quotes))


def clean(text: str) -> str:
    r"""The text on one line, without characters that a terminal may obey or that turn the direction of writing.

    >>> clean("red \x1b[31malert\n")
    'red [31malert'
    """
    spaced = "".join(" " if c.isspace() or unicodedata.category(c) in ("Zl", "Zp") else c for c in text)
    return " ".join("".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co")).split())


def _separated(answer: Answer, delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(answer.flat_columns)
    writer.writerows([_machine(row[name]) for name in answer.flat_columns] for row in answer.flat)
    return stream.getvalue()


def _machine(cell: Scalar) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


# ---------------------------------------------------------------- table


def _table(answer: Answer, base: str, width: int, quotes: int | None) -> Iterator[str]:
    """A heading, then each row with the words behind it beneath. A no-break space keeps a bound on its line."""
    if not answer.rows:
        return
    lists = [name for name in answer.columns if any(_has_objects(row[name]) for row in answer.rows)]
    above = [name for name in answer.columns if name not in lists and not _is_hidden(name, answer.columns)]
    table = [_row(row, above, base) for row in answer.rows]
    # A column in which nothing is known would only take room.
    headings = [name for name in table[0] if any(row[name] for row in table)]
    lines = [[row[name] for name in headings] for row in table]
    titles = [name.replace("_", " ") for name in headings]
    widths = _widths([titles, *lines], width)
    yield from _wrapped(titles, widths)
    yield "  ".join("-" * size for size in widths)
    for row, line in zip(answer.rows, lines, strict=True):
        yield from _wrapped(line, widths)
        for name in _WORDS:
            if row.get(name):
                yield from _indented(f"“{clean(str(row[name]))}”", 4, width)
        for name in lists:
            yield from _beneath(name, row[name], base, width, quotes)


def _row(row: Mapping[str, Cell], names: Sequence[str], base: str) -> dict[str, str]:
    """The row's cells as text: each pair of earliest and latest day in one, the place in a document in one."""
    cells: dict[str, str] = {}
    located = set(names) >= _LOCATION
    for name in names:
        stem, _, bound = name.rpartition("_")
        if name in _WORDS or (located and name in _LOCATION) or (bound == "latest" and f"{stem}_earliest" in row):
            continue
        if bound == "earliest" and f"{stem}_latest" in row:
            cells[stem] = _between(row[name], row[f"{stem}_latest"])
        else:
            cells[name] = _text(row[name], base)
    return cells | ({"where": _where(row)} if located else {})


def _where(row: Mapping[str, Cell]) -> str:
    return f"{clean(str(row['document']))}:{row['start']}-{row['end']}"


def _between(earliest: Cell, latest: Cell) -> str:
    if earliest is None or latest is None:
        return f"by {latest}" if latest is not None else f"from {earliest}" if earliest is not None else ""
    return str(earliest) if earliest == latest else f"{earliest}\u00a0to {latest}"


def _text(cell: Cell, base: str) -> str:
    if isinstance(cell, tuple):
        return ", ".join(_text(item, base) for item in cell if not isinstance(item, Mapping))
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, str) and cell.startswith(base):
        kind, _, id = cell.removeprefix(base).partition("/")
        return f"{kind}/{id[:_SHORT]}"
    return "" if cell is None else clean(str(cell))


def _beneath(name: str, cell: Cell, base: str, width: int, quotes: int | None) -> Iterator[str]:
    items = cell if isinstance(cell, tuple) else ()
    if items:
        yield f"    {name.replace('_', ' ')}:"
    for item in items[:quotes]:
        assert isinstance(item, Mapping)
        located = set(item) >= _LOCATION
        rest = [_text(item[key], base) for key in item if key not in _WORDS and not (located and key in _LOCATION)]
        parts = (*rest[:1], _where(item) if located else "", *rest[1:])
        yield from _indented(", ".join(part for part in parts if part), 6, width)
        if item.get("quote"):
            yield from _indented(f"“{clean(str(item['quote']))}”", 8, width)
    if quotes is not None and len(items) > quotes:
        yield f"      … and {len(items) - quotes} more (--quotes 0 shows all)"


def _indented(text: str, depth: int, width: int) -> list[str]:
    indent = " " * depth
    return textwrap.wrap(text, max(width, depth + 20), initial_indent=indent, subsequent_indent=indent)


def _has_objects(cell: Cell) -> bool:
    return isinstance(cell, tuple) and any(isinstance(item, Mapping) for item in cell)


def _is_hidden(name: str, columns: Sequence[str]) -> bool:
    """The IRI of something whose name is shown."""
    return name.endswith("_id") and name.removesuffix("_id") in columns


def _widths(lines: list[list[str]], width: int) -> list[int]:
    """As wide as the widest cell, the widest columns narrowed while the table does not fit and no word breaks."""
    columns = [*zip(*lines, strict=True)]
    widths = [max(map(len, column)) for column in columns]
    floors = [max(min(len(word), _LONGEST) for cell in column for word in cell.split(" ")) for column in columns]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        narrowable = [number for number, floor in enumerate(floors) if widths[number] > floor]
        if not narrowable:
            break
        widths[max(narrowable, key=widths.__getitem__)] -= 1
    return widths


def _wrapped(cells: list[str], widths: list[int]) -> Iterator[str]:
    columns = [
        textwrap.wrap(cell, size, break_on_hyphens=False) or [""] for cell, size in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, columns), default=0)):
        parts = (column[number] if number < len(column) else "" for column in columns)
        line = "  ".join(part.ljust(size) for part, size in zip(parts, widths, strict=True))
        yield line.replace("\u00a0", " ").rstrip()
