"""What counts as right, found, missed and restated, on an imaginary war."""

import json
from pathlib import Path
from typing import Any

import pytest

from conflict_kg.errors import InputError
from conflict_kg.evaluation import (
    Counts,
    Figure,
    Score,
    below,
    evaluate,
    found_in,
    in_all,
    read_floors,
    read_gold,
    show,
    unmatched,
)

TEXT = """The Red Column took Brenik on Saturday.

"Our men still hold the railway depot," Vana Toresk told Radio Sorvia.
At least 30 people were killed in the town.
"""
ENTRY = {
    "place": "Brenik",
    "winner": "Red Column",
    "loser": "Sorvian army",
    "kind": "capture",
    "status": "asserted",
    "when": "2031-04-12",
    "quote": "The Red Column\ntook Brenik",
}
RECORD = {
    "type": "control",
    "document": "fall",
    "start": 0,
    "end": 39,
    "quote": TEXT[:39],
    "place": "Brenik",
    "winner": "the Red Column",
    "loser": "Sorvian troops",
    "kind": "capture",
    "status": "claimed",
    "extent": "full",
    "begin_earliest": "2031-04-10",
    "begin_latest": "2031-04-12",
}
KILLED = {"kind": "killed", "count_min": 30, "count_max": None, "place": "Brenik", "attributed_to": "doctors"}
DEAD = {"type": "casualty", "document": "fall", "harm": "killed", "low": 30, "place": "Brenik", "count_text": "30"}
SAID = {"speaker": "Vana Toresk", "reported_by": "Radio Sorvia", "quote": "Our men still hold the railway depot"}
TOLD = {
    "type": "statement",
    "document": "fall",
    "speaker": "Toresk",
    "content": "Our men still hold the railway depot",
    "relayed_by": ["Radio Sorvia"],
}


def score(folder: Path, *records: dict[str, Any], **lists: Any) -> Score:
    """The score of one document."""
    (folder / "fall.json").write_text(json.dumps(lists), encoding="utf-8")
    (one,) = evaluate(read_gold(folder), found_in(records))
    return one


def counted(counts: Counts) -> tuple[int, int, int, int]:
    """Right, gold, found, restated."""
    return counts.right, counts.gold, counts.found, counts.restated


def test_control_is_right_though_not_exact(tmp_path: Path) -> None:
    """Claimed is of the class of asserted; exactly it is another status."""
    one = score(tmp_path, RECORD, control_changes=[ENTRY])
    assert counted(one.counts[Figure.CONTROL]) == (1, 1, 1, 0)
    assert counted(one.counts[Figure.CONTROL_EXACT]) == (0, 1, 1, 0)
    (slip,) = one.slips
    assert (slip.figure, slip.faults) == (Figure.CONTROL_EXACT, ("status",))


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, ()),
        ({"loser": None}, ("loser",)),
        ({"kind": "recapture"}, ("kind",)),
        ({"begin_earliest": None, "begin_latest": None}, ("time",)),
        ({"begin_earliest": "2031-04-04"}, ("time",)),
        ({"begin_earliest": "2031-04-13", "begin_latest": "2031-04-13"}, ("time",)),
        ({"begin_earliest": None, "begin_latest": "2031-04-12"}, ()),
    ],
)
def test_control_exact_asks_for_kind_parties_and_time(
    tmp_path: Path, changed: dict[str, Any], faults: tuple[str, ...]
) -> None:
    """Days that meet those of gold and reach no more than a week further are right."""
    one = score(tmp_path, {**RECORD, "status": "asserted", **changed}, control_changes=[ENTRY])
    assert one.counts[Figure.CONTROL].right == 1
    assert tuple(fault for slip in one.slips for fault in slip.faults) == faults


@pytest.mark.parametrize(
    "changed",
    [
        {"place": "Brenik railway depot"},
        {"status": "planned"},
        {"winner": "Blue Guard"},
        {"winner": None, "loser": None},
        {"kind": "holds"},
    ],
)
def test_control_of_another_place_class_or_party_is_wrong(tmp_path: Path, changed: dict[str, Any]) -> None:
    """It is missed and false at once."""
    one = score(tmp_path, {**RECORD, **changed}, control_changes=[ENTRY])
    assert [(slip.entry is None, slip.record is None) for slip in one.slips] == [(False, True), (True, False)]
    assert sum(one.counts[figure].found for figure in (Figure.CONTROL, Figure.HOLD)) == 1


