"""Ids made from content."""

import hashlib
import json

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def stable_id(*parts: object) -> str:
    """Twenty hexadecimal digits that depend on nothing but the parts; dates count in ISO form."""
    return hashlib.sha256(_JSON.encode(parts).encode()).hexdigest()[:20]
