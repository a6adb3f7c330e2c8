"""What a machine did about an attack is on record, whichever way it ended."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.security_rules import brings_findings
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, shown

_LEVEL = "LoggingConfiguration.Level"


@rule(
    id="OwaspLlm-ResponseIsLogged",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A state machine that a detector's findings start does not log all that it does.",
    explanation="A user was disabled or an address blocked, and nobody can tell by what and why; or an"
    " attacker who made the machine do it leaves no trace.",
    remedy="Set LoggingConfiguration.Level to ALL with a log group as destination.",
    source=Source("https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI09",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("RS.AN", "RS.MA"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::StepFunctions::StateMachine",),
)
def response_is_logged(machine: Resource, graph: TemplateGraph) -> Answer:
    """Says nothing about machines that no rule with a detector among its sources starts."""
    rules = [other for other in graph.referrers(machine) if other.type == "AWS::Events::Rule"]
    if not any(brings_findings(starting) is True for starting in rules):
        return NotApplicable()
    level = machine.get(_LEVEL)
    if isinstance(level, Opaque):
        return Unknown(_LEVEL, level.why)
    if level != "ALL":
        return NonCompliant(_LEVEL, f"Level is {shown(level)}; only ALL logs responses that ended well")
    return Compliant("every response is logged")
