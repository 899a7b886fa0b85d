"""How the name of a place is put together: "the Malaab district", "centre of Ramadi", "Habbaniya army base"."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from conflict_kg.linking.names import REMEMBERED, normalise, plain
from conflict_kg.model import PlaceKind

_BRACKET = re.compile(r"\s*[(\[][^)\]]{0,200}[)\]]")
_POSSESSIVE_INSIDE = re.compile(r"(?<=\w)['’]s\b")
_SMALL = frozenset("of in the inside within near outside around".split())
_ARTICLES = frozenset("the a an its their this that".split())
_OWNED = re.compile(r"(?P<owner>[^\W\d_].*?)['’]s\s+(?P<thing>.+)")
_LINK = re.compile(r"\s+(?:of|in|inside|within|near|outside|around)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """A name taken apart."""

    text: str
    """Without brackets and article."""
    kind: PlaceKind | None
    """What its words say that it is; None where they say nothing."""
    whole: str | None
    """The name in it of the place that it is a part of, or stands in or near."""
    near: bool
    """Whether the words say "near" rather than "in"."""
    lookups: tuple[str, ...]
    """The forms to look up, best first; empty where all words are general ones."""
    namesake: str | None = None
    """What a site's name has before the word for what it is; it may begin with a town's name ("Aden airport")."""
    exact: bool = False
    """Whether a lookup is the name as it stands, its word for what it is included."""
    district: bool = False
    """Whether its word for what it is may be that of a unit of administration: "the Bakhmut district"."""


@dataclass(frozen=True, slots=True)
class _Words:
    settlement: frozenset[str]
    area: frozenset[str]
    natural: frozenset[str]
    part: frozenset[str]
    district: frozenset[str]
    first_level_districts: frozenset[str]
    relative: frozenset[str]
    site: frozenset[str]
    outlying: frozenset[str]
    dropped: frozenset[str]
    held: frozenset[str]
    everywhere: frozenset[str]
    regions: frozenset[str]
    directions: Mapping[str, str]
    same: tuple[tuple[re.Pattern[str], str], ...]

    def head(self, word: str) -> PlaceKind | None:
        """What a word says of the thing that it heads."""
        if word in self.site:
            return PlaceKind.SITE
        if word in self.area or word in self.natural:
            return PlaceKind.AREA
        if word in self.part or word in self.relative:
            return PlaceKind.PART
        return PlaceKind.SETTLEMENT if word in self.settlement else None


@cache
def _words() -> _Words:
    table = tomllib.loads((files("conflict_kg") / "lexicon" / "placewords.toml").read_text(encoding="utf-8"))
    same = ((re.compile(rf"\b(?:{'|'.join(words)})\b"), form) for form, words in table["same"].items())
    lists = {key: frozenset(words) for key, words in table.items() if isinstance(words, list)}
    return _Words(directions=table["directions"], same=tuple(same), **lists)


@lru_cache(maxsize=REMEMBERED)
def shape(name: str) -> Shape:
    """The name taken apart; :mod:`conflict_kg.lexicon` has the words in ``placewords.toml``."""
    words, known = _clean(name), _words()
    text = " ".join(words)
    owned = _OWNED.match(text)
    if owned:
        return _linked_parts(text, owned["thing"], owned["owner"], "in")
    head, comma, rest = name.partition(", ")
    if comma:
        return _linked_parts(text, head, rest, "in")
    split = _LINK.search(text)
    if split and words:
        # "the east of Ramadi" is in the town, "east of Ramadi" is not.
        side = name.casefold().startswith("the ") and plain(text[: split.start()]) in known.directions
        link = "in" if side else split.group().strip().casefold()
        return _linked_parts(text, text[: split.start()], text[split.end() :], link)
    plains = [plain(w) for w in words]
    kind = known.head(plains[-1]) if plains else None
    if " ".join(plains) in known.everywhere:
        return Shape(text, kind if kind is PlaceKind.SITE else PlaceKind.PART, None, False, ())
    if plains and plains[0] in known.directions:
        rest = " ".join(words[1:])
        if not rest:
            return Shape(text, PlaceKind.PART, None, False, ())
        if known.head(plains[-1]) in (PlaceKind.PART, PlaceKind.SITE) and len(words) == 2:
            # "West Bank" is a name, "west bank" the bank of something.
            named = words[-1][:1].isupper()
            return Shape(text, None if named else kind or PlaceKind.PART, None, False, (text,) if named else ())
        units = known.area | known.district
        shorter = (" ".join(words[:-1]),) if len(words) > 2 and plains[-1] in units else ()  # "North Kivu province"
        return Shape(text, PlaceKind.PART, rest, False, (text, *shorter))
    if len(words) > 1 and plains[0] in ("central", "downtown", "inner"):
        return Shape(text, PlaceKind.PART, " ".join(words[1:]), False, (text,))
    if kind is None:
        return Shape(text, None, None, False, (text,))
    return _headed(text, words, plains, kind)


def _headed(text: str, words: list[str], plains: list[str], kind: PlaceKind) -> Shape:
    """A name that ends in a word for what it is."""
    known = _words()
    cut = len(words)
    while cut > 0 and (known.head(plains[cut - 1]) or plains[cut - 1] in known.dropped):
        cut -= 1
    stem = " ".join(words[:cut])
    if not stem:
        return Shape(text, kind, None, False, ())
    if plains[-1] in known.natural:
        return Shape(text, kind, None, False, (text,), exact=True)
    if plains[-1] in known.relative:
        return Shape(text, PlaceKind.PART, stem, False, ())
    if kind is PlaceKind.SITE:
        return Shape(text, kind, None, plains[-1] in known.outlying, (text,), stem, exact=True)
    if plains[-1] in ("area", "areas"):
        return Shape(text, None, None, False, (stem,))
    return Shape(text, kind, None, False, (text, stem), district=plains[-1] in known.district)


def _linked_parts(text: str, head: str, whole: str, link: str) -> Shape:
    """A name of the form "X of Y"."""
    known = _words()
    near = link in ("near", "outside", "around")
    heads = [plain(w) for w in _clean(head)]
    whole = " ".join(_clean(whole))
    kind = known.head(heads[-1]) if heads else None
    general = all(known.head(w) or w in known.dropped for w in heads)
    if link == "of" and general and kind in (PlaceKind.SETTLEMENT, PlaceKind.AREA):
        return Shape(text, kind, None, False, (whole,))
    if link == "of" and kind is PlaceKind.PART and general and heads[-1] not in known.relative:
        return Shape(text, kind, None, False, (whole,), district=heads[-1] in known.district)
    if link == "of" and kind is None and heads and heads[-1] not in known.directions:
        return Shape(text, None, None, False, (text,))
    if heads and heads[-1] in known.directions:
        return Shape(text, PlaceKind.PART, whole, link == "of", ())
    inner = shape(head)
    return Shape(text, inner.kind or kind, whole, near, inner.lookups, exact=inner.exact)


def has_districts_first(country: str | None) -> bool:
    """Whether a country's divisions of the first level are called districts (ISO 3166-1 alpha-2)."""
    return country in _words().first_level_districts


