"""The spaCy component that tags, parses, splits into sentences and finds names, all with the shipped weights."""

import shutil
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Token
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]  # ships no type information

from conflict_kg.language.encoder import ENOUGH_PIECES, MOST_PIECES, Encoder
from conflict_kg.language.heads import Heads, Labels, Numbers, Parse, join
from conflict_kg.language.layout import lay_out, sentence_starts, shown, window_end
from conflict_kg.language.pieces import in_capitals, read_vocabulary

COMPONENT = "conflict_kg_parser"

SHIPPED = Path(str(files("conflict_kg") / "language" / "model"))
"""The pipeline that the package ships, a folder for ``spacy.load``; the weights are in the component's folder in it."""

FILES = ("ATTRIBUTION.md", "CHECKSUMS", "MODEL_CARD.md", "encoder.onnx", "heads.npz", "labels.json", "vocab.txt")
"""What a folder of weights holds; CHECKSUMS has the SHA-256 of the rest, one "digest  name" a line."""

_IOB = {"I": 1, "O": 2, "B": 3}
"""spaCy's numbers for the parts of a name."""

_ATTRIBUTES = ["TAG", "POS", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE"]
"""What is written, in the order of the columns."""


class Parser:
    """Sets ``tag``, ``pos``, ``morph``, ``head``, ``dep`` (UD; "ROOT" for roots), sentence starts and ``ents``.

    Entities are PER, ORG, MIL, LOC, FAC, NORP or DATE (``MODEL_CARD.md`` says what each is). A line break always ends
    a sentence. White space is attached to the word before it (to the first word, where none is before) and is a
    root only where a document holds nothing else.
    What a document gets depends on its own text alone, not on the documents that went before or beside it.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Read the weights in ``folder`` (see ``FILES``); ``threads`` are those of the encoder."""
        self._thread_count = threads
        self._read(folder)

    def _read(self, folder: Path) -> None:
        self._folder = folder
        self._pieces = read_vocabulary(folder / "vocab.txt")
        self._encoder = Encoder(folder / "encoder.onnx", self._thread_count)
        self._heads = Heads(folder / "heads.npz", folder / "labels.json")
        self._threads = ThreadpoolController()

    def __reduce__(self) -> tuple[type[Self], tuple[Path, int]]:
        return type(self), (self._folder, self._thread_count)

    @property
    def labels(self) -> tuple[str, ...]:
        """The relations that ``dep`` may have."""
        return tuple(_dep(label) for label in self._heads.labels.relations)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc`` in place."""
        words = [token for token in doc if not token.is_space]
        if words:
            # The products are small: threads would wait for one another longer than they work.
            with self._threads.limit(limits=1, user_api="blas"):
                parse = self._parse(words)
            _write(doc, [word.i for word in words], parse, self._heads.labels)
        elif len(doc):
            _write_blank(doc)
        return doc

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002  # spaCy passes it
        """Annotate documents one by one: a batch would change the outcome (see the encoder) and is no faster."""
        return map(self, docs)

    def _parse(self, tokens: list[Token]) -> Parse:
        """Windows from left to right; one that could not be cut is read up to the last sentence start in it."""
        fresh = _begins_line(tokens)
        layout = lay_out([token.text for token in tokens], fresh)
        pieces = [
            # Lines in capitals parse well; with Title Case every word would be taken for a name.
            in_capitals(self._pieces[word]) if titled else self._pieces[word]
            for word, titled in zip(shown(layout.words, fresh), layout.titled, strict=True)
        ]
        costs = [len(piece.numbers) for piece in pieces]
        pos = self._heads.labels.pos
        parses: list[Parse] = []
        first = 0
        while first < len(tokens):
            end, safe = window_end(costs, layout.cuts, first, ENOUGH_PIECES, MOST_PIECES)
            scores = self._heads.score(self._encoder.encode(pieces[first:end]))
            upos = [pos[number] for number in scores.pos]
            starts = np.array(sentence_starts(layout, first, scores.starts.tolist(), upos))
            parse = self._heads.decode(scores, starts)
            last = int(np.flatnonzero(starts)[-1])
            if not safe and last:
                parse, end = parse.first(last), first + last
            parses.append(parse)
            first = end
        return join(parses)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002  # spaCy passes it
        """Copy the weights to the folder ``path``, and what of ``FILES`` lies beside them."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name in FILES:
            if (self._folder / name).exists():
                shutil.copyfile(self._folder / name, folder / name)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:  # noqa: ARG002  # spaCy passes it
        """Use the weights in the folder ``path`` instead."""
        self._read(Path(path))
        return self


@Language.factory(
    COMPONENT,
    default_config={"threads": 1},
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.head",
        "token.dep",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
    ],
)
def make_parser(nlp: Language, name: str, threads: int) -> Parser:  # noqa: ARG001  # spaCy passes all
    """The component with the weights that the package ships."""
    return Parser(SHIPPED / COMPONENT, threads)


