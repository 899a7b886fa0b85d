"""How a predicate stands: did it happen, did it not, is it only planned, tried or foretold.

Read from auxiliaries, negation, conditions and the words that govern it (lexicon/cues.toml); whose words it
is comes on top in ``control``.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib.resources import files

from conflict_kg.model import Status
from conflict_kg.reading.clauses import is_verb
from conflict_kg.reading.nouns import lemma
from conflict_kg.reading.parse import Token

REACH = 6  # governing clauses that are looked at; a seventh says nothing of this one any more
LINKS = {"xcomp", "ccomp", "acl", "advcl", "conj", "obj", "obl", "nmod", "parataxis", "nsubj", "appos"}
AIM = {"at", "of", "in", "for", "towards", "toward", "on"}
SCARCE = {"no", "little", "without", "hardly", "scarcely"}  # "met little resistance"
CLAUSAL = {"xcomp", "acl", "advcl", "ccomp"}


@cache
def cues() -> Mapping[str, frozenset[str]]:
    """The word lists of lexicon/cues.toml."""
    data = tomllib.loads((files("conflict_kg") / "lexicon" / "cues.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def standing(predicate: Token, stop: Token | None = None) -> Status:
    """Status of what a predicate says, as far as its own sentence tells.

    Args:
        predicate: a verb, or a noun that names an event.
        stop: the verb of saying above it; what governs that verb is no longer about the predicate.

    Returns:
        ASSERTED, DENIED, FAILED, PLANNED or EXPECTED; never CLAIMED, which depends on who speaks.

    """
    if _conditional(predicate, stop):
        return Status.EXPECTED
    own = _outright(predicate)
    if own is not None:
        return own
    child = predicate
    for head in _governors(predicate, stop):
        if _in_hearsay(child):
            return Status.DENIED if _is_denied(head) else Status.ASSERTED
        if (
            child.dep_ == "advcl"
            and child.tag_ == "VBG"
            and not any(c.dep_ in {"mark", "case"} for c in child.children)
        ):
            return _own(head) or Status.ASSERTED  # "foiled the attack, killing 20": what came of it is a fact
        verdict = _governed(child, head)
        if verdict is not None:
            return Status.FAILED if verdict is Status.PLANNED and _came_to_nothing(head) else verdict
        if _is_presupposed(child):
            return Status.ASSERTED
        if child.dep_ in {"conj", "parataxis"} or is_verb(head):
            apart = child.dep_ == "conj" and child.tag_ == "VBD" and head.tag_ == "VB"  # "did not take X, and left Y"
            shared = child.dep_ in {"xcomp", "conj"} and not apart and not _has_subject(child)
            above = _own(head) if shared else None
            if above is not None:
                return above
        if child.dep_ == "appos" and child is not predicate:
            return Status.ASSERTED  # "X, the last town in rebel hands, may fall": it is in their hands
        child = head
    return Status.ASSERTED


def _outright(predicate: Token) -> Status | None:
    """What the predicate's own words say, and the verb that it is the subject or the promise of."""
    own, above = _own(predicate), predicate.head
    if own is None and any(c.dep_ == "amod" and lemma(c) in cues()["failed"] for c in predicate.children):
        return Status.FAILED  # "a failed assault on the town"
    if own is None and predicate.dep_ == "csubj":
        if is_untrue(above):
            return Status.DENIED  # "it is not true that they took the town"
        return Status.EXPECTED if _own(above) is Status.EXPECTED else None  # "capturing the town would be a victory"
    if own is Status.EXPECTED and predicate.dep_ == "ccomp" and lemma(above) in cues()["vowed"]:
        return Status.PLANNED  # "vowed that the army would retake it"
    return own


def _is_presupposed(clause: Token) -> bool:
    """Whether a clause tells what is known of a noun, whatever becomes of that: "to regain the base taken in May"."""
    if clause.dep_ == "acl":
        return clause.tag_ == "VBN"
    first = clause
    while first.dep_ == "conj":  # "those who are poor and were besieged"
        first = first.head
    perfect = any(c.dep_ == "aux" and lemma(c) == "have" for c in clause.children)
    noun = any(c.dep_ == "cop" for c in clause.children)  # "for people who are hungry and were driven out"
    return first.dep_ == "acl:relcl" and (_is_past(clause) or perfect or noun)


def is_forbidden(predicate: Token) -> bool:
    """Whether somebody is told, or vows, not to do it ("ordered them not to leave"): that it is so nobody says."""
    told = lemma(predicate.head) in cues()["planned"] | cues()["demanded"] and predicate.dep_ in CLAUSAL
    return told and _is_marked(predicate, {"to"}) and is_negated(predicate)


