from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import assertions
from aws_cdk import aws_cloudtrail as cloudtrail

from genai_defense.organization.trail_events import BEDROCK_DATA_EVENTS, VECTOR_DATA_EVENTS, event_selectors

_OURS = ["arn:aws:s3:::records", "arn:aws:s3:::access-logs"]
Fields = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def selectors() -> list[Fields]:
    """The selectors as CloudFormation gets them: one mapping of field to condition for each."""
    stack = cdk.Stack(cdk.App(), "Foreign")
    cloudtrail.CfnTrail(
        stack,
        "Trail",
        is_logging=True,
        s3_bucket_name="records",
        advanced_event_selectors=event_selectors(not_in_buckets=_OURS),
    )
    (trail,) = assertions.Template.from_stack(stack).find_resources("AWS::CloudTrail::Trail").values()
    return [
        {field.pop("Field"): field for field in selector["FieldSelectors"]}
        for selector in trail["Properties"]["AdvancedEventSelectors"]
    ]


def _data(selectors: list[Fields], resource_type: str) -> Fields:
    (found,) = (s for s in selectors if s.get("resources.type") == {"Equals": [resource_type]})
    assert found["eventCategory"] == {"Equals": ["Data"]}
    return found


def test_management_events_are_recorded_reads_and_writes(selectors: list[Fields]) -> None:
    assert {"eventCategory": {"Equals": ["Management"]}} in selectors


@pytest.mark.parametrize("resource_type", [*BEDROCK_DATA_EVENTS, *VECTOR_DATA_EVENTS, "AWS::DynamoDB::Table"])
def test_every_use_is_recorded_without_exception(selectors: list[Fields], resource_type: str) -> None:
    assert set(_data(selectors, resource_type)) == {"eventCategory", "resources.type"}


def test_guardrails_models_and_knowledge_bases_are_among_bedrocks_events() -> None:
    assert {"AWS::Bedrock::Guardrail", "AWS::Bedrock::Model", "AWS::Bedrock::KnowledgeBase"} <= set(
        BEDROCK_DATA_EVENTS
    )


def test_objects_are_recorded_except_the_trails_own(selectors: list[Fields]) -> None:
    assert _data(selectors, "AWS::S3::Object")["resources.ARN"] == {
        "NotStartsWith": ["arn:aws:s3:::records/", "arn:aws:s3:::access-logs/"],
    }
