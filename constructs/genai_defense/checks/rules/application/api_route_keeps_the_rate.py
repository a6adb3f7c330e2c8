"""No single route, and no key, is let out of the rate."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, shown

_RATE = "ThrottlingRateLimit"


@rule(
    id="OwaspLlm-ApiRouteKeepsTheRate",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A route of the stage, or the holders of a key, may ask faster than the bound.",
    explanation="A flood takes the one way that is wide: it costs tokens at its rate, whatever holds"
    " for all other routes.",
    remedy="Set the rate of every route and usage plan at the bound `api_rate` or below; -1 takes a"
    " limit away.",
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
    resource_types=(
        "AWS::ApiGateway::Stage",
        "AWS::ApiGateway::UsagePlan",
        "AWS::ApiGatewayV2::Stage",
    ),
)
def api_route_keeps_the_rate(resource: Resource, graph: TemplateGraph) -> Answer:
    """What holds for all methods is another rule's; a route that says nothing keeps that."""
    answer: Answer = NotApplicable()
    for path, value in _rates(resource):
        rate = value if isinstance(value, Opaque) else _number(value)
        if isinstance(rate, Opaque):
            answer = Unknown(path, rate.why)
        elif not 0 <= rate <= graph.bounds.api_rate:
            return NonCompliant(path, f"the rate is {shown(value)}; at most {graph.bounds.api_rate} holds")
        elif isinstance(answer, NotApplicable):
            answer = Compliant("no route is let out of the rate")
    return answer


def _rates(resource: Resource) -> Iterator[tuple[str, Value]]:
    """Path and rate of each route, or of the plan's holders."""
    if resource.type == "AWS::ApiGateway::UsagePlan":
        listed = [("Throttle.RateLimit", resource.get("Throttle.RateLimit"))]
    elif resource.type == "AWS::ApiGatewayV2::Stage":
        routes = resource.get("RouteSettings")
        named = routes.items() if isinstance(routes, dict) else ()
        listed = [
            (f"RouteSettings.{key}.{_RATE}", dig(entry, _RATE))
            for key, entry in named
            if isinstance(entry, dict)
        ]
    else:
        listed = [
            (f"MethodSettings.{index}.{_RATE}", dig(entry, _RATE))
            for index, entry in enumerate(items(resource.get("MethodSettings")))
            if isinstance(entry, dict) and dig(entry, "ResourcePath") != "/*"
        ]
    return ((path, rate) for path, rate in listed if rate is not None)


def _number(value: Value) -> float | Unresolved:
    try:
        return float(value) if isinstance(value, str | int | float) else Unresolved("it is no number")
    except ValueError:
        return Unresolved(f"{value!r} is no number")
