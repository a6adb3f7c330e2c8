"""A model call can be followed to the request that caused it."""

from genai_defense.checks.answer import Answer, NotApplicable
from genai_defense.checks.expectations import one_of
from genai_defense.checks.model_callers import may_call_models
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph


@rule(
    id="OwaspLlm-ModelCallerIsTraced",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function may invoke a model, and leaves no trace.",
    explanation="Which request led to which model call, tool or store cannot be put together after an"
    " incident.",
    remedy="Set TracingConfig.Mode to Active.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0040",),
        nist_csf=("DE.CM",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def model_caller_is_traced(function: Resource, graph: TemplateGraph) -> Answer:
    """PassThrough follows a caller's trace, and starts none."""
    if not may_call_models(function, graph):
        return NotApplicable()
    return one_of(function, "TracingConfig.Mode", ("Active",), "no trace is started")
