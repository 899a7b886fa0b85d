"""The table of events: what a row is about, how it is coded, and that a spreadsheet can open it."""

import csv
import io
from dataclasses import replace
from datetime import date

import pyoxigraph as ox
import pytest
import samples
from account_claims import BLUES, GATE, PROVINCE, REDS, TOWN, clash, control

from conflict_kg.account import derive
from conflict_kg.exports.coding import date_precision, geo_precision, where_precision
from conflict_kg.exports.events import COLUMNS, Row, rows, safe, write
from conflict_kg.graph import quads
from conflict_kg.model import Actor, Claim, Count, Extent, Place, PlaceKind, Reading, Report

POSITIONED = replace(TOWN, latitude=-12.5, longitude=40.25, country="XA")


def table(*claims: Claim, places: tuple[Place, ...] = (POSITIONED, GATE, PROVINCE)) -> list[Row]:
    """The events of claims, each document of which is a report of its own."""
    names = sorted({claim.passage.document for claim in claims})
    readings = []
    for name in names:
        told = tuple(claim for claim in claims if claim.passage.document == name)
        actors = tuple({actor.id: actor for claim in told for actor in claim.actors()}.values())
        report = Report(name, name, name, (), published=told[0].published, publisher=f"Paper {name}")
        readings.append(Reading(report, told, places, actors))
    store = ox.Store()
    store.extend(quads(readings, derive(claims, {place.id: place for place in places})))
    return rows(store)


def fight(doc: str, on: str | tuple[str | None, str | None] | None, *sides: Actor, where: Place = POSITIONED) -> Claim:
    """A clash that a report of 30 June tells of."""
    return clash(where, sides or (REDS, BLUES), on=on, doc=doc)


def test_events_change_of_control() -> None:
    """A change is one row with who won and lost, when, where, its classes, who says so and who not."""
    taken = control("capture", POSITIONED, by=REDS, of=BLUES, on="2031-05-17", doc="a")
    again = control("capture", POSITIONED, by=REDS, on="2031-05-17", doc="b", quote="- Reds take the town")
    denied = control("capture", POSITIONED, by=REDS, on="2031-05-17", doc="c", says=BLUES, status="denied")

    (row,) = table(taken, again, denied)

    assert (row["event"], row["basis"], row["side_a"], row["side_b"]) == ("capture", "confirmed", "reds", "blues")
    assert (row["date_start"], row["date_end"], row["ucdp_date_prec"]) == ("2031-05-17", "2031-05-17", "1")
    assert (row["latitude"], row["longitude"], row["ucdp_where_prec"]) == ("-12.5", "40.25", "1")
    assert row["acled_sub_event_type"] == "Non-state actor overtakes territory"
    assert row["ucdp_type_of_violence"] == "2 non-state"
    assert (row["number_of_sources"], row["source_office"]) == ("2", "Paper a; Paper b")
    assert (row["source_article"], row["claims_against"]) == ("a; b", "1")
    assert set(row) == set(COLUMNS)


def test_events_join_claims_of_one_incident() -> None:
    """Same kind, place, day and sides are one row; another day, other sides, or no day at all make others."""
    joined = table(fight("a", "2031-06-09"), fight("b", "2031-06-09"))
    apart = table(fight("a", "2031-06-09"), fight("b", "2031-06-10"), fight("c", "2031-06-09", REDS))
    undated = table(fight("a", None), fight("b", None))

    assert [row["source_article"] for row in joined] == ["a; b"]
    assert len(apart) == 3
    assert [(row["date_start"], row["date_end"], row["ucdp_date_prec"]) for row in undated] == [
        ("", "2031-06-30", "")
    ] * 2


def test_events_leave_out_what_did_not_happen() -> None:
    """Plans, denials and failures are no events."""
    told = [clash(TOWN, (REDS, BLUES), on="2031-06-09", doc=status, status=status) for status in ("planned", "denied")]

    assert table(*told) == []


