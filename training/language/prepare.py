"""Read all corpora into one file, a sentence a line."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from sys import intern
from typing import Any

from conflict_kg.errors import InputError
from conflict_kg.language import load
from training.language.corpora import (
    count_names,
    read_columns,
    read_meantime,
    read_re3d,
    read_treebank,
    with_names,
)
from training.language.sentences import Sentence, Tree
from training.language.settings import Corpora

FILE, LABELLED = "sentences.jsonl", "labelled.jsonl"


@dataclass(frozen=True, slots=True)
class Part:
    """The sentences of a set ("ewt") for one purpose ("train", "dev", "test")."""

    name: str
    purpose: str
    sentences: tuple[Sentence, ...]


def read_parts(corpora: Corpora, root: Path) -> Iterator[Part]:
    """Every part of every corpus; corpora without trees are for training only, save a fifth of re3d."""
    ewt, gum, uner, politics = (root / place for place in (corpora.ewt, corpora.gum, corpora.uner, corpora.politics))
    for purpose in ("train", "dev", "test"):
        trees = read_treebank(ewt / f"en_ewt-ud-{purpose}.conllu")
        yield Part("ewt", purpose, tuple(with_names(trees, uner / f"en_ewt-ud-{purpose}.iob2")))
        entities = read_treebank(gum / f"en_gum-open-{purpose}.conllu", entities=True)
        yield Part("gum", purpose, tuple(entities))
    yield Part("wikigold", "train", tuple(read_columns(root / corpora.wikigold, "wikigold")))
    for split in ("train", "dev", "test"):
        yield Part("politics", "train", tuple(read_columns(politics / f"{split}.txt", "politics")))
    nlp = load()
    yield Part("re3d", "train", tuple(read_re3d(root / corpora.re3d, nlp, held_back=False)))
    yield Part("re3d", "test", tuple(read_re3d(root / corpora.re3d, nlp, held_back=True)))
    yield Part("meantime", "train", tuple(read_meantime(root / corpora.meantime, nlp)))


def prepared_file(work: Path) -> Path:
    """The file; raises ``InputError`` if nothing was prepared yet."""
    if not (work / FILE).exists():
        raise InputError(f"{work / FILE} is not there: prepare first")
    return work / FILE


def prepare(corpora: Corpora, root: Path, work: Path) -> None:
    """Write the file, and print what is in it; does nothing where it is there already.

    Raises ``InputError`` for a corpus that is missing or cannot be read.
    """
    if (work / FILE).exists():
        print(f"{work / FILE} is there already")
        return
    missing = [root / place for place in asdict(corpora).values() if not (root / place).exists()]
    if missing:
        raise InputError(f"corpus not found: {', '.join(map(str, missing))}")
    fresh = work / f"{FILE}.new"
    with fresh.open("w", encoding="utf-8") as out:
        for part in read_parts(corpora, root):
            words = sum(len(sentence.words) for sentence in part.sentences)
            print(f"{part.name} {part.purpose}: {len(part.sentences)} sentences, {words} words,", end=" ")
            print(", ".join(f"{name} {count}" for name, count in sorted(count_names(part.sentences).items())))
            for sentence in part.sentences:
                record = {"set": part.name, "purpose": part.purpose, **asdict(sentence)}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    fresh.replace(work / FILE)


def read_prepared(work: Path, purposes: Iterable[str]) -> list[tuple[str, Sentence]]:
    """The prepared sentences for some purposes, each with the name of its set."""
    wanted = set(purposes)
    records = _read_records(prepared_file(work))
    return [(record["set"], _sentence(record)) for record in records if record["purpose"] in wanted]


def labelled_file(work: Path) -> Path:
    """The sentences that models have labelled; there need be none."""
    return work / LABELLED


def read_labelled(work: Path) -> list[tuple[str, Sentence]]:
    """The sentences that models have labelled, if there are any, as of the set "labelled"."""
    file = labelled_file(work)
    return [("labelled", _sentence(record)) for record in _read_records(file)] if file.exists() else []


def _read_records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _sentence(record: dict[str, Any]) -> Sentence:
    tree: dict[str, Any] = {key: tuple(map(_shared, values)) for key, values in (record["tree"] or {}).items()}
    names = None if record["names"] is None else tuple(record["names"])
    return Sentence(
        tuple(record["words"]), Tree(**tree) if tree else None, names, record["guessed"], record.get("opens", "")
    )


def _shared(value: str | int) -> str | int:
    """The same object for equal strings: a million words have few tags."""
    return intern(value) if isinstance(value, str) else value
