from dataclasses import replace
from pathlib import Path

import pytest
import samples

from conflict_kg.store import texts


@pytest.fixture(name="build")
def _build(tmp_path: Path) -> Path:
    """A folder with the texts of the samples."""
    reports = [reading.report for reading in samples.readings()]
    (tmp_path / texts.FILE).write_text(texts.lines(reports), encoding="utf-8", newline="")
    return tmp_path


def test_texts_are_found_as_they_were(build: Path) -> None:
    """To the character, in whatever order they came."""
    for reading in samples.readings():
        assert texts.find(build, reading.report.id) == reading.report.text
    reports = [reading.report for reading in samples.readings()]
    assert texts.lines(reports) == texts.lines(reversed(reports))


def test_texts_that_are_not_there_are_none(build: Path, tmp_path: Path) -> None:
    """A name that is the beginning of another's, a folder without the file."""
    assert texts.find(build, samples.FALL.id[:-1]) is None
    (build / texts.FILE).unlink()
    assert texts.find(tmp_path, samples.FALL.id) is None


def test_texts_keep_every_character_on_its_line(tmp_path: Path) -> None:
    """Line ends of other alphabets, marks of direction, what lies beyond the first plane, quotation marks in a name."""
    strange = '\ufeffa\r\nb\u2028c\u0085d\x0b\u202e😀 "}\n'
    reports = [replace(samples.FALL, id=id, text=strange + id) for id in ('a"b', "a", "ü/😀")]
    content = texts.lines(reports)
    (tmp_path / texts.FILE).write_text(content, encoding="utf-8", newline="")

    assert len(content.splitlines()) == 3
    assert [texts.find(tmp_path, report.id) for report in reports] == [report.text for report in reports]
