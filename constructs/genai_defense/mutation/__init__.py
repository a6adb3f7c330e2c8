"""Weakens templates on purpose, one change at a time, and asks detectors whether they notice."""
