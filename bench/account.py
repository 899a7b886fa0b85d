"""How right the account is about synthetic wars with a known truth, beside two simple rules, and what it costs.

python bench/account.py accuracy [WARS]             place-days right, wrong and left open, by level of noise
python bench/account.py cost [JOBS [CLAIMS ...]]    seconds and peak memory, with and without one hot place
"""

import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.synthetic import FIRST, War, busy_war, noise, reports, war
from conflict_kg.account import derive
from conflict_kg.model import Account, Basis, ControlClaim, ControlKind, ControlPeriod, Holding, Status

LEVELS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
STEP = 3
"""Every so many days are asked about."""
WINDOW = timedelta(days=60)
"""How far back the majority looks."""

Answerer = Callable[[str, date], str | None]


def main(arguments: Sequence[str]) -> None:
    """Runs one of the two measurements."""
    what, *numbers = arguments or ["accuracy"]
    if what == "accuracy":
        print_accuracy(int(numbers[0]) if numbers else 40)
    elif what == "cost":
        jobs, *sizes = [int(number) for number in numbers] or [1]
        print_cost(sizes or [1000, 10_000, 100_000], jobs)
    else:
        sys.exit(__doc__)


# ---------------------------------------------------------------- accuracy


def print_accuracy(wars: int) -> None:
    """For three rules the share of answered place-days that are right, and of all that are answered.

    Then what the two simple ones get right where the account answers and where it does not, and how often the account
    is right by the basis that it gives.
    """
    print(
        "noise | account | latest report | majority | latest, majority where it answers | where it does not | by basis"
    )
    for level in LEVELS:
        tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for seed in range(wars):
            random = Random(seed)
            happened = war(random)
            claims = reports(random, happened, noise(level))
            account = derive(claims, happened.places)
            rules: dict[str, Answerer] = {
                "account": from_account(account),
                "latest": latest(claims),
                "majority": majority(claims),
            }
            for name, rule in rules.items():
                tallies[name] += verdicts(happened, rule)
            for name in ("latest", "majority"):
                tallies[f"{name} too"] += verdicts(happened, rules[name], beside=rules["account"], answered=True)
                tallies[f"{name} alone"] += verdicts(happened, rules[name], beside=rules["account"], answered=False)
            for basis in Basis:
                tallies[basis] += verdicts(happened, from_account(account, basis))
        cells = [_shares(tallies[name]) for name in rules]
        cells += [
            " ".join(_right(tallies[f"{name} {when}"]) for name in ("latest", "majority")) for when in ("too", "alone")
        ]
        cells.append(", ".join(f"{basis} {_shares(tallies[basis])}" for basis in Basis))
        print(f"{level:5.1f} | " + " | ".join(cells), flush=True)


def _right(tally: Counter[str]) -> str:
    answered = tally["right"] + tally["wrong"]
    return f"{tally['right'] / answered:.3f}" if answered else "-"


def _shares(tally: Counter[str]) -> str:
    return f"{_right(tally)} {(tally['right'] + tally['wrong']) / tally.total():.3f}"


def verdicts(happened: War, rule: Answerer, beside: Answerer | None = None, *, answered: bool = True) -> Counter[str]:
    """How many place-days a rule gets right, wrong and leaves open.

    With another rule ``beside`` it only those that this one answers, or only those that it leaves open.
    """
    tally: Counter[str] = Counter()
    for place in happened.places:
        for number in range(1, (happened.last - FIRST).days, STEP):
            day = FIRST + number * timedelta(days=1)
            if beside is not None and (beside(place, day) is not None) is not answered:
                continue
            said = rule(place, day)
            tally["open" if said is None else "right" if said == happened.holder(place, day) else "wrong"] += 1
    return tally


