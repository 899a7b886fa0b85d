"""From a Universal Dependencies parse to predicates with normalised roles; knows nothing of war.

A clause is a verb, or a noun that names an event ("the fall of the town to rebels"). Active, passive, relative,
participial and infinitive clauses and conjuncts all come out with the same roles: who does it (subject),
to whom or what (object), and what stands behind a preposition, keyed by it ("from", "out of", "to").
Labels: universaldependencies.org, as English EWT and GUM use them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from conflict_kg.reading.labels import is_named
from conflict_kg.reading.nouns import acts
from conflict_kg.reading.parse import Doc, Token

RELATIVE = {"that", "which", "who", "whom", "whose", "where"}
CLAUSAL = {"ccomp", "xcomp", "advcl", "acl", "conj", "parataxis", "csubj"}
# Verbs whose infinitive is done by their own subject although they have an object ("promised the town to leave").
SUBJECT_CONTROL = {"promise", "vow", "use", "take", "launch", "mount", "begin", "start", "need"}
PREDICATIVE = {"ADV", "PRON"}  # what is a predicate behind "be" only: "the army is back in", "the town is ours"
OVER = {"hand", "turn"}  # what is behind their "over" is what somebody gives
# Before a gerund these point to the object above ("accused them of leaving", "kept the army from entering").
STRAYED = {"by", "from", "to"}
AGAINST = {"on", "against"}  # before what an attack is on
OBJECT_GERUND = {"of", "for", "from", "into"}
# Labels that tell the voice: the last two speak for the active one.
VOICE = {"aux:pass", "nsubj:pass", "csubj:pass", "obl:agent", "obj", "nsubj"}
# Labels of what hangs on a noun and is not part of its phrase.
OUTSIDE = {"conj", "cc", "appos", "parataxis", "punct", "case", "cop", "aux", "mark", "nsubj", "advcl", "acl:relcl"}
OUTSIDE |= {"ccomp", "dep", "list"}


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A predicate with its roles; each role holds the head tokens of noun phrases, conjuncts one by one."""

    predicate: Token
    lemma: str
    """The predicate's lemma, lower case, with its particle: "take over"."""
    subjects: tuple[Token, ...]
    objects: tuple[Token, ...]
    obliques: Mapping[str, tuple[Token, ...]]
    """By preposition; those of the object too ("control of the city"), the verb's own first."""
    passive: bool = False
    nominal: bool = False

    def role(self, name: str) -> tuple[Token, ...]:
        """The heads in a role: "subject", "object", or a preposition."""
        if name == "subject":
            return self.subjects
        if name == "object":
            return self.objects
        return self.obliques.get(name, ())


def clauses(doc: Doc, nouns: Collection[str] = ()) -> tuple[Clause, ...]:
    """The clauses of a parsed text, in order.

    Args:
        doc: with lemmas, part of speech, tags and a UD parse.
        nouns: lemmas of nouns (and adjectives: "the town is free of …", adverbs and pronouns: "the town is ours") that
            count as predicates.

    """
    found = []
    for token in doc.tokens:
        if is_verb(token):
            found.append(_verbal(token))
        elif _is_predicate(token, nouns):
            found.append(_nominal(token))
    return tuple(found)


def _is_predicate(token: Token, nouns: Collection[str]) -> bool:
    """Whether a noun or adjective is one of those that are predicates, or an adverb or pronoun behind "be"."""
    if token.pos_ in PREDICATIVE:
        return token.lower_ in nouns and bool(children(token, "cop"))
    return token.pos_ in {"NOUN", "PROPN", "ADJ"} and token.lemma_.lower() in nouns


def is_verb(token: Token) -> bool:
    """Whether the token heads a verbal clause ("rebel-held": the participle inside a compound counts too)."""
    return token.pos_ == "VERB" or (token.tag_ in {"VBN", "VBG", "VBD"} and token.pos_ not in {"AUX", "NOUN"})


