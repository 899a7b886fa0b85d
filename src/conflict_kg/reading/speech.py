"""Verbs of saying: the words that each hands over, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import RELATIVE, Clause, children, preposition, shared_with
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.parse import Doc, Token
from conflict_kg.reading.speakers import sources, speakers, told
from conflict_kg.reading.verbs import speech

SIDES = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE}
BACKGROUND = {"after", "following", "amid"}  # what an order was given upon is no part of it
DECLARE = {"declare", "pronounce", "proclaim", "announce"}  # "declared the town liberated"


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Something said: by whom, through whom, and the token ranges of the words."""

    speakers: tuple[Actor, ...]
    relays: tuple[Actor, ...]
    segments: tuple[tuple[int, int], ...]
    """Token ranges of the content, (first, last + 1), in order."""
    direct: bool
    cue: Token | None
    """The verb of saying; None for a quotation that carries on."""

    def covers(self, token: Token) -> bool:
        """Whether the token is among the words said."""
        return any(first <= token.i < last for first, last in self.segments)

    @property
    def size(self) -> int:
        return sum(last - first for first, last in self.segments)


def spoken(clause: Clause, mentions: Mentions, document: str) -> Utterance | None:
    """The utterance that a verb of saying hands over, or None where it is none or nobody speaks."""
    verb = clause.predicate
    word = clause.lemma.split()[0]
    if clause.nominal or not any(word in words for words in speech().values()) or verb.dep_ == "amod":
        return None
    segments = tuple((first, last) for first, last in _content(clause, word) if first < last)
    if not segments:
        return None
    who = speakers(clause, mentions, document)
    if not who or (word in speech()["weak"] and (verb.tag_ == "VBG" or all(s.kind in SIDES for s in who))):
        return None
    return Utterance(who, told(clause, mentions), segments, _is_quoted(verb.doc, segments), verb)


def _content(clause: Clause, word: str) -> tuple[tuple[int, int], ...]:
    """The token ranges of what the verb hands over; empty where it is no verb of saying here."""
    verb, said = clause.predicate, speech()
    if word in said["say"] and (segments := _said(verb)):
        return segments
    first = _urged(verb) if word in said["urge"] else None
    if first is None and word in DECLARE:
        first = _declared(verb)
    if first is None and word in {"call", "appeal"}:
        first = next(((_start(c), _right(c) + 1) for c in children(verb, "obl") if preposition(c) == "for"), None)
    if first is None and word in said["charge"]:
        first = _charged(verb)
    if first is None and word in said["say"] - said["weak"]:
        quoted = (c for c in verb.children if c.i > verb.i and _opens_quote(c))
        first = next(((_start(c), _right(c) + 1) for c in quoted), None)
    return (first,) if first is not None else ()


def _said(verb: Token) -> tuple[tuple[int, int], ...]:
    """A clause: "said that …", or one around or beside an inserted "he said"."""
    for child in children(verb, "ccomp", "parataxis"):
        if child.dep_ == "ccomp" or _is_speech(child, verb):
            return _without(_span(child, skip={"mark"}), verb, child) + _going_on(verb, child)
    if clause := _second_subject(verb):
        return (_span(clause, skip={"mark"}),)
    if verb.dep_ == "parataxis" and (verb.head.i > verb.i or not children(verb, "obj", "xcomp")):
        return _around(verb)
    return ()


def _second_subject(verb: Token) -> Token | None:
    """The subject of what is said, where the parse gave the verb of saying two: "police said bombs hit the market".

    A verb has one subject in UD; the second one then bears the clause as if it described it, without "that" or "who".
    """
    subjects = children(verb, "nsubj")
    if len(subjects) < 2 or not subjects[0].i < verb.i < subjects[-1].i:
        return None
    described = children(subjects[-1], "acl:relcl")
    bare = [c for c in described if not any(t.lower_ in RELATIVE for t in c.subtree)]
    return subjects[-1] if bare else None


def _urged(verb: Token) -> tuple[int, int] | None:
    """An infinitive: "vowed to …", "ordered the militia to …"; from the one addressed on."""
    below = children(verb, "xcomp", "ccomp") or ([] if children(verb, "obj") else children(verb, "advcl"))
    infinitive = next((c for c in below if _is_infinitive(c) and c.i > verb.i), None)
    if infinitive is None:
        return None
    addressed = [_start(o) for o in children(verb, "obj", "obl") if o.i > verb.i]
    addressed += [_start(o) for o in children(infinitive, "nsubj", "nsubj:pass")]  # "called for the walls to be built"
    last = _right(infinitive) + 1
    background = (t.i for t in verb.doc[infinitive.i : last] if t.lower_ in BACKGROUND and t.dep_ in {"case", "mark"})
    return min(addressed or [_content_start(infinitive)]), min(background, default=last)


def _is_infinitive(token: Token) -> bool:
    """Whether it is "to take" or "to have taken"."""
    return token.tag_ == "VB" or any(c.tag_ == "VB" and c.dep_.startswith("aux") for c in token.children)


def _declared(verb: Token) -> tuple[int, int] | None:
    """An object and what it is said to be: "declared the town liberated"."""
    declared, state = children(verb, "obj"), children(verb, "xcomp")
    return (_start(declared[0]), _right(state[0]) + 1) if declared and state else None


