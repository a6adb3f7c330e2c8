"""Tells the responder which sign-ins threat protection calls risky."""
