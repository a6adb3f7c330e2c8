"""An organization that asks for some guardrail asks for none."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown, worst
from genai_defense.checks.model_access import (
    GUARDRAIL_KEY,
    INVOKE_ACTIONS,
    leaves_every_model_out,
    numbered_guardrail,
)
from genai_defense.checks.organization_policies import SERVICE_CONTROL, policy_content, policy_type
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Unresolved, Value, dig, items, shown


@rule(
    id="OwaspLlm-ScpNamesGuardrailVersions",
    boundary=Boundary.ORGANIZATION,
    level=Level.ERROR,
    info="The service control policy lets models be invoked under any guardrail, or under a draft.",
    explanation="Whoever may create a guardrail creates an empty one and calls the model with it; a"
    " condition that is only checked for presence, or that takes every version, is met.",
    remedy="Deny InvokeModel with StringNotEquals on bedrock:GuardrailIdentifier and the ARNs of the"
    " approved guardrails, each with its version number.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html", "2026-11-24"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02", "LLM06"),
        owasp_agentic=("ASI01",),
        mitre_atlas=("AML.T0051", "AML.T0054"),
        nist_csf=("PR.AA", "GV.PO"),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC02-BP01",),
    ),
    resource_types=("AWS::Organizations::Policy",),
)
def scp_names_guardrail_versions(policy: Resource, _graph: TemplateGraph) -> Answer:
    """A policy that does not speak of guardrails is about something else."""
    kind, content = policy_type(policy), policy_content(policy)
    if isinstance(kind, Opaque):
        return Unknown("Type", kind.why)
    if kind != SERVICE_CONTROL:
        return NotApplicable()
    if isinstance(content, Opaque):
        return Unknown("Content", content.why)
    return worst(_answer(statement) for statement in statements(content, "Content"))


def _answer(statement: Statement) -> Answer:
    if isinstance(statement.body, Opaque):
        return Unknown(statement.path, statement.body.why)
    if dig(statement.body, "Effect") != "Deny" or not any(map(statement.may_cover, INVOKE_ACTIONS)):
        return NotApplicable()
    tests = dict(_tests(statement))
    named = [value for operator, values in tests.items() if "not" in operator for value in values]
    if not named:
        path = f"{statement.path}.Condition"
        return NonCompliant(path, "any guardrail will do") if "null" in tests else NotApplicable()
    if leaves_every_model_out(statement):
        return NonCompliant(f"{statement.path}.NotResource", "no model needs the guardrail")
    return worst(_numbered(statement, value) for value in named)


def _numbered(statement: Statement, value: Value) -> Answer:
    path = f"{statement.path}.Condition"
    numbered = numbered_guardrail(value)
    if isinstance(numbered, Unresolved):
        return Unknown(path, numbered.why)
    if not numbered:
        return NonCompliant(path, f"{shown(value)} is no numbered guardrail version")
    return Compliant(f"{path} names {shown(value)}")


def _tests(statement: Statement) -> Iterator[tuple[str, list[Value]]]:
    """Operator and values of each test on the guardrail's key."""
    conditions = dig(statement.body, "Condition")
    for operator, tests in conditions.items() if isinstance(conditions, dict) else ():
        for key, values in tests.items() if isinstance(tests, dict) else ():
            if key.lower() == GUARDRAIL_KEY.lower():
                yield operator.lower(), items(values)
