"""Places: which one a name, "the city", "parts of", a district or a base means, and whether all of it."""

from dataclasses import replace

from conflict_kg.linking import gazetteer, lexicon, link_place
from conflict_kg.model import Extent, Place, PlaceKind
from conflict_kg.reading.clauses import antecedent, behind, children, complements, phrase, preposition
from conflict_kg.reading.discourse import (
    SIDES,
    Discourse,
    heads_phrase,
    is_capital,
    lately,
    modifiers,
    spoken_of,
)
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import acts, is_definite, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.sitenames import site_name

REMEMBERED = 80  # places among which "the city" is looked for
WHERE = {"in", "at", "inside", "near", "around", "outside", "across", "through"}
TAKING_PART = {"obj", "nsubj", "nsubj:pass", "obl", "ROOT"}  # what a sentence says something of, or has as its heading
INHABITANTS = {"town": 1_000_000, "village": 50_000, "hamlet": 5_000}
"""How many a place so called may have, with room for what grew since."""
BESIDE = 10  # tokens behind a name in which the place is looked for that it lies near
PARAGRAPH = 60  # tokens before a sentence in which the town is looked for that "the Chechen capital" means
CLOSE = 45  # tokens before a sentence, about two sentences, in which the thing is looked for that "the building" means
NEAR = 8  # tokens before a comma in which an apposition's place is looked for
Referent = tuple[Place, Extent]


def named_place(words: str, talk: Discourse, name: Name | None = None) -> Referent:
    """The place that a name means. One that the gazetteer lacks lies near the place that the words behind its ``name``
    tell ("al-Tash, 12 miles south of Ramadi"), else in the settlement spoken of; a state or region in its country.
    """
    words = " ".join(words.split())
    known = talk.parts.get(words.lower())
    if known is not None:
        return known, Extent.FULL
    if words in talk.towns:
        return talk.towns[words], Extent.FULL
    place = link_place(words, talk.setting)
    if not place.linked and words.endswith("s"):  # "Syrias Bashar al-Assad", without its apostrophe
        owner = link_place(words[:-1], talk.setting)
        place = owner if _is_near_at_hand(owner, talk) else place
    if not place.linked and place.kind is not PlaceKind.AREA:
        beside = _beside(name, talk) if name is not None else None
        place = link_place(words, talk.setting, within=beside or spoken_of(talk), near=beside is not None)
        talk.parts[words.lower()] = place
    return place, Extent.FULL


def _beside(name: Name, talk: Discourse) -> Place | None:
    """The place that the words behind a name put it near: ", nearly 12 miles south of Ramadi", "west of Goma"."""
    words, tells = nouns(), False
    for token in name.span.doc[name.span.end : min(name.span.end + BESIDE, name.span.sent.end)]:
        other = talk.names.get(token.i)
        if other is not None:
            place = link_place(other.span.text, talk.setting) if tells and other.label == "LOC" else None
            return place if place is not None and place.kind is PlaceKind.SETTLEMENT else None
        tells = tells or lemma(token) in words.direction | words.distance or token.lower_ in {"near", "outside"}
        if not (tells or token.pos_ in {"NUM", "ADV", "PUNCT", "DET", "ADP"}) or token.pos_ in {"VERB", "AUX", "CCONJ"}:
            return None
    return None


def side_of_town(name: Name, talk: Discourse) -> Referent | None:
    """The part of a town that "western Mosul", "central Aleppo" names, where something is done to it; of an area or a
    country it is a share. "In western Mosul" only tells where.
    """
    before = name.span.doc[name.span.start - 1] if name.span.start > name.span.sent.start else None
    if before is None or before.pos_ != "ADJ" or before.lower_ not in SIDES or preposition(name.root) in WHERE:
        return None
    own = link_place(f"{before.text} {name.span.text}", talk.setting)
    if own.linked:
        return own, Extent.FULL  # "Eastern Ghouta" is a name
    place = link_place(name.span.text, talk.setting)
    if not place.linked:
        return None
    if place.kind is not PlaceKind.SETTLEMENT:
        return place, Extent.PARTIAL
    return named_place(f"{before.text} {name.span.text}", talk, name)


