"""Control claims: who gained, lost, holds or besieges which place, as each source says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Token

from conflict_kg.model import (
    Actor,
    ActorKind,
    ControlClaim,
    ControlKind,
    Extent,
    Period,
    PlaceKind,
    SectionKind,
    Status,
)
from conflict_kg.reading.attribution import SIDES, Utterance
from conflict_kg.reading.clauses import Clause, children, conjuncts, preposition
from conflict_kg.reading.frames import Frame, matching
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.scene import Scene, when
from conflict_kg.reading.standing import is_hearsay, is_hedged, standing

# Sources whose word the report takes as its basis: not a side in the war.
DISINTERESTED = {ActorKind.MONITOR, ActorKind.INTERNATIONAL, ActorKind.OUTLET}
WEEK = timedelta(days=7)  # how far back what is told as news reaches: one weekly news cycle
HAPPENED = {Status.ASSERTED, Status.CLAIMED}
HELD_MARKS = {"held", "controlled", "occupied", "ruled", "run"}


def control_claims(scene: Scene) -> tuple[ControlClaim, ...]:
    """The control claims of a report, one an event and source, in the order of the text; each names a party at least."""
    found = [claim for clause in scene.clauses if scene.readable(clause.predicate) for claim in _read(scene, clause)]
    found += [claim for token in scene.doc if scene.readable(token) for claim in _held_by_name(scene, token)]
    found = _with_parallel_parties(found)
    told = [claim for claim in _agreeing(_one_an_event(found)) if claim.winners or claim.losers]
    return tuple(sorted(told, key=lambda claim: (claim.passage, claim.kind, claim.place.id)))


def _read(scene: Scene, clause: Clause) -> Iterator[ControlClaim]:
    """The claims that one clause makes by the first frame that finds a place in it."""
    for frame in matching(clause):
        if frame.marker and preposition(clause.predicate) not in frame.marker | {f"{m} the" for m in frame.marker}:
            continue
        heads = [head for head in _heads(frame.place, clause) if _is_target(scene, head, frame)]
        if not heads:
            continue
        utterance = scene.utterance(clause.predicate)
        winners = _parties(scene.actors(_heads(frame.winner, clause), utterance))
        losers = _parties(scene.actors(_heads(frame.loser, clause), utterance))
        if not _plausible(frame, clause, winners, losers):
            continue
        if frame.kind is ControlKind.RECAPTURE and not winners and utterance is not None:
            winners = _own_success(utterance, losers)
        for head in heads:
            yield _claim(scene, clause.predicate, frame.kind, head, winners, losers, f"frame {frame.id}")
        return


def _with_parallel_parties(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """Give a change told without parties those of a like change in its sentence ("retaken by the army after X was reclaimed")."""
    named = {(c.passage, c.kind): c for c in reversed(claims) if c.winners}
    return [
        replace(c, winners=named[c.passage, c.kind].winners) if not c.winners and not c.losers and (c.passage, c.kind) in named else c
        for c in claims
    ]


def _own_success(utterance: Utterance, losers: Sequence[Actor]) -> tuple[Actor, ...]:
    """A side that tells of a liberation without saying whose tells its own ("the army said the town has been retaken")."""
    sides = {x.party for x in losers}
    own = all(s.kind in SIDES and s.party not in sides for s in utterance.speakers)
    return utterance.speakers if own else ()


def _parties(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Those that can hold or lose a place: forces, groups, governments; no outlet, spokesman or crowd."""
    return tuple(a for a in actors if a.kind not in {*DISINTERESTED, ActorKind.PERSON, ActorKind.UNNAMED})


def _heads(roles: Iterable[str], clause: Clause) -> tuple[Token, ...]:
    """The noun phrases in the first of these roles that is filled."""
    for role in roles:
        if role == "host":
            heads = _host(clause.predicate)
        elif role == "compound":
            heads = tuple(children(clause.predicate, "compound", "amod"))
        else:
            heads = clause.role(role)
        if heads:
            return tuple(owner for head in heads for owner in _owners(head))
    return ()


