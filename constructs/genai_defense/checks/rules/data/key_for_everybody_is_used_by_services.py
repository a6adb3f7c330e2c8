"""A key that everybody in the account may use is used through a service, with the rights on its data."""

from genai_defense.checks.allowing import KEY_POLICIES, allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, items

_USES = ("kms:Decrypt", "kms:GenerateDataKey", "kms:Sign")
_WHO = ("aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "kms:CallerAccount")


@rule(
    id="OwaspLlm-KeyForEverybodyIsUsedByServices",
    boundary=Boundary.DATA,
    level=Level.WARNING,
    info="The policy of the key lets everybody in an account use it directly.",
    explanation="A principal of everybody, bound to an account, needs no IAM permission: each workload and"
    " each person decrypts what they got hold of.",
    remedy="Demand kms:ViaService, so that only who may read the data by its service uses the key, or name"
    " the account under Principal, so that IAM policies decide.",
    source=Source(
        "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM08"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.AA", "PR.DS"),
        nist_ai_600_1=("Data Privacy", "Information Security"),
        aws_gensec=("GENSEC01-BP03",),
    ),
    resource_types=tuple(KEY_POLICIES),
)
def key_for_everybody_is_used_by_services(key: Resource, graph: TemplateGraph) -> Answer:
    """Everybody without an account is found by another rule."""
    return worst(_judge(each) for each in allowing(key, graph) if _is_for_everybody(each))


def _is_for_everybody(statement: Statement) -> bool:
    if isinstance(statement.body, Opaque) or not dig(statement.body, "Condition"):
        return False
    if not any(map(statement.may_cover, _USES)):
        return False
    principal = dig(statement.body, "Principal")
    return "*" in (items(dig(principal, "AWS")) if isinstance(principal, dict) else items(principal))


def _judge(statement: Statement) -> Answer:
    path = f"{statement.path}.Condition"
    if isinstance(conditions := dig(statement.body, "Condition"), Opaque):
        return Unknown(path, conditions.why)
    keys = {key for _, key, _ in statement.tests()}
    if keys <= {each.lower() for each in _WHO}:
        return NonCompliant(path, "everybody in the account may use it, without a service in between")
    return Compliant(f"{statement.path} says more than the account")
