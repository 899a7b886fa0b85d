"""What the readers of claims share: a parsed report, its clauses, mentions, utterances, and when things were."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from conflict_kg.linking import known_actor, lexicon, link_actor
from conflict_kg.model import Actor, ActorKind, Extent, Passage, Period, Place, PlaceKind, Report, Section, SectionKind
from conflict_kg.reading.clauses import Clause, children, complements
from conflict_kg.reading.discourse import is_government
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.narrative import Told, told
from conflict_kg.reading.nouns import acts, lemma, nouns
from conflict_kg.reading.parse import Doc, Span, Token
from conflict_kg.reading.referents import FOLLOWERS
from conflict_kg.reading.speech import SIDES, Utterance
from conflict_kg.reading.standing import cues
from conflict_kg.reading.times import Kind, find_times, resolve
from conflict_kg.reading.verbs import speech

NARRATIVE = 150  # tokens before a sentence in which "later" finds the day that it counts from
SHIFTS = {"after": "earlier", "before": "later"}  # "a day after it fell": it fell a day earlier
MONTH = 27  # days from the first to the last of the shortest month


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim comes from: the speakers, the outlets between, the key of the statement."""

    speakers: tuple[Actor, ...] = ()
    relays: tuple[Actor, ...] = ()
    statement: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A report as the readers of claims see it."""

    doc: Doc
    report: Report
    digest: str
    clauses: tuple[Clause, ...]
    mentions: Mentions
    utterances: tuple[Utterance, ...]
    keys: Mapping[Utterance, str]
    """The key of the statement that was made of each utterance."""
    sections: tuple[Section | None, ...]
    """The section of each token."""
    voices: tuple[Utterance | None, ...]
    """The innermost utterance that each token is among the words of."""
    times: tuple[Told, ...]
    """The times of the report in order."""

    def readable(self, token: Token) -> bool:
        """Whether the token stands where claims are read: in no boilerplate and between sections nowhere."""
        section = self.sections[token.i]
        return section is not None and section.kind is not SectionKind.BOILERPLATE

    def reference(self, token: Token) -> date | None:
        """The day from which time words count at the token."""
        section = self.sections[token.i]
        return section.reference if section is not None else None

    def resolved(self, time: Told, token: Token, *, future: bool = False) -> Period:
        """What a time means at a token. A part of a report written "some days before" its date has no day to count
        from, but its months and years are those of the report.
        """
        tense: Literal["past", "future"] = "future" if future else "past"
        undated = self.reference(token) is None and self.report.published is not None
        context = None if undated and time.expression.kind is not Kind.CONTEXT else time.context
        period = resolve(time.expression, time.reference, tense=tense, context=context)
        if undated and period.begin_latest is None:
            coarse = resolve(time.expression, self.report.published, tense=tense)
            first, last = coarse.begin_earliest, coarse.begin_latest
            if first is not None and last is not None and (last - first).days >= MONTH:
                return coarse
        return period

    def between(self, start: int, end: int) -> Iterator[Told]:
        """The times that begin in a stretch of the report (code points), but not those that name no place in time."""
        first = bisect_left(self.times, start, key=lambda time: time.expression.start)
        for time in self.times[first:]:
            if time.expression.start >= end:
                return
            if time.expression.kind is not Kind.ERA:
                yield time

    def latest(self, token: Token) -> date | None:
        """The day by which what the token tells of had happened: that of the report, or that on which it was said."""
        day = self.reference(token) or self.report.published
        utterance = self.utterance(token)
        said = when(self, utterance.cue) if utterance is not None and utterance.cue is not None else Period()
        if said.begin_latest is None:
            return day
        return min(day, said.begin_latest) if day is not None else said.begin_latest

    def passage(self, first: int, last: int) -> Passage:
        """The tokens' passage: indices of the first and of the one behind the last."""
        tokens = self.doc.tokens[first:last]
        opening = next(t for t in tokens if not t.is_space)
        closing = next(t for t in reversed(tokens) if not t.is_space)
        start, end = opening.idx, closing.idx + len(closing)
        return Passage(self.report.id, start, end, self.report.text[start:end])

    def sentence(self, token: Token) -> Passage:
        """The sentence that a token stands in."""
        return self.passage(token.sent.start, token.sent.end)

    def utterance(self, token: Token) -> Utterance | None:
        """Whose words the token stands in: the innermost utterance."""
        return self.voices[token.i]

    def source(self, token: Token) -> Source:
        """Whose words the token stands in, as a claim names it; the report's own where nobody else's."""
        utterance = self.utterance(token)
        if utterance is None:
            return Source()
        return Source(utterance.speakers, utterance.relays, self.keys.get(utterance))

    def actors(self, heads: Iterable[Token], utterance: Utterance | None) -> tuple[Actor, ...]:
        """The actors that noun phrases refer to, each once; a country is its government, "we" the speakers' side."""
        found = (actor for head in heads for actor in self._who(head, utterance))
        return tuple({actor.id: actor for actor in found}.values())

    def _who(self, head: Token, utterance: Utterance | None) -> tuple[Actor, ...]:
        """Whom a noun phrase refers to: "they" may be several."""
        if head.i in self.mentions.several:
            return self.mentions.several[head.i]
        if lemma(head) in nouns().quantity:  # "hundreds of rebels", "a group of 40 Taliban fighters"
            of = complements(head, "of")
            found = tuple(actor for c in of for actor in self._who(c, utterance) or self._counted(c))
            if found or head.i not in self.mentions.actors:
                return found
        actor = self._actor(head, utterance)
        if actor is None and lemma(head) in nouns().unit:  # "its garrison": theirs who have it
            owners = [*children(head, "nmod:poss", "compound", "amod"), *complements(head, "of")]
            return tuple(each for owner in owners for each in self._who(owner, utterance))
        return (actor,) if actor is not None else ()

    def _counted(self, head: Token) -> tuple[Actor, ...]:
        """Whose people a phrase with a number counts, where the lexicon has them."""
        words = [
            c.text for c in children(head, "amod", "compound") if c.i < head.i and c.pos_ in {"PROPN", "ADJ", "NOUN"}
        ]
        actor = link_actor(" ".join((*words, head.text)), self.mentions.setting, document=self.report.id)
        return (actor,) if actor.linked and children(head, "nummod") else ()

    def _actor(self, head: Token, utterance: Utterance | None) -> Actor | None:
        ours = any(c.lower_ in nouns().we for c in children(head, "nmod:poss")) and acts(head)  # "our forces"
        if utterance is not None and utterance.speakers and (ours or head.lower_ in nouns().we):
            return self._side(utterance)
        if head.i in self.mentions.actors:
            return self.mentions.actors[head.i]
        if utterance is not None and utterance.speakers and not utterance.direct and self._are_theirs(head):
            return self._side(utterance)
        people = head.pos_ == "ADJ" or head.tag_ in {"NNPS", "NNS"}
        iso = lexicon().demonym(head.text) if people else None
        forces = lexicon().entry(f"{iso.lower()}-forces") if iso else None
        if forces is not None:  # "Russian attempts to take …", "the Russians took"
            words = f"{head.text} forces" if head.pos_ == "ADJ" else head.text  # "the Serbs" may be those of the place
            side = link_actor(words, self.mentions.setting, document=self.report.id)
            return known_actor(side.id if side.linked else forces.id, self.mentions.setting)
        if head.tag_ == "NNPS" and iso is None:  # "fell to the Kurds": the forces of a people in this war
            actor = link_actor(head.text, self.mentions.setting, document=self.report.id)
            if actor.linked and actor.kind in SIDES:
                return actor
        place = self.place(head)
        if place is not None and place[0].kind is PlaceKind.COUNTRY:
            actor = link_actor(place[0].name, self.mentions.setting, document=self.report.id)
            return actor if actor.linked else None
        if place is not None and is_government(head, place[0]):  # "Bamako announced the capture of the town"
            return link_actor(place[0].name, self.mentions.setting, document=self.report.id)
        return None

    def _are_theirs(self, head: Token) -> bool:
        """Whether they are somebody's, and the words do not tell whose: "said that its fighters had left"."""
        whose = [c for c in children(head, "nmod:poss") if c.pos_ == "PRON"]
        theirs = acts(head) or head.lower_ in FOLLOWERS
        return theirs and bool(whose) and all(c.i not in self.mentions.antecedents for c in whose)

    def group_of(self, actor: Actor) -> Actor | None:
        """The armed group that somebody belongs to, where the lexicon has it."""
        entry = lexicon().entry(actor.part_of) if actor.part_of else None
        if entry is None or entry.kind is not ActorKind.ARMED_GROUP:
            return None
        return known_actor(entry.id, self.mentions.setting)

    def sides(self, utterance: Utterance) -> tuple[Actor, ...]:
        """The forces, groups or governments that the speakers are or belong to; none where one of them has none."""
        own = [s if s.kind in SIDES else self.side_of(s) for s in utterance.speakers]
        return tuple({side.id: side for side in own if side is not None}.values()) if all(own) else ()

    def side_of(self, speaker: Actor) -> Actor | None:
        """The side that a person or an office speaks for; of a government its forces, who do what it tells of."""
        entry = lexicon().entry(speaker.part_of or speaker.id)
        while entry is not None and entry.kind not in SIDES | {ActorKind.GOVERNMENT}:
            entry = lexicon().entry(entry.part_of) if entry.part_of else None
        if entry is None:
            return None
        armed = lexicon().forces(entry.id) if entry.kind is ActorKind.GOVERNMENT else None
        return known_actor(armed or entry.id, self.mentions.setting)

    def _side(self, utterance: Utterance) -> Actor | None:
        """Whom "we" means: the group that speaks, or the one that a speaker belongs to."""
        speaker = utterance.speakers[0]
        entry = lexicon().entry(speaker.part_of) if speaker.part_of else None
        return known_actor(entry.id, self.mentions.setting) if entry is not None else speaker

    def place(self, head: Token) -> tuple[Place, Extent] | None:
        """The place that a noun phrase refers to, and whether all of it."""
        return self.mentions.places.get(head.i)


