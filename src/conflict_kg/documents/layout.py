"""The text of a report in, its paragraphs as spans of code points out, with hard line breaks undone.

Copies of news pages break lines in the middle of sentences: at a fixed width, or around a link or an
opening word. Nothing marks such a break, so it is told from a true one by what stands on both sides of it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

Span = tuple[int, int]
"""Start and end of a stretch of text, in code points, the end exclusive."""

_CAPTION = re.compile(r"([A-Z][\w'’-]*(?: [\w'’-]+){0,5}): (?=[\"'“‘]?[A-Z0-9])")
# "She said: 'We ...'" and "Update: The army ..." look like the opening of a caption.
_NO_CAPTION = re.compile(
    r"\b(?:said|says|added|adds|told|wrote|writes|asked|asks|tweeted|posted|read|reads|warned|declared|announced|stated|"
    r"insisted|continued|replied|concluded|according|updated?|correction|note)\b",
    re.IGNORECASE,
)

_FINAL = re.compile(r"[.!?…:][\"'”’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]\.)+|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Sen|Rep|Gov|St|No|vs))\.?$"
)
# A name such as "al-Tash" begins a sentence with a small letter.
_CAPITAL = re.compile(r"[\"'“‘(\[]*(?:[a-z]{1,3}[-‑])?(?:[A-Z0-9]|[^\W\d_a-zA-Z])")
_BULLET = re.compile(r"(?:[*•▪◦‣·]\s|[-–—]\s(?=[\"'“‘]?[A-Z0-9])|\(?\d{1,2}[.)]\s)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
# Words that no paragraph ends with.
_OPEN = re.compile(
    r"(?:,|\b(?:a|an|the|of|in|on|at|to|for|from|by|with|and|or|but|that|which|who|as|than|into|between|near|its|their))$"
)
_TAIL = 200  # of a text so much is looked at to see how it ends; far more than the longest such ending
_SLACK = 4  # by so many columns a copy's lines miss the width that they were broken at


def is_final(text: str) -> bool:
    """Whether the text ends as a sentence does, and not with an abbreviation."""
    tail = text[-_TAIL:]
    return bool(_FINAL.search(tail)) and not _ABBREVIATION.search(tail)


def opens_caption(line: str) -> bool:
    """Whether a line begins as the caption of a picture does: "Show of strength: Fighters parade"."""
    cue = _CAPTION.match(line)
    return cue is not None and not _NO_CAPTION.search(cue[1])


def paragraphs(text: str, apart: Callable[[str], bool]) -> list[Span]:
    """The paragraphs of a text, without white space around them, in order.

    ``apart`` says of a line whether it stands alone whatever is around it (a share bar, an address).
    """
    lines = list(_lines(text))
    joins = _joins(text, lines, apart)
    spans: list[Span] = []
    for line, joined in zip(lines, joins, strict=True):
        if line[0] == line[1]:
            continue
        if joined:
            spans[-1] = (spans[-1][0], line[1])
        else:
            spans.append(line)
    return spans


def view(text: str, spans: Sequence[Span]) -> str:
    """The text to parse: as long as ``text``, each span on one line and no two spans on the same.

    Only white space differs. Inside a span all of it is blanks; between two spans breaks stay as they are, and
    where there is none the first blank becomes one.
    """
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        gap = re.sub(r"[^\S\n]", " ", text[position:start])
        if pieces and gap and "\n" not in gap:
            gap = "\n" + gap[1:]
        pieces += [gap, re.sub(r"\s", " ", text[start:end])]
        position = end
    return "".join(pieces) + re.sub(r"[^\S\n]", " ", text[position:])


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends; empty where there is nothing else."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        yield trimmed(text, start, start + len(line))
        start += len(line) + 1


def _joins(text: str, lines: Sequence[Span], apart: Callable[[str], bool]) -> list[bool]:
    """For each line whether it carries on the one before it; a blank line joins with nothing."""
    words = [text[start:end] for start, end in lines]
    alone = [bool(not line or _ADDRESS.match(line) or apart(line)) for line in words]
    spaced = any(not line for line in words[1:-1])
    width, caption_width = _widths(words, alone)
    joins = [False] * len(words)
    opening = 0  # the line that the current paragraph began with
    for i in range(1, len(words)):
        before, line = words[i - 1], words[i]
        if not before and i > 1 and _goes_over_blank(words[i - 2], line) and not (alone[i - 2] or alone[i]):
            joins[i] = True
        elif not (alone[i - 1] or alone[i]):
            captioned = opening == i - 1 and opens_caption(before)
            joins[i] = _carries_on(
                before, line, caption_width if captioned else width, first=opening == i - 1, spaced=spaced
            )
        if line and not joins[i]:
            opening = i
    return joins


def _carries_on(before: str, line: str, width: int, *, first: bool, spaced: bool) -> bool:
    """Whether ``line`` goes on with the sentence or paragraph of the line directly before it.

    ``width`` is what lines are broken at, 0 where that is not known; ``first``: the line before begins its
    paragraph; ``spaced``: the text has blank lines, so that a break alone does not end a paragraph.
    """
    if _BULLET.match(line) or opens_caption(line):
        return False
    if not _CAPITAL.match(line):
        return True
    full = len(before) - _SLACK <= width < len(before) + 1 + len(line.split(maxsplit=1)[0]) + _SLACK
    if is_final(before):
        return full and spaced
    tail = before[-_TAIL:]
    if _OPEN.search(tail) or _ABBREVIATION.search(tail) or full:
        return True
    # The opening word of a paragraph on a line of its own, before running text.
    return first and " " not in before and bool(_CAPITAL.match(before)) and _is_running(line)


def _goes_over_blank(before: str, line: str) -> bool:
    """Whether a sentence goes on after a blank line: only where neither side can stand alone."""
    return bool(line and _OPEN.search(before[-_TAIL:])) and not _CAPITAL.match(line) and not _BULLET.match(line)


def _is_running(line: str) -> bool:
    """Whether a line is prose rather than a heading or a name: most of its words are written small."""
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) >= 4 and 2 * sum(word[0].islower() for word in words) >= len(words)


def _widths(words: Sequence[str], alone: Sequence[bool]) -> tuple[int, int]:
    """The widest line that is broken beyond doubt, for plain lines and for those that open a caption; 0 for none.

    A break is beyond doubt where no sentence ends and a small letter follows.
    """
    plain: list[int] = []
    captions: list[int] = []
    for i, (before, line) in enumerate(pairwise(words)):
        if alone[i] or alone[i + 1] or is_final(before) or _CAPITAL.match(line) or _BULLET.match(line):
            continue
        (captions if opens_caption(before) else plain).append(len(before))
    width = max(plain, default=0)
    return width, max(captions, default=width)