def test_control_of_a_whole_stands_for_its_part_only_where_it_says_part(tmp_path: Path) -> None:
    """The extent of the record decides."""
    part = {**ENTRY, "place": "Brenik (railway depot)", "place_aliases": ["railway depot", "Brenik"]}
    assert score(tmp_path, RECORD, control_changes=[part]).counts[Figure.CONTROL].right == 0
    assert score(tmp_path, {**RECORD, "extent": "partial"}, control_changes=[part]).counts[Figure.CONTROL].right == 1
    assert score(tmp_path, {**RECORD, "place": "depot of railway"}, control_changes=[part]).counts[Figure.CONTROL].right


def test_records_that_say_the_same_count_once_and_restatements_neither_way(tmp_path: Path) -> None:
    """But a restatement counts as found in the exact figures."""
    again = {**RECORD, "start": 90, "quote": "again"}
    other = {**RECORD, "loser": None}
    one = score(tmp_path, RECORD, again, other, control_changes=[ENTRY])
    assert counted(one.counts[Figure.CONTROL]) == (1, 1, 1, 1)
    assert one.counts[Figure.CONTROL_EXACT].found == 2


def test_optional_entries_count_neither_way(tmp_path: Path) -> None:
    """Nor do the records that fit them."""
    optional = {**ENTRY, "optional": True}
    assert counted(score(tmp_path, RECORD, control_changes=[optional]).counts[Figure.CONTROL]) == (0, 0, 0, 0)
    assert counted(score(tmp_path, control_changes=[optional]).counts[Figure.CONTROL]) == (0, 0, 0, 0)
    both = score(tmp_path, RECORD, control_changes=[optional, ENTRY])
    assert counted(both.counts[Figure.CONTROL]) == (1, 1, 1, 0)


def test_lists_that_are_missing_are_not_judged(tmp_path: Path) -> None:
    """Those that are empty are."""
    assert score(tmp_path, RECORD, casualties=[]).counts[Figure.CONTROL].found == 0
    assert score(tmp_path, RECORD, control_changes=[]).counts[Figure.CONTROL].found == 1


def test_statement_and_chain(tmp_path: Path) -> None:
    """The relay counts among the statements that are found."""
    one = score(tmp_path, TOLD, statements=[SAID])
    assert counted(one.counts[Figure.STATEMENT]) == counted(one.counts[Figure.CHAIN]) == (1, 1, 1, 0)
    bare = score(tmp_path, {**TOLD, "relayed_by": []}, statements=[SAID])
    assert counted(bare.counts[Figure.CHAIN]) == (0, 1, 0, 0)
    assert [slip.faults for slip in bare.slips] == [("relay",)]
    other = score(tmp_path, {**TOLD, "speaker": "Ion Marsk"}, statements=[SAID])
    assert counted(other.counts[Figure.STATEMENT]) == (0, 1, 1, 0)


@pytest.mark.parametrize(
    ("changed", "right", "exact"),
    [
        ({"according_to": ["doctors"]}, 1, 1),
        ({}, 1, 0),
        ({"low": None, "best": 30, "place": "Orsk"}, 1, 0),
        ({"low": 29}, 0, 0),
        ({"low": None, "according_to": ["doctors"]}, 0, 0),
        ({"harm": "wounded"}, 0, 0),
    ],
)
def test_casualty_goes_by_harm_and_figure(tmp_path: Path, changed: dict[str, Any], right: int, exact: int) -> None:
    """Place and source make it exact."""
    counts = score(tmp_path, {**DEAD, **changed}, casualties=[KILLED]).counts
    assert (counts[Figure.CASUALTY].right, counts[Figure.CASUALTY_EXACT].right) == (right, exact)