def _owners(head: Token) -> tuple[Token, ...]:
    """ "fell to ISIS control", "into the hands of rebels": whose control or hands they are."""
    if lemma(head) not in {"control", "hand", "rule", "grip"}:
        return (head,)
    of = [c for c in children(head, "nmod") if preposition(c) == "of"]
    return tuple(c for owner in [*children(head, "compound", "amod", "nmod:poss"), *of] for c in conjuncts(owner))


def _host(noun: Token) -> tuple[Token, ...]:
    """What is "under control": the noun that the phrase describes, or the subject of the clause that it stands in."""
    if own := children(noun, "nsubj", "nsubj:pass"):
        return tuple(c for head in own for c in conjuncts(head))
    head = noun.head
    if head == noun:
        return ()
    if head.pos_ in {"NOUN", "PROPN"}:
        return (head,)
    subjects = children(head, "nsubj:pass", "obj") or children(head, "nsubj")
    return tuple(c for subject in subjects for c in conjuncts(subject))


def _is_target(scene: Scene, head: Token, frame: Frame) -> bool:
    """Whether a phrase is a place that can change hands; for a weak verb it must be a settlement or have a name."""
    referent = scene.place(head)
    if referent is None:
        return False
    place = referent[0]
    if place.kind is PlaceKind.COUNTRY:
        return referent[1] is Extent.PARTIAL
    return not frame.weak or place.kind in {PlaceKind.SETTLEMENT, PlaceKind.AREA} or place.name != place.name.lower() or frame.kind is ControlKind.CAPTURE


def _plausible(frame: Frame, clause: Clause, winners: Sequence[Actor], losers: Sequence[Actor]) -> bool:
    """Whether the parties can be such: somebody goes, somebody gains; "fall" may leave both open."""
    if frame.parties and not (winners or losers):
        return False
    if frame.kind in {ControlKind.WITHDRAWAL, ControlKind.LOSS}:
        return bool(losers) or frame.nominal
    if frame.kind is ControlKind.HOLDS:
        return bool(winners)
    if clause.lemma in {"return", "pass", "revert", "clear", "remove", "push", "force", "chase"}:
        return bool(winners or losers) and all(w.kind is not ActorKind.PERSON for w in losers)
    if frame.weak:
        return bool(winners) or clause.passive
    return True


def _claim(
    scene: Scene,
    predicate: Token,
    kind: ControlKind,
    head: Token,
    winners: tuple[Actor, ...],
    losers: tuple[Actor, ...],
    rule: str,
) -> ControlClaim:
    place, extent = scene.mentions.places[head.i]
    utterance = scene.utterance(predicate)
    base = standing(predicate, utterance.cue if utterance is not None else None)
    status = _status(base, predicate, utterance, winners, losers, kind)
    if extent is Extent.PARTIAL and kind in {ControlKind.CAPTURE, ControlKind.RECAPTURE}:
        kind = ControlKind.PARTIAL_CAPTURE
    future = status in {Status.PLANNED, Status.EXPECTED}
    return ControlClaim(
        passage=scene.sentence(predicate),
        digest=scene.digest,
        published=scene.report.published,
        according_to=utterance.speakers if utterance is not None else (),
        relayed_by=utterance.relays if utterance is not None else (),
        stated_in=scene.keys.get(utterance) if utterance is not None else None,
        rule=rule,
        place=place,
        winners=winners,
        losers=tuple(x for x in losers if x not in winners),
        kind=kind,
        status=status,
        extent=extent,
        when=_bounded(_dated(scene, predicate, kind, future=future), scene.latest(predicate), status),
    )


