"""What the pipeline's labels of entities mean to reading."""

from conflict_kg.reading.parse import Token

KINDS = {"PER": "PER", "ORG": "ORG", "MIL": "ORG", "LOC": "LOC", "FAC": "LOC", "NORP": "OTH", "OTH": "OTH"}
"""The labels of names, and how finely reading tells them apart; other entities (DATE, CARDINAL) are no names."""


def is_named(token: Token) -> bool:
    """Whether the pipeline takes the token for part of a name."""
    return token.ent_type_ in KINDS
