"""Names of places as a report gives them -> :class:`~conflict_kg.model.Place`, with score and reason."""

import re
from functools import lru_cache
from math import log10

from conflict_kg.linking.gazetteer import GazetteerEntry, gazetteer
from conflict_kg.linking.lexicon import lexicon
from conflict_kg.linking.names import normalise, short_hash, slug
from conflict_kg.linking.setting import Setting
from conflict_kg.linking.shapes import Shape, canonical, has_districts_first, is_region, shape
from conflict_kg.model import Place, PlaceKind

_COUNTRY, _PROVINCE, _INSIDE, _OUTSIDE, _PREFERRED = 6.0, 2.0, 3.0, -2.0, 0.5
"""What a candidate gains for the report's share of its country and province, for lying in the place that the report
names around it or outside of it, and for the name being the one that it goes by."""
_AREA, _SETTLEMENT, _DISTRICT = 1.5, 0.5, 0.0
"""A province outweighs a hamlet of the same name; a town outweighs its province by its inhabitants."""
_NEWS = 2.0
"""What a place gains that news of a war names often."""
_KNOWN_ABROAD = 100_000
"""Inhabitants from which a place may be meant that lies in a country the report does not otherwise hint at."""
_NAMESAKE = 20_000
"""Inhabitants from which a site with a town's name is taken to lie there ("Aden airport")."""
_MUCH = 0.2
"""Share of a report's country from which a site may bear any of the names of a place in it."""
_TIE = 0.25
_TOLD = 3
"""Candidates that a reason names."""
_TOWN = 5_000
_WAYS = "(?:north|south)(?:-?(?:east|west))?|east|west"
_WHERE = re.compile(rf"\s(?:in|at|near|around|outside|inside|along|between|with|(?:{_WAYS}) of)\s")
"""What tells in the name of a made place where it is."""


def link_place(
    name: str,
    setting: Setting,
    *,
    within: Place | None = None,
    kind: PlaceKind | None = None,
    near: bool = False,
) -> Place:
    """The place that a report means by a name.

    ``within`` is the place that the report says it lies in (with ``near``: that it lies near), ``kind`` what the reader
    takes it for. A place that the gazetteer does not have gets an id from its name and the place around it, so that
    "Malaab" and "the Malaab district" of one city are one; it is not linked, and nothing is forced.
    """
    return remembered_place(name, setting, within, kind, near)


@lru_cache(maxsize=2_000)  # names of some reports: what is asked hangs on the report
def remembered_place(name: str, setting: Setting, within: Place | None, kind: PlaceKind | None, near: bool) -> Place:
    """What :func:`link_place` gives, for what was asked before without doing it again."""
    form = shape(name)
    iso = lexicon().named_country(form.text) if kind in (None, PlaceKind.COUNTRY, PlaceKind.AREA) else None
    if iso:
        entry = next(e for e in gazetteer().search(lexicon().countries[iso].name) if e.country == iso and not e.parent)
        return _linked(name, entry, "name of a country")
    if is_region(name):
        return _region(name, form)
    for candidate in form.lookups if form.whole else ():  # "North Kivu" is a name, and no part of Kivu
        found, why = _choose(candidate, setting, within, form, kind)
        if found is not None:
            return _linked(name, found, why)
    whole = _whole(form, setting, within)
    if whole is not None:
        within, near = whole, form.near
    open_for = ""
    for candidate in form.lookups:
        found, why = _choose(candidate, setting, within, form, kind)
        if found is not None:
            return _linked(name, found, why)
        open_for = open_for or why
    reason = open_for or "not in the gazetteer"
    if within is not None:
        reason += f"; {'near' if near else 'in'} {within.label}"
    around_it = _surroundings(setting, within, near)
    return _made(name, form, None if near else within, kind=kind, surroundings=around_it, reason=reason)


def _whole(form: Shape, setting: Setting, within: Place | None) -> Place | None:
    """The place that a name itself says its bearer lies in or near: Ramadi for "centre of Ramadi", "Ramadi airport"."""
    if form.whole and (within is None or normalise(form.whole) not in _names(within)):
        found = link_place(form.whole, setting, within=within)
        if within is not None and not found.linked and form.kind is PlaceKind.PART:
            found = link_place(form.whole, setting)  # a side of a town is there, whatever the sentence named before
        if found.kind is PlaceKind.PART and not found.linked:
            town = gazetteer().entry(found.located_in or "")
            return None if town is None else _linked(town.name, town, f"around {found.name}")
        return found if _may_hold(found, setting) else None
    words = (form.namesake or "").split()
    for size in range(len(words), 0, -1):
        found = link_place(" ".join(words[:size]), setting, within=within)
        entry = gazetteer().entry(found.id)
        known = entry is not None and (entry.news or entry.population >= _NAMESAKE or entry.level == 1)
        if known and _may_hold(found, setting) and _is_namesake(" ".join(words[:size]), found, setting):
            return found
    return None


