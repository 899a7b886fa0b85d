"""What a report is about: the weight of each country and province in it, by which homonyms are told apart."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from math import log2

from conflict_kg.linking.gazetteer import GazetteerEntry, gazetteer
from conflict_kg.linking.lexicon import lexicon
from conflict_kg.linking.names import REMEMBERED
from conflict_kg.model import ActorKind, PlaceKind

_WORD = 0.5
"""Weight of "Iraqi" beside that of a place in Iraq."""
_WORD_ALONE = 0.15
"""The same where no place of the country is named: many a country acts in a war that it is not the scene of."""
_CAPITAL = 0.5
"""Weight of a capital beside that of another place: it often stands for its government."""
_TRACE = 0.005
"""Share below which a country or province counts as not hinted at."""
_CLEAR = 1.3
"""How many times heavier than the next the main country has to be."""
_ACTING = frozenset(
    {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.GOVERNMENT, ActorKind.OFFICE, ActorKind.PERSON}
)


@dataclass(frozen=True)
class Setting:
    """Shares of a report's places and words, each between 0 and 1, heaviest first."""

    countries: tuple[tuple[str, float], ...] = ()
    """ISO code and share."""
    provinces: tuple[tuple[str, float], ...] = ()
    """Id of a province and share."""
    on: date | None = None
    """The day of the report: who bears a name and whose part an actor is may depend on it."""

    @cached_property
    def _country(self) -> dict[str, float]:
        return dict(self.countries)

    @cached_property
    def _province(self) -> dict[str, float]:
        return dict(self.provinces)

    def country(self, iso: str | None) -> float:
        """The country's share; 0 where the report does not hint at it."""
        return self._country.get(iso or "", 0.0)

    def province(self, id: str | None) -> float:
        """The province's share."""
        return self._province.get(id or "", 0.0)

    @cached_property
    def main_country(self) -> str | None:
        """The country that the report is about, or None where none stands out."""
        first, second = (*self.countries, ("", 0.0), ("", 0.0))[:2]
        return first[0] if first[1] > _CLEAR * second[1] else None

    @cached_property
    def main_province(self) -> str | None:
        """Id of the province in which more than half of the report's places lie, or None."""
        return self.provinces[0][0] if self.provinces and self.provinces[0][1] > 0.5 else None


def setting(place_names: Iterable[str], words: Iterable[str] = (), *, on: date | None = None) -> Setting:
    """What a report is about.

    ``place_names`` are the names of places in it, each as often as it stands there; ``words`` its demonyms, names of
    countries and names of actors, likewise. ``on`` is the day on which it was published.
    """
    names = {name: 1 + log2(count) for name, count in sorted(Counter(place_names).items())}
    spoken: defaultdict[str, float] = defaultdict(float)
    for word, count in sorted(Counter(words).items()):
        iso = _country_of(word)
        if iso:
            spoken[iso] += 1 + log2(count)
    scene: defaultdict[str, float] = defaultdict(float)
    candidates = {name: _candidates(name) for name in names}
    # Names that few countries have count first, so that they decide where the others lie.
    for name in sorted(names, key=lambda name: (len({e.country for e in candidates[name]}), name)):
        weight = names[name] * (_CAPITAL if lexicon().capital(name) else 1)
        known = {iso: scene[iso] + _WORD_ALONE * spoken[iso] for iso in {*scene, *spoken}}
        for iso, share in _shares(candidates[name], known).items():
            scene[iso] += share * weight
    countries = {
        iso: scene[iso] + spoken[iso] * (_WORD if scene[iso] >= 1 else _WORD_ALONE) for iso in sorted({*scene, *spoken})
    }
    provinces: defaultdict[str, float] = defaultdict(float)
    for name, weight in names.items():
        ranked = sorted(candidates[name], key=lambda e: (-countries.get(e.country or "", 0), -e.population, e.id))
        province = _province_of(ranked[0]) if ranked else None
        if province:
            provinces[province] += weight
    return Setting(_ranked(countries), _ranked(provinces), on)


@lru_cache(maxsize=REMEMBERED)
def _country_of(word: str) -> str | None:
    """The country that a demonym, a country's name or an actor's name speaks for."""
    iso = lexicon().country(word)
    if iso:
        return iso
    actor = lexicon().find(word)
    return actor.country if actor and actor.kind in _ACTING else None


def _candidates(name: str) -> tuple[GazetteerEntry, ...]:
    iso = lexicon().named_country(name)
    found = gazetteer().search(name)
    return tuple(e for e in found if e.kind is PlaceKind.COUNTRY and e.country == iso) if iso else found


def _shares(entries: tuple[GazetteerEntry, ...], known: Mapping[str, float]) -> dict[str, float]:
    """How far the name speaks for each country: by inhabitants, and by what is known of the report already."""
    weights: dict[str, float] = {}
    for entry in entries:
        size = (
            log2(2 + entry.population / 1000) + (8 if entry.kind is PlaceKind.AREA else 0) + (10 if entry.news else 0)
        )
        iso = entry.country or ""
        weights[iso] = max(weights.get(iso, 0), size * (1 + 4 * known.get(iso, 0)))
    total = sum(weight**2 for weight in weights.values())
    return {iso: weight**2 / total for iso, weight in sorted(weights.items())} if total else {}


def _province_of(entry: GazetteerEntry) -> str | None:
    if entry.kind is PlaceKind.COUNTRY:
        return None
    return entry.id if entry.level == 1 else entry.parent


def _ranked(weights: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return tuple((key, round(weight / total, 4)) for key, weight in ranked if weight >= _TRACE * total)
