"""Whatever is claimed, what is derived from it keeps to the shapes."""

from dataclasses import replace
from datetime import date

from account_claims import BLUES, PLACES, REDS, control, control_claims
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conflict_kg.account import derive
from conflict_kg.graph import quads
from conflict_kg.model import ControlClaim, Reading, Report, Section, SectionKind
from conflict_kg.validation import validate


def _reading(document: str, claims: list[ControlClaim]) -> Reading:
    """Claims as those of a report of three dozen letters, whose first few each of them rests on."""
    text = document * 36
    report = Report(document, text, text, (Section(SectionKind.BODY, 0, len(text), None),), published=date(2031, 2, 1))
    own = [
        replace(claim, passage=replace(claim.passage, start=0, end=9, quote=text[:9]), digest=report.digest)
        for claim in claims
    ]
    actors = {actor.id: actor for claim in own for actor in claim.actors()}
    distinct = {claim.key: claim for claim in own}
    return Reading(report, tuple(distinct.values()), tuple(PLACES.values()), tuple(actors.values()))


@settings(deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(control_claims(), min_size=1, max_size=9))
@example([control("capture", by=REDS, on="2031-02-01"), control("capture", by=BLUES, of=REDS, on="2031-02-01")])
def test_account_of_any_claims_keeps_to_the_shapes(claims: list[ControlClaim]) -> None:
    """Changes and periods that the account derives pass the checks that a build makes."""
    documents = sorted({claim.passage.document for claim in claims})
    readings = [_reading(name, [c for c in claims if c.passage.document == name]) for name in documents]
    account = derive([claim for reading in readings for claim in reading.claims], PLACES)
    derived = ("/change/", "/period/")
    broken = [v for v in validate(quads(readings, account)) if any(part in str(v.node) for part in derived)]
    assert broken == []
