"""A condition that narrows an Allow does not hold when its key is missing."""

from collections.abc import Iterator

from genai_defense.checks.allowing import ALLOWING_TYPES, allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import Statement
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, flag, items

_NARROWING = frozenset(
    {
        "aws:multifactorauthpresent",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:resourceaccount",
        "aws:resourceorgid",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "events:managedby",
        "events:source",
        "iam:passedtoservice",
        "iam:permissionsboundary",
        "kms:calleraccount",
        "kms:viaservice",
        "sts:externalid",
    }
)
_PREFIX = "s3:prefix"
_CONTEXT = "kms:encryptioncontext"
# What the token of a web identity says of its bearer.
_CLAIMS = (":aud", ":sub")


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
    resource_types=ALLOWING_TYPES,
)
def allow_conditions_demand_their_keys(resource: Resource, graph: TemplateGraph) -> Answer:
    """Only keys that say who calls, whence, and for whom: on others IfExists is the documented way.

    `Null` with false demands the key beside `ForAllValues:`, as AWS writes it.
    """
    return worst(answer for each in allowing(resource, graph) for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    conditions = statement.body if isinstance(statement.body, Opaque) else dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        yield Unknown(statement.path, conditions.why)
    demanded = set(_demanded(statement))
    for operator, key, _ in tested(statement):
        if key in demanded or not (_narrows(key) or (key == _PREFIX and _only_lists(statement))):
            continue
        if operator.endswith("ifexists") or operator.startswith("forallvalues:"):
            yield NonCompliant(f"{statement.path}.Condition", f"{operator} on {key} holds without the key")
        else:
            yield Compliant(f"{statement.path} demands {key}")


def _narrows(key: str) -> bool:
    return key in _NARROWING or key.startswith(_CONTEXT) or key.endswith(_CLAIMS)


def _only_lists(statement: Statement) -> bool:
    """Beside actions on objects, whose requests have no prefix, IfExists is the documented way."""
    named = [literally(each).lower() for each in items(dig(statement.body, "Action"))]
    return bool(named) and all(each.startswith("s3:listbucket") for each in named)


def _demanded(statement: Statement) -> Iterator[str]:
    for operator, key, values in tested(statement):
        if operator == "null" and values and flag(values[0], default=True) is False:
            yield key