def _verbal(verb: Token) -> Clause:
    passive = is_passive(verb)
    subjects = grammatical_subjects(verb)
    objects = tuple(antecedent(head) for head in _conjoined(children(verb, "obj") or _light_objects(verb)))
    obliques = _obliques(verb, objects)
    if passive:
        agents = (
            _conjoined(c for c in children(verb, "obl:agent") if _is_agent(c))
            or tuple(c for c in obliques.get("by", ()) if c.ent_type_ not in {"DATE", "TIME"})  # "was taken by Friday"
            or _causer(verb)
        )
        subjects, objects = agents, subjects or objects
    elif verb.dep_ == "acl:relcl" and not objects and not _is_relative_subject(verb):
        objects = _relative_object(verb)
    particles = [c.lower_ for _, c in verb.links if is_particle(c)]
    if not objects and not particles and (given := obliques.get("over", ())) and verb.lemma_ in OVER:
        particles, objects = ["over"], given  # "handed over the town", whose parse has "over the town"
    return Clause(verb, " ".join([verb.lemma_.lower(), *particles]), subjects, objects, obliques, passive)


def is_particle(word: Token) -> bool:
    """Whether an adverb belongs to the verb: "take over" (but not "up to"), "take back"."""
    if word.dep_ == "advmod":
        return word.lower_ == "back" and word.i > word.head.i
    return word.dep_ == "compound:prt" and not children(word, "fixed")


def _nominal(noun: Token) -> Clause:
    """A noun's roles: its possessor is the subject, the rest by preposition; an adjective has a subject of its own."""
    own = children(noun, "nsubj") if noun.pos_ in PREDICATIVE | {"ADJ"} else children(noun, "nmod:poss")
    if noun.pos_ == "ADJ" and noun.dep_ == "xcomp":  # "you have got the militants safe in the town"
        own = own or children(noun.head, "obj", "nsubj", "nsubj:pass")
    subjects = _conjoined(own)
    word = noun.lower_ if noun.pos_ in PREDICATIVE else noun.lemma_.lower()
    obliques = _obliques(noun, ())
    for child in behind(noun):  # "confirmed the fall of the town to rebels", whose parse has "confirmed … to rebels"
        if child.head != noun and preposition(child) in STRAYED | AGAINST:
            obliques.setdefault(preposition(child), _conjoined([child]))
    return Clause(noun, word, subjects, (), obliques, nominal=True)


def is_passive(verb: Token) -> bool:
    """Passive voice: marked as such, or a past participle that modifies what it was done to."""
    deps = {label for label, child in verb.links if label in VOICE and not is_shouted(child)}
    if {"nsubj:pass", "obj"} <= deps and "aux:pass" not in deps:
        return False  # "they have in two days taken X", whatever the parse makes of the subject
    if deps - {"obj", "nsubj"}:
        return True
    if verb.tag_ != "VBN" or "obj" in deps or "nsubj" in deps:
        return False
    if any(child.lemma_ == "have" for child in children(verb, "aux")):
        return False
    if verb.dep_ == "conj" and is_verb(verb.head):
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "amod", "advcl", "acl:relcl", "ROOT", "xcomp", "compound", "parataxis"}


def _light_objects(verb: Token) -> list[Token]:
    """A noun that the parse took for a complement or an oblique ("seized control of the town")."""
    bare = [c for c in children(verb, "obl", "obl:unmarked") if not preposition(c) and c.left_edge.i - verb.i in {1, 2}]
    named = [c for c in bare if c.pos_ == "PROPN" and c.ent_type_ in {"LOC", "FAC"}]  # "would hand over Kerrin"
    return [c for c in [*children(verb, "xcomp"), *bare] if c.pos_ == "NOUN" and c.i > verb.i] + named


def is_shouted(token: Token) -> bool:
    """Whether an auxiliary is a name that only looks like one: in capitals ("IS seized …") where the verb is not, and
    nothing else is the verb's subject ("it IS true").
    """
    if token.pos_ != "AUX" or len(token) < 2 or not token.text.isupper() or not token.head.text.islower():
        return False
    return not any(c.dep_ in {"nsubj", "nsubj:pass", "expl"} and c.i == token.i - 1 for c in token.head.children)


def _causer(verb: Token) -> tuple[Token, ...]:
    """Who "has the town surrounded": the subject of "have" or "get" above a participle."""
    caused = verb.dep_ in {"xcomp", "ccomp", "acl"} and verb.head.lemma_ in {"have", "get", "keep"}
    return grammatical_subjects(verb.head) if caused and is_verb(verb.head) else ()


