"""A condition that narrows an Allow does not hold when its key is missing."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, statements
from genai_defense.checks.principals import tested
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig

_NARROWING = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "kms:viaservice",
        "sts:externalid",
    }
)


@rule(
    id="OwaspLlm-AllowConditionsDemandTheirKeys",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A condition on an Allow is met by every call that lacks the key.",
    explanation="The statement reads as if it were for one account, network or role, and lets everybody"
    " through who leaves the key out.",
    remedy="Use the operator without IfExists, and without ForAllValues:, on an Allow.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IfExists",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=(*IDENTITY_TYPES, "AWS::KMS::Key", *RESOURCE_POLICIES),
)
def allow_conditions_demand_their_keys(resource: Resource, graph: TemplateGraph) -> Answer:
    """Only keys that say who calls, whence, and for whom: on others IfExists is the documented way."""
    listed: list[Statement] = list(granting_statements(resource, graph))
    if resource.type == "AWS::KMS::Key":
        listed = list(statements(resource.get("KeyPolicy"), "KeyPolicy"))
    elif resource.type in RESOURCE_POLICIES:
        listed = list(resource_statements(resource))
    if resource.type == "AWS::IAM::Role":
        listed += statements(resource.get("AssumeRolePolicyDocument"), "AssumeRolePolicyDocument")
    return worst(answer for each in listed if each.may_allow for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    conditions = statement.body if isinstance(statement.body, Opaque) else dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        yield Unknown(statement.path, conditions.why)
    for operator, key, _ in tested(statement):
        if key not in _NARROWING:
            continue
        if operator.endswith("ifexists") or operator.startswith("forallvalues:"):
            yield NonCompliant(f"{statement.path}.Condition", f"{operator} on {key} holds without the key")
        else:
            yield Compliant(f"{statement.path} demands {key}")
