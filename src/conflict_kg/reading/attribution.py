"""Who says what, and through whom: the utterances that a report carries.

Direct and indirect speech, split and carried-on quotations, "according to", orders, vows and accusations.
An outlet that carries somebody else's words is a relay; alone it is the speaker.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from conflict_kg.model import Report, SectionKind
from conflict_kg.reading.clauses import Clause
from conflict_kg.reading.mentions import Mentions
from conflict_kg.reading.parse import Doc, Token
from conflict_kg.reading.quotes import Quotation, find_quotations
from conflict_kg.reading.relays import CARRIERS, is_same_occasion
from conflict_kg.reading.speech import Utterance, according, spoken
from conflict_kg.reading.verbs import speech

REMEMBERED = 2  # paragraphs after which a quotation is no longer given to the last speaker
FURTHER = 2  # sentences after which what somebody says is no longer part of what an outlet was told
SHORTEST_QUOTATION = 3  # words; shorter ones are marked words, not speech, unless a verb of saying hands them over


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
    found = [u for clause in clauses if (u := spoken(clause, mentions, report.id)) is not None]
    found += [u for token in doc.tokens if (u := according(token, mentions, report.id)) is not None]
    found = [u for u in found if not _is_tally(u) or not any(o.covers(u.cue) for o in found if o is not u and u.cue)]
    found = [_widen(u, doc, quotations) for u in found]
    found = _carry_on(found, doc, quotations, paragraphs)
    found = _relayed([u for u in found if _in_sections(u, doc, paragraphs)])
    found = _kept_up(found, doc, mentions, paragraphs)
    return tuple(sorted(found, key=lambda u: (u.segments[0], u.size)))


def _is_tally(utterance: Utterance) -> bool:
    """Whether somebody only counts: in the words of somebody else it is those that are said."""
    word = utterance.cue.lemma_.lower() if utterance.cue is not None else ""
    return word in speech()["figure"] - speech()["say"] or (word in speech()["figure"] and word in speech()["weak"])


def _in_sections(utterance: Utterance, doc: Doc, paragraphs: Sequence[tuple[int, int]]) -> bool:
    return _paragraph_of(utterance, doc, paragraphs) >= 0


def _widen(utterance: Utterance, doc: Doc, quotations: Sequence[Quotation]) -> Utterance:
    """Words inside quotation marks belong to what is said as far as the marks reach ("One. Two," he said)."""
    cue = utterance.cue
    segments = [_reaching(segment, doc, quotations, cue) for segment in utterance.segments]
    return replace(utterance, segments=_merge(segments))


def _reaching(
    segment: tuple[int, int], doc: Doc, quotations: Sequence[Quotation], cue: Token | None
) -> tuple[int, int]:
    """The segment with the whole of every quotation that it overlaps."""
    first, last = segment
    start, end = doc[first].idx, doc[last - 1].idx + 1
    first_over = bisect_right(quotations, start, key=lambda q: q.end)
    over = quotations[first_over : bisect_left(quotations, end, key=lambda q: q.start)]
    over = [q for q in over if cue is None or not q.start <= cue.idx < q.end]
    firsts = [doc.at(q.start) for q in over]
    lasts = [doc.at(q.end - 1) + 1 for q in over]
    return min([first, *firsts]), max([last, *lasts])


def _merge(segments: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(segments):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _carry_on(
    found: list[Utterance], doc: Doc, quotations: Sequence[Quotation], paragraphs: Sequence[tuple[int, int]]
) -> list[Utterance]:
    """Give quotations without a verb of saying to whoever speaks: earlier in the paragraph, before, or just after."""
    uttered = sorted(found, key=lambda u: u.segments[0])
    for q in quotations:
        first, last = doc.at(q.start), doc.at(q.end - 1) + 1
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
    i = bisect_right(paragraphs, at, key=lambda paragraph: paragraph[0]) - 1
    return i if i >= 0 and at < paragraphs[i][1] else -1


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
    carriers = set(outlets)
    held = _held(found)
    holders: dict[Utterance, list[Utterance]] = {u: [] for u in found}
    for o in outlets:
        for inner in held[o] if o.cue is not None else ():
            holders[inner].append(o)
    kept = []
    for u in found:
        around = sorted(holders[u], key=lambda o: o.size)
        relays = dict.fromkeys([*u.relays, *(s for o in around for s in o.speakers)])
        if u not in carriers or all(inner in carriers for inner in held[u]):
            kept.append(replace(u, relays=tuple(r for r in relays if r not in u.speakers)))
    return kept


def _held(found: Sequence[Utterance]) -> dict[Utterance, list[Utterance]]:
    """For each utterance those that stand within its words, verb of saying and all."""
    ordered = sorted(found, key=_place)
    places = [_place(u) for u in ordered]
    sizes = {u: u.size for u in found}
    return {
        outer: [
            inner
            for first, last in outer.segments
            for inner in ordered[bisect_left(places, first) : bisect_left(places, last)]
            if sizes[inner] < sizes[outer]
        ]
        for outer in found
    }


def _place(utterance: Utterance) -> int:
    return utterance.cue.i if utterance.cue is not None else utterance.segments[0][0]


def _kept_up(
    found: Sequence[Utterance], doc: Doc, mentions: Mentions, paragraphs: Sequence[tuple[int, int]]
) -> list[Utterance]:
    """An outlet that was told something relays too what the same speaker says next, up to two sentences on.

    Not where the words tell of another occasion: a day, a statement, another hearer, "earlier".
    """
    starts = [sentence.start for sentence in doc.sents]
    kept: list[Utterance] = []
    last: Utterance | None = None
    """What was told to an outlet, as far as its speaker has gone on since."""
    for u in sorted(found, key=_place):
        goes_on, told = False, u
        if last is not None and last.speakers == u.speakers and not u.relays:
            passed = bisect_right(starts, _place(u)) - bisect_right(starts, last.segments[-1][1] - 1)
            away = _paragraph_of(u, doc, paragraphs) - _paragraph_of(last, doc, paragraphs)
            goes_on = passed <= FURTHER and away <= 1
            if goes_on and (u.cue is None or is_same_occasion(u.cue, mentions)):
                told = replace(u, relays=last.relays)
        kept.append(told)
        within = last is not None and u.cue is not None and last.covers(u.cue) and last.speakers != u.speakers
        if goes_on and last is not None:
            last = replace(last, segments=u.segments)
        elif not within:
            last = told if told.relays else None
    return kept


def _paragraph_of(utterance: Utterance, doc: Doc, paragraphs: Sequence[tuple[int, int]]) -> int:
    return _paragraph(doc[utterance.segments[0][0]].idx, paragraphs)
