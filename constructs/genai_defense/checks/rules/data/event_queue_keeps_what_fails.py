"""What a function could not handle is kept, not dropped and not repeated for ever."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved, dig

_TARGET = "RedrivePolicy.deadLetterTargetArn"


@rule(
    id="OwaspLlm-EventQueueKeepsWhatFails",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="A function takes messages from a queue without dead letters.",
    explanation="A document or event that makes the function fail comes back until it expires, keeps others"
    " waiting and costs each time; then it is gone and nobody has seen it.",
    remedy="Give the queue a RedrivePolicy with a dead-letter queue and a small maxReceiveCount.",
    source=Source(
        "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM04", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029",),
        nist_csf=("DE.AE", "RC.RP"),
        nist_ai_600_1=("Information Integrity", "Information Security"),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Lambda::EventSourceMapping",),
)
def event_queue_keeps_what_fails(mapping: Resource, _graph: TemplateGraph) -> Answer:
    """Streams, and queues from elsewhere, are not judged."""
    source = mapping.get("EventSourceArn")
    if isinstance(source, Unresolved):
        return Unknown("EventSourceArn", source.why)
    if not isinstance(source, Reference) or source.resource.type != "AWS::SQS::Queue":
        return NotApplicable()
    policy = source.resource.get("RedrivePolicy")
    where = f"EventSourceArn: {source.resource.logical_id}.{_TARGET}"
    target = policy if isinstance(policy, Unresolved) else dig(policy, "deadLetterTargetArn")
    if isinstance(target, Unresolved):
        return Unknown(where, target.why)
    if target is None:
        return NonCompliant(where, "the queue has no dead letters")
    return Compliant("what fails goes to a dead-letter queue")
