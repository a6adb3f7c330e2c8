"""Proves which controls every request passes on its way from a public entry to a model."""

from genai_defense.proofs.request_path.prover import prove

__all__ = ["prove"]
