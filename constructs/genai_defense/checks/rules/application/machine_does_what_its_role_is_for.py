"""A state machine does what its role was made for."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import identity_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, dig, items, references

_DEFINITIONS = ("DefinitionString", "Definition", "DefinitionSubstitutions")
_STEPS = {
    "lambda:invokefunction": "AWS::Lambda::Function",
    "sns:publish": "AWS::SNS::Topic",
    "sqs:sendmessage": "AWS::SQS::Queue",
    "states:startexecution": "AWS::StepFunctions::StateMachine",
}


@rule(
    id="OwaspLlm-MachineDoesWhatItsRoleIsFor",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The role of the state machine names something that no state of it uses.",
    explanation="A step was left out: people are not told, an approval is not asked for, a decision is not"
    " made; or the machine has a right that it does not need.",
    remedy="Put the step back, or take the permission from the role.",
    source=Source(
        "https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html", "2026-11-24"
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
def machine_does_what_its_role_is_for(machine: Resource, graph: TemplateGraph) -> Answer:
    """A role that others have as well is made for them, too."""
    role = machine.get("RoleArn")
    used = {found.resource for path in _DEFINITIONS for found in references(machine.get(path))}
    if not used or not isinstance(role, Reference) or _is_shared(role.resource, machine, graph):
        return NotApplicable()
    granted = dict.fromkeys(_granted(role.resource, graph))
    for target in granted:
        if target not in used:
            return NonCompliant(
                "DefinitionString", f"no state uses {target.logical_id}, which its role names"
            )
    return Compliant("every step of the role is done") if granted else NotApplicable()


def _is_shared(role: Resource, machine: Resource, graph: TemplateGraph) -> bool:
    others = [each for each in graph.referrers(role) if each is not machine]
    return any(
        isinstance(named, Reference) and named.resource is role
        for each in others
        if not each.type.startswith("AWS::IAM::")
        for named in (each.get("RoleArn"), each.get("Role"))
    )


def _granted(role: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    """What the role names for a step of a machine, by the very action."""
    for holder in policy_holders(role, graph):
        for statement in identity_statements(holder):
            kinds = {_STEPS.get(str(action).lower()) for action in items(dig(statement.body, "Action"))}
            if dig(statement.body, "Effect") == "Allow":
                for found in references(dig(statement.body, "Resource")):
                    if found.resource.type in kinds:
                        yield found.resource
