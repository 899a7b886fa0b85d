"""Casualties: who was harmed, how many, where and by whom, as each source says."""

import pytest
from reading.docs import claims_of

from conflict_kg.model import CasualtyClaim, Harm
from conflict_kg.reading.victims import harms

DAY = "2013-01-21"  # a Monday


def _casualties(text: str) -> list[CasualtyClaim]:
    return claims_of(CasualtyClaim, text, DAY)


# the text, which harm it tells of, the count as low, best and high, and whom
HARMED = [
    ("Gunmen killed 12 soldiers in Gao.", Harm.KILLED, (12, 12, 12), "soldiers"),
    ("Twelve soldiers were killed in Gao.", Harm.KILLED, (12, 12, 12), "soldiers"),
    ("At least 40 civilians died in Gao.", Harm.KILLED, (40, None, None), "civilians"),
    ("A blast in Gao left 9 people dead.", Harm.KILLED, (9, 9, 9), "people"),
    ("Up to 60 fighters were wounded in Gao.", Harm.WOUNDED, (None, None, 60), "fighters"),
    ("Two dozen soldiers are missing in Gao.", Harm.MISSING, (None, 24, None), "soldiers"),
    ("Gunmen kidnapped 30 workers in Gao.", Harm.CAPTURED, (30, 30, 30), "workers"),
    ("Gunmen took 30 workers hostage near Gao.", Harm.CAPTURED, (30, 30, 30), "workers"),
    ("Dozens of families fled Gao.", Harm.DISPLACED, (24, None, None), "families"),
    ("The fighting forced 5,000 people from their homes in Gao.", Harm.DISPLACED, (5000, 5000, 5000), "people"),
    ("About 900 people have been displaced from Gao.", Harm.DISPLACED, (None, 900, None), "people"),
]


@pytest.mark.parametrize(("text", "harm", "numbers", "victims"), HARMED, ids=[h[0] for h in HARMED])
def test_casualties_give_harm_count_and_victims(
    text: str, harm: Harm, numbers: tuple[int | None, int | None, int | None], victims: str
) -> None:
    """Verbs in either voice, adjectives and light verbs; bounds as written; the place named beside."""
    found = _casualties(text)
    assert [(c.harm, c.victims, c.place.name if c.place else None) for c in found] == [(harm, victims, "Gao")]
    count = found[0].count
    assert (count.low, count.best, count.high) == numbers
    assert count.text in text


NOBODY = [
    "Gunmen may kill 12 soldiers in Gao.",
    pytest.param(
        "The army denied that 12 soldiers had been killed in Gao.",
    ),
    "Gunmen killed soldiers in Gao.",
    "Gunmen killed 12 camels in Gao.",
    "The army captured 12 trucks in Gao.",
    "Gunmen threatened to kill 12 hostages in Gao.",
]


def test_casualties_nobody_killed_is_a_figure_too() -> None:
    """“No soldiers were killed” is the number nought, not a number left open."""
    assert [(c.count.low, c.count.best, c.count.high) for c in _casualties("No soldiers were killed in Gao.")] == [
        (0, 0, 0)
    ]


def test_casualties_victims_are_who_not_where() -> None:
    """“30 workers near Gao” are workers."""
    assert [c.victims for c in _casualties("Gunmen kidnapped 30 workers near Gao.")] == ["workers"]


@pytest.mark.parametrize("text", NOBODY)
def test_casualties_none_where_nobody_is_counted_or_harmed(text: str) -> None:
    """What is foretold, denied, threatened, not counted, or done to things is no casualty."""
    assert not _casualties(text)


def test_casualties_blame_who_did_it_and_never_the_victims() -> None:
    """The subject of the verb is blamed; the dead of a passive are not."""
    blamed = _casualties("Boko Haram fighters killed 12 soldiers in Maiduguri.")
    assert [a.name for c in blamed for a in c.blamed] == ["Boko Haram"]
    assert not [a for c in _casualties("Twelve Boko Haram fighters were killed in Maiduguri.") for a in c.blamed]


def test_casualties_two_harms_of_one_sentence_stay_two() -> None:
    """Dead and wounded are counted apart; a bare number borrows the people of the clause before."""
    found = _casualties("The shelling of Gao killed 12 civilians and wounded 30 others.")
    assert {(c.harm, c.count.best, c.victims) for c in found} == {
        (Harm.KILLED, 12, "civilians"),
        (Harm.WOUNDED, 30, "civilians"),
    }


def test_casualties_of_one_source_count_a_repeated_figure_once() -> None:
    """Headline and body are one figure, that of the source that gives it; another source's same figure is its own."""
    text = "12 soldiers killed in Gao\n\nGunmen killed 12 soldiers in Gao on Sunday."
    assert len(_casualties(text)) == 1
    (sourced,) = _casualties(text + " A doctor said 12 soldiers were killed in Gao.")
    assert [a.name for a in sourced.according_to] == ["A doctor"]
    doctors = " A doctor said 12 soldiers were killed in Gao. A priest said 12 soldiers were killed in Gao."
    assert len(_casualties(text + doctors)) == 2
    assert len(_casualties(text + " A doctor said 12 soldiers were killed in Mopti.")) == 2


