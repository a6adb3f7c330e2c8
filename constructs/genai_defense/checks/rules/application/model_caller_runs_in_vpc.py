"""A function that may invoke a model has one way to it, with a policy of its own."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.model_callers import may_call_models
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, items


@rule(
    id="OwaspLlm-ModelCallerRunsInVpc",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function may invoke a model, and reaches it over the internet.",
    explanation="Outside a VPC no endpoint policy stands between the function and the model, and stolen"
    " code or credentials may send what they see anywhere.",
    remedy="Run the function in subnets without a way out (VpcConfig.SubnetIds), with an interface"
    " endpoint to Bedrock that has a policy.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def model_caller_runs_in_vpc(function: Resource, graph: TemplateGraph) -> Answer:
    """Only functions whose role may invoke a model are asked."""
    if not may_call_models(function, graph):
        return NotApplicable()
    subnets = function.get("VpcConfig.SubnetIds")
    if isinstance(subnets, Unresolved):
        return Unknown("VpcConfig.SubnetIds", subnets.why)
    if not items(subnets):
        return NonCompliant("VpcConfig.SubnetIds", "no subnet is named: the function runs outside any VPC")
    return Compliant("the function runs in a VPC")
