"""Armed groups, forces and bodies: which one a common noun means."""

from dataclasses import replace

from conflict_kg.linking import known_actor, lexicon
from conflict_kg.model import Actor, ActorKind
from conflict_kg.reading.clauses import children, complements, preposition
from conflict_kg.reading.discourse import COLLECTIVE, Discourse, modifiers, named_actor, phrase_text
from conflict_kg.reading.labels import is_named
from conflict_kg.reading.names import Name
from conflict_kg.reading.nouns import acts, is_definite, lemma, nouns
from conflict_kg.reading.parse import Token

OWN = {"federal", "regular"}  # words that tell an army from no other: "the Ruritanian army … the federal army"
# What binds forces to somebody, with the prepositions behind it: "loyal to", "commanded by", "aligned with".
BOUND = {"loyal": {"to"}, "faithful": {"to"}, "belong": {"to"}, "align": {"with", "to"}, "ally": {"with", "to"}}
BOUND |= {verb: {"by"} for verb in ("command", "lead", "head", "control")}


def group(token: Token, talk: Discourse) -> Actor | None:
    """A force or armed group: by a name in or beside the phrase, else by what was spoken of before."""
    words, head = nouns(), lemma(token)
    for told in (_told_of, _loyal_to, _called, _called_before, _by_name):
        if (known := told(token, talk)) is not None:
            return known
    beside = [talk.names[c.i] for c in children(token, "appos", "flat") if c.i in talk.names]
    if beside and beside[0].label == "ORG" and not lexicon().is_press(_plain(token)) and token.tag_ in {"NN", "NNP"}:
        return named_actor(beside[0].span.text, talk)  # "the aid group X"
    if head in words.body and not (head in words.group or head in words.state):
        own = phrase_text(token)
        if lexicon().is_press(_plain(token)):
            return named_actor(beside[0].span.text if beside else own, talk, kind=ActorKind.OUTLET)
        return named_actor(own, talk, kind=ActorKind.UNNAMED, role=own)
    if token.dep_ == "appos" and (host := talk.actors.get(token.head.i)) is not None and host.kind in COLLECTIVE:
        return host  # "the Front for Unity, a coalition of three groups"
    if owners := [c for c in children(token, "nmod:poss") if c.i in talk.actors]:
        owner = talk.actors[owners[0].i]
        side = owner if owner.kind in COLLECTIVE else _side_of(owner, talk)
        if side is not None or owner.kind is not ActorKind.PERSON or owners[0].pos_ == "PRON" or not acts(token):
            return side
        return _by_words(token, talk, told_apart=True)  # "Massoud's fighters"
    if any(c.pos_ == "PRON" for c in children(token, "nmod:poss")) and head not in words.body & words.regular:
        return None  # "its fighters", and nobody knows whose; "its army" is that of the country
    told_apart = any(_is_proper(t) or lemma(t) in words.allied for t in token.doc[slice(*modifiers(token))])
    known = _meant(token, talk, told_apart=told_apart) if head in words.group else None
    return known or _by_words(token, talk, told_apart=told_apart)


def _meant(token: Token, talk: Discourse, *, told_apart: bool) -> Actor | None:
    """The group spoken of before that a common noun for one means."""
    words, head = nouns(), lemma(token)
    peaceful = any(lemma(t) in words.peaceful for t in token.doc[slice(*modifiers(token))])  # "human rights groups"
    faceless = head in words.faceless and not told_apart and not peaceful and not _is_introduced(token)
    if faceless and (known := _main_group(talk)) is not None:
        return known  # "the militants"
    if lexicon().bare(_plain(token)):
        return None  # "the junta" governs
    if (known := _told_before(token, talk)) is not None:
        return known
    alone = is_definite(token) and len(talk.groups) == 1 and len(_plain(token).split()) == 1
    if alone and (known := _main_group(talk)) is not None and not _is_regular(known):
        return known  # "the rebels" where the report names one armed group only
    return _of_the_country(token, talk)


def _called(token: Token, talk: Discourse) -> Actor | None:
    """The name right behind the word for a body, which is its own: "the aid group X", "the UN agency Y"."""
    if token.tag_ not in {"NN", "NNP"} or not (lemma(token) in nouns().body or lemma(token) in nouns().group):
        return None
    behind = [c for c in children(token, "appos", "flat") if c.left_edge.i == token.i + 1]
    name = next((talk.names[c.i] for c in behind if c.i in talk.names), None)
    peaceful = any(lemma(t) in nouns().peaceful for t in token.doc[slice(*modifiers(token))])
    if name is None or not (name.label == "ORG" or (peaceful and name.label == "PER")):
        return None
    outlet = lexicon().is_press(_plain(token))
    return named_actor(name.span.text, talk, kind=ActorKind.OUTLET if outlet else None)


