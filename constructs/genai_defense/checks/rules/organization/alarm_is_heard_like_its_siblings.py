"""Where alarms call somebody, all of them do."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, flag, items


def _heard(alarm: Resource, _graph: TemplateGraph) -> Held:
    enabled, actions = flag(alarm.get("ActionsEnabled"), default=True), alarm.get("AlarmActions")
    if isinstance(enabled, Opaque):
        return enabled
    return actions if isinstance(actions, Opaque) else enabled and bool(items(actions))


_HEARD = Practice(
    property="AlarmActions",
    types=("AWS::CloudWatch::Alarm",),
    held=_heard,
    otherwise="no action of its own runs when it goes off",
    least=5,
)


@rule(
    id="OwaspLlm-AlarmIsHeardLikeItsSiblings",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The alarm calls nobody by itself, though all other alarms of the deployment do.",
    explanation="Whoever waits for the call that names what is wrong does not get it; a composite alarm that"
    " reads this one says less, and may be silent already.",
    remedy="Name the same topic as the other alarms in AlarmActions, and leave ActionsEnabled on.",
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
    resource_types=_HEARD.types,
)
def alarm_is_heard_like_its_siblings(alarm: Resource, graph: TemplateGraph) -> Answer:
    """Where several alarms leave the call to a composite one, nobody is asked."""
    return as_siblings_do(alarm, graph, _HEARD)
