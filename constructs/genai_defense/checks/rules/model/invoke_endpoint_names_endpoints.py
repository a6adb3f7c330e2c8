"""A permission to call hosted models names them."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown, worst
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Text, Unresolved, dig, items, shown

_EVERY = re.compile(r"(^|:|endpoint/)\*$")


@rule(
    id="OwaspLlm-InvokeEndpointNamesEndpoints",
    boundary=Boundary.MODEL,
    level=Level.ERROR,
    info="The policy allows calls to every model host of the account.",
    explanation="Models of other teams, and those added later, answer in the application's name, with"
    " their data and at their cost.",
    remedy="Name the endpoints in Resource; a common beginning of their names is enough.",
    source=Source(
        "https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM06", "LLM10"),
        owasp_agentic=("ASI03",),
        mitre_atlas=("AML.T0040", "AML.T0034"),
        nist_csf=("PR.AA",),
        nist_ai_600_1=("Information Security",),
        aws_gensec=("GENSEC01-BP01",),
    ),
    resource_types=IDENTITY_TYPES,
)
def invoke_endpoint_names_endpoints(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Only statements that speak of SageMaker are asked."""
    return worst(_judge(each) for each in identity_statements(resource) if _speaks_of_it(each))


def _speaks_of_it(statement: Statement) -> bool:
    if isinstance(statement.body, Opaque) or dig(statement.body, "Effect") != "Allow":
        return False
    actions = [wildcards(action).lower() for action in items(dig(statement.body, "Action"))]
    named = any(action.startswith("sagemaker:") for action in actions)
    return named and statement.may_cover("sagemaker:InvokeEndpoint")


def _judge(statement: Statement) -> Answer:
    named = items(dig(statement.body, "Resource"))
    if not named:
        return NonCompliant(f"{statement.path}.NotResource", "every endpoint but the listed is allowed")
    for index, arn in enumerate(named):
        path = f"{statement.path}.Resource.{index}"
        if isinstance(arn, Unresolved):
            return Unknown(path, arn.why)
        # An ARN with an unnamed part is a name; a star of the author is none.
        written = [part for part in (arn.parts if isinstance(arn, Text) else (arn,)) if isinstance(part, str)]
        if any(_EVERY.search(part) for part in written):
            return NonCompliant(path, f"{shown(arn)} covers every endpoint")
    return Compliant(f"{statement.path} names endpoints")
