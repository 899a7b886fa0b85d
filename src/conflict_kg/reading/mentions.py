"""Who and where a report speaks of: the referent of each noun phrase that means an actor or a place.

Names are linked first; then phrases are read in order, so that "the city", "the militants" and "he" find
what was named before them. What cannot be resolved stays without a referent.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from conflict_kg.linking import Setting, lexicon, link_actor, link_place, setting
from conflict_kg.model import Actor, ActorKind, Extent, Place, PlaceKind
from conflict_kg.reading.clauses import children, is_shouted, phrase, preposition
from conflict_kg.reading.frames import holds_place
from conflict_kg.reading.names import Name, find_names
from conflict_kg.reading.nouns import is_definite, lemma, nouns

NEAR = 40  # tokens before the sentence of a pronoun in which a subject outweighs what was named later
RECENT = 8  # places; a report that returns to its main place within so many means it by "the city"
LOCATIVE = {"in", "at", "near", "from", "into", "around", "outside", "inside", "towards", "toward", "through", "across"}
BELLIGERENT = {ActorKind.ARMED_GROUP, ActorKind.STATE_FORCE, ActorKind.GOVERNMENT}
COLLECTIVE = BELLIGERENT | {ActorKind.ORGANIZATION, ActorKind.INTERNATIONAL, ActorKind.OUTLET, ActorKind.MONITOR}


@dataclass(frozen=True, slots=True)
class Mentions:
    """Referents by the index of the phrase's head token."""

    actors: Mapping[int, Actor]
    places: Mapping[int, tuple[Place, Extent]]
    spans: Mapping[int, tuple[int, int]]
    """The tokens of each mention, (first, last + 1)."""
    setting: Setting
    main: Place | None
    """The settlement that the report is about."""


@dataclass(slots=True)
class Discourse:
    """What has been spoken of so far, the latest last."""

    document: str
    setting: Setting
    names: Mapping[int, Name]
    persons: Mapping[str, str]
    """Last name -> fullest form in the report."""
    actors: dict[int, Actor] = field(default_factory=dict)
    places: dict[int, tuple[Place, Extent]] = field(default_factory=dict)
    said: list[tuple[Token, Actor]] = field(default_factory=list)
    groups: Mapping[str, int] = field(default_factory=dict)
    """How often the report names each armed group of the lexicon."""
    been: list[Place] = field(default_factory=list)
    parts: dict[str, Place] = field(default_factory=dict)
    """Places made from the text, by their name in lower case."""
    main: Place | None = None


def find_mentions(doc: Doc, document: str, apart: Collection[int] = ()) -> Mentions:
    """Every actor and place that the noun phrases of a parsed report refer to.

    Args:
        doc: the whole report.
        document: ``Report.id``; unnamed sources are told apart by it.
        apart: indices of tokens that stand between (captions): read last, so that the body does not refer to them.
    """
    names = find_names(doc, lexicon())
    located = [name.span.text for name in names if name.label == "LOC"]
    where = setting(located, [token.text for token in doc if token.pos_ in {"PROPN", "ADJ"}])
    by_token = {token.i: name for name in names for token in name.span}
    talk = Discourse(document, where, by_token, _fullest_persons(names))
    talk.main = _main_place(names, where)
    entries = [lexicon().entry(name.entry) for name in names if name.entry is not None]
    talk.groups = Counter(e.id for e in entries if e is not None and e.kind is ActorKind.ARMED_GROUP)
    for token in sorted(doc, key=lambda t: (t.i in apart, t.i)):
        if token.pos_ in {"NOUN", "PROPN", "PRON", "ADJ", "NUM", "X", "VERB", "DET"} or is_shouted(token):
            _refer(token, talk)
    spans = {i: phrase(doc[i]) for i in {*talk.actors, *talk.places}}
    return Mentions(_with_fullest_names(talk.actors), talk.places, spans, where, talk.main)


