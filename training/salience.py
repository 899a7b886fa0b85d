"""Fits the weights of lexicon/salience.toml.

    python -m training.salience FOLDER [FOLDER …] [--rounds N]

The FOLDERs are those of ``bench/coreference.py``; read are GAP's development set and GUM's train part. Each pronoun is
a choice among its candidates and nobody (conditional logistic regression). On GUM the right ones are those of its
group, on GAP those that have the actor of the name that is meant. What a pronoun before stands for depends on the
weights, so that the texts are read anew in each round, with the weights of the last. Printed are the weights for each
pronoun, to be rounded by hand; the margins are a choice between precision and recall and are not fitted.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt

from bench.coreference import Gold, Snippet, read, read_gap, read_gum
from conflict_kg.reading import salience
from conflict_kg.reading.antecedents import Candidate, kind_of
from conflict_kg.reading.discourse import Discourse
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.parse import Doc, Token

Vector = npt.NDArray[np.float64]
PACKAGE = "conflict_kg.reading"
STEPS, RATE = 400, 0.05
L2 = 1.0


@dataclass(frozen=True, slots=True)
class Choice:
    """A pronoun with its candidates: what holds of each, and which are right; the last row is nobody."""

    traits: Vector
    right: npt.NDArray[np.bool_]


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    files = [path for folder in given.folders for path in sorted(folder.iterdir())]
    snippets = [s for path in files if path.name == "gap-development.tsv" for s in read_gap(path)]
    documents = [d for path in files if path.name.endswith("-train.conllu") for d in read_gum(path)]
    table = {kind: dict(weights) for kind, weights in salience.weights().items()}
    for _ in range(given.rounds):
        with (
            patch(f"{PACKAGE}.salience.weights", return_value=table),
            patch(f"{PACKAGE}.pronouns.weights", return_value=table),
        ):
            table = {kind: table[kind] | found for kind, found in fitted(snippets, documents).items()}
    for kind, weights in table.items():
        sys.stdout.write(f"[{kind}]\n" + "".join(f'"{name}" = {value:.2f}\n' for name, value in weights.items()))


def fitted(snippets: list[Snippet], documents: list[tuple[str, dict[int, Gold]]]) -> dict[str, dict[str, float]]:
    """The weights for each pronoun after one round."""
    seen: dict[Token, list[tuple[Candidate, dict[str, float]]]] = defaultdict(list)

    def watch(candidate: Candidate, between: int, pronoun: Token, talk: Discourse) -> float:
        seen[pronoun].append((candidate, salience.traits(candidate, between, pronoun, talk)))
        return salience.salience(candidate, between, pronoun, talk)

    choices: dict[str, list[Choice]] = defaultdict(list)
    names: list[str] = []
    judges = [*(on_gap(s) for s in snippets), *(on_gum(gold) for _, gold in documents)]
    texts = [*(s.text for s in snippets), *(text for text, _ in documents)]
    with patch(f"{PACKAGE}.pronouns.salience", watch):
        for judge, (doc, mentions) in zip(judges, read(texts), strict=True):
            for pronoun, rows in seen.items():
                right = judge(pronoun, [candidate for candidate, _ in rows], doc, mentions)
                names = names or list(rows[0][1])
                if right is not None and any(right):
                    shown = np.array([[float(held[name]) for name in names] + [0.0] for _, held in rows])
                    nobody = np.eye(len(names) + 1)[-1:]
                    choices[kind_of(pronoun) or ""].append(Choice(np.concatenate([shown, nobody]), np.array(right)))
            seen.clear()
    return {kind: dict(zip([*names, "nobody"], fit(found), strict=True)) for kind, found in choices.items()}


Judge = Callable[[Token, list[Candidate], Doc, Mentions], Sequence[bool] | None]


def on_gum(gold: dict[int, Gold]) -> Judge:
    """Which candidates GUM puts in one group with a pronoun; nobody where none."""

    def judge(pronoun: Token, candidates: list[Candidate], *_: object) -> Sequence[bool]:
        mine = gold.get(pronoun.idx)
        theirs = [gold.get(c.token.idx) for c in candidates]
        groups = [(g.joined if c.parts else g.group) if g else None for c, g in zip(candidates, theirs, strict=True)]
        right = [mine is not None and group == mine.group for group in groups]
        return [*right, not any(right)]

    return judge


def on_gap(snippet: Snippet) -> Judge:
    """Which candidates have the actor of the name that is meant; all others where neither is."""

    def judge(pronoun: Token, candidates: list[Candidate], doc: Doc, mentions: Mentions) -> Sequence[bool] | None:
        if pronoun.idx != snippet.pronoun:
            return None
        ids = [set(inside(doc, span, mentions)) for span in snippet.names]
        meant = {id for found, is_meant in zip(ids, snippet.meant, strict=True) if is_meant for id in found}
        if any(snippet.meant):
            return [*(c.key in meant for c in candidates), False]
        return [*(c.key not in ids[0] | ids[1] for c in candidates), True]

    return judge


def inside(doc: Doc, span: tuple[int, int], mentions: Mentions) -> Iterator[str]:
    """The ids of the actors in a stretch of the text."""
    return (mentions.actors[t.i].id for t in doc if span[0] <= t.idx < span[1] and t.i in mentions.actors)


def fit(choices: list[Choice]) -> list[float]:
    """The weights under which the right candidates are likeliest, by Adam."""
    traits = np.concatenate([choice.traits for choice in choices])
    right = np.concatenate([choice.right for choice in choices])
    sizes = [len(choice.traits) for choice in choices]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def shares(weights: Vector) -> Vector:
        """How likely each candidate is among those of its pronoun, where each of them weighs so much."""
        return weights / np.repeat(np.add.reduceat(weights, starts), sizes)

    width = traits.shape[1]
    weights, first, second = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, STEPS + 1):
        scores = traits @ weights
        likely = shares(np.exp(scores - np.repeat(np.maximum.reduceat(scores, starts), sizes)))
        slope = (L2 * weights + (likely - shares(likely * right)) @ traits) / len(choices)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return [float(weight) for weight in weights]


if __name__ == "__main__":
    main()
