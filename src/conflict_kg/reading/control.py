"""Control claims: who gained, lost, holds or besieges which place, as each source says."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

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
from conflict_kg.reading.attacks import place_attacked, sides_of_attack, standing_of, was_repelled
from conflict_kg.reading.clauses import (
    Clause,
    children,
    preposition,
)
from conflict_kg.reading.denials import denials, with_outcomes
from conflict_kg.reading.discourse import HELD
from conflict_kg.reading.ellipsis import elided
from conflict_kg.reading.events import agreeing, one_an_event, without_beginnings
from conflict_kg.reading.frames import Frame, becoming, matching
from conflict_kg.reading.hostilities import attacks
from conflict_kg.reading.losers import IN_PASSING, TAKEN
from conflict_kg.reading.nearby import besieging, leaving, nearest, place_beyond, seated
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.own import announced, own_loss, own_plan, own_success, undertaken
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import disinterested, heads_of, parties
from conflict_kg.reading.scene import Scene, when
from conflict_kg.reading.speech import SIDES, Utterance
from conflict_kg.reading.standing import (
    cues,
    is_forbidden,
    is_hearsay,
    is_hedged,
    is_unopposed,
    standing,
)
from conflict_kg.reading.targets import Target, can_change_hands, is_in_part, phrases_of, targets_at
from conflict_kg.reading.weighing import bounded
from conflict_kg.reading.winners import OPEN, with_winners

TO_COME = {Status.PLANNED, Status.EXPECTED}
WEEK = timedelta(days=7)  # how far back what is told as news reaches: one weekly news cycle


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """A change or state as its words tell it, before it is weighed whose words they are."""

    predicate: Token
    kind: ControlKind
    rule: str
    winners: tuple[Actor, ...] = ()
    losers: tuple[Actor, ...] = ()
    failed: bool = False
    """Whether another clause tells that it was repelled."""


def control_claims(scene: Scene) -> tuple[ControlClaim, ...]:
    """The control claims of a report, one an event and source, in the order of the text; each names a party, but for
    sieges by nobody knows whom ("the town has been under siege since May").
    """
    found = [claim for clause in scene.clauses if scene.readable(clause.predicate) for claim in _read(scene, clause)]
    found += [claim for token in _held(scene) for claim in _held_by_name(scene, token)]
    found = with_outcomes(scene, [*found, *denials(scene, found)])
    told = agreeing(without_beginnings(one_an_event(_with_parallel_parties(found))))
    told = with_winners(told, attacks(scene))
    named = (claim for claim in told if claim.winners or claim.losers or claim.kind is ControlKind.SIEGE)
    return tuple(sorted(named, key=lambda claim: (claim.passage, claim.kind, claim.place.id)))


def _read(scene: Scene, clause: Clause) -> Iterator[ControlClaim]:
    """The claims that one clause makes by the first frame that finds a place in it; of what is forbidden none."""
    if is_forbidden(clause.predicate):
        return
    found = list(matching(clause))
    base = standing_of(scene, clause.predicate) if found else Status.ASSERTED
    for frame in found:
        if frame.marker and preposition(clause.predicate) not in frame.marker:
            continue
        if frame.repelled and not was_repelled(scene, clause.predicate, base):
            continue
        if frame.kind is ControlKind.SIEGE and (_is_over(clause) or _is_no_longer(clause)):
            continue  # how long it has lasted is not told
        if frame.kind is not ControlKind.HOLDS and _is_no_longer(clause):
            continue
        if frame.kind is ControlKind.HOLDS and _is_ended(scene, clause):
            continue
        if (frame.intended and base not in TO_COME) or (frame.beaten and base is not Status.ASSERTED):
            continue
        phrases = tuple(nearest(scene, clause, head) for head in phrases_of(clause, frame))
        if not phrases or (frame.kind is ControlKind.SIEGE and not any(scene.place(head) for head in phrases)):
            phrases = place_beyond(scene, clause, frame, base)
        if frame.repelled and not any(scene.place(head) is not None for head in phrases):
            phrases = place_attacked(scene, clause, frame)
        spread = [each for head in phrases for each in targets_at(scene, head)]
        targets = [target for target in spread if can_change_hands(target, frame)]
        change = _change(scene, clause, frame, base)
        tried = base is Status.FAILED and all(w.kind in SIDES for w in change.winners)  # "failed to enter the town"
        entered = bool(change.losers) or tried or is_unopposed(clause.predicate)
        if targets and _plausible(frame, clause, change) and (not frame.entering or entered):
            yield from _claims(scene, clause, change, targets)
            return


def _claims(scene: Scene, clause: Clause, change: _Change, targets: Sequence[Target]) -> Iterator[ControlClaim]:
    """The claims about the places of a clause, and about those of which it tells the same without its verb."""
    own, beside = {target.head.i for target in targets}, elided(scene, clause, [target.head for target in targets])
    found = {each.place.i: each for each in beside}
    more = [Target(e.place, *place) for i, e in found.items() if i not in own and (place := scene.place(e.place))]
    for target in (*targets, *(each for each in more if each.place.kind is not PlaceKind.COUNTRY)):
        claim = _claim(scene, change, target)
        time = found[target.head.i].time if target.head.i in found else None
        when = time and scene.resolved(time, change.predicate, future=claim.status in TO_COME)
        yield replace(claim, when=bounded(when, scene.latest(change.predicate), claim.status)) if when else claim


def _change(scene: Scene, clause: Clause, frame: Frame, base: Status) -> _Change:
    utterance = scene.utterance(clause.predicate)
    winners = parties(scene, scene.actors(heads_of(frame.winner, clause), utterance))
    losers = parties(scene, scene.actors(heads_of(frame.loser, clause), utterance))
    if frame.nominal and frame.kind in TAKEN and not winners:
        winners, losers = announced(scene, clause.predicate, losers)
    if frame.nominal and frame.kind is ControlKind.WITHDRAWAL and not losers:
        losers = undertaken(scene, clause.predicate)
    verbal = not frame.nominal or clause.predicate.pos_ == "ADJ" or frame.predicative
    untold = frame.kind in TAKEN and not (winners or heads_of(frame.winner, clause))
    if untold and verbal and utterance is not None:
        winners = own_success(scene, frame, clause, utterance, losers)
    if untold and not winners and not losers and utterance is not None and base in TO_COME:
        winners = own_plan(scene, frame, clause, utterance)
    if frame.kind is ControlKind.SIEGE and not winners:
        winners = besieging(scene, clause)
    if not winners and not losers and utterance is not None:
        losers = own_loss(scene, clause.predicate, utterance)
    if frame.kind in TAKEN and (winners or frame.intended) and not losers:
        losers = leaving(scene, clause, beside=frame.entering) or seated(scene, clause, frame)
    if frame.repelled or frame.beaten:
        sides = sides_of_attack(scene, clause.predicate, winners, losers)
        return _Change(clause.predicate, frame.kind, f"frame {frame.id}", *sides, failed=True)
    if _is_no_longer(clause):
        return _Change(clause.predicate, ControlKind.LOSS, f"frame {frame.id}, no longer", (), winners)
    if _is_over(clause):
        return _Change(clause.predicate, ControlKind.WITHDRAWAL, f"frame {frame.id}, ended", (), winners)
    kind = _becoming(clause, frame)
    if kind is ControlKind.RECAPTURE and _is_praise(clause) and {w.kind for w in winners} == {ActorKind.ARMED_GROUP}:
        kind = ControlKind.CAPTURE  # a group that "liberated" a town need not have had it before
    rule = f"frame {frame.id}" if winners or losers or not _is_agentless(clause, frame) else f"frame {frame.id}{OPEN}"
    brought = frame.nominal and frame.kind is ControlKind.HOLDS and kind is not frame.kind
    verb = clause.predicate.head if brought and clause.predicate.dep_ == "obl" else clause.predicate
    return _Change(
        verb, kind, rule, winners, losers
    )  # "had never fallen into their hands": the verb says that it had not


def _is_agentless(clause: Clause, frame: Frame) -> bool:
    """Whether a clause tells of a change as of something that happens to a place: "was captured", "the fall of"."""
    predicate = clause.predicate
    if heads_of(frame.winner, clause) or frame.kind not in TAKEN or predicate.dep_ == "amod":
        return False
    if not clause.nominal and (preposition(predicate) or children(predicate, "xcomp")):
        return False  # "as newly taken", "fell ill"
    return clause.passive or clause.nominal or "subject" in frame.place


def _is_praise(clause: Clause) -> bool:
    """Whether the word says that a place was freed, rather than that it is somebody's again."""
    return not clause.nominal and lemma(clause.predicate) in becoming()["freed"]


