"""The corpora as sentences. Every reader takes the folder that holds the corpus, as its makers publish it."""

import json
import re
import xml.etree.ElementTree as ET  # files of a published corpus, chosen by who trains
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from conflict_kg.errors import InputError
from training.language.names import Kinds, Mention, from_bio, from_mentions, is_people, location, organization
from training.language.sentences import ANY, CLASSES, PARAGRAPH, TEXT, Allowed, Sentence, Tree

_WIKIGOLD = {"PER": ("PER",), "MISC": ()}
_POLITICS = {
    "person": ("PER",),
    "politician": ("PER",),
    "country": ("LOC",),
    "politicalparty": ("ORG",),
    "election": (),
    "event": (),
    "misc": (),
}
_RE3D: dict[str, Kinds] = {
    "Person": ("PER",),
    "Location": ("LOC", "FAC"),
    "Temporal": ("DATE",),
    "Nationality": ("NORP",),
}
PROPER = frozenset({"NNP", "NNPS"})
"""XPOS of the words of names; UPOS has adjectives and participles among them ("United", "Islamic")."""

_ENTITY = re.compile(r"\((\d+)-([a-z]+)[^()]*(\)?)|(\d+)\)")
"""An entity of GUM opens, perhaps closes at once, or closes (CorefUD notation)."""


def read_treebank(path: Path, *, entities: bool = False) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file; with ``entities`` names from GUM's column MISC."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line and line[0].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if not rows:
            continue
        words, lemmas, pos, tags, features, heads, relations, misc = (
            tuple(row[column] for row in rows) for column in (1, 2, 3, 4, 5, 6, 7, 9)
        )
        tree = Tree(tags, pos, features, lemmas, tuple(map(int, heads)), relations)
        sentence = Sentence(words, tree, opens=_opens(lines))
        yield replace(sentence, names=_gum_names(words, tree, misc)) if entities else sentence


def _opens(comments: Iterable[str]) -> str:
    """What begins with a sentence by the comments before it (https://universaldependencies.org/format.html)."""
    told = {line.split()[1] for line in comments if line.startswith("# new")}
    return TEXT if "newdoc" in told else PARAGRAPH if "newpar" in told else ""


def _gum_names(words: Sequence[str], tree: Tree, misc: Sequence[str]) -> tuple[int, ...]:
    named = []
    for start, end, kind in _entities(misc):
        head = next((at for at in range(start, end) if not start < tree.heads[at] <= end), start)
        clauses = any(tree.relations[at].startswith(("acl", "advcl")) for at in range(start, end) if at != head)
        if kind == "time":
            if tree.pos[head] != "PRON" and not clauses:
                named.append(Mention(start, end, ("DATE",)))
        elif tree.tags[head] in PROPER:
            # What belongs to the name stands before its head, or hangs on it as a flat name or with "of".
            last = max(at for at in range(start, end) if at == head or _is_joined(at, head, tree))
            if kinds := _gum_kinds(kind, words[start : last + 1], words[head]):
                named.append(Mention(start, last + 1, kinds))
    return from_mentions(words, [tag in PROPER for tag in tree.tags], named)


def _gum_kinds(kind: str, name: Sequence[str], head: str) -> Kinds:
    if kind == "person":
        return ("NORP",) if is_people(head) else ("PER",)
    if kind == "organization":
        return organization(name)
    return location(name) if kind == "place" else ()


def _entities(misc: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First word, end (exclusive) and type of each entity that closes in the sentence."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for at, column in enumerate(misc):
        value = next((part[7:] for part in column.split("|") if part.startswith("Entity=")), "")
        for number, kind, closed, closing in _ENTITY.findall(value):
            if closing:
                if opened.get(closing):
                    start, kept = opened[closing].pop()
                    yield start, at + 1, kept
            elif closed:
                yield at, at + 1, kind
            else:
                opened.setdefault(number, []).append((at, kind))


def _is_joined(at: int, head: int, tree: Tree) -> bool:
    """Whether a proper noun after the head of a name is part of the name."""
    if at < head or tree.tags[at] not in PROPER:
        return False
    seen = 0
    while at != head and seen < 4:
        if tree.relations[at].split(":")[0] not in {"flat", "nmod", "compound", "nummod", "goeswith"}:
            return False
        at, seen = tree.heads[at] - 1, seen + 1
    return at == head


def read_uner(path: Path) -> Iterator[tuple[tuple[str, ...], tuple[Allowed, ...]]]:
    """The words and allowed classes of each sentence of a Universal NER file (IOB2, without "B-O")."""

    def kinds(label: str, words: Sequence[str]) -> Kinds | None:
        if label == "OTH":
            return None
        return ("PER",) if label == "PER" else organization(words) if label == "ORG" else location(words)

    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if rows:
            words = tuple(row[1] for row in rows)
            # The early version's "B-O" is an accident on full stops, and on words a name of an unknown kind.
            labels = tuple(row[2] if row[2][2:] != "O" else "B-OTH" if row[1].isalnum() else "O" for row in rows)
            yield words, from_bio(words, labels, kinds)


def with_names(sentences: Iterable[Sentence], named: Path) -> Iterator[Sentence]:
    """A treebank with the names of Universal NER, which are joined on by the sentences' words."""
    names = dict(read_uner(named))
    for sentence in sentences:
        yield replace(sentence, names=names.get(sentence.words))


def read_columns(path: Path, kind: str) -> Iterator[Sentence]:
    """A file of words and labels, "wikigold" (IO) or "politics" (CrossNER, BIO)."""
    known = _WIKIGOLD if kind == "wikigold" else _POLITICS

    def kinds(label: str, words: Sequence[str]) -> Kinds | None:
        if label in {"ORG", "organisation"}:
            return organization(words)
        if label in {"LOC", "location"}:
            return location(words)
        if label not in known:
            raise InputError(f"{path}: the label {label} is not known")
        return known[label]

    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split() for line in block.split("\n") if line.strip()]
        rows = [row for row in rows if row[0] != "-DOCSTART-"]
        if not rows:
            continue
        words, labels = tuple(row[0] for row in rows), [row[1] for row in rows]
        if kind == "wikigold":
            labels = [
                f"B{label[1:]}" if label != "O" and (not at or labels[at - 1] != label) else label
                for at, label in enumerate(labels)
            ]
        words = tuple(_BRACKETS.get(word, word) for word in words)
        yield Sentence(words, names=from_bio(words, labels, kinds))


