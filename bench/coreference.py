"""How often a pronoun, "the group", "the city" or a last name is taken for the right one, on GAP and on GUM.

    python bench/coreference.py FOLDER [FOLDER …] [--development]

A FOLDER holds ``gap-*.tsv`` (GAP) or ``*.conllu`` (GUM with its column of entities). Read are the validation and test
sets of GAP and the dev and test parts of GUM; with ``--development`` GAP's development set and GUM's train part.

On GAP each snippet asks of two names whether the pronoun stands for them. It does where our reading gives the pronoun
the same actor as the name; precision, recall and F1 are over all pairs, the bias is F1 of the feminine over that of
the masculine pronouns. "Other" are pronouns taken for somebody else, "open" those taken for nobody.

On GUM, in the genres that resemble reports, a word is linked where our reading gives it an actor or a place that an
earlier mention, itself no pronoun, has too. It is right where the annotation has the nearest such mention and the word
in one group. Recall is over the words that the annotation puts with an earlier mention by name or noun of a person,
organization or place. Definite nouns count where the lexicon of nouns has them and no name stands in the phrase.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from conflict_kg.documents import make_report
from conflict_kg.language import load
from conflict_kg.model import Extent
from conflict_kg.reading.mentions import Mentions, find_mentions
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Doc, Token, plain

GENRES = {"news", "bio", "voyage", "interview", "speech"}
ENTITY_TYPES = {"person", "organization", "place"}
SINGULAR = {"he", "him", "his", "himself", "she", "her", "hers", "herself"}
THING = {"it", "its", "itself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
OPEN = re.compile(r"\(([^()]+)\)?|([^()]+)\)")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text of GAP with what it asks: where the pronoun and the two names begin, and which name it stands for."""

    text: str
    pronoun: int
    feminine: bool
    names: tuple[tuple[int, int], tuple[int, int]]
    meant: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention in GUM: its group and type, whether it is by pronoun, and the group of "A and B" that it begins."""

    group: str
    etype: str
    by_pronoun: bool
    joined: str | None = None


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--development", action="store_true")
    given = parser.parse_args()
    parts = ("development", "train") if given.development else ("validation", "test", "dev")
    files = [p for folder in given.folders for p in sorted(folder.iterdir()) if p.stem.split("-")[-1] in parts]
    snippets = [s for path in files if path.suffix == ".tsv" for s in read_gap(path)]
    documents = [d for path in files if path.suffix == ".conllu" for d in read_gum(path)]
    if snippets:
        tally = sum(
            (ask(s, *found) for s, found in zip(snippets, read(s.text for s in snippets), strict=True)), Counter()
        )
        sys.stdout.writelines(gap_lines(tally))
    if documents:
        tally = Counter()
        for (_, gold), found in zip(documents, read(text for text, _ in documents), strict=True):
            tally += judge(gold, *found)
        sys.stdout.writelines(gum_lines(tally))


def read(texts: Iterable[str]) -> Iterator[tuple[Doc, Mentions]]:
    """Each text as our reading has it."""
    reports = (make_report(text, id=f"report-{n}") for n, text in enumerate(texts))
    pairs = ((report.view, report.id) for report in reports)
    for doc, document in load().pipe(pairs, as_tuples=True):
        yield (text := plain(doc)), find_mentions(text, document)


def read_gap(path: Path) -> Iterator[Snippet]:
    """The snippets of one file."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            starts = [int(row[f"{name}-offset"]) for name in "AB"]
            spans = [(start, start + len(row[name])) for start, name in zip(starts, "AB", strict=True)]
            meant = [row[f"{name}-coref"].upper() == "TRUE" for name in "AB"]
            feminine = row["Pronoun"].lower() in {"she", "her", "hers", "herself"}
            yield Snippet(row["Text"], int(row["Pronoun-offset"]), feminine, (spans[0], spans[1]), (meant[0], meant[1]))


def ask(snippet: Snippet, doc: Doc, mentions: Mentions) -> Counter[str]:
    """What one snippet adds to the figures."""
    tally: Counter[str] = Counter()
    who = next((mentions.actors.get(t.i) for t in doc if t.idx == snippet.pronoun), None)
    linked = []
    for start, end in snippet.names:
        inside = [mentions.actors[t.i] for t in doc if start <= t.idx < end and t.i in mentions.actors]
        linked.append(who is not None and who.id in {actor.id for actor in inside})
    for gender in ("all", "feminine" if snippet.feminine else "masculine"):
        tally[f"{gender} asked"] += 1
        tally[f"{gender} open"] += who is None
        tally[f"{gender} other"] += who is not None and not any(linked)
        tally[f"{gender} linked"] += sum(linked)
        tally[f"{gender} gold"] += sum(snippet.meant)
        tally[f"{gender} right"] += sum(a and b for a, b in zip(linked, snippet.meant, strict=True))
    return tally


def read_gum(path: Path) -> Iterator[tuple[str, dict[int, Gold]]]:
    """The documents of one file in the genres that count: text, and mentions by where their heads begin."""
    for block in path.read_text("utf-8").split("# newdoc id = ")[1:]:
        if block.split("_", 2)[1] in GENRES:
            yield read_document(block)


