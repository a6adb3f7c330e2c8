"""Storage of model hosts is under a key of one's own, where it can be."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-ModelHostUsesCustomerManagedKey"
OTHERS: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {"ProductionVariants": [{"InstanceType": "ml.m5.xlarge"}], "KmsKeyId": {"Ref": "Key"}},
        "AWS::SageMaker::EndpointConfig",
    ),
    ({"KmsKeyId": {"Ref": "Key"}}, "AWS::SageMaker::NotebookInstance"),
    ({"KmsKeyId": {"Ref": "Key"}}, "AWS::SageMaker::Domain"),
    (
        {
            "ProductionVariants": [{"InstanceType": "ml.m5.xlarge"}],
            "KmsKeyId": {"Ref": "Key"},
            "DataCaptureConfig": {"EnableCapture": True, "KmsKeyId": {"Ref": "Key"}},
        },
        "AWS::SageMaker::EndpointConfig",
    ),
]
UNRESOLVED: list[Case] = [({"KmsKeyId": {"Fn::ImportValue": "Elsewhere"}}, "AWS::SageMaker::Domain")]
OTHER_MATTERS: list[Case] = [
    ({"ProductionVariants": [{"InstanceType": "ml.g5.2xlarge"}]}, "AWS::SageMaker::EndpointConfig"),
    (
        {"ProductionVariants": [{"ServerlessConfig": {"MemorySizeInMB": 2048}}]},
        "AWS::SageMaker::EndpointConfig",
    ),
]
WEAK: list[Weak] = [
    (
        "AsyncInferenceConfig.OutputConfig.KmsKeyId",
        {
            "KmsKeyId": {"Ref": "Key"},
            "AsyncInferenceConfig": {"OutputConfig": {"S3OutputPath": "s3://answers"}},
        },
        "AWS::SageMaker::EndpointConfig",
    ),
    (
        "KmsKeyId",
        {"ProductionVariants": [{"InstanceType": "ml.m5.xlarge"}]},
        "AWS::SageMaker::EndpointConfig",
    ),
    ("KmsKeyId", {}, "AWS::SageMaker::NotebookInstance"),
    ("KmsKeyId", {}, "AWS::SageMaker::Domain"),
    (
        "DataCaptureConfig.KmsKeyId",
        {
            "ProductionVariants": [{"InstanceType": "ml.g5.xlarge"}],
            "DataCaptureConfig": {"EnableCapture": True},
        },
        "AWS::SageMaker::EndpointConfig",
    ),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
