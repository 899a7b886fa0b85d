"""What one phrase refers to, or a name where it stands, among all that its report has spoken of before."""

from conflict_kg.linking import link_place
from conflict_kg.model import Extent
from conflict_kg.reading.clauses import children, complements, is_verb, preposition
from conflict_kg.reading.coalitions import coalition
from conflict_kg.reading.discourse import Discourse, be, heads_phrase, is_actor_role, named_actor, phrase_text, say
from conflict_kg.reading.forces import group
from conflict_kg.reading.frames import holds_place, must_be_place
from conflict_kg.reading.ground import ground
from conflict_kg.reading.labels import is_named
from conflict_kg.reading.locations import (
    again,
    called,
    is_the_place,
    named_place,
    names_a_thing,
    settlement,
    share,
    side_of_town,
    site,
    the_stronghold,
    there,
)
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import acts, lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.persons import apposed, full, person, unnamed
from conflict_kg.reading.pronouns import pronoun
from conflict_kg.reading.towns import is_taking, is_told_place

ROUND = {"million", "billion"}
FOLLOWERS = {"men", "followers", "loyalists"}
PORTIONS = {"percent", "third", "quarter", "fifth", "tenth"}  # "90 percent of the city" counts nobody
LOCATIVE = {"in", "at", "near", "from", "into", "around", "outside", "inside", "towards", "toward", "through", "across"}


def refer(token: Token, talk: Discourse) -> None:
    """Records what the phrase headed by the token, or the name standing there, refers to."""
    name, pos, heads = talk.names.get(token.i), token.pos_, heads_phrase(token)
    if heads and (several := coalition(token, talk)):
        talk.actors |= several
        talk.several[token.i] = tuple(several)
        say(token, next(reversed(several.values())), talk)
    elif token.i in talk.listed:
        be(token, named_place(talk.listed[token.i], talk, name), talk)
    elif token.i in talk.plurals:
        talk.places[token.i] = named_place(talk.plurals[token.i], talk)
    elif pos == "PRON" and (name is None or name.entry is None) and not heads:
        pronoun(token, talk)
    elif name is not None and name.root == token:
        _named(token, name, talk)
    elif name is None and pos == "PROPN" and _is_town(token, talk):
        be(token, named_place(_unmarked(token), talk), talk)  # a name that the pipeline did not mark
    elif token.lower_ == "there" and (place := there(token, talk)) is not None:
        be(token, place, talk)
    elif name is None and heads:
        _common(token, talk)
    if pos in {"NOUN", "PROPN"} and (name.root == token if name is not None else heads):
        talk.heard.append(token)


def _unmarked(token: Token) -> str:
    """A name that the pipeline did not mark: the phrase as far as no comma cuts it, with the number behind it."""
    behind = token.doc[token.i + 1] if token.i + 1 < token.sent.end else token
    number = f" {behind.text}" if behind.text.isdecimal() and behind.head == token else ""
    words = phrase_text(token).split(",", maxsplit=1)[0]
    return words if words.endswith(number) else words + number


def _is_town(token: Token, talk: Discourse) -> bool:
    """Whether a word that the pipeline takes for no name is that of a place."""
    known = holds_place(token, weak=True) and link_place(_unmarked(token), talk.setting).linked
    if known or not heads_phrase(token) or lemma(token) in nouns().site or _is_numbered(token):
        return known
    first = token.head if token.dep_ == "conj" else token
    taken = first.dep_ in {"obj", "nsubj:pass"} and holds_place(token)  # "captured Nevelske-2"
    taken = taken and token.tag_ == "NNP" and not token.text.isupper()
    return taken or is_told_place(token, talk.names)


def _named(token: Token, name: Name, talk: Discourse) -> None:
    if name.span.text in talk.acronyms and name.label != "LOC":
        say(token, named_actor(talk.acronyms[name.span.text], talk), talk)
    elif name.entry is not None:
        say(token, named_actor(name.span.text, talk), talk)
    elif name.label == "LOC" and names_a_thing(name, talk):
        return  # the phrase of the thing is read by itself
    elif name.label != "LOC" and (
        must_be_place(token) or (holds_place(token, weak=True) and _is_known_place(name, talk))
    ):
        be(token, named_place(name.span.text, talk, name), talk)
    elif name.label == "LOC" and (part := side_of_town(name, talk)) is not None:
        be(token, part, talk)
    elif name.label == "PER":
        say(token, person(token, full(name.span.text, talk), talk), talk)
    elif name.label == "LOC" or (_bare_location(token) and link_place(name.span.text, talk.setting).linked):
        be(token, named_place(name.span.text, talk, name), talk)
    elif name.label == "ORG":
        taken = lemma(token) in nouns().taken and holds_place(token)  # "seized the Interior Ministry"
        if taken or (lemma(token) in nouns().site and not is_actor_role(token)):
            be(token, (site(token, talk), Extent.FULL), talk)
        else:
            say(token, named_actor(name.span.text, talk), talk)
    elif lemma(token) in nouns().group and heads_phrase(token):  # "Islamists", which the pipeline takes for a people
        _common(token, talk)


def _is_known_place(name: Name, talk: Discourse) -> bool:
    """Whether a name taken for a person or body is a place in the countries that the report is about."""
    text = " ".join(name.span.text.split())
    if name.label == "PER" and full(text, talk) != text:
        return False  # a last name or one with a title
    return link_place(text, talk.setting).linked


