"""Bad files: one line is told of each, and none keeps those beside it from being read."""

import time
from collections.abc import Iterator
from pathlib import Path

import hostile_files as hostile
import pytest
from input_files import STORY, read, warc

from conflict_kg.documents import apart
from conflict_kg.documents.apart import ReaderApart
from conflict_kg.documents.formats import Format
from conflict_kg.documents.parts import Fault, Page, Part
from conflict_kg.errors import InputError


@pytest.mark.parametrize("bad", hostile.FILES, ids=lambda bad: bad.name)
def test_hostile_files(tmp_path: Path, bad: hostile.Hostile) -> None:
    """Each file of the corpus, beside a good one."""
    path = tmp_path / bad.name
    path.write_bytes(bad.content())
    (tmp_path / "zz.html").write_text(hostile.GOOD, "utf-8")

    reports, told = read(tmp_path)

    assert reports[-1].text.endswith(STORY[-1])
    if bad.told is None:
        assert len(reports) == 2
        assert told == []
        assert len(reports[0].view) == len(reports[0].text)
        assert "root:" not in reports[0].text
    elif bad.told != "no report to read":
        (line,) = told
        assert line.startswith(str(path))
        assert bad.told in line
        assert "\n" not in line


@pytest.mark.parametrize(("line", "message"), hostile.RECORDS, ids=[message for _, message in hostile.RECORDS])
def test_hostile_records(tmp_path: Path, line: str, message: str) -> None:
    """A record that cannot be read stops the whole before any work, with its place."""
    (tmp_path / "t.jsonl").write_text(line)

    with pytest.raises(InputError) as caught:
        read(tmp_path / "t.jsonl")

    assert message in str(caught.value)
    assert len(str(caught.value)) < 1000


@pytest.mark.parametrize("name", hostile.LISTED)
def test_hostile_manifest(tmp_path: Path, name: str) -> None:
    """A manifest leads to no file outside of its folder."""
    with pytest.raises(InputError) as caught:
        read(hostile.manifest(tmp_path, name))

    assert "manifest.jsonl:1: file: " in str(caught.value)
    assert "lies outside" in str(caught.value) or "does not exist" in str(caught.value)


# ---------------------------------------------------------------- limits of the process


def _hangs(part: Part) -> Page:
    """In place of a reader: one page never ends, one brings its process down, one takes all memory."""
    if b"hang" in part.data:
        time.sleep(600)
    if b"crash" in part.data:
        raise ZeroDivisionError
    if b"memory" in part.data:
        return Page("x" * 10**12)
    return Page(part.data.decode(), number=part.number)


def _serve(pipe: object, memory: int) -> None:
    """As the process does it, with the reader above."""
    apart._READERS = {**apart._READERS, "html": _hangs}
    apart._serve(pipe, memory)  # type: ignore[arg-type]


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReaderApart]:
    """A reader of few seconds, whose process reads with the reader above."""
    start = apart._context.Process

    def process(*, target: object, args: tuple[object, ...], daemon: bool) -> object:
        assert target is apart._serve
        return start(target=_serve, args=args, daemon=daemon)

    monkeypatch.setattr(apart._context, "Process", process)
    with ReaderApart(seconds=3) as made:
        yield made


def test_apart_loses_one_document(reader: ReaderApart) -> None:
    """Of an archive only the pages are lost that hang, crash or take all memory."""
    bodies = [b"first", b"hang", b"third", b"crash", b"memory", b"last"]
    archive = warc([(f"https://a.example/{body.decode()}", "text/html", body) for body in bodies])

    assert list(reader.read(Format.WARC, archive)) == [
        Page("first", number=1),
        Fault("reading it takes longer than 3 seconds", 2),
        Page("third", number=3),
        Fault("it brings its reader down", 4),
        Fault("reading it takes too much memory", 5),
        Page("last", number=6),
    ]


def test_apart_file_of_one_document(reader: ReaderApart) -> None:
    """A file of one document is told once, and the next is read."""
    assert list(reader.read(Format.HTML, b"hang")) == [Fault("reading it takes longer than 3 seconds")]
    assert list(reader.read(Format.HTML, b"next")) == [Page("next")]


def test_apart_left_in_the_middle(reader: ReaderApart) -> None:
    """Who stops reading an archive half way finds nothing of it in the next file."""
    archive = warc([(f"https://a.example/{n}", "text/html", b"page") for n in range(3)])
    pages = reader.read(Format.WARC, archive)
    next(pages)
    pages.close()  # type: ignore[attr-defined]

    assert list(reader.read(Format.HTML, b"next")) == [Page("next")]
