"""Who says what, and through whom: the utterances that a report carries.

Direct and indirect speech, split and carried-on quotations, "according to", orders, vows and accusations.
An outlet that carries somebody else's words is a relay; alone it is the speaker.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from conflict_kg.linking import link_actor
from conflict_kg.model import Actor, ActorKind, Report, SectionKind
from conflict_kg.reading.clauses import Clause, children, phrase, preposition, shared_with
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.quotes import Quotation, find_quotations

SIDES = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE}
CARRIERS = {ActorKind.OUTLET}
DECLARE = {"declare", "pronounce", "proclaim", "announce"}  # "declared the town liberated"
SHORTEST_QUOTATION = 3  # words; shorter ones are marked words, not speech, unless a verb of saying hands them over


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


@cache
def speech() -> Mapping[str, frozenset[str]]:
    """The verbs of lexicon/speech.toml."""
    data = tomllib.loads((files("conflict_kg") / "lexicon" / "speech.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in data.items()}


def find_utterances(doc: Doc, report: Report, clauses: Sequence[Clause], mentions: Mentions) -> tuple[Utterance, ...]:
    """The utterances of a report, in order of their first word.

    Args:
        doc: the parsed view of the report.
        report: for its sections; boilerplate says nothing.
        clauses: the predicates of ``doc``.
        mentions: who the speakers are.
    """
    paragraphs = [(s.start, s.end) for s in report.sections if s.kind is not SectionKind.BOILERPLATE]
    quotations = find_quotations(report.view, paragraphs)
    found = [u for clause in clauses if (u := _spoken(clause, mentions, report.id)) is not None]
    found += [u for token in doc if (u := _according(token, mentions, report.id)) is not None]
    found = [_widen(u, doc, quotations) for u in found]
    found = _carry_on(found, doc, quotations, paragraphs)
    found = [u for u in found if _in_sections(u, doc, paragraphs)]
    return tuple(sorted(_relayed(found), key=lambda u: (u.segments[0], u.size)))


def innermost(token: Token, utterances: Iterable[Utterance]) -> Utterance | None:
    """The smallest utterance whose words include the token."""
    return min((u for u in utterances if u.covers(token)), key=lambda u: u.size, default=None)


def _in_sections(utterance: Utterance, doc: Doc, paragraphs: Sequence[tuple[int, int]]) -> bool:
    start = doc[utterance.segments[0][0]].idx
    return any(first <= start < last for first, last in paragraphs)


# ---------------------------------------------------------------- a verb of saying


def _spoken(clause: Clause, mentions: Mentions, document: str) -> Utterance | None:
    verb = clause.predicate
    word = clause.lemma.split()[0]
    if clause.nominal or not any(word in words for words in speech().values()) or verb.dep_ == "amod":
        return None
    segments = _content(clause, word)
    if not segments:
        return None
    speakers = _speakers(clause, mentions, document)
    if not speakers or (word in speech()["weak"] and (verb.tag_ == "VBG" or all(s.kind in SIDES for s in speakers))):
        return None
    return Utterance(speakers, _told(clause, mentions), segments, _is_quoted(verb.doc, segments), verb)


def _content(clause: Clause, word: str) -> tuple[tuple[int, int], ...]:
    """The token ranges of what the verb hands over; empty where it is no verb of saying here."""
    verb, said = clause.predicate, speech()
    if word in said["say"]:
        for child in children(verb, "ccomp", "parataxis"):
            if child.dep_ == "ccomp" or _is_speech(child, verb):
                return _without(_span(child, skip={"mark"}), verb, child) + _going_on(verb, child)
        if verb.dep_ in {"parataxis", "conj"} and verb.head.i < verb.i and not children(verb, "obj", "xcomp"):
            if verb.dep_ == "parataxis":
                return _around(verb)
        if verb.dep_ == "parataxis" and verb.head.i > verb.i:
            return _around(verb)
    if word in said["urge"] and (infinitives := [c for c in children(verb, "xcomp", "ccomp") if c.tag_ == "VB"]):
        first = min([_start(o) for o in children(verb, "obj", "obl") if o.i > verb.i] or [_content_start(infinitives[0])])
        return ((first, _right(infinitives[0]) + 1),)
    if word in DECLARE and (declared := children(verb, "obj")) and (state := children(verb, "xcomp")):
        return ((_start(declared[0]), _right(state[0]) + 1),)
    if word in {"call", "appeal"} and (wanted := [c for c in children(verb, "obl") if preposition(c) == "for"]):
        return ((_start(wanted[0]), _right(wanted[0]) + 1),)
    if word in said["charge"] and (blamed := children(verb, "obj")) and (children(verb, "obl") or children(verb, "advcl")):
        if any(preposition(c) in {"of", "for", "on", "as"} for c in children(verb, "obl")) or children(verb, "advcl"):
            return ((_start(blamed[0]), max(_right(c) for c in children(verb, "obj", "obl", "advcl")) + 1),)
    if word in said["say"] - said["weak"] and (quoted := [c for c in verb.children if c.i > verb.i and _opens_quote(c)]):
        return ((_start(quoted[0]), _right(quoted[0]) + 1),)
    return ()


def _going_on(verb: Token, content: Token) -> tuple[tuple[int, int], ...]:
    """Clauses that the parse joins to the verb of saying but that go on with what was said."""
    later = [c for c in children(verb, "conj") if c.i > content.i > verb.i and c.lemma_ not in speech()["say"]]
    return tuple(_span(c, skip={"cc"}) for c in later if shared_with(c) == content)


def _is_speech(child: Token, verb: Token) -> bool:
    return child.i < verb.i or any(t.text in {":", '"', "“", "'", "‘"} for t in verb.doc[verb.i : child.left_edge.i + 1])


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
    if first <= verb.i < content.i:
        return (_trim(verb.doc, verb.i + 1, last),)
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


# ---------------------------------------------------------------- who


def _speakers(clause: Clause, mentions: Mentions, document: str) -> tuple[Actor, ...]:
    heads = clause.objects if clause.passive and clause.lemma == "quote" else clause.subjects
    return _actors(heads, mentions, document)


def _actors(heads: Iterable[Token], mentions: Mentions, document: str) -> tuple[Actor, ...]:
    found = [actor for head in heads if (actor := _speaker(head, mentions, document)) is not None]
    if found and found[0].kind is ActorKind.PERSON:  # "X, spokesman and adviser to Y": a second role is no second person
        found = [actor for actor in found if actor.kind is not ActorKind.UNNAMED]
    return tuple({actor.id: actor for actor in found}.values())


def _speaker(head: Token, mentions: Mentions, document: str) -> Actor | None:
    """Who a subject is: its referent; behind a message whoever issued it; else a source known by these words."""
    if lemma(head) in nouns().message:
        issuers = [c for c in children(head, "nmod", "nmod:poss", "compound") if c.i in mentions.actors]
        if issuers:
            return mentions.actors[issuers[0].i]
        return _issuer_before(head, mentions) if is_definite(head) else None
    if head.i in mentions.actors:
        return mentions.actors[head.i]
    if head.pos_ not in {"NOUN", "PROPN"} or head.i in mentions.places:
        return _place_speaker(head, mentions, document)
    first, last = phrase(head)
    words = " ".join(head.doc[first:last].text.split())
    return link_actor(words, mentions.setting, document=document, kind=ActorKind.UNNAMED, role=words)


def _issuer_before(head: Token, mentions: Mentions) -> Actor | None:
    """Whose message "the statement" is: who issued the last one spoken of, else who was named last."""
    for token in reversed(head.doc[: head.i]):
        if lemma(token) in nouns().message:
            issuers = [c.i for c in children(token, "nmod", "nmod:poss", "compound") if c.i in mentions.actors]
            if issuers:
                return mentions.actors[issuers[0]]
    before = [i for i in mentions.actors if i < head.i]
    return mentions.actors[max(before)] if before else None


def _place_speaker(head: Token, mentions: Mentions, document: str) -> Actor | None:
    """A capital or country that speaks is its government ("Baghdad said")."""
    if head.i not in mentions.places:
        return None
    actor = link_actor(mentions.places[head.i][0].name, mentions.setting, document=document)
    return actor if actor.linked else None


def _told(clause: Clause, mentions: Mentions) -> tuple[Actor, ...]:
    """The outlets that were told: "told the BBC", "in an interview with CNN"."""
    verb = clause.predicate
    near = [c for c in verb.children if c.dep_ in {"obj", "iobj", "obl", "obl:agent"}]
    near += [c for n in near for c in children(n, "nmod", "appos")]
    found = [mentions.actors[t.i] for t in near if t.i in mentions.actors]
    return tuple(dict.fromkeys(a for a in found if a.kind in CARRIERS))


def _according(token: Token, mentions: Mentions, document: str) -> Utterance | None:
    """ "according to X": what the clause that it hangs on says."""
    if preposition(token) not in speech()["according"]:
        return None
    speakers = _actors([token], mentions, document)
    clause = token.head
    first, last = _span(clause, skip={"mark", "cc"})
    edges = token.left_edge.i, token.right_edge.i + 1
    pieces = [_trim(token.doc, a, b) for a, b in ((first, min(edges[0], last)), (max(edges[1], first), last)) if b > a]
    segments = tuple(piece for piece in pieces if piece[1] > piece[0])
    return Utterance(speakers, (), segments, False, token) if speakers and segments else None


# ---------------------------------------------------------------- quotations


def _widen(utterance: Utterance, doc: Doc, quotations: Sequence[Quotation]) -> Utterance:
    """Words inside quotation marks belong to what is said as far as the marks reach ("One. Two," he said)."""
    segments = []
    for first, last in utterance.segments:
        start, end = doc[first].idx, doc[last - 1].idx + 1
        for q in quotations:
            overlaps = q.start < end and start < q.end
            if overlaps and not (utterance.cue is not None and q.start <= utterance.cue.idx < q.end):
                first, last = min(first, _token_at(doc, q.start)), max(last, _token_at(doc, q.end - 1) + 1)
        segments.append((first, last))
    return replace(utterance, segments=_merge(segments))


def _merge(segments: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(segments):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _token_at(doc: Doc, offset: int) -> int:
    """Index of the token that holds a character."""
    low, high = 0, len(doc) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if doc[middle].idx <= offset else (low, middle - 1)
    return low


def _carry_on(
    found: list[Utterance], doc: Doc, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]
) -> list[Utterance]:
    """Give quotations without a verb of saying to whoever was speaking: before in the paragraph, before, or just after."""
    uttered = sorted(found, key=lambda u: u.segments[0])
    paragraph_of: Callable[[int], int] = lambda at: next((i for i, (a, b) in enumerate(paragraphs) if a <= at < b), -1)
    for q in quotations:
        first, last = _token_at(doc, q.start), _token_at(doc, q.end - 1) + 1
        if any(u.covers(doc[t]) for u in uttered for t in (first, last - 1)) or not _is_utterance(doc, first, last):
            continue
        here = paragraph_of(q.start)
        speaker = _speaking(uttered, doc, first, here, q, paragraph_of)
        if speaker is None:
            continue
        same = paragraph_of(doc[speaker.segments[-1][0]].idx) == here and speaker.segments[0][0] < first
        if same and speaker.direct:
            uttered[uttered.index(speaker)] = replace(speaker, segments=_merge([*speaker.segments, (first, last)]))
        else:
            uttered.append(Utterance(speaker.speakers, speaker.relays, ((first, last),), True, None))
        uttered.sort(key=lambda u: u.segments[0])
    return uttered


def _is_utterance(doc: Doc, first: int, last: int) -> bool:
    """Whether quoted words are speech, not a marked word: a few words with a verb, or a whole sentence."""
    words = [t for t in doc[first:last] if not t.is_punct and not t.is_space]
    starts = first == 0 or doc[first].is_sent_start or doc[first - 1].is_sent_start or doc[first].text[:1].isupper()
    return len(words) >= SHORTEST_QUOTATION and starts and any(t.pos_ in {"VERB", "AUX"} for t in words)


def _speaking(
    uttered: Sequence[Utterance], doc: Doc, first: int, here: int, q: Quotation, paragraph_of: Callable[[int], int]
) -> Utterance | None:
    place = lambda u: paragraph_of(doc[u.segments[0][0]].idx)
    before = [u for u in uttered if u.segments[0][0] < first]
    after = [u for u in uttered if u.segments[0][0] >= first]
    if before and place(before[-1]) == here:
        return before[-1]
    if after and place(after[0]) == here:
        return after[0]
    if not q.closed and after and place(after[0]) == here + 1 and not (before and before[-1].direct and place(before[-1]) == here - 1):
        return after[0]
    return before[-1] if before and here - place(before[-1]) <= 2 else None


def _relayed(found: Sequence[Utterance]) -> list[Utterance]:
    """An outlet whose words hold somebody else's utterance is the relay of it, and no speaker."""
    outlets = [u for u in found if all(s.kind in CARRIERS for s in u.speakers)]
    kept = []
    for u in found:
        around = [o for o in outlets if o is not u and o.cue is not None and _holds(o, u)]
        relays = tuple(dict.fromkeys([*u.relays, *(s for o in sorted(around, key=lambda o: o.size) for s in o.speakers)]))
        if u in outlets and any(_holds(u, inner) for inner in found if inner is not u and inner not in outlets):
            continue
        kept.append(replace(u, relays=tuple(r for r in relays if r not in u.speakers)))
    return kept


def _holds(outer: Utterance, inner: Utterance) -> bool:
    cue = inner.cue
    return outer.size > inner.size and (outer.covers(cue) if cue is not None else any(
        first <= inner.segments[0][0] < last for first, last in outer.segments
    ))