def _is_over(clause: Clause) -> bool:
    """Whether somebody ends what a noun names: "ended its occupation of", "lifted the siege of"."""
    noun = clause.predicate
    return clause.nominal and noun.dep_ in {"obj", "nsubj:pass"} and lemma(noun.head) in becoming()["over"]


def _is_no_longer(clause: Clause) -> bool:
    """Whether a state is told to be over: "no longer controls the town", "is no longer under its control"."""
    longer = (c for c in children(clause.predicate, "advmod") if c.lower_ == "longer")
    return any(each.lower_ == "no" for adverb in longer for _, each in adverb.links)


def _is_ended(scene: Scene, clause: Clause) -> bool:
    """Whether a state is told of a place that just then changes hands: "retook X, the last town in rebel hands"."""
    word = clause.predicate
    while clause.nominal and word.dep_ in {"nmod", "acl", "amod", "appos", "acl:relcl"}:
        word = word.head
    taking = [c for c in scene.clauses if c.predicate == word.head and c.objects]
    if word.dep_ != "obl":
        taking = [c for c in taking if word in c.objects and word != clause.predicate]
    told = (c for c in taking if standing_of(scene, c.predicate) is Status.ASSERTED)
    return any(frame.kind in TAKEN for c in told for frame in matching(c))


