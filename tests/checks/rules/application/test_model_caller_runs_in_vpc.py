"""Who may invoke a model has one way to it."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown
from tests.checks.rules.application.model_callers import OTHERS, role

RULE = "OwaspLlm-ModelCallerRunsInVpc"


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (role("Inline", VpcConfig={"SubnetIds": ["subnet-1"]}), None),
        (role("Attached", VpcConfig={"SubnetIds": ["subnet-1"]}), None),
        (role("Managed", VpcConfig={"SubnetIds": ["subnet-1"]}), None),
    ],
)
def test_in_a_vpc_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(
    ("properties", "kind", "where"),
    [
        (role("Inline"), None, "VpcConfig.SubnetIds"),
        (role("Attached"), None, "VpcConfig.SubnetIds"),
        (role("Managed"), None, "VpcConfig.SubnetIds"),
    ],
)
def test_outside_any_vpc_is_not(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None, where: str
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (role("Inline", VpcConfig={"SubnetIds": {"Ref": "Given"}}), None),
    ],
)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(
    ("properties", "kind"),
    [
        (role("Reader"), None),
        ({"Role": "arn:aws:iam::123456789012:role/elsewhere"}, None),
        ({"Role": {"Ref": "Given"}}, None),
    ],
)
def test_a_function_that_may_invoke_no_model_is_not_asked(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)
