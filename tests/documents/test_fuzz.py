"""Whatever bytes, words and values come: readers give documents or say why not, and nothing else goes wrong."""

import gzip
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import hostile_files as hostile
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from input_files import STORY, feed, mail, page, pdf, warc

from conflict_kg.documents import make_report, read_reports
from conflict_kg.documents.apart import parts, read_part
from conflict_kg.documents.datelines import agency_day, dateline, parse_day, update
from conflict_kg.documents.encoding import decoded, decoded_page, encoding_of
from conflict_kg.documents.formats import Format
from conflict_kg.documents.languages import other_language
from conflict_kg.documents.parts import Fault, Kind, Page, Part, UnreadableError
from conflict_kg.errors import InputError
from conflict_kg.questions.binding import Parameter, ParameterType, token
from conflict_kg.reading.counts import find_counts, read_count
from conflict_kg.reading.numerals import number_at, read_number
from conflict_kg.reading.timewords import find_times

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(max_examples=300, deadline=None)
SEEDS: dict[Format, tuple[bytes, ...]] = {
    Format.HTML: (page().encode(), page(head="").encode("utf-16"), b"<html><body><table><tr><td>x<br>&#0;&#xD800;"),
    Format.PDF: (pdf([[(50.0, 700.0, "Alpha fell."), (50.0, 687.0, "So did Beta.")]]),),
    Format.FEED: (feed("<item><title>a</title><description>&lt;p&gt;b</description></item>").encode(),),
    Format.MAIL: (
        mail("Alpha fell.").encode(),
        mail(
            "--x\nContent-Type: text/html; charset=utf-8\n\n<p>a\n--x--",
            headers="Content-Type: multipart/mixed; boundary=x\n",
        ).encode(),
    ),
    Format.WARC: (
        warc([("https://a.example/", "text/html", page().encode())], zipped=False),
        warc([("a", "text/plain", b"x")]),
    ),
}


@contextmanager
def told(words: str = "") -> Iterator[None]:
    """What is done within may fail with an error of one line that holds these words."""
    message = words
    try:
        yield
    except (InputError, UnreadableError) as error:
        message = str(error)
    assert words in message
    assert len(message.splitlines()) < 2


@st.composite
def spoilt(draw: st.DrawFn, format: Format) -> bytes:
    """A file of a format in which some stretches are cut out, doubled, or put in other bytes."""
    data = draw(st.sampled_from(SEEDS[format]))
    for _ in range(draw(st.integers(0, 5))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.integers(0, 60)))
        data = data[:at] + draw(st.one_of(st.binary(max_size=20), st.just(data[at:to] * 2))) + data[to:]
    return data


def check(format: Format, data: bytes) -> None:
    """Reads bytes as a format; only a page, a fault or one error may come of it."""
    with told():
        for part in parts(format, data):
            found = read_part(part)
            assert isinstance(found, Page | Fault)
            if isinstance(found, Page):
                assert not any("\ud800" <= sign <= "\udfff" for sign in found.text)
                make_report(found.text, id="a", title=found.about.title, published=found.about.published)


@pytest.mark.parametrize("format", SEEDS)
@FEW
@given(data=st.data())
def test_fuzz_spoilt_files(format: Format, data: st.DataObject) -> None:
    """Files that are nearly right."""
    check(format, data.draw(spoilt(format)))


@pytest.mark.parametrize("format", SEEDS)
@FEW
@given(data=st.binary(max_size=400))
def test_fuzz_any_bytes(format: Format, data: bytes) -> None:
    """Files that are nothing."""
    check(format, data)


