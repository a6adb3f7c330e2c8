"""Permissions that the Lambda service needs in a network are not for the code of the function."""

from genai_defense.checks.answer import Answer
from genai_defense.checks.denials import denials
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.siblings import Held, Practice, as_siblings_do
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque

_JOIN = "ec2:CreateNetworkInterface"
_BY_CODE = "lambda:sourcefunctionarn"


def _held(policy: Resource, graph: TemplateGraph) -> Held:
    """Whether a policy with which functions join a network denies the same to their code."""
    granted = granting_statements(policy, graph)
    if not any(not isinstance(each.body, Opaque) and each.may_cover(_JOIN) for each in granted):
        return None
    return any(
        each.may_cover(_JOIN) and any(key == _BY_CODE for _, key, _ in each.tests())
        for each in denials(policy)
    )


_PRACTICE = Practice(
    property="PolicyDocument.Statement",
    types=IDENTITY_TYPES,
    held=_held,
    otherwise="code that somebody took over moves through the network with the rights of the Lambda service",
)


@rule(
    id="OwaspLlm-FunctionCodeLeavesItsNetworkAlone",
    boundary=Boundary.APPLICATION,
    level=Level.WARNING,
    info="A policy for functions in a network does not deny their code what the policies of all others deny.",
    explanation="Lambda needs the right to make network interfaces for a function; code that an attacker runs"
    " in the function has it too, and makes itself interfaces in other subnets and groups.",
    remedy="Deny the actions on network interfaces where there is a lambda:SourceFunctionArn.",
    source=Source("https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA", "PR.IR"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def function_code_leaves_its_network_alone(policy: Resource, graph: TemplateGraph) -> Answer:
    """The practice of a deployment: where nobody denies it, no policy is found."""
    return as_siblings_do(policy, graph, _PRACTICE)
