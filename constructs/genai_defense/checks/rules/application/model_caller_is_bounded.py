"""A flood of requests cannot become a flood of model calls."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.model_callers import may_call_models
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole


@rule(
    id="OwaspLlm-ModelCallerIsBounded",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function may invoke a model, and nothing, or a high number, bounds how many of it run at once.",
    explanation="A flood scales the function to the account's limit: the bill grows with it, and the"
    " account's other functions, defenses among them, stand still.",
    remedy="Set ReservedConcurrentExecutions to the bound `concurrency` or less.",
    source=Source(
        "https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def model_caller_is_bounded(function: Resource, graph: TemplateGraph) -> Answer:
    """Only functions whose role may invoke a model are asked."""
    if not may_call_models(function, graph):
        return NotApplicable()
    reserved = function.get("ReservedConcurrentExecutions")
    if isinstance(reserved, Opaque):
        return Unknown("ReservedConcurrentExecutions", reserved.why)
    if reserved is None:
        return NonCompliant("ReservedConcurrentExecutions", "no concurrency is reserved, so none is bounded")
    at_once = whole(reserved, default=0)
    if isinstance(at_once, Opaque):
        return Unknown("ReservedConcurrentExecutions", at_once.why)
    if at_once > graph.bounds.concurrency:
        return NonCompliant(
            "ReservedConcurrentExecutions", f"{at_once} may run at once; at most {graph.bounds.concurrency}"
        )
    return Compliant(f"at most {at_once} run at once")
