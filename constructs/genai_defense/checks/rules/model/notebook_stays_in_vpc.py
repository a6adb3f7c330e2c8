"""People who work on models do so inside the network."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.expectations import one_of
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-NotebookStaysInVpc",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The notebook or studio domain reaches the internet by itself.",
    explanation="Data and models leave by one command, and what a notebook downloads runs beside"
    " them; no firewall or endpoint policy sees it.",
    remedy="Set DirectInternetAccess of a notebook to Disabled with a SubnetId; AppNetworkAccessType"
    " of a domain to VpcOnly.",
    source=Source(
        "https://docs.aws.amazon.com/sagemaker/latest/dg/infrastructure-connect-to-resources.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03", "ASI05"),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::SageMaker::Domain", "AWS::SageMaker::NotebookInstance"),
)
def notebook_stays_in_vpc(place: Resource, _graph: TemplateGraph) -> Answer:
    """Both are open unless they are closed."""
    if place.type == "AWS::SageMaker::Domain":
        return one_of(place, "AppNetworkAccessType", ("VpcOnly",), "apps reach the internet")
    return one_of(place, "DirectInternetAccess", ("Disabled",), "the notebook reaches the internet")
