"""A paused session finds no secret."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-MacieIsOn",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="Macie is paused.",
    explanation="Personal data and secrets in documents that reach the knowledge base are not found.",
    remedy="Set Status to ENABLED.",
    source=Source("https://docs.aws.amazon.com/macie/latest/user/macie-suspending.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM04"),
        owasp_agentic=("ASI06",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("DE.CM", "PR.DS"),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC06-BP01",),
    ),
    resource_types=("AWS::Macie::Session",),
)
def macie_is_on(session: Resource, _graph: TemplateGraph) -> Answer:
    """A session is on when nothing is said."""
    status = session.get("Status")
    if isinstance(status, Opaque):
        return Unknown("Status", status.why)
    if status == "PAUSED":
        return NonCompliant("Status", "Macie looks at nothing")
    return Compliant("Macie is on")
