"""An organization that governs models leaves no way to one past its controls."""

from collections.abc import Callable

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.denials import denies, excepts
from genai_defense.checks.model_access import GUARDRAIL_KEY, INVOKE_ACTIONS, leaves_every_model_out
from genai_defense.checks.organization_families import (
    OF_MODELS,
    open_ways,
    service_denials,
    unread,
    whole_organization,
)
from genai_defense.checks.policy import Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig


def _excepts(statement: Statement, key: str) -> bool:
    return any(tested == key.lower() for tested, _ in excepts(statement))


def _names_models(statement: Statement) -> bool:
    left_out = dig(statement.body, "NotResource")
    return left_out is not None and not _excepts(statement, GUARDRAIL_KEY)


# What a Deny of calls to models is about, to whether a statement is.
_DEMANDS: tuple[tuple[str, Callable[[Statement], bool]], ...] = (
    ("calls without the guardrail", lambda statement: _excepts(statement, GUARDRAIL_KEY)),
    ("calls to other models", _names_models),
    ("calls in other Regions", lambda statement: _excepts(statement, "aws:RequestedRegion")),
)


@rule(
    id="OwaspLlm-OrganizationGovernsItsModels",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The service control policies leave a way to models past the controls that they demand elsewhere.",
    explanation="An account that may use any model, any Region, no guardrail, or may take the guardrail away,"
    " is the one that an attacker looks for.",
    remedy="Deny what the finding names in one of the service control policies, or accept it where a policy"
    " of another template does.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/security_iam_id-based-policy-examples.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM06"),
        owasp_agentic=("ASI01", "ASI03"),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.AA", "GV.PO"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Organizations::Policy",),
)
def organization_governs_its_models(policy: Resource, graph: TemplateGraph) -> Answer:
    """Asked once, of the first of at least three policies of which one is about models."""
    if not whole_organization(policy, graph):
        return NotApplicable()
    calls = [
        each
        for each in service_denials(graph)
        if all(denies(each, action) for action in INVOKE_ACTIONS) and not leaves_every_model_out(each)
    ]
    missing = [what for what, is_about in _DEMANDS if not any(map(is_about, calls))]
    missing += [f"to {end} ({', '.join(left)})" for end, left in open_ways(graph, OF_MODELS).items() if left]
    if missing:
        found = NonCompliant("Content", f"nothing denies {'; '.join(missing)}")
        return unread(graph) or found
    return Compliant("models are reached under their controls only")
