"""Claims to claim records: plain dictionaries that stand for one JSON object a line, as docs/claim-records.md says."""

import json
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from conflict_kg.model import (
    Actor,
    CasualtyClaim,
    Claim,
    ControlClaim,
    Figure,
    IncidentClaim,
    Mention,
    Period,
    Place,
    Statement,
)


def records(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The records of the claims, sorted by document, then start, then type; alike in these and in their end, by all."""
    ordered = sorted(map(record, claims), key=_order)
    alike = (list(some) for _, some in groupby(ordered, key=_order))
    return [one for some in alike for one in (sorted(some, key=_whole) if len(some) > 1 else some)]


def lines(claims: Iterable[Claim]) -> str:
    """The records as JSON Lines: no character but the newline at the end of each is one that ends a line."""
    return "".join(_LINE.encode(one) + "\n" for one in records(claims)).translate(_LINE_ENDS)


def record(claim: Claim) -> dict[str, Any]:
    """One claim as a record. Offsets are code points into the report's text, days are ISO dates or None."""
    return {
        "type": _TYPES[type(claim)],
        "document": claim.passage.document,
        "start": claim.passage.start,
        "end": claim.passage.end,
        "quote": claim.passage.quote,
        "published": _day(claim.published),
        "according_to": [actor.name for actor in claim.according_to],
        "relayed_by": [actor.name for actor in claim.relayed_by],
        "rule": claim.rule,
        **_body(claim),
    }


_LINE = json.JSONEncoder(ensure_ascii=False)

_LINE_ENDS = {ord(character): f"\\u{ord(character):04x}" for character in "\u0085\u2028\u2029"}
"""What JSON lets stand in a string, and ``str.splitlines`` and its like take for the end of a line."""

_TYPES: dict[type[Claim], str] = {
    Mention: "mention",
    ControlClaim: "control",
    Statement: "statement",
    CasualtyClaim: "casualty",
    IncidentClaim: "incident",
}


def _order(record: dict[str, Any]) -> tuple[str, int, str, int]:
    return record["document"], record["start"], record["type"], record["end"]


def _whole(record: dict[str, Any]) -> str:
    """What tells records apart that begin and end alike, so that the order never depends on that of the claims."""
    return json.dumps(record, sort_keys=True)


def _body(claim: Claim) -> dict[str, Any]:
    match claim:
        case Mention():
            return _mention(claim.entity)
        case ControlClaim():
            return {
                **_place(claim.place),
                **_actors("winner", claim.winners),
                **_actors("loser", claim.losers or claim.presumed),
                "loser_presumed": bool(claim.presumed),
                "kind": claim.kind.value,
                "status": claim.status.value,
                "extent": claim.extent.value,
                **_dates(claim.when),
            }
        case Statement():
            return {
                **_actors("speaker", claim.according_to),
                "speaker_role": claim.speaker_role,
                "direct": claim.direct,
                "content": claim.content,
                "said_on": _day(claim.said_on),
            }
        case CasualtyClaim():
            return {
                "harm": claim.harm.value,
                "low": claim.count.low,
                "best": claim.count.best,
                "high": claim.count.high,
                "count_text": claim.count.text,
                "victims": claim.victims,
                **_place(claim.place),
                "blamed": _joined(claim.blamed),
                "included_in": _figure(claim.included_in),
                "additional_to": _figure(claim.additional_to),
                **_dates(claim.when),
            }
        case IncidentClaim():
            return {
                "incident": claim.kind.value,
                **_actors("agent", claim.agents),
                **_actors("target", claim.targets),
                **_place(claim.place),
                "near": claim.near,
                "status": claim.status.value,
                "means": claim.means.value if claim.means else None,
                **_dates(claim.when),
            }
    raise TypeError(f"no record for a {type(claim).__name__}")


def _mention(entity: Actor | Place) -> dict[str, Any]:
    place = entity if isinstance(entity, Place) else None
    return {
        "class": "place" if place else "actor",
        "name": entity.name,
        "name_id": _id(entity),
        "kind": entity.kind.value,
        "reason": entity.reason,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
    }


def _place(place: Place | None) -> dict[str, str | None]:
    return {"place": place.name if place else None, "place_id": _id(place) if place else None}


def _actors(key: str, actors: tuple[Actor, ...]) -> dict[str, str | None]:
    """The names of joint actors, joined; so are their ids, where all of them are linked."""
    ids = [id for id in map(_id, actors) if id is not None]
    return {
        key: _joined(actors),
        f"{key}_id": " and ".join(ids) if ids and len(ids) == len(actors) else None,
    }


def _figure(other: Figure | None) -> dict[str, int | str] | None:
    """Where the other figure stands: start and end of its record, and its words, which tell it from its neighbours."""
    if other is None:
        return None
    return {"start": other.passage.start, "end": other.passage.end, "count_text": other.text}


def _joined(actors: tuple[Actor, ...]) -> str | None:
    return " and ".join(actor.name for actor in actors) or None


def _id(entity: Actor | Place) -> str | None:
    return entity.id if entity.linked else None


def _dates(when: Period) -> dict[str, str | None]:
    return {
        "begin_earliest": _day(when.begin_earliest),
        "begin_latest": _day(when.begin_latest),
        "end_earliest": _day(when.end_earliest),
        "end_latest": _day(when.end_latest),
        "time_text": when.text,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