@pytest.mark.parametrize(
    ("format", "data"),
    [
        (Format.MAIL, b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n\nx"),
        (Format.MAIL, b"From: =?x?q?=\nSubject: =?utf-8?b?/////?=\n\nx"),
        (Format.MAIL, b'Content-Type: text/html; charset="\n\n<p>x'),
        (Format.MAIL, b"Content-Transfer-Encoding: base64\n\n====="),
        (Format.WARC, b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: x\r\n\r\n"),
        (
            Format.WARC,
            b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 9\r\n\r\nHTTP/1.1 ",
        ),
        (Format.WARC, gzip.compress(b"WARC/1.0\r\n" * 3, mtime=0)[:-9]),
        (Format.FEED, feed("<item><pubDate>Mon, 00 Jan 0000 00:00:00 GMT</pubDate><title>x</title></item>").encode()),
        (Format.FEED, feed("<item><pubDate>2015-99-99T00:00:00Z</pubDate><title>x</title></item>").encode()),
    ],
)
def test_fuzz_found(format: Format, data: bytes) -> None:
    """What broke a reader once, and its like."""
    check(format, data)


@FEW
@example(content=b"\x00\x0b\x00", named="a.csv")
@given(content=st.binary(max_size=300), named=st.sampled_from(["a.txt", "a.csv", "a.jsonl", "manifest.jsonl"]))
def test_fuzz_tables_and_texts(content: bytes, named: str) -> None:
    """Any bytes as a text, a table or a manifest: reports, or one line."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / named
        path.write_bytes(content)
        with told():
            reports = list(read_reports([path if named != "manifest.jsonl" else folder], warn=lambda _: None))
            assert all(len(report.view) == len(report.text) for report in reports)


RECORD = st.dictionaries(
    st.sampled_from(["id", "text", "title", "published", "publisher", "url", "language", "author"]),
    st.one_of(st.text(max_size=30), st.none(), st.integers(), st.just("2015-05-18"), st.just("Alpha fell. " * 20)),
)


@FEW
@given(records=st.lists(RECORD, max_size=4))
def test_fuzz_records(records: list[dict[str, object]]) -> None:
    """Records with any values: reports, or one line that names the place."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.jsonl"
        path.write_text("\n".join(map(json.dumps, records)))
        with told(str(path)):
            list(read_reports([path], warn=lambda _: None))


CHARSETS = st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-7", "hex", "idna", "\0"]))


@MANY
@given(st.binary(max_size=200), CHARSETS)
def test_fuzz_encodings(data: bytes, charset: str | None) -> None:
    """Any bytes with any name of an encoding are decoded, or told not to be text."""
    text = decoded(data)

    assert (text is None) == (encoding_of(data, whole=True) is None)
    assert isinstance(decoded_page(data, charset), str)


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            "at least about up to dozens of two hundred thousand 1,000 2.5 million in since until between and 31 "
            "February 2015 00 99999999999999999999 May Sunday late early last next week ago BC year's 12/28/15 5-18 "
            "on the".split()
        ),
        st.sampled_from([*hostile.NAMES, "\u202e", "\u200b", "٣", "½", "Ⅻ", "İ", "ﬁ", "\ud800"]),
        st.text(max_size=5),
    ),
    max_size=12,
).map(" ".join)


@MANY
@given(WORDS)
def test_fuzz_times_and_numbers(text: str) -> None:
    """What is found of times and numbers in any words lies in them."""
    counts = find_counts(text)
    spans = [*((one.start, one.end) for one in find_times(text)), *((one.start, one.end) for one in counts)]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for count in (read_count(text), *(one.count for one in counts)):
        assert count is None or count.low is None or count.high is None or count.low <= count.high
    read_number(text)
    number_at(text, 0)
    dateline(text)
    agency_day(text)
    update(text)
    assert isinstance(parse_day(text), date | None)
    assert other_language(text.replace("\ud800", "")) is None or len(text) > 40


@MANY
@given(value=st.one_of(st.text(), st.sampled_from(hostile.NAMES), WORDS), type=st.sampled_from(ParameterType))
def test_fuzz_query_parameters(value: str, type: ParameterType) -> None:
    """Any value for a parameter becomes one term of SPARQL, or is told."""
    import pyoxigraph as ox

    parameter = Parameter("x", type, "", required=True, default=None, example=None, choices=("a", "b"))
    with told("--x"):
        term = token(parameter, value)
        query = f"SELECT ?x {{ VALUES (?x ?y) {{ ({term} 1) }} }}"
        assert len(list(ox.Store().query(query))) == 1  # type: ignore[arg-type]


@MANY
@given(st.sampled_from(["html", "fragment", "text", "pdf"]), st.text(max_size=200))
def test_fuzz_parts(kind: Kind, text: str) -> None:
    """Any text as any kind of part."""
    assert isinstance(read_part(Part(kind, text.encode("utf-8", "surrogatepass"))), Page | Fault)


def test_fuzz_story_is_read() -> None:
    """What is spoilt above reads well while it is whole."""
    (part,) = parts(Format.HTML, SEEDS[Format.HTML][0])
    found = read_part(part)

    assert isinstance(found, Page)
    assert found.text.endswith(STORY[-1])
