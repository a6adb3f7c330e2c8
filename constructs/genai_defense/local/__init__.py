"""The local run: the unmodified CDK CLI deploys to an embedded AWS; then its API is asked and attacked."""
