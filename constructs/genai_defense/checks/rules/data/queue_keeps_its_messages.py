"""A message waits longer than a disturbance lasts."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, whole

_PATH, _LEAST, _FOUR_DAYS = "MessageRetentionPeriod", 900, 345_600


@rule(
    id="OwaspLlm-QueueKeepsItsMessages",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The queue forgets its messages within a quarter of an hour.",
    explanation="A consumer that stands still for a moment, or is made to, loses what waited: documents,"
    " signals, reviews.",
    remedy="Leave MessageRetentionPeriod at its default of four days, or set it longer.",
    source=Source(
        "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-queue-parameters.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.AE", "RC.RP"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::SQS::Queue",),
)
def queue_keeps_its_messages(queue: Resource, _graph: TemplateGraph) -> Answer:
    """SQS takes a minute to fourteen days."""
    if queue.get(_PATH) is None:
        return NotApplicable()
    seconds = whole(queue.get(_PATH), default=_FOUR_DAYS)
    if isinstance(seconds, Opaque):
        return Unknown(_PATH, seconds.why)
    if seconds < _LEAST:
        return NonCompliant(_PATH, f"messages are gone after {seconds} seconds")
    return Compliant(f"messages wait for {seconds} seconds")
