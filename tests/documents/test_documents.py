"""documents.py: which reports are read from files, folders and records, and what is said of those that are not."""

import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from conflict_kg.documents import make_report, read_reports
from conflict_kg.errors import InputError
from conflict_kg.model import Report


def read(*paths: str | Path, published: date | None = None) -> tuple[list[Report], list[str]]:
    """The reports under the paths and the warnings given on the way."""
    warnings: list[str] = []
    return list(read_reports(paths, published=published, warn=warnings.append)), warnings


def write(folder: Path, **files: str | bytes) -> Path:
    """Put text files of these names (without ending) into the folder."""
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.txt").write_bytes(data)
    return folder


def write_lines(path: Path, *records: object) -> Path:
    """Write a JSON Lines file; a string stands for a line as it is."""
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_read_reports_file(tmp_path: Path) -> None:
    """A text file is one report, called by its stem, with its bytes as they are."""
    write(tmp_path, alpha="The army left Alpha.\r\nRebels came.\r\n")

    (report,), warnings = read(tmp_path / "alpha.txt", published=date(2015, 5, 18))

    assert (report.id, report.text) == ("alpha", "The army left Alpha.\r\nRebels came.\r\n")
    assert (report.published, report.source) == (date(2015, 5, 18), str(tmp_path / "alpha.txt"))
    assert warnings == []