def grammatical_subjects(verb: Token, depth: int = 0) -> tuple[Token, ...]:
    """The subject before voice is considered: the verb's own, or the one that it shares with a clause above it."""
    head = verb.head
    own = [c for label, c in verb.links if label in {"nsubj", "nsubj:pass", "nsubj:outer"} or is_shouted(c)]
    if not own:
        own = _strayed_subjects(verb) or _beside(verb) or headline_subject(verb)
    elif verb.dep_ == "ccomp" and head.i < verb.i and not children(head, "nsubj"):
        own = [c for c in own if c.i > head.i] or own[1:]  # the other one is the subject of the verb of saying
    if own:
        return _conjoined([antecedent(_opening(min(own, key=lambda c: abs(c.i - verb.i))))])
    if depth > 8 or head == verb:
        return ()
    dep = verb.dep_
    if dep == "conj" and (is_verb(head) or head.pos_ in {"ADJ", "AUX"} or children(head, "cop")):
        return grammatical_subjects(shared_with(verb), depth + 1)
    if dep == "parataxis" and (told := _told_before(verb)) is not None:
        return grammatical_subjects(told, depth + 1)
    if dep == "xcomp":
        controlled = children(head, "obj", "iobj") if head.lemma_.lower() not in SUBJECT_CONTROL else []
        return _conjoined(controlled) or grammatical_subjects(head, depth + 1)
    if dep == "advcl":
        return _participant_above(verb, depth)
    if dep == "acl:relcl":
        return (head,) if _is_relative_subject(verb) else ()
    return _of_participle(verb, depth) if dep in {"acl", "amod"} else ()


def _of_participle(verb: Token, depth: int) -> tuple[Token, ...]:
    """The subject of a clause that hangs on a noun without a relative pronoun."""
    head = verb.head
    if (beside := _told_beside(verb)) is not None:
        return grammatical_subjects(beside, depth + 1)
    done = any(c.lower_ == "have" for c in children(verb, "aux"))
    if verb.tag_ == "VB" or done or (verb.tag_ == "VBG" and children(verb, "mark")):
        return owner(head, depth)  # "the plan to take", "the claim to have taken", "the verge of taking"
    compounds = children(verb, "compound", "obl", "nmod", "nmod:unmarked")
    return (head,) if verb.dep_ == "acl" or not compounds else _conjoined([head])


def _told_beside(verb: Token) -> Token | None:
    """The passive that a participle goes on from, which the parse hung on who did it: "was taken by rebels in May,
    retaken by the army in June".
    """
    agent, before = verb.head, verb.doc[verb.i - 1] if verb.i else verb
    stands = verb.tag_ == "VBN" and before.text == "," and agent.dep_ == "obl:agent" and is_passive(agent.head)
    return agent.head if stands and children(verb, "obl:agent", "obl") else None


def headline_subject(verb: Token) -> list[Token]:
    """The noun that opens a headline and that the parse took for a part of its verb: "Army retakes key town"."""
    finite = verb.pos_ == "VERB" and verb.tag_ in {"VBZ", "VBP", "VBD"}
    return [c for c in children(verb, "compound") if finite and c.i == verb.sent.start and c.pos_ in {"NOUN", "PROPN"}]


def _opening(word: Token) -> Token:
    """The first word of a name that the parse hung on one head word by word; any other word itself."""
    while word.pos_ == "PROPN" and word.i > word.sent.start:
        before = word.doc[word.i - 1]
        if before.pos_ != "PROPN" or (before.head, before.dep_) != (word.head, word.dep_) or word.dep_ == "flat":
            break
        word = before
    return word


def _told_before(verb: Token) -> Token | None:
    """The clause whose subject one beside it goes on with: "Update: forces declare victory, say …"."""
    if verb.tag_ not in {"VBP", "VBD", "VBZ", "VB"} or verb.head.i > verb.i:
        return None
    if is_verb(verb.head):
        return verb.head
    told = [c for c in children(verb.head, "appos", "parataxis") if c.i < verb.i and is_verb(c)]
    return told[-1] if told else None


def _strayed_subjects(verb: Token) -> list[Token]:
    """The subject of "X, a spokesman, said Y …" where the parse hung it on what was said; of "X fell; Y fell"
    where it hung on the second verb.
    """
    beside = (*children(verb, "ccomp"), *children(verb, "conj", "parataxis"))
    return [c for said in beside for c in children(said, "nsubj", "nsubj:pass") if c.i < verb.i < said.i]


def _beside(verb: Token) -> list[Token]:
    """Who stands right before a participle that the parse hung higher up: "fire from rebels trying to take …"."""
    bare = verb.tag_ == "VBG" and verb.dep_ == "advcl" and not children(verb, "mark")
    before = verb.doc[verb.i - 1] if bare and verb.i > verb.sent.start else None
    return [before] if before is not None and acts(before) and before.dep_ not in {"nsubj", "obj"} else []


