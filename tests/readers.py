"""Reports that are read at no cost: each says what its reading is, so a build of many takes no time."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import spacy
from account_claims import PLACES
from spacy.language import Language
from spacy.tokens import Doc

from conflict_kg import language
from conflict_kg.engines import reader
from conflict_kg.model import Claim, Reading, Report

Told = Mapping[str, tuple[Claim, ...]]
"""What reports claim, by their texts."""


def read_as_told(monkeypatch: pytest.MonkeyPatch, told: Told) -> list[str]:
    """Has reports read as claiming what is told of their texts; gives the list to which the id of each is added."""
    read: list[str] = []

    def reading(doc: Doc, report: Report) -> Reading:
        assert doc.text == report.view
        read.append(report.id)
        return reading_of(report, told[report.text])

    def load(_: str | None = None) -> Language:
        return _blank()

    monkeypatch.setattr(reader, "read", reading)
    monkeypatch.setattr(language, "load", load)
    return read


@cache
def _blank() -> Language:
    return spacy.blank("en")


def reading_of(report: Report, claims: Iterable[Claim]) -> Reading:
    """A reading with claims that are made the report's."""
    own = {
        claim.key: claim
        for found in claims
        for claim in [
            replace(
                found,
                passage=replace(found.passage, document=report.id),
                digest=report.digest,
                published=report.published,
            )
        ]
    }
    ordered = sorted(own.values(), key=lambda claim: (claim.passage.start, type(claim).__name__, claim.key))
    actors = {actor.id: actor for claim in ordered for actor in claim.actors()}
    return Reading(
        report,
        tuple(ordered),
        tuple(PLACES[id] for id in sorted(PLACES)),
        tuple(actors[id] for id in sorted(actors)),
    )


def write_reports(path: Path, records: Iterable[Mapping[str, str | None]]) -> Path:
    """Records as a JSON Lines file, which is given back."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
