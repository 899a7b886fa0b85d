"""Names of actors as a report gives them -> :class:`~conflict_kg.model.Actor`, with the reason."""

import re
from dataclasses import dataclass
from functools import lru_cache

from conflict_kg.linking.gazetteer import GazetteerEntry, gazetteer
from conflict_kg.linking.lexicon import Lexicon, lexicon
from conflict_kg.linking.names import normalise, plain, short_hash, slug
from conflict_kg.linking.patterned import unowned
from conflict_kg.linking.setting import Setting
from conflict_kg.linking.tables import ActorEntry
from conflict_kg.model import Actor, ActorKind, Place

_LONGEST_NAME = 6
_SMALL = frozenset("a an the of in at for from to by with and or who that on near".split())
"""Words with which no name begins or ends."""
_NICKNAME = re.compile(r"\s[\"“‘(][^\"”’)]{1,30}[\"”’)](?=\s)")
_WHERE = re.compile(r"\s+(?:in|at|around|near|outside|inside|from)\s+")
"""Where the name of "the security forces in the north" ends."""
_ALLIES = re.compile(
    r"\s+and\s+(?:its\s+|their\s+)?(?:allied|allies|pro-government|pro-regime|loyalist)\b.*$", re.IGNORECASE
)
"""Who stands behind the actor in "the Iraqi army and allied militias"; which allies they are is not told."""
_INCUMBENT = frozenset({"government", "regime"})
"""Words that say of forces whose they are: "the army" in a country may be another's, "the regime's army" is its own."""
_LONGEST_COUNTRY = 3
_ACRONYM_WITH_S = re.compile(r"[A-Z]{3,}s")


def link_actor(
    name: str,
    setting: Setting,
    *,
    document: str,
    person: bool = False,
    role: str | None = None,
    kind: ActorKind | None = None,
    speaks_for: Actor | None = None,
) -> Actor:
    """The actor that a report means by a name.

    ``document`` is the report's id: what has no proper name ("police sources") is never the same in two reports.
    ``person`` says that the name is one of a person, ``kind`` what the reader takes the actor for; ``role`` is what the
    report says somebody is, ``speaks_for`` whom they speak for. What no list has stays open: ``linked`` is False and
    nothing is forced onto the nearest name.
    """
    return remembered_actor(
        name, setting, document=document, person=person, role=role, kind=kind, speaks_for=speaks_for
    )


@lru_cache(maxsize=2_000)  # names of some reports: what is asked hangs on the report
def remembered_actor(
    name: str,
    setting: Setting,
    *,
    document: str,
    person: bool,
    role: str | None,
    kind: ActorKind | None,
    speaks_for: Actor | None,
) -> Actor:
    """What :func:`link_actor` gives, for what was asked before without doing it again."""
    lex = lexicon()
    name = " ".join(name.split())
    core = _ALLIES.sub("", name)
    entry = None if kind is ActorKind.UNNAMED else _abroad(lex, core, setting) or _listed(lex, core, setting)
    if entry is not None and person and entry.kind is not ActorKind.PERSON:
        entry = None
    if entry is not None:
        return _linked(name, entry, role, "in the lexicon", setting)
    if person or kind is ActorKind.PERSON:
        return _person(lex.without_titles(name), role, _side(lex, role or "", setting, speaks_for))
    if kind is not ActorKind.UNNAMED:
        found = _by_country(lex, core, setting)
        if found is not None:
            return _linked(name, found[0], role, found[1], setting)
    if kind is ActorKind.UNNAMED or (kind is not ActorKind.OUTLET and _is_description(lex, name)):
        return _unnamed(name, document, role, _side(lex, f"{name} {role or ''}", setting, speaks_for))
    return _open(lex, name, document, role, kind)


def actor_at(actor: Actor, place: Place, setting: Setting) -> Actor:
    """The side that the report means by a word for one ("rebels", "the regime"), told by where it acts.

    Only what the report as a whole left open, and only words that name a side of that country's war outright.
    """
    if actor.linked or place.country is None or actor.kind in (ActorKind.UNNAMED, ActorKind.PERSON):
        return actor
    lex = lexicon()
    core = _ALLIES.sub("", actor.name)
    id = lex.side(core, place.country)
    suffix = lex.bare(core) if _INCUMBENT & set(plain(core).split()) else None
    id = id or (f"{place.country.lower()}-{suffix}" if suffix else "")
    entry = lex.entry(lex.carries_on(id, setting.on))
    if entry is None:
        return actor
    reason = f"the usual sense in {place.country}, where {place.label} lies"
    return _linked(actor.name, entry, actor.role, reason, setting)


def known_actor(id: str, setting: Setting) -> Actor:
    """The actor of the lexicon with this id, under its own name, as it was on the day of the report."""
    lex = lexicon()
    entry = _need(lex, id)
    return _linked(entry.label, entry, None, "in the lexicon", setting)