def _is_namesake(name: str, place: Place, setting: Setting) -> bool:
    """Whether a site's name may be a place's: by its usual name, or in a country that the report is much about."""
    return normalise(name) == normalise(place.label) or setting.country(place.country) >= _MUCH


def _may_hold(place: Place, setting: Setting) -> bool:
    return place.linked and bool(setting.country(place.country) or not setting.countries)


def is_unnamed(place: Place) -> bool:
    """Whether a place has no name of its own: "checkpoint", "checkpoint in Gao", "area south of Gao"."""
    return not place.linked and _WHERE.split(place.name, maxsplit=1)[0].islower()


@lru_cache(maxsize=2_000)
def around(place: Place) -> tuple[Place, ...]:
    """The places around a place that the gazetteer knows, from the smallest to the country.

    A made place inside another made place has those around that other: pass that one.
    """
    inner = place.id if place.linked else place.located_in or ""
    own = gazetteer().entry(inner)
    if own is None:
        return ()
    found = gazetteer().around(inner) if place.linked else (own, *gazetteer().around(inner))
    return tuple(_linked(entry.name, entry, f"around {place.label}") for entry in found)


def _choose(
    name: str, setting: Setting, within: Place | None, form: Shape, kind: PlaceKind | None
) -> tuple[GazetteerEntry | None, str]:
    """The candidate that fits best, and why; None where none fits or several fit alike, with the reason, if any."""
    key = normalise(name)
    wanted = form.kind if form.kind in (PlaceKind.AREA, PlaceKind.SETTLEMENT) else None
    bearers = gazetteer().search(name)
    entries = [e for e in bearers if _may_be(e, wanted, kind, form) and _fits(e, within, setting, key)]
    districts = [e for e in entries if form.district and _is_district(e)]
    scored = ((_score(e, key, setting, within), e) for e in districts or _pairs(entries, key))
    ranked = sorted(scored, key=lambda item: (-item[0], item[1].id))
    if not ranked:
        return None, f"does not fit: {_described(bearers[0])}" if bearers else ""
    score, best = ranked[0]
    told = [f"{_described(e)} {points:.1f}" for points, e in ranked[:_TOLD]]
    if len(ranked) > 1 and score - ranked[1][0] < _TIE and not _holds(best, ranked[1][1]):
        return None, f"open between {told[0]} and {told[1]}"
    others = "".join(f"; then {one}" for one in told[1:])
    others += f" and {len(ranked) - _TOLD} more" if len(ranked) > _TOLD else ""
    share = f"{best.country} has {setting.country(best.country):.2f} of the report"
    return best, f"{_described(best)}, score {score:.1f}{others}; {share}"


def _described(entry: GazetteerEntry) -> str:
    return f"{entry.name} ({entry.kind}, {entry.country})"


def _may_be(entry: GazetteerEntry, wanted: PlaceKind | None, kind: PlaceKind | None, form: Shape) -> bool:
    if form.kind is PlaceKind.SITE or (kind is PlaceKind.SITE and form.kind is not PlaceKind.SETTLEMENT):
        return entry.kind is PlaceKind.SITE or (entry.kind is PlaceKind.SETTLEMENT and form.exact)
    if wanted is not None:
        return entry.kind is wanted
    if form.kind is PlaceKind.PART and not form.whole:
        return _is_district(entry) or entry.kind not in (PlaceKind.COUNTRY, PlaceKind.AREA)
    return entry.kind is not PlaceKind.COUNTRY


def _is_district(entry: GazetteerEntry) -> bool:
    return entry.level == 2 or (entry.level == 1 and has_districts_first(entry.country))


def _fits(entry: GazetteerEntry, within: Place | None, setting: Setting, key: str) -> bool:
    """Whether the entry may be meant at all."""
    if within is not None:
        if entry.country != within.country:
            return False
        return within.kind in (PlaceKind.COUNTRY, PlaceKind.AREA) or _province(entry) == _province_of(within)
    if setting.country(entry.country):
        return True
    return entry.news or entry.population >= _KNOWN_ABROAD or (entry.level == 1 and normalise(entry.name) == key)


