"""Finds expressions of days, months and years in English text: text in, ``TimeExpression`` values out.

What an expression looks like is data (lexicon/times.toml); what it means is for ``times.resolve``. Times of the day
are left aside.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from conflict_kg.reading import numerals
from conflict_kg.reading.anchors import WORDS, Kind, Relation, TimeExpression, build


@lru_cache(maxsize=256)  # every predicate of a sentence asks for the times of the whole of it
def find_times(text: str) -> tuple[TimeExpression, ...]:
    """All time expressions of a text in order, without overlap, each with the preposition that belongs to it.

    >>> [(found.text, found.relation.value) for found in find_times("It fell late on Sunday, besieged since May.")]
    [('late on Sunday', 'at'), ('since May', 'since')]
    """
    return tuple(_joined(text, list(_single(text))))


def _single(text: str) -> Iterator[TimeExpression]:
    """Each expression by itself, before "from X" and "to Y" are put together."""
    position = 0
    lowered = _lowered(text)
    for word in _WORD.finditer(lowered):
        start = word.start()
        if start >= position and _may_begin(word[0]) and _SCANNER.match(lowered, start):
            found = _at(text, start, position)
            if found:
                yield found
            position = found.end if found else start + 1


def _may_begin(word: str) -> bool:
    """Whether a word, in lower case, may be the first of an expression: few are."""
    return word.rstrip("s") in _OPENINGS or word[0].isdigit()


def _lowered(text: str) -> str:
    """The text in lower case, as long as it was: a few letters become two in lower case, and stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _at(text: str, start: int, earliest: int) -> TimeExpression | None:
    """The longest expression whose time begins at ``start``; the words in front of it reach back to ``earliest``."""
    blank = _PARAGRAPH.search(text, start)
    reach = blank.start() if blank else len(text)  # a headline that ends in "Friday" is not of the date line below it
    matches = [(kind, match) for kind, pattern in _PATTERNS if (match := pattern.match(text, start, reach))]
    if not matches:  # "may" and "march" that are verbs
        return None
    kind, match = max(matches, key=lambda pair: pair[1].end())
    words = {name: " ".join(value.lower().split()) for name, value in match.groupdict().items() if value}
    before = _before(text, earliest, start)
    anchors = build(kind, words, before.portion, about=before.about)
    if not anchors or not (before.start < start or _stands_alone(kind, words, text, match)):
        return None
    if "bare_unit" in words and not before.portion:  # "the end of the year", but not "the year"
        return None
    relation = before.relation
    if relation in {Relation.BEFORE, Relation.AFTER} and (before.at_hour or "at_hour" in words):
        relation = Relation.AT
    if kind is Kind.SPAN and "preposition" in words and anchors[0].which == -1:
        relation = Relation.SINCE  # "for the past three days": it goes on
    if len(anchors) > 1 and relation is not Relation.BETWEEN:
        relation = Relation.BETWEEN if words.get("to") in {"and", "or"} else Relation.FROM_TO
    last = anchors[-1] if len(anchors) > 1 else None
    end = match.end()
    spans = tuple(_spans(match, before)) if last else ((_core(match, before), end),)
    whole = text[before.start : end]
    return TimeExpression(before.start, end, whole, anchors[0].kind, relation, anchors[0], last, spans)


def _core(match: re.Match[str], before: "_Before") -> int:
    """Where the time itself begins, behind its preposition."""
    if before.core < match.start():
        return before.core
    lead = next((name for name in ("preposition", "lead") if match.groupdict().get(name)), None)
    return match.end(lead) + 1 if lead else match.start()


def _spans(match: re.Match[str], before: "_Before") -> Iterator[tuple[int, int]]:
    """Where the two times of one match stand: "5 to 9 May", "1914-1918"."""
    last = next(name for name in ("last_day", "last_year", "number") if match.groupdict().get(name))
    yield _core(match, before), match.end("day" if last == "last_day" else "year")
    yield match.start(last), match.end()


def _joined(text: str, found: list[TimeExpression]) -> Iterator[TimeExpression]:
    """Puts "between X and Y", "from X to Y" and "X and Y" of one kind together."""
    index = 0
    while index < len(found):
        one = found[index]
        other = found[index + 1] if index + 1 < len(found) else None
        relation = _link(text, one, other) if other else None
        if other and relation:
            whole, spans = text[one.start : other.end], one.spans + other.spans
            yield replace(one, end=other.end, text=whole, relation=relation, last=other.first, spans=spans)
            index += 1
        else:
            yield one
        index += 1


