"""PDF with a text layer: its paragraphs, put together from the lines of its pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median
from typing import TYPE_CHECKING

from conflict_kg.documents.html import clean, clean_line
from conflict_kg.documents.hyphens import HYPHENS, mended
from conflict_kg.documents.layout import is_final
from conflict_kg.documents.parts import About, Page, Part, UnreadableError

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

_APART = 1.4  # lines so many usual distances apart belong to two paragraphs
_SAME = 0.3  # and within so many of one another they stand beside each other
_DEEP = 5  # so many lines a running head has at most, such as those of agencies with title, number and day
_CLOSE = 2  # and so many times the height of their letters they are apart at most
_LINE = re.compile(rf"[^\n{HYPHENS}]*(?:[{HYPHENS}]\r?\n?|\n|$)")
_JOINING = re.compile(rf"[{HYPHENS}]$|\d-$|[A-Z]\.-$")  # "50-" and "year-old", "U.S.-" and "led"
_NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    top: float
    """Of its first letter above the foot of the page, in points; likewise ``foot``."""
    foot: float


def read_pdf(part: Part) -> Page:
    """The text of a PDF, one line a paragraph. Lines that come back at the edge of every page are left out.

    Raises ``UnreadableError`` for what is no PDF, is locked, or has no text in it but pictures of it.
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(part.data) as document:
            about = _about(document.get_metadata_dict())
            pages = [list(_lines(page)) for page in document]
    except PdfiumError as error:
        locked = "password" in str(error).casefold()
        raise UnreadableError("it is locked with a password" if locked else "it is not a whole PDF file") from None
    paragraphs = _carried_on(paragraph for page in _without_edges(pages) for paragraph in _paragraphs(page))
    text = clean(mended("\n\n".join(paragraphs)))
    if not text:
        raise UnreadableError("it has no text layer: it holds pictures of pages only, or none")
    return Page(text, part.about.over(about), part.number)


def _about(metadata: dict[str, str]) -> About:
    """Title and author; the dates tell when the file was made, not when the report was published."""
    title = clean_line(metadata.get("Title"))
    is_name = bool(title) and not re.search(r"\.\w{2,4}$|^(?:Microsoft Word|untitled)", title or "", re.IGNORECASE)
    return About(title=title if is_name else None, author=clean_line(metadata.get("Author")))


def _lines(page: "PdfPage") -> Iterator[_Line]:
    text_page = page.get_textpage()
    for found in _LINE.finditer(text_page.get_text_range()):
        line = found[0]
        first = found.start() + len(line) - len(line.lstrip())
        if line.strip() and first < text_page.count_chars():
            _, foot, _, top = text_page.get_charbox(first, loose=True)
            yield _Line(line.strip(), top, foot)


def _without_edges(pages: Sequence[Sequence[_Line]]) -> list[list[_Line]]:
    """The pages without the first or last lines that more than half of them have alike, page numbers apart."""
    ends = [(_block(page, 1), _block(page[::-1], 2)) for page in pages]
    counts = Counter(
        edge
        for n, (head, foot) in enumerate(ends)
        for edge in frozenset[str]().union(*(_edges(line, n) for line in (*head, *foot)))
    )
    often = {edge for edge, count in counts.items() if count > 1 and 2 * count > len(pages)}
    kept = []
    for n, (page, (head, foot)) in enumerate(zip(pages, ends, strict=True)):
        alike = {line for line in (*head, *foot) if not often.isdisjoint(_edges(line, n))}
        dropped = {
            *takewhile(alike.__contains__, head),
            *(alike & {*foot[:1]}),
            *takewhile(alike.__contains__, foot[1:]),
        }
        kept.append([line for line in page if line not in dropped])
    return kept


def _block(lines: Sequence[_Line], least: int) -> Sequence[_Line]:
    """The first of the lines, from the outside inwards: so many at least, and those that stand close by."""
    for n, (outer, inner) in enumerate(pairwise(lines[:_DEEP]), start=1):
        if n >= least and abs(outer.foot - inner.foot) > _CLOSE * max(outer.top - outer.foot, inner.top - inner.foot):
            return lines[:n]
    return lines[:_DEEP]


def _edges(line: _Line, page: int) -> frozenset[str]:
    """The line as it is, and with each of its numbers counted from the page's: of page numbers that is always the same.

    What ends as a sentence has no page number: it tells of something, and numbers are what it tells.
    """
    numbers = () if is_final(line.text) else _NUMBER.finditer(line.text)
    return frozenset(
        {line.text, *(f"{line.text[: n.start()]}#{int(n[0]) - page}{line.text[n.end() :]}" for n in numbers)}
    )


def _paragraphs(page: Sequence[_Line]) -> Iterator[str]:
    """Lines that follow each other at the usual distance, joined; broken words are put together again."""
    steps = [before.foot - line.foot for before, line in pairwise(page)]
    usual = median([step for step in steps if step > 0] or [0.0])
    paragraph = ""
    for n, line in enumerate(page):
        step = steps[n - 1] if n else 0.0
        if n and (step > _APART * usual or step < -_SAME * usual):
            yield paragraph
            paragraph = ""
        paragraph = _joined(paragraph, line.text)
    yield paragraph


def _carried_on(paragraphs: Iterable[str]) -> list[str]:
    """The paragraphs, with those that a new column or page has cut in two put together again."""
    whole: list[str] = []
    for paragraph in paragraphs:
        if whole and paragraph[:1].islower() and not is_final(whole[-1]):
            whole[-1] = _joined(whole[-1], paragraph)
        else:
            whole.append(paragraph)
    return whole


def _joined(before: str, line: str) -> str:
    """Two lines as one, side by side where the first ends in a hyphen."""
    return before + line if _JOINING.search(before) else f"{before} {line}".strip()
