"""The five seed reports, read by hand, give what the design's table says about control and casualties."""

from functools import cache

from account_claims import actor, clash, control, harmed, on_day, place, report, shape, since, standing, until

from conflict_kg.account import derive
from conflict_kg.model import Account, ActorKind, CasualtyRange, Claim, ControlClaim, ControlKind, PlaceKind, Status

GOVERNMENT = "iraqi-government"
IS = actor("islamic-state")
FORCES = actor("iraqi-forces", GOVERNMENT)
ARMY = actor("iraqi-army", GOVERNMENT)
HASHD = actor("hashd-al-shaabi", GOVERNMENT)
KURDS = actor("kurdish-fighters")
SYRIA = actor("syrian-government")
HAIMOUR = actor("muhannad-haimour", GOVERNMENT, ActorKind.PERSON)
MINISTRY = actor("iraqi-ministry-of-defence", GOVERNMENT)
POLICE = actor("police-sources", GOVERNMENT, ActorKind.UNNAMED)
SECURITY = actor("anbar-security-source", GOVERNMENT, ActorKind.UNNAMED)
EXPERT = actor("gareth-stansfield")
UN, IOM, STATE_TV, ACTIVISTS = (
    actor("un"),
    actor("iom"),
    actor("syrian-state-tv", "syrian-government"),
    actor("activists"),
)

RAMADI, TIKRIT, FALLUJAH = place("ramadi", "anbar"), place("tikrit"), place("fallujah", "anbar")
MOSUL, BAIJI, SAMARRA, BAGHDAD, PALMYRA = (place(id) for id in ("mosul", "baiji", "samarra", "baghdad", "palmyra"))
MALAAB, CENTRE = (place(id, "ramadi", PlaceKind.PART) for id in ("malaab", "ramadi-centre"))
OPERATION_COMMAND = place("anbar-operation-command", "ramadi", PlaceKind.SITE)
HEADQUARTERS = place("main-government-headquarters", "ramadi", PlaceKind.SITE)
COMPOUND = place("former-government-compound", "ramadi", PlaceKind.SITE)
BRIGADE = place("8th-brigade-base", "ramadi", PlaceKind.SITE)
AL_TASH = place("al-tash", "anbar")
RAMADI_AREA = place("ramadi-area", "anbar", PlaceKind.AREA)
PLACES = {
    each.id: each
    for each in (RAMADI, MALAAB, CENTRE, OPERATION_COMMAND, HEADQUARTERS, COMPOUND, BRIGADE, AL_TASH, RAMADI_AREA)
}
MAY_18, MAY_26, DECEMBER_28 = "2015-05-18", "2015-05-26", "2015-12-28"


def _report_000() -> list[Claim]:
    return report(
        "000",
        MAY_18,
        control("capture", RAMADI, by=IS, of=FORCES, on="2015-05-17"),
        control("capture", RAMADI, by=IS, on=("2015-05-16", "2015-05-17"), says=HAIMOUR),
        control("holds", RAMADI, by=IS, says=IS),
        control("capture", MALAAB, by=IS, of=FORCES, on="2015-05-17"),
        control("withdrawal", MALAAB, of=FORCES, on="2015-05-17"),
        control("capture", OPERATION_COMMAND, by=IS, of=FORCES, on=("2015-05-16", "2015-05-17"), says=HAIMOUR),
        control("capture", HEADQUARTERS, by=IS, of=FORCES, on=("2015-05-10", "2015-05-16")),
        control("recapture", RAMADI, by=FORCES, of=IS, says=actor("john-kerry", "us"), status="expected"),
        harmed(
            "killed",
            "civilians and Iraqi soldiers",
            best=500,
            where=RAMADI,
            says=HAIMOUR,
            on=("2015-05-15", "2015-05-18"),
        ),
        harmed("killed", "police officers", best=10, where=MALAAB, says=POLICE, on="2015-05-17"),
        harmed("killed", "soldiers", best=5, where=OPERATION_COMMAND, says=POLICE, on="2015-05-17"),
        harmed("displaced", "people", best=24000, where=RAMADI_AREA, says=IOM, on=("2015-05-15", "2015-05-18")),
    )


