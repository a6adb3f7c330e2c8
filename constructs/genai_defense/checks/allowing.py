"""What the policies of a resource allow, of whatever kind they are."""

from collections.abc import Iterator
from typing import Final

from genai_defense.checks.grants import granting_statements
from genai_defense.checks.policy import IDENTITY_TYPES, Statement, statements
from genai_defense.checks.resource_policies import RESOURCE_POLICIES, resource_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph

KEY_POLICIES: Final = {"AWS::KMS::Key": "KeyPolicy", "AWS::KMS::ReplicaKey": "KeyPolicy"}
"""Type of a key, to the property that holds its policy."""

_DOCUMENTS = {
    "AWS::ApiGateway::RestApi": "Policy",
    "AWS::EC2::VPCEndpoint": "PolicyDocument",
    "AWS::OpenSearchService::Domain": "AccessPolicies",
    "AWS::SSO::PermissionSet": "InlinePolicy",
    **KEY_POLICIES,
}
_TRUST = "AssumeRolePolicyDocument"

ALLOWING_TYPES: Final = (*IDENTITY_TYPES, *RESOURCE_POLICIES, *_DOCUMENTS)
"""Every type of resource that has a policy which may allow something."""


def allowing(resource: Resource, graph: TemplateGraph) -> Iterator[Statement]:
    """The statements that may allow something: to an identity, on a resource, through an endpoint.

    A role's trust is one of its policies. A boundary allows nothing.
    """
    if path := _DOCUMENTS.get(resource.type):
        found = statements(resource.get(path), path) if resource.get(path) is not None else iter(())
    elif resource.type in RESOURCE_POLICIES:
        found = resource_statements(resource)
    else:
        found = granting_statements(resource, graph)
    yield from (each for each in found if each.may_allow)
    yield from trusting(resource)


def trusting(resource: Resource) -> Iterator[Statement]:
    """The statements of a role's trust that may allow something; none where it is no role."""
    if resource.type == "AWS::IAM::Role" and resource.get(_TRUST) is not None:
        yield from (each for each in statements(resource.get(_TRUST), _TRUST) if each.may_allow)
