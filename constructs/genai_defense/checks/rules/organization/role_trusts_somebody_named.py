"""A role is for somebody: a service, a role, a foreign account with a shared secret."""

import re
from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items, shown

_ACCOUNT = re.compile(r"^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)")
_BINDING = ("sts:ExternalId", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalArn")


@rule(
    id="OwaspLlm-RoleTrustsSomebodyNamed",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The role can be assumed by everybody, by a foreign account without an external id, or by any"
    " token of an identity provider.",
    explanation="Strangers become the workload, with all that it may read and invoke.",
    remedy="Name the role or service; for a foreign account demand sts:ExternalId or aws:PrincipalOrgID,"
    " for a web identity its audience or subject.",
    source=Source("https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html", "2026-11-24"),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0053",),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC05-BP01",),
    ),
    resource_types=("AWS::IAM::Role",),
)
def role_trusts_somebody_named(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The own account, services and resources of these templates need no condition."""
    trust = resource.get("AssumeRolePolicyDocument")
    return worst(_judge(each) for each in statements(trust, "AssumeRolePolicyDocument") if each.may_allow)


def _judge(statement: Statement) -> Answer:
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    path, principal = f"{statement.path}.Principal", dig(statement.body, "Principal")
    if isinstance(principal, Opaque):
        return Unknown(path, principal.why)
    bound = any(values and "*" not in values for key in _BINDING if (values := statement.demanded(key)))
    if not bound and (principal == "*" or "*" in items(dig(principal, "AWS"))):
        return NonCompliant(path, "everybody may assume the role")
    for each in items(dig(principal, "AWS") if isinstance(principal, dict) else None):
        if (
            not bound
            and _ACCOUNT.match(literally(each))
            and literally(each).endswith((":root", *"0123456789"))
        ):
            return NonCompliant(f"{path}.AWS", f"{shown(each)} is a whole account, and no condition binds it")
    if isinstance(principal, dict) and principal.get("Federated") and not any(_claims(statement)):
        return NonCompliant(f"{statement.path}.Condition", "any identity of the provider may assume the role")
    return Compliant(f"{statement.path} names who may assume the role")


def _claims(statement: Statement) -> Iterator[bool]:
    for operator, key, values in tested(statement):
        demanding = not operator.endswith("ifexists") and operator.startswith(("string", "forany"))
        yield demanding and key.endswith((":aud", ":sub", ":amr")) and "*" not in values