def is_hedged(predicate: Token) -> bool:
    """Whether the reporter marks the predicate as hearsay ("reportedly", "an apparent victory")."""
    near = [*predicate.children, *(c for o in predicate.children if o.dep_ in {"obj", "nsubj"} for c in o.children)]
    return any(lemma(t) in cues()["hedge"] for t in near)


def is_hearsay(predicate: Token) -> bool:
    """Whether it stands in a report or rumour ("reports that …", "claims that …")."""
    claimed = predicate.dep_ == "obj" and lemma(predicate.head) in cues()["hearsay"]  # "claimed the capture of"
    return claimed or any(
        _in_hearsay(token) or _is_attributed(token) for token in (predicate, *_governors(predicate, None))
    )


def is_seeming(predicate: Token) -> bool:
    """Whether it is only how something looks: "appears to have been hit", "it seems that they were hit"."""
    token = predicate
    while token.dep_ in {"xcomp", "ccomp", "csubj", "conj"}:
        clausal, token = token.dep_ != "conj", token.head
        if clausal and lemma(token) in cues()["seeming"]:
            return True
    return False


def _is_denied(hearsay: Token) -> bool:
    """Whether somebody says of "claims that …" that they are not so: rejects them, or calls them false."""
    above = hearsay.head
    if hearsay.dep_ in {"obj", "obl", "nsubj:pass"} and lemma(above) in cues()["denied"]:
        return not is_negated(above)
    return hearsay.dep_.startswith("nsubj") and is_untrue(above)


def _is_attributed(told: Token) -> bool:
    """Whether an infinitive hands on what is said of somebody: "is believed to hold the town"."""
    above = told.head
    passive = above.tag_ == "VBN" and any(c.dep_ == "aux:pass" for c in above.children)
    return told.dep_ in {"xcomp", "ccomp"} and passive and lemma(above) in cues()["attributed"]


def is_untrue(verdict: Token) -> bool:
    """Whether it is "false", or "not true"."""
    return lemma(verdict) in cues()["true" if is_negated(verdict) else "untrue"]


def _in_hearsay(token: Token) -> bool:
    """Whether a clause hangs on "reports" or "rumours": what governs those is no longer about it."""
    return token.dep_ in {"acl", "ccomp"} and token.head.pos_ == "NOUN" and lemma(token.head) in cues()["hearsay"]


def _own(predicate: Token) -> Status | None:
    """What the predicate's own auxiliaries and negation say."""
    words = cues()
    auxiliaries = [c for c in predicate.children if c.dep_ in {"aux", "cop"} and c.i < predicate.i]
    if is_negated(predicate):
        if any(a.lower_ in words["modal"] - {"can", "could"} for a in auxiliaries):
            return Status.EXPECTED
        return Status.FAILED if any(a.lower_ == "could" for a in auxiliaries) else Status.DENIED
    if any(a.lower_ in words["modal"] for a in auxiliaries):
        return Status.EXPECTED
    to_be = any(lemma(a) == "be" for a in auxiliaries) and _is_marked(predicate, {"to"})
    return Status.PLANNED if to_be and predicate.tag_ == "VB" else None  # "is to hand over"


def is_negated(token: Token) -> bool:
    """Whether a word has a negation of its own: "did not take", "no truth", "at no time fell"."""
    deps = {"advmod", "neg", "det", "aux", "cc:preconj", "case"}
    never = (c for c in token.children if c.dep_ == "obl" and lemma(c) in cues()["occasion"])
    return any(c.dep_ in deps and c.lower_ in cues()["negative"] for c in token.children) or any(map(is_negated, never))


def _came_to_nothing(head: Token) -> bool:
    """Whether an attempt was stopped: "repelled an attempt to", "tried to … but were beaten back"."""
    failed = cues()["failed"]
    who = head.head if head.dep_.startswith("acl") and is_verb(head) else head  # "repelled those who tried to take"
    if who.dep_ in {"obj", "obl", "nsubj", "nsubj:pass"} and with_particle(who.head) in failed:
        return who.dep_ != "nsubj" or who is head  # "the attempt to take it failed", not "those who tried to failed"
    if head.dep_ == "nsubj" and _is_without_success(head.head):
        return True
    had = any(c.dep_ == "aux" and c.tag_ == "VBD" and lemma(c) == "have" for c in head.children)
    if had and lemma(head) in cues()["tried"] and head.tag_ == "VBN":
        return True  # "had tried to storm it": who succeeds does more than try
    if lemma(head) in cues()["tried"] and head.dep_ == "advcl" and lemma(head.head) in cues()["perished"]:
        return True  # "were killed trying to reopen it"
    how = (c for c in head.children if c.dep_ in {"amod", "advmod", "obl"})  # "a failed attempt", "tried in vain"
    return any(lemma(c) in failed for c in how) or is_repelled(head)


