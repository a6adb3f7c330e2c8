"""Prompts and answers never stand in API Gateway's logs."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.api_stages import makes_no_stage, stage_path
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, flag, items


@rule(
    id="OwaspLlm-ApiStageKeepsBodiesOutOfLogs",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The API stage writes request and response bodies into its log.",
    explanation="Data trace logs whole prompts and answers, tokens included: whoever may read the log"
    " reads every conversation, past redaction, retention and the users' right to deletion.",
    remedy="Set DataTraceEnabled to false for every method.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Deployment"),
)
def api_stage_keeps_bodies_out_of_logs(stage: Resource, graph: TemplateGraph) -> Answer:
    """Data trace is off unless somebody turns it on, for one method or for all."""
    if makes_no_stage(stage, graph):
        return NotApplicable()
    for path, settings in _settings(stage):
        if isinstance(settings, Opaque):
            return Unknown(path, settings.why)
        trace = flag(dig(settings, "DataTraceEnabled"), default=False)
        if isinstance(trace, Opaque):
            return Unknown(f"{path}.DataTraceEnabled", trace.why)
        if trace:
            return NonCompliant(f"{path}.DataTraceEnabled", "data trace is on: bodies go into the log")
    return Compliant("no method has data trace")


def _settings(stage: Resource) -> list[tuple[str, Value]]:
    if stage.type == "AWS::ApiGatewayV2::Stage":
        routes = stage.get("RouteSettings")
        named = routes.items() if isinstance(routes, dict) else [("", routes)] if routes else []
        default = ("DefaultRouteSettings", stage.get("DefaultRouteSettings"))
        return [default, *((f"RouteSettings.{name}".rstrip("."), value) for name, value in named)]
    where = stage_path(stage, "MethodSettings")
    listed = [(f"{where}.{index}", entry) for index, entry in enumerate(items(stage.get(where)))]
    # A deployment says it for all methods, too.
    described = stage.get("StageDescription")
    return [("StageDescription", described), *listed] if described is not None else listed
