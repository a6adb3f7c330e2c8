"""Attacks on the account are looked for."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.existence import existence
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountHasAThreatDetector",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment has no GuardDuty detector.",
    explanation="Stolen credentials, invocations from strange places and copied documents look like ordinary"
    " calls.",
    remedy="Declare an AWS::GuardDuty::Detector with AI protection, or accept the finding where the"
    " organization's administrator enables it.",
    source=Source("https://docs.aws.amazon.com/guardduty/latest/ug/ai-protection.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034", "AML.T0025"),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_has_a_threat_detector(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """An account-wide resource of another stack is not seen: accept the finding then."""
    return existence(graph, "AWS::GuardDuty::Detector")