def _fullest_persons(names: Iterable[Name]) -> dict[str, str]:
    persons = [_bare(name.span.text) for name in names if name.label == "PER" and name.entry is None]
    full = sorted((p for p in persons if " " in p), key=len)
    return {last: p for p in full for last in {p.split()[-1].lower(), _without_article(p.split()[-1]).lower(), p.lower()}}


def _without_article(name: str) -> str:
    """ "al-Kilabi" as it is also written: "Kilabi"."""
    head, dash, tail = name.partition("-")
    return tail if dash and head.lower() in {"al", "el", "ash", "as", "an", "ar", "ad", "az"} else name


def _bare(name: str) -> str:
    """A person's name without titles and with single spaces."""
    words = name.split()
    while len(words) > 1 and words[0].strip(".").lower() in nouns().title:
        words.pop(0)
    return " ".join(words)


def _main_place(names: Iterable[Name], where: Setting) -> Place | None:
    """The settlement that the report names most, the earliest of several."""
    linked = [link_place(name.span.text, where) for name in names if name.label == "LOC"]
    counted = Counter(place.id for place in linked if place.linked and place.kind is PlaceKind.SETTLEMENT)
    return next((place for place in linked if counted and place.id == counted.most_common(1)[0][0]), None)


def _with_fullest_names(actors: Mapping[int, Actor]) -> dict[int, Actor]:
    """Each actor under the fullest name that the report has for it (of a group without entry the usual one), and its role."""
    seen: dict[str, list[Actor]] = {}
    for actor in actors.values():
        seen.setdefault(actor.id, []).append(actor)
    return {i: _fullest(seen[actor.id]) for i, actor in actors.items()}


def _fullest(mentions: list[Actor]) -> Actor:
    times = Counter(actor.name for actor in mentions)
    open_group = not mentions[0].linked and mentions[0].kind is not ActorKind.PERSON
    name = max(times, key=lambda n: (times[n] if open_group else 0, len(n), n))
    role = max((actor.role or "" for actor in mentions), key=len) or None
    known = next((actor for actor in mentions if actor.part_of), mentions[0])
    return replace(known, name=name, role=role)


# ---------------------------------------------------------------- one phrase


def _refer(token: Token, talk: Discourse) -> None:
    """Record what the phrase headed by the token, or the name standing there, refers to."""
    name = talk.names.get(token.i)
    if token.pos_ == "PRON":
        _pronoun(token, talk)
    elif name is not None and name.root == token:
        _named(token, name, talk)
    elif name is None and _heads_phrase(token):
        _common(token, talk)


def _heads_phrase(token: Token) -> bool:
    if token.dep_ in {"compound", "flat", "fixed", "goeswith", "nmod:desc"}:
        return False
    return token.pos_ in {"NOUN", "PROPN"} or (lemma(token) in nouns().share and bool(children(token, "nmod", "obl")))


def _named(token: Token, name: Name, talk: Discourse) -> None:
    if name.entry is not None:
        _say(token, _actor(name.span.text, talk), talk)
    elif name.label != "LOC" and holds_place(token) and _is_known_place(name, talk):
        _be(token, _named_place(token, name.span.text, talk), talk)
    elif name.label == "PER":
        _say(token, _person(token, _full(name.span.text, talk), talk), talk)
    elif name.label == "LOC" or (_bare_location(token) and link_place(name.span.text, talk.setting).linked):
        _be(token, _named_place(token, name.span.text, talk), talk)
    elif name.label == "ORG":
        if lemma(token) in nouns().site and not is_actor_role(token):
            _be(token, (_site(token, talk), Extent.FULL), talk)
        else:
            _say(token, _actor(name.span.text, talk), talk)


def _is_known_place(name: Name, talk: Discourse) -> bool:
    """Whether a name that the pipeline took for a person or body is a place of the countries that the report is about."""
    if name.label == "PER" and name.span.text.lower() in talk.persons:
        return False
    return link_place(name.span.text, talk.setting).linked


