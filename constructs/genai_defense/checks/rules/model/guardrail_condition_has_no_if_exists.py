"""A condition on the guardrail is not met by a call that names none."""

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_access import GUARDRAIL_KEY, may_invoke_models
from genai_defense.checks.policy import (
    DEMANDING_OPERATORS,
    IDENTITY_TYPES,
    Statement,
    identity_statements,
    statements,
)
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig


@rule(
    id="OwaspLlm-GuardrailConditionHasNoIfExists",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The condition on the guardrail lets a call through that names no guardrail.",
    explanation="An operator with IfExists, a negated one or ForAllValues is true when the key is missing:"
    " leaving the guardrail out of the call is all that it takes.",
    remedy=f"Use StringEquals (or ArnEquals) on {GUARDRAIL_KEY} in every Allow.",
    source=Source(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM06"),
        owasp_agentic=("ASI01", "ASI03"),
        mitre_atlas=("AML.T0040", "AML.T0054"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=(*IDENTITY_TYPES, "AWS::EC2::VPCEndpoint"),
)
def guardrail_condition_has_no_if_exists(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Statements without any condition on the guardrail are another rule's."""
    if resource.type == "AWS::EC2::VPCEndpoint":
        listed = list(statements(resource.get("PolicyDocument"), "PolicyDocument"))
    else:
        listed = list(identity_statements(resource))
    return worst(_judge(each) for each in listed if may_invoke_models(each))


def _judge(statement: Statement) -> Answer:
    conditions = dig(statement.body, "Condition")
    if isinstance(conditions, Opaque):
        return Unknown(f"{statement.path}.Condition", conditions.why)
    found: Answer = NotApplicable()
    for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
        if isinstance(tests, Opaque):
            return Unknown(f"{statement.path}.Condition.{operator}", tests.why)
        keys = {key.lower() for key in tests} if isinstance(tests, dict) else set[str]()
        # Null says whether the key is there, and adds to another operator.
        if GUARDRAIL_KEY.lower() not in keys or operator.lower() == "null":
            continue
        if operator.lower().removeprefix("foranyvalue:") not in DEMANDING_OPERATORS:
            return NonCompliant(f"{statement.path}.Condition.{operator}", "it is true without a guardrail")
        found = Compliant(f"{statement.path} demands the guardrail by {operator}")
    return found