def _charged(verb: Token) -> tuple[int, int] | None:
    """Somebody and a charge: "accused the army of leaving", "blamed the fall on poor planning"."""
    blamed = children(verb, "obj")
    charges = [c for c in children(verb, "obl") if preposition(c) in {"of", "for", "on", "as"}]
    if not blamed or not (charges or children(verb, "advcl")):
        return None
    return _start(blamed[0]), max(_right(c) for c in children(verb, "obj", "obl", "advcl")) + 1


def _going_on(verb: Token, content: Token) -> tuple[tuple[int, int], ...]:
    """Clauses that the parse joins to the verb of saying but that go on with what was said."""
    later = [c for c in children(verb, "conj") if c.i > content.i > verb.i and c.lemma_ not in speech()["say"]]
    return tuple(_span(c, skip={"cc"}) for c in later if shared_with(c) == content)


def _is_speech(child: Token, verb: Token) -> bool:
    return child.i < verb.i or any(
        t.text in {":", '"', "“", "'", "‘"} for t in verb.doc[verb.i : child.left_edge.i + 1]
    )


def _opens_quote(token: Token) -> bool:
    first = token.left_edge
    before = token.doc[first.i - 1].text if first.i else ""
    return first.text in {'"', "“", "'", "‘"} or before in {'"', "“", "'", "‘"}


def _span(head: Token, skip: set[str]) -> tuple[int, int]:
    """A clause's tokens from edge to edge, without what introduces it."""
    first, last = head.left_edge.i, head.right_edge.i
    while first < last and (head.doc[first].dep_ in skip or head.doc[first].is_punct or head.doc[first].is_space):
        first += 1
    return first, last + 1


def _without(span: tuple[int, int], verb: Token, content: Token) -> tuple[tuple[int, int], ...]:
    """The span without the words of the attribution that stand inside it."""
    first, last = span
    that = [c.i for c in content.children if c.dep_ == "mark" and c.lower_ == "that" and c.i > verb.i]
    if that:
        return (_trim(verb.doc, that[0] + 1, last),)
    if first <= verb.i < content.i and not children(
        verb, "nsubj"
    ):  # the subject of the verb of saying strayed into what is said
        first = min(t.i for t in content.subtree if t.i > verb.i and not t.is_punct and t.dep_ != "mark")
        return (_trim(verb.doc, first, last),)
    if first <= verb.i < last:
        return _pieces(first, last, verb)
    return ((first, last),) if last > first else ()


def _around(verb: Token) -> tuple[tuple[int, int], ...]:
    """What stands around an inserted "he said": the clause that it hangs on."""
    first, last = _span(verb.head, skip={"mark"})
    return _pieces(first, last, verb)


def _pieces(first: int, last: int, verb: Token) -> tuple[tuple[int, int], ...]:
    cut_first, cut_last = _attribution_edges(verb)
    doc = verb.doc
    pieces = [(first, min(cut_first, last)), (max(cut_last, first), last)]
    trimmed = [_trim(doc, a, b) for a, b in pieces if b > a]
    return tuple(piece for piece in trimmed if piece[1] > piece[0])


def _attribution_edges(verb: Token) -> tuple[int, int]:
    """The tokens of "X, a Y, told Z on Monday": the verb and all that hangs on it but what is said."""
    own = [t.i for c in verb.children if c.dep_ not in {"ccomp", "punct", "parataxis"} for t in c.subtree]
    return min([verb.i, *own]), max([verb.i, *own]) + 1


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > first and (doc[last - 1].is_space or doc[last - 1].text in {",", "“", "‘", "-", "–", "—"}):
        last -= 1
    return first, last


def _start(head: Token) -> int:
    """First token of a phrase, its preposition left out."""
    edge = head.left_edge.i
    marks = [c.i for c in head.children if c.dep_ in {"case", "mark"} and c.i < head.i]
    return max(marks) + 1 if marks and edge in marks else edge


def _content_start(infinitive: Token) -> int:
    marks = [c.i for c in infinitive.children if c.dep_ == "mark" and c.lower_ == "to"]
    return marks[0] + 1 if marks else infinitive.left_edge.i


def _right(token: Token) -> int:
    return int(token.right_edge.i)


def _is_quoted(doc: Doc, segments: Sequence[tuple[int, int]]) -> bool:
    first = segments[0][0]
    near = [doc[first].text, doc[first - 1].text if first else ""]
    return any(mark in {'"', "“", "‘", "'", "``"} for mark in near)


def _goes_on(clause: Token) -> bool:
    """Whether a clause is joined to the one before it by more than a "but"."""
    but = any(c.lower_ == "but" for c in children(clause, "cc"))
    return clause.dep_ == "conj" and not but and clause.head.i < clause.i and clause.pos_ == clause.head.pos_


def according(token: Token, mentions: Mentions, document: str) -> Utterance | None:
    """What the clauses say that "according to X", "by X's count" hangs on."""
    reckoned = preposition(token) == "by" and token.lemma_ in speech()["reckoning"]
    if not reckoned and preposition(token) not in speech()["according"]:
        return None
    who = sources(children(token, "nmod:poss") if reckoned else [token], mentions, document)
    clause = token.head
    while _goes_on(clause) and clause.i < token.i:
        clause = clause.head  # "killed 18 and wounded 100, according to X": both
    first, last = _span(clause, skip={"mark", "cc"})
    edges = token.left_edge.i, token.right_edge.i + 1
    pieces = [_trim(token.doc, a, b) for a, b in ((first, min(edges[0], last)), (max(edges[1], first), last)) if b > a]
    segments = tuple(piece for piece in pieces if piece[1] > piece[0])
    return Utterance(who, (), segments, False, token) if who and segments else None
