"""A wait for a human ends by itself, and then as a no."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.state_machine import definition_of, token_waits
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_ENDS = ("TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath")


@rule(
    id="OwaspLlm-ApprovalWaitEnds",
    boundary=Boundary.APPLICATION,
    level=Level.ERROR,
    info="A state waits for a task token without an end.",
    explanation="An action that a model asked for can be approved as long as the execution lives, up to a"
    " year: by whoever finds the token, when nobody remembers what it was about.",
    remedy="Give every state that waits for a task token TimeoutSeconds (or HeartbeatSeconds), and treat the"
    " time-out as a refusal.",
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
def approval_wait_ends(machine: Resource, _graph: TemplateGraph) -> Answer:
    """Says nothing about machines that wait for no token."""
    definition = definition_of(machine)
    if isinstance(definition, Opaque):
        elsewhere = "DefinitionS3Location"
        return Unknown(elsewhere if machine.get(elsewhere) else "DefinitionString", definition.why)
    waits = list(token_waits(definition))
    if not waits:
        return NotApplicable()
    for name, state in waits:
        if not any(key in state for key in _ENDS):
            return NonCompliant(
                "DefinitionString", f"state {name} waits for a task token and has no time-out"
            )
    return Compliant(f"{len(waits)} waits for a task token end")
