"""What bounds the callers of a model says no to every change of its guardrail."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.bypasses import GUARDRAIL_CHANGES
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.reach import covers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, references

_ROLE = "AWS::IAM::Role"
_NEVER = (*GUARDRAIL_CHANGES, "bedrock:CallWithBearerToken")


@rule(
    id="OwaspLlm-BoundaryDeniesGuardrailChanges",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The permissions boundary does not deny changes of guardrails, or calls with a Bedrock API key.",
    explanation="One Allow too many, in the role or in the boundary, lets whoever takes the role over weaken"
    " the guardrail or go round it; a resource policy needs not even that.",
    remedy="Deny bedrock:*Guardrail* changes, resource policies and bedrock:CallWithBearerToken in the"
    " boundary, for every resource and without a condition.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM06"),
        owasp_agentic=("ASI01", "ASI03"),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01", "GENSEC02-BP01"),
    ),
    resource_types=("AWS::IAM::ManagedPolicy",),
)
def boundary_denies_guardrail_changes(policy: Resource, graph: TemplateGraph) -> Answer:
    """Says nothing about policies that bound no role of these templates."""
    if not any(_bounds(role, policy) for role in graph.referrers(policy)):
        return NotApplicable()
    listed = list(statements(policy.get("PolicyDocument"), "PolicyDocument"))
    for each in listed:
        if isinstance(each.body, Opaque):
            return Unknown(each.path, each.body.why)
    open_ = [action for action in _NEVER if not any(_denies(each, action) for each in listed)]
    if open_:
        return NonCompliant("PolicyDocument.Statement", f"no statement denies {', '.join(open_)}")
    return Compliant("guardrails cannot be changed, whatever is allowed")


def _bounds(role: Resource, policy: Resource) -> bool:
    return role.type == _ROLE and any(
        found.resource is policy for found in references(role.get("PermissionsBoundary"))
    )


def _denies(statement: Statement, action: str) -> bool:
    if (
        statement.may_allow
        or dig(statement.body, "Condition")
        or "*" not in items(dig(statement.body, "Resource"))
    ):
        return False
    left_out = dig(statement.body, "NotAction")
    if left_out is not None:
        return not any(covers(pattern, action) for pattern in items(left_out))
    return any(covers(pattern, action) for pattern in items(dig(statement.body, "Action")))
