"""Who and where: what noun phrases and pronouns refer to inside a report."""

from typing import Any

import pytest
from reading.docs import claims_of, control, names_of, statements

from conflict_kg.model import ControlClaim, ControlKind, Extent, Mention, Place, PlaceKind, Status

DAY = "2012-04-03"  # a Tuesday


def _places(text: str) -> dict[str, Place]:
    found = (m.entity for m in claims_of(Mention, text, DAY) if isinstance(m.entity, Place))
    return {place.name: place for place in found}


def _last(text: str, published: str = DAY) -> ControlClaim:
    return max(control(text, published), key=lambda claim: claim.passage)


def _cases(rows: list[Any]) -> list[Any]:
    """Rows as parameters, each under its first column."""
    params = [row if hasattr(row, "marks") else pytest.param(*row) for row in rows]
    return [pytest.param(*p.values[1:], id=str(p.values[0]), marks=p.marks) for p in params]


# what it shows, the text, the place of its last control claim
WHERE: list[Any] = [
    ("the city", "Ansar Dine fighters entered Gao at dawn. They seized the city by noon.", "Gao"),
    ("the town", "Shells hit Gao on Sunday. Ansar Dine captured the town on Monday.", "Gao"),
    (
        "back to the main place",
        "Fighting went on in Gao. Trucks came to Gao from Kidal. Ansar Dine captured the city of Gao on Monday.",
        "Gao",
    ),
    ("apposition", "Gao, the largest town of the north, fell to Ansar Dine.", "Gao"),
    ("the city of", "Ansar Dine captured the northern city of Gao.", "Gao"),
    ("it", "Ansar Dine attacked Gao on Sunday and captured it on Monday.", "Gao"),
    (
        "the area of a district",
        "Shells hit the Sanfil district of Gao. Ansar Dine captured the area on Monday.",
        "Sanfil",
    ),
    (
        "the area of a site that is taken",
        "Ansar Dine tried to capture the Sanfil barracks in Gao. They seized the area on Monday.",
        "Sanfil barracks",
    ),
    (
        "the area is no site where something happened",
        "A bomb hit the Sanfil hotel in Gao. Ansar Dine seized the area on Monday.",
        "Gao",
    ),
    ("it of a place named as one", "Ansar Dine entered Gao on Sunday and captured it on Monday.", "Gao"),
    (
        "a landmark is not meant by the city",
        "Soldiers in Gao, 320 kilometres east of Timbuktu, fled. Ansar Dine captured the city on Monday.",
        "Gao",
    ),
]


@pytest.mark.parametrize(("text", "place"), _cases(WHERE))
def test_mentions_place_of_a_change(text: str, place: str) -> None:
    """Phrases and pronouns find the place that was named."""
    assert _last(text).place.name == place


# what it shows, the text, the winner of its last control claim
WHO: list[Any] = [
    ("they", "Ansar Dine fighters entered Gao at dawn. They seized the city by noon.", "ansar-dine"),
    ("the militants", "Ansar Dine attacked Gao on Sunday. The militants captured the city on Monday.", "ansar-dine"),
    ("its fighters", "Ansar Dine said on Monday that its fighters had captured Gao.", "ansar-dine"),
    ("the group", "Ansar Dine attacked Gao on Sunday. The group captured the city on Monday.", "ansar-dine"),
    pytest.param(
        "apposition",
        "The Islamist group Ansar Dine captured Gao on Monday.",
        "ansar-dine",
    ),
    pytest.param(
        "fighters of",
        "Fighters of Ansar Dine captured Gao on Monday.",
        "ansar-dine",
    ),
]


@pytest.mark.parametrize(("text", "winner"), _cases(WHO))
def test_mentions_party_of_a_change(text: str, winner: str) -> None:
    """A common noun or pronoun is the group that was named."""
    assert [a.id for a in _last(text).winners] == [winner]


def test_mentions_he_is_the_man_named_before() -> None:
    """A pronoun of the third person is the last man who spoke or acted."""
    said = statements("Moussa Traore met Amadou Keita in Gao. He said the army had left.", DAY)
    assert [a.name for a in said[-1].according_to] == ["Moussa Traore"]


def test_mentions_last_name_is_the_full_name() -> None:
    """A person is one actor under the fullest name that the report has."""
    text = "Moussa Traore, a teacher, said the army had left Gao. Traore said the market was closed."
    assert {a.name for s in statements(text, DAY) for a in s.according_to} == {"Moussa Traore"}
    assert "Traore" not in names_of(text, DAY)


def test_mentions_unnamed_militants_stay_open() -> None:
    """Without a group named before, "the militants" are themselves and forced onto no group."""
    claims = control("The militants captured Gao on Monday.", DAY)
    assert [(a.name, a.linked) for claim in claims for a in claim.winners] == [("The militants", False)]


