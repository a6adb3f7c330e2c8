"""Raw events expire."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-AgentMemoryExpires"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
_AGENT = "AWS::Bedrock::Agent"
SOUND: list[Case] = [
    ({"EventExpiryDuration": 30}, None),
    ({"EventExpiryDuration": "90"}, None),
    ({"MemoryConfiguration": {"EnabledMemoryTypes": ["SESSION_SUMMARY"]}}, _AGENT),
    ({"MemoryConfiguration": {"StorageDays": 7}}, _AGENT),
]
UNRESOLVED: list[Case] = [({"EventExpiryDuration": {"Ref": "Given"}}, None)]
WEAK: list[Weak] = [
    ("EventExpiryDuration", {"EventExpiryDuration": 365}, None),
    ("EventExpiryDuration", {}, None),
    ("MemoryConfiguration.StorageDays", {"MemoryConfiguration": {"StorageDays": 365}}, _AGENT),
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


def test_an_agent_without_memory_is_not_asked(ask: Callable[..., Answer]) -> None:
    assert isinstance(ask(RULE, {"AgentName": "a"}, resource_type=_AGENT), NotApplicable)
