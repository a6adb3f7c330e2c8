"""Where a state machine bounds its time, it does so throughout."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.state_machine import definition_of, tasks
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_ENDS = ("TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath")
_LEAST = 2
_PATH = "DefinitionString"


@rule(
    id="OwaspLlm-MachineEndsThroughout",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="One task, or the run as a whole, alone has no end among all that do.",
    explanation="A run that hangs there is paid for, holds what it locked and answers nobody, for up to a"
    " year.",
    remedy="Set TimeoutSeconds there as well.",
    source=Source(
        "https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI08",),
        mitre_atlas=("AML.T0029", "AML.T0034"),
        nist_csf=("PR.PS",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC04-BP02",),
    ),
    resource_types=("AWS::StepFunctions::StateMachine",),
)
def machine_ends_throughout(machine: Resource, _graph: TemplateGraph) -> Answer:
    """A machine that leaves its tasks to the limits of what they call is left alone."""
    definition = definition_of(machine)
    if isinstance(definition, Opaque):
        return NotApplicable()
    parts = [("the run", definition), *((f"state {name}", body) for name, body in tasks(definition))]
    endless = [name for name, body in parts if not any(end in body for end in _ENDS)]
    if len(parts) - len(endless) < _LEAST or len(endless) > 1:
        return NotApplicable()
    if endless:
        return NonCompliant(_PATH, f"{endless[0]} has no end, though all else has")
    return Compliant(f"{len(parts)} parts have an end")
