import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_kg.language.layout import bracketed, lay_out, sentence_ends, sentence_starts, title_lines, window_end


def _line(text: str) -> tuple[list[str], list[bool]]:
    words = text.split()
    return words, [at == 0 for at in range(len(words))]


def _starts(text: str, proposed: str, pos: str) -> list[str]:
    """The words of a text that start a sentence, where those in ``proposed`` are proposed and have the UPOS ``pos``."""
    words, fresh = _line(text)
    flags = sentence_starts(lay_out(words, fresh), 0, [word in proposed.split() for word in words], [pos] * len(words))
    return [word for word, flag in zip(words, flags, strict=True) if flag]


@pytest.mark.parametrize(
    ("text", "proposed", "pos", "starts"),
    [
        ("They fled . Aid came", "Aid", "NOUN", ["They", "Aid"]),
        ("said Col. Rashid", "Rashid", "PROPN", ["said"]),
        ("said Karim J. Haddad", "Haddad", "PROPN", ["said"]),
        ("said the U.S. Army", "Army", "PROPN", ["said"]),
        ("fled to the U.S. They left", "They", "PRON", ["fled", "They"]),
        ("fled ( some stayed . Others went ) . Aid came", "Others Aid", "NOUN", ["fled", "Aid"]),
        ("fled ( some stayed . Others went", "Others", "NOUN", ["fled", "Others"]),
        ("They left , then", ",", "PUNCT", ["They"]),
        ("Rebels Leave Town Army Says After Talks", "Army", "NOUN", ["Rebels"]),
        ("Rebels Leave Town ! Army Says Talks Begin", "Army", "NOUN", ["Rebels", "Army"]),
    ],
)
def test_layout_sentence_starts(text: str, proposed: str, pos: str, starts: list[str]) -> None:
    """No sentence starts within brackets or a headline, after a title or initial, or with a comma."""
    assert _starts(text, proposed, pos) == starts


def test_layout_line_starts_a_sentence_even_within_brackets() -> None:
    """A line break wins over everything, and a bracket does not reach over it."""
    words = ["fled", "(", "some", "Gen.", "Others", "went", ")"]
    fresh = [True, False, False, False, True, False, False]
    layout = lay_out(words, fresh)
    assert not any(layout.inside)
    assert sentence_starts(layout, 0, [False] * 7, ["NOUN"] * 7) == fresh


def test_layout_brackets_of_two_kinds() -> None:
    """Only a bracket's own partner closes it."""
    words, fresh = _line("a ( b [ c ] d ) e ]")
    assert [word for word, flag in zip(words, bracketed(words, fresh), strict=True) if flag] == [*"b[c]d)"]


def test_layout_brackets_within_brackets_without_end() -> None:
    """Fifty thousand brackets, each within the one before, cost no more than as many words."""
    words = [*"(" * 50_000, *")" * 50_000]
    assert bracketed(words, [True] + [False] * 99_999) == [False] + [True] * 99_999


@pytest.mark.parametrize(
    ("text", "end"),
    [("It fell .", "."), ('It fell . "', '"'), ("It fell ! ) \u201d", "\u201d"), ("( It fell", ""), ('" It', "")],
)
def test_layout_sentence_ends(text: str, end: str) -> None:
    """A sentence ends with final punctuation or with the last quote or bracket that closes after it."""
    words = text.split()
    assert [word for word, flag in zip(words, sentence_ends(words), strict=True) if flag] == ([end] if end else [])


@pytest.mark.parametrize(
    ("text", "titled"),
    [
        ("Army Drives Rebels From Port", True),
        ("Army Drives Rebels Out of the Port as Talks Begin", True),
        ("Army drives rebels from port", False),
        ("Army Drives Rebels", False),
        ("President Bashar al - Assad Visited Homs .", False),
        ("ARMY DRIVES REBELS FROM PORT", True),
    ],
)
def test_layout_title_lines(text: str, titled: bool) -> None:
    """A line whose longer words nearly all have a capital is a headline in Title Case."""
    words, fresh = _line(text)
    assert title_lines(words, fresh) == [titled] * len(words)


@pytest.mark.parametrize(("text", "cuts"), [("They fled . Aid came .", [3, 6]), ("Go ! he said .", [5])])
def test_layout_cuts(text: str, cuts: list[int]) -> None:
    """A text may be cut after a full stop, and not where lower case shows that the sentence goes on."""
    layout = lay_out(*_line(text))
    assert [at for at, cut in enumerate(layout.cuts, start=1) if cut] == cuts


@settings(deadline=None)
@given(st.data())
def test_layout_windows_cover_the_text(data: st.DataObject) -> None:
    """Windows follow one another without gap, hold what they may, and end at a cut wherever they hold one."""
    costs = data.draw(st.lists(st.integers(1, 8), min_size=1, max_size=60))
    cuts = data.draw(st.lists(st.booleans(), min_size=len(costs), max_size=len(costs)))
    first = 0
    while first < len(costs):
        end, safe = window_end(costs, cuts, first, 12, 20)
        assert first < end <= len(costs)
        assert sum(costs[first:end]) <= 20
        assert safe == (end == len(costs) or cuts[end - 1])
        assert safe or not any(cuts[first:end])
        assert sum(costs[first:end]) <= 12 or not any(cuts[first : end - 1])
        first = end
