"""Who chooses a tier chooses the one that knows other languages."""

from collections.abc import Callable
from typing import Any

import pytest

from genai_defense.checks.answer import Answer, Compliant, NonCompliant, NotApplicable, Unknown

RULE = "OwaspLlm-GuardrailReadsAllLanguages"
Case = tuple[dict[str, Any], str | None]
Weak = tuple[str, dict[str, Any], str | None]
SOUND: list[Case] = [({"ContentPolicyConfig": {"ContentFiltersTierConfig": {"TierName": "STANDARD"}}}, None)]
UNRESOLVED: list[Case] = [
    ({"ContentPolicyConfig": {"ContentFiltersTierConfig": {"TierName": {"Ref": "Given"}}}}, None)
]
OTHER_MATTERS: list[Case] = [({}, None)]
WEAK: list[Weak] = [
    (
        "ContentPolicyConfig.ContentFiltersTierConfig.TierName",
        {"ContentPolicyConfig": {"ContentFiltersTierConfig": {"TierName": "CLASSIC"}}},
        None,
    )
]


@pytest.mark.parametrize(("properties", "kind"), SOUND)
def test_what_is_sound_is_compliant(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Compliant)


@pytest.mark.parametrize(("properties", "kind"), UNRESOLVED)
def test_a_token_is_unknown(ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), Unknown)


@pytest.mark.parametrize(("properties", "kind"), OTHER_MATTERS)
def test_what_it_does_not_speak_about(
    ask: Callable[..., Answer], properties: dict[str, Any], kind: str | None
) -> None:
    assert isinstance(ask(RULE, properties, resource_type=kind), NotApplicable)


@pytest.mark.parametrize(("where", "properties", "kind"), WEAK)
def test_what_is_weak_is_found(
    ask: Callable[..., Answer], where: str, properties: dict[str, Any], kind: str | None
) -> None:
    answer = ask(RULE, properties, resource_type=kind)
    assert isinstance(answer, NonCompliant)
    assert answer.property == where


def test_a_profile_that_callers_may_use_and_the_guardrail_has_not_is_found(
    ask: Callable[..., Answer],
) -> None:
    profile = {"Fn::Sub": "arn:aws:bedrock:us-east-1:${AWS::AccountId}:guardrail-profile/us.guardrail.v1:0"}
    statement = {"Effect": "Allow", "Action": "bedrock:ApplyGuardrail", "Resource": [profile]}
    policy = {"PolicyName": "p", "PolicyDocument": {"Statement": [statement]}}
    others = {"Apply": {"Type": "AWS::IAM::Policy", "Properties": policy}}
    answer = ask(RULE, {}, others=others)
    assert isinstance(answer, NonCompliant)
    assert answer.property == "CrossRegionConfig"
    used = {"CrossRegionConfig": {"GuardrailProfileArn": profile}}
    assert isinstance(ask(RULE, used, others=others), NotApplicable)
