"""From names to actors and places: the lexicon, the gazetteer, and what links to them, with the reason."""

from conflict_kg.linking.actors import actor_at, known_actor, link_actor
from conflict_kg.linking.gazetteer import Gazetteer, GazetteerEntry, gazetteer
from conflict_kg.linking.lexicon import Lexicon, lexicon
from conflict_kg.linking.names import normalise, short_hash
from conflict_kg.linking.places import around, is_unnamed, link_place
from conflict_kg.linking.setting import Setting, setting
from conflict_kg.linking.tables import ActorEntry

__all__ = [
    "ActorEntry",
    "Gazetteer",
    "GazetteerEntry",
    "Lexicon",
    "Setting",
    "actor_at",
    "around",
    "gazetteer",
    "is_unnamed",
    "known_actor",
    "lexicon",
    "link_actor",
    "link_place",
    "normalise",
    "setting",
    "short_hash",
]