def _report_001() -> list[Claim]:
    return report(
        "001",
        MAY_18,
        control("capture", RAMADI, by=IS, of=FORCES, on="2015-05-17"),
        control("capture", RAMADI, by=IS, says=HAIMOUR),
        control("siege", RAMADI, by=IS, of=FORCES),
        control("holds", MALAAB, by=FORCES, says=POLICE),
        control("capture", MALAAB, by=IS, of=FORCES, on="2015-05-17"),
        control("holds", OPERATION_COMMAND, by=IS, says=IS),
        control("holds", BRIGADE, by=IS, says=IS),
        control("capture", HEADQUARTERS, by=IS, on=("2015-05-10", "2015-05-16")),
        control("holds", FALLUJAH, by=IS),
        control("holds", MOSUL, by=IS, says=EXPERT),
        control("holds", BAIJI, by=IS, says=EXPERT),
        clash(BAIJI, (FORCES, IS)),
        clash(SAMARRA, (IS, FORCES)),
        control("capture", TIKRIT, by=(FORCES, KURDS), of=IS),
        control("recapture", RAMADI, by=HASHD, of=IS, status="planned"),
        control("capture", BAGHDAD, by=IS, status="expected"),
        harmed("killed", "people", best=500, where=RAMADI, says=HAIMOUR, on=("2015-05-15", "2015-05-18")),
        harmed("displaced", "people", best=8000, where=RAMADI, says=HAIMOUR, on=("2015-05-15", "2015-05-18")),
        harmed(
            "displaced",
            "residents",
            high=114000,
            where=RAMADI,
            says=UN,
            on=("2015-04-01", "2015-04-30"),
            end=("2015-04-02", "2015-05-01"),
        ),
        harmed("killed", "police", low=10, where=MALAAB, says=POLICE, on="2015-05-17"),
        harmed("killed", "soldiers", low=5, where=OPERATION_COMMAND, says=POLICE, on="2015-05-17"),
    )


def _report_002() -> list[Claim]:
    return report(
        "002",
        MAY_26,
        control("capture", RAMADI, by=IS, of=FORCES, on=("2015-05-16", "2015-05-22")),
        control("recapture", RAMADI, by=(FORCES, HASHD), of=IS, status="planned"),
        control("recapture", AL_TASH, by=FORCES, of=IS, on="2015-05-25", says=POLICE, partial=True),
        control("siege", RAMADI, by=(FORCES, HASHD), of=IS, on=(None, MAY_26), says=MINISTRY),
        control("capture", PALMYRA, by=IS, of=SYRIA, on=("2015-05-16", MAY_26)),
        harmed("killed", "civilians", best=400, where=PALMYRA, says=STATE_TV, on=("2015-05-20", MAY_26)),
        harmed("killed", "troops and loyalists", high=300, where=PALMYRA, says=ACTIVISTS, on=("2015-05-20", MAY_26)),
    )


def _report_003() -> list[Claim]:
    return report(
        "003",
        DECEMBER_28,
        control("recapture", RAMADI, by=ARMY, of=IS, on=DECEMBER_28, says=ARMY),
        control("recapture", RAMADI, by=FORCES, of=IS, says=SECURITY, status="expected"),
        control("recapture", RAMADI, by=FORCES, of=IS, says=HAIMOUR, status="expected"),
        control("holds", CENTRE, by=FORCES, says=HAIMOUR),
        control("recapture", COMPOUND, by=FORCES, of=IS, on="2015-12-27"),
        control("recapture", COMPOUND, by=FORCES, on=("2015-12-27", DECEMBER_28), says=SECURITY),
        control("capture", COMPOUND, by=IS),
        control("capture", RAMADI, by=IS, on=("2015-05-01", "2015-05-31")),
        control("recapture", TIKRIT, by=FORCES, of=IS, on=("2015-04-01", "2015-04-30")),
        control("handover", RAMADI, by=actor("local-police"), of=FORCES, status="planned"),
        control("holds", MOSUL, by=IS),
        control("recapture", MOSUL, by=FORCES, of=IS, status="expected"),
    )