def _link(text: str, one: TimeExpression, other: TimeExpression) -> Relation | None:
    """How two neighbouring expressions make one, or None where they do not."""
    gap = _GAP.fullmatch(text, one.end, other.start)
    if one.last or other.last or not gap:
        return None
    word = (gap["word"] or "").lower()
    if one.relation is Relation.BETWEEN:
        return Relation.BETWEEN if word == "and" else None
    if word in _TO or (not word and other.relation is Relation.UNTIL):
        return Relation.FROM_TO if one.relation is Relation.SINCE or one.kind is other.kind else None
    alike = one.kind is other.kind and one.kind in _NAMED and one.relation is other.relation is Relation.AT
    return Relation.BETWEEN if word in {"and", "or"} and alike else None


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands in front of an anchor and belongs to it."""

    start: int
    core: int
    """Where it goes on behind the preposition."""
    relation: Relation
    portion: str | None
    about: bool
    at_hour: bool
    """Whether it names an hour of the day: "before dawn on" it is on it."""


def _before(text: str, earliest: int, start: int) -> _Before:
    """The words in front of ``start`` that belong to the time, back to ``earliest`` at most."""
    match = _PREFIX.search(text, max(earliest, start - 60), start)
    assert match  # it may be empty
    words = {name: " ".join(value.lower().split()) for name, value in match.groupdict().items() if value}
    relation = _RELATIONS[words.get("relation", "on")]
    portion = words.get("inner") or words.get("portion")
    begin = match.start() if words else start
    core = match.end("relation") + 1 if "relation" in words and "portion" not in words else begin
    return _Before(begin, core, relation, portion, "about" in words, "at_hour" in words)


def _stands_alone(kind: Kind, words: Mapping[str, str], text: str, match: re.Match[str]) -> bool:
    """Whether a time without any word in front of it is one: "May", "fall" and "2000" often are not."""
    if words.keys() & {"which", "context_which", "year_which", "told_year", "decade", "century", "last_year"}:
        return True
    if kind is Kind.SEASON:
        behind = _NO_SEASON.search(text, max(0, match.start() - 12), match.start())
        return "year" in words or not (words["season"] == "fall" or behind)
    if kind is Kind.MONTH:
        return (
            "year" in words
            or "quarter" in words
            or not (words["month"] in {"may", "march"} or _NAME_AFTER.match(text, match.end()))
        )
    if kind is Kind.YEAR:
        before = _YEAR_BEFORE.search(text, max(0, match.start() - 8), match.start())
        return bool(before or _YEAR_AFTER.match(text, match.end()) or _alone(text, match))
    if kind is Kind.DURATION:
        if "preposition" in words or "-" in match[0]:
            return True
        if "amount" not in words:
            return False
        one = words["amount"] in {"a", "an", "one"}  # "one day" is some day
        return not one or bool(words.keys() & {"half", "half_behind"})
    return "then" not in words


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a year is a heading: all of its line."""
    return text[max(0, match.start() - 1) : match.start()] in {"", "\n"} and text[match.end() : match.end() + 1] in {
        "",
        "\n",
    }


# ---------------------------------------------------------------- patterns


