"""Denials of what was told before: "The army denied the claim", "the governor said that was untrue", "Not so, says X".

The words deny a claim of the report without repeating it. It is the change told last, in the same sentence, the same
paragraph or the one before, that is no success of who denies it; where there is none, nothing is read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from conflict_kg.linking import lexicon
from conflict_kg.model import Actor, ControlClaim, ControlKind, Status
from conflict_kg.reading.clauses import Clause, children
from conflict_kg.reading.events import HAPPENED, sides_of
from conflict_kg.reading.nouns import POINTING, is_definite, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues, is_negated, is_untrue, with_particle
from conflict_kg.reading.verbs import speech

NEAR = 600  # characters between the claim and its denial at most: the paragraph before, as news agencies write
NEXT = 3  # characters between a sentence and the next one
SHORT = 8  # words within which a flat denial says so
BRANDING = {"call", "brand", "label", "describe", "dismiss", "term"}
_CHANGES = set(ControlKind) - {ControlKind.HOLDS, ControlKind.SIEGE}


def denials(scene: Scene, told: Iterable[ControlClaim]) -> Iterator[ControlClaim]:
    """The claims of a report once more as those deny them who say so of the claim told last before."""
    changes = sorted((c for c in told if c.status in HAPPENED and c.kind in _CHANGES), key=lambda c: c.passage)
    for word, speakers in _denying(scene) if changes else ():
        sentence = scene.sentence(word)
        before = [
            c for c in changes if c.passage == sentence or c.passage.end <= sentence.start <= c.passage.end + NEAR
        ]
        denied = next((c for c in reversed(before) if _may_deny(c, speakers)), None)
        if denied is not None:
            yield replace(
                denied,
                passage=sentence,
                according_to=speakers,
                relayed_by=(),
                stated_in=None,
                status=Status.DENIED,
                rule="denied: the claim told before",
            )


def with_outcomes(scene: Scene, told: Sequence[ControlClaim]) -> list[ControlClaim]:
    """The claims of a report, where an attempt is failed that the next sentence has repelled.

    "Rebels tried to take X. The army repelled the attack": they did not take it.
    """
    clauses = scene.clauses if any(c.status is Status.PLANNED for c in told) else ()
    ends = [clause.predicate for clause in clauses if _repels(scene, clause)]
    beaten = [(c.predicate, sides) for c in clauses if (sides := _beaten(scene, c)) is not None]
    return [
        replace(c, status=Status.FAILED)
        if any(_is_of(scene, end, c) for end in ends)
        or any(_is_of(scene, end, c) and (not sides or sides & sides_of(c.winners)) for end, sides in beaten)
        else c
        for c in told
    ]


def _beaten(scene: Scene, clause: Clause) -> set[str] | None:
    """The sides that a clause tells were driven back, without a word of where from ("they had been driven off"); none
    where it is "they" alone.
    """
    if clause.nominal or with_particle(clause.predicate) not in cues()["beaten"] or is_negated(clause.predicate):
        return None
    if any(scene.place(head) is not None for heads in clause.obliques.values() for head in heads):
        return None
    utterance = scene.utterance(clause.predicate)
    own = utterance.speakers if utterance is not None else ()  # "officers said they had been driven off": the others
    sides = sides_of(actor for actor in scene.actors(clause.objects, utterance) if actor not in own)
    return sides if sides or any(o.lower_ in nouns().they for o in clause.objects) else None


def _repels(scene: Scene, clause: Clause) -> bool:
    """Whether a clause tells that the attack spoken of was repelled, without a place of its own."""
    if clause.nominal or with_particle(clause.predicate) not in cues()["failed"] or is_negated(clause.predicate):
        return False
    attacks = [o for o in clause.objects if lemma(o) in cues()["operation"] and is_definite(o)]
    return any(scene.place(below) is None for attack in attacks for below in (children(attack, "nmod") or [attack]))


def _is_of(scene: Scene, end: Token, claim: ControlClaim) -> bool:
    """Whether an attempt is the one that its own sentence, or one right behind it, has repelled."""
    sentence = scene.sentence(end)
    right_behind = sentence == claim.passage or 0 <= sentence.start - claim.passage.end <= NEXT
    return claim.status is Status.PLANNED and right_behind


def _denying(scene: Scene) -> Iterator[tuple[Token, tuple[Actor, ...]]]:
    """The words that deny what was told, each with who denies it."""
    for clause in scene.clauses:
        if scene.readable(clause.predicate) and (_denies(clause) or _brands(clause)):
            yield clause.predicate, scene.actors(clause.subjects, None)
    for utterance in scene.utterances:
        words = [scene.doc[i] for first, last in utterance.segments[:1] for i in range(first, last)]
        if words and scene.readable(words[0]) and (_is_rebuff(words) or any(map(_is_called_untrue, words[:SHORT]))):
            yield words[0], utterance.speakers
    for each in scene.doc.sents:
        opening = each.tokens[:SHORT]
        if each.root.lemma_ in speech()["say"] and scene.voices[opening[0].i] is None and _is_rebuff(opening):
            heads = [c for c in children(each.root, "nsubj", "obj") if c.i > each.root.i]
            yield opening[0], scene.actors(heads, None)  # "Nothing of the sort, retorted X"


def _denies(clause: Clause) -> bool:
    """Whether a clause denies what another one told, and nothing of its own.

    "Denied it", "rejected the claim", "…, which the army denied", "…, a claim denied by the army".
    """
    verb = clause.predicate
    if clause.lemma not in cues()["denied"] or clause.nominal or children(verb, "ccomp", "xcomp"):
        return False
    beside = verb.dep_ == "acl" and verb.head.dep_ in {"appos", "parataxis"} and lemma(verb.head) in cues()["hearsay"]
    which = any(c.lower_ == "which" for c in children(verb, "obj"))
    return beside or which or any(map(_means_what_was_told, clause.objects))


def _brands(clause: Clause) -> bool:
    """Whether somebody calls what was told untrue: "called the claim propaganda"."""
    if clause.lemma not in BRANDING or clause.nominal:
        return False
    untrue = [c for c in children(clause.predicate, "xcomp", "obl") if lemma(c) in cues()["untrue"]]
    claims = (*clause.objects, *(c for each in untrue for c in children(each, "compound", "nsubj")))
    return bool(untrue) and any(_means_what_was_told(each) or lemma(each) in cues()["hearsay"] for each in claims)


def _is_rebuff(words: Sequence[Token]) -> bool:
    """Whether somebody's words open with a flat denial: "Not so", "Nothing of the sort"."""
    said = " ".join("," if word.is_punct else word.lower_ for word in words).lstrip(", ") + " ,"
    ends = (",", "has", "had", "happened", "is")  # but not "not so long ago"
    return any(said.startswith(f"{opening} {end}") for opening in cues()["rebuff"] for end in ends)


