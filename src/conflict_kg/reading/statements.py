"""Statements: one claim for each utterance that a report carries."""

from conflict_kg.model import Statement
from conflict_kg.reading.scene import Scene, when
from conflict_kg.reading.speech import Utterance

MARKS = (("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"))


def statement(scene: Scene, utterance: Utterance) -> Statement:
    """The utterance as a claim; its passage spans the words said and, where it has one, the verb of saying."""
    tokens = [i for segment in utterance.segments for i in (segment[0], segment[1] - 1)]
    if utterance.cue is not None:
        tokens.append(utterance.cue.i)
    roles = [s.role for s in utterance.speakers if s.role]
    said = when(scene, utterance.cue) if utterance.cue is not None else None
    return Statement(
        passage=scene.passage(min(tokens), max(tokens) + 1),
        digest=scene.digest,
        published=scene.report.published,
        according_to=utterance.speakers,
        relayed_by=utterance.relays,
        rule=f"speech {utterance.cue.lemma_.lower()}" if utterance.cue is not None else "speech carried on",
        direct=utterance.direct,
        content=" … ".join(_words(scene, *segment) for segment in utterance.segments),
        speaker_role=roles[0] if roles else None,
        said_on=said.begin_latest if said is not None and said.begin_earliest == said.begin_latest else None,
    )


def _words(scene: Scene, first: int, last: int) -> str:
    """The words as they stand, without a closing mark whose opening one is left out."""
    words = scene.passage(first, last).quote
    for opening, closing in MARKS:
        opened = words.count(opening) if opening != closing else words.count(closing) // 2
        if words.endswith(closing) and words.count(closing) > opened * (1 if opening != closing else 2):
            words = words.removesuffix(closing)
    return words
