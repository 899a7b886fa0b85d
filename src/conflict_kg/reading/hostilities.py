"""Who fights whom in a report, as the predicates of lexicon/hostile.toml tell it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from conflict_kg.model import Actor
from conflict_kg.reading.clauses import Clause
from conflict_kg.reading.discourse import BELLIGERENT
from conflict_kg.reading.roles import heads_of, parties
from conflict_kg.reading.scene import Scene

Fight = tuple[tuple[Actor, ...], tuple[Actor, ...]]
"""Two sides that fight each other, each of one or more actors."""


def fights(scene: Scene) -> tuple[Fight, ...]:
    """The pairs of opponents in the readable text of a report, in its order, whoever says so and whether it came true.

    An order to attack makes opponents as an attack does.
    """
    return tuple(
        pair for clause in scene.clauses if scene.readable(clause.predicate) for pair in _fights(scene, clause)
    )


def attacks(scene: Scene) -> tuple[tuple[int, tuple[Actor, ...]], ...]:
    """Where in the readable text of a report a force goes forward (code points), in its order, and which it is."""
    told = (
        (clause.predicate.idx, _sides(scene, clause, ("subject", "by", "compound") if clause.nominal else ("subject",)))
        for clause in scene.clauses
        if _is_act(clause, _file()["advance"]) and scene.readable(clause.predicate)
    )
    return tuple((at, who) for at, who in told if who and all(actor.kind in BELLIGERENT for actor in who))


@cache
def hostile_nouns() -> frozenset[str]:
    """The nouns that are hostile acts."""
    return frozenset(word for act in _acts() for word in act.get("nouns", ()))


def site_owner(name: str) -> str | None:
    """The words for the force whose a site is by its name ("army" for "the 8th Brigade base"), if the name tells."""
    words = {word.strip(".,'’").lower().removesuffix("’s").removesuffix("'s") for word in name.split()}
    return next((owner for owner, telling in _file()["owner"].items() if words & set(telling)), None)


def _acts() -> tuple[Mapping[str, list[str]], ...]:
    return tuple(_file()["act"])


@cache
def _file() -> Mapping[str, Any]:
    return tomllib.loads((files("conflict_kg") / "lexicon" / "hostile.toml").read_text(encoding="utf-8"))


def _fights(scene: Scene, clause: Clause) -> Iterator[Fight]:
    for act in _acts():
        if not _is_act(clause, act):
            continue
        agents = _sides(scene, clause, ("subject", "by", "compound") if clause.nominal else ("subject",))
        targets = _sides(scene, clause, act["target"])
        if agents and targets:
            yield agents, targets


def _is_act(clause: Clause, act: Mapping[str, list[str]]) -> bool:
    return clause.lemma in act.get("nouns" if clause.nominal else "verbs", ())


def _sides(scene: Scene, clause: Clause, roles: Iterable[str]) -> tuple[Actor, ...]:
    """The parties in the first of these roles that is filled; no country, for one can be a place."""
    actors = scene.mentions.actors
    return parties(scene, [actors[head.i] for head in heads_of(roles, clause) if head.i in actors])
