"""Which buckets take logs, by what names them as a destination."""

from genai_defense.checks.buckets import BUCKET, bucket_statements
from genai_defense.checks.template_graph import Resource, TemplateGraph
from genai_defense.checks.values import Value, dig, items, references

_DESTINATIONS = {
    BUCKET: "LoggingConfiguration",
    "AWS::CloudFront::Distribution": "DistributionConfig.Logging",
    "AWS::CloudTrail::Trail": "S3BucketName",
    "AWS::Cognito::LogDeliveryConfiguration": "LogConfigurations",
    "AWS::EC2::FlowLog": "LogDestination",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "LoadBalancerAttributes",
    "AWS::Logs::DeliveryDestination": "DestinationResourceArn",
    "AWS::NetworkFirewall::LoggingConfiguration": "LoggingConfiguration",
    "AWS::WAFv2::LoggingConfiguration": "LogDestinationConfigs",
    "Custom::ModelInvocationLogging": "loggingConfig",
}


# Who writes logs, and nothing else, into buckets whose policies let them.
_WRITERS = {
    "bedrock.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "config.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "logging.s3.amazonaws.com",
}


def takes_logs(bucket: Resource, graph: TemplateGraph) -> bool:
    """Whether a service of the deployment writes its log into the bucket, or may by the bucket's policy."""
    return is_written_by(bucket, graph, *_WRITERS) or any(
        found.resource is bucket
        for each in graph.referrers(bucket)
        if each is not bucket and each.type in _DESTINATIONS
        for found in references(each.get(_DESTINATIONS[each.type]))
    )


def is_written_by(bucket: Resource, graph: TemplateGraph, *services: str) -> bool:
    """Whether the bucket's policy lets one of these services put objects."""
    return any(
        statement.may_allow
        and statement.may_cover("s3:PutObject")
        and any(service in items(_services(statement.body)) for service in services)
        for statement in bucket_statements(bucket, graph)
    )


def _services(body: Value) -> Value:
    principal = dig(body, "Principal") if isinstance(body, dict) else None
    return principal.get("Service") if isinstance(principal, dict) else None
