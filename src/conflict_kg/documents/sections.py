"""The text of a report in, the view to parse and its sections out: what is headline, body, caption or boilerplate.

One section is one paragraph. What a page puts inside a paragraph (a dateline, a bullet, "Read also") becomes a section
of its own, so that the sentence beside it is left whole. Cues are data: ``lexicon/boilerplate.toml``.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files

from conflict_kg.documents.datelines import agency_day, dateline, parse_day, update, without_change
from conflict_kg.documents.layout import Span, is_final, opens_caption, paragraphs, trimmed, view
from conflict_kg.model import Section, SectionKind

_HEAD = 500  # datelines stand within so many code points of the beginning
_HEAD_PARAGRAPHS = 4  # and in one of the first paragraphs
_HEADLINE = 160  # longer than any headline
_BYLINE_WORDS = 4  # names, agencies and places between the headline and the first paragraph
_PUNCTUATED = 0.6  # from this share of full stops on, a paragraph without one is a caption
_DATELINE_DAYS = 31  # a dateline older than this belongs to something else
_BULLET = re.compile(r"(?:[*•▪◦‣·]|[-–—](?=\s[\"'“‘]?[A-Z0-9]))(?=\s)")
_PICTURED = re.compile(
    r"\((?:pictured|seen|shown)\b[^)]{0,200}\)|\b[Pp]ictured:|\((?:above|below|left|right)\)|\b[Ff]ile photo\b"
)
# What may stand in front of a title, between its words, and behind it where a sentence follows.
_OPENED, _BETWEEN = re.compile(r"\W*"), re.compile(r"\W{0,3}")
_CLOSED = re.compile(r"[\"'”’)]*[.!?]?(?=\s+[\"'“‘]?[A-Z0-9])")
_SMALL = frozenset("a an and as at but by for from in into is of off on or over the to up via vs with".split())


@dataclass(frozen=True, slots=True)
class Layout:
    """What a report's text is made of."""

    view: str
    sections: tuple[Section, ...]
    dated: date | None
    """The full date that the report prints at its head."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of one paragraph, and its kind where that shows without a look at its neighbours."""

    start: int
    end: int
    kind: SectionKind | None = None


@dataclass(frozen=True, slots=True)
class _Cues:
    alone: re.Pattern[str]
    """All that stands alone: the three lists of whole lines."""
    links: re.Pattern[str]
    rest: re.Pattern[str]
    inline: re.Pattern[str]

    def apart(self, line: str) -> bool:
        """Whether a line stands alone whatever is around it."""
        return self.alone.fullmatch(" ".join(line.split())) is not None


def lay_out(text: str, *, title: str | None, published: date | None) -> Layout:
    """Divide a text into sections and prepare it for the parser.

    Sections are in order, do not overlap, and all that is not white space lies in one of them. Where ``published`` is
    None the date at the text's head, if it has one, stands for it.
    """
    cues = _cues()
    spans = paragraphs(text, cues.apart)
    parts = [part for n, span in enumerate(spans) for part in _parts(text, span, n < _HEAD_PARAGRAPHS, title, cues)]
    parts = _classified(text, parts, title, cues)
    dated = _dated(text, parts, published)
    sections = tuple(_sections(text, parts, published or dated, dated))
    return Layout(view(text, [(part.start, part.end) for part in parts]), sections, dated)


@cache
def _cues() -> _Cues:
    """The cue lists, as one pattern each."""
    lists = tomllib.loads((files("conflict_kg") / "lexicon" / "boilerplate.toml").read_text("utf-8"))

    def pattern(*names: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{cue})" for name in names for cue in lists[name]), flags)

    alone = pattern("paragraph", "links", "rest")
    # Each inline cue opens with a capital, a digit or a mark: asked first, this passes over most of a text at once.
    inline = re.compile(rf"(?=[^a-z\s])(?:{pattern('inline', flags=re.NOFLAG).pattern})")
    return _Cues(alone, pattern("links"), pattern("rest"), inline)


def _words(text: str, start: int, end: int) -> str:
    """The stretch with each white space as one blank: as long as the stretch, so offsets hold."""
    return re.sub(r"\s", " ", text[start:end])


# ---------------------------------------------------------------- inside a paragraph


def _parts(text: str, span: Span, at_head: bool, title: str | None, cues: _Cues) -> Iterator[_Part]:
    """Cut off what is in a paragraph but not of it: bullet, dateline, the title in front, boilerplate in the midst."""
    start, end = span
    words = _words(text, start, end)
    if cues.apart(words):
        yield _Part(start, end)
        return
    cuts = [(match.start(), match.end()) for match in cues.inline.finditer(words) if match.end() > match.start()]
    head = max(bullet.end() if (bullet := _BULLET.match(words)) else 0, update(words))
    if at_head:
        head = max(head, dateline(words))
        if day := agency_day(words[:_HEAD]):
            cuts.append(day)
    if head:
        cuts.append((0, head))
    position = 0
    for cut_start, cut_end in sorted(cuts):
        if cut_start < position:
            continue
        yield from _titled(text, start + position, start + cut_start, title if at_head else None)
        yield _Part(*trimmed(text, start + cut_start, start + cut_end), SectionKind.BOILERPLATE)
        position = cut_end
    yield from _titled(text, start + position, end, title if at_head else None)


def _titled(text: str, start: int, end: int, title: str | None) -> Iterator[_Part]:
    """The stretch, with the title in front of it as a headline of its own where a sentence follows it."""
    start, end = trimmed(text, start, end)
    if start == end:
        return
    words = re.findall(r"\w+", title or "")
    behind = _behind(words, text, start, end) if len(words) > 1 else None
    if behind is not None and (closed := _CLOSED.match(text, behind, end)):
        yield _Part(start, closed.end(), SectionKind.HEADLINE)
        start = trimmed(text, closed.end(), end)[0]
    yield _Part(start, end)


