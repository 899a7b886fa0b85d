"""Denials of what was told before: "The army denied the claim", "but the governor dismissed the reports".

The words deny a claim of the report without repeating it. It is the change told last, in the same paragraph or the one
before, that is no success of who denies it; where there is none, nothing is read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from conflict_kg.linking import lexicon
from conflict_kg.model import Actor, ControlClaim, ControlKind, Status
from conflict_kg.reading.clauses import Clause, children
from conflict_kg.reading.events import HAPPENED, sides_of
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues

NEAR = 600  # characters between the claim and its denial at most: the paragraph before, as news agencies write
_CHANGES = set(ControlKind) - {ControlKind.HOLDS, ControlKind.SIEGE}


def denials(scene: Scene, told: Iterable[ControlClaim]) -> Iterator[ControlClaim]:
    """The claims of a report once more as those deny them who say so of the claim told last before."""
    changes = sorted((c for c in told if c.status in HAPPENED and c.kind in _CHANGES), key=lambda c: c.passage)
    for clause in scene.clauses:
        if not (_denies(clause) and scene.readable(clause.predicate)):
            continue
        speakers = scene.actors(clause.subjects, None)
        sentence = scene.sentence(clause.predicate)
        before = [c for c in changes if c.passage.end <= sentence.start <= c.passage.end + NEAR]
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


def _denies(clause: Clause) -> bool:
    """Whether a clause denies what another sentence told, and nothing of its own: "denied it", "rejected the claim"."""
    if clause.lemma not in cues()["denied"] or clause.nominal or children(clause.predicate, "ccomp", "xcomp"):
        return False
    return any(map(_means_what_was_told, clause.objects))


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
