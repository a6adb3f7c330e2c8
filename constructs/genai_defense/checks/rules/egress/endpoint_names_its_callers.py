"""A way into AWS is for our own callers."""

from genai_defense.checks.answer import Answer, Compliant, worst
from genai_defense.checks.endpoint_policies import allows, service_of
from genai_defense.checks.policy import Statement
from genai_defense.checks.principals import is_for_aws_services, names_principals
from genai_defense.checks.rule import Boundary, Level, Risks, Source, rule
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, dig, references

_OTHER = "arn:aws:s3:::some-other/key"
# So many statements that name their callers make it a practice of the policy.
_STRICT = 2


@rule(
    id="OwaspLlm-EndpointNamesItsCallers",
    boundary=Boundary.EGRESS,
    level=Level.WARNING,
    info="The endpoint's policy lets everybody's credentials through.",
    explanation="Code in the VPC that brings credentials of a foreign account sends what the model sees to"
    " that account.",
    remedy="Name roles under Principal, or demand aws:PrincipalAccount, aws:PrincipalOrgID or"
    " aws:PrincipalArn.",
    source=Source(
        "https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html",
        "2026-11-24",
    ),
    mapping=Risks(
        owasp_llm_2025=("LLM02", "LLM06"),
        owasp_agentic=("ASI02",),
        mitre_atlas=("AML.T0025",),
        nist_csf=("PR.IR",),
        nist_ai_600_1=("Information Security", "Data Privacy"),
        aws_gensec=("GENSEC01-BP02",),
    ),
    resource_types=("AWS::EC2::VPCEndpoint",),
)
def endpoint_names_its_callers(resource: Resource, _graph: TemplateGraph) -> Answer:
    """Of S3, buckets of AWS itself may be read by everybody, when they are named; services bring no keys.

    One's own may where the policy says nothing else of any; not where other statements name their callers.
    """
    listed = [each for each in allows(resource) if not is_for_aws_services(each)]
    if service_of(resource) == "s3":
        strict = [isinstance(names_principals(each), Compliant) for each in listed].count(True) >= _STRICT
        listed = [each for each in listed if _may_be_of_others(each) or (strict and _is_ours(each))]
    return worst(names_principals(each) for each in listed)


def _may_be_of_others(statement: Statement) -> bool:
    return isinstance(statement.body, Opaque) or statement.may_reach(_OTHER)


def _is_ours(statement: Statement) -> bool:
    named = references(dig(statement.body, "Resource"))
    return any(each.resource.type == "AWS::S3::Bucket" for each in named)
