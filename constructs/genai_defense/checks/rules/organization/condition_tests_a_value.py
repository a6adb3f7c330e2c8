"""A condition that narrows an Allow accepts some values, not any."""

from collections.abc import Iterator

from genai_defense.checks.allowing import ALLOWING_TYPES, allowing
from genai_defense.checks.answer import Answer, Compliant, NonCompliant, worst
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements
from genai_defense.checks.principals import tested
from genai_defense.checks.reach import literally
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph

_PATTERNED = {"arnequals", "arnlike", "stringlike"}
# That these are there says something: a tag was given, a service or access point stands between.
_PRESENCE = ("aws:calledvia", "aws:principalservicename", "lambda:sourcefunctionarn", "s3:dataaccesspoint")


@rule(
    id="OwaspLlm-ConditionTestsAValue",
    boundary=Boundary.ORGANIZATION,
    level=Level.WARNING,
    info="A condition on an Allow accepts any value of its key.",
    explanation="The statement reads as if it were for one service, account, prefix or role, and is for all"
    " of them: a lone asterisk asks only whether the key is there.",
    remedy="Name the values that are meant, or take the condition out so that nobody relies on it.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String",
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
def condition_tests_a_value(resource: Resource, graph: TemplateGraph) -> Answer:
    """Tags are left alone: that a request or resource has one is a documented test. Boundaries count."""
    listed = list(allowing(resource, graph))
    if not listed and resource.type in IDENTITY_TYPES:
        listed = [each for each in identity_statements(resource) if each.may_allow]
    return worst(answer for each in listed for answer in _judge(each))


def _judge(statement: Statement) -> Iterator[Answer]:
    for operator, key, values in tested(statement):
        bare = operator.rpartition(":")[2].removesuffix("ifexists")
        if bare not in _PATTERNED or "tag/" in key or key.startswith(_PRESENCE):
            continue
        if any("*" in (text := literally(value)) and not text.strip("*?") for value in values):
            yield NonCompliant(f"{statement.path}.Condition", f"{operator} accepts any {key}")
        else:
            yield Compliant(f"{statement.path} says which {key} it accepts")