def names_a_thing(name: Name, talk: Discourse) -> bool:
    """Whether a name is not that of a place but of the thing behind it: "Hantoob bridge", "Upper Nile state".

    "Mosul airport" has the name of a town in a country that the report is about.
    """
    head = name.root.head
    if name.root.dep_ != "compound" or head.i < name.span.end or not heads_phrase(head):
        return False
    if lemma(head) in nouns().area - {"area"}:
        return True
    things = nouns().site | nouns().part | nouns().taken
    place = link_place(name.span.text, talk.setting) if lemma(head) in things else None
    return place is not None and not _is_near_at_hand(place, talk)


def _is_near_at_hand(place: Place, talk: Discourse) -> bool:
    """Whether the gazetteer has the place in a country that the report hints at."""
    return place.linked and bool(talk.setting.country(place.country) or not talk.setting.countries)


def settlement(token: Token, talk: Discourse) -> Referent | None:
    """The place that "the city of Ramadi", "Anbar province", "Mosul city", "the northern city" means, if named."""
    for child in [*children(token, "appos", "flat"), *complements(token, "of")]:
        if lemma(token) == "capital" and child.dep_ == "nmod" and not children(token, "nmod:poss"):
            continue  # "the capital of Anbar", but "their de facto capital of Raqqa"
        name = talk.names.get(child.i)
        if name is not None and name.label in {"LOC", "ORG", "OTH", "PER"} and name.entry is None:
            words = name.span.text
            if lemma(token) in nouns().area - {"area"} and link_place(f"{words} {token.text}", talk.setting).linked:
                words = f"{words} {token.text}"  # "the rebel-held province of Idlib", where Idlib is a town, too
            place, extent = named_place(words, talk, name)
            some = token.tag_ == "NNS" and lemma(token) in nouns().share  # "the Kurdish areas of X" are not all of X
            return place, Extent.PARTIAL if some else extent
    inside = [talk.names[i] for i in range(*modifiers(token)) if i in talk.names]
    located = [name for name in inside if name.label == "LOC" and name.entry is None]
    if located and lemma(token) != "capital":
        words = located[-1].span.text
        known = named_place(words, talk)[0]
        if lemma(token) in nouns().settlement and known.kind is PlaceKind.COUNTRY:
            return _city_of(known, token, talk)
        if lemma(token) == "area":  # what lies about a town is spoken of by its name
            place, extent = named_place(words, talk)
            return replace(place, name=f"{words} {token.text}"), extent
        return named_place(f"{words} {token.text}" if lemma(token) in nouns().area else words, talk)
    if lemma(token) == "capital":
        return _capital(token, talk)
    if not is_definite(token) or _is_another(token):
        return None
    if lemma(token) == "area":
        return _last(token, talk)
    if lemma(token) in {"country", "state"}:
        wanted = {PlaceKind.COUNTRY}
    else:
        wanted = {PlaceKind.AREA} if lemma(token) in nouns().area else {PlaceKind.SETTLEMENT}
    before = _meant(token, wanted, talk)
    return (before, Extent.FULL) if before is not None else None


def is_the_place(token: Token) -> bool:
    """Whether "the place" means one spoken of, as "the town" does: where it is taken or held."""
    if lemma(token) != "place" or token.tag_ != "NN" or not is_definite(token):
        return False
    alone = token.i - modifiers(token)[0] == 1 and not children(token, "nmod", "acl", "acl:relcl")
    return alone and holds_place(token, weak=True)


def the_stronghold(token: Token, talk: Discourse) -> Referent | None:
    """What "the rebel stronghold" means: the one place that the sentence and those right before it speak of."""
    if lemma(token) not in nouns().seat or token.tag_ != "NN" or token.dep_ == "appos" or not is_definite(token):
        return None
    if children(token, "nmod", "nmod:poss", "acl", "acl:relcl", "appos", "flat") or not holds_place(token, weak=True):
        return None
    near = {p.id: p for t, p in talk.been if t.i >= token.sent.start - CLOSE and p.kind is not PlaceKind.COUNTRY}
    return (next(iter(near.values())), Extent.FULL) if len(near) == 1 else None


