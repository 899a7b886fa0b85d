"""Casualty claims: how many were killed, wounded, missing, captured or displaced, as each source says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from conflict_kg.model import Actor, CasualtyClaim, Count, Harm, Period, SectionKind, Status
from conflict_kg.reading.clauses import Clause, children, conjuncts, phrase, preposition
from conflict_kg.reading.counts import CountExpression, find_counts
from conflict_kg.reading.figures import bounds, one_a_figure
from conflict_kg.reading.nouns import lemma, nouns, people
from conflict_kg.reading.parse import Token
from conflict_kg.reading.related import Counted, parts, subsets, with_relations
from conflict_kg.reading.scene import Scene, when
from conflict_kg.reading.speakers import sources
from conflict_kg.reading.standing import cues, is_seeming, standing
from conflict_kg.reading.victims import LIFE, harm_file, harms, is_number, victims
from conflict_kg.reading.whereabouts import WHERE, place_of_harm

TOLLS = {"toll", "number", "total"}
TOTALS = {"total", "quarter"}
REACHES = {"reach", "pass", "exceed", "top", "hit", "surpass"}
CROWD = 100  # people; that fewer are on their way somewhere is no flight of a population
MOVED = {"evacuate", "displace", "force", "drive", "flee"}  # of single ones who moved no figure is made
NOBODY = {"more", "others", "dead", "wounded"}  # said of people named elsewhere


@dataclass(frozen=True, slots=True, eq=False)
class _Victims:
    """The people that a word is said of: the head of their phrase, their number, the clause that it stands in."""

    head: Token
    number: CountExpression
    clause: Clause | None


def casualty_claims(scene: Scene) -> tuple[CasualtyClaim, ...]:
    """The casualty claims of a report that give a number, or a word for one, each figure and source once, in order."""
    told: list[Counted] = []
    by_predicate = {clause.predicate.i: clause for clause in scene.clauses}
    for token in scene.doc.tokens:
        clause = by_predicate.get(token.i)
        said = _said(token, clause)
        if said and scene.readable(token):
            told += _claims_at(scene, token, clause, said)
        elif lemma(token) in TOLLS and token.pos_ == "NOUN" and scene.readable(token):
            told += _toll(scene, token)
    harmed = {one.head for one in told if one.claim.harm is not Harm.DISPLACED}
    told = [
        one for one in told if one.claim.harm is not Harm.DISPLACED or one.head not in harmed
    ]  # "109 evacuees died"
    figures = one_a_figure(one.claim for one in told)
    return tuple(sorted(with_relations(told, figures), key=lambda c: (c.passage, c.harm, c.count.text)))


@cache
def _telling() -> frozenset[str]:
    """All words that may tell of harm."""
    return frozenset(word for one in harms() for word in one.words)


def _said(token: Token, clause: Clause | None) -> frozenset[str]:
    """The forms of a word that may tell of harm."""
    forms = (lemma(token), token.lower_, clause.lemma if clause is not None else "")
    return _telling().intersection(forms)


def _claims_at(scene: Scene, token: Token, clause: Clause | None, said: Iterable[str]) -> Iterator[Counted]:
    """The claims made by one word, with the people it is said of and the number that they have."""
    named = [i for i, (place, _) in scene.mentions.places.items() if place.linked]
    for words in (words for words in harms() if words.tells(said)):
        heads = victims(token, clause, words, named)
        counted = [(head, found) for head in heads if (found := _count(scene, head, token)) is not None]
        if words.crowd:
            counted = [(head, found) for head, found in counted if max(bounds(found.count), default=0) >= CROWD]
        if counted and not _unreal(scene, token) and not _looked_at(scene, token):
            for head, number in counted:
                yield Counted(_claim(scene, token, words.kind, _Victims(head, number, clause)), token, head)
                for part in parts(head, token):
                    if (some := _count(scene, part, token)) is not None:
                        claim = _claim(scene, token, words.kind, _Victims(part, some, clause))
                        yield Counted(claim, token, part, head)
            return


def _toll(scene: Scene, token: Token) -> Iterator[Counted]:
    """The figures that a toll or number of victims has: "put the toll at 12", "the number of dead rose to 40"."""
    kind = _harm_of(token)
    verb = token.head if token.dep_ in {"nsubj", "nsubj:pass", "obj"} else None
    if kind is None or _unreal(scene, verb or token):
        return
    heads = [c for c in children(token, "nmod") if preposition(c) in {"of", "at"}]
    heads += [c for below in _told_of(token) for c in children(below, "obl") if preposition(c) == "at"]
    if verb is not None:
        heads += [c for c in children(verb, "obl") if preposition(c) in {"to", "at", "as"}]
        heads += children(verb, "obj") if token.dep_ == "nsubj" and lemma(verb) in REACHES else []
        heads += [verb] if is_number(verb) else []
    for head in heads:
        high = [c for c in children(head, "obl") if is_number(c)] if head.pos_ in {"ADJ", "ADV"} else []
        found = _count(scene, next(iter(high), head), token)  # "at as high as 40"
        if found is not None and bounds(found.count):
            yield Counted(_claim(scene, token, kind, _Victims(head, found, None)), token, head)


def _harm_of(toll: Token) -> Harm | None:
    """What a toll counts: the word for it beside or below; a "toll" alone is one of deaths."""
    near = [toll, *(t for c in children(toll, "compound", "amod", "nmod", "acl") for t in (c, *c.children))]
    told = {form for t in near for form in (lemma(t), t.lower_)}
    done = {lemma(verb) for verb in _told_of(toll)}
    beside = {lemma(c) for c in children(toll.head, "nsubj")}  # "the deaths bring the total to 40"
    kinds = [words.kind for words in harms() if not words.needs and (told | beside) & (words.state | words.noun)]
    kinds += [words.kind for words in harms() if done & words.subject]
    return next(iter(kinds), Harm.KILLED if lemma(toll) == "toll" else None)


def _told_of(toll: Token) -> Iterator[Token]:
    """What is told of those whom a number counts: "the number of people who have fled", "the number of displaced"."""
    for child in (toll, *children(toll, "nmod")):
        yield from children(child, "acl", "acl:relcl")


def _count(scene: Scene, head: Token, predicate: Token) -> CountExpression | None:
    """The number in a phrase of people, a vague one ("several") too; offsets are the report's. None where none is."""
    bare = is_number(head)
    counted_by = children(head, "nmod") if lemma(head) in TOTALS else []  # "a total of 24 men"
    people = any(_is_person(noun) for noun in (*conjuncts(head), *counted_by))  # "12 army and 20 rebel fighters"
    if not bare and not people and head.i not in scene.mentions.actors and head != predicate:
        return None
    first, last = phrase(head)
    while first > head.sent.start and _qualifies(scene.doc[first - 1]):
        first -= 1
    base, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
    behind = [c for c in children(head, "nummod") if c.i > head.i and children(c, "nmod")]  # "Muslims, 6,000 of them"
    reach = end if counted_by or behind else head.idx + len(head)
    counted = [f for f in find_counts(scene.report.view[base:end]) if base + f.start <= reach]
    best = next((found for found in counted if bounds(found.count)), next(iter(counted), None))
    if best is None and people and not counted_by and _is_one(head, predicate):
        article = children(head, "det")[0]
        return CountExpression(article.idx, article.idx + len(article), Count(article.text, 1, 1, 1))
    return replace(best, start=base + best.start, end=base + best.end) if best is not None else None


