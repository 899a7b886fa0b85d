"""Where people were harmed: what the clause, the sentence and the report say of the place of a figure."""

from collections.abc import Iterable, Iterator

from conflict_kg.linking import is_unnamed, lexicon, link_place
from conflict_kg.model import Count, Place, PlaceKind
from conflict_kg.reading.clauses import children, complements, conjuncts, grammatical_subjects, is_verb, preposition
from conflict_kg.reading.discourse import is_government
from conflict_kg.reading.figures import bounds
from conflict_kg.reading.nouns import lemma, nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.scene import Scene
from conflict_kg.reading.standing import cues

MEMORY = 600  # tokens after which a place is no longer spoken of
CLOSE = 45  # tokens before a sentence: about two sentences
NEXT = 6  # tokens between a part's name and that of its whole
RECENT = 6  # places; the main place of the report is meant if it is among so many
OPENING = 15  # tokens in which a report tells where it was written
CLEARLY = 0.6  # share of the country that a report is about
ORIGIN = {"come", "fly", "arrive", "send", "say", "report", "tell", "speak", "write", "broadcast"}
"""Verbs with which "from" tells where somebody or something was before."""
SEATED = {"ministry", "embassy", "presidency", "government", "kremlin"}  # "the ministry in X": it is not there
WARS = 100_000  # victims; so many are a whole war's where the words tell of no place
WHERE = ("in", "at", "near", "inside", "around", "outside", "on", "into", "from", "across")
TARGET = (*WHERE, "of", "against", "for")  # behind an event: "strikes on X", "the battle for X"


def place_of_harm(scene: Scene, token: Token, count: Count) -> Place | None:
    """Where: named in the clause, in those above it, else nearest in what is said, else the place spoken of."""
    clause: Token = token
    while True:
        for name in WHERE:
            for child in _phrases(clause, name):
                if (found := _named(scene, child)) is not None:
                    return part_before(scene, child, found) or found
        if clause.head == clause:
            break
        clause = clause.head
    wars = [c for c in children(token, "nsubj", "obl", "nmod") if lemma(c) in cues()["war"]]
    if (country := _country(scene, wars)) is not None:
        return country  # "the conflict in X has killed thousands"
    if _is_a_wars(scene, token, count) and (country := _main_country(scene)) is not None:
        return country
    if (struck := _struck(scene, token)) is not None:
        return struck
    utterance = scene.utterance(token)
    near = [t.i for t in token.sent if t.i in scene.mentions.places and not _is_no_scene(scene, t)]
    said = [i for i in near if utterance is None or utterance.covers(scene.doc[i])]
    for i in sorted(said, key=lambda i: (_is_landmark(scene.doc[i]), i > token.i, abs(i - token.i))):
        if (found := _named(scene, scene.doc[i])) is not None:
            parts = [p for k in said if k < token.i and (p := scene.mentions.places[k][0]).located_in == found.id]
            return parts[-1] if parts else found
    return _country(scene, [token]) or _labelled(scene, token) or _spoken_of(scene, token)


def _is_a_wars(scene: Scene, token: Token, count: Count) -> bool:
    """Whether a figure is one of a whole war: told "since the uprising", "across the country", or so high."""
    told = [t for t in token.sent if not t.is_punct]
    since = any(t.lower_ == "since" and t.dep_ in {"mark", "case"} and _tells_war(t.head) for t in told)
    across = any(lemma(t) == "country" and preposition(t) in {"across", "throughout", "in", "around"} for t in told)
    named = any(t.i in scene.mentions.places and _named(scene, t) is not None for t in told)
    return since or across or (not named and max(bounds(count), default=0) >= WARS)


def _tells_war(head: Token) -> bool:
    """Whether a word, or the subject of a clause, is a war: "since the conflict began", "since the war"."""
    return lemma(head) in cues()["war"] or any(lemma(c) in cues()["war"] for c in children(head, "nsubj"))


def _main_country(scene: Scene) -> Place | None:
    """The country that the report is about, as a place."""
    iso = scene.mentions.setting.main_country
    known = lexicon().countries.get(iso or "")
    return link_place(known.name, scene.mentions.setting) if known is not None else None


