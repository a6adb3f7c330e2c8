"""Counts what was stopped, and decides what follows from it."""
