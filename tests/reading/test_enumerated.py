"""Lists of places: what a plural stands for, told by the words around it where the parse has lost them."""

import pytest
from reading.docs import control

SUDAN = "Fighting has gone on for weeks in Sudan between the army and the Rapid Support Forces.\n\n"
CONGO = "Fighting has gone on for weeks in North Kivu between the Congolese army and M23 rebels.\n\n"
LISTS = [
    # before the plural
    (CONGO + "The rebels surrounded Bunagana and Rutshuru towns, which had no police.", {"Bunagana", "Rutshuru"}),
    (CONGO + "The rebels captured the Kako and Kilimba bridges.", {"Kako bridge", "Kilimba bridge"}),
    # behind a colon or a dash, with what is said of one of them between
    (
        SUDAN + "The RSF took three of the five capitals: Nyala (26 October), Zalingei, where the army left its base "
        "on 31 October, and El Geneina.",
        {"Nyala", "Zalingei", "El Geneina"},
    ),
    (SUDAN + "The RSF has seized three towns in Darfur - Nyala, Zalingei and Kutum.", {"Nyala", "Zalingei", "Kutum"}),
    # as many as the words say, without commas and colon
    (
        CONGO + "The rebels captured three villages north of Goma from the army Kibumba Rugari and Kanyabayonga.",
        {"Kibumba", "Rugari", "Kanyabayonga"},
    ),
    (CONGO + "The rebels took several towns, among them Sake and Rutshuru.", {"Sake", "Rutshuru"}),
    (CONGO + "The rebels want to capture all towns, Sake and Rutshuru included.", {"Sake", "Rutshuru"}),
    (CONGO + "The rebels seized the villages on the heights, Kibumba among them.", {"Kibumba"}),
    (
        CONGO + "Three towns fell to the rebels last week: Sake on Monday, Minova and Rutshuru.",
        {"Sake", "Minova", "Rutshuru"},
    ),
    # numbers
    (CONGO + "The rebels still hold Districts 1, 2 and 3.", {"District 1", "District 2", "District 3"}),
    # names that are no list of theirs
    (CONGO + "The rebels captured two villages and killed fighters from Burundi and Rwanda.", {"two villages"}),
    (CONGO + "The rebels captured three villages while Congo, Rwanda and Burundi talked.", {"three villages"}),
    (CONGO + "The rebels captured three villages.", {"three villages"}),
]


@pytest.mark.parametrize(("text", "places"), LISTS, ids=[text.split("\n\n")[1] for text, _ in LISTS])
def test_each_place_of_a_list_is_taken(text: str, places: set[str]) -> None:
    """One claim for each place that is named; the plural itself only where none is."""
    assert {claim.place.name for claim in control(text + "\n", None)} == places


def test_a_name_joined_to_towns_is_a_town() -> None:
    """What no gazetteer has lies beside a town, and is no part of it."""
    found = control(CONGO + "The rebels captured Goma, Rutshuru and Bweremabo.\n", None)
    assert {claim.place.name: claim.place.kind.value for claim in found} == dict.fromkeys(
        ("Goma", "Rutshuru", "Bweremabo"), "settlement"
    )
