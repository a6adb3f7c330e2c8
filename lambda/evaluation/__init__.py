"""Compares what a model scored with what it scored before, and says how far apart they are."""
