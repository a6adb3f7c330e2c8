"""A state that hands out a task token waits for the answer."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.state_machine import definition_of, states_of, token_waits
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Value

_TOKEN = "$$.Task.Token"  # noqa: S105 - a path of the context object
_IN_JSONATA = "states.context.Task.Token"


@rule(
    id="OwaspLlm-ApprovalIsWaitedFor",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="A state hands out a task token, and goes on without an answer.",
    explanation="Somebody is asked whether an action of the model may happen, and it has happened before he"
    " reads the question.",
    remedy="Let the resource of the state end in .waitForTaskToken.",
    source=Source(
        "https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM09"),
        owasp_agentic=("ASI02", "ASI09"),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Human-AI Configuration",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::StepFunctions::StateMachine",),
)
def approval_is_waited_for(machine: Resource, _graph: TemplateGraph) -> Answer:
    """A definition outside of the template is another rule's; an activity gets its token by itself."""
    definition = definition_of(machine)
    if isinstance(definition, Opaque):
        return NotApplicable()
    waiting = {name for name, _ in token_waits(definition)}
    return worst(
        Compliant(f"{name} waits")
        if name in waiting
        else NonCompliant("DefinitionString", f"state {name} hands out a token and does not wait")
        for name, state in states_of(definition)
        if any(_TOKEN in text or _IN_JSONATA in text for text in _texts(state))
    )


def _texts(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
