"""What works only once something else is bound to it has that other thing."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.outputs import is_handed_out
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import items

# What stands for nothing by itself, to what makes it work, and what is missing without that.
_NEEDS = {
    "AWS::ApplicationAutoScaling::ScalableTarget": (
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "nothing scales it",
    ),
    "AWS::Backup::BackupPlan": ("AWS::Backup::BackupSelection", "it backs nothing up"),
    "AWS::Backup::RestoreTestingPlan": ("AWS::Backup::RestoreTestingSelection", "it tries no restore"),
    "AWS::Route53Resolver::ResolverQueryLoggingConfig": (
        "AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation",
        "it logs the names of no network",
    ),
}
_CALLERS = (
    "AWS::Budgets::Budget",
    "AWS::CE::AnomalySubscription",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
)
_TOPIC = "AWS::SNS::Topic"
_HEAR = ("AWS::SNS::Subscription", "AWS::Chatbot::SlackChannelConfiguration")


@rule(
    id="OwaspLlm-NothingStandsUnused",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The resource is there, and nothing is bound to it that would make it work.",
    explanation="It stands in the list of controls and does nothing: the backup that one reaches for, the"
    " log, the call to the one on duty are not there.",
    remedy="Add what binds it (a selection, an association, a subscription), or take it away.",
    source=Source(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_detect_investigate_events_app_service_logging.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=(*_NEEDS, _TOPIC),
)
def nothing_stands_unused(resource: Resource, graph: TemplateGraph) -> Answer:
    """Of topics only those are asked that alarms or budgets call, and that no output hands out."""
    users = {each.type for each in graph.referrers(resource)}
    if resource.type == _TOPIC:
        return _of_topic(resource, users, graph)
    binding, otherwise = _NEEDS[resource.type]
    by_itself = _is_of_unknown_kind(users) or bool(resource.get("ScheduledActions"))
    if binding in users or by_itself or is_handed_out(resource, graph):
        return Compliant("something is bound to it")
    return NonCompliant("", f"no {binding} names it: {otherwise}")


def _of_topic(topic: Resource, users: set[str], graph: TemplateGraph) -> Answer:
    if not users.intersection(_CALLERS):
        return NotApplicable()
    heard = items(topic.get("Subscription")) or users.intersection(_HEAR) or _is_of_unknown_kind(users)
    if heard or is_handed_out(topic, graph):
        return Compliant("somebody subscribed to it")
    return NonCompliant("Subscription", "alarms call it, and nobody is subscribed")


def _is_of_unknown_kind(users: set[str]) -> bool:
    return any(each.startswith(("Custom::", "AWS::CloudFormation::")) for each in users)
