"""The files of the page are read by one distribution, and by nobody else."""

from collections.abc import Callable, Mapping
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_kms as kms
from aws_cdk.assertions import Match, Template

from genai_defense.user_interface import ChatDistribution, PageBucket

Synth = Callable[[], Template]


def _page(template: Template) -> Mapping[str, Any]:
    (page,) = [
        bucket["Properties"]
        for name, bucket in template.find_resources("AWS::S3::Bucket").items()
        if name.startswith("PageBucket")
    ]
    found: Mapping[str, Any] = page
    return found


def _allows(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in document["Statement"] if entry["Effect"] == "Allow"]


def test_it_is_private_versioned_encrypted_and_logged(
    stack: cdk.Stack, template: Synth, log_key: kms.Key
) -> None:
    PageBucket(stack, "Page", encryption_key=log_key)
    page = _page(template())
    assert set(page["PublicAccessBlockConfiguration"].values()) == {True}
    assert page["VersioningConfiguration"] == {"Status": "Enabled"}
    assert "aws:kms" in str(page["BucketEncryption"])
    assert "LoggingConfiguration" in page
    assert "WebsiteConfiguration" not in page


def test_it_answers_over_tls_1_2_only(stack: cdk.Stack, template: Synth, log_key: kms.Key) -> None:
    PageBucket(stack, "Page", encryption_key=log_key)
    for policy in template().find_resources("AWS::S3::BucketPolicy").values():
        denied = [
            entry["Condition"]
            for entry in policy["Properties"]["PolicyDocument"]["Statement"]
            if entry["Effect"] == "Deny"
        ]
        assert {"Bool": {"aws:SecureTransport": "false"}} in denied
        assert {"NumericLessThan": {"s3:TlsVersion": 1.2}} in denied


def test_one_distribution_reads_and_nobody_else(
    distribute: Callable[..., ChatDistribution], stack: cdk.Stack, template: Synth
) -> None:
    built = distribute()
    (policy,) = [
        policy["Properties"]["PolicyDocument"]
        for name, policy in template().find_resources("AWS::S3::BucketPolicy").items()
        if name.startswith("PageBucket")
    ]
    (allowed,) = _allows(policy)
    assert allowed["Action"] == "s3:GetObject"
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceArn": stack.resolve(built.distribution.distribution_arn)}
    }


def test_the_key_decrypts_for_this_accounts_distributions_only(
    distribute: Callable[..., ChatDistribution], template: Synth
) -> None:
    distribute()
    template().has_resource_properties(
        "AWS::KMS::Key",
        {
            "KeyPolicy": {
                "Statement": Match.array_with(
                    [
                        Match.object_like(
                            {
                                "Action": "kms:Decrypt",
                                "Principal": {"Service": "cloudfront.amazonaws.com"},
                                "Condition": Match.object_like(
                                    {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
                                ),
                            }
                        ),
                    ],
                ),
            },
        },
    )
