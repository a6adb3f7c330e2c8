"""A rule that waits for events is on, and leads somewhere."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved

_RATE, _YEAR = re.compile(r"rate\((\d{1,9}) days?\)"), 366


@rule(
    id="OwaspLlm-EventRuleIsOn",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The rule or schedule is disabled, has no target, or waits for years.",
    explanation="Findings, failures and rotations happen, and nothing follows.",
    remedy="Set State to ENABLED and name a target, or take the rule away.",
    source=Source("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Events::Rule", "AWS::Scheduler::Schedule"),
)
def event_rule_is_on(resource: Resource, _graph: TemplateGraph) -> Answer:
    """A schedule cannot be without a target; one that runs less than once a year is as good as off."""
    state = resource.get("State")
    if isinstance(state, Opaque):
        return Unknown("State", state.why)
    if state == "DISABLED":
        return NonCompliant("State", "it is DISABLED")
    targets = resource.get("Targets")
    if isinstance(targets, Unresolved):
        return Unknown("Targets", targets.why)
    if resource.type == "AWS::Events::Rule" and not targets:
        return NonCompliant("Targets", "the rule leads nowhere")
    found = _RATE.fullmatch(str(resource.get("ScheduleExpression")).strip())
    if found and int(found[1]) > _YEAR:
        return NonCompliant("ScheduleExpression", f"it runs once in {found[1]} days")
    return Compliant("it is on and leads somewhere")
