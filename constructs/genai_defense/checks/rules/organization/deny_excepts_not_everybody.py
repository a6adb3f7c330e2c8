"""A Deny with an exception for everybody denies nobody."""

from collections.abc import Mapping

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.denials import POLICY_HOLDERS, comparison, denials
from genai_defense.checks.policy import Statement
from genai_defense.checks.reach import covers
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, shown

_WITH_WILDCARDS = {"arnnotequals", "arnnotlike", "stringnotlike"}
# Values that have nothing in common: a pattern for all of them is one for everybody.
_DIFFERENT: Mapping[str, tuple[str, ...]] = {
    "aws:principalarn": ("arn:aws:iam::111122223333:role/a-b/c", "arn:aws:iam::444455556666:user/x"),
    "aws:principalorgid": ("o-a1b2c3d4e5", "o-zyxwvutsrq9"),
    "aws:requestedregion": ("us-east-1", "mx-central-1"),
    "aws:sourceorgid": ("o-a1b2c3d4e5", "o-zyxwvutsrq9"),
}
_ANY = ("a", "9/z-")
# What a request brings along of its own accord: that any value is an exception asks for some value.
_BROUGHT = ("aws:requesttag/", "aws:resourcetag/", "aws:tagkeys", "kms:encryptioncontext", "s3:requestobject")
_HEADERS = "s3:x-amz-"


@rule(
    id="OwaspLlm-DenyExceptsNotEverybody",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A Deny leaves out whoever matches a pattern that everybody matches.",
    explanation="The statement never holds: strangers, other Regions or unknown roles pass, while reviews see"
    " a policy in place.",
    remedy="Name the exceptions, such as the organization's id or the ARN of a role, without a lone"
    " asterisk.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
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
    resource_types=POLICY_HOLDERS,
)
def deny_excepts_not_everybody(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Says nothing about a Deny without exceptions, and about headers and tags that a request must bring."""
    return worst(answer for each in denials(resource) for answer in _judge(each))


def _judge(statement: Statement) -> list[Answer]:
    return [
        _answer(statement.path, key, value)
        for operator, key, values in statement.tests()
        if comparison(operator) in _WITH_WILDCARDS and not key.startswith((*_BROUGHT, _HEADERS))
        for value in values
    ]


def _answer(path: str, key: str, value: Value) -> Answer:
    if all(covers(value, each) for each in _DIFFERENT.get(key, _ANY)):
        return NonCompliant(f"{path}.Condition", f"{shown(value)} is an exception for every {key}")
    return Compliant(f"{path} excepts {shown(value)}")
