"""From a node of the graph back to the sentences behind it."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

import pyoxigraph as ox
import pytest
import samples

from conflict_kg.errors import InputError
from conflict_kg.evidence.explain import Step, as_json, as_text, explain
from conflict_kg.graph import BASE, Names, quads
from conflict_kg.model import Holding

NAMES = Names(BASE)


@cache
def store() -> ox.Store:
    """The samples."""
    store = ox.Store()
    store.bulk_extend(quads(samples.readings(), samples.account()))
    return store


def steps(step: Step) -> list[Step]:
    """The step and all below it."""
    return [step, *(below for _, under in step.because for below in steps(under))]


def test_explain_walks_from_a_period_to_its_sentences() -> None:
    """The rule, the claims for and against, and the words of each are found."""
    step = explain(store(), NAMES.period("p-bazaar").value)
    assert (step.kind, step.rule) == ("control period", "winner holds")
    assert [how for how, _ in step.because] == ["supported by", "opposed by", "began with"]
    quotes = {below.sentence.quote for below in steps(step) if below.sentence}
    assert quotes == {samples.RETAKEN.passage.quote, samples.DENIED.passage.quote}


def test_explain_shows_the_chain_of_a_claim() -> None:
    """Speaker, relay, report and the statement that it was made in."""
    step = explain(store(), NAMES.claim(samples.KILLED.key).value)
    assert (step.according_to, step.relayed_by) == (("Tolan Meres",), ("Vesh Radio",))
    assert step.sentence is not None
    assert (step.sentence.document, step.sentence.publisher) == ("fall", "Meridian Wire")
    assert samples.FALL.text[step.sentence.start : step.sentence.end] == step.sentence.quote
    assert [(how, under.kind) for how, under in step.because] == [("stated in", "statement")]


@pytest.mark.parametrize(
    ("node", "says"),
    [
        ("period/p-front-2", "Qara Tepe held by Northern Front (confirmed), since 2031-03-04, last known 2031-03-04"),
        (
            "period/p-before",
            "Qara Tepe held by Federal Army of Arsavia (inferred), until 2031-03-04, last known 2031-03-03",
        ),
        ("change/c-fall", "Qara Tepe goes to Northern Front from Federal Army of Arsavia (confirmed), on 2031-03-04"),
        ("range/r-killed", "soldiers killed at Qara Tepe: low 40; origins: 1, between 2031-03-04 .. 2031-03-05"),
        (f"claim/{samples.BOMB.key}", "bombing at Old Bazaar (claimed), by car bomb"),
        (
            f"claim/{samples.FLED.key}",
            "About 12,000 people displaced at Qara Tepe, from ? .. 2031-03-20, until ? .. 2031-03-21",
        ),
    ],
)
def test_explain_says_each_kind_of_node_in_a_line(node: str, says: str) -> None:
    """What a node says is one line of English."""
    assert explain(store(), node).says == says


def test_explain_says_for_which_days_a_status_stands() -> None:
    """A siege is told with its days, beside those of the holding that it is a part of."""
    day, account = date(2031, 3, 20), samples.account()
    (front,) = (period for period in account.periods if period.id == "p-front-2")
    besieged = replace(front, status=Holding.BESIEGED, phase_since_earliest=day, phase_since_latest=day)
    small = ox.Store()
    small.extend(quads(samples.readings(), replace(account, periods=(besieged,))))

    assert explain(small, NAMES.period(front.id).value).says == (
        "Qara Tepe held by Northern Front (confirmed), since 2031-03-04 (besieged, since 2031-03-20), "
        "last known 2031-03-04"
    )


def test_explain_takes_the_beginning_of_an_id() -> None:
    """A few characters do where they are enough; where they are not, the candidates are listed."""
    assert explain(store(), f"claim/{samples.KILLED.key[:9]}").iri == NAMES.claim(samples.KILLED.key).value
    with pytest.raises(InputError, match="beginning of several: period/p-bazaar, period/p-before"):
        explain(store(), "period/p-b")
    with pytest.raises(InputError, match="nothing in the graph begins with"):
        explain(store(), "claim/zzz")


def test_explain_refuses_what_nothing_is_behind() -> None:
    """A place, an unknown node and a broken IRI are told apart."""
    with pytest.raises(InputError, match="is a Place"):
        explain(store(), NAMES.place(samples.QARA_TEPE.id).value)
    with pytest.raises(InputError, match="is not in the graph"):
        explain(store(), "https://x.example/none")
    with pytest.raises(InputError, match="is not an IRI"):
        explain(store(), "https://x.example/a b")


def test_explain_as_text_shows_each_node_once() -> None:
    """A claim that stands behind both a period and its change is only named the second time."""
    text = as_text(explain(store(), "period/p-front-2"), base=BASE)
    assert text.count(samples.CAPTURE.passage.quote) == 1
    assert f"claim/{samples.CAPTURE.key} (above)" in text
    assert "rule: control.seize" in text


def test_explain_as_json_can_be_written() -> None:
    """Nothing but JSON values, with the same sentences."""
    tree = json.loads(json.dumps(as_json(explain(store(), "range/r-killed"))))
    assert tree["because"][0]["how"] == "supported by"
    assert tree["because"][0]["sentence"]["quote"] == samples.KILLED.passage.quote
