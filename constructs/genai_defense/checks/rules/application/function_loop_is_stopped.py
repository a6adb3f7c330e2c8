"""A function that calls itself is stopped."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-FunctionLoopIsStopped",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="Lambda may not stop the function when it calls itself in a loop.",
    explanation="A message that comes back, or an agent that asks itself, runs and is paid for until somebody"
    " notices.",
    remedy="Leave RecursiveLoop at Terminate, which is Lambda's default.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def function_loop_is_stopped(function: Resource, _graph: TemplateGraph) -> Answer:
    """Whoever does not say otherwise is stopped after about 16 rounds."""
    value = function.get("RecursiveLoop")
    if isinstance(value, Opaque):
        return Unknown("RecursiveLoop", value.why)
    if value == "Allow":
        return NonCompliant("RecursiveLoop", "RecursiveLoop is Allow: nothing ends a loop")
    return Compliant("a loop is terminated")
