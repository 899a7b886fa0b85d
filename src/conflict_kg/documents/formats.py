"""Which format a file is in: by its first bytes where they tell, else by its ending."""

from enum import StrEnum
from io import BytesIO
from pathlib import Path

from conflict_kg.documents.packed import MARK, Unpacked


class Format(StrEnum):
    """A format of files; the value is what messages call it."""

    TEXT = "text"
    HTML = "HTML"
    PDF = "PDF"
    FEED = "an RSS or Atom feed"
    WARC = "a web archive"
    MAIL = "an e-mail"
    MHTML = "a saved page"
    RECORDS = "JSON Lines"
    TABLE = "CSV"


ENDINGS = {
    ".txt": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".xml": Format.FEED,
    ".warc": Format.WARC,
    ".eml": Format.MAIL,
    ".mht": Format.MHTML,  # has the form of an e-mail
    ".mhtml": Format.MHTML,
    ".jsonl": Format.RECORDS,
    ".csv": Format.TABLE,
    ".tsv": Format.TABLE,
}
ENDINGS |= {f"{ending}.gz": format for ending, format in ENDINGS.items()}
TABLES = frozenset({Format.RECORDS, Format.TABLE})
"""Files of one report a line, which must be given by name: a folder may hold other tables."""

HEAD = 2048
"""So many bytes are looked at."""
_PAGE = (b"<!doctype html", b"<html")
_ARCHIVE = (b"warc/", b"filedesc://")
_FEED = (b"<rss", b"<feed", b"<rdf:rdf")


def ending(path: Path) -> str:
    """The ending of a file's name as ``ENDINGS`` has it, in small letters; the empty text where it is in none."""
    last = "".join(path.suffixes[-2:]).casefold(), path.suffix.casefold()
    return next((end for end in last if end in ENDINGS), "")


def stem(path: Path) -> str:
    """The file's name without its ending."""
    end = ending(path)
    return path.name[: -len(end)] if end else path.stem


def format_of(head: bytes, named: Format) -> Format:
    """The format of a file that begins with ``head``; ``named`` is what its name says, which many bytes leave open.

    Of a file that gzip has packed it is that of the file before; where nothing can be unpacked, it may be an archive.
    """
    if head.startswith(MARK):
        head = Unpacked(BytesIO(head)).read(HEAD)
        if not head and named is Format.TEXT:
            return Format.WARC
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"%pdf-" in start[:1024]:
        return Format.PDF
    if start.startswith(_ARCHIVE):
        return Format.WARC
    if start.startswith(_PAGE):
        return Format.HTML
    if start.startswith((b"<?xml", b"<!--", *_FEED)):
        if any(tag in start for tag in _FEED):
            return Format.FEED
        if any(tag in start for tag in _PAGE):
            return Format.HTML
    return named