def there(token: Token, talk: Discourse) -> Referent | None:
    """What "from there" means: the town, or else the site, that the sentence or the one before told of last."""
    if token.dep_ != "obl" or preposition(token) not in {"from", "out of"}:
        return None
    first = token.doc[token.sent.start - 1].sent.start if token.sent.start else 0
    near = [place for t, place in talk.been[-REMEMBERED:] if t.i >= first and place.kind is not PlaceKind.COUNTRY]
    towns = [place for place in near if place.kind is PlaceKind.SETTLEMENT]
    return ((towns or near)[-1], Extent.FULL) if near else None


def _city_of(country: Place, token: Token, talk: Discourse) -> Referent | None:
    """What "the country's second city" means: the town of that country that "the city" would mean."""
    if token.tag_ != "NN":
        return None
    place = _meant(token, {PlaceKind.SETTLEMENT}, talk)
    return (place, Extent.FULL) if place is not None and place.country == country.country else None


def _last(token: Token, talk: Discourse) -> Referent | None:
    """What "the area" takes up: the town, the region or the district spoken of last, or a site that somebody takes.

    Of "the district of X" and X it is the district.
    """
    whole: Place | None = None
    for spoken, place in reversed(talk.been[-REMEMBERED:]):
        if whole is not None and place.located_in != whole.id:
            break
        taken = place.kind is PlaceKind.SITE and holds_place(spoken) and holds_place(token)
        part = place.kind is PlaceKind.PART and (lemma(spoken) in nouns().part or " " in place.name)
        if taken or part:
            return place, Extent.FULL
        if place.kind is PlaceKind.AREA or (place.kind is PlaceKind.SETTLEMENT and place.linked):
            whole = place
    whole = whole or talk.main
    return (whole, Extent.FULL) if whole is not None else None


def _is_another(token: Token) -> bool:
    """Whether the words mean no one place spoken of before: "the towns", "our city", "the area of …"."""
    ours = any(c.lower_ in nouns().we for _, c in token.links)
    told = any(preposition(c) in {"of", "between"} for _, c in token.links)
    return token.tag_ == "NNS" or ours or (told and lemma(token) in nouns().area)


def _meant(token: Token, wanted: set[PlaceKind], talk: Discourse) -> Place | None:
    """Which of the places spoken of "the city" is: one of the same sentence, else the main one, else the last."""
    beside = {link_place(talk.names[t.i].span.text, talk.setting).id for t in token.subtree if t.i in talk.names}
    beside |= {p.id for p in {p for _, p in talk.been[-REMEMBERED:]} | {talk.main} if p and _is_too_large(p, token)}
    spoken = [(t, p) for t, p in talk.been[-REMEMBERED:] if p.kind in wanted and p.id not in beside]
    near = [place for t, place in spoken if token.sent.start <= t.i < token.i and t.dep_ != "compound"]
    if near:
        return near[-1]
    before = token.doc[token.sent.start - 1].sent if token.sent.start else None
    around = [(t, p) for t, p in spoken if before is not None and before.start <= t.i < before.end]
    told = [p for t, p in around if _takes_part(t)]
    if len({p.id for p in told}) == 1 and talk.main not in told:
        return told[-1]
    main = talk.main if talk.main is not None and talk.main.id not in beside else None  # "the town, 60 km from X"
    if PlaceKind.SETTLEMENT in wanted and main is not None and (not spoken or main in lately(talk)):
        return main
    return spoken[-1][1] if spoken else None


def _takes_part(token: Token) -> bool:
    """Whether its sentence says something of a place, or of what is there: "attacked X", "shelled the port of X"."""
    while token.dep_ == "nmod" and preposition(token) in {"of", "in"} and not token.head.dep_.startswith("nsubj"):
        token = token.head
    return token.dep_ in TAKING_PART and preposition(token) not in {"from", "near", "outside"}


