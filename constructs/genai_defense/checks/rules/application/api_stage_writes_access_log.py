"""Who called, when, and what came of it, stands in a log."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.api_stages import makes_no_stage, stage_path
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved


@rule(
    id="OwaspLlm-ApiStageWritesAccessLog",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="The API stage writes no access log.",
    explanation="An attack on the model leaves no line that says from where it came and as whom, and no"
    " request of the audit can be traced to a caller.",
    remedy="Set AccessLogSetting with a destination and a JSON format that holds request id, caller and"
    " status.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::ApiGateway::Stage", "AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Deployment"),
)
def api_stage_writes_access_log(stage: Resource, graph: TemplateGraph) -> Answer:
    """Without a format, API Gateway takes no destination."""
    if makes_no_stage(stage, graph):
        return NotApplicable()
    http = stage.type == "AWS::ApiGatewayV2::Stage"
    setting = "AccessLogSettings" if http else stage_path(stage, "AccessLogSetting")
    for name in ("DestinationArn", "Format"):
        value = stage.get(f"{setting}.{name}")
        if isinstance(value, Unresolved):
            return Unknown(f"{setting}.{name}", value.why)
        if not value:
            return NonCompliant(f"{setting}.{name}", f"{name} is not set: no request is logged")
    return Compliant("each request leaves a line in the access log")
