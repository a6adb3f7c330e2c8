"""An alarm that nobody hears is a graph."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag, items

_ACTIONS, _ENABLED = "AlarmActions", "ActionsEnabled"


@rule(
    id="OwaspLlm-AlarmCallsSomebody",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The alarm does nothing when it goes off.",
    explanation="An attack, a leak or a runaway bill changes the colour of a graph, and nobody looks at it"
    " until the damage is done.",
    remedy="Name a topic or another action in AlarmActions, or let a composite alarm with actions read it.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.AE", "RS.CO"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm"),
)
def alarm_calls_somebody(alarm: Resource, graph: TemplateGraph) -> Answer:
    """A part of a composite alarm may be silent: the whole speaks for it."""
    enabled = flag(alarm.get(_ENABLED), default=True)
    actions = alarm.get(_ACTIONS)
    for path, value in ((_ENABLED, enabled), (_ACTIONS, actions)):
        if isinstance(value, Opaque):
            return Unknown(path, value.why)
    if enabled and items(actions):
        return Compliant("the alarm has an action")
    if any(other.type == "AWS::CloudWatch::CompositeAlarm" for other in graph.referrers(alarm)):
        return Compliant("a composite alarm reads it")
    if not enabled:
        return NonCompliant(_ENABLED, "ActionsEnabled is false: the alarm's actions never run")
    return NonCompliant(_ACTIONS, "AlarmActions is empty, and no composite alarm reads this one")