def _status(
    base: Status,
    predicate: Token,
    utterance: Utterance | None,
    winners: Sequence[Actor],
    losers: Sequence[Actor],
    kind: ControlKind,
) -> Status:
    """The standing of the words, weighed by whose they are.

    The reporter, a monitor, and a side that admits its own loss assert; anybody else claims (docs/architecture.md, "Status").
    """
    if utterance is not None and utterance.cue is not None and lemma(utterance.cue) == "deny" and base in HAPPENED:
        return Status.DENIED
    if base is not Status.ASSERTED:
        return base
    if utterance is None:
        return Status.CLAIMED if is_hedged(predicate) or is_hearsay(predicate) else Status.ASSERTED
    sides = {x.party for x in losers if x.party}
    admitted = any(s.party in sides for s in utterance.speakers if s.party)
    own_departure = kind in {ControlKind.WITHDRAWAL, ControlKind.LOSS} and admitted
    if own_departure or (admitted and not any(w.party in {s.party for s in utterance.speakers} for w in winners)):
        return Status.ASSERTED
    return Status.ASSERTED if all(s.kind in DISINTERESTED for s in utterance.speakers) else Status.CLAIMED


def _dated(scene: Scene, predicate: Token, kind: ControlKind, *, future: bool) -> Period:
    """When it was; a change told as news ("have just taken", a headline's "takes") is of the week before the report."""
    period = when(scene, predicate, future=future)
    reference = scene.reference(predicate)
    if period.text or future or reference is None or kind is ControlKind.HOLDS or not _is_news(scene, predicate):
        return period
    return Period(reference - WEEK, reference)


def _is_news(scene: Scene, predicate: Token) -> bool:
    section = scene.sections[predicate.i]
    perfect = any(c.dep_ == "aux" and c.tag_ in {"VBP", "VBZ"} and lemma(c) == "have" for c in predicate.children)
    in_headline = section is not None and section.kind is SectionKind.HEADLINE and predicate.tag_ in {"VBP", "VBZ"}
    return (perfect and predicate.sent.root in {predicate, *predicate.ancestors}) or in_headline


def _bounded(period: Period, latest: date | None, status: Status) -> Period:
    """What has happened has begun by the day of the report."""
    if latest is None or status not in HAPPENED | {Status.DENIED, Status.FAILED}:
        return period
    until = min(period.begin_latest or latest, latest)
    return replace(period, begin_earliest=min(period.begin_earliest, until) if period.begin_earliest else None, begin_latest=until)


# ---------------------------------------------------------------- "rebel-held", "the ISIS-controlled city"


def _held_by_name(scene: Scene, token: Token) -> Iterator[ControlClaim]:
    """A state told in passing by a compound participle before a place."""
    if token.lower_ not in HELD_MARKS or token.dep_ not in {"amod", "acl", "compound"}:
        return
    host = token.head
    if scene.place(host) is None or scene.place(host)[0].kind is PlaceKind.COUNTRY:  # type: ignore[index]  # checked just before
        return
    holders = [c for c in token.children if c.dep_ in {"compound", "obl", "nmod", "nmod:unmarked", "obl:unmarked", "nsubj"} and c.i < token.i]
    winners = scene.actors(holders, None)
    if winners:
        yield _claim(scene, token, ControlKind.HOLDS, host, winners, (), "compound held")


# ---------------------------------------------------------------- one claim an event


def _one_an_event(claims: Iterable[ControlClaim]) -> list[ControlClaim]:
    """Join the mentions of one event by one source: headline, caption and body meet in one claim."""
    merged: list[ControlClaim] = []
    for claim in sorted(claims, key=lambda c: (c.passage, c.kind)):
        for at, known in enumerate(merged):
            if _same_event(known, claim):
                merged[at] = _join(known, claim)
                break
        else:
            merged.append(claim)
    return merged


