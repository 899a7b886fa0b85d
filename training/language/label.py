"""Sentences labelled by models: what several of them say alike is taken for true, the rest is left open.

Tri-training (Zhou and Li 2005) takes a third model's unlabelled examples from two that agree on them. Here the
teachers agree word by word, so that a sentence teaches what is plain in it and nothing where the teachers differ.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import islice, tee
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from conflict_kg.errors import InputError
from conflict_kg.language import load
from conflict_kg.language.parser import COMPONENT
from training.language.prepare import labelled_file
from training.language.sentences import ANY, UNKNOWN, UNKNOWN_HEAD, Sentence, Tree, allow

SHORTEST, LONGEST = 4, 80
"""Words of the sentences that are kept."""

_TOGETHER = 10
"""Sentences that the teachers read as one text."""

Texts = list[list[str]]


def label(text: Path, teachers: Sequence[Path], work: Path) -> None:
    """Label the sentences in ``text`` (one a line, words parted by spaces) by models, folders as ``export`` leaves.

    Writes ``prepare.labelled_file(work)``; does nothing where it is there already. Raises ``InputError`` for fewer
    than two teachers, or one that is no model.
    """
    file = labelled_file(work)
    if file.exists():
        print(f"{file} is there already")
        return
    if len(teachers) < 2:
        raise InputError("to label, --teacher has to be given twice at least: what models agree on is taken")
    fresh = work / "labelled.new"
    count = agreed = words = 0
    with fresh.open("w", encoding="utf-8") as out:
        for sentence in agreements(read_texts(text), [_teacher(folder) for folder in teachers]):
            out.write(json.dumps(asdict(sentence), ensure_ascii=False) + "\n")
            assert sentence.tree is not None
            count, words = count + 1, words + len(sentence.words)
            agreed += sum(head != UNKNOWN_HEAD for head in sentence.tree.heads)
    fresh.replace(file)
    print(f"{file}: {count} sentences, {words} words, {agreed / max(1, words):.3f} of the heads agreed on")


def _teacher(folder: Path) -> Language:
    if not (folder / "labels.json").exists():
        raise InputError(f"{folder} holds no model")
    nlp = load()
    nlp.get_pipe(COMPONENT).from_disk(folder)  # type: ignore[attr-defined]  # our component
    return nlp


def read_texts(path: Path) -> Iterator[Texts]:
    """The sentences of a file, some at a time."""
    with path.open(encoding="utf-8") as lines:
        sentences = (words for line in lines if SHORTEST <= len(words := line.split()) <= LONGEST)
        while together := list(islice(sentences, _TOGETHER)):
            yield together


def agreements(texts: Iterable[Texts], teachers: Sequence[Language]) -> Iterator[Sentence]:
    """The sentences of each text, with what all teachers say of a word."""
    texts, *copies = tee(texts, len(teachers) + 1)
    readings = [
        nlp.pipe((Doc(nlp.vocab, [word for sentence in text for word in sentence]) for text in copy), n_process=2)
        for nlp, copy in zip(teachers, copies, strict=True)
    ]
    for text, *docs in zip(texts, *readings, strict=True):
        first = 0
        for words in text:
            yield _agreement(words, docs, first)
            first += len(words)


def _agreement(words: Sequence[str], docs: Sequence[Doc], first: int) -> Sentence:
    """What is the same in all docs, for the sentence of these words that begins at word ``first``."""
    count = len(words)
    of_words = [[doc[at] for doc in docs] for at in range(first, first + count)]

    def alike(value: Callable[[Token], str]) -> tuple[str, ...]:
        found = [{value(token) for token in tokens} for tokens in of_words]
        return tuple(values.pop() if len(values) == 1 else UNKNOWN for values in found)

    def head(token: Token) -> str:
        place = token.head.i - first + 1
        return "0" if token.head.i == token.i else str(place) if 1 <= place <= count else UNKNOWN

    tree = Tree(
        tags=alike(lambda token: token.tag_),
        pos=alike(lambda token: token.pos_),
        features=alike(lambda token: str(token.morph) or "_"),
        lemmas=(UNKNOWN,) * count,
        heads=tuple(int(value) if value else UNKNOWN_HEAD for value in alike(head)),
        relations=alike(lambda token: "root" if token.dep_ == "ROOT" else token.dep_),
    )
    names = alike(lambda token: "O" if token.ent_iob_ == "O" else f"{token.ent_iob_}-{token.ent_type_}")
    return Sentence(tuple(words), tree, tuple(allow(name) if name else ANY for name in names))
