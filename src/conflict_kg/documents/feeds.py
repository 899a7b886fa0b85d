"""RSS and Atom files: each entry is a document."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any

from conflict_kg.documents.datelines import stamped_day
from conflict_kg.documents.html import clean_line
from conflict_kg.documents.parts import About, Part, UnreadableError


def entries(data: bytes) -> Iterator[Part]:
    """The entries of a feed, as pieces of HTML. Raises ``UnreadableError`` where it has none."""
    import feedparser

    # From a stream: a text could be taken for an address to fetch.
    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise UnreadableError("it has no entries of an RSS or Atom feed")
    for number, entry in enumerate(feed.entries, start=1):
        content = next((item.get("value") for item in entry.get("content", ()) if item.get("value")), None)
        source = entry.get("source") or {}
        about = About(
            title=clean_line(_plain(entry.get("title"))),
            published=_day(entry),
            publisher=clean_line(_plain(source.get("title") or feed.feed.get("title"))),
            author=clean_line(_plain(entry.get("author"))),
            url=clean_line(entry.get("link")),
        )
        text = content or entry.get("summary") or ""
        yield Part("fragment", text.encode("utf-8", "replace"), about, number)


def _plain(text: str | None) -> str | None:
    """A title without the tags and references that some feeds put into it."""
    return unescape(re.sub(r"<[^<>]{0,200}>", "", text)) if isinstance(text, str) else None


def _day(entry: Any) -> date | None:
    """The day of publication; None for one that is not written in full."""
    name = "published" if "published" in entry else "updated"
    return stamped_day(str(entry.get(name) or ""))
