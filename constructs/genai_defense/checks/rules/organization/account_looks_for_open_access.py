"""Resources that strangers can reach are found."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.existence import existence
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountLooksForOpenAccess",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment has no access analyzer.",
    explanation="A bucket, key or role that is shared with strangers by mistake stays so until somebody uses"
    " it.",
    remedy="Declare an AWS::AccessAnalyzer::Analyzer, or accept the finding where the organization has one.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/what-is-access-analyzer.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("ID.RA", "PR.AA"),
        nist_ai_600_1=("Data Privacy",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_looks_for_open_access(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """An account-wide resource of another stack is not seen: accept the finding then."""
    return existence(graph, "AWS::AccessAnalyzer::Analyzer")
