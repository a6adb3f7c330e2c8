"""Sends packets through Suricata, the engine behind AWS Network Firewall, with the rules of a template."""

from genai_defense.proofs.firewall.aws_model import configuration, engine_rules
from genai_defense.proofs.firewall.case import Case, Names, Outcome
from genai_defense.proofs.firewall.engine import Dropped, EngineError, Suricata
from genai_defense.proofs.firewall.template import FirewallRules, NotEvaluableError, firewalls_in
from genai_defense.proofs.firewall.trial import Tried, cases_for, try_all

__all__ = [
    "Case",
    "Dropped",
    "EngineError",
    "FirewallRules",
    "Names",
    "NotEvaluableError",
    "Outcome",
    "Suricata",
    "Tried",
    "cases_for",
    "configuration",
    "engine_rules",
    "firewalls_in",
    "try_all",
]