def is_region(name: str) -> bool:
    """Whether the name is that of an area of more than one country, with or without a direction before it."""
    words, known = [plain(w) for w in _clean(name)], _words()
    return " ".join(words) in known.regions or (
        len(words) > 1
        and words[0] in known.directions
        and words[0].endswith("ern")
        and " ".join(words[1:]) in known.regions
    )


def canonical(form: Shape, around: Iterable[str]) -> str:
    """The form of a name from which a made place gets its id.

    General words ("district", "former") go, words for one thing become one ("headquarters" of a government is its
    "compound"), and so does the name of the place around it, in one of the forms ``around``.
    """
    known = _words()
    key = normalise(_POSSESSIVE_INSIDE.sub("", form.text))
    for name in sorted(around, key=len, reverse=True):
        key = re.sub(rf"\b{re.escape(name)}\b", " ", key).strip() or key
    for pattern, same in known.same:
        key = pattern.sub(same, key)
    words = [known.directions.get(w, w) for w in key.split() if w not in known.dropped and w not in _SMALL]
    general = known.part | known.settlement | known.area
    kept = [w for w in words if w not in general]
    return " ".join(kept or words or key.split())


def _clean(name: str) -> list[str]:
    words = _BRACKET.sub("", name).replace(",", " ").split()
    while len(words) > 1 and (plain(words[0]) in _ARTICLES or _says_whose(words[0], words[1])):
        words = words[1:]
    return words


def _says_whose(word: str, after: str) -> bool:
    """Whether a word before a direction says who has that side; "rebel-held districts" are others than "districts"."""
    known = _words()
    return plain(after) in known.directions and word.casefold().endswith(tuple(known.held))
