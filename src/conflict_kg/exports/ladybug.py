"""The script that brings the files of a property graph into Ladybug, an embedded database with Cypher."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from conflict_kg.exports.schema import HAS_VALUE, OTHER, RELATED, SEPARATOR, TABLES, VALUE, column_type

FILE = "ladybug.cypher"
_TYPES = {"long": "INT64", "boolean": "BOOLEAN", "double": "DOUBLE", "date": "DATE", "string": "STRING"}
_PLAIN = "(HEADER=false, SKIP=1, PARALLEL=false)"
"""A text may have line breaks, and Ladybug would read types out of the names in the header."""


def script(joined: Iterable[tuple[str, ...]]) -> str:
    """Statements, a line each, to be run in the folder of the files; ``joined`` has type, start and end of each."""
    lines = [line for table in (*TABLES, OTHER) for line in _table(table, TABLES.get(table, ()))]
    lines += [
        f"CREATE NODE TABLE {VALUE} (iri STRING PRIMARY KEY, literal STRING, labels STRING);",
        f"COPY {VALUE} FROM 'nodes/{VALUE}.csv' {_PLAIN};",
    ]
    for type, group in groupby(sorted(joined), key=lambda row: row[0]):
        lines += _relationship(type, [(start, end) for _, start, end in group])
    return "".join(f"{line}\n" for line in lines)


def _table(table: str, names: Sequence[str]) -> Iterable[str]:
    kinds = {name: column_type(name) for name in names}
    columns = "".join(
        f", {name} {_TYPES[kind.removesuffix('[]')]}{kind[-2:] * kind.endswith('[]')}" for name, kind in kinds.items()
    )
    yield f"CREATE NODE TABLE {table} (iri STRING PRIMARY KEY, graph STRING{columns}, labels STRING);"
    count = len(names) + 3
    cells = [
        f"string_split(column{place}, '{SEPARATOR}')" if kind.endswith("[]") else f"column{place}"
        for place, kind in enumerate(kinds.values(), 2)
    ]
    if all(cell.startswith("column") for cell in cells):
        yield f"COPY {table} FROM 'nodes/{table}.csv' {_PLAIN};"
    else:
        whole = ", ".join(["column0", "column1", *cells, f"column{count - 1}"])
        yield f"COPY {table} FROM (LOAD FROM 'nodes/{table}.csv' {_PLAIN} RETURN {whole});"


def _relationship(type: str, ends: Sequence[tuple[str, str]]) -> Iterable[str]:
    pairs = ", ".join(f"FROM {start} TO {end}" for start, end in ends)
    more = ", predicate STRING" if type in (RELATED, HAS_VALUE) else ""
    yield f"CREATE REL TABLE {type} ({pairs}, graph STRING{more}, type STRING);"
    for start, end in ends:
        options = _PLAIN.replace(")", f", from='{start}', to='{end}')")
        yield f"COPY {type} FROM 'relationships/{type}__{start}__{end}.csv' {options};"