def shared_with(verb: Token) -> Token:
    """The clause whose subject a conjoined verb shares: of several before it the last that has one of its own.

    In "he said the army took one town and has retaken another" the second verb may hang on "said"; with an auxiliary
    or participle that the verb of saying has not, it goes on with what was said.
    """
    head = verb.head
    between = [c for c in children(head, "conj") if head.i < c.i < verb.i and children(c, "nsubj", "nsubj:pass")]
    if between:
        return between[-1]
    said = [c for c in children(head, "ccomp") if c.i < verb.i]
    finite = bool(children(verb, "aux")) and not children(head, "aux")
    return said[0] if said and finite else head


def _participant_above(verb: Token, depth: int) -> tuple[Token, ...]:
    """Who does what an adverbial clause without a subject says: the subject of the clause above."""
    head = verb.head
    if is_verb(head):
        marks = {c.lower_ for c in children(verb, "mark", "case")}
        controlled = children(head, "obj", "iobj") if verb.tag_ == "VBG" and marks & OBJECT_GERUND else []
        return _conjoined(controlled) or grammatical_subjects(head, depth + 1)
    subjects = children(head, "nsubj")
    return _conjoined(subjects)


def owner(noun: Token, depth: int = 0) -> tuple[Token, ...]:
    """Whose plan "a plan to …" is: its possessor, a name or people before it, or who governs it ("rebels are on the
    verge of").
    """
    owners = children(noun, "nmod:poss") or [
        c for c in children(noun, "compound", "amod") if c.pos_ == "PROPN" or is_named(c) or acts(c)
    ]
    owners = owners or complements(noun, "by", "from")
    owners = owners or children(noun, "nsubj")
    if owners:
        return _conjoined(owners)
    top = noun
    while top.dep_ == "conj":
        top = top.head
    if top.dep_ in {"obj", "obl", "xcomp"} and is_verb(top.head):
        return grammatical_subjects(top.head, depth + 1)
    if top.dep_.startswith("nmod") and top.head != top:
        return owner(top.head, depth + 1) if depth < 8 else ()
    return ()


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token itself."""
    if token.lower_ not in RELATIVE or token.pos_ not in {"PRON", "DET", "SCONJ", "ADV"}:
        return token
    for ancestor in token.ancestors:
        if ancestor.dep_ == "acl:relcl":
            return ancestor.head
    return token


def _is_relative_subject(verb: Token) -> bool:
    """Whether the noun that a relative clause modifies is its subject ("forces that left")."""
    return any(c.lower_ in RELATIVE for c in children(verb, "nsubj", "nsubj:pass"))


def _relative_object(verb: Token) -> tuple[Token, ...]:
    """The noun before a relative clause as its object ("areas they seized"), unless a preposition is left over."""
    if children(verb, "nsubj", "nsubj:pass"):
        stranded = any(c.lower_ in RELATIVE for c in children(verb, "obl", "advmod"))
        return () if stranded else (verb.head,)
    return ()


def _obliques(head: Token, objects: tuple[Token, ...]) -> dict[str, tuple[Token, ...]]:
    found: dict[str, tuple[Token, ...]] = {}
    for adverb in (c for o in (head, *objects) for c in children(o, "advmod")):
        for token in (c for label, c in adverb.links if label.split(":")[0] == "obl"):  # "east of the city"
            found[f"{adverb.lower_} {preposition(token)}"] = (token,)
    own = [c for label, c in head.links if label.split(":")[0] in {"obl", "nmod"} and label != "nmod:poss"]
    below = [c for o in objects for label, c in o.links if label.split(":")[0] == "nmod" and label != "nmod:poss"]
    # "the capture of the town by rebels": what the parse hangs on the town is the event's.
    strayed = [g for c in own if head.pos_ == "NOUN" for g in children(c, "nmod") if _has_strayed(g, c)]
    if head.pos_ != "NOUN":  # "retaken dozens of villages from rebels"
        hosts = [c for c in below if preposition(c) == "of"]
        hosts += [c for c in own if _is_agent(c) and any(acts(w) for w in children(c, "compound"))]  # "by army troops"
        strayed = [g for c in hosts for g in children(c, "nmod") if preposition(g) == "from"]
    for token in [*own, *below, *strayed]:
        key = "by" if _is_agent(token) else preposition(token)
        heads = tuple(antecedent(t) for t in _conjoined([_opening(token)]))
        found[key] = (*found.get(key, ()), *heads)
    return found


def _has_strayed(below: Token, phrase_head: Token) -> bool:
    """Whether a phrase below another one of an event is the event's: "the siege by rebels on the town"."""
    return preposition(below) in STRAYED or (preposition(below) == "on" and preposition(phrase_head) == "by")


