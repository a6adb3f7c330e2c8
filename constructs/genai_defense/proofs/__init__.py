"""Proofs about what a synthesized template does, without deploying it."""
