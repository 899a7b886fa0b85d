"""How fast the graph answers who controlled a place, on a store of many claims, beside rdflib on a smaller graph.

    python bench/asking.py [CLAIMS [COPIES]]
    python bench/asking.py questions FOLDER [NAME ...]

The claims (10,000 unless told) are synthetic (bench/synthetic.py), one a report. The account is derived from them, and
everything is written as quads into a store on the disk; then the shipped question is put to the store, opened for
reading only, for places and days drawn by chance, each once: by name as ``ask`` does it, and as bare SPARQL. rdflib
gets the same graph in memory, and the first of the same queries. With COPIES a second store gets the graph so many
times, each time with other places, reports and claims, and is asked too: so many wars of which each is reported alike.

With ``questions`` every stored question, or those named, is put to the graph that a build has written to a folder, each
with what it must be told and, where it takes one, with a place: the place and the actor most is said of, and days of
the middle of what is told. The time is that of ``ask --format json``, from names to text.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from conflict_kg import graph, reasoning
from conflict_kg.account import derive
from conflict_kg.commands.stored import every
from conflict_kg.model import Account, Actor, ActorKind, ControlClaim, Reading, Report
from conflict_kg.questions import answers
from conflict_kg.questions.binding import Question
from conflict_kg.questions.responses import respond
from conflict_kg.store import open_store
from conflict_kg.vocabulary import CKG, TYPE, term

QUESTIONS = 300
"""How many places and days the store is asked about; rdflib gets the first of them."""
OF_RDFLIB = 5
ROUNDS = 9
"""How often a question is asked at most, until all took ``ENOUGH`` milliseconds."""
ENOUGH = 3000
KINDS = ("place", "actor")
NARROWING = ("place", "containing")
PREFIX = f"PREFIX ckg: <{CKG}>"
OWN = re.compile(
    rb"(?<=/change/)|(?<=/claim/)|(?<=/document/)|(?<=/passage/)|(?<=/period/)|(?<=/place/)"
    rb'|(?<=/graph/)(?!account|inferred|ontology|reference)|(?<=")(?=town[- ])'
)
"""Where what a war has to itself begins, in IRIs and names: in front of it the war's number goes."""
BATCH = 5000
"""So many reports, and then so many changes and periods, are written at a time."""


def main(arguments: Sequence[str]) -> None:
    """Builds the stores and prints milliseconds of processor time: the median and the slowest of a hundred."""
    if arguments[:1] == ["questions"]:
        folder, *names = arguments[1:] or sys.exit(__doc__)
        print_questions(Path(folder), names)
        return
    claims, copies = [*map(int, arguments), *(10_000, 0)[len(arguments) :]]
    question = every([])["who-controlled"]
    with tempfile.TemporaryDirectory() as folder:
        store = ox.Store(f"{folder}/one")
        build(store, claims)
        one = _ask(store, f"{claims} claims", claims, question)
        quads = store.dump(format=ox.RdfFormat.N_QUADS)
        theirs = _ask_rdflib(quads, [_bound(store, question, asked) for asked in islice(_asked(claims), OF_RDFLIB)])
        print(f"rdflib takes {theirs / one:.0f} times as long", flush=True)
        if copies:
            del store
            large = ox.Store(f"{folder}/many")
            pieces = OWN.split(quads)
            for number in range(copies):
                large.bulk_load((b"war%d" % number).join(pieces), format=ox.RdfFormat.N_QUADS)
            large.optimize()
            many = _ask(large, f"{copies} times {claims} claims", claims, question, copies)
            print(f"rdflib on {claims} takes {theirs / many:.0f} times as long")


def _ask(store: ox.Store, name: str, claims: int, question: Question, copies: int = 0) -> float:
    by_name = [
        lambda asked=asked: answers.answer(store, question, asked, warn=print)
        for asked in _asked(claims, copies=copies)
    ]
    queries = [_bound(store, question, asked) for asked in _asked(claims, seed=2, copies=copies)]
    bare = [lambda query=query: list(store.query(query, use_default_graph_as_union=True)) for query in queries]
    named, times = _timed(by_name), _timed(bare)
    print(f"{name}, {len(store)} quads, by name: {_told(named)}; as SPARQL: {_told(times)}", flush=True)
    return median(times)


