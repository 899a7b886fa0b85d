"""Where people were harmed: the place in the words of the harm, of what did it, near in the sentence, or spoken of."""

from collections.abc import Iterable, Iterator

from conflict_kg.linking import lexicon, link_place
from conflict_kg.model import Count, Harm, Place, PlaceKind
from conflict_kg.reading.clauses import (
    antecedent,
    children,
    complements,
    conjuncts,
    grammatical_subjects,
    is_verb,
    preposition,
)
from conflict_kg.reading.discourse import is_landmark
from conflict_kg.reading.figures import bounds
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues

MEMORY = 600  # tokens after which a place is no longer spoken of
CLOSE = 45  # tokens before a sentence: about two sentences
NEXT = 6  # tokens between a part's name and that of its whole
RECENT = 6  # places; the main place of the report is meant if it is among so many
WHERE = ("in", "at", "near", "inside", "around", "outside", "on", "into", "from", "across")
ALL_OVER = ("across", "throughout", "around", "in")  # before the country that a war has its victims in
BEFORE = {"after", "since", "before", "following"}  # an event that is another one
HEADING = 4  # tokens up to a colon: a name, its bullet
# Victims of a whole war; no report tells so many of a town without naming it in the sentence. Of others than the dead:
OF_A_WAR = 1_000_000
DEAD_IN_A_WAR = 100_000


def place_of_harm(scene: Scene, token: Token, harm: Harm, number: Count) -> Place | None:
    """Where: named in the clause or with what did it, in the clauses above, else nearest in what is said, else the
    place spoken of. Those whom a war killed are its country's.
    """
    clause: Token = token
    while True:
        if (found := _told_by(scene, clause)) is not None:
            return found
        if clause.head == clause:
            break
        clause = clause.head
    if (place := _of_a_war(scene, token) or _headed(scene, token)) is not None:
        return place
    utterance = scene.utterance(token)
    near = [t.i for t in token.sent if t.i in scene.mentions.places]
    said = [i for i in near if utterance is None or utterance.covers(scene.doc[i])]
    for i in sorted(said, key=lambda i: (is_landmark(scene.doc[i]), i > token.i, abs(i - token.i))):
        if (found := _named(scene, scene.doc[i])) is not None:
            parts = [p for k in said if k < token.i and (p := scene.mentions.places[k][0]).located_in == found.id]
            return parts[-1] if parts else found
    if (country := _country(scene, [token], ("in",))) is not None:
        return country
    many = max(bounds(number), default=0) >= (DEAD_IN_A_WAR if harm is Harm.KILLED else OF_A_WAR)
    return _main_country(scene) if many else _spoken_of(scene, token)


def part_before(scene: Scene, token: Token, whole: Place) -> Place | None:
    """The part that a place's name says the whereabouts of: "the Malaab district in southern Ramadi"."""
    near = range(max(token.sent.start, token.i - NEXT), token.i)
    parts = [place for i in near if (place := scene.mentions.places.get(i, (None,))[0]) is not None]
    return next((part for part in reversed(parts) if part.located_in == whole.id), None)


def _told_by(scene: Scene, clause: Token) -> Place | None:
    """The place in the words of a clause, else in those of the event in it: "strikes on X killed five"."""
    events = [c for c in _causes(clause) if lemma(c) in nouns().event | cues()["war"] and preposition(c) not in BEFORE]
    for heads in ([clause], [e for event in events for e in conjuncts(event)]):
        for name in WHERE:
            for child in (c for head in heads for c in _phrases(head, name)):
                whole = complements(child, "of") if lemma(child) in nouns().direction else []  # "in the west of X"
                for place in (child, *whole):
                    if (found := _named(scene, place)) is not None:
                        return part_before(scene, place, found) or found
    return None


def _headed(scene: Scene, token: Token) -> Place | None:
    """The place that a sentence has for a heading: "Mykolaiv: a missile killed six people"."""
    mark = next((t for t in token.sent if t.text == ":"), None)
    named = [t for t in token.sent if mark is not None and t.i < mark.i and t.i in scene.mentions.places]
    return _named(scene, named[0]) if named and mark is not None and mark.i - token.sent.start <= HEADING else None


def _causes(word: Token) -> list[Token]:
    """What may have done a harm: the subject of the verb, also of the one that it is joined to, and what it was in."""
    subjects = grammatical_subjects(word) if is_verb(word) else ()
    others = (antecedent(c) for c in children(word, "nsubj", "obl", "obl:agent", "nmod"))
    return list(dict.fromkeys((*others, *subjects)))


def _of_a_war(scene: Scene, token: Token) -> Place | None:
    """The country of the war that killed them ("the conflict in X has killed"), or since which they were killed."""
    wars = [c for c in _causes(token) if lemma(c) in cues()["war"]]
    if (country := _country(scene, wars, ("in",))) is not None:
        return country
    if (country := _country(scene, [token], ALL_OVER[:3])) is not None:
        return country
    return _main_country(scene) if wars or _since_war(scene, token) else None


def _since_war(scene: Scene, token: Token) -> bool:
    """Whether they were killed since a war began: "since the conflict erupted", "since then" where that was told."""
    for word in (t for t in token.sent if t.lower_ == "since" and t.dep_ in {"mark", "case"}):
        stretch = {word.head, *word.head.subtree}
        if any(t.lower_ == "then" for t in stretch):
            start = token.sent.start
            stretch = set(scene.doc[start - 1].sent) if start else set()
        if any(lemma(t) in cues()["war"] for t in stretch):
            return True
    return False


def _country(scene: Scene, heads: Iterable[Token], prepositions: Iterable[str]) -> Place | None:
    """The country that the words put something in."""
    told = (c for head in heads for name in prepositions for c in (*_phrases(head, name), *_owners(head)))
    places = (found for child in told if (found := scene.place(child)) is not None)
    return next((place for place, _ in places if place.kind is PlaceKind.COUNTRY), None)


def _owners(head: Token) -> list[Token]:
    return children(head, "nmod:poss")


def _main_country(scene: Scene) -> Place | None:
    """The country that the report is about."""
    setting = scene.mentions.setting
    country = lexicon().countries.get(setting.main_country or "")
    return link_place(country.name, setting) if country is not None else None


def _named(scene: Scene, token: Token) -> Place | None:
    """The place at a token if it is one that people are harmed at: no country, and no thing without a name."""
    found = scene.place(token)
    if found is None or found[0].kind is PlaceKind.COUNTRY:
        return None
    return found[0] if found[0].linked or found[0].name != found[0].name.lower() else None


def _spoken_of(scene: Scene, token: Token) -> Place | None:
    """The settlement named last just before, else the main place if it or nothing was named lately, else the last."""
    places = [
        (i, place)
        for i in range(max(0, token.i - MEMORY), token.i)
        if i in scene.mentions.places and scene.readable(scene.doc[i]) and not is_landmark(scene.doc[i])
        if (place := _named(scene, scene.doc[i])) is not None and place.kind is not PlaceKind.AREA
    ]
    close = [p for i, p in places if token.sent.start - i < CLOSE and p.kind is PlaceKind.SETTLEMENT]
    main = scene.mentions.main
    if main is not None and (not places or (main.id in {p.id for _, p in places[-RECENT:]} and not close)):
        return main
    if close:
        return close[-1]
    return places[-1][1] if places else None


def _phrases(head: Token, name: str) -> Iterator[Token]:
    for label, child in head.links:
        if label.split(":")[0] in {"obl", "nmod"} and preposition(child) == name:
            yield from conjuncts(child)
        elif label == "obj":
            yield from complements(child, name)
