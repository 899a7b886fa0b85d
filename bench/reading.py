"""What reading adds to the time of the bare language pipeline on the same texts.

    python bench/reading.py PATH... [--reports N] [--rounds N] [--profile]

PATHs are reports, as ``conflict-kg extract`` takes them; every k-th is taken so that N remain. *Pipeline* is
``nlp.pipe`` over the texts. *Reading* is all the rest of ``extract``: laying the text out in sections, names and their
linking, coreference, sources, times, claims, and their records. The reports are dealt out to rounds, so that each is
read once, as in a run; what look-ups remember is carried over, as in a run. Times are processor time of this process,
on one thread. Printed is reading as a share of the pipeline in each round, their median, and the share of the whole.
``--profile`` adds where reading spends its time (which makes the shares worthless).
"""

import argparse
import cProfile
import gc
import pstats
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from spacy.language import Language

from conflict_kg import language, records
from conflict_kg.documents import make_report, read_reports
from conflict_kg.model import Report
from conflict_kg.reading import read

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
BATCH = 16
"""Reports that are parsed before they are read: few enough that they lie in memory together as in a run."""


@dataclass
class Spent:
    """Seconds of processor time, and what they were spent on."""

    pipeline: float = 0.0
    reading: float = 0.0
    words: int = 0

    def __str__(self) -> str:
        share = 100 * self.reading / self.pipeline
        return f"{self.words} words: pipeline {self.pipeline:.2f} s, reading {self.reading:.2f} s, {share:.1f} %"


def main() -> None:
    """Time the rounds and print them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    every = list(read_reports(given.paths, warn=print))
    taken = every[:: max(1, -(-len(every) // given.reports))]
    nlp = language.load()
    for report in read_reports([SEEDS], warn=print):
        read(nlp(report.view), report)  # the model and the tables are read once a process
    profile = cProfile.Profile() if given.profile else None
    rounds = [spend(nlp, taken[start :: given.rounds], profile) for start in range(min(given.rounds, len(taken)))]
    for one in rounds:
        print(one)
    whole = Spent(sum(r.pipeline for r in rounds), sum(r.reading for r in rounds), sum(r.words for r in rounds))
    print(f"median of {len(rounds)} rounds: {100 * median(r.reading / r.pipeline for r in rounds):.1f} %")
    print(f"{len(taken)} of {len(every)} reports, {whole}")
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(40)


def spend(nlp: Language, reports: list[Report], profile: cProfile.Profile | None) -> Spent:
    """Parse and read some reports, batch by batch."""
    spent = Spent()
    for start in range(0, len(reports), BATCH):
        batch = reports[start : start + BATCH]
        gc.collect()
        begun = time.process_time()
        docs = list(nlp.pipe(report.view for report in batch))
        parsed = time.process_time()
        if profile:
            profile.enable()
        for doc, report in zip(docs, batch, strict=True):
            laid_out = make_report(report.text, id=report.id, title=report.title, published=report.published)
            records.lines(read(doc, laid_out).claims)
        if profile:
            profile.disable()
        spent.reading += time.process_time() - parsed
        spent.pipeline += parsed - begun
        spent.words += sum(not token.is_space for doc in docs for token in doc)
    return spent


if __name__ == "__main__":
    main()
