"""Which policies stand on a bucket, queue or topic."""

from collections.abc import Iterator
from typing import Final

from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Reference, Value, items

POLICY_TYPES: Final = {
    "AWS::S3::Bucket": ("AWS::S3::BucketPolicy", "Bucket", "BucketName"),
    "AWS::SNS::Topic": ("AWS::SNS::TopicPolicy", "Topics", "TopicName"),
    "AWS::SQS::Queue": ("AWS::SQS::QueuePolicy", "Queues", "QueueName"),
}
"""Type of the store, to the type of its policies, the field there that names the store, and its name."""


def policies_on(store: Resource, graph: TemplateGraph) -> Iterator[Resource]:
    """The policies on a store, whether they refer to it or repeat its name.

    Args:
        store: A bucket, queue or topic.
        graph: Where to look.
    """
    kind, field, name = POLICY_TYPES[store.type]
    for policy in graph.of_type(kind):
        if any(_is(value, store, name) for value in items(policy.get(field))):
            yield policy


def _is(value: Value, store: Resource, name: str) -> bool:
    if isinstance(value, Reference):
        return value.resource is store
    return value is not None and value == store.get(name)