def _dep(relation: str) -> str:
    return "ROOT" if relation == "root" else relation


def _begins_line(words: list[Token]) -> list[bool]:
    """For each word whether it is the first or comes after white space with a line break."""
    begins = []
    before = -1
    for word in words:
        begins.append(before < 0 or any("\n" in word.doc[at].text for at in range(before + 1, word.i)))
        before = word.i
    return begins


def _write(doc: Doc, at: list[int], parse: Parse, labels: Labels) -> None:
    """Put the parse of the words, which stand ``at`` these tokens, into the document, and attach the white space."""
    count = len(doc)

    def ids(labels: Iterable[str]) -> list[int]:
        return [doc.vocab.strings.add(label) for label in labels]

    words = np.array(at, dtype=np.intp)
    # The last word at or before each token, or the first word: what white space hangs on.
    heads = words[np.maximum(np.searchsorted(words, np.arange(count), side="right") - 1, 0)]
    heads[words] = words[parse.heads]
    part = _spread(count, words, parse.names, [_IOB[name[0]] for name in labels.names], _IOB["O"])
    kind = _spread(count, words, parse.names, ids(name[2:] for name in labels.names), 0)
    # White space within a name is part of it, or the rest of the name would continue nothing.
    for token in range(count - 2, -1, -1):
        if doc[token].is_space and part[token + 1] == _IOB["I"]:
            part[token], kind[token] = _IOB["I"], kind[token + 1]
    columns = [
        _spread(count, words, parse.tags, ids(labels.tags), *ids(["_SP"])),
        _spread(count, words, parse.pos, ids(labels.pos), *ids(["SPACE"])),
        _spread(count, words, parse.features, [doc.vocab.morphology.add(f) for f in labels.features], 0),
        (heads - np.arange(count)).astype(np.int64).view(np.uint64),
        _spread(count, words, parse.relations, ids(map(_dep, labels.relations)), *ids(["dep"])),
        part,
        kind,
    ]
    doc.from_array(_ATTRIBUTES, np.stack(columns, axis=1))  # type: ignore[arg-type]  # thinc's name for this type


def _spread(count: int, words: Numbers, classes: Numbers, ids: list[int], blank: int) -> npt.NDArray[np.uint64]:
    """The ids for each of ``count`` tokens: those of the words' classes, ``blank`` for the others."""
    column = np.full(count, blank, dtype=np.uint64)
    column[words] = np.array(ids, dtype=np.uint64)[classes]
    return column


def _write_blank(doc: Doc) -> None:
    """Make white space without a word one sentence, with the first token as its root."""
    space, pos, root, other = (doc.vocab.strings.add(label) for label in ("_SP", "SPACE", "ROOT", "dep"))
    rows = [(space, pos, 0, 2**64 - at if at else 0, other if at else root, _IOB["O"], 0) for at in range(len(doc))]
    doc.from_array(_ATTRIBUTES, np.array(rows, dtype=np.uint64))  # type: ignore[arg-type]  # as above
