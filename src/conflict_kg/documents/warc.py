"""Web archives (WARC and ARC): each page that was fetched is a document."""

import zlib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from conflict_kg.documents.parts import About, Kind, Part, UnreadableError

_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
}
_TYPES = frozenset({"response", "resource", "conversion"})


def pages(file: BinaryIO, most: Mapping[Kind, int]) -> Iterator[Part]:
    """The pages, PDFs and texts of an archive, in its order; of each one byte more is unpacked than ``most`` allows.

    The date of an archive's record is that of the visit, so it says nothing about the publication. Raises
    ``UnreadableError`` where the archive breaks off or is none.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(file), start=1):
            kind, charset = _kind(record)
            if kind is None:
                continue
            data = record.content_stream().read(most[kind] + 1)
            url = record.rec_headers.get_header("WARC-Target-URI")
            yield Part(kind, data, About(url=url), number, charset)
    except (ArchiveLoadFailed, AttributeError, EOFError, OSError, ValueError, zlib.error):  # also where a header lacks
        where = f"after record {number}" if number else "at its beginning"
        raise UnreadableError(f"the archive is broken {where}") from None


def _kind(record: Any) -> tuple[Kind | None, str | None]:
    """How a record is read, with the encoding that it names; None for what holds no document."""
    http = record.http_headers
    if record.rec_type not in _TYPES or (http and not (http.get_statuscode() or "").startswith("200")):
        return None, None
    headers = http or record.rec_headers
    media, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.partition("charset=")
    return _KINDS.get(media.strip().casefold()), charset.split(";")[0].strip(" \"'") or None
