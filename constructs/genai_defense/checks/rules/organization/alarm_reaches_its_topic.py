"""An alarm can write to the topic that it calls."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.reach import covers, literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, items, references

_KEY = "KmsMasterKeyId"
_USE = "kms:GenerateDataKey"
# What calls a topic, to the service that then uses the topic's key.
_CALLERS = {
    "AWS::CloudWatch::Alarm": "cloudwatch.amazonaws.com",
    "AWS::CloudWatch::CompositeAlarm": "cloudwatch.amazonaws.com",
    "AWS::Events::Rule": "events.amazonaws.com",
    "AWS::Budgets::Budget": "budgets.amazonaws.com",
    "AWS::CE::AnomalySubscription": "costalerts.amazonaws.com",
}


@rule(
    id="OwaspLlm-AlarmReachesItsTopic",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="An alarm, rule or budget calls a topic whose key it may not use.",
    explanation="The message is dropped without a word: nobody hears of the attack, of the spent budget, of"
    " the detector that found something.",
    remedy="Let the calling service (cloudwatch.amazonaws.com, events.amazonaws.com,"
    " budgets.amazonaws.com) use a key of your own for kms:GenerateDataKey and kms:Decrypt; the"
    " key of AWS lets none in.",
    source=Source("https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0034", "AML.T0040"),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::SNS::Topic",),
)
def alarm_reaches_its_topic(topic: Resource, graph: TemplateGraph) -> Answer:
    """Says nothing about topics that nothing here calls, or whose key stands elsewhere."""
    services = sorted({_CALLERS[each.type] for each in graph.referrers(topic) if each.type in _CALLERS})
    key = topic.get(_KEY)
    if not services or key is None:
        return NotApplicable()
    if isinstance(key, str) and key.endswith("alias/aws/sns"):
        return NonCompliant(_KEY, f"the key of AWS does not let {services[0]} in")
    if (own := _key(key)) is None:
        return NotApplicable()
    listed = list(statements(own.get("KeyPolicy"), "KeyPolicy")) if own.get("KeyPolicy") else []
    for service in services:
        if not any(_lets_in(each, service) for each in listed):
            unknown = next((each.body for each in listed if isinstance(each.body, Opaque)), None)
            if unknown is not None:
                return Unknown(_KEY, unknown.why)
            return NonCompliant(_KEY, f"{own.logical_id} does not let {service} in")
    return Compliant(f"{own.logical_id} lets {', '.join(services)} in")


def _key(value: Value) -> Resource | None:
    if not isinstance(value, Reference):
        return None
    if value.resource.type == "AWS::KMS::Alias":
        return next((each.resource for each in references(value.resource.get("TargetKeyId"))), None)
    return value.resource if value.resource.type == "AWS::KMS::Key" else None


def _lets_in(statement: Statement, service: str) -> bool:
    if not statement.may_allow or isinstance(statement.body, Opaque):
        return False
    principal = dig(statement.body, "Principal")
    named = items(dig(principal, "Service")) if isinstance(principal, dict) else items(principal)
    anybody = isinstance(principal, dict) and principal.get("AWS") == "*"
    if not anybody and not any(literally(each) in {"*", service} for each in named):
        return False
    actions = items(dig(statement.body, "Action"))
    return any(covers(each, _USE) or literally(each).startswith(_USE) for each in actions)
