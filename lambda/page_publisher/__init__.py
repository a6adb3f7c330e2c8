"""Publishes the chat page: from the deployment's own zip to the bucket of the page."""
