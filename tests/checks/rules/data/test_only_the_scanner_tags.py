"""Nobody but the scanner calls a document clean."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import bucket_policy, deny, opaque_policy

RULE = "OwaspLlm-OnlyTheScannerTags"
BUCKET: dict[str, Any] = {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}}

SCANNER = "arn:aws:iam::111122223333:role/Scanner"


def plan(bucket: object, status: str = "ENABLED") -> dict[str, Any]:
    return {
        "ProtectedResource": {"S3Bucket": {"BucketName": bucket}},
        "Actions": {"Tagging": {"Status": status}},
    }


OURS = plan({"Ref": "Bucket"})


@pytest.mark.parametrize(
    "statement",
    [
        deny("s3:PutObjectTagging"),
        deny("s3:*Tagging"),
        deny(
            "s3:PutObjectTagging",
            Condition=None,
            Principal=None,
            NotPrincipal={"AWS": SCANNER},
        ),
    ],
)
def test_a_denial_for_all_but_the_scanner_is_compliant(
    ask: Callable[..., Answer], statement: dict[str, Any]
) -> None:
    others = {**BUCKET, **bucket_policy(statement, of="Bucket")}
    assert isinstance(ask(RULE, OURS, others=others), Compliant)


@pytest.mark.parametrize("statement", [deny("s3:GetObject"), deny("s3:PutObjectTagging", Effect="Allow")])
def test_anything_less_is_not(ask: Callable[..., Answer], statement: dict[str, Any]) -> None:
    others = {**BUCKET, **bucket_policy(statement, of="Bucket")}
    assert isinstance(ask(RULE, OURS, others=others), NonCompliant)


@pytest.mark.parametrize("properties", [plan("elsewhere"), plan({"Ref": "Bucket"}, "DISABLED")])
def test_a_bucket_from_elsewhere_and_a_plan_that_tags_nothing_are_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, properties, others=BUCKET), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, plan({"Ref": "Given"})), Unknown)
    assert isinstance(ask(RULE, OURS, others={**BUCKET, **opaque_policy(of="Bucket")}), Unknown)
