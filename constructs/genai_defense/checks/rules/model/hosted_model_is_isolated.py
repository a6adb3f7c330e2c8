"""A model that one hosts oneself cannot send away what it is asked."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, flag


@rule(
    id="OwaspLlm-HostedModelIsIsolated",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The hosted model runs on the open network.",
    explanation="A container from elsewhere, or code inside a model's files, sends prompts and"
    " credentials anywhere.",
    remedy="Set EnableNetworkIsolation to true, or VpcConfig with subnets without a way out.",
    source=Source(
        "https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03", "ASI05"),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::SageMaker::Model",),
)
def hosted_model_is_isolated(model: Resource, _graph: TemplateGraph) -> Answer:
    """One of the two is enough."""
    subnets = model.get("VpcConfig.Subnets")
    isolated = flag(model.get("EnableNetworkIsolation"), default=False)
    if isolated is True or (subnets and not isinstance(subnets, Unresolved)):
        return Compliant("the container has no way to the internet of its own")
    for path, value in (("EnableNetworkIsolation", isolated), ("VpcConfig.Subnets", subnets)):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    return NonCompliant("EnableNetworkIsolation", "neither network isolation nor a VPC is set")
