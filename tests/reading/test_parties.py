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
    # a people's forces in another country's war
    ("Serb forces shelled the town. The Serbs captured Knin in Croatia in 1991.", "Knin", "krajina-serb-army"),
    ("The Serbs captured Srebrenica in Bosnia in July.", "Srebrenica", "bosnian-serb-army"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "winner"), TOLD, ids=[case[0] for case in TOLD])
def test_party_is_who_the_words_mean(text: str, place: str, winner: str) -> None:
    """One capture, by the side that the words mean in this report."""
    found = [claim for claim in control(text, "2012-05-20") if claim.place.name == place]
    assert [[actor.id if actor.linked else actor.name for actor in claim.winners] for claim in found] == [[winner]]