def test_casualties_carry_their_source() -> None:
    """Who gives the figure, and through whom."""
    found = _casualties("Amadou Keita, a doctor in Gao, told Reuters that 12 civilians were killed.")
    assert [([a.name for a in c.according_to], [a.name for a in c.relayed_by]) for c in found] == [
        (["Amadou Keita"], ["Reuters"])
    ]


def test_harms_are_all_there_and_the_choosy_come_first() -> None:
    """Each harm has words; verbs that need a further word are asked before those that do not."""
    assert {words.kind for words in harms()} == set(Harm)
    needs = [bool(words.needs) for words in harms()]
    assert needs == sorted(needs, reverse=True)
    assert all(words.object or words.subject or words.state or words.noun for words in harms())


def test_casualties_without_a_number_keep_their_words() -> None:
    """Words like "several" say that there were some: they are kept, and no bound is made up."""
    (claim,) = _casualties("Several soldiers were captured in Gao.")
    assert (claim.harm, claim.count.text, claim.victims) == (Harm.CAPTURED, "Several", "soldiers")
    assert (claim.count.low, claim.count.best, claim.count.high) == (None, None, None)
    assert not _casualties("Soldiers were captured in Gao.")


def test_casualties_of_two_sides_are_two() -> None:
    """The noun that both numbers share stands once."""
    found = _casualties("At least 14 regime and 20 rebel fighters were killed in Gao.")
    assert {c.count.low or c.count.best for c in found} == {14, 20}


def test_casualties_found_dead_by_how_they_died() -> None:
    """Who is found shot was killed."""
    (claim,) = _casualties("At least 35 of the villagers were found shot in Gao.")
    assert (claim.harm, claim.count.low) == (Harm.KILLED, 35)


LOOKED_AT = [
    "The photographs show smoke over Gao. One soldier appears to have been wounded by the rebels.",
    "In the video it seems that two soldiers were killed.",
    "Two soldiers seem to have been killed in the film.",
]
TOLD = [
    "One soldier appears to have been wounded by the rebels in Gao.",  # a report may be careful
    "In the video a doctor says that two soldiers appear to have been killed.",  # somebody says so
    "The video shows rebels who killed two soldiers in Gao.",
]


@pytest.mark.parametrize("text", LOOKED_AT)
def test_casualties_none_from_how_a_picture_looks_to_the_writer(text: str) -> None:
    """What seems to have happened in a picture is the writer's reading of it, and no figure of a source."""
    assert not _casualties(text)


@pytest.mark.parametrize("text", TOLD)
def test_casualties_that_seem_so_count_beside_no_picture_or_from_a_source(text: str) -> None:
    """“Appears” alone is care; with a speaker it is the speaker's."""
    assert len(_casualties(text)) == 1


# ---------------------------------------------------------------- relations between figures


def _relations(text: str) -> set[tuple[str, str, str]]:
    """(count, "in" or "on top of", the other's count) of a text."""
    related = [(c.count.text, "in", c.included_in) for c in _casualties(text)]
    related += [(c.count.text, "on top of", c.additional_to) for c in _casualties(text)]
    return {(count, name, other.text) for count, name, other in related if other is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Air raids on Gao killed 42 people, including seven children and two women, on Friday.",
            {("seven", "in", "42"), ("two", "in", "42")},
        ),
        ("At least nine soldiers were killed including four recruits, he said.", {("four", "in", "At least nine")}),
        ("Seventeen people were killed in Gao, two of them medics.", {("two", "in", "Seventeen")}),
        ("Eight men, among them two soldiers, were wounded in Gao.", {("two", "in", "Eight")}),
        ("Six people died in Gao. Among the dead were four soldiers.", {("four", "in", "Six")}),
        ("Six people died in Gao. Nine soldiers were wounded.", set()),
        (
            "About 8,000 people have fled Gao. The 8,000 is in addition to April, when up to 114,000 residents fled.",
            {("About 8,000", "on top of", "up to 114,000")},
        ),
        (
            "In addition to the 40 soldiers killed on Monday, 12 soldiers were killed on Friday in Gao.",
            {("12", "on top of", "40")},
        ),
        ("In addition to fighting in the north, 12 soldiers were killed in Gao.", set()),
    ],
)
def test_casualties_relate_as_the_text_says(text: str, expected: set[tuple[str, str, str]]) -> None:
    """Included in another figure, or on top of it; the other one is a claim of the report."""
    assert _relations(text) == expected
    keys = {claim.key for claim in _casualties(text)}
    others = [other for c in _casualties(text) for other in (c.included_in, c.additional_to) if other is not None]
    assert {other.key for other in others} <= keys


def test_casualties_of_a_part_say_who_they_are() -> None:
    """The whole is named without its part."""
    found = {c.count.text: c.victims for c in _casualties("Seventeen people were killed in Gao, two of them medics.")}
    assert found == {"Seventeen": "people", "two": "medics"}
    found = {c.count.text: c.victims for c in _casualties("Shells killed 42 people including seven children in Gao.")}
    assert found == {"42": "people", "seven": "children"}