def test_casualties_without_a_number_go_by_place_or_source(tmp_path: Path) -> None:
    """Where neither has one."""
    many = {**KILLED, "count_min": None}
    assert score(tmp_path, {**DEAD, "low": None}, casualties=[many]).counts[Figure.CASUALTY].right == 1
    elsewhere = {**DEAD, "low": None, "place": "Orsk"}
    assert score(tmp_path, elsewhere, casualties=[many]).counts[Figure.CASUALTY].right == 0


def test_actors_of_the_document_have_its_names(tmp_path: Path) -> None:
    """What gold lists together is one."""
    entry = {**ENTRY, "winner": "RC"}
    record = {**RECORD, "winner": "Column"}
    assert score(tmp_path, record, control_changes=[entry], actors=[]).counts[Figure.CONTROL].right == 0
    named = [{"name": "RC", "mentions": ["the Column"]}]
    assert score(tmp_path, record, control_changes=[entry], actors=named).counts[Figure.CONTROL].right == 1


# ---------------------------------------------------------------- what is shown


def test_table_has_the_line_and_the_words_of_each_slip(tmp_path: Path) -> None:
    """Of a missed entry those that gold quotes, whatever white space it has; no control character comes through."""
    one = score(
        tmp_path, {**DEAD, "start": 113, "quote": "people were\x1b[31m killed"}, control_changes=[ENTRY], casualties=[]
    )
    table = show([one], {"fall": TEXT}, "table")
    assert "1 document\n" in table
    assert "line 1, control, missed" in table
    assert "gold: Brenik, capture (asserted), winner Red Column, loser Sorvian army, 2031-04-12" in table
    assert "line 4, casualty, false" in table
    assert "\x1b" not in table
    assert "line" not in show([one], {}, "table").replace("Red Column", "")


def test_json_and_csv_have_every_document_and_all(tmp_path: Path) -> None:
    """The same figures in both."""
    one = score(tmp_path, RECORD, control_changes=[ENTRY])
    tree = json.loads(show([one, one], {"fall": TEXT}, "json"))
    assert tree["all"]["control"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "right": 2,
        "gold": 2,
        "found": 2,
        "restated": 0,
    }
    assert tree["slips"][0]["faults"] == ["status"]
    assert (tree["slips"][0]["line"], tree["slips"][0]["start"]) == (1, 0)
    lines = show([one, one], {}, "csv").splitlines()
    assert lines[0] == "document,figure,precision,recall,f1,right,gold,found,restated"
    assert len(lines) == 1 + 3 * len(Figure)
    assert lines[-7] == ",control,1.0,1.0,1.0,2,2,2,0"


def test_shares_of_nothing_are_zero(tmp_path: Path) -> None:
    """Nothing is divided by nothing."""
    one = score(tmp_path)
    assert in_all([one])[Figure.CONTROL] == Counts()
    assert (Counts().precision, Counts().recall, Counts().f1) == (0, 0, 0)
    assert in_all([])[Figure.HOLD] == Counts()


# ---------------------------------------------------------------- floors


def test_floors_compare_what_is_printed(tmp_path: Path) -> None:
    """Three digits."""
    entries = [ENTRY, {**ENTRY, "place": "Orsk"}, {**ENTRY, "place": "Larn"}]
    scores = [score(tmp_path, RECORD, {**RECORD, "place": "Orsk"}, control_changes=entries)]
    assert below(scores, read_floors(["control=0.8"])) == ()
    assert below(scores, read_floors(["control=0.801", "hold=0"])) == ("control: F1 is 0.800, below 0.801",)


@pytest.mark.parametrize("text", ["control", "control=", "controll=0.5", "control=1.5", "control=nan", "=0.5"])
def test_floors_that_are_none_are_told(text: str) -> None:
    """With what was given."""
    with pytest.raises(InputError) as raised:
        read_floors([text])
    assert str(raised.value).startswith(f"--floor {text}: ")


def test_unmatched_names_some_documents(tmp_path: Path) -> None:
    """On both sides."""
    score(tmp_path)
    told = list(unmatched(read_gold(tmp_path), ["a", "b", "c", "d", "e"]))
    assert told == [
        "gold without a report counts as missed: fall",
        "reports without gold are not judged: a, b, c and 2 more",
    ]
