"""From a parsed report to what its sources claim.

``read`` is the whole chain: predicates with their roles, who and where, who says what, then the claims.
Knowledge of words (frames, cues, verbs of saying, nouns) is data in ``conflict_kg/lexicon``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import spacy.tokens

from conflict_kg.linking import around, known_actor, lexicon
from conflict_kg.model import (
    Actor,
    Claim,
    Mention,
    Passage,
    Place,
    Reading,
    Report,
    SectionKind,
)
from conflict_kg.reading.attribution import find_utterances
from conflict_kg.reading.casualties import casualty_claims
from conflict_kg.reading.clauses import clauses
from conflict_kg.reading.control import control_claims
from conflict_kg.reading.frames import predicate_nouns, predicative_nouns
from conflict_kg.reading.hostilities import fights, hostile_nouns
from conflict_kg.reading.incident_frames import incident_nouns
from conflict_kg.reading.incidents import incident_claims
from conflict_kg.reading.losers import with_losers, without_former
from conflict_kg.reading.mentions import Mentions, find_mentions
from conflict_kg.reading.parse import plain
from conflict_kg.reading.scene import Scene, sections_of, times_of, voices_of
from conflict_kg.reading.sides import control_with_sides, incidents_with_sides
from conflict_kg.reading.statements import statement

__all__ = ["read"]


def read(parsed: spacy.tokens.Doc, report: Report) -> Reading:
    """What a report claims.

    Args:
        parsed: ``report.view`` parsed by the pipeline of ``conflict_kg.language``.
        report: the report itself.

    Returns:
        The claims, sorted by start, then type, with every actor and place that they name.

    """
    doc = plain(parsed)
    predicates = clauses(doc, predicate_nouns() | predicative_nouns() | hostile_nouns() | incident_nouns())
    sections = sections_of(doc, report)
    captions = {i for i, section in enumerate(sections) if section is not None and section.kind is SectionKind.CAPTION}
    mentions = find_mentions(doc, report.id, captions, on=report.published)
    utterances = find_utterances(doc, report, predicates, mentions)
    voices, times = voices_of(doc, utterances), times_of(report)
    bare = Scene(doc, report, report.digest, predicates, mentions, utterances, {}, sections, voices, times)
    statements = {utterance: statement(bare, utterance) for utterance in utterances}
    scene = replace(bare, keys={utterance: claim.key for utterance, claim in statements.items()})
    named = [actor for i, actor in sorted(mentions.actors.items()) if scene.readable(doc[i])]
    told = control_with_sides(control_claims(scene), mentions.setting)
    control = without_former(with_losers(told, fights(scene), named, mentions.setting))
    casualties = casualty_claims(scene)
    incidents = incidents_with_sides(incident_claims(scene, casualties), mentions.setting)
    claims: list[Claim] = [*statements.values(), *control, *casualties, *incidents, *_mentions(scene)]
    distinct = {claim.key: claim for claim in claims}.values()
    ordered = sorted(distinct, key=lambda c: (c.passage.start, type(c).__name__, c.key))
    return Reading(report, tuple(ordered), _places(ordered), _actors(ordered, mentions))


def _mentions(scene: Scene) -> list[Mention]:
    """One mention for each actor and place: where the report first names it most fully."""
    places = {i: place for i, (place, _) in scene.mentions.places.items()}
    referents: dict[int, Actor | Place] = {**places, **scene.mentions.actors}
    best: dict[str, tuple[bool, Passage, Actor | Place]] = {}
    for i, entity in sorted(referents.items()):
        stands_for = scene.doc[i].pos_ == "PRON" and scene.doc[i].text != entity.name  # "WHO" is a name too
        if stands_for or not scene.readable(scene.doc[i]):
            continue
        passage = scene.passage(*scene.mentions.spans[i])
        full = entity.name.lower() in passage.quote.lower()
        if entity.id not in best or (full and not best[entity.id][0]):
            best[entity.id] = (full, passage, entity)
    return [
        Mention(passage=p, digest=scene.digest, published=scene.report.published, rule="mention", entity=entity)
        for _, p, entity in best.values()
    ]


def _places(claims: Iterable[Claim]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for claim in claims:
        place = claim.entity if isinstance(claim, Mention) else getattr(claim, "place", None)
        if isinstance(place, Place):
            found.setdefault(place.id, place)
            for container in around(place):
                found.setdefault(container.id, container)
    return tuple(found[key] for key in sorted(found))


def _actors(claims: Iterable[Claim], mentions: Mentions) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for claim in claims:
        for actor in claim.actors():
            found.setdefault(actor.id, actor)
            for above in _above(actor, mentions):
                found.setdefault(above.id, above)
    return tuple(found[key] for key in sorted(found))


def _above(actor: Actor, mentions: Mentions) -> Iterator[Actor]:
    """The actors that one is part of, from the report ("a source at X's police command") or from the lexicon."""
    below = {actor.id}
    backer = mentions.backers.get(actor.part_of or "")
    while backer is not None and backer.id not in below:
        yield (actor := backer)
        below.add(actor.id)
        backer = mentions.backers.get(actor.part_of or "")
    if actor.part_of is not None:
        where = mentions.setting
        entries = [lexicon().entry(actor.part_of), *lexicon().ancestors(actor.part_of, where.on)]
        for entry in filter(None, entries):
            yield known_actor(entry.id, where)