def _is_one(head: Token, predicate: Token) -> bool:
    """Whether an article says that it is one: "a civilian was killed", "wounding another soldier"."""
    article = any(c.lower_ in {"a", "an", "another"} for c in children(head, "det"))
    none = head.left_edge.lower_ == "not" or any(c.lower_ == "single" for c in children(head, "amod"))
    harmed = head.dep_ in {"obj", "nsubj:pass"} or (head.dep_ == "nsubj" and lemma(predicate) in {"die", "perish"})
    aside = predicate.dep_ in {"acl:relcl", "amod"} or (predicate.dep_ == "acl" and predicate.tag_ == "VBN")
    told = predicate.pos_ == "VERB" and not aside
    return article and not none and head.tag_ == "NN" and harmed and told and lemma(predicate) not in MOVED


def _qualifies(token: Token) -> bool:
    """Whether a word before a phrase may qualify its number where the parse hung it elsewhere ("as many as")."""
    return token.pos_ in {"ADV", "ADP", "ADJ", "SCONJ"} and token.dep_ != "mark"


def _is_person(head: Token) -> bool:
    """Whether a noun is one for people: listed, a "-man", a people's name."""
    nationals = head.ent_type_ == "NORP" and head.tag_ in {"NNS", "NNPS"}
    return nationals or lemma(head) in people() or lemma(head) == LIFE or head.lower_.endswith(("man", "men"))


def _unreal(scene: Scene, token: Token) -> bool:
    """Whether the harm is only planned, foretold or denied."""
    utterance = scene.utterance(token)
    cue = utterance.cue if utterance is not None else None
    return (cue is not None and lemma(cue) == "deny") or standing(token, cue) is not Status.ASSERTED


