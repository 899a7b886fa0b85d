"""Web archives (WARC and ARC): each page that was fetched is a document."""

import zlib
from collections.abc import Iterator, Mapping
from io import BufferedIOBase
from typing import Any

from conflict_kg.documents.packed import Unpacked
from conflict_kg.documents.parts import About, Kind, Part, UnreadableError

_KINDS: dict[str, Kind] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/pdf": "pdf",
    "text/plain": "text",
}
_PACKINGS = frozenset({"br", "compress", "x-compress", "x-gzip", "zstd"})
"""Compressions that need a decoder which may lack. Servers write other words in their place, too, such as UTF-8."""
_TYPES = frozenset({"response", "resource", "conversion"})


def pages(file: BufferedIOBase, most: Mapping[Kind, int]) -> Iterator[Part]:
    """The pages, PDFs and texts of an archive, in its order; of each one byte more is kept than ``most`` allows.

    The date of an archive's record is that of the visit, so it says nothing about the publication. Raises
    ``UnreadableError`` where the archive breaks off or is none; the record that is cut there is no page.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    unpacked = Unpacked(file)
    archive = ArchiveIterator(unpacked)
    number = 0
    try:
        for number, record in enumerate(archive, start=1):
            kind, charset = _kind(record)
            data = record.content_stream().read(most[kind] + 1) if kind else b""
            archive.read_to_end()
            if not _is_whole(record) or archive.err_count:  # an error is that no empty line follows
                raise UnreadableError(f"the archive breaks off in record {number}")
            if kind:
                url = record.rec_headers.get_header("WARC-Target-URI")
                yield Part(kind, data, About(url=url), number, charset, _packing(record))
    except (ArchiveLoadFailed, AttributeError, EOFError, OSError, ValueError, zlib.error):  # also where a header lacks
        where = f"after record {number}" if number else "at its beginning"
        raise UnreadableError(f"the archive is broken {where}") from None
    if not number:
        raise UnreadableError("the archive is broken at its beginning")
    if archive.next_line:  # of a record that ends before its content begins
        raise UnreadableError(f"the archive breaks off in record {number + 1}")
    if unpacked.breaks_off:
        raise UnreadableError(f"the archive breaks off after record {number}")


def _is_whole(record: Any) -> bool:
    """Whether all was there that the record's header tells, once it is read to its end; ARC has its own name for it."""
    length = record.rec_headers.get_header("Content-Length") or record.rec_headers.get_header("length") or ""
    return length.strip().isdecimal() and record.raw_stream.limit == 0


def _kind(record: Any) -> tuple[Kind | None, str | None]:
    """How a record is read, with the encoding that it names; None for what holds no document."""
    http = record.http_headers
    if record.rec_type not in _TYPES or (http and not (http.get_statuscode() or "").startswith("200")):
        return None, None
    headers = http or record.rec_headers
    media, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.partition("charset=")
    return _KINDS.get(media.strip().casefold()), charset.split(";")[0].strip(" \"'") or None


def _packing(record: Any) -> str | None:
    """The compression of a page that is not undone for lack of a decoder; None where it is, and where there is none."""
    from warcio.bufferedreaders import BufferedReader

    named = record.http_headers.get_header("Content-Encoding") if record.http_headers else None
    unknown = _PACKINGS - BufferedReader.get_supported_decompressors()
    return next((name for name in (named or "").casefold().replace(",", " ").split() if name in unknown), None)