def _is_too_large(place: Place, token: Token) -> bool:
    """Whether nobody calls a place a town or a village: it is a capital, or has too many inhabitants."""
    most = INHABITANTS.get(lemma(token))
    entry = gazetteer().entry(place.id) if most is not None else None
    return entry is not None and most is not None and (entry.population > most or is_capital(place))


def called(token: Token, talk: Discourse) -> Referent | None:
    """The place that "the district of X", "the suburb of X" names: X itself, which the words only say what it is."""
    if lemma(token) not in nouns().called or not is_definite(token) or token.tag_ != "NN":
        return None
    inside = [talk.names[i] for i in range(*modifiers(token)) if i in talk.names]
    if inside and not (lemma(token) in nouns().seat and all(name.entry is not None for name in inside)):
        return None
    of = (talk.names.get(c.i) for c in complements(token, "of"))
    name = next((n for n in of if n is not None and n.entry is None), None)
    return named_place(name.span.text, talk, name) if name is not None else None


def _capital(token: Token, talk: Discourse) -> Referent | None:
    """The settlement of its area that "the provincial capital", "the capital of Anbar" means."""
    near = [talk.names[t.i] for t in token.subtree if t.i in talk.names]
    areas = [link_place(name.span.text, talk.setting) for name in near if name.label == "LOC"]
    if not any(area.linked for area in areas) and _is_of_a_region(token):
        lately = (p for t, p in reversed(talk.been) if t.i > token.sent.start - PARAGRAPH)
        town = next((p for p in lately if p.kind is PlaceKind.SETTLEMENT and not is_capital(p)), None)
        return (town, Extent.FULL) if town is not None else None
    if any(area.kind is PlaceKind.SETTLEMENT for area in areas):
        return None
    provinces = {area.id for area in areas if area.kind is PlaceKind.AREA}
    regional = any(c.lower_ in {"provincial", "regional", "district"} for c in token.children)
    if not provinces and not regional:
        return _national_capital(token, talk)
    spoken = [*(p for _, p in reversed(talk.been)), *([talk.main] if talk.main else [])]
    fits = [p for p in spoken if p.kind is PlaceKind.SETTLEMENT and (not provinces or p.located_in in provinces)]
    best = talk.main if talk.main in fits else next(iter(fits), None)
    return (best, Extent.FULL) if best is not None else None


def _is_of_a_region(token: Token) -> bool:
    """Whether a capital is told by an adjective that is no country's: "the Chechen capital"."""
    told = [c for _, c in token.links if c.i < token.i and c.pos_ in {"ADJ", "PROPN"} and c.text[:1].isupper()]
    return bool(told) and all(lexicon().demonym(c.text) is None for c in told)


def _national_capital(token: Token, talk: Discourse) -> Referent | None:
    """The capital of the country named before it or of the one that the report is about."""
    if not is_definite(token) or token.tag_ != "NN":
        return None
    people = (lexicon().demonym(c.text) for _, c in token.links if c.i < token.i)
    country = next(filter(None, people), talk.setting.main_country)
    if any(c.tag_ == "NNPS" or acts(c) for c in complements(token, "of")):  # "the capital of the rebel Serbs"
        return (talk.main, Extent.FULL) if talk.main is not None else None
    capitals = lexicon().countries[country].capitals if country is not None else ()
    return (link_place(capitals[0], talk.setting), Extent.FULL) if capitals else None


