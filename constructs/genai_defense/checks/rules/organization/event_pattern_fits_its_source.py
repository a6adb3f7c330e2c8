"""A rule waits for an event that its source sends."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

# Who sends events of a type; of calls through CloudTrail, every service does.
_SENT = {
    "AWS API Call via CloudTrail": "aws.",
    "AWS Console Sign In via CloudTrail": "aws.signin",
    "AWS Service Event via CloudTrail": "aws.",
    "CloudWatch Alarm State Change": "aws.cloudwatch",
    "GuardDuty Finding": "aws.guardduty",
    "GuardDuty Malware Protection Object Scan Result": "aws.guardduty",
    "Macie Finding": "aws.macie",
    "Object Created": "aws.s3",
    "Object Deleted": "aws.s3",
    "Security Hub Findings - Imported": "aws.securityhub",
}


@rule(
    id="OwaspLlm-EventPatternFitsItsSource",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The pattern of the rule names a type of event, and a source that does not send it.",
    explanation="The rule is on and leads somewhere, and never fires: findings and uploads happen, "
    "and nothing follows.",
    remedy="Name the source of the event, such as aws.guardduty for GuardDuty Finding.",
    source=Source(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-list.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Events::Rule",),
)
def event_pattern_fits_its_source(event_rule: Resource, _graph: TemplateGraph) -> Answer:
    """Types that are not among the known ones, and filters such as prefix, are not judged."""
    pattern = event_rule.get("EventPattern")
    if isinstance(pattern, Opaque):
        return Unknown("EventPattern", pattern.why)
    sources, kinds = items(dig(pattern, "source")), items(dig(pattern, "detail-type"))
    texts = [source for source in sources if isinstance(source, str)]
    if not kinds or not sources or len(texts) < len(sources):
        return NotApplicable()
    for kind in kinds:
        sent = _SENT.get(kind, "") if isinstance(kind, str) else ""
        if not any(source.startswith(sent) for source in texts):
            return NonCompliant("EventPattern.source", f"{' and '.join(texts)} do not send {kind}")
    return Compliant("its source sends what it waits for")
