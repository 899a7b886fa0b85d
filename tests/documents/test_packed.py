"""Archives and pages that are packed with gzip, in whatever way, and what is told where they break off."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from input_files import STORY, page, read, warc
from warcio.bufferedreaders import BufferedReader

from conflict_kg.documents.apart import MOST, read_part
from conflict_kg.documents.parts import Fault, Page
from conflict_kg.documents.warc import pages

TEXTS = tuple(f"The Northern Front shelled Qara Tepe at dawn, and {name} was left in ruins." for name in "ABC")
PLAIN = warc([(f"https://star.example/{n}", "text/plain", text.encode()) for n, text in enumerate(TEXTS)], zipped=False)
RECORDS = [b"WARC/1.0" + record for record in PLAIN.split(b"WARC/1.0")[1:]]
PIECES = [gzip.compress(record, 0, mtime=0) for record in RECORDS]  # nothing is made smaller, so that places are known
IN_ONE = gzip.compress(PLAIN, 0, mtime=0)


def texts(folder: Path, name: str, content: bytes) -> tuple[list[str], list[str]]:
    """The texts of the reports that a file becomes, read beside another one, and what is told without the path."""
    (folder / name).write_bytes(content)
    (folder / "zz.txt").write_text("A market in Qara Tepe opened again.")
    reports, told = read(folder)
    assert reports[-1].id == "zz"
    return [report.text for report in reports[:-1]], [line.removeprefix(f"{folder / name}: ") for line in told]


@pytest.mark.parametrize(
    ("content", "whole", "where"),
    [
        (PLAIN[:-20], 2, "in record 3"),
        (PLAIN[: len(RECORDS[0]) + len(RECORDS[1]) // 2], 1, "in record 2"),  # in a header
        (PLAIN[: len(RECORDS[0]) - 40] + b"".join(RECORDS[1:]), 0, "in record 1"),
        (PIECES[0] + PIECES[1] + PIECES[2][:-28], 2, "in record 3"),
        (PIECES[0] + PIECES[1][:-28], 1, "in record 2"),
        (b"".join(PIECES)[:-4], 3, "after record 3"),
        (IN_ONE[:-28], 2, "in record 3"),
    ],
)
def test_packed_archive_breaks_off(tmp_path: Path, content: bytes, whole: int, where: str) -> None:
    """What is whole is read; the record that is cut is no report, and the place is told."""
    found, told = texts(tmp_path, "a.warc", content)

    assert found == list(TEXTS[:whole])
    assert told == [f"{'what follows in it is ' if whole else ''}left out, the archive breaks off {where}"]


def test_packed_archive_in_one_piece(tmp_path: Path) -> None:
    """An archive may be packed as a whole, as well as record by record."""
    assert texts(tmp_path, "a.warc.gz", IN_ONE) == (list(TEXTS), [])


@pytest.mark.parametrize("name", ["a.html", "a.html.gz", "a.htm"])
def test_packed_page(tmp_path: Path, name: str) -> None:
    """A page that was saved as the server has packed it is read, whatever it is called."""
    (text,), told = texts(tmp_path, name, gzip.compress(page().encode(), mtime=0))

    assert text == "\n\n".join(("Rebels take Alpha", *STORY))
    assert told == []


def test_packed_text(tmp_path: Path) -> None:
    """So is a text."""
    assert texts(tmp_path, "a.txt.gz", gzip.compress(TEXTS[0].encode(), mtime=0)) == ([TEXTS[0]], [])


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.html", gzip.compress(page().encode(), mtime=0)[:-30], "it is packed with gzip and breaks off"),
        ("a.html", gzip.compress(page().encode(), mtime=0)[:5], "it is packed with gzip and breaks off"),
        ("a.html", gzip.compress(b"<html>" + bytes(200_000_000), mtime=0), "it has more than 10 MB"),
        ("a.txt", gzip.compress(b"Alpha fell.\n" * 20_000_000, mtime=0), "it has more than 20 MB"),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0), "a table within a folder is read only where it is given by name"),
    ],
    ids=["cut", "head", "page bomb", "text bomb", "table"],
)
def test_packed_unreadable(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """What breaks off is told, and no more is unpacked than a document may have."""
    assert texts(tmp_path, name, content) == ([], [f"left out, {reason}"])


@pytest.mark.parametrize(("written", "told"), [("br", "br"), ("Zstd", "zstd"), ("gzip, br", "br")])
def test_packed_page_of_archive(monkeypatch: pytest.MonkeyPatch, written: str, told: str) -> None:
    """A page in a compression that nothing is there to undo is told as such; what comes after it is read."""
    monkeypatch.delitem(BufferedReader.DECOMPRESSORS, "br", raising=False)
    records = [
        ("https://star.example/a", f"text/html\r\nContent-Encoding: {written}", bytes(range(128, 256))),
        ("https://star.example/b", "text/plain\r\nContent-Encoding: utf-8", TEXTS[0].encode()),
    ]

    first, second = map(read_part, pages(BytesIO(warc(records)), MOST))

    assert first == Fault(f"it is compressed with {told}, which is not read", 1)
    assert isinstance(second, Page)
    assert second.text == TEXTS[0]


def test_packed_archive_without_records(tmp_path: Path) -> None:
    """A file that holds nothing at all is told, too."""
    assert texts(tmp_path, "a.warc", b"") == ([], ["left out, the archive is broken at its beginning"])
