"""A policy that is too long is refused at deployment, after its account was planned with it."""

import json
from typing import Any

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.organization_policies import MOST_CHARS, policy_content, policy_type
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value


@rule(
    id="OwaspLlm-OrganizationPolicyFits",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The policy is longer than Organizations takes.",
    explanation="The deployment fails, and the accounts stay without the limits that they were planned with.",
    remedy="Name fewer entries, use patterns, or split the policy; a target takes five service"
    " control policies.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("GV.PO",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Organizations::Policy",),
)
def organization_policy_fits(policy: Resource, _graph: TemplateGraph) -> Answer:
    """What only a deployment knows counts nothing, so that a policy that is called too long is."""
    kind, content = policy_type(policy), policy_content(policy)
    if isinstance(kind, Opaque):
        return Unknown("Type", kind.why)
    if isinstance(content, Opaque):
        return Unknown("Content", content.why)
    if kind not in MOST_CHARS:
        return NotApplicable()
    written = policy.get("Content")
    size = len(written if isinstance(written, str) else json.dumps(_literal(content), separators=(",", ":")))
    if size > MOST_CHARS[kind]:
        return NonCompliant("Content", f"{size} characters, and a {kind} may have {MOST_CHARS[kind]}")
    return Compliant(f"{size} of {MOST_CHARS[kind]} characters")


def _literal(value: Value) -> Any:
    if isinstance(value, dict):
        return {key: _literal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_literal(inner) for inner in value]
    return "" if isinstance(value, Opaque) else value
