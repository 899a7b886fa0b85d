"""What other codebooks would call a claim: the rules of lexicon/codes.toml."""

import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest
from account_claims import BLUES, REDS, TOWN, actor, clash, control

from conflict_kg.graph.codes import codes
from conflict_kg.model import ActorKind, ControlKind, IncidentKind, Means, Status

RULES = tomllib.loads((files("conflict_kg") / "lexicon" / "codes.toml").read_text(encoding="utf-8"))["code"]
STATE = actor("state", kind=ActorKind.GOVERNMENT)
VILLAGERS = actor("villagers", kind=ActorKind.UNNAMED)
FIGHT = clash(TOWN, (REDS, BLUES), on="2031-05-09")


@pytest.mark.parametrize("rule", RULES, ids=[str(number) for number in range(len(RULES))])
def test_codes_rule_is_well_formed(rule: dict[str, object]) -> None:
    """Known kinds, statuses and means, and something that the rule gives."""
    lists = {"control": ControlKind, "incident": IncidentKind, "means": Means, "status": Status}
    assert ("control" in rule) is not ("incident" in rule)
    assert rule.keys() <= {*lists, "winner", "agent", "target", "acled", "plover"}
    assert {"acled", "plover"} & rule.keys()
    for name, enum in lists.items():
        values = rule.get(name, [])
        assert isinstance(values, list)
        assert set(values) <= set(enum)


def test_codes_of_every_kind() -> None:
    """Every control kind but the state of holding, and every incident kind, has a class in some codebook."""
    for kind in set(ControlKind) - {ControlKind.HOLDS}:
        assert dict(codes(control(kind, by=REDS, of=BLUES)))
    for incident in IncidentKind:
        assert dict(codes(replace(FIGHT, kind=incident)))
    assert dict(codes(control("holds", by=REDS))) == {}


def test_codes_follow_who_and_with_what() -> None:
    """Who wins and who fights, whether civilians are hit, and the means decide."""
    state = dict(codes(control("capture", by=STATE, of=REDS)))
    group = dict(codes(control("capture", by=REDS, of=BLUES)))
    raid = replace(FIGHT, kind=IncidentKind.ATTACK, targets=(VILLAGERS,))
    suicide = replace(FIGHT, kind=IncidentKind.BOMBING, means=Means.SUICIDE_BOMB)

    assert (state["acled"], state["ucdp"]) == ("Battles: Government regains territory", "1 state-based")
    assert (group["acled"], group["ucdp"]) == ("Battles: Non-state actor overtakes territory", "2 non-state")
    assert dict(codes(raid))["acled"] == "Violence against civilians: Attack"
    assert dict(codes(raid))["ucdp"] == "3 one-sided"
    assert dict(codes(suicide))["plover"] == "ASSAULT, suicide-attack (1831)"


def test_codes_none_for_what_did_not_happen() -> None:
    """Plans and denials are no events; only an announced withdrawal has a class."""
    for status in (Status.DENIED, Status.FAILED, Status.EXPECTED, Status.PLANNED):
        assert dict(codes(replace(FIGHT, status=status))) == {}
    leaving = replace(FIGHT, kind=IncidentKind.WITHDRAWAL, status=Status.PLANNED)
    assert dict(codes(leaving)) == {"plover": "CONCEDE"}