_BRACKETS = {"-LRB-": "(", "-RRB-": ")", "``": '"', "''": '"'}


def read_re3d(path: Path, nlp: Language, *, held_back: bool) -> Iterator[Sentence]:
    """The documents of re3d, cut into words and sentences by ``nlp``: each fifth if ``held_back``, else the others."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if (number % 5 == 4) != held_back:
            continue
        record = json.loads(line)
        doc = nlp(record["text"])
        proper = [token.tag_ in PROPER for token in doc]
        mentions = []
        for entity in record["entities"]:
            span = doc.char_span(entity["begin"], entity["end"], alignment_mode="expand")
            words = [token.text for token in span] if span is not None else []
            kinds = organization(words) if entity["type"] == "Organisation" else _RE3D.get(entity["type"], ())
            if words and span is not None and kinds and _is_usable(entity, span, kinds):
                mentions.append(Mention(span.start, span.end, location(words) if "FAC" in kinds else kinds))
        names = from_mentions([token.text for token in doc], proper, mentions)
        for sent in doc.sents:
            kept = [token.i for token in sent if not token.is_space]
            if kept:
                text, may = tuple(doc[at].text for at in kept), tuple(names[at] for at in kept)
                yield Sentence(text, names=may, guessed=True)


def _is_usable(entity: dict[str, Any], span: Span, kinds: Kinds) -> bool:
    """Leave out what only a tool found (confidence 0) among persons, and phrases whose head is no name."""
    if kinds == ("NORP",):
        return is_people(span[0].text)
    if entity["type"] == "Person" and not entity["confidence"]:
        return False
    return kinds == ("DATE",) or span.root.tag_ in PROPER


def read_meantime(folder: Path, nlp: Language) -> Iterator[Sentence]:
    """The marked sentences (headline and first five) of MEANTIME's English articles."""
    for path in sorted(folder.rglob("*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314  # see above
        tokens = [token for token in root.findall("token") if int(token.get("sentence", "0")) <= 5]
        at = {token.get("t_id"): number for number, token in enumerate(tokens)}
        words = [token.text or "-" for token in tokens]
        types = {entity.get("m_id"): entity.get("ent_type", "") for entity in root.iter("ENTITY")}
        refers = {
            source.get("m_id"): types.get(target.get("m_id"), "")
            for link in root.iter("REFERS_TO")
            for target in link.findall("target")
            for source in link.findall("source")
        }
        mentions = []
        for marked in [*root.iter("ENTITY_MENTION"), *root.iter("TIMEX3")]:
            places = sorted(at[a.get("t_id")] for a in marked.findall("token_anchor") if a.get("t_id") in at)
            if not places:
                continue
            of = words[places[0] : places[-1] + 1]
            kind = refers.get(marked.get("m_id"), "")
            if marked.tag == "TIMEX3":
                kinds: Kinds = ("DATE",) if marked.get("type") in {"DATE", "TIME"} else ()
            elif marked.get("syntactic_type") == "NAM":
                kinds = _meantime_kinds(kind, of)
            else:
                kinds = ()
            if kinds:
                mentions.append(Mention(places[0], places[-1] + 1, kinds))
        yield from _meantime_sentences(words, [int(t.get("sentence", "0")) for t in tokens], mentions, nlp)


def _meantime_kinds(kind: str, name: Sequence[str]) -> Kinds:
    if kind == "ORG":
        return organization(name)
    if kind == "LOC":
        return location(name)
    return ("PER",) if kind == "PER" else ()


def _meantime_sentences(
    words: list[str], numbers: list[int], mentions: list[Mention], nlp: Language
) -> Iterator[Sentence]:
    doc = nlp(Doc(nlp.vocab, words))
    names = from_mentions(words, [token.tag_ in PROPER for token in doc], mentions)
    for number in sorted(set(numbers)):
        inside = [at for at, other in enumerate(numbers) if other == number]
        yield Sentence(tuple(words[at] for at in inside), names=tuple(names[at] for at in inside))


def count_names(sentences: Iterable[Sentence]) -> Counter[str]:
    """How many words have one class only, by class, and how many are open: a check on the readers."""
    counts: Counter[str] = Counter()
    for sentence in sentences:
        for allowed in sentence.names or (ANY,) * len(sentence.words):
            if allowed == ANY:
                counts["any"] += 1
            elif allowed & (allowed - 1):
                counts["some"] += 1
            else:
                counts[CLASSES[allowed.bit_length() - 1]] += 1
    return counts