def test_events_ids_depend_on_what_happened() -> None:
    """Another report of the same fight leaves its id as it is; the base of the IRIs plays no part."""
    (alone,), (more,) = table(fight("a", "2031-06-09")), table(fight("a", "2031-06-09"), fight("b", "2031-06-09"))

    assert alone["event_id"] == more["event_id"]


def test_events_where() -> None:
    """A part has the coordinates of its town; near a place is less exact; a place without any has none."""
    part, near, nowhere = (
        table(told)[0]
        for told in (
            fight("a", "2031-06-09", where=GATE),
            replace(clash(POSITIONED, (REDS, BLUES), on="2031-06-09"), near=True),
            fight("a", "2031-06-09", where=PROVINCE),
        )
    )

    assert (part["latitude"], part["ucdp_where_prec"], part["acled_geo_precision"]) == ("-12.5", "2", "1")
    assert (near["near"], near["ucdp_where_prec"], near["acled_geo_precision"]) == ("true", "2", "2")
    assert (nowhere["latitude"], nowhere["ucdp_where_prec"]) == ("", "")


def test_events_fatalities_come_from_the_ranges() -> None:
    """Figures of the dead that stand with an incident: the largest range, the others beside it, nothing added up."""
    quote = samples.BOMB.passage
    dead = replace(
        samples.KILLED, passage=quote, digest=samples.BOMB.digest, victims="soldiers", count=Count("5", best=5)
    )
    guards = replace(dead, victims="police officers", count=Count("at least 12", low=12))
    bomb = replace(samples.BOMB, casualties=(dead.key, guards.key))

    (row,) = table(bomb, dead, guards, places=(samples.BAZAAR, samples.QARA_TEPE, samples.VESH, samples.ARSAVIA))

    assert (row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]) == ("12", "12", "")
    assert (row["fatalities_of"], row["other_fatalities"]) == ("police", "soldiers 5/5/5")


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\n-1", "＝1"])
def test_events_are_no_formulas(words: str) -> None:
    """Words of a report that begin like a formula are kept from being one, and stay on their line."""
    store = ox.Store()
    claim = replace(fight("a", "2031-06-09"), passage=replace(fight("a", "2031-06-09").passage, quote=words + "\nx"))
    report = Report("a", "a", "a", (), published=date(2031, 6, 30), publisher=words)
    store.extend(quads([Reading(report, (claim,), (POSITIONED,), (REDS, BLUES))], derive([claim], {})))

    header, line = csv.reader(io.StringIO(write(store, "csv").decode()))
    row = dict(zip(header, line, strict=True))

    assert row["notes"].startswith("'")
    assert row["source_office"].startswith("'")
    assert row["latitude"] == "-12.5"
    assert safe("Reds") == "Reds"


def test_events_precision() -> None:
    """The codes of UCDP and ACLED for days and places."""
    first = date(2031, 5, 1)
    spans = [date_precision(first, date(2031, *last)) for last in ((5, 1), (5, 3), (5, 7), (5, 20), (9, 1))]
    assert spans == [("1", "1"), ("2", "2"), ("3", "2"), ("4", "3"), ("5", "")]
    assert date_precision(first, date(2033, 1, 1)) == date_precision(None, first) == ("", "")
    places = [(PlaceKind.AREA, 2), (PlaceKind.AREA, 1), (PlaceKind.AREA, 0), (PlaceKind.COUNTRY, 0)]
    assert [where_precision(*place, exact=True) for place in places] == ["3", "4", "5", "6"]
    assert {geo_precision(*place, exact=True) for place in places} == {"3"}


def test_events_partial_capture_is_a_clash_to_acled() -> None:
    """Who takes a part of a place only has not overtaken territory."""
    (row,) = table(replace(control("capture", POSITIONED, by=REDS, of=BLUES, on="2031-05-17"), extent=Extent.PARTIAL))

    assert row["acled_sub_event_type"] == "Armed clash"