def _agreeing(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """Let sources of one report that speak of one event fill in what a mention leaves out: its day, and who took the place.

    A name or a day is taken only from a claim about the same place and change that nothing in this one contradicts.
    """
    return [_filled(claim, [other for other in claims if other is not claim and _alike(claim, other)]) for claim in claims]


def _alike(a: ControlClaim, b: ControlClaim) -> bool:
    same = a.place.id == b.place.id and _family(a.kind) == _family(b.kind) == "change" and a.extent is b.extent
    both = a.status in HAPPENED | {Status.DENIED} and b.status in HAPPENED and not _is_opposite(a.kind, b.kind)
    return same and both and _compatible(a.winners, b.winners) and _compatible(a.losers, b.losers) and _touching(a.when, b.when)


def _is_opposite(a: ControlKind, b: ControlKind) -> bool:
    return (a is ControlKind.RECAPTURE) is not (b is ControlKind.RECAPTURE)


def _filled(claim: ControlClaim, others: Sequence[ControlClaim]) -> ControlClaim:
    dated = [o.when for o in others if o.when.begin_earliest is not None]
    winners = next((o.winners for o in others if o.winners), ()) if not claim.winners and not claim.losers else claim.winners
    period = claim.when if claim.when.begin_earliest is not None or not dated else min(dated, key=_width)
    return replace(claim, winners=winners, when=period)


def _same_event(a: ControlClaim, b: ControlClaim) -> bool:
    return (
        a.place.id == b.place.id
        and _family(a.kind) == _family(b.kind)
        and _standing_class(a.status) == _standing_class(b.status)
        and a.extent is b.extent
        and {x.id for x in a.according_to} == {x.id for x in b.according_to}
        and _compatible(a.winners, b.winners)
        and _compatible(a.losers, b.losers)
        and _touching(a.when, b.when)
    )


def _family(kind: ControlKind) -> str:
    if kind in {ControlKind.HOLDS, ControlKind.SIEGE, ControlKind.WITHDRAWAL, ControlKind.HANDOVER}:
        return str(kind)
    return "change"


def _standing_class(status: Status) -> str:
    if status in HAPPENED:
        return "happened"
    return "not yet" if status in {Status.PLANNED, Status.EXPECTED} else "did not"


def _compatible(a: Sequence[Actor], b: Sequence[Actor]) -> bool:
    """Whether two sides can be the same: one is not named, or somebody of one belongs to the party of the other."""
    return not a or not b or bool({x.party or x.id for x in a} & {x.party or x.id for x in b})


def _touching(a: Period, b: Period) -> bool:
    """Whether two periods can be of one event; what has no earliest day can be any time before its latest."""
    if not (a.begin_earliest and a.begin_latest and b.begin_earliest and b.begin_latest):
        return True
    return a.begin_earliest <= b.begin_latest and b.begin_earliest <= a.begin_latest


def _join(a: ControlClaim, b: ControlClaim) -> ControlClaim:
    """One claim of two mentions: the parties that either names, the tighter time, the passage that says most."""
    best, other = (a, b) if _tells(a) >= _tells(b) else (b, a)
    specific = best if best.kind is not ControlKind.LOSS else other
    return replace(
        best,
        kind=specific.kind,
        status=Status.ASSERTED if Status.ASSERTED in {a.status, b.status} else best.status,
        winners=best.winners or other.winners,
        losers=best.losers or other.losers,
        relayed_by=best.relayed_by or other.relayed_by,
        when=_tighter(best.when, other.when),
    )


def _tells(claim: ControlClaim) -> tuple[bool, bool, bool]:
    return bool(claim.when.begin_earliest), bool(claim.winners), bool(claim.losers)


def _tighter(a: Period, b: Period) -> Period:
    if a.begin_earliest is None:
        return b if b.begin_earliest is not None else replace(a, begin_latest=_least(a.begin_latest, b.begin_latest))
    if b.begin_earliest is None or b.begin_latest is None or a.begin_latest is None:
        return a
    return min((a, b), key=_width)


def _width(period: Period) -> timedelta:
    """How far apart the earliest and the latest day of its beginning are."""
    return (period.begin_latest or date.max) - (period.begin_earliest or date.min)


def _least(a: date | None, b: date | None) -> date | None:
    return min(d for d in (a, b) if d) if a or b else None