def _behind(words: Sequence[str], text: str, start: int, end: int) -> int | None:
    """Where the text goes on behind the words that a stretch opens with, in any case; None where it opens otherwise."""
    at, beside = start, _OPENED
    for word in words:
        if (gap := beside.match(text, at, end)) is None:
            return None
        at, beside = gap.end() + len(word), _BETWEEN
        if at > end or text[gap.end() : at].lower() != word.lower():
            return None
    return at


# ---------------------------------------------------------------- kinds


def _classified(text: str, parts: Sequence[_Part], title: str | None, cues: _Cues) -> list[_Part]:
    """The parts with a kind each."""
    words = [" ".join(text[part.start : part.end].split()) for part in parts]
    prose = [line for part, line in zip(parts, words, strict=True) if part.kind is None and line.count(" ") > 5]
    punctuated = len(prose) > 3 and sum(map(is_final, prose)) >= _PUNCTUATED * len(prose)
    open_parts = sum(part.kind is None and not cues.apart(line) for part, line in zip(parts, words, strict=True))
    headline: str | None = None
    in_head, in_rest, in_links = True, False, False
    done: list[_Part] = []
    for part, line in zip(parts, words, strict=True):
        in_rest = in_rest or bool(cues.rest.fullmatch(line))
        in_links = bool(cues.links.fullmatch(line)) or (in_links and not is_final(line))
        if in_rest or in_links or (part.kind is None and cues.apart(line)):
            kind = SectionKind.BOILERPLATE
        elif part.kind is not None:
            kind = part.kind
        elif in_head and open_parts > 1 and _is_headline(line, headline, title):
            kind = SectionKind.HEADLINE
        elif in_head and headline is not None and line.count(" ") < _BYLINE_WORDS and not is_final(line):
            kind = SectionKind.BOILERPLATE
        else:
            kind = _kind(line, last=part is parts[-1], punctuated=punctuated)
        if kind is SectionKind.HEADLINE and headline is None:
            headline = line
        in_head = in_head and kind in {SectionKind.HEADLINE, SectionKind.BOILERPLATE}
        done.append(replace(part, kind=kind))
    return done


def _is_headline(line: str, headline: str | None, title: str | None) -> bool:
    """Whether a paragraph before the body is the headline, or says it again."""
    if line in {headline, title}:
        return True
    return headline is None and len(line) <= _HEADLINE and line[-1] not in ".:" and not opens_caption(line)


def _kind(line: str, *, last: bool, punctuated: bool) -> SectionKind:
    """The kind of a paragraph of the report itself."""
    if _is_subheading(line) and not last:
        return SectionKind.HEADLINE
    if not is_final(line) and (opens_caption(line) or _PICTURED.search(line) or (punctuated and not last)):
        return SectionKind.CAPTION
    return SectionKind.BODY


def _is_subheading(line: str) -> bool:
    """Whether a line is a heading inside the report: short, no full stop, its long words with capitals."""
    words = line.split()
    if not 2 <= len(words) <= 10 or line[-1] in ".,:;!…\"'”’" or opens_caption(line):
        return False
    return all(not word[0].islower() or word.lower() in _SMALL for word in words) and words[0][0].isupper()


# ---------------------------------------------------------------- dates


def _dated(text: str, parts: Sequence[_Part], published: date | None) -> date | None:
    """The full date in a dateline at the head of the text; that of a change only where there is no other."""
    in_body, changed = False, None
    for part in parts:
        if part.start > _HEAD:
            break
        in_body = in_body or part.kind is SectionKind.BODY
        words = _words(text, part.start, part.end)
        if part.kind is not SectionKind.BOILERPLATE or (in_body and update(words)):
            continue
        if dateline(words) or agency_day(f" {words} "):
            if day := parse_day(without_change(words), published):
                return day
            changed = changed or parse_day(words, published)
    return changed


def _sections(text: str, parts: Sequence[_Part], published: date | None, dated: date | None) -> Iterator[Section]:
    """The parts with the day from which their words of time count."""
    days = _update_days(text, parts, published)
    updates = [day for day in days if day is not None]
    reference = _first_reference(updates, published, dated)
    for part, day in zip(parts, days, strict=True):
        assert part.kind is not None
        reference = day or reference
        is_new = part.kind is SectionKind.HEADLINE and re.match(r"update", text[part.start : part.end], re.IGNORECASE)
        yield Section(part.kind, part.start, part.end, published if is_new and updates else reference)


def _update_days(text: str, parts: Sequence[_Part], published: date | None) -> list[date | None]:
    """For each part the day of the update that it opens; above the body such a line is only a dateline."""
    days: list[date | None] = []
    in_body = False
    for part in parts:
        words = _words(text, part.start, part.end)
        opens = in_body and part.kind is SectionKind.BOILERPLATE and update(words) > 0
        days.append(parse_day(words, published, month_first=True) if opens else None)
        in_body = in_body or part.kind is SectionKind.BODY
    return days


def _first_reference(updates: Sequence[date], published: date | None, dated: date | None) -> date | None:
    """The day for the text before any dated update.

    What an update is put below was written before it: if the report is dated by its update, nobody says when.
    """
    if published is not None and dated is not None and 0 <= (published - dated).days <= _DATELINE_DAYS:
        return dated
    if updates and (published is None or min(updates) <= published):
        return None
    return published
