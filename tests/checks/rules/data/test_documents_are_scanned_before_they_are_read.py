"""A bucket that a knowledge base reads is scanned, or written by one examining role alone."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DocumentsAreScannedBeforeTheyAreRead"
BUCKET: dict[str, Any] = {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}}
PLAN = {
    "Type": "AWS::GuardDuty::MalwareProtectionPlan",
    "Properties": {"ProtectedResource": {"S3Bucket": {"BucketName": {"Ref": "Bucket"}}}},
}


def source(bucket: object) -> dict[str, Any]:
    return {"DataSourceConfiguration": {"Type": "S3", "S3Configuration": {"BucketArn": bucket}}}


def policy(statement: object, *, of: str = "Bucket") -> dict[str, Any]:
    properties = {"Bucket": {"Ref": of}, "PolicyDocument": {"Statement": [statement]}}
    return {"Type": "AWS::S3::BucketPolicy", "Properties": properties}


def only(operator: str, *, effect: str = "Deny", action: str = "s3:PutObject") -> dict[str, Any]:
    return {
        "Effect": effect,
        "Action": action,
        "Resource": "arn:aws:s3:::documents/*",
        "Condition": {operator: {"aws:PrincipalArn": "arn:aws:iam::123456789012:role/examiner"}},
    }


OURS = source({"Fn::GetAtt": ["Bucket", "Arn"]})


@pytest.mark.parametrize(
    "other",
    [PLAN, policy(only("ArnNotLike")), policy(only("StringNotEquals", action="s3:Put*"))],
)
def test_a_scan_or_an_only_writer_is_compliant(ask: Callable[..., Answer], other: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, OURS, others={**BUCKET, "Other": other}), Compliant)


@pytest.mark.parametrize(
    "others",
    [
        {},
        {"Other": policy(only("ArnLike"))},
        {"Other": policy(only("ArnNotLike", effect="Allow"))},
        {"Other": policy(only("ArnNotLike", action="s3:GetObject"))},
        {"Other": policy({"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"})},
    ],
)
def test_uploads_that_nobody_examines_are_not(ask: Callable[..., Answer], others: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, OURS, others={**BUCKET, **others}), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        source("arn:aws:s3:::documents-of-another-stack"),
        {"DataSourceConfiguration": {"Type": "WEB", "WebConfiguration": {}}},
        {"DataSourceConfiguration": {"Type": "SHAREPOINT", "SharePointConfiguration": {}}},
    ],
)
def test_what_no_template_shows_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, source({"Ref": "Given"})), Unknown)