def _looked_at(scene: Scene, token: Token) -> bool:
    """Whether it is the writer's reading of a picture ("in the video one man seems to have been shot"), no report.

    A picture is spoken of in the sentence, in the one before it, or it stands above a caption.
    """
    if scene.utterance(token) is not None or not is_seeming(token):
        return False
    section, sentence = scene.sections[token.i], token.sent
    before = scene.doc[sentence.start - 1].sent.start if sentence.start else 0
    near = scene.doc[before : sentence.end]
    captioned = section is not None and section.kind is SectionKind.CAPTION
    return captioned or any(lemma(word) in cues()["picture"] for word in near)


def _blamed(scene: Scene, token: Token, victims: _Victims) -> tuple[Actor, ...]:
    """Who did it: the subject of a verb with an object; never the victims themselves."""
    clause = victims.clause
    if clause is None or clause.nominal or not clause.objects:
        return ()
    harmed = scene.mentions.actors.get(victims.head.i)
    return tuple(a for a in scene.actors(clause.subjects, scene.utterance(token)) if a != harmed)


def _claim(scene: Scene, token: Token, harm: Harm, victims: _Victims) -> CasualtyClaim:
    source = scene.source(token)
    return CasualtyClaim(
        passage=scene.sentence(token),
        digest=scene.digest,
        published=scene.report.published,
        according_to=source.speakers or _counting(scene, token, victims.head),
        relayed_by=source.relays,
        stated_in=source.statement,
        rule=f"harm {harm}:{token.lemma_.lower()}",
        harm=harm,
        count=victims.number.count,
        victims=_victim_words(scene, victims.head, victims.number),
        place=place_of_harm(scene, token, victims.number.count),
        blamed=_blamed(scene, token, victims),
        when=_clipped(scene, token),
    )


def _counting(scene: Scene, token: Token, head: Token) -> tuple[Actor, ...]:
    """Who gives a figure without a word of saying: "a rights group counts 40 dead", "the army's figures"."""
    for word in (head, token):
        for above in _above(word):
            telling = [c for c in children(above, "nsubj") if lemma(c) in nouns().message]
            if not telling and lemma(above) in harm_file()["counting"] and above.pos_ == "VERB":
                telling = [c for c in children(above, "nsubj") if c != head]
            if telling:
                return sources(telling, scene.mentions, scene.report.id)
    return ()


def _above(word: Token) -> Iterator[Token]:
    """A word and those that it hangs on, up to the head of the sentence."""
    yield word
    while word.head != word:
        word = word.head
        yield word


def _clipped(scene: Scene, token: Token) -> Period:
    """When it was: by the day of the report, unless the text itself gives a later date."""
    period, latest = when(scene, token), scene.latest(token)
    if latest is None or (period.begin_latest and period.begin_latest <= latest):
        return period
    return period if period.begin_earliest and period.begin_earliest > latest else replace(period, begin_latest=latest)


def _victim_words(scene: Scene, head: Token, number: CountExpression) -> str | None:
    """The people as written, without the number; a bare number borrows those of the clause before."""
    first, last = phrase(head)
    if head.dep_ == "nsubj" and head.head.pos_ == "NOUN" and children(head, "nmod"):  # "two of them drivers"
        told = [t for t in scene.doc[slice(*phrase(head.head))] if t not in set(head.subtree) and t.pos_ != "PUNCT"]
        return " ".join(t.text for t in told) or None
    apart = (*_whereabouts(scene, head), *subsets(head))
    left_out = {t for child in apart for t in child.subtree}
    outside = [t for t in scene.doc[first:last] if not number.start <= t.idx < number.end and t not in left_out]
    if any(t.pos_ == "PRON" for t in outside):  # "hunted down the troops, killing up to 300 of them"
        objects = [t for t in scene.doc[head.sent.start : first] if t.dep_ == "obj" and t.pos_ == "NOUN"]
        begin, end = phrase(objects[-1]) if objects else (0, 0)
        return " ".join(scene.doc[begin:end].text.split()) or None
    kept = [t for t in outside if t.pos_ not in {"DET", "PUNCT", "SPACE", "NUM"} and t.dep_ != "advmod"]
    text = " ".join(t.text for t in kept).removeprefix("of ").strip()
    if text and text.lower() not in NOBODY:
        return text
    verb = head.head
    while verb.dep_ == "conj":
        verb = verb.head
        for other in children(verb, "obj", "nsubj:pass"):
            if other.pos_ == "NOUN":
                return str(other.text)
    return text or None


def _whereabouts(scene: Scene, head: Token) -> list[Token]:
    """The phrases that say where people were, which is not who they are: "workers in Gao", not "girls from Gao"."""
    return [
        child
        for noun in (head, *children(head, "nmod"))  # "dozens of girls in Gao"
        for child in children(noun, "nmod")
        if preposition(child) in WHERE and preposition(child) != "from" and child.i in scene.mentions.places
    ]
