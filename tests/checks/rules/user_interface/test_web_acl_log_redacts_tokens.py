"""No token and no cookie in the log, by its own redaction or by the web ACL's data protection."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-WebAclLogRedactsTokens"
EMPTY: dict[str, Any] = {}
ACL_ARN = {"Fn::GetAtt": ["Acl", "Arn"]}


def _redacting(*headers: object) -> dict[str, Any]:
    return {"ResourceArn": ACL_ARN, "RedactedFields": [{"SingleHeader": {"Name": name}} for name in headers]}


def _acl(*protections: dict[str, Any]) -> dict[str, Any]:
    fields = [{"Action": "SUBSTITUTION", "Field": field} for field in protections]
    properties = {"DataProtectionConfig": {"DataProtections": fields}} if fields else {}
    return {"Acl": {"Type": "AWS::WAFv2::WebACL", "Properties": properties}}


def test_redacted_headers_are_compliant_however_they_are_written(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, _redacting("Authorization", "cookie"), others=_acl()), Compliant)


@pytest.mark.parametrize(
    "field",
    [
        {"FieldType": "SINGLE_HEADER", "FieldKeys": ["authorization", "cookie"]},
        {"FieldType": "SINGLE_HEADER"},
    ],
)
def test_headers_that_the_web_acl_protects_are_compliant(
    ask: Callable[..., Answer], field: dict[str, Any]
) -> None:
    assert isinstance(ask(RULE, {"ResourceArn": ACL_ARN}, others=_acl(field)), Compliant)


@pytest.mark.parametrize(
    ("properties", "shows"),
    [
        (_redacting(), "authorization and cookie"),
        (_redacting("cookie"), "authorization"),
        (_redacting("authorization"), "cookie"),
        ({"ResourceArn": ACL_ARN, "RedactedFields": [{"QueryString": EMPTY}]}, "authorization and cookie"),
        ({"ResourceArn": "arn:aws:wafv2:us-east-1:1:regional/webacl/a/1"}, "authorization and cookie"),
    ],
)
def test_what_is_not_redacted_is_named(
    ask: Callable[..., Answer], properties: dict[str, Any], shows: str
) -> None:
    answer = ask(RULE, properties, others=_acl({"FieldType": "BODY"}))
    assert isinstance(answer, NonCompliant)
    assert answer.message.endswith(shows)


@pytest.mark.parametrize(
    "properties",
    [
        {"ResourceArn": ACL_ARN, "RedactedFields": {"Ref": "Given"}},
        _redacting("cookie", {"Ref": "Given"}),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties, others=_acl()), Unknown)