def _by_words(token: Token, talk: Discourse, *, told_apart: bool) -> Actor:
    """A force that has nothing but its words; a state's own where nothing in them tells it apart ("a weary army")."""
    words, head = nouns(), lemma(token)
    words_of_it, armed = _named_text(token), lexicon().armed
    if token.lower_ not in armed and f"{token.lower_}s" in armed:  # "in rebel hands" are those of "the rebels"
        words_of_it += "s"
    kind = ActorKind.ARMED_GROUP if words_of_it.split()[-1].lower() in armed else None
    if any(lemma(c) in words.mutinous for c in token.children):
        return named_actor(_with_leader(token, words_of_it), talk, kind=ActorKind.ARMED_GROUP)
    if head in words.regular and not any(lemma(c) in words.group for c in token.children):
        kind = ActorKind.STATE_FORCE
    actor = named_actor(words_of_it, talk, kind=kind)
    if not actor.linked and head in words.regular and not told_apart:
        plain = named_actor(token.text, talk, kind=kind)
        actor = plain if plain.linked else actor
    return replace(actor, name=actor.label) if token.dep_ == "compound" else actor  # "rebel-held"


def _with_leader(token: Token, words: str) -> str:
    """The words for a force with whom it is under: "mutinous soldiers under General X"."""
    leaders = [c for c in children(token, "nmod") if preposition(c) == "under"]
    return " ".join((words, *(" ".join(c.doc[c.left_edge.i : c.right_edge.i + 1].text.split()) for c in leaders[:1])))


def _loyal_to(token: Token, talk: Discourse) -> Actor | None:
    """The side of "soldiers loyal to X", "fighters commanded by X": that of X, whatever country's soldiers they are."""
    for word in (child for child in token.children if lemma(child) in BOUND and child.i > token.i):
        marks = BOUND[lemma(word)]
        behind = range(word.i, token.right_edge.i + 1)
        bound = [c for c in children(word, "obl", "obl:agent", "nmod") if preposition(c) in marks]
        if not bound and word.lower_ not in BOUND:
            continue
        named = next((talk.names[i] for i in behind if i in talk.names and talk.names[i].label == "PER"), None)
        if named is not None:
            leader = named_actor(named.span.text, talk, person=True)
            how = " ".join((word.lower_, *(preposition(c) for c in bound[:1]))) if bound else f"{word.lower_} to"
            own = f"{token.text} {how} {leader.name}"
            return _side_of(leader, talk) or named_actor(own, talk, kind=ActorKind.ARMED_GROUP)
        if "by" in marks:
            continue  # "forces led by the army" may be others
        for whom in bound:
            name = talk.names.get(whom.i)
            actor = named_actor(name.span.text, talk) if name is not None else talk.actors.get(whom.i)
            if actor is not None and actor.kind is ActorKind.PERSON:
                actor = _side_of(actor, talk)
            if actor is not None:
                return actor
    return None


def _told_of(token: Token, talk: Discourse) -> Actor | None:
    """Of whom it is told what they are: "X is a militant group that …"."""
    subjects = children(token, "nsubj") if children(token, "cop") and token.tag_ == "NN" else []
    known = next((talk.actors[c.i] for c in subjects if c.i in talk.actors), None)
    return known if known is not None and known.kind in COLLECTIVE else None


def _is_introduced(token: Token) -> bool:
    """Whether an article brings up a body not spoken of before: "a rights group"."""
    article = any(c.lower_ in {"a", "an", "another"} for c in children(token, "det"))
    return article and token.tag_ == "NN" and lemma(token) in nouns().body


def _named_text(token: Token) -> str:
    """The phrase as the report's own name for a force; where it is ("fighters from the city of X") is no part of it."""
    first, _ = modifiers(token)
    kept = [c for c in token.children if c.dep_ == "nmod" and preposition(c) == "of"]
    last = max([token.i, *(c.right_edge.i for c in kept)])
    return " ".join(token.doc[first : last + 1].text.split()).strip(" ,:;\"'“”‘’")


def _by_name(token: Token, talk: Discourse) -> Actor | None:
    """The lexicon's actor that the whole phrase, a name in it, an apposition or "fighters of X" names."""
    own_side = any(acts(c) for c in children(token, "compound"))  # "retaken by government forces from X"
    behind = complements(token, "of") if own_side else complements(token, "of", "from")
    theirs = any(lemma(c) in nouns().faceless and is_definite(c) for c in behind)  # "the soldiers of the caliphate"
    if theirs and (known := _main_group(talk)) is not None:
        return known
    whole = lexicon().find(_plain(token))
    inside = [talk.names[i] for i in range(*modifiers(token)) if i in talk.names and i != token.i]
    if whole is not None:
        shorter = (name.span.text for name in inside if name.entry == whole.id)  # "Taliban" of "Taliban fighters"
        return named_actor(next(shorter, _plain(token)), talk)
    beside = [talk.names[c.i] for c in children(token, "appos", "flat") if c.i in talk.names]
    of = [talk.names[c.i] for c in behind if c.i in talk.names]
    for name in (*inside[::-1], *beside, *of):
        if name.entry is not None and not _is_person(name):
            return named_actor(name.span.text, talk)
    body = named_actor(_plain(token), talk)
    return body if body.linked and lemma(token) in nouns().body else None