def _ask_rdflib(quads: bytes, queries: Sequence[str]) -> float:
    whole = rdflib.Dataset(default_union=True)
    whole.parse(BytesIO(quads), format="nquads")
    times = _timed([lambda query=query: list(whole.query(query)) for query in queries])
    print(f"rdflib: {_told(times)}", flush=True)
    return median(times)


def _asked(claims: int, seed: int = 1, copies: int = 0) -> Iterator[dict[str, str | None]]:
    """Arguments of the question, places with many claims as often as those with few."""
    random = Random(seed)
    for _ in range(QUESTIONS):
        place = random.randrange(max(2, claims // 60))
        day = FIRST + random.randrange(1500) * timedelta(days=1)
        war = f"war{random.randrange(copies)}" if copies else ""
        yield {"place": f"{war}town-{place}", "date": day.isoformat()}


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


# ---------------------------------------------------------------- every question


def print_questions(folder: Path, names: Sequence[str]) -> None:
    """A line for each question and set of arguments: the median of processor milliseconds, and bytes of the answer."""
    source = open_store(folder)
    print(f"{len(source)} triples\n| question | asked with | p50, ms | kB |\n|---|---|---|---|", flush=True)
    known = _known(source)
    for name, question in every([]).items():
        for asked in _sets(question, known) if not names or name in names else ():
            times, size = [], 0
            while len(times) < ROUNDS and sum(times) < ENOUGH:
                start = time.process_time()
                size = len(respond(source, question, asked, "json").text.encode())
                times.append(1000 * (time.process_time() - start))
            told = ", ".join(asked) or "nothing"
            print(f"| {name} | {told} | {median(times):.1f} | {size / 1000:.1f} |", flush=True)


def _known(source: ox.Store) -> dict[str, str]:
    """An argument for each parameter that a question must be told, from what the graph has most of."""
    asked = every([])["names"]
    place, actor = (answers.answer(source, asked, {"is": kind}, warn=print).rows[0]["name_id"] for kind in KINDS)
    query = f"{PREFIX} SELECT ?day WHERE {{ ?period a ckg:ControlPeriod ; ckg:lastKnown ?day }} ORDER BY ?day"
    days = [row["day"].value for row in source.query(query, use_default_graph_as_union=True)]
    first = [
        min(quad.subject.value for quad in source.quads_for_pattern(None, TYPE, term(kind)))
        for kind in ("ControlPeriod", "ControlClaim")
    ]
    middle, later = days[len(days) // 2], days[len(days) * 5 // 8]
    return {
        "place": str(place),
        "topic": str(place),
        "actor": str(actor),
        "speaker": str(actor),
        "date": middle,
        "from": middle,
        "to": later,
        "node": first[0],
        "claim": first[1],
        "containing": "a",
    }


def _sets(question: Question, known: Mapping[str, str]) -> Iterator[dict[str, str | None]]:
    """What a question is asked with: what it must be told; the same with a place, or with a letter of a name."""
    needed: dict[str, str | None] = {p.name: known[p.name] for p in question.parameters if p.required}
    yield needed
    yield from (needed | {p.name: known[p.name]} for p in question.parameters if p.name in NARROWING and not p.required)


# ---------------------------------------------------------------- the store


def build(store: ox.Store, size: int) -> None:
    """Writes the graph of so many claims into a store."""
    happened, claims = busy_war(1, size)
    account = derive(claims, happened.places, jobs=2)
    nothing = Account((), (), ())
    for some in _batches(claims):
        store.bulk_extend(graph.quads([reading(claim) for claim in some], nothing))
    for changes in _batches(account.changes):
        store.bulk_extend(graph.quads([], Account(tuple(changes), (), ())))
    for periods in _batches(account.periods):
        quads = graph.quads([], Account((), tuple(periods), ()))
        store.bulk_extend([*quads, *reasoning.infer(quads)])
    store.optimize()


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
