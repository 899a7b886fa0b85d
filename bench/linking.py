"""What linking names costs and how often it is right.

    python bench/linking.py [--rounds N] [--gum FOLDER] [--reports PATH --gold FOLDER]

Always: the time that linking takes of reading the seed reports, as a share of the time that parsing them takes; medians
over rounds, once with nothing remembered and once with the look-ups of the round before.

``--gum``: the CoNLL-U files of GUM. Where its column MISC gives a named place, organization or person the title of a
Wikipedia article, the name is linked in the setting of its document. *Right*: a place that bears the title's name and
lies where a title of the form "X, Y" or "X (Y)" says, as far as the gazetteer knows Y and what lies in it; a country of
that name; a continent that is kept out of any country; an actor that the lexicon has under the title. *Wrong*: linked
to anything else. *Open*: not linked; *known* where the gazetteer or the lexicon has the title. Which of several places
of the title's name is meant only Y tells.

``--gold``: a folder of ``ID.json`` files with ``places`` (``name``, ``geo_country``) and ``actors`` (``name``,
``mentions``) of the reports under ``--reports``. A place is right in that country; an actor's names are right where
they lead to the side to which one of them leads by itself, without the report.
"""

import argparse
import gc
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import unquote

from conflict_kg import language
from conflict_kg.documents import read_reports
from conflict_kg.linking import gazetteer, lexicon, link_actor, link_place, names, normalise, setting, shapes
from conflict_kg.linking.actors import remembered_actor
from conflict_kg.linking.gazetteer import GazetteerEntry
from conflict_kg.linking.lexicon import Lexicon
from conflict_kg.linking.places import remembered_place
from conflict_kg.model import PlaceKind
from conflict_kg.reading import read
from conflict_kg.reading.mentions import find_mentions
from conflict_kg.reading.parse import plain

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
LINKING = ("_lexicon_names", "known_actor", "link_actor", "link_place", "setting")
"""What counts as linking: finding the lexicon's names in the text, weighing the setting, linking each name; and what
reading looks up in the lexicon itself."""
SHOWN = 25
"""Errors of a class that are listed."""


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--gum", type=Path)
    parser.add_argument("--reports", type=Path)
    parser.add_argument("--gold", type=Path)
    given = parser.parse_args()
    if given.gum:
        tally = Tally()
        for path in sorted(given.gum.glob("*.conllu")):
            for document in documents(path.read_text(encoding="utf-8")):
                judge_titles(document, tally)
        tally.show("GUM")
    if given.gold and given.reports:
        tally = Tally()
        judge_reports(given.reports, given.gold, tally)
        tally.show(str(given.gold))
    if not given.gum and not given.gold:
        cost(given.rounds)


# ---------------------------------------------------------------- cost


