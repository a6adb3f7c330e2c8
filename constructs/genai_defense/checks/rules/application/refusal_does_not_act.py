"""A refusal, or no answer, leads elsewhere than a consent."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.state_machine import definition_of, token_waits
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_PATH = "DefinitionString"


@rule(
    id="OwaspLlm-RefusalDoesNotAct",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="A state that waits for a human goes the same way after a refusal or a time-out as after a consent.",
    explanation="What a model asked for is done although nobody said yes, or although somebody said no.",
    remedy="Let each Catch of the state lead to a state that ends without acting.",
    source=Source(
        "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html", "2026-11-24"
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
def refusal_does_not_act(machine: Resource, _graph: TemplateGraph) -> Answer:
    """A definition that cannot be read is another rule's; a wait without a catcher fails, which is a no."""
    definition = definition_of(machine)
    if isinstance(definition, Opaque):
        return NotApplicable()
    answer: Answer = NotApplicable()
    for name, state in token_waits(definition):
        for catch in items(state.get("Catch")):
            after = dig(catch, "Next") if isinstance(catch, dict) else None
            if after is not None and after == state.get("Next"):
                return NonCompliant(
                    _PATH, f"state {name} goes on to {after} after an error as after a consent"
                )
            answer = Compliant("a refusal leads elsewhere than a consent")
    return answer
