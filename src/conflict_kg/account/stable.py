"""Ids made from content."""

import hashlib
import json


def stable_id(*parts: object) -> str:
    """Twenty hexadecimal digits that depend on nothing but the parts; dates count in ISO form."""
    blob = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(blob.encode()).hexdigest()[:20]
