"""What is sent to an event bus of one's own is heard by a rule, and what its rules wait for is sent."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import IDENTITY_TYPES, identity_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value, dig, items, references

_RULE = "AWS::Events::Rule"
_PUT = "events:PutEvents"


@rule(
    id="OwaspLlm-BusRulesHearEverySource",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A source that may send to the bus is heard by none of its rules, or a rule of it waits for a source"
    " that may not.",
    explanation="Signals of a detector or guardrail reach the bus and nothing answers; everybody takes the"
    " response for working.",
    remedy="Name each source that is sent to the bus in the pattern of a rule on it, and no other.",
    source=Source(
        "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI10",),
        mitre_atlas=("AML.T0034",),
        nist_csf=("DE.CM", "DE.AE"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Events::EventBus",),
)
def bus_rules_hear_every_source(bus: Resource, graph: TemplateGraph) -> Answer:
    """Where anybody may send under any name, or a pattern names no source, there is nothing to compare.

    Where some rules take all events of their sources, those rules take all sources.
    """
    sent = _sent_to(bus, graph)
    rules = [each for each in graph.of_type(_RULE) if _is_on(each.get("EventBusName"), bus)]
    whole = [each for each in rules if _is_by_source_alone(each.get("EventPattern"))]
    heard = [source for each in whole or rules for source in items(dig(each.get("EventPattern"), "source"))]
    if not rules or not sent or any(not isinstance(each, str) for each in heard):
        return NotApplicable()
    if any(dig(each.get("EventPattern"), "source") is None for each in rules):
        return NotApplicable()
    if opaque := next((each for each in sent if isinstance(each, Opaque)), None):
        return Unknown("", opaque.why)
    if missed := sorted({str(each) for each in sent} - {str(each) for each in heard}):
        return NonCompliant("", f"no rule of it hears {missed[0]}, which is sent to it")
    for each in rules:
        waits = items(dig(each.get("EventPattern"), "source"))
        if not any(source in sent for source in waits):
            return NonCompliant("", f"{each.logical_id} waits for {waits[0]}, which nothing may send to it")
    return Compliant("its rules hear what is sent to it")


def _is_by_source_alone(pattern: Value) -> bool:
    return isinstance(pattern, dict) and set(pattern) == {"source"}


def _is_on(value: Value, bus: Resource) -> bool:
    return any(found.resource is bus for found in references(value)) or (
        isinstance(value, str) and value == bus.get("Name")
    )


def _sent_to(bus: Resource, graph: TemplateGraph) -> list[Value]:
    """The sources that are sent: of rules that pass events on, and of statements that name theirs."""
    found: list[Value] = []
    for each in graph.referrers(bus):
        if each.type == _RULE and any(
            _is_on(dig(target, "Arn"), bus) for target in items(each.get("Targets"))
        ):
            found += items(dig(each.get("EventPattern"), "source"))
        elif each.type in IDENTITY_TYPES:
            found += _allowed(each, bus)
    return found


def _allowed(identity: Resource, bus: Resource) -> Iterator[Value]:
    for statement in identity_statements(identity):
        if statement.may_cover(_PUT) and _is_on(dig(statement.body, "Resource"), bus):
            for _, key, values in statement.tests():
                if key == "events:source":
                    yield from (value for value in values if value not in {"true", "false"})
