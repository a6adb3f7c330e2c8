"""Takes what people should look at from the review queue into the review table."""
