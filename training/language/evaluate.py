"""The figures of a model, taken on the pipeline as users run it: gold words in, everything else predicted.

Ten neighbouring sentences are one text without a line break, so that sentence starts have to be found; the first of
the ten does not count. Treebanks that mark texts and paragraphs are read as published, too, each paragraph a line, as
in the shared task on parsing from raw text (Zeman et al. 2018); starts that a line break gives away do not count.
Trees are scored without punctuation. Names are scored as whole spans, MIL counted as ORG and FAC as LOC, which is how
Universal NER marks them; where a corpus leaves open what a name is, it does not count.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from conflict_kg.errors import InputError
from conflict_kg.language import load
from training.language.prepare import read_prepared
from training.language.sentences import ANY, TEXT, Allowed, Sentence, allow

FOLDER, FIGURES = "model", "figures.json"
AS_PUBLISHED = ", as published"
_TOGETHER, _BREAK = 10, "\n"
_MERGED = {"PER": "PER", "ORG": "ORG", "MIL": "ORG", "LOC": "LOC", "FAC": "LOC"}

Spans = set[tuple[int, int, str]]


def evaluate(work: Path) -> dict[str, dict[str, float]]:
    """Figures by part of the model in ``work``, written to ``work / FIGURES`` and printed."""
    if not (work / FOLDER / "labels.json").exists():
        raise InputError(f"{work / FOLDER} holds no model: export first")
    nlp = load()
    nlp.get_pipe("conflict_kg_parser").from_disk(work / FOLDER)  # type: ignore[attr-defined]  # our component
    figures = {}
    for purpose in ("dev", "test"):
        parts: dict[str, list[Sentence]] = {}
        for name, sentence in read_prepared(work, [purpose]):
            parts.setdefault(name, []).append(sentence)
        for name, sentences in sorted(parts.items()):
            figures[f"{name} {purpose}"] = score(nlp, in_tens(sentences))
            if any(sentence.opens for sentence in sentences):
                figures[f"{name} {purpose}{AS_PUBLISHED}"] = score(nlp, as_published(sentences))
    (work / FIGURES).write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for part, values in figures.items():
        print(part, ", ".join(f"{name} {value:.4f}" for name, value in values.items()))
    return figures


def in_tens(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Ten neighbouring sentences at a time, paragraphs or not."""
    for at in range(0, len(sentences), _TOGETHER):
        yield [replace(sentence, opens="") for sentence in sentences[at : at + _TOGETHER]]


