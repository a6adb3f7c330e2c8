"""Why a request failed inside the API can be read afterwards."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.api_stages import makes_no_stage, stage_path
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items


@rule(
    id="OwaspLlm-ApiStageLogsItsErrors",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The API stage writes no execution log.",
    explanation="A call that an authorizer, validator or integration refused leaves only a status:"
    " attacks and faults look alike.",
    remedy="Set LoggingLevel to ERROR (or INFO) for all methods, with DataTraceEnabled off.",
    source=Source(
        "https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html", "2026-11-24"
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
def api_stage_logs_its_errors(stage: Resource, graph: TemplateGraph) -> Answer:
    """HTTP APIs have no execution log."""
    if makes_no_stage(stage, graph):
        return NotApplicable()
    where = stage_path(stage, "MethodSettings")
    settings = stage.get(where)
    if isinstance(settings, Opaque):
        return Unknown(where, settings.why)
    answer: Answer = NonCompliant(where, "no setting for all methods has a LoggingLevel")
    if stage.get("StageDescription.LoggingLevel") in {"ERROR", "INFO"}:
        answer = Compliant("errors of all methods are logged")
    for index, entry in enumerate(items(settings)):
        level = entry if isinstance(entry, Opaque) else dig(entry, "LoggingLevel")
        path = f"{where}.{index}.LoggingLevel"
        if isinstance(level, Opaque):
            return Unknown(path, level.why)
        if level == "OFF":
            return NonCompliant(path, "LoggingLevel is OFF")
        if level in {"ERROR", "INFO"} and dig(entry, "ResourcePath") == "/*":
            answer = Compliant("errors of all methods are logged")
    return answer
