"""CloudFront can deliver its access log, and nobody can open the bucket with an access control list."""

from collections.abc import Callable

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk.assertions import Match, Template

from genai_defense.user_interface import DistributionLog

Synth = Callable[[], Template]


def test_the_log_admits_the_delivery_and_stays_private(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    DistributionLog(
        stack,
        "Log",
        encryption_key=log_key,
        access_logs=s3.Bucket(stack, "AccessLogs"),
        retention=cdk.Duration.days(30),
    )
    template().has_resource_properties(
        "AWS::S3::Bucket",
        {
            "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]},
            "PublicAccessBlockConfiguration": {
                "BlockPublicAcls": True,
                "BlockPublicPolicy": True,
                "IgnorePublicAcls": True,
                "RestrictPublicBuckets": True,
            },
            "LifecycleConfiguration": {
                "Rules": Match.array_with([Match.object_like({"ExpirationInDays": 30})])
            },
        },
    )


def test_the_delivery_service_may_encrypt(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    DistributionLog(stack, "Log", encryption_key=log_key, access_logs=s3.Bucket(stack, "AccessLogs"))
    (key,) = template().find_resources("AWS::KMS::Key").values()
    delivery = [
        entry
        for entry in key["Properties"]["KeyPolicy"]["Statement"]
        if entry["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    ]
    assert [entry["Action"] for entry in delivery] == [["kms:GenerateDataKey", "kms:Decrypt"]]