def _abroad(lex: Lexicon, name: str, setting: Setting) -> ActorEntry | None:
    """The side that one country's people are in another's war: "the Serbs", "Croat forces" in a report about Bosnia."""
    main = setting.main_country
    words = name.removeprefix("the ").removeprefix("The ").split()
    people = lex.demonym(words[0]) if words and main else None
    if main is None or people in {None, main}:
        return None
    return lex.entry(lex.side(" ".join(words), main) or "")


def _listed(lex: Lexicon, name: str, setting: Setting) -> ActorEntry | None:
    """Who bears a name in the lexicon; "SANAs" is "SANA's", whose apostrophe was lost."""
    found = lex.find(name, setting.on) or _titled(lex, name)
    return lex.find(name[:-1], setting.on) if found is None and _ACRONYM_WITH_S.fullmatch(name) else found


def _titled(lex: Lexicon, name: str) -> ActorEntry | None:
    """The person of the lexicon whom a name with a rank, an office or a nickname means: "Prime Minister Abadi"."""
    bare = " ".join(_NICKNAME.sub(" ", lex.without_titles(name)).split())
    entry = lex.find(bare) if bare != name else None
    return entry if entry is not None and entry.kind is ActorKind.PERSON else None


def _by_country(lex: Lexicon, name: str, setting: Setting) -> tuple[ActorEntry, str] | None:
    """The actor of a country that the name means without naming it in full, and why."""
    found = _of_country(lex, name, setting)
    if found is None:
        return None
    id, reason = found
    entry = lex.entry(lex.carries_on(id, setting.on))  # none of a territory that is no state
    return (entry, reason) if entry is not None else None


def _of_country(lex: Lexicon, name: str, setting: Setting) -> tuple[str, str] | None:
    iso = lex.named_country(name) or lex.capital(name)
    if iso:
        return f"{iso.lower()}-government", f"the country or its capital stands for the government of {iso}"
    iso = lex.demonym(name)
    if iso:
        return f"{iso.lower()}-forces", f"the people of {iso} stand for its forces"
    if place := _police_of(lex, name, setting):
        iso = place.country or ""
        return f"{iso.lower()}-police", f"the police of {place.name} are those of {iso}"
    if owned := _owned(lex, name):
        return owned
    main = setting.main_country
    if main is None:
        return None
    members = name.rpartition(" ")
    for words in (name, _WHERE.split(name)[0], *([members[0]] if plain(members[2]) in lex.members else [])):
        suffix = lex.bare(words)
        if suffix:
            return f"{main.lower()}-{suffix}", f"of {main}, the country the report is about"
        side = lex.side(words, main)
        if side:
            return side, f"the usual sense in a report about {main}"
    return None


def _owned(lex: Lexicon, name: str) -> tuple[str, str] | None:
    """The side of "Syrian rebels" and "Syria's rebels", also of "Syrias opposition", which lost its apostrophe."""
    words = [word for word in name.split() if word.casefold() != "the"]
    for size in range(min(_LONGEST_COUNTRY, len(words) - 1), 0, -1):
        owner, rest = unowned(" ".join(words[:size])), " ".join(words[size:])
        lost = lex.named_country(owner[:-1]) if owner.endswith("s") and not lex.country(owner) else None
        iso = lex.country(owner) or lost
        side = lex.side(rest, iso) if iso else None
        made = lex.made.named(f"{owner[:-1]} {rest}") if lost else None
        if iso and (side or made):
            return side or made or "", f"the name says {iso}"
    return None


def _police_of(lex: Lexicon, name: str, setting: Setting) -> GazetteerEntry | None:
    """The town or province of "Kabul police", in a country that the report is about."""
    words = [word for word in name.split() if word.casefold() != "the"]
    for size in range(len(words) - 1, 0, -1):
        if lex.bare(" ".join(words[size:])) == "police" and words[0][:1].isupper():
            known = [e for e in gazetteer().search(" ".join(words[:size])) if setting.country(e.country)]
            return max(known, key=lambda e: (setting.country(e.country), e.population, e.id), default=None)
    return None


@dataclass(frozen=True, slots=True)
class _Side:
    """On whose side somebody is."""

    part_of: str | None = None
    party: str | None = None
    reason: str = ""


def _person(name: str, role: str | None, side: _Side) -> Actor:
    key = normalise(name)
    id = f"{slug(key)}-{short_hash(key)}"
    reason = f"person not in the lexicon{side.reason}"
    return Actor(id, name, name, ActorKind.PERSON, False, side.party or id, side.part_of, role, reason)


def _unnamed(name: str, document: str, role: str | None, side: _Side) -> Actor:
    id = f"{slug(name)}-{short_hash(document, normalise(name))}"
    reason = f"source without a name{side.reason}"
    return Actor(id, name, name, ActorKind.UNNAMED, False, side.party or id, side.part_of, role, reason)


