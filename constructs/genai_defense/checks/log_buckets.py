"""Which buckets take server access logs."""

from genai_defense.checks.template_graph import Resource
from genai_defense.checks.values import Reference


def logs_to(other: Resource, bucket: Resource) -> bool:
    """Whether a bucket writes its server access log to another one."""
    return other.get("LoggingConfiguration.DestinationBucketName") == Reference(bucket, "Ref")
