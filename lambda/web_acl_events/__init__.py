"""Tells the responder which addresses a web ACL refuses how often."""
