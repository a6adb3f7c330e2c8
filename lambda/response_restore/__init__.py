"""Takes back what the responder did: asked by an operator, or because its time is over."""
