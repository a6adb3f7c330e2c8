"""Who let an agent act, and when, is on record; what it was about is readable to few."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.state_machine import definition_of, token_waits
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, Value, dig, flag, items, shown

_LEVEL, _DATA = "LoggingConfiguration.Level", "LoggingConfiguration.IncludeExecutionData"
_DESTINATIONS = "LoggingConfiguration.Destinations"


@rule(
    id="OwaspLlm-ApprovalIsLogged",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="A state machine that waits for approvals does not log them, or logs their content unencrypted.",
    explanation="After a wrong action nobody can tell who approved it and when; or everybody who reads logs"
    " reads the arguments and the task token, with which the wait can be ended.",
    remedy="Set LoggingConfiguration.Level to ALL, and leave IncludeExecutionData off or log to a group with"
    " a customer managed key.",
    source=Source("https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM02"),
        owasp_agentic=("ASI09", "ASI02"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("DE.CM", "PR.PS"),
        nist_ai_600_1=("Human-AI Configuration", "Information Security"),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::StepFunctions::StateMachine",),
)
def approval_is_logged(machine: Resource, _graph: TemplateGraph) -> Answer:
    """Says nothing about machines that wait for no token; of an unknown one, ApprovalWaitEnds speaks."""
    definition = definition_of(machine)
    if isinstance(definition, Opaque) or not any(token_waits(definition)):
        return NotApplicable()
    level = machine.get(_LEVEL)
    if isinstance(level, Opaque):
        return Unknown(_LEVEL, level.why)
    if level != "ALL":
        return NonCompliant(_LEVEL, f"Level is {shown(level)}; only ALL logs waits that ended well")
    data = flag(machine.get(_DATA), default=False)
    if isinstance(data, Opaque):
        return Unknown(_DATA, data.why)
    return _encrypted(machine) if data else Compliant("every approval is logged, without its content")


def _encrypted(machine: Resource) -> Answer:
    destinations = machine.get(_DESTINATIONS)
    if isinstance(destinations, Opaque):
        return Unknown(_DESTINATIONS, destinations.why)
    for index, each in enumerate(items(destinations)):
        path = f"{_DESTINATIONS}.{index}"
        group = _group(dig(each, "CloudWatchLogsLogGroup.LogGroupArn"))
        if group is None:
            return Unknown(path, "the log group is not in the templates")
        if not group.get("KmsKeyId"):
            return NonCompliant(path, f"{group.logical_id} has no key of its own and gets execution data")
    return Compliant("every approval is logged, with its content, under a key of one's own")


def _group(arn: Value) -> Resource | None:
    return arn.resource if isinstance(arn, Reference) else None