def share(token: Token, talk: Discourse) -> Referent | None:
    """The place behind "parts of al-Tash", "a third of the country", "ground east of the city": in part."""
    if not (lemma(token) in nouns().share or lemma(token) in nouns().whole or token.tag_ == "CD"):
        return None
    before = {talk.names[i] for i in range(modifiers(token)[0], token.i) if i in talk.names}
    if any(_is_its_own(name, talk) for name in before):
        return None
    if _is_side(token) and not complements(token, "of"):
        spoken = talk.been[-1] if talk.been and talk.been[-1][0].i > token.sent.start - PARAGRAPH else None
        whole = spoken[1] if spoken is not None and spoken[1].kind is not PlaceKind.COUNTRY else None
        return (whole, Extent.PARTIAL) if whole is not None else None
    directions = (adverb for adverb in children(token, "advmod") if lemma(adverb) in nouns().direction)
    beside = [child for adverb in directions for child in children(adverb, "obl")]
    own = complements(token, "of")  # before "…, south of the city"
    rest = children(token, "nmod", "obl") if own else behind(token)
    for child in [*own, *beside, *rest]:
        a_thing_in_it = preposition(child) != "of" and token.tag_ == "NN" and lemma(token) in nouns().site
        at = preposition(child) == "at" and lemma(token) == "ground"  # "the high ground at X"
        if (at or preposition(child) in {"of", "in", "inside", "around", "across"}) and not a_thing_in_it:
            whole = _whole(antecedent(child), talk)  # "X, most of which"
            if whole is None:
                continue
            a_town_in_it = whole.kind is PlaceKind.COUNTRY and lemma(token) in nouns().settlement
            extent = Extent.FULL if lemma(token) in nouns().whole else Extent.PARTIAL
            return None if a_town_in_it else (whole, extent)
    return None


def _is_side(token: Token) -> bool:
    """Whether a share is a side of something told before: "the southern part had been lost"."""
    side = any(c.lower_ in SIDES for c in children(token, "amod"))
    return side and lemma(token) in {"part", "half"} and is_definite(token) and holds_place(token, weak=True)


def _is_its_own(name: Name, talk: Discourse) -> bool:
    """Whether the name before a part is the part's: "the Malaab district of Ramadi", not "the Aleppo suburb of X"."""
    return name.label == "LOC" and not _is_near_at_hand(link_place(name.span.text, talk.setting), talk)


def _whole(token: Token, talk: Discourse) -> Place | None:
    """What a share is a share of."""
    name = talk.names.get(token.i)
    if name is not None and lexicon().demonym(name.span.text) is not None and token.tag_ == "NNPS":
        return None  # "dozens of Kenyans"
    if name is not None and lemma(name.root) in nouns().site:
        return site(name.root, talk)
    if name is not None and name.entry is None:
        return named_place(name.span.text, talk)[0]
    referent = settlement(token, talk) if lemma(token) in nouns().settlement | nouns().area else None
    if referent is None and lemma(token) in nouns().share:
        referent = share(token, talk)  # "ground across large parts of X"
    if referent is None and lemma(token) in nouns().part:
        referent = _behind(token, talk)
    if referent is None and lemma(token) in nouns().part | nouns().site | nouns().taken and is_definite(token):
        return site(token, talk)  # "ground in its southern districts", "most of the lakeside"
    return referent[0] if referent is not None else None


def site(token: Token, talk: Discourse) -> Place:
    """A part of a settlement or a thing in it as a place of its own: "the Malaab district", "the army base"."""
    inside = [talk.names[i] for i in range(*modifiers(token)) if i in talk.names]
    words = _site_name(token, talk)
    within, near = _container(token, talk)
    is_part = lemma(token) in nouns().part
    if is_part and inside and inside[-1].label in {"LOC", "OTH", "ORG", "PER"}:
        words = inside[-1].span.text
        linked = link_place(words, talk.setting)
        if linked.linked and within is not None and linked.id == within.id:
            words = _site_name(token, talk)
    key = " ".join(words.split()).lower()
    told = within is not None and within is not spoken_of(talk)  # "the airport in X": not the airport of before
    known = None if told and " " not in key else talk.parts.get(key)
    if known is None and not told and " " not in key:
        known = _site_before(token, talk)
    if known is None:
        kind = PlaceKind.PART if is_part else PlaceKind.SITE
        known = link_place(" ".join(words.split()), talk.setting, within=within, kind=kind, near=near)
        talk.parts[key] = known
    return known