def _is_without_success(verb: Token) -> bool:
    """Whether what it is the verb of had no success: "did not succeed", "came to nothing"."""
    nothing = any(c.lower_ in {"nothing", "naught", "nought"} for c in verb.children)
    end = [c for c in verb.children if c.dep_ in {"obl", "obj"} and lemma(c) in cues()["outcome"]]
    if lemma(verb) in {"end", "meet"} and end:  # "ended in failure", "met with no success"
        return (lemma(end[0]) == "success") is is_negated(end[0])
    return (lemma(verb) == "come" and nothing) or (lemma(verb) in cues()["success"] and is_negated(verb))


def is_repelled(attempt: Token) -> bool:
    """Whether a verb joined to an attempt tells that it was stopped: "attacked the town but were driven off"."""
    return any(with_particle(c) in cues()["failed"] and not is_negated(c) for c in attempt.children if c.dep_ == "conj")


def is_unopposed(clause: Token) -> bool:
    """Whether nobody fights who comes in: "entered the town without a fight", "and met no resistance", "unopposed"."""
    words = cues()
    how = [c for c in clause.children if c.dep_ in {"obl", "advcl", "advmod", "xcomp", "conj"} and c.i > clause.i]
    if any(lemma(c) in words["unopposed"] for c in how):
        return True
    met = [c for verb in how for c in (verb, *verb.children) if lemma(c) in words["resistance"]]
    return any(c.lower_ in SCARCE for word in met for c in (*word.children, *word.head.children))


def with_particle(verb: Token) -> str:
    """The lemma of a verb with what follows it: "beat back", "drive off"."""
    after = (c.lower_ for c in verb.children if c.i > verb.i and c.dep_ in {"compound:prt", "advmod"})
    found = {" ".join([lemma(verb), word]) for word in after} & cues()["failed"]
    return next(iter(sorted(found)), lemma(verb))


def _has_subject(token: Token) -> bool:
    return any(c.dep_ in {"nsubj", "nsubj:pass"} for c in token.children)


def _governed(child: Token, head: Token) -> Status | None:
    """What a governing word makes of the clause or noun below it."""
    words, word = cues(), lemma(head)
    dependent, particled = child.dep_.split(":")[0], with_particle(head)
    if dependent == "nsubj":
        return _of_subject(child, head)
    if dependent == "advcl" and _is_marked(child, {"before", "until"}) and _is_awaited(head):
        return Status.EXPECTED
    if dependent in {"obl", "nmod"} and _is_marked(child, {"before", "until"}) and not _is_past(head):
        return Status.EXPECTED
    if child.dep_ == "acl" and child.tag_ == "VBN" and any(c.dep_ == "cop" for c in head.children):
        return Status.EXPECTED if _own(head) is Status.EXPECTED else None  # "it would be the first town retaken"
    if dependent == "conj" or child.dep_ in {"acl:relcl", "nmod:poss"}:
        return None
    if word in words["denied"] and (dependent in CLAUSAL or child.dep_ in {"obj", "nsubj:pass"}):
        return Status.DENIED
    if word in words["demanded"] and child.dep_ == "ccomp" and child.tag_ == "VB":
        return Status.PLANNED  # "demanded that they pull out"
    infinitive = child.tag_ == "VB" and _is_marked(child, {"to"})
    if child.tag_ == "VB" and not infinitive and dependent in {"ccomp", "xcomp"} and word in words["actual"]:
        agreed = head.dep_ == "acl:relcl" and lemma(head.head) in words["planned"]  # "a deal that would see them go"
        return Status.PLANNED if agreed and _own(head) is Status.EXPECTED else _own(head)
    stopped = dependent in {"obj", "obl", *CLAUSAL} and not (dependent == "advcl" and not _is_marked(child, {"from"}))
    before = dependent == "obl" and word in words["failing"] - {"fail"}  # "the army collapsed before the advance"
    if particled in words["failed"] and (infinitive or stopped) and not before:
        return Status.ASSERTED if _fails(head) else Status.FAILED
    if word in words["expected"] and dependent in {"obj", "nmod", "csubj", *CLAUSAL}:
        return Status.EXPECTED
    if infinitive:
        return _of_infinitive(child, head)
    aimed = child.tag_ in {"VB", "VBG"} and _is_marked(child, AIM)  # "efforts at retaking", "helping in liberating"
    return Status.PLANNED if word in words["planned"] and dependent in CLAUSAL and aimed else None


