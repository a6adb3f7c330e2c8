"""What somebody takes of a role ends the same day."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_HOUR = 3600


@rule(
    id="OwaspLlm-RoleSessionEnds",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A session of the role lasts longer than a piece of work.",
    explanation="Credentials that were stolen, or that a model was talked into showing, work until the"
    " session ends; nobody can call a single session back.",
    remedy="Leave MaxSessionDuration out, which is one hour, or set a few hours.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html#id_roles_use_view-role-max-session",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::IAM::Role",),
)
def role_session_ends(role: Resource, graph: TemplateGraph) -> Answer:
    """The bound is `role_session_seconds`."""
    seconds = whole(role.get("MaxSessionDuration"), default=_HOUR)
    if isinstance(seconds, Opaque):
        return Unknown("MaxSessionDuration", seconds.why)
    if seconds > graph.bounds.role_session_seconds:
        return NonCompliant("MaxSessionDuration", f"a session lasts {seconds} s")
    return Compliant(f"a session ends after {seconds} s")
