from typing import Final

from guardrail_engine.detector import Detector
from guardrail_engine.detectors import canary, hidden_unicode, injection, links, malformed, pii, secrets

DETECTORS: Final[tuple[Detector, ...]] = (
    malformed.DETECTOR,
    canary.DETECTOR,
    injection.DETECTOR,
    secrets.DETECTOR,
    hidden_unicode.DETECTOR,
    pii.DETECTOR,
    links.DETECTOR,
)
"""Every detector of the engine; a new one is a file of its own and a line here."""

__all__ = ["DETECTORS"]
