"""What was asked of models, and what they answered, can be looked up after an incident."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import DEPLOYMENT, Resource, TemplateGraph


@rule(
    id="OwaspLlm-AccountLogsModelInvocations",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The deployment turns on no log of model invocations.",
    explanation="After an incident nobody can say which prompts were answered, by which model, for whom.",
    remedy="Turn on Bedrock's invocation logging by a custom resource (genai_defense.model.InvocationLog), or"
    " accept the finding where the account's owner did.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/model-invocation-logging.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "RS.AN"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(DEPLOYMENT,),
)
def account_logs_model_invocations(_deployment: Resource, graph: TemplateGraph) -> Answer:
    """CloudFormation has no type for this setting: a custom resource is told by its name or its call."""
    found = next((one for one in graph.all() if _logs_invocations(one)), None)
    if found is None:
        return NonCompliant("", "no custom resource sets it")
    return Compliant(f"it has {found!r}")


def _logs_invocations(resource: Resource) -> bool:
    custom = resource.type.startswith(("Custom::", "AWS::CloudFormation::CustomResource"))
    return custom and "InvocationLogging" in f"{resource.type} {resource.properties}"