def voices_of(doc: Doc, utterances: Iterable[Utterance]) -> tuple[Utterance | None, ...]:
    """The innermost utterance of each token: the smallest, of equal ones the one that begins last."""
    found: list[Utterance | None] = [None] * len(doc)
    for utterance in sorted(utterances, key=lambda u: (-u.size, u.segments)):
        for first, last in utterance.segments:
            found[first:last] = [utterance] * (last - first)
    return tuple(found)


def times_of(report: Report) -> tuple[Told, ...]:
    """The times of a report in order, each counted from the day of its section."""
    return tuple(told(report.view, *((section.start, section.reference) for section in report.sections)))


def sections_of(doc: Doc, report: Report) -> tuple[Section | None, ...]:
    """The section that each token stands in."""
    found: list[Section | None] = []
    at = 0
    for token in doc.tokens:
        start = token.idx
        while at < len(report.sections) and report.sections[at].end <= start:
            at += 1
        inside = at < len(report.sections) and report.sections[at].start <= start
        found.append(report.sections[at] if inside else None)
    return tuple(found)


def when(scene: Scene, predicate: Token, *, future: bool = False) -> Period:
    """When something was, from the time words nearest to its predicate in the same sentence.

    Words inside the predicate's own clause win, then those of the clauses that it hangs on, up to a verb of saying:
    the day on which something was said is not the day on which it happened. A length ("for hours") counts only where
    nothing else is said. Words that belong to another clause
    beside it count for nothing. Without any, "later" and its like count from the time last told before; else nothing
    is filled in.
    """
    inside = predicate.sent.tokens
    told = scene.between(inside[0].idx, inside[-1].idx + len(inside[-1]))
    times = [time for time in told if not _counts(inside, time)]
    counted = _counted(scene, predicate)
    if not times:
        return counted or _narrated(scene, predicate, future=future)
    utterance = scene.utterance(predicate)
    cue = utterance.cue if utterance is not None else None
    if cue is not None and any(c.lower_ == "when" for _, c in cue.links):
        cue = None  # "in April, when officials said …": the time told before the saying is that of what was said
    reach = [predicate, *_clauses_above(predicate, cue), *_clauses_beside(predicate)]
    best: tuple[tuple[bool, int, int], Told] | None = None
    for time in times:
        token = _token_at(inside, time.expression.start)
        owner = _said_just_before(token) or _clause_of(token)
        level = next((n for n, clause in enumerate(reach) if owner == clause), None)
        if level is None:
            continue
        rank = time.expression.kind is Kind.DURATION, level, abs(token.i - predicate.i)
        if best is None or rank < best[0]:
            best = rank, time
    if counted is not None and (best is None or best[0][:2] != (False, 0)):
        return counted
    if best is None:
        return _narrated(scene, predicate, future=future)
    level = best[0][1]
    own_future = future and (level == 0 or not any(t.tag_ in {"VBD", "VBN"} for t in reach[1 : level + 1]))
    return scene.resolved(best[1], predicate, future=own_future)


