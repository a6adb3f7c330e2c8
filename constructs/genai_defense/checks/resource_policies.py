"""The policies that stand on resources rather than on callers."""

from collections.abc import Iterator
from typing import Final, cast

from genai_defense.checks.json_text import json_text
from genai_defense.checks.policy import Statement, statements
from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Text, Unresolved, Value

RESOURCE_POLICIES: Final = {
    "AWS::Backup::BackupVault": "AccessPolicy",
    "AWS::DynamoDB::Table": "ResourcePolicy.PolicyDocument",
    "AWS::ECR::Repository": "RepositoryPolicyText",
    "AWS::EFS::FileSystem": "FileSystemPolicy",
    "AWS::Events::EventBus": "Policy",
    "AWS::Kinesis::ResourcePolicy": "ResourcePolicy",
    "AWS::Logs::ResourcePolicy": "PolicyDocument",
    "AWS::S3::AccessPoint": "Policy",
    "AWS::S3::BucketPolicy": "PolicyDocument",
    "AWS::S3Vectors::VectorBucketPolicy": "Policy",
    "AWS::SNS::TopicInlinePolicy": "PolicyDocument",
    "AWS::SNS::TopicPolicy": "PolicyDocument",
    "AWS::SQS::QueueInlinePolicy": "PolicyDocument",
    "AWS::SQS::QueuePolicy": "PolicyDocument",
    "AWS::SecretsManager::ResourcePolicy": "ResourcePolicy",
}
"""Resource type, to the property that holds a policy with principals."""


def resource_statements(resource: Resource) -> Iterator[Statement]:
    """The statements of the policy that stands on a resource; nothing where it has none."""
    path = RESOURCE_POLICIES[resource.type]
    document = resource.get(path)
    if isinstance(document, str | Text):
        document = _parsed(document)
    if document is not None:
        yield from statements(document, path)


def _parsed(text: Value) -> Value:
    parsed = json_text(text)
    if isinstance(parsed, Unresolved):
        return parsed
    return cast("dict[str, Value]", parsed[0]) if parsed else None