def _open(lex: Lexicon, name: str, document: str, role: str | None, kind: ActorKind | None) -> Actor:
    """An organization that the lexicon does not have; without a proper name it is this report's alone."""
    words = [word for word in name.split() if word.casefold() != "the"]
    countries = sorted({iso for word in words if (iso := lex.country(word))})
    proper = any(word[:1].isupper() and not lex.country(word) for word in words)
    key = normalise(name)
    id = f"{slug(key)}-{short_hash(key) if proper else short_hash(document, key)}"
    if kind is None:
        kind = ActorKind.ARMED_GROUP if plain(words[-1] if words else name) in lex.armed else ActorKind.ORGANIZATION
        kind = ActorKind.OUTLET if lex.is_press(name) else kind
    reason = "not in the lexicon" + (f"; the name says {', '.join(countries)}" if countries else "")
    return Actor(id, name, name, kind, False, id, None, role, reason)


def _side(lex: Lexicon, words: str, setting: Setting, speaks_for: Actor | None) -> _Side:
    """The side of somebody whom the words describe: of whom they speak for, else as the words tell."""
    if speaks_for is not None:
        return _Side(speaks_for.id, speaks_for.party or speaks_for.id, f"; speaks for {speaks_for.label}")
    tokens = words.replace(",", " ").split()
    named = _named_in(lex, tokens, setting)
    if named:
        return _Side(named.id, lex.party(named.id, setting.on), f"; the role names {named.label}")
    abroad = next((e for word in tokens if (e := _abroad(lex, f"{word} forces", setting)) is not None), None)
    if abroad is not None:
        return _Side(abroad.id, lex.party(abroad.id, setting.on), f"; {abroad.label} in the main country")
    padded = f" {plain(words)} "
    for suffix, hints in lex.party_words:
        hint = next((h for h in sorted(hints) if f" {h} " in padded or f" {h}s " in padded), None)
        if hint is None:
            continue
        country = _country_in(lex, tokens, setting) if suffix != "nobody" else None
        if country is None and suffix not in ("nobody", "placed"):
            country = setting.main_country
        if country is None:
            return _Side()
        id = lex.carries_on(f"{country.lower()}-{'government' if suffix == 'placed' else suffix}", setting.on)
        return _Side(id, lex.party(id, setting.on), f'; "{hint}" of {country}')
    return _Side()


def _named_in(lex: Lexicon, tokens: list[str], setting: Setting) -> ActorEntry | None:
    """The actor with the longest name among the words; a word for a side counts in the main country."""
    main = setting.main_country
    for size in range(min(_LONGEST_NAME, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            if tokens[start].casefold() in _SMALL or tokens[start + size - 1].casefold() in _SMALL:
                continue
            words = " ".join(tokens[start : start + size])
            side = lex.side(words, main) if main else None
            entry = lex.find(words, setting.on) or lex.entry(lex.carries_on(side or "", setting.on))
            if entry is not None and entry.kind is not ActorKind.PERSON:
                return entry
    return None


def _country_in(lex: Lexicon, tokens: list[str], setting: Setting) -> str | None:
    """The country that the words name, by demonym, name or a place in it."""
    for size in (3, 2, 1):
        for start in range(len(tokens) - size + 1):
            iso = lex.country(_bare_word(" ".join(tokens[start : start + size])))
            if iso:
                return iso
    said = {word for _, hints in lex.party_words for word in hints} | lex.people
    for token in tokens:
        if token[:1].isupper() and plain(token) not in said:
            known = [place for place in gazetteer().search(_bare_word(token)) if setting.country(place.country)]
            if known:
                return max(known, key=lambda place: (setting.country(place.country), place.id)).country
    return None


def _bare_word(word: str) -> str:
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word


def _is_description(lex: Lexicon, name: str) -> bool:
    """Whether the name only says what somebody is: its head, before any "of", "in", "who", is a word for people."""
    words = plain(name).split()
    for number, word in enumerate(words):
        if number and word in ("of", "in", "at", "from", "for", "who", "with", "on", "close", "near", "speaking"):
            return words[number - 1] in lex.people
    return bool(words) and words[-1] in lex.people


def _linked(name: str, entry: ActorEntry, role: str | None, reason: str, setting: Setting) -> Actor:
    lex, on = lexicon(), setting.on
    return Actor(
        entry.id, name, entry.label, entry.kind, True, lex.party(entry.id, on), lex.part_of(entry.id, on),
        role or entry.role, reason + lex.changed(entry.id, name, on), lex.sides(entry.id),
    )  # fmt: skip


def _need(lex: Lexicon, id: str) -> ActorEntry:
    entry = lex.entry(id)
    if entry is None:
        raise AssertionError(f"the lexicon names {id}, which it does not have")
    return entry