def _report_004() -> list[Claim]:
    return report(
        "004",
        MAY_18,
        control("capture", RAMADI, by=IS, of=FORCES, on="2015-05-17"),
        control("recapture", RAMADI, by=HASHD, of=IS, status="planned"),
        harmed(
            "killed",
            "civilians and Iraqi soldiers",
            low=500,
            where=RAMADI,
            says=HAIMOUR,
            on=("2015-05-15", "2015-05-18"),
        ),
        harmed("displaced", "people", best=8000, where=RAMADI, says=HAIMOUR, on=("2015-05-15", "2015-05-18")),
        harmed("killed", "police", low=10, where=MALAAB, says=POLICE, on="2015-05-17"),
        harmed("killed", "soldiers", low=5, where=OPERATION_COMMAND, says=POLICE, on="2015-05-17"),
        harmed(
            "displaced",
            "residents",
            high=114000,
            where=RAMADI,
            says=UN,
            on=("2015-04-01", "2015-04-30"),
            end=("2015-04-02", "2015-05-01"),
        ),
    )


def _claims() -> list[Claim]:
    return [*_report_000(), *_report_001(), *_report_002(), *_report_003(), *_report_004()]


@cache
def _account() -> Account:
    return derive(_claims(), PLACES)


def _ranges(harm: str, where: str) -> list[CasualtyRange]:
    found = [each for each in _account().ranges if each.harm == harm and each.place == where]
    return sorted(found, key=lambda each: (str(each.earliest), each.victims))


def test_seeds_ramadi_before_its_fall() -> None:
    """On 10 May the government holds Ramadi, inferred, and "in May" makes nobody else a holder."""
    found = on_day(_account(), RAMADI, "2015-05-10")

    assert shape(found) == [(GOVERNMENT, "held", "inferred")]
    assert until(found[0]) == ("2015-05-17", "2015-05-17")


def test_seeds_headquarters_fell_in_the_week_before() -> None:
    """The main government headquarters fell between 10 and 16 May, which is no fall of the city."""
    found = on_day(_account(), HEADQUARTERS, "2015-05-16")

    assert shape(found)[-1] == (IS.id, "held", "confirmed")
    assert since(found[-1]) == ("2015-05-10", "2015-05-16")


def test_seeds_malaab_was_a_pocket_under_government_control() -> None:
    """On 16 May the government holds Malaab; from the 17th on the Islamic State does."""
    assert shape(on_day(_account(), MALAAB, "2015-05-16")) == [(GOVERNMENT, "held", "claimed")]

    after = on_day(_account(), MALAAB, "2015-05-17")

    assert shape(after) == [(IS.id, "held", "confirmed")]
    assert since(after[0]) == ("2015-05-17", "2015-05-17")


def test_seeds_ramadi_after_its_fall() -> None:
    """On 20 May the Islamic State holds Ramadi since the 17th, confirmed; every report of the fall supports it."""
    found = on_day(_account(), RAMADI, "2015-05-20")

    assert shape(found) == [(IS.id, "held", "confirmed")]
    assert since(found[0]) == ("2015-05-17", "2015-05-17")
    captures = [
        claim.key
        for claim in _claims()
        if isinstance(claim, ControlClaim) and claim.place == RAMADI and claim.kind is ControlKind.CAPTURE
    ]
    assert set(captures) <= set(found[0].supporting)


def test_seeds_ramadi_besieged() -> None:
    """On 26 May the Islamic State is besieged in Ramadi and government forces have a part of al-Tash."""
    assert [p[:2] for p in shape(on_day(_account(), RAMADI, MAY_26))] == [(IS.id, "besieged")]

    al_tash = on_day(_account(), AL_TASH, MAY_26)

    assert (GOVERNMENT, "partly held", "claimed") in shape(al_tash)
    assert {since(p) for p in al_tash if p.holder == GOVERNMENT} == {("2015-05-25", "2015-05-25")}


def test_seeds_december_dispute() -> None:
    """On 28 December the army's claim of the city stands against two words that this is only expected."""
    found = on_day(_account(), RAMADI, DECEMBER_28)
    expected = {
        claim.key
        for claim in _report_003()
        if isinstance(claim, ControlClaim) and claim.status is Status.EXPECTED and claim.place == RAMADI
    }

    assert shape(found) == [(GOVERNMENT, "held", "claimed")]
    assert set(found[0].opposing) == expected
    assert len(expected) == 2
    assert shape(on_day(_account(), CENTRE, DECEMBER_28)) == [(GOVERNMENT, "held", "claimed")]
    compound = on_day(_account(), COMPOUND, DECEMBER_28)
    assert shape(compound) == [(GOVERNMENT, "held", "confirmed")]
    assert since(compound[0]) == ("2015-12-27", "2015-12-27")