def _bare_location(token: Token) -> bool:
    return preposition(token).split(" ")[-1] in LOCATIVE


def _common(token: Token, talk: Discourse) -> None:
    """A phrase headed by a common noun."""
    words, head = nouns(), lemma(token)
    is_within, is_town = head in words.part or head in words.site, head in words.settlement or head in words.area
    is_town = is_town or is_the_place(token)
    if (stronghold := the_stronghold(token, talk)) is not None:
        be(token, stronghold, talk)
        return
    if (
        _is_counted(token)
        or _is_fraction(token)
        or ((is_town or is_within) and again(token, talk))
        or _is_ground(token, talk)
    ):
        return
    if (whole := called(token, talk)) is not None:
        be(token, whole, talk)
    elif (named := apposed(token, talk)) is not None:
        say(token, named, talk)
    elif is_town and (place := settlement(token, talk)) is not None:
        be(token, place, talk)
    elif (part := share(token, talk)) is not None:
        be(token, part, talk)
    elif _is_site(token, talk):
        be(token, (site(token, talk), Extent.FULL), talk)
    else:
        _somebody(token, talk)


def _somebody(token: Token, talk: Discourse) -> None:
    """A common noun for people."""
    words, head = nouns(), lemma(token)
    fighting = (acts(token) and token.tag_ == "NNS") or _follows(token)
    if head in words.person and not fighting:
        if token.tag_ == "NN" and not children(token, "det", "nmod:poss", "amod", "compound", "nmod"):
            return  # a bare singular is a word of another kind ("to take on somebody head on")
        say(token, unnamed(token, talk), talk)
    elif (head in words.body or acts(token) or fighting) and (force := group(token, talk)) is not None:
        say(token, force, talk)


def _follows(token: Token) -> bool:
    """Whether they are somebody's fighters by whose they are: "his men", "the warlord's men"."""
    return token.lower_ in FOLLOWERS and bool(children(token, "nmod:poss"))


def _is_site(token: Token, talk: Discourse) -> bool:
    """Whether a phrase means a part of a town or a thing in it, and not who commands there ("the base said")."""
    words, head = nouns(), lemma(token)
    if _is_numbered(token):
        return True
    if not (head in words.part or head in words.site or head in words.taken) or _is_fraction(token):
        return False
    if (head == "command" and complements(token, "of")) or token.lower_ == "sides":
        return False  # "to take over command of the operation", "to take sides"
    if not (head in words.taken or is_actor_role(token)):
        return True
    return holds_place(token) or _is_likened(token) or (head in words.taken and _is_stormed(token, talk))


def _is_likened(token: Token) -> bool:
    """Whether a thing is told to be a place or to be among places: "the airport is among the facilities taken"."""
    words, first = nouns(), token
    while first.dep_ == "conj":
        first = first.head
    known = any(lemma(first.head) in kind for kind in (words.site, words.ground, words.settlement, words.taken))
    return first.dep_ == "nsubj" and known and bool(children(first.head, "cop"))


def _is_stormed(token: Token, talk: Discourse) -> bool:
    """Whether forces take a thing, by a verb that means more than that: "rebels took the school"."""
    first = token
    while first.dep_ == "conj":
        first = first.head
    bare = token.tag_ == "NN" and not children(token, "det", "nmod:poss", "compound")  # "takes office"
    taken = first.dep_ in {"obj", "nsubj:pass"} and is_verb(first.head)
    attacked = first.dep_ in {"nmod", "obl"} and preposition(first) in {"on", "against"}
    if attacked and lemma(first.head) in nouns().deed - {"attack"}:
        return True  # "assaults on the embankment"
    return taken and not bare and is_taking(first.head, talk.names)


def _is_numbered(token: Token) -> bool:
    """Whether it is a height on the map: "Point 4875"."""
    behind = token.doc[token.i + 1] if token.i + 1 < token.sent.end else token
    return token.text == "Point" and behind.pos_ == "NUM" and behind.text.isdecimal()


def _is_fraction(token: Token) -> bool:
    """Whether a half or quarter is part of a number ("two and a half years", "a quarter of a million")."""
    behind = [n for c in children(token, "nmod") for n in (c, *children(c, "nummod"))]
    of_number = any(lemma(n) in ROUND for n in behind)
    return of_number or (token.dep_ == "conj" and token.head.tag_ == "CD")


def _is_ground(token: Token, talk: Discourse) -> bool:
    """Record a plural share ("areas of X") or ground without a name, which nothing later means by "the village"."""
    if _is_plain_plural(token) and (several := share(token, talk)) is not None:
        be(token, several, talk)
        return True
    unnamed_ground = ground(token, talk)
    if unnamed_ground is not None:
        talk.places[token.i] = unnamed_ground
    return unnamed_ground is not None


def _is_plain_plural(token: Token) -> bool:
    """Whether a plural is told apart by no name: "areas of X", not "the Kurdish areas of X"."""
    return token.tag_ == "NNS" and not any(is_named(child) for _, child in token.links if child.i < token.i)


def _is_counted(token: Token) -> bool:
    """Whether people are counted rather than named ("at least five soldiers", "two towns"): victims, not parties."""
    if not any(c.lower_ != "one" and c.i < token.i for c in children(token, "nummod")):
        return False
    words = nouns()
    places = words.settlement | words.area | words.part | words.site | words.share | words.ground
    return lemma(token) not in PORTIONS | places
