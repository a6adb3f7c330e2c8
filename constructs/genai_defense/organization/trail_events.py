"""What an audit trail records."""

from collections.abc import Iterable

from aws_cdk import aws_cloudtrail as cloudtrail

_Selector = cloudtrail.CfnTrail.AdvancedEventSelectorProperty
_Field = cloudtrail.CfnTrail.AdvancedFieldSelectorProperty

BEDROCK_DATA_EVENTS = (
    "AWS::Bedrock::AgentAlias",
    "AWS::Bedrock::AsyncInvoke",
    "AWS::Bedrock::FlowAlias",
    "AWS::Bedrock::FlowExecution",
    "AWS::Bedrock::Guardrail",
    "AWS::Bedrock::InlineAgent",
    "AWS::Bedrock::KnowledgeBase",
    "AWS::Bedrock::Model",
    "AWS::Bedrock::PromptVersion",
    "AWS::Bedrock::Session",
)
"""Bedrock's resource types with data events that this kit's chatbots can meet.

Bedrock Data Automation, automated reasoning and AgentCore have more; no construct here uses them.
Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html
(read 2026-11-23).
"""

VECTOR_DATA_EVENTS = ("AWS::S3Vectors::Index", "AWS::S3Vectors::VectorBucket")
"""Where a knowledge base keeps what it has read; reading it there reads the documents.

Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-logging.html (read 2026-11-24).
"""


def event_selectors(*, not_in_buckets: Iterable[str]) -> list[_Selector]:
    """Select management events, the data events of Bedrock, and every access to a vector, object or item.

    Args:
        not_in_buckets: ARNs of buckets whose objects are not recorded: a trail that records the writing of
            its own files never comes to rest.

    Returns:
        Advanced event selectors, one per kind of event.
    """
    return [
        _Selector(name="Management events", field_selectors=[_equals("eventCategory", "Management")]),
        *(
            _data_events(resource_type)
            for resource_type in (*BEDROCK_DATA_EVENTS, *VECTOR_DATA_EVENTS, "AWS::DynamoDB::Table")
        ),
        _data_events(
            "AWS::S3::Object",
            _Field(field="resources.ARN", not_starts_with=[f"{arn}/" for arn in not_in_buckets]),
        ),
    ]


def insight_selectors() -> list[cloudtrail.CfnTrail.InsightSelectorProperty]:
    """Report calls, and errors of calls, that come much more often than usual."""
    kinds = ("ApiCallRateInsight", "ApiErrorRateInsight")
    return [cloudtrail.CfnTrail.InsightSelectorProperty(insight_type=kind) for kind in kinds]


def _data_events(resource_type: str, *narrower: _Field) -> _Selector:
    return _Selector(
        name=f"Data events of {resource_type}",
        field_selectors=[
            _equals("eventCategory", "Data"),
            _equals("resources.type", resource_type),
            *narrower,
        ],
    )


def _equals(field: str, value: str) -> _Field:
    return _Field(field=field, equal_to=[value])
