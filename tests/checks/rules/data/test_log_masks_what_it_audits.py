"""A policy that audits more than it masks, or less, is found."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-LogMasksWhatItAudits"


def policy(audited: object, masked: object) -> dict[str, Any]:
    audit: dict[str, Any] = {"DataIdentifier": audited, "Operation": {"Audit": {"FindingsDestination": {}}}}
    mask: dict[str, Any] = {"DataIdentifier": masked, "Operation": {"Deidentify": {"MaskConfig": {}}}}
    return {"DataProtectionPolicy": {"Name": "p", "Version": "2021-06-01", "Statement": [audit, mask]}}


@pytest.mark.parametrize("properties", [policy(["Name", "EmailAddress"], ["EmailAddress", "Name"])])
def test_what_is_sound_is_compliant(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Compliant)


@pytest.mark.parametrize(
    "properties", [policy(["Name", "EmailAddress"], ["Name"]), policy(["Name"], ["Name", "EmailAddress"])]
)
def test_what_breaks_the_promise_is_found(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NonCompliant)


@pytest.mark.parametrize(
    "properties", [policy(["Name"], {"Ref": "Given"}), {"DataProtectionPolicy": {"Ref": "Given"}}]
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), Unknown)


@pytest.mark.parametrize("properties", [{}])
def test_what_it_does_not_judge_is_left_alone(ask: Callable[..., Answer], properties: dict[str, Any]) -> None:
    assert isinstance(ask(RULE, properties), NotApplicable)
