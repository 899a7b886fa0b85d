"""Which reports copy others: the same wire story in two papers, under another headline or with edited ends.

Of each report a signature of one kilobyte is kept, whatever its length, so that any number of reports can be compared.
A signature hangs on the report alone: it may be made in any process and kept; who copies whom is then settled for all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from conflict_kg.model import Report, SectionKind

if TYPE_CHECKING:
    from rensa import RMinHash

ALIKE = 0.5
"""From this share of common runs of words on, one text is a copy of the other.

Among 786 articles on one war from fifteen outlets 60 pairs lie above it; the 23 of them from two outlets tell one story
in one wording each. So do eight of the ten pairs from 0.4 on. Below, more and more of what is alike is what one outlet
repeats of the background. A story that got other first and last sentences keeps 0.7 in the median."""
_RUN = 4  # words
_FEWEST = 30
"""Texts with fewer words are copies only where they are the same: what is common to them may be chance."""
_SLOTS = 256  # the share is estimated to three hundredths
_BANDS = 64  # pairs at 0.5 are compared in 98 cases of a hundred, at 0.6 in all but one of ten thousand
_SEED = 1
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a report to compare it by."""

    digest: str
    """``Report.digest``."""
    id: str
    published: date | None
    words: int
    sketch: "RMinHash"


def signature(report: Report) -> Signature:
    """The signature of a report; boilerplate, which all reports of a site share, does not count."""
    from rensa import RMinHash

    words = list(_words(report))
    sketch = RMinHash(num_perm=_SLOTS, seed=_SEED)
    sketch.update(sorted({" ".join(words[at : at + _RUN]) for at in range(max(len(words) - _RUN + 1, 1))}))
    return Signature(report.digest, report.id, report.published, len(words), sketch)


def sketched(sketch: "RMinHash") -> str:
    """A sketch as text, to be kept."""
    return str(sketch.__getstate__().hex())


def sketch_from(text: str) -> "RMinHash":
    """The sketch that ``sketched`` gave as text. Raises ``ValueError`` for text that it never gives."""
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_SLOTS, seed=_SEED)
    sketch.__setstate__(bytes.fromhex(text))
    return sketch


def copies(signatures: Iterable[Signature]) -> dict[str, str]:
    """For the digest of each copy that of its original: the likest text among those that were published earlier.

    Of reports of one day, and of those without a date, which count as later than all others, the first by id is the
    original. A copy is never an original itself. The order of the signatures makes no difference.
    """
    from rensa import RMinHashLSH

    first: dict[str, Signature] = {}
    for one in sorted(signatures, key=_order):
        if one.words:
            first.setdefault(one.digest, one)
    originals: list[Signature] = []
    index = RMinHashLSH(threshold=ALIKE, num_perm=_SLOTS, num_bands=_BANDS)
    found: dict[str, str] = {}
    for one in first.values():
        near = {number: _share(one, originals[number]) for number in index.query(one.sketch)}
        best = min(near, key=lambda number: (-near[number], number), default=None)
        if best is not None and near[best] >= ALIKE:
            found[one.digest] = originals[best].digest
        else:
            index.insert(len(originals), one.sketch)
            originals.append(one)
    return dict(sorted(found.items()))


def _order(one: Signature) -> tuple[date, str, str]:
    return one.published or date.max, one.id, one.digest


def _share(one: Signature, other: Signature) -> float:
    """The estimated share of common runs of words; of short texts 0 unless they are the same."""
    share = float(one.sketch.jaccard(other.sketch))
    return share if min(one.words, other.words) >= _FEWEST or share == 1.0 else 0.0


def _words(report: Report) -> Iterator[str]:
    for section in report.sections:
        if section.kind is not SectionKind.BOILERPLATE:
            for word in _WORD.finditer(report.text, section.start, section.end):
                yield word[0].casefold()