def as_published(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """The texts of a treebank."""
    text: list[Sentence] = []
    for sentence in sentences:
        if text and sentence.opens == TEXT:
            yield text
            text = []
        text.append(sentence)
    if text:
        yield text


def score(nlp: Language, texts: Iterable[Sequence[Sentence]]) -> dict[str, float]:
    """Shares right, and F1 for sentences and names, of what the texts have gold for."""
    counts: Counter[str] = Counter()
    for text in texts:
        words, begins = _joined(text)
        doc = nlp(Doc(nlp.vocab, words))
        for sentence, first in zip(text, begins, strict=True):
            if sentence.tree:
                _count_tree(counts, doc, sentence, first)
            if sentence.names:
                _count_names(counts, doc, sentence.names, first)
        if not any(sentence.guessed for sentence in text):
            given = {first for sentence, first in zip(text, begins, strict=True) if sentence.opens} | {0}
            found = {sent.start for sent in doc.sents}
            _count_f(counts, "sentences", set(begins) - given, found - given)
    shares = {
        name: counts[f"{name} right"] / counts[f"{name} all"]
        for name in ("tag", "pos", "features", "lemma", "heads", "labelled")
        if counts[f"{name} all"]
    }
    names = ("sentences", "names", "PER", "ORG", "LOC")
    return shares | {f"{name} F1": _f1(counts, name) for name in names if counts[f"{name} gold"]}


def _joined(text: Sequence[Sentence]) -> tuple[list[str], list[int]]:
    """The words of a text, with a line break before each paragraph but the first, and where its sentences begin."""
    words: list[str] = []
    begins = []
    for sentence in text:
        if words and sentence.opens:
            words.append(_BREAK)
        begins.append(len(words))
        words += sentence.words
    return words, begins


def _count_tree(counts: Counter[str], doc: Doc, sentence: Sentence, first: int) -> None:
    tree = sentence.tree
    assert tree is not None
    for number, head in enumerate(tree.heads):
        token = doc[first + number]
        gold_head = token.i if head == 0 else first + head - 1
        right = {
            "tag": token.tag_ == tree.tags[number],
            "pos": token.pos_ == tree.pos[number],
            "features": (str(token.morph) or "_") == tree.features[number],
            "lemma": token.lemma_ == tree.lemmas[number],
        }
        relation = tree.relations[number]
        if relation != "punct":
            right["heads"] = token.head.i == gold_head
            right["labelled"] = right["heads"] and (token.dep_ if token.dep_ != "ROOT" else "root") == relation
        for name, is_right in right.items():
            counts[f"{name} all"] += 1
            counts[f"{name} right"] += is_right


def _count_names(counts: Counter[str], doc: Doc, names: Sequence[Allowed], first: int) -> None:
    gold = spans_of(names)
    end = first + len(names)
    spans = {(ent.start - first, ent.end - first, ent.label_) for ent in doc.ents if first <= ent.start < end}
    found = {
        (start, stop, _MERGED[kind]) for start, stop, kind in spans if kind in _MERGED and _is_known(names[start:stop])
    }
    _count_f(counts, "names", gold, found)
    for kind in ("PER", "ORG", "LOC"):
        _count_f(counts, kind, {s for s in gold if s[2] == kind}, {s for s in found if s[2] == kind})


def _is_known(names: Sequence[Allowed]) -> bool:
    """Whether gold says of every word whether it is in a name, and of what kind (ORG or MIL, LOC or FAC being one)."""
    return all(allowed != ANY and len(_kinds(allowed)) <= 1 for allowed in names)


def _kinds(allowed: Allowed) -> set[str]:
    """The merged kinds of name that a word may be part of."""
    of = (allow(f"B-{kind}", f"I-{kind}") for kind in _MERGED)
    return {merged for merged, classes in zip(_MERGED.values(), of, strict=True) if allowed & classes}


def spans_of(names: Sequence[Allowed]) -> Spans:
    """The names that gold classes call for, the longest reading where they leave the bounds open.

    >>> spans_of([allow("O", "B-PER"), allow("B-PER", "I-PER"), allow("O"), allow("B-MIL", "B-ORG")])
    {(1, 2, 'PER'), (3, 4, 'ORG')}
    """
    spans: Spans = set()
    at = 0
    while at < len(names):
        kinds = _kinds(names[at])
        if not kinds or not names[at] & _BEGINS or names[at] & allow("O"):
            at += 1
            continue
        end = at + 1
        while end < len(names) and names[end] & _INSIDES and names[end] != ANY and _kinds(names[end]) & kinds:
            end += 1
        while names[end - 1] & allow("O"):
            end -= 1
        if _is_known(names[at:end]):
            spans.add((at, end, min(kinds)))
        at = end
    return spans


_BEGINS = allow(*(f"B-{kind}" for kind in _MERGED))
_INSIDES = allow(*(f"I-{kind}" for kind in _MERGED))


def _count_f(counts: Counter[str], name: str, gold: Iterable[object], found: Iterable[object]) -> None:
    gold, found = set(gold), set(found)
    counts[f"{name} gold"] += len(gold)
    counts[f"{name} found"] += len(found)
    counts[f"{name} both"] += len(gold & found)


def _f1(counts: Counter[str], name: str) -> float:
    return 2 * counts[f"{name} both"] / max(1, counts[f"{name} gold"] + counts[f"{name} found"])
