"""Who is meant by the words for a side: the group named before, a counted band of it, its leader, its own acronym."""

import pytest
from reading.docs import control

# text, place, the winner's id, or their name where no lexicon has them
TOLD = [
    # counted
    ("A group of 40 Taliban fighters captured Kunduz in Afghanistan.", "Kunduz", "taliban"),
    ("A band of about 200 Taliban militants overran Kunduz in Afghanistan.", "Kunduz", "taliban"),
    ("A column of 300 UNITA fighters seized Kuito in Angola.", "Kuito", "unita"),
    ("Elements of the Sri Lankan army captured Jaffna on Friday.", "Jaffna", "lk-army"),
    # called so before
    (
        "The Movement for the Defence of the Hills was founded in April. The movement seized Menaka in Mali.",
        "Menaka", "Movement for the Defence of the Hills",
    ),
    ("Seleka rebels shelled the outskirts. The insurgents captured Bambari in the Central African Republic.",
     "Bambari", "seleka"),
    ("Rwandan troops crossed the border. The troops captured Rutshuru in Congo on Sunday.", "Rutshuru", "rw-forces"),
    # by an acronym of the report's own
    (
        "The Congolese Liberation Army (CLA) said it was ready to talk. On Monday the CLA captured Rutshuru.",
        "Rutshuru", "Congolese Liberation Army",
    ),
    (
        "The Union of Highland Farmers (UFM) said it was ready to talk. On Monday the UFM captured Rutshuru in Congo.",
        "Rutshuru", "Union of Highland Farmers",
    ),
    # a leader and his men
    ("Khalifa Haftar seized Sirte in Libya on Monday.", "Sirte", "libyan-national-army"),
    ("Maulana Fazlullah went on the radio. His followers captured Mingora in Pakistan.", "Mingora",
     "pakistani-taliban"),
    ("General Mladic entered the town with his officers. His troops captured Zepa in Bosnia.", "Zepa",
     "bosnian-serb-army"),
    # a country's rebels, called so once
    (
        "Libyan rebels fought forces loyal to Gaddafi near Zintan. Gaddafi's forces fled. The rebels captured Yefren.",
        "Yefren", "libyan-rebels",
    ),
    # an army of another country, called federal afterwards
    (
        "The Yugoslav army shelled Vinkovci in Croatia for a week. The federal army captured Ilok on Thursday.",
        "Ilok", "yugoslav-army",
    ),
    # who governs is no rebel
    ("The Kachin Independence Army attacked Bhamo in Myanmar. On Sunday the junta captured Momauk.", "Momauk",
     "mm-government"),
    # a capital that acts
    ("Eritrea said nothing. Addis Ababa announced the capture of Senafe on Friday.", "Senafe",
     "et-government"),
    # soldiers who mutinied
    ("Mutinous soldiers under Captain Jean Moke captured Bukavu in Congo.", "Bukavu",
     "Mutinous soldiers under Captain Jean Moke"),
    # whose they are by who speaks
    (
        "An officer met the envoy of Liberia. The LURD rebels said that their men had captured Tubmanburg.",
        "Tubmanburg", "lurd",
    ),
    # a people in this war, a country's forces by their own name
    ("On Friday the town of Zumar in Iraq fell to the Kurds.", "Zumar", "peshmerga"),
    ("The Ethiopian National Defense Forces have taken Adigrat in Ethiopia.", "Adigrat", "et-forces"),
    # beside their name
    (
        "The Movement for Wells and Roads, a coalition of three groups, split in May. It captured Abeche in Chad.",
        "Abeche", "Movement for Wells and Roads",
    ),
    # somebody else of a known name
    ("Rebels led by Laurent Kabila captured Lubumbashi in Congo.", "Lubumbashi", "Rebels led by Laurent Kabila"),
    # a people's forces in another country's war
    ("Serb forces shelled the town. The Serbs captured Knin in Croatia in 1991.", "Knin", "krajina-serb-army"),
    ("The Serbs captured Srebrenica in Bosnia in July.", "Srebrenica", "bosnian-serb-army"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "winner"), TOLD, ids=[case[0] for case in TOLD])
def test_party_is_who_the_words_mean(text: str, place: str, winner: str) -> None:
    """One capture, by the side that the words mean in this report."""
    found = [claim for claim in control(text, "2012-05-20") if claim.place.name == place]
    assert [[actor.id if actor.linked else actor.name for actor in claim.winners] for claim in found] == [[winner]]


# text, place, the winners' ids
TOGETHER = [
    ("Rwandan and Mozambican troops captured Palma in Mozambique.", "Palma", {"rw-forces", "mz-forces"}),
    ("Soldiers from Chad and Niger captured Damasak in Nigeria.", "Damasak", {"td-forces", "ne-forces"}),
    ("Government and Ethiopian troops captured Jowhar in Somalia.", "Jowhar", {"so-forces", "et-forces"}),
    ("French, Malian troops capture Gao", "Gao", {"fr-forces", "ml-forces"}),
    ("Afghan and NATO soldiers captured Kunduz in Afghanistan.", "Kunduz", {"af-forces", "nato"}),
    ("Iraqi Kurdish fighters captured Zumar in Iraq.", "Zumar", {"peshmerga"}),
]


@pytest.mark.parametrize(("text", "place", "winners"), TOGETHER, ids=[case[0] for case in TOGETHER])
def test_forces_of_several_countries_are_several_sides(text: str, place: str, winners: set[str]) -> None:
    """Under one noun there may be the forces of more than one side."""
    (claim,) = [claim for claim in control(text, "2012-05-20") if claim.place.name == place]
    assert {actor.id for actor in claim.winners} == winners