def test_seeds_ramadi_in_february() -> None:
    """On 1 February 2016 Iraqi forces hold Ramadi, last known on 28 December."""
    found = on_day(_account(), RAMADI, "2016-02-01")

    assert [p.holder for p in found] == [GOVERNMENT]
    assert str(found[0].last_known) == DECEMBER_28


def test_seeds_headquarters_and_base() -> None:
    """The operation command fell on 16 or 17 May; of the brigade's base only the group says that it has it."""
    command = on_day(_account(), OPERATION_COMMAND, MAY_18)

    assert [p.holder for p in command] == [IS.id]
    assert since(command[0]) == ("2015-05-16", "2015-05-17")

    base = on_day(_account(), BRIGADE, MAY_18)

    assert shape(base) == [(IS.id, "held", "claimed")]
    assert since(base[0]) == (None, MAY_18)


def test_seeds_other_towns() -> None:
    """Tikrit was recaptured in April; Fallujah and Mosul are held, Baiji is contested."""
    tikrit = on_day(_account(), TIKRIT, MAY_18)

    assert shape(tikrit) == [(GOVERNMENT, "held", "confirmed")]
    assert since(tikrit[0]) == ("2015-04-01", "2015-04-30")
    assert shape(on_day(_account(), FALLUJAH, MAY_18)) == [(IS.id, "held", "confirmed")]
    assert shape(on_day(_account(), MOSUL, MAY_18)) == [(IS.id, "held", "confirmed")]
    assert shape(on_day(_account(), MOSUL, MAY_18, known_by=MAY_18)) == [(IS.id, "held", "claimed")]
    assert str(on_day(_account(), MOSUL, DECEMBER_28)[0].last_known) == DECEMBER_28
    assert {(p[0], p[1]) for p in shape(on_day(_account(), BAIJI, MAY_18))} == {
        (IS.id, "contested"),
        (GOVERNMENT, "contested"),
    }
    assert standing(_account(), SAMARRA) == []
    assert standing(_account(), BAGHDAD) == []


def test_seeds_palmyra_bounds() -> None:
    """Palmyra fell between 16 and 26 May; until then Syria's government held it, inferred."""
    before, after = standing(_account(), PALMYRA)

    assert shape([before, after]) == [("syrian-government", "held", "inferred"), (IS.id, "held", "confirmed")]
    assert since(after) == until(before) == ("2015-05-16", MAY_26)


def test_seeds_known_by() -> None:
    """From reports up to 26 May nobody but the Islamic State is known in Ramadi at new year; before any nothing is."""
    assert [p[0] for p in shape(on_day(_account(), RAMADI, "2016-01-01", known_by=MAY_26))] == [IS.id]
    assert on_day(_account(), RAMADI, "2015-05-20", known_by="2015-05-17") == []


def test_seeds_killed() -> None:
    """Five hundred were killed at Ramadi by one origin; police, soldiers and the dead of Palmyra stand apart."""
    (ramadi,) = _ranges("killed", "ramadi")
    assert (ramadi.victims, ramadi.low, ramadi.best, ramadi.high, ramadi.origins) == ("people", 500, 500, 500, 1)

    (police,) = _ranges("killed", "malaab")
    assert (police.victims, police.low, police.best) == ("police", 10, 10)

    (soldiers,) = _ranges("killed", "anbar-operation-command")
    assert (soldiers.victims, soldiers.low, soldiers.best) == ("soldiers", 5, 5)

    assert [(r.victims, r.low, r.best, r.high) for r in _ranges("killed", "palmyra")] == [
        ("civilians", 400, 400, 400),
        ("soldiers", None, None, 300),
    ]


def test_seeds_displaced() -> None:
    """Three figures for the displaced stay three."""
    april, may = _ranges("displaced", "ramadi")
    (area,) = _ranges("displaced", "ramadi-area")

    assert (april.high, may.best, area.best) == (114000, 8000, 24000)
