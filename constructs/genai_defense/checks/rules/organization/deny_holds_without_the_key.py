"""A Deny also holds for who has no mark at all."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, worst
from genai_defense.checks.denials import POLICY_HOLDERS, denials, excepts
from genai_defense.checks.policy import Statement
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import flag

# A call without such a key is by somebody of no organization, by nobody known, or under no guardrail.
_MARKS = (
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:principaltag/",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "bedrock:guardrailidentifier",
    "bedrock:inferenceprofilearn",
    "s3:existingobjecttag/",
)


@rule(
    id="OwaspLlm-DenyHoldsWithoutTheKey",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="A Deny of what is not marked as known leaves out what has no mark.",
    explanation="An anonymous caller has no organization, a new object no tag, a plain call no guardrail: the"
    " very ones that the statement is for pass it.",
    remedy="Drop the Null condition on the key: a negated operator also holds where the key is missing.",
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
def deny_holds_without_the_key(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Keys that only some calls have, such as the account that a service acts for, are left alone."""
    return worst(_judge(each) for each in denials(resource))


def _judge(statement: Statement) -> Answer:
    marks = [key for key, _ in excepts(statement) if key.startswith(_MARKS)]
    for operator, key, values in statement.tests():
        present = operator == "null" and flag(values[0] if values else None, default=True) is False
        if present and key in marks:
            return NonCompliant(f"{statement.path}.Condition", f"it holds only where there is a {key}")
    return Compliant(f"{statement.path} holds without {', '.join(marks)}") if marks else NotApplicable()
