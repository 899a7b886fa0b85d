"""Claim records: the fields, their order and their values."""

import json
from dataclasses import replace

import samples

from conflict_kg.model import Actor, ActorKind, Claim, ControlClaim, ControlKind, Figure, Status
from conflict_kg.records import lines, record, records

COMMON = ["type", "document", "start", "end", "quote", "published", "according_to", "relayed_by", "rule"]
DATES = ["begin_earliest", "begin_latest", "end_earliest", "end_latest", "time_text"]
FIELDS = {
    "mention": ["class", "name", "name_id", "kind", "reason", "latitude", "longitude"],
    "control": [
        *(
            "place",
            "place_id",
            "winner",
            "winner_id",
            "loser",
            "loser_id",
            "loser_presumed",
            "kind",
            "status",
            "extent",
        ),
        *DATES,
    ],
    "statement": ["speaker", "speaker_id", "speaker_role", "direct", "content", "said_on"],
    "casualty": [
        *("harm", "low", "best", "high", "count_text", "victims", "place", "place_id", "blamed"),
        *("included_in", "additional_to", *DATES),
    ],
    "incident": [
        *("incident", "agent", "agent_id", "target", "target_id", "place", "place_id", "near", "status", "means"),
        *DATES,
    ],
}


def claims() -> list[Claim]:
    """All claims of the samples."""
    return [claim for reading in samples.readings() for claim in reading.claims]


def test_record_has_the_fields_of_its_type() -> None:
    """Every record has the common fields and those of its type, in that order, and no others."""
    found = records(claims())
    assert {one["type"] for one in found} == set(FIELDS)
    for one in found:
        assert list(one) == COMMON + FIELDS[one["type"]]


def test_record_quotes_the_reports_own_characters() -> None:
    """Offsets are code points into the text as it came."""
    texts = {reading.report.id: reading.report.text for reading in samples.readings()}
    for one in records(claims()):
        assert texts[one["document"]][one["start"] : one["end"]] == one["quote"]


def test_record_of_a_control_claim() -> None:
    """Names are the report's own, ids stand only where linked, days are ISO dates."""
    found = record(samples.CAPTURE)
    assert (found["place"], found["place_id"]) == ("Qara Tepe", samples.QARA_TEPE.id)
    assert (found["winner"], found["winner_id"]) == ("Northern Front", "northern-front")
    assert (found["loser"], found["loser_id"]) == ("Federal Army", "federal-army")
    assert (found["kind"], found["status"], found["extent"]) == ("capture", "asserted", "full")
    assert (found["begin_earliest"], found["end_latest"], found["time_text"]) == ("2031-03-04", None, "on Tuesday")
    assert (found["published"], found["according_to"], found["relayed_by"]) == ("2031-03-05", [], [])
    assert record(samples.RETAKEN)["place_id"] is None


def test_record_of_a_casualty_claim_names_the_chain() -> None:
    """The origin and its relays are lists of names; unknown figures are null."""
    found = record(samples.KILLED)
    assert (found["according_to"], found["relayed_by"]) == (["Tolan Meres"], ["Vesh Radio"])
    assert (found["harm"], found["low"], found["best"], found["high"]) == ("killed", 40, None, None)
    assert (found["count_text"], found["victims"], found["blamed"]) == ("At least 40", "soldiers", "Northern Front")


def test_record_of_a_statement_and_an_incident() -> None:
    """A speaker who is not linked has no id; a target that is not named is null."""
    said, bomb = record(samples.SAID), record(samples.BOMB)
    assert (said["speaker"], said["speaker_id"], said["direct"]) == ("Tolan Meres", None, True)
    assert said["said_on"] is None
    assert (bomb["incident"], bomb["agent"], bomb["target"], bomb["place"]) == ("bombing", None, None, "Old Bazaar")


def test_record_joins_winners_and_ids() -> None:
    """Joint winners are one record; the ids are joined where all are linked, else null."""
    militia = Actor("hill-militia", "Hill Militia", "Hill Militia", ActorKind.ARMED_GROUP)
    joint = ControlClaim(
        passage=samples.CAPTURE.passage,
        digest=samples.CAPTURE.digest,
        published=None,
        rule="control.seize",
        place=samples.QARA_TEPE,
        winners=(samples.FRONT, samples.ARMY),
        losers=(samples.ARMY, militia),
        kind=ControlKind.CAPTURE,
        status=Status.CLAIMED,
    )
    found = record(joint)
    assert (found["winner"], found["winner_id"]) == (
        "Northern Front and Federal Army",
        "northern-front and federal-army",
    )
    assert (found["loser"], found["loser_id"]) == ("Federal Army and Hill Militia", None)
    assert not found["loser_presumed"]


def test_record_says_that_a_loser_is_only_presumed() -> None:
    """A loser that no sentence names is marked as such."""
    found = record(samples.EXPECTED)
    assert (found["loser"], found["loser_presumed"]) == ("Northern Front", True)


def test_records_are_sorted_however_the_claims_come() -> None:
    """By document, then start, then type; the same lines from any order."""
    assert lines(reversed(claims())) == lines(claims())
    found = [(one["document"], one["start"], one["type"]) for one in map(json.loads, lines(claims()).splitlines())]
    assert found == sorted(found)


def test_lines_are_lines_to_every_reader() -> None:
    """A character that some readers take for the end of a line is escaped; its value is the same."""
    content = "one\u0085two\u2028three\u2029four\x1cfive"
    (line,) = lines([replace(samples.SAID, content=content)]).splitlines()
    assert json.loads(line)["content"] == content


def test_records_point_to_the_figure_that_another_is_part_of() -> None:
    """By the start and end of its record, and its words."""
    claim = samples.KILLED
    other = Figure("0" * 20, claim.passage, "At least 40")
    found = record(replace(claim, included_in=other))
    assert found["included_in"] == {
        "start": claim.passage.start,
        "end": claim.passage.end,
        "count_text": "At least 40",
    }
    assert found["additional_to"] is None
