"""Notebooks and domains have no internet of their own."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, Unknown

RULE = "OwaspLlm-NotebookStaysInVpc"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [
    ({"DirectInternetAccess": "Disabled"}, "AWS::SageMaker::NotebookInstance"),
    ({"AppNetworkAccessType": "VpcOnly"}, "AWS::SageMaker::Domain"),
]
UNRESOLVED: list[Case] = [({"AppNetworkAccessType": {"Ref": "Given"}}, "AWS::SageMaker::Domain")]
WEAK: list[Weak] = [
    ("DirectInternetAccess", {}, "AWS::SageMaker::NotebookInstance"),
    ("AppNetworkAccessType", {"AppNetworkAccessType": "PublicInternetOnly"}, "AWS::SageMaker::Domain"),
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where
