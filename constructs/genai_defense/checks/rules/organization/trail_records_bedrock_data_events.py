"""Every use of a model, agent or guardrail leaves a record."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown
from genai_defense.checks.event_selectors import recorded_events
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, items

_SELECTORS = "AdvancedEventSelectors"
# InvokeModel and Converse are management events; agents, guardrails, bidirectional streams are data events.
_NEEDED = ("Management", "AWS::Bedrock::AgentAlias", "AWS::Bedrock::Guardrail", "AWS::Bedrock::Model")


@rule(
    id="OwaspLlm-TrailRecordsBedrockDataEvents",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The trail does not record all use of Bedrock.",
    explanation="After an incident nobody can tell who called which model, agent or guardrail; CloudTrail"
    " records no data events unless a selector asks for them.",
    remedy="Add an advanced event selector for management events, and one each for"
    " AWS::Bedrock::Model, AWS::Bedrock::AgentAlias and AWS::Bedrock::Guardrail.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/logging-using-cloudtrail.html", "2026-11-23"
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
def trail_records_bedrock_data_events(trail: Resource, _graph: TemplateGraph) -> Answer:
    """A selector that is narrowed further (read-only, single ARNs) does not count as recording its type."""
    selectors = trail.get(_SELECTORS)
    if isinstance(selectors, Opaque):
        return Unknown(_SELECTORS, selectors.why)
    recorded = {kind for selector in items(selectors) for kind in recorded_events(selector)}
    missing = [kind for kind in _NEEDED if kind not in recorded]
    if missing and "" in recorded:
        return Unknown(_SELECTORS, f"a selector that cannot be resolved may record {', '.join(missing)}")
    if missing:
        return NonCompliant(_SELECTORS, f"no selector records all events of {', '.join(missing)}")
    return Compliant("management events and Bedrock data events are recorded")
