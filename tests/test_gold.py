"""Short texts from many wars, each with the claims that are right, whatever the reader makes of them today.

tests/gold/sentences.jsonl has one text a line: ``text``, ``published`` and ``claims``, each with the fields of a claim
record that matter; case and a leading article make no difference. Besides those, ``begin`` is [begin_earliest,
begin_latest], and a field that ends in ``_in`` lists all values that are right. Control claims must be exactly those
expected; so must casualties where any is expected; other types may hold more. ``xfail`` says why a text is not read
rightly yet; that it is now must be noticed.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from reading.docs import reading

from conflict_kg.records import record

FILE = Path(__file__).parent / "gold" / "sentences.jsonl"
CASES: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
FIELDS = {"id", "class", "war", "published", "text", "claims", "xfail"}


def _marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=f"{case['class']}-{case['id']}", marks=marks)


def found_in(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The records that the reader makes of a case's text."""
    claims = reading(case["text"], case["published"]).claims
    return [_with_begin(record(claim)) for claim in claims]


def _with_begin(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "begin": [one["begin_earliest"], one["begin_latest"]]} if "begin_earliest" in one else one


def _plain(value: Any) -> Any:
    """A name without case and leading article; lists item by item."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return re.sub(r"^(the|a|an) ", "", value.casefold()) if isinstance(value, str) else value


def _fits(expected: dict[str, Any], one: dict[str, Any]) -> bool:
    for field, value in expected.items():
        right = value if field.endswith("_in") else [value]
        name = field.removesuffix("_in")
        if name not in one or _plain(one[name]) not in _plain(right):
            return False
    return True


def misread(case: dict[str, Any], found: list[dict[str, Any]]) -> list[str]:
    """What is missing from the records found and what is too much, a line each."""
    closed = {"control"} | {claim["type"] for claim in case["claims"]} & {"casualty"}
    left = list(found)
    wrong = []
    for expected in case["claims"]:
        match = next((one for one in left if _fits(expected, one)), None)
        if match is None:
            wrong.append(f"missing: {json.dumps(expected, ensure_ascii=False)}")
        else:
            left.remove(match)
    return wrong + [f"too much: {json.dumps(one, ensure_ascii=False)}" for one in left if one["type"] in closed]


@pytest.mark.parametrize("case", [_marked(case) for case in CASES])
def test_gold_sentence_gives_its_claims(case: dict[str, Any]) -> None:
    """Each text gives the claims that a careful reader would write down, and no control claim besides."""
    wrong = misread(case, found_in(case))
    assert not wrong, "\n".join([case["text"], *wrong])


def test_gold_file_is_wide_and_well_formed() -> None:
    """At least 100 texts from 10 wars, every status, kind and harm among them; ids are unique, fields known."""
    claims = [claim for case in CASES for claim in case["claims"]]

    def values(field: str) -> set[str]:
        several = {value for claim in claims for value in claim.get(f"{field}_in", ())}
        return {claim[field] for claim in claims if field in claim} | several

    assert len(CASES) >= 100
    assert len({case["war"] for case in CASES}) >= 10
    assert len({case["id"] for case in CASES}) == len(CASES)
    assert all(case.keys() <= FIELDS for case in CASES)
    assert values("status") == {"asserted", "claimed", "denied", "failed", "planned", "expected"}
    kinds = {"capture", "recapture", "partial_capture", "withdrawal", "loss", "siege", "handover", "holds"}
    assert values("kind") == kinds
    assert values("harm") == {"killed", "wounded", "missing", "captured", "displaced"}
    assert {claim["direct"] for claim in claims if claim["type"] == "statement"} == {True, False}


def test_gold_check_notices_what_is_missing_and_what_is_too_much() -> None:
    """The check itself fails a reader that finds nothing, and one that invents a change."""
    expected = {"type": "control", "place": "Gao", "kind_in": ["capture", "loss"]}
    right = {"type": "control", "place": "Gao", "kind": "loss"}
    assert not misread({"claims": [expected]}, [right])
    assert len(misread({"claims": [expected]}, [])) == 1
    assert len(misread({"claims": []}, [right])) == 1
    assert len(misread({"claims": [expected]}, [{**right, "kind": "siege"}])) == 2
