import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conflict_kg.language.parser import COMPONENT, SHIPPED
from conflict_kg.language.pieces import UNKNOWN, CaseClass, PieceTable, in_capitals, read_vocabulary

VOCABULARY = SHIPPED / COMPONENT / "vocab.txt"
TABLE = read_vocabulary(VOCABULARY)
SPELLING = {number: piece for piece, number in TABLE.numbers.items()}


def _spell(word: str) -> list[str]:
    return [SPELLING[number] for number in TABLE[word].numbers]


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("troops", ["troops"]),
        ("Troops", ["troops"]),
        ("8th", ["8th"]),
        ("cafés", ["cafes"]),
        ("al-Tash", ["al", "-", "ta", "##sh"]),
        ("\u201c", ['"']),
        ("\u2019s", ["'", "s"]),
        ("…", ["…"]),
        ("–", ["–"]),
        ("mil\u200bitia", ["militia"]),
        ("日本", ["日", "本"]),
        ("\U0001fae8", ["[UNK]"]),
        ("a" * 101, ["[UNK]"]),
        ("\u200b", ["[UNK]"]),
    ],
)
def test_pieces_of_words(word: str, pieces: list[str]) -> None:
    """Words are lower-cased, stripped of accents, split at punctuation and spelt with the longest pieces."""
    assert _spell(word) == pieces


def test_pieces_of_white_space() -> None:
    """White space has no pieces."""
    assert TABLE["\n\n"].numbers == TABLE[" "].numbers == TABLE[""].numbers == ()


def test_pieces_of_long_words_keep_both_ends() -> None:
    """Of a word with more than eight pieces the first and the last four are kept."""
    assert _spell("1.2.3.4.5.6.7") == ["1", ".", "2", ".", ".", "6", ".", "7"]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_pieces_of_any_text(word: str) -> None:
    """Whatever is no white space has one to eight pieces, all in the vocabulary, and the same ones when asked again."""
    table = PieceTable(TABLE.numbers)
    pieces = table[word]
    assert len(pieces.numbers) <= 8
    assert bool(pieces.numbers) != word.isspace()
    assert set(pieces.numbers) <= {UNKNOWN, *TABLE.numbers.values()}
    assert table[word] == pieces


def test_pieces_in_capitals() -> None:
    """Capitals change the class of words with letters only, never their pieces."""
    assert in_capitals(TABLE["Ramadi"]).case is CaseClass.UPPER
    assert in_capitals(TABLE["Ramadi"]).numbers == TABLE["Ramadi"].numbers
    assert in_capitals(TABLE["500"]).case is CaseClass.DIGITS
    assert in_capitals(TABLE[","]).case is CaseClass.NO_LETTERS
