"""No workload can write the policies that bind it."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement
from genai_defense.checks.reach import covers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, shown

_RAISING = (
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreatePolicyVersion",
    "iam:DeleteRolePermissionsBoundary",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
    "iam:UpdateLoginProfile",
)


@rule(
    id="OwaspLlm-WorkloadCannotRaiseItsRights",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The policy allows a change of policies, trust or credentials without demanding a permissions"
    " boundary.",
    explanation="Whoever steers the workload gives it, or himself, every right of the account.",
    remedy="Leave such changes to the deployment; where they are needed, demand iam:PermissionsBoundary.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate",
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
    resource_types=IDENTITY_TYPES,
)
def workload_cannot_raise_its_rights(resource: Resource, graph: TemplateGraph) -> Answer:
    """Patterns over all actions have a rule of their own."""
    return worst(answer for statement in granting_statements(resource, graph) for answer in _judge(statement))


def _judge(statement: Statement) -> Iterator[Answer]:
    if isinstance(statement.body, Opaque):
        yield Unknown(statement.path, statement.body.why)
        return
    for index, action in enumerate(items(dig(statement.body, "Action"))):
        raised = [each for each in _RAISING if covers(action, each)]
        if raised and statement.demanded("iam:PermissionsBoundary"):
            yield Compliant(f"{statement.path} demands a permissions boundary")
        elif raised:
            yield NonCompliant(f"{statement.path}.Action.{index}", f"{shown(action)} allows {raised[0]}")