def _counts(sentence: Sequence[Token], time: Told) -> bool:
    """Whether a length only says how long after or before something else it was: "a day after they left"."""
    end = time.expression.end
    last = _token_at(sentence, end - 1)
    following = next((t for t in sentence if t.idx >= end), last)
    return any(t.lower_ in SHIFTS and t.dep_ in {"mark", "case"} for t in (last, following)) and (
        time.expression.kind in {Kind.DURATION, Kind.CONTEXT}
    )


def _counted(scene: Scene, predicate: Token) -> Period | None:
    """When something was that another thing happened so long after or before: "on Sunday, a day after they left"."""
    for event in (predicate, predicate.head if predicate.dep_ == "conj" else predicate):
        for mark in (c for c in children(event, "mark", "case") if c.lower_ in SHIFTS and c.i > event.sent.start):
            unit = event.doc[mark.i - 1]
            words = event.doc[unit.left_edge.i : unit.i + 1].text if unit.tag_ in {"NN", "NNS"} else ""
            shift = next(iter(find_times(f"{words} {SHIFTS[mark.lower_]}")), None)
            if event.head == event or shift is None or shift.kind is not Kind.CONTEXT:
                continue
            above = _clause_of(event.head)
            base = when(scene, above) if above not in {event, predicate} else Period()
            reference = scene.reference(predicate)
            if base == Period() and above.tag_ == "VBD" and lemma(above) in cues()["follow"]:
                base = _last_day(scene, event.sent, event.sent.start_char) or base  # "The retreat came a day after …"
            if base == Period() and above.tag_ in {"VBZ", "VBP"} and reference is not None:
                base = Period(reference - timedelta(days=1), reference)  # "the attack comes a day after …"
            if base.begin_latest is not None:
                return replace(resolve(shift, None, context=base), text=f"{words} {mark.text}")
    return None