def is_actor_role(token: Token) -> bool:
    """Whether the phrase is a subject or an agent: something that acts."""
    return token.dep_ in {"nsubj", "obl:agent"}


def _full(name: str, talk: Discourse) -> str:
    bare = _bare(name)
    return talk.persons.get(bare.lower(), talk.persons.get(_without_article(bare).lower(), bare)) if " " not in bare else bare


def _bare_location(token: Token) -> bool:
    return preposition(token).split(" ")[-1] in LOCATIVE


def _actor(words: str, talk: Discourse, **details: object) -> Actor:
    return link_actor(" ".join(words.split()), talk.setting, document=talk.document, **details)  # type: ignore[arg-type]  # passed through


def _say(token: Token, actor: Actor, talk: Discourse) -> None:
    talk.actors[token.i] = actor
    talk.said.append((token, actor))


def _be(token: Token, referent: tuple[Place, Extent], talk: Discourse) -> None:
    talk.places[token.i] = referent
    if not _is_landmark(token):
        talk.been.append(referent[0])
    if referent[0].kind is PlaceKind.COUNTRY and (is_actor_role(token) or token.dep_ == "nmod:poss"):
        government = _actor(referent[0].name, talk)  # so that "it" can be the country that acts
        talk.said += [(token, government)] if government.linked else []


def _is_landmark(token: Token) -> bool:
    """Whether a place is named only to say where another lies ("60 miles west of the capital", "on Baghdad's doorstep")."""
    head = token.head
    measured = any(c.pos_ == "NUM" or lemma(c) in nouns().distance for c in head.children)
    return lemma(head) in nouns().direction | nouns().distance or (
        token.dep_.startswith(("nmod", "obl")) and lemma(head) in nouns().direction | nouns().distance and measured
    )


# ---------------------------------------------------------------- persons and forces


def _person(token: Token, name: str, talk: Discourse) -> Actor:
    """A named person, with what an apposition or the words before the name say of them."""
    role = _role_words(token, talk)
    return _actor(name, talk, person=True, role=role, speaks_for=_spoken_for(token, talk))


def _role_words(token: Token, talk: Discourse) -> str | None:
    heads = [c for c in token.children if c.dep_ in {"appos", "nmod:desc"} and c.i not in talk.names]
    if token.dep_ in {"appos", "flat", "nmod:desc"} and token.head.i not in talk.names:
        heads.append(token.head)
    for head in heads:
        if lemma(head) in nouns().person or lemma(head) in nouns().title:
            first, last = phrase(head)
            first, last = (first, last) if not first <= token.i < last else (first, min(last, max(first + 1, token.i)))
            return token.doc[first:last].text.strip(" ,")
    return None


def _spoken_for(token: Token, talk: Discourse) -> Actor | None:
    """The actor that an apposition "spokesman for X", "X's minister" names, where X has a referent already or is a name."""
    near = [token, *children(token, "appos", "nmod:desc")]
    if token.dep_ in {"appos", "flat"}:
        near.append(token.head)
    for head in near:
        for child in children(head, "nmod", "nmod:poss", "compound"):
            if child == token:
                continue
            actor = talk.actors.get(child.i) or _name_ahead(child, talk)
            if actor is not None and actor.kind is not ActorKind.PERSON:
                return actor
    return None


def _name_ahead(token: Token, talk: Discourse) -> Actor | None:
    name = talk.names.get(token.i)
    if name is not None and name.entry is not None:
        return _actor(name.span.text, talk)
    if lemma(token) in nouns().state | nouns().group | nouns().body and _heads_phrase(token):
        return _group(token, talk)
    return None


