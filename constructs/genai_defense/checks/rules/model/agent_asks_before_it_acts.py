"""An agent asks its user before it does what cannot be undone."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items

_GROUPS = "ActionGroups"
_FUNCTIONS = "FunctionSchema.Functions"
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_CANNOT_BE_UNDONE = {
    *("buy", "cancel", "delete", "destroy", "drop", "erase", "execute", "fire", "grant", "pay", "purchase"),
    *("purge", "refund", "remove", "reset", "revoke", "terminate", "transfer", "withdraw"),
}


@rule(
    id="OwaspLlm-AgentAsksBeforeItActs",
    boundary=Boundary.MODEL,
    level=Level.WARNING,
    info="A function of the agent that cannot be undone runs without asking.",
    explanation="An order hidden in a document, or a misunderstanding, refunds, deletes or pays before"
    " a human has seen it.",
    remedy="Set RequireConfirmation to ENABLED on the function.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/agents-userconfirmation.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI02", "ASI09"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Human-AI Configuration",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::Bedrock::Agent",),
)
def agent_asks_before_it_acts(agent: Resource, _graph: TemplateGraph) -> Answer:
    """The first word of a function's name says what it does, as in `delete_account` and `refundOrder`."""
    groups = agent.get(_GROUPS)
    if isinstance(groups, Unresolved):
        return Unknown(_GROUPS, groups.why)
    return worst(_judge(path, function) for path, function in _functions(groups))


def _functions(groups: Value) -> Iterator[tuple[str, Value]]:
    for index, group in enumerate(items(groups)):
        listed = dig(group, _FUNCTIONS) if isinstance(group, dict) else None
        for number, function in enumerate(items(listed)):
            yield f"{_GROUPS}.{index}.{_FUNCTIONS}.{number}", function


def _judge(path: str, function: Value) -> Answer:
    name = None if isinstance(function, Opaque) else dig(function, "Name")
    words = _WORDS.findall(name) if isinstance(name, str) else []
    if not words or words[0].lower() not in _CANNOT_BE_UNDONE:
        return NotApplicable()
    asks = dig(function, "RequireConfirmation")
    if isinstance(asks, Opaque):
        return Unknown(f"{path}.RequireConfirmation", asks.why)
    if asks != "ENABLED":
        return NonCompliant(f"{path}.RequireConfirmation", f"{name} runs without asking")
    return Compliant("it asks before it acts")
