"""Verbs of saying: the words that each hands over, and by whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import RELATIVE, Clause, children, is_passive, preposition, shared_with
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.nouns import lemma, nouns, people
from conflict_kg.reading.parse import Doc, Token
from conflict_kg.reading.relays import CARRIERS, cited, less, quoted, relays
from conflict_kg.reading.speakers import sources, speakers
from conflict_kg.reading.verbs import speech

HANDING_OVER = ("say", "urge", "charge", "figure")
SIDES = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE}
JOINED = {"conj", "advcl", "acl", "acl:relcl", "xcomp", "obj", "obl", "nmod", "nsubj", "nsubj:pass", "appos"}
BACKGROUND = {"after", "following", "amid"}  # what an order was given upon is no part of it
AGAINST = {"against", "of", "about"}  # behind "warned", what is warned of
SAYING = {"say", "add", "note", "warn", "write"}
WARDS = {"hospital", "clinic", "morgue", "mortuary"}
TOLLS = {"toll", "number", "total", "figure", "casualty", "loss", "fatality", "death"}
NAMING = {"identify", "name", "quote"}  # what somebody asks not to be says nothing
ASKED = {"ask", "wonder"}
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
    if clause.nominal or not any(word in speech()[kind] for kind in HANDING_OVER) or verb.dep_ == "amod":
        return None
    segments = tuple((first, last) for first, last in _content(clause, word) if first < last)
    if not segments:
        return None
    who = speakers(clause, mentions, document)
    if word in speech()["figure"] and not _said(verb) and not any(_counters(h, mentions) for h in clause.subjects):
        return None
    if not who or (word in speech()["weak"] and (verb.tag_ == "VBG" or all(s.kind in SIDES for s in who))):
        return None
    through = relays(clause, mentions, document)
    if (words_of := quoted(verb)) is not None:
        through += tuple(a for a in sources(words_of[1], mentions, document) if a.kind in CARRIERS)
    elif all(s.kind in CARRIERS for s in who) and (citing := cited(verb)) is not None:
        origin = sources(children(citing, "obj"), mentions, document)
        who, through, segments = origin or who, who if origin else (), less(segments, citing)
    if not segments:
        return None
    return Utterance(who, through, segments, _is_quoted(verb.doc, segments), verb)


def _content(clause: Clause, word: str) -> tuple[tuple[int, int], ...]:
    """The token ranges of what the verb hands over; empty where it is no verb of saying here."""
    verb, said = clause.predicate, speech()
    if word in said["say"] and (segments := _said(verb)):
        return () if word in ASKED and _is_question(verb) else segments
    first = _urged(verb) if word in said["urge"] else None
    if first is None and word in DECLARE:
        first = _declared(verb)
    if first is None and word in {"tell", "speak"}:
        first = _told_of(verb)
    if first is None and word in {"call", "appeal"}:
        first = next(((_start(c), _right(c) + 1) for c in children(verb, "obl") if preposition(c) == "for"), None)
    if first is None and word in said["figure"]:
        first = _figure(verb)
    if first is None and word == "warn":
        first = next(((_start(c), _right(c) + 1) for c in children(verb, "obl") if preposition(c) in AGAINST), None)
    if first is None and word in said["charge"]:
        first = _charged(verb)
    if first is None and word in said["say"] - said["weak"]:
        quoted = (c for c in verb.children if c.i > verb.i and _opens_quote(c))
        first = next(((_start(c), _right(c) + 1) for c in quoted), None)
    return (first,) if first is not None else ()


def _is_question(verb: Token) -> bool:
    """Whether it is what somebody wants to know: "asked whether …"."""
    return any(m.lower_ in {"whether", "if"} for c in children(verb, "ccomp") for m in children(c, "mark"))


def _said(verb: Token) -> tuple[tuple[int, int], ...]:
    """A clause: "said that …", or one around or beside an inserted "he said"."""
    near = children(verb, "ccomp", "parataxis")
    for child in sorted(near, key=lambda c: not _has_that(c, verb)):
        if child.dep_ == "ccomp" or _is_speech(child, verb):
            return _without(_span(child, skip={"mark"}), verb, child) + _going_on(verb, child)
    if (clause := _strayed(verb)) is not None:
        return (_after_that(clause),)
    if clause := _second_subject(verb):
        return (_span(clause, skip={"mark"}),)
    if told := _told_around(verb):
        return told
    if verb.dep_ == "parataxis" and (verb.head.i > verb.i or not children(verb, "obj", "xcomp")):
        return _around(verb)
    return ()


def _has_that(clause: Token, verb: Token) -> bool:
    return clause.i > verb.i and any(m.lower_ == "that" for m in children(clause, "mark"))


def _strayed(verb: Token) -> Token | None:
    """What is said where the parse took it for a relative clause: "admitted to X that rebels had entered"."""
    if children(verb, "ccomp", "xcomp") or lemma(verb) in speech()["citing"]:
        return None
    hearers = [c for c in children(verb, "obl", "iobj", "obj") if c.i > verb.i]
    hearers += [n for c in hearers for n in children(c, "nmod", "appos")]
    clauses = [c for hearer in hearers for c in children(hearer, "acl:relcl")]
    opened = (c for c in clauses if c.left_edge.lower_ == "that" and c.left_edge.i > verb.i)
    return next((c for c in opened if any(n.lower_ != "that" for n in children(c, "nsubj", "nsubj:pass"))), None)


def _after_that(clause: Token) -> tuple[int, int]:
    return clause.left_edge.i + 1, _right(clause) + 1


def _told_around(verb: Token) -> tuple[tuple[int, int], ...]:
    """What stands before "he added" or "said X" where no mark tells it apart and the parse hung it below."""
    subjects = children(verb, "nsubj")
    bare = not any(t.lower_ in RELATIVE for t in verb.subtree) and lemma(verb) in SAYING
    relative = verb.dep_ in {"acl:relcl", "advcl:relcl"} and bool(subjects) and not children(verb, "obj", "ccomp")
    inverted = verb.dep_ == "conj" and any(c.i > verb.i for c in subjects)
    if not bare or not (relative or inverted) or verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return ()
    top = verb.head
    while relative and top.head != top and top.dep_ not in {"ccomp", "parataxis"}:
        top = top.head
    own = [verb.i, *(t.i for c in verb.children if c.dep_ != "punct" for t in c.subtree if relative or c.i > verb.i)]
    behind = verb.doc[max(own) + 1] if max(own) + 1 < verb.sent.end else None
    if behind is not None and not (behind.is_punct or behind.is_space or behind.dep_ == "cc"):
        return ()  # "what officials say was …"
    first, last = _span(top, skip={"mark", "cc"})
    ranges = [_trim(verb.doc, a, b) for a, b in ((first, min(own)), (max(own) + 1, last))]
    return tuple(one for one in ranges if one[0] < one[1])


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
    if infinitive is None or lemma(infinitive) in NAMING:
        return None
    addressed = [_start(o) for o in children(verb, "obj", "obl") if o.i > verb.i]
    addressed += [_start(o) for o in children(infinitive, "nsubj", "nsubj:pass")]  # "called for the walls to be built"
    last = _right(infinitive) + 1
    background = (t.i for t in verb.doc[infinitive.i : last] if t.lower_ in BACKGROUND and t.dep_ in {"case", "mark"})
    return min(addressed or [_content_start(infinitive)]), min(background, default=last)


def _is_infinitive(token: Token) -> bool:
    """Whether it is "to take" or "to have taken"."""
    return token.tag_ == "VB" or any(c.tag_ == "VB" and c.dep_.startswith("aux") for c in token.children)


def _counters(head: Token, mentions: Mentions) -> bool:
    """Whether a subject may count victims: somebody named or known, people, a body, a hospital; not "the blast"."""
    words = nouns()
    return head.i in mentions.actors or lemma(head) in people() | words.person | words.body | WARDS


def _figure(verb: Token) -> tuple[int, int] | None:
    """A number of victims that somebody gives: "put the toll at 12", "counted 40 dead", "gave a toll of 12"."""
    given = [c for c in children(verb, "obj", "iobj") if c.i > verb.i]
    given += [c for c in children(verb, "obl") if given and c.i > verb.i and preposition(c) in {"at", "to", "as"}]
    words = [t for c in given for t in c.subtree]
    told = [c for c in given if lemma(c) in TOLLS] or (lemma(verb) != "put" and [t for t in words if _counts(t)])
    if is_passive(verb) or (verb.tag_ == "VBN" and not children(verb, "aux")) or not told:
        return None
    if not any(t.like_num or t.pos_ == "NUM" for t in words):
        return None
    return min(_start(c) for c in given), max(_right(c) for c in given) + 1


def _told_of(verb: Token) -> tuple[int, int] | None:
    """What somebody tells of: "spoke of 40 dead", "told of looting"."""
    if children(verb, "obj", "iobj", "ccomp") or is_passive(verb):
        return None
    return next(
        ((_start(c), _right(c) + 1) for c in children(verb, "obl") if preposition(c) == "of" and c.i > verb.i), None
    )


def _counts(token: Token) -> bool:
    """Whether a word for people or their deaths has a number: "40 civilians", "a toll of 12", "40 dead"."""
    human = lemma(token) in TOLLS or (lemma(token) in people() and not token.like_num and token.pos_ != "NUM")
    return human and any(c.like_num or c.pos_ == "NUM" for c in (token.head, *token.children))


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


def _reckoners(token: Token) -> list[Token]:
    """Whose reckoning it is: "by X's count", "by the estimate of X"."""
    if (
        preposition(token) != "by"
        or lemma(token) not in speech()["reckoning"]
        or not token.dep_.startswith(("obl", "nmod"))
    ):
        return []
    return [*children(token, "nmod:poss"), *(c for c in children(token, "nmod") if preposition(c) in {"of", "from"})]


def _whole(token: Token) -> Token:
    """The clause that "according to X" is said of: where it opens or ends the sentence the whole of what is told."""
    clause, sentence = token.head, token.sent
    inside = [t.i for t in sentence if not (t.is_punct or t.is_space)]
    at_edge = token.left_edge.i == inside[0] or token.right_edge.i >= inside[-1]
    while clause.dep_ in JOINED and clause.head != clause and (at_edge or clause.dep_ == "conj"):
        if any(c.lower_ == "but" for c in children(clause, "cc")):
            break  # what stands before a "but" may be the report's own
        clause = clause.head
    return clause


def according(token: Token, mentions: Mentions, document: str) -> Utterance | None:
    """What the clause says that "according to X" hangs on."""
    reckoned = _reckoners(token)
    if preposition(token) not in speech()["according"] and not reckoned:
        return None
    who = sources(reckoned or [token], mentions, document)
    clause = _whole(token)
    first, last = _span(clause, skip={"mark", "cc"})
    edges = token.left_edge.i, token.right_edge.i + 1
    pieces = [_trim(token.doc, a, b) for a, b in ((first, min(edges[0], last)), (max(edges[1], first), last)) if b > a]
    segments = tuple(piece for piece in pieces if piece[1] > piece[0])
    return Utterance(who, (), segments, False, token) if who and segments else None
