"""A function whose role is made for a network or for traces uses them."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_callers import policy_holders
from genai_defense.checks.policy import identity_statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Unresolved, dig, items

_TABLE = (
    (
        "ec2:createnetworkinterface",
        "AWSLambdaVPCAccessExecutionRole",
        "VpcConfig.SubnetIds",
        "the role may join a network, and the function runs outside of it, past its firewall",
    ),
    (
        "xray:puttracesegments",
        "AWSXRayDaemonWriteAccess",
        "TracingConfig.Mode",
        "the role may write traces, and the function writes none",
    ),
)
"""The action that a role needs for it, AWS's policy that allows it, the property, and what is missing."""


@rule(
    id="OwaspLlm-FunctionDoesWhatItsRoleIsFor",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="The function's role is made for a network or for traces that the function does not use.",
    explanation="The function was taken out of the network whose endpoints and firewall bound it, or"
    " out of the traces that show what it did; its role still tells where it belongs.",
    remedy="Set VpcConfig and TracingConfig, or take the permission from the role.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03", "ASI08"),
        mitre_atlas=("AML.T0025", "AML.T0040"),
        nist_csf=("PR.IR", "DE.CM"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC03-BP01",),
    ),
    resource_types=("AWS::Lambda::Function",),
)
def function_does_what_its_role_is_for(function: Resource, graph: TemplateGraph) -> Answer:
    """A role says what it is for by the very action; one that may do everything says nothing."""
    role = function.get("Role")
    if not isinstance(role, Reference):
        return NotApplicable()
    has = set(_granted(role.resource, graph))
    return worst(
        _asked(function, path, missing) for action, policy, path, missing in _TABLE if {action, policy} & has
    )


def _asked(function: Resource, path: str, missing: str) -> Answer:
    value = function.get(path)
    if isinstance(value, Unresolved):
        return Unknown(path, value.why)
    return Compliant(f"{path} is set") if value else NonCompliant(path, missing)


def _granted(role: Resource, graph: TemplateGraph) -> Iterator[str]:
    """The actions that are spelled out, in lower case, and the names of AWS's policies."""
    for arn in items(role.get("ManagedPolicyArns")):
        yield wildcards(arn).rpartition("/")[2]
    for holder in policy_holders(role, graph):
        for statement in identity_statements(holder):
            if dig(statement.body, "Effect") == "Allow":
                yield from (str(action).lower() for action in items(dig(statement.body, "Action")))
