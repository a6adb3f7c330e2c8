"""A hidden parameter is not readable by everybody."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-FunctionWithSecretsUsesCustomerManagedKey"
OTHERS: dict[str, Any] = {"Key": {"Type": "AWS::KMS::Key"}}
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    (
        {
            "Environment": {"Variables": {"API_KEY": {"Ref": "Given"}}},
            "KmsKeyArn": {"Fn::GetAtt": ["Key", "Arn"]},
        },
        None,
    )
]
UNRESOLVED: list[Case] = [
    (
        {
            "Environment": {"Variables": {"API_KEY": {"Ref": "Given"}}},
            "KmsKeyArn": {"Fn::ImportValue": "Elsewhere"},
        },
        None,
    )
]
OTHER_MATTERS: list[Case] = [({}, None), ({"Environment": {"Variables": {"MODEL_ID": "x"}}}, None)]
WEAK: list[Weak] = [("KmsKeyArn", {"Environment": {"Variables": {"API_KEY": {"Ref": "Given"}}}}, None)]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind, others=OTHERS), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind, others=OTHERS)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
