"""A demand on every call that one principal alone has to meet is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-DenyOnAStoreBindsEverybody"
Ask = Callable[..., Answer]
ROLE = "arn:aws:iam::111122223333:role/reader"
TLS: dict[str, Any] = {"Bool": {"aws:SecureTransport": "false"}}
OURS: dict[str, Any] = {"StringNotEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}


def deny(principal: object, condition: dict[str, Any] | None = None, effect: str = "Deny") -> dict[str, Any]:
    statement: dict[str, Any] = {"Effect": effect, "Principal": principal, "Action": "s3:*", "Resource": "*"}
    if condition:
        statement["Condition"] = condition
    return {"PolicyDocument": {"Statement": [statement]}}


@pytest.mark.parametrize("condition", [TLS, OURS, {"NumericLessThan": {"s3:TlsVersion": 1.2}}])
@pytest.mark.parametrize("principal", [{"AWS": ROLE}, {"AWS": [ROLE]}, ROLE])
def test_a_demand_on_one_caller_is_found(ask: Ask, principal: object, condition: dict[str, Any]) -> None:
    answer = ask(RULE, deny(principal, condition), resource_type="AWS::S3::BucketPolicy")
    assert isinstance(answer, NonCompliant)
    assert answer.property == "PolicyDocument.Statement.0.Principal"


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": ["*"]}])
def test_a_demand_on_everybody_is_compliant(ask: Ask, principal: object) -> None:
    assert isinstance(ask(RULE, deny(principal, TLS), resource_type="AWS::S3::BucketPolicy"), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        deny({"AWS": ROLE}),
        deny({"AWS": ROLE}, {"StringNotEquals": {"aws:SourceVpce": "vpce-1"}}),
        deny({"Service": "sns.amazonaws.com"}, {"StringNotEquals": {"aws:SourceAccount": "1"}}),
        deny({"AWS": ROLE}, OURS, effect="Allow"),
    ],
)
def test_a_deny_for_somebody_is_not_asked(ask: Ask, properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, resource_type="AWS::S3::BucketPolicy"), NotApplicable)


def test_a_token_is_unknown(ask: Ask) -> None:
    properties = deny({"AWS": {"Ref": "Given"}}, TLS)
    assert isinstance(ask(RULE, properties, resource_type="AWS::S3::BucketPolicy"), Unknown)