def _becoming(clause: Clause, frame: Frame) -> ControlKind:
    """What a state is that something brings about: "came under the control of", "brought the town into their hands"."""
    verb = clause.predicate.head
    if frame.kind is not ControlKind.HOLDS:
        return frame.kind
    if frame.winner == ("itself",) and any(c.tag_ in {"VBD", "VB"} for c in children(clause.predicate, "cop")):
        return ControlKind.CAPTURE  # "by evening the town was theirs", "will be ours"
    if any(c.lower_ == "never" for c in children(clause.predicate, "advmod")):
        return ControlKind.CAPTURE  # who never held a place never took it
    if frame.nominal and children(clause.predicate, "cop") and _is_back(clause.predicate):
        return ControlKind.RECAPTURE  # "is back in their hands"
    if not frame.nominal or clause.predicate.dep_ != "obl":
        return frame.kind
    if lemma(verb) not in becoming()["new"] | becoming()["again"]:
        return frame.kind
    again = lemma(verb) in becoming()["again"] or _is_back(verb)
    return ControlKind.RECAPTURE if again else ControlKind.CAPTURE


def _is_back(word: Token) -> bool:
    return any(c.lower_ == "back" for _, c in word.links)


def _with_parallel_parties(claims: Sequence[ControlClaim]) -> list[ControlClaim]:
    """Give a change told without parties those of a like one in its sentence.

    "Retaken by the army after X was reclaimed": X was reclaimed by the army too.
    """
    named = {(c.passage, c.kind): c.winners for c in reversed(claims) if c.winners}
    open_ones = {id(c) for c in claims if c.rule.endswith(OPEN)}
    return [replace(c, winners=named.get((c.passage, c.kind), ())) if id(c) in open_ones else c for c in claims]


def _plausible(frame: Frame, clause: Clause, change: _Change) -> bool:
    """Whether the parties can be such: somebody goes, somebody gains; "fall" may leave both open."""
    named = bool(change.winners or change.losers)
    if frame.repelled:
        return True
    doing = change.losers if frame.kind is ControlKind.WITHDRAWAL else change.winners
    if frame.armed and not (doing and all(actor.kind in SIDES for actor in doing)):
        return False
    if "object" in frame.loser and not (clause.nominal or clause.passive or clause.objects):
        return False  # "the soldiers drove out of the town"
    if (frame.parties or (frame.kind is ControlKind.SIEGE and not frame.marker)) and not named:
        return clause.lemma in becoming()["besieged"] and _is_untold(clause, frame)
    if frame.kind is ControlKind.LOSS and clause.passive:
        return named  # "was lost to the rebels"
    if frame.kind in {ControlKind.WITHDRAWAL, ControlKind.LOSS}:
        return bool(change.losers) or frame.nominal
    if frame.weak and frame.kind is ControlKind.HOLDS and children(clause.predicate, "xcomp", "ccomp"):
        return False  # "have the town surrounded"
    if frame.kind is ControlKind.HOLDS:
        return named
    lost = bool(change.losers) and "subject" in frame.place  # "denied that the town had changed hands"
    return not frame.weak or bool(change.winners) or lost or clause.passive or frame.intended


def _is_untold(clause: Clause, frame: Frame) -> bool:
    """Whether a siege is told without who lays it: "has been besieged since May", "civilians besieged in the town"."""
    perfect = frame.parties and any(lemma(c) == "have" for c in children(clause.predicate, "aux"))
    return clause.passive and not heads_of(frame.winner, clause) and (perfect or clause.predicate.dep_ == "acl")


def _claim(scene: Scene, change: _Change, target: Target) -> ControlClaim:
    """The claim that a change makes about the place of one phrase."""
    predicate, kind = change.predicate, change.kind
    place, extent = target.place, Extent.PARTIAL if is_in_part(predicate) else target.extent
    status = _status(change, scene.utterance(predicate))
    if extent is Extent.PARTIAL and kind in {ControlKind.CAPTURE, ControlKind.RECAPTURE}:
        kind = ControlKind.PARTIAL_CAPTURE
    future = status in TO_COME
    source = scene.source(predicate)
    return ControlClaim(
        passage=scene.sentence(predicate),
        digest=scene.digest,
        published=scene.report.published,
        according_to=source.speakers,
        relayed_by=source.relays,
        stated_in=source.statement,
        rule=change.rule,
        place=place,
        winners=change.winners,
        losers=tuple(x for x in change.losers if x not in change.winners),
        kind=kind,
        status=status,
        extent=extent,
        when=bounded(_dated(scene, predicate, kind, future=future), scene.latest(predicate), status),
    )


