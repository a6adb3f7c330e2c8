"""Versions of data sets, each with a manifest of where it comes from."""

from genai_defense.datasets.contribution import Origin, contribute

__all__ = ["Origin", "contribute"]
