"""How the names of reports were linked, row by row."""

import json

import samples

from conflict_kg.evidence.naming import as_json, as_table, linked_names


def test_linked_names_has_each_mention_in_the_order_of_the_text() -> None:
    """Every mention of the readings is one row, and what stands in the text at its place is its passage."""
    readings = samples.readings()
    texts = {reading.report.id: reading.report.text for reading in readings}
    rows = linked_names(readings)
    assert rows
    assert list(rows) == sorted(rows, key=lambda row: (row.document, row.start, row.end, row.id))
    assert all(texts[row.document][row.start : row.end] for row in rows)


def test_linked_names_as_table_tells_documents_apart_where_there_are_several() -> None:
    """The document is a column only then."""
    rows = linked_names(samples.readings())
    one = [row for row in rows if row.document == rows[0].document]
    assert as_table(one).split()[0] == "start"
    assert (as_table(rows).split()[0] == "document") == (len({row.document for row in rows}) > 1)
    assert as_table([]) == ""


def test_linked_names_as_json_can_be_read_back() -> None:
    """The same fields as the rows."""
    rows = linked_names(samples.readings())
    assert [row["id"] for row in json.loads(as_json(rows))] == [row.id for row in rows]
