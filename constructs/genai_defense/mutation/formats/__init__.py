"""Ways to write what a mutation run came to."""
