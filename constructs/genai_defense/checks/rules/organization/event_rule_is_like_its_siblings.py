"""Where rules keep what they could not deliver, all of them do."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, dig, items


def _keeps_undelivered(rule_: Resource, _graph: TemplateGraph) -> Held:
    """A run that a schedule missed is made up for by the next one."""
    targets = rule_.get("Targets")
    if isinstance(targets, Unresolved):
        return targets
    kept = all(dig(target, "DeadLetterConfig") is not None for target in items(targets))
    return None if rule_.get("ScheduleExpression") is not None and not kept else kept


_KEPT = Practice(
    property="Targets",
    types=("AWS::Events::Rule",),
    held=_keeps_undelivered,
    otherwise="what it cannot deliver is lost",
    in_one_template=True,
)


@rule(
    id="OwaspLlm-EventRuleIsLikeItsSiblings",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The rule loses what it could not deliver, though all others of the template keep it.",
    explanation="The target is throttled or its key is wrong for a day, and the event that would have started"
    " the response is gone without a trace.",
    remedy="Give each target a DeadLetterConfig, as the other rules have.",
    source=Source("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=_KEPT.types,
)
def event_rule_is_like_its_siblings(rule_: Resource, graph: TemplateGraph) -> Answer:
    """Rules on findings of detectors have a rule of their own."""
    return as_siblings_do(rule_, graph, _KEPT)
