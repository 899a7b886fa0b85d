"""The frames of lexicon/incidents.toml: which predicates tell of an incident, and in which roles."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from conflict_kg.model import IncidentKind, Means
from conflict_kg.reading.clauses import Clause, children, complements
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token


@dataclass(frozen=True, slots=True)
class IncidentFrame:
    """One way of telling of an incident; fields as the file's head explains them."""

    id: str
    kind: IncidentKind
    words: frozenset[str]
    nominal: bool
    object: frozenset[str]
    by: frozenset[str]
    before: frozenset[str]
    """``with`` in the file."""
    agent: tuple[str, ...]
    target: tuple[str, ...]
    place: tuple[str, ...]
    needs: frozenset[str]
    means: Means | None

    def fits(self, clause: Clause) -> bool:
        """Whether a clause has this frame's predicate, and the object, doer or modifier that it asks for."""
        return (
            clause.nominal is self.nominal
            and clause.lemma in self.words
            and _any(self.object, (thing for head in clause.objects for thing in _counted(head)))
            and _any(self.by, clause.subjects)
            and _any(self.before, modifiers(clause.predicate))
        )


def _any(wanted: frozenset[str], heads: Iterable[Token]) -> bool:
    """Whether one of the heads is a wanted word; nothing wanted is always there."""
    return not wanted or any(word(head) in wanted for head in heads)


def _counted(head: Token) -> tuple[Token, ...]:
    """The head, and what it counts: "a number of rockets"."""
    of = complements(head, "of") if _counts(head) else []
    return (head, *of)


def _counts(head: Token) -> bool:
    return lemma(head) in word_list("counted", "words")


def word(head: Token) -> str:
    """The lemma by which the file names a noun; of a reflexive pronoun the word as it stands."""
    return head.lower_ if head.pos_ == "PRON" else lemma(head)


def modifiers(noun: Token) -> list[Token]:
    """The words before a noun that say of what kind it is, those of its compounds too ("car bomb attack")."""
    own = children(noun, "compound", "amod", "nmod:desc", "nmod:unmarked")
    return [*own, *(below for each in own for below in children(each, "compound", "amod"))]


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files("conflict_kg") / "lexicon" / "incidents.toml").read_text(encoding="utf-8"))


@cache
def word_list(table: str, name: str) -> frozenset[str]:
    """A list of one of the file's tables: ``word_list("support", "do")``."""
    return frozenset(_file()[table][name])


@cache
def _frames() -> Mapping[tuple[bool, str], tuple[IncidentFrame, ...]]:
    """The frames by whether they are nouns, and word; those that ask for more come first, then in the file's order."""
    ordered = sorted(map(_frame, _file()["incident"]), key=lambda f: not (f.object or f.by or f.before))
    words = {(frame.nominal, each) for frame in ordered for each in frame.words}
    return {(n, each): tuple(f for f in ordered if f.nominal is n and each in f.words) for n, each in words}


def _frame(entry: Mapping[str, Any]) -> IncidentFrame:
    words = tuple(entry.get("verbs") or entry["nouns"])
    return IncidentFrame(
        id=f"{entry['kind']}:{words[0]}",
        kind=IncidentKind(entry["kind"]),
        words=frozenset(words),
        nominal="nouns" in entry,
        object=frozenset(entry.get("object", ())),
        by=frozenset(entry.get("by", ())),
        before=frozenset(entry.get("with", ())),
        agent=tuple(entry.get("agent", ())),
        target=tuple(entry.get("target", ())),
        place=tuple(entry.get("place", ())),
        needs=frozenset(entry.get("needs", ())),
        means=Means(entry["means"]) if "means" in entry else None,
    )


def incident_nouns() -> frozenset[str]:
    """The nouns that tell of an incident."""
    return frozenset(each for nominal, each in _frames() if nominal)


def incident_frame(clause: Clause) -> IncidentFrame | None:
    """The first frame that a clause has, if its noun names the event and nothing else."""
    found = next((f for f in _frames().get((clause.nominal, clause.lemma), ()) if f.fits(clause)), None)
    return None if found is not None and clause.nominal and _is_else(clause.predicate) else found


def _is_else(noun: Token) -> bool:
    """Whether a noun is no event of war ("a verbal attack"), or only names a thing ("attack helicopters")."""
    of_a_thing = noun.dep_ == "compound" and lemma(noun.head) not in word_list("other", "events")
    return of_a_thing or any(lemma(t) in word_list("other", "words") for t in modifiers(noun))


def kind_told(frame: IncidentFrame, clause: Clause, above: Clause | None) -> IncidentKind:
    """The kind of incident: that of the frame, but an air strike where aircraft bomb, shell or attack.

    ``above`` is the verb that an event noun hangs on ("planes delivered a missile strike").
    """
    doers = [*clause.subjects, *clause.role("by"), *(modifiers(clause.predicate) if clause.nominal else ())]
    if above is not None and any(clause.predicate == head for head in above.objects):
        doers += above.subjects
    aircraft = {word(t) for doer in doers for t in (doer, *modifiers(doer))} & word_list("air", "words")
    by_air = frame.kind in {IncidentKind.BOMBING, IncidentKind.ATTACK} and aircraft
    return IncidentKind.AIR_STRIKE if by_air else frame.kind


def means_told(frame: IncidentFrame, clause: Clause) -> Means | None:
    """What it was done with: by the words before the noun, what does it and what is set off; else as the frame says."""
    told = {word(t) for t in _things(frame, clause)}
    return next((means for means, words in _means() if words & told), frame.means)


def _things(frame: IncidentFrame, clause: Clause) -> Iterator[Token]:
    """What may be a weapon: the noun or the doer, what is set off, and what stands before them."""
    objects = clause.objects if frame.object else ()  # what is set off; "struck a vehicle" tells no weapon
    heads = [clause.predicate, *clause.role("by")] if clause.nominal else [*clause.subjects, *objects]
    for head in heads:
        yield head
        yield from modifiers(head)


@cache
def _means() -> tuple[tuple[Means, frozenset[str]], ...]:
    return tuple((Means(name), frozenset(words)) for name, words in _file()["means"].items())


def unreal(words: Iterable[Token], *, above: bool) -> str | None:
    """Which status other than a fact some word gives a noun: one above it, or one of the adjectives before it."""
    table = _file()["standing"] if above else _file()["standing"]["before"]
    told = {lemma(token) for token in words} | ({token.lower_ for token in words} if not above else set())
    return next((s for s in ("planned", "failed", "expected") if told & set(table[s])), None)
