"""An exemption that everybody meets is no policy."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.organization_policies import SERVICE_CONTROL, policy_content, policy_type
from genai_defense.checks.policy import Statement, matches, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, shown

# Names that no pattern for a role of its own would take.
_ANYBODY = (
    "arn:aws:iam::111122223333:role/a-role-of-somebody",
    "arn:aws:iam::111122223333:user/a-user-of-somebody",
    "arn:aws:iam::111122223333:root",
)


@rule(
    id="OwaspLlm-ScpExemptsNamedRoles",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The service control policy exempts every role, or the root user.",
    explanation="The accounts that the policy is for are not bound by it, while reviews see a policy in"
    " place.",
    remedy="Name the exempt roles in aws:PrincipalArn, such as arn:aws:iam::*:role/BreakGlass, and"
    " deny others to change these roles.",
    source=Source(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06",),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0012",),
        nist_csf=("PR.AA", "GV.PO"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=("AWS::Organizations::Policy",),
)
def scp_exempts_named_roles(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A pattern is too wide when it takes a role of any name, or the root user."""
    kind, content = policy_type(policy), policy_content(policy)
    if isinstance(kind, Opaque):
        return Unknown("Type", kind.why)
    if kind != SERVICE_CONTROL:
        return NotApplicable()
    if isinstance(content, Opaque):
        return Unknown("Content", content.why)
    return worst(
        _answer(f"{statement.path}.Condition", value)
        for statement in statements(content, "Content")
        for value in _exempt(statement)
    )


def _answer(path: str, value: Value) -> Answer:
    if isinstance(value, Unresolved):
        return Unknown(path, value.why)
    if any(matches(value, anybody) for anybody in _ANYBODY):
        return NonCompliant(path, f"{shown(value)} exempts everybody")
    return Compliant(f"{path} exempts {shown(value)}")


def _exempt(statement: Statement) -> Iterator[Value]:
    conditions = dig(statement.body, "Condition") if dig(statement.body, "Effect") == "Deny" else None
    for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
        for key, values in tests.items() if isinstance(tests, dict) else ():
            if "not" in operator.lower() and key.lower() == "aws:principalarn":
                yield from items(values)
