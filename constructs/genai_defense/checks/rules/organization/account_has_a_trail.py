"""Who changed or called what is recorded somewhere."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.existence import existence
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountHasATrail",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment records no API calls.",
    explanation="Who took a guardrail off, or called a model with whose credentials, can never be found out.",
    remedy="Declare an AWS::CloudTrail::Trail over all Regions, or accept the finding where the"
    " organization's trail covers the account.",
    source=Source(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "RS.AN"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_has_a_trail(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """An account-wide resource of another stack is not seen: accept the finding then."""
    return existence(graph, "AWS::CloudTrail::Trail")
