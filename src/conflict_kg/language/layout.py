"""What the words of a text say about where it may be cut: lines, brackets, sentence ends, abbreviations."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

TITLES = frozenset(
    "Adm. Amb. Brig. Capt. Cdr. Cmdr. Col. Cpl. Dr. Gen. Gov. Hon. Lt. Maj. Messrs. Mr. Mrs. Ms. Mt. "
    "Pfc. Pres. Prof. Pvt. Rep. Rev. Sen. Sgt. Spc. Spec. St. Supt.".split()
)
"""Abbreviations that a name follows: no sentence begins after one."""

_COUNTRIES = frozenset("U.A.E. U.K. U.N. U.S. U.S.A. U.S.S.R. E.U.".split())
"""Abbreviations that may end a sentence, but not where a noun, name or adjective follows ("the U.S. Army")."""

_STAND_INS = {"IS": "ISIS"}
"""Names spelled like words of another class, and the name that the encoder is shown instead."""

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
_FINAL = frozenset({".", "!", "?", "..."})
_CLOSING = frozenset({'"', "''", "'", "\u201d", "\u2019", ")", "]"})
_NEVER_FIRST = frozenset({")", "]", ",", ";", "."})
_BRACKETS = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Layout:
    """The words of a text, white space left out, and for each of them what its surroundings say."""

    words: Sequence[str]
    fresh: Sequence[bool]
    """A line begins with it."""
    titled: Sequence[bool]
    """It stands in a headline in Title Case."""
    inside: Sequence[bool]
    """It stands within brackets."""
    cuts: Sequence[bool]
    """The text may be cut after it: a line or, by its punctuation and what follows, a sentence ends with it."""


def lay_out(words: Sequence[str], fresh: Sequence[bool]) -> Layout:
    """The layout of a text, given its words and whether a line begins with each of them."""
    last_of_line = [*fresh[1:], True]
    goes_on = [word[:1].islower() for word in [*words[1:], ""]]
    ends = zip(sentence_ends(words), goes_on, last_of_line, strict=True)
    cuts = [last or (end and not lower) for end, lower, last in ends]
    return Layout(words, fresh, title_lines(words, fresh), bracketed(words, fresh), cuts)


def sentence_ends(words: Sequence[str]) -> list[bool]:
    """For each word whether a sentence could end with it: final punctuation, or the last that closes after it.

    >>> sentence_ends(["It", "fell", ".", "\u201d", "He", "left", "."])
    [False, False, False, True, False, False, True]
    """
    ends = [False] * len(words)
    for at, word in enumerate(words):
        if word in _FINAL:
            ends[at] = True
        elif word in _CLOSING and at and ends[at - 1]:
            ends[at - 1], ends[at] = False, True
    return ends


def title_lines(words: Sequence[str], fresh: Sequence[bool]) -> list[bool]:
    """For each word whether its line is a headline in Title Case, where a capital says nothing about the word.

    Such a line has at least four words of four letters or more, all but one in ten of them with a capital, and no
    full stop at its end.

    >>> title_lines("Rebels Seize Airport From Army".split(), [True] + [False] * 4)[0]
    True
    >>> title_lines("Rebels seized the airport from Gen. Aziz".split(), [True] + [False] * 6)[0]
    False
    """
    titled = [False] * len(words)
    for first, end in pairwise([*(at for at, begins in enumerate(fresh) if begins), len(words)]):
        long = [word for word in words[first:end] if len(word) >= 4 and word.isalpha()]
        lower = sum(word[0].islower() for word in long)
        if len(long) >= 4 and lower * 10 <= len(long) and words[end - 1] != ".":
            titled[first:end] = [True] * (end - first)
    return titled


def shown(words: Sequence[str], fresh: Sequence[bool]) -> list[str]:
    """The words as the encoder is to see them: a name in capitals, spelled like a verb, gives way to a plain name.

    The encoder takes "IS" for the verb whatever its case. Where the line around it is not in capitals, the capitals
    are the name's.

    >>> shown("IS seized the town".split(), [True] + [False] * 3)[0]
    'ISIS'
    >>> shown("THE TOWN IS LOST".split(), [True] + [False] * 3)[2]
    'IS'
    """
    seen = list(words)
    for first, end in pairwise([*(at for at, begins in enumerate(fresh) if begins), len(words)]):
        if any(word.islower() and word.isalpha() and len(word) > 3 for word in words[first:end]) or any(
            word.istitle() and len(word) > 3 for word in words[first:end]
        ):
            seen[first:end] = [_STAND_INS.get(word, word) for word in words[first:end]]
    return seen


def bracketed(words: Sequence[str], fresh: Sequence[bool]) -> list[bool]:
    """For each word whether it stands within a pair of brackets on one line, the closing one included.

    A bracket without its partner opens nothing.

    >>> bracketed(["He", "(", "she", ")", "left", "(", "it"], [True] + [False] * 6)
    [False, False, True, True, False, False, False]
    """
    pairs = [0] * (len(words) + 1)  # by how many pairs more than the word before each word is surrounded
    opened: list[tuple[str, int]] = []
    for at, word in enumerate(words):
        if fresh[at]:
            opened.clear()
        if word in _BRACKETS:
            opened.append((_BRACKETS[word], at))
        elif opened and word == opened[-1][0]:
            _, begin = opened.pop()
            pairs[begin + 1] += 1
            pairs[at + 1] -= 1
    return [depth > 0 for depth in accumulate(pairs[:-1])]


def window_end(costs: Sequence[int], cuts: Sequence[bool], first: int, enough: int, most: int) -> tuple[int, bool]:
    """Where the window that starts with word ``first`` ends (exclusive), and whether at a place to cut.

    ``costs`` are the words' pieces. A window holds at most ``enough`` of them if it can be cut within these, else it
    goes on to the next place to cut, up to ``most``; no word has more. If nothing allows a cut it is simply full.

    >>> window_end([1, 1, 1, 1], [False, True, False, True], 0, 3, 3)
    (2, True)
    >>> window_end([1, 1, 1, 1], [False, False, True, False], 0, 2, 3)
    (3, True)
    >>> window_end([1, 1, 1, 1], [False, False, False, True], 0, 2, 3)
    (3, False)
    """
    end = safe = first
    total = 0
    while end < len(costs) and total + costs[end] <= (enough if safe > first else most):
        total += costs[end]
        end += 1
        if cuts[end - 1]:
            safe = end
    if end == len(costs):
        return end, True
    return (safe, True) if safe > first else (end, False)


def sentence_starts(layout: Layout, first: int, proposed: Sequence[bool], pos: Sequence[str]) -> list[bool]:
    """For each word of the window that begins with word ``first`` whether a sentence starts with it.

    ``proposed`` is what the classifier says, ``pos`` the words' UPOS. The first word of a window or of a line always
    starts one; a word within brackets, within a headline or after an abbreviation that needs what follows never does.
    """
    starts = []
    for at, (propose, kind) in enumerate(zip(proposed, pos, strict=True), start=first):
        forced = at == first or layout.fresh[at]
        barred = layout.inside[at] or (layout.titled[at] and not layout.cuts[at - 1])
        starts.append(forced or (propose and not barred and _may_start(layout.words, at, kind)))
    return starts


def _may_start(words: Sequence[str], at: int, pos: str) -> bool:
    """Whether what stands before word ``at`` lets a sentence start with it."""
    before = words[at - 1]
    initial = len(before) == 2 and before[0].isupper() and before[1] == "."
    if before in TITLES or initial or words[at] in _NEVER_FIRST:
        return False
    return not (before in _COUNTRIES and pos in _NOMINAL)
