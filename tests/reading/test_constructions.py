"""The ways in which English says that a place is taken, held, left, besieged or fought for, one sentence each.

tests/gold/constructions.tsv has a sentence a line with the one control record that is right: ids of winner and loser
("-": none, or no actor of the lexicon; "?": whoever is presumed to have lost). Each stands behind an opening that names
the war, as in a report.
"""

import csv
from pathlib import Path

import pytest
from reading.docs import reading

from conflict_kg.records import record

FILE = Path(__file__).parents[1] / "gold" / "constructions.tsv"
with FILE.open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))
OPENINGS = {
    "Goma": "Fighting has gone on for weeks in the province of North Kivu between the army of the Democratic Republic "
    "of Congo and M23 rebels. People in Goma are afraid.",
    "Kunduz": "Fighting has gone on for weeks in northern Afghanistan between the Afghan army and the Taliban. People "
    "in Kunduz are afraid.",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_construction_gives_its_claim(case: dict[str, str]) -> None:
    """One record, with the kind, the status, the extent, the parties and the place that the sentence tells."""
    found = [record(claim) for claim in reading(f"{OPENINGS[case['war']]}\n\n{case['text']}\n", None).claims]
    told = [one for one in found if one["type"] == "control"]
    assert [(one["kind"], one["status"], one["extent"], one["place"]) for one in told] == [
        (case["kind"], case["status"], case["extent"], case["place"])
    ]
    assert (told[0]["winner_id"] or "-") == case["winner"]
    assert case["loser"] in {"?", told[0]["loser_id"] or "-"}