def read_document(block: str) -> tuple[str, dict[int, Gold]]:
    """One document of GUM: its text, and each mention by the character at which its head begins."""
    text = ""
    gold: dict[int, Gold] = {}
    for number, sentence in enumerate(block.split("\n\n")):
        rows = [line.split("\t") for line in sentence.splitlines() if line[:1].isdigit()]
        words = [row for row in rows if row[0].isdigit()]
        said = re.search(r"^# text = (.*)$", sentence, re.MULTILINE)
        if said is None:
            continue
        text += ("\n\n" if "# newpar" in sentence else " ") if number else ""
        starts, at = {}, 0
        for row in rows:
            if "-" in row[0] or "." in row[0]:
                continue
            found = said[1].find(row[1], at)
            at, starts[row[0]] = (found + len(row[1]), found) if found >= 0 else (at, at)
        for first, last, label in spans(words):
            group, etype = label.split("-")[:2]
            inside = {row[0] for row in words[first : last + 1]}
            head = next(row for row in words[first : last + 1] if row[6] not in inside)
            start = len(text) + starts[head[0]]
            known = gold.get(start)  # "A and B" has the head of "A", which closes first
            gold[start] = replace(known, joined=group) if known else Gold(group, etype, head[3] in {"PRON", "DET"})
        text += said[1]
    return text, gold


def spans(words: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """The mentions that one sentence's column of entities marks, inner ones first: first and last word, and label."""
    stack: list[tuple[int, str]] = []
    for n, row in enumerate(words):
        marks = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for mark in OPEN.finditer(marks):
            opened = mark[1] is not None
            if opened:
                stack.append((n, mark[1]))
            if not opened or mark[0].endswith(")"):
                group = (mark[1] or mark[2]).split("-")[0]
                for k in range(len(stack) - 1, -1, -1):
                    if stack[k][1].split("-")[0] == group:
                        first, label = stack.pop(k)
                        yield first, n, label
                        break


def judge(gold: Mapping[int, Gold], doc: Doc, mentions: Mentions) -> Counter[str]:
    """What one document adds to the figures."""
    tally: Counter[str] = Counter()
    last: dict[str, int] = {}
    """Where each of our actors and places was last mentioned without a pronoun."""
    known: set[str | None] = set()
    ours = {i: actor.id for i, actor in mentions.actors.items()}
    ours |= {i: place.id for i, (place, extent) in mentions.places.items() if extent is Extent.FULL}
    for token in doc:
        mention = gold.get(token.idx)
        kind = kind_of(token)
        entity = ours.get(token.i)
        before = last.get(entity) if entity is not None else None
        if entity is not None and token.i in mentions.antecedents:
            before = mentions.antecedents[token.i]
            while before in mentions.antecedents:
                before = mentions.antecedents[before]
        if kind is not None:
            asked = mention is not None and mention.group in known and mention.etype in ENTITY_TYPES
            meant = gold.get(doc[before].idx) if before is not None else None
            several = token.i in mentions.several
            tally[f"{kind} gold"] += asked
            tally[f"{kind} open"] += asked and before is None
            tally[f"{kind} linked"] += before is not None
            tally[f"{kind} right"] += bool(
                mention and meant and mention.group == (meant.joined if several else meant.group)
            )
        if mention is not None and not mention.by_pronoun:
            known |= {mention.group, mention.joined}
        if entity is not None and token.pos_ != "PRON":
            last[entity] = token.i
    return tally


def kind_of(token: Token) -> str | None:
    """Which of the figures a word counts in, if any."""
    if token.pos_ == "PRON":
        word = token.lower_
        return next((n for n, words in (("he, she", SINGULAR), ("it", THING), ("they", PLURAL)) if word in words), None)
    words = nouns()
    if token.pos_ == "NOUN" and is_definite(token) and not any(c.pos_ == "PROPN" for c in token.children):
        if lemma(token) in words.settlement | words.area:
            return "the city …"
        if lemma(token) in words.group | words.state | words.body:
            return "the group …"
        if lemma(token) in words.person:
            return "the spokesman …"
    if token.pos_ == "PROPN" and token.ent_type_ == "PER" and token.dep_ not in {"flat", "compound"}:
        return "last name" if not any(c.dep_ in {"flat", "compound"} for c in token.children) else None
    return None


def gap_lines(tally: Counter[str]) -> Iterator[str]:
    """The figures on GAP as lines."""
    yield "GAP             asked  open other     P     R    F1\n"
    scores = {gender: figures(tally, gender) for gender in ("masculine", "feminine", "all")}
    for gender, score in scores.items():
        counts = "".join(f"{tally[f'{gender} {name}']:6}" for name in ("asked", "open", "other"))
        yield f"{gender:15}{counts}  {score}\n"
    yield f"bias {f1(tally, 'feminine') / (f1(tally, 'masculine') or 1):.3f}\n"


def gum_lines(tally: Counter[str]) -> Iterator[str]:
    """The figures on GUM as lines."""
    yield "GUM              gold  open linked     P     R    F1\n"
    for kind in dict.fromkeys(key.rsplit(" ", 1)[0] for key in sorted(tally)):
        counts = "".join(f"{tally[f'{kind} {name}']:6}" for name in ("gold", "open", "linked"))
        yield f"{kind:15}{counts}  {figures(tally, kind)}\n"


def figures(tally: Counter[str], name: str) -> str:
    """Precision, recall and F1 in a row."""
    right = tally[f"{name} right"]
    precision, recall = right / (tally[f"{name} linked"] or 1), right / (tally[f"{name} gold"] or 1)
    return f"{precision:.3f} {recall:.3f} {f1(tally, name):.3f}"


def f1(tally: Counter[str], name: str) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * tally[f"{name} right"] / ((tally[f"{name} linked"] + tally[f"{name} gold"]) or 1)


if __name__ == "__main__":
    main()
