"""A Cedar forbid forbids something."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.cedar_policies import STATEMENTS, written_in
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_TYPES = tuple(STATEMENTS)
_NEVER = ("when{false}", "unless{true}")


@rule(
    id="OwaspLlm-ToolPolicyForbidsSomething",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="A Cedar forbid has a condition that never holds.",
    explanation="The limit on what tools may do looks as if it stood, and does not.",
    remedy="Say in the condition when the action is forbidden, or delete the policy.",
    source=Source(
        "https://docs.aws.amazon.com/verifiedpermissions/latest/userguide/policies.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM07"),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Human-AI Configuration"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=_TYPES,
)
def tool_policy_forbids_something(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A part of a conjunction that is false makes all of it false."""
    written = written_in(policy)
    path = STATEMENTS[policy.type]
    if isinstance(written, Opaque):
        return Unknown(path, written.why)
    if written is None or written.policy.effect != "forbid":
        return NotApplicable()
    conditions = written.policy.conditions
    parts = {part for text in conditions if text.startswith("when") for part in text[5:-1].split("&&")}
    if "false" in parts or any(text in _NEVER for text in conditions):
        return NonCompliant(path, "its condition never holds: it forbids nothing")
    return Compliant("it forbids something")
