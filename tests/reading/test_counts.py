"""Quantity phrases: what each means, and which numbers of a sentence are counted at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conflict_kg.reading.counts import find_counts, read_count
from conflict_kg.reading.numerals import read_number

MEANINGS = [
    ("five", 5, 5, 5),
    ("the two", 2, 2, 2),
    ("twenty-one", 21, 21, 21),
    ("three hundred", 300, 300, 300),
    ("280000", 280000, 280000, 280000),
    ("1.2 million", 1_200_000, 1_200_000, 1_200_000),
    ("2,000-strong", 2000, 2000, 2000),
    ("both", 2, 2, 2),
    ("an", 1, 1, 1),
    ("no", 0, 0, 0),
    ("none", 0, 0, 0),
    ("at least 500", 500, None, None),
    ("more than 8,000", 8000, None, None),
    ("no fewer than twelve", 12, None, None),
    ("500 or more", 500, None, None),
    ("at least two dozen", 24, None, None),
    ("up to 300", None, None, 300),
    ("as many as 114,000", None, None, 114_000),
    ("fewer than 20", None, None, 20),
    ("about two dozen", None, 24, None),
    ("nearly 12", None, 12, None),
    ("10 or so", None, 10, None),
    ("a dozen", None, 12, None),
    ("half a dozen", None, 6, None),
    ("a couple of", None, 2, None),
    ("dozens", 24, None, None),
    ("scores", 40, None, None),
    ("hundreds", 200, None, None),
    ("thousands", 2000, None, None),
    ("tens of thousands", 20_000, None, None),
    ("several hundred", 200, None, None),
    ("between 20 and 30", 20, None, 30),
    ("20-30", 20, None, 30),
    ("two to three dozen", 24, None, 36),
    ("six or seven thousand", 6000, None, 7000),
    ("between one hundred and two hundred", 100, None, 200),
    ("2,5 million", 2_500_000, 2_500_000, 2_500_000),
    ("1.5 lakh", 150_000, 150_000, 150_000),
    ("1,20,000", 120_000, 120_000, 120_000),
    ("two crore", 20_000_000, 20_000_000, 20_000_000),
    ("3 000", 3000, 3000, 3000),
    ("12\u202f500", 12_500, 12_500, 12_500),
    ("several", None, None, None),
    ("an unknown number of", None, None, None),
]


@pytest.mark.parametrize(("phrase", "low", "best", "high"), MEANINGS, ids=[phrase for phrase, *_ in MEANINGS])
def test_counts_read_a_phrase(phrase: str, low: int | None, best: int | None, high: int | None) -> None:
    """A number by itself sets all three, each qualifier only what it says."""
    count = read_count(f" {phrase} ")
    assert count
    assert (count.text, count.low, count.best, count.high) == (phrase, low, best, high)


@pytest.mark.parametrize("phrase", ["", "at least", "rebels", "500 rebels", "hundred", "1.5", "8th"])
def test_counts_read_nothing_from_what_is_no_quantity(phrase: str) -> None:
    """What is no quantity phrase, or more than one, is not read."""
    assert read_count(phrase) is None


SENTENCES = [
    ("At least 500 people fled and some two dozen died.", ["At least 500", "some two dozen"]),
    ("The blast killed 10 and wounded 15 or more.", ["10", "15 or more"]),
    ("Hundreds of men, tens of thousands of others.", ["Hundreds", "tens of thousands"]),
    ("Between 20 and 30 rebels, then 20-30 more.", ["Between 20 and 30", "20-30"]),
    ("The toll rose from 100 to 150.", ["100", "150"]),
    ("No villagers died, many fled, one of them hurt.", ["No", "many", "one"]),
    ("A 500-man garrison held 41 villages.", ["500", "41"]),
    ("No one was there any longer, and no longer one another.", []),
    ("In 2014 and on May 17, 2015, at 6.30am, at 5:30 or at 7 a.m.", []),
    ("Troops of the 8th Brigade and the 39th Division", []),
    ("12 miles, 300 meters, 24 hours, 65 percent, 65%, two-thirds, three more weeks", []),
    ("$5 million, 700 square miles, hundreds of miles, five million dollars", []),
    ("A 20-year-old man, the five-year war", []),
    ("M23 rebels with AK-47 rifles and a T-72 near the 1515 highway and Highway 1", []),
    ("Omar Said, 45, of School No. 5, aged 30, under Resolution 2254", []),
    ("A score of 3-1 and how many people?", []),
    ("One in three families, one in every 10, six out of ten", []),
    ("3,000 sq km, a 5.8-magnitude quake, 7.62mm rounds", []),
    ("They came out of 12 villages.", ["12"]),
    ("The town fell.[3] It lies at 35°01′57″N 43°38′47″E.", []),
    ("Killing five soldiers and wounding 12, a further 30 fled.", ["five", "12", "30"]),
    ("At least 10 police, as many as 114,000 others, zero deaths", ["At least 10", "as many as 114,000", "zero"]),
    ("In December 2015 300 men came.", ["300"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_counts_found_in_a_sentence(sentence: str, expected: list[str]) -> None:
    """Quantities are found with their qualifiers; dates, measures, ages and names are not."""
    assert [found.count.text for found in find_counts(sentence)] == expected


def test_counts_see_a_qualifier_behind_the_noun() -> None:
    """After the noun it bounds the number before it, unless a number of its own follows."""
    assert [found.count.low for found in find_counts("125 rebels at least were hurt")] == [125]
    assert [found.count.best for found in find_counts("20 rebels at least 5 of them men")] == [20, None]


_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _spell(number: int) -> str:
    """The number in British English words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    for scale, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = number % scale
            link = " and " if rest < 100 else " "
            return f"{_spell(number // scale)} {word}" + (link + _spell(rest) if rest else "")
    raise AssertionError(number)


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_counts_read_back_every_number_in_words_and_digits(number: int) -> None:
    """Words, digits and digits with commas all come back as the number that they write."""
    for written in (
        _spell(number),
        _spell(number).upper(),
        _spell(number).replace(" and ", " "),
        str(number),
        f"{number:,}",
    ):
        assert read_number(written) == number
        count = read_count(written)
        assert count
        assert (count.low, count.best, count.high) == (number, number, number)


_WORDS = st.sampled_from(
    "at least up to about between and 20 30 , 3-1 a half dozen dozens of hundred thousand two or more so many no one "
    "5th people miles % 1.2 million some several few couple the - ~ 8,000 over May 2015 more than".split()
)


@given(st.one_of(st.text(), st.lists(_WORDS).map(" ".join)))
def test_counts_of_any_text_are_in_place_and_in_order(text: str) -> None:
    """Offsets fit the text, nothing overlaps, nothing fails, and low is never above high."""
    end = 0
    read_count(text)
    for found in find_counts(text):
        assert end <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.count.text
        end = found.end
        if found.count.low is not None and found.count.high is not None:
            assert found.count.low <= found.count.high


@pytest.mark.parametrize(
    "piece",
    [
        "about ",
        "one ",
        "two and ",
        "5-",
        "9",
        "9,",
        "at least ",
        "a ",
        "May 5 ",
        "dozens of ",
        "10 to ",
        " ",
        "1 000 ",
        "1,20,",
        "one in ",
    ],
)
def test_counts_read_long_repetitive_texts_to_the_end(piece: str) -> None:
    """What comes after a long run of one thing is found; a search that tried every start anew would never get there."""
    text = piece * (20_000 // len(piece)) + "; 10 soldiers" + " " * 20_000 + "x"
    assert find_counts(text)[-1].count.best == 10