def _struck(scene: Scene, token: Token) -> Place | None:
    """The place of what did it: "air strikes on X, east of Y, killed ten"."""
    does = grammatical_subjects(token) if is_verb(token) else ()
    events = [e for e in (*does, *children(token, "obl:agent", "obl")) if lemma(e) in nouns().event]
    heads = sorted((c for e in events for name in TARGET for c in _phrases(e, name)), key=lambda c: c.i)
    places = [part_before(scene, c, found) or found for c in heads if (found := _named(scene, c)) is not None]
    return min(places, key=lambda place: place.kind is PlaceKind.AREA, default=None)


def _is_landmark(token: Token) -> bool:
    """Whether a place only tells where another lies: "east of X"."""
    return lemma(token.head) in nouns().direction | nouns().distance


def _is_dateline(scene: Scene, token: Token) -> bool:
    """Whether a place opens the report and lies in another country than it is about: it is where it was written."""
    behind = scene.doc[token.i + 1].text[:1] if token.i + 1 < len(scene.doc) else ""
    opens = token.i < OPENING and not preposition(token) and (behind.isupper() or behind in {"(", "-", "–", "—"})
    return opens and _is_abroad(scene, scene.mentions.places[token.i][0])


def _is_no_scene(scene: Scene, token: Token) -> bool:
    """Whether a place tells where the report was written, who governs or speaks, or where somebody came from."""
    place = scene.mentions.places[token.i][0]
    head = token.head
    if _is_dateline(scene, token) or is_government(token, place) or lemma(head) in SEATED:
        return True
    return preposition(token) == "from" and lemma(head) in ORIGIN


def _is_abroad(scene: Scene, place: Place) -> bool:
    """Whether a place lies in another country than that which the report is clearly about."""
    main = scene.mentions.setting.main_country
    return main is not None and scene.mentions.setting.country(main) >= CLEARLY and place.country not in (None, main)


def _labelled(scene: Scene, token: Token) -> Place | None:
    """The place that a sentence has as its label: "Mykolaiv: a missile killed six"."""
    for label in token.sent.tokens[:4]:
        following = scene.doc[label.i + 1] if label.i + 1 < len(scene.doc) else label
        if label.i in scene.mentions.places and following.text == ":":
            return _named(scene, label)
    return None


def _country(scene: Scene, heads: Iterable[Token]) -> Place | None:
    """The country that the words put something in."""
    told = (c for head in heads for c in (*_phrases(head, "in"), *children(head, "nmod:poss")))
    places = (found for child in told if (found := scene.place(child)) is not None)
    return next((place for place, _ in places if place.kind is PlaceKind.COUNTRY), None)


def part_before(scene: Scene, token: Token, whole: Place) -> Place | None:
    """The part that a place's name says the whereabouts of: "the Malaab district in southern Ramadi"."""
    near = range(max(token.sent.start, token.i - NEXT), token.i)
    parts = [place for i in near if (place := scene.mentions.places.get(i, (None,))[0]) is not None]
    return next((part for part in reversed(parts) if part.located_in == whole.id), None)


def _named(scene: Scene, token: Token) -> Place | None:
    """The place at a token if it is one that people are harmed at: no country, and no thing without a name."""
    found = scene.place(token)
    if found is None or found[0].kind is PlaceKind.COUNTRY or lexicon().demonym(token.text) is not None:
        return None
    return None if is_unnamed(found[0]) else found[0]


def _spoken_of(scene: Scene, token: Token) -> Place | None:
    """The settlement named last just before, else the main place if it or nothing was named lately, else the last."""
    places = [
        (i, place)
        for i in range(max(0, token.i - MEMORY), token.i)
        if i in scene.mentions.places and scene.readable(scene.doc[i])
        if (place := _named(scene, scene.doc[i])) is not None and place.kind is not PlaceKind.AREA
        if not _is_abroad(scene, place) and not _is_no_scene(scene, scene.doc[i])
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