def _common(token: Token, talk: Discourse) -> None:
    """A phrase headed by a common noun."""
    words, head = nouns(), lemma(token)
    if _is_counted(token):
        return
    if token.dep_ == "appos" and token.head.i in talk.places and head in words.settlement | words.area | words.part | words.site:
        _again(token, talk)
        return
    if (named := _apposed(token, talk)) is not None:
        _say(token, named, talk)
    elif head in words.settlement | words.area and (place := _settlement(token, talk)) is not None:
        _be(token, place, talk)
    elif (share := _share(token, talk)) is not None:
        _be(token, share, talk)
    elif head in words.part | words.site and not is_actor_role(token):
        _be(token, (_site(token, talk), Extent.FULL), talk)
    elif head in words.person and not (head in words.state | words.group and token.tag_ == "NNS"):
        if token.tag_ == "NN" and not any(c.dep_ in {"det", "nmod:poss", "amod", "compound", "nmod"} for c in token.children):
            return  # a bare singular is a word of another kind ("to take on somebody head on")
        _say(token, _unnamed(token, talk), talk)
    elif head in words.group | words.state | words.body and (group := _group(token, talk)) is not None:
        _say(token, group, talk)


def _again(token: Token, talk: Discourse) -> None:
    """An apposition names the same place once more ("the Malaab district in southern Ramadi, a pocket of the city …")."""
    head = token.head
    if lemma(token) in nouns().part | nouns().site and head.head.i in talk.places and head.dep_ == "nmod":
        head = head.head
    talk.places[token.i] = talk.places[head.i]
    talk.parts[_site_name(token).lower()] = talk.places[head.i][0]


def _is_counted(token: Token) -> bool:
    """Whether people are counted rather than named ("at least five soldiers", "two towns"): victims, not parties."""
    return any(c.dep_ == "nummod" and c.lower_ not in {"one"} for c in token.children)


def _apposed(token: Token, talk: Discourse) -> Actor | None:
    """The person whose name follows a role: "Iraq's prime minister, Haider al-Abadi", "Prime Minister Haider al-Abadi"."""
    if lemma(token) not in nouns().person:
        return None
    _, last = phrase(token)
    after = [last + 1] if last + 1 < len(token.doc) and token.doc[last].text == "," else []
    for i in [*after, *(c.i for c in children(token, "appos", "flat", "compound"))]:
        name = talk.names.get(i)
        if name is None or name.entry is not None and not _names_person(name):
            continue
        if name.label == "PER" or _names_person(name) or (len(name.span) > 1 and not link_place(name.span.text, talk.setting).linked):
            role = _phrase_text(token)
            return _actor(_full(name.span.text, talk), talk, person=True, role=role, speaks_for=_spoken_for(token, talk))
    return None


def _names_person(name: Name) -> bool:
    entry = lexicon().entry(name.entry) if name.entry is not None else None
    return entry is not None and entry.kind is ActorKind.PERSON


def _unnamed(token: Token, talk: Discourse) -> Actor:
    """Somebody known by role only; "the spokesman" may be the person named with that role before."""
    words = _phrase_text(token)
    if is_definite(token) and len(words.split()) <= 3:
        for known, actor in reversed(talk.said):
            if actor.role and token.lower_ in actor.role.lower().split() and _is_plural(known) == _is_plural(token):
                return actor
    return _actor(words, talk, kind=ActorKind.UNNAMED, role=words, speaks_for=_spoken_for(token, talk))


def _group(token: Token, talk: Discourse) -> Actor | None:
    """A force or armed group: by the name inside the phrase, else by what was spoken of before."""
    words = nouns()
    inside = [talk.names[i] for i in range(*_modifiers(token)) if i in talk.names and i != token.i]
    entries = [name for name in inside if name.entry is not None]
    if (whole := lexicon().find(_plain(token))) is not None:
        return _actor(whole.label, talk)
    if entries:
        return _actor(entries[-1].span.text, talk)
    if lemma(token) in words.body and lemma(token) not in words.group | words.state:
        return _actor(_phrase_text(token), talk, kind=ActorKind.UNNAMED, role=_phrase_text(token))
    if owners := [talk.actors[c.i] for c in children(token, "nmod:poss") if c.i in talk.actors]:
        return owners[0] if owners[0].kind in COLLECTIVE else _side_of(owners[0], talk)
    if lemma(token) in words.faceless and not any(_is_proper(t) for t in token.doc[slice(*_modifiers(token))]):
        known = _main_group(talk)
        if known is not None or is_definite(token):
            return known
    return _actor(_phrase_text(token), talk)