def _narrated(scene: Scene, predicate: Token, *, future: bool) -> Period:
    """From the day told last before a "later" or "eventually" to the day of the report; at an hour ("by nightfall") the
    day told last before.
    """
    reference = scene.reference(predicate)
    if reference is None:
        return Period()
    utterance = scene.utterance(predicate)
    clauses = (predicate, *_clauses_above(predicate, utterance.cue if utterance is not None else None))
    hours = [c for clause in clauses for c in children(clause, "obl", "obl:unmarked") if lemma(c) in cues()["hour"]]
    hours = [] if future else hours  # "attacked at dawn to take the town"
    words = hours[:1] or [t for _, t in predicate.links if t.lower_ in cues()["sequence"]]
    if not words:
        return Period()
    day = _last_day(scene, predicate.sent, words[0].idx if hours else predicate.sent.start_char)
    if day is None:
        return Period()
    return Period(day.begin_earliest, day.begin_latest if hours else reference, text=words[0].text)


def _last_day(scene: Scene, sentence: Span, end: int) -> Period | None:
    """The day told last before an offset into the report, in a sentence or not long before it."""
    first = scene.doc[max(0, sentence.start - NARRATIVE)].idx
    told_before = [scene.resolved(time, sentence[0]) for time in scene.between(first, end)]
    dated = [p for p in told_before if p.begin_earliest is not None and p.begin_earliest == p.begin_latest]
    return dated[-1] if dated else None


def _clauses_above(predicate: Token, stop: Token | None) -> list[Token]:
    """The predicates that a clause hangs on, nearest first, up to a verb of saying."""
    above: list[Token] = []
    token = predicate
    while token.head not in (token, stop):
        token = token.head
        if token.pos_ in {"VERB", "AUX"} or token.dep_ == "ROOT":
            above.append(token)
    return above


def _clauses_beside(predicate: Token) -> list[Token]:
    """Clauses below whose time is the predicate's too: "killed when … on Monday", "killed 60 and took 20 on Monday"."""
    joined = [c for c in children(predicate, "conj") if not children(c, "nsubj")]
    told = [c for c in children(predicate, "advcl") if any(m.lower_ == "when" for _, m in c.links)]
    return joined + told


def _clause_of(token: Token) -> Token:
    """The verb (or the root) that a token belongs to."""
    while token.pos_ not in {"VERB", "AUX"} and token.head != token:
        token = token.head
    while token.pos_ == "AUX" and token.dep_ in {"aux", "aux:pass", "cop"}:
        token = token.head
    return token


def _said_just_before(token: Token) -> Token | None:
    """The verb of saying that a time stands right behind ("…, an officer said on Monday"): it is the saying's."""
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    if before is not None and before.pos_ == "ADP" and before.i > token.sent.start:
        before = token.doc[token.i - 2]
    return before if before is not None and before.lemma_ in speech()["say"] else None


def _token_at(sentence: Iterable[Token], offset: int) -> Token:
    found = None
    for token in sentence:
        if token.idx > offset:
            break
        found = token
    return found if found is not None else next(iter(sentence))
