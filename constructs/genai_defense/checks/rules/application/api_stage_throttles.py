"""No caller takes the whole account's rate."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.api_stages import makes_no_stage, stage_path
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items, references, shown


@rule(
    id="OwaspLlm-ApiStageThrottles",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API stage sets no rate of its own for all methods, or a high one.",
    explanation="Only the account's limit holds, 10,000 requests a second and shared with every other"
    " API: a flood costs tokens at that rate, and takes the other APIs down.",
    remedy="Set ThrottlingRateLimit and ThrottlingBurstLimit for all methods (ResourcePath /*,"
    " HttpMethod *), or in the default route settings, at the bound `api_rate` or below.",
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
    resource_types=("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Deployment"),
)
def api_stage_throttles(stage: Resource, graph: TemplateGraph) -> Answer:
    """A usage plan with a throttle, on this stage, limits each key instead."""
    if makes_no_stage(stage, graph):
        return NotApplicable()
    limits = ("ThrottlingRateLimit", "ThrottlingBurstLimit")
    where, settings = _for_all(stage)
    if isinstance(settings, Opaque):
        return Unknown(where, settings.why)
    values = [dig(settings, name) for name in limits]
    for name, value in zip(limits, values, strict=True):
        if isinstance(value, Opaque):
            return Unknown(f"{where}.{name}", value.why)
    # -1 takes the limit away.
    rate, burst = (_number(value) for value in values)
    if 0 <= rate <= graph.bounds.api_rate and burst >= 0:
        return Compliant(f"each method takes at most {values[0]} requests a second")
    if _planned(stage, graph):
        return Compliant("a usage plan limits each key")
    return NonCompliant(
        where, f"the rate for all methods is {shown(values[0])}; at most {graph.bounds.api_rate} holds"
    )


def _number(value: Value) -> float:
    """What is no number is no limit."""
    try:
        return float(value) if isinstance(value, str | int | float) else -1
    except ValueError:
        return -1


def _for_all(stage: Resource) -> tuple[str, Value]:
    if stage.type == "AWS::ApiGatewayV2::Stage":
        return "DefaultRouteSettings", stage.get("DefaultRouteSettings")
    path = stage_path(stage, "MethodSettings")
    settings = stage.get(path)
    if isinstance(settings, Opaque):
        return path, settings
    for index, entry in enumerate(items(settings)):
        if isinstance(entry, Opaque) or (dig(entry, "HttpMethod"), dig(entry, "ResourcePath")) == ("*", "/*"):
            return f"{path}.{index}", entry
    return (path, None) if path == "MethodSettings" else ("StageDescription", stage.get("StageDescription"))


def _planned(stage: Resource, graph: TemplateGraph) -> bool:
    return any(
        plan.get("Throttle") and Reference(stage, "Ref") in references(plan.get("ApiStages"))
        for plan in graph.of_type("AWS::ApiGateway::UsagePlan")
    )
