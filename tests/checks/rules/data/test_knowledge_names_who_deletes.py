"""The bucket of passages says who alone deletes."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.data.buckets import bucket_policy, deny, opaque_policy

RULE = "OwaspLlm-KnowledgeNamesWhoDeletes"
BUCKET: dict[str, Any] = {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {}}}


def source(bucket: object) -> dict[str, Any]:
    return {"DataSourceConfiguration": {"S3Configuration": {"BucketArn": bucket}}}


OURS = source({"Fn::GetAtt": ["Bucket", "Arn"]})


@pytest.mark.parametrize(
    "statement",
    [deny("s3:DeleteObject"), deny("s3:Delete*"), deny("s3:DeleteObject", Condition=None, Principal="*")],
)
def test_a_denial_for_all_but_named_roles_is_compliant(
    ask: Callable[..., Answer], statement: dict[str, Any]
) -> None:
    others = {**BUCKET, **bucket_policy(statement, of="Bucket")}
    assert isinstance(ask(RULE, OURS, others=others), Compliant)


@pytest.mark.parametrize(
    "statement",
    [
        deny("s3:DeleteObject", Effect="Allow"),
        deny("s3:PutObject"),
        deny("s3:DeleteObject", Resource="arn:aws:s3:::some-bucket/originals/*"),
        deny("s3:DeleteObject", Principal={"AWS": "arn:aws:iam::111122223333:role/One"}),
        deny("s3:DeleteObject", Condition={"Bool": {"aws:SecureTransport": "false"}}),
        deny("s3:DeleteObject", Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/One"}}),
        deny("s3:DeleteObject", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
    ],
)
def test_anything_less_is_not(ask: Callable[..., Answer], statement: dict[str, Any]) -> None:
    others = {**BUCKET, **bucket_policy(statement, of="Bucket")}
    assert isinstance(ask(RULE, OURS, others=others), NonCompliant)


def test_what_is_elsewhere_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, source("arn:aws:s3:::elsewhere")), NotApplicable)


def test_a_token_is_unknown(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, source({"Ref": "Given"})), Unknown)
    assert isinstance(ask(RULE, OURS, others={**BUCKET, **opaque_policy(of="Bucket")}), Unknown)