class Clock:
    """Adds up the time in the functions that it has wrapped, calls inside each other counted once."""

    def __init__(self) -> None:
        self.spent = 0.0
        self._depth = 0

    def wrap(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, timed."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._depth += 1
            begun = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self.spent += time.perf_counter() - begun

        return timed

    def wrap_all(self) -> None:
        """Time whatever reading calls of linking."""
        Lexicon.find = self.wrap(Lexicon.find)  # type: ignore[method-assign]
        for name, module in list(sys.modules.items()):
            for called in LINKING if name.startswith("conflict_kg.reading") else ():
                if called in vars(module):
                    setattr(module, called, self.wrap(vars(module)[called]))


def cost(rounds: int) -> None:
    """Time parsing and linking in turns."""
    nlp = language.load()
    reports = list(read_reports([SEEDS], warn=print))
    clock = Clock()
    clock.wrap_all()
    for report in reports:
        read(nlp(report.view), report)  # the tables are read once a process
    times: defaultdict[str, list[float]] = defaultdict(list)
    for _ in range(rounds):
        begun = time.perf_counter()
        docs = [nlp(report.view) for report in reports]
        times["parsing"].append(time.perf_counter() - begun)
        for how in ("with nothing remembered", "with look-ups remembered"):
            gc.collect()  # what parsing has left
            clock.spent, begun = 0.0, time.perf_counter()
            for doc, report in zip(docs, reports, strict=True):
                if how == "with nothing remembered":
                    forget()
                read(doc, report)
            times[f"reading, {how}"].append(time.perf_counter() - begun)
            times[f"linking, {how}"].append(clock.spent)
    print(f"{sum(len(doc) for doc in docs)} words")
    for what, spent in times.items():
        shares = [part / whole for part, whole in zip(spent, times["parsing"], strict=True)]
        print(f"{what}: {1000 * median(spent):.0f} ms, {100 * median(shares):.1f} % of parsing")


def forget() -> None:
    """Empty what look-ups remember."""
    remembering = (lexicon()._looked_up, names.plain, names.normalise, gazetteer().search, gazetteer().entry)  # noqa: SLF001
    for remembered in (*remembering, shapes.shape, remembered_actor, remembered_place):
        remembered.cache_clear()  # type: ignore[attr-defined]


# ---------------------------------------------------------------- quality


@dataclass
class Tally:
    """Verdicts by class of name, with the errors."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, kind: str, verdict: str, note: str) -> None:
        """One verdict on a name of a kind."""
        self.counts[kind, verdict] += 1
        if verdict != "right":
            self.errors.setdefault(f"{kind}: {verdict}", Counter())[note] += 1

    def show(self, title: str) -> None:
        """Print the figures, then the errors of each class, the most frequent first."""
        print(title)
        for kind in sorted({kind for kind, _ in self.counts}):
            of_kind = {verdict: n for (k, verdict), n in sorted(self.counts.items()) if k == kind}
            print(f"  {kind}: " + ", ".join(f"{n} {verdict}" for verdict, n in of_kind.items()))
        for name, notes in sorted(self.errors.items()):
            print(f"  -- {name}")
            for note, n in notes.most_common(SHOWN):
                print(f"     {n} {note}")


@dataclass(frozen=True)
class Titled:
    """A named mention with the title of its article."""

    kind: str
    name: str
    title: str


def documents(text: str) -> Iterator[tuple[list[Titled], list[str]]]:
    """The titled mentions of each document of a CoNLL-U file, and its proper nouns and adjectives."""
    for body in text.split("# newdoc")[1:]:
        rows = [line.split("\t") for line in body.splitlines() if line[:1].isdigit()]
        tokens = [row for row in rows if row[0].isdigit()]
        yield (
            list(_titled(tokens)),
            [row[1] for row in tokens if row[3] in {"PROPN", "ADJ"}],
        )


def _titled(tokens: list[list[str]]) -> Iterator[Titled]:
    opened: list[tuple[str, list[str], int]] = []
    for number, row in enumerate(tokens):
        found = re.search(r"Entity=([^|]+)", row[9])
        for opening, closing in re.findall(r"\(([^()]+)|([^()]+)?\)", found[1] if found else ""):
            if opening:
                parts = opening.split("-")
                opened.append((parts[0], parts, number))
            id = closing or (opening.split("-")[0] if opening and _closes(found[1], opening) else "")
            if not id:
                continue
            at = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == id), None)
            if at is None:
                continue
            _, parts, start = opened.pop(at)
            words = tokens[start : number + 1]
            while words and (words[0][3] == "DET" or words[-1][4] == "POS"):
                words = words[1:] if words[0][3] == "DET" else words[:-1]
            titled = len(parts) > 7 and parts[1] in {"place", "organization", "person"}
            if titled and words and all(r[3] in {"PROPN", "ADP", "PUNCT"} for r in words):
                name = "".join(r[1] + (" " if "SpaceAfter=No" not in r[9] else "") for r in words).strip()
                yield Titled(parts[1], name, unquote("-".join(parts[7:])).replace("_", " "))


def _closes(entities: str | Any, opening: str) -> bool:
    """Whether a mention ends on the token on which it begins."""
    return f"({opening})" in str(entities)


def _holds_towns(entry: GazetteerEntry) -> bool:
    """Whether the gazetteer says of towns that they lie in it: in provinces and countries, not in districts."""
    return entry.kind is not PlaceKind.SETTLEMENT and entry.level != 2


def judge_titles(document: tuple[list[Titled], list[str]], tally: Tally) -> None:
    """Verdicts on one document's names."""
    mentions, hints = document
    where = setting([m.name for m in mentions if m.kind == "place"], hints)
    for mention in mentions:
        if mention.kind == "place":
            place = link_place(mention.name, where)
            base, *around = [part for part in re.split(r", | \(|\)", mention.title) if part]
            note = f"{mention.name} [{mention.title}]: {place.label}, {place.reason}"
            if shapes.is_region(mention.title) or not place.linked:
                if shapes.is_region(mention.title):
                    tally.add("place", "wrong" if place.linked else "right", note)
                    continue
                known = any(e.kind is not PlaceKind.PART for e in gazetteer().search(base))
                tally.add("place", "open, known" if known else "open, unknown", note)
                continue
            iso = lexicon().named_country(base)
            bearers = {e.id for name in (base, mention.title) for e in gazetteer().search(name)}
            bears = place.id in bearers or (iso is not None and iso == place.country)
            inside = {normalise(e.name) for e in gazetteer().around(place.id)}
            said = [y for y in around if any(_holds_towns(e) for e in gazetteer().search(y))]
            lies = all(normalise(part) in inside or lexicon().named_country(part) == place.country for part in said)
            tally.add("place", "right" if bears and lies else "wrong", note)
            continue
        actor = link_actor(mention.name, where, document="gum", person=mention.kind == "person")
        entry = lexicon().find(mention.title)
        note = f"{mention.name} [{mention.title}]: {actor.label}, {actor.reason}"
        if actor.linked:
            right = entry is not None and entry.id == actor.id
            right = right or lexicon().named_country(mention.title) == actor.id[:2].upper()
            tally.add(mention.kind, "right" if right else "wrong", note)
        else:
            tally.add(mention.kind, "open, known" if entry else "open, unknown", note)


def judge_reports(reports: Path, gold: Path, tally: Tally) -> None:
    """Verdicts on the annotated places and actors of reports."""
    nlp = language.load()
    for report in read_reports([reports], warn=print):
        path = gold / f"{report.id}.json"
        if not path.exists():
            continue
        told = json.loads(path.read_text(encoding="utf-8"))
        where = find_mentions(plain(nlp(report.view)), report.id, on=report.published).setting
        for place in told["places"]:
            if place.get("geo_country"):
                found = link_place(place["name"], where)
                verdict = "right" if found.country == place["geo_country"] else "wrong" if found.country else "open"
                kind = "place, linked" if found.linked else "place, made"
                tally.add(kind, verdict, f"{place['name']} [{place['geo_country']}]: {found.label}, {found.reason}")
        for actor in told["actors"]:
            strings = sorted({actor["name"], *actor.get("mentions", ())})
            entries = [entry for name in strings if (entry := lexicon().find(name, where.on))]
            sides = {lexicon().party(entry.id, where.on) for entry in entries}
            for name in strings:
                found_actor = link_actor(name, where, document=report.id)
                note = f"{name} [{actor['name']}]: {found_actor.label}, {found_actor.reason}"
                if not found_actor.linked:
                    tally.add("actor", "open, another name known" if sides else "open", note)
                elif not sides:
                    tally.add("actor", "linked, nothing to check by", note)
                else:
                    tally.add("actor", "right" if {found_actor.party} == sides else "wrong", note)


if __name__ == "__main__":
    main()
