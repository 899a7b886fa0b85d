"""Through whom words come: the outlets that were told, that carry them, and whom they cite."""

from collections.abc import Iterable, Iterator, Sequence

from conflict_kg.linking import link_actor
from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import Clause, children, conjuncts, grammatical_subjects, is_passive, preposition
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.verbs import speech

CARRIERS = {ActorKind.OUTLET}
THROUGH = {"", "to", "with", "on", "in", "by", "via", "through", "at", "of", "for", "from"}
NETWORKS = {"tweet": "Twitter"}  # what is only done on one network
INSIDE = {"nmod", "nmod:poss", "nmod:desc", "appos", "compound", "flat", "acl", "obl", "obl:agent", "conj"}


def relays(clause: Clause, mentions: Mentions, document: str) -> tuple[Actor, ...]:
    """The outlets that a speaker told something, or whose interview, broadcast or page it stands in."""
    verb = clause.predicate
    heads = [child for label, child in verb.links if _may_relay(label, child, verb)]
    heads += [
        p
        for subject in _subjects(verb, clause)
        for p in children(subject, "acl")
        if lemma(p) in speech()["reached"] | speech()["aired"]
    ]
    heads += _aired(verb)
    words = [verb, *(t for head in heads for t in _inside(head))]
    named = [mentions.actors[t.i] for t in words if t.i in mentions.actors]
    networks = dict.fromkeys(NETWORKS[lemma(t)] for t in words if lemma(t) in NETWORKS)
    named += [link_actor(name, mentions.setting, document=document) for name in networks]
    outlets = [a for a in named if a.kind in CARRIERS and (a.linked or a.name != a.name.lower())]
    known = [a for a in outlets if a.linked]  # "the French daily" tells no more than "Le Monde" beside it
    return tuple(dict.fromkeys(known or outlets or _taken_for_outlets(verb, mentions)))


def _taken_for_outlets(verb: Token, mentions: Mentions) -> list[Actor]:
    """A body that no list has and that somebody told something, or speaks on: "told Telefe", "said on RAI"."""
    told = children(verb, "obj", "iobj") if lemma(verb) == "tell" else []
    told += [c for c in children(verb, "obl") if preposition(c) == "on"]
    bodies = [mentions.actors[c.i] for c in told if c.i in mentions.actors and c.ent_type_ == "ORG"]
    return [a for a in bodies if a.kind is ActorKind.ORGANIZATION and not a.linked and not _deliberates(a.name)]


def _deliberates(name: str) -> bool:
    """Whether a body's name says that it is no outlet: a parliament, a court, a ministry."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    return last in nouns().body or last in speech()["deliberating"]


def _may_relay(label: str, child: Token, verb: Token) -> bool:
    """Whether what hangs on a verb of saying may tell who heard it, or where it was said."""
    if label in {"obj", "iobj", "nsubj"}:
        return child.i > verb.i and lemma(verb) in speech()["heard"]
    if label in {"advcl", "acl", "xcomp"}:
        return lemma(child) in {"speak", "talk"} or (child.tag_ == "VBN" and _brings(child))
    return label.split(":", maxsplit=1)[0] == "obl" and preposition(child) in THROUGH


def _brings(verb: Token) -> bool:
    """Whether a verb tells what outlets do with words and those who say them: carry, quote, reach."""
    return lemma(verb) in speech()["aired"] or lemma(verb) in speech()["reached"]


def _subjects(verb: Token, clause: Clause) -> tuple[Token, ...]:
    """The subject's words as they stand, "statement" of "a statement by X" too."""
    return tuple(dict.fromkeys((*clause.subjects, *children(verb, "nsubj"))))


def _aired(verb: Token) -> tuple[Token, ...]:
    """Who carries the words that a verb of saying describes: "X broadcast a statement saying that …"."""
    noun = verb.head
    carried = verb.dep_ in {"acl", "acl:relcl"} and noun.dep_ == "obj" and lemma(noun.head) in speech()["aired"]
    return grammatical_subjects(noun.head) if carried else ()


def _inside(head: Token) -> Iterator[Token]:
    """A phrase's words that may name an outlet: "a reporter of X", "an interview with X", "remarks carried by X"."""
    yield head
    for label, child in head.links:
        if label in INSIDE and preposition(child) in THROUGH:
            yield from _inside(child)


def cited(verb: Token) -> Token | None:
    """The "citing X" or "quoting X" of an outlet that says something."""
    near = [verb, *children(verb, "ccomp")]
    found = (
        c
        for above in near
        for c in children(above, "advcl", "conj")
        if lemma(c) in speech()["citing"] and c.tag_ == "VBG"
    )
    return next((c for c in found if children(c, "obj")), None)


def quoted(verb: Token) -> tuple[tuple[Token, ...], tuple[Token, ...]] | None:
    """Of a "saying" in "X quoted Y as saying" or "Y was quoted by X as saying": whose words they are, who quotes."""
    above = verb.head
    if (
        lemma(above) not in speech()["citing"]
        or verb.tag_ != "VBG"
        or verb.dep_ not in {"advcl", "xcomp", "ccomp", "acl"}
    ):
        return None
    if is_passive(above):
        return grammatical_subjects(above), _all(children(above, "obl:agent"))
    return _all(children(above, "obj")), grammatical_subjects(above)


def _all(heads: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(c for head in heads for c in conjuncts(head))


def less(segments: Sequence[tuple[int, int]], phrase: Token) -> tuple[tuple[int, int], ...]:
    """Token ranges up to a phrase that ends one of them."""
    start = phrase.left_edge.i
    while phrase.doc[start - 1].is_punct and start > 0:
        start -= 1
    end = phrase.right_edge.i + 1
    cut = ((first, start if start < last <= end + 1 else last) for first, last in segments)
    return tuple((first, last) for first, last in cut if first < last)


def is_same_occasion(verb: Token, mentions: Mentions) -> bool:
    """Whether a verb of saying may go on with what its speaker told before: it tells of no day, hearer or occasion."""
    for label, child in verb.links:
        if label == "advmod" and child.lower_ in speech()["elsewhen"]:
            return False
        if label in {"obj", "iobj"} and lemma(verb) in speech()["heard"]:
            return False
        occasion = lemma(child) in nouns().message or lemma(child) in speech()["occasion"] or child.i in mentions.actors
        if label.split(":")[0] == "obl" and (occasion or child.ent_type_ == "DATE"):
            return False
    return True
