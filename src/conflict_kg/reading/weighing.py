"""How far an incident may be taken as having happened: what its sentence says of it, and whose words they are."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from conflict_kg.model import Actor, Period, Status
from conflict_kg.reading.clauses import Clause, children, is_verb
from conflict_kg.reading.events import HAPPENED
from conflict_kg.reading.incident_frames import unreal, word_list
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token
from conflict_kg.reading.roles import disinterested
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues, is_hearsay, is_hedged, standing

REACH = 4  # nouns above an event noun that are looked at ("a wave of attacks", "the threat of a series of attacks")

CEASE = {"stop", "halt", "cease", "end", "suspend", "quit"}
COMING = {"once", "until", "before"}
TEMPORAL = {"as", "while", "when", "after", "because", "although", "though", "since"}


def weighed(scene: Scene, clause: Clause, admitting: Iterable[Actor]) -> Status:
    """The status of what a predicate tells; ``admitting`` are those to whose disadvantage it is.

    The reporter, a body that watches, and a side that tells what is to its disadvantage assert; anybody else claims.
    """
    utterance = scene.utterance(clause.predicate)
    cue = utterance.cue if utterance is not None else None
    base = _noun(clause.predicate, cue) if clause.nominal else _verb(clause.predicate, cue)
    if base is not Status.ASSERTED:
        return base
    if utterance is None:
        told = [clause.predicate, *(head for _, head in _above(clause.predicate) if clause.nominal)]
        hearsay = any(map(is_hedged, told)) or is_hearsay(clause.predicate)  # "supposedly carried out the bombing"
        return Status.CLAIMED if hearsay else Status.ASSERTED
    if cue is not None and lemma(cue) == "deny" and not (clause.nominal and _is_known(clause.predicate)):
        return Status.DENIED
    admitted = {s.party for s in utterance.speakers if s.party} & {a.party for a in admitting}
    return Status.ASSERTED if admitted or disinterested(utterance) else Status.CLAIMED


def _verb(verb: Token, cue: Token | None) -> Status:
    """As its sentence says; who "had to fight", "used guns to fight" or "stopped fighting" fights or fought."""
    above = verb.head
    if verb.dep_ == "csubj" and lemma(above) in cues()["planned"]:
        return Status.PLANNED  # "withdrawing the troops is a priority"
    below = verb.dep_ in {"xcomp", "advcl", "ccomp"}
    had_to = verb.tag_ == "VB" and lemma(above) == "have" and above.tag_ in {"VBD", "VBG"}
    used = verb.tag_ == "VB" and lemma(above) == "use"
    ceased = verb.tag_ == "VBG" and lemma(above) in CEASE
    return _told(above if below and (had_to or used or ceased) else verb, cue)


def _told(verb: Token, cue: Token | None) -> Status:
    """The standing of a verb; a clause of time or reason, one behind a noun ("forces that fight", "charges that they
    attacked") does not hang on what is said above it.
    """
    marks = {c.lower_ for c in verb.children if c.dep_ in {"mark", "advmod"}}
    if verb.dep_ == "advcl" and marks & COMING and verb.tag_ in {"VBZ", "VBP"}:
        return Status.EXPECTED  # "once they pull out"
    known = (
        lemma(verb.head) in cues()["planned"] | cues()["expected"]
    )  # "the demand that they leave", "plans for leaving"
    content = verb.dep_ in {"acl", "ccomp"} and verb.head.pos_ == "NOUN" and "that" in marks
    doing = verb.dep_ == "acl" and verb.tag_ in {"VBG", "VBN"} and not marks  # "rebels fighting the army"
    apart = (
        verb.dep_ == "acl:relcl"
        or ((content or doing) and verb.tag_ != "VB" and not known)
        or (verb.dep_ == "advcl" and bool(marks & TEMPORAL))
    )
    return standing(verb, verb.head if apart else cue)


def _noun(noun: Token, cue: Token | None) -> Status:
    """What stands before and above an event noun makes of it; what is done about it leaves it a fact."""
    if any(c.dep_ == "det" and c.lower_ in cues()["negative"] for c in noun.children):
        return Status.DENIED
    if (told := unreal(children(noun, "amod", "compound"), above=False)) is not None:
        return Status(told)
    for child, head in _above(noun):
        if (told := unreal([head], above=True)) is not None and child.dep_ != "nsubj" and not _is_in(child):
            return Status(told)
        if _is_clause(head):
            return Status.ASSERTED if _is_known(noun) else _told(head, cue)
    return Status.ASSERTED


def _is_known(noun: Token) -> bool:
    """Whether the verb above takes it for known that an event was, and tells something about it."""
    for child, head in _above(noun):
        if _is_clause(head):
            done = child.dep_ in {"obj", "nsubj:pass"} and _with_particle(head) in word_list("support", "do")
            came = child.dep_ in {"nsubj", "nsubj:pass"} and _with_particle(head) in word_list("support", "occur")
            said = (child.dep_ == "nsubj" and lemma(head) == "be") or child.dep_ in {"xcomp", "obl:agent"}
            return not (done or came or said)
    return True


def _is_clause(token: Token) -> bool:
    return is_verb(token) or token.pos_ in {"AUX", "ADJ"}


def _with_particle(verb: Token) -> str:
    return " ".join([lemma(verb), *(c.lower_ for c in children(verb, "compound:prt"))])


def _above(noun: Token) -> Iterator[tuple[Token, Token]]:
    """The words that a noun hangs on, nearest first, each with the one below it, up to a verb."""
    token = noun
    for _ in range(REACH):
        if token.head == token:
            return
        yield token, token.head
        if token.head.pos_ not in {"NOUN", "PROPN"}:
            return
        token = token.head


def _is_in(token: Token) -> bool:
    """Whether a phrase only tells when or where something was: "in", "during", "after" the attack."""
    return any(c.dep_ == "case" and c.lower_ in {"in", "during", "after", "since", "following"} for c in token.children)


def bounded(period: Period, latest: date | None, status: Status) -> Period:
    """What has happened has begun by the day of the report, unless the text itself gives a later date."""
    if latest is None or status not in HAPPENED | {Status.DENIED, Status.FAILED}:
        return period
    if period.begin_earliest and period.begin_earliest > latest:
        return period
    return replace(period, begin_latest=min(period.begin_latest or latest, latest))
