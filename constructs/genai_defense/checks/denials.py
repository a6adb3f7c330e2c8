"""The Deny statements of every kind of policy, and whom they bind."""

from collections.abc import Iterator
from typing import Final

from genai_defense.checks.organization_policies import policy_content
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, identity_statements, statements
from genai_defense.checks.reach import covers
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Opaque, Value, dig, items

ORGANIZATION: Final = "AWS::Organizations::Policy"
_OBJECTS = {
    "AWS::ApiGateway::RestApi": "Policy",
    "AWS::EC2::VPCEndpoint": "PolicyDocument",
    "AWS::KMS::Key": "KeyPolicy",
    "AWS::KMS::ReplicaKey": "KeyPolicy",
    "AWS::OpenSearchService::Domain": "AccessPolicies",
    "AWS::SNS::TopicInlinePolicy": "PolicyDocument",
    "AWS::SQS::QueueInlinePolicy": "PolicyDocument",
}
NAMING_PRINCIPALS: Final = (*RESOURCE_POLICIES, *_OBJECTS)
"""Types whose policies say whom each statement is for."""
POLICY_HOLDERS: Final = (*IDENTITY_TYPES, *NAMING_PRINCIPALS, ORGANIZATION)
"""Types that hold a policy which can deny."""


def all_statements(resource: Resource) -> Iterator[Statement]:
    """The statements of the policies that a resource holds, whatever kind of policy it is."""
    if resource.type in IDENTITY_TYPES:
        yield from identity_statements(resource)
    elif resource.type in RESOURCE_POLICIES:
        yield from resource_statements(resource)
    elif resource.type == ORGANIZATION:
        yield from statements(policy_content(resource), "Content")
    elif resource.get(_OBJECTS[resource.type]) is not None:
        path = _OBJECTS[resource.type]
        yield from statements(resource.get(path), path)


def denials(resource: Resource) -> Iterator[Statement]:
    """Those of its statements that are Deny statements, as far as the template tells."""
    return (each for each in all_statements(resource) if not each.may_allow)


def everybody(statement: Statement) -> bool:
    """Whether a statement of a policy that names principals is for all of them."""
    principal = dig(statement.body, "Principal")
    named = items(dig(principal, "AWS")) if isinstance(principal, dict) else items(principal)
    return "*" in named or dig(statement.body, "NotPrincipal") is not None


def denies(statement: Statement, action: str) -> bool:
    """Whether a Deny covers an action by what its author wrote; a token covers nothing but itself."""
    if isinstance(statement.body, Opaque):
        return False
    left_out = dig(statement.body, "NotAction")
    if left_out is not None:
        return not any(covers(pattern, action) for pattern in items(left_out))
    return any(covers(pattern, action) for pattern in items(dig(statement.body, "Action")))


def comparison(operator: str) -> str:
    """What a condition's operator compares by: without its set prefix and `IfExists`, in lower case."""
    return operator.lower().rpartition(":")[2].removesuffix("ifexists")


def excepts(statement: Statement) -> Iterator[tuple[str, list[Value]]]:
    """Key and values of each test by which a Deny leaves somebody out: it holds for all other values."""
    for operator, key, values in statement.tests():
        if "not" in comparison(operator):
            yield key, values
