"""A trail that records who reads and calls records it of everything that there is."""

from collections.abc import Iterator, Mapping

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.event_selectors import recorded_data
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_SELECTORS = "AdvancedEventSelectors"
# Type of a resource, to the types of its data events.
# Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
# (read 2026-11-24).
_OF_MODELS = {
    "AWS::Bedrock::Agent": ("AWS::Bedrock::AgentAlias",),
    "AWS::Bedrock::Flow": ("AWS::Bedrock::FlowAlias", "AWS::Bedrock::FlowExecution"),
    "AWS::Bedrock::Guardrail": ("AWS::Bedrock::Guardrail",),
    "AWS::Bedrock::KnowledgeBase": ("AWS::Bedrock::KnowledgeBase",),
    "AWS::Bedrock::Prompt": ("AWS::Bedrock::PromptVersion",),
    "AWS::S3Vectors::Index": ("AWS::S3Vectors::Index",),
    "AWS::S3Vectors::VectorBucket": ("AWS::S3Vectors::VectorBucket",),
}
_OF_STORES = {"AWS::DynamoDB::Table": ("AWS::DynamoDB::Table",), "AWS::S3::Bucket": ("AWS::S3::Object",)}
_OF_BEDROCK = (
    "AWS::Bedrock::AgentAlias",
    "AWS::Bedrock::AsyncInvoke",
    "AWS::Bedrock::FlowAlias",
    "AWS::Bedrock::FlowExecution",
    "AWS::Bedrock::Guardrail",
    "AWS::Bedrock::InlineAgent",
    "AWS::Bedrock::KnowledgeBase",
    "AWS::Bedrock::Model",
    "AWS::Bedrock::PromptVersion",
    "AWS::Bedrock::Session",
)
_MEANS_ALL = 6


@rule(
    id="OwaspLlm-TrailLeavesNoGap",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="The trail records data events of some kinds, and leaves out one that is used or belongs to them.",
    explanation="Who asked the knowledge base, read the documents or started an agent of his own is not in"
    " the record: an intruder who knows what is watched uses the other way.",
    remedy="Add an advanced event selector, without further narrowing, for each kind that is named.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0040", "AML.T0024"),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP04", "GENSEC03-BP01"),
    ),
    resource_types=("AWS::CloudTrail::Trail",),
)
def trail_leaves_no_gap(trail: Resource, graph: TemplateGraph) -> Answer:
    """Who records no data events has said so, and is asked by another rule."""
    recorded = recorded_data(trail.get(_SELECTORS))
    if not recorded:
        return NotApplicable()
    missing = [
        NonCompliant(_SELECTORS, f"no selector records all of {kind}, {why}")
        for kind, why in dict(_wanted(recorded, graph)).items()
        if kind not in recorded
    ]
    return worst(missing) if missing else Compliant(f"{len(recorded)} kinds of data events are recorded")


def _wanted(recorded: set[str], graph: TemplateGraph) -> Iterator[tuple[str, str]]:
    if len(recorded.intersection(_OF_BEDROCK)) >= _MEANS_ALL:
        yield from ((kind, "and of most others of Bedrock one does") for kind in _OF_BEDROCK)
    if any(kind.startswith("AWS::Bedrock::") for kind in recorded):
        yield from _used(_OF_MODELS, graph)
    # S3 and DynamoDB cost by the event: one store alone may be a choice, among several it is a gap.
    if any(kind.startswith(("AWS::S3", "AWS::DynamoDB")) for kind in recorded):
        yield from _used(_OF_STORES, graph)


def _used(kinds: Mapping[str, tuple[str, ...]], graph: TemplateGraph) -> Iterator[tuple[str, str]]:
    for resource_type, events in kinds.items():
        if found := next(graph.of_type(resource_type), None):
            yield from ((event, f"and {found.logical_id} is one") for event in events)