def _choice(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _expanded(pattern: str) -> str:
    """A pattern of lexicon/times.toml with its word classes filled in."""
    while names := re.findall(r"\{([a-z_]+)\}", pattern):
        for name in names:
            pattern = pattern.replace("{" + name + "}", _CLASSES[name])
    return pattern.replace(" ", r"\s+").replace(r"\s+?", r"\s*")


def _bounded(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern bounded by what may not stand beside a time; said once for all branches, which makes it fast."""
    before = r"(?<!\w)(?=\w)(?!(?<=[0-9][.,])[0-9])(?!(?<=[/:$€£#])[0-9])(?!(?<![a-z]-)(?<=-)[0-9])"
    return re.compile(rf"{before}(?:{pattern})(?!\w)", flags)


_NAMED = frozenset({Kind.WEEKDAY, Kind.DATE, Kind.MONTH, Kind.SEASON, Kind.YEAR})
_TO = frozenset({"to", "until", "till", "through", "-", "–", "—"})
_RELATIONS = {word: Relation(name) for name, words in WORDS["relation"].items() for word in words}
_UNIT = _choice(WORDS["unit"])
_DAYPART = "(?:early |late |mid-?)?(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk)"
_CAPITAL = "(?-i:May|MAY|March|MARCH)"  # in lower case these are other words
_MONTH = _choice(set(WORDS["month"]) - {"may", "march"})
_CLASSES = {
    "relative_day": f"(?P<relative_day>{_choice(WORDS['relative_day'])})",
    "weekday": f"(?P<weekday>{_choice(WORDS['weekday'])})",
    "any_weekday": rf"(?:(?:{_choice(WORDS['weekday'])}|(?:{_choice(WORDS['weekday_short'])})\.?),? (?:the )?)?",
    "month": f"(?P<month>{_MONTH}|{_CAPITAL})",
    "any_month": rf"(?P<any_month>{_MONTH}|{_CAPITAL}|(?:{_choice(WORDS['month_short'])})\b\.?)",
    "season": f"(?P<season>{_choice(WORDS['season'])})",
    "day": "(?P<day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])",
    "last_day": "(?P<last_day>3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])",
    "to": "(?P<to> (?:and|or|to|until|till|through) | ?[-–—] ?)",
    "year_to": " (?P<to>and|or|to|until|till|through) ",
    "holiday": f"(?P<holiday>{_choice(WORDS['holiday'])})",
    "quarter": f"(?P<quarter>{_choice(WORDS['quarter'])})[\\s-]quarter",
    "century": f"(?P<century>{_choice(WORDS['century'])}|(?:[1-9]|1[0-9]|2[01])(?:st|nd|rd|th))[\\s-]century",
    "era": f"(?P<era>{_choice(WORDS['era'])})",
    "dash": "(?: (?:to|until|till|through) | ?[-–—] ?)",
    "year": "(?P<year>1[0-9]{3}|20[0-9]{2})",
    "of_year": "(?:,? (?:of )?{year}(?![0-9])(?!,[0-9])(?! {people})|,? (?:of )?(?P<year_which>last|this|next) year"
    "|,? (?:of )?(?P<told_year>that|the same|the following|the previous) year)?",
    "which": f"(?P<which>{_choice(WORDS['which'])})",
    "context_which": f"(?P<context_which>{_choice(WORDS['context_which'])})",
    "daypart": _DAYPART,
    "one_unit": f"(?P<one_unit>{_UNIT}|morning|afternoon|evening)",
    "units": f"(?P<units>(?:{_UNIT})s)",
    "bound": "(?P<bound>more than|over|at least|less than|under|fewer than)",
    "about": "(?P<about>about|around|nearly|almost|roughly|approximately|some|an estimated|just)",
    "amount": f"(?P<amount>{_choice(WORDS['vague_amount'])}|an?|{numerals.PATTERN})",
    "least": rf"(?:(?P<least>{numerals.PATTERN})(?: (?:to|or|and) |[-–]))?",
    "half": "[\\s-]and[\\s-]a[\\s-]half",
    "quantity": "(?:{bound} )?(?:{about} )?{least}{amount}(?P<half>{half})?[\\s-](?:{whole} )?"
    f"(?P<unit>{_UNIT})s?"
    "(?P<half_behind>{half}(?!-))?",
    "whole": "(?:full|long|straight|more|whole)",
    "people": f"(?:{_choice(WORDS['people'])})\\b",
    "any_word": "(?:the|a|an|it|he|she|they|his|her|its|their|this|that|[0-9])\\b",
}
_EXPANDED = [(Kind(kind), _expanded(pattern)) for kind, patterns in WORDS["patterns"].items() for pattern in patterns]
_PATTERNS = tuple((kind, _bounded(pattern)) for kind, pattern in _EXPANDED)
# Text in lower case is searched three times as fast as text in which case is ignored.
_SCANNER = _bounded(
    "|".join(re.sub(r"\(\?P<\w+>", "(?:", p).replace(_CAPITAL, "(?:may|march)") for _, p in _EXPANDED), flags=0
)
_WORD = re.compile(r"\w+")
_OPENINGS = frozenset(
    word.rstrip("s")  # those that a pattern may leave off: "years?"
    for pattern in (*_CLASSES.values(), *(p for patterns in WORDS["patterns"].values() for p in patterns))
    for word in re.findall(r"[a-z]+", re.sub(r"\(\?P<\w+>|\\[a-z]|\{\w+\}", " ", pattern.lower()))
)
"""All words that the patterns have, of which those that stand first are some."""
_PREFIX = re.compile(
    rf"(?<!\w)(?:(?P<portion>early|late|earlier|later|{_choice(WORDS['portion'])})\s+)?"
    rf"(?:(?P<relation>{_choice(_RELATIONS)})\s+)?"
    r"(?:(?P<about>about|around|approximately|circa|roughly)\s+)?"
    rf"(?:the\s+)?(?:(?:(?P<at_hour>{_DAYPART})|hours?|days?)\s+(?:of|on)\s+(?:the\s+)?)?"
    rf"(?:(?P<inner>early|mid|late|{_choice(WORDS['portion'])})(?:\s+|-))?\Z".replace(" ", r"\s+"),
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n\s*\n")
_GAP = re.compile(r"\s*(?:(?P<word>and|or|to|until|till|through|[-–—])\s*)?(?:the\s+)?", re.IGNORECASE)
_NAME_AFTER = re.compile(r"\s+[A-Z][a-z]")
_YEAR_BEFORE = re.compile(r"(?:(?<!\w)(?:the|a|its|their|his|her)\s+|[(\[])\Z", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"[)\]:]|['’]s|\s+(?:also\s+)?(?:saw|brought|witnessed)(?!\w)")
_NO_SEASON = re.compile(r"(?<!\w)(?:arab|prague|damascus|hot|to|will|would|may)\s+\Z", re.IGNORECASE)
