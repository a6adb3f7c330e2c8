"""The private door to Bedrock is not open to every principal, action and model."""

import re

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from genai_defense.checks.policy import Statement, statements, wildcards
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Unresolved, Value, dig, first_unresolved, items, shown

_PRINCIPAL_KEYS = ("aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths")
_ENOUGH = 2


@rule(
    id="OwaspLlm-EndpointPolicyIsRestricted",
    boundary=Boundary.EGRESS,
    level=Level.ERROR,
    info="The VPC endpoint for Bedrock lets through calls of nearly everybody, to nearly everything.",
    explanation="Code in the VPC takes conversations out through the endpoint with credentials of a foreign"
    " account, or calls models and actions that nobody approved.",
    remedy="Give the endpoint a PolicyDocument whose Allows name at least two of: principals, actions,"
    " resources.",
    source=Source(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/vpc-interface-endpoints.html", "2026-11-23"
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02", "ASI03"),
        mitre_atlas=("AML.T0025", "AML.T0040"),
        nist_csf=("PR.AA", "PR.IR"),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_policy_is_restricted(endpoint: Resource, _graph: TemplateGraph) -> Answer:
    """Without a policy an endpoint allows everything."""
    service = endpoint.get("ServiceName")
    if isinstance(service, Unresolved):
        return Unknown("ServiceName", service.why)
    if not re.search(r"\.bedrock[a-z.-]*$", wildcards(service)):
        return NotApplicable()
    document = endpoint.get("PolicyDocument")
    if document is None:
        return NonCompliant("PolicyDocument", "there is no policy, so that everything is allowed")
    for statement in statements(document, "PolicyDocument"):
        if statement.may_allow and sum(_restrictions(statement)) < _ENOUGH:
            if unresolved := first_unresolved(statement.body):
                return Unknown(statement.path, unresolved.why)
            return NonCompliant(
                statement.path, f"it allows {shown(dig(statement.body, 'Action'))} too widely"
            )
    return Compliant("every Allow names at least two of principals, actions and resources")


def _restrictions(statement: Statement) -> tuple[bool, bool, bool]:
    principal = dig(statement.body, "Principal")
    named = items(principal if not isinstance(principal, dict) else dig(principal, "AWS"))
    who = bool(named) and all(wildcards(each) != "*" for each in named)
    return (
        who or any(_names_somebody(statement.demanded(key)) for key in _PRINCIPAL_KEYS),
        not statement.may_cover("bedrock:SomeOtherAction"),
        not statement.may_reach("arn:aws:bedrock:us-east-1:123456789012:some-other-kind/of-resource"),
    )


def _names_somebody(values: list[Value]) -> bool:
    return bool(values) and all(wildcards(each).strip("*") for each in values)
