"""Endpoint names its callers."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-EndpointNamesItsCallers"


def endpoint(service: str = "secretsmanager", **fields: object) -> dict[str, Any]:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": "arn:aws:iam::123456789012:role/chat"},
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "arn:aws:secretsmanager:us-east-1:123456789012:secret:db",
        **fields,
    }
    name = f"com.amazonaws.us-east-1.{service}"
    return {"properties": {"ServiceName": name, "PolicyDocument": {"Statement": [statement]}}}


NONE: dict[str, Any] = {"properties": {"ServiceName": "com.amazonaws.us-east-1.sts"}}
TOKEN = {"properties": {**NONE["properties"], "PolicyDocument": {"Ref": "Given"}}}


@pytest.mark.parametrize(
    "case",
    [
        endpoint(),
        endpoint(Principal="*", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1"}}),
        endpoint(Principal="*", Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::1:role/chat"}}),
    ],
)
def test_what_is_sound_is_left_alone(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        endpoint(Principal="*"),
        endpoint(Principal={"AWS": "*"}, Condition={"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-1"}}),
        endpoint("s3", Principal="*", Action="s3:GetObject", Resource="*"),
    ],
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NonCompliant)


def test_services_of_aws_are_no_strangers(ask: Callable[..., Answer]) -> None:
    case = endpoint()
    services = {"Bool": {"aws:PrincipalIsAWSService": "true"}}
    allow = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": services}
    case["properties"]["PolicyDocument"]["Statement"].append(allow)
    assert isinstance(ask(RULE, **case), Compliant)


@pytest.mark.parametrize(
    "case",
    [
        TOKEN,
        endpoint(Principal={"AWS": {"Ref": "Given"}}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), Unknown)


@pytest.mark.parametrize(
    "case",
    [
        NONE,
        endpoint(
            "s3",
            Principal="*",
            Action="s3:GetObject",
            Resource="arn:aws:s3:::al2023-repos-us-east-1-de612dc2/*",
        ),
    ],
)
def test_what_it_does_not_concern_is_not_asked(ask: Callable[..., Answer], case: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, **case), NotApplicable)


def buckets(*conditions: object) -> dict[str, Any]:
    """An endpoint for S3 with a statement on a bucket of the template for each condition."""
    arn = {"Fn::GetAtt": ["Bucket", "Arn"]}
    allow = {"Effect": "Allow", "Principal": "*", "Action": "s3:PutObject", "Resource": arn}
    listed = [{**allow, "Condition": condition} if condition else allow for condition in conditions]
    name = "com.amazonaws.us-east-1.s3"
    properties = {"ServiceName": name, "PolicyDocument": {"Statement": listed}}
    return {"properties": properties, "others": {"Bucket": {"Type": "AWS::S3::Bucket"}}}


def test_a_bucket_of_ones_own_is_for_its_callers_where_others_are(ask: Callable[..., Answer]) -> None:
    bound = {"StringEquals": {"aws:PrincipalAccount": {"Ref": "AWS::AccountId"}}}
    assert isinstance(ask(RULE, **buckets(bound, bound, bound)), Compliant)
    assert isinstance(ask(RULE, **buckets(bound, bound, None)), NonCompliant)


def test_where_no_statement_names_callers_a_named_bucket_is_enough(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, **buckets(None, None, None)), NotApplicable)
