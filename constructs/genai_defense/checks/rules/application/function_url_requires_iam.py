"""A function's own address is no way round the API."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown


@rule(
    id="OwaspLlm-FunctionUrlRequiresIam",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The function's URL answers anybody.",
    explanation="Everything in front of the API, such as sign-in, web ACL, throttling and schema, is"
    " gone round: whoever finds the address talks to the function.",
    remedy="Set AuthType to AWS_IAM, or remove the URL and put an API with an authorizer in front.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Lambda::Url",),
)
def function_url_requires_iam(url: Resource, _graph: TemplateGraph) -> Answer:
    """Only AWS_IAM asks who calls; the other type is NONE."""
    kind = url.get("AuthType")
    if isinstance(kind, Opaque):
        return Unknown("AuthType", kind.why)
    if kind == "AWS_IAM":
        return Compliant("IAM decides about every call")
    return NonCompliant("AuthType", f"AuthType is {shown(kind)}: anybody may call")
