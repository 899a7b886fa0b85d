"""How fast the graph answers who controlled a place, on a store of many claims, beside rdflib on the same graph.

    python bench/asking.py [CLAIMS [RDFLIB_CLAIMS]]

The claims are synthetic (bench/synthetic.py), one a report. The account is derived from all of them, everything is
written as quads into a store on the disk, and the shipped question is put to it, opened for reading only, for places
and days drawn by chance, each once: by name as ``ask`` does it, and as bare SPARQL. rdflib gets the graph of
RDFLIB_CLAIMS claims in memory (10,000 unless told), since it cannot hold more in reasonable time, and the store that
it is compared with too.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

import pyoxigraph as ox
import rdflib

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.synthetic import FIRST, busy_war
from conflict_kg import answers, graph
from conflict_kg.account import derive
from conflict_kg.asking import every
from conflict_kg.binding import Question
from conflict_kg.model import Account, Actor, ActorKind, ControlClaim, Reading, Report

QUESTIONS = 300
"""How many places and days the store is asked about; rdflib gets the first of them."""
OF_RDFLIB = 5
BATCH = 5000
"""So many reports, and then so many changes and periods, are written at a time."""


def main(arguments: Sequence[str]) -> None:
    """Builds the two stores and prints milliseconds of processor time: the median and the slowest of a hundred."""
    claims, small = [*map(int, arguments), *(100_000, 10_000)[len(arguments) :]]
    question = every([])["who-controlled"]
    with tempfile.TemporaryDirectory() as folder:
        theirs = _ask_both(Path(folder, "small"), small, question)
        ours = _ask(Path(folder, "large"), claims, question)
    print(f"rdflib on {small} claims takes {theirs / ours:,.0f} times as long as the store on {claims}")


def _ask_both(folder: Path, claims: int, question: Question) -> float:
    _ask(folder, claims, question)
    store = ox.Store.read_only(str(folder))
    whole = rdflib.Dataset(default_union=True)
    whole.parse(BytesIO(store.dump(format=ox.RdfFormat.N_QUADS)), format="nquads")
    queries = [_bound(store, question, asked) for asked in islice(_asked(claims), OF_RDFLIB)]
    times = _timed([lambda query=query: list(whole.query(query)) for query in queries])
    print(f"{claims:8d} claims, {len(whole):9d} triples, rdflib: {_told(times)}", flush=True)
    return median(times)


def _ask(folder: Path, claims: int, question: Question) -> float:
    start = time.perf_counter()
    size = build(folder, claims)
    print(f"{claims:8d} claims, {size:9d} quads written in {time.perf_counter() - start:.0f} s", flush=True)
    store = ox.Store.read_only(str(folder))
    by_name = _timed(
        [lambda asked=asked: answers.answer(store, question, asked, warn=print) for asked in _asked(claims)]
    )
    queries = [_bound(store, question, asked) for asked in _asked(claims, seed=2)]
    bare = _timed([lambda query=query: list(store.query(query, use_default_graph_as_union=True)) for query in queries])
    print(f"{claims:8d} claims, by name: {_told(by_name)}; as SPARQL: {_told(bare)}", flush=True)
    return median(bare)


def _asked(claims: int, seed: int = 1) -> Iterator[dict[str, str | None]]:
    """Arguments of the question, places with many claims as often as those with few."""
    random = Random(seed)
    for _ in range(QUESTIONS):
        place = random.randrange(max(2, claims // 60))
        day = FIRST + random.randrange(1500) * timedelta(days=1)
        yield {"place": f"town-{place}", "date": day.isoformat()}


def _bound(store: ox.Store, question: Question, asked: dict[str, str | None]) -> str:
    return answers.prepare(store, question, asked, warn=print)[0]


def _timed(calls: Sequence[Callable[[], object]]) -> list[float]:
    times = []
    for call in calls:
        start = time.process_time()
        call()
        times.append(1000 * (time.process_time() - start))
    return times


def _told(times: list[float]) -> str:
    return f"p50 {median(times):.1f} ms, p99 {sorted(times)[int(0.99 * len(times))]:.1f} ms"


# ---------------------------------------------------------------- the store


def build(folder: Path, size: int) -> int:
    """Writes the graph of so many claims into a store; how many quads it has."""
    happened, claims = busy_war(1, size)
    account = derive(claims, happened.places, jobs=2)
    store = ox.Store(str(folder))
    nothing = Account((), (), ())
    for some in _batches(claims):
        store.bulk_extend(graph.quads([reading(claim) for claim in some], nothing))
    for changes in _batches(account.changes):
        store.bulk_extend(graph.quads([], Account(tuple(changes), (), ())))
    for periods in _batches(account.periods):
        store.bulk_extend(graph.quads([], Account((), tuple(periods), ())))
    store.optimize()
    store.flush()
    return len(store)


def _batches(told: Sequence[object]) -> Iterator[Sequence[object]]:
    for start in range(0, len(told), BATCH):
        yield told[start : start + BATCH]


def reading(claim: ControlClaim) -> Reading:
    """The reading of a report that tells of nothing else."""
    id = claim.passage.document
    report = Report(id, id, id, (), published=claim.published, publisher=f"outlet {sum(map(ord, id)) % 40}")
    sides = [
        Actor(actor.party, actor.party, actor.party, ActorKind.GOVERNMENT, party=actor.party)
        for actor in claim.actors()
    ]
    return Reading(report, (claim,), (claim.place,), tuple({*claim.actors(), *sides}))


if __name__ == "__main__":
    main(sys.argv[1:])