def _pairs(entries: list[GazetteerEntry], key: str) -> list[GazetteerEntry]:
    """The candidates without the less likely of a town and the area of the same name around it."""
    dropped: set[str] = set()
    for area in (e for e in entries if e.kind is PlaceKind.AREA):
        for town in (e for e in entries if e.kind is PlaceKind.SETTLEMENT and e.country == area.country):
            town_first, area_first = normalise(town.name) == key, normalise(area.name) == key
            if area_first and not town_first:
                dropped.add(town.id)
            elif town.population >= _TOWN and town.parent in {area.id, area.parent}:
                dropped.add(area.id)
    return [e for e in entries if e.id not in dropped]


def _score(entry: GazetteerEntry, key: str, setting: Setting, within: Place | None) -> float:
    score = _COUNTRY * setting.country(entry.country) + _PROVINCE * setting.province(_province(entry))
    score += log10(1 + entry.population) / 3
    score += _PREFERRED if normalise(entry.name) == key else 0
    score += _NEWS if entry.news else 0
    if entry.kind is PlaceKind.AREA:
        score += _DISTRICT if entry.level == 2 else _AREA
    else:
        score += _SETTLEMENT
    if within is not None:
        inside = within.id in {entry.id, *(e.id for e in gazetteer().around(entry.id))}
        score += _INSIDE if inside or _province(entry) == _province_of(within) else _OUTSIDE
    return score


def _holds(one: GazetteerEntry, other: GazetteerEntry) -> bool:
    """Whether one of the two lies in the other."""
    return other.id == one.parent or one.id == other.parent or (one.parent == other.parent and one.kind != other.kind)


def _province(entry: GazetteerEntry) -> str | None:
    return entry.id if entry.level == 1 else entry.parent


def _province_of(place: Place) -> str | None:
    """Id of the province that a place lies in, where the gazetteer tells."""
    entry = gazetteer().entry(place.id) or gazetteer().entry(place.located_in or "")
    return None if entry is None else _province(entry)


def _names(place: Place) -> set[str]:
    return {normalise(place.name), normalise(place.label)}


def _linked(name: str, entry: GazetteerEntry, reason: str) -> Place:
    return Place(
        id=entry.id, name=name, label=entry.name, kind=entry.kind, linked=True, located_in=entry.parent,
        country=entry.country, latitude=entry.latitude, longitude=entry.longitude, reason=reason,
    )  # fmt: skip


def _region(name: str, form: Shape) -> Place:
    key = normalise(form.text)
    reason = "an area of more than one country"
    return Place(id=f"{slug(key)}-{short_hash(key, '')}", name=name, label=name, kind=PlaceKind.AREA, reason=reason)


def _made(
    name: str,
    form: Shape,
    within: Place | None,
    *,
    kind: PlaceKind | None,
    surroundings: tuple[str | None, str | None],
    reason: str,
) -> Place:
    """A place of the report's own."""
    located_in, country = surroundings
    outer = set() if within is None else _names(within) | {normalise(form.whole or within.name)}
    key = canonical(form, outer)
    if kind is None or (kind is PlaceKind.PART and form.kind is PlaceKind.SITE):
        in_town = within is not None and within.kind in (PlaceKind.SETTLEMENT, PlaceKind.PART)
        kind = form.kind or (PlaceKind.PART if in_town else PlaceKind.SETTLEMENT)
        if kind is PlaceKind.PART and within is not None and not in_town:
            kind = PlaceKind.AREA
        elif kind is PlaceKind.SETTLEMENT and in_town:
            kind = PlaceKind.PART
    return Place(
        id=f"{slug(key)}-{short_hash(key, located_in or '')}", name=name, label=name, kind=kind, linked=False,
        located_in=located_in, country=country, reason=reason,
    )  # fmt: skip


def _surroundings(setting: Setting, within: Place | None, near: bool) -> tuple[str | None, str | None]:
    """Id of the smallest known place around a made one, and its country."""
    if within is not None:
        return (within.located_in if near else within.id), within.country
    country = setting.main_country
    if country is None:
        return None, None
    names = gazetteer().search(lexicon().countries[country].name) if country in lexicon().countries else ()
    return next((e.id for e in names if e.country == country and e.parent is None), None), country
