"""Proves by the routes of the templates which ways lead out of subnets, and which lead back."""

from genai_defense.proofs.network.paths import NetworkPaths
from genai_defense.proofs.network.prover import prove

__all__ = ["NetworkPaths", "prove"]