# the words of the place, the text, its kind
PARTS: list[Any] = [
    ("Salaheddine district", "Rebels captured the Salaheddine district of Aleppo on Monday.", PlaceKind.PART),
    ("army base", "Rebels captured the army base in Aleppo on Monday.", PlaceKind.SITE),
    pytest.param(
        "outskirts of Aleppo",
        "Rebels captured the outskirts of Aleppo on Monday.",
        PlaceKind.PART,
    ),
    ("airport", "Rebels captured the airport of Aleppo on Monday.", PlaceKind.SITE),
]


@pytest.mark.parametrize(("words", "text", "kind"), PARTS)
def test_mentions_part_is_a_place_of_its_own(words: str, text: str, kind: PlaceKind) -> None:
    """A district, base or gate is a place located in the city; the city itself does not change hands."""
    claims = control(text, DAY)
    assert len(claims) == 1
    assert (claims[0].place.kind, claims[0].extent) == (kind, Extent.FULL)
    assert words.partition(" ")[0] in claims[0].place.name
    assert claims[0].place.located_in == _places(text)["Aleppo"].id


def test_mentions_two_bases_are_two_places() -> None:
    """Things of one name in two cities are told apart by where they are."""
    found = control(
        "Rebels captured the airport in Aleppo on Sunday. They captured the airport in Homs on Monday.", DAY
    )
    assert len({claim.place.id for claim in found}) == 2


@pytest.mark.parametrize("share", ["parts of", "most of", "half of", "some districts of"])
def test_mentions_unnamed_share_is_the_place_in_part(share: str) -> None:
    """What has no name of its own is the place, to an extent that is partial."""
    claims = control(f"Rebels captured {share} Aleppo on Monday.", DAY)
    assert [(c.place.name, c.extent) for c in claims] == [("Aleppo", Extent.PARTIAL)]


def test_mentions_caption_is_read_apart() -> None:
    """What only a caption names is not what the body's next phrase means."""
    text = (
        "Ansar Dine attacked Gao on Sunday.\n\n(Photo: soldiers in Bamako, Mali. AP)\n\n"
        "The militants captured the city on Monday.\n"
    )
    assert {claim.place.name for claim in control(text, DAY)} == {"Gao"}


def test_mentions_each_actor_and_place_has_one() -> None:
    """One mention for each, at its fullest, though it is named three times; pronouns are none."""
    text = "Ansar Dine captured Gao. Gao is in the north. It fell to Ansar Dine in a day."
    found = claims_of(Mention, text, DAY)
    assert sorted(m.entity.name for m in found) == ["Ansar Dine", "Gao"]
    assert all(m.passage.quote == m.entity.name for m in found)


def test_mentions_a_group_without_a_name_stays_one() -> None:
    """“Rebels”, then “the rebels” and “rebel-held”."""
    text = "Rebels captured Goma. Troops took Sake from the rebels. An airstrike hit the rebel-held town of Bukavu."
    ids = {c.place.name: {a.id for a in (*c.winners, *c.losers)} for c in control(text, "2025-01-31")}
    assert ids["Goma"] == ids["Bukavu"] < ids["Sake"]


@pytest.mark.parametrize(
    ("text", "name", "located_in"),
    [
        ("Ansar Dine fled from Gao to Ouatagouna, nearly 12 miles south of Gao.", "Ouatagouna", "Gao"),
        ("Soldiers in Gao took the village of Tessit, west of Gao.", "Tessit", "Gao"),
    ],
)
def test_mentions_place_told_beside_another_is_not_in_it(text: str, name: str, located_in: str) -> None:
    """Miles south of a town is near it, in the province around it."""
    found = _places(text)
    assert found[name].located_in != found[located_in].id
    assert found[name].country == "ML"


def test_mentions_name_of_a_thing_is_no_place() -> None:
    """A bridge's name is neither a place of its own nor a hint at the country where a town bears it."""
    found = _places("Ansar Dine fighters in Gao seized the Castello bridge and the Muna hotel on Monday.")
    assert found.keys() >= {"Gao", "Castello bridge"}
    assert not found.keys() & {"Castello", "Muna"}
    assert {place.country for place in found.values()} == {"ML"}


def test_mentions_neighbour_behind_a_border_is_not_the_scene() -> None:
    """The army is that of the country where the town lies."""
    claim = _last("The army captured Qusayr, near the border with Lebanon, on Monday.", "2013-06-05")
    assert claim.winners[0].id == "sy-army"


