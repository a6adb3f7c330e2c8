"""What was logged does not stay for ever."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole


@rule(
    id="OwaspLlm-LogGroupExpires",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The log group keeps its events for ever, or for a day.",
    explanation="Whatever a function lets slip into a log, such as a user's words or a token, can be"
    " read years later, long after the user asked for its deletion; and what is gone in a day shows nobody"
    " what an attacker did.",
    remedy="Set RetentionInDays to what the purpose of the log needs.",
    source=Source(
        "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0057",),
        nist_csf=("PR.DS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Logs::LogGroup",),
)
def log_group_expires(group: Resource, graph: TemplateGraph) -> Answer:
    """Without a number of days, CloudWatch Logs deletes nothing."""
    days = group.get("RetentionInDays")
    if isinstance(days, Opaque):
        return Unknown("RetentionInDays", days.why)
    if days is None:
        return NonCompliant("RetentionInDays", "RetentionInDays is not set: events never expire")
    number = whole(days, default=0)
    if isinstance(number, Opaque):
        return Unknown("RetentionInDays", number.why)
    if number > graph.bounds.log_days:
        return NonCompliant("RetentionInDays", f"events stay {number} days; at most {graph.bounds.log_days}")
    if number < graph.bounds.log_days_least:
        return NonCompliant(
            "RetentionInDays", f"events stay {number} days: they are gone before anybody looks"
        )
    return Compliant(f"events expire after {number} days")
