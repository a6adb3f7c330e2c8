"""Which buckets take logs, and from whom."""

from genai_defense.checks.buckets import bucket_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Opaque, Reference, dig, items


def logs_to(other: Resource, bucket: Resource) -> bool:
    """Whether a bucket writes its server access log to another one."""
    return other.get("LoggingConfiguration.DestinationBucketName") == Reference(bucket, "Ref")


def services_that_write(bucket: Resource, graph: TemplateGraph) -> set[str]:
    """The services of AWS that a bucket's policy lets write objects, such as `bedrock.amazonaws.com`."""
    return {
        name
        for each in bucket_statements(bucket, graph)
        if not isinstance(each.body, Opaque) and each.may_allow and each.may_cover("s3:PutObject")
        if isinstance(principal := dig(each.body, "Principal"), dict)
        for name in items(principal.get("Service"))
        if isinstance(name, str)
    }
