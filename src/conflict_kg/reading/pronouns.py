"""What pronouns of the third person stand for."""

from conflict_kg.model import Actor, Extent
from conflict_kg.reading.antecedents import Candidate, candidates, expects, gender, kind_of, recipient
from conflict_kg.reading.clauses import antecedent, grammatical_subjects
from conflict_kg.reading.discourse import Discourse
from conflict_kg.reading.nouns import nouns
from conflict_kg.reading.parse import Token
from conflict_kg.reading.salience import salience, weights


def pronoun(token: Token, talk: Discourse) -> None:
    """Record whom or what a pronoun means; nothing where two are nearly as likely, or none is likely."""
    kind = kind_of(token)
    if token.lower_ in {"who", "which", "that"}:
        _take(token, antecedent(token), talk)
        return
    if kind is None or token.dep_ == "expl":
        return
    talk.heard.append(token)
    if token.lower_ in nouns().reflexive:
        for subject in grammatical_subjects(token.head)[:1]:
            _take(token, subject, talk)
        return
    best = recipient(token, talk) if kind != "he" else None
    best = best or _best(token, talk)
    if best is not None:
        _stand(token, best, talk)


def _best(token: Token, talk: Discourse) -> Candidate | None:
    table = weights()[kind_of(token) or "it"]
    scores: dict[str, tuple[float, Candidate]] = {}
    for candidate in candidates(token, talk):
        score = salience(candidate, len(scores.keys() - {candidate.key}), token, talk)
        if candidate.key not in scores or score > scores[candidate.key][0]:
            scores[candidate.key] = score, candidate
    ranked = sorted(scores.values(), key=lambda scored: -scored[0])
    if not ranked or (ranked[0][0] < table["nobody"] and expects(token) is None):
        return None
    close = [c for score, c in ranked if ranked[0][0] - score < table["margin"] or c is ranked[0][1]]
    best = next((c for c in close if _parts(c) > _parts(close[0])), close[0])  # "A and B" rather than "B"
    return best if all(_parts(c) & _parts(best) for c in close) else None


def _parts(candidate: Candidate) -> set[str]:
    """The keys of all that a candidate joins: those of "A" and "B" are no rivals of "A and B"."""
    return set(candidate.key.split("+"))


def _take(token: Token, other: Token, talk: Discourse) -> None:
    """Record that a pronoun stands for what another word of the sentence does."""
    if other != token and other.i in talk.actors:
        talk.actors[token.i] = talk.actors[other.i]
        talk.antecedents[token.i] = other.i


def _stand(token: Token, meant: Candidate, talk: Discourse) -> None:
    """Record what a pronoun stands for."""
    talk.antecedents[token.i] = meant.token.i
    talk.chains[token.i] = meant.key
    talk.times[meant.key] += 1
    if meant.parts:
        talk.several[token.i] = meant.parts
    for referent in meant.referents[:1]:
        if isinstance(referent, Actor):
            talk.actors[token.i] = referent
            if kind_of(token) == "he":
                talk.genders.setdefault(referent.id, gender(token))
        else:
            talk.places[token.i] = referent, Extent.FULL
