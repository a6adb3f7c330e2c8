"""A finding that could not be delivered is kept, not dropped."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.security_rules import brings_findings
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items


@rule(
    id="OwaspLlm-SecurityRuleKeepsUndelivered",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A rule that brings findings of a detector to a target keeps none that it could not deliver.",
    explanation="The target is throttled, its role or key is wrong for a day, and the finding that would have"
    " started the response is gone without a trace.",
    remedy="Give each target a DeadLetterConfig with a queue, and an alarm on the queue's depth.",
    source=Source("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM10", "LLM01"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.AE", "RS.MA"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Events::Rule",),
)
def security_rule_keeps_undelivered(rule_: Resource, _graph: TemplateGraph) -> Answer:
    """Says nothing about rules without a detector among their sources."""
    brings = brings_findings(rule_)
    if isinstance(brings, Opaque):
        return Unknown("EventPattern", brings.why)
    if not brings:
        return NotApplicable()
    targets = rule_.get("Targets")
    if isinstance(targets, Opaque):
        return Unknown("Targets", targets.why)
    for index, target in enumerate(items(targets)):
        path = f"Targets.{index}.DeadLetterConfig"
        kept = dig(target, "DeadLetterConfig.Arn")
        if isinstance(target, Opaque):
            return Unknown(f"Targets.{index}", target.why)
        if kept is None:
            return NonCompliant(path, "the target has no dead-letter queue")
    return Compliant("what cannot be delivered waits in a queue")
