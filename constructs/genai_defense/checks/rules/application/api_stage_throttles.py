"""No caller takes the whole account's rate."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items, references, shown


@rule(
    id="OwaspLlm-ApiStageThrottles",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API stage sets no rate of its own for all methods.",
    explanation="Only the account's limit holds, 10,000 requests a second and shared with every other"
    " API: a flood costs tokens at that rate, and takes the other APIs down.",
    remedy="Set ThrottlingRateLimit and ThrottlingBurstLimit for all methods (ResourcePath /*,"
    " HttpMethod *), or in the default route settings.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage"),
)
def api_stage_throttles(stage: Resource, graph: TemplateGraph) -> Answer:
    """A usage plan with a throttle, on this stage, limits each key instead."""
    limits = ("ThrottlingRateLimit", "ThrottlingBurstLimit")
    where, settings = _for_all(stage)
    if isinstance(settings, Opaque):
        return Unknown(where, settings.why)
    values = [dig(settings, name) for name in limits]
    for name, value in zip(limits, values, strict=True):
        if isinstance(value, Opaque):
            return Unknown(f"{where}.{name}", value.why)
    # -1 takes the limit away.
    if all(isinstance(value, int | float) and value >= 0 for value in values):
        return Compliant(f"each method takes at most {values[0]} requests a second")
    if _planned(stage, graph):
        return Compliant("a usage plan limits each key")
    return NonCompliant(where, f"the rate for all methods is {shown(values[0])}")


def _for_all(stage: Resource) -> tuple[str, Value]:
    if stage.type == "AWS::ApiGatewayV2::Stage":
        return "DefaultRouteSettings", stage.get("DefaultRouteSettings")
    settings = stage.get("MethodSettings")
    if isinstance(settings, Opaque):
        return "MethodSettings", settings
    for index, entry in enumerate(items(settings)):
        if isinstance(entry, Opaque) or (dig(entry, "HttpMethod"), dig(entry, "ResourcePath")) == ("*", "/*"):
            return f"MethodSettings.{index}", entry
    return "MethodSettings", None


def _planned(stage: Resource, graph: TemplateGraph) -> bool:
    return any(
        plan.get("Throttle") and Reference(stage, "Ref") in references(plan.get("ApiStages"))
        for plan in graph.of_type("AWS::ApiGateway::UsagePlan")
    )
