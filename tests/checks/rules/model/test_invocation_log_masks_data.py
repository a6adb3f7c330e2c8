"""The log of invocations masks."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-InvocationLogMasksData"
USER: dict[str, Any] = {
    "Logging": {"Type": "Custom::ModelInvocationLogging", "Properties": {"Name": {"Ref": "Subject"}}}
}
AUDIT: dict[str, Any] = {"Operation": {"Audit": {"FindingsDestination": {}}}}
MASK: dict[str, Any] = {"Operation": {"Deidentify": {"MaskConfig": {}}}}


def group(*statements: object, name: object = "/aws/bedrock/model-invocations") -> dict[str, Any]:
    return {"LogGroupName": name, "DataProtectionPolicy": {"Statement": list(statements)}}


@pytest.mark.parametrize(
    "properties",
    [
        group(AUDIT, MASK),
    ],
)
def test_audit_and_mask_are_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties",
    [
        group(AUDIT),
        group(MASK),
        {"LogGroupName": "bedrock-invocation-log"},
    ],
)
def test_less_is_not(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties",
    [
        group(name="/aws/lambda/chat"),
        {},
    ],
)
def test_another_log_is_not_asked(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)


@pytest.mark.parametrize(
    "properties",
    [
        group({"Ref": "Given"}),
        {"LogGroupName": "/aws/bedrock/model", "DataProtectionPolicy": {"Ref": "Given"}},
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


def test_a_group_without_a_name_is_known_by_who_uses_it(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {}, others=USER), NonCompliant)
    assert isinstance(ask(RULE, group(AUDIT, MASK, name=None), others=USER), Compliant)
