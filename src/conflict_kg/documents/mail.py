"""E-mails, such as alerts and newsletters, and pages that a browser has saved in one file."""

import email.policy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from typing import TypeVar

from conflict_kg.documents.html import clean_line, read_fragment
from conflict_kg.documents.parts import About, Kind, Part, UnreadableError

T = TypeVar("T")

_KINDS: Mapping[str, Kind] = {"text/html": "fragment", "text/plain": "text"}
"""What a text may be in, the best first."""

_FAULTS = (MessageError, LookupError, ValueError, TypeError, AttributeError)
"""What the standard library raises for headers and encodings that make no sense to it."""


def messages(data: bytes, *, saved: bool = False) -> Iterator[Part]:
    """The text of an e-mail: its HTML where that has words, else its plain text, but nothing that is attached.

    With ``saved``, and where it says so itself, it is a page that a browser has saved, which nobody has sent. Raises
    ``UnreadableError`` for what is no e-mail, or has no text.
    """
    message = BytesParser(policy=email.policy.default).parsebytes(data)
    if not message.keys():
        raise UnreadableError("it is not an e-mail: it has no headers")
    assert isinstance(message, EmailMessage)
    body = _body(message)
    if body is None:
        only = " of its own, only an attached message, which is not read" if _forwards(message) else ""
        raise UnreadableError(f"the e-mail has no text{only}")
    address = _header(message, "Snapshot-Content-Location")
    if saved or address is not None:
        yield replace(body, kind="html" if body.kind == "fragment" else body.kind, about=About(url=address))
    else:
        yield replace(body, about=_about(message))


def _body(message: EmailMessage) -> Part | None:
    """The first of the texts that has words to read, HTML before plain text; the last is not looked into."""
    parts = [part for part in _own(message) if not part.is_multipart() and not part.get_filename()]
    texts = [text for media in _KINDS for part in parts if part.get_content_type() == media for text in _text(part)]
    return next((text for text in texts[:-1] if _has_words(text)), texts[-1]) if texts else None


def _text(part: MIMEPart) -> Iterator[Part]:
    content = _tried(lambda: part.get_payload(decode=True))
    if isinstance(content, bytes) and content.strip():
        yield Part(_KINDS[part.get_content_type()], content, charset=_tried(part.get_content_charset))


def _has_words(text: Part) -> bool:
    """Whether more is there than markup."""
    try:
        return text.kind == "text" or bool(read_fragment(text).text)
    except UnreadableError:
        return False


def _own(message: MIMEPart) -> Iterator[MIMEPart]:
    """The message and its parts in their order, without attachments and what lies in attached messages."""
    yield message
    if message.get_content_maintype() == "multipart":
        for part in message.iter_parts():
            if not _tried(part.is_attachment):
                yield from _own(part)


def _forwards(message: MIMEPart) -> bool:
    """Whether a message is attached to it."""
    return any(part.get_content_type() == "message/rfc822" for part in message.walk())


def _about(message: EmailMessage) -> About:
    name, address = parseaddr(_header(message, "From") or "")
    return About(
        title=_header(message, "Subject"),
        published=_day(_header(message, "Date")),
        publisher=clean_line(name) or clean_line(address.rpartition("@")[2]),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    value = _tried(lambda: message.get(name))
    return clean_line(str(value)) if value is not None else None


def _day(written: str | None) -> date | None:
    found = _tried(lambda: parsedate_to_datetime(written or ""))
    return found.date() if found is not None else None


def _tried(get: Callable[[], T]) -> T | None:
    try:
        return get()
    except _FAULTS:
        return None
