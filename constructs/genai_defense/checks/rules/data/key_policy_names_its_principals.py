"""A key is used by whom its policy names, and by nobody else."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, dig, items

_DEMANDING = {"arnequals", "arnlike", "stringequals", "stringlike"}
_NARROWING = {
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:sourceaccount",
    "aws:sourcearn",
    "kms:calleraccount",
}


@rule(
    id="OwaspLlm-KeyPolicyNamesItsPrincipals",
    boundary=Boundary.DATA,
    level=Level.ERROR,
    info="The policy of the key allows its use to everybody.",
    explanation="Any account can decrypt conversations and records with the key as soon as it gets hold of"
    " them, and no IAM policy of yours stands in its way.",
    remedy="Name accounts, roles or services, or demand aws:PrincipalOrgID or kms:CallerAccount.",
    source=Source(
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=("AWS::KMS::Key",),
)
def key_policy_names_its_principals(key: Resource, _graph: TemplateGraph) -> Answer:
    """Without a policy of its own, a key has the default one, which names the account."""
    policy = key.get("KeyPolicy")
    if policy is None:
        return Compliant("the default policy names the account")
    return worst(_judge(each) for each in statements(policy, "KeyPolicy"))


def _judge(statement: Statement) -> Answer:
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    effect, principal = dig(statement.body, "Effect"), dig(statement.body, "Principal")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) else items(principal)
    for value in (effect, *named):
        if isinstance(value, Unresolved):
            return Unknown(f"{statement.path}.Principal", value.why)
    if effect == "Deny" or ("*" not in named and principal is not None):
        return Compliant(f"{statement.path} names its principals, or denies")
    return _narrowed(statement)


def _narrowed(statement: Statement) -> Answer:
    conditions = dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
        keys = {name.lower() for name in tests} if isinstance(tests, dict) else set[str]()
        if operator.lower() in _DEMANDING and keys & _NARROWING:
            return Compliant(f"{statement.path} narrows its principals by {operator}")
    return NonCompliant(f"{statement.path}.Principal", "everybody, and no condition on account or role")
