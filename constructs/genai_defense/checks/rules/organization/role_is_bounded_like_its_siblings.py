"""Where roles have a permissions boundary, all of them have."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Practice, as_siblings_do, given
from genai_defense.checks.template_graph import Resource, TemplateGraph

_BOUNDED = Practice(
    property="PermissionsBoundary",
    types=("AWS::IAM::Role",),
    held=given("PermissionsBoundary"),
    otherwise="no boundary limits what the role's policies may allow",
)


@rule(
    id="OwaspLlm-RoleIsBoundedLikeItsSiblings",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The role has no permissions boundary, though all other roles of the deployment have one.",
    explanation="Who can change a policy of this one role gets out of the bounds in which all others stay.",
    remedy="Set PermissionsBoundary as on the other roles, or acknowledge why this one needs none.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=_BOUNDED.types,
)
def role_is_bounded_like_its_siblings(role: Resource, graph: TemplateGraph) -> Answer:
    """A deployment without boundaries is left alone."""
    return as_siblings_do(role, graph, _BOUNDED)