def _is_agent(token: Token) -> bool:
    """Whether it is who does what the passive says ("cleared of rebels" tells no agent, whatever the parse says)."""
    return token.dep_ == "obl:agent" and preposition(token) in {"by", ""} and token.ent_type_ != "DATE"


def preposition(token: Token) -> str:
    """The preposition of a noun phrase, several words joined ("out of"), or "" where it has none."""
    return _prepositions(token.doc)[token.i]


@lru_cache(maxsize=1)  # one report is read at a time, and most of its words are asked for
def _prepositions(doc: Doc) -> tuple[str, ...]:
    return tuple(map(_preposition, doc.tokens))


def _preposition(token: Token) -> str:
    if not children(token, "case", "flat"):
        return ""
    # A parse may hang the preposition of a name of several words on a later one of them.
    name = [token, *children(token, "flat")]
    marks = [c for word in name for label, c in word.links if label == "case" and c.i < token.i]
    return " ".join(w.lower_ for mark in marks for w in (mark, *children(mark, "fixed")))


def behind(noun: Token) -> list[Token]:
    """The prepositional phrases of a noun; right behind an object, or behind a time there, those too that the parse
    hung on its verb ("took districts in the centre", "repelled an attack on Monday on the town").
    """
    end, beside = noun.right_edge.i + 1, []
    for phrase_head in children(noun.head, "obl", "obl:unmarked") if noun.dep_ == "obj" else ():
        if phrase_head.left_edge.i == end:
            beside.append(phrase_head)
            end = phrase_head.right_edge.i + 1
    beside = [phrase_head for phrase_head in beside if phrase_head.ent_type_ not in {"DATE", "TIME"}]
    return [*children(noun, "nmod", "obl"), *beside]


def children(token: Token, *deps: str) -> list[Token]:
    """The dependents with one of these labels."""
    return [child for label, child in token.links if label in deps]


def complements(noun: Token, *prepositions: str) -> list[Token]:
    """What stands behind one of these prepositions as a noun's own: "of" gives the town of "the fall of the town"."""
    return [child for child in children(noun, "nmod") if preposition(child) in prepositions]


def _conjoined(heads: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(c for head in heads for c in conjuncts(head))


def conjuncts(head: Token) -> Iterator[Token]:
    """A noun phrase's head and the nouns joined to it by "and" or a comma, also those that the parse hung on a later
    word of its name.
    """
    yield head
    later = (link for c in children(head, "flat") for link in c.links if len(link[1]) > 1)
    for label, child in (*head.links, *later):
        if label == "conj" and (child.pos_ in {"NOUN", "PROPN", "PRON", "NUM"} or complements(child, "of")):
            yield from conjuncts(child)  # "the town and most of the villages"


def phrase(head: Token, *, clauses: bool = False) -> tuple[int, int]:
    """The tokens of a noun phrase without what hangs on as a clause, a conjunct or an apposition: (first, last + 1)."""
    known, key = _phrases(head.doc), (head.i, clauses)
    if key not in known:
        known[key] = _phrase(head, OUTSIDE if clauses else OUTSIDE | {"acl"})
    return known[key]


@lru_cache(maxsize=1)
def _phrases(doc: Doc) -> dict[tuple[int, bool], tuple[int, int]]:  # noqa: ARG001 - it is remembered by the text
    """The phrases of a text that were asked for so far, by what was asked."""
    return {}


def _phrase(head: Token, cut: Collection[str]) -> tuple[int, int]:
    left = right = head.i
    stack = [head]
    while stack:
        token = stack.pop()
        for label, child in token.links:
            inner = label in {"case", "punct", "cc", "conj"} and token != head
            of_a_name = label == "case" and token.dep_ == "flat"  # see preposition
            if child.is_space or of_a_name or (label in cut and not inner):
                continue
            left, right = min(left, child.i), max(right, child.i)
            stack.append(child)
    linked = (child.i + 1 for label, child in head.links if label == "cop" and child.i < head.i)
    return max([left, *linked]), right + 1  # "the port is among the places taken"
