"""Which names a reader would take for one."""

import pytest

from conflict_kg.evaluation.same import opens_with, same_actor, same_person, same_place, whole_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ISIS", "Islamic State"),
        ("the Sorvian army", "Sorvian government forces"),
        ("Red Column", "Red Column fighters"),
        ("army of Ukraine", "Ukrainian forces"),
        ("Ansar al-Nahr", "Ansar Nahr"),
        ("RC", "Red Column"),
    ],
)
def test_same_actor(one: str, other: str) -> None:
    """By known names, by words, and by what the document calls them; either way round."""
    alike = [{"rc", "red column"}]
    assert same_actor(one, other, alike)
    assert same_actor(other, one, alike)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sorvian army", "Sorvian rebels"),
        ("Free Sorvian Army", "Sorvian army"),
        ("Kurdish fighters", "Syrian Kurdish Council forces"),
        ("government forces", "rebel forces"),
        ("militants", "rebels"),
        ("Red Column", None),
        ("", ""),
    ],
)
def test_same_actor_keeps_sides_apart(one: str, other: str | None) -> None:
    """A state is not who fights it, and a nationality alone is nobody."""
    assert not same_actor(one, other, [])
    assert not same_actor(other, one, [])


def test_same_person_goes_by_the_last_name_where_it_is_one() -> None:
    """Not by an office."""
    assert same_person("Colonel Vana Toresk", "Toresk", [])
    assert not same_person("the interior ministry spokesman", "army spokesman", [])
    assert not same_person("Ana Li", "Bo Li", [])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Brenik", "the town of Brenik", True),
        ("Kostavar", "Kostawar", True),
        ("Brenik", "eastern Brenik", False),
        ("Brenik (northern parts)", "Brenik", True),
        ("Brenik (railway depot)", "Brenik", False),
        ("the town", "the town", True),
        ("the town", "the village", False),
    ],
)
def test_same_place(one: str, other: str, *, same: bool) -> None:
    """A part is not its whole, a share of it is compared as the whole."""
    assert same_place(one, other) is same


def test_whole_of_a_part() -> None:
    """Only a bracket that names a place inside has one."""
    assert whole_of("Brenik (railway depot)") == "Brenik "
    assert whole_of("Brenik (most)") is None
    assert whole_of("Brenik") is None


def test_opens_with_allows_a_few_words_before() -> None:
    """The order of words counts; a quotation that is too short says nothing."""
    opening = "our men still hold the railway depot"
    assert opens_with("that our men still hold the railway depot, he said", opening) == 1
    assert opens_with("depot railway the hold still men our", opening) < 0.6
    assert opens_with("our men", opening) == 0
    assert opens_with("anything", "") == 0
