"""Asks rules about a changed template by asking again only what the change can touch."""