def _main_group(talk: Discourse) -> Actor | None:
    """The armed group that "the militants" are: the one last named among those that the report names most."""
    most = max(talk.groups.values(), default=0)
    named = [a for _, a in talk.said if a.kind is ActorKind.ARMED_GROUP]
    often = [a for a in named if talk.groups.get(a.id, 0) * 2 >= most > 0]
    return next(reversed(often or named), None)


def _side_of(actor: Actor, talk: Discourse) -> Actor | None:
    """Whose forces "his troops" are: those that a person is said to belong to."""
    entry = lexicon().entry(actor.part_of) if actor.part_of else None
    return _actor(entry.label, talk) if entry is not None else None


def _is_proper(token: Token) -> bool:
    """Whether a modifier tells which group is meant: a name, or the adjective of a country, people or faith within one."""
    return (token.pos_ == "PROPN" or bool(token.ent_type_)) and token.lower_ not in nouns().faith


def _modifiers(token: Token) -> tuple[int, int]:
    """The phrase up to its head."""
    first, _ = phrase(token)
    return first, token.i + 1


def _plain(token: Token) -> str:
    """The modifiers and the head, without articles: "Iraqi government forces"."""
    first, last = _modifiers(token)
    kept = [t.text for t in token.doc[first:last] if t.pos_ not in {"DET", "NUM", "PUNCT", "SPACE", "ADV", "CCONJ"} or t.text == "-"]
    return " ".join(kept).replace(" - ", "-")


def _phrase_text(token: Token) -> str:
    """The words of the phrase as they stand, complements included: "spokesman for the governor of Anbar"."""
    first, last = phrase(token)
    return " ".join(token.doc[first:last].text.split()).strip(" ,:;\"'“”‘’")


def _pronoun(token: Token, talk: Discourse) -> None:
    """A pronoun of the third person: the subject of a clause above it, else the subject before, else the last that fits."""
    word = token.lower_
    if word == "it" and holds_place(token):
        spoken = talk.main if talk.main in talk.been[-RECENT:] else _spoken_of(talk)
        talk.places.update({token.i: (spoken, Extent.FULL)} if spoken is not None else {})
        return
    if word in nouns().he:
        fits = [(t, a) for t, a in talk.said if a.kind in {ActorKind.PERSON, ActorKind.UNNAMED} and not _is_plural(t)]
    elif word in nouns().they and token.dep_ != "expl":
        singular = word.startswith("it")
        kinds = COLLECTIVE if singular else COLLECTIVE | {ActorKind.UNNAMED}
        fits = [(t, a) for t, a in talk.said if a.kind in kinds and not (singular and _is_plural(t) and t.pos_ == "NOUN")]
    else:
        return
    if fits:
        talk.actors[token.i] = max(fits, key=lambda known: _salience(known[0], token))[1]


def _is_plural(token: Token) -> bool:
    return token.tag_ in {"NNS", "NNPS"} or token.lower_ in {"they", "them", "their"}


def _salience(known: Token, pronoun: Token) -> tuple[bool, bool, int]:
    """How likely a mention is what a later pronoun stands for."""
    subject = next((t for t in (known, *known.ancestors) if t.dep_.startswith("nsubj")), None)
    is_subject = subject is not None and (known == subject or known.dep_ in {"compound", "flat", "conj", "nmod"})
    same = known.sent.start == pronoun.sent.start
    above = is_subject and same and subject is not None and subject.head in pronoun.ancestors
    near = pronoun.sent.start - known.i < NEAR
    return above, is_subject and near, known.i


# ---------------------------------------------------------------- places


