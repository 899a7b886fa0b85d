"""Precision, recall and F1 on an annotation of one's own: gold and claim records in, figures and slips out.

docs/evaluation.md says what each figure counts and how gold is written.
"""

from conflict_kg.evaluation.figures import Counts, Figure, Score, Slip, evaluate, in_all
from conflict_kg.evaluation.floors import below, read_floors, unmatched
from conflict_kg.evaluation.found import Found, FoundDocument, found_in, read_records
from conflict_kg.evaluation.gold import GoldDocument, read_gold
from conflict_kg.evaluation.showing import FORMATS, show

__all__ = [
    "FORMATS",
    "Counts",
    "Figure",
    "Found",
    "FoundDocument",
    "GoldDocument",
    "Score",
    "Slip",
    "below",
    "evaluate",
    "found_in",
    "in_all",
    "read_floors",
    "read_gold",
    "read_records",
    "show",
    "unmatched",
]
