"""Nodes of the graph in one line of English each: what :mod:`conflict_kg.evidence.explain` prints."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

Facts: TypeAlias = Mapping[str, list[str]]
"""Local name of a property to what it says: names and codes as written, other IRIs as they are. None is missing."""


def _period(facts: Facts) -> str:
    status = _joined(facts["holding"])
    verb = status if status.endswith("held") or not facts["holder"] else "held"
    holder = f" by {_joined(facts['holder'])}" if facts["holder"] else ""
    basis = f" ({_joined(facts['basis'])})" if facts["basis"] else ""
    since = _span("since", facts["sinceEarliest"], facts["sinceLatest"])
    until = _span("until", facts["untilEarliest"], facts["untilLatest"])
    days = _phase(facts)
    phase = f" ({status}{days})" if days or status != verb else ""
    last = f", last known {facts['lastKnown'][0]}" if facts["lastKnown"] else ""
    return f"{_joined(facts['atPlace'])} {verb}{holder}{basis}{since}{until}{phase}{last}"


def _phase(facts: Facts) -> str:
    """The days for which the status stands, where it does not stand for all of the holding."""
    bounds = ("SinceEarliest", "SinceLatest", "UntilEarliest", "UntilLatest")
    phase = [facts[f"phase{bound}"] for bound in bounds]
    if phase == [facts[bound[0].lower() + bound[1:]] for bound in bounds]:
        return ""
    return f"{_span('since', *phase[:2])}{_span('until', *phase[2:])}"


def _change(facts: Facts) -> str:
    loser = f" from {_joined(facts['loser'])}" if facts["loser"] else ""
    part = "part of " if facts["extent"] == ["partial"] else ""
    taken = f"{part}{_joined(facts['atPlace'])} goes to {_joined(facts['winner']) or 'somebody not named'}{loser}"
    return f"{taken} ({_joined(facts['basis'])}){_span('on', facts['beginEarliest'], facts['beginLatest'])}"


def _range(facts: Facts) -> str:
    figures = [f"{bound} {facts[bound][0]}" for bound in ("low", "best", "high") if facts[bound]]
    place = f" at {_joined(facts['atPlace'])}" if facts["atPlace"] else ""
    between = _span("between", facts["beginEarliest"], facts["endLatest"])
    who = f"{_joined(facts['victims']) or 'people'} {_joined(facts['harm'])}{place}"
    return f"{who}: {', '.join(figures)}; origins: {_joined(facts['origins'])}{between}"


_DIFFER = {
    "holder": "who has the place",
    "date": "on which day it was",
    "figure": "how many they were",
    "victims": "who the victims were",
    "period": "which days it is about",
    "part": "whether it is the whole or a part",
    "happened": "whether it happened or is so",
}


def _disagreement(facts: Facts) -> str:
    place = f"{_joined(facts['atPlace'])}: " if facts["atPlace"] else ""
    differ = _joined(_DIFFER[dimension] for dimension in facts["dimension"])
    verb = "only look contradictory, they differ in" if facts["apparent"] == ["true"] else "disagree on"
    return f"{place}two sides {verb} {differ}"


def _control(facts: Facts) -> str:
    part = "part of " if facts["extent"] == ["partial"] else ""
    winner = f", winner {_joined(facts['winner'])}" if facts["winner"] else ""
    told, presumed = _joined(facts["loser"]), _joined(facts["presumedLoser"])
    loser = f", loser {told}" if told else f", loser not named, presumably {presumed}" if presumed else ""
    kind = _joined(facts["controlKind"]).replace("_", " ")
    return f"{part}{_joined(facts['atPlace'])}: {kind} ({_joined(facts['claimStatus'])}){winner}{loser}{_time(facts)}"


def _casualty(facts: Facts) -> str:
    place = f" at {_joined(facts['atPlace'])}" if facts["atPlace"] else ""
    blamed = f", blamed on {_joined(facts['blamed'])}" if facts["blamed"] else ""
    victims = f" {_joined(facts['victims'])}" if facts["victims"] else ""
    return f"{_joined(facts['countText'])}{victims} {_joined(facts['harm'])}{place}{blamed}{_time(facts)}"


def _incident(facts: Facts) -> str:
    roles = [f", {role} {_joined(facts[role])}" for role in ("agent", "target") if facts[role]]
    where = "near" if facts["nearby"] == ["true"] else "at"
    place = f" {where} {_joined(facts['atPlace'])}" if facts["atPlace"] else ""
    means = f", by {_joined(facts['means']).replace('_', ' ')}" if facts["means"] else ""
    kind = _joined(facts["incidentKind"]).replace("_", " ")
    return f"{kind}{place} ({_joined(facts['claimStatus'])}){means}{''.join(roles)}{_time(facts)}"


def _statement(facts: Facts) -> str:
    role = f" ({_joined(facts['speakerRole'])})" if facts["speakerRole"] else ""
    how = "in their own words" if facts["direct"] == ["true"] else "as reported"
    return f"{_joined(facts['speaker'])}{role}, {how}: {_joined(facts['text'])}"


def _joined(values: Iterable[str]) -> str:
    return " and ".join(values)


def _time(facts: Facts) -> str:
    words = f" (“{facts['timeText'][0]}”)" if facts["timeText"] else ""
    begin = _span("from", facts["beginEarliest"], facts["beginLatest"])
    return f"{begin}{_span('until', facts['endEarliest'], facts['endLatest'])}{words}"


def _span(word: str, earliest: list[str], latest: list[str]) -> str:
    """Days with a word before them, as a continuation of a sentence; nothing where no day is known."""
    if not earliest and not latest:
        return ""
    if earliest == latest:
        return f", {word} {earliest[0]}"
    return f", {word} {earliest[0] if earliest else '?'} .. {latest[0] if latest else '?'}"


SAYS: Mapping[str, Callable[[Facts], str]] = {
    "ControlPeriod": _period,
    "ControlChange": _change,
    "CasualtyRange": _range,
    "Disagreement": _disagreement,
    "ControlClaim": _control,
    "CasualtyClaim": _casualty,
    "IncidentClaim": _incident,
    "Statement": _statement,
}
"""Local name of a class to what makes the line."""
