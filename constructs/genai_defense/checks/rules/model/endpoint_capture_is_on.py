"""An endpoint that is set up to keep what a model was asked and answered keeps it."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.expectations import switched
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-EndpointCaptureIsOn",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="The endpoint knows where to keep what its model is asked and answers, and does not keep it.",
    explanation="Drift, attacks and leaks through a model of one's own are found in what was captured; here"
    " somebody switched it off.",
    remedy="Set DataCaptureConfig.EnableCapture to true, or take DataCaptureConfig out.",
    source=Source(
        "https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0024",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::SageMaker::EndpointConfig",),
)
def endpoint_capture_is_on(config: Resource, _graph: TemplateGraph) -> Answer:
    """Who never asked for capture is not asked why."""
    if config.get("DataCaptureConfig") is None:
        return NotApplicable()
    return switched(
        config, "DataCaptureConfig.EnableCapture", wanted=True, default=True, otherwise="nothing is captured"
    )