def _is_person(name: Name) -> bool:
    entry = lexicon().entry(name.entry) if name.entry is not None else None
    return entry is not None and entry.kind is ActorKind.PERSON


def _main_group(talk: Discourse) -> Actor | None:
    """The armed group that "the militants" are: the one that the report names most, of several the one last named."""
    most = max(talk.groups.values(), default=0)
    named = [a for _, a in talk.said if a.kind is ActorKind.ARMED_GROUP]
    often = [a for a in named if talk.groups.get(a.id, 0) >= most > 0]
    return next(reversed(often or named), None)


def _told_before(token: Token, talk: Discourse) -> Actor | None:
    """The group without a name that the same word stood for before: "rebels", then "the rebels" or "rebel-held"."""
    if len(_plain(token).split()) > 1:
        return None
    same = (a for t, a in talk.said if lemma(t) == lemma(token) and len(_plain(t).split()) == 1)
    return next((a for a in same if a.kind is ActorKind.ARMED_GROUP), None)


def _of_the_country(token: Token, talk: Discourse) -> Actor | None:
    """The group that the same word with a country before it stood for: "Ruritanian rebels", then "rebels"."""
    if len(_plain(token).split()) > 1:
        return None
    same = (a for t, a in talk.said if lemma(t) == lemma(token) and _is_of_a_country(t))
    return next((a for a in same if a.kind is ActorKind.ARMED_GROUP), None)


def _is_of_a_country(token: Token) -> bool:
    """Whether only a country tells a group from others: "Ruritanian rebels", "Ruritania's rebels"."""
    country, _, rest = _plain(token).partition(" ")
    return rest.count(" ") == 0 and lexicon().country(country.removesuffix("'s").removesuffix("’s")) is not None


def _is_regular(actor: Actor) -> bool:
    """Whether a group is called what a state's forces are ("X's forces"): no rebels."""
    return actor.label.rsplit(maxsplit=1)[-1].lower().removesuffix("s") in nouns().state


def _called_before(token: Token, talk: Discourse) -> Actor | None:
    """Who bears a word in their name ("the movement" after "the Movement for Unity"), or whose forces abroad it meant
    before ("Rwandan troops … the troops"); nobody where it meant others too.
    """
    words, head = nouns(), lemma(token)
    told_apart = len([word for word in _plain(token).split() if word.lower() not in OWN]) > 1
    told_apart = told_apart or bool(complements(token, "of"))  # "the soldiers of the caliphate"
    if not is_definite(token) or told_apart or not (head in words.group or head in words.regular):
        return None
    before = [(t, a) for t, a in talk.said if lemma(t) == head]
    if head in words.regular:
        sides = {a.party for _, a in before if a.linked}
        foreign = all(a.linked and a.kind is ActorKind.STATE_FORCE for _, a in before)
        return before[-1][1] if before and foreign and len(sides) == 1 else None
    named = [a for t, a in before if t.i in talk.names and a.kind in COLLECTIVE]
    return named[-1] if named and len({a.id for a in named}) == 1 else None


def _side_of(actor: Actor, talk: Discourse) -> Actor | None:
    """Whose forces "his troops" are: those that a person is said to belong to."""
    entry = lexicon().entry(actor.part_of) if actor.part_of else None
    if entry is None:
        return None
    armed = lexicon().forces(entry.id) if entry.kind is ActorKind.GOVERNMENT else None
    return known_actor(armed or entry.id, talk.setting)


def _is_proper(token: Token) -> bool:
    """Whether a modifier tells which group is meant: a name, or the adjective of a country or people."""
    return (token.pos_ == "PROPN" or is_named(token)) and token.lower_ not in nouns().faith


def _plain(token: Token) -> str:
    """The modifiers and the head, without articles: "Iraqi government forces", "Russia's defence ministry"."""
    first, last = modifiers(token)
    dropped = {"DET", "NUM", "SPACE", "ADV", "CCONJ"}
    kept = [t for t in token.doc[first:last] if t.pos_ not in dropped and (t.pos_ != "PUNCT" or t.text == "-")]
    kept = [t for t in kept if t.pos_ != "ADJ" or t.lower_ not in nouns().passing]
    return "".join(t.text_with_ws for t in kept).strip()
