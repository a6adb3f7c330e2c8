"""No permission to invoke a model without naming the guardrail version that must go with the call."""

from collections.abc import Iterator

from genai_defense.checks.answer import Answer, NonCompliant, Unknown, worst
from genai_defense.checks.model_access import (
    GUARDRAIL_KEY,
    UNGUARDED_POLICIES,
    demands_numbered_guardrail,
    may_invoke_models,
)
from genai_defense.checks.policy import IDENTITY_TYPES, identity_statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import GIVEN, Unresolved, items


@rule(
    id="OwaspLlm-InvokeModelRequiresGuardrailVersion",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy allows model invocations without a numbered guardrail version.",
    explanation="Whoever holds the permission calls the model without a guardrail, or with a draft that can"
    " be weakened in use; code review alone then keeps the guardrail in the call.",
    remedy=f"Add a StringEquals condition on {GUARDRAIL_KEY} with the guardrail's ARN and version"
    " (…:guardrail/<id>:<number>) to every Allow of bedrock:InvokeModel*.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-permissions-id.html", "2026-11-23"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM01", "LLM02", "LLM06"),
        owasp_agentic=("ASI01", "ASI03"),
        mitre_atlas=("AML.T0040", "AML.T0051", "AML.T0054"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security", "Value Chain and Component Integration"),
        aws_gensec=("GENSEC01-BP01", "GENSEC02-BP01"),
    ),
    resource_types=IDENTITY_TYPES,
)
def invoke_model_requires_guardrail_version(resource: Resource, _graph: TemplateGraph) -> Answer:
    """The worst answer about any statement or managed policy counts.

    A managed policy that the deployment gives is judged where it is written.
    """
    statements = [each for each in identity_statements(resource) if may_invoke_models(each)]
    return worst([*_managed(resource), *map(demands_numbered_guardrail, statements)])


def _managed(resource: Resource) -> Iterator[Answer]:
    for index, arn in enumerate(items(resource.get("ManagedPolicyArns"))):
        path = f"ManagedPolicyArns.{index}"
        if isinstance(arn, Unresolved) and not arn.reason.endswith(GIVEN):
            yield Unknown(path, arn.why)
        elif (name := wildcards(arn).rsplit("/", 1)[-1]) in UNGUARDED_POLICIES:
            yield NonCompliant(path, f"{name} allows model invocations without a guardrail")
