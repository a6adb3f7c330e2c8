"""The guardrail engine: screens requests and answers of a chatbot, standard library only."""

from guardrail_engine.detector import Context, Detector, Match, Scope
from guardrail_engine.detectors import DETECTORS
from guardrail_engine.engine import MAX_CHARS, MAX_FINDINGS, Engine
from guardrail_engine.results import Action, Direction, Finding, Reason, Screening
from guardrail_engine.views import View

__all__ = [
    "DETECTORS",
    "MAX_CHARS",
    "MAX_FINDINGS",
    "Action",
    "Context",
    "Detector",
    "Direction",
    "Engine",
    "Finding",
    "Match",
    "Reason",
    "Scope",
    "Screening",
    "View",
]