def _named_place(token: Token, words: str, talk: Discourse) -> tuple[Place, Extent]:
    words = " ".join(words.split())
    known = talk.parts.get(words.lower())
    if known is not None:
        return known, Extent.FULL
    place = link_place(words, talk.setting)
    if not place.linked:
        place = link_place(words, talk.setting, within=_spoken_of(talk))
        talk.parts[words.lower()] = place
    return place, Extent.FULL


def _settlement(token: Token, talk: Discourse) -> tuple[Place, Extent] | None:
    """ "the city of Ramadi", "Anbar province", "Mosul city", "the northern city": the place meant, if one was named."""
    for child in [*children(token, "appos", "flat"), *(c for c in children(token, "nmod") if preposition(c) == "of")]:
        if lemma(token) == "capital" and child.dep_ == "nmod":
            continue
        name = talk.names.get(child.i)
        if name is not None and name.label in {"LOC", "ORG", "OTH", "PER"} and name.entry is None:
            return _named_place(child, name.span.text, talk)
    inside = [talk.names[i] for i in range(*_modifiers(token)) if i in talk.names]
    located = [name for name in inside if name.label == "LOC" and name.entry is None]
    if located and lemma(token) not in {"capital"}:
        words = located[-1].span.text
        if lemma(token) in nouns().settlement and link_place(words, talk.setting).kind is PlaceKind.COUNTRY:
            return None
        if lemma(token) == "area":  # what lies about a town is spoken of by its name
            place, extent = _named_place(token, words, talk)
            return replace(place, name=f"{words} {token.text}"), extent
        return _named_place(token, f"{words} {token.text}" if lemma(token) in nouns().area else words, talk)
    if lemma(token) == "capital":
        return _capital(token, talk)
    if not is_definite(token):
        return None
    if lemma(token) in {"country", "state"}:
        wanted = {PlaceKind.COUNTRY}
    else:
        wanted = {PlaceKind.AREA} if lemma(token) in nouns().area - {"area"} else {PlaceKind.SETTLEMENT}
    before = next((p for p in reversed(talk.been) if p.kind in wanted), None)
    if PlaceKind.SETTLEMENT in wanted and talk.main is not None and talk.main in talk.been[-RECENT:]:
        before = talk.main
    before = before or (talk.main if PlaceKind.SETTLEMENT in wanted else None)
    return (before, Extent.FULL) if before is not None else None


def _capital(token: Token, talk: Discourse) -> tuple[Place, Extent] | None:
    """ "the provincial capital", "the capital of Anbar": the settlement of that area that the report speaks of."""
    near = [talk.names[t.i] for t in token.subtree if t.i in talk.names]
    areas = [link_place(name.span.text, talk.setting) for name in near if name.label == "LOC"]
    if any(area.kind is PlaceKind.SETTLEMENT for area in areas):
        return None
    provinces = {area.id for area in areas if area.kind is PlaceKind.AREA}
    regional = any(c.lower_ in {"provincial", "regional", "district"} for c in token.children)
    if not provinces and not regional:
        return None
    spoken = [*reversed(talk.been), *([talk.main] if talk.main else [])]
    fits = [p for p in spoken if p.kind is PlaceKind.SETTLEMENT and (not provinces or p.located_in in provinces)]
    best = talk.main if talk.main in fits else next(iter(fits), None)
    return (best, Extent.FULL) if best is not None else None


