"""The steps from readings to a graph that ``derivations`` keeps the results of: what each hangs on, how it is packed.

What they do is in ``parts``.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from conflict_kg.account import Topic
from conflict_kg.assembly import parts
from conflict_kg.assembly.derivations import Step
from conflict_kg.assembly.parts import Common, Pairs
from conflict_kg.assembly.readings import Kept
from conflict_kg.documents.copies import Signature
from conflict_kg.model import Place
from conflict_kg.serial import dump, load


def _packed(*values: object) -> bytes:
    """Values as JSON: bytes in them, which are all UTF-8, as text."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=bytes.decode).encode()


def _pairs(rows: Iterable[tuple[str, str]]) -> Pairs:
    return [(key, value.encode()) for key, value in rows]


def _framed(pairs: Pairs) -> bytes:
    """Pairs one after the other, each part after its length: as JSON they would take five times their size to make."""
    return b"".join(b"%d:%b%d:%b" % (len(id), id, len(value), value) for id, value in _encoded(pairs))


def _encoded(pairs: Pairs) -> Iterator[tuple[bytes, bytes]]:
    return ((key.encode(), value) for key, value in pairs)


def _unframed(data: bytes) -> Pairs:
    """Raises ``ValueError`` for bytes that are not framed."""
    parts: list[bytes] = []
    at = 0
    while at < len(data):
        colon = data.index(b":", at)
        end = colon + 1 + int(data[at:colon])
        parts.append(data[colon + 1 : end])
        at = end
    if at > len(data):
        raise ValueError("there is less than was told")
    return [(key.decode(), value) for key, value in zip(parts[::2], parts[1::2], strict=True)]


# ---------------------------------------------------------------- who and where


def _describe(kept: Kept, _: Common) -> parts.Described:
    return parts.described(kept.reading())


def _inputs_of_reading(kept: Kept, _: Common) -> Iterator[bytes]:
    yield kept.key.encode()


def _pack_described(told: parts.Described) -> bytes:
    one = told.signature
    signature = (one.digest, one.id, one.published and one.published.isoformat(), one.words, one.sketch.hex())
    return _packed(told.actors, told.places, told.listed, told.sides, told.publisher, signature)


def _unpack_described(data: bytes) -> parts.Described:
    actors, places, listed, sides, publisher, (digest, id, published, words, sketch) = json.loads(data)
    day = None if published is None else date.fromisoformat(published)
    signature = Signature(digest, id, day, words, bytes.fromhex(sketch))
    return parts.Described(_pairs(actors), _pairs(places), _pairs(listed), _pairs(sides), publisher, signature)


DESCRIBED = Step("described", _describe, _inputs_of_reading, _pack_described, _unpack_described)
"""A reading -> what it says of who and where."""


# ---------------------------------------------------------------- claims


@dataclass(frozen=True, slots=True)
class Told:
    """A reading, with what was noted of it (``note``)."""

    kept: Kept
    noted: bytes


def note(told: parts.Described) -> bytes:
    """What of all reports' the claims of one may look up: the ids of its actors, of its places and those around."""
    rows = {*told.places, *told.listed}
    around = {above for _, row in rows if (above := json.loads(row).get("located_in"))}
    return _packed(sorted({id for id, _ in told.actors}), sorted({id for id, _ in rows} | around))


def _claim(told: Told, common: Common) -> parts.Claimed:
    return parts.claimed(told.kept.reading(), common)


def _inputs_of_claims(told: Told, common: Common) -> Iterator[bytes]:
    yield told.kept.key.encode()
    yield common.copies.get(told.kept.digest, "").encode()
    actors, places = json.loads(told.noted)
    yield _packed([(id, common.sides[id]) for id in actors if id in common.sides])
    yield from _around(places, common)


def _around(ids: Iterable[str], common: Common) -> Iterator[bytes]:
    """Places as all reports come to describe them, and all that they lie in; by id."""
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        id = waiting.pop()
        if id in common.places and id not in found:
            found.add(id)
            waiting += [above for above in (common.places[id].located_in,) if above is not None]
    yield from (dump(common.places[id], Place) for id in sorted(found))


def _pack_claimed(told: parts.Claimed) -> bytes:
    return _packed(told.lines, told.counts, told.topics)


def _unpack_claimed(data: bytes) -> parts.Claimed:
    lines, counts, topics = json.loads(data)
    return parts.Claimed(lines.encode(), Counter(counts), _pairs(topics))


CLAIMED = Step("claimed", _claim, _inputs_of_claims, _pack_claimed, _unpack_claimed)
"""A reading -> what it claims. It looks up the side of its actors, what its places lie in, and whether it is a copy."""


# ---------------------------------------------------------------- the account

Rows = tuple[str, list[bytes]]
"""A topic or a place, and all that bears on it."""
Settled = tuple[Pairs, Pairs]


def _settle(told: Rows, common: Common) -> Settled:
    return parts.settled(*told, common)


def _inputs_of_topic(told: Rows, common: Common) -> Iterator[bytes]:
    """What lies in its place says by itself that it bears on this topic; what it lies in is looked up."""
    topic, rows = told
    yield topic.encode()
    yield from rows
    place = load(topic.encode(), Topic).place
    yield from _around([] if place is None else [place], common)


def _size_of_rows(told: Rows) -> int:
    _, rows = told
    return sum(map(len, rows))


def _pack_settled(found: Settled) -> bytes:
    nodes, holdings = found
    return _framed([("", b"%d" % len(nodes)), *nodes, *holdings])


def _unpack_settled(data: bytes) -> Settled:
    (_, count), *pairs = _unframed(data)
    return pairs[: int(count)], pairs[int(count) :]


SETTLED = Step("settled", _settle, _inputs_of_topic, _pack_settled, _unpack_settled, _size_of_rows)
"""A topic with all that bears on it -> what follows."""


def _settle_parts(told: Rows, common: Common) -> Pairs:
    return parts.settled_parts(*told, common)


def _inputs_of_parts(told: Rows, _: Common) -> Iterator[bytes]:
    place, rows = told
    yield place.encode()
    yield from rows


PARTS = Step("parts", _settle_parts, _inputs_of_parts, _framed, _unframed, _size_of_rows)
"""A place with who is said to hold it and its parts -> their disagreements."""


# ---------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Document:
    """What the graph of a document is made from."""

    digest: str
    """Short."""
    kept: list[Kept]
    """All readings of its text, by day."""
    homed: list[bytes]
    """The actors that belong to it."""


def _write(document: Document, common: Common) -> tuple[str, bytes]:
    return document.digest, parts.document([one.reading() for one in document.kept], document.homed, common)


def _inputs_of_document(document: Document, common: Common) -> Iterator[bytes]:
    for kept in document.kept:
        yield kept.key.encode()
        yield common.publishers.get((kept.publisher or "").casefold(), "").encode()
    yield b""
    yield from document.homed


def _pack_document(found: tuple[str, bytes]) -> bytes:
    digest, lines = found
    return digest.encode() + b"\n" + lines


def _unpack_document(data: bytes) -> tuple[str, bytes]:
    digest, _, lines = data.partition(b"\n")
    return digest.decode(), lines


DOCUMENT = Step("document", _write, _inputs_of_document, _pack_document, _unpack_document)
"""A document -> its short digest and the lines of its graph. It looks up whether its publisher is a known actor."""
