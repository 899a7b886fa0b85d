"""The one spaCy pipeline that reads reports, and the weights it ships with; no other part names a model."""

from conflict_kg.language.pipelines import load

__all__ = ["load"]
