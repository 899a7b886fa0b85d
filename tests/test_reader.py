"""engines/reader.py: what reads in every process, for as long as there are reports."""

from datetime import date

import pytest

from conflict_kg import language
from conflict_kg.documents import make_report
from conflict_kg.engines import reader
from conflict_kg.serial import load_reading


def test_reader_forgets_the_words_of_reports_long_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they are read as hangs neither on that nor on the reports before them."""
    nlp = language.load()
    monkeypatch.setattr(language, "load", lambda _: nlp)
    monkeypatch.setattr(reader, "REMEMBERED", 2)
    towns = ("Zorbatak", "Yelvimar", "Quorrun", "Wexonad")
    reports = [
        make_report(f"The rebels captured {town} on Monday.", id=town, published=date(2014, 6, 12)) for town in towns
    ]
    read = reader.reader()
    readings, known = [], []
    for report in [*reports, *reports]:
        readings.append(read(report))
        known.append([town for town in towns if town in nlp.vocab.strings])
    assert known == [[*towns[:1]], [*towns[:2]], [*towns[2:3]], [*towns[2:]]] * 2
    assert readings[:4] == readings[4:]
    for town, reading in zip(towns, readings[:4], strict=True):
        assert reading is not None
        assert town in {place.name for place in load_reading(reading).places}