def _is_called_untrue(verdict: Token) -> bool:
    """Whether a word says of what was told that it is not so: "that was untrue", "it is not true", "no truth in it"."""
    if lemma(verdict) == "truth":
        return is_negated(verdict)
    subjects = children(verdict, "nsubj")
    told = any(s.lower_ in POINTING or s.lower_ in nouns().it or _means_what_was_told(s) for s in subjects)
    return told and not children(verdict, "csubj", "ccomp") and is_untrue(verdict)


def _means_what_was_told(thing: Token) -> bool:
    if thing.lower_ in nouns().it or thing.lower_ in {"this", "that"}:
        return True
    alone = not children(thing, "acl", "ccomp", "nmod", "acl:relcl")
    return alone and lemma(thing) in cues()["hearsay"] and is_definite(thing)


def _may_deny(claim: ControlClaim, speakers: tuple[Actor, ...]) -> bool:
    """Whether it is no claim or success of the speakers, and they would have lost the place or are of its country."""
    own = sides_of(speakers)
    if not own or own & (sides_of(claim.winners) | sides_of(claim.according_to)):
        return False
    entries = (lexicon().entry(actor.party or actor.id) for actor in speakers)
    at_home = any(entry is not None and entry.country == claim.place.country is not None for entry in entries)
    return at_home or bool(own & sides_of(claim.losers))
