"""Sources in, reports out, one after the other: never are all of them in memory."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from conflict_kg.documents.apart import MOST, ReaderApart, content, decoded_text
from conflict_kg.documents.formats import HEAD, Format, format_of
from conflict_kg.documents.known import Known
from conflict_kg.documents.languages import language_name, other_language
from conflict_kg.documents.parts import Fault, Page, UnreadableError
from conflict_kg.documents.sections import lay_out
from conflict_kg.documents.sources import Manifests, Source, Warn, record_source, sources
from conflict_kg.errors import InputError
from conflict_kg.files import standard_input
from conflict_kg.model import Report

_SHOWN = 5
"""So many documents of a file that are left out for one reason are named."""


def read_reports(
    paths: Sequence[str | Path],
    *,
    published: date | None = None,
    columns: Mapping[str, str] | None = None,
    warn: Warn,
) -> Iterator[Report]:
    """Every report under the paths, in the order of the paths; within a folder the manifest's, then by name.

    A path is a file in one of the formats of docs/inputs.md, a folder of such files, or ``-`` for standard input.
    ``published`` is the date of reports that name none. ``columns`` says for fields of a report which column of a CSV
    or JSON Lines file holds them, where it is not the one of that name. A document that cannot be read, one in another
    language than English, and a text that the same publisher has printed before are told to ``warn`` and left out.

    Raises ``InputError`` before the first report for a path that does not exist, a broken manifest, record or row, and
    two reports with the same id; and after the last where nothing was read.
    """
    manifests: Manifests = {}
    found = False
    with Known() as known, ReaderApart() as reader:
        for source in (source for path in paths for source in sources(path, columns or {}, manifests, warn)):
            if (place := known.take(source.id, source.place)) is not None:
                raise InputError(f"two reports are called {source.id!r}: {place} and {source.place}")
        for path in paths:
            for source in sources(path, columns or {}, manifests, _told_before):
                for report in _reports(source, reader, published, known.take, warn):
                    found = True
                    before = known.printed_before(report)
                    if before is None:
                        yield report
                    else:
                        warn(f"{report.source}: left out, it has the same text as {before}")
    if not found:
        raise InputError(f"no report to read in {', '.join(map(str, paths)) or 'an empty list of paths'}")


def make_report(
    text: str,
    *,
    id: str,
    title: str | None = None,
    published: date | None = None,
    publisher: str | None = None,
    author: str | None = None,
    url: str | None = None,
    language: str | None = None,
    source: str = "",
) -> Report:
    """A report from its text: the view to parse and the sections are worked out here.

    Without ``published`` a full date at the head of the text stands for it.
    """
    layout = lay_out(text, title=title, published=published)
    return Report(
        id=id,
        text=text,
        view=layout.view,
        sections=layout.sections,
        title=title,
        published=published or layout.dated,
        publisher=publisher,
        author=author,
        url=url,
        language=language,
        source=source,
    )


def report_of(record: Mapping[str, object], place: str, *, published: date | None = None, warn: Warn) -> Report | None:
    """The report of one record, as a JSON Lines file has it; None where it is left out, which is told to ``warn``.

    ``place`` is where the record was read from, ``published`` the date where it has none. Raises ``InputError`` for a
    field that is not as it should be.
    """
    source = record_source(record, place, {})
    with ReaderApart() as reader:  # not started, since a record has its text
        return next(_reports(source, reader, published, lambda *_: None, warn), None)


def too_long(report: Report) -> str:
    """What is told of a report that is longer than the parser takes."""
    return f"{report.source}: left out, its {len(report.view)} characters are more than the parser takes"


def _reports(
    source: Source, reader: ReaderApart, published: date | None, take: Callable[[str, str], str | None], warn: Warn
) -> Iterator[Report]:
    """The reports of one source; what is left out is told. ``take`` gives an id away, as ``Known.take`` does."""
    faults: defaultdict[str, list[int]] = defaultdict(list)
    for found in _judged(source, reader):
        if isinstance(found, Fault):
            if found.number:
                faults[found.reason].append(found.number)
            else:
                warn(f"{source.place}: {'what follows in it is ' if found.rest else ''}left out, {found.reason}")
            continue
        about = source.about.over(found.about)
        place = f"{source.place}, document {found.number}" if found.number else source.place
        id = f"{source.id}-{found.number}" if found.number else source.id
        if (other := take(id, place)) not in (None, place, source.place):
            warn(f"{place}: left out, {id!r} is what {other} is called")
            continue
        yield make_report(
            found.text,
            id=id,
            title=about.title,
            published=about.published or published,
            publisher=about.publisher,
            author=about.author,
            url=about.url,
            language=about.language,
            source=place,
        )
    for reason, numbers in faults.items():
        warn(f"{source.place}, {_numbered(numbers)}: left out, {reason}")


def _numbered(numbers: Sequence[int]) -> str:
    """Which documents of a file, in words; of many only the first."""
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    more = f" and {len(numbers) - _SHOWN:,} more" if len(numbers) > _SHOWN else ""
    return f"document{'s' if len(numbers) > 1 else ''} {shown}{more}"


def _judged(source: Source, reader: ReaderApart) -> Iterator[Page | Fault]:
    """The texts of one source that are in English; for those that are not, a fault."""
    for found in _found(source, reader):
        if isinstance(found, Page):
            stated = source.about.over(found.about).language
            if other := other_language(found.text, stated=stated):
                reason = f"it is in {language_name(other)} ({other}), and only English is read"
                yield Fault(reason, found.number)
                continue
        yield found


def _found(source: Source, reader: ReaderApart) -> Iterator[Page | Fault]:
    """The texts of one source, or why there are none."""
    try:
        if isinstance(source.text, str):
            yield Page(decoded_text(source.text.encode()))
            return
        given = standard_input() if source.text is None else source.text
        format = format_of(given[:HEAD] if isinstance(given, bytes) else _beginning(given), source.format)
        if format is Format.TEXT:
            yield Page(decoded_text(content(given, MOST["text"])))
        else:
            yield from reader.read(format, given)
    except OSError as error:
        yield Fault(f"it cannot be read: {error.strerror}")
    except UnreadableError as error:
        yield Fault(str(error))


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _told_before(_: str) -> None:
    """What was told when the sources were checked is not told again."""
