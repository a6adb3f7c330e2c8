"""No Cedar policy permits everybody everything."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.cedar import CedarError, read_policy
from genai_defense.checks.cedar_policies import STATEMENTS
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque


@rule(
    id="OwaspLlm-ToolPolicyNarrowsItsPermit",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="A Cedar policy permits every principal every action on every resource.",
    explanation="Whatever a model was talked into asking for is allowed: every tool, for every user, on the"
    " data of every tenant.",
    remedy="Name the principal, the action or the resource in the scope, or add a condition.",
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
    resource_types=tuple(STATEMENTS),
)
def tool_policy_narrows_its_permit(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A forbid may be as wide as it likes; a template-linked policy is narrowed by its template."""
    path = STATEMENTS[policy.type]
    statement = policy.get(path)
    if statement is None:
        return NotApplicable()
    if not isinstance(statement, str):
        why = statement.why if isinstance(statement, Opaque) else "the statement is no text"
        return Unknown(path, why)
    try:
        read = read_policy(statement)
    except CedarError as error:
        return Unknown(path, f"the statement cannot be read: {error}")
    if read.effect == "forbid":
        return NotApplicable()
    if read.admits_everything:
        return NonCompliant(path, "the permit names no principal, action or resource and has no condition")
    return Compliant("the permit is narrowed by its scope or a condition")
