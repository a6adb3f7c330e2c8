"""A flood of uploads or events cannot take the account's functions."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Unresolved

_MOST = "ScalingConfig.MaximumConcurrency"
_RESERVED = "ReservedConcurrentExecutions"


@rule(
    id="OwaspLlm-QueueConsumerIsBounded",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="Nothing bounds how many messages of a queue a function takes at once.",
    explanation="A flood of uploads scales the function to the account's limit: the chatbot and its defenses"
    " stand still, and each document costs its examination.",
    remedy="Set ScalingConfig.MaximumConcurrency, or ReservedConcurrentExecutions of the function.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM10",),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::Lambda::EventSourceMapping",),
)
def queue_consumer_is_bounded(mapping: Resource, _graph: TemplateGraph) -> Answer:
    """Streams, queues and functions from elsewhere are not judged."""
    source, most = mapping.get("EventSourceArn"), mapping.get(_MOST)
    if isinstance(source, Unresolved):
        return Unknown("EventSourceArn", source.why)
    if not isinstance(source, Reference) or source.resource.type != "AWS::SQS::Queue":
        return NotApplicable()
    if isinstance(most, Opaque):
        return Unknown(_MOST, most.why)
    return _of_function(mapping) if most is None else Compliant(f"at most {most} run at once")


def _of_function(mapping: Resource) -> Answer:
    function = mapping.get("FunctionName")
    if isinstance(function, Unresolved):
        return Unknown("FunctionName", function.why)
    if not isinstance(function, Reference):
        return NotApplicable()
    reserved = function.resource.get(_RESERVED)
    if isinstance(reserved, Unresolved):
        return Unknown(f"FunctionName: {_RESERVED}", reserved.why)
    if reserved is None:
        return NonCompliant(_MOST, "neither the mapping nor its function is bounded")
    return Compliant("the function's concurrency is reserved, which bounds it")
