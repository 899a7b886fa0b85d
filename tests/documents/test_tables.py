"""tables.py: CSV and JSON Lines with columns of any name, and what is told of broken ones."""

from datetime import date
from pathlib import Path

import pytest
from input_files import read

from conflict_kg.documents.tables import checked_columns
from conflict_kg.errors import InputError


def table(folder: Path, content: str | bytes, name: str = "t.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_rows(tmp_path: Path, mark: str) -> None:
    """A row is a report; fields may hold marks, quotes and line breaks; the rows without an id are numbered."""
    rows = [
        ["id", "text", "published"],
        ["x", f'"Alpha{mark} ""fell"".\nBeta, too."', "2015-05-18 06:30"],
        ["", "Gamma fell.", ""],
    ]
    path = table(tmp_path, "\ufeff" + "\r\n".join(mark.join(row) for row in rows))

    (first, second), told = read(path)

    assert (first.id, first.text, first.published) == ("x", f'Alpha{mark} "fell".\nBeta, too.', date(2015, 5, 18))
    assert (second.id, second.text, second.published, second.source) == ("t-2", "Gamma fell.", None, f"{path}:4")
    assert told == []


def test_csv_columns(tmp_path: Path) -> None:
    """Columns of other names are mapped, the rest is passed over."""
    path = table(tmp_path, "Body,Headline,Day,Paper,Score\nAlpha fell.,Alpha,2015-05-18,The Star,3\n")

    (report,), _ = read(path, columns={"text": "Body", "title": "Headline", "published": "Day", "publisher": "Paper"})

    assert (report.text, report.title, report.published, report.publisher) == (
        "Alpha fell.",
        "Alpha",
        date(2015, 5, 18),
        "The Star",
    )


def test_json_lines_columns(tmp_path: Path) -> None:
    """So are the fields of JSON Lines."""
    path = table(tmp_path, '{"n": 7, "body": "Alpha fell.", "by": "Jane Roe"}\n', "t.jsonl")

    (report,), _ = read(path, columns={"id": "n", "text": "body", "author": "by"})

    assert (report.id, report.text, report.author) == ("7", "Alpha fell.", "Jane Roe")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    """What spreadsheets write is read."""
    path = table(tmp_path, "id,text\na,“General Müller left the town of Alpha on Sunday”\n".encode(encoding))

    (report,), _ = read(path)

    assert report.text == "“General Müller left the town of Alpha on Sunday”"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "body,x\nAlpha,1\n",
            "t.csv:1: there is no column 'text' among body, x; say which holds the text with --columns",
        ),
        ("", "t.csv:1: there are no columns, the first line has to name them"),
        ("text,text\na,b\n", "t.csv:1: two columns have one name"),
        ("a\x0bb,c\x85\n1,2\n", r"t.csv:1: there is no column 'text' among a\x0bb, c; say which"),
        ("a\x0bb,a\x0bb\n1,2\n", r"t.csv:1: two columns have one name: a\x0bb, a\x0bb"),
        ("text,id\nAlpha,a\nBeta,b,c\n", "t.csv:3: has 3 fields, and there are 2 columns"),
        ('text,id\n"Alpha"x,a\n', "t.csv:2: is not CSV"),
        ('text,id\nAlpha,a\n"Beta,b\n', "t.csv:3: is not CSV"),
        ("text,published\nAlpha,18/05/2015\n", "t.csv:2: published: '18/05/2015' is not a date"),
        ("text,id\nAlpha,a\nBeta,a\n", "two reports are called 'a'"),
        (b"text,id\nAlpha fell to them,a\n" + b"\x00\xff" * 50, "t.csv: is not UTF-8 text"),
        ("text,id\n" + "x" * 20_000_001 + ",a\n", "t.csv:2: is not CSV: a line is longer than"),
    ],
)
def test_csv_broken(tmp_path: Path, content: str | bytes, message: str) -> None:
    """A broken table is told in one line, with the line of the file."""
    with pytest.raises(InputError) as caught:
        read(table(tmp_path, content))

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_csv_without_rows(tmp_path: Path) -> None:
    """A table without rows holds no report."""
    with pytest.raises(InputError, match="no report to read"):
        read(table(tmp_path, "text,id\n"))


def test_csv_unknown_column(tmp_path: Path) -> None:
    """A column that --columns names must be there."""
    with pytest.raises(InputError, match=r"t\.csv:1: there is no column 'headline' among text, id$"):
        read(table(tmp_path, "text,id\nAlpha fell.,a\n"), columns={"title": "headline"})


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("body", "is not of the form"),
        ("text=", "is not of the form"),
        ("x=y", "'x' is no field"),
        ("id=a,id=b", "twice"),
    ],
)
def test_checked_columns(typed: str, message: str) -> None:
    """What is typed wrongly is told."""
    with pytest.raises(InputError, match=message):
        checked_columns(typed)


def test_checked_columns_pairs() -> None:
    """Fields and their columns, with white space around them or none."""
    assert checked_columns("text = Body text, id=n") == {"text": "Body text", "id": "n"}