def test_read_reports_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark is not part of the text."""
    write(tmp_path, alpha=b"\xef\xbb\xbfThe army left.")

    (report,), _ = read(tmp_path / "alpha.txt")

    assert report.text == "The army left."


def test_read_reports_folder_is_sorted(tmp_path: Path) -> None:
    """A folder gives its text files by name, and nothing of what lies in folders below it."""
    write(tmp_path, b="Beta fell.", a="Alpha fell.", c="Gamma fell.")
    (tmp_path / "below").mkdir()
    write(tmp_path / "below", d="Delta fell.")
    (tmp_path / "notes.md").write_text("not a report")

    reports, warnings = read(tmp_path)

    assert [report.id for report in reports] == ["a", "b", "c"]
    assert warnings == []


def test_read_reports_manifest_first(tmp_path: Path) -> None:
    """What the manifest lists comes first, in its order; a file that it lacks is read and told."""
    write(tmp_path, a="Alpha fell.", b="Beta fell.", c="Gamma fell.")
    record = {"file": "c.txt", "title": "Gamma", "published": "2015-05-18", "publisher": "The Star", "url": None}
    write_lines(
        tmp_path / "manifest.jsonl", {**record, "language": "en", "published_basis": "x"}, "", {"file": "a.txt"}
    )

    reports, warnings = read(tmp_path, published=date(2020, 1, 1))

    assert [(report.id, report.published) for report in reports] == [
        ("c", date(2015, 5, 18)),
        ("a", date(2020, 1, 1)),
        ("b", date(2020, 1, 1)),
    ]
    first = reports[0]
    assert (first.title, first.publisher, first.url, first.language) == ("Gamma", "The Star", None, "en")
    assert len(warnings) == 1
    assert "b.txt" in warnings[0]


def test_read_reports_file_by_name_has_its_manifest(tmp_path: Path) -> None:
    """A file that is given by name is what the manifest beside it says; one that it lacks is read as it is."""
    write(tmp_path, a="Alpha fell.", b="Beta fell.")
    write_lines(tmp_path / "manifest.jsonl", {"file": "a.txt", "title": "Alpha", "published": "2015-05-18"})

    reports, warnings = read(tmp_path / "b.txt", tmp_path / "a.txt", published=date(2020, 1, 1))
    assert [(report.id, report.title, report.published) for report in reports] == [
        ("b", None, date(2020, 1, 1)),
        ("a", "Alpha", date(2015, 5, 18)),
    ]
    assert reports[1] == read(tmp_path)[0][0]
    assert warnings == []

    write_lines(tmp_path / "manifest.jsonl", {"file": "a.txt", "published": "soon"})
    with pytest.raises(InputError, match="published: 'soon' is not a date"):
        read(tmp_path / "b.txt")


def test_read_reports_records(tmp_path: Path) -> None:
    """A .jsonl file holds one report a line; a number may be its id."""
    path = write_lines(
        tmp_path / "reports.jsonl",
        {"id": "one", "text": "Alpha fell.", "published": "2015-05-18", "score": 3},
        {"id": 2, "text": "Beta fell.", "title": "Beta"},
    )

    (one, two), warnings = read(path)

    assert (one.id, one.published, one.source) == ("one", date(2015, 5, 18), f"{path}:1")
    assert (two.id, two.published, two.title) == ("2", None, "Beta")
    assert warnings == []


def test_read_reports_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dash is standard input, as plain text called stdin."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Alpha fell.\r\n")))

    (report,), _ = read("-")

    assert (report.id, report.text) == ("stdin", "Alpha fell.\r\n")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "{not json",
            "manifest.jsonl:2: is not JSON: Expecting property name enclosed in double quotes at character 2",
        ),
        ("[" * 100_000, "manifest.jsonl:2: is not JSON"),
        ("[1, 2]", "manifest.jsonl:2: is not a JSON object"),
        ({"title": "x"}, "manifest.jsonl:2: file: is missing"),
        ({"file": 7}, "manifest.jsonl:2: file: 7 is not a string"),
        ({"file": "b.txt"}, "manifest.jsonl:2: file: 'b.txt' does not exist"),
        ({"file": "b\0.txt"}, "manifest.jsonl:2: file: 'b\\x00.txt' does not exist"),
        ({"file": "b" * 5000}, "does not exist"),
        ({"file": "../outside.txt"}, "manifest.jsonl:2: file: '../outside.txt' lies outside"),
        ({"file": "link.txt"}, "manifest.jsonl:2: file: 'link.txt' lies outside"),
        ({"file": "a.txt"}, "manifest.jsonl:2: file: 'a.txt' is listed twice"),
        ({"file": "c.txt", "published": "18 May"}, "manifest.jsonl:2: published: '18 May' is not a date"),
        ({"file": "c.txt", "published": "2015-02-30"}, "manifest.jsonl:2: published: '2015-02-30' is not a date"),
        ({"file": "c.txt", "published": "20150203"}, "manifest.jsonl:2: published: '20150203' is not a date"),
        ({"file": "c.txt", "published": "2015-W05-3"}, "manifest.jsonl:2: published: '2015-W05-3' is not a date"),
        ({"file": "c.txt", "title": ["x"]}, 'manifest.jsonl:2: title: ["x"] is not a string'),
        ('{"file": "c.txt", "title": "\\ud800"}', "manifest.jsonl:2: title: holds half a character"),
    ],
)
def test_read_reports_broken_manifest(tmp_path: Path, line: object, message: str) -> None:
    """A broken line of a manifest is told with file, line, field and fault."""
    folder = tmp_path / "reports"
    folder.mkdir()
    write(tmp_path, outside="Omega fell.")
    write(folder, a="Alpha fell.", c="Gamma fell.")
    (folder / "link.txt").symlink_to(tmp_path / "outside.txt")
    write_lines(folder / "manifest.jsonl", {"file": "a.txt"}, line)

    with pytest.raises(InputError) as caught:
        read(folder)

    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"text": "Alpha fell."}, "reports.jsonl:1: id: is missing"),
        ({"id": True, "text": "Alpha fell."}, "reports.jsonl:1: id: true is not a string"),
        ({"id": "a"}, "reports.jsonl:1: text: is missing"),
        ({"id": "a", "text": 5}, "reports.jsonl:1: text: 5 is not a string"),
        ('{"id": "a", "text": "\\udc00"}', "reports.jsonl:1: text: holds half a character"),
        ({"id": "a", "text": "Alpha fell.", "published": "soon"}, "reports.jsonl:1: published: 'soon'"),
    ],
)
def test_read_reports_broken_record(tmp_path: Path, record: object, message: str) -> None:
    """A broken record is told with file, line, field and fault."""
    with pytest.raises(InputError) as caught:
        read(write_lines(tmp_path / "reports.jsonl", record))

    assert message in str(caught.value)


def test_read_reports_records_not_text(tmp_path: Path) -> None:
    """A .jsonl file that is not UTF-8 is told by name."""
    (tmp_path / "reports.jsonl").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(InputError, match=r"reports\.jsonl: is not UTF-8"):
        read(tmp_path / "reports.jsonl")


@pytest.mark.parametrize("name", ["missing", "missing.txt", "missing.jsonl", "x" * 5000, "nul\0"])
def test_read_reports_missing_path(tmp_path: Path, name: str) -> None:
    """A path that does not exist, or cannot, is an error that names it."""
    with pytest.raises(InputError, match="there is no such file or folder"):
        read(tmp_path / name)


def test_read_reports_empty_folder(tmp_path: Path) -> None:
    """A folder without reports is an error that names it."""
    with pytest.raises(InputError, match="there are no reports in it"):
        read(tmp_path)


def test_read_reports_no_paths() -> None:
    """Nothing to read at all is an error."""
    with pytest.raises(InputError, match="no report to read"):
        read()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xff\xfe bad", "not UTF-8"), (b"abc\0def", "NUL"), (b" \r\n\t", "empty"), (b"", "empty")],
)
def test_read_reports_skips_unreadable(tmp_path: Path, content: bytes, reason: str) -> None:
    """A document that is no text is told by name and left out; the others are read."""
    write(tmp_path, bad=content, good="Alpha fell.")

    reports, warnings = read(tmp_path)

    assert [report.id for report in reports] == ["good"]
    assert len(warnings) == 1
    assert "bad.txt" in warnings[0]
    assert reason in warnings[0]


@pytest.mark.parametrize("within_a_folder", [False, True])
def test_read_reports_skips_names_that_are_not_text(tmp_path: Path, *, within_a_folder: bool) -> None:
    """A file whose name is not UTF-8 is told with its bytes escaped; the others are read."""
    write(tmp_path, good="Alpha fell.")
    bad = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.txt"))
    bad.write_text("Beta fell.")

    reports, (warning,) = read(*([tmp_path] if within_a_folder else [bad, tmp_path / "good.txt"]))

    assert [report.id for report in reports] == ["good"]
    assert warning.endswith("/\\udcff\\udcfe.txt': left out, its name is not UTF-8 text")


def test_read_reports_skips_links_out_of_the_folder(tmp_path: Path) -> None:
    """A link within the folder is followed, one that leads outside is told and left out."""
    folder = tmp_path / "reports"
    folder.mkdir()
    write(tmp_path, outside="Omega fell.")
    (folder / "alpha").write_text("Alpha fell.")
    (folder / "in.txt").symlink_to("alpha")
    (folder / "out.txt").symlink_to("../outside.txt")

    reports, (warning,) = read(folder)

    assert [report.id for report in reports] == ["in"]
    assert warning == f"{folder / 'out.txt'}: left out, it links to a file outside of the folder"


def test_read_reports_nothing_left(tmp_path: Path) -> None:
    """Where every document is unreadable, that is an error after the warnings."""
    write(tmp_path, bad=b"\xff")
    warnings: list[str] = []

    with pytest.raises(InputError, match="no report to read"):
        list(read_reports([tmp_path], warn=warnings.append))

    assert len(warnings) == 1


def test_read_reports_same_id(tmp_path: Path) -> None:
    """Two reports with one id are an error that names both."""
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, a=f"Alpha fell in the {name}.")

    with pytest.raises(InputError) as caught:
        read(tmp_path / "north", tmp_path / "south")

    assert str(tmp_path / "north" / "a.txt") in str(caught.value)
    assert str(tmp_path / "south" / "a.txt") in str(caught.value)


def test_read_reports_same_text(tmp_path: Path) -> None:
    """Of two reports with the same text the first is kept."""
    write(tmp_path, a="Alpha fell.", b="Alpha fell.")

    reports, warnings = read(tmp_path)

    assert [report.id for report in reports] == ["a"]
    assert len(warnings) == 1
    assert "b.txt" in warnings[0]
    assert "a.txt" in warnings[0]


def test_read_reports_record_named_stdin(tmp_path: Path) -> None:
    """A record may be called as standard input is."""
    (report,), _ = read(write_lines(tmp_path / "reports.jsonl", {"id": "stdin", "text": "Alpha fell."}))

    assert report.text == "Alpha fell."


def test_read_reports_seeds(seeds: Path) -> None:
    """The five seed reports are read with the dates of their manifest, without a warning."""
    reports, warnings = read(seeds)

    assert [(report.id[:3], report.published) for report in reports] == [
        ("000", date(2015, 5, 18)),
        ("001", date(2015, 5, 18)),
        ("002", date(2015, 5, 26)),
        ("003", date(2015, 12, 28)),
        ("004", date(2015, 5, 18)),
    ]
    assert warnings == []


def test_make_report_takes_date_from_text() -> None:
    """A full date at the head of a text is its publication date unless another is given."""
    text = "KYIV, Feb 17, 2024 - The army has left the town."

    assert make_report(text, id="a").published == date(2024, 2, 17)
    assert make_report(text, id="a", published=date(2024, 2, 18)).published == date(2024, 2, 18)


@pytest.mark.parametrize("backwards", [False, True])
def test_read_reports_order_of_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, backwards: bool) -> None:
    """The order in which a file system lists its files makes no difference."""
    write(tmp_path, a="Alpha fell.", b="Beta fell.", c="Gamma fell.")
    files = sorted(tmp_path.iterdir(), reverse=backwards)
    monkeypatch.setattr(Path, "glob", lambda _folder, _pattern: iter(files))

    reports, _ = read(tmp_path)

    assert [report.id for report in reports] == ["a", "b", "c"]
