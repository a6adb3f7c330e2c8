"""A role that may invoke models has a boundary that no later grant can widen."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.model_access import UNGUARDED_POLICIES, may_invoke_models
from genai_defense.checks.policy import Statement, identity_statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, items, references


@rule(
    id="OwaspLlm-ModelCallersHavePermissionsBoundary",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="A role may invoke models and has no permissions boundary.",
    explanation="A policy that is attached later, by mistake or by an intruder, gives the code that reads"
    " prompts all that the account can do.",
    remedy="Set PermissionsBoundary to a managed policy that allows no more than the application needs.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI03", "ASI02"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::IAM::Role",),
)
def model_callers_have_permissions_boundary(role: Resource, graph: TemplateGraph) -> Answer:
    """A role calls models when any of its policies says so, inline, attached or by AWS."""
    boundary = role.get("PermissionsBoundary")
    if isinstance(boundary, Unresolved):
        return Unknown("PermissionsBoundary", boundary.why)
    names = {wildcards(arn).rsplit("/", 1)[-1] for arn in items(role.get("ManagedPolicyArns"))}
    calls = any(map(may_invoke_models, _statements(role, graph))) or names & set(UNGUARDED_POLICIES)
    if not calls:
        return NotApplicable()
    if boundary is None:
        return NonCompliant("PermissionsBoundary", "it is not set")
    return Compliant("the role has a permissions boundary")


def _statements(role: Resource, graph: TemplateGraph) -> Iterator[Statement]:
    yield from identity_statements(role)
    for attached in references(role.get("ManagedPolicyArns")):
        yield from identity_statements(attached.resource)
    for policy in graph.referrers(role):
        users = items(policy.get("Roles")) + items(policy.get("RoleName"))
        if any(reference.resource is role for each in users for reference in references(each)):
            yield from identity_statements(policy)
