"""known.py: ids and texts that there were before, whatever is in them."""

from dataclasses import replace

import samples

from conflict_kg.documents.known import Known

FIRST = samples.readings()[0].report


def test_ids_are_given_once() -> None:
    """Also those of files with names that are no text; the place that had one first is told."""
    with Known() as known:
        for id, place in (("fall", "a.jsonl:1"), ("fäll", "b/\udcff.txt"), ("Fall", "c.txt")):
            assert known.take(id, place) is None
        assert known.take("fall", "d.txt") == "a.jsonl:1"
        assert known.take("fäll", "d.txt") == "b/\udcff.txt"
        assert known.take("fall", "e.txt") == "a.jsonl:1"


def test_texts_are_printed_once_by_each_publisher() -> None:
    """Of those whose publisher is not known, anybody may be it."""
    one, other, nobody = (
        replace(FIRST, publisher=publisher, source=f"{publisher}.txt") for publisher in ("One", "Other", None)
    )
    with Known() as known:
        assert known.printed_before(one) is None
        assert known.printed_before(other) is None
        assert known.printed_before(one) == "One.txt"
        assert known.printed_before(other) == "Other.txt"
        assert known.printed_before(nobody) == "One.txt"
    with Known() as known:
        assert known.printed_before(nobody) is None
        assert known.printed_before(one) == "None.txt"
