"""What runs gets its security updates."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

# Deprecated by 2026-11-24.
_ENDED = {
    *("dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet5.0", "dotnet6", "dotnet7"),
    *("dotnet8", "dotnet9"),
    *("go1.x", "java8", "provided", "provided.al2", "ruby2.5", "ruby2.7", "ruby3.2"),
    *("nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10", "nodejs10.x", "nodejs12.x"),
    *("nodejs14.x", "nodejs16.x", "nodejs18.x", "nodejs20.x"),
    *("python2.7", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10"),
}


@rule(
    id="OwaspLlm-FunctionRuntimeIsSupported",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function runs on a runtime that AWS no longer mends.",
    explanation="Known holes of the language and its libraries stay open in the function that handles"
    " prompts and credentials.",
    remedy="Set Runtime to a supported version, such as python3.13 or nodejs22.x.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM03",),
        owasp_agentic=("ASI04",),
        mitre_atlas=("AML.T0010",),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Value Chain and Component Integration",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def function_runtime_is_supported(function: Resource, _graph: TemplateGraph) -> Answer:
    """A container image brings its own runtime."""
    runtime = function.get("Runtime")
    if runtime is None:
        return NotApplicable()
    if isinstance(runtime, Opaque):
        return Unknown("Runtime", runtime.why)
    if runtime in _ENDED:
        return NonCompliant("Runtime", f"{runtime} gets no updates any more")
    return Compliant(f"{runtime} gets updates")
