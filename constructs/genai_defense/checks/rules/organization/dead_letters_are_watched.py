"""Where alarms watch the queues of dead letters, they watch all of them."""

from genai_defense.checks.answer import Answer, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import dig, items, references

_KEEPING = ("DeadLetterConfig", "DestinationConfig", "RedrivePolicy", "Target.DeadLetterConfig")
_ALARM = "AWS::CloudWatch::Alarm"


def _is_watched(queue: Resource, graph: TemplateGraph) -> Held:
    users = graph.referrers(queue)
    if not any(_keeps_in(user, queue) for user in users):
        return None
    return any(user.type == _ALARM for user in users)


def _keeps_in(user: Resource, queue: Resource) -> bool:
    kept = [user.get(path) for path in _KEEPING]
    if user.type == "AWS::Events::Rule":
        kept = [dig(target, "DeadLetterConfig") for target in items(user.get("Targets"))]
    return any(found.resource is queue for found in references(kept))


_WATCHED = Practice(
    property="",
    types=("AWS::SQS::Queue",),
    held=_is_watched,
    otherwise="no alarm watches what waits in it",
    least=2,
    in_one_template=True,
)


_OF_FUNCTIONS = ("AWS::Lambda::Function", "AWS::Lambda::EventInvokeConfig")


def _is_watched_for_others(queue: Resource, graph: TemplateGraph) -> Held:
    """What functions fail at shows in their metrics too; what others could not deliver shows here alone."""
    kept_by = [user.type for user in graph.referrers(queue) if _keeps_in(user, queue)]
    return None if not kept_by or set(kept_by) & set(_OF_FUNCTIONS) else _is_watched(queue, graph)


_WATCHED_FOR_OTHERS = Practice(
    property="",
    types=_WATCHED.types,
    held=_is_watched_for_others,
    otherwise="no alarm watches what rules, schedules and queues put into it",
)


@rule(
    id="OwaspLlm-DeadLettersAreWatched",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="No alarm watches the queue of dead letters, though alarms watch all others of the template.",
    explanation="What could not be handled, such as an unexamined document or an unanswered attack, lies"
    " there until it expires, and nobody knows.",
    remedy="Add an alarm on ApproximateNumberOfMessagesVisible of the queue.",
    source=Source(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
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
    resource_types=_WATCHED.types,
)
def dead_letters_are_watched(queue: Resource, graph: TemplateGraph) -> Answer:
    """Queues of one template are compared, and of all templates those that no function puts failures into."""
    return worst(as_siblings_do(queue, graph, practice) for practice in (_WATCHED, _WATCHED_FOR_OTHERS))
