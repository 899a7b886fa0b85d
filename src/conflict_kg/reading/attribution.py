"""Who says what, and through whom: the utterances that a report carries.

Direct and indirect speech, split and carried-on quotations, "according to", orders, vows and accusations.
An outlet that carries somebody else's words is a relay; alone it is the speaker.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from conflict_kg.linking import link_actor
from conflict_kg.model import Actor, ActorKind, Report, SectionKind
from conflict_kg.reading.clauses import Clause, children, grammatical_subjects, phrase, preposition, shared_with
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.nouns import is_definite, lemma, nouns
from conflict_kg.reading.quotes import Quotation, find_quotations

SIDES = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE}
CARRIERS = {ActorKind.OUTLET}
BACKGROUND = {"after", "following", "amid"}  # what an order was given upon is no part of it
DECLARE = {"declare", "pronounce", "proclaim", "announce"}  # "declared the town liberated"
REMEMBERED = 2  # paragraphs after which a quotation is no longer given to the last speaker
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
    if verb.dep_ == "parataxis" and (verb.head.i > verb.i or not children(verb, "obj", "xcomp")):
        return _around(verb)
    return ()


def _urged(verb: Token) -> tuple[int, int] | None:
    """An infinitive: "vowed to …", "ordered the militia to …"; from the one addressed on."""
    infinitive = next((c for c in children(verb, "xcomp", "ccomp") if _is_infinitive(c)), None)
    if infinitive is None:
        return None
    addressed = [_start(o) for o in children(verb, "obj", "obl") if o.i > verb.i]
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


# ---------------------------------------------------------------- who


def _speakers(clause: Clause, mentions: Mentions, document: str) -> tuple[Actor, ...]:
    heads = clause.objects if clause.passive and clause.lemma == "quote" else clause.subjects
    verb = clause.predicate
    if (
        not heads and verb.i and verb.i - 1 in mentions.actors
    ):  # the parse hung "the ministry" of "the ministry said" elsewhere
        heads = (verb.doc[verb.i - 1],)
    return _actors(heads, mentions, document)


def _actors(heads: Iterable[Token], mentions: Mentions, document: str) -> tuple[Actor, ...]:
    found = [actor for head in heads if (actor := _speaker(head, mentions, document)) is not None]
    if (
        found and found[0].kind is ActorKind.PERSON
    ):  # "X, spokesman and adviser to Y": a second role is no second person
        found = [actor for actor in found if actor.kind is not ActorKind.UNNAMED]
    return tuple({actor.id: actor for actor in found}.values())


def _speaker(head: Token, mentions: Mentions, document: str) -> Actor | None:
    """Who a subject is: its referent; behind a message whoever issued it; else a source known by these words."""
    if lemma(head) in nouns().message:
        issuers = [c for c in children(head, "nmod", "nmod:poss", "compound") if c.i in mentions.actors]
        if head.dep_ == "obj":  # "released a statement claiming …"
            issuers += [t for t in grammatical_subjects(head.head) if t.i in mentions.actors]
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
    """What the clause says that "according to X" hangs on."""
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
    cue = utterance.cue
    outside = [q for q in quotations if cue is None or not q.start <= cue.idx < q.end]
    segments = [_reaching(segment, doc, outside) for segment in utterance.segments]
    return replace(utterance, segments=_merge(segments))


def _reaching(segment: tuple[int, int], doc: Doc, quotations: Iterable[Quotation]) -> tuple[int, int]:
    """The segment with the whole of every quotation that it overlaps."""
    first, last = segment
    start, end = doc[first].idx, doc[last - 1].idx + 1
    over = [q for q in quotations if q.start < end and start < q.end]
    firsts = [_token_at(doc, q.start) for q in over]
    lasts = [_token_at(doc, q.end - 1) + 1 for q in over]
    return min([first, *firsts]), max([last, *lasts])


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
    """Give quotations without a verb of saying to whoever speaks: earlier in the paragraph, before, or just after."""
    uttered = sorted(found, key=lambda u: u.segments[0])
    for q in quotations:
        first, last = _token_at(doc, q.start), _token_at(doc, q.end - 1) + 1
        if any(u.covers(doc[t]) for u in uttered for t in (first, last - 1)) or not _is_utterance(doc, first, last):
            continue
        places = [_paragraph(doc[u.segments[0][0]].idx, paragraphs) for u in uttered]
        here = _paragraph(q.start, paragraphs)
        at = _speaking(uttered, places, first, here, closed=q.closed)
        if at is None:
            continue
        speaker = uttered[at]
        if places[at] == here and speaker.segments[0][0] < first and speaker.direct:
            uttered[at] = replace(speaker, segments=_merge([*speaker.segments, (first, last)]))
        else:
            uttered.append(Utterance(speaker.speakers, speaker.relays, ((first, last),), True, None))
        uttered.sort(key=lambda u: u.segments[0])
    return uttered


def _paragraph(at: int, paragraphs: Sequence[tuple[int, int]]) -> int:
    """Number of the paragraph that an offset lies in, -1 for none."""
    return next((i for i, (start, end) in enumerate(paragraphs) if start <= at < end), -1)


def _is_utterance(doc: Doc, first: int, last: int) -> bool:
    """Whether quoted words are speech, not a marked word: a few words with a verb, or a whole sentence."""
    words = [t for t in doc[first:last] if not t.is_punct and not t.is_space]
    starts = first == 0 or doc[first].is_sent_start or doc[first - 1].is_sent_start or doc[first].text[:1].isupper()
    return len(words) >= SHORTEST_QUOTATION and starts and any(t.pos_ in {"VERB", "AUX"} for t in words)


def _speaking(
    uttered: Sequence[Utterance], places: Sequence[int], first: int, here: int, *, closed: bool
) -> int | None:
    """Index of the utterance whose speaker a quotation at token ``first`` in paragraph ``here`` has.

    A quotation that its paragraph does not close goes on in the next one; there its speaker may be named.
    """
    before = [i for i, u in enumerate(uttered) if u.segments[0][0] < first]
    after = [i for i, u in enumerate(uttered) if u.segments[0][0] >= first]
    if before and places[before[-1]] == here:
        return before[-1]
    if after and places[after[0]] == here:
        return after[0]
    going_on = before and uttered[before[-1]].direct and places[before[-1]] == here - 1
    if not closed and after and places[after[0]] == here + 1 and not going_on:
        return after[0]
    return before[-1] if before and here - places[before[-1]] <= REMEMBERED else None


def _relayed(found: Sequence[Utterance]) -> list[Utterance]:
    """An outlet whose words hold somebody else's utterance is the relay of it, and no speaker."""
    outlets = [u for u in found if all(s.kind in CARRIERS for s in u.speakers)]
    kept = []
    for u in found:
        around = sorted((o for o in outlets if o is not u and o.cue is not None and _holds(o, u)), key=lambda o: o.size)
        relays = dict.fromkeys([*u.relays, *(s for o in around for s in o.speakers)])
        carried = [inner for inner in found if inner is not u and inner not in outlets and _holds(u, inner)]
        if u not in outlets or not carried:
            kept.append(replace(u, relays=tuple(r for r in relays if r not in u.speakers)))
    return kept


def _holds(outer: Utterance, inner: Utterance) -> bool:
    """Whether one utterance stands within another's words, verb of saying and all."""
    if outer.size <= inner.size:
        return False
    at = inner.cue.i if inner.cue is not None else inner.segments[0][0]
    return any(first <= at < last for first, last in outer.segments)
