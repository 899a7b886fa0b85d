"""The shipped questions, the samples that they are put to, and an argument for each of their parameters."""

from functools import cache

import pyoxigraph as ox
import samples

from conflict_kg.graph import BASE, Names, quads
from conflict_kg.questions import load
from conflict_kg.questions.binding import Question
from conflict_kg.reasoning import infer
from conflict_kg.resources import folder

NAMES = Names(BASE)
ARGUMENTS = {
    "place": "Qara Tepe",
    "date": "2031-03-21",
    "from": "2031-03-01",
    "to": "2031-03-31",
    "actor": "Northern Front",
    "speaker": "Arsavian government",
    "topic": "Qara Tepe",
    "claim": NAMES.claim(samples.KILLED.key).value,
    "node": NAMES.period(samples.account().periods[0].id).value,
    "containing": "qa",
}


@cache
def questions() -> dict[str, Question]:
    """The shipped questions."""
    return dict(load([folder("queries")]))


@cache
def store() -> ox.Store:
    """The samples, with what follows from them."""
    asserted = quads(samples.readings(), samples.account())
    store = ox.Store()
    store.bulk_extend([*asserted, *infer(asserted)])
    return store