def from_account(account: Account, basis: Basis | None = None) -> Answerer:
    """The holder that the account gives: the only one that surely, else that possibly has the place; else none.

    With a ``basis`` only where this is the best that stands behind the answer.
    """
    standing: defaultdict[str, list[ControlPeriod]] = defaultdict(list)
    for period in account.periods:
        if period.known_until is None and period.holder and period.status is not Holding.PARTLY_HELD:
            standing[period.place].append(period)

    def holder(place: str, day: date) -> str | None:
        found = [period for period in standing[place] if _possible(period, day)]
        if any(period.status is Holding.CONTESTED and _certain(period, day) for period in found):
            return None
        for chosen in ([period for period in found if _certain(period, day)], found):
            names = {period.holder for period in chosen}
            if len(names) == 1:
                best = min((each.basis for each in chosen if each.basis), key=list(Basis).index)
                return names.pop() if basis in (None, best) else None
        return None

    return holder


def _possible(period: ControlPeriod, day: date) -> bool:
    until = period.phase_until_latest or period.phase_until_earliest
    return (period.phase_since_earliest or date.min) <= day and (until is None or day < until)


def _certain(period: ControlPeriod, day: date) -> bool:
    since, until = period.phase_since_latest, period.phase_until_earliest
    begun = since <= day if since else period.phase_since_earliest is None
    return begun and (day < until if until else period.phase_until_latest is None)


def latest(claims: Iterable[ControlClaim]) -> Answerer:
    """Who has the place after the last change or state up to a day; the report that came out last decides."""
    told = _told(claims)

    def holder(place: str, day: date) -> str | None:
        past = [one for one in told[place] if one[0] <= day]
        return max(past)[2] if past else None

    return holder


def majority(claims: Iterable[ControlClaim]) -> Answerer:
    """Whom most documents give the place, of those about the sixty days before; else as the latest."""
    told = _told(claims)

    def holder(place: str, day: date) -> str | None:
        past = [one for one in told[place] if one[0] <= day]
        if not past:
            return None
        count = Counter(name for when, _, name in past if day - when <= WINDOW)
        return min(count, key=lambda name: (-count[name], name)) if count else max(past)[2]

    return holder


def _told(claims: Iterable[ControlClaim]) -> defaultdict[str, list[tuple[date, date, str]]]:
    """By place: the day that each claim speaks of, the day of its report, and who has the place by it."""
    told: defaultdict[str, list[tuple[date, date, str]]] = defaultdict(list)
    for claim in claims:
        if claim.status in (Status.ASSERTED, Status.CLAIMED) and claim.winners and claim.published:
            day = claim.when.begin_latest if claim.kind is not ControlKind.HOLDS else None
            told[claim.place.id].append((day or claim.published, claim.published, claim.winners[0].party))
    return told


# ---------------------------------------------------------------- cost


def print_cost(sizes: Iterable[int], jobs: int) -> None:
    """What one derivation by so many processes costs, with and without a place that has a tenth of all claims.

    Seconds on the clock, processor seconds of all processes, and peak memory of the first, claims and all, and of
    the largest of the others. Each derivation has processes of its own.
    """
    print("claims  hot place  periods  seconds  processor seconds  us a claim  MiB  others MiB")
    for size in sizes:
        for hot in (0, size // 10):
            with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                print(pool.submit(_cost, size, hot, jobs).result(), flush=True)


def _cost(size: int, hot: int, jobs: int) -> str:
    happened, claims = busy_war(1, size, hot=hot)
    clock, processor = time.perf_counter(), time.process_time()
    account = derive(claims, happened.places, jobs=jobs)
    seconds, others = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = time.process_time() - processor + others.ru_utime + others.ru_stime
    peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    row = f"{len(claims):7d} {hot:10d} {len(account.periods):8d} {seconds:8.1f} {used:18.1f}"
    return f"{row} {1e6 * used / len(claims):11.0f} {peaks[0]:4d} {peaks[1]:11d}"


if __name__ == "__main__":
    main(sys.argv[1:])