def _site_before(token: Token, talk: Discourse) -> Place | None:
    """What "the base", "the complex" alone means: the last such thing that was spoken of."""
    if not is_definite(token):
        return None
    alike = {lemma(token)} | next((group for group in nouns().same_site if lemma(token) in group), frozenset())
    made = [(t, p) for t, p in reversed(talk.been)]
    alone = (
        token.tag_ == "NN" and token.i - modifiers(token)[0] == 1
    )  # "the pocket", of "the Zepa pocket", which is Zepa
    if alone and lemma(token) == "building" and not children(token, "nmod:poss"):
        near = (p for t, p in made if t.i > token.sent.start - CLOSE and p.kind is PlaceKind.SITE)
        return next((p for p in near if nouns().building & set(p.name.lower().split())), None)
    same = (p for t, p in made if alone and t.tag_ == "NN" and lemma(t) == lemma(token))
    parts = (p for _, p in made if p.kind in {PlaceKind.SITE, PlaceKind.PART} and alike & set(p.name.lower().split()))
    return next(same, None) or next(parts, None)


def _site_name(token: Token, talk: Discourse) -> str:
    def town(of: Token) -> Place | None:
        known = settlement(of, talk) if lemma(of) in nouns().settlement and of.i not in talk.names else None
        return known[0] if known is not None else None

    return site_name(token, talk, town)


def _container(token: Token, talk: Discourse) -> tuple[Place | None, bool]:
    """The place that the words put it in (or near); else the settlement spoken of."""
    for child in [*children(token, "nmod:poss", "compound", "appos"), *behind(token)]:
        referent = talk.places.get(child.i)
        name = talk.names.get(child.i)
        if name is not None and child.dep_ == "compound" and _is_its_own(name, talk):
            continue
        if referent is None and name is not None and name.label == "LOC":
            referent = named_place(name.span.text, talk)
        if referent is None and lemma(child) in nouns().settlement | nouns().part and child.i > token.i:
            referent = settlement(child, talk) if lemma(child) in nouns().settlement else _behind(child, talk)
        if referent is not None and referent[0].kind in {PlaceKind.SETTLEMENT, PlaceKind.AREA, PlaceKind.PART}:
            near = preposition(child) in {"near", "outside", "close to", "around"} or lemma(child) == "outskirts"
            return referent[0], near
    return spoken_of(talk), False


def _behind(token: Token, talk: Discourse) -> Referent | None:
    """What "the outskirts of X" lies at."""
    for child in children(token, "nmod"):
        name = talk.names.get(child.i)
        if name is not None and name.label == "LOC":
            return named_place(name.span.text, talk)
        if lemma(child) in nouns().settlement:
            return settlement(child, talk)
    return None


def again(token: Token, talk: Discourse) -> bool:
    """Record an apposition, which names its place once more ("the Malaab district in Ramadi, a pocket of the city").

    Where the parse hangs it elsewhere, what stands between commas right behind a place is an apposition too.
    """
    host = _apposed_to(token, talk)
    if host is None:
        return False
    talk.places[token.i] = host
    talk.parts[_site_name(token, talk).lower()] = host[0]
    return True


def _apposed_to(token: Token, talk: Discourse) -> Referent | None:
    head = token.head
    if token.dep_ == "appos" and head.i in talk.places:
        if lemma(token) in nouns().part | nouns().site and head.head.i in talk.places and head.dep_ == "nmod":
            head = head.head  # "the district in southern Ramadi, a pocket …" speaks of the district
        return talk.places[head.i]
    first, _ = phrase(token)
    opened = first > 0 and token.doc[first - 1].text == "," and token.doc[first].pos_ == "DET"
    if token.dep_ == "conj" or not opened or not (lemma(token) in nouns().part or lemma(token) in nouns().site):
        return None
    near = [i for i in talk.places if first - NEAR <= i < first]
    behind = [i for i in near if phrase(token.doc[i])[1] == first - 1]
    parts = [i for i in near if talk.places[i][0].kind in {PlaceKind.PART, PlaceKind.SITE}]
    return talk.places[max(parts or behind)] if behind else None