@pytest.mark.parametrize(
    ("text", "winner"),
    [
        ("Soldiers loyal to Riek Machar captured Bor on Monday.", "splm-in-opposition"),
        ("Troops loyal to President Salva Kiir captured Bor on Monday.", "ss-forces"),
        ("Masoud Barzani said on Monday that his forces had captured Sinjar.", "peshmerga"),
    ],
)
def test_mentions_side_of_forces_is_that_of_whom_they_follow(text: str, winner: str) -> None:
    """Whatever country's soldiers they are; a government's are its forces."""
    assert _last(text, "2014-12-20").winners[0].id == winner


def test_mentions_side_of_a_town_is_a_part_of_it() -> None:
    """What was taken is not the whole town; where something happened still is."""
    claim = _last("Ansar Dine captured western Gao on Monday.")
    assert (claim.place.name, claim.place.kind) == ("western Gao", PlaceKind.PART)
    assert "Gao" in _places("Ansar Dine attacked soldiers in western Gao on Monday.")


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("IS Claims Attack In Sirte. Residents fled.", "islamic-state"),
        ("IS is moving on Sirte, residents said.", "islamic-state"),
        ("WHO says the hospital in Sirte was hit.", "who"),
        ("The site was sealed. SITE, which watches them, said so in Sirte.", "site-intelligence"),
        ("AU Urges Calm In Khartoum. The army agreed.", "african-union"),
    ],
)
def test_mentions_name_that_is_a_word_goes_by_what_stands_beside_it(text: str, id: str) -> None:
    """In headlines and in running text."""
    assert id in {m.entity.id for m in claims_of(Mention, text, DAY)}


@pytest.mark.parametrize(
    "text",
    ["It is true, IT workers in Sirte said.", "They told us in Sirte to leave.", "Who holds Sirte is unclear."],
)
def test_mentions_word_that_is_a_name_elsewhere_is_none_here(text: str) -> None:
    """A verb, a pronoun and a question name nobody."""
    assert not {m.entity.id for m in claims_of(Mention, text, DAY)} & {"islamic-state", "geonames-6252001", "who"}


def test_mentions_last_name_leads_to_the_person_of_the_lexicon() -> None:
    """Whom the report names in full elsewhere."""
    text = "Jabbar Yawar spoke in Sinjar on Monday. “The town is quiet,” Yawar said."
    people = {m.entity.id for m in claims_of(Mention, text, DAY) if "awar" in m.entity.name}
    assert people == {"jabbar-yawar"}


def test_mentions_half_behind_a_number_is_no_place() -> None:
    """“Two and a half years” has no part of a town in it; "the southern half of the town" has."""
    assert set(_places("Ansar Dine held Gao for two and a half years.")) == {"Gao"}
    assert _last("Ansar Dine captured the southern half of Gao.").extent is Extent.PARTIAL


def test_mentions_body_with_an_article_is_no_group_named_before() -> None:
    """“A rights group” is not the armed group that the report names; what a group is said to be is that group."""
    text = "Ansar Dine fighters left Gao. A rights group said that Gao was calm."
    assert [s.according_to[0].name for s in statements(text, DAY)] == ["A rights group"]
    (claim,) = control("Ansar Dine is a militant group that holds Gao.", DAY)
    assert [winner.name for winner in claim.winners] == ["Ansar Dine"]


def test_mentions_possessive_without_its_apostrophe_is_of_the_place() -> None:
    """Reports that lost their punctuation have "Malis army"; that is no place of its own."""
    found = _places("Ansar Dine captured Gao in Mali. Malis president spoke of Gaos fall.")
    assert set(found) <= {"Gao", "Mali"}


def test_mentions_areas_of_a_country_are_not_all_of_it() -> None:
    """Whoever leaves some areas of a country does not leave the country."""
    (claim,) = control("Soldiers pulled out of the Tuareg areas of Mali.", DAY)
    assert (claim.place.name, claim.extent) == ("Mali", Extent.PARTIAL)


@pytest.mark.parametrize("text", ["The army accused Ansar Dine of taking sides.", "Nato took command of the mission."])
def test_mentions_sides_and_command_are_no_places(text: str) -> None:
    """Whoever takes sides, or takes over a command, takes no ground."""
    assert not control(f"Ansar Dine fought the army near Gao in Mali. {text}", DAY)


def test_mentions_province_of_is_the_province() -> None:
    """“The province of X” is no town of that name."""
    found = _places("Syrian rebels held the city of Idlib. They took the province of Idlib.")
    assert {"Idlib", "Idlib province"} <= set(found)


def test_mentions_what_came_of_it_happened() -> None:
    """“Only to lose it again” and “went on to” tell what happened; “it” is the place that is taken back."""
    text = "Ansar Dine held Gao. The army took it back in May only to lose it again in June to Ansar Dine."
    told = [(claim.kind, claim.status) for claim in control(text, DAY)]
    assert (ControlKind.RECAPTURE, Status.ASSERTED) in told
    assert (ControlKind.LOSS, Status.ASSERTED) in told