def _status(change: _Change, utterance: Utterance | None) -> Status:
    """The standing of the words, weighed by whose they are (docs/architecture.md, "Status").

    The reporter, a monitor, and a side that admits its own loss assert; anybody else claims.
    """
    cue = utterance.cue if utterance is not None else None
    base = Status.FAILED if change.failed else standing(change.predicate, cue)
    if base is Status.EXPECTED and utterance is not None and _is_own_intent(change, utterance):
        return Status.PLANNED
    if base is not Status.ASSERTED:
        return base
    if utterance is None:
        claims = lemma(change.predicate) == "claim"  # "rebels claim the town" says no more than that they do
        hearsay = claims or is_hedged(change.predicate) or is_hearsay(change.predicate)
        return Status.CLAIMED if hearsay else Status.ASSERTED
    if cue is not None and lemma(cue) == "deny":
        return Status.DENIED
    speaking = {s.party for s in utterance.speakers if s.party}
    admitted = bool(speaking & {x.party for x in change.losers}) and not speaking & {w.party for w in change.winners}
    return Status.ASSERTED if admitted or disinterested(utterance) else Status.CLAIMED


def _is_own_intent(change: _Change, utterance: Utterance) -> bool:
    """Whether those speak who say what they themselves will do: "the army said that it would retake the town"."""
    doing = change.losers if change.kind in {ControlKind.WITHDRAWAL, ControlKind.HANDOVER} else change.winners
    above = change.predicate.head  # "they are going to take it"
    going = change.predicate.dep_ == "xcomp" and lemma(above) == "go" and above.tag_ == "VBG"
    intent = going or any(c.lower_ in cues()["intent"] for c in children(change.predicate, "aux"))
    return intent and bool({s.party for s in utterance.speakers if s.party} & {x.party for x in doing})


LASTING = ("since", "from", "for", "after")
"""Words before a time that make it the begin of a state."""


def _dated(scene: Scene, predicate: Token, kind: ControlKind, *, future: bool) -> Period:
    """When it was; a change told as news ("have just taken", a headline's "takes") is of the week before the report.

    A state told for a day has begun by then.
    """
    period = when(scene, predicate, future=future)
    if kind is ControlKind.HOLDS and not (period.text or "").lower().startswith(LASTING):
        return replace(period, begin_earliest=None)
    reference = scene.reference(predicate)
    if period.text or future or reference is None or kind is ControlKind.HOLDS or not _is_news(scene, predicate):
        return period
    return Period(reference - WEEK, reference)


def _is_news(scene: Scene, predicate: Token) -> bool:
    section = scene.sections[predicate.i]
    perfect = any(c.tag_ in {"VBP", "VBZ"} and lemma(c) == "have" for c in children(predicate, "aux"))
    in_headline = section is not None and section.kind is SectionKind.HEADLINE and predicate.tag_ in {"VBP", "VBZ"}
    return (perfect and predicate.sent.root in {predicate, *predicate.ancestors}) or in_headline


# ---------------------------------------------------------------- "rebel-held", "the ISIS-controlled city"


def _held(scene: Scene) -> list[Token]:
    """The participles that may tell in passing that a place is held: before a place ("the rebel-held town"), or of it
    ("the town is rebel-held").
    """
    found = [token for token in scene.doc.tokens if token.lower_ in HELD and scene.readable(token)]
    return [token for token in found if token.dep_ in {"amod", "acl", "compound"} or children(token, "compound")]


def _held_by_name(scene: Scene, token: Token) -> Iterator[ControlClaim]:
    """A state told in passing by a compound participle before a place."""
    head = token.head
    told = children(head, "nsubj") if children(head, "cop") else []  # "X is a rebel-held town"
    told += children(token, "nsubj", "nsubj:pass")
    named = [head] if token.dep_ in {"amod", "acl", "compound"} else []
    targets = [Target(each, *place) for each in (*named, *told) if (place := scene.place(each)) is not None]
    if not targets or children(head, "nummod"):  # "two rebel-held buildings" were hit
        return
    deps = {"compound", "obl", "nmod", "nmod:unmarked", "obl:unmarked", "nsubj"}
    holders = [c for c in token.children if c.dep_ in deps and c.i < token.i and c.i != targets[0].head.i]
    winners = scene.actors(holders, None)
    kind = ControlKind.SIEGE if token.lower_ == "besieged" else ControlKind.HOLDS
    if winners and targets[0].place.kind is not PlaceKind.COUNTRY:
        yield _claim(scene, _Change(token, kind, IN_PASSING, winners), targets[0])
