"""Gold that is read, and what is told of gold that cannot be."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conflict_kg.errors import InputError
from conflict_kg.evaluation import found_in, read_gold, read_records
from conflict_kg.model import ControlKind, Status

CONTROL = {"place": "Brenik", "winner": "Red Column", "kind": "capture", "status": "asserted", "when": "2031-02"}


def gold(folder: Path, **lists: Any) -> Path:
    """A folder with one document."""
    (folder / "fall.json").write_text(json.dumps(lists), encoding="utf-8")
    return folder


def test_gold_reads_the_example_of_the_page(root: Path, tmp_path: Path) -> None:
    """docs/evaluation.md shows a file that can be copied."""
    page = (root / "docs" / "evaluation.md").read_text(encoding="utf-8")
    (tmp_path / "fall-of-brenik.json").write_text(page.split("```json\n")[1].split("```")[0], encoding="utf-8")
    (document,) = read_gold(tmp_path)
    assert document.document == "fall-of-brenik"
    assert document.control is not None
    assert [entry.optional for entry in document.control] == [False, True]
    assert document.actors[0].every == ("Red Column", "RC", "the Column")


def test_gold_fields_have_defaults(tmp_path: Path) -> None:
    """A month is all of its days, and what is left out is open."""
    (document,) = read_gold(gold(tmp_path, control_changes=[{**CONTROL, "kind_alt": ["recapture"]}], casualties=[]))
    assert (document.statements, document.casualties) == (None, ())
    assert document.control is not None
    (entry,) = document.control
    assert entry.when == (date(2031, 2, 1), date(2031, 2, 28))
    assert entry.kinds == {ControlKind.CAPTURE, ControlKind.RECAPTURE}
    assert (entry.loser, entry.optional) == (None, False)
    assert entry.statuses == {Status.ASSERTED}


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({"place": None}, "place: null is not a text"),
        ({"plaice": "x"}, 'unknown field "plaice"'),
        ({"kind": "seized"}, 'kind: "seized" is not one of capture, '),
        ({"kind_alt": ["capture", "seized"]}, "kind_alt: "),
        ({"status": 3}, "status: 3 is not one of asserted"),
        ({"when": "2031-02-30"}, 'when: "2031-02-30" is not a day in the calendar'),
        ({"when": "May 2031"}, 'when: "May 2031" is not a day, month or year'),
        ({"when": "0000"}, 'when: "0000" is not a day in the calendar'),
        ({"winner": ["Red Column"]}, "winner: "),
        ({"winner_aliases": "rebels"}, "winner_aliases: "),
        ({"optional": "yes"}, "optional: "),
    ],
)
def test_gold_tells_file_and_place_of_what_is_wrong(tmp_path: Path, entry: dict[str, Any], told: str) -> None:
    """In one line."""
    with pytest.raises(InputError) as raised:
        read_gold(gold(tmp_path, control_changes=[CONTROL, {**CONTROL, **entry}]))
    assert str(raised.value).startswith(f"{tmp_path / 'fall.json'}: control_changes[1]: {told}")
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ({"control_change": []}, 'unknown field "control_change"'),
        ({"control_changes": {}}, "control_changes: {} is not a list"),
        ({"casualties": [4]}, "casualties[0]: is not an object"),
        ({"casualties": [{"kind": "killed", "count_min": -1}]}, "casualties[0]: count_min: -1 is not a whole number"),
        ({"casualties": [{"kind": "killed", "count_min": True}]}, "casualties[0]: count_min: true is not"),
        ({"statements": [{"speaker": "Vana Toresk"}]}, "statements[0]: quote is missing; it must be a text"),
        ({"actors": [{"mentions": []}]}, "actors[0]: name is missing"),
    ],
)
def test_gold_tells_what_is_wrong_with_its_lists(tmp_path: Path, lists: dict[str, Any], told: str) -> None:
    """The same for the other kinds."""
    with pytest.raises(InputError) as raised:
        read_gold(gold(tmp_path, **lists))
    assert str(raised.value).startswith(f"{tmp_path / 'fall.json'}: {told}")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"control_changes": [\n', "fall.json:2: not JSON ("),
        (b"\xff\xfe", "fall.json: not UTF-8 text ("),
        (b"[]", "fall.json: is not an object"),
        (b"[" * 100_000, "fall.json: not JSON that can be read ("),
    ],
)
def test_gold_that_is_no_json_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    """With the line, where there are several."""
    (tmp_path / "fall.json").write_bytes(content)
    with pytest.raises(InputError) as raised:
        read_gold(tmp_path)
    assert str(raised.value).startswith(f"{tmp_path}/{told}")


def test_gold_needs_a_folder_with_files(tmp_path: Path) -> None:
    """And says which."""
    with pytest.raises(InputError, match=r"has no \.json files"):
        read_gold(tmp_path)
    with pytest.raises(InputError, match="is not a folder"):
        read_gold(tmp_path / "absent")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "2: not JSON ("),
        ('{"type": "casualty"}', "2: document is missing"),
        ('{"document": "a"}', "2: type is missing"),
        ('{"document": "a", "type": "control", "kind": "taken"}', '2: kind: "taken" is not one of'),
        ('{"document": "a", "type": "casualty", "harm": "killed", "low": "ten"}', '2: low: "ten" is not a whole'),
        ('{"document": "a", "type": "casualty", "harm": "killed", "according_to": "police"}', "2: according_to: "),
        (
            '{"document": "a", "type": "control", "kind": "loss", "status": "denied", "begin_latest": "2031-02"}',
            '2: begin_latest: "2031-02" is not a day',
        ),
    ],
)
def test_records_tell_file_and_line_of_what_is_wrong(tmp_path: Path, line: str, told: str) -> None:
    """Lines count from 1, empty ones too."""
    path = tmp_path / "claims.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        found_in(read_records(path))
    assert str(raised.value).startswith(f"{path}:{told}")