def _is_awaited(head: Token) -> bool:
    """Whether what is before or until something is still to come: "is a matter of time before they take it"."""
    coming = lemma(head) in cues()["imminent"] and any(c.dep_ == "cop" for c in head.children)
    return coming or _own(head) is Status.EXPECTED


def _of_infinitive(child: Token, head: Token) -> Status | None:
    """What a governing word makes of an infinitive: most mean what is still to be done."""
    words, word = cues(), lemma(head)
    if child.dep_ == "xcomp" and word in words["refused"]:
        return Status.DENIED
    if child.dep_ == "xcomp" and word == "go" and head.tag_ == "VBG":
        return Status.DENIED if is_negated(head) else Status.EXPECTED  # "they are going to take it"
    befell = child.dep_ == "advcl" and _is_marked(child, {"only"})  # "took it, only to lose it again"
    went_on = word == "go" and any(c.lower_ == "on" for c in head.children if c.dep_ in {"advmod", "compound:prt"})
    if (befell or went_on) and _is_past(head):
        return _own(head)
    lasted = word in {"need", "take"} and any(
        lemma(c) in words["span"] for c in head.children if c.dep_ in {"obj", "obl:unmarked", "obl"}
    )
    if _is_past(head) and lasted:
        return Status.DENIED if is_negated(head) else _own(head)  # "needed three days to take it"
    told = child.dep_ == "acl" and any(lemma(c) in words["ordinal"] for c in head.children)  # "the first city to fall"
    if told or word in words["actual"]:
        if is_negated(head):
            return Status.FAILED if word in words["success"] else Status.DENIED  # "did not manage to take it"
        return _own(head)
    return Status.PLANNED if child.dep_.split(":")[0] in CLAUSAL and not _is_attributed(child) else None


def _of_subject(child: Token, head: Token) -> Status | None:
    """What a verb makes of the event that is its subject: "the assault on the town was thrown back"."""
    failing = cues()["failed"] if child.dep_ == "nsubj:pass" else cues()["failing"]
    if (with_particle(head) in failing and not is_negated(head)) or _is_without_success(head):
        return Status.FAILED
    coming = lemma(head) in cues()["imminent"] and any(c.dep_ == "cop" for c in head.children)
    if coming and not is_negated(head):
        return Status.EXPECTED  # "the fall of the town is a matter of days"
    return Status.EXPECTED if any(c.lower_ == "would" for c in head.children) else None


def _is_past(verb: Token) -> bool:
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in verb.children if c.dep_.startswith(("aux", "cop")))


def _is_marked(child: Token, words: Collection[str]) -> bool:
    return any(c.dep_ in {"mark", "case", "advmod"} and c.lower_ in words for c in child.children)


def _fails(head: Token) -> bool:
    """Whether what would stop something does not ("failed to prevent", "did little to stop", "could not halt")."""
    above = head.head
    little = {above.lower_, *(c.lower_ for c in above.children)} & {"little", "nothing"}
    return is_negated(head) or (
        above != head and (bool(little) or (lemma(above) in cues()["failed"] and head.dep_ == "xcomp"))
    )


def _governors(token: Token, stop: Token | None) -> Iterator[Token]:
    """The words above, nearest first, up to the verb of saying; but "vowed to take" makes the taking no fact."""
    for _ in range(REACH):
        spoken = token.head == stop and token.tag_ != "VB"
        done = token.dep_ == "advcl" and _is_past(token) and _is_marked(token, {"after"})  # whatever comes of it
        if token.head == token or spoken or done or token.dep_.split(":")[0] not in LINKS:
            return
        token = token.head
        yield token


def _conditional(predicate: Token, stop: Token | None) -> bool:
    """Whether it stands in a condition, or hangs on a clause that does."""
    if _is_marked(predicate, cues()["awaited"]) and _is_present(predicate):
        return True  # "once the army is back in the town"
    return any(_is_marked(token, cues()["conditional"]) for token in (predicate, *_governors(predicate, stop)))


def _is_present(verb: Token) -> bool:
    finite = (verb, *(c for c in verb.children if c.dep_ in {"aux", "aux:pass", "cop"}))
    return any(word.tag_ in {"VBZ", "VBP"} for word in finite)