@pytest.mark.parametrize(
    ("text", "killed", "displaced"),
    [
        ("More than 3,200 people have been killed and millions displaced.", "More than 3,200", "millions"),
        ("The war has left 1,800 people dead and more than 2,000 displaced.", "1,800", "more than 2,000"),
    ],
)
def test_casualties_read_a_verb_that_is_left_out(text: str, killed: str, displaced: str) -> None:
    """The number before the second participle is its own, not that of the first."""
    assert {c.harm: c.count.text for c in _casualties(text)} == {Harm.KILLED: killed, Harm.DISPLACED: displaced}


def test_casualties_are_according_to_who_counts_them() -> None:
    """The subject of a verb of counting gives the figure."""
    (claim,) = _casualties("A relief group counts almost 1,300 civilians killed in Gao.")
    assert [actor.name for actor in claim.according_to] == ["A relief group"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Gunmen hit Gao. The war in Mali has killed 3,000 people since 2012.", "Mali"),
        ("Gunmen hit Gao. Three thousand people have been killed in Mali since the war began.", "Mali"),
        ("Gunmen hit Gao. Three thousand people have died in Mali's war.", "Mali"),
        ("Gunmen hit Gao. They killed 12 soldiers.", "Gao"),
        ("Twelve soldiers were killed in Mali when gunmen raided Gao.", "Gao"),
        ("Officials in Mali say that gunmen hit Gao, killing 12 soldiers.", "Gao"),
    ],
)
def test_casualties_lie_in_the_country_that_their_own_words_tell(text: str, place: str) -> None:
    """A war's victims are its country's, not those of the town spoken of before; a town in the sentence says more."""
    (found,) = _casualties(text)
    assert found.place is not None
    assert found.place.name == place


# the text, and each figure: the harm and the least or best number
FIGURES = [
    (
        "The army lost men in Gao: 494 dead, 1,407 wounded and 182 missing.",
        {"killed": 494, "wounded": 1407, "missing": 182},
    ),
    ("Hospital staff counted 11 dead and 60 wounded in Gao.", {"killed": 11, "wounded": 60}),
    ("The mayor put the death toll in Gao at 5 civilians.", {"killed": 5}),
    ("The toll of the blast in Gao rose to 9 villagers in addition to 14 injured.", {"killed": 9, "wounded": 14}),
    ("The number of wounded in Gao reached 40 on Monday.", {"wounded": 40}),
    ("A total of 43 civilians were killed in Gao.", {"killed": 43}),
    ("A raid killed three Palestinians in Gaza.", {"killed": 3}),
    ("Over a quarter of a million villagers were killed in that war.", {"killed": 250_000}),
    ("A soldier was killed and a girl was wounded in Gao.", {"killed": 1, "wounded": 1}),
    ("Not a single civilian has been killed in Gao.", {}),
    ("He paid a toll of 12 dollars in Gao.", {}),
    ("In 1999 killed soldiers were buried in Gao.", {}),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES, ids=[f[0] for f in FIGURES])
def test_casualties_read_tolls_and_bare_numbers(text: str, expected: dict[str, int]) -> None:
    """Tolls, a number right before a word for the harmed, peoples, and single ones."""
    figures = {str(c.harm): c.count.low if c.count.low is not None else c.count.best for c in _casualties(text)}
    assert figures == expected


def test_casualties_of_two_single_victims_are_two() -> None:
    """A girl and a soldier are not one figure told again."""
    found = _casualties("A girl was killed in Gao. A soldier was killed in Gao.")
    assert [c.victims for c in found] == ["girl", "soldier"]


# the text, where
STRUCK = [
    ("Air strikes on Douma, a town east of Damascus, killed ten people.", "Douma"),
    (
        "Shells hit Idlib. Since then the war in Syria went on. Some 191,000 people have died since the uprising.",
        "Syria",
    ),
    ("Shells hit Idlib in Syria. Air raids across the country killed 40 people.", "Syria"),
    ("Rebels left Idlib in Syria. Homs: a missile killed six people.", "Homs"),
]


@pytest.mark.parametrize(("text", "place"), STRUCK, ids=[s[1] + " " + s[0][:12] for s in STRUCK])
def test_casualties_lie_where_it_struck(text: str, place: str) -> None:
    """What was struck before a landmark; a whole war's victims in its country; a label before a colon."""
    found = _casualties(text)[-1].place
    assert found is not None
    assert found.name == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Mali's army fights rebels near Gao. Bamako denied the report. Twelve civilians were killed.", "Gao"),
        ("Rebels attacked Gao with men who had come from Kidal. Twelve civilians were killed.", "Gao"),
        ("Rebels shelled Gao. The ministry in Bamako confirmed it. Twelve civilians were killed.", "Gao"),
    ],
)
def test_casualties_are_not_where_somebody_governs_or_comes_from(text: str, place: str) -> None:
    """A capital that speaks, the seat of a ministry, and an origin are no scenes."""
    assert [c.place.name if c.place else None for c in _casualties(text)] == [place]
