"""Answers what a synthesized web ACL does with a request: AWS WAF's own statements, no managed group."""

from genai_defense.proofs.waf.capacity import capacity_of
from genai_defense.proofs.waf.errors import NotEvaluableError
from genai_defense.proofs.waf.evaluator import WebAclEvaluator
from genai_defense.proofs.waf.rates import RateCounter
from genai_defense.proofs.waf.request import Entry, Request
from genai_defense.proofs.waf.template import web_acls_in
from genai_defense.proofs.waf.verdict import ManagedGroup, Verdict
from genai_defense.proofs.waf.web_acl import WebAcl

__all__ = [
    "Entry",
    "ManagedGroup",
    "NotEvaluableError",
    "RateCounter",
    "Request",
    "Verdict",
    "WebAcl",
    "WebAclEvaluator",
    "capacity_of",
    "web_acls_in",
]
