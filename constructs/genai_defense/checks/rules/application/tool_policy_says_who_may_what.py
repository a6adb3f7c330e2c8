"""A Cedar permit says who may do what."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.cedar import CedarError, read_policy
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_PATH = "Definition.Static.Statement"


@rule(
    id="OwaspLlm-ToolPolicySaysWhoMayWhat",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A Cedar permit admits every principal or every action, and no condition speaks of it.",
    explanation="A tool that somebody adds is permitted at once, or a user of another role is: nobody "
    "decided that.",
    remedy="Name principal and action in the scope, or in a condition.",
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
    resource_types=("AWS::VerifiedPermissions::Policy",),
)
def tool_policy_says_who_may_what(policy: Resource, _graph: TemplateGraph) -> Answer:
    """What a condition says about a principal or an action is not weighed; resources have tenants."""
    statement = policy.get(_PATH)
    if statement is None:
        return NotApplicable()
    if not isinstance(statement, str):
        return Unknown(_PATH, statement.why if isinstance(statement, Opaque) else "the statement is no text")
    try:
        read = read_policy(statement)
    except CedarError as error:
        return Unknown(_PATH, f"the statement cannot be read: {error}")
    if read.effect == "forbid":
        return NotApplicable()
    for name in ("principal", "action"):
        if name in read.unbound and not any(name in text for text in read.conditions):
            return NonCompliant(_PATH, f"the permit is for every {name}")
    return Compliant("the permit says who may do what")
