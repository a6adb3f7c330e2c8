"""Proves by the routes of a template which ways lead out of its subnets, and which lead back."""

from genai_defense.proofs.network.paths import NetworkPaths

__all__ = ["NetworkPaths"]
