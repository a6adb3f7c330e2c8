"""Findings of all detectors come to one place."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.existence import existence
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountGathersFindings",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment has no Security Hub.",
    explanation="Each detector reports to a page of its own that nobody opens.",
    remedy="Declare an AWS::SecurityHub::Hub, or accept the finding where the organization's"
    " administrator enables it.",
    source=Source(
        "https://docs.aws.amazon.com/securityhub/latest/userguide/what-is-securityhub.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.AE", "RS.AN"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_gathers_findings(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """An account-wide resource of another stack is not seen: accept the finding then."""
    return existence(graph, "AWS::SecurityHub::Hub")
