"""Answers as text."""

import csv
import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.questions.answers import Answer, Cell, Scalar
from conflict_kg.questions.rendering import PIPE_WIDTH, clean, render

BASE = "https://conflict-kg.example/"
QUOTE = "The town\x1b[31m fell,\u202e he\tsaid.\n[bold]So[/bold] it is. " + "Words follow words. " * 12
ROW: dict[str, Cell] = {
    "place": "Old Town",
    "place_id": f"{BASE}place/old-town",
    "since_earliest": "2031-01-01",
    "since_latest": "2031-01-05",
    "until_earliest": None,
    "until_latest": "2031-02-01",
    "basis": None,
    "certain": False,
    "period": f"{BASE}period/0123456789abcdef",
    "sources": ("A", "B"),
    "supporting": (
        {"source": "A, B", "document": "one", "quote": QUOTE, "start": 3, "end": 9, "claim": f"{BASE}claim/ff"},
    ),
}
FLAT: dict[str, Scalar] = {"place": 'Old, "Town"', "certain": True, "n": 3, "nothing": None}
ANSWER = Answer(tuple(ROW), (ROW,), tuple(FLAT), (FLAT,))
EMPTY = Answer(("place",), (), ("place",), ())


def test_render_table_reads_like_a_table() -> None:
    """Bounds meet in one column, unknown columns and IRIs of named things are left out, quotes stand beneath."""
    lines = render(ANSWER, "table", base=BASE).splitlines()
    assert lines[0] == "place     since                     until          certain  period             sources"
    assert lines[2] == "Old Town  2031-01-01 to 2031-01-05  by 2031-02-01  no       period/0123456789  A, B"
    assert lines[3:5] == ["    supporting:", "      A, B, one:3-9, claim/ff"]
    assert lines[5].startswith("        “The town[31m fell, he said. [bold]So[/bold] it is.")
    assert max(map(len, lines)) <= PIPE_WIDTH
    assert len(lines) > 7


def test_render_table_holds_no_control_characters() -> None:
    """Nothing in a report can move the cursor, colour the text or turn its direction."""
    text = render(ANSWER, "table", base=BASE)
    assert {c for c in text if unicodedata.category(c) in ("Cc", "Cf")} == {"\n"}


def test_render_table_narrows_the_widest_columns() -> None:
    """A narrow terminal wraps cells; nothing is lost."""
    text = render(ANSWER, "table", base=BASE, width=75)
    assert max(map(len, text.splitlines())) <= 75
    assert "2031-01-05" in text


def test_render_json_keeps_every_character() -> None:
    """A list of objects with null for what is not known, and text as it is."""
    (row,) = json.loads(render(ANSWER, "json", base=BASE))
    assert row["supporting"][0]["quote"] == QUOTE
    assert row["basis"] is None
    assert row["certain"] is False
    assert render(EMPTY, "json", base=BASE) == "[]\n"


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_render_separated_has_the_flat_rows(format: str, delimiter: str) -> None:
    """Heading and one line for each row of the query."""
    text = render(ANSWER, format, base=BASE)
    assert list(csv.reader(io.StringIO(text), delimiter=delimiter)) == [list(FLAT), ['Old, "Town"', "true", "3", ""]]


def test_render_table_of_nothing_is_empty() -> None:
    """No heading over no rows."""
    assert render(EMPTY, "table", base=BASE) == ""


@given(st.text())
def test_clean_leaves_one_printable_line(text: str) -> None:
    """Whatever comes in, no control or format character goes out; a second time changes nothing."""
    cleaned = clean(text)
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert clean(cleaned) == cleaned
