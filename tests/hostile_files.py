"""Files that break readers, each made when it is needed, and what is told of it. None means that it is read."""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from input_files import STORY, feed, mail, page, pdf, warc

_LINE = [[(50.0, 700.0, "Alpha fell.")]]


@dataclass(frozen=True, slots=True)
class Hostile:
    """A bad file."""

    name: str
    content: Callable[[], bytes]
    told: str | None
    """What is told of it after its path; None where it is read after all."""


def _bomb() -> bytes:
    """Two hundred million zeros as the body of a page, in a few hundred kilobytes."""
    size = 200_000_000
    reply = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Type: application/http\r\n"
        f"Content-Length: {len(reply) + size}\r\n\r\n"
    )
    return gzip.compress(head.encode() + reply + bytes(size), mtime=0)


def _entities() -> bytes:
    """Entities of entities, which come to ten thousand million signs."""
    names = "abcdefghij"
    chain = "".join(f'<!ENTITY {name} "{f"&{below};" * 10}">' for below, name in pairwise(names))
    start = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">{chain}]>'
    return f"{start}<rss><channel><item><description>&j;</description></item></channel></rss>".encode()


def _nested_mail() -> bytes:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(5000))
    return mail("", headers=parts).encode()


NAMES = (
    '"} } DROP ALL ; #',
    "<script>alert(1)</script>",
    "'; DROP TABLE reports; --",
    "../../etc/passwd",
    "%s%n{0.__class__}${HOME}$(id)",
    "<https://a.example/x> <y> <z> .",
)
"""Names that are queries, markup, paths and formats."""


def _sentence(name: str) -> str:
    return f'The rebels of {name} seized the town of "{name}" on Sunday, {name} said.'


_BROKEN = "left out, it is not a whole PDF file"
_NO_ARTICLE = "left out, no article is found in the page"
_NO_TEXT = "left out, it is not UTF-8 text, nor English text in another encoding"

FILES = (
    Hostile("cut.pdf", lambda: pdf(_LINE)[:300], _BROKEN),
    Hostile("head.pdf", lambda: b"%PDF-1.7\n", _BROKEN),
    Hostile("noise.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 400, _BROKEN),
    Hostile("circle.pdf", lambda: pdf(_LINE).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]"), _BROKEN),
    Hostile("bomb.warc.gz", _bomb, ", document 1: left out, it has more than 10 MB"),
    Hostile("cut.warc.gz", lambda: warc([("https://a.example/", "text/plain", b"x" * 999)])[:60], "at its beginning"),
    Hostile("none.warc.gz", lambda: gzip.compress(b"no archive at all"), "left out, the archive is broken"),
    Hostile("lying.warc", lambda: b"WARC/1.0\r\nContent-Length: -7\r\n\r\n" * 3, "no report to read"),
    Hostile(
        "large.html", lambda: b"<html><body>" + b"<p>Alpha fell.</p>" * 2_900_000, "left out, it has more than 10 MB"
    ),
    Hostile("deep.html", lambda: b"<html>" + b"<div>" * 100_000 + b"Alpha fell.", _NO_ARTICLE),
    Hostile("open.html", lambda: b"<html><!--" + b"<p" * 100_000, _NO_ARTICLE),
    Hostile("zeros.html", lambda: bytes(10_000), "left out, "),
    Hostile("entities.rss", _entities, None),
    Hostile(
        "items.rss",
        lambda: b"<rss><channel>" + b"<item>" * 3000,
        "documents 1, 2, 3, 4, 5 and 2,995 more: left out, it is empty",
    ),
    Hostile("none.rss", lambda: b"<rss><channel>", "left out, it has no entries of an RSS or Atom feed"),
    Hostile(
        "file.rss",
        lambda: (
            feed("<item><description>&secret;</description></item>")
            .replace("?>", '?><!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>')
            .encode()
        ),
        ", document 1: left out, it is empty",
    ),
    Hostile("nested.eml", _nested_mail, "left out, it is nested too deep"),
    Hostile("none.eml", lambda: b"\n\nAlpha fell.", "left out, it is not an e-mail: it has no headers"),
    Hostile("empty.eml", lambda: mail("").encode(), "left out, the e-mail has no text"),
    Hostile(
        "charset.eml", lambda: mail("Alpha fell.", headers="Content-Type: text/plain; charset=\0x\n").encode(), None
    ),
    Hostile("date.eml", lambda: mail("Alpha fell.").replace("18 May 2015", "99 Foo 99999").encode(), None),
    Hostile("line.txt", lambda: b"Alpha fell on Sunday. " * 454_546, None),
    Hostile("large.txt", lambda: b"Alpha fell.\n" * 2_000_000, "left out, it has more than 20 MB"),
    Hostile("noise.txt", lambda: bytes(range(128, 256)) * 50, _NO_TEXT),
    Hostile("arabic.txt", lambda: "سيطرت القوات على المدينة".encode("cp1256"), _NO_TEXT),
    Hostile("half.txt", lambda: b"\xed\xa0\x80 Alpha fell to them on Sunday, they said.", None),  # as Windows-1252
    Hostile("nul.txt", lambda: b"Alpha\0fell.", "left out, it is not text (it holds NUL characters)"),
    Hostile("turned.txt", "\u202eahplA\u202c fell to \u2067the\u2069 re\u200bbels.".encode, None),
    Hostile("names.txt", lambda: "\n".join(map(_sentence, NAMES)).encode(), None),
)


RECORDS = (
    ('{"id": "a", "text": "\\ud800 fell."}', ":1: text: holds half a character (a lone surrogate)"),
    ('{"id": "a", "text": "Alpha fell.", "published": "2015-13-01"}', ":1: published: '2015-13-01' is not a date"),
    ('{"id": "a", "text": ' + "[" * 100_000, ":1: is not JSON"),
    ('{"id": "a", "text": "' + "x" * 20_000_001 + '"}', ":1: the line is longer than 20,000,000 bytes"),
    ('{"id": 1e999, "text": "Alpha fell."}', ":1: id: Infinity is not a string"),
    ('{"id": "a", "text": "Alpha fell."}\n{"id": "a", "text": "Beta fell."}', "two reports are called 'a'"),
)
"""Lines of a JSON Lines file, and what is told of them."""

LISTED = (
    "../outside.txt",
    "/etc/passwd",
    "link.txt",
    "below/../../outside.txt",
    "a\0.txt",
    "C:\\outside.txt",
    "~/x.txt",
)
"""What a manifest may name that does not lie in its folder, or not at all."""


def manifest(folder: Path, name: str) -> Path:
    """A folder with a manifest that names a file, and beside the folder one that it must not lead to."""
    reports = folder / "reports"
    (reports / "below").mkdir(parents=True)
    (folder / "outside.txt").write_text(" ".join(STORY))
    (reports / "link.txt").symlink_to(folder / "outside.txt")
    (reports / "manifest.jsonl").write_text(json.dumps({"file": name}) + "\n")
    return reports


GOOD = page()
"""What stands beside each bad file and must be read."""
