"""What was configured when can be looked up."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.existence import existence
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountRecordsItsConfiguration",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment has no configuration recorder.",
    explanation="A control that somebody took off and put back leaves no trace, and drift is not seen.",
    remedy="Declare an AWS::Config::ConfigurationRecorder with a delivery channel, or accept the finding"
    " where the organization records it.",
    source=Source(
        "https://docs.aws.amazon.com/config/latest/developerguide/stop-start-recorder.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM03",),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0010",),
        nist_csf=("DE.CM", "ID.AM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_records_its_configuration(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """An account-wide resource of another stack is not seen: accept the finding then."""
    return existence(graph, "AWS::Config::ConfigurationRecorder")
