"""A request can be followed from the API to the model."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.api_stages import makes_no_stage, stage_path
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag


@rule(
    id="OwaspLlm-ApiStageIsTraced",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API stage starts no trace.",
    explanation="Which function, store and model call a request caused cannot be put together"
    " afterwards: an incident takes days to understand instead of minutes.",
    remedy="Set TracingEnabled to true.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::ApiGateway::Stage", "AWS::ApiGateway::Deployment"),
)
def api_stage_is_traced(stage: Resource, graph: TemplateGraph) -> Answer:
    """HTTP APIs have no such setting, so they are not asked."""
    if makes_no_stage(stage, graph):
        return NotApplicable()
    path = stage_path(stage, "TracingEnabled")
    traced = flag(stage.get(path), default=False)
    if isinstance(traced, Opaque):
        return Unknown(path, traced.why)
    return Compliant("X-Ray traces requests") if traced else NonCompliant(path, "X-Ray is off")