def _share(token: Token, talk: Discourse) -> tuple[Place, Extent] | None:
    """ "parts of al-Tash", "a third of the country", "ground east of the city": the place behind, in part."""
    if lemma(token) not in nouns().share and token.tag_ != "CD":
        return None
    beside = [c for adverb in children(token, "advmod") if lemma(adverb) in nouns().direction for c in children(adverb, "obl")]
    for child in [*beside, *children(token, "nmod", "obl")]:
        if preposition(child) not in {"of", "in", "inside", "around"}:
            continue
        name = talk.names.get(child.i)
        if name is not None and lemma(name.root) in nouns().site:
            return _site(name.root, talk), Extent.PARTIAL
        if name is not None and name.entry is None:
            place = _named_place(child, name.span.text, talk)[0]
            return None if place.kind is PlaceKind.COUNTRY and lemma(token) in nouns().settlement else (place, Extent.PARTIAL)
        if lemma(child) in nouns().settlement | nouns().area and (place := _settlement(child, talk)) is not None:
            return place[0], Extent.PARTIAL
        if lemma(child) in nouns().part and (place := _behind(child, talk)) is not None:
            return place[0], Extent.PARTIAL
    return None


def _site(token: Token, talk: Discourse) -> Place:
    """A part of a settlement or a thing in it, as a place of its own: "the Malaab district", "the 8th Brigade army base"."""
    inside = [talk.names[i] for i in range(*_modifiers(token)) if i in talk.names]
    words = _site_name(token)
    within, near = _container(token, talk)
    is_part = lemma(token) in nouns().part
    if is_part and inside and inside[-1].label in {"LOC", "OTH", "ORG", "PER"}:
        words = inside[-1].span.text
        linked = link_place(words, talk.setting)
        if linked.linked and within is not None and linked.id == within.id:
            words = _site_name(token)
    key = " ".join(words.split()).lower()
    if key in talk.parts:
        return talk.parts[key]
    if is_definite(token) and len(words.split()) == 1:
        before = next((p for p in reversed(talk.been) if p.kind in {PlaceKind.SITE, PlaceKind.PART} and lemma(token) in p.name.lower().split()), None)
        if before is not None:
            return before
    place = link_place(" ".join(words.split()), talk.setting, within=within, kind=PlaceKind.PART if is_part else PlaceKind.SITE, near=near)
    talk.parts[key] = place
    return place


def _site_name(token: Token) -> str:
    first, last = _modifiers(token)
    kept = [t.text_with_ws for t in token.doc[first:last] if t.pos_ not in {"DET", "SPACE", "PRON"}]
    name = " ".join("".join(kept).split()).strip("’'\"“”‘ ,")
    of = [c for c in children(token, "nmod") if preposition(c) == "of"]
    if not of or len(name.split()) > 1:
        return name
    _, end = phrase(of[0])
    return f"{name} of {token.doc[of[0].i : end].text}"


def _container(token: Token, talk: Discourse) -> tuple[Place | None, bool]:
    """The place that the words put it in (or near); else the settlement spoken of."""
    for child in [*children(token, "nmod", "obl", "appos"), *children(token, "nmod:poss", "compound")]:
        referent = talk.places.get(child.i)
        name = talk.names.get(child.i)
        if referent is None and name is not None and name.label == "LOC":
            referent = _named_place(child, name.span.text, talk)
        if referent is None and lemma(child) in nouns().settlement | nouns().part and child.i > token.i:
            referent = _settlement(child, talk) if lemma(child) in nouns().settlement else _behind(child, talk)
        if referent is not None and referent[0].kind in {PlaceKind.SETTLEMENT, PlaceKind.AREA, PlaceKind.PART}:
            near = preposition(child) in {"near", "outside", "close to", "around"} or lemma(child) == "outskirts"
            return referent[0], near
    return _spoken_of(talk), False


def _spoken_of(talk: Discourse) -> Place | None:
    """The settlement last spoken of, else the one that the report is about."""
    return next((p for p in reversed(talk.been) if p.kind is PlaceKind.SETTLEMENT and p.linked), talk.main)


def _behind(token: Token, talk: Discourse) -> tuple[Place, Extent] | None:
    """What "the outskirts of X" lies at."""
    for child in children(token, "nmod"):
        name = talk.names.get(child.i)
        if name is not None and name.label == "LOC":
            return _named_place(child, name.span.text, talk)
        if lemma(child) in nouns().settlement:
            return _settlement(child, talk)
    return None
