"""Words broken at the end of a line, put together: with the hyphen where it is of the word, not of the break."""

import re

HYPHENS = "\u00ad\ufffe\x02"
"""What a reader of PDFs gives for a hyphen at the end of a line, with which it may leave the end out."""
_BROKEN = re.compile(rf"([\w'’-]{{0,40}})[{HYPHENS}](?=(\w*))")  # what stands before and after, at most so much of it

_SECONDS = frozenset(
    """
    led held controlled backed run ruled governed administered dominated occupied besieged majority populated
    aligned allied affiliated linked inspired sponsored supported funded financed armed trained equipped supplied
    owned operated based born speaking flagged brokered mediated imposed appointed designated torn ravaged stricken
    made built style propelled guided fired launched scale level range term profile ranking general
    """.split()
)
"""What follows a whole word only with a hyphen: who leads, holds, helps, owns or made something above all, since
"Saudiled" tells nobody whose it is; then arms and ranks. Left out are those that end plain words and names, too
("worldwide", "ceasefire", "camera")."""
_SYLLABLES = frozenset(
    """
    con com dis mis per pre pro sub sur for fore out over under with inter trans super counter
    cons res unres diss back cross rear prear lag stub dear hol new life free hair
    """.split()
)
"""What stands before one of them within a plain word or name ("over-run", "stub-born", "res-trained", "Dear-born")."""
_PREFIXES = {
    "anti": (
        "bio",
        "bod",
        "cip",
        "dot",
        "gen",
        "gon",
        "gua",
        "lle",
        "mon",
        "och",
        "path",
        "qu",
        "sept",
        "thes",
        "thet",
        "tox",
    ),
    "non": ("chal", "descr", "eth", "plus", "sens"),
    "self": ("ie", "ish", "less", "ridge", "same"),
}
"""What has a hyphen before any word, with what it is one word with ("antidote")."""
_STEMS = frozenset("pro pre post ex vice co inter multi".split())
_NOUNS = frozenset(
    """
    government regime opposition rebel militia militant fighter soldier combatant army military police officer commander
    president minister premier chairman chief leader official member founder coup war peace conflict ceasefire invasion
    revolution uprising election democracy independence separatist unity reform party ethnic
    """.split()
)
"""What has a hyphen after these stems, which are syllables of many words, too ("pro-government", not "pro-tested")."""
_TENS = frozenset("twenty thirty forty fifty sixty seventy eighty ninety".split())
_NUMBERS = _TENS | frozenset("one two three four five six seven eight nine ten eleven twelve half multi".split())
_UNITS = frozenset(
    "second minute hour day night week month year decade century mile metre meter kilometre kilometer".split()
)
_SIZES = _UNITS | frozenset("man member page point party storey story third quarter".split())
"""What has a hyphen after a number in words ("two-day", not "Sun-day")."""


def mended(text: str) -> str:
    """The text without such signs: "Saudi-led" and "report" where a line ends in the midst of each."""
    return _BROKEN.sub(_whole, text)


def _whole(broken: re.Match[str]) -> str:
    """What stands before the hyphen, with it where it stays."""
    return f"{broken[1]}-" if _is_compound(broken[1].rpartition("-")[2], broken[2]) else broken[1]


def _is_compound(first: str, second: str) -> bool:
    """Whether two halves are words of their own; where nothing tells, they are one word that is broken."""
    if not first or not second:
        return False
    if first[-1].isdigit() or second[0].isdigit():
        return True
    if second[0].isupper():  # "al-Nusra", "US-Iraqi": words are broken before small letters, those in capitals apart
        return first[-1].islower() or second[1:].islower()
    if first.isupper() and len(first) > 1:  # "UN-brokered"
        return True
    before, after = first.casefold(), second.casefold()
    return (
        (before in _PREFIXES and not after.startswith(_PREFIXES[before]))
        or (before in _STEMS and after.removesuffix("s") in _NOUNS)
        or (before in _NUMBERS and after.removesuffix("s") in _SIZES)
        or (before in _TENS and after in _NUMBERS)
        or (before in _UNITS and after in ("old", "olds", "long"))
        or (before == "in" and after.removesuffix("s") in ("chief", "law"))
        or (
            after in _SECONDS
            and len(before) > 2
            and before not in _SYLLABLES
            and not (after == "led" and before.endswith("ck"))  # "tack-led"
        )
    )
