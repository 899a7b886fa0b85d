"""What ACLED, UCDP GED and PLOVER would call what a claim says: the rules of lexicon/codes.toml."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from conflict_kg.model import Actor, ActorKind, Claim, ControlClaim, ControlKind, Extent, IncidentClaim, Status

STATE = {ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.OFFICE}
ORGANISED = STATE | {ActorKind.ARMED_GROUP, ActorKind.INTERNATIONAL}
HAPPENED = {Status.ASSERTED, Status.CLAIMED}


def codes(claim: Claim) -> Iterator[tuple[str, str]]:
    """The classes of a claim, each with the codebook's name: acled, ucdp, plover; none that the rules leave open."""
    if not isinstance(claim, ControlClaim | IncidentClaim):
        return
    rule = next((rule for rule in _file()["code"] if _holds(rule, claim)), None)
    if rule is not None:
        yield from ((codebook, rule[codebook]) for codebook in ("acled", "plover") if codebook in rule)
    if (violence := _violence(claim)) is not None:
        yield "ucdp", _file()["ucdp"][violence]


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files("conflict_kg") / "lexicon" / "codes.toml").read_text(encoding="utf-8"))


def _holds(rule: Mapping[str, Any], claim: ControlClaim | IncidentClaim) -> bool:
    """Whether all conditions of a rule hold for a claim."""
    if claim.status not in (set(rule["status"]) if "status" in rule else HAPPENED):
        return False
    if isinstance(claim, ControlClaim):
        return _kind(claim) in rule.get("control", ()) and _is(rule.get("winner"), claim.winners)
    return (
        claim.kind in rule.get("incident", ())
        and ("means" not in rule or claim.means in rule["means"])
        and _is(rule.get("agent"), claim.agents)
        and ("target" not in rule or _are_civilians(claim.targets))
    )


def _kind(claim: ControlClaim) -> ControlKind:
    """The kind of a change; who takes a part only, has it only in part."""
    taken = claim.kind in (ControlKind.CAPTURE, ControlKind.RECAPTURE)
    return ControlKind.PARTIAL_CAPTURE if taken and claim.extent is Extent.PARTIAL else claim.kind


def _is(wanted: str | None, actors: tuple[Actor, ...]) -> bool:
    """Whether the first of some actors is a state, or is not, as the rule wants."""
    if wanted is None:
        return True
    return bool(actors) and (actors[0].kind in STATE) is (wanted == "state")


def _are_civilians(actors: tuple[Actor, ...]) -> bool:
    return bool(actors) and all(actor.kind not in ORGANISED for actor in actors)


def _violence(claim: ControlClaim | IncidentClaim) -> str | None:
    """The type of violence by who stands against whom, where both sides are named and it happened."""
    control = isinstance(claim, ControlClaim)
    if claim.status not in HAPPENED or claim.kind not in _file()["ucdp"]["control" if control else "incident"]:
        return None
    one, other = (claim.winners, claim.losers) if isinstance(claim, ControlClaim) else (claim.agents, claim.targets)
    if not one or not other or one[0].kind not in ORGANISED:
        return None
    if _are_civilians(other):
        return "one_sided"
    return "state_based" if {one[0].kind, other[0].kind} & STATE else "non_state"
